//! Curves from the numbers of a sweep.

use crate::charts::chart::names_by_look;
use crate::charts::sweeps::data::SweepData;
use crate::charts::sweeps::lines::{Fixed, Lines};
use crate::charts::sweeps::outcome::{NumberKind, OutcomeData};
use crate::plots::panel::Layer;
use crate::plots::style;
use crate::sweep::quantile::quantile;

/// With more lines than this, bands would hide each other.
pub(crate) const MOST_BANDED: usize = 3;

/// Curves with more points are drawn without a dot at each.
const MOST_DOTS: usize = 25;

#[derive(Clone, Debug, Default)]
pub(crate) struct Series {
    /// Position among the looks of arms.
    pub look: usize,
    /// Words at its end.
    pub label: String,
    /// Its points; broken where a number is missing.
    pub points: Vec<(f64, f64)>,
    /// Lower and upper edge of each band at each point, the widest first.
    pub bands: Vec<Vec<(f64, f64)>>,
}

impl Series {
    /// The bands.
    pub(crate) fn shapes(&self) -> Vec<Layer> {
        let ink = style::arm(self.look).ink;
        let mut shapes = Vec::new();
        for band in &self.bands {
            let corners: Vec<_> = self.points.iter().zip(band).collect();
            for piece in corners.split(|(_, (low, high))| !(low + high).is_finite()) {
                let below = piece.iter().map(|(point, edges)| (point.0, edges.0));
                let above = piece.iter().rev().map(|(point, edges)| (point.0, edges.1));
                if piece.len() > 1 {
                    let points = below.chain(above).collect();
                    shapes.push(Layer::Shape { points, ink: ink.clear(0.2) });
                }
            }
        }
        shapes
    }

    /// The line, and a dot at each point if there are few.
    pub(crate) fn layers(&self) -> Vec<Layer> {
        let mut layers = vec![Layer::of_arm(self.look, self.points.clone())];
        if self.points.len() <= MOST_DOTS {
            layers.extend(self.dots(4.5));
        }
        layers
    }

    /// A bar for each band at each point, and a dot on it.
    pub(crate) fn bars(&self) -> Vec<Layer> {
        let ink = style::arm(self.look).ink.clear(0.45);
        let bands = self.bands.iter().zip([4.0, 14.0]).flat_map(|(band, width)| {
            self.points.iter().zip(band).map(move |(point, (low, high))| {
                let points = vec![(point.0, *low), (point.0, *high)];
                Layer::Line { points, ink, width, dash: &[] }
            })
        });
        bands.chain(self.dots(9.0)).collect()
    }

    fn dots(&self, radius: f64) -> impl Iterator<Item = Layer> {
        let style::ArmStyle { ink, shape, .. } = style::arm(self.look);
        let finite = self.points.iter().filter(|point| point.1.is_finite());
        finite.map(move |at| Layer::Dot { at: *at, shape, ink, radius, hollow: false })
    }

    /// The last point that has a number.
    pub(crate) fn end(&self) -> Option<(f64, f64)> {
        self.points.iter().rev().copied().find(|point| point.1.is_finite())
    }
}

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
    if banded {
        series.bands = vec![Vec::new(); 2];
    }
    for (position, place) in axis.places.iter().enumerate() {
        let point = lines.point(data, fixed, position);
        series.points.push((*place, data.middle(outcome, point)));
        if banded {
            let edges = edges(&data.at(&outcome.values, point));
            series.bands.iter_mut().zip(edges).for_each(|(band, edges)| band.push(edges));
        }
    }
    series
}

/// The middle 90 and 50 % of ascending numbers.
pub(crate) fn edges(sorted: &[f64]) -> [(f64, f64); 2] {
    [0.05, 0.25].map(|share| (quantile(sorted, share), quantile(sorted, 1.0 - share)))
}

/// The labels of all curves by their look; empty ones left out.
pub(crate) fn names<'a>(all: impl Iterator<Item = &'a Series>) -> Vec<String> {
    names_by_look(all.map(|series| (series.look, series.label.as_str())))
}
