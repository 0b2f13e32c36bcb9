//! Signing in and out over HTTP.

use super::http::{ask, sign_in, try_sign_in};
use super::process::Server;

#[test]
fn u1_the_right_password_signs_in_and_says_who_it_is() {
    let server = Server::start();
    server.add_user("Leena@Talkoot.example", "member", &["0".repeat(26)]);
    let reply = try_sign_in(&server, " leena@talkoot.EXAMPLE ", super::process::PASSWORD);
    let me = reply.json();
    assert_eq!((reply.status, me["role"].as_str()), (200, Some("member")));
    assert_eq!(me["email"].as_str(), Some("leena@talkoot.example"));
    assert_eq!(me["projects"], serde_json::json!(["0".repeat(26)]));
    let cookie = reply.header("set-cookie").unwrap();
    assert!(cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
    let session = sign_in(&server, "leena@talkoot.example");
    let shown = ask(&server, "GET /api/session", &session.headers(&server), b"");
    assert_eq!((shown.status, shown.json()), (200, me));
}

#[test]
fn u1_a_wrong_password_and_an_unknown_email_answer_alike() {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "reader", &[]);
    let wrong = try_sign_in(&server, "leena@talkoot.example", "not-this-password");
    let unknown = try_sign_in(&server, "nobody@talkoot.example", "not-this-password");
    assert_eq!(wrong.code(), (401, "wrong_credentials".to_owned()));
    assert_eq!((wrong.status, &wrong.body), (unknown.status, &unknown.body));
}

#[test]
fn u5_too_many_wrong_passwords_make_the_account_wait_but_nobody_else() {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "reader", &[]);
    server.add_user("pentti@talkoot.example", "reader", &[]);
    let attempt = || try_sign_in(&server, "leena@talkoot.example", "not-this-password");
    for _ in 0..10 {
        assert_eq!(attempt().status, 401);
    }
    let refused = attempt();
    assert_eq!(refused.code(), (429, "too_many_attempts".to_owned()));
    let wait_s: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=900).contains(&wait_s), "{wait_s}");
    let right = try_sign_in(&server, "leena@talkoot.example", super::process::PASSWORD);
    assert_eq!(right.status, 429, "the right password waits as well");
    sign_in(&server, "pentti@talkoot.example");
}

#[test]
fn u2_signing_out_ends_the_session_for_good() {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "reader", &[]);
    let session = sign_in(&server, "leena@talkoot.example");
    let out = ask(&server, "DELETE /api/session", &session.headers(&server), b"");
    assert_eq!(out.status, 204);
    assert!(out.header("set-cookie").unwrap().contains("Max-Age=0"));
    let shown = ask(&server, "GET /api/session", &session.headers(&server), b"");
    assert_eq!(shown.code(), (401, "signed_out".to_owned()));
}

#[test]
fn u2_the_database_holds_no_token_and_no_password() {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "reader", &[]);
    let session = sign_in(&server, "leena@talkoot.example");
    let token = session.cookie.split('=').nth(1).unwrap().to_owned();
    let folder = server.kill();
    for file in std::fs::read_dir(&folder.0).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        for secret in [token.as_str(), super::process::PASSWORD] {
            let found = bytes.windows(secret.len()).any(|it| it == secret.as_bytes());
            assert!(!found, "a secret is in the data folder");
        }
    }
}

#[test]
fn w6_another_site_cannot_write_with_a_visitors_cookie() {
    let server = Server::start();
    server.add_user("leena@talkoot.example", "reader", &[]);
    let session = sign_in(&server, "leena@talkoot.example");
    let cookie = format!("Cookie: {}", session.cookie);
    for headers in [
        vec![cookie.clone(), "Origin: https://elsewhere.example".to_owned()],
        vec![cookie.clone()],
        vec![cookie.clone(), "Origin: null".to_owned()],
    ] {
        for request in ["DELETE /api/session", "POST /api/sync", "DELETE /api/devices/x"] {
            let reply = ask(&server, request, &headers, b"");
            assert_eq!(reply.code(), (403, "foreign_origin".to_owned()), "{request} {headers:?}");
        }
        let mut socket = headers.clone();
        let upgrade = ["Upgrade: websocket", "Sec-WebSocket-Version: 13"];
        socket.extend(upgrade.map(str::to_owned));
        let reply = ask(&server, "GET /api/socket", &socket, b"");
        assert_eq!(reply.code(), (403, "foreign_origin".to_owned()), "{headers:?}");
    }
    let shown = ask(&server, "GET /api/session", &session.headers(&server), b"");
    assert_eq!(shown.status, 200, "nothing happened to the session");
}
