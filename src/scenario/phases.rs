//! From the phases of an arm to the days on which its mean inputs change.

use crate::error::problem::SourceSpan;
use crate::form::problems::Problems;
use crate::form::tree::{Node, get, tables};
use crate::nutrition::regimen::Regimen;
use crate::nutrition::schedule::snapped;
use crate::physiology::inputs::{INPUTS, InputKind, Inputs};
use crate::scenario::Phase;
use crate::scenario::amounts::{check_range, days};
use crate::scenario::doses::{check_doses_at_once, check_means};
use crate::scenario::lifestyle::{Lifestyle, LifestyleLayer};
use crate::scenario::scenario_settings::ScenarioSettings;
use crate::units::number::rounded;
use std::collections::BTreeMap;

/// More phases than these an arm with those that it is `like` does not have.
const PHASE_LIMIT: usize = 2000;

struct WrittenPhase<'a> {
    from: f64,
    to: f64,
    node: &'a Node,
}

/// Reads `from` and `to` of the phases of a chain; reports what cannot be.
///
/// Gives those with sound days, sorted, and the others: their contents are checked all the same, so
/// that all problems are reported at once.
fn written<'a>(
    chain: &[&'a Node],
    settings: &ScenarioSettings,
    problems: &mut Problems,
) -> (Vec<WrittenPhase<'a>>, Vec<&'a Node>) {
    let (mut sound, mut misdated) = (Vec::new(), Vec::new());
    for arm in chain {
        let mut previous = f64::NEG_INFINITY;
        for node in tables(arm.entries(), "phase") {
            match dates(node, settings, &mut previous, problems) {
                Some((from, to)) => sound.push(WrittenPhase { from, to, node }),
                None => misdated.push(node),
            }
        }
    }
    if let Some(first) = sound.get(PHASE_LIMIT) {
        let message = format!("more than {PHASE_LIMIT} phases in an arm");
        let help = "doses that come again are written as regimens";
        problems.error(&first.node.span, message, "", help);
        sound.truncate(PHASE_LIMIT);
    }
    sound.sort_by(|a, b| a.from.total_cmp(&b.from));
    report_overlaps(&sound, problems);
    (sound, misdated)
}

/// First and last day of a phase; `None`, reported, if they cannot be or the run ends before.
fn dates(
    node: &Node,
    settings: &ScenarioSettings,
    previous: &mut f64,
    problems: &mut Problems,
) -> Option<(f64, f64)> {
    let Some(from) = get(node.entries(), "from") else {
        let help = "write from = \"10 years\" below [[arm.phase]]";
        if !problems.was_refused(&node.span, "from") {
            problems.error(&node.span, "a phase does not say when it begins", "", help);
        }
        return None;
    };
    let (to_node, start) = (get(node.entries(), "to"), settings.start_date);
    let from_day = snapped(days(from, "the beginning of a phase", start, problems)?);
    let to = match to_node {
        None => f64::INFINITY,
        Some(to) => snapped(days(to, "the end of a phase", start, problems)?),
    };
    let duration = if settings.has_duration { settings.duration_days } else { f64::INFINITY };
    let lasts = || format!("the run lasts {} days", rounded(duration));
    let before = std::mem::replace(previous, previous.max(from_day));
    if from_day < before {
        let help = "write the phases in the order in which they begin";
        problems.error(&from.span, "the phases are not in order", "", help);
    } else if to <= from_day {
        let label = format!("it begins on day {}", rounded(from_day));
        let message = "the phase ends before it begins";
        let help = "write a later `to`, or leave it out for a phase without an end";
        problems.error(&to_node.unwrap_or(from).span, message, label, help);
    } else if from_day >= duration {
        let message = "the run ends before this phase begins";
        problems.warning(&from.span, message, lasts(), "");
    } else {
        if let Some(to_node) = to_node.filter(|_| to > duration) {
            problems.warning(&to_node.span, "the run ends before this phase does", lasts(), "");
        }
        return Some((from_day, to));
    }
    None
}

