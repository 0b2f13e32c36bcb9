//! Fields of one value while they are typed in: until they are stored, nothing says "saved".

use std::collections::BTreeSet;
use std::rc::Rc;

use leptos::prelude::*;
use talkoot_core::blank::is_blank;
use talkoot_core::id::AccountId;
use talkoot_core::value::Value;

use super::{RecordSession, SaveState};
use crate::local::StoreError;
use crate::workspace::{LocalFault, value_text};

/// Says how far the words of a screen have travelled: `state` of the text and of what is stored,
/// `typed` the fields that are not stored yet.
pub(super) fn safety(state: &SaveState, typed: &BTreeSet<u16>) -> SaveState {
    match state {
        SaveState::OnDevice | SaveState::Sent | SaveState::Refused if !typed.is_empty() => {
            SaveState::Writing
        }
        SaveState::Writing
        | SaveState::OnDevice
        | SaveState::Sent
        | SaveState::Refused
        | SaveState::Failed(_) => state.clone(),
    }
}

impl RecordSession {
    /// Gives who writes here.
    pub(crate) fn writer(self) -> Option<AccountId> {
        self.desk.try_get_value()?.local().ok()?.account
    }

    /// Says whether it was begun on this very device and nobody left a word in it, nor is about to.
    /// Of what was begun elsewhere a part may still be on its way.
    pub(crate) fn is_left_blank(self) -> bool {
        let (Some(desk), Some(state)) = (self.desk.try_get_value(), self.state.try_get_value())
        else {
            return false;
        };
        let types = self.typed.try_with_untracked(|typed| !typed.is_empty()).unwrap_or(true);
        let writes = state.typing().is_some_and(|typing| typing.holds_something());
        let here = desk.author().ok().map(|author| author.replica());
        let blank = desk.records.with(self.id, |it| {
            let record = &it.open.record;
            let is_own = record.created.map(|created| created.change.replica) == here;
            is_own && !record.is_trashed() && is_blank(&it.open)
        });
        !types && !writes && blank.unwrap_or(false)
    }

    /// Says whether a field is typed in here and not stored yet.
    pub(crate) fn is_typed(self, field: u16) -> bool {
        self.typed.try_with_untracked(|typed| typed.contains(&field)).unwrap_or(false)
    }

    /// Notes that a field is typed in.
    pub(crate) fn type_field(self, field: u16) {
        if !self.is_typed(field) {
            self.typed.try_update(|typed| typed.insert(field));
        }
    }

    /// Notes that what was typed in a field is stored.
    pub(crate) fn field_stored(self, field: u16) {
        self.typed.try_update(|typed| typed.remove(&field));
        let (Some(desk), Some(state)) = (self.desk.try_get_value(), self.state.try_get_value())
        else {
            return;
        };
        // The text speaks for itself as long as it holds letters.
        if state.typing().is_none_or(|typing| !typing.holds_something()) {
            self.save_state.try_set(SaveState::OnDevice);
            desk.note_sent();
        }
    }

    /// Notes that what was typed in a field could not be stored.
    pub(crate) fn field_failed(self, fault: LocalFault) {
        self.save_state.try_set(SaveState::Failed(fault));
    }

    /// Keeps aside what the rules of this device refuse, and lets the field be as it is stored.
    pub(crate) async fn field_refused(
        self,
        field: u16,
        value: &Value,
        code: &'static str,
    ) -> Result<(), StoreError> {
        let Some(desk) = self.desk.try_get_value() else { return Err(StoreError::Closed) };
        Rc::clone(&desk).keep_words_aside(self.id, code, value_text(value)).await?;
        self.typed.try_update(|typed| typed.remove(&field));
        self.save_state.try_set(SaveState::Refused);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p77_what_is_typed_in_a_field_is_not_called_saved() {
        let (none, some) = (BTreeSet::new(), BTreeSet::from([1]));
        for state in [SaveState::OnDevice, SaveState::Sent, SaveState::Refused] {
            assert_eq!(safety(&state, &none), state);
            assert_eq!(safety(&state, &some), SaveState::Writing);
        }
        for state in [SaveState::Writing, SaveState::Failed(LocalFault::Full)] {
            assert_eq!(safety(&state, &some), state);
        }
    }
}
