//! Reads steps out of arbitrary bytes: every byte string is some script.

/// A place in a script; past its end everything is zero and [`Script::goes_on`] is false.
#[derive(Clone, Copy, Debug)]
pub struct Script<'a>(&'a [u8]);

impl<'a> Script<'a> {
    /// Starts at the first byte.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Tells whether anything is left.
    pub fn goes_on(&self) -> bool {
        !self.0.is_empty()
    }

    /// Takes one byte.
    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// Takes a number of two bytes.
    pub fn pair(&mut self) -> u16 {
        u16::from_be_bytes([self.byte(), self.byte()])
    }

    /// Takes a place in something of `len` parts, which is not empty.
    pub fn index(&mut self, len: usize) -> usize {
        usize::from(self.byte()).checked_rem(len).unwrap_or(0)
    }

    /// Takes bytes with their length, of two bytes, before them.
    pub fn bytes(&mut self) -> &'a [u8] {
        let len = usize::from(self.pair()).min(self.0.len());
        let (taken, rest) = self.0.split_at(len);
        self.0 = rest;
        taken
    }

    /// Takes a short word with its length before it.
    pub fn word(&mut self) -> String {
        let len = usize::from(self.byte() % 12).min(self.0.len());
        let (taken, rest) = self.0.split_at(len);
        self.0 = rest;
        String::from_utf8_lossy(taken).into_owned()
    }
}
