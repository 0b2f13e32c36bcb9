//! The icons as one `<svg>` of symbols inside the page, so that `<use href="#name">`
//! works with no network and takes the colour of the text around it.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

/// Joins every icon of the folder; the name of its file is its id.
pub(crate) fn sprite(folder: &Path) -> Result<String> {
    let mut symbols = Vec::new();
    for entry in fs::read_dir(folder)? {
        let file = entry?.path();
        if file.extension().is_some_and(|end| end == "svg") {
            let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let text = fs::read_to_string(&file)?;
            symbols.push(symbol(&name, &text).with_context(|| format!("the icon {name}"))?);
        }
    }
    symbols.sort();
    Ok(format!(r#"<svg hidden width="0" height="0">{}</svg>"#, symbols.concat()))
}

fn symbol(name: &str, svg: &str) -> Result<String> {
    let (head, rest) = svg.split_once("viewBox=\"").context("has no viewBox")?;
    anyhow::ensure!(head.trim_start().starts_with("<svg"), "does not start with <svg");
    let (view, rest) = rest.split_once('"').context("has an endless viewBox")?;
    let (_, rest) = rest.split_once('>').context("has an endless <svg")?;
    let (inside, _) = rest.rsplit_once("</svg>").context("has no </svg>")?;
    Ok(format!(r#"<symbol id="{name}" viewBox="{view}">{}</symbol>"#, inside.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b3_an_icon_becomes_a_symbol_with_its_own_view() {
        let svg = r#"<svg xmlns="x" viewBox="0 0 20 20" fill="none"><path d="M1"/></svg>"#;
        let expected = r#"<symbol id="dot" viewBox="0 0 20 20"><path d="M1"/></symbol>"#;
        assert_eq!(symbol("dot", svg).unwrap(), expected);
    }

    #[test]
    fn b3_an_icon_without_a_view_is_refused() {
        assert!(symbol("dot", "<svg><path/></svg>").is_err());
    }
}
