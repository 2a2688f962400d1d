//! Every number that a run reports: name, unit, short names, label, normal range.
//!
//! One table serves trajectories, claims, outcomes, figures and terminal tables alike. A full
//! name always means its own column: `active_mgp` is the state (share of reference production,
//! 0.80 in the reference person), `active_mgp_relative` the read-out that is 1 there.

mod table;

pub use crate::physiology::readouts::READ_OUT_COUNT;
pub use table::QUANTITIES;

/// Where a quantity stands in a trajectory's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// A state, by its index.
    State(usize),
    /// A flow, by its index.
    Flow(usize),
    /// A read-out, by its index.
    ReadOut(usize),
}

/// A reported number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    /// Name of `model.md`, with its unit.
    pub name: &'static str,
    /// Unit, `1` for none.
    pub unit: &'static str,
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
    /// Its column.
    pub column: Column,
}

/// Suffixes of names that repeat the unit; the longer one first where one ends the other.
const UNIT_SUFFIXES: [&str; 13] = [
    "_mg_per_day",
    "_mmol_per_l",
    "_pmol_per_l",
    "_nmol_per_l",
    "_ng_per_ml",
    "_ml_per_min",
    "_m_per_s",
    "_agatston",
    "_percent",
    "_years",
    "_mg",
    "_ug",
    "_nm",
];

impl Quantity {
    /// The name without the suffix that repeats its unit.
    #[must_use]
    pub fn short_name(&self) -> &'static str {
        UNIT_SUFFIXES.iter().find_map(|suffix| self.name.strip_suffix(suffix)).unwrap_or(self.name)
    }
}

/// The quantity with this full name, alias, or name without its unit, in this order.
///
/// Where a short name fits several, a read-out comes before a state and a state before a flow.
#[must_use]
pub fn quantity(name: &str) -> Option<&'static Quantity> {
    let find = |fits: &dyn Fn(&Quantity) -> bool| QUANTITIES.iter().find(|q| fits(q));
    find(&|q| q.name == name)
        .or_else(|| find(&|q| q.aliases.contains(&name)))
        .or_else(|| find(&|q| matches!(q.column, Column::ReadOut(_)) && q.short_name() == name))
        .or_else(|| find(&|q| q.short_name() == name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::ledger::LEDGER;
    use crate::physiology::readouts::READ_OUT_NAMES;
    use crate::physiology::state::STATES;
    use std::collections::BTreeSet;

    #[test]
    fn the_table_holds_every_state_flow_and_read_out_in_order() {
        let names: Vec<String> = QUANTITIES.iter().map(|q| q.name.to_owned()).collect();
        let mut expected: Vec<String> = STATES.iter().map(|s| s.name.to_owned()).collect();
        expected.extend(LEDGER.iter().map(|m| format!("{}_mg_per_day", m.name)));
        expected.extend(READ_OUT_NAMES.iter().map(|&name| name.to_owned()));
        assert_eq!(names, expected);
        for (q, info) in QUANTITIES.iter().zip(&STATES) {
            assert_eq!(q.unit, info.unit, "{}", q.name);
        }
        assert_eq!(quantity("ecf_to_urine").map(|q| q.column), Some(Column::Flow(8)));
        assert_eq!(quantity("age").map(|q| q.column), Some(Column::ReadOut(0)));
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
            assert!(quantity(q.short_name()).is_some());
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
            assert!(!q.label.is_empty() && !q.unit.is_empty() && q.decimals <= 5);
        }
    }
}
