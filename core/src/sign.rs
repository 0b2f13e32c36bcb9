//! Signatures: who made a change, provable by anybody who holds the maker's key.
//!
//! The signature covers the exact bytes that travel, so nothing depends on
//! writing a change the same way twice. The seed of a key comes from outside:
//! core rolls no dice.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use minicbor::{Decode, Encode};
use sha2::{Digest as _, Sha256};

use crate::change::Change;
use crate::codec::{self, DecodeError};
use crate::id::ReplicaId;

/// The secret half of a replica's identity.
#[derive(Clone)]
pub struct ReplicaKey(SigningKey);

/// The public half of a replica's identity: 32 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct PublicKey(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

/// A change as it is stored and sent: its bytes and the maker's signature over them.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SignedChange {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub body: Vec<u8>,
    #[cbor(n(1), with = "minicbor::bytes")]
    pub signature: [u8; 64],
}

/// Why a signed change does not prove what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    #[error("the key is not a point on the curve")]
    Key,
    #[error("the signature does not fit the bytes")]
    Mismatch,
}

impl ReplicaKey {
    /// Makes a key from 32 bytes of chance.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// Gives the public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// Encodes and signs a change.
    pub fn sign(&self, change: &Change) -> SignedChange {
        let body = codec::encode_change(change);
        let signature = self.0.sign(&body).to_bytes();
        SignedChange { body, signature }
    }

    /// Signs a statement that is no change. It has to begin with words of its own, so that
    /// nothing signed as one thing is ever taken for another.
    pub(crate) fn sign_statement(&self, statement: &[u8]) -> [u8; 64] {
        self.0.sign(statement).to_bytes()
    }
}

impl PublicKey {
    /// Gives the replica that this key stands for.
    pub fn replica(self) -> ReplicaId {
        let mut id = [0; 16];
        for (to, from) in id.iter_mut().zip(Sha256::digest(self.0)) {
            *to = from;
        }
        ReplicaId(id)
    }

    /// Checks that the holder of this key signed exactly these bytes.
    pub fn verify(self, signed: &SignedChange) -> Result<(), SignatureError> {
        self.verify_statement(&signed.body, &signed.signature)
    }

    /// Checks that the holder of this key signed exactly this statement.
    pub(crate) fn verify_statement(
        self,
        statement: &[u8],
        signature: &[u8; 64],
    ) -> Result<(), SignatureError> {
        let key = VerifyingKey::from_bytes(&self.0).map_err(|_| SignatureError::Key)?;
        let signature = Signature::from_bytes(signature);
        key.verify_strict(statement, &signature).map_err(|_| SignatureError::Mismatch)
    }
}

impl SignedChange {
    /// Reads the change inside, without judging its signature.
    pub fn open(&self) -> Result<Change, DecodeError> {
        codec::decode_change(&self.body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn s1_a_changed_byte_breaks_the_signature() {
        let key = ReplicaKey::from_seed(&[7; 32]);
        let mut signed = key.sign(&sample::create(key.public().replica(), 1));
        assert_eq!(key.public().verify(&signed), Ok(()));
        signed.body[5] ^= 1;
        assert_eq!(key.public().verify(&signed), Err(SignatureError::Mismatch));
    }

    #[test]
    fn s2_a_replica_is_named_after_its_key() {
        let one = ReplicaKey::from_seed(&[1; 32]).public();
        let other = ReplicaKey::from_seed(&[2; 32]).public();
        assert_eq!(one.replica(), one.replica());
        assert_ne!(one.replica(), other.replica());
    }
}
