//! Tables of what a scenario can set and of what a run reports.

use crate::cli::list::{Listing, range};
use crate::physiology::inputs::{DoseLimit, INPUTS, InputKind};
use crate::physiology::quantities::{QUANTITIES, Quantity, TrajectoryColumn};
use crate::units::number::rounded;

/// Intakes, conditions and properties of the person.
pub(crate) fn inputs() -> Listing {
    let row = |input: &crate::physiology::inputs::InputInfo| {
        vec![
            input.name.to_owned(),
            kind(input.kind).to_owned(),
            input.default.to_owned(),
            input.unit.to_owned(),
            range(Some(input.allowed.0), Some(input.allowed.1)),
            range(Some(input.plausible.0), Some(input.plausible.1)),
            input.dose.map_or_else(String::new, dose),
            input.source.to_owned(),
            input.label.to_owned(),
        ]
    };
    Listing {
        heading: "input|set in|>default|unit|allowed|plausible|a dose, mean over|source|what it is",
        rows: INPUTS.iter().map(row).collect(),
        footer: "In files the name goes without its unit: calcium_diet = \"800 mg/day\".",
    }
}

/// "to 15000, 30 d": the largest dose, and the days over which the mean is in the allowed range.
fn dose(limit: DoseLimit) -> String {
    format!("to {}, {} d", rounded(limit.largest), rounded(limit.mean_days))
}

const fn kind(kind: InputKind) -> &'static str {
    match kind {
        InputKind::Person => "person",
        InputKind::Override => "person (measured)",
        _ => "habitual, arm, phase",
    }
}

pub(crate) fn read_outs() -> Listing {
    let row = |quantity: &Quantity| {
        vec![
            quantity.name.to_owned(),
            quantity.unit.to_owned(),
            quantity.aliases.join(", "),
            range(quantity.normal.map(|range| range.0), quantity.normal.map(|range| range.1)),
            table_of(quantity.column).to_owned(),
            quantity.label.to_owned(),
        ]
    };
    Listing {
        heading: "read-out|unit|short names|normal|table|what it is",
        rows: QUANTITIES.iter().map(row).collect(),
        footer: "Claims and figures take either name: end(serum_calcium).",
    }
}

const fn table_of(column: TrajectoryColumn) -> &'static str {
    match column {
        TrajectoryColumn::State(_) | TrajectoryColumn::ReadOut(_) => "trajectory.csv",
        TrajectoryColumn::Flow(_) => "flows.csv",
    }
}
