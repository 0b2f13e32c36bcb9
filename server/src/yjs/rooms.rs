//! The texts that are open now, and the few that were open last.
//!
//! A room lives while somebody holds its door. The registry holds it weakly,
//! but for those used last: coming back to one of them costs no reading.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use talkoot_core::id::{AccountId, RecordId, ReplicaId};
use tokio::sync::{OnceCell, mpsc};

use super::door::{Entry, Mode};
use super::mail::{Bunch, Event};
use super::room::{self, Room};
use crate::services::Services;
use crate::store::StoreError;

/// Bunches that may wait in a room; connections wait with theirs.
const BUNCHES_MAX: usize = 256;
/// Rooms that stay open with nobody in them.
const IDLE_ROOMS_MAX: usize = 64;

/// Every open text.
#[derive(Debug, Default)]
pub struct Rooms {
    open: Mutex<Open>,
    /// The seed of the server's own key, once it has been read.
    seed: OnceCell<[u8; 32]>,
}

#[derive(Debug, Default)]
struct Open {
    rooms: HashMap<RecordId, mpsc::WeakSender<Bunch>>,
    /// The rooms entered last, the latest at the end.
    lately: VecDeque<(RecordId, mpsc::Sender<Bunch>)>,
    is_closing: bool,
}

impl Rooms {
    /// Gives the way into a record's room, which is opened if it is not.
    pub async fn enter(
        &self,
        services: &Services,
        entry: &Entry,
    ) -> Result<mpsc::Sender<Bunch>, StoreError> {
        let record = entry.record;
        if let Some(door) = self.find(record) {
            return Ok(door);
        }
        let seed = *self.seed.get_or_try_init(|| read_seed(services)).await?;
        let room = Room::load(services.clone(), record, seed, entry.mode).await?;
        Ok(self.open(room))
    }

    fn open(&self, room: Room) -> mpsc::Sender<Bunch> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let record = room.record();
        // Somebody else may have opened it meanwhile; there is one room for each text.
        let found = open.rooms.get(&record).and_then(mpsc::WeakSender::upgrade);
        let door = found.unwrap_or_else(|| {
            let (door, bunches) = mpsc::channel(BUNCHES_MAX);
            drop(tokio::spawn(room::run(room, bunches)));
            open.rooms.retain(|_, door| door.strong_count() > 0);
            open.rooms.insert(record, door.downgrade());
            door
        });
        open.touch(record, &door);
        door
    }

    fn find(&self, record: RecordId) -> Option<mpsc::Sender<Bunch>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let door = open.rooms.get(&record)?.upgrade()?;
        open.touch(record, &door);
        Some(door)
    }

    /// Tells a record's room, if it is open, that a device is in its text.
    pub fn device_is_here(
        &self,
        record: RecordId,
        account: AccountId,
        replica: ReplicaId,
        states: &[u8],
    ) {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let door = open.rooms.get(&record).and_then(mpsc::WeakSender::upgrade);
        let event = Event::DeviceIsHere { account, replica, states: states.to_vec() };
        if door.is_some_and(|door| door.try_send(vec![event]).is_err()) {
            tracing::trace!("a room is busy; presence is lossy");
        }
    }

    /// Lets every room end when its last client has gone.
    pub fn close(&self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.is_closing = true;
        open.lately.clear();
    }
}

async fn read_seed(services: &Services) -> Result<[u8; 32], StoreError> {
    let fresh = crate::chance::bytes().map_err(|_| StoreError::Closed)?;
    services.changes.replica_seed(fresh).await
}

impl Open {
    fn touch(&mut self, record: RecordId, door: &mpsc::Sender<Bunch>) {
        if self.is_closing {
            return;
        }
        self.lately.retain(|(known, _)| *known != record);
        self.lately.push_back((record, door.clone()));
        if self.lately.len() > IDLE_ROOMS_MAX {
            self.lately.pop_front();
        }
    }
}

impl Mode {
    /// Under which policy a room's updates are judged.
    pub fn texts(self) -> talkoot_core::text::Policy {
        use talkoot_core::text::Policy;
        match self {
            Self::Text => Policy::UPDATE,
            Self::Scratch => Policy::UPDATE.any(),
        }
    }
}
