//! Chance from a seed, and twists of inputs: what libFuzzer does, without its guidance.

/// A small generator (SplitMix64): the same seed gives the same run anywhere.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Rolls 64 bits.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Rolls a number below `end`; 0 where `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        let rolled = self.roll().checked_rem(end as u64).unwrap_or(0);
        usize::try_from(rolled).unwrap_or(0)
    }

    /// Rolls a byte.
    pub fn byte(&mut self) -> u8 {
        self.roll().to_le_bytes()[0]
    }

    /// Picks one of several.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }
}

/// Twists an input in one to four places; parts of `other` may come in.
pub fn twist(input: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut twisted = input.to_vec();
    for _ in 0..=chance.below(4) {
        let at = chance.below(twisted.len());
        match chance.below(8) {
            0 | 1 => {
                let bit = 1 << (chance.byte() % 8);
                change(&mut twisted, at, |byte| byte ^ bit);
            }
            2 => {
                let rolled = chance.byte();
                change(&mut twisted, at, |_| rolled);
            }
            3 => {
                let edge = chance.pick(&EDGES).copied().unwrap_or(0);
                change(&mut twisted, at, |_| edge);
            }
            4 => {
                let end = at.saturating_add(chance.below(8)).min(twisted.len());
                twisted.drain(at..end);
            }
            5 => {
                let from = chance.below(other.len());
                let until = from.saturating_add(chance.below(32)).min(other.len());
                let part: Vec<u8> = other.get(from..until).unwrap_or_default().to_vec();
                twisted.splice(at..at, part);
            }
            6 => twisted.truncate(at.max(1)),
            _ => {
                let end = at.saturating_add(chance.below(16)).min(twisted.len());
                let part: Vec<u8> = twisted.get(at..end).unwrap_or_default().to_vec();
                twisted.splice(at..at, part);
            }
        }
    }
    twisted
}

/// Bytes at which numbers of lib0 and CBOR turn.
const EDGES: [u8; 8] = [0, 1, 0x17, 0x1b, 0x7f, 0x80, 0x9f, 0xff];

fn change(bytes: &mut [u8], at: usize, to: impl Fn(u8) -> u8) {
    if let Some(byte) = bytes.get_mut(at) {
        *byte = to(*byte);
    }
}
