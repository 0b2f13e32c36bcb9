//! A refused change: out of the record, its words kept for its maker.

use std::collections::BTreeSet;
use std::rc::Rc;

use leptos::prelude::*;
use talkoot_core::change::{Change, Op, Renamed};
use talkoot_core::id::{ChangeId, RecordId};
use talkoot_core::open_record::OpenRecord;
use talkoot_core::text::{Policy, TextDocument, markdown, passage, plain};
use talkoot_core::value::{PartialDate, Scalar, Value};

use super::{ActError, Desk, SetAside, write};
use crate::device;
use crate::local::{Aside, Loaded, StoreError, StoredSetAside, WITHDRAWN};
use crate::sync::Word;

impl Desk {
    /// Takes a refused change, and what was built on it, out of the record (rule L12).
    pub(crate) async fn set_aside(
        self: &Rc<Self>,
        id: ChangeId,
        code: String,
    ) -> Result<(), StoreError> {
        let Ok(local) = self.local() else { return Ok(()) };
        if self.waiting.record_of(id).is_none() {
            // Made in another tab, whose word has not come.
            self.recount_waiting().await?;
        }
        let Some(record) = self.waiting.record_of(id) else { return Ok(()) };
        self.bring(record).await?;
        let changes = self.waiting.take_from(id);
        let text = words_in(&changes, || self.words_of(record));
        let at_ms = device::now_ms();
        match local.set_aside(SetAside { change: id, record, code, at_ms, text }).await? {
            Aside::Before => {}
            Aside::Now => {
                self.fold_anew(record).await?;
                self.sessions.note_refused(record);
            }
            Aside::WithRecord => self.let_go([record].into()),
        }
        self.show_waiting();
        self.tell_set_aside().await
    }

    /// Reads what was set aside and shows it.
    pub(crate) async fn show_set_aside(&self) -> Result<(), StoreError> {
        let Ok(local) = self.local() else { return Ok(()) };
        let all = local.set_aside_all().await?;
        let shown = all.into_iter().map(|stored| stored.shown).collect();
        self.shown.status.update(|status| status.set_aside = shown);
        Ok(())
    }

    /// Shows what was set aside, in every tab.
    pub(super) async fn tell_set_aside(&self) -> Result<(), StoreError> {
        self.show_set_aside().await?;
        self.tell_tabs(&Word::SetAsideChanged);
        Ok(())
    }

    /// Takes up what another tab has set aside: says so on the screens that show it.
    pub(crate) async fn hear_set_aside(&self) -> Result<(), StoreError> {
        let aside = |status: &super::SyncStatus| -> BTreeSet<ChangeId> {
            status.set_aside.iter().map(|it| it.change).collect()
        };
        let before = self.shown.status.with_untracked(aside);
        self.show_set_aside().await?;
        self.recount_waiting().await?;
        let all = self.shown.status.with_untracked(|status| status.set_aside.clone());
        let is_fresh = |it: &SetAside| !before.contains(&it.change) && it.code != WITHDRAWN;
        for fresh in all.into_iter().filter(is_fresh) {
            self.sessions.note_refused(fresh.record);
        }
        Ok(())
    }

    /// Folds a record from its beginning, after something was taken out of it.
    pub(super) async fn fold_anew(self: &Rc<Self>, record: RecordId) -> Result<(), StoreError> {
        self.records.forget(record);
        self.bring(record).await?;
        self.show(record, &[], true);
        let refreshed: Vec<_> = self.refreshed(record).into_iter().collect();
        self.show_summaries(refreshed.iter().map(|it| (it.record, it.summary.clone())));
        self.keep_refreshed(refreshed).await?;
        self.tell_tabs(&Word::Wrote { records: vec![record], anew: true });
        Ok(())
    }

    /// Gives the same of what the person sees. Who wrote into it sees what was written, also
    /// where he may not write any more; who only noted something on it reads what is published.
    pub(super) fn words_shown(&self, record: RecordId) -> String {
        let wrote = self.waiting.writes_text(record);
        let shown =
            |loaded: &mut Loaded| loaded.seen(!wrote && self.only_reads(loaded)).map(texts_of);
        self.records.with(record, shown).flatten().unwrap_or_default()
    }

    /// Gives a record's formatted texts as a person would read them.
    pub(crate) fn words_of(&self, record: RecordId) -> String {
        self.records.with(record, |loaded| texts_of(&loaded.open)).unwrap_or_default()
    }
}

/// Gives what changes say; `texts` is asked for only where something was written into a text.
pub(crate) fn words_in(changes: &[Change], texts: impl FnOnce() -> String) -> String {
    let ops = || changes.iter().flat_map(|change| &change.ops);
    let mut words: String = ops().filter_map(said).collect();
    if ops().any(|op| op.update().is_some()) {
        words.push_str(&texts());
    }
    words
}

