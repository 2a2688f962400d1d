//! Spellings that files may use, dimensions, and the only conversion factors in the crate.
//!
//! A year is 365.25 days and a month a twelfth of it. International units (IU) count vitamin D
//! only: 40 IU are 1 ug. Inside the crate: mg calcium, ug vitamins, day, liter.

pub(crate) mod amount;
pub(crate) mod clock;
pub(crate) mod date;
pub(crate) mod exponents;
pub(crate) mod frequency;
pub(crate) mod lookalikes;
pub(crate) mod number;
pub(crate) mod suffix;
pub(crate) mod tokens;
pub(crate) mod written_number;

use crate::error::defect::OrDefect as _;
use crate::error::problem::Misread;
use crate::units::tokens::{TokenKind, Tokens};

pub(crate) const DAYS_PER_YEAR: f64 = 365.25;
/// International units in 1 ug of vitamin D.
pub(crate) const IU_PER_UG_VITAMIN_D: f64 = 40.0;
/// Elemental share of calcium carbonate's mass.
pub(crate) const CALCIUM_SHARE_OF_CARBONATE: f64 = 0.40;
/// Elemental share of calcium citrate's mass.
pub(crate) const CALCIUM_SHARE_OF_CITRATE: f64 = 0.21;

/// The substance that a number measures, for conversions between mass and amount of substance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Matter {
    #[default]
    Any,
    /// Calcium: 40.08 g/mol.
    Calcium,
    /// Phosphate as phosphorus: 30.97 g/mol.
    Phosphate,
    /// Parathyroid hormone: 9.43 pg/mL are 1 pmol/L.
    Pth,
    /// 25(OH)D: 1 ng/mL is 2.496 nmol/L.
    Calcidiol,
    /// Calcitriol: 416.6 g/mol.
    Calcitriol,
    /// Vitamin D: IU and ug.
    VitaminD,
}

impl Matter {
    /// Milligrams in a millimole, where conversion makes sense.
    const fn molar_mass(self) -> Option<f64> {
        match self {
            Self::Any | Self::VitaminD => None,
            Self::Calcium => Some(40.08),
            Self::Phosphate => Some(30.97),
            Self::Pth => Some(9430.0),
            Self::Calcidiol => Some(1000.0 / 2.496),
            Self::Calcitriol => Some(416.6),
        }
    }
}

const BASE_COUNT: usize = 12;

/// Powers of the base units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Dimension([i8; BASE_COUNT]);

/// The base units, in the order of [`Dimension`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BaseUnit {
    Milligram,
    Millimole,
    Liter,
    Day,
    Meter,
    InternationalUnit,
    Agatston,
    TScore,
    Percent,
    Serving,
    MillimeterOfMercury,
    Joule,
}

impl Dimension {
    pub(crate) const NONE: Self = Self([0; BASE_COUNT]);

    fn of(base: BaseUnit) -> Self {
        let mut powers = [0; BASE_COUNT];
        if let Some(power) = powers.get_mut(base as usize) {
            *power = 1;
        }
        Self(powers)
    }

    /// The dimension of a product (`power` 1) or quotient (`power` −1); powers stay within i8.
    pub(crate) fn times(self, other: Self, power: i8) -> Self {
        let mut powers = self.0;
        for (mine, theirs) in powers.iter_mut().zip(other.0) {
            *mine = mine.saturating_add(theirs.saturating_mul(power));
        }
        Self(powers)
    }

    /// True where IU are counted.
    pub(crate) fn has_international_units(self) -> bool {
        self.power(BaseUnit::InternationalUnit) != 0
    }

    pub(crate) fn percent() -> Self {
        Self::of(BaseUnit::Percent)
    }

    pub(crate) fn time() -> Self {
        Self::of(BaseUnit::Day)
    }

    /// Numbers that people write without a unit: plain, percent, Agatston, T-score.
    pub(crate) fn is_bare(self) -> bool {
        self == Self::NONE
            || [BaseUnit::Percent, BaseUnit::Agatston, BaseUnit::TScore]
                .map(Self::of)
                .contains(&self)
    }

