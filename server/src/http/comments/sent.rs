//! Reading a comment that was sent: as JSON by a script, or as a form by a browser without one.

use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use talkoot_core::comment::Typed;
use talkoot_core::id::{CommentId, RecordId};
use talkoot_core::moment;
use utoipa::ToSchema;

use crate::api_error::ApiError;
use crate::http::records::query::pairs;

/// How a comment was sent, and so is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    Json,
    Form,
}

impl Manner {
    /// Reads what a request says of its body.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let is_form = kind.is_some_and(|it| it.starts_with("application/x-www-form-urlencoded"));
        if is_form { Self::Form } else { Self::Json }
    }
}

/// A comment as it was sent.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) id: CommentId,
    pub(super) record: RecordId,
    pub(super) typed: Typed,
    pub(super) written_ms: Option<u64>,
    /// Whether the field is filled in that no person sees.
    pub(super) is_trapped: bool,
    pub(super) manner: Manner,
}

/// A comment on something published.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SentJson {
    /// A name of 128 random bits that its sender makes: sent again under it, it counts once.
    #[schema(pattern = "^[0-7][0-9a-hjkmnp-tv-z]{25}$")]
    id: String,
    /// The practice or document that it is about.
    #[schema(pattern = "^[0-7][0-9a-hjkmnp-tv-z]{25}$")]
    record: String,
    #[schema(min_length = 1, max_length = 120)]
    subject: String,
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// A title or an organisation.
    #[serde(default)]
    #[schema(max_length = 120)]
    organisation: String,
    #[schema(min_length = 1, max_length = 3000)]
    comment: String,
    /// When it was written; without it, or later than now, when it arrives.
    #[serde(default)]
    #[schema(format = DateTime)]
    written: Option<String>,
    /// Stays empty.
    #[serde(default)]
    website: String,
}

impl Sent {
    /// Reads the body of a request by what it says that it is.
    pub(super) fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, ApiError> {
        match Manner::of(headers) {
            Manner::Json => Self::of_json(body),
            Manner::Form => Self::of_form(body),
        }
    }

    fn of_json(body: &[u8]) -> Result<Self, ApiError> {
        let sent: SentJson = serde_json::from_slice(body).map_err(|_| ApiError::Malformed)?;
        let written = sent.written.as_deref();
        let written_ms =
            written.map(|it| moment::read(it).ok_or(ApiError::Malformed)).transpose()?;
        Ok(Self {
            id: sent.id.parse().map_err(|_| ApiError::Malformed)?,
            record: sent.record.parse().map_err(|_| ApiError::Malformed)?,
            typed: Typed {
                subject: sent.subject,
                name: sent.name,
                organisation: sent.organisation,
                words: sent.comment,
            },
            written_ms,
            is_trapped: !sent.website.is_empty(),
            manner: Manner::Json,
        })
    }

    /// A form has no name of its own: what is in it names it, so pressing twice sends it once.
    fn of_form(body: &[u8]) -> Result<Self, ApiError> {
        let text = std::str::from_utf8(body).map_err(|_| ApiError::Malformed)?;
        let mut typed = Typed::default();
        let (mut record, mut is_trapped) = (None, false);
        for (name, value) in pairs(text) {
            match name.as_str() {
                "record" => record = value.parse().ok(),
                "subject" => typed.subject = value,
                "name" => typed.name = value,
                "organisation" => typed.organisation = value,
                "comment" => typed.words = value,
                "website" => is_trapped = !value.is_empty(),
                _ => return Err(ApiError::Malformed),
            }
        }
        let record: RecordId = record.ok_or(ApiError::Malformed)?;
        let id = named_by(record, &typed);
        Ok(Self { id, record, typed, written_ms: None, is_trapped, manner: Manner::Form })
    }
}

fn named_by(record: RecordId, typed: &Typed) -> CommentId {
    let Typed { subject, name, organisation, words } = typed;
    let mut hash = Sha256::new_with_prefix("comment of a form").chain_update(record.0);
    for part in [subject, name, organisation, words] {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    let digest: [u8; 32] = hash.finalize().into();
    let mut name = [0; 16];
    name.iter_mut().zip(digest).for_each(|(place, byte)| *place = byte);
    CommentId(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(body: &str) -> Result<Sent, ApiError> {
        Sent::of_form(body.as_bytes())
    }

    #[test]
    fn oc3_a_form_is_named_by_what_is_in_it() {
        let record = RecordId([7; 16]);
        let body = |words: &str| {
            format!(
                "record={record}&subject=A+b&name=%C3%84&organisation=&comment={words}&website="
            )
        };
        let [one, again, other] =
            [form(&body("x")), form(&body("x")), form(&body("y"))].map(Result::unwrap);
        assert_eq!((one.id, one.typed.name.as_str(), one.is_trapped), (again.id, "Ä", false));
        assert_ne!(one.id, other.id);
        assert!(form(&format!("{}x", body("x"))).unwrap().is_trapped);
        assert!(form("subject=a").is_err() && form("record=x").is_err());
    }

    #[test]
    fn oc3_json_has_the_form_that_is_described_or_is_refused() {
        let id = CommentId([3; 16]);
        let whole = serde_json::json!({
            "id": id.to_string(), "record": RecordId([7; 16]).to_string(), "subject": "a",
            "name": "b", "comment": "c", "written": "2017-08-10T13:37:00Z",
        });
        let read = |json: &serde_json::Value| Sent::of_json(json.to_string().as_bytes());
        let sent = read(&whole).unwrap();
        assert_eq!((sent.id, sent.written_ms), (id, Some(1_502_372_220_000)));
        for (name, wrong) in
            [("id", "x"), ("record", "x"), ("written", "yesterday"), ("extra", "x")]
        {
            let mut json = whole.clone();
            json[name] = wrong.into();
            assert_eq!(read(&json).err(), Some(ApiError::Malformed), "{name}");
        }
    }
}
