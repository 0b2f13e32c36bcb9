//! Session tokens and the cookie that carries them.
//!
//! A token is 256 random bits. The database holds its SHA-256 only, so a stolen
//! copy of the database signs nobody in.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use sha2::{Digest as _, Sha256};

use crate::chance::{self, NoChance};
use crate::settings::Settings;
use crate::store::TokenHash;

/// How long a session lasts after it was last used: weeks at a cottage lose nothing.
pub const SESSION_MS: u64 = 90 * 86_400_000;

/// Letters of a token in the cookie.
const TOKEN_LETTERS: usize = 64;

/// The secret that a browser holds.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Makes a token that nobody can guess.
    pub fn generate() -> Result<Self, NoChance> {
        let bytes = chance::bytes::<32>()?;
        Ok(Self(hex(&bytes)))
    }

    /// Finds the token among a request's cookies.
    pub fn from_headers(headers: &HeaderMap, settings: &Settings) -> Option<Self> {
        let name = cookie_name(settings);
        let lines = headers.get_all(COOKIE).into_iter().filter_map(|line| line.to_str().ok());
        let mut cookies =
            lines.flat_map(|line| line.split(';')).filter_map(|it| it.split_once('='));
        let (_, token) = cookies.find(|(key, _)| key.trim() == name)?;
        let token = token.trim();
        let is_token =
            token.len() == TOKEN_LETTERS && token.bytes().all(|it| it.is_ascii_hexdigit());
        is_token.then(|| Self(token.to_owned()))
    }

    /// Gives what the database knows of it.
    pub fn hash(&self) -> TokenHash {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// Writes the cookie that keeps a browser signed in.
    pub fn cookie(&self, settings: &Settings) -> Option<HeaderValue> {
        cookie(settings, &self.0, SESSION_MS / 1_000)
    }
}

/// Writes bytes as two digits each.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |number: u8| char::from_digit(u32::from(number), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Writes the cookie that makes a browser forget its session.
pub fn forget_cookie(settings: &Settings) -> Option<HeaderValue> {
    cookie(settings, "", 0)
}

fn cookie(settings: &Settings, value: &str, age_max_s: u64) -> Option<HeaderValue> {
    let name = cookie_name(settings);
    let secure = if settings.https() { "; Secure" } else { "" };
    let text =
        format!("{name}={value}; Path=/; Max-Age={age_max_s}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&text).ok()
}

/// Over https the name binds the cookie to this host (`__Host-`).
fn cookie_name(settings: &Settings) -> &'static str {
    if settings.https() { "__Host-talkoot" } else { "talkoot" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(url: &str) -> Settings {
        Settings { public_url: url.parse().ok(), ..Settings::default() }
    }

    #[test]
    fn u2_the_cookie_is_bound_to_the_host_over_https() {
        let token = Token("ab".repeat(32));
        let cookie = |url| token.cookie(&settings(url)).unwrap().to_str().unwrap().to_owned();
        let value = token.0.clone();
        assert_eq!(
            cookie("https://talkoot.example"),
            format!(
                "__Host-talkoot={value}; Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax; Secure"
            ),
        );
        assert_eq!(
            cookie("http://talkoot.example"),
            format!("talkoot={value}; Path=/; Max-Age=7776000; HttpOnly; SameSite=Lax"),
        );
    }

    #[test]
    fn u2_only_a_whole_token_is_read_from_the_cookies() {
        let read = |line: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(COOKIE, HeaderValue::from_str(line).unwrap());
            Token::from_headers(&headers, &settings("")).map(|token| token.0)
        };
        let token = "0f".repeat(32);
        assert_eq!(read(&format!("theme=dark; talkoot={token}")), Some(token.clone()));
        assert_eq!(read(&format!("talkoot={token}0")), None);
        assert_eq!(read(&format!("talkoot={}", "zz".repeat(32))), None);
        assert_eq!(read(&format!("other={token}")), None);
    }
}
