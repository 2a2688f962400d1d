//! On which grades the variance of each outcome rests: the honest headline of an analysis.

use crate::charts::chart::{Chart, Ends, Label, Panel, RowName, Scale, Side, Words, sentences};
use crate::charts::rows::{self, edges};
use crate::charts::sensitivity::{
    Findings, grade_keys, look, number, percent, share, share_and_interval,
};
use crate::plots::canvas::Ink;
use crate::plots::numbers::float;
use crate::plots::panel::Layer;
use crate::plots::style::{self, BLACK, GREY};
use crate::sweep::sensitivity::estimate::{Estimate, Reliability};
use crate::sweep::sensitivity::indices::{ClassShare, OutcomeIndices, most_detailed, outcomes};
use crate::sweep::sensitivity::{EVIDENCE_CLASSES, SensitivityMethod, class_word};
use crate::words::catalogue::message;
use crate::words::names::capital;

/// Outcomes that fit.
const MOST_ROWS: usize = 10;

/// Color of the share that only several grades together explain.
const BETWEEN: Ink = Ink::new(0xD0, 0xD0, 0xD0);

/// A share below this is hardly anything.
const HARDLY: f64 = 0.02;

type Share = (Estimate, Reliability);

/// An outcome with the shares of its variance by grade.
struct Outcome<'a> {
    name: String,
    indices: &'a OutcomeIndices,
}

/// Whether an analysis has something to show: every one has.
pub(crate) const fn suits(_: &Findings<'_>) -> bool {
    true
}

pub(crate) fn chart(findings: &Findings<'_>) -> Chart {
    let outcomes = facts(findings);
    let panel = (!outcomes.is_empty()).then(|| panel(findings, &outcomes));
    findings.chart(words(findings, &outcomes), panel)
}

/// The outcomes of which shares are known, by the most detailed method.
fn facts<'a>(findings: &Findings<'a>) -> Vec<Outcome<'a>> {
    let one = |outcome: usize| {
        let indices = most_detailed(findings.indices, outcome).1?;
        let known = indices.shares.iter().any(|share| share.alone.0.value.is_finite());
        known.then(|| Outcome { name: findings.name(outcome), indices })
    };
    outcomes(findings.indices).into_iter().filter_map(one).take(MOST_ROWS).collect()
}

impl Outcome<'_> {
    /// The share that rests on assumed parameters.
    fn assumed(&self) -> Option<&ClassShare> {
        self.indices.shares.iter().find(|share| Some(&share.class) == EVIDENCE_CLASSES.first())
    }

    /// Whether no single bar can be made of the shares.
    fn is_open(&self) -> bool {
        self.indices.shares.iter().any(|share| is_open(share.alone))
    }

    /// The share that only several grades together explain \[%\].
    fn between(&self) -> Option<f64> {
        let alone = self.indices.shares.iter().map(|share| share.alone.0.value.max(0.0));
        let left = 100.0 * (1.0 - alone.sum::<f64>());
        let grades = self.indices.method == SensitivityMethod::Grades;
        (grades && !self.is_open() && self.indices.shares.len() > 1 && left > 0.5).then_some(left)
    }
}

const fn is_open((_, reliability): Share) -> bool {
    matches!(reliability, Reliability::NotConverged { .. })
}

/// A share with interactions, where the method tells those.
fn whole(share: &ClassShare) -> Share {
    share.with_others.unwrap_or(share.alone)
}

fn interval((estimate, reliability): Share) -> Option<(f64, f64)> {
    estimate.interval_of_share(reliability)
}

/// The most that a share can be; `None` if that is not known.
fn most_of(share: Share) -> Option<f64> {
    let exact = (share.1 == Reliability::Converged).then_some(share.0.value);
    interval(share).map(|(_, high)| high).or(exact)
}

