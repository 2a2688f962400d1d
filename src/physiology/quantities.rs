//! Every number that a run reports, and what is known of it: one row each in `quantities.csv`.
//!
//! The same table serves trajectories, claims, outcomes, figures and terminal tables. A full name
//! always means its own column: `active_mgp` is the state (share of reference production, 0.80 in
//! the reference person), `active_mgp_relative` the read-out that is 1 there.
//!
//! The columns of the table; the rows are states, then flows, then read-outs (`kind`), each in the
//! order of its columns in a trajectory:
//!
//! | column | meaning |
//! |---|---|
//! | `name`, `unit` | as in the equations; `1` for no unit |
//! | `chart_unit` | what a chart writes for the unit `1`: share, ratio, factor, SD, × reference |
//! | `decimals`, `label` | digits that a clinic writes; words for tables and figures |
//! | `meaning` | documentation of the field in Rust, where it says more than the label |
//! | `aliases` | short names for files, separated by blanks; the first is the usual one |
//! | `normal_low`, `normal_high` | usual range of a healthy adult in laboratory practice (textbook, lab_range) |
//! | `livable_low`, `livable_high` | range that a living person can have, *assumed*, wide, for warnings only |
//! | `scale`, `absolute`, `strictness` | tolerance of a state, see [`crate::physiology::state`] |
//! | `pool` | the calcium pool that a state is; these states come first |
//! | `held_in_prelude` | slow stock: it stands still until the life history begins |
//! | `organ` | the part of the body to which the number belongs |
//! | `matter` | substance by which masses convert to amounts |
//! | `endpoint` | `main` or `further`: bone strength and artery hardness, which count in the end |
//! | `summary`, `time_course` | place among the usual rows of a summary, the usual time courses |
//! | `non_negative` | whether it is an amount or ratio that cannot be negative |

use crate::physiology::inputs::input;
pub(crate) use crate::physiology::readouts::READ_OUT_COUNT;
use crate::physiology::state::STATES;
use crate::units::Matter;

include!(concat!(env!("OUT_DIR"), "/quantities.rs"));

/// The column of a quantity in a trajectory's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrajectoryColumn {
    State(usize),
    Flow(usize),
    ReadOut(usize),
}

impl TrajectoryColumn {
    pub const fn is_state(self) -> bool {
        matches!(self, Self::State(_))
    }

    pub const fn is_flow(self) -> bool {
        matches!(self, Self::Flow(_))
    }

    pub const fn is_read_out(self) -> bool {
        matches!(self, Self::ReadOut(_))
    }
}

/// A part of the body to which quantities belong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Organ {
    Person,
    Gut,
    /// Blood and tissue fluid.
    Blood,
    Kidney,
    Skin,
    /// The skeleton, its cells and its proteins.
    Bone,
    /// The walls of arteries and the protein that guards them.
    Artery,
    /// Parathyroid hormone, vitamin D, estrogen.
    Hormones,
    /// Vitamin K in gut, plasma and tissues.
    VitaminK,
    /// Warfarin and clotting factors.
    Clotting,
}

/// The rank of a quantity as an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// The one number of its organ that headlines are about.
    Main,
    /// Another measure of the same.
    Further,
}

/// A reported number: a row of the table, see the head of this module.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    /// Name of `model.md`, with its unit.
    pub name: &'static str,
    /// The name without the suffix that repeats its unit.
    pub short_name: &'static str,
    /// Unit, `1` for none.
    pub unit: &'static str,
    /// Unit, or the word that a chart writes for none.
    pub chart_unit: &'static str,
    /// Short names that files may use instead; the first is the usual one.
    pub aliases: &'static [&'static str],
    /// Words for tables and figures, without the unit.
    pub label: &'static str,
    /// Usual range of a healthy adult, if there is one.
    pub normal: Option<(f64, f64)>,
    /// Range that a living person can have, if known; a run warns when it is left.
    pub livable: Option<(f64, f64)>,
    /// Decimals that a clinic writes.
    pub decimals: usize,
    /// The part of the body to which it belongs.
    pub organ: Organ,
    /// Substance by which masses convert to amounts.
    pub matter: Matter,
    pub endpoint: Option<Endpoint>,
    /// Its place among the usual rows of a summary.
    pub summary_place: Option<u8>,
    /// Its place among the usual time courses.
    pub time_course_place: Option<u8>,
    /// True for an amount or ratio that cannot be negative.
    pub non_negative: bool,
    pub column: TrajectoryColumn,
}

impl Quantity {
    /// Size against which a difference is small: the scale of a state, else the largest number of a
    /// usual or livable range.
    pub(crate) fn scale(&self) -> f64 {
        let range = self.normal.or(self.livable);
        let largest = range.map_or(1.0, |(low, high)| low.abs().max(high.abs()));
        match self.column {
            TrajectoryColumn::State(index) => STATES.get(index).map_or(largest, |row| row.scale),
            TrajectoryColumn::Flow(_) | TrajectoryColumn::ReadOut(_) => largest,
        }
    }

    /// True for a measure of bone strength: more is stronger.
    pub fn is_bone_strength(&self) -> bool {
        self.organ == Organ::Bone && self.endpoint.is_some()
    }

    /// True for a measure of arterial calcification: more is harder.
    pub fn is_artery_hardness(&self) -> bool {
        self.organ == Organ::Artery && self.endpoint.is_some()
    }
}

/// The quantities in such columns, in their order.
pub(crate) fn in_columns(kind: impl Fn(TrajectoryColumn) -> bool) -> Vec<&'static Quantity> {
    QUANTITIES.iter().filter(|row| kind(row.column)).collect()
}

