//! Changing a text into a wanted one by the fewest edits.
//!
//! Receiving improvements brings everything that was written in the original; what a project
//! decided to keep, or to take whole, is reached from there. What stays is not touched, so that
//! somebody who writes in it meanwhile keeps the place: blocks are matched with blocks, words
//! with words, and only the rest is deleted and inserted.
//!
//! What passes the limits of one update is written in several ([`TextDocument::rewrite_in_parts`]),
//! cut between the blocks of a field: after each of them an editor finds a text that its schema
//! allows. One block that passes the limits alone is not cut.

pub(super) mod run;
mod weight;

use yrs::{
    ReadTxn, Transact as _, TransactionMut, WriteTxn as _, Xml as _, XmlElementPrelim,
    XmlElementRef, XmlFragment, XmlOut, XmlTextPrelim,
};

use super::align;
use super::document::{TextDocument, TextError};
use super::node::Block;
use super::prescan::{Policy, scan_bytes};
use super::shape::{self, Shape};
use weight::Weight;

impl TextDocument {
    /// Makes fields say what is wanted and gives the update that did it; `None` if they say it.
    ///
    /// # Errors
    ///
    /// Returns why the update is none that others would take: so much differs that it passes the
    /// limits of one.
    pub fn rewrite(&mut self, wanted: &[(&str, Vec<Block>)]) -> Result<Option<Vec<u8>>, TextError> {
        Ok(self.rewrite_within(wanted, Weight::MAX)?.pop())
    }

    /// Does the same in as many updates as it takes, in their order; none if the fields say it.
    ///
    /// # Errors
    ///
    /// Returns why one of them is none that others would take: one block passes the limits.
    pub fn rewrite_in_parts(
        &mut self,
        wanted: &[(&str, Vec<Block>)],
    ) -> Result<Vec<Vec<u8>>, TextError> {
        self.rewrite_within(wanted, Weight::OF_A_PART)
    }

    fn rewrite_within(
        &mut self,
        wanted: &[(&str, Vec<Block>)],
        most: Weight,
    ) -> Result<Vec<Vec<u8>>, TextError> {
        let differing: Vec<_> =
            wanted.iter().filter(|(field, blocks)| self.blocks(field) != *blocks).collect();
        if differing.is_empty() {
            return Ok(Vec::new());
        }
        let (mut parts, mut carried) = (Vec::new(), Weight::default());
        let mut txn = self.doc.transact_mut();
        for (field, blocks) in differing {
            let fragment = txn.get_or_insert_xml_fragment(*field);
            let (children, shapes) = (children(&fragment, &txn), shape::of_blocks(blocks));
            for step in steps(&children, &shapes) {
                let weight = step.weight();
                if carried.with(weight).passes(most) && carried != Weight::default() {
                    parts.push(txn.encode_update_v1());
                    drop(txn);
                    txn = self.doc.transact_mut();
                    carried = Weight::default();
                }
                carried = carried.with(weight);
                step.take(&fragment, &mut txn);
            }
        }
        if carried != Weight::default() {
            parts.push(txn.encode_update_v1());
        }
        drop(txn);
        for update in &parts {
            // Our own bytes go the way of everybody's, so that the ledger knows them.
            let facts = scan_bytes(update, &Policy::UPDATE.newer())?;
            self.ledger.absorb(self.ledger.admit(&facts)?);
        }
        Ok(parts)
    }
}

/// One thing to do with the children of an element or a field.
enum Step<'a> {
    Remove(&'a Child),
    Insert(u32, &'a Shape),
    Change(&'a Child, &'a Shape),
}

impl Step<'_> {
    fn weight(&self) -> Weight {
        match self {
            Self::Remove(child) => Weight::of(&child.shape),
            Self::Insert(_, shape) => Weight::of(shape),
            Self::Change(child, shape) => Weight::of(&child.shape).with(Weight::of(shape)),
        }
    }

    fn take<F: XmlFragment>(&self, parent: &F, txn: &mut TransactionMut<'_>) {
        match self {
            Self::Remove(child) => parent.remove_range(txn, child.at, 1),
            Self::Insert(at, shape) => insert(parent, txn, *at, shape),
            Self::Change(child, shape) => change(child, txn, shape),
        }
    }
}