fn words(findings: &Findings<'_>, outcomes: &[Outcome<'_>]) -> Words {
    let known = findings.indices.iter().any(|indices| indices.mean.is_finite());
    let person = &findings.person;
    let subtitle = match outcomes.first().map(|outcome| outcome.indices.method) {
        Some(SensitivityMethod::Morris) => message!(grades.by_effects, person),
        Some(SensitivityMethod::Local) => message!(grades.by_slopes, person),
        _ => message!(grades.by_variance, person),
    };
    let part = |part: &ClassShare| {
        let (grade, alone) = (class_word(part.class), share_and_interval(part.alone));
        match part.with_others.map(share_and_interval) {
            Some(with) => message!(grades.part_with, grade, alone, whole = with),
            None => message!(grades.part, grade, alone),
        }
    };
    let told = outcomes.iter().map(|outcome| {
        let parts: Vec<String> = outcome.indices.shares.iter().map(part).collect();
        message!(grades.description, name = outcome.name, parts = parts.join(", "))
    });
    let title = if known { title(outcomes) } else { message!(grades.unknown) };
    Words { title, subtitle, description: sentences(told) }
}

/// Tells where assumed parameters weigh most, with their interactions where those are known.
fn title(outcomes: &[Outcome<'_>]) -> String {
    if outcomes.is_empty() {
        return message!(grades.idle);
    }
    let shares = || outcomes.iter().filter_map(|outcome| Some((outcome, outcome.assumed()?)));
    if shares().next().is_none() {
        return message!(grades.none_assumed);
    }
    if shares().all(|(_, share)| most_of(whole(share)).is_some_and(|most| most < HARDLY)) {
        return message!(grades.hardly);
    }
    let converged = shares().filter(|(_, share)| whole(share).1 == Reliability::Converged);
    let value = |share: &ClassShare| whole(share).0.value;
    let Some((outcome, most)) = converged.max_by(|a, b| value(a.1).total_cmp(&value(b.1))) else {
        return open_title(shares());
    };
    // What has not converged but is larger all the same may not hide behind a small number.
    let least = |share| interval(share).filter(|_| is_open(share)).map_or(0.0, |(low, _)| low);
    let larger = || shares().filter(|(_, other)| least(whole(other)) > value(most));
    if larger().next().is_some() {
        return open_title(larger());
    }
    let (name, found) = (capital(&outcome.name), share(whole(most)));
    if most.with_others.is_none() {
        message!(grades.title, name, share = found)
    } else if most.alone.0.value > value(most) {
        // Together is never less than alone: sampling has not separated them.
        message!(grades.whole, name, share = found)
    } else {
        message!(grades.whole_and_alone, name, share = found, alone = share(most.alone))
    }
}

/// The title where no share of assumed parameters has converged: the widest that it may be.
fn open_title<'a>(shares: impl Iterator<Item = (&'a Outcome<'a>, &'a ClassShare)>) -> String {
    let most = |share: &ClassShare| most_of(whole(share)).unwrap_or(0.0);
    let found = shares.max_by(|a, b| most(a.1).total_cmp(&most(b.1)));
    let found = found.and_then(|(outcome, share)| Some((outcome, interval(whole(share))?)));
    let Some((outcome, (low, high))) = found else { return message!(grades.open) };
    let [low, high] = [low, high].map(percent);
    message!(grades.open_interval, name = capital(&outcome.name), low, high)
}

fn panel(findings: &Findings<'_>, outcomes: &[Outcome<'_>]) -> Panel {
    let (mut layers, mut labels) = (Vec::new(), Vec::new());
    for (row, outcome) in outcomes.iter().enumerate() {
        let edges = edges(row, outcomes.len());
        layers.extend(with_interactions(outcome, edges));
        let draw = if outcome.is_open() { side_by_side } else { stacked };
        draw(outcome, edges, &mut layers, &mut labels);
    }
    let mut keys = grade_keys(findings.sensitivity);
    if outcomes.iter().any(|outcome| outcome.between().is_some()) {
        keys.push((message!(grades.between), BETWEEN));
    }
    let with =
        |outcome: &Outcome<'_>| outcome.assumed().is_some_and(|share| share.with_others.is_some());
    let mut title = message!(grades.across);
    if outcomes.iter().any(with) {
        title += &message!(grades.across_line);
    }
    if outcomes.iter().any(Outcome::is_open) {
        title += &message!(grades.across_open);
    }
    let x = Scale::new(title, 0.0, 101.0, Ends::Exact(100.0));
    let names = outcomes.iter().map(|outcome| RowName {
        name: outcome.name.clone(),
        text: outcome.assumed().map_or_else(String::new, |found| match found.with_others {
            Some(with) => message!(grades.row_with, share = share(with)),
            None => message!(grades.row, share = share(found.alone)),
        }),
        ink: BLACK,
    });
    rows::panel(names.collect(), x, (layers, labels), keys)
}

