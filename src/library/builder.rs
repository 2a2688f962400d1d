//! Scenarios written in code: the keys, ranges and messages of a file.

use toml::{Table, Value as TomlValue};

use crate::error::problem::Problems;
use crate::parameters::Hypothesis;
use crate::scenario::Scenario;
use crate::scenario::dial::{DialKind, ScopedDial};

/// A value of a key: a number in the key's own unit (days for times), or text as files write it.
///
/// ```
/// use calcifate::{ArmBuilder, Value};
///
/// let number: Value = 800.0.into(); // mg/day, the unit of calcium_diet
/// let text: Value = "0.8 g/day".into();
/// for value in [number, text] {
///     ArmBuilder::new("usual").set("calcium_diet", value);
/// }
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// In the unit of the key, as `calcifate list inputs` and `list parameters` show it.
    Number(f64),
    /// As in a file: `"800 mg/day"`, `"female"`.
    Text(String),
    /// True or false.
    Flag(bool),
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl Value {
    /// The value as a file holds it; `dial` is the spelling of what it sets.
    fn written(self, dial: &str) -> TomlValue {
        match self {
            Self::Text(text) => TomlValue::String(text),
            Self::Flag(flag) => TomlValue::Boolean(flag),
            Self::Number(value) => {
                let found = ScopedDial::find(dial, &[]);
                let text = found.ok().and_then(|found| match &found.dial.kind {
                    DialKind::Number(number) => Some(number.text(value)),
                    DialKind::Word(_) => None,
                });
                // Plain numbers stay numbers, those with a unit become text.
                let text = text.filter(|text| text.parse::<f64>().is_err());
                text.map_or(TomlValue::Float(value), TomlValue::String)
            }
        }
    }
}

/// Puts a value into a section of a table.
fn put(table: &mut Table, section: &str, key: &str, value: TomlValue) {
    let section = table.entry(section).or_insert_with(|| Table::new().into());
    if let TomlValue::Table(section) = section {
        section.insert(key.to_owned(), value);
    }
}

/// Adds a value to the list of a key.
fn push(table: &mut Table, key: &str, value: TomlValue) {
    let list = table.entry(key).or_insert_with(|| TomlValue::Array(Vec::new()));
    if let TomlValue::Array(list) = list {
        list.push(value);
    }
}

/// A scenario in the making.
///
/// Keys are those of a file (`calcifate schema`), and [`Self::build`] reports what a file would be
/// refused for, all at once.
///
/// ```
/// use calcifate::{ArmBuilder, Scenario};
///
/// let scenario = Scenario::builder("MK-7 for ten years")
///     .duration("10 years")
///     .person("sex", "female")
///     .person("age", 60)
///     .habitual("calcium_diet", 700.0)
///     .arm(ArmBuilder::new("usual"))
///     .arm(ArmBuilder::new("k2").take("MK-7 180 ug daily"))
///     .claim("Arteries stay softer", "end(cac) in k2 < end(cac) in usual")
///     .build()?;
/// assert!(scenario.arm_names().eq(["usual", "k2"]));
///
/// let wrong = Scenario::builder("Wrong").duration("10 years").person("age", 200);
/// assert!(wrong.output_every(0.0).build().is_err_and(|problems| problems.len() == 3));
/// # Ok::<(), calcifate::Problems>(())
/// ```
#[derive(Clone, Debug)]
pub struct ScenarioBuilder {
    root: Table,
}

impl ScenarioBuilder {
    pub(crate) fn new(title: &str) -> Self {
        Self { root: Table::new() }.set("title", title)
    }

    /// Sets a key at the top of a scenario file: `question`, `sun_season`, `seed` and others.
    #[must_use]
    pub fn set(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.root.insert(key.to_owned(), value.into().written(key));
        self
    }

    /// Sets the length of the run: days, or text such as `"20 years"`.
    #[must_use]
    pub fn duration(self, duration: impl Into<Value>) -> Self {
        self.set("duration", duration)
    }

    /// Sets the distance of output rows: days, or text; chosen by the length if left out.
    #[must_use]
    pub fn output_every(self, distance: impl Into<Value>) -> Self {
        self.set("output_every", distance)
    }

    /// Chooses the set of contested effects.
    #[must_use]
    pub fn hypothesis(self, hypothesis: Hypothesis) -> Self {
        self.set("hypothesis", hypothesis.name())
    }

    /// Sets a key of the person: `sex`, `age`, `egfr` and others.
    #[must_use]
    pub fn person(mut self, key: &str, value: impl Into<Value>) -> Self {
        let value = value.into().written(&format!("person.{key}"));
        put(&mut self.root, "person", key, value);
        self
    }

    /// Sets what is eaten and lived through for life, and in each arm unless it says otherwise.
    #[must_use]
    pub fn habitual(mut self, key: &str, value: impl Into<Value>) -> Self {
        let value = value.into().written(&format!("habitual.{key}"));
        put(&mut self.root, "habitual", key, value);
        self
    }

    /// Changes a parameter of the model within its range.
    #[must_use]
    pub fn parameter(mut self, name: &str, value: impl Into<Value>) -> Self {
        let value = value.into().written(&format!("parameters.{name}"));
        put(&mut self.root, "parameters", name, value);
        self
    }