    fn power(self, base: BaseUnit) -> i8 {
        self.0.get(base as usize).copied().or_defect("a base unit without a power")
    }

    /// Base `from` written as base `to` instead.
    fn exchanged(self, from: BaseUnit, to: BaseUnit) -> Self {
        let power = self.power(from);
        self.times(Self::of(from), -power).times(Self::of(to), power)
    }
}

/// A unit: its dimension and how many base units it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Unit {
    pub dimension: Dimension,
    /// In base units: mg, mmol, L, d, m, IU, AU, T, %, serving, mmHg, J.
    pub factor: f64,
}

/// Spellings of a base unit or a multiple of it; the first is shown to people.
const ATOMS: &[(&[&str], BaseUnit, f64)] = &[
    (&["pg"], BaseUnit::Milligram, 1e-9),
    (&["ng"], BaseUnit::Milligram, 1e-6),
    (&["ug", "mcg", "µg", "μg", "microgram", "micrograms"], BaseUnit::Milligram, 1e-3),
    (&["mg", "milligram", "milligrams"], BaseUnit::Milligram, 1.0),
    (&["g", "gram", "grams"], BaseUnit::Milligram, 1e3),
    (&["kg"], BaseUnit::Milligram, 1e6),
    (&["pmol"], BaseUnit::Millimole, 1e-9),
    (&["nmol"], BaseUnit::Millimole, 1e-6),
    (&["umol", "µmol", "μmol"], BaseUnit::Millimole, 1e-3),
    (&["mmol"], BaseUnit::Millimole, 1.0),
    (&["mol"], BaseUnit::Millimole, 1e3),
    (&["mL"], BaseUnit::Liter, 1e-3),
    (&["dL"], BaseUnit::Liter, 0.1),
    (&["L", "liter", "liters", "litre", "litres"], BaseUnit::Liter, 1.0),
    (&["s", "sec", "second", "seconds"], BaseUnit::Day, 1.0 / 86_400.0),
    (&["min", "minute", "minutes"], BaseUnit::Day, 1.0 / 1440.0),
    (&["h", "hour", "hours"], BaseUnit::Day, 1.0 / 24.0),
    (&["day", "days", "d"], BaseUnit::Day, 1.0),
    (&["week", "weeks", "wk", "w"], BaseUnit::Day, 7.0),
    (&["month", "months", "mo"], BaseUnit::Day, DAYS_PER_YEAR / 12.0),
    (&["year", "years", "y", "yr", "yrs"], BaseUnit::Day, DAYS_PER_YEAR),
    (&["cm"], BaseUnit::Meter, 0.01),
    (&["m"], BaseUnit::Meter, 1.0),
    (&["IU"], BaseUnit::InternationalUnit, 1.0),
    (&["AU", "agatston"], BaseUnit::Agatston, 1.0),
    (&["T"], BaseUnit::TScore, 1.0),
    (&["mmHg"], BaseUnit::MillimeterOfMercury, 1.0),
    (&["J", "joule", "joules"], BaseUnit::Joule, 1.0),
    (&["%", "percent"], BaseUnit::Percent, 1.0),
    (&["serving", "servings", "portion", "portions", "pill", "pills"], BaseUnit::Serving, 1.0),
];

fn atom(text: &str) -> Option<Unit> {
    let molar = match text {
        "pM" => Some(1e-9),
        "nM" => Some(1e-6),
        "uM" | "µM" | "μM" => Some(1e-3),
        "mM" => Some(1.0),
        _ => None,
    };
    if let Some(factor) = molar {
        let dimension =
            Dimension::of(BaseUnit::Millimole).times(Dimension::of(BaseUnit::Liter), -1);
        return Some(Unit { dimension, factor });
    }
    let as_written = ATOMS.iter().find(|(names, ..)| names.contains(&text));
    let found = as_written.or_else(|| {
        let spelled = text.to_lowercase();
        ATOMS.iter().find(|(names, ..)| names.iter().any(|name| name.to_lowercase() == spelled))
    });
    found.map(|(_, base, factor)| Unit { dimension: Dimension::of(*base), factor: *factor })
}

