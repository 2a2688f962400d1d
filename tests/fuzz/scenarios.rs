//! Scenario files and exported models.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use crate::export::sbml::{ExportedArm, document};
use crate::figure_kinds::OF_RUNS;
use crate::form::key::{Key, Section};
use crate::fuzz_tests::amounts::{clock, dose, of_food, time};
use crate::fuzz_tests::claims::ClaimWriter;
use crate::fuzz_tests::dice::Dice;
use crate::fuzz_tests::document::{Author, Entries, Value, change, list, table, text, written};
use crate::fuzz_tests::properties::{self, Broken, Ending, ensure, harmless};
use crate::fuzz_tests::words::{digits, free_text, number, quoted, scratched};
use crate::library::run::Run;
use crate::nutrition::foods::FOODS;
use crate::nutrition::take::substance_names;
use crate::parameters::PARAMETER_TABLE;
use crate::physiology::quantities::QUANTITIES;
use crate::scenario::keys::{ARM, MEAL, PHASE, SCENARIO};
use crate::scenario::{Arm, Loaded, Overrides, Scenario, load};
use crate::simulation::{InitialState, Options, run_arm};

/// Accepted scenarios run for at most so many days.
pub(super) const MOST_DAYS: f64 = 30.0;

/// A run that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// The file that others may extend.
pub(super) const BASE: &str = include_str!("base.toml");

/// Any name leads to the base, but for one that is not there.
pub(super) fn read(path: &str, _: &str) -> Result<(String, String), String> {
    match path {
        "" | "missing.toml" => Err("there is no such file".to_owned()),
        _ => Ok((path.to_owned(), BASE.to_owned())),
    }
}

struct ScenarioAuthor {
    days: f64,
    /// The names of all arms.
    arms: Vec<String>,
    /// Arms that were written so far.
    written: usize,
}

impl ScenarioAuthor {
    fn new(dice: &mut Dice, days: f64) -> Self {
        let name = |dice: &mut Dice, number: usize| {
            format!("{}{number}", dice.pick(&["usual", "k2", "with-d", "3pills", "A_"]))
        };
        let mut arms: Vec<String> = (0..dice.below(4)).map(|number| name(dice, number)).collect();
        if arms.is_empty() {
            arms.push("usual".to_owned()); // the arm of a file without any
        }
        Self { days, arms, written: 0 }
    }

    fn value_of_claims(&self, dice: &mut Dice) -> String {
        ClaimWriter { dice, arms: &self.arms, days: self.days }.value()
    }
}

impl ScenarioAuthor {
    /// A table of observations, of which some rows cannot be shown.
    fn observations(&self, dice: &mut Dice) -> String {
        let mut table = "time [days],readout,arm,value,low,high\n".to_owned();
        for _ in 0..dice.below(6) {
            let (day, value) = (number(dice, -1.0, self.days * 1.1), number(dice, -1.0, 300.0));
            let (name, arm) = (dice.pick(&QUANTITIES).name, dice.pick(&self.arms));
            let high = value + number(dice, -1.0, 20.0);
            table += &format!("{day},{name},{arm},{value},{},{high}\n", value - 1.0);
            if dice.chance(0.1) {
                table += &free_text(dice);
            }
        }
        table
    }
}

