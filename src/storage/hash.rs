//! SHA-256 in hexadecimal digits.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The hash of some bytes: 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Hash(String);

impl Hash {
    pub(crate) fn of(bytes: impl AsRef<[u8]>) -> Self {
        Self::end(Sha256::new_with_prefix(bytes))
    }

    /// Hash of all that was put in.
    pub(crate) fn end(bytes: Sha256) -> Self {
        Self(bytes.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    pub(crate) fn digits(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Hash {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() == 64 && text.bytes().all(digit) {
            Ok(Self(text))
        } else {
            Err(format!("{text:?} is not a hash of 64 hexadecimal digits"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        let published = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Hash::of("abc").digits(), published);
        assert_eq!(Hash::try_from(published.to_owned()), Ok(Hash::of("abc")));
        for wrong in ["", "abc", &published.to_uppercase(), &published[1..]] {
            assert!(Hash::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }
}
