//! Waterfall: from the value of one arm to that of another, cause by cause.

use crate::charts::chart::{
    Chart, Ends, Label, Panel, Picture, RowName, Scale, Side, Words, sentences,
};
use crate::charts::rows::{self, edges};
use crate::plots::canvas::Ink;
use crate::plots::panel::Layer;
use crate::plots::style::{self, BLACK};
use crate::units::amount::unit_of_difference;
use crate::words::catalogue::message;
use crate::words::names::{bracketed, capital};
use crate::words::numbers::{fixed, rounded, signed, with_unit};

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
    /// Their looks among all arms of the scenario ([`style::arm`]).
    pub looks: [usize; 2],
    /// Values of the outcome in the arms.
    pub ends: (f64, f64),
    /// What was exchanged, from which value to which, and how much of the difference it makes.
    pub shares: Vec<Share>,
    pub view: View,
    /// The pair that does most more (or less) together than alone.
    pub interaction: Option<(String, String, f64)>,
}

/// The parts among which the difference is shared out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum View {
    /// What differs between the arms: intakes, conditions, parameters.
    Cause,
    /// The last factors of the outcome's law.
    Effect,
}

/// A cause and its share of the difference.
#[derive(Clone, Debug)]
pub(crate) struct Share {
    pub label: String,
    pub change: String,
    pub value: f64,
}

impl Facts {
    /// The same with up to two more decimals, so that the printed shares add up to the printed ends.
    pub(crate) fn with_enough_decimals(self) -> Self {
        let adds_up = |decimals: usize| {
            let round = |value: f64| rounded(value, decimals);
            let shares: f64 = self.shares.iter().map(|share| round(share.value)).sum();
            round(shares) == round(round(self.ends.1) - round(self.ends.0))
        };
        let enough = (self.decimals..=self.decimals + 2).find(|decimals| adds_up(*decimals));
        Self { decimals: enough.unwrap_or(self.decimals + 1), ..self }
    }

    fn number(&self, value: f64) -> String {
        fixed(value, self.decimals)
    }

    fn with_unit(&self, value: f64) -> String {
        with_unit(&self.number(value), &self.unit)
    }