impl Author for ScenarioAuthor {
    fn value(
        &mut self,
        dice: &mut Dice,
        section: &Section,
        key: &Key,
    ) -> ControlFlow<Option<Value>> {
        let claim = |author: &Self, dice: &mut Dice| {
            let arms = &author.arms;
            ClaimWriter { dice, arms, days: author.days }.claim()
        };
        ControlFlow::Break(match (section.written, key.name) {
            ("the top level", "duration") => text(format!("{} days", self.days)),
            (_, "output_every") => text(time(dice, self.days / 100.0, self.days)),
            (_, "extends") => {
                text(*dice.pick(&["base.toml", "base.toml", "base.toml", "missing.toml"]))
            }
            ("the top level", "arm") if self.arms == ["usual"] => None,
            ("the top level", "arm") => {
                let tables = (0..self.arms.len()).map(|_| table(dice, self, &ARM));
                Some(Value::Tables(tables.collect()))
            }
            ("the top level", "compare") => match self.arms.as_slice() {
                [first, .., last] => list([first.clone(), last.clone()]),
                _ => None,
            },
            ("the top level", "answer" | "headline") => {
                text(format!("It ends at {{{}}}.", self.value_of_claims(dice)))
            }
            // Most claims have no margin, which a verdict asks for.
            ("the top level", "verdict") if !dice.chance(0.1) => None,
            ("the top level", "hypotheses") => Some(Value::Table(vec![(
                "mine".to_owned(),
                Value::Plain(
                    "{ like = \"conservative\", osteocalcin_accretion_gain = 0.1 }".to_owned(),
                ),
            )])),
            ("the top level", "figure") if !dice.chance(0.2) => None,
            ("[[figure]]", "kind") => text(*dice.pick(OF_RUNS)),
            ("[[figure]]", "arms") => list([dice.pick(&self.arms).clone()]),
            // Read-outs and limits fit some kinds only.
            ("[[figure]]", "readouts" | "limits") if !dice.chance(0.1) => None,
            ("[[figure]]", "period") => text(format!("{} to {} days", self.days * 0.2, self.days)),
            ("[[figure]]", "headline") => {
                text(format!("It ends at {{{}}}.", self.value_of_claims(dice)))
            }
            ("[[data]]", "file") => None,
            ("[[data]]", "text") => Some(Value::Plain(quoted(&self.observations(dice)))),
            ("[verdict]", "id") => text("own"),
            ("[verdict]", "kind") => text("claim"),
            ("[verdict]", "physiologist") => {
                text(format!("It ends at {{{}}}.", self.value_of_claims(dice)))
            }
            ("[verdict]", "references") => list(["knapen2013".to_owned()]),
            ("[verdict]", "by_assumption" | "otherwise" | "misses_of_each_set") => None,
            ("[[arm]]", "name") => {
                self.written += 1;
                self.arms.get(self.written - 1).and_then(text)
            }
            ("[[arm]]", "phase") if dice.chance(0.8) => {
                Some(Value::Tables(vec![table(dice, self, &PHASE)])) // several may overlap
            }
            ("[[arm]]", "like") => match self.written.saturating_sub(1) {
                0 => None,
                before => text(&self.arms[dice.below(before)]),
            },
            ("[[claim]]", "that") => text(claim(self, dice)),
            ("[[arm.phase]]", "from") => text(time(dice, 0.01, self.days * 0.4)),
            ("[[arm.phase]]", "to") => text(time(dice, self.days * 0.6, self.days * 2.0)),
            ("[figures]", "timeline") => {
                list((0..1 + dice.below(3)).map(|_| dice.pick(&QUANTITIES).name.to_owned()))
            }
            (_, "take") => {
                let days = if section.written == "[[arm]]" { self.days } else { 0.0 };
                list((0..1 + dice.below(3)).map(|_| dose(dice, days)))
            }
            (_, "stop") => {
                let others = ["warfarin", "exercise", "natto", "gouda"].map(str::to_owned);
                let names = [substance_names(), others.to_vec()].concat();
                list([dice.pick(&names).clone()])
            }
            ("[[meal]]", "share") => Some(Value::Plain("0.5".to_owned())),
            ("[[meal]]", "time") => text(clock(dice)),
            ("[[meal]]", "foods") => {
                let food = dice.pick(&FOODS);
                Some(Value::Table(vec![(
                    food.name.to_owned(),
                    Value::Plain("\"40 g\"".to_owned()),
                )]))
            }
            (_, "meal" | "meals") if !dice.chance(0.5) => None,
            (_, "meals") => {
                let share = digits(dice, 0.25);
                let meals =
                    [("07:30", share), ("12:00", "50 %".to_owned()), ("19:45", "0.25".to_owned())];
                let meals = meals.map(|(at, share)| (at.to_owned(), Value::Plain(quoted(&share))));
                Some(Value::Table(meals.to_vec()))
            }
            (_, "meal") => {
                let meals = [(); 2].map(|()| table(dice, self, &MEAL));
                Some(Value::Tables(meals.to_vec()))
            }
            ("[parameters]", "beyond_range") => Some(Value::Plain("false".to_owned())),
            ("[parameters]", name) => {
                let entry = PARAMETER_TABLE.iter().find(|entry| entry.name == name);
                let value = entry.map_or(1.0, |entry| {
                    match (entry.low, entry.high) {
                        (Some(low), Some(high)) => number(dice, low, high),
                        // Only this one is accepted.
                        _ if dice.chance(0.98) => entry.value,
                        _ => entry.value * 1.02,
                    }
                });
                Some(Value::Plain(digits(dice, value)))
            }
            _ => return ControlFlow::Continue(()),
        })
    }

