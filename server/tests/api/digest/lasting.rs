//! The real program with a mail server: what options it takes, what it logs, and what it does when it
//! is killed while a mail is on its way.

use std::fs::File;
use std::process::Stdio;

use serde_json::json;
use talkoot_core::change::discuss::{Post, Words};
use talkoot_core::id::RecordId;
use talkoot_core::record::Record;
use talkoot_core::thread::{self, Start};

use super::post_office::{Manner, PostOffice};
use crate::device::{Device, record};
use crate::http::{Session, ask, sign_in};
use crate::process::{Folder, Server, talkoot};

const SECRET: &str = "correct-horse-battery";

/// A server that sends mail, and two people who asked something and were answered by a third.
struct Town {
    server: Server,
    sessions: Vec<Session>,
    office: PostOffice,
}

fn options(office: &PostOffice) -> Vec<String> {
    let url = format!("smtp://talkoot:{SECRET}@{}", office.address);
    let words = ["--smtp", &url, "--mail-from", "talkoot@talkoot.example", "--public-url"];
    words.into_iter().chain(["http://talkoot.example"]).map(str::to_owned).collect()
}

fn start(folder: Folder, office: &PostOffice) -> Server {
    let options = options(office);
    Server::start_with(folder, &options.iter().map(String::as_str).collect::<Vec<_>>())
}

fn start_thread(device: &mut Device, id: RecordId, subject: &str) {
    let start = Start { subject, question: true, wide: true, ..Start::default() };
    let first = Post { words: Words::plain("Who?"), ..Post::default() };
    device.store(id, start.ops(&Record::new(id), first));
}

impl Town {
    fn new() -> Self {
        let office = PostOffice::open();
        let server = start(Folder::new(), &office);
        let emails = ["one", "two", "three"].map(|name| format!("{name}@talkoot.example"));
        let sessions: Vec<Session> = emails
            .iter()
            .map(|email| {
                server.add_user(email, "member", &[]);
                sign_in(&server, email)
            })
            .collect();
        let town = Self { server, sessions, office };
        let mut answering = Device::online(&town.server, 9, Some(&town.sessions[2]));
        for who in [0, 1] {
            town.turn_on(who);
            let number = u8::try_from(20 + who).unwrap();
            let device_number = u8::try_from(1 + who).unwrap();
            let mut device = Device::online(&town.server, device_number, Some(&town.sessions[who]));
            start_thread(&mut device, record(number), "Who calls?");
            let words = Words::plain("I do.");
            let post = thread::post(Post { words, ..Post::default() });
            answering.store(record(number), vec![post]);
        }
        town
    }

    fn turn_on(&self, who: usize) {
        let mut headers = self.sessions[who].headers(&self.server);
        headers.push("Content-Type: application/json".to_owned());
        let body = json!({ "every": "daily", "language": "en" }).to_string();
        let reply = ask(&self.server, "PUT /api/v1/digest", &headers, body.as_bytes());
        assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
        assert_eq!(reply.json()["available"], true);
    }

    /// Makes it so that everybody's last mail was yesterday's, and starts the server again.
    fn next_day(self, from: fn(Server) -> Folder) -> Self {
        let Self { server, sessions, office } = self;
        let folder = from(server);
        let moved = folder.database().execute("UPDATE digest SET period = period - 1", []);
        assert_eq!(moved.unwrap(), 2);
        let server = start(folder, &office);
        Self { server, sessions, office }
    }

    /// The accounts that want mail, in the order in which they are served.
    fn served(&self) -> [String; 2] {
        let mut people = ["one", "two"].map(|name| format!("{name}@talkoot.example"));
        people.sort_by_key(|email| {
            let at = usize::from(email.starts_with("two"));
            let account: talkoot_core::id::AccountId = self.sessions[at].account.parse().unwrap();
            account.0
        });
        people
    }

    fn periods(&self) -> Vec<(i64, Option<i64>)> {
        let database = self.server.folder.database();
        let sql = "SELECT period, sending FROM digest ORDER BY account";
        let mut statement = database.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    }
}

#[test]
fn md6_a_server_that_is_killed_while_a_mail_is_on_its_way_does_not_send_it_again() {
    let town = Town::new();
    let [first, second] = town.served();
    town.office.treat(&first, Some(Manner::Silence));
    let town = town.next_day(Server::kill);
    assert_eq!(town.office.next().to, first);
    let (begun, waiting) = (town.periods()[0], town.periods()[1]);
    assert_eq!((begun.1, waiting.1), (Some(begun.0 + 1), None), "noted before it is handed over");
    // The mail is there, whole, and nobody has said so: the power goes.
    let Town { server, sessions, office } = town;
    office.treat(&first, None);
    let server = start(server.kill(), &office);
    let town = Town { server, sessions, office };
    assert_eq!(town.office.next().to, second, "the first is served before, and is passed over");
    let town = town.next_day(Server::kill);
    let later = town.office.next();
    assert_eq!(later.to, first, "the second has nothing new");
    assert!(later.text().contains("Who calls?"), "what was passed over is told now");
}

#[test]
fn md11_what_is_missing_or_malformed_is_said_in_one_line_without_the_password() {
    let server = |host: &str| format!("--smtp smtp://talkoot:{SECRET}@{host}");
    let from = "--mail-from talkoot@talkoot.example";
    let public = "--public-url http://talkoot.example";
    let good = server("127.0.0.1:2525");
    for (line, expected) in [
        (good.clone(), "--mail-from"),
        (from.to_owned(), "--smtp"),
        (format!("{good} {from}"), "--public-url"),
        (format!("{good} --mail-from x {public}"), "no e-mail address"),
        (format!("{} {from} {public}", server("127.0.0.1:port")), "no address of a mail server"),
        (format!("--smtp mail.example {from} {public}"), "no address of a mail server"),
        (format!("{} {from} {public}", server("mail.example")), "tls=required"),
    ] {
        let words = ["serve", "--listen", "127.0.0.1:0"].into_iter().chain(line.split(' '));
        let all: Vec<&str> = words.collect();
        let output = talkoot(&Folder::new().0, &all, "");
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), said.lines().count()), (Some(2), 1), "{said}");
        assert!(said.contains(expected) && !said.contains(SECRET), "{expected} in {said}");
    }
}

#[test]
fn md11_no_log_line_has_the_password_an_address_or_a_word_that_a_person_wrote() {
    let town = Town::new();
    let [first, second] = town.served();
    town.office.treat(&first, Some(Manner::Refuse(550)));
    let Town { server, sessions, office } = town;
    let folder = server.kill();
    folder.database().execute("UPDATE digest SET period = period - 1", []).unwrap();
    let lines = folder.0.join("log-of-a-test");
    let log = Stdio::from(File::create(&lines).unwrap());
    let options = options(&office);
    let mut words: Vec<&str> = options.iter().map(String::as_str).collect();
    words.extend(["--log", "trace"]);
    let server = Server::start_heard(folder, &words, log);
    assert_eq!(office.next().to, second);
    let town = Town { server, sessions, office };
    // One more request, so that what came before it is written.
    assert_eq!(ask(&town.server, "GET /api/health", &[], b"").status, 200);
    town.server.signal("TERM");
    let Town { mut server, .. } = town;
    assert_eq!(server.wait(), Some(0));
    let said = std::fs::read_to_string(lines).unwrap();
    assert!(said.contains("a mail was not taken") && said.contains("550"), "{said}");
    for word in [SECRET, "one@", "two@", "three@", "Who calls", "I do."] {
        assert!(!said.contains(word), "{word}");
    }
}
