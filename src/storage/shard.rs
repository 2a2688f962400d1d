//! A sweep in parts, for several machines.

use serde::{Deserialize, Serialize};

/// A part of a sweep: number (from 1) and of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Shard {
    /// Its number, from 1 on.
    pub number: u64,
    pub of: u64,
}

impl Shard {
    /// Most parts of a sweep.
    const LIMIT: u64 = 1_000_000;

    /// True if a chunk belongs to this shard.
    #[must_use]
    pub const fn holds(&self, chunk: u64) -> bool {
        chunk % self.of == self.number - 1
    }

    /// The chunks of a shard, of so many in all; all of them without one.
    pub(crate) fn own_chunks(shard: Option<Self>, all: u64) -> impl Iterator<Item = u64> {
        (0..all).filter(move |chunk| shard.is_none_or(|shard| shard.holds(*chunk)))
    }

    /// The number of its chunks, of so many in all.
    pub(super) const fn share_of(&self, chunks: u64) -> u64 {
        (chunks + self.of - self.number) / self.of
    }
}

impl TryFrom<String> for Shard {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let parts = text.split_once('/').and_then(|(number, of)| {
            Some((number.trim().parse::<u64>().ok()?, of.trim().parse::<u64>().ok()?))
        });
        match parts {
            None => Err("write K/N, such as 3/8".to_owned()),
            Some((_, 0)) => Err("there are no parts of 0: write K/N, such as 3/8".to_owned()),
            Some((_, of)) if of > Self::LIMIT => {
                Err(format!("at most {} parts are possible", Self::LIMIT))
            }
            Some((number, of)) if (1..=of).contains(&number) => Ok(Self { number, of }),
            Some((number, of)) => Err(format!(
                "there is no part {number} of {of}: parts are numbered from 1/{of} to {of}/{of}"
            )),
        }
    }
}

impl From<Shard> for String {
    fn from(Shard { number, of }: Shard) -> Self {
        format!("{number}/{of}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_of_shards_are_the_chunks_that_they_hold() {
        for of in 1..=5 {
            for (number, chunks) in (1..=of).flat_map(|number| (0..12).map(move |c| (number, c))) {
                let shard = Shard { number, of };
                let held = (0..chunks).filter(|chunk| shard.holds(*chunk)).count() as u64;
                assert_eq!(shard.share_of(chunks), held, "{shard:?} of {chunks}");
            }
        }
    }

    #[test]
    fn parts_that_cannot_be_are_refused() {
        assert_eq!(Shard::try_from("3/8".to_owned()), Ok(Shard { number: 3, of: 8 }));
        for wrong in ["1/0", "0/0", "0/3", "4/3", "1/1000001", "1/18446744073709551616", "3", ""] {
            assert!(Shard::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }
}
