//! What is answered without the conversation: health, pages, headers, unknown addresses.

use super::http::ask;
use super::process::Server;

#[test]
fn o4_health_says_that_the_server_runs() {
    let server = Server::start();
    let reply = ask(&server, "GET /api/health", &[], b"");
    let expected = serde_json::json!({
        "status": "ok",
        "version": env!("CARGO_PKG_VERSION"),
        "schema": talkoot_server::store::sqlite::SCHEMA,
    });
    assert_eq!((reply.status, reply.json()), (200, expected));
    assert_eq!(reply.header("cache-control"), Some("no-store"));
}

#[test]
fn w7_unknown_addresses_of_the_interface_answer_json_and_missing_assets_are_missing() {
    let server = Server::start();
    for (request, expected) in [
        ("GET /api/nothing", (404, "unknown_route")),
        ("GET /api", (404, "unknown_route")),
        ("PUT /api/session", (405, "wrong_method")),
        ("POST /documents/x", (405, "wrong_method")),
    ] {
        let (status, code) = ask(&server, request, &[], b"").code();
        assert_eq!((status, code.as_str()), expected, "{request}");
    }
    let missing = ask(&server, "GET /assets/app-0123.js", &[], b"");
    let kind = missing.header("content-type").unwrap().to_owned();
    assert_eq!((missing.status, kind.starts_with("text/html")), (404, false));
}

#[test]
fn w7_every_answer_tells_the_browser_what_the_app_never_does() {
    let server = Server::start();
    for request in ["GET /", "GET /api/health", "GET /api/nothing", "GET /assets/none.js"] {
        let reply = ask(&server, request, &[], b"");
        let policy = reply.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"));
        assert!(!policy.contains("unsafe-inline"), "{request}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{request}");
        assert_eq!(reply.header("cross-origin-opener-policy"), Some("same-origin"), "{request}");
        assert_eq!(reply.header("referrer-policy"), Some("same-origin"), "{request}");
    }
}
