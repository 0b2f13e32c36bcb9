//! Reading lib0's numbers and strings off a slice, never past its end.
//!
//! Refuses what yrs would wrap or allocate for: numbers over 64 bits, and
//! counts larger than the bytes that are left. State vectors and awareness
//! will read through the same type.

use super::ScanError;

/// A place in a slice of foreign bytes.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// Starts at the first byte.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Tells how many bytes were read.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Tells how many bytes are left.
    pub fn remaining(&self) -> usize {
        self.bytes.len().saturating_sub(self.at)
    }

    /// Reads one byte.
    pub fn byte(&mut self) -> Result<u8, ScanError> {
        let byte = self.bytes.get(self.at).ok_or(ScanError::Truncated { at: self.at })?;
        self.at += 1;
        Ok(*byte)
    }

    /// Reads `count` bytes.
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], ScanError> {
        let end = self.at.checked_add(count).ok_or(ScanError::Truncated { at: self.at })?;
        let slice = self.bytes.get(self.at..end).ok_or(ScanError::Truncated { at: self.at })?;
        self.at = end;
        Ok(slice)
    }

    /// Reads an unsigned number of 7 bits a byte, lowest first.
    pub fn number(&mut self) -> Result<u64, ScanError> {
        let start = self.at;
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                break;
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(ScanError::NumberTooLong { at: start })
    }

    /// Reads a signed number: its first byte carries the sign and 6 bits.
    pub fn signed(&mut self) -> Result<i64, ScanError> {
        let start = self.at;
        let first = self.byte()?;
        let mut value = i64::from(first & 0x3f);
        let mut more = first & 0x80 != 0;
        let mut shift = 6;
        while more {
            if shift > 48 {
                return Err(ScanError::NumberTooLong { at: start });
            }
            let byte = self.byte()?;
            value |= i64::from(byte & 0x7f) << shift;
            more = byte & 0x80 != 0;
            shift += 7;
        }
        Ok(if first & 0x40 == 0 { value } else { -value })
    }

    /// Reads a number that must fit 32 bits.
    pub fn number_u32(&mut self) -> Result<u32, ScanError> {
        let start = self.at;
        u32::try_from(self.number()?).map_err(|_| ScanError::NumberTooLong { at: start })
    }

    /// Reads how many things follow; each takes at least one byte.
    pub fn count(&mut self) -> Result<usize, ScanError> {
        let at = self.at;
        let count = self.number()?;
        let remaining = self.remaining();
        match usize::try_from(count) {
            Ok(fits) if fits <= remaining => Ok(fits),
            _ => Err(ScanError::CountTooLarge { at, count, remaining }),
        }
    }

    /// Reads a string with its length before it.
    pub fn text(&mut self) -> Result<&'a str, ScanError> {
        let count = self.count()?;
        let at = self.at;
        std::str::from_utf8(self.take(count)?).map_err(|_| ScanError::NotUtf8 { at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x3_numbers_end_within_their_width_and_within_the_bytes() {
        assert_eq!(Reader::new(&[0x80, 0x01]).number(), Ok(128));
        let largest = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
        assert_eq!(Reader::new(&largest).number(), Ok(u64::MAX));
        let over = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02];
        assert_eq!(Reader::new(&over).number(), Err(ScanError::NumberTooLong { at: 0 }));
        assert_eq!(Reader::new(&[0xff; 12]).number(), Err(ScanError::NumberTooLong { at: 0 }));
        assert_eq!(Reader::new(&[0x80]).number(), Err(ScanError::Truncated { at: 1 }));
        assert_eq!(Reader::new(&[0x42]).signed(), Ok(-2));
        assert_eq!(Reader::new(&[0x80, 0x01]).signed(), Ok(64));
        assert_eq!(Reader::new(&[0xff; 12]).signed(), Err(ScanError::NumberTooLong { at: 0 }));
    }

    #[test]
    fn x3_a_count_never_exceeds_the_bytes_that_are_left() {
        assert_eq!(Reader::new(&[2, 0, 0]).count(), Ok(2));
        let refused = Err(ScanError::CountTooLarge { at: 0, count: 3, remaining: 2 });
        assert_eq!(Reader::new(&[3, 0, 0]).count(), refused);
        assert_eq!(Reader::new(&[1, 0xff]).text(), Err(ScanError::NotUtf8 { at: 1 }));
        assert_eq!(Reader::new(&[1, b'a']).text(), Ok("a"));
    }
}
