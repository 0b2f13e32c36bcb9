//! Several updates as one: what an editor wrote within a moment leaves it together.

use super::document::TextError;
use super::prescan::{Policy, scan_bytes};

/// Merges updates into one that says the same; each is scanned first.
pub fn merge_updates(updates: &[Vec<u8>]) -> Result<Vec<u8>, TextError> {
    for update in updates {
        scan_bytes(update, &Policy::UPDATE)?;
    }
    match updates {
        [only] => Ok(only.clone()),
        _ => yrs::merge_updates_v1(updates).map_err(|_| TextError::Unreadable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::edit::Edit;
    use crate::text::{TextDocument, plain};

    #[test]
    fn x15_merged_updates_say_what_they_said_one_by_one() {
        let mut writer = TextDocument::new(7);
        let words = ["talkoot", "kylässä", "å ä ö"];
        let updates: Vec<_> = words
            .iter()
            .filter_map(|text| {
                writer.edit("body", &Edit::AppendParagraph { text: (*text).to_owned() })
            })
            .collect();
        let mut reader = TextDocument::new(1);
        let merged = merge_updates(&updates);
        assert_eq!(merged.and_then(|merged| reader.apply(&merged)), Ok(()));
        let said = plain::plain(&reader.blocks("body"));
        assert_eq!(said, plain::plain(&writer.blocks("body")));
        assert!(said.contains("kylässä"));
    }
}
