//! What differs between two arms, and arms that have some of it from one and some from the other.

use std::collections::BTreeSet;

use crate::nutrition::regimen::{Regimen, Substance};
use crate::parameters::PARAMETER_TABLE;
use crate::physiology::inputs::{INPUTS, InputInfo, Inputs};
use crate::scenario::{Arm, EarlierHabits, Phase};
use crate::words::numbers::{short, with_unit};
use crate::words::time::duration;

/// Something that differs between two arms and can be exchanged alone.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Cause {
    /// Words for people: "MK-7 from pills".
    pub label: String,
    /// Its value in the first arm and in the second, with unit: "0", "180 ug/d".
    pub from: String,
    pub to: String,
    parts: Vec<Part>,
}

/// A part of an arm.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// An input from day 0 on, with its pills.
    Input(&'static str),
    /// Foods of single meals.
    MealFoods,
    /// An input for life before day 0.
    Habit(&'static str),
    Parameter(&'static str),
    Person,
    Season,
    /// Clock times of meals.
    Meals,
    Resolution,
    Seed,
}

/// Everything that differs, one cause each; parameters of another hypothesis set are one cause.
pub(crate) fn causes(from: &Arm, to: &Arm) -> Vec<Cause> {
    let mut causes: Vec<Cause> = INPUTS.iter().filter_map(|info| input(info, from, to)).collect();
    if from.meal_foods != to.meal_foods {
        let mut of_meals = Cause::joined("foods and pills with meals", causes);
        of_meals.parts.push(Part::MealFoods);
        causes = vec![of_meals];
    }
    causes.extend(INPUTS.iter().filter_map(|info| habit(info, from, to)));
    causes.extend(parameters(from, to));
    let whole = [
        (from.person != to.person, "person", Part::Person),
        (from.season != to.season, "season of the sun", Part::Season),
        (from.meals != to.meals, "clock times of meals", Part::Meals),
        (from.resolution != to.resolution, "resolution of intake", Part::Resolution),
        (from.seed != to.seed, "seed of missed doses", Part::Seed),
    ];
    let whole = whole.into_iter().filter(|(differs, ..)| *differs);
    causes.extend(whole.map(|(_, label, part)| Cause::plain(label, vec![part])));
    causes
}

impl Cause {
    fn plain(label: &str, parts: Vec<Part>) -> Self {
        Self { label: label.to_owned(), from: String::new(), to: String::new(), parts }
    }

    /// Several as one.
    pub(crate) fn joined(label: &str, causes: Vec<Self>) -> Self {
        Self::plain(label, causes.into_iter().flat_map(|cause| cause.parts).collect())
    }
}

fn input(info: &'static InputInfo, from: &Arm, to: &Arm) -> Option<Cause> {
    let course = |arm: &Arm| -> Vec<(f64, Option<f64>)> {
        arm.phases.iter().map(|phase| (phase.start_day, phase.inputs.get(info.name))).collect()
    };
    let (one, other) = (course(from), course(to));
    let differs = breaks(from, to)
        .iter()
        .any(|day| from.inputs_on(*day).get(info.name) != to.inputs_on(*day).get(info.name));
    if !differs && regimens(info, from) == regimens(info, to) {
        return None;
    }
    let text = |course: &[(f64, Option<f64>)]| {
        let mut values: Vec<String> = Vec::new();
        for (_, value) in course {
            let value = value.map_or_else(String::new, |value| amount(value, info.unit));
            if values.last() != Some(&value) {
                values.push(value);
            }
        }
        values.join(", then ")
    };
    let (from, to) = (text(&one), text(&other));
    Some(Cause { label: info.label.to_owned(), from, to, parts: vec![Part::Input(info.name)] })
}

fn habit(info: &'static InputInfo, from: &Arm, to: &Arm) -> Option<Cause> {
    let (one, other) = (from.habitual.get(info.name)?, to.habitual.get(info.name)?);
    let label = format!("{} before day 0", info.label);
    let earlier = |arm: &Arm| -> Vec<_> {
        let days = habit_breaks(from, to).into_iter();
        days.map(|day| arm.habits_on(day.next_down()).get(info.name)).collect()
    };
    let differs = one != other || earlier(from) != earlier(to);
    let [from, to] = [from, to].map(|arm| habit_text(info, arm));
    differs.then(|| Cause { label, from, to, parts: vec![Part::Habit(info.name)] })
}

/// Days before day 0 on which the habits of one of the arms change.
fn habit_breaks(from: &Arm, to: &Arm) -> Vec<f64> {
    let habits = from.earlier_habits.iter().chain(&to.earlier_habits);
    in_order(habits.map(|habits| habits.until_day))
}

/// Days at which the inputs of one of the arms change.
fn breaks(from: &Arm, to: &Arm) -> Vec<f64> {
    in_order(from.phases.iter().chain(&to.phases).map(|phase| phase.start_day))
}

fn in_order(days: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut days: Vec<f64> = days.collect();
    days.sort_by(f64::total_cmp);
    days.dedup();
    days
}

/// "5 mg/d", or "5 mg/d for 2 years" where it was not so for life.
fn habit_text(info: &InputInfo, arm: &Arm) -> String {
    let value = arm.habitual.get(info.name).map_or_else(String::new, |v| amount(v, info.unit));
    match arm.habit_since(info.name) {
        Some(days) => format!("{value} for {}", duration(days)),
        None => value,
    }
}

fn parameters(from: &Arm, to: &Arm) -> Vec<Cause> {
    let mut of_the_sets = Vec::new();
    let mut causes = Vec::new();
    for entry in &PARAMETER_TABLE {
        let (one, other) = (from.parameters.get(entry.name), to.parameters.get(entry.name));
        let (Some(one), Some(other)) = (one, other) else { continue };
        if one == other {
            continue;
        }
        let mut changes = from.parameter_changes.iter().chain(&to.parameter_changes);
        let own = changes.any(|(name, _)| name == entry.name);
        if from.hypothesis != to.hypothesis && !own {
            of_the_sets.push(Part::Parameter(entry.name));
            continue;
        }
        let (label, parts) = (entry.name.replace('_', " "), vec![Part::Parameter(entry.name)]);
        let [from, to] = [one, other].map(|value| amount(value, entry.unit));
        causes.push(Cause { label, from, to, parts });
    }
    if !of_the_sets.is_empty() {
        let [from, to] = [from, to].map(|arm| arm.hypothesis.name().to_owned());
        let label = "hypothesis set".to_owned();
        causes.push(Cause { label, from, to, parts: of_the_sets });
    }
    causes
}

fn amount(value: f64, unit: &str) -> String {
    let unit = if value == 0.0 { "1" } else { unit };
    with_unit(&short(value, 7), unit)
}

fn regimens(info: &InputInfo, arm: &Arm) -> Vec<Regimen> {
    let own = arm.regimens.iter().filter(|one| one.substance.supplement_input() == info.name);
    own.cloned().collect()
}

/// The inputs with one of another.
fn with(mut inputs: Inputs<f64>, other: &Inputs<f64>, name: &str) -> Inputs<f64> {
    if let (Some(own), Some(value)) = (inputs.get_mut(name), other.get(name)) {
        *own = value;
    }
    inputs
}

/// The first arm with these causes from the second.
pub(crate) fn mixed(from: &Arm, to: &Arm, taken: &[&Cause]) -> Arm {
    let parts: BTreeSet<&Part> = taken.iter().flat_map(|cause| &cause.parts).collect();
    let takes = |part: &Part| parts.contains(part);
    let mut arm = from.clone();
    let phase = |start_day| {
        let other = to.inputs_on(start_day);
        let taken = INPUTS.iter().filter(|info| takes(&Part::Input(info.name)));
        let own = from.inputs_on(start_day);
        Phase { start_day, inputs: taken.fold(own, |own, info| with(own, &other, info.name)) }
    };
    arm.phases = breaks(from, to).into_iter().map(phase).collect();
    // A phase without a change would restart the integration.
    arm.phases.dedup_by(|later, earlier| later.inputs == earlier.inputs);
    let pills = |substance: Substance| takes(&Part::Input(substance.supplement_input()));
    let own = from.regimens.iter().filter(|one| !pills(one.substance));
    let others = to.regimens.iter().filter(|one| pills(one.substance));
    arm.regimens = own.chain(others).cloned().collect();
    for part in &parts {
        match part {
            Part::Input(_) => {}
            Part::MealFoods => arm.meal_foods.clone_from(&to.meal_foods),
            Part::Habit(name) => take_habit(&mut arm, to, name),
            Part::Parameter(name) => {
                let value = to.parameters.get(name);
                if let (Some(own), Some(value)) = (arm.parameters.get_mut(name), value) {
                    *own = value;
                }
            }
            Part::Person => arm.person = to.person,
            Part::Season => arm.season = to.season,
            Part::Meals => arm.meals.clone_from(&to.meals),
            Part::Resolution => arm.resolution = to.resolution,
            Part::Seed => arm.seed = to.seed,
        }
    }
    arm
}

/// Gives an arm the habit of another in one input.
fn take_habit(arm: &mut Arm, to: &Arm, name: &str) {
    let mut earlier = Vec::new();
    for until_day in habit_breaks(arm, to) {
        let [own, other] = [&*arm, to].map(|arm| arm.habits_on(until_day.next_down()));
        earlier.push(EarlierHabits { until_day, inputs: with(own, &other, name) });
    }
    arm.habitual = with(arm.habitual, &to.habitual, name);
    arm.earlier_habits = earlier;
    // A break without a change would restart the integration.
    let changes = |habits: &EarlierHabits| habits.inputs != arm.habits_on(habits.until_day);
    arm.earlier_habits = arm.earlier_habits.iter().filter(|h| changes(h)).copied().collect();
    let others = |one: &&Regimen| one.substance.supplement_input() != name;
    let own = arm.habitual_regimens.iter().filter(others);
    let taken = to.habitual_regimens.iter().filter(|one| !others(one));
    arm.habitual_regimens = own.chain(taken).cloned().collect();
}
