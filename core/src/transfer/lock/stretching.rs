//! Making a key of a passphrase, which takes work on purpose (scrypt, RFC 7914), in pieces.
//!
//! A browser has one thread for this and for the person who watches it, so the work is cut into
//! rounds: the edge does some, lets the page live, and goes on. The scrypt crate does all in one
//! call; it is what the tests here compare with.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::LockError;

/// Bytes of a sum of HMAC-SHA-256.
const SUM_BYTES: usize = 32;

type Chunk = [u32; 16];
/// Sixteen chunks: what one round mixes, and what the table holds for each unit of the cost.
type Block = [Chunk; 16];

/// A key that is being made.
pub struct Stretching {
    passphrase: Vec<u8>,
    block: Block,
    /// What the first half of the rounds leaves behind for the second half.
    table: Vec<Block>,
    cost: usize,
    round: usize,
}

impl Stretching {
    /// Begins with a passphrase and a salt; a device without the memory for it says so.
    pub(super) fn begin(passphrase: &str, salt: &[u8], work_log2: u8) -> Result<Self, LockError> {
        let refuse = LockError::TooMuchWork { work_log2 };
        let cost = 1_usize.checked_shl(work_log2.into()).ok_or(refuse)?;
        let mut table = Vec::new();
        table.try_reserve_exact(cost).map_err(|_| refuse)?;
        let passphrase = passphrase.as_bytes().to_vec();
        let mut block = Block::default();
        derive(&passphrase, salt, &mut as_words(&mut block))?;
        Ok(Self { passphrase, block, table, cost, round: 0 })
    }

    pub(super) fn work_log2(&self) -> u8 {
        u8::try_from(self.cost.ilog2()).unwrap_or_default()
    }

    /// Does some rounds of the work; says whether all is done.
    pub fn work(&mut self, rounds: usize) -> bool {
        let end = self.cost.saturating_mul(2);
        for _ in 0..rounds.min(end.saturating_sub(self.round)) {
            if self.round < self.cost {
                self.table.push(self.block);
            } else {
                // The cost is a power of two: the rest is read off the low bits.
                let [.., [chosen, ..]] = self.block;
                let mask = self.cost.saturating_sub(1);
                let place = usize::try_from(chosen).unwrap_or_default() & mask;
                if let Some(row) = self.table.get(place) {
                    let words = as_words(&mut self.block);
                    words.zip(row.as_flattened()).for_each(|(word, other)| *word ^= other);
                }
            }
            self.block = mix(&self.block);
            self.round = self.round.saturating_add(1);
        }
        self.round >= end
    }

    /// Gives the key, after the rest of the work.
    pub(super) fn key(mut self) -> Result<[u8; SUM_BYTES], LockError> {
        self.work(usize::MAX);
        let salt: Vec<u8> = as_words(&mut self.block).flat_map(|word| word.to_le_bytes()).collect();
        let mut key = [0_u32; SUM_BYTES / 4];
        derive(&self.passphrase, &salt, &mut key.iter_mut())?;
        let mut bytes = [0; SUM_BYTES];
        for (to, from) in bytes.iter_mut().zip(key.iter().flat_map(|word| word.to_le_bytes())) {
            *to = from;
        }
        Ok(bytes)
    }
}

fn as_words(block: &mut Block) -> std::slice::IterMut<'_, u32> {
    block.as_flattened_mut().iter_mut()
}

/// Fills words with PBKDF2 over HMAC-SHA-256, one iteration.
fn derive<'a>(
    passphrase: &[u8],
    salt: &[u8],
    words: &mut impl Iterator<Item = &'a mut u32>,
) -> Result<(), LockError> {
    let keyed = Hmac::<Sha256>::new_from_slice(passphrase).map_err(|_| LockError::Damaged)?;
    for number in 1_u32.. {
        let mut sum = keyed.clone();
        sum.update(salt);
        sum.update(&number.to_be_bytes());
        let sum = sum.finalize().into_bytes();
        let (parts, _) = sum.as_chunks::<4>();
        for part in parts {
            let Some(word) = words.next() else { return Ok(()) };
            *word = u32::from_le_bytes(*part);
        }
    }
    Ok(())
}