/// Writes the formatted texts of a record.
pub(crate) fn texts_of(open: &OpenRecord) -> String {
    let fields = open.text_fields();
    let texts = fields.iter().map(|field| open.text.blocks(field));
    texts.filter(|text| !text.is_empty()).map(|text| markdown::write(&text)).collect()
}

/// Tries what was set aside once more, as new changes on what the record is now.
pub(super) async fn retry(desk: &Rc<Desk>, id: ChangeId) -> Result<(), ActError> {
    let local = desk.local()?;
    let all = local.set_aside_all().await?;
    let stored = all.into_iter().find(|it| it.shown.change == id).ok_or(ActError::Gone)?;
    let StoredSetAside { shown, changes } = stored;
    let replica = desk.author()?.replica();
    let mut renamed = Renamed::new();
    for signed in changes {
        let Ok(change) = signed.open() else { continue };
        let ops = change.ops.into_iter().map(|op| op.again(&renamed)).collect();
        write::commit(desk, shown.record, |_| ops).await?;
        let counter = desk.records.with(shown.record, |it| it.open.record.previous(replica));
        let counter = counter.ok_or(ActError::Gone)?;
        renamed.insert(change.id, ChangeId { replica, counter });
    }
    discard(desk, id).await
}

/// Throws away what was set aside.
pub(super) async fn discard(desk: &Rc<Desk>, id: ChangeId) -> Result<(), ActError> {
    desk.local()?.discard(id).await?;
    desk.tell_set_aside().await?;
    Ok(())
}

/// Gives what an operation says, a line each.
fn said(op: &Op) -> Option<String> {
    if let Op::Discuss { deed } = op {
        return deed.words().map(|words| words.text.clone() + "\n");
    }
    let (Op::SetField { value, .. } | Op::AddToSet { value, .. } | Op::PutItem { value, .. }) = op
    else {
        return None;
    };
    let line = value_text(value);
    (!line.is_empty()).then(|| line + "\n")
}

/// Writes a value as plain text.
pub(crate) fn value_text(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::One(scalar) => scalar_text(scalar),
        Value::Entry(parts) => {
            let parts: Vec<_> = parts.values().map(scalar_text).collect();
            parts.join(", ")
        }
    }
}

fn scalar_text(scalar: &Scalar) -> String {
    match scalar {
        Scalar::Text(text) | Scalar::Code(text) => text.clone(),
        Scalar::Date(date) => date.to_text(),
        Scalar::Period(period) => {
            let ends = [period.from, period.until].map(|end| end.map(PartialDate::to_text));
            ends.map(Option::unwrap_or_default).join("–")
        }
        Scalar::Record(RecordId(_))
        | Scalar::Account(_)
        | Scalar::Version(_)
        | Scalar::Edit(_)
        | Scalar::Post(_)
        | Scalar::Moment(_) => String::new(),
        Scalar::Passage(bytes) => plain::plain(&passage::read(bytes).unwrap_or_default()),
        Scalar::Flag(flag) => flag.to_string(),
    }
}

impl Desk {
    /// Keeps typed words that cannot become a change, so that they can be copied: `typed` is the
    /// whole text as it stands before the person's eyes, as one V1 update.
    pub(crate) async fn keep_typed_aside(
        self: &Rc<Self>,
        record: RecordId,
        code: &'static str,
        typed: &[u8],
    ) -> Result<(), StoreError> {
        let typed = TextDocument::from_state_with(1, typed, &Policy::STATE.newer())
            .unwrap_or_else(|_| TextDocument::new(1));
        let fields = self.records.with(record, |it| it.open.text_fields()).unwrap_or_default();
        let text = fields.iter().map(|field| markdown::write(&typed.blocks(field))).collect();
        self.keep_words_aside(record, code, text).await
    }

    /// Keeps words that cannot become a change, so that they can be copied.
    pub(crate) async fn keep_words_aside(
        self: &Rc<Self>,
        record: RecordId,
        code: &'static str,
        text: String,
    ) -> Result<(), StoreError> {
        let (Ok(local), Ok(author)) = (self.local(), self.author()) else {
            return Err(StoreError::Closed);
        };
        let at_ms = device::now_ms();
        // No change was made, so its name is one that no change ever gets.
        let number = device::chance().map(u32::from_le_bytes).ok_or(StoreError::Denied)?;
        let change = ChangeId { replica: author.replica(), counter: u64::MAX - u64::from(number) };
        let shown = SetAside { change, record, code: code.to_owned(), at_ms, text };
        local.keep_aside(&StoredSetAside { shown, changes: Vec::new() }).await?;
        self.show_set_aside().await
    }
}
