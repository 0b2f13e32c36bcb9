//! What every handler can reach.

use std::sync::Arc;

use talkoot_core::access::{Caller, Role};
use talkoot_core::sync::message::{Cursor, Page};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::feed::{self, Orders, Reader};
use crate::guesses::Guesses;
use crate::hub::Hub;
use crate::password::Passwords;
use crate::reading::Readings;
use crate::settings::Settings;
use crate::store::{AccountStore, ChangeStore, LogState, RecordStore, StoreError, Tailed};
use crate::strangers::Strangers;
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
    pub settings: Arc<Settings>,
    pub readings: Arc<Readings>,
    /// The sockets of those who have not signed in.
    pub strangers: Strangers,
    /// In which order new devices get the records.
    pub orders: Arc<Orders>,
    pub clock: Clock,
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
        let (services, writer, sockets) = Self::assemble(store, settings, Clock::default()).await?;
        Ok((services, Ending { writer: tokio::spawn(writer.run()), sockets }))
    }

    /// Gathers the parts around a store; whoever calls runs the writer.
    pub async fn assemble<S>(
        store: Arc<S>,
        settings: Settings,
        clock: Clock,
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
            settings: Arc::new(settings),
            readings: Arc::default(),
            strangers: Strangers::default(),
            orders: Arc::default(),
            clock,
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
        feed::read_page(&*self.changes, reader, cursor).await
    }
}

/// Gives somebody who has not signed in.
pub fn anyone() -> Caller {
    Caller { account: None, role: Role::Anyone, projects: std::collections::BTreeSet::new() }
}
