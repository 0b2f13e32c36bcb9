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

/// What this person chose, and what the server can do.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Digest {
    pub(crate) every: Every,
    pub(crate) email: String,
    /// Whether the server sends mail at all.
    pub(crate) available: bool,
}

#[derive(Serialize)]
struct Choice {
    every: Every,
    language: &'static str,
}

/// Asks what this person chose.
pub(crate) async fn chosen() -> Result<Digest, ActError> {
    let response = Request::get(DIGEST).send().await.map_err(|_| ActError::NoNetwork)?;
    read(response).await
}

/// Tells the server what this person chose; mail comes in the language of the moment.
pub(crate) async fn choose(every: Every, language: Language) -> Result<Digest, ActError> {
    let request = Request::put(DIGEST).json(&Choice { every, language: language.tag() });
    let request = request.map_err(|_| ActError::NoNetwork)?;
    read(request.send().await.map_err(|_| ActError::NoNetwork)?).await
}

async fn read(response: Response) -> Result<Digest, ActError> {
    match response.status() {
        status @ 200..=299 => response.json().await.map_err(|_| ActError::Server { status }),
        401 => Err(ActError::SignedOut),
        status => Err(ActError::Server { status }),
    }
}
