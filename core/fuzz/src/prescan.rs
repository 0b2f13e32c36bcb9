//! Any bytes as a Yjs update, a state vector and awareness: the scan's word, and
//! whether yrs agrees with it.

use talkoot_core::text::prescan::{
    CLOCK_END, Names, Policy, encode_awareness, encode_state_vector, scan_awareness, scan_bytes,
    scan_state_vector,
};
use talkoot_core::text::{TextDocument, TextError, UpdateFacts, merge_updates, scan_update};

/// Scans the bytes; what the scan lets through is offered to an empty document.
pub fn run(bytes: &[u8]) {
    others(bytes);
    let alone = scan_update(bytes);
    for policy in [Policy::UPDATE, Policy::UPDATE.newer(), Policy::UPDATE.any(), Policy::STATE] {
        let Ok(facts) = scan_bytes(bytes, &policy) else {
            assert!(
                policy != Policy::UPDATE || alone.is_err(),
                "the gate is no looser than the walk"
            );
            continue;
        };
        check(&facts, &policy, bytes.len());
        let mut document = TextDocument::new(9);
        match document.apply_with(bytes, &policy) {
            Ok(()) => {
                assert!(document.is_whole(), "nothing is held back");
                let clocks = facts.clients.iter().map(|(client, range)| (*client, range.until));
                assert_eq!(document.state_vector(), clocks.collect(), "yrs took what was scanned");
            }
            Err(refused) => {
                let code = refused.code();
                assert!(code != "text_not_integrated", "yrs refused what was checked");
                let may_be_unread = policy.names != Names::Known;
                assert!(may_be_unread || refused != TextError::Unreadable, "yrs cannot read it");
                assert!(document.state_vector().is_empty(), "a refusal changes nothing");
            }
        }
    }
    if alone.is_ok() {
        let merged = merge_updates(&[bytes.to_vec(), bytes.to_vec()]);
        assert!(merged.is_ok_and(|merged| scan_update(&merged).is_ok()), "a merge passes the gate");
    }
}

/// What reads as a state vector or as awareness is written and read as itself.
fn others(bytes: &[u8]) {
    if let Ok(clocks) = scan_state_vector(bytes) {
        let again = scan_state_vector(&encode_state_vector(&clocks));
        assert_eq!(again, Ok(clocks), "a state vector survives its bytes");
    }
    if let Ok(states) = scan_awareness(bytes) {
        let written = encode_awareness(&states);
        let again = scan_awareness(&written).map(|again| encode_awareness(&again));
        assert_eq!(again, Ok(written), "awareness survives its bytes");
    }
}

/// Checks what a scan said against itself.
fn check(facts: &UpdateFacts, policy: &Policy, bytes: usize) {
    assert!(facts.structs.len() <= policy.structs_max.min(bytes));
    assert!(facts.clients.len() <= policy.clients_max);
    assert!(facts.deletes.len() <= bytes);
    for (client, range) in &facts.clients {
        assert!(range.from < range.until && range.until < CLOCK_END, "{client}");
    }
    let mut next = None;
    for found in &facts.structs {
        let client = found.id.client;
        let starts = facts.clients.get(&client).map(|range| range.from);
        let expected = next.filter(|(of, _)| *of == client).map(|(_, clock)| clock).or(starts);
        assert_eq!(Some(found.id.clock), expected, "structs follow each other");
        assert!(found.len > 0);
        next = Some((client, found.end()));
    }
}