    /// Adds an arm; a scenario without any has the one arm `usual`.
    #[must_use]
    pub fn arm(mut self, arm: ArmBuilder) -> Self {
        push(&mut self.root, "arm", arm.into_table().into());
        self
    }

    /// Adds a claim: its words, and the comparison that must hold (`calcifate list claims`).
    #[must_use]
    pub fn claim(mut self, says: &str, that: &str) -> Self {
        let claim =
            [("says", says), ("that", that)].map(|(key, text)| (key.to_owned(), text.into()));
        push(&mut self.root, "claim", Table::from_iter(claim).into());
        self
    }

    /// The scenario; its text ([`Scenario::text`]) is the file that says the same.
    ///
    /// # Errors
    /// Every problem, placed in the text of that file.
    pub fn build(&self) -> Result<Scenario, Problems> {
        Scenario::parse(&self.root.to_string())
    }
}

/// An arm of a scenario in the making.
///
/// ```
/// use calcifate::{ArmBuilder, Scenario};
///
/// let arm = ArmBuilder::new("later")
///     .label("Calcium, then K2")
///     .set("calcium_supplement", 1000.0)
///     .food("gouda", "30 g/day")
///     .phase("5 years")
///     .take("MK-7 180 ug daily")
///     .until("8 years");
/// let run = Scenario::builder("Later").duration("10 years").arm(arm).build()?.run()?;
/// let best = run.value("min(dp_ucmgp)", "later")?;
/// assert!(best < run.value("at(dp_ucmgp, 4 years)", "later")?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct ArmBuilder {
    arm: Table,
    phases: Vec<Table>,
}

impl ArmBuilder {
    /// An arm that does what is habitual; its name has letters, digits, `_` and `-`.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let name = ("name".to_owned(), TomlValue::from(name));
        Self { arm: Table::from_iter([name]), phases: Vec::new() }
    }

    /// Sets its words for tables and figures.
    #[must_use]
    pub fn label(mut self, label: &str) -> Self {
        self.arm.insert("label".to_owned(), label.into());
        self
    }

    /// Starts as another arm.
    #[must_use]
    pub fn like(mut self, arm: &str) -> Self {
        self.arm.insert("like".to_owned(), arm.into());
        self
    }

    /// Chooses the set of contested effects in this arm.
    #[must_use]
    pub fn hypothesis(mut self, hypothesis: Hypothesis) -> Self {
        self.arm.insert("hypothesis".to_owned(), hypothesis.name().into());
        self
    }

    /// Sets what differs from the person of the scenario.
    #[must_use]
    pub fn person(mut self, key: &str, value: impl Into<Value>) -> Self {
        let value = value.into().written(&format!("person.{key}"));
        put(&mut self.arm, "person", key, value);
        self
    }

    /// Sets what differs from the habitual diet of the scenario, for life.
    #[must_use]
    pub fn habitual(mut self, key: &str, value: impl Into<Value>) -> Self {
        let value = value.into().written(&format!("habitual.{key}"));
        put(&mut self.arm, "habitual", key, value);
        self
    }

    /// Changes a parameter of the model in this arm.
    #[must_use]
    pub fn parameter(mut self, name: &str, value: impl Into<Value>) -> Self {
        let value = value.into().written(&format!("parameters.{name}"));
        put(&mut self.arm, "parameters", name, value);
        self
    }

    /// Sets an intake or a condition (`calcifate list inputs`), from day 0 or in the last phase.
    #[must_use]
    pub fn set(mut self, key: &str, value: impl Into<Value>) -> Self {
        let value = value.into().written(key);
        self.current().insert(key.to_owned(), value);
        self
    }

    /// Eats a food (`calcifate list foods`): grams a day, or text such as `"30 g, 3 times/week"`.
    #[must_use]
    pub fn food(mut self, name: &str, amount: impl Into<Value>) -> Self {
        let value = amount.into().written(&format!("foods.{name}"));
        put(self.current(), "foods", name, value);
        self
    }

    /// Takes a supplement as packages name it: `"MK-7 180 ug daily"`.
    #[must_use]
    pub fn take(mut self, supplement: &str) -> Self {
        push(self.current(), "take", supplement.into());
        self
    }

    /// Ends a supplement, food or condition.
    #[must_use]
    pub fn stop(mut self, what: &str) -> Self {
        push(self.current(), "stop", what.into());
        self
    }

    /// Begins a later change, in which the calls of [`Self::set`], [`Self::food`], [`Self::take`]
    /// and [`Self::stop`] that follow act: days from the start, or text such as `"10 years"`.
    #[must_use]
    pub fn phase(mut self, from: impl Into<Value>) -> Self {
        let from = ("from".to_owned(), from.into().written("duration"));
        self.phases.push(Table::from_iter([from]));
        self
    }

    /// Ends the phase; then what was before returns.
    #[must_use]
    pub fn until(mut self, to: impl Into<Value>) -> Self {
        self.current().insert("to".to_owned(), to.into().written("duration"));
        self
    }

    /// The table of the last phase, or of the arm before any.
    fn current(&mut self) -> &mut Table {
        self.phases.last_mut().unwrap_or(&mut self.arm)
    }

    fn into_table(self) -> Table {
        let Self { mut arm, phases } = self;
        for phase in phases {
            push(&mut arm, "phase", phase.into());
        }
        arm
    }
}
