//! Paired differences between arms: each person as a dot, the middle 50 and 90 %, and the share
//! of people on either side of no difference.

use crate::charts::chart::{Chart, Ends, Label, Panel, Picture, Place, Scale, Side, Words};
use crate::charts::sweeps::data::SweepData;
use crate::charts::sweeps::outcome::{NumberKind, OutcomeData, label_of};
use crate::charts::sweeps::phrases;
use crate::plots::canvas::Ink;
use crate::plots::numbers::{self, float};
use crate::plots::panel::Layer;
use crate::plots::style::{self, BLACK};
use crate::sweep::quantile::quantile;
use crate::words::catalogue::message;
use crate::words::names::capital;
use crate::words::numbers::percent;

const MOST: usize = 6;
const MOST_DOTS: usize = 1500;
/// Most strips one above the other; more stand in two columns.
const MOST_ROWS: usize = 3;
/// Height of the bar, and of the middle of the dots and of their cloud, in shares of a strip.
const BAR: f64 = 0.72;
const CLOUD: f64 = 0.30;
const CLOUD_HALF: f64 = 0.26;
/// Bins in which a strip counts its values.
const BINS: usize = 48;
/// Smallest share of people worth a sentence.
const FEW: f64 = 0.01;

/// The numbers of the figure.
struct Facts<'a> {
    strips: Vec<Strip<'a>>,
    /// Outcomes that find no room.
    undrawn: usize,
}

/// The numbers of an outcome, one for each sample.
struct Strip<'a> {
    outcome: &'a OutcomeData,
    /// Those that become dots, in the order of samples.
    dots: Vec<f64>,
    /// All in ascending order; at least one.
    sorted: Vec<f64>,
    /// At 5, 25, 50, 75 and 95 %.
    shares: [f64; 5],
    /// Shares below and above zero as they are written: what rounds to zero is neither.
    sides: (f64, f64),
    /// Ends of the axis, and its least length.
    axis: (f64, f64, f64),
    /// Counts of those below and above these ends.
    beyond: (usize, usize),
}

/// Whether samples differ, and outcomes compare arms or there is nothing else to show.
pub(crate) fn suits(data: &SweepData) -> bool {
    let paired = data.outcomes.iter().any(|outcome| outcome.kind == NumberKind::Difference);
    data.compares_samples() && (data.axes.is_empty() || paired)
}

pub(crate) fn chart(data: &SweepData) -> Chart {
    let facts = facts(data);
    let panels = facts.strips.iter().map(|strip| strip.panel(strip.look(data))).collect();
    let picture = match (facts.strips.len(), data.sampled()) {
        (0, true) => Picture::Note(message!(sweep.no_numbers)),
        (0, false) => Picture::Note(message!(differences.no_samples)),
        (1..=MOST_ROWS, _) => Picture::Panels { panels, columns: Some(1) },
        _ => Picture::Panels { panels, columns: Some(2) },
    };
    data.chart(words(data, &facts), picture)
}

/// Differences first; other outcomes only where there are none.
fn facts(data: &SweepData) -> Facts<'_> {
    let points = data.selection.points().max(1);
    let numeric =
        || data.outcomes.iter().filter(|o| o.kind != NumberKind::Condition && o.has_numbers());
    let any = numeric().any(|outcome| outcome.kind == NumberKind::Difference);
    let wanted = numeric().filter(|outcome| !any || outcome.kind == NumberKind::Difference);
    let wanted: Vec<&OutcomeData> = wanted.filter(|_| data.sampled()).collect();
    let strips = wanted.iter().take(MOST).filter_map(|outcome| {
        let every = data.selection.samples.div_ceil(MOST_DOTS).max(1);
        let dots = outcome.values.iter().step_by(points).step_by(every).copied().collect();
        let sorted = data.at(&outcome.values, 0);
        (!sorted.is_empty()).then(|| Strip::of(outcome, dots, sorted))
    });
    Facts { strips: strips.collect(), undrawn: wanted.len().saturating_sub(MOST) }
}

impl<'a> Strip<'a> {
    fn of(outcome: &'a OutcomeData, dots: Vec<f64>, sorted: Vec<f64>) -> Self {
        let outside = |low: f64, high: f64| {
            let above = sorted.len() - sorted.partition_point(|value| *value <= high);
            (sorted.partition_point(|value| *value < low), above)
        };
        let share = |count: usize| float(count) / float(sorted.len().max(1));
        let half = 0.5 * outcome.smallest();
        let (below, above) = outside(-half, half);
        let axis = extent(outcome, &sorted);
        let shares = [0.05, 0.25, 0.5, 0.75, 0.95].map(|share| quantile(&sorted, share));
        let (sides, beyond) = ((share(below), share(above)), outside(axis.0, axis.1));
        Self { outcome, dots, sorted, shares, sides, axis, beyond }
    }

    fn median(&self) -> String {
        self.outcome.measured(self.shares[2])
    }

