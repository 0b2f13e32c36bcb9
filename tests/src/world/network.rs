//! A network that loses, doubles and reorders, and can be cut.

use std::collections::{BTreeSet, VecDeque};

use talkoot_core::sync::message::{ClientMessage, ServerMessage};

use super::Chance;

/// A message on its way; `place` is the device at its one end.
#[derive(Clone, Debug)]
pub(super) enum Frame {
    Up { place: usize, message: ClientMessage },
    Down { place: usize, message: ServerMessage },
}

impl Frame {
    fn place(&self) -> usize {
        match self {
            Self::Up { place, .. } | Self::Down { place, .. } => *place,
        }
    }
}

/// What is on its way, and what went wrong so far.
#[derive(Debug, Default)]
pub(super) struct Network {
    frames: VecDeque<Frame>,
    connected: BTreeSet<usize>,
    pub(super) lost: usize,
    pub(super) doubled: usize,
    pub(super) reordered: usize,
}

impl Network {
    pub(super) fn connect(&mut self, place: usize) {
        self.connected.insert(place);
    }

    /// Ends a connection; what was on its way is gone, as on a closed socket.
    pub(super) fn cut(&mut self, place: usize) {
        self.connected.remove(&place);
        self.frames.retain(|frame| frame.place() != place);
    }

    pub(super) fn up(&mut self, place: usize, message: ClientMessage) {
        if self.connected.contains(&place) {
            self.frames.push_back(Frame::Up { place, message });
        }
    }

    pub(super) fn down(&mut self, place: usize, message: ServerMessage) {
        if self.connected.contains(&place) {
            self.frames.push_back(Frame::Down { place, message });
        }
    }

    /// Takes the next frame in order.
    pub(super) fn oldest(&mut self) -> Option<Frame> {
        self.frames.pop_front()
    }

    /// Takes a frame with faults: in 20 cases 1 lost, 2 doubled, 4 out of order.
    pub(super) fn pick(&mut self, chance: &mut Chance) -> Option<Frame> {
        if self.frames.is_empty() {
            return None;
        }
        match chance.below(20) {
            0 => {
                self.lost += 1;
                self.frames.pop_front();
                None
            }
            1 | 2 => {
                self.doubled += 1;
                let frame = self.frames.pop_front()?;
                self.frames.push_back(frame.clone());
                Some(frame)
            }
            3..=6 => {
                let at = chance.index(self.frames.len());
                self.reordered += usize::from(at > 0);
                self.frames.remove(at)
            }
            _ => self.frames.pop_front(),
        }
    }
}
