//! The whole matrix: every role at every route, and every role that has an account with every deed
//! over both ways in. Without an account nothing of the conversation is open.

use talkoot_core::change::Op;
use talkoot_core::codec;
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;
use talkoot_core::sync::message::{ClientMessage, ServerMessage};

use super::device::{Device, answer, create, create_in, publish, record, title};
use super::http::{Session, ask, sign_in};
use super::process::Server;

const ROLES: [&str; 4] = ["anyone", "reader", "member", "coordinator"];

/// A server with an account of each role, all of project 8.
fn server() -> (Server, [Option<Session>; 4]) {
    let server = Server::start();
    let sessions = ROLES.map(|role| {
        (role != "anyone").then(|| {
            let email = format!("{role}@talkoot.example");
            server.add_user(&email, role, &[record(8).to_string()]);
            sign_in(&server, &email)
        })
    });
    (server, sessions)
}

#[test]
fn w6_every_route_answers_each_role_as_the_table_says() {
    let (server, _) = server();
    // Route, then what a visitor without an account and one with an account are answered.
    let table = [
        ("GET /api/health", 200, 200),
        ("GET /api/session", 401, 200),
        ("POST /api/session", 400, 400),
        ("POST /api/sync", 401, 400),
        ("GET /api/socket", 400, 400),
        ("GET /yjs/00000000000000000000000000", 400, 400),
        ("POST /yjs/00000000000000000000000000", 405, 405),
        ("GET /yjs", 404, 404),
        ("DELETE /api/devices/00000000000000000000000000", 401, 404),
        ("DELETE /api/devices/no-name", 401, 404),
        ("POST /api/v1/comments", 400, 400),
        ("GET /api/v1/comments", 401, 200),
        ("POST /api/v1/comments/00000000000000000000000000", 401, 404),
        ("GET /api/v1/comments/00000000000000000000000000", 405, 405),
        ("GET /api/v1/openapi.json", 200, 200),
        ("GET /api/v1/records", 200, 200),
        ("GET /api/v1/records/00000000000000000000000000", 404, 404),
        ("GET /api/v1/records/00000000000000000000000000.md", 404, 404),
        ("GET /api/v1/records/00000000000000000000000000.html", 404, 404),
        ("GET /api/nothing", 404, 404),
        ("DELETE /api/session", 204, 204),
    ];
    for role in ROLES {
        let session =
            (role != "anyone").then(|| sign_in(&server, &format!("{role}@talkoot.example")));
        let headers = session.as_ref().map(|it| it.headers(&server)).unwrap_or_default();
        for (route, anyone, signed_in) in table {
            let expected = if session.is_some() { signed_in } else { anyone };
            assert_eq!(ask(&server, route, &headers, b"").status, expected, "{role} {route}");
        }
    }
}

/// What somebody wants to do; each on a record of its own.
#[derive(Clone, Copy, Debug)]
enum Deed {
    CreateLoose,
    CreateNear,
    CreateFar,
    CreateProject,
    CreateProgramme,
    CreateOrganisation,
    EditNear,
    EditFar,
    PublishNear,
    PublishFar,
    TrashNear,
    TrashFar,
}

/// Deeds, and whether each role may.
const TABLE: [(Deed, [bool; 4]); 12] = [
    (Deed::CreateLoose, [false, false, true, true]),
    (Deed::CreateNear, [false, false, true, true]),
    (Deed::CreateFar, [false, false, false, true]),
    (Deed::CreateProject, [false, false, false, true]),
    (Deed::CreateProgramme, [false, false, false, true]),
    (Deed::CreateOrganisation, [false, false, true, true]),
    (Deed::EditNear, [false, false, true, true]),
    (Deed::EditFar, [false, false, false, true]),
    (Deed::PublishNear, [false, false, true, true]),
    (Deed::PublishFar, [false, false, false, true]),
    (Deed::TrashNear, [false, false, true, true]),
    (Deed::TrashFar, [false, false, false, true]),
];

/// Gives the operations of a deed, and whether the record has to exist before, in which project.
fn ops(deed: Deed) -> (Vec<Op>, Option<RecordId>) {
    let (near, far) = (record(8), record(9));
    let trash = vec![Op::Trash { trashed: true, replaces: vec![], knew: [].into() }];
    match deed {
        Deed::CreateLoose => (create(Kind::Document), None),
        Deed::CreateNear => (create_in(near), None),
        Deed::CreateFar => (create_in(far), None),
        Deed::CreateProject => (create(Kind::Project), None),
        Deed::CreateProgramme => (create(Kind::Programme), None),
        Deed::CreateOrganisation => (create(Kind::Organisation), None),
        Deed::EditNear => (title("Edited"), Some(near)),
        Deed::EditFar => (title("Edited"), Some(far)),
        Deed::PublishNear => (publish(true), Some(near)),
        Deed::PublishFar => (publish(true), Some(far)),
        Deed::TrashNear => (trash, Some(near)),
        Deed::TrashFar => (trash, Some(far)),
    }
}

/// Does every deed as every role; `push` is the way in.
fn check_all(push: impl Fn(&Server, Option<&Session>, &mut Device, Vec<Op>, RecordId) -> String) {
    let (server, sessions) = server();
    let mut owner = Device::online(&server, 100, sessions[3].as_ref());
    let mut number = 20;
    for (at, (role, session)) in ROLES.iter().zip(&sessions).enumerate() {
        // Nobody converses without an account: that is a rule of its own.
        if session.is_none() {
            continue;
        }
        let mut device = Device::online(&server, 1 + u8::try_from(at).unwrap(), session.as_ref());
        for (deed, allowed) in TABLE {
            number += 1;
            let (ops, existing) = ops(deed);
            if let Some(project) = existing {
                owner.store(record(number), create_in(project));
            }
            let rows = server.folder.log_rows();
            let answer = push(&server, session.as_ref(), &mut device, ops, record(number));
            let expected = if allowed[at] { "ok" } else { "not_allowed" };
            assert_eq!(answer, expected, "{role} {deed:?}");
            assert_eq!(server.folder.log_rows() > rows, allowed[at], "{role} {deed:?}");
            if !allowed[at] {
                device.forget_last(record(number));
            }
        }
    }
}

#[test]
fn w6_every_role_does_over_the_socket_what_the_table_says() {
    check_all(|_, _, device, ops, record| {
        let signed = device.edit(record, ops);
        device.push(signed)
    });
}

#[test]
fn w6_every_role_does_over_a_request_what_the_table_says() {
    check_all(|server, session, device, ops, record| {
        let signed = device.edit(record, ops);
        let messages = vec![device.hello(), ClientMessage::Push(vec![signed])];
        let headers = session.map(|it| it.headers(server)).unwrap_or_default();
        let reply = ask(server, "POST /api/sync", &headers, &codec::encode(&messages));
        let answers: Vec<ServerMessage> = codec::decode_message(&reply.body).unwrap();
        answers.into_iter().find_map(answer).unwrap()
    });
}
