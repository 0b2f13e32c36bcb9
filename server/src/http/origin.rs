//! No other site may write, or open a socket, with a visitor's cookie.
//!
//! A browser names the page that asks in `Origin`. It has to be this server's
//! own host. A program without cookies sends none and needs none; one that
//! sends a cookie has to name its origin.

use axum::extract::{Request, State};
use axum::http::header::{COOKIE, HOST, ORIGIN, UPGRADE};
use axum::http::{HeaderMap, HeaderName, Method, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::api_error::ApiError;
use crate::services::Services;
use crate::settings::Settings;

/// Refuses what comes from another site, before any handler sees it.
pub async fn check_origin(
    State(services): State<Services>,
    request: Request,
    next: Next,
) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let is_harmless = reads && !request.headers().contains_key(UPGRADE);
    if is_harmless || is_own(request.headers(), &services.settings) {
        next.run(request).await
    } else {
        ApiError::ForeignOrigin.into_response()
    }
}

/// Says whether a request comes from this server's own pages, or from no browser at all.
fn is_own(headers: &HeaderMap, settings: &Settings) -> bool {
    let Some(origin) = text(headers, ORIGIN) else {
        return !headers.contains_key(ORIGIN) && !headers.contains_key(COOKIE);
    };
    let Ok(origin) = origin.parse::<Uri>() else { return false };
    let Some(authority) = origin.authority().map(|it| it.as_str().to_lowercase()) else {
        return false;
    };
    let host = text(headers, HOST).map(str::to_lowercase);
    let public = settings.public_url.as_ref().map(|url| url.authority.clone());
    host.as_ref() == Some(&authority) || public == Some(authority)
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w6_only_our_own_pages_write_with_a_cookie() {
        let public_url = "https://talkoot.example".parse().ok();
        let settings = Settings { public_url, ..Settings::default() };
        for (origin, cookie, expected) in [
            (Some("http://localhost:8080"), true, true),
            (Some("https://talkoot.example"), true, true),
            (Some("https://elsewhere.example"), true, false),
            (Some("https://elsewhere.example"), false, false),
            (Some("http://localhost:8081"), true, false),
            (Some("null"), true, false),
            (None, true, false),
            (None, false, true),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, "localhost:8080".parse().unwrap());
            origin.map(|origin| headers.insert(ORIGIN, origin.parse().unwrap()));
            cookie.then(|| headers.insert(COOKIE, "talkoot=x".parse().unwrap()));
            assert_eq!(is_own(&headers, &settings), expected, "{origin:?} {cookie}");
        }
    }
}
