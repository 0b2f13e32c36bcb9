//! Talking to the server about mail: whether it comes to this person, and how often.

use gloo_net::http::{Request, Response};
use serde::{Deserialize, Serialize};

use crate::i18n::Language;
use crate::workspace::ActError;

const DIGEST: &str = "/api/v1/digest";

/// How often mail about what is unread may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Every {
    Never,
    Daily,
    Weekly,
}

impl Every {
    /// All of them, in the order in which people choose.
    pub(crate) const ALL: [Self; 3] = [Self::Never, Self::Daily, Self::Weekly];
}

/// How often mail comes, and in which language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) every: Every,
    pub(crate) language: Language,
}

/// What this person chose, and what the server can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Digest {
    pub(crate) choice: Choice,
    pub(crate) email: String,
    /// Whether the server sends mail at all.
    pub(crate) available: bool,
}

/// A choice as it is sent.
#[derive(Serialize)]
struct Sent {
    every: Every,
    language: &'static str,
}

/// What the server says.
#[derive(Deserialize)]
struct Told {
    every: Every,
    language: String,
    email: String,
    available: bool,
}

/// Asks what this person chose.
pub(crate) async fn chosen() -> Result<Digest, ActError> {
    let response = Request::get(DIGEST).send().await.map_err(|_| ActError::NoNetwork)?;
    read(response).await
}

/// Tells the server what this person chose.
pub(crate) async fn choose(choice: Choice) -> Result<Digest, ActError> {
    let Choice { every, language } = choice;
    let request = Request::put(DIGEST).json(&Sent { every, language: language.tag() });
    let request = request.map_err(|_| ActError::NoNetwork)?;
    read(request.send().await.map_err(|_| ActError::NoNetwork)?).await
}

async fn read(response: Response) -> Result<Digest, ActError> {
    match response.status() {
        status @ 200..=299 => {
            let told: Told = response.json().await.map_err(|_| ActError::Server { status })?;
            let Told { every, email, available, .. } = told;
            let language = Language::of_tag(&told.language).unwrap_or_default();
            Ok(Digest { choice: Choice { every, language }, email, available })
        }
        401 => Err(ActError::SignedOut),
        status => Err(ActError::Server { status }),
    }
}
