//! Advice about names that no read-out has.

use crate::error::problem::Misread;
use crate::error::suggest::{did_you_mean, is_same_name};
use crate::physiology::quantities::{QUANTITIES, Quantity, quantity};
use std::ops::Range;

/// What people call something, and the short names of the read-outs that may be meant.
const OTHER_NAMES: [(&[&str], &[&str]); 9] = [
    (
        &["bone", "bones", "bone_density", "density", "spine", "skeleton"],
        &["lumbar_spine_bmd", "femoral_neck_bmd", "total_body_bmd"],
    ),
    (&["hip", "neck", "femur"], &["femoral_neck_bmd", "hip_fracture_risk"]),
    (&["calcium", "blood_calcium"], &["serum_calcium", "urinary_calcium", "cac"]),
    (&["plaque", "artery", "arteries", "calcification", "calcium_score"], &["cac"]),
    (&["vitamin_d", "d3", "25ohd", "25_oh_d", "25_hydroxyvitamin_d"], &["calcidiol", "calcitriol"]),
    (&["vitamin_k", "k2", "vitamin_k2"], &["mk7_plasma", "mk4_plasma", "long_chain_mk_plasma"]),
    (&["mgp"], &["dp_ucmgp", "active_mgp"]),
    (&["kidney", "kidneys", "gfr"], &["egfr"]),
    (&["blood_pressure", "pressure", "bp"], &["systolic", "diastolic", "pulse_pressure"]),
];

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
    let is_row = |(called, _): &&(&[&str], _)| called.iter().any(|one| is_same_name(one, name));
    let row = OTHER_NAMES.iter().find(is_row);
    let meant = match row {
        Some((_, names)) => {
            let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
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
        for (called, names) in OTHER_NAMES {
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
