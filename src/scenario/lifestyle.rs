//! Diet, supplements and conditions of a person, as layers change them: habitual, arm, phases.
//!
//! Nutrient keys set the diet without the listed foods; foods add to it. A supplement key sets its
//! nutrient to one plain daily regimen. `take` adds in an arm and replaces the nutrients that it
//! names in a phase; `stop` ends a supplement, food or condition.

use crate::error::problem::SourceSpan;
use crate::error::suggest::did_you_mean;
use crate::form::problems::Problems;
use crate::form::tree::{Entries, Entry, Node, Value, get, list, table};
use crate::nutrition::diet::MealFoods;
use crate::nutrition::diet::{grams_per_day, known_food, measured_grams, nutrients};
use crate::nutrition::foods::{Food, Matrix, food};
use crate::nutrition::outside_model::not_in_model;
use crate::nutrition::regimen::{Regimen, Substance};
use crate::nutrition::take::{self, Until};
use crate::physiology::inputs::{INPUTS, InputInfo, InputKind, Inputs, food_inputs};
use crate::scenario::amounts::habit;
use crate::scenario::doses::check_dose;
use crate::units::date::Date;
use crate::units::frequency::Frequency;
use std::collections::BTreeMap;

/// A layer of a lifestyle, which a table of a file describes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum LifestyleLayer {
    Habitual,
    /// Habitual, by a dial: what began during life keeps its beginning.
    Dialed,
    /// From day 0.
    Arm,
    Phase(f64),
}

impl LifestyleLayer {
    pub(super) const fn day(self) -> f64 {
        match self {
            Self::Phase(day) => day,
            Self::Habitual | Self::Dialed | Self::Arm => 0.0,
        }
    }

    pub(super) const fn is_habitual(self) -> bool {
        matches!(self, Self::Habitual | Self::Dialed)
    }
}