/// A child as it is, and the place where it stands.
struct Child {
    at: u32,
    out: XmlOut,
    shape: Shape,
}

/// Makes the children of an element like the wanted ones.
fn become_like<F: XmlFragment>(parent: &F, txn: &mut TransactionMut<'_>, wanted: &[Shape]) {
    let children = children(parent, txn);
    for step in steps(&children, wanted) {
        step.take(parent, txn);
    }
}

/// Lists what makes children like the wanted ones, from the end, so that the places ahead stay
/// what they are.
fn steps<'a>(children: &'a [Child], wanted: &'a [Shape]) -> Vec<Step<'a>> {
    let shapes: Vec<&Shape> = children.iter().map(|child| &child.shape).collect();
    let pairs = align::shapes(&shapes, wanted);
    let mut steps = Vec::new();
    let (mut old_end, mut new_end) = (children.len(), wanted.len());
    for pair in pairs.iter().rev().map(Some).chain([None]) {
        let (old_begin, new_begin) = pair.map_or((0, 0), |(old, new)| (old + 1, new + 1));
        let gone = children.get(old_begin..old_end).into_iter().flatten();
        steps.extend(gone.rev().map(Step::Remove));
        let kept = pair.and_then(|(old, new)| Some((children.get(*old)?, wanted.get(*new)?)));
        let mut at = kept.map_or(0, |(child, _)| child.at.saturating_add(1));
        for shape in wanted.get(new_begin..new_end).into_iter().flatten() {
            steps.push(Step::Insert(at, shape));
            at = at.saturating_add(1);
        }
        let Some((child, shape)) = kept else { break };
        if child.shape != *shape {
            steps.push(Step::Change(child, shape));
        }
        (old_end, new_end) = (old_begin.saturating_sub(1), new_begin.saturating_sub(1));
    }
    steps
}

/// Lists what a parent holds; empty runs of text are nothing and stay where they are.
fn children<F: XmlFragment, T: ReadTxn>(parent: &F, txn: &T) -> Vec<Child> {
    let mut found = Vec::new();
    for (at, out) in (0..).zip(parent.children(txn)) {
        let shape = shape::of_child(&out, txn);
        if !shape.is_nothing() {
            found.push(Child { at, out, shape });
        }
    }
    found
}

fn insert<F: XmlFragment>(parent: &F, txn: &mut TransactionMut<'_>, at: u32, shape: &Shape) {
    match shape {
        Shape::Element { node, attributes, children } => {
            let element = parent.insert(txn, at, XmlElementPrelim::empty(node.name()));
            set_attributes(&element, txn, attributes);
            for (at, child) in (0..).zip(children) {
                insert(&element, txn, at, child);
            }
        }
        Shape::Run(pieces) => {
            let run = parent.insert(txn, at, XmlTextPrelim::new(""));
            run::become_like(&run, txn, pieces);
        }
        // Never wanted: what is wanted was made of blocks.
        Shape::Foreign => {}
    }
}

fn change(child: &Child, txn: &mut TransactionMut<'_>, wanted: &Shape) {
    match (&child.out, wanted) {
        (XmlOut::Element(element), Shape::Element { attributes, children, .. }) => {
            let Shape::Element { attributes: own, .. } = &child.shape else { return };
            if own != attributes {
                set_attributes(element, txn, attributes);
            }
            become_like(element, txn, children);
        }
        (XmlOut::Text(run), Shape::Run(pieces)) => run::become_like(run, txn, pieces),
        (XmlOut::Element(_) | XmlOut::Text(_) | XmlOut::Fragment(_), _) => {}
    }
}

fn set_attributes(
    element: &XmlElementRef,
    txn: &mut TransactionMut<'_>,
    attributes: &[shape::Attribute],
) {
    for (attribute, value) in attributes {
        element.insert_attribute(txn, attribute.name(), value.to_any());
    }
}

#[cfg(test)]
mod tests;
