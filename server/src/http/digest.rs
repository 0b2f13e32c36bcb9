//! `/api/v1/digest`: whether somebody gets mail about what is unread, and the page that ends it.
//!
//! Ending it needs the link in a mail and nothing else. Whatever link it is, the answers are the
//! same, so nobody learns whether it leads anywhere.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection};
use axum::extract::{Path, RawQuery, State};
use axum::response::Html;
use serde::{Deserialize, Serialize};
use talkoot_core::language::Language;
use utoipa::ToSchema;

use crate::api_error::ApiError;
use crate::caller::SignedIn;
use crate::digest::link::Link;
use crate::digest::{self, period};
use crate::public::ending;
use crate::services::Services;
use crate::store::{DigestChoice, Every, Told};

/// How often mail about what is unread may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EveryJson {
    Never,
    Daily,
    Weekly,
}

/// A language of the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum LanguageJson {
    Fi,
    Sv,
    En,
}

/// What the caller chose.
#[derive(Debug, Serialize, ToSchema)]
pub struct DigestJson {
    every: EveryJson,
    language: LanguageJson,
    /// The address that mail goes to.
    email: String,
    /// Whether this server sends mail at all.
    available: bool,
}

/// A choice: how often, and in which language.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DigestChoiceJson {
    every: EveryJson,
    language: LanguageJson,
}

/// `GET /api/v1/digest`: says what the caller chose; nothing chosen is never.
pub async fn show(
    State(services): State<Services>,
    signed_in: SignedIn,
    RawQuery(query): RawQuery,
) -> Result<Json<DigestJson>, ApiError> {
    if query.is_some_and(|query| !query.is_empty()) {
        return Err(ApiError::UnknownParameter);
    }
    let chosen = services.digests.store()?.digest(signed_in.account.id).await?;
    let every = chosen.and_then(|it| it.every).map_or(EveryJson::Never, EveryJson::from);
    let language = chosen.map(|it| it.language).unwrap_or_default().into();
    let available = services.digests.are_sent();
    Ok(Json(DigestJson { every, language, email: signed_in.account.email, available }))
}

/// `PUT /api/v1/digest`: takes a choice. The first mail comes in the day or week after this one.
pub async fn choose(
    State(services): State<Services>,
    signed_in: SignedIn,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<DigestJson>, ApiError> {
    let choice: DigestChoiceJson =
        serde_json::from_slice(&body?).map_err(|_| ApiError::Malformed)?;
    let every = match choice.every {
        EveryJson::Never => None,
        EveryJson::Daily => Some(Every::Day),
        EveryJson::Weekly => Some(Every::Week),
    };
    let available = services.digests.are_sent();
    if every.is_some() && !available {
        return Err(ApiError::NoMail);
    }
    let now_ms = services.clock.now_ms();
    let noted = DigestChoice {
        account: signed_in.account.id,
        language: choice.language.into(),
        every,
        fresh: digest::link_key()?,
        period: every.map_or(0, |every| period::number(every, now_ms)),
        told: Told { log: services.log, until: services.hub.head() },
    };
    services.digests.store()?.choose_digest(noted).await?;
    let DigestChoiceJson { every, language } = choice;
    Ok(Json(DigestJson { every, language, email: signed_in.account.email, available }))
}

/// `GET /api/v1/digest/{link}`: a page with one button. It changes nothing, because programs that
/// look into mail follow links.
pub async fn ask(
    State(services): State<Services>,
    link: Result<Path<String>, PathRejection>,
) -> Result<Html<String>, ApiError> {
    services.digests.store()?;
    let link = read(link);
    Ok(Html(ending::asking(language(link))))
}

/// `POST /api/v1/digest/{link}`: ends it, for the button and for one-click programs alike.
pub async fn end(
    State(services): State<Services>,
    link: Result<Path<String>, PathRejection>,
) -> Result<Html<String>, ApiError> {
    let store = services.digests.store()?;
    let link = read(link);
    let account = match link {
        Some(link) => link.account(store).await?,
        None => None,
    };
    if let Some(account) = account {
        store.end_digest(account).await?;
    }
    Ok(Html(ending::ended(language(link))))
}

fn read(link: Result<Path<String>, PathRejection>) -> Option<Link> {
    link.ok().and_then(|Path(link)| Link::read(&link))
}

fn language(link: Option<Link>) -> Language {
    link.map(|it| it.language).unwrap_or_default()
}

impl From<Every> for EveryJson {
    fn from(every: Every) -> Self {
        match every {
            Every::Day => Self::Daily,
            Every::Week => Self::Weekly,
        }
    }
}

impl From<Language> for LanguageJson {
    fn from(language: Language) -> Self {
        match language {
            Language::Finnish => Self::Fi,
            Language::Swedish => Self::Sv,
            Language::English => Self::En,
        }
    }
}

impl From<LanguageJson> for Language {
    fn from(language: LanguageJson) -> Self {
        match language {
            LanguageJson::Fi => Self::Finnish,
            LanguageJson::Sv => Self::Swedish,
            LanguageJson::En => Self::English,
        }
    }
}
