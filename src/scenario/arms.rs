//! From checked tables to resolved arms: layers of a life, phases.

use crate::error::problem::SourceSpan;
use crate::form::problems::Problems;
use crate::form::tree::{Entries, Entry, Node, Value, get, tables, text};
use crate::nutrition::regimen::Regimen;
use crate::nutrition::schedule::snapped;
use crate::physiology::inputs::{INPUTS, Inputs};
use crate::scenario::amounts::{check_range, days};
use crate::scenario::extend::merge;
use crate::scenario::inheritance::Inherited;
use crate::scenario::lifestyle::{Lifestyle, LifestyleLayer};
use crate::scenario::overrides::Changes;
use crate::scenario::person::person;
use crate::scenario::scenario_settings::ScenarioSettings;
use crate::scenario::{Arm, Phase};
use crate::units::DAYS_PER_YEAR;
use crate::units::number::rounded;
use std::collections::{BTreeMap, HashSet};

/// More phases than these an arm with those that it is `like` does not have.
const PHASE_LIMIT: usize = 2000;

/// Age at which a run must end at the latest \[y\].
const LAST_AGE_YEARS: f64 = 110.0;

/// The arm tables of a file; a file without any has the one arm `usual`.
pub(crate) fn arm_tables(root: &Entries) -> Vec<Node> {
    let arms: Vec<Node> = tables(root, "arm").cloned().collect();
    if !arms.is_empty() {
        return arms;
    }
    let span = SourceSpan { text: 0, bytes: 0..0 };
    let name = Node { value: Value::Text("usual".into(), None), span: span.clone() };
    let entry = Entry { key: "name".into(), span: span.clone(), node: name };
    vec![Node { value: Value::Table(vec![entry]), span }]
}

/// The names of the arms, in order; reports missing, doubled and unsafe ones.
pub(crate) fn names(arms: &[Node], problems: &mut Problems) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut known: HashSet<String> = HashSet::new();
    for arm in arms {
        let Some(node) = get(arm.entries(), "name") else {
            problems.error(
                &arm.span,
                "an arm has no name",
                "",
                "write name = \"usual\" below [[arm]]",
            );
            continue;
        };
        let name = node.text().unwrap_or_default();
        if let Some(reason) = unsafe_name(name) {
            let help = "arm names are folder names: letters, digits, _ and -, such as \"calcium_d\"; \
                        free words go into `label`";
            problems.error(&node.span, format!("the arm name \"{name}\" {reason}"), "", help);
        } else if !known.insert(name.to_ascii_lowercase()) {
            let message = format!("two arms are called \"{name}\"");
            problems.error(&node.span, message, "the second one", "give each arm its own name");
        }
        names.push(name.to_owned());
    }
    names
}

fn unsafe_name(name: &str) -> Option<&'static str> {
    const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "figures", "timing"];
    let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let first = name.chars().next();
    match first {
        None => Some("is empty"),
        Some(_) if !name.chars().all(safe) => Some("holds other signs"),
        Some(first) if !first.is_ascii_alphanumeric() => {
            Some("does not begin with a letter or digit")
        }
        Some(_) if name.len() > 60 => Some("is longer than 60 letters"),
        Some(_) if RESERVED.contains(&name.to_lowercase().as_str()) => Some("is reserved"),
        Some(_) => None,
    }
}

/// The arm of a table, with all that it inherits and all changes.
pub(crate) fn arm(
    inherited: &Inherited<'_>,
    chain: &[&Node],
    settings: &ScenarioSettings,
    changes: &Changes,
    problems: &mut Problems,
) -> Arm {
    let tables = &inherited.tables;
    let (node, name) = (tables.node, tables.name());
    let label = text(node.entries(), "label").unwrap_or(name);
    let own = settings.finished(&tables.settings, problems);
    let (parameters, parameter_changes) = tables.parameters(settings, changes, problems);
    let person_table =
        changes.of(name).fold(tables.person.clone(), |base, c| merge(base, c.person.clone()));
    let person = person(&person_table, problems);
    check_end_age(&person_table, person.start_age_years, settings, problems);

    let life = inherited.habitual_with(changes, problems);
    let habitual = with_supplements(&life, &life.regimens, 0.0);
    check_inputs(&habitual, &life.origins, problems);
    let mut life = inherited.from_start.clone();
    for changes in changes.of(name) {
        life.apply(LifestyleLayer::Arm, &changes.from_start, problems);
    }
    life.eat_at_meals(&own.meals.foods, &node.span);
    let (phases, regimens) = phases(life, chain, settings.duration_days, problems);
    Arm {
        name: name.to_owned(),
        label: label.to_owned(),
        hypothesis: own.hypothesis,
        parameters,
        parameter_changes,
        resolution: own.resolution,
        person,
        habitual,
        phases,
        regimens,
        meals: own.meals.times,
        meal_foods: own.meals.foods,
        season: own.season,
        duration_days: settings.duration_days,
        output_every_days: settings.output_every_days(own.resolution),
        seed: settings.seed,
    }
}

