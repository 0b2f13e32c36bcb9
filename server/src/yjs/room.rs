//! One open text: hears its clients in order, has stored what they write, tells the others.
//!
//! It works in turns. A turn takes in everything that waits, has all updates
//! stored together, and then answers and tells; so the more comes, the less
//! each costs. Nobody is told of an update that is not stored.

use std::collections::BTreeMap;
use std::future::ready;
use std::time::{Duration, Instant};

use axum::body::Bytes;
use talkoot_core::audience::Audience;
use talkoot_core::change::{Change, Op};
use talkoot_core::id::RecordId;
use talkoot_core::record::{Record, TextClients, TextOwner};
use talkoot_core::schema::Kind;
use talkoot_core::sync::message::Presence;
use talkoot_core::text::{RelayedText, UpdateFacts};
use talkoot_core::yjs;
use tokio::sync::{mpsc, watch};
use tokio::task::unconstrained;
use tokio::time::{MissedTickBehavior, interval};

use super::answering::Asked;
use super::door::{Mode, scribbler};
use super::mail::{Bunch, Event, Peer, PeerId, Said};
use super::past::{self, Past};
use super::roll::{Owner, Roll};
use super::scribe::Scribe;
use crate::hub::Relay;
use crate::services::Services;
use crate::store::StoreError;
use crate::writer::Opened;

/// Bunches that one turn takes in.
const TURN_BUNCHES_MAX: usize = 64;
/// How often it is looked who of the devices has fallen silent.
const LOOK_EVERY: Duration = Duration::from_secs(15);

/// An update that waits for the end of the turn.
pub(super) struct Written {
    pub(super) peer: PeerId,
    pub(super) update: Bytes,
    pub(super) facts: UpdateFacts,
}

/// One open text.
pub(super) struct Room {
    pub(super) services: Services,
    pub(super) mode: Mode,
    record: RecordId,
    pub(super) text: RelayedText,
    /// The record but for what this room wrote: enough to know who may write.
    pub(super) folded: Record,
    audience: Audience,
    /// Whose each Yjs client is.
    pub(super) clients: TextClients,
    pub(super) scribe: Scribe,
    /// The beginning of a scratch document that nobody has written in yet.
    pub(super) unstored: Option<Opened>,
    /// How far the log has been read.
    seen: u64,
    stored: watch::Receiver<u64>,
    pub(super) peers: BTreeMap<PeerId, Peer>,
    roll: Roll,
    /// What this turn gathered.
    pub(super) written: Vec<Written>,
    /// Who waits for what it lacks.
    pub(super) asked: Asked,
    pub(super) said: Vec<Said>,
}

/// Works until everybody has gone.
pub(super) async fn run(mut room: Room, mut bunches: mpsc::Receiver<Bunch>) {
    let mut turn = Vec::new();
    let mut look = interval(LOOK_EVERY);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let told = tokio::select! {
            count = bunches.recv_many(&mut turn, TURN_BUNCHES_MAX) => {
                if count == 0 {
                    return;
                }
                room.turn(&mut turn).await
            }
            // Whoever was not answered in the last turn is in one of the next.
            () = ready(()), if !room.asked.is_empty() => room.turn(&mut turn).await,
            Ok(()) = room.stored.changed() => room.read_log().await,
            _ = look.tick(), if !room.peers.is_empty() => {
                room.let_silent_devices_go();
                Ok(())
            }
        };
        if let Err(cause) = told {
            tracing::error!(%cause, "a text could not be stored or read");
            room.send_all_away();
            if let Err(cause) = room.load_again().await {
                tracing::error!(%cause, "a text could not be read again");
                return;
            }
        }
        // Sending waits for nobody, so it may go on beyond what a task may do at a time.
        unconstrained(async { room.tell() }).await;
    }
}

