//! A network that loses, doubles, delays and reorders, and can be cut or swallow everything.
//!
//! Each connection has a number. What opens a line comes first on it and once; the conversation
//! itself gets everything that can go wrong, more than a real socket does.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use talkoot_core::sync::message::{ClientMessage, ServerMessage};

use super::Chance;
use super::fault::Fault;
use super::server::Asks;

/// Steps that a delayed frame waits at most.
const DELAY_STEPS: u64 = 120;

/// What travels.
#[derive(Clone, Debug)]
pub(crate) enum Load {
    Open(Asks),
    Up(ClientMessage),
    HangUp,
    Accepted,
    Down(ServerMessage),
    Closed(Option<u16>),
}

impl Load {
    /// Says whether it begins a reading from the beginning. Such a page may be lost, but keeps its
    /// place among the answers: what is stored after it was read is not in it (rule N11).
    fn keeps_its_place(&self) -> bool {
        matches!(self, Self::Down(ServerMessage::Entries(page)) if page.from_start)
    }

    /// Says whether it never overtakes a page: what a device hears after "stored" was read after
    /// the storing.
    fn follows_pages(&self) -> bool {
        matches!(self, Self::Down(ServerMessage::Stored(_)))
    }

    fn is_page(&self) -> bool {
        matches!(self, Self::Down(ServerMessage::Entries(_)))
    }

    /// Names what it is, for the story.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Open(_) => "asks to be opened",
            Self::Up(ClientMessage::Hello(_)) => "hello",
            Self::Up(ClientMessage::Push(_)) => "push",
            Self::Up(ClientMessage::Pull(_)) => "pull",
            Self::Up(ClientMessage::Presence(_)) => "presence",
            Self::Up(ClientMessage::Return(_)) => "return",
            Self::Up(ClientMessage::Compare(_)) => "compare",
            Self::HangUp => "hung up",
            Self::Accepted => "accepted",
            Self::Down(ServerMessage::Welcome(_)) => "welcome",
            Self::Down(ServerMessage::Stored(_)) => "stored",
            Self::Down(ServerMessage::Refused { .. }) => "refused",
            Self::Down(ServerMessage::Entries(_)) => "entries",
            Self::Down(ServerMessage::Present { .. }) => "present",
            Self::Down(ServerMessage::People(_)) => "people",
            Self::Down(ServerMessage::Compared { .. }) => "compared",
            Self::Closed(_) => "closed",
        }
    }

    /// Says whether it is part of the conversation, rather than of the line.
    fn is_said(&self) -> bool {
        match self {
            Self::Up(ClientMessage::Hello(_)) => false,
            Self::Up(_) | Self::Down(_) => true,
            Self::Open(_) | Self::HangUp | Self::Accepted | Self::Closed(_) => false,
        }
    }
}

/// Something on its way.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(crate) line: u64,
    pub(crate) load: Load,
    /// Not delivered before this step.
    not_before: u64,
}

/// What is on its way.
#[derive(Default)]
pub(crate) struct Network {
    frames: VecDeque<Frame>,
    /// The device at the end of each line that stands.
    lines: BTreeMap<u64, usize>,
    swallowed: BTreeSet<usize>,
    next_line: u64,
    step: u64,
}

impl Network {
    /// Opens a line for a device in place of the one that it had.
    pub(crate) fn open(&mut self, place: usize, asks: Asks) {
        self.close(place);
        self.next_line += 1;
        self.lines.insert(self.next_line, place);
        self.send(self.next_line, Load::Open(asks));
    }

    /// Ends a device's line from its side; the other side learns of it, or does not.
    pub(crate) fn close(&mut self, place: usize) {
        if let Some(line) = self.line_of(place) {
            self.lines.remove(&line);
            self.send(line, Load::HangUp);
            let is_up = |frame: &Frame| matches!(frame.load, Load::Up(_) | Load::HangUp);
            self.frames.retain(|frame| frame.line != line || is_up(frame));
        }
    }