    /// The labels of the arms, for a difference.
    fn arms(&self, data: &SweepData) -> Option<(String, String)> {
        let about = self.outcome.about.as_ref()?;
        let label = |name: &str| label_of(&data.arms, name);
        Some((label(&about.arm), label(about.reference_arm.as_deref()?)))
    }

    /// The look of the arm from which another is taken off, or of the only arm.
    fn look(&self, data: &SweepData) -> usize {
        let about = self.outcome.about.as_ref();
        let arm = about.and_then(|one| data.arms.iter().position(|(name, _)| *name == one.arm));
        arm.map_or(0, |arm| data.look(arm))
    }

    /// Number of values in each bin of the axis, smoothed, relative to the fullest.
    fn density(&self) -> Vec<f64> {
        let mut counts = vec![0.0_f64; BINS];
        for value in &self.sorted {
            if let Some(count) = counts.get_mut(self.bin(*value)) {
                *count += 1.0;
            }
        }
        let at = |index: usize| counts.get(index).copied().unwrap_or(0.0);
        let smooth = |index: usize| {
            let below = index.checked_sub(1).map_or(0.0, at);
            0.25 * below + 0.5 * at(index) + 0.25 * at(index + 1)
        };
        let smoothed: Vec<f64> = (0..BINS).map(smooth).collect();
        let most = smoothed.iter().copied().fold(1e-9, f64::max);
        smoothed.into_iter().map(|count| count / most).collect()
    }

    fn bin(&self, value: f64) -> usize {
        let (low, high, _) = self.axis;
        numbers::count((value - low) / (high - low) * float(BINS), 0, BINS - 1)
    }
}

/// Ends of an axis of all values, and its least length; with zero, where that is
/// near. A few values far out do not squeeze the others: they are counted at the edge.
fn extent(outcome: &OutcomeData, sorted: &[f64]) -> (f64, f64, f64) {
    let at = |share| quantile(sorted, share);
    let (inner, outer) = (at(0.05), at(0.95));
    let reach = (outer - inner).max(8.0 * outcome.smallest());
    let (low, high) = (at(0.0).max(inner - reach), at(1.0).min(outer + reach));
    let least = (8.0 * outcome.smallest()).max(0.02 * low.abs().max(high.abs()));
    let near = outcome.kind == NumberKind::Difference || low.abs().min(high.abs()) < high - low;
    let (low, high) = if near { (low.min(0.0), high.max(0.0)) } else { (low, high) };
    let margin = 0.03 * (high - low).max(least);
    (low - margin, high + margin, least)
}

fn words(data: &SweepData, facts: &Facts) -> Words {
    let strips = &facts.strips;
    let title = strips.first().map_or_else(|| message!(differences.none), |one| one.title(data));
    Words::told(title, subtitle(data, facts), strips.iter().map(|strip| strip.numbers(data)))
}

fn subtitle(data: &SweepData, facts: &Facts) -> String {
    let Facts { strips, undrawn } = facts;
    let paired = strips.iter().any(|strip| strip.outcome.kind == NumberKind::Difference);
    let (who, one) = (data.who(), data.one());
    let who =
        if paired { message!(differences.same, who) } else { message!(differences.differ, who) };
    let mut parts = vec![who, phrases::whom(data)];
    parts.extend(phrases::first_point(data));
    let most = strips.iter().map(|strip| strip.sorted.len()).max().unwrap_or(0);
    parts.push(match most.div_ceil(MOST_DOTS) {
        0 | 1 => message!(differences.dot_for_each, one),
        count => message!(differences.dot_for_some, one, count),
    });
    let conditions = data.outcomes.iter().filter(|one| one.kind == NumberKind::Condition);
    parts.extend(conditions.filter(|one| one.has_numbers() && data.sampled()).map(|outcome| {
        let share = percent(data.middle(outcome, 0) / 100.0);
        message!(differences.holds, condition = outcome.name, share, who = data.who())
    }));
    parts.join(" · ") + &phrases::missing(data) + &phrases::rest(data, *undrawn)
}

