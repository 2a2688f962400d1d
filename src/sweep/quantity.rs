//! What a sweep can vary: every key that `--set` takes.

use crate::error::suggest::did_you_mean;
use crate::nutrition::foods::food;
use crate::parameters::{ENTRIES, entry};
use crate::physiology::inputs::InputInfo;
use crate::scenario::keys::{Key, Section, Shape, key, keys};
use crate::scenario::set::split_arm;
use crate::sweep::cell::{Cell, heading, plain_number};
use crate::units::amount::{Target, amount, display_unit};
use crate::units::{Matter, unit};

/// Something that a sweep varies.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The key, as `--set` takes it: `mk7_supplement`, `with_k2.mk7_supplement`.
    pub key: String,
    /// Heading of its column, with the unit.
    pub column: String,
    /// What it holds.
    pub kind: Kind,
}

/// What a varied quantity holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A number.
    Number(Number),
    /// One of these words; any word if there are none.
    Word(&'static [&'static str]),
}

/// A varied number.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// Unit of the crate's tables, `1` for none.
    pub unit: &'static str,
    /// What it measures.
    pub matter: Matter,
    /// Words for messages.
    pub label: &'static str,
    /// Values outside are refused by the scenario.
    pub allowed: (f64, f64),
    /// The range that is meant by "table": a parameter's own, an input's plausible one.
    pub usual: (f64, f64),
    /// The value without any change, where it is known.
    pub value: Option<f64>,
    /// Only whole numbers.
    pub whole: bool,
    /// Written with its unit: `50 ug/day`; else as a plain number.
    with_unit: bool,
}

impl Quantity {
    /// The quantity with this spelling, for a scenario with these arms.
    ///
    /// # Errors
    /// What to do instead.
    pub fn find(spelling: &str, arms: &[String]) -> Result<Self, String> {
        let (arm, rest) = split_arm(spelling, arms);
        let (section, name) = rest.rsplit_once('.').unwrap_or(("", rest));
        let found = match section {
            "" => parameter(name).or_else(|| of_keys(name, arm.is_none())).or_else(|| eaten(name)),
            "parameters" => parameter(name),
            "person" => key(Section::Person, name).and_then(of_key),
            "habitual" => key(Section::Habitual, name).and_then(of_key),
            "foods" => eaten(name),
            _ => None,
        };
        let (own_column, kind) = found.ok_or_else(|| unknown(rest))?;
        let life = if section == "habitual" { "habitual_" } else { "" };
        let of_arm = arm.map(|arm| format!("{arm}_")).unwrap_or_default();
        let column = format!("{of_arm}{life}{own_column}");
        Ok(Self { key: spelling.to_owned(), column, kind })
    }

    /// A value as `--set KEY=VALUE` takes it; reading it gives the same bits.
    #[must_use]
    pub fn set_text(&self, value: &Cell) -> String {
        match (&self.kind, value) {
            (Kind::Number(number), Cell::Number(value)) => number.text(*value),
            (_, other) => other.text(),
        }
    }

    /// Its unit, `1` for none.
    #[must_use]
    pub const fn unit(&self) -> &'static str {
        match &self.kind {
            Kind::Number(number) => number.unit,
            Kind::Word(_) => "1",
        }
    }
}

impl Number {
    /// A value as a scenario file takes it.
    #[must_use]
    pub fn text(&self, value: f64) -> String {
        let number = plain_number(value);
        if self.with_unit { format!("{number} {}", display_unit(self.unit)) } else { number }
    }

    /// What units of values must measure.
    #[must_use]
    pub const fn target(&self) -> Target<'static> {
        Target { unit: self.unit, matter: self.matter, what: self.label }
    }

    /// One of a unit as written, in the unit of this number.
    ///
    /// # Errors
    /// Why it is not a unit of this number.
    pub fn factor(&self, unit_text: &str) -> Result<f64, crate::error::problem::Misread> {
        if unit_text.is_empty() && !self.with_unit || unit_text == self.unit {
            return Ok(1.0);
        }
        Ok(amount(format!("1 {unit_text}").trim(), &self.target())?.value)
    }
}

fn parameter(name: &str) -> Option<(String, Kind)> {
    let entry = entry(name)?;
    let (low, high) = (entry.low.unwrap_or(entry.value), entry.high.unwrap_or(entry.value));
    let ends = (entry.low.unwrap_or(f64::NEG_INFINITY), entry.high.unwrap_or(f64::INFINITY));
    let number = Number {
        unit: entry.unit,
        matter: Matter::Any,
        label: entry.name,
        allowed: ends,
        usual: (low, high),
        value: Some(entry.value),
        whole: false,
        with_unit: false,
    };
    Some((name.to_owned(), Kind::Number(number)))
}