    fn free_entry(
        &mut self,
        dice: &mut Dice,
        _: &Section,
        _: &Entries,
    ) -> Option<(String, String)> {
        let food = dice.pick(&FOODS);
        let name = if dice.chance(0.2) { food.name.to_uppercase() } else { food.name.to_owned() };
        let amount = of_food(dice, food);
        Some((name, quoted(&amount)))
    }

    fn share(&self, section: &Section, key: &Key) -> f64 {
        match (section.written, key.name) {
            ("the top level", "duration") => 1.0,
            ("the top level", "arm") => 1.0,
            ("[parameters]", _) => 0.03,
            (_, "extends") => 0.05,
            (_, "parameters" | "meal" | "meals") => 0.1,
            ("[[arm.phase]]", "to") => 0.4,
            ("[habitual]" | "[[arm]]" | "[[arm.phase]]", _) => 0.06,
            ("[[meal]]", "time") | ("[[data]]", "text") => 1.0,
            ("[person]", _) => 0.15,
            _ => 0.35,
        }
    }
}

/// The spellings of all keys of scenario files.
fn keys() -> Vec<&'static str> {
    let sections = SCENARIO.sections();
    sections.iter().flat_map(|section| section.keys()).map(|key| key.name).collect()
}

/// A scenario as its table of keys allows, in half of the cases changed in some places.
pub(super) fn generate(dice: &mut Dice) -> String {
    let days = *dice.pick(&[0.02, 0.5, 1.0, 2.0, 3.5, 7.0, 14.0, 30.0]);
    let mut author = ScenarioAuthor::new(dice, days);
    let mut root = table(dice, &mut author, SCENARIO.root);
    let changes = [0, 0, 0, 0, 0, 1, 2][dice.below(7)];
    let keys = keys();
    for _ in 0..changes {
        change(dice, &mut root, &keys);
    }
    let text = written(dice, &root);
    if dice.chance(0.04) { scratched(dice, &text) } else { text }
}

/// An arm that ends after so many days at the latest.
pub(super) fn shortened(arm: &Arm) -> Arm {
    let mut arm = arm.clone();
    arm.duration_days = arm.duration_days.min(MOST_DAYS);
    arm.output_every_days = arm.output_every_days.max(arm.duration_days / 2000.0);
    arm
}

pub(super) fn loaded(text: &str, overrides: &Overrides) -> Loaded {
    load("lesson.toml", text, overrides, &read)
}