fn check_end_age(person: &Entries, age: f64, settings: &ScenarioSettings, problems: &mut Problems) {
    let end = age + settings.duration_days / DAYS_PER_YEAR;
    if end > LAST_AGE_YEARS {
        let span = get(person, "age").map_or(&settings.duration_span, |node| &node.span);
        let message = format!("the run would end at the age of {}", rounded(end));
        let help = format!(
            "a run must end by the age of {LAST_AGE_YEARS}: at most {} years from the age of {}",
            rounded((LAST_AGE_YEARS - age).max(0.0)),
            rounded(age)
        );
        problems.error(span, message, "", help);
    }
}

struct WrittenPhase<'a> {
    from: f64,
    to: f64,
    node: &'a Node,
}

/// Phases as written: those with sound days, sorted, and the others.
struct Phases<'a> {
    sound: Vec<WrittenPhase<'a>>,
    /// Their contents are checked all the same, so that all problems are reported at once.
    misdated: Vec<&'a Node>,
}

/// Reads `from` and `to` of the phases of a chain; reports what cannot be.
fn written<'a>(chain: &[&'a Node], duration: f64, problems: &mut Problems) -> Phases<'a> {
    let mut found = Phases { sound: Vec::new(), misdated: Vec::new() };
    for arm in chain {
        let mut previous = f64::NEG_INFINITY;
        for node in tables(arm.entries(), "phase") {
            match dates(node, duration, &mut previous, problems) {
                Some((from, to)) => found.sound.push(WrittenPhase { from, to, node }),
                None => found.misdated.push(node),
            }
        }
    }
    if let Some(first) = found.sound.get(PHASE_LIMIT) {
        let message = format!("more than {PHASE_LIMIT} phases in an arm");
        problems.error(
            &first.node.span,
            message,
            "",
            "doses that come again are written as regimens",
        );
        found.sound.truncate(PHASE_LIMIT);
    }
    found.sound.sort_by(|a, b| a.from.total_cmp(&b.from));
    report_overlaps(&found.sound, problems);
    found
}

/// First and last day of a phase; `None`, reported, if they cannot be.
fn dates(
    node: &Node,
    duration: f64,
    previous: &mut f64,
    problems: &mut Problems,
) -> Option<(f64, f64)> {
    let Some(from) = get(node.entries(), "from") else {
        let help = "write from = \"10 years\" below [[arm.phase]]";
        problems.error(&node.span, "a phase does not say when it begins", "", help);
        return None;
    };
    let to_node = get(node.entries(), "to");
    let from_day = snapped(days(from, "the beginning of a phase", problems)?);
    let to = match to_node {
        None => f64::INFINITY,
        Some(to) => snapped(days(to, "the end of a phase", problems)?),
    };
    let lasts = || format!("the run lasts {} days", rounded(duration));
    let before = std::mem::replace(previous, previous.max(from_day));
    if from_day >= duration {
        problems.error(&from.span, "the phase begins after the run has ended", lasts(), "");
    } else if from_day < before {
        let help = "write the phases in the order in which they begin";
        problems.error(&from.span, "the phases are not in order", "", help);
    } else if to <= from_day || (to > duration && to.is_finite()) {
        let message = "the phase ends before it begins or after the run has ended";
        problems.error(&to_node.unwrap_or(from).span, message, lasts(), "");
    } else {
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
fn phases(
    mut life: Lifestyle,
    chain: &[&Node],
    duration: f64,
    problems: &mut Problems,
) -> (Vec<Phase>, Vec<Regimen>) {
    let mut turns: Vec<(f64, DietOfDay)> = vec![(0.0, DietOfDay::of(&life))];
    let written = written(chain, duration, problems);
    for node in written.misdated {
        life.clone().apply(LifestyleLayer::Phase(0.0), node.entries(), problems);
    }
    for phase in written.sound {
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
        regimen.from_day = snapped(regimen.from_day);
        regimen.to_day = snapped(regimen.to_day);
    }
    report_outside(&regimens, &life, duration, problems);
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
    (phases, regimens)
}

fn report_outside(regimens: &[Regimen], life: &Lifestyle, duration: f64, problems: &mut Problems) {
    for regimen in regimens.iter().filter(|regimen| regimen.from_day >= duration) {
        if let Some(span) = life.origins.get(regimen.substance.supplement_input()) {
            let label = format!("the run lasts {} days", rounded(duration));
            let message = "a supplement begins after the run has ended";
            problems.error(span, message, label, "");
        }
    }
}

/// The mean daily inputs of a day: diet, conditions and the running regimens.
fn with_supplements(life: &Lifestyle, regimens: &[Regimen], day: f64) -> Inputs<f64> {
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

/// Checks every mean input against its ranges, at the key that last touched it.
fn check_inputs(
    inputs: &Inputs<f64>,
    origins: &BTreeMap<&'static str, SourceSpan>,
    problems: &mut Problems,
) {
    for info in INPUTS.iter().filter(|info| info.kind.changes_over_time()) {
        let value = inputs.get(info.name).unwrap_or_default();
        // Inputs that no key set are those of the reference diet, or 0 with `only_foods`.
        let Some(span) = origins.get(info.name) else { continue };
        check_range(info, value, span, problems);
    }
}
