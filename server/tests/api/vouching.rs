//! What the server says of makers, so that devices believe each other where no server is.

use std::collections::BTreeSet;

use talkoot_core::id::{AccountId, ReplicaId};
use talkoot_core::schema::Kind;
use talkoot_core::sign::PublicKey;
use talkoot_core::sync::message::{ClientMessage, Cursor};
use talkoot_core::transfer::Maker;

use super::device::{Device, create, record};
use super::http::{ask, sign_in};
use super::process::Server;

fn servers(makers: &[Maker]) -> BTreeSet<PublicKey> {
    let own = makers.iter().filter(|maker| maker.account.is_none());
    own.map(|maker| maker.key).collect()
}

/// Gives what is proven of a replica.
fn proven(makers: &[Maker], of: ReplicaId, servers: &BTreeSet<PublicKey>) -> Option<AccountId> {
    let maker = makers.iter().find(|maker| maker.replica() == of)?;
    maker.is_proven(|by| servers.contains(&by)).then_some(maker.account).flatten()
}

#[test]
fn j11_a_welcome_and_every_page_bring_the_servers_word_for_the_makers() {
    let server = Server::start();
    server.add_user("leena@example.org", "coordinator", &[]);
    server.add_user("pekka@example.org", "coordinator", &[]);
    let (leena, pekka) =
        (sign_in(&server, "leena@example.org"), sign_in(&server, "pekka@example.org"));
    let mut writer = Device::new(1, Some(&leena));
    writer.connect(&server, Some(&leena), "");
    let welcome = writer.greet();
    let believed = servers(&welcome.makers);
    assert_eq!(believed.len(), 1);
    let (replica, account) = (writer.author.key.public().replica(), writer.author.account);
    assert_eq!(proven(&welcome.makers, replica, &believed), Some(account));
    writer.store(record(1), create(Kind::Document));

    let mut reader = Device::new(2, Some(&pekka));
    reader.connect(&server, Some(&pekka), "");
    assert_eq!(servers(&reader.greet().makers), believed);
    reader.say(&ClientMessage::Pull(Cursor::default()));
    let page = reader.page();
    assert_eq!(page.entries.len(), 1);
    assert_eq!(proven(&page.makers, replica, &believed), Some(account));

    let removed =
        ask(&server, &format!("DELETE /api/devices/{replica}"), &leena.headers(&server), b"");
    assert_eq!(removed.status, 204);
    writer.connect(&server, Some(&leena), "");
    let welcome = writer.greet();
    assert_eq!(proven(&welcome.makers, replica, &believed), None, "no word for a removed device");
}
