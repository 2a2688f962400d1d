//! Advice about names that no read-out has.

use crate::error::problem::Misread;
use crate::error::suggest::{did_you_mean, is_same_name};
use crate::physiology::quantities::{QUANTITIES, Quantity, quantity};
use std::ops::Range;

include!(concat!(env!("OUT_DIR"), "/quantity_names.rs"));

/// A row of `quantity_names.csv`: what people call something, and the short names of the read-outs
/// that may be meant.
struct QuantityNames {
    called: &'static [&'static str],
    names: &'static [&'static str],
}

/// The quantity of this name, or the error that leads to those that may be meant.
pub(crate) fn known_quantity(
    name: &str,
    place: Range<usize>,
) -> Result<&'static Quantity, Misread> {
    quantity(name).ok_or_else(|| {
        Misread::new(format!("unknown quantity \"{name}\""), place).help(advice(name))
    })
}

/// `did you mean "cac"? `calcifate list quantities` shows all.`
pub(crate) fn advice(name: &str) -> String {
    let is_called = |row: &&QuantityNames| row.called.iter().any(|one| is_same_name(one, name));
    let meant = match QUANTITY_NAMES.iter().find(is_called) {
        Some(row) => {
            let names: Vec<String> = row.names.iter().map(|name| format!("\"{name}\"")).collect();
            format!("did you mean {}? ", names.join(" or "))
        }
        None => {
            let spellings =
                QUANTITIES.iter().flat_map(|q| q.aliases.iter().copied().chain([q.name]));
            did_you_mean(name, spellings)
        }
    };
    format!("{meant}`calcifate list quantities` shows all.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_names_lead_to_read_outs() {
        for QuantityNames { called, names } in QUANTITY_NAMES {
            assert!(names.iter().all(|name| quantity(name).is_some()), "{names:?}");
            assert!(called.iter().all(|name| quantity(name).is_none()), "{called:?}");
        }
        let bone = advice("bone");
        assert!(bone.starts_with("did you mean \"lumbar_spine_bmd\" or \"femoral_neck_bmd\""));
        assert!(advice("Calcium Score").starts_with("did you mean \"cac\"? "));
        assert!(advice("cax").starts_with("did you mean \"cac\"? "));
        assert_eq!(advice("zebra"), "`calcifate list quantities` shows all.");
    }
}
