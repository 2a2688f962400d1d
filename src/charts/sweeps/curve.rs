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

/// What a panel of curves shows.
#[derive(Clone, Debug)]
pub(crate) struct Curves<'a> {
    pub heading: &'a str,
    /// What its curves are numbers of, in one or more arms.
    pub outcome: &'a OutcomeData,
    pub axis: &'a AxisData,
    pub series: &'a [Series],
    /// Whether there are samples, so that conditions have shares.
    pub sampled: bool,
}

impl Curves<'_> {
    /// The panel with these labels.
    pub(crate) fn panel(&self, labels: Vec<Label>) -> Panel {
        let y = self.value_scale();
        let unit = match y.ends {
            Ends::Logarithmic => message!(curve.logarithmic, unit = self.outcome.bracketed),
            Ends::Words(_) => String::new(),
            _ => self.outcome.bracketed.clone(),
        };
        let mut layers = Vec::new();
        if y.low < 0.0 && y.high > 0.0 && !matches!(y.ends, Ends::Words(_)) {
            layers.push(Layer::Rule { x: None, y: Some(0.0), dash: &[] });
        }
        // Points stand alone: a single one, one for each word, or that hold or do not.
        let alone = self.axis.numbers().len() < 2 || matches!(y.ends, Ends::Words(_));
        if alone {
            layers.extend(self.series.iter().flat_map(Series::bars));
        } else {
            layers.extend(self.series.iter().flat_map(Series::shapes));
            layers.extend(self.series.iter().flat_map(Series::layers));
        }
        Panel {
            heading: self.heading.to_owned(),
            unit,
            x: self.axis.scale(),
            y,
            layers,
            labels,
            keys: Vec::new(),
            shares: (1.0, 1.0),
        }
        .with_normal(self.outcome.normal)
    }

    /// All numbers and the whole of shares; logarithmic where bands reach so far that a linear
    /// axis hides the rest; words where a condition holds or does not.
    fn value_scale(&self) -> Scale {
        let bands = || self.series.iter().flat_map(|series| &series.bands);
        let edges = bands().flat_map(|(low, high)| low.iter().chain(high)).copied();
        let points = self.series.iter().flat_map(|series| &series.points);
        let (title, values) = (String::new(), points.map(|point| point.1).chain(edges));
        let values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
        if self.outcome.kind == NumberKind::Condition {
            let words = Ends::Words(vec![message!(holds.no), message!(holds.yes)]);
            return if self.sampled {
                Scale { title, low: 0.0, high: 100.0, ends: Ends::Exact(1.0) }
            } else {
                Scale { title, low: -0.4, high: 1.4, ends: words }
            };
        }
        let ends = extremes(values.iter().copied());
        let skewed = |(low, high): &(f64, f64)| *low > 0.0 && high / low >= SKEWED;
        if let Some((low, high)) = ends.filter(skewed).filter(|_| bands().next().is_some()) {
            return Scale { title, low: 0.9 * low, high: 1.1 * high, ends: Ends::Logarithmic };
        }
        let (decimals, normal) = (self.outcome.decimals.unwrap_or(2), self.outcome.normal);
        let (low, high, least) = chart_words::value_range(values.into_iter(), decimals, normal);
        Scale { title, low, high, ends: Ends::Rounded(least) }
    }
}