/// Reads a unit such as `mg/day`, `ug per day`, `mL/min`, `1/d` from the next pieces.
///
/// Nothing that looks like a unit gives a plain number.
pub(crate) fn read_unit(words: &mut Tokens<'_>) -> Result<Unit, Misread> {
    let mut unit = Unit { dimension: Dimension::NONE, factor: 1.0 };
    if let Some(first) = words.peek().and_then(|token| atom(token.text)) {
        words.take();
        unit = first;
    }
    loop {
        let mark = words.mark();
        let per_one =
            words.peek().is_some_and(|token| matches!(token.kind, TokenKind::Number(1.0)))
                && words.ahead(1).is_some_and(|token| token.text == "/");
        if per_one && unit.dimension == Dimension::NONE {
            words.take();
        }
        if !(words.eat(&["/"]) || words.eat_any(&["per", "a", "an", "each", "every"])) {
            words.back_to(mark);
            return Ok(unit);
        }
        let slash = words.since(mark);
        let Some(next) = words.peek().cloned() else {
            return Err(Misread::new("the unit is not finished", slash)
                .label("per what?")
                .help("write such as \"mg/day\""));
        };
        let frequency_follows = words.text.get(slash.clone()) == Some("every");
        let Some(below) = atom(next.text) else {
            if next.kind == TokenKind::Word && !frequency_follows {
                // The caller adds the accepted units.
                return Err(Misread::new("unknown unit", next.bytes));
            }
            words.back_to(mark);
            return Ok(unit);
        };
        words.take();
        unit.dimension = unit.dimension.times(below.dimension, -1);
        unit.factor /= below.factor;
    }
}

/// True for a unit by itself, such as `mg` or `years`.
pub(crate) fn is_unit(text: &str) -> bool {
    atom(text).is_some()
}

/// The unit written in a table of the crate, such as `mg/d` or `1`.
pub(crate) fn unit(text: &str) -> Option<Unit> {
    if text == "1" || text.is_empty() {
        return Some(Unit { dimension: Dimension::NONE, factor: 1.0 });
    }
    let mut words = Tokens::new(text).ok()?;
    let unit = read_unit(&mut words).ok()?;
    words.at_end().then_some(unit)
}

/// True for a unit of the crate's tables without which people write numbers.
pub(crate) fn is_bare(text: &str) -> bool {
    text == "y" || unit(text).is_some_and(|unit| unit.dimension.is_bare())
}

/// Every spelling of a unit, for suggestions.
pub(crate) fn spellings() -> impl Iterator<Item = &'static str> {
    ATOMS.iter().flat_map(|(names, ..)| names.iter().copied())
}

/// Factor from base units of dimension `from` to base units of `to`, if one is the other.
///
/// Percent and plain numbers convert; masses and amounts of substance of a known matter; IU and
/// masses of vitamin D.
pub(crate) fn conversion(from: Dimension, to: Dimension, matter: Matter) -> Option<f64> {
    use BaseUnit::{InternationalUnit, Milligram, Millimole};
    if from == to {
        return Some(1.0);
    }
    if from == Dimension::percent() && to == Dimension::NONE {
        return Some(0.01);
    }
    if from == Dimension::NONE && to == Dimension::percent() {
        return Some(100.0);
    }
    if matter == Matter::VitaminD {
        let power = i32::from(from.power(InternationalUnit));
        let fits = from.exchanged(InternationalUnit, Milligram) == to;
        return fits.then(|| (IU_PER_UG_VITAMIN_D * 1000.0).powi(-power));
    }
    let mass = matter.molar_mass()?;
    if from.exchanged(Milligram, Millimole) == to {
        return Some(mass.powi(-i32::from(from.power(Milligram))));
    }
    (from.exchanged(Millimole, Milligram) == to)
        .then(|| mass.powi(i32::from(from.power(Millimole))))
}

#[cfg(test)]
mod tests;