pub(super) fn execute(text: &str) -> Result<Ending, Broken> {
    let loaded = loaded(text, &Overrides::default());
    let Some(scenario) = &loaded.scenario else {
        properties::refusal(&loaded.problems, &loaded.texts)?;
        return Ok(Ending::Refused);
    };
    properties::told(&loaded.problems, &loaded.texts)?;
    for arm in &scenario.arms {
        ensure(arm.phases.first().is_some_and(|phase| phase.start_day == 0.0), || {
            "no phase on day 0".to_owned()
        })?;
        ensure(arm.phases.is_sorted_by(|a, b| a.start_day < b.start_day), || {
            "phases out of order".to_owned()
        })?;
        let shares: f64 = arm.meals.iter().map(|meal| meal.share).sum();
        ensure((shares - 1.0).abs() < 1e-6, || format!("shares of meals sum to {shares}"))?;
    }
    let Some(run) = run(scenario)? else { return Ok(Ending::Accepted) };
    let names: Vec<&str> = run.figure_names();
    for name in names.iter().filter(|name| text.len() % 8 == name.len() % 8) {
        let Ok(figure) = run.figure(name) else { continue };
        harmless(&figure.svg)?;
        harmless(&figure.description)?;
        ensure(!figure.svg.contains("=\"NaN"), || format!("NaN in the figure {name}"))?;
    }
    Ok(Ending::Ran)
}

/// Runs all arms and judges the claims; nothing if a parameter without a range was changed.
pub(super) fn run(scenario: &Scenario) -> Result<Option<Run>, Broken> {
    let arms: Vec<Arm> = scenario.arms.iter().map(shortened).collect();
    let started = Instant::now();
    let unbounded = arms.iter().flat_map(|arm| &arm.parameter_changes).any(|(name, _)| {
        PARAMETER_TABLE.iter().any(|entry| entry.name == name && entry.low.is_none())
    });
    if unbounded {
        return Ok(None); // the table has no range, and the equations may become arbitrarily stiff
    }
    let mut in_time = |_| started.elapsed() < PATIENCE;
    let runs: Vec<_> =
        arms.iter().map(|arm| run_arm(arm, &Options::default(), &mut in_time)).collect();
    for (arm, run) in arms.iter().zip(&runs) {
        properties::balanced(arm, run)?;
    }
    ensure(started.elapsed() < PATIENCE, || format!("a run takes {:?}", started.elapsed()))?;
    Ok(Some(Run::judged(Scenario { arms, ..scenario.clone() }, runs)))
}

pub(super) fn execute_export(text: &str) -> Result<Ending, Broken> {
    let loaded = loaded(text, &Overrides::default());
    let Some(scenario) = &loaded.scenario else { return Ok(Ending::Refused) };
    let Some(arm) = scenario.arms.first() else { return Err("no arm".to_owned()) };
    let arm = shortened(arm);
    let start = match InitialState::of(&arm, &Options::default(), &mut |_| true) {
        Ok(start) => start,
        Err(failure) => return properties::failure(&failure.to_string()),
    };
    let (model, state) = (start.model(), start.state());
    let text = document(&ExportedArm { scenario, arm: &arm, model: &model, start: &state });
    harmless(&text)?;
    well_formed(&text)?;
    Ok(Ending::Ran)
}

/// Every element ends, and no number is none.
fn well_formed(xml: &str) -> Result<(), Broken> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = xml;
    while let Some((before, after)) = rest.split_once('<') {
        ensure(!before.contains('>') || open.is_empty(), || "a bare > in a text".to_owned())?;
        let comment = after.strip_prefix("!--").map(|inner| inner.split_once("-->"));
        if let Some(comment) = comment {
            let Some((_, after)) = comment else { return Err("a comment without end".to_owned()) };
            rest = after;
            continue;
        }
        let Some((tag, after)) = after.split_once('>') else {
            return Err("a tag without end".to_owned());
        };
        rest = after;
        let name = tag.split([' ', '\n', '/']).find(|word| !word.is_empty()).unwrap_or_default();
        if tag.starts_with('/') {
            ensure(open.pop() == Some(name), || format!("</{name}> ends another element"))?;
        } else if !tag.ends_with('/') && !tag.starts_with('?') {
            open.push(name);
        }
        ensure(!tag.contains("\"NaN\"") && !tag.contains("\"inf\""), || {
            format!("no number: <{tag}>")
        })?;
    }
    ensure(open.is_empty(), || format!("{open:?} do not end"))
}