/// Every quantity that has a place in an order, in that order.
pub(crate) fn in_order(place: impl Fn(&Quantity) -> Option<u8>) -> Vec<&'static Quantity> {
    let mut placed: Vec<_> = QUANTITIES.iter().filter(|row| place(row).is_some()).collect();
    placed.sort_by_key(|row| place(row));
    placed
}

/// The quantity with this full name, alias, or name without its unit, in this order.
///
/// A short name that fits several means a read-out before a state and a state before a flow.
pub(crate) fn quantity(name: &str) -> Option<&'static Quantity> {
    let find = |fits: &dyn Fn(&Quantity) -> bool| QUANTITIES.iter().find(|q| fits(q));
    find(&|q| q.name == name)
        .or_else(|| find(&|q| q.aliases.contains(&name)))
        .or_else(|| find(&|q| q.column.is_read_out() && q.short_name == name))
        .or_else(|| find(&|q| q.short_name == name))
}

/// Words of the tables for a quantity or an input.
pub(crate) fn label_of(name: &str) -> Option<&'static str> {
    let reported = QUANTITIES.iter().find(|row| row.name == name).map(|row| row.label);
    reported.or_else(|| input(name).map(|row| row.label))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::ledger::FLOW_COUNT;
    use crate::physiology::state::{STATE_COUNT, STATES};
    use std::collections::BTreeSet;

    #[test]
    fn the_columns_are_those_of_a_trajectory() {
        for (row, state) in QUANTITIES.iter().zip(&STATES) {
            assert_eq!((row.name, row.unit), (state.name, state.unit));
        }
        let columns = (0..STATE_COUNT).map(TrajectoryColumn::State);
        let columns = columns.chain((0..FLOW_COUNT).map(TrajectoryColumn::Flow));
        let columns = columns.chain((0..READ_OUT_COUNT).map(TrajectoryColumn::ReadOut));
        assert_eq!(QUANTITIES.map(|row| row.column).to_vec(), columns.collect::<Vec<_>>());
        assert_eq!(quantity("ecf_to_urine").map(|q| q.column), Some(TrajectoryColumn::Flow(8)));
        assert_eq!(quantity("age").map(|q| q.column), Some(TrajectoryColumn::ReadOut(0)));
    }

    #[test]
    fn short_names_mean_what_a_teacher_expects() {
        for (short, full) in [
            ("cac", "cac_agatston"),
            ("agatston", "cac_agatston"),
            ("serum_calcium", "serum_total_calcium_mmol_per_l"),
            ("ionized_calcium", "serum_ionized_calcium_mmol_per_l"),
            ("phosphate", "phosphate_mmol_per_l"),
            ("dp_ucmgp", "dp_ucmgp_pmol_per_l"),
            ("pth", "pth_pmol_per_l"),
            ("calcidiol", "calcidiol_nmol_per_l"),
            ("vitamin_d_25", "calcidiol_nmol_per_l"),
            ("calcitriol", "calcitriol_pmol_per_l"),
            ("absorption", "fractional_absorption"),
            ("ucoc", "ucoc_percent"),
            ("carboxylated_osteocalcin", "carboxylated_osteocalcin_percent"),
            ("pwv", "pwv_m_per_s"),
            ("stiffness", "pwv_m_per_s"),
            ("bmd", "lumbar_spine_bmd_percent"),
            ("t_score", "lumbar_spine_t_score"),
            ("coronary_calcium", "coronary_calcium_mg"),
            ("aortic_calcium", "aortic_calcium_mg"),
            ("active_mgp", "active_mgp"),
            ("sweat_calcium", "sweat_calcium_mg_per_day"),
            ("k1_plasma", "k1_plasma_nm"),
            ("egfr", "egfr_ml_per_min"),
        ] {
            assert_eq!(quantity(short).map(|q| q.name), Some(full), "{short}");
        }
        assert!(quantity("gauda").is_none() && quantity("").is_none());
    }

    #[test]
    fn every_name_and_alias_leads_to_its_own_row() {
        let mut taken = BTreeSet::new();
        for q in QUANTITIES.iter() {
            assert_eq!(quantity(q.name), Some(q));
            for alias in q.aliases {
                assert_eq!(quantity(alias), Some(q), "{alias}");
            }
            for name in std::iter::once(&q.name).chain(q.aliases) {
                assert!(taken.insert(*name), "{name} twice");
            }
            assert!(quantity(q.short_name).is_some());
        }
    }

    #[test]
    fn ranges_are_ordered_and_a_normal_value_is_livable() {
        for q in QUANTITIES.iter() {
            if let Some((low, high)) = q.normal {
                assert!(low < high, "{}", q.name);
                let (least, most) = q.livable.unwrap_or((low, high));
                assert!(least <= low && high <= most, "{}", q.name);
            }
            assert!(q.decimals <= 5);
            // What rounding may leave below 0 is still livable.
            assert!(
                !q.non_negative || q.livable.is_none_or(|(least, _)| least >= -1e-3),
                "{}",
                q.name
            );
        }
    }

    #[test]
    fn each_order_counts_from_one_and_each_organ_has_one_main_endpoint() {
        let main = |organ| {
            let main = |row: &&Quantity| row.organ == organ && row.endpoint == Some(Endpoint::Main);
            QUANTITIES.iter().filter(main).map(|row| row.name).collect::<Vec<_>>()
        };
        assert_eq!(main(Organ::Bone), ["lumbar_spine_bmd_percent"]);
        assert_eq!(main(Organ::Artery), ["cac_agatston"]);
        for place in [|row: &Quantity| row.summary_place, |row: &Quantity| row.time_course_place] {
            let places: Vec<_> = in_order(place).into_iter().filter_map(place).collect();
            assert!(!places.is_empty() && places.iter().copied().eq(1..=places.len() as u8));
        }
    }
}
