//! The headers that keep a browser from doing what this app never asks for.

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::services::Services;
use crate::settings::Settings;

const NEVER_KEEP: HeaderValue = HeaderValue::from_static("no-store");
const FIXED: [(HeaderName, &str); 5] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
];

/// Adds them to every answer; what says nothing of keeping is not kept.
pub async fn add(State(services): State<Services>, request: Request, next: Next) -> Response {
    let policy = content_security_policy(request.headers());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    add_transport(headers, &services.settings);
    headers.entry(CACHE_CONTROL).or_insert(NEVER_KEEP);
    response
}

fn add_transport(headers: &mut HeaderMap, settings: &Settings) {
    if settings.https() {
        let a_year = HeaderValue::from_static("max-age=31536000");
        headers.insert(STRICT_TRANSPORT_SECURITY, a_year);
    }
}

/// No inline script or style, nothing from elsewhere. Older browsers do not count a socket to
/// the same host as `'self'`, so it is named.
fn content_security_policy(headers: &HeaderMap) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let is_plain =
        |host: &&str| host.bytes().all(|it| it.is_ascii_alphanumeric() || b".:-[]".contains(&it));
    let sockets = host.filter(is_plain).map(|host| format!(" ws://{host} wss://{host}"));
    let sockets = sockets.unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data: blob:; font-src 'self'; connect-src 'self'{sockets}; \
         manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w7_a_host_that_is_none_does_not_get_into_the_policy() {
        let policy = |host: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, host.parse().unwrap());
            content_security_policy(&headers)
        };
        assert!(policy("talkoot.example:8080").contains("'self' ws://talkoot.example:8080 wss:"));
        assert!(!policy("x; script-src *").contains('*'));
        assert!(!policy("x").contains("unsafe-inline"));
    }
}
