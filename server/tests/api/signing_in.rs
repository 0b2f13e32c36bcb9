//! Signing in and out over HTTP.

use super::http::{ask, sign_in, try_sign_in};
use super::process::{Folder, PASSWORD, Server};

#[test]
fn u1_the_right_password_signs_in_and_says_who_it_is() {
    let server = Server::start();
    server.add_user("Leena@Talkoot.example", "member", &["0".repeat(26)]);
    let reply = try_sign_in(&server, " leena@talkoot.EXAMPLE ", PASSWORD);
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
    let right = try_sign_in(&server, "leena@talkoot.example", PASSWORD);
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
    // What is held for moderators lies in a folder of its own.
    let folders = [folder.0.clone(), folder.0.join("held")];
    let files = folders.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap());
    let files = files.map(|file| file.unwrap().path()).filter(|path| path.is_file());
    for file in files {
        let bytes = std::fs::read(file).unwrap();
        for secret in [token.as_str(), PASSWORD] {
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

/// Tries to sign in through a proxy that says from where.
fn try_from(server: &Server, address: &str, email: &str, password: &str) -> u16 {
    let body = serde_json::json!({ "email": email, "password": password }).to_string();
    // What stands before the proxy's own word is what the client made up.
    let header = format!("X-Forwarded-For: 203.0.113.9, {address}");
    ask(server, "POST /api/session", &[header], body.as_bytes()).status
}

#[test]
fn a20_who_guesses_keeps_nobody_else_from_signing_in() {
    let server = Server::start_with(Folder::new(), &["--address-header", "X-Forwarded-For"]);
    server.add_user("leena@talkoot.example", "reader", &[]);
    let (stranger, home) = ("198.51.100.1", "198.51.100.2");
    for _ in 0..10 {
        assert_eq!(try_from(&server, stranger, "leena@talkoot.example", "wrong"), 401);
    }
    assert_eq!(try_from(&server, stranger, "leena@talkoot.example", "wrong"), 429);
    // Over many accounts: the address waits, and nobody else.
    for other in 11..60 {
        let email = format!("nobody-{other}@talkoot.example");
        assert_eq!(try_from(&server, stranger, &email, "wrong"), 401, "{other}");
    }
    assert_eq!(try_from(&server, stranger, "nobody@talkoot.example", "wrong"), 429);
    assert_eq!(try_from(&server, home, "leena@talkoot.example", PASSWORD), 200);
}
