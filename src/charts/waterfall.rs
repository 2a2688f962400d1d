//! Waterfall: from the value of one arm to that of another, cause by cause.

use crate::charts::chart::{
    Chart, Ends, Label, Panel, Picture, Place, RowName, Scale, Side, Size, Words, sentences,
};
use crate::charts::layout;
use crate::charts::rows::edges;
use crate::plots::canvas::Ink;
use crate::plots::numbers::float;
use crate::plots::panel::Layer;
use crate::plots::style::{self, BLACK};
use crate::plots::{Figure, FigureError};
use crate::words::catalogue::message;
use crate::words::names::{bracketed, capital};
use crate::words::numbers::{fixed, signed, with_unit};

/// The numbers of a waterfall.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    /// Title of the scenario, and hypothesis sets of the arms.
    pub scenario: String,
    pub hypothesis: String,
    /// Words for the outcome, its unit, and decimals that a clinic writes.
    pub outcome: String,
    pub unit: String,
    pub decimals: usize,
    /// Labels of the arms.
    pub arms: [String; 2],
    /// Values of the outcome in the arms.
    pub ends: (f64, f64),
    /// What was exchanged, from which value to which, and how much of the difference it makes.
    pub shares: Vec<Share>,
    /// The pair that does most more (or less) together than alone.
    pub interaction: Option<(String, String, f64)>,
}

/// A cause and its share of the difference.
#[derive(Clone, Debug)]
pub(crate) struct Share {
    pub label: String,
    pub change: String,
    pub value: f64,
}

impl Facts {
    fn number(&self, value: f64) -> String {
        fixed(value, self.decimals)
    }

    fn with_unit(&self, value: f64) -> String {
        with_unit(&self.number(value), &self.unit)
    }

    /// The unit of differences: of percent they are points.
    fn unit_of_difference(&self) -> String {
        if self.unit == "%" { message!(waterfall.points) } else { self.unit.clone() }
    }

    /// A difference with sign and unit.
    pub(crate) fn change(&self, value: f64) -> String {
        with_unit(&signed(value, self.decimals), &self.unit_of_difference())
    }
}

/// Title, subtitle and description.
pub(crate) fn words(facts: &Facts) -> Words {
    let [from, to] = &facts.arms;
    let shown = |value: f64| signed(value, facts.decimals);
    let same = |a: f64, b: f64| facts.number(a) == facts.number(b);
    let even = same(facts.ends.0, facts.ends.1);
    let mut shares: Vec<&Share> = facts.shares.iter().collect();
    shares.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
    let causes = shares
        .iter()
        .take(2)
        .map(|share| message!(waterfall.cause, cause = share.label, share = shown(share.value)));
    let title = if even && shares.iter().all(|share| same(share.value, 0.0)) {
        message!(waterfall.even, outcome = capital(&facts.outcome))
    } else {
        message!(
            waterfall.title,
            outcome = capital(&facts.outcome),
            start = facts.number(facts.ends.0),
            end = facts.with_unit(facts.ends.1),
            causes = causes.collect::<Vec<_>>().join(", ")
        )
    };
    let lines = facts.shares.iter().map(|share| {
        message!(
            waterfall.share,
            cause = share.label,
            change = share.change,
            share = facts.change(share.value)
        )
    });
    let ends = message!(
        waterfall.ends,
        from = from,
        start = facts.with_unit(facts.ends.0),
        to = to,
        end = facts.with_unit(facts.ends.1)
    );
    let together = facts.interaction.iter().map(|(one, other, value)| {
        message!(waterfall.interaction, one = one, other = other, value = facts.change(*value))
    });
    Words {
        title,
        subtitle: message!(waterfall.subtitle, from = from, to = to),
        description: sentences(std::iter::once(ends).chain(lines).chain(together)),
    }
}

/// Bars of both arms, and between them one for each cause.
pub(crate) fn chart(facts: &Facts) -> Chart {
    let count = facts.shares.len() + 2;
    let mut layers = Vec::new();
    let mut labels = Vec::new();
    let mut names = Vec::new();
    let mut row = |index: usize, from: f64, to: f64, ink: Ink, name: RowName, text: String| {
        let (bottom, top) = edges(index, count);
        layers.push(Layer::Bar { from: (from, bottom), to: (to, top), ink });
        let place = Place::At((from.max(to), 0.5 * (bottom + top)), Side::Right);
        let name_of_label = String::new();
        let (size, priority) = (Size::Usual, 5);
        labels.push(Label { place, name: name_of_label, text, size, ink: BLACK, priority });
        names.push(name);
    };
    let name = |name: &str, text: &str, ink: Ink| RowName {
        name: name.to_owned(),
        text: text.to_owned(),
        ink,
    };
    let base = base(facts);
    let [from, to] = &facts.arms;
    let arm = |position: usize| style::arm(position);
    row(
        0,
        base,
        facts.ends.0,
        arm(0).ink,
        name(from, "", arm(0).letters),
        facts.with_unit(facts.ends.0),
    );
    let mut level = facts.ends.0;
    for (index, share) in facts.shares.iter().enumerate() {
        let (start, end) = (level, level + share.value);
        let ink = if share.value < 0.0 { FALLS } else { RISES };
        let text = signed(share.value, facts.decimals);
        row(index + 1, start, end, ink, name(&share.label, &share.change, BLACK), text);
        level = end;
    }
    row(
        count - 1,
        base,
        facts.ends.1,
        arm(1).ink,
        name(to, "", arm(1).letters),
        facts.with_unit(facts.ends.1),
    );
    let high = [facts.ends.0, facts.ends.1].into_iter().chain(levels(facts)).fold(base, f64::max);
    let x = Scale {
        title: if base == 0.0 {
            String::new()
        } else {
            message!(waterfall.cut, base = facts.number(base))
        },
        low: base,
        high: base + 1.16 * (high - base),
        ends: Ends::Exact(1e-9),
    };
    layers.push(Layer::Rule { x: Some(facts.ends.0), y: None, dash: style::arm(1).dash });
    let panel = Panel {
        heading: capital(&facts.outcome),
        unit: bracketed(&facts.unit),
        x,
        y: Scale { title: String::new(), low: 0.0, high: float(count), ends: Ends::Rows(names) },
        layers,
        labels,
        keys: vec![(message!(waterfall.rises), RISES), (message!(waterfall.falls), FALLS)],
        shares: (1.0, 1.0),
    };
    let picture = Picture::Panels { panels: vec![panel], columns: None };
    Chart::about(&facts.scenario, &facts.hypothesis, words(facts), picture)
}

const RISES: Ink = style::tint::GUT;
const FALLS: Ink = style::tint::BONE;

/// Levels between the causes.
fn levels(facts: &Facts) -> impl Iterator<Item = f64> {
    facts.shares.iter().scan(facts.ends.0, |level, share| {
        *level += share.value;
        Some(*level)
    })
}

/// Left end of the axis: 0, unless the differences would then be too small to see.
fn base(facts: &Facts) -> f64 {
    let all = || levels(facts).chain([facts.ends.0, facts.ends.1]);
    let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(0.0, f64::max));
    if low > 0.0 && high - low < 0.15 * high {
        low - 0.5 * (high - low).max(0.01 * high)
    } else {
        low.min(0.0)
    }
}

/// The picture of a chart.
pub(crate) fn draw(facts: &Facts) -> Result<Figure, FigureError> {
    let chart = chart(facts);
    Ok(layout::page(&chart)?.finish("why", chart.description.clone()))
}