fn report_overlaps(phases: &[WrittenPhase<'_>], problems: &mut Problems) {
    for (first, second) in phases.iter().zip(phases.iter().skip(1)) {
        let ends_late = first.to.is_finite() && first.to > second.from;
        if first.from == second.from || ends_late {
            let message = "two phases overlap";
            let label = format!("begins on day {}", rounded(second.from));
            let help = if ends_late {
                format!("the phase before it ends on day {} only", rounded(first.to))
            } else {
                "write both changes into one phase".into()
            };
            let span = get(second.node.entries(), "from").map_or(&second.node.span, |n| &n.span);
            problems.error(span, message, label, help);
        }
    }
}

/// What is eaten and lived through from a day on, without supplements.
struct DietOfDay {
    inputs: Inputs<f64>,
    origins: BTreeMap<&'static str, SourceSpan>,
}

impl DietOfDay {
    fn of(life: &Lifestyle) -> Self {
        Self { inputs: life.without_supplements(), origins: life.origins.clone() }
    }
}

/// Applies the phases and finds every day on which the mean inputs change.
pub(super) fn phases(
    mut life: Lifestyle,
    chain: &[&Node],
    settings: &ScenarioSettings,
    problems: &mut Problems,
) -> (Vec<Phase>, Vec<Regimen>) {
    let duration = settings.duration_days;
    let mut turns: Vec<(f64, DietOfDay)> = vec![(0.0, DietOfDay::of(&life))];
    let (sound, misdated) = written(chain, settings, problems);
    for node in misdated {
        life.clone().apply(LifestyleLayer::Phase(0.0), node.entries(), problems);
    }
    for phase in sound {
        let before = phase.to.is_finite().then(|| life.clone());
        life.apply(LifestyleLayer::Phase(phase.from), phase.node.entries(), problems);
        turns.push((phase.from, DietOfDay::of(&life)));
        if let Some(before) = before {
            life.restore(&before, phase.from, phase.to);
            turns.push((phase.to, DietOfDay::of(&life)));
        }
    }
    let mut regimens = life.regimens.clone();
    for regimen in &mut regimens {
        regimen.from_day = snapped(regimen.from_day.max(0.0));
        regimen.to_day = snapped(regimen.to_day);
    }
    if settings.has_duration {
        report_outside(&regimens, &life, duration, problems);
    }
    let mut days: Vec<f64> = turns.iter().map(|(day, _)| *day).collect();
    days.extend(regimens.iter().flat_map(|regimen| [regimen.from_day, regimen.to_day]));
    days.retain(|day| (0.0..duration).contains(day));
    days.sort_by(f64::total_cmp);
    days.dedup();
    let mut phases: Vec<Phase> = Vec::new();
    for day in days {
        let last = turns.iter().rev().find(|(start, _)| *start <= day);
        let Some((_, diet)) = last else { continue };
        let inputs = plus_supplements(diet.inputs, &regimens, day);
        check_inputs(&inputs, &diet.origins, problems);
        if phases.last().is_none_or(|phase| phase.inputs != inputs) {
            phases.push(Phase { start_day: day, inputs });
        }
    }
    let place = |name: &'static str, day: f64| {
        let (_, diet) = turns.iter().rev().find(|(start, _)| *start <= day)?;
        diet.origins.get(name).cloned()
    };
    check_doses_at_once(&regimens, &place, problems);
    check_means(&regimens, &place, problems);
    (phases, regimens)
}

fn report_outside(regimens: &[Regimen], life: &Lifestyle, duration: f64, problems: &mut Problems) {
    for regimen in regimens.iter().filter(|regimen| regimen.from_day >= duration) {
        if let Some(span) = life.origins.get(regimen.substance.supplement_input()) {
            let label = format!("the run lasts {} days", rounded(duration));
            let message = "the run ends before this supplement begins";
            problems.warning(span, message, label, "");
        }
    }
}

/// The mean daily inputs of a day: diet, conditions and the running regimens.
pub(super) fn with_supplements(life: &Lifestyle, regimens: &[Regimen], day: f64) -> Inputs<f64> {
    plus_supplements(life.without_supplements(), regimens, day)
}

fn plus_supplements(mut inputs: Inputs<f64>, regimens: &[Regimen], day: f64) -> Inputs<f64> {
    for regimen in regimens.iter().filter(|r| (r.from_day..r.to_day).contains(&day)) {
        if let Some(value) = inputs.get_mut(regimen.substance.supplement_input()) {
            *value += regimen.mean_per_day();
        }
    }
    inputs
}

/// Checks every mean input but supplements against its ranges, at the key that last touched it.
pub(super) fn check_inputs(
    inputs: &Inputs<f64>,
    origins: &BTreeMap<&'static str, SourceSpan>,
    problems: &mut Problems,
) {
    // Those of supplements are means over days: see `doses`.
    let own = |kind: InputKind| kind.changes_over_time() && kind != InputKind::Supplement;
    for info in INPUTS.iter().filter(|info| own(info.kind)) {
        // Inputs that no key set are those of the reference diet, or 0 with `only_foods`.
        if let (Some(value), Some(span)) = (inputs.get(info.name), origins.get(info.name)) {
            check_range(info, value, span, problems);
        }
    }
}
