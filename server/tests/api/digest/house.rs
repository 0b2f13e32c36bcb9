//! A server with people, a clock that a test moves, and a mail server beside it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value as Json, json};
use talkoot_core::access::Role;
use talkoot_core::adopt::{Adopting, adopting};
use talkoot_core::author::{Author, Slot};
use talkoot_core::change::Frontier;
use talkoot_core::change::Op;
use talkoot_core::change::discuss::{Mention, Mentioned, Post, Words};
use talkoot_core::id::{AccountId, ChangeId, ItemId, RecordId};
use talkoot_core::moment;
use talkoot_core::notebook::{noting, reading_until};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::practice;
use talkoot_core::record::Record;
use talkoot_core::schema::{Kind, practice_field};
use talkoot_core::sign::ReplicaKey;
use talkoot_core::stamp::Stamp;
use talkoot_core::sync::server::Outcome;
use talkoot_core::thread::{self, Start};
use talkoot_core::value::{PartialDate, Scalar, Value};
use talkoot_server::clock::Clock;
use talkoot_server::digest::{Digests, delivering};
use talkoot_server::mail::Post as MailPost;
use talkoot_server::reading::Place;
use talkoot_server::router::router;
use talkoot_server::services::Services;
use talkoot_server::session::Token;
use talkoot_server::settings::Settings;
use talkoot_server::store::sqlite::SqliteStore;
use talkoot_server::store::{Account, AccountStore as _, NewAccount, NewSession};
use talkoot_server::writer::{Opened, Origin, Submission};
use tokio::runtime::Runtime;

use super::post_office::PostOffice;
use crate::http::{Reply, ask_at};

pub(crate) const ORIGIN: &str = "https://talkoot.example";
const DAY_MS: u64 = 86_400_000;

/// Somebody with an account, a device and a session.
pub(crate) struct Person {
    pub(crate) id: AccountId,
    pub(crate) email: String,
    author: Author,
    counter: u64,
    last: BTreeMap<RecordId, u64>,
    cookie: String,
}

pub(crate) struct House {
    runtime: Runtime,
    services: Services,
    store: Arc<SqliteStore>,
    now_ms: Arc<AtomicU64>,
    /// What was stored, as everything of it is folded.
    known: BTreeMap<RecordId, OpenRecord>,
    address: String,
    pub(crate) office: PostOffice,
    pub(crate) people: Vec<Person>,
}

impl House {
    /// Opens a house whose people have these names; each is a member of project 8 and is written to
    /// at `number@talkoot.example`.
    pub(crate) fn new(names: &[&str]) -> Self {
        let runtime = Runtime::new().unwrap();
        let store = Arc::new(SqliteStore::in_memory().unwrap());
        let noon = moment::read("2026-11-28T12:00:00Z").unwrap();
        let now_ms = Arc::new(AtomicU64::new(noon));
        let office = PostOffice::open();
        let read = Arc::clone(&now_ms);
        let clock = Clock::of(move || read.load(Ordering::Relaxed));
        let settings = Settings { public_url: ORIGIN.parse().ok(), ..Settings::default() };
        let url = format!("smtp://{}", office.address).parse().unwrap();
        let post = MailPost::new(&url, "Talkoot <talkoot@talkoot.example>").unwrap();
        let digests = Digests::new(Arc::clone(&store) as _, Some(post));
        let (services, address) = runtime.block_on(async {
            let assembled = Services::assemble(Arc::clone(&store), settings, clock, Place::Threads);
            let (mut services, writer, sockets) = assembled.await.unwrap();
            services.digests = Arc::new(digests);
            tokio::spawn(async move {
                let _open = sockets;
                writer.run().await;
            });
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap().to_string();
            let service = router(services.clone());
            let service = service.into_make_service_with_connect_info::<SocketAddr>();
            tokio::spawn(async move { axum::serve(listener, service).await });
            (services, address)
        });
        let people = Vec::new();
        let known = BTreeMap::new();
        let mut house = Self { runtime, services, store, now_ms, known, address, office, people };
        for name in names {
            house.add(name);
        }
        house
    }

