//! What every handler can reach.

use std::sync::Arc;

use talkoot_core::access::{Caller, Role};
use talkoot_core::sync::message::{Cursor, Page};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::chance;
use crate::clock::Clock;
use crate::digest::Digests;
use crate::feed::{self, Orders, Reader};
use crate::guesses::Guesses;
use crate::held::HeldComments;
use crate::hub::Hub;
use crate::password::Passwords;
use crate::public::board::BoardCache;
use crate::reading::{self, Readings};
use crate::settings::Settings;
use crate::store::{AccountStore, ChangeStore, LogState, RecordStore, StoreError, Tailed};
use crate::strangers::Strangers;
use crate::vouchers::Vouchers;
use crate::writer::{Writer, WriterQueue, writer};
use crate::yjs::Rooms;

/// The parts of a running server; cheap to clone.
#[derive(Clone)]
pub struct Services {
    pub changes: Arc<dyn ChangeStore>,
    pub records: Arc<dyn RecordStore>,
    pub accounts: Arc<dyn AccountStore>,
    pub queue: WriterQueue,
    pub hub: Arc<Hub>,
    /// The texts that standard Yjs clients have open.
    pub rooms: Arc<Rooms>,
    pub passwords: Arc<Passwords>,
    /// Failed sign-ins of each address.
    pub guesses: Arc<Guesses>,
    /// What people without an account wrote, until somebody decides about it.
    pub held: Arc<HeldComments>,
    /// Who wants mail, and where it is handed over.
    pub digests: Arc<Digests>,
    pub settings: Arc<Settings>,
    pub readings: Arc<Readings>,
    /// What is public, for lists and feeds.
    pub board: Arc<BoardCache>,
    /// In which order new devices get the records.
    pub orders: Arc<Orders>,
    pub clock: Clock,
    /// How many who have not signed in are connected.
    pub strangers: Strangers,
    pub vouchers: Arc<Vouchers>,
    /// The random name of the log.
    pub log: u64,
    /// Held by every open socket, so that stopping can wait for the last.
    pub open_sockets: mpsc::Sender<()>,
}

/// What is left to wait for when the server stops.
pub struct Ending {
    /// Ends when every [`Services`] is gone and all that was taken is stored.
    pub writer: JoinHandle<()>,
    /// Ends when the last socket has closed.
    pub sockets: mpsc::Receiver<()>,
}

impl Services {
    /// Gathers the parts around a store and starts the writer.
    pub async fn start<S>(store: Arc<S>, settings: Settings) -> Result<(Self, Ending), StoreError>
    where
        S: ChangeStore + RecordStore + AccountStore + 'static,
    {
        let (clock, place) = (Clock::default(), reading::Place::Threads);
        let (mut services, writer, sockets) = Self::assemble(store, settings, clock, place).await?;
        let fresh = chance::bytes().map_err(|_| StoreError::Closed)?;
        services.vouchers = Arc::new(Vouchers::of(&*services.changes, fresh).await?);
        Ok((services, Ending { writer: tokio::spawn(writer.run()), sockets }))
    }

    /// Gathers the parts around a store, without a word for anybody; whoever calls runs the
    /// writer. `place` is where records are folded.
    pub async fn assemble<S>(
        store: Arc<S>,
        settings: Settings,
        clock: Clock,
        place: reading::Place,
    ) -> Result<(Self, Writer, mpsc::Receiver<()>), StoreError>
    where
        S: ChangeStore + RecordStore + AccountStore + 'static,
    {
        let LogState { log, head } = store.log_state().await?;
        let changes: Arc<dyn ChangeStore> = Arc::new(Tailed::new(Arc::clone(&store) as _));
        let (writer, queue, announced) = writer(Arc::clone(&changes), head);
        let (open_sockets, sockets) = mpsc::channel(1);
        let services = Self {
            changes,
            records: Arc::clone(&store) as Arc<dyn RecordStore>,
            accounts: store,
            queue,
            hub: Arc::new(Hub::new(announced)),
            rooms: Arc::default(),
            passwords: Arc::new(Passwords::new()),
            guesses: Arc::default(),
            held: Arc::default(),
            digests: Arc::default(),
            settings: Arc::new(settings),
            readings: Arc::new(Readings::new(place)),
            board: Arc::default(),
            orders: Arc::default(),
            clock,
            strangers: Strangers::default(),
            vouchers: Arc::default(),
            log,
            open_sockets,
        };
        Ok((services, writer, sockets))
    }

    /// Reads the page of the log after a cursor.
    pub async fn page(
        &self,
        caller: &Caller,
        rights: u64,
        cursor: Cursor,
    ) -> Result<Page, StoreError> {
        let log = LogState { log: self.log, head: self.hub.head() };
        let reader = Reader { caller, rights, log, orders: &self.orders };
        let page = feed::read_page(&*self.changes, reader, cursor).await?;
        self.vouchers.complete(page, &*self.accounts, self.clock.now_ms()).await
    }
}

/// Gives somebody who has not signed in.
pub fn anyone() -> Caller {
    Caller { account: None, role: Role::Anyone, projects: std::collections::BTreeSet::new() }
}
