//! A discussion that is not begun yet: what stands in its form, kept with the other forms.

use std::collections::BTreeMap;

use talkoot_core::change::discuss::{Post, Tried, Words};
use talkoot_core::codec;
use talkoot_core::id::RecordId;
use talkoot_core::limits::CHANGE_BYTES_MAX;
use talkoot_core::value::{Scalar, Value};

/// The parts of the form, as they are kept.
mod part {
    pub(super) const SUBJECT: u16 = 1;
    pub(super) const TOPIC: u16 = 2;
    pub(super) const CIRCLE: u16 = 3;
    pub(super) const POST: u16 = 4;
    pub(super) const SECTION: u16 = 5;
}

/// What stands in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Beginning {
    pub(super) subject: String,
    /// Whether it asks nothing.
    pub(super) is_topic: bool,
    /// The tag of the section that it is about; none where it is about all of the thing.
    pub(super) section: Option<u16>,
    /// The project that alone sees it; none where everybody does.
    pub(super) circle: Option<RecordId>,
    pub(super) words: Words,
    /// Whose experience it tells, where it tells of having tried something.
    pub(super) tried: Option<Tried>,
}

impl Beginning {
    /// Writes it, to be kept; without a word there is nothing to keep.
    pub(super) fn to_value(&self) -> Value {
        // The subject of an experience is there before anybody writes.
        let has_subject = !self.subject.trim().is_empty() && self.tried.is_none();
        if !has_subject && self.words.text.trim().is_empty() {
            return Value::Empty;
        }
        let post = codec::encode(&self.post());
        let parts = [
            (part::SUBJECT, Some(Scalar::Text(self.subject.clone()))),
            (part::TOPIC, Some(Scalar::Flag(self.is_topic))),
            (part::CIRCLE, self.circle.map(Scalar::Record)),
            (part::POST, Some(Scalar::Passage(post))),
            (part::SECTION, self.section.map(|tag| Scalar::Text(tag.to_string()))),
        ];
        let parts = parts.into_iter().filter_map(|(tag, part)| Some((tag, part?)));
        Value::Entry(parts.collect::<BTreeMap<_, _>>())
    }

    /// Reads what was kept.
    pub(super) fn of(value: &Value) -> Self {
        let post = match value.part(part::POST) {
            Some(Scalar::Passage(bytes)) => codec::decode(bytes, CHANGE_BYTES_MAX).ok(),
            _ => None,
        };
        let Post { words, tried, .. } = post.unwrap_or_default();
        let text = |tag| value.part(tag).and_then(Scalar::as_text);
        let (subject, section) = (text(part::SUBJECT), text(part::SECTION));
        Self {
            subject: subject.unwrap_or_default().to_owned(),
            is_topic: value.part(part::TOPIC) == Some(&Scalar::Flag(true)),
            section: section.and_then(|tag| tag.parse().ok()),
            circle: value.part(part::CIRCLE).and_then(Scalar::as_record),
            words,
            tried,
        }
    }

    /// Gives the post that it begins with.
    pub(super) fn post(&self) -> Post {
        Post { words: self.words.clone(), tried: self.tried, ..Post::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use talkoot_core::change::discuss::{Mention, Mentioned};

    #[test]
    fn di25_a_discussion_that_is_not_begun_yet_is_kept_whole() {
        let of = Mentioned::Record(RecordId([2; 16]));
        let mentions = vec![Mention { from: 0, until: 4, of }];
        let tried = Some(Tried { practice: RecordId([3; 16]), project: None });
        let beginning = Beginning {
            subject: "Kuka kutsuu koolle?".into(),
            is_topic: true,
            section: Some(12),
            circle: Some(RecordId([1; 16])),
            words: Words { text: "Ääni\n\nkuuluu".into(), mentions },
            tried,
        };
        assert_eq!(Beginning::of(&beginning.to_value()), beginning);
        assert_eq!(Beginning::default().to_value(), Value::Empty);
        assert_eq!(Beginning::of(&Value::Empty), Beginning::default());
    }
}