    fn add(&mut self, name: &str) {
        let number = u8::try_from(self.people.len() + 1).unwrap();
        let (id, email) = (AccountId([number; 16]), format!("{number}@talkoot.example"));
        let token = Token::generate().unwrap();
        let cookie = token.cookie(&self.services.settings).unwrap();
        let cookie = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
        let account = NewAccount {
            id,
            email: email.clone(),
            name: name.to_owned(),
            role: Role::Member,
            projects: [RecordId([8; 16])].into(),
            password_hash: String::new(),
            created_ms: 0,
        };
        let (token_hash, expires_ms) = (token.hash(), u64::MAX >> 1);
        let session = NewSession { token_hash, account: id, now_ms: 0, expires_ms };
        self.runtime.block_on(async {
            assert!(self.store.add_account(account).await.unwrap());
            self.store.open_session(session).await.unwrap();
        });
        let author = Author { account: id, key: ReplicaKey::from_seed(&[number; 32]) };
        let (counter, last) = (0, BTreeMap::new());
        self.people.push(Person { id, email, author, counter, last, cookie });
    }

    /// Takes every project from somebody.
    pub(crate) fn put_out(&self, who: usize) {
        self.put_into(who, &[]);
    }

    /// Lets somebody belong to these projects and no others.
    fn put_into(&self, who: usize, projects: &[RecordId]) {
        let projects = projects.iter().copied().collect();
        let done = self.store.set_projects(self.people[who].id, projects);
        self.runtime.block_on(done).unwrap();
    }

    /// Lets somebody of project 9 begin and publish a practice that another adopts for project 8.
    pub(crate) fn adopt(&mut self, author: usize, adopter: usize, numbers: [u8; 2]) {
        let [original, copy] = numbers.map(|number| RecordId([number; 16]));
        let [ours, theirs] = [8, 9].map(|number| RecordId([number; 16]));
        self.put_into(author, &[theirs]);
        let start = Record::new(original);
        let ops = vec![
            Op::Create { kind: Kind::Practice },
            start.set_field(practice_field::NAME, Value::text("Town council")),
            start.set_field(practice_field::PROJECT, Value::One(Scalar::Record(theirs))),
            start.publish(true),
        ];
        self.store(author, original, ops, 0);
        let today = PartialDate { year: 2026, month: Some(11), day: None };
        let asked =
            Adopting { name: "Village table", project: ours, project_name: "Village", today };
        let ops = adopting(&self.known[&original], copy, &asked);
        let named = practice::adopt(&self.known[&original].record, ours, copy, today, ItemId(7));
        self.store(adopter, copy, ops, 0);
        self.store(adopter, original, named, 0);
    }

    /// Lets somebody say that project 8 does not use a practice any more.
    pub(crate) fn end_use(&mut self, who: usize, number: u8) {
        let id = RecordId([number; 16]);
        let today = PartialDate { year: 2026, month: Some(12), day: None };
        let record = &self.known[&id].record;
        let item = practice::adoptions(record)[0].item;
        let ops = practice::end(record, item, today);
        self.store(who, id, ops, 0);
    }

    /// Lets somebody say something else in a practice and publish it.
    pub(crate) fn improve(&mut self, who: usize, number: u8, words: &str) -> ChangeId {
        let id = RecordId([number; 16]);
        let record = &self.known[&id].record;
        let words = record.set_field(practice_field::SHORT_DESCRIPTION, Value::text(words));
        self.store(who, id, vec![words], 0);
        let ops = vec![self.known[&id].record.publish_changes("It is better.")];
        self.store(who, id, ops, 0)
    }

    /// Gives the log another name, as a restore does (rule R5).
    pub(crate) fn restore(&mut self) {
        self.services.log = self.services.log.wrapping_add(1);
    }

    /// Lets time go on to the next day.
    pub(crate) fn next_day(&self) {
        self.go_on(DAY_MS);
    }

    /// Lets time go on.
    pub(crate) fn go_on(&self, ms: u64) {
        self.now_ms.fetch_add(ms, Ordering::Relaxed);
    }

    /// Hands over whatever is due now.
    pub(crate) fn deliver(&self) {
        self.runtime.block_on(delivering::deliver_all(&self.services)).unwrap();
    }

