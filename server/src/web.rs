//! The web app: files of the bundle, carried inside the program.
//!
//! Files under `/assets/` are named after their content and never change; the
//! few others are asked for each time and answered with "unchanged" where that
//! is so. Every other address is a page of the app. A missing asset is never
//! answered with a page, so an old page cannot take HTML for a script.

mod bundle;
pub mod headers;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY,
};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};

use self::bundle::{Encoding, Found};
use crate::api_error::ApiError;
use crate::etag;

const FOREVER: &str = "public, max-age=31536000, immutable";
const ASK_EACH_TIME: &str = "no-cache";

/// Answers an address that is not of the interface.
pub async fn page(request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return ApiError::WrongMethod.into_response();
    }
    let path = request.uri().path().trim_start_matches('/');
    let is_asset = path.starts_with("assets/");
    let encodings = accepted(request.headers());
    let found = bundle::find(path, &encodings).filter(|_| !path.is_empty());
    let found = match found {
        None if is_asset => {
            return (StatusCode::NOT_FOUND, "There is no such file.").into_response();
        }
        None => bundle::find("index.html", &encodings),
        found => found,
    };
    match found {
        Some(found) => serve(found, is_asset, request.headers()),
        None => (StatusCode::NOT_FOUND, NO_BUNDLE).into_response(),
    }
}

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
