//! From checked tables to resolved arms: `like`, layers of a life, phases.

use crate::error::problem::SourceSpan;
use crate::error::suggest::did_you_mean;
use crate::form::problems::Problems;
use crate::form::tree::{Entries, Entry, Node, Value, get, table, tables, text};
use crate::nutrition::regimen::Substance;
use crate::physiology::inputs::{Inputs, input};
use crate::physiology::segment_inputs::Resolution;
use crate::scenario::Arm;
use crate::scenario::extend::merge;
use crate::scenario::lifestyle::{Lifestyle, LifestyleLayer};
use crate::scenario::person::person;
use crate::scenario::phases::{check_inputs, phases, with_supplements};
use crate::scenario::scenario_settings::{self, ScenarioSettings};
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
        if let Some(label) = get(arm.entries(), "label").filter(|label| is_blank(label)) {
            let help = "write words, or take it out: then the name stands for it";
            problems.error(&label.span, "an arm's label is empty", "", help);
        }
        let Some(node) = get(arm.entries(), "name") else {
            if !problems.was_refused(&arm.span, "name") {
                let help = "write name = \"usual\" below [[arm]]";
                problems.error(&arm.span, "an arm has no name", "", help);
            }
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

fn is_blank(node: &Node) -> bool {
    node.text().is_some_and(|text| text.trim().is_empty())
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
    let changes = || [Some(changes), changes.of_arms.get(name)].into_iter().flatten();
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

    let mut life = Lifestyle::new(Inputs::reference(&parameters), settings.start_date);
    life.apply(LifestyleLayer::Habitual, table(root, "habitual"), problems);
    for arm in &chain {
        life.apply(LifestyleLayer::Habitual, table(arm.entries(), "habitual"), problems);
    }
    for changes in changes() {
        life.apply(LifestyleLayer::Habitual, &changes.habitual, problems);
    }
    let habitual = with_supplements(&life, &life.regimens, 0.0);
    check_inputs(&habitual, &life.origins, problems);
    for arm in &chain {
        life.apply(LifestyleLayer::Arm, arm.entries(), problems);
    }
    changes().for_each(|changes| life.apply(LifestyleLayer::Arm, &changes.from_start, problems));
    life.eat_at_meals(&own.meals.foods, &node.span);
    remark_on_doses(&life, own.resolution, problems);
    let (phases, regimens) = phases(life, &chain, settings, problems);
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

/// Says what the resolution makes of single doses from day 0.
fn remark_on_doses(life: &Lifestyle, resolution: Resolution, problems: &mut Problems) {
    if let (Resolution::Averaged, Some(span)) = (resolution, &life.timed) {
        let message = "in the resolution \"averaged\" clock times do nothing, and missed doses only \
                       lower the mean";
        problems.remark(
            Some(span),
            message,
            "single doses need resolution = \"pills\" or \"meals\"",
        );
    }
    let calcium = Substance::Calcium;
    let taken = life.regimens.iter().any(|regimen| regimen.substance == calcium);
    if resolution == Resolution::Pills && taken {
        let span = life.origins.get(calcium.supplement_input());
        let message = "the resolution \"pills\" spreads calcium pills evenly over the day";
        problems.remark(span, message, "to see single ones, write resolution = \"meals\"");
    }
}

fn check_end_age(person: &Entries, age: f64, settings: &ScenarioSettings, problems: &mut Problems) {
    let end = age + settings.duration_days / DAYS_PER_YEAR;
    // An age that is refused by itself is not refused again for its end.
    let allowed = input("start_age_years").is_none_or(|info| age <= info.allowed.1);
    if end > LAST_AGE_YEARS && settings.has_duration && allowed {
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
