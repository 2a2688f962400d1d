//! Claims, outcomes and conditions from the words of their grammar.

use std::sync::LazyLock;

use crate::fuzz_tests::amounts::time;
use crate::fuzz_tests::dice::Dice;
use crate::fuzz_tests::words::{digits, number};
use crate::physiology::quantities::{QUANTITIES, Quantity};
use crate::scenario::claims::GRAMMAR;

/// The functions of the grammar: a word before a bracket.
static FUNCTIONS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut found: Vec<&str> = Vec::new();
    for (at, _) in GRAMMAR.match_indices('(') {
        let before = &GRAMMAR[..at];
        let start =
            before.rfind(|c: char| !(c.is_ascii_lowercase() || c == '_')).map_or(0, |at| at + 1);
        if !before[start..].is_empty() && !found.contains(&&before[start..]) {
            found.push(&GRAMMAR[start..at]);
        }
    }
    assert!(found.len() >= 13, "{found:?}");
    found
});

/// Writes claims about arms in a run of some days.
pub(super) struct ClaimWriter<'a> {
    pub dice: &'a mut Dice,
    pub arms: &'a [String],
    pub days: f64,
}

/// The unit that both sides of a comparison have.
#[derive(Clone, Copy)]
enum Measure {
    Of(&'static Quantity),
    Percent,
    Days,
}

impl ClaimWriter<'_> {
    pub(super) fn claim(&mut self) -> String {
        let mut text = self.comparison();
        while self.dice.chance(0.2) {
            text += &format!(" and {}", self.comparison());
        }
        text
    }

    /// A value, as outcomes have it.
    pub(super) fn value(&mut self) -> String {
        let measure = self.measure();
        self.sum(measure, 0)
    }

    fn measure(&mut self) -> Measure {
        match self.dice.below(8) {
            0 => Measure::Percent,
            1 => Measure::Days,
            _ => Measure::Of(self.dice.pick(&QUANTITIES)),
        }
    }

    fn comparison(&mut self) -> String {
        let measure = self.measure();
        let value = self.sum(measure, 0);
        let other = self.sum(measure, 1);
        match self.dice.below(6) {
            0 => format!("{value} between {other} and {}", self.sum(measure, 1)),
            1 => format!("{value} within {} % of {other}", self.dice.below(30)),
            2 => format!("{value} within {} of {other}", self.literal(measure)),
            _ => format!("{value} {} {other}", self.dice.pick(&["<", "<=", ">", ">=", "≤", "≥"])),
        }
    }

    fn sum(&mut self, measure: Measure, depth: u32) -> String {
        let mut text = self.product(measure, depth);
        while self.dice.chance(0.2) {
            let sign = *self.dice.pick(&["+", "-"]);
            text += &format!(" {sign} {}", self.product(measure, depth + 1));
        }
        text
    }

    fn product(&mut self, measure: Measure, depth: u32) -> String {
        let part = self.part(measure, depth);
        match self.dice.below(10) {
            0 => format!("{} * {part}", self.factor()),
            1 => format!("{part} / {}", self.factor()),
            2 => format!("{part} · {} %", 1 + self.dice.below(200)),
            _ => part,
        }
    }

    fn factor(&mut self) -> String {
        let value = number(self.dice, 0.1, 3.0);
        digits(self.dice, value)
    }

    fn part(&mut self, measure: Measure, depth: u32) -> String {
        if depth > 2 {
            return self.reading(measure);
        }
        match self.dice.below(12) {
            0 => format!("({}){}", self.sum(measure, depth + 1), self.arm()),
            1 => format!("abs({})", self.sum(measure, depth + 1)),
            2 => {
                let word = *self.dice.pick(&["smaller", "larger"]);
                format!(
                    "{word}({}, {})",
                    self.sum(measure, depth + 1),
                    self.sum(measure, depth + 1)
                )
            }
            3 | 4 if depth > 0 => self.literal(measure),
            _ => self.reading(measure),
        }
    }

    fn literal(&mut self, measure: Measure) -> String {
        let value = number(self.dice, 0.0, 100.0);
        let value = digits(self.dice, value);
        match measure {
            Measure::Percent => format!("{value} %"),
            Measure::Days => time(self.dice, 0.0, self.days),
            Measure::Of(quantity) if quantity.unit == "1" => value,
            Measure::Of(quantity) => format!("{value} {}", quantity.unit),
        }
    }

    fn reading(&mut self, measure: Measure) -> String {
        let quantity = match measure {
            Measure::Of(quantity) => quantity,
            _ => self.dice.pick(&QUANTITIES),
        };
        let names: Vec<&str> = quantity.aliases.iter().copied().chain([quantity.name]).collect();
        let name = *self.dice.pick(&names);
        let function = match measure {
            Measure::Percent => "change_percent",
            Measure::Days => *self.dice.pick(&["time_above", "time_below"]),
            Measure::Of(_) if self.dice.chance(0.2) => return format!("{name}{}", self.arm()),
            Measure::Of(_) => {
                let plain = |word: &&str| {
                    !["abs", "smaller", "larger", "change_percent", "time_above", "time_below"]
                        .contains(word)
                };
                let plain: Vec<&str> =
                    FUNCTIONS.iter().copied().filter(|word| plain(word)).collect();
                *self.dice.pick(&plain)
            }
        };
        let inside = match function {
            "at" => format!("{name}, {}", time(self.dice, 0.0, self.days)),
            "start" | "end" => name.to_owned(),
            "time_above" | "time_below" => {
                let threshold = self.literal(Measure::Of(quantity));
                format!("{name}, {threshold}{}", self.period())
            }
            _ => format!("{name}{}", self.period()),
        };
        format!("{function}({inside}){}", self.arm())
    }

    fn period(&mut self) -> String {
        let (early, late) =
            (time(self.dice, 0.0, self.days * 0.4), time(self.dice, self.days * 0.6, self.days));
        match self.dice.below(8) {
            0 => format!(", {early} to {late}"),
            1 => format!(", from {early}"),
            2 => format!(", until {late}"),
            3 => format!(", 0 to {late}"),
            _ => String::new(),
        }
    }

    fn arm(&mut self) -> String {
        if self.arms.len() == 1 && self.dice.chance(0.7) {
            return String::new();
        }
        format!(" in {}", self.dice.pick(self.arms))
    }
}
