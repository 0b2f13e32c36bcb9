//! A field of one value while it is typed in: a pause after the last key makes a change of it.
//!
//! Every key also puts the letters where a page that is closed in the middle of a word leaves
//! them (rule L25), and the line of saving says "writing" until they are stored (rule P77).

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use talkoot_core::record::Record;
use talkoot_core::value::{Scalar, Value};

use super::single::value_of;
use crate::local::Letters;
use crate::record_session::RecordSession;
use crate::workspace::{ActError, Workspace, use_workspace};

/// How long the fingers rest before what they typed becomes a change.
const PAUSE: Duration = Duration::from_millis(600);
/// How long to wait before storing is tried again.
const AGAIN_AFTER: Duration = Duration::from_secs(5);

/// A field as it is being typed, and as it is stored.
#[derive(Clone, Copy)]
pub(crate) struct Typed {
    session: RecordSession,
    workspace: Workspace,
    /// The tag of the field.
    tag: u16,
    stored: Memo<Value>,
    /// What the input shows.
    pub(crate) draft: RwSignal<Value>,
    /// Whether what is written is no value.
    pub(crate) wrong: RwSignal<bool>,
    /// Counts the keystrokes, so that only the last one's pause counts.
    strokes: StoredValue<u64>,
    letters: StoredValue<Option<Letters>>,
}

impl Typed {
    /// Begins with what is stored, or with the letters that a page left behind.
    pub(crate) fn new(session: RecordSession, tag: u16) -> Self {
        let stored = Memo::new(move |_| {
            session.record.with(|it| it.as_ref().map_or(Value::Empty, |it| value_of(it, tag)))
        });
        let letters = session.writer().map(|account| Letters::new(account, session.id, tag));
        let typed = Self {
            session,
            workspace: use_workspace(),
            tag,
            stored,
            draft: RwSignal::new(stored.get_untracked()),
            wrong: RwSignal::new(false),
            strokes: StoredValue::new(0),
            letters: StoredValue::new(letters),
        };
        if let Some(left) = typed.letters.with_value(|it| it.as_ref().and_then(Letters::read)) {
            typed.draft.set(left);
            typed.hear();
        }
        Effect::new(move || typed.follow());
        on_cleanup(move || typed.commit());
        typed
    }

    /// Says whether nothing is stored in the field.
    pub(crate) fn is_empty(self) -> bool {
        self.stored.with_untracked(|stored| *stored == Value::Empty)
    }

    /// Hears that a key changed the draft.
    pub(crate) fn hear(self) {
        let value = self.draft.with_untracked(settled);
        self.letters.with_value(|letters| letters.iter().for_each(|it| it.keep(&value)));
        self.session.type_field(self.tag);
        self.strokes.update_value(|strokes| *strokes = strokes.wrapping_add(1));
        self.commit_after(PAUSE);
    }

    fn commit_after(self, pause: Duration) {
        let mine = self.strokes.get_value();
        let rested = move || {
            if self.strokes.try_get_value() == Some(mine) {
                self.commit();
            }
        };
        set_timeout(rested, pause);
    }

    /// Makes a change of what is typed, if there is one.
    pub(crate) fn commit(self) {
        let wrong = self.wrong.try_get_untracked().unwrap_or(true);
        let Some(draft) = self.draft.try_get_untracked() else { return };
        if wrong || !self.session.is_typed(self.tag) {
            return;
        }
        let (mine, letters) = (self.strokes.get_value(), self.letters.get_value());
        let (tag, record, value) = (self.tag, self.session.id, settled(&draft));
        spawn_local(async move {
            let typed = value.clone();
            let intent = move |record: &Record| {
                let is_new = value_of(record, tag) != typed;
                is_new.then(|| record.set_field(tag, typed)).into_iter().collect()
            };
            let fault = self.workspace.change(record, intent).await.err();
            let is_latest = self.strokes.try_get_value().is_none_or(|now| now == mine);
            match fault {
                None => {
                    if let Some(letters) = &letters {
                        letters.forget(&value);
                    }
                    if is_latest {
                        self.session.field_stored(tag);
                    }
                }
                Some(ActError::Refused { code }) => {
                    if self.session.field_refused(tag, &value, code).await.is_ok() {
                        if let Some(letters) = &letters {
                            letters.forget(&value);
                        }
                        self.begin_again();
                    }
                }
                Some(fault) => self.failed(fault),
            }
        });
    }

    /// Keeps the letters where they lie, says so, and tries again.
    fn failed(self, fault: ActError) {
        if let ActError::Local(fault) = fault {
            self.session.field_failed(fault);
        }
        if self.strokes.try_get_value().is_some() {
            self.commit_after(AGAIN_AFTER);
        }
    }

    /// Shows what is stored.
    fn begin_again(self) {
        if let Some(stored) = self.stored.try_get_untracked() {
            self.draft.try_set(stored);
        }
    }

    /// Takes over what came from elsewhere, unless somebody types here.
    fn follow(self) {
        let stored = self.stored.get();
        if !self.session.is_typed(self.tag) && self.draft.with_untracked(settled) != stored {
            self.draft.set(stored);
        }
    }
}

/// Gives a value without the space around it: that is on its way to the next word.
fn settled(value: &Value) -> Value {
    match value {
        Value::One(Scalar::Text(text)) => Value::text(text.trim()),
        Value::Empty | Value::One(_) | Value::Entry(_) => value.clone(),
    }
}
