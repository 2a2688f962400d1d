//! Every number that a run reports: name, unit, short names, label, normal range.
//!
//! One table serves trajectories, claims, outcomes, figures and terminal tables alike.

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

/// Number of read-outs.
pub const READ_OUT_COUNT: usize = 47;

/// Stand-in until the whole table exists.
pub static QUANTITIES: [Quantity; 8] = [
    stand_in("cac_agatston", "AU", &["cac", "agatston"], 0),
    stand_in("serum_total_calcium_mmol_per_l", "mmol/L", &["serum_calcium"], 1),
    stand_in("active_mgp_relative", "1", &["active_mgp"], 2),
    stand_in("lumbar_spine_t_score", "T", &["t_score"], 3),
    stand_in("pth_pmol_per_l", "pmol/L", &["pth"], 4),
    stand_in("calcidiol_nmol_per_l", "nmol/L", &["calcidiol"], 5),
    stand_in("lumbar_spine_bmd_percent", "%", &["lumbar_spine_bmd"], 6),
    stand_in("urinary_calcium_mg_per_day", "mg/d", &["urinary_calcium"], 7),
];

const fn stand_in(
    name: &'static str,
    unit: &'static str,
    aliases: &'static [&'static str],
    index: usize,
) -> Quantity {
    Quantity {
        name,
        unit,
        aliases,
        label: name,
        normal: None,
        livable: None,
        decimals: 2,
        column: Column::ReadOut(index),
    }
}

/// The quantity with this name or short name.
#[must_use]
pub fn quantity(name: &str) -> Option<&'static Quantity> {
    QUANTITIES.iter().find(|quantity| quantity.name == name || quantity.aliases.contains(&name))
}
