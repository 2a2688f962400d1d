//! Forest plot: each trial's interval, drawn equally wide, and where the model lies in both sets.

use crate::charts::chart::{
    Chart, Ends, Label, Panel, Picture, RowName, Scale, Side, Words, sentences,
};
use crate::charts::rows;
use crate::evidence::prediction::{Compared, Prediction};
use crate::evidence::score::{Score, topics};
use crate::evidence::table::{in_words, observed, predicted, short_citation, treatment, unit};
use crate::parameters::Hypothesis;
use crate::plots::numbers::float;
use crate::plots::panel::Layer;
use crate::plots::style::{self, BLACK, GREY};
use crate::words::catalogue::message;
use crate::words::names::capital;
use crate::words::numbers::{count, with_unit};

/// Rows of a figure at most; a topic with more has several figures.
const MOST_ROWS: usize = 11;
/// A prediction farther from the interval's middle, in half widths, is drawn at the edge.
const FARTHEST: f64 = 3.0;
/// Half height of the interval's bar and of its ends, in rows.
const HALF: f64 = 0.10;
/// Distance of a number from its dot, in half widths.
const BESIDE: f64 = 0.05;

/// Part of a topic: its rows, and which of how many parts it is.
struct Part<'a> {
    topic: &'a str,
    rows: Vec<&'a Compared>,
    number: usize,
    parts: usize,
}

/// Name and chart of each figure, by topic.
pub(crate) fn charts(compared: &[Compared]) -> Vec<(String, Chart)> {
    facts(compared).iter().map(|part| (part.file_name(), chart(part))).collect()
}

fn facts(compared: &[Compared]) -> Vec<Part<'_>> {
    let mut all = Vec::new();
    for topic in topics(compared) {
        // What no study stands behind is no published trial.
        let own = compared.iter().filter(|one| one.trial.topic == topic && one.trial.published);
        let own: Vec<&Compared> = own.collect();
        let parts = own.len().div_ceil(MOST_ROWS);
        let rows = own.len().div_ceil(parts.max(1)).max(1);
        for (number, rows) in own.chunks(rows).enumerate() {
            all.push(Part { topic, rows: rows.to_vec(), number: number + 1, parts });
        }
    }
    all
}

impl Part<'_> {
    /// "forest_bone_density_1".
    fn file_name(&self) -> String {
        let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '_' };
        let topic: String = self.topic.to_lowercase().chars().map(plain).collect();
        match self.parts {
            1 => format!("forest_{topic}"),
            _ => format!("forest_{topic}_{}", self.number),
        }
    }

    /// "Bone density, part 1 of 2".
    fn heading(&self) -> String {
        let topic = capital(self.topic);
        let [number, parts] = [self.number, self.parts].map(|of| count(of as u64));
        if self.parts == 1 { topic } else { message!(forest.part, topic, number, parts) }
    }

    /// "19 of 21": how many rows hold in a set.
    fn score(&self, set: Hypothesis) -> String {
        let score = Score::of(set, self.rows.iter().copied());
        let [holds, all] = [score.holds, score.all].map(|of| count(of as u64));
        message!(forest.score, holds, all)
    }
}

/// Place of a value on an axis on which every interval reaches from −1 to 1.
fn place(one: &Compared, value: f64) -> f64 {
    let (low, high) = (one.trial.low, one.trial.high);
    // An interval of one point is passed by whatever is not that point.
    let half = (0.5 * (high - low)).max(f64::MIN_POSITIVE);
    ((value - 0.5 * (low + high)) / half).clamp(-FARTHEST, FARTHEST)
}

fn words(part: &Part<'_>) -> Words {
    let topic = part.heading();
    let [paradox, conservative] = Hypothesis::ALL.map(|set| part.score(set));
    let rows = part.rows.iter().map(|one| {
        let value = |own: &Prediction| with_unit(&predicted(&one.trial, own), unit(&one.trial));
        in_words(one, &value)
    });
    Words {
        title: message!(forest.title, topic, paradox, conservative),
        subtitle: message!(forest.subtitle),
        description: sentences(rows),
    }
}

fn chart(part: &Part<'_>) -> Chart {
    let count = part.rows.len();
    let mut layers = [-1.0, 1.0].map(|x| Layer::Rule { x: Some(x), y: None, dash: &[] }).to_vec();
    let mut labels = Vec::new();
    let mut names = Vec::new();
    for (index, one) in part.rows.iter().enumerate() {
        let middle = float(count) - float(index) - 0.5;
        names.push(RowName {
            name: message!(
                forest.row,
                trial = short_citation(&one.trial),
                arm = treatment(&one.trial)
            ),
            text: message!(
                forest.observed,
                read_out = one.trial.read_out.words(),
                observed = observed(&one.trial)
            ),
            ink: BLACK,
        });
        layers.extend(interval(one, middle));
        for (position, prediction) in one.predictions.iter().enumerate() {
            let shift = if position == 0 { 0.18 } else { -0.18 };
            layers.extend(dot(one, prediction, position, middle + shift));
            labels.extend(number(one, prediction, position, middle + shift));
        }
    }
    let keys = Hypothesis::ALL.iter().enumerate().map(|(position, set)| {
        let score = part.score(*set);
        (message!(forest.key, set = set.name(), score), style::arm(position).ink)
    });
    let across = message!(forest.across);
    let x = Scale::new(across, -FARTHEST - 0.6, FARTHEST + 0.6, Ends::Steps(&[1.0]));
    let panel = Panel {
        heading: part.heading(),
        keys: keys.collect(),
        ..Panel::of(x, rows::scale(count, names), layers, labels)
    };
    let title = message!(forest.scenario, topic = part.topic);
    Chart::about(&title, &message!(forest.sets), words(part), Picture::of(panel))
}

/// The bar of the interval with the observed value on it.
fn interval(one: &Compared, middle: f64) -> Vec<Layer> {
    let (from, to, ink) = ((-1.0, middle - HALF), (1.0, middle + HALF), GREY.clear(0.25));
    let mut layers = vec![Layer::Bar { from, to, ink }];
    if let Some(observed) = one.trial.observed {
        let x = place(one, observed);
        let ends = vec![(x, middle - 2.2 * HALF), (x, middle + 2.2 * HALF)];
        layers.push(Layer::Line { points: ends, ink: BLACK, width: 3.0, dash: &[] });
    }
    layers
}

fn dot(one: &Compared, prediction: &Prediction, position: usize, y: f64) -> Option<Layer> {
    let value = prediction.value.as_ref().ok()?;
    let look = style::arm(position);
    let hollow = !prediction.agreement.holds();
    let at = (place(one, *value), y);
    Some(Layer::Dot { at, shape: look.shape, ink: look.ink, radius: 7.0, hollow })
}

fn number(one: &Compared, prediction: &Prediction, position: usize, y: f64) -> Option<Label> {
    let value = prediction.value.as_ref().ok()?;
    let x = place(one, *value);
    let left = x < one.trial.observed.map_or(0.0, |observed| place(one, observed));
    let (side, x) = if left { (Side::Left, x - BESIDE) } else { (Side::Right, x + BESIDE) };
    let text = predicted(&one.trial, prediction);
    Some(Label::at((x, y), side, text, style::arm(position).letters).small())
}
