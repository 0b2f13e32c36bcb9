//! The work that comes with the second part of the program: folding, writing, talking.
//!
//! The first part opens what lies on the device and shows its summaries. Whatever
//! needs a record's fold, its text, a signature or the line to the server goes
//! through [`Hands`]. Only [`own`] makes them, so the rest of that work stays out of
//! the first part, and a start does not wait for it.

#![expect(clippy::unnecessary_wraps, reason = "a door answers with what may go wrong on the way")]

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use leptos::wasm_split::{SplitLoaderError, wasm_split};
use talkoot_core::id::RecordId;
use talkoot_core::schema::Kind;
use talkoot_core::sync::message::Cursor;
use talkoot_core::value::Value;
use wasm_bindgen_futures::spawn_local;

use super::{ActError, Desk, WriteFault, export, moderating, write};
use crate::device;
use crate::local::{Local, StoreError};
use crate::sync::{Driver, Lease, ServerLine};

/// How long to wait before the second part is asked for again, in milliseconds.
const AGAIN_AFTER_MS: u32 = 2_000;

/// Work that is under way.
pub(crate) type Work<T> = Pin<Box<dyn Future<Output = T>>>;

/// What the second part of the program can do.
pub(crate) trait Hands {
    /// Takes the conversation with the server up.
    fn lead(&self, desk: &Rc<Desk>, cursor: Cursor, owes: bool, lease: Lease)
    -> Rc<dyn ServerLine>;
    /// Finishes what a sudden end left.
    fn mend(&self, desk: Rc<Desk>) -> Work<()>;
    /// Shows what another tab has stored of a record on screen.
    fn bring(&self, desk: Rc<Desk>, record: RecordId, anew: bool) -> Work<Result<(), StoreError>>;
    /// Shows anew what is published in one version and written in another.
    fn look_at_unpublished(&self, desk: Rc<Desk>) -> Work<Result<(), StoreError>>;
    /// Shows what files brought and nobody vouches for.
    fn hear_shelf(&self, desk: Rc<Desk>) -> Work<Result<(), StoreError>>;
    /// Starts a record with these fields.
    fn create(
        &self,
        desk: Rc<Desk>,
        kind: Kind,
        fields: Vec<(u16, Value)>,
    ) -> Work<Result<RecordId, WriteFault>>;
    /// Stores what is being typed in every open text.
    fn store_typing(&self, desk: Rc<Desk>) -> Work<()>;
    /// Notes what is being typed, for a page that may be gone in a moment.
    fn journal_typing(&self, desk: &Desk);
    /// Hands the person a file with everything that the server does not have.
    fn export(&self, desk: Rc<Desk>) -> Work<Result<(), ActError>>;
    /// Reads the unsent words out of a storage that may be broken.
    fn rescue(&self, local: Local) -> Work<Option<String>>;
}

/// The hands of this program.
struct Own;

impl Hands for Own {
    fn lead(
        &self,
        desk: &Rc<Desk>,
        cursor: Cursor,
        owes: bool,
        lease: Lease,
    ) -> Rc<dyn ServerLine> {
        Driver::new(desk, cursor, owes, lease)
    }

    fn mend(&self, desk: Rc<Desk>) -> Work<()> {
        Box::pin(async move {
            desk.mend().await;
            desk.count_improvements_soon(None);
            if !desk.follows_held.replace(true) {
                spawn_local(moderating::follow(Rc::downgrade(&desk)));
            }
            if let Err(cause) = desk.hear_shelf().await {
                desk.note_fault(cause);
            }
        })
    }

    fn hear_shelf(&self, desk: Rc<Desk>) -> Work<Result<(), StoreError>> {
        Box::pin(async move { desk.hear_shelf().await })
    }

    fn look_at_unpublished(&self, desk: Rc<Desk>) -> Work<Result<(), StoreError>> {
        Box::pin(async move { desk.look_at_unpublished().await })
    }

    fn bring(&self, desk: Rc<Desk>, record: RecordId, anew: bool) -> Work<Result<(), StoreError>> {
        Box::pin(async move {
            desk.bring(record).await?;
            desk.show(record, &[], anew);
            Ok(())
        })
    }

    fn create(
        &self,
        desk: Rc<Desk>,
        kind: Kind,
        fields: Vec<(u16, Value)>,
    ) -> Work<Result<RecordId, WriteFault>> {
        Box::pin(async move { write::create(&desk, kind, fields).await })
    }

    fn store_typing(&self, desk: Rc<Desk>) -> Work<()> {
        Box::pin(async move {
            for typing in desk.sessions.typing() {
                typing.flush_all().await;
            }
        })
    }

    fn journal_typing(&self, desk: &Desk) {
        for typing in desk.sessions.typing() {
            typing.journal_now();
        }
    }

    fn export(&self, desk: Rc<Desk>) -> Work<Result<(), ActError>> {
        Box::pin(async move { export::download(&desk).await })
    }

    fn rescue(&self, local: Local) -> Work<Option<String>> {
        Box::pin(async move { export::rescue(&local).await })
    }
}

/// Makes the hands: the door to the second part.
#[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible)]
fn own() -> Result<Rc<dyn Hands>, SplitLoaderError> {
    Ok(Rc::new(Own))
}

/// Fetches the second part; it fails where that is neither kept on the device nor in reach.
pub(super) async fn fetch() -> Result<Rc<dyn Hands>, WriteFault> {
    own().await.map_err(|_| WriteFault::NotReady)
}

/// Waits until the second part is here.
pub(super) async fn wait() -> Rc<dyn Hands> {
    loop {
        match own().await {
            Ok(hands) => return hands,
            Err(_) => device::sleep(AGAIN_AFTER_MS).await,
        }
    }
}
