//! The three languages: what one can say, all can.

use std::collections::BTreeSet;

use serde_json::Value;

/// The languages of the app.
pub const LANGUAGES: [&str; 3] = ["fi", "sv", "en"];

/// Lists the paths of every text in a file of texts.
pub fn keys(texts: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(texts, "", &mut found);
    found
}

fn collect(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let dot = if path.is_empty() { "" } else { "." };
                collect(value, &format!("{path}{dot}{name}"), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            found.insert(path.to_owned());
        }
    }
}

/// Complains about each text that one language has and another lacks.
pub fn say_the_same(files: &[(&str, Value)]) -> Vec<String> {
    let keys: Vec<_> = files.iter().map(|(language, texts)| (*language, keys(texts))).collect();
    let all: BTreeSet<&String> = keys.iter().flat_map(|(_, keys)| keys).collect();
    let missing = keys.iter().flat_map(|(language, own)| {
        let lacking = all.iter().filter(|key| !own.contains(**key));
        lacking.map(move |key| format!("public/i18n/{language}.json lacks \"{key}\""))
    });
    missing.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn h8_a_text_missing_in_one_language_is_found() {
        let fi = json!({ "sync": { "waiting": "odottaa", "done": "valmis" } });
        let sv = json!({ "sync": { "waiting": "väntar" } });
        let found = say_the_same(&[("fi", fi.clone()), ("sv", sv)]);
        assert_eq!(found, ["public/i18n/sv.json lacks \"sync.done\""]);
        assert!(say_the_same(&[("fi", fi.clone()), ("en", fi)]).is_empty());
    }
}
