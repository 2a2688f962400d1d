//! Morris plane: how large the effect of an input is (μ*) against how much that depends on the
//! others and on the place (σ).

use crate::charts::chart::{Chart, Ends, Label, Panel, Place, Scale, Words, sentences};
use crate::charts::sensitivity::{Findings, Ranked, factor_name, grade_keys, look};
use crate::plots::panel::Layer;
use crate::plots::style::{AXIS, GREY};
use crate::sweep::sensitivity::indices::IndexKind;
use crate::sweep::sensitivity::{Factor, SensitivityMethod, class_word};
use crate::words::catalogue::message;
use crate::words::names::{beside, bracketed, capital};
use crate::words::numbers::{significant, with_unit};

/// Inputs that are named at most.
const MOST_NAMES: usize = 12;

/// An input with the mean size of its effects and their spread.
struct Effects<'a> {
    factor: &'a Factor,
    size: f64,
    spread: f64,
}

/// Whether its method looked at the outcome.
pub(crate) fn suits(findings: &Findings<'_>, outcome: usize) -> bool {
    findings.indices_of(outcome, SensitivityMethod::Morris).is_some()
}

pub(crate) fn chart(findings: &Findings<'_>, outcome: usize) -> Chart {
    let effects = facts(findings, outcome);
    let panel = (!effects.is_empty()).then(|| panel(findings, outcome, &effects));
    findings.chart(words(findings, outcome, &effects), panel)
}

/// All inputs with an effect, the largest first.
fn facts<'a>(findings: &Findings<'a>, outcome: usize) -> Vec<Effects<'a>> {
    let effects = |one: Ranked<'a>| {
        let value = |kind| one.index(kind).map(|index| index.estimate.value);
        let (size, spread) = (value(IndexKind::MuStar)?, value(IndexKind::Sigma)?);
        let effects = Effects { factor: one.factor, size, spread };
        (size.is_finite() && spread.is_finite()).then_some(effects)
    };
    let ranked = findings.ranked(outcome, SensitivityMethod::Morris).into_iter();
    ranked.filter_map(effects).collect()
}

/// The mean size of an effect as title and picture write it.
fn size(findings: &Findings<'_>, outcome: usize, effects: &Effects<'_>) -> String {
    with_unit(&significant(effects.size, 2), findings.unit(outcome))
}

fn words(findings: &Findings<'_>, outcome: usize, effects: &[Effects<'_>]) -> Words {
    let name = capital(&findings.name(outcome));
    let title = match effects.first() {
        None => findings.nothing(outcome, SensitivityMethod::Morris),
        Some(first) => {
            let (input, size) = (factor_name(first.factor), size(findings, outcome, first));
            if first.spread > 0.5 * first.size {
                message!(morris.depends, name, input, size)
            } else {
                message!(morris.steady, name, input, size)
            }
        }
    };
    let (text, person) = (findings.text(outcome), &findings.person);
    let told = effects.iter().take(MOST_NAMES).map(|effects| {
        let (input, grade) = (factor_name(effects.factor), class_word(effects.factor.class));
        let [size, spread] = [effects.size, effects.spread].map(|value| significant(value, 3));
        message!(morris.description, input, grade, size, spread)
    });
    Words { title, subtitle: message!(morris.subtitle, text, person), description: sentences(told) }
}

fn panel(findings: &Findings<'_>, outcome: usize, effects: &[Effects<'_>]) -> Panel {
    let most = |of: fn(&Effects<'_>) -> f64| effects.iter().map(of).fold(0.0, f64::max);
    // Room for the name of the largest.
    let wide = 1.18 * most(|effects| effects.size);
    let tall = 1.04 * most(|effects| effects.spread).max(0.05 * wide);
    let end = wide.min(tall);
    let (points, dash): (_, &[f64]) = (vec![(0.0, 0.0), (end, end)], &[6.0, 5.0]);
    let mut layers = vec![Layer::Line { points, ink: AXIS, width: 1.5, dash }];
    // The largest last, so that none of the many small ones covers it.
    layers.extend(effects.iter().rev().map(|effects| {
        let (style, at) = (look(effects.factor.class), (effects.size, effects.spread));
        Layer::Dot { at, shape: style.shape, ink: style.ink, radius: 8.0, hollow: false }
    }));
    let outstanding =
        |effects: &&Effects<'_>| effects.size > 0.1 * wide || effects.spread > 0.25 * tall;
    let named = effects.iter().filter(outstanding).take(MOST_NAMES);
    let mut labels: Vec<Label> = named
        .zip((0..u8::MAX).rev())
        .map(|(effects, priority)| {
            let place = Place::Close((effects.size, effects.spread));
            let label = Label::new(place, String::new(), look(effects.factor.class).letters);
            Label { name: factor_name(effects.factor), priority, ..label }
        })
        .collect();
    if let (Some(first), Some(label)) = (effects.first(), labels.first_mut()) {
        label.place = Place::Near((first.size, first.spread)); // the title tells it
        label.text = message!(morris.moves, size = size(findings, outcome, first));
    }
    let diagonal = Place::Near((0.8 * end, 0.8 * end));
    let diagonal = Label::new(diagonal, message!(morris.diagonal), GREY).small();
    labels.push(Label { priority: 0, ..diagonal });
    let unit = bracketed(findings.unit(outcome));
    let across = beside(&message!(morris.across), &unit);
    let x = Scale::new(across, 0.0, wide, Ends::Exact(1e-9));
    let y = Scale::untitled(0.0, tall, Ends::Rounded(1e-9));
    let (heading, keys) = (message!(morris.heading), grade_keys(findings.sensitivity));
    Panel { heading, unit, keys, ..Panel::of(x, y, layers, labels) }
}