    /// Cuts a line without a word to the server; gives whether there was one.
    pub(crate) fn cut(&mut self, place: usize) -> bool {
        let Some(line) = self.line_of(place) else { return false };
        self.lines.remove(&line);
        self.frames.retain(|frame| frame.line != line);
        true
    }

    /// Cuts all; gives the devices that had a line.
    pub(crate) fn cut_all(&mut self) -> Vec<usize> {
        self.frames.clear();
        std::mem::take(&mut self.lines).into_values().collect()
    }

    /// From now on everything to and from a device is swallowed, or no longer.
    pub(crate) fn swallow(&mut self, place: usize, swallows: bool) {
        if swallows {
            self.swallowed.insert(place);
        } else {
            self.swallowed.remove(&place);
        }
    }

    pub(crate) fn line_of(&self, place: usize) -> Option<u64> {
        self.lines.iter().find(|(_, at)| **at == place).map(|(line, _)| *line)
    }

    pub(crate) fn device_at(&self, line: u64) -> Option<usize> {
        self.lines.get(&line).copied()
    }

    pub(crate) fn send(&mut self, line: u64, load: Load) {
        let swallowed = self.device_at(line).is_some_and(|place| self.swallowed.contains(&place));
        if !swallowed {
            self.frames.push_back(Frame { line, load, not_before: 0 });
        }
    }

    /// Takes the next frame in order.
    pub(crate) fn oldest(&mut self) -> Option<Frame> {
        self.frames.pop_front()
    }

    /// Lists the places of what may be delivered now.
    fn deliverable(&self) -> Vec<usize> {
        let mut after_pages = BTreeSet::new();
        let mut may = |frame: &Frame| {
            if frame.load.is_page() {
                after_pages.insert(frame.line);
            }
            let waits = frame.load.follows_pages() && after_pages.contains(&frame.line);
            frame.not_before <= self.step && !waits
        };
        let frames = self.frames.iter().enumerate();
        frames.filter_map(|(place, frame)| may(frame).then_some(place)).collect()
    }

    /// Takes a frame, or has something go wrong with it.
    pub(crate) fn pick(&mut self, chance: &mut Chance) -> (Option<Frame>, Option<Fault>) {
        self.step += 1;
        let places = self.deliverable();
        let Some(first) = places.first().copied() else { return (None, None) };
        if !self.frames.get(first).is_some_and(|frame| frame.load.is_said()) {
            return (self.frames.remove(first), None);
        }
        let kept = self.frames.get(first).is_some_and(|frame| frame.load.keeps_its_place());
        match chance.below(24) {
            1..=5 if kept => (self.frames.remove(first), None),
            0 => {
                self.frames.remove(first);
                (None, Some(Fault::FrameLost))
            }
            1 => {
                let frame = self.frames.get(first).cloned();
                // A page comes again at once, so that "stored" stays behind both.
                if frame.as_ref().is_some_and(|frame| !frame.load.is_page()) {
                    self.frames.extend(frame.clone());
                    self.frames.remove(first);
                }
                (frame, Some(Fault::FrameDoubled))
            }
            2 => {
                let late = self.step + 1 + chance.below(DELAY_STEPS);
                if let Some(frame) = self.frames.get_mut(first) {
                    frame.not_before = late;
                }
                (None, Some(Fault::FrameDelayed))
            }
            3..=5 => {
                let mut in_order = BTreeSet::new();
                let mut free = |place: &usize| {
                    let Some(frame) = self.frames.get(*place) else { return false };
                    if frame.load.keeps_its_place() {
                        in_order.insert(frame.line);
                    }
                    !in_order.contains(&frame.line) && frame.load.is_said()
                };
                let places: Vec<usize> = places.into_iter().filter(|it| free(it)).collect();
                let at = places.get(chance.index(places.len())).copied().unwrap_or(first);
                (self.frames.remove(at), (at != first).then_some(Fault::FrameReordered))
            }
            _ => (self.frames.remove(first), None),
        }
    }
}