    /// A difference with sign and unit.
    pub(crate) fn change(&self, value: f64) -> String {
        with_unit(&signed(value, self.decimals), unit_of_difference(&self.unit))
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
    let cause =
        |one: &&Share| message!(waterfall.cause, cause = one.label, share = shown(one.value));
    let causes = shares.iter().take(2).map(cause);
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
    let lines = facts.shares.iter().map(|one| {
        let (label, change, share) = (&one.label, &one.change, facts.change(one.value));
        match change.as_str() {
            "" => message!(waterfall.effect, effect = label, share),
            change => message!(waterfall.share, cause = label, change, share),
        }
    });
    let (start, end) = (facts.with_unit(facts.ends.0), facts.with_unit(facts.ends.1));
    let ends = message!(waterfall.ends, from, start, to, end);
    let netting = netting(facts).map(|text| message!(sweep.sentence, text));
    let together = facts.interaction.iter().map(|(one, other, value)| {
        message!(waterfall.interaction, one, other, value = facts.change(*value))
    });
    Words {
        title,
        subtitle: match facts.view {
            View::Cause => message!(waterfall.subtitle, from, to),
            View::Effect => message!(waterfall.by_effect, from, to),
        },
        description: sentences(std::iter::once(ends).chain(lines).chain(netting).chain(together)),
    }
}

/// Says that shares cancel, where each sign has at least a fifth of the larger sum.
pub(crate) fn netting(facts: &Facts) -> Option<String> {
    const MATTERS: f64 = 0.2;
    let sum = |sign: f64| {
        let own = facts.shares.iter().map(|share| rounded(share.value, facts.decimals));
        own.filter(|value| sign * value > 0.0).sum::<f64>()
    };
    let (up, down) = (sum(1.0), sum(-1.0));
    let cancels = up.min(-down) >= MATTERS * up.max(-down) && up > 0.0;
    let [up, down, net] = [up, down, up + down].map(|sum| facts.change(sum));
    cancels.then(|| message!(waterfall.netting, up, down, net))
}

/// A bar of the waterfall: from, to, color, name of its row, number behind it.
struct Bar {
    from: f64,
    to: f64,
    ink: Ink,
    row: RowName,
    text: String,
}

/// Bars of both arms, and between them one for each cause.
fn bars(facts: &Facts, base: f64) -> Vec<Bar> {
    let [from, to] = &facts.arms;
    let arm = |look: usize, name: &str, value: f64| {
        let look = style::arm(look);
        let row = RowName { name: name.to_owned(), text: String::new(), ink: look.letters };
        Bar { from: base, to: value, ink: look.ink, row, text: facts.with_unit(value) }
    };
    let [first, last] = facts.looks;
    let mut bars = vec![arm(first, from, facts.ends.0)];
    let starts = std::iter::once(facts.ends.0).chain(levels(facts));
    bars.extend(facts.shares.iter().zip(starts).map(|(share, start)| Bar {
        from: start,
        to: start + share.value,
        ink: if share.value < 0.0 { FALLS } else { RISES },
        row: RowName { name: share.label.clone(), text: share.change.clone(), ink: BLACK },
        text: signed(share.value, facts.decimals),
    }));
    bars.push(arm(last, to, facts.ends.1));
    bars
}

pub(crate) fn chart(facts: &Facts) -> Chart {
    let base = base(facts);
    let bars = bars(facts, base);
    let count = bars.len();
    let mut layers = vec![Layer::Rule { x: Some(facts.ends.0), y: None, dash: style::arm(1).dash }];
    let mut labels = Vec::new();
    for (index, bar) in bars.iter().enumerate() {
        let (bottom, top) = edges(index, count);
        layers.push(Layer::Bar { from: (bar.from, bottom), to: (bar.to, top), ink: bar.ink });
        let at = (bar.from.max(bar.to), 0.5 * (bottom + top));
        labels.push(Label::at(at, Side::Right, bar.text.clone(), BLACK));
    }
    let high = levels(facts).chain([facts.ends.0, facts.ends.1]).fold(base, f64::max);
    let cut = || message!(waterfall.cut, base = facts.number(base));
    let title = if base == 0.0 { String::new() } else { cut() };
    let x = Scale::new(title, base, base + 1.16 * (high - base), Ends::Exact(1e-9));
    let names = bars.into_iter().map(|bar| bar.row).collect();
    let panel = Panel {
        heading: capital(&facts.outcome),
        unit: bracketed(&facts.unit),
        keys: vec![(message!(waterfall.rises), RISES), (message!(waterfall.falls), FALLS)],
        ..Panel::of(x, rows::scale(count, names), layers, labels)
    };
    Chart::about(&facts.scenario, &facts.hypothesis, words(facts), Picture::of(panel))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(ends: (f64, f64), shares: &[f64]) -> Facts {
        let share =
            |value: &f64| Share { label: String::new(), change: String::new(), value: *value };
        Facts {
            scenario: String::new(),
            hypothesis: String::new(),
            outcome: String::new(),
            unit: "AU".to_owned(),
            decimals: 0,
            arms: [String::new(), String::new()],
            looks: [0, 1],
            ends,
            shares: shares.iter().map(share).collect(),
            view: View::Effect,
            interaction: None,
        }
    }

    #[test]
    fn printed_shares_add_up_to_printed_ends() {
        assert_eq!(facts((30.0, 22.4), &[-5.4, -2.2]).with_enough_decimals().decimals, 1);
        assert_eq!(facts((30.0, 22.0), &[-5.0, -3.0]).with_enough_decimals().decimals, 0);
    }

    #[test]
    fn shares_that_cancel_are_said_to() {
        let told = |shares: &[f64]| {
            let facts = facts((0.0, shares.iter().sum()), shares);
            netting(&facts).map(|text| text.replace('\u{A0}', " "))
        };
        let said = "+12 AU and −7 AU partly cancel: +5 AU remain";
        assert_eq!(told(&[10.2, 1.8, -7.0]).as_deref(), Some(said));
        assert_eq!(told(&[10.0, -1.0]), None);
        assert_eq!(told(&[3.0, 4.0]), None);
    }
}