impl Room {
    /// Opens a record's text from the log; a scratch document is made if it is new.
    pub(super) async fn load(
        services: Services,
        record: RecordId,
        seed: [u8; 32],
        mode: Mode,
    ) -> Result<Self, StoreError> {
        let stored = services.queue.listen(record);
        let mut room = Self {
            text: RelayedText::new(mode.texts()),
            folded: Record::new(record),
            audience: Audience::default(),
            clients: TextClients::default(),
            scribe: Scribe::new(seed, record),
            unstored: None,
            seen: 0,
            stored,
            peers: BTreeMap::new(),
            roll: Roll::default(),
            written: Vec::new(),
            asked: Asked::default(),
            said: Vec::new(),
            services,
            mode,
            record,
        };
        // Nobody is here to be told; whoever comes gets one copy, by asking.
        room.load_after(u64::MAX).await?;
        Ok(room)
    }

    pub(super) fn record(&self) -> RecordId {
        self.record
    }

    /// Reads everything from the log anew: after an error nobody knows what of it was stored.
    pub(super) async fn load_again(&mut self) -> Result<(), StoreError> {
        self.load_after(self.seen).await
    }

    /// Reads everything; what devices wrote after `told` is news to those who are here.
    async fn load_after(&mut self, told: u64) -> Result<(), StoreError> {
        let changes = self.services.changes.changes_since(self.record, 0).await?;
        let past = Past::fold(self.record, self.mode, changes, told).await?;
        self.seen = past.seen;
        // A number that was given to what was not stored is given again.
        self.scribe.forget_counters();
        for note in past.notes {
            self.scribe.note(note.id, note.stamp);
            if note.sequence > told && !self.scribe.is_own(note.id.replica) {
                self.said.extend(note.texts.iter().map(|update| from_device(update)));
            }
        }
        self.clients = past.folded.text_clients.clone();
        self.audience = Audience::of(&past.folded);
        (self.text, self.folded) = (past.text, past.folded);
        self.unstored = None;
        if self.mode == Mode::Scratch && self.folded.kind.is_none() {
            self.begin_scratch();
        }
        Ok(())
    }

    /// Begins a scratch document, which is stored with the first words that are written in it.
    fn begin_scratch(&mut self) {
        let Some(account) = scribbler().account else { return };
        let made = self.scribe.write(account, vec![Op::Create { kind: Kind::Document }]);
        self.folded.apply(&made.change);
        self.unstored = Some(made);
    }

    /// Takes in what devices wrote, and tells the clients.
    async fn read_log(&mut self) -> Result<(), StoreError> {
        let changes = self.services.changes.changes_since(self.record, self.seen).await?;
        for (sequence, stored) in changes {
            let change = stored.signed.open();
            let change = change.map_err(|_| StoreError::Corrupt { table: "log" })?;
            if !self.scribe.is_own(change.id.replica) {
                if change.ops.iter().any(|op| !matches!(op, Op::Text { .. })) {
                    // Where it belongs and who sees it may have changed.
                    return self.load_again().await;
                }
                self.hear_from_device(change);
            }
            self.seen = sequence;
        }
        Ok(())
    }

    fn hear_from_device(&mut self, change: Change) {
        self.scribe.note(change.id, change.stamp);
        for op in change.ops {
            if let Op::Text { update, .. } = op {
                if let Ok(facts) = talkoot_core::text::scan_update(&update) {
                    self.clients.advance(TextOwner::Replica(change.id.replica), &facts);
                }
                let said = from_device(&update);
                // What does not fit is nobody's words (rule X20), so nobody is told of it.
                if self.hear(update) {
                    self.said.push(said);
                }
            }
        }
    }

    /// Takes a device's update into the text; says whether it fits.
    fn hear(&mut self, update: Vec<u8>) -> bool {
        let heard = self.text.hear(update);
        if let Err(cause) = &heard {
            tracing::warn!(code = cause.code(), "an admitted update does not fit its text");
        }
        heard.is_ok()
    }

