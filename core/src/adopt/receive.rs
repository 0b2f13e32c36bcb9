//! Receiving what the original says now: section by section, as a person decides.
//!
//! The text of the original comes in whole, as its Yjs state, and merges with our own by what
//! both have in common. Then every section is rewritten to what was decided for it: what the
//! original says, what we say, or what somebody wrote of both. So nothing moves that was not
//! decided, and what somebody writes here meanwhile finds its place. Each section has an edit of
//! its own, named by its bytes ([`crate::text::agreed`]): who decides alike brings the same.

use std::collections::BTreeMap;

use super::{Content, Standing, as_known, content, heritage};
use crate::change::{Change, Op};
use crate::open_record::OpenRecord;
use crate::published::published_beside;
use crate::schema::{Field, Shape};
use crate::text::agreed::{agreed, saying};
use crate::text::{Block, TEXT_SCHEMA_VERSION, TextDocument, TextError};

/// The Yjs client of a document that is only looked at.
const READER_CLIENT: u64 = 1;

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

/// A decision, and our record as whoever made it saw it: what came here since, they did not
/// decide about, so it stays.
#[derive(Clone, Debug)]
pub struct Decided<'a> {
    pub decision: Decision,
    pub seen: &'a OpenRecord,
}

impl Improvement {
    /// Says whether we never changed it ourselves, so that taking it loses nothing of ours.
    pub fn is_clean(&self) -> bool {
        self.own == self.before
    }

    /// Says whether a decision holds that was made when the original said `this`. What we say
    /// ourselves may be another thing since: it stays beside whatever was decided (rule G27).
    pub fn is_about(&self, this: &Content) -> bool {
        self.original == *this
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

/// Counts the improvements that wait for a copy: what its open original publishes and the copy did
/// not know. `changes` are those of the original.
pub fn waiting(own: &OpenRecord, original: &OpenRecord, changes: &[Change]) -> usize {
    let lineage = own.record.lineage().filter(|(origin, _)| *origin == original.record.id);
    let Some((origin, lineage)) = lineage else { return 0 };
    if Standing::of(Some(&original.record)) != Standing::Open {
        return 0;
    }
    let published = published_beside(original, changes, &lineage.knew);
    let before = as_known(origin, changes, &lineage.knew);
    improvements(own, published.as_ref().unwrap_or(original), &before).len()
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
    /// Merges the texts aside; nothing is changed by it.
    ///
    /// # Errors
    ///
    /// Returns why the texts do not fit onto each other; only bytes that lie do that.
    pub fn begin(own: &'a OpenRecord, original: &'a OpenRecord) -> Result<Self, TextError> {
        let update = original.text.missing(&own.text.state_vector());
        let mut merged = TextDocument::from_state(READER_CLIENT, &own.text.state())?;
        merged.apply(&update)?;
        Ok(Self { own, original, update, merged })
    }

    /// Gives a section with what both sides wrote: where editing begins.
    pub fn merged(&self, field: &Field) -> Vec<Block> {
        self.merged.blocks(field.name)
    }

    /// Gives the operations that carry out what was decided; what nobody decided about stays as
    /// we have it (rule G5), and so does what came here since it was decided (rule G27).
    ///
    /// # Errors
    ///
    /// Returns why what was decided is too much to write at once.
    pub fn ops(self, decisions: &BTreeMap<u16, Decided<'_>>) -> Result<Vec<Op>, TextError> {
        let (texts, fields): (Vec<&Field>, Vec<&Field>) =
            heritage().partition(|field| field.shape == Shape::RichText);
        let merged = self.merged.state();
        let mut edits = Vec::new();
        for field in texts {
            let wanted = self.text(field, decisions.get(&field.tag))?;
            if self.merged.blocks(field.name) == wanted {
                continue;
            }
            let update = agreed(&merged, field.name, &wanted)?;
            edits.extend(update.map(|update| Op::Accept { schema: TEXT_SCHEMA_VERSION, update }));
        }
        let mut ops = vec![Op::Receive {
            origin: self.original.record.id,
            knew: self.original.record.frontier.clone(),
            schema: TEXT_SCHEMA_VERSION,
            update: self.update,
        }];
        ops.append(&mut edits);
        for field in fields {
            let Some(decided) = decisions.get(&field.tag) else { continue };
            let wanted = match &decided.decision {
                Decision::Take => content(self.original, field),
                Decision::Write(content) => content.clone(),
                Decision::Keep => continue,
            };
            // Written as whoever decided saw it, so that a value which came since asks.
            ops.extend(wanted.writes(&decided.seen.record, field));
        }
        Ok(ops)
    }

    /// Gives what a section is to say.
    fn text(&self, field: &Field, decided: Option<&Decided<'_>>) -> Result<Vec<Block>, TextError> {
        let own = || self.own.text.blocks(field.name);
        let Some(Decided { decision, seen }) = decided else { return Ok(own()) };
        let wanted = match decision {
            Decision::Take => self.original.text.blocks(field.name),
            Decision::Write(Content::Text(blocks)) => blocks.clone(),
            Decision::Keep
            | Decision::Write(Content::One(_) | Content::Members(_) | Content::Items(_)) => {
                return Ok(own());
            }
        };
        if seen.text.blocks(field.name) == own() {
            return Ok(wanted);
        }
        self.carried(field, &wanted, seen, self.original)
    }

    /// Gives what somebody wrote in a section of both as they were then, with what came into it
    /// since on either side.
    ///
    /// # Errors
    ///
    /// Returns why the texts do not fit onto each other; only bytes that lie do that.
    pub fn carried(
        &self,
        field: &Field,
        written: &[Block],
        own: &OpenRecord,
        original: &OpenRecord,
    ) -> Result<Vec<Block>, TextError> {
        let mut then = TextDocument::from_state(READER_CLIENT, &own.text.state())?;
        then.apply(&original.text.missing(&then.state_vector()))?;
        saying(&then.state(), field.name, written, &self.merged.state())
    }
}
