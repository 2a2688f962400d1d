//! Curves from the numbers of a sweep, and the labels at their ends.

use crate::charts::sweeps::curve::{Series, places};
use crate::charts::sweeps::data::SweepData;
use crate::charts::sweeps::lines::{Fixed, Lines};
use crate::charts::sweeps::outcome::{NumberKind, OutcomeData};
use crate::plots::labels;
use crate::sweep::quantile::quantile;

/// With more lines than this, bands would hide each other.
const MOST_BANDED: usize = 3;

/// An outcome along the axis across, the other axes held: values, or medians with the middle 90
/// and 50 % of all samples.
pub(crate) fn one_series(
    data: &SweepData,
    outcome: &OutcomeData,
    lines: &Lines,
    fixed: &Fixed,
) -> Series {
    let Some(axis) = data.axes.get(lines.across) else { return Series::default() };
    let mut series = Series::default();
    let banded =
        data.sampled() && outcome.kind != NumberKind::Condition && lines.fixed.len() <= MOST_BANDED;
    let shares = [(0.05, 0.95), (0.25, 0.75)];
    if banded {
        series.bands = shares.map(|_| (Vec::new(), Vec::new())).to_vec();
    }
    for (position, place) in places(axis).into_iter().enumerate() {
        let point = lines.point(data, fixed, position);
        series.points.push((place, data.middle(outcome, point)));
        if banded {
            let sorted = data.at(&outcome.values, point);
            for ((low, high), shares) in series.bands.iter_mut().zip(shares) {
                low.push(quantile(&sorted, shares.0));
                high.push(quantile(&sorted, shares.1));
            }
        }
    }
    series
}

/// The labels of all curves by their look; empty ones left out.
pub(crate) fn names<'a>(all: impl Iterator<Item = &'a Series>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for series in all {
        if names.len() <= series.look {
            names.resize(series.look + 1, String::new());
        }
        if let Some(name) = names.get_mut(series.look).filter(|_| !series.label.is_empty()) {
            name.clone_from(&series.label);
        }
    }
    if names.iter().all(String::is_empty) { Vec::new() } else { names }
}

/// Room for labels at the ends of lines; 0 if there is one line or a legend is needed.
pub(crate) fn room_beside(names: &[String]) -> f64 {
    let named = names.iter().filter(|name| !name.is_empty());
    labels::room(&named.map(String::as_str).collect::<Vec<_>>())
}