    async fn turn(&mut self, bunches: &mut Vec<Bunch>) -> Result<(), StoreError> {
        self.let_silent_devices_go();
        for event in bunches.drain(..).flatten() {
            self.take(event);
        }
        self.store_written().await?;
        if !self.asked.is_empty() {
            past::settle(&mut self.text).await?;
            self.answer_asked().await?;
        }
        Ok(())
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Joined { peer, what } => {
                self.peers.insert(peer, what);
                self.post(peer, yjs::know(self.text.clocks()));
                self.tell_who_is_here(peer);
            }
            Event::Knows { peer, clocks } => self.knows(peer, clocks),
            Event::Wrote { peer, update, facts } => {
                self.written.push(Written { peer, update, facts });
            }
            Event::IsHere { peer, states } => self.is_here(peer, &states),
            Event::AsksWhoIsHere { peer } => self.tell_who_is_here(peer),
            Event::Left { peer } => {
                self.peers.remove(&peer);
                self.asked.forget(peer);
                let gone = self.roll.leave(Owner::Peer(peer));
                self.pass_on(Some(peer), gone.as_deref());
            }
            Event::DeviceIsHere { replica, states, .. } => {
                let news = self.roll.hear(Owner::Device(replica), &states, Instant::now());
                self.pass_on(None, news.ok().flatten().as_deref());
            }
        }
    }

    /// Notes what a client knows, to be answered at the end of the turn. Cutting a long text takes
    /// its time, so one that asks without end is let go: it comes again.
    fn knows(&mut self, peer: PeerId, clocks: BTreeMap<u64, u32>) {
        match self.peers.get_mut(&peer).map(Peer::may_ask) {
            Some(true) => self.asked.note(peer, clocks),
            Some(false) => {
                self.asked.forget(peer);
                self.peers.remove(&peer);
            }
            None => {}
        }
    }

    fn let_silent_devices_go(&mut self) {
        let gone = self.roll.leave_silent(Instant::now());
        self.pass_on(None, gone.as_deref());
    }

    fn is_here(&mut self, peer: PeerId, states: &[u8]) {
        match self.roll.hear(Owner::Peer(peer), states, Instant::now()) {
            Ok(Some(news)) => {
                self.pass_on(Some(peer), Some(&news));
                self.tell_devices(peer, news);
            }
            Ok(None) => {}
            Err(cause) => self.deny(peer, cause.code()),
        }
    }

    fn pass_on(&mut self, from: Option<PeerId>, states: Option<&[u8]>) {
        let said = states.map(|states| Said { from, frame: yjs::awareness(states).into() });
        self.said.extend(said);
    }

    /// Shows a client's presence to the devices that have the text open.
    fn tell_devices(&mut self, peer: PeerId, state: Vec<u8>) {
        let account = self.peers.get(&peer).and_then(|peer| peer.caller.account);
        let Some(account) = account.filter(|_| self.mode == Mode::Text) else { return };
        let replica = self.scribe.replica(account);
        let presence = Presence { record: self.record, state };
        let audience = self.audience;
        self.services.hub.relay(Relay { account, replica, presence, audience });
    }

    fn tell_who_is_here(&mut self, peer: PeerId) {
        self.let_silent_devices_go();
        if let Some(states) = self.roll.all() {
            self.post(peer, yjs::awareness(&states));
        }
    }

    pub(super) fn deny(&mut self, peer: PeerId, code: &str) {
        self.post(peer, yjs::denied(code));
    }

    /// Has something for one alone at the end of the turn.
    pub(super) fn post(&mut self, peer: PeerId, frame: impl Into<Bytes>) {
        if let Some(peer) = self.peers.get_mut(&peer) {
            peer.own.push(frame.into());
        }
    }

    /// Tells everybody what this turn brought; whoever does not keep up is let go.
    fn tell(&mut self) {
        let said = std::mem::take(&mut self.said);
        self.peers.retain(|id, peer| {
            let has_news = !said.is_empty() || !peer.own.is_empty();
            !has_news || peer.tell(*id, &said)
        });
    }

    fn send_all_away(&mut self) {
        self.written.clear();
        self.asked.clear();
        self.said.clear();
        self.peers.clear();
        self.roll = Roll::default();
    }
}

/// What everybody is told of a device's update.
fn from_device(update: &[u8]) -> Said {
    Said { from: None, frame: yjs::update(update).into() }
}
