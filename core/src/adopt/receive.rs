//! Receiving what the original says now: section by section, as a person decides.
//!
//! The text of the original comes in whole, as its Yjs state, and merges with our own by what
//! both have in common. Then every section is rewritten to what was decided for it: what the
//! original says, what we say, or what somebody wrote of both. So nothing moves that was not
//! decided, and what somebody writes here meanwhile finds its place.

use std::collections::BTreeMap;

use super::{Content, content, heritage};
use crate::change::Op;
use crate::open_record::OpenRecord;
use crate::schema::{Field, Shape};
use crate::text::{Block, TEXT_SCHEMA_VERSION, TextDocument, TextError};

/// Something that the original says now and did not say when we last received from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Improvement {
    pub field: &'static Field,
    /// What we say.
    pub own: Content,
    /// What the original says now.
    pub original: Content,
    /// What the original said when we last received from it.
    pub before: Content,
}

/// What a person decides about an improvement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// We say what the original says.
    Take,
    /// We go on saying what we say.
    Keep,
    /// We say this.
    Write(Content),
}

impl Improvement {
    /// Says whether we never changed it ourselves, so that taking it loses nothing of ours.
    pub fn is_clean(&self) -> bool {
        self.own == self.before
    }
}

/// Lists what the original says now, did not say `before`, and we do not say (rule G4).
pub fn improvements(
    own: &OpenRecord,
    original: &OpenRecord,
    before: &OpenRecord,
) -> Vec<Improvement> {
    let all = heritage().map(|field| Improvement {
        field,
        own: content(own, field),
        original: content(original, field),
        before: content(before, field),
    });
    all.filter(|it| it.original != it.before && it.original != it.own).collect()
}

/// Our record and the original, about to be brought together.
#[derive(Debug)]
pub struct Receiving<'a> {
    own: &'a OpenRecord,
    original: &'a OpenRecord,
    update: Vec<u8>,
    /// Our text with the original's in it.
    merged: TextDocument,
}

impl<'a> Receiving<'a> {
    /// Merges the texts aside; nothing is changed by it. Edits will carry `client_id`, which
    /// must be a fresh one.
    ///
    /// # Errors
    ///
    /// Returns why the texts do not fit onto each other; only bytes that lie do that.
    pub fn begin(
        own: &'a OpenRecord,
        original: &'a OpenRecord,
        client_id: u64,
    ) -> Result<Self, TextError> {
        let update = original.text.missing(&own.text.state_vector());
        let mut merged = TextDocument::from_state(client_id, &own.text.state())?;
        merged.apply(&update)?;
        Ok(Self { own, original, update, merged })
    }

    /// Gives a section with what both sides wrote: where editing begins.
    pub fn merged(&self, field: &Field) -> Vec<Block> {
        self.merged.blocks(field.name)
    }

    /// Gives the operations that carry out what was decided; what nobody decided about stays as
    /// we have it (rule G5).
    ///
    /// # Errors
    ///
    /// Returns why what was decided is too much to write at once.
    pub fn ops(mut self, decisions: &BTreeMap<u16, Decision>) -> Result<Vec<Op>, TextError> {
        let mut ops = vec![Op::Receive {
            origin: self.original.record.id,
            knew: self.original.record.frontier.clone(),
            schema: TEXT_SCHEMA_VERSION,
            update: std::mem::take(&mut self.update),
        }];
        let (texts, fields): (Vec<&Field>, Vec<&Field>) =
            heritage().partition(|field| field.shape == Shape::RichText);
        let wanted: Vec<(&str, Vec<Block>)> = texts
            .into_iter()
            .filter_map(|field| match self.wanted(field, decisions) {
                Content::Text(blocks) => Some((field.name, blocks)),
                Content::One(_) | Content::Members(_) | Content::Items(_) => None,
            })
            .collect();
        if let Some(update) = self.merged.rewrite(&wanted)? {
            ops.push(Op::Text { schema: TEXT_SCHEMA_VERSION, update });
        }
        let record = &self.own.record;
        ops.extend(fields.into_iter().flat_map(|it| self.wanted(it, decisions).writes(record, it)));
        Ok(ops)
    }

    fn wanted(&self, field: &Field, decisions: &BTreeMap<u16, Decision>) -> Content {
        match decisions.get(&field.tag) {
            Some(Decision::Take) => content(self.original, field),
            Some(Decision::Write(content)) => content.clone(),
            Some(Decision::Keep) | None => content(self.own, field),
        }
    }
}
