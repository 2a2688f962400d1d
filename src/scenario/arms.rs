//! From checked tables to resolved arms: `like`, layers of a life, phases.

use crate::error::problem::SourceSpan;
use crate::error::suggest::did_you_mean;
use crate::form::problems::Problems;
use crate::form::tree::{Entries, Entry, Node, Value, get, table, tables, text};
use crate::nutrition::regimen::Regimen;
use crate::nutrition::schedule::snapped;
use crate::physiology::inputs::{INPUTS, Inputs};
use crate::scenario::amounts::{check_range, days};
use crate::scenario::extend::merge;
use crate::scenario::lifestyle::{Lifestyle, LifestyleLayer};
use crate::scenario::person::person;
use crate::scenario::scenario_settings::{self, ScenarioSettings};
use crate::scenario::{Arm, Phase};
use crate::units::DAYS_PER_YEAR;
use crate::units::number::rounded;
use std::collections::{BTreeMap, HashMap};

/// Age at which a run must end at the latest \[y\].
const LAST_AGE_YEARS: f64 = 110.0;

/// Changes by `--set`, after all layers of the files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changes {
    /// Keys at the top of the file.
    pub root: Vec<Entry>,
    /// Keys of `[person]`.
    pub person: Vec<Entry>,
    /// Intakes and conditions for life.
    pub habitual: Vec<Entry>,
    /// Intakes and conditions from day 0.
    pub from_start: Vec<Entry>,
    /// Parameters; the last of the same name holds.
    pub parameters: Vec<Entry>,
    /// Changes of one arm only, by its name.
    pub of_arms: BTreeMap<String, Changes>,
}

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
        } else if names.iter().any(|other| other.eq_ignore_ascii_case(name)) {
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

/// An arm's table and those that it is `like`, the farthest first.
fn chain<'a>(arm: &'a Node, arms: &'a [Node], problems: &mut Problems) -> Vec<&'a Node> {
    let mut chain = vec![arm];
    let mut current = arm;
    while let Some(node) = get(current.entries(), "like") {
        let wanted = node.text().unwrap_or_default();
        let named = |other: &&Node| text(other.entries(), "name") == Some(wanted);
        let Some(next) = arms.iter().find(named) else {
            let names: Vec<&str> =
                arms.iter().filter_map(|arm| text(arm.entries(), "name")).collect();
            let meant = did_you_mean(wanted, names.iter().copied());
            let help = format!("{meant}Arms: {}.", names.join(", "));
            problems.error(&node.span, format!("unknown arm \"{wanted}\""), "", help);
            break;
        };
        if chain.iter().any(|seen| std::ptr::eq(*seen, next)) {
            let message = format!("the arms are like each other in a ring, at \"{wanted}\"");
            problems.error(&node.span, message, "", "take out one of the `like`");
            break;
        }
        chain.push(next);
        current = next;
    }
    chain.reverse();
    chain
}

/// The tables of a key: of the file, then of all arms of a chain.
fn layers<'a>(
    root: &'a Entries,
    chain: &[&'a Node],
    key: &str,
) -> impl Iterator<Item = &'a Entries> {
    let arms = chain.iter().map(|arm| table(arm.entries(), key));
    std::iter::once(table(root, key)).chain(arms)
}

/// The tables of a key of the file and of all arms of a chain, merged.
fn merged(root: &Entries, chain: &[&Node], key: &str) -> Vec<Entry> {
    layers(root, chain, key).fold(Vec::new(), |base, layer| merge(base, layer.to_vec()))
}

/// The entries of layers, each key once: at its first place, with its last value.
fn layered<'a>(layers: impl Iterator<Item = &'a Entries>) -> Vec<&'a Entry> {
    let mut entries: Vec<&Entry> = Vec::new();
    let mut positions: HashMap<&str, usize> = HashMap::new();
    for entry in layers.flatten() {
        let position = *positions.entry(&entry.key).or_insert(entries.len());
        match entries.get_mut(position) {
            Some(earlier) => *earlier = entry,
            None => entries.push(entry),
        }
    }
    entries
}

pub(crate) fn arm(
    root: &Entries,
    node: &Node,
    arms: &[Node],
    settings: &ScenarioSettings,
    changes: &Changes,
    problems: &mut Problems,
) -> Arm {
    let chain = chain(node, arms, problems);
    let name = text(node.entries(), "name").unwrap_or_default();
    let label = text(node.entries(), "label").unwrap_or(name);
    let own = settings.arm_settings(&chain, problems);
    let changes = [Some(changes), changes.of_arms.get(name)];
    let changes = || changes.iter().copied().flatten();
    let with = |base, of: fn(&Changes) -> &Vec<Entry>| {
        changes().fold(base, |b, c| merge(b, of(c).clone()))
    };
    let changed = changes().map(|changes| changes.parameters.as_slice());
    let given = layered(layers(root, &chain, "parameters").chain(changed));
    let (parameters, parameter_changes) =
        scenario_settings::parameters(own.hypothesis, &given, settings.beyond_range, problems);
    let person_table = with(merged(root, &chain, "person"), |changes| &changes.person);
    let person = person(&person_table, problems);
    check_end_age(&person_table, person.start_age_years, settings, problems);

    let mut life = Lifestyle::new(Inputs::reference(&parameters));
    life.apply(LifestyleLayer::Habitual, table(root, "habitual"), problems);
    for arm in &chain {
        life.apply(LifestyleLayer::Habitual, table(arm.entries(), "habitual"), problems);
    }
    for changes in changes() {
        life.apply(LifestyleLayer::Habitual, &changes.habitual, problems);
    }
    let habitual = with_supplements(&life, &life.regimens, 0.0);
    check_inputs(&habitual, &life.origins, problems);
    let habitual_regimens = life.regimens.clone();
    for arm in &chain {
        life.apply(LifestyleLayer::Arm, arm.entries(), problems);
    }
    changes().for_each(|changes| life.apply(LifestyleLayer::Arm, &changes.from_start, problems));
    life.eat_at_meals(&own.meals.foods, &node.span);
    let (phases, regimens) = phases(life, &chain, settings.duration_days, problems);
    Arm {
        name: name.to_owned(),
        label: label.to_owned(),
        hypothesis: own.hypothesis,
        parameters,
        parameter_changes,
        resolution: own.resolution,
        person,
        habitual,
        habitual_regimens,
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

/// Applies the phases and finds every day on which the mean inputs change.
fn phases(
    mut life: Lifestyle,
    chain: &[&Node],
    duration: f64,
    problems: &mut Problems,
) -> (Vec<Phase>, Vec<Regimen>) {
    let mut turns: Vec<(f64, Lifestyle)> = vec![(0.0, life.clone())];
    let written = written(chain, duration, problems);
    for node in written.misdated {
        life.clone().apply(LifestyleLayer::Phase(0.0), node.entries(), problems);
    }
    for phase in written.sound {
        let before = life.clone();
        life.apply(LifestyleLayer::Phase(phase.from), phase.node.entries(), problems);
        turns.push((phase.from, life.clone()));
        if phase.to.is_finite() {
            life.restore(&before, phase.from, phase.to);
            turns.push((phase.to, life.clone()));
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
        let Some((_, life)) = last else { continue };
        let inputs = with_supplements(life, &regimens, day);
        check_inputs(&inputs, &life.origins, problems);
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
    let mut inputs = life.without_supplements();
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
