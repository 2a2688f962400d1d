//! Scenarios written in code: the keys, ranges and messages of a file.

use serde::Deserialize;
use toml::{Table, Value as TomlValue};

use crate::error::problem::Problems;
use crate::parameters::Hypothesis;
use crate::scenario::Scenario;
use crate::scenario::dial::{DialKind, ScopedDial};
use crate::units::number::exact_decimal;

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
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
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
    /// The value as a file holds it: plain numbers stay numbers, those with a unit become text.
    fn written(self, kind: Option<&DialKind>) -> TomlValue {
        match (self, kind) {
            (Self::Text(text), _) => TomlValue::String(text),
            (Self::Flag(flag), _) => TomlValue::Boolean(flag),
            (Self::Number(value), Some(DialKind::Number(number))) => {
                let text = number.text(value);
                let plain = text.parse::<f64>().is_ok();
                if plain { TomlValue::Float(value) } else { TomlValue::String(text) }
            }
            (Self::Number(value), _) => TomlValue::Float(value),
        }
    }
}

/// A value as `--set KEY=VALUE` takes it for this key, whose arm may stand before it: numbers get
/// the unit of the dial.
///
/// ```
/// assert_eq!(calcifate::setting_text("k2.mk7_supplement", 180.0.into()), "180 ug/day");
/// assert_eq!(calcifate::setting_text("age", 60.into()), "60");
/// ```
#[must_use]
pub fn setting_text(key: &str, value: Value) -> String {
    let find = |key: &str| ScopedDial::find(key, &[]).ok().map(|found| &found.dial.kind);
    let without_arm = || key.split_once('.').and_then(|(_, rest)| find(rest));
    match value.written(find(key).or_else(without_arm)) {
        TomlValue::String(text) => text,
        TomlValue::Float(number) => exact_decimal(number),
        other => other.to_string(),
    }
}

/// Puts a value where a file has it: the dial of that spelling knows its section and unit.
fn put(table: &mut Table, spelling: &str, value: Value) {
    let dial = ScopedDial::find(spelling, &[]).ok().map(|found| found.dial);
    let (section, key) = match dial {
        Some(dial) => (dial.part.section(), dial.name),
        None => spelling.rsplit_once('.').unwrap_or(("", spelling)),
    };
    let value = value.written(dial.map(|dial| &dial.kind));
    if section.is_empty() {
        table.insert(key.to_owned(), value);
        return;
    }
    match table.entry(section).or_insert_with(|| Table::new().into()) {
        TomlValue::Table(section) => drop(section.insert(key.to_owned(), value)),
        // No section of a file: the check of the file tells.
        _ => drop(table.insert(spelling.to_owned(), value)),
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
/// Keys are spelled as `--set` takes them, and [`Self::build`] reports what a file would be refused
/// for, all at once.
///
/// ```
/// use calcifate::{ArmBuilder, Scenario};
///
/// let scenario = Scenario::builder("MK-7 for ten years")
///     .duration("10 years")
///     .set("sex", "female")
///     .set("age", 60)
///     .set("habitual.calcium_diet", 700.0)
///     .arm(ArmBuilder::new("usual"))
///     .arm(ArmBuilder::new("k2").take("MK-7 180 ug daily"))
///     .claim("Arteries stay softer", "end(cac) in k2 < end(cac) in usual")
///     .build()?;
/// assert!(scenario.arm_names().eq(["usual", "k2"]));
///
/// let wrong = Scenario::builder("Wrong").duration("10 years").set("age", 200);
/// assert!(wrong.output_every(0.0).build().is_err_and(|problems| problems.len() == 2));
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

    /// Sets what holds for every arm: of the person (`age`), for life (`habitual.calcium_diet`), of
    /// the model (a parameter within its range) or of the run (`sun_season`, `question`).
    #[must_use]
    pub fn set(mut self, key: &str, value: impl Into<Value>) -> Self {
        put(&mut self.root, key, value.into());
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

    /// Adds an arm; a scenario without any has the one arm `usual`.
    #[must_use]
    pub fn arm(mut self, arm: ArmBuilder) -> Self {
        push(&mut self.root, "arm", arm.into_table().into());
        self
    }

    /// Adds a claim: its words, and the comparison that must hold (`calcifate list claims`).
    #[must_use]
    pub fn claim(mut self, says: &str, that: &str) -> Self {
        let claim = [("says", says), ("that", that)];
        let claim = claim.map(|(key, text)| (key.to_owned(), text.into()));
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
///     .set("gouda", "30 g/day")
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
        Self { arm: Table::new(), phases: Vec::new() }.set("name", name)
    }

    /// Sets its words for tables and figures.
    #[must_use]
    pub fn label(self, label: &str) -> Self {
        self.set("label", label)
    }

    /// Sets an intake, a food or a condition from day 0 on (`mk7_supplement`, `natto`), or from the
    /// last phase on; before any phase also what differs from other arms for life (`age`,
    /// `habitual.calcium_diet`, a parameter), and `like`, an arm to start as.
    #[must_use]
    pub fn set(mut self, key: &str, value: impl Into<Value>) -> Self {
        put(self.current(), key, value.into());
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

    /// Begins a later change, in which the calls of [`Self::set`], [`Self::take`] and
    /// [`Self::stop`] that follow act: days from the start, or text such as `"10 years"`.
    #[must_use]
    pub fn phase(self, from: impl Into<Value>) -> Self {
        let Self { arm, mut phases } = self;
        phases.push(Table::new());
        Self { arm, phases }.dated("from", from.into())
    }

    /// Ends the phase; then what was before returns.
    #[must_use]
    pub fn until(self, to: impl Into<Value>) -> Self {
        self.dated("to", to.into())
    }

    /// The same with a time, a number of days or a text, in the current table.
    fn dated(mut self, key: &str, time: Value) -> Self {
        let days = ScopedDial::find("duration", &[]).ok().map(|found| &found.dial.kind);
        self.current().insert(key.to_owned(), time.written(days));
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
