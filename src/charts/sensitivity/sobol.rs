//! Sobol′ bars: which share of an outcome's variance rests on each input, alone and with all
//! interactions, with intervals. What has not converged is drawn as its interval only.

use crate::charts::chart::{Chart, Ends, Label, Panel, Scale, Side, Words, sentences};
use crate::charts::rows::{self, edges};
use crate::charts::sensitivity::{
    Findings, MOST_INPUTS, PALE, Ranked, factor_name, grade_keys, look, number, row_name, share,
    share_and_interval,
};
use crate::plots::canvas::Ink;
use crate::plots::panel::Layer;
use crate::plots::style::{BLACK, GREY};
use crate::sweep::sensitivity::estimate::{Estimate, Reliability};
use crate::sweep::sensitivity::indices::IndexKind;
use crate::sweep::sensitivity::{Factor, SensitivityMethod, class_word};
use crate::words::catalogue::message;
use crate::words::names::capital;
use crate::words::numbers::fixed;

type Share = (Estimate, Reliability);

/// Shares of the variance by an input.
struct Shares<'a> {
    factor: &'a Factor,
    alone: Share,
    /// With all interactions.
    whole: Share,
}

/// Whether its method looked at the outcome.
pub(crate) fn suits(findings: &Findings<'_>, outcome: usize) -> bool {
    findings.indices_of(outcome, SensitivityMethod::Sobol).is_some()
}

pub(crate) fn chart(findings: &Findings<'_>, outcome: usize) -> Chart {
    let shares = facts(findings, outcome);
    let panel = (!shares.is_empty()).then(|| panel(findings, &shares));
    findings.chart(words(findings, outcome, &shares), panel)
}

/// The largest, the largest first.
fn facts<'a>(findings: &Findings<'a>, outcome: usize) -> Vec<Shares<'a>> {
    let shares = |one: Ranked<'a>| {
        let share = |kind| one.index(kind).map(|index| (index.estimate, index.reliability));
        let (alone, whole) = (share(IndexKind::FirstOrder)?, share(IndexKind::TotalOrder)?);
        Some(Shares { factor: one.factor, alone, whole })
    };
    let ranked = findings.ranked(outcome, SensitivityMethod::Sobol).into_iter();
    ranked.take(MOST_INPUTS).filter_map(shares).collect()
}

fn words(findings: &Findings<'_>, outcome: usize, shares: &[Shares<'_>]) -> Words {
    let title = match shares.first() {
        Some(first) => title(&capital(&findings.name(outcome)), first),
        None => findings.nothing(outcome, SensitivityMethod::Sobol),
    };
    let (text, person) = (findings.text(outcome), &findings.person);
    let told = shares.iter().map(|shares| {
        message!(
            sobol.description,
            input = factor_name(shares.factor),
            grade = class_word(shares.factor.class),
            alone = share_and_interval(shares.alone),
            whole = share_and_interval(shares.whole)
        )
    });
    Words { title, subtitle: message!(sobol.subtitle, text, person), description: sentences(told) }
}

fn title(name: &str, first: &Shares<'_>) -> String {
    /// An input with at least this share decides alone.
    const MOST: f64 = 0.5;
    /// Largest share below which many inputs decide.
    const LITTLE: f64 = 0.25;
    let input = factor_name(first.factor);
    let (alone, whole) = (share(first.alone), share(first.whole));
    if first.whole.1 != Reliability::Converged {
        return message!(sobol.open, name, input, share = whole);
    }
    if first.alone.1 == Reliability::Converged && first.alone.0.value >= MOST {
        message!(sobol.alone, name, input, share = alone)
    } else if first.whole.0.value < LITTLE {
        message!(sobol.many, name, input, share = whole)
    } else {
        message!(sobol.title, name, input, share = whole)
    }
}

/// The ends of what is drawn of a share \[%\]: of its bar and of its interval.
fn ends((estimate, reliability): Share) -> (Option<f64>, Option<(f64, f64)>) {
    let bar = (reliability == Reliability::Converged).then(|| 100.0 * estimate.value.min(1.0));
    let interval = estimate.interval_of_share(reliability).filter(|(_, high)| *high > 0.0);
    (bar, interval.map(|(low, high)| (100.0 * low, 100.0 * high)))
}

fn panel(findings: &Findings<'_>, shares: &[Shares<'_>]) -> Panel {
    let far = |share| {
        let (bar, interval) = ends(share);
        bar.unwrap_or(0.0).max(interval.map_or(0.0, |(_, high)| high))
    };
    let (mut layers, mut labels) = (Vec::new(), Vec::new());
    let mut most = 2.0_f64;
    for (row, found) in shares.iter().enumerate() {
        let (bottom, top) = edges(row, shares.len());
        let middle = 0.5 * (bottom + top);
        let ink = look(found.factor.class).ink;
        // Pale and thick below, full and thin above.
        for (share, ink, half) in [(found.whole, ink.clear(PALE), 0.29), (found.alone, ink, 0.15)] {
            let bar = |end| {
                let (from, to) = ((0.0, middle - half), (end, middle + half));
                Layer::Bar { from, to, ink }
            };
            layers.extend(ends(share).0.map(bar));
        }
        layers.extend(interval(found.whole, middle - 0.23, GREY));
        layers.extend(interval(found.alone, middle, BLACK));
        let end = far(found.whole).max(far(found.alone));
        most = most.max(end);
        let text = message!(sobol.bar, whole = number(found.whole), alone = number(found.alone));
        labels.push(Label::at((end, middle), Side::Right, text, BLACK).small());
    }
    let confidence = fixed(100.0 * findings.sensitivity.bootstrap.confidence, 0);
    let title = message!(sobol.across, confidence);
    // Room for the words behind the longest bar.
    let x = Scale::new(title, 0.0, 1.18 * most, Ends::Exact(1.0));
    let mut keys = grade_keys(findings.sensitivity);
    keys.push((message!(sobol.key_alone), GREY));
    keys.push((message!(sobol.key_whole), GREY.clear(PALE)));
    let names = shares.iter().map(|found| row_name(found.factor)).collect();
    rows::panel(names, x, (layers, labels), keys)
}

/// A line from end to end of an interval, with caps.
fn interval(share: Share, y: f64, ink: Ink) -> Vec<Layer> {
    let Some((low, high)) = ends(share).1 else { return Vec::new() };
    rows::interval((low, high), y, ink, &[])
}