fn of_keys(name: &str, whole_run: bool) -> Option<(String, Kind)> {
    let sections = [Section::Person, Section::Habitual];
    let sections = sections.into_iter().chain(whole_run.then_some(Section::Root));
    sections.filter_map(|section| key(section, name)).find_map(of_key)
}

fn of_key(key: Key) -> Option<(String, Kind)> {
    let plain = |unit, label, allowed, with_unit, whole| {
        let (matter, usual, value) = (Matter::Any, allowed, None);
        Kind::Number(Number { unit, matter, label, allowed, usual, value, whole, with_unit })
    };
    let kind = match key.shape {
        Shape::Input(info) => return Some((info.name.to_owned(), of_input(info))),
        Shape::Choice(words) => Kind::Word(words),
        Shape::Date => Kind::Word(&[]),
        Shape::Duration => plain("d", key.name, (0.0, 40_178.0), true, false),
        Shape::Share => plain("1", key.name, (0.0, 1.0), false, false),
        Shape::Whole => plain("1", key.name, (0.0, 9_007_199_254_740_992.0), false, true),
        _ => return None,
    };
    let unit = if key.shape == Shape::Duration { "d" } else { "1" };
    Some((heading(key.name, unit), kind))
}

fn of_input(info: &'static InputInfo) -> Kind {
    let bare = info.unit == "y" || unit(info.unit).is_some_and(|unit| unit.dimension.is_bare());
    Kind::Number(Number {
        unit: info.unit,
        matter: Matter::of(info.name),
        label: info.label,
        allowed: info.allowed,
        usual: info.plausible,
        value: None,
        whole: info.whole,
        with_unit: !bare,
    })
}

fn eaten(name: &str) -> Option<(String, Kind)> {
    let food = food(name)?;
    let number = Number {
        unit: "g/d",
        matter: Matter::Any,
        label: food.name,
        allowed: (0.0, 5000.0),
        usual: (0.0, 500.0),
        value: None,
        whole: false,
        with_unit: true,
    };
    Some((heading(food.name, "g/d"), Kind::Number(number)))
}

fn unknown(name: &str) -> String {
    let sections = [Section::Person, Section::Habitual, Section::Root].into_iter().flat_map(keys);
    let mut names: Vec<&str> = sections.map(|key| key.name).collect();
    names.extend(ENTRIES.iter().map(|entry| entry.name));
    let meant = did_you_mean(name, names);
    format!(
        "{meant}A sweep varies parameters (`calcifate list parameters`), inputs \
         (`calcifate list inputs`), foods, and duration, hypothesis, resolution, sun_season, seed; \
         for one arm only: ARM.NAME, for the life before: habitual.NAME."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(spelling: &str) -> (String, Number) {
        let found = Quantity::find(spelling, &["k2".to_owned()]).unwrap();
        let Kind::Number(number) = found.kind else { panic!("{spelling}") };
        (found.column, number)
    }

    #[test]
    fn every_kind_of_key_is_found() {
        for (spelling, column) in [
            ("mk7_supplement", "mk7_supplement_ug_per_day"),
            ("k2.mk7_supplement", "k2_mk7_supplement_ug_per_day"),
            ("habitual.calcium_diet", "habitual_calcium_diet_mg_per_day"),
            ("age", "start_age_years"),
            ("person.egfr", "egfr_ml_per_min"),
            ("pth_steepness", "pth_steepness"),
            ("duration", "duration_days"),
            ("natto", "natto_g_per_day"),
        ] {
            assert_eq!(number(spelling).0, column);
        }
        let sex = Quantity::find("sex", &[]).unwrap();
        assert_eq!(sex.kind, Kind::Word(&["female", "male"]));
        assert!(Quantity::find("mk7_suplement", &[]).unwrap_err().contains("mk7_supplement"));
        assert!(Quantity::find("k2.duration", &["k2".to_owned()]).is_err());
    }

    #[test]
    fn texts_carry_the_unit_that_reads_back_exactly() {
        let (_, mk7) = number("mk7_supplement");
        assert_eq!(mk7.text(37.5), "37.5 ug/day");
        assert_eq!(mk7.factor("mg/day").unwrap(), 1000.0);
        assert_eq!(mk7.factor("ug/day").unwrap(), 1.0);
        assert_eq!(number("age").1.text(50.0), "50");
        assert!(mk7.factor("mmol/L").is_err() && mk7.factor("").is_err());
        for value in [0.1 + 0.2, 1.0 / 3.0, 359.999_999_999] {
            for key in ["mk7_supplement", "calcium_diet", "egfr", "phosphate", "natto"] {
                let (_, number) = number(key);
                let read = amount(&number.text(value), &number.target()).unwrap().value;
                assert_eq!(read.to_bits(), value.to_bits(), "{key}");
            }
        }
    }
}