/// One bar of all grades; what is left of 100 % acts between them.
fn stacked(
    outcome: &Outcome<'_>,
    (bottom, top): (f64, f64),
    layers: &mut Vec<Layer>,
    labels: &mut Vec<Label>,
) {
    let shares = &outcome.indices.shares;
    let own = |share: &ClassShare| (100.0 * share.alone.0.value.max(0.0), look(share.class).ink);
    let mut parts: Vec<(f64, Ink)> = shares.iter().map(own).collect();
    parts.extend(outcome.between().map(|left| (left, BETWEEN)));
    // Sampling can make the parts a little more than the whole.
    let scale = 100.0 / parts.iter().map(|(size, _)| size).sum::<f64>().max(100.0);
    let mut from = 0.0;
    for (size, ink) in parts.into_iter().filter(|(size, _)| *size > 0.0) {
        let to = from + scale * size;
        layers.push(Layer::Bar { from: (from, bottom), to: (to, top), ink });
        let (middle, text) = (0.5 * (from + to), percent(0.01 * size.min(100.0)));
        from = to;
        let (y, side, ink) = match size {
            size if size > 4.0 => (0.5 * (bottom + top), Side::On, style::letters_on(ink)),
            size if size >= 0.5 => (top, Side::Above, GREY),
            _ => continue,
        };
        labels.push(Label::at((middle, y), side, text, ink));
    }
}

/// A thin bar for each grade that is known, else its interval: what has not converged is no bar.
fn side_by_side(
    outcome: &Outcome<'_>,
    (bottom, top): (f64, f64),
    layers: &mut Vec<Layer>,
    labels: &mut Vec<Label>,
) {
    /// Beyond this there is no room for a number \[%\].
    const FAR: f64 = 90.0;
    let shares = &outcome.indices.shares;
    let high = (top - bottom) / float(shares.len());
    let mut upper = top;
    for found in shares {
        let (middle, lower) = (upper - 0.5 * high, upper - high);
        let look = look(found.class);
        let (start, end) = match (interval(found.alone), found.alone.1) {
            (_, Reliability::Converged) => {
                let end = 100.0 * found.alone.0.value.clamp(0.0, 1.0);
                let (from, to) = ((0.0, lower + 0.15 * high), (end, upper - 0.15 * high));
                layers.push(Layer::Bar { from, to, ink: look.ink });
                (0.0, end)
            }
            (Some((low, high)), Reliability::NotConverged { .. }) => {
                let ends = (100.0 * low, 100.0 * high);
                layers.extend(rows::interval(ends, middle, look.ink, &[6.0, 5.0]));
                ends
            }
            _ => (0.0, 0.0),
        };
        let (end, side) = if end > FAR { (start, Side::Left) } else { (end, Side::Right) };
        labels.push(Label::at((end, middle), side, number(found.alone), look.letters).small());
        upper = lower;
    }
}

/// A line below a bar, as long as what rests on assumed parameters with all their interactions;
/// dashed over the interval of what has not converged.
fn with_interactions(outcome: &Outcome<'_>, (bottom, top): (f64, f64)) -> Option<Layer> {
    let found = outcome.assumed()?;
    let whole = found.with_others?;
    let dash: &[f64] = if is_open(whole) { &[6.0, 5.0] } else { &[] };
    let (from, to) = match whole.1 {
        Reliability::Converged => (0.0, whole.0.value.min(1.0)),
        _ => interval(whole)?,
    };
    let y = bottom - 0.12 * (top - bottom);
    let points = vec![(100.0 * from, y), (100.0 * to, y)];
    (to > from).then(|| Layer::Line { points, ink: look(found.class).ink, width: 5.0, dash })
}
