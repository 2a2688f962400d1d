//! From checked tables to resolved arms: layers of a life, phases.

use crate::error::problem::SourceSpan;
use crate::form::problems::Problems;
use crate::form::tree::{Entries, Entry, Node, Value, get, tables, text};
use crate::nutrition::outside_model::COVERED;
use crate::nutrition::regimen::Substance;
use crate::parameters::Parameters;
use crate::physiology::inputs::input;
use crate::physiology::segment_inputs::Resolution;
use crate::scenario::Arm;
use crate::scenario::extend::merge;
use crate::scenario::habits::{earlier_habits, habits};
use crate::scenario::inheritance::{Inherited, changed_habitual};
use crate::scenario::lifestyle::{Lifestyle, LifestyleLayer};
use crate::scenario::overrides::Changes;
use crate::scenario::person::person;
use crate::scenario::phases::phases;
use crate::scenario::safe_name::unsafe_name;
use crate::scenario::scenario_settings::ScenarioSettings;
use crate::units::DAYS_PER_YEAR;
use crate::units::number::rounded;
use std::collections::HashSet;

/// Age at which a run must end at the latest \[y\].
const LAST_AGE_YEARS: f64 = 110.0;

/// The arm tables of a file; a file without any has the one arm `usual`.
pub(crate) fn arm_tables(root: &Entries) -> Vec<Node> {
    let arms: Vec<Node> = tables(root, "arm").cloned().collect();
    if !arms.is_empty() {
        return arms;
    }
    let span = SourceSpan { text: 0, bytes: 0..0 };
    let name = Node::new(Value::Text("usual".into(), None), span.clone());
    let entry = Entry { key: "name".into(), span: span.clone(), node: name };
    vec![Node::new(Value::Table(vec![entry]), span)]
}

/// The names of the arms, in order; reports missing, doubled and unsafe ones.
pub(crate) fn names(arms: &[Node], problems: &mut Problems) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut known: HashSet<String> = HashSet::new();
    for arm in arms {
        let is_blank = |label: &&Node| label.text().is_some_and(|text| text.trim().is_empty());
        if let Some(label) = get(arm.entries(), "label").filter(is_blank) {
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
        } else if !known.insert(name.to_ascii_lowercase()) {
            let message = format!("two arms are called \"{name}\"");
            problems.error(&node.span, message, "the second one", "give each arm its own name");
        }
        names.push(name.to_owned());
    }
    names
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
    let own = &tables.settings;
    settings.check(own, problems);
    let (parameters, parameter_changes) = tables.parameters(settings, changes, problems);
    let person_table =
        changes.of(name).fold(tables.person.clone(), |base, c| merge(base, c.person.clone()));
    let person = person(&person_table, problems);
    check_end_age(&person_table, person.start_age_years, settings, problems);
    check_start_age(node, &person_table, person.start_age_years, &parameters, problems);

    let life = changed_habitual(&inherited.habitual, name, changes, problems);
    let habitual = habits(&life, problems);
    let earlier_habits = earlier_habits(&life, &person, &parameters, problems);
    let habitual_regimens = life.regimens;
    let mut life = inherited.from_start.clone();
    for changes in changes.of(name) {
        life.apply(LifestyleLayer::Arm, &changes.from_start, problems);
    }
    life.eat_at_meals(&own.meals.foods, &node.span);
    remark_on_doses(&life, own.resolution, problems);
    let (phases, regimens) = phases(life, chain, settings, problems);
    Arm {
        name: name.to_owned(),
        label: label.to_owned(),
        hypothesis: settings.hypothesis_of(own).clone(),
        parameters,
        parameter_changes,
        resolution: own.resolution,
        person,
        habitual,
        earlier_habits,
        habitual_regimens,
        phases,
        regimens,
        meals: own.meals.times.clone(),
        meal_foods: own.meals.foods.clone(),
        season: settings.season_of(own),
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
        let help = "single doses need resolution = \"pills\" or \"meals\"";
        problems.remark(Some(span), message, help);
    }
    let calcium = Substance::Calcium;
    let taken = life.regimens.iter().any(|regimen| regimen.substance == calcium);
    if resolution == Resolution::Pills && taken {
        let span = life.origins.get(calcium.supplement_input());
        let message = "the resolution \"pills\" spreads calcium pills evenly over the day";
        problems.remark(span, message, "to see single ones, write resolution = \"meals\"");
    }
}

/// An age below the one from which life is followed, where a parameter has moved that.
fn check_start_age(
    arm: &Node,
    person: &Entries,
    age: f64,
    parameters: &Parameters<f64>,
    problems: &mut Problems,
) {
    let first = parameters.reference_age_years;
    let allowed = input("start_age_years").is_none_or(|info| age >= info.allowed.0);
    if age < first && allowed {
        let span = get(person, "age").map_or(&arm.span, |node| &node.span);
        let message = format!(
            "age at the start: {} years is below the age of {} from which every past is lived",
            rounded(age),
            rounded(first)
        );
        let help = format!("write a later age, or a smaller reference_age_years. {COVERED}");
        problems.error(span, message, "", help);
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