/// Mixes a block: each chunk with the one before it, the even ones first in the outcome.
fn mix(block: &Block) -> Block {
    let mut mixed = Block::default();
    let (even, odd) = mixed.split_at_mut(8);
    let [.., mut last] = *block;
    let (pairs, _) = block.as_chunks::<2>();
    for ([first, second], (even, odd)) in pairs.iter().zip(even.iter_mut().zip(odd)) {
        last = salsa(&last, first);
        *even = last;
        last = salsa(&last, second);
        *odd = last;
    }
    mixed
}

/// Scrambles the difference of two chunks: Salsa20 with eight rounds.
fn salsa(one: &Chunk, other: &Chunk) -> Chunk {
    let mut input = *one;
    input.iter_mut().zip(other).for_each(|(word, other)| *word ^= other);
    let mut now = input;
    for _ in 0..4 {
        let [w0, w1, w2, w3, w4, w5, w6, w7, w8, w9, w10, w11, w12, w13, w14, w15] = now;
        let [w0, w4, w8, w12] = quarter([w0, w4, w8, w12]);
        let [w5, w9, w13, w1] = quarter([w5, w9, w13, w1]);
        let [w10, w14, w2, w6] = quarter([w10, w14, w2, w6]);
        let [w15, w3, w7, w11] = quarter([w15, w3, w7, w11]);
        let [w0, w1, w2, w3] = quarter([w0, w1, w2, w3]);
        let [w5, w6, w7, w4] = quarter([w5, w6, w7, w4]);
        let [w10, w11, w8, w9] = quarter([w10, w11, w8, w9]);
        let [w15, w12, w13, w14] = quarter([w15, w12, w13, w14]);
        now = [w0, w1, w2, w3, w4, w5, w6, w7, w8, w9, w10, w11, w12, w13, w14, w15];
    }
    now.iter_mut().zip(input).for_each(|(word, input)| *word = word.wrapping_add(input));
    now
}

#[inline]
fn quarter([mut a, mut b, mut c, mut d]: [u32; 4]) -> [u32; 4] {
    b ^= a.wrapping_add(d).rotate_left(7);
    c ^= b.wrapping_add(a).rotate_left(9);
    d ^= c.wrapping_add(b).rotate_left(13);
    a ^= d.wrapping_add(c).rotate_left(18);
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn in_pieces(passphrase: &str, salt: &[u8], work_log2: u8, rounds: usize) -> [u8; 32] {
        let mut stretching = Stretching::begin(passphrase, salt, work_log2).unwrap();
        while !stretching.work(rounds) {}
        stretching.key().unwrap()
    }

    fn at_once(passphrase: &str, salt: &[u8], work_log2: u8) -> [u8; 32] {
        let params = scrypt::Params::new(work_log2, 8, 1).unwrap();
        let mut key = [0; 32];
        scrypt::scrypt(passphrase.as_bytes(), salt, &params, &mut key).unwrap();
        key
    }

    #[test]
    fn j19_a_key_that_is_made_in_pieces_is_the_one_of_rfc_7914() {
        // The third vector of the RFC, of which half is enough here.
        let key = in_pieces("pleaseletmein", b"SodiumChloride", 14, 1_000);
        let known: [u8; 32] = [
            0x70, 0x23, 0xbd, 0xcb, 0x3a, 0xfd, 0x73, 0x48, 0x46, 0x1c, 0x06, 0xcd, 0x81, 0xfd,
            0x38, 0xeb, 0xfd, 0xa8, 0xfb, 0xba, 0x90, 0x4f, 0x8e, 0x3e, 0xa9, 0xb5, 0x43, 0xf6,
            0x54, 0x5d, 0xa1, 0xf2,
        ];
        assert_eq!(key, known);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn j19_however_the_work_is_cut_the_key_is_that_of_the_scrypt_crate(
            passphrase in ".{0,80}",
            salt in prop::collection::vec(any::<u8>(), 0..80),
            work_log2 in 1..8_u8,
            rounds in 1..200_usize,
        ) {
            let key = in_pieces(&passphrase, &salt, work_log2, rounds);
            prop_assert_eq!(key, at_once(&passphrase, &salt, work_log2));
        }
    }
}