/// Diet and conditions on a day, and the regimens up to then.
#[derive(Clone, Debug)]
pub(crate) struct Lifestyle {
    /// Nutrient keys and conditions, without foods; supplements 0.
    pub(super) diet: Inputs<f64>,
    /// Date of day 0, if the scenario says one.
    start_date: Option<Date>,
    /// The usual diet, to which `only_foods = false` returns.
    pub(super) usual: Inputs<f64>,
    pub(super) only_foods: bool,
    foods: Vec<(&'static Food, f64)>,
    /// Foods of single meals, per day.
    meal_foods: Vec<(&'static Food, f64)>,
    /// Regimens that stand for a plain supplement key.
    plain: BTreeMap<Substance, Regimen>,
    /// Regimens so far, ended ones too.
    pub regimens: Vec<Regimen>,
    /// The first line of `take` with a clock time or missed doses.
    pub timed: Option<SourceSpan>,
    /// How long before day 0 habitual inputs began, where that is not for life \[d\].
    pub since: BTreeMap<&'static str, f64>,
    /// The key that last set each input.
    pub origins: BTreeMap<&'static str, SourceSpan>,
}

impl Lifestyle {
    /// The reference person's diet and conditions.
    pub(crate) fn new(usual: Inputs<f64>, start_date: Option<Date>) -> Self {
        Self {
            start_date,
            diet: usual,
            usual,
            only_foods: false,
            foods: Vec::new(),
            meal_foods: Vec::new(),
            plain: BTreeMap::new(),
            regimens: Vec::new(),
            timed: None,
            since: BTreeMap::new(),
            origins: BTreeMap::new(),
        }
    }

    /// Inputs from food and conditions, without supplements.
    pub(crate) fn without_supplements(&self) -> Inputs<f64> {
        let mut inputs = self.diet;
        for (food, grams) in self.foods.iter().chain(&self.meal_foods) {
            for (name, amount) in nutrients(food, *grams) {
                if let Some(value) = inputs.get_mut(name) {
                    *value += amount;
                }
            }
        }
        inputs
    }

    pub(crate) fn apply(
        &mut self,
        layer: LifestyleLayer,
        entries: &Entries,
        problems: &mut Problems,
    ) {
        self.apply_only_foods(entries);
        for node in list(entries, "stop") {
            self.stop(node, layer.day(), entries, problems);
        }
        for info in INPUTS.iter().filter(|info| info.kind.changes_over_time()) {
            self.apply_input(info, layer, entries, problems);
        }
        for entry in table(entries, "foods") {
            self.apply_food(entry, layer, problems);
        }
        self.apply_take(layer, entries, problems);
    }

    /// From now on these foods are eaten at single meals.
    pub(crate) fn eat_at_meals(&mut self, meals: &[MealFoods], span: &SourceSpan) {
        self.meal_foods = meals.iter().flat_map(|meal| meal.foods.iter().copied()).collect();
        for (name, _) in meals.iter().flat_map(MealFoods::nutrients) {
            self.origins.entry(name).or_insert_with(|| span.clone());
        }
    }

    fn apply_only_foods(&mut self, entries: &Entries) {
        let Some(Value::Flag(only)) = get(entries, "only_foods").map(|node| &node.value) else {
            return;
        };
        if *only == self.only_foods {
            return;
        }
        self.only_foods = *only;
        for info in food_inputs() {
            let usual = self.usual.get(info.name);
            if let (Some(value), Some(usual)) = (self.diet.get_mut(info.name), usual) {
                *value = if *only { 0.0 } else { usual };
            }
        }
    }

    fn apply_input(
        &mut self,
        info: &'static InputInfo,
        layer: LifestyleLayer,
        entries: &Entries,
        problems: &mut Problems,
    ) {
        let Some(node) = get(entries, info.key) else { return };
        let Some((value, since)) = habit(info, node, self.start_date, problems) else { return };
        if layer == LifestyleLayer::Habitual {
            self.since.remove(info.name);
            self.since.extend(since.map(|days| (info.name, days)));
        }
        self.origins.insert(info.name, node.span.clone());
        let substance = Substance::of_input(info.name);
        if let Some(substance) = substance {
            self.end(substance, layer.day());
            self.start_plain(substance, value, self.begins(substance, layer));
        } else if let Some(current) = self.diet.get_mut(info.name) {
            *current = value;
        }
        if info.kind == InputKind::Dosing {
            let from_day = self.begins(Substance::Calcium, layer);
            self.split_calcium_again(layer.day(), from_day);
        }
    }

    /// One plain dose a day at 07:30; calcium in as many pills as `calcium_pills_per_day` says.
    fn start_plain(&mut self, substance: Substance, amount: f64, day: f64) {
        self.plain.remove(&substance);
        if amount <= 0.0 {
            return;
        }
        let pills =
            if substance == Substance::Calcium { self.diet.calcium_pills_per_day } else { 1.0 };
        // More than three are refused with the file; here they are three.
        let times = (1..=3_u32).find(|count| f64::from(*count) >= pills).unwrap_or(3);
        let regimen = Regimen {
            dose: amount / f64::from(times),
            hours: take::pill_hours(times),
            ..daily(substance, amount, day)
        };
        self.regimens.push(regimen.clone());
        self.plain.insert(substance, regimen);
    }

    /// The same calcium in another number of pills.
    fn split_calcium_again(&mut self, day: f64, from_day: f64) {
        let Some(old) = self.plain.get(&Substance::Calcium).cloned() else { return };
        self.regimens.retain(|regimen| *regimen != old || old.from_day < from_day);
        if let Some(regimen) = self.regimens.iter_mut().find(|regimen| **regimen == old) {
            regimen.to_day = day;
        }
        self.start_plain(Substance::Calcium, old.mean_per_day(), from_day);
    }

    /// Ends every regimen of a substance; true if there was one.
    fn end(&mut self, substance: Substance, day: f64) -> bool {
        let before = self.regimens.len();
        let mut ended = false;
        // What ends on day 0 is not taken in the run, whenever it began.
        let begun = |regimen: &Regimen| regimen.from_day.max(0.0) < day;
        self.regimens.retain(|regimen| regimen.substance != substance || begun(regimen));
        for regimen in self.regimens.iter_mut().filter(|regimen| regimen.substance == substance) {
            ended |= regimen.to_day > day;
            regimen.to_day = regimen.to_day.min(day);
        }
        ended || self.regimens.len() < before
    }

    fn apply_food(&mut self, entry: &Entry, layer: LifestyleLayer, problems: &mut Problems) {
        let food = match known_food(&entry.key) {
            Ok(food) => food,
            Err(misread) => return problems.misread_at(&entry.span, misread),
        };
        let read = match &entry.node.value {
            Value::Measured(grams) => Some(measured_grams(*grams)),
            _ => entry.node.text().map(|text| grams_per_day(text, food)),
        };
        let Some(read) = read else {
            let help = "write such as \"40 g/day\", \"30 g, 3 times/week\" or \"2 servings/day\"";
            let label = format!("{} here, an amount expected", entry.node.value.kind());
            let message = format!("{} needs grams or servings per day or week", food.name);
            return problems.error(&entry.node.span, message, label, help);
        };
        match read {
            Ok(grams) if food.matrix == Matrix::Supplement => {
                self.apply_pill(food, grams, layer.day(), &entry.node.span);
            }
            Ok(grams) => {
                self.foods.retain(|(other, _)| other.name != food.name);
                self.foods.push((food, grams));
                for (name, _) in nutrients(food, grams) {
                    self.origins.insert(name, entry.node.span.clone());
                }
            }
            Err(misread) => problems.misread(&entry.node, misread),
        }
    }

    /// A pill among the foods: its contents once a day.
    fn apply_pill(&mut self, food: &Food, pills: f64, day: f64, span: &SourceSpan) {
        for (name, amount) in nutrients(food, pills) {
            let substance = Substance::of_input(name);
            if let Some(substance) = substance.filter(|_| amount > 0.0) {
                self.origins.insert(name, span.clone());
                self.regimens.push(daily(substance, amount, day));
            }
        }
    }

    fn apply_take(&mut self, layer: LifestyleLayer, entries: &Entries, problems: &mut Problems) {
        let mut added: Vec<Regimen> = Vec::new();
        for node in list(entries, "take") {
            let read = take::read(node.text().unwrap_or_default(), self.start_date);
            let Some(taken) = problems.value(node, read) else { continue };
            if taken.is_timed && self.timed.is_none() {
                self.timed = Some(node.span.clone());
            }
            if let Some(remark) = &taken.remark {
                problems.warning(&node.span, remark.as_str(), "", "");
            }
            let dated = taken.from_day.is_some() || taken.until != Until::Never;
            if layer.is_habitual() && dated {
                let help = "write it in an arm or a phase; what began during life is written such as \
                            mk7_supplement = { dose = \"90 ug/day\", since = \"2 years\" }";
                problems.error(&node.span, "what is habitual is taken for life", "", help);
            }
            for regimen in taken.starting(layer.day()) {
                if regimen.from_day < layer.day() || regimen.to_day <= regimen.from_day {
                    let message = "begins before its phase or ends before it begins";
                    let help = "times in a regimen count from the scenario's start";
                    problems.error(&node.span, message, "", help);
                }
                check_dose(&regimen, &node.span, problems);
                self.origins.insert(regimen.substance.supplement_input(), node.span.clone());
                added.push(regimen);
            }
        }
        if let LifestyleLayer::Phase(_) = layer {
            self.replace_regimens(&added, entries);
        }
        self.regimens.append(&mut added);
    }

    /// In a phase, `take` replaces what was taken of the nutrients that it names.
    fn replace_regimens(&mut self, added: &[Regimen], entries: &Entries) {
        for substance in Substance::ALL {
            let info = INPUTS.iter().find(|info| info.name == substance.supplement_input());
            let set_here = info.is_some_and(|info| get(entries, info.key).is_some());
            let own = added.iter().filter(|regimen| regimen.substance == substance);
            let first = own.map(|regimen| regimen.from_day).fold(f64::INFINITY, f64::min);
            if first.is_finite() && !set_here {
                self.end(substance, first);
                self.plain.remove(&substance);
            }
        }
    }

    fn stop(&mut self, node: &Node, day: f64, entries: &Entries, problems: &mut Problems) {
        let name = node.text().unwrap_or_default();
        let span = node.span.clone();
        if let Some(substance) = take::substance(name) {
            self.plain.remove(&substance);
            self.origins.insert(substance.supplement_input(), span);
            let ended = self.end(substance, day);
            if takes(entries, substance) {
                let message = format!("{name} is both stopped and taken here");
                let help = "what was taken before ends; what `take` says begins";
                problems.warning(&node.span, message, "", help);
            } else if !ended {
                problems.warning(&node.span, format!("{name} is not taken at that time"), "", "");
            }
        } else if let Some(food) = food(name) {
            let before = self.foods.len();
            self.foods.retain(|(other, _)| other.name != food.name);
            if self.foods.len() == before {
                problems.warning(&node.span, format!("{name} is not eaten at that time"), "", "");
            }
        } else if let Some(info) = stoppable().find(|info| info.key == name) {
            self.origins.insert(info.name, span);
            if let Some(value) = self.diet.get_mut(info.name) {
                *value = 0.0;
            }
        } else if let Some(misread) = not_in_model(name).or_else(|| take::unclear_name(name)) {
            problems.misread(node, misread);
        } else {
            let mut names = take::substance_names();
            names.extend(stoppable().map(|info| info.key.to_owned()));
            names.extend(self.foods.iter().map(|(food, _)| food.name.to_owned()));
            let meant = did_you_mean(name, names.iter().map(String::as_str));
            let help = format!(
                "{meant}Accepted: calcium, vitamin D3, K1, MK-4, MK-7, warfarin, exercise, unloading, \
                 hormone_therapy, and foods."
            );
            problems.error(&node.span, format!("cannot stop \"{name}\""), "unknown", help);
        }
    }

    /// The regimens running at a day are brought back to those of `before`.
    pub(crate) fn restore(&mut self, before: &Self, from: f64, day: f64) {
        for regimen in &mut self.regimens {
            let new = regimen.from_day >= from && !before.regimens.contains(regimen);
            if new {
                regimen.to_day = regimen.to_day.min(day);
            }
        }
        self.regimens.retain(|regimen| regimen.from_day < regimen.to_day);
        for regimen in before.regimens.iter().filter(|regimen| regimen.to_day > day) {
            if !self.regimens.contains(regimen) {
                let from_day = regimen.from_day.max(day);
                self.regimens.push(Regimen { from_day, ..regimen.clone() });
            }
        }
        self.diet = before.diet;
        self.foods.clone_from(&before.foods);
        self.only_foods = before.only_foods;
        self.plain.clone_from(&before.plain);
        self.origins.clone_from(&before.origins);
    }
}

/// True if a table's `take` names a substance.
fn takes(entries: &Entries, substance: Substance) -> bool {
    list(entries, "take").iter().filter_map(Node::text).any(|line| take::names(line, substance))
}

/// One dose every day at 07:30 from a day on.
fn daily(substance: Substance, dose: f64, from_day: f64) -> Regimen {
    Regimen {
        substance,
        dose,
        rhythm: Frequency::DAILY,
        hours: take::pill_hours(1),
        with_meals: false,
        missed_share: 0.0,
        from_day,
        to_day: f64::INFINITY,
    }
}

/// Conditions and drugs that `stop` sets to 0, their default.
fn stoppable() -> impl Iterator<Item = &'static InputInfo> {
    let can_end = |kind| matches!(kind, InputKind::Drug | InputKind::Condition);
    INPUTS.iter().filter(move |info| can_end(info.kind) && info.default == "0")
}
