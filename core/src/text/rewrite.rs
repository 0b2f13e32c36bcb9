//! Changing a text into a wanted one by the fewest edits.
//!
//! Receiving improvements brings everything that was written in the original; what a project
//! decided to keep, or to take whole, is reached from there. What stays is not touched, so that
//! somebody who writes in it meanwhile keeps the place: blocks are matched with blocks, words
//! with words, and only the rest is deleted and inserted.

mod run;

use yrs::{
    ReadTxn, Transact as _, TransactionMut, WriteTxn as _, Xml as _, XmlElementPrelim,
    XmlElementRef, XmlFragment, XmlOut, XmlTextPrelim,
};

use super::align;
use super::document::{TextDocument, TextError};
use super::node::Block;
use super::prescan::{Policy, scan_bytes};
use super::shape::{self, Shape};

impl TextDocument {
    /// Makes fields say what is wanted and gives the update that did it; `None` if they say it.
    ///
    /// # Errors
    ///
    /// Returns why the update is none that others would take: so much differs that it passes the
    /// limits of one.
    pub fn rewrite(&mut self, wanted: &[(&str, Vec<Block>)]) -> Result<Option<Vec<u8>>, TextError> {
        let differing: Vec<_> =
            wanted.iter().filter(|(field, blocks)| self.blocks(field) != *blocks).collect();
        if differing.is_empty() {
            return Ok(None);
        }
        let mut txn = self.doc.transact_mut();
        for (field, blocks) in differing {
            let fragment = txn.get_or_insert_xml_fragment(*field);
            become_like(&fragment, &mut txn, &shape::of_blocks(blocks));
        }
        let update = txn.encode_update_v1();
        drop(txn);
        // Our own bytes go the way of everybody's, so that the ledger knows them.
        let facts = scan_bytes(&update, &Policy::UPDATE.newer())?;
        self.ledger.absorb(self.ledger.admit(&facts)?);
        Ok(Some(update))
    }
}

/// A child as it is, and the place where it stands.
struct Child {
    at: u32,
    out: XmlOut,
    shape: Shape,
}

/// Makes the children of an element or a field like the wanted ones.
fn become_like<F: XmlFragment>(parent: &F, txn: &mut TransactionMut<'_>, wanted: &[Shape]) {
    let children = children(parent, txn);
    let shapes: Vec<&Shape> = children.iter().map(|child| &child.shape).collect();
    let pairs = align::shapes(&shapes, wanted);
    // From the end, so that the places ahead stay what they are.
    let (mut old_end, mut new_end) = (children.len(), wanted.len());
    for pair in pairs.iter().rev().map(Some).chain([None]) {
        let (old_begin, new_begin) = pair.map_or((0, 0), |(old, new)| (old + 1, new + 1));
        for child in children.get(old_begin..old_end).into_iter().flatten().rev() {
            parent.remove_range(txn, child.at, 1);
        }
        let kept = pair.and_then(|(old, new)| Some((children.get(*old)?, wanted.get(*new)?)));
        let mut at = kept.map_or(0, |(child, _)| child.at.saturating_add(1));
        for shape in wanted.get(new_begin..new_end).into_iter().flatten() {
            insert(parent, txn, at, shape);
            at = at.saturating_add(1);
        }
        let Some((child, shape)) = kept else { break };
        change(child, txn, shape);
        (old_end, new_end) = (old_begin - 1, new_begin - 1);
    }
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
    if child.shape == *wanted {
        return;
    }
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
