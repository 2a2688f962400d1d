//! Readers of single values of a manifest, which anybody may have written.

use serde::de::Error as _;
use serde::{Deserialize as _, Deserializer};

use crate::printed::has_acting_characters;
use crate::simulation::RELATIVE_TOLERANCES;
use crate::storage::place::fault_of_name;

pub(crate) fn folder_name<'de, D: Deserializer<'de>>(value: D) -> Result<String, D::Error> {
    let name = String::deserialize(value)?;
    match fault_of_name(&name) {
        None => Ok(name),
        Some(why) => Err(D::Error::custom(format!("{name:?} names no folder: {why}"))),
    }
}

/// Reads a text of one line.
pub(crate) fn line<'de, D: Deserializer<'de>>(value: D) -> Result<String, D::Error> {
    let text = String::deserialize(value)?;
    if !has_acting_characters(&text) {
        return Ok(text);
    }
    Err(D::Error::custom("a text of one line is expected"))
}

/// Reads a whole number from `LOW` to `HIGH`.
pub(crate) fn count<'de, D: Deserializer<'de>, const LOW: u64, const HIGH: u64>(
    value: D,
) -> Result<u64, D::Error> {
    let count = u64::deserialize(value)?;
    if (LOW..=HIGH).contains(&count) {
        return Ok(count);
    }
    Err(D::Error::custom(format!("{count} is not a whole number from {LOW} to {HIGH}")))
}

pub(crate) fn tolerance<'de, D: Deserializer<'de>>(value: D) -> Result<f64, D::Error> {
    let tolerance = f64::deserialize(value)?;
    if RELATIVE_TOLERANCES.contains(&tolerance) {
        return Ok(tolerance);
    }
    Err(D::Error::custom(format!("{tolerance:e} is not a tolerance from 1e-12 to 1e-2")))
}
