//! Any bytes as a script: honest edits, twisted and made-up updates, reloads.
//!
//! Three honest documents write, hear each other and are sent whatever the
//! script makes up. Each has a double that takes the same updates and is
//! written down and read again in between. Kept: nothing breaks, nothing is
//! held back, a refusal changes nothing, a double judges as its document does,
//! and documents that took no lie agree, whatever the order and reloads.
//! Not promised: where the words of a liar stand, whose neighbours never stood
//! as he says. Yjs cannot tell; [`OpenRecord::checked_snapshot`] and the digest do.
//!
//! [`OpenRecord::checked_snapshot`]: talkoot_core::open_record::OpenRecord::checked_snapshot

use talkoot_core::text::edit::Edit;
use talkoot_core::text::html::html;
use talkoot_core::text::prescan::{Policy, scan_bytes};
use talkoot_core::text::{
    RelayedText, TextDocument, TextError, markdown, merge_updates, scan_update, seed_update,
};

use super::markdown::check_html;
use super::script::Script;
use super::wire;

const FIELD: &str = "body";
/// Most steps of one script; a few hundred reach everything and stay fast.
const STEPS_MAX: usize = 96;

/// A document and its double.
struct Pair {
    document: TextDocument,
    double: TextDocument,
}

/// An update and whether an honest writer made it.
struct Sent {
    bytes: Vec<u8>,
    honest: bool,
}

/// The three writers and all that was ever sent.
struct Stage {
    pairs: Vec<Pair>,
    sent: Vec<Sent>,
    lied_to: bool,
    /// What a server keeps that only passes the bytes on.
    relay: RelayedText,
}

/// Plays a script.
pub fn run(bytes: &[u8]) {
    let mut script = Script::new(bytes);
    let mut stage = Stage::new();
    for _ in 0..STEPS_MAX {
        if !script.goes_on() {
            break;
        }
        stage.step(&mut script);
    }
    stage.finish();
}

impl Stage {
    fn new() -> Self {
        let source = "# Alku\n\nSovittiin **avaimesta**.\n\n- [ ] yksi\n- kaksi\n\n| a | b |\n| - | - |\n| c | d |\n";
        let seed = seed_update(1, FIELD, &markdown::read(source));
        let pair = |client: u64| Pair {
            document: TextDocument::new(client),
            double: TextDocument::new(client + 10),
        };
        let pairs = (10..13).map(pair).collect();
        let relay = RelayedText::new(Policy::UPDATE);
        let mut stage = Self { pairs, sent: Vec::new(), lied_to: false, relay };
        stage.sent.push(Sent { bytes: seed, honest: true });
        (0..3).for_each(|at| stage.offer(at, 0));
        stage
    }

    fn step(&mut self, script: &mut Script<'_>) {
        let at = script.index(self.pairs.len());
        let which = script.index(self.sent.len());
        match script.byte() % 10 {
            0..=2 => self.edit(at, script),
            3 | 4 => self.offer(at, which),
            5 => self.twist(which, script),
            6 => {
                let bytes = script.bytes().to_vec();
                self.lie(at, bytes);
            }
            7 => self.make_up(at, script),
            8 => self.reload(at),
            _ => self.merge(at, which, script),
        }
    }

    fn edit(&mut self, at: usize, script: &mut Script<'_>) {
        let (line, offset) = (usize::from(script.byte() % 16), u32::from(script.byte() % 32));
        let edit = match script.byte() % 4 {
            0 => Edit::AppendParagraph { text: script.word() },
            1 => Edit::Insert { line, offset, text: script.word() },
            2 => Edit::Delete { line, offset, units: u32::from(script.byte() % 8) },
            _ => Edit::DeleteBlock { block: u32::from(script.byte() % 8) },
        };
        let Some(pair) = self.pairs.get_mut(at) else { return };
        let Some(bytes) = pair.document.edit(FIELD, &edit) else { return };
        assert!(scan_update(&bytes).is_ok(), "an honest edit passes the gate");
        let heard = pair.double.apply(&bytes);
        assert_eq!(heard, Ok(()), "the double hears its document");
        self.sent.push(Sent { bytes, honest: true });
    }

    /// Offers a sent update to a document; an honest one fits or comes too early.
    fn offer(&mut self, at: usize, which: usize) {
        let (Some(pair), Some(sent)) = (self.pairs.get_mut(at), self.sent.get(which)) else {
            return;
        };
        let before = pair.document.state();
        let answer = pair.take(&sent.bytes);
        let changed = pair.document.state() != before;
        assert!(!changed || answer.is_ok(), "a refusal changes nothing");
        let is_gap = matches!(answer, Err(TextError::Gap { .. }));
        let fits = answer.is_ok() || is_gap;
        assert!(fits || !sent.honest || self.lied_to, "an honest update is refused: {answer:?}");
        self.lied_to |= !sent.honest && changed;
        if let Ok(facts) = scan_bytes(&sent.bytes, &Policy::UPDATE)
            && self.relay.admit(&facts).is_ok()
        {
            self.lied_to |= !sent.honest && answer.is_err();
            self.relay.keep(sent.bytes.clone(), &facts);
        }
    }

    fn lie(&mut self, at: usize, bytes: Vec<u8>) {
        self.sent.push(Sent { bytes, honest: false });
        self.offer(at, self.sent.len().saturating_sub(1));
    }