    /// Asks as a browser that is signed in.
    pub(crate) fn ask_as(&self, who: usize, request: &str, body: &Json) -> Reply {
        let cookie = format!("Cookie: {}", self.people[who].cookie);
        let headers = [cookie, format!("Origin: {ORIGIN}")];
        ask_at(&self.address, request, &headers, body.to_string().as_bytes())
    }

    /// Asks without a session.
    pub(crate) fn ask(&self, request: &str, headers: &[String], body: &str) -> Reply {
        ask_at(&self.address, request, headers, body.as_bytes())
    }

    /// Turns mail on for somebody.
    pub(crate) fn turn_on(&self, who: usize, every: &str, language: &str) {
        let choice = json!({ "every": every, "language": language });
        let reply = self.ask_as(who, "PUT /api/v1/digest", &choice);
        assert_eq!((reply.status, &reply.json()["every"]), (200, &json!(every)));
    }

    /// Says how often somebody gets mail.
    pub(crate) fn every(&self, who: usize) -> Json {
        self.ask_as(who, "GET /api/v1/digest", &json!({})).json()["every"].clone()
    }

    /// Lets somebody begin a question to everybody, or to project 8.
    pub(crate) fn begin(&mut self, who: usize, number: u8, subject: &str, wide: bool) -> ChangeId {
        let record = RecordId([number; 16]);
        let project = (!wide).then_some(RecordId([8; 16]));
        let start = Start { subject, question: true, project, wide, ..Start::default() };
        let words = Words::plain("Words that no mail has.");
        let ops = start.ops(&Record::new(record), Post { words, ..Post::default() });
        self.store(who, record, ops, 0)
    }

    /// Lets somebody say something in a thread.
    pub(crate) fn say(&mut self, who: usize, number: u8) -> ChangeId {
        self.say_late(who, number, 0)
    }

    /// Lets arrive what somebody said in a thread some time ago.
    pub(crate) fn say_late(&mut self, who: usize, number: u8, ago_ms: u64) -> ChangeId {
        let words = Words::plain("More words that no mail has.");
        let post = thread::post(Post { words, ..Post::default() });
        self.store(who, RecordId([number; 16]), vec![post], ago_ms)
    }

    /// Lets somebody name another in a thread.
    pub(crate) fn name(&mut self, who: usize, number: u8, whom: usize) -> ChangeId {
        let mention = Mention { from: 0, until: 5, of: Mentioned::Account(self.people[whom].id) };
        let words = Words { text: "@you, secret".to_owned(), mentions: vec![mention] };
        let post = thread::post(Post { words, ..Post::default() });
        self.store(who, RecordId([number; 16]), vec![post], 0)
    }

    /// Lets somebody read a thread up to a post, on the device.
    pub(crate) fn read(&mut self, who: usize, number: u8, until: ChangeId) {
        let book = RecordId::notebook_of(self.people[who].id);
        let known = Record::new(book);
        let note = reading_until(&known, RecordId([number; 16]), Frontier::at(until));
        self.store(who, book, noting(&known, note), 0);
    }

    fn store(&mut self, who: usize, record: RecordId, ops: Vec<Op>, ago_ms: u64) -> ChangeId {
        let now_ms = self.now_ms.load(Ordering::Relaxed);
        let person = &mut self.people[who];
        person.counter += 1;
        let previous = person.last.insert(record, person.counter).unwrap_or(0);
        let stamp = Stamp { wall_ms: now_ms + person.counter - ago_ms, tick: 0 };
        let slot = Slot { counter: person.counter, previous, stamp };
        let (change, signed) = person.author.write(slot, record, ops);
        let (id, account) = (change.id, person.id);
        self.known.entry(record).or_insert_with(|| OpenRecord::new(record)).apply(&change);
        let submission = |caller| Submission {
            caller,
            changes: vec![Opened { change, signed }],
            arrived_ms: now_ms,
            origin: Origin::Device,
        };
        let outcomes = self.runtime.block_on(async {
            let accounts = self.store.accounts().await.unwrap();
            let caller = accounts.iter().find(|it| it.id == account).map(Account::caller).unwrap();
            self.services.queue.submit(submission(caller)).await.unwrap()
        });
        assert_eq!(outcomes, [Outcome::Stored(id)]);
        id
    }
}