impl Strip<'_> {
    fn title(&self, data: &SweepData) -> String {
        let (outcome, median) = (self.outcome, self.median());
        let noun = phrases::noun(outcome);
        let Some((arm, minus)) = self.arms(data) else {
            let [low, .., high] = self.shares;
            let who = data.who();
            if outcome.number(low) == outcome.number(high) {
                return capital(&message!(differences.same_for, noun, median, who));
            }
            let (low, high) = (outcome.number(low), outcome.measured(high));
            let lie = message!(differences.lie, who, low, high);
            return capital(&message!(differences.of_all, noun, median, lie));
        };
        let (below, above) = self.sides;
        let share = below.max(above);
        if share < FEW {
            return message!(differences.even, who = data.who(), noun, arm, minus);
        }
        let lies = if below >= above {
            message!(differences.lower, noun, arm, minus, median)
        } else {
            message!(differences.higher, noun, arm, minus, median)
        };
        if share < 1.0 {
            message!(differences.in_some, share = percent(share), who = data.who(), lies)
        } else {
            let count = self.sorted.len();
            message!(differences.in_all, count, who = data.who(), lies)
        }
    }

    fn numbers(&self, data: &SweepData) -> String {
        let [p5, p25, _, p75, p95] = self.shares.map(|value| self.outcome.measured(value));
        let noun = capital(&self.outcome.noun);
        let of = match self.arms(data) {
            Some((arm, minus)) => {
                message!(differences.noun_of_arms, noun, arm, minus)
            }
            None => noun,
        };
        message!(
            differences.description,
            of,
            median = self.median(),
            p25,
            p75,
            p5,
            p95,
            below = percent(self.sides.0),
            above = percent(self.sides.1)
        )
    }

    fn panel(&self, look: usize) -> Panel {
        let (low, high, least) = self.axis;
        let x = Scale::untitled(low, high, Ends::Exact(least));
        let y = Scale::untitled(0.0, 1.0, Ends::Words(Vec::new()));
        let (heading, unit) = (self.outcome.heading.clone(), self.outcome.bracketed.clone());
        Panel { heading, unit, ..Panel::of(x, y, self.layers(look), self.labels(look)) }
    }

    fn layers(&self, look: usize) -> Vec<Layer> {
        let (low, high, _) = self.axis;
        let ink = style::arm(look).ink;
        let [p5, p25, median, p75, p95] = self.shares.map(|value| value.clamp(low, high));
        let line =
            |from, to, ink, width| Layer::Line { points: vec![from, to], ink, width, dash: &[] };
        let mut layers: Vec<Layer> = self.cloud(ink.clear(0.32));
        layers.push(line((p5, BAR), (p95, BAR), ink, 4.0));
        layers.push(line((p25, BAR), (p75, BAR), ink, 14.0));
        let (at, shape) = ((median, BAR), style::Shape::Disc);
        layers.push(Layer::Dot { at, shape, ink: BLACK, radius: 10.0, hollow: true });
        if low < 0.0 && high > 0.0 {
            layers.push(line((0.0, 0.0), (0.0, BAR), BLACK, 2.0));
        }
        layers
    }

    /// A dot for each sample, scattered upright by a fixed pattern so that dots do not hide others.
    fn cloud(&self, ink: Ink) -> Vec<Layer> {
        let (low, high, _) = self.axis;
        let density = self.density();
        let inside = self.dots.iter().filter(|value| (low..=high).contains(*value));
        let dot = |(index, value): (usize, &f64)| {
            // Multiples of the golden ratio fill an interval evenly.
            let shift = (float(index) * 0.618_033_988_749_895).fract() - 0.5;
            let spread = density.get(self.bin(*value)).copied().unwrap_or(0.0);
            let at = (*value, CLOUD + 2.0 * CLOUD_HALF * spread * shift);
            Layer::Dot { at, shape: style::Shape::Disc, ink, radius: 3.6, hollow: false }
        };
        inside.enumerate().map(dot).collect()
    }

    /// The median, the shares on either side of zero, and how many lie farther out.
    fn labels(&self, look: usize) -> Vec<Label> {
        let label = |place, text, ink, priority| Label { priority, ..Label::new(place, text, ink) };
        let (low, high, _) = self.axis;
        let letters = style::arm(look).letters;
        let corner = |right, upper| Place::Corner { right, upper };
        let above = |value: f64| Place::At((value.clamp(low, high), BAR + 0.06), Side::Above);
        let [p5, _, median, _, p95] = self.shares;
        let [low, high] = [p5, p95].map(|end| self.outcome.number(end));
        let middle = self.outcome.measured(median);
        let name = message!(differences.median, median = middle, low, high);
        let bold = label(above(median), String::new(), BLACK, 9);
        let mut labels = vec![Label { name, ..bold }];
        if self.outcome.kind == NumberKind::Difference {
            let (below, above) = self.sides;
            let same = 1.0 - below - above;
            let sides = [
                (below, message!(differences.lower_in, share = percent(below))),
                (same, message!(differences.same_in, share = percent(same))),
                (above, message!(differences.higher_in, share = percent(above))),
            ];
            let [left, rest @ ..] = sides.map(|(share, text)| Some(text).filter(|_| share > 1e-9));
            let right = rest.into_iter().flatten().collect::<Vec<_>>().join(", ");
            let told = [(false, left.unwrap_or_default()), (true, right)];
            labels.extend(told.map(|(right, text)| label(corner(right, true), text, BLACK, 8)));
        }
        let beyond = [
            (self.beyond.0, message!(differences.farther_below, count = self.beyond.0), false),
            (self.beyond.1, message!(differences.farther_above, count = self.beyond.1), true),
        ];
        let beyond = beyond.into_iter().filter(|(count, ..)| *count > 0);
        labels.extend(beyond.map(|(_, text, right)| label(corner(right, false), text, letters, 7)));
        labels
    }
}