    fn twist(&mut self, which: usize, script: &mut Script<'_>) {
        let Some(sent) = self.sent.get(which) else { return };
        let mut bytes = sent.bytes.clone();
        for _ in 0..=script.byte() % 3 {
            let place = usize::from(script.pair()).checked_rem(bytes.len()).unwrap_or(0);
            let value = script.byte();
            if let Some(byte) = bytes.get_mut(place) {
                *byte = value;
            }
        }
        self.lie(script.index(3), bytes);
    }

    fn make_up(&mut self, at: usize, script: &mut Script<'_>) {
        let Some(pair) = self.pairs.get(at) else { return };
        let known = pair.document.state_vector();
        let client = 5 + u64::from(script.byte() % 2);
        let clock = known.get(&client).copied().map_or(0, u64::from);
        let some = |(client, end): (&u64, &u32)| {
            let (client, end) = (*client, u64::from(*end));
            let step = usize::try_from(end / 12 + 1).unwrap_or(1);
            (0..end).step_by(step).map(move |clock| (client, clock)).collect::<Vec<_>>()
        };
        let ids: Vec<wire::Id> = known.iter().flat_map(some).collect();
        let bytes = wire::made_up(script, client, clock, &ids);
        self.lie(at, bytes);
    }

    fn reload(&mut self, at: usize) {
        let Some(pair) = self.pairs.get_mut(at) else { return };
        let again = TextDocument::from_state(20 + at as u64, &pair.double.state());
        assert!(again.is_ok(), "a state loads: {:?}", again.err());
        if let Ok(again) = again {
            pair.double = again;
        }
        pair.agree(self.lied_to);
    }

    fn merge(&mut self, at: usize, which: usize, script: &mut Script<'_>) {
        let other = script.index(self.sent.len());
        let two = [which, other].into_iter().filter_map(|at| self.sent.get(at));
        let (bytes, honest): (Vec<_>, Vec<_>) =
            two.map(|sent| (sent.bytes.clone(), sent.honest)).unzip();
        let Ok(merged) = merge_updates(&bytes) else { return };
        // Two updates with a hole between them are no update; the gate says so.
        if honest.iter().all(|honest| *honest) {
            self.sent.push(Sent { bytes: merged, honest: false });
            let last = self.sent.len().saturating_sub(1);
            let lied_to = self.lied_to;
            self.offer(at, last);
            self.lied_to = lied_to;
        } else {
            self.lie(at, merged);
        }
    }

    /// Lets everybody hear every honest update, as often as it takes.
    fn finish(mut self) {
        for at in 0..self.pairs.len() {
            self.reload(at);
            let Some(pair) = self.pairs.get_mut(at) else { return };
            if self.lied_to {
                continue;
            }
            let honest = self.sent.iter().filter(|sent| sent.honest);
            let mut waiting: Vec<&Sent> = honest.collect();
            while !waiting.is_empty() {
                let before = waiting.len();
                waiting.retain(|sent| pair.document.apply(&sent.bytes).is_err());
                assert!(waiting.len() < before, "what is honest fits in the end");
            }
        }
        let shown = |pair: &Pair| pair.document.canonical(&[FIELD]);
        let mut all = self.pairs.iter().map(shown);
        let first = all.next();
        assert!(self.lied_to || all.all(|other| Some(other) == first), "all agree");
        self.pass_on();
        for pair in &self.pairs {
            check_html(&html(&pair.document.blocks(FIELD)));
        }
    }
}

impl Stage {
    /// What the relay kept is a document, before and after it was folded into fewer bytes.
    fn pass_on(&mut self) {
        let clocks = self.relay.clocks().clone();
        for _ in 0..2 {
            let state = self.relay.state().map(<[u8]>::to_vec);
            let opened = state.and_then(|state| TextDocument::from_state(30, &state));
            let whole =
                opened.as_ref().is_ok_and(|it| it.is_whole() && it.state_vector() == clocks);
            // Bytes of a liar that were relayed one by one may not fit as one update.
            assert!(whole || self.lied_to, "what is relayed is a document: {:?}", opened.err());
            let compacted = self.relay.compact();
            assert!(compacted.is_ok() || self.lied_to, "it folds into fewer bytes: {compacted:?}");
        }
        for pair in &mut self.pairs {
            let missing = self.relay.missing(&pair.document.state_vector());
            let heard = missing.and_then(|missing| pair.document.apply(&missing));
            assert!(heard.is_ok() || self.lied_to, "what is missing fits: {heard:?}");
        }
    }
}

impl Pair {
    /// Offers an update to both, who judge it alike.
    fn take(&mut self, bytes: &[u8]) -> Result<(), TextError> {
        let answer = self.document.apply(bytes);
        let double = self.double.apply(bytes);
        assert_eq!(answer.is_ok(), double.is_ok(), "a double judges alike: {answer:?} {double:?}");
        assert!(answer != Err(TextError::NotIntegrated) && answer != Err(TextError::Unreadable));
        assert!(self.document.is_whole() && self.double.is_whole(), "nothing is held back");
        assert_eq!(self.document.state_vector(), self.double.state_vector());
        answer
    }

    /// Checks that both know the same, and show the same unless somebody lied to them.
    fn agree(&self, lied_to: bool) {
        assert_eq!(self.document.state_vector(), self.double.state_vector());
        let same = || self.document.canonical(&[FIELD]) == self.double.canonical(&[FIELD]);
        assert!(lied_to || same(), "a double is its document");
    }
}
