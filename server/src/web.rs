//! The web app: files of the bundle, carried inside the program.
//!
//! Files under `/assets/` are named after their content and never change; the
//! few others are asked for each time and answered with "unchanged" where that
//! is so. Every other address is a page: a public one ([`crate::public`]) or the
//! app's own. A missing asset is never answered with a page, so an old page cannot
//! take HTML for a script.

mod bundle;
pub mod headers;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY,
};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};

use self::bundle::{Encoding, Found};
use crate::api_error::ApiError;
use crate::services::Services;
use crate::{etag, public};

const FOREVER: &str = "public, max-age=31536000, immutable";
const ASK_EACH_TIME: &str = "no-cache";

/// Answers an address that is not of the interface: a file, a page that everybody may read, or
/// the app.
pub async fn page(State(services): State<Services>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return ApiError::WrongMethod.into_response();
    }
    let path = request.uri().path().trim_start_matches('/');
    let is_asset = path.starts_with("assets/");
    let encodings = accepted(request.headers());
    let found = bundle::find(path, &encodings).filter(|_| !path.is_empty());
    match found {
        Some(found) => serve(found, is_asset, request.headers()),
        None if is_asset => (StatusCode::NOT_FOUND, "There is no such file.").into_response(),
        None => {
            let answer = public::page(&services, request.uri(), request.headers()).await;
            answer.unwrap_or_else(ApiError::into_response)
        }
    }
}

/// Answers with the app alone, where there is nothing to read without it. The service worker
/// keeps the same page under its own name.
pub fn app(headers: &HeaderMap) -> Response {
    match bundle::find(INDEX, &accepted(headers)) {
        Some(found) => serve(found, false, headers),
        None => (StatusCode::NOT_FOUND, NO_BUNDLE).into_response(),
    }
}

/// Gives the page that public content is written into: the app's own, or a bare one where the
/// app has not been built in.
pub fn template() -> String {
    let found = bundle::find(INDEX, &[]);
    let page = found.map(|found| String::from_utf8_lossy(&found.bytes).into_owned());
    page.unwrap_or_else(|| BARE.to_owned())
}

/// The page of the app.
const INDEX: &str = "index.html";
const BARE: &str = "<!doctype html>\n<html lang=\"fi\">\n  <head>\n    <meta charset=\"utf-8\">\n    \
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n  </head>\n  \
    <body>\n  </body>\n</html>\n";
const NO_BUNDLE: &str = "The app has not been built into this server: \
    run `cargo xtask bundle`, then build the server again.";

fn serve(found: Found, is_asset: bool, asked: &HeaderMap) -> Response {
    let cache = if is_asset { FOREVER } else { ASK_EACH_TIME };
    let is_known = etag::is_held(asked, &found.etag);
    let builder = Response::builder()
        .header(CONTENT_TYPE, found.content_type)
        .header(CACHE_CONTROL, cache)
        .header(VARY, "accept-encoding")
        .header(ETAG, found.etag);
    let builder = match found.encoding {
        Some(encoding) => builder.header(CONTENT_ENCODING, encoding.name()),
        None => builder,
    };
    let answer = if is_known {
        builder.status(StatusCode::NOT_MODIFIED).body(Body::empty())
    } else {
        builder.body(Body::from(found.bytes))
    };
    answer.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// Lists the encodings that a browser takes and that the bundle may hold, the smallest first.
fn accepted(headers: &HeaderMap) -> Vec<Encoding> {
    let lines = headers.get_all(ACCEPT_ENCODING).into_iter().filter_map(|it| it.to_str().ok());
    let named: Vec<&str> = lines
        .flat_map(|line| line.split(','))
        .filter(|it| !it.replace(' ', "").ends_with(";q=0"))
        .filter_map(|it| it.split(';').next())
        .map(str::trim)
        .collect();
    Encoding::ALL.into_iter().filter(|it| named.contains(&it.name())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w7_an_encoding_is_used_only_if_the_browser_takes_it() {
        let accepted = |line: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, line.parse().unwrap());
            accepted(&headers).into_iter().map(Encoding::name).collect::<Vec<_>>()
        };
        assert_eq!(accepted("gzip, deflate, br, zstd"), ["br", "gzip"]);
        assert_eq!(accepted("gzip;q=1.0, br; q=0"), ["gzip"]);
        assert_eq!(accepted("identity"), [""; 0]);
    }
}
