//! Names that say nothing, so that everything ends up in them.

use super::source::SourceFile;

const DRAWERS: [&str; 8] =
    ["util", "utils", "common", "helper", "helpers", "manager", "misc", "stuff"];

/// Complains about `mod.rs` and about a file or folder named like a drawer.
pub fn is_named_for_its_idea(file: &SourceFile) -> Option<String> {
    if file.name.ends_with("/mod.rs") {
        return Some(format!("{}: put `noun.rs` beside `noun/` instead", file.name));
    }
    let mut parts = file.name.split('/').flat_map(|part| part.split(['.', '_', '-']).take(2));
    let drawer = parts.find(|part| DRAWERS.contains(part))?;
    Some(format!("{}: `{drawer}` says nothing; name the idea it holds", file.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h4_a_drawer_is_found() {
        for name in
            ["core/src/utils.rs", "app/src/common/x.rs", "a/src/b/mod.rs", "a/tab_manager.js"]
        {
            assert!(is_named_for_its_idea(&SourceFile::new(name, "")).is_some(), "{name}");
        }
        assert!(is_named_for_its_idea(&SourceFile::new("core/src/outbox.rs", "")).is_none());
    }
}
