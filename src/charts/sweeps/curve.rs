//! A panel of curves over one axis: lines or medians with the bands of 50 and 90 % of all samples.

use crate::charts::chart::{Ends, Label, Panel, Scale};
use crate::charts::sweeps::grid_axis::AxisData;
use crate::charts::sweeps::outcome::{NumberKind, OutcomeData};
use crate::charts::sweeps::series::Series;
use crate::plots::chart_words;
use crate::plots::numbers::extremes;
use crate::plots::panel::Layer;
use crate::words::catalogue::message;

/// Bands whose highest number is so many times the lowest stand on a logarithmic axis.
const SKEWED: f64 = 20.0;

/// The curves of a panel: of the same number in one or more arms.
pub(crate) struct Curves<'a> {
    pub heading: String,
    pub first: &'a OutcomeData,
    /// The same in further arms.
    pub others: Vec<&'a OutcomeData>,
    pub series: Vec<Series>,
}

impl<'a> Curves<'a> {
    pub(crate) fn of(first: &'a OutcomeData, heading: &str) -> Self {
        Self { heading: heading.to_owned(), first, others: Vec::new(), series: Vec::new() }
    }

    /// Its outcomes, one for each arm.
    pub(crate) fn outcomes(&self) -> impl Iterator<Item = &'a OutcomeData> {
        std::iter::once(self.first).chain(self.others.iter().copied())
    }

    /// The panel with these labels.
    pub(crate) fn panel(&self, axis: &AxisData, sampled: bool, labels: Vec<Label>) -> Panel {
        let y = self.value_scale(sampled);
        let unit = match y.ends {
            Ends::Logarithmic => message!(curve.logarithmic, unit = self.first.bracketed),
            Ends::Words(_) => String::new(),
            _ => self.first.bracketed.clone(),
        };
        let mut layers = Vec::new();
        if y.low < 0.0 && y.high > 0.0 && !matches!(y.ends, Ends::Words(_)) {
            layers.push(Layer::Rule { x: None, y: Some(0.0), dash: &[] });
        }
        // Points stand alone: a single one, one for each word, or that hold or do not.
        let alone = axis.numbers().len() < 2 || matches!(y.ends, Ends::Words(_));
        if alone {
            layers.extend(self.series.iter().flat_map(Series::bars));
        } else {
            layers.extend(self.series.iter().flat_map(Series::shapes));
            layers.extend(self.series.iter().flat_map(Series::layers));
        }
        let heading = self.heading.clone();
        Panel { heading, unit, ..Panel::of(axis.scale(), y, layers, labels) }
            .with_normal(self.first.normal)
    }

    /// All numbers and the whole of shares; logarithmic where bands reach so far that a linear
    /// axis hides the rest; words where a condition holds or does not.
    fn value_scale(&self, sampled: bool) -> Scale {
        if self.first.kind == NumberKind::Condition {
            let words = Ends::Words(vec![message!(holds.no), message!(holds.yes)]);
            return match sampled {
                true => Scale::untitled(0.0, 100.0, Ends::Exact(1.0)),
                false => Scale::untitled(-0.4, 1.4, words),
            };
        }
        let bands = || self.series.iter().flat_map(|series| &series.bands);
        let edges = bands().flatten().flat_map(|(low, high)| [*low, *high]);
        let points = self.series.iter().flat_map(|series| &series.points);
        let values = points.map(|point| point.1).chain(edges).filter(|value| value.is_finite());
        let values: Vec<f64> = values.collect();
        let ends = extremes(values.iter().copied());
        let skewed = |(low, high): &(f64, f64)| *low > 0.0 && high / low >= SKEWED;
        if let Some((low, high)) = ends.filter(skewed).filter(|_| bands().next().is_some()) {
            return Scale::untitled(0.9 * low, 1.1 * high, Ends::Logarithmic);
        }
        let (decimals, normal) = (self.first.decimals.unwrap_or(2), self.first.normal);
        let (low, high, least) = chart_words::value_range(values.into_iter(), decimals, normal);
        Scale::untitled(low, high, Ends::Rounded(least))
    }

    /// The ends of its curves in plain text.
    pub(crate) fn numbers(&self) -> String {
        let ends = self.series.iter().map(|series| {
            let start = series.points.iter().find(|point| point.1.is_finite());
            let start = self.first.number(start.map_or(f64::NAN, |point| point.1));
            let end = self.first.measured(series.end().map_or(f64::NAN, |point| point.1));
            let name = &series.label;
            if name.is_empty() || self.heading.contains(name) {
                message!(dose.ends, start, end)
            } else {
                message!(dose.ends_of, name, start, end)
            }
        });
        let ends = ends.collect::<Vec<_>>().join("; ");
        message!(dose.panel, heading = self.heading, ends)
    }
}
