//! Texts and numbers as friends and strangers write them, and small changes of any text.

use crate::fuzz_tests::dice::Dice;
use crate::units::written_number::without_thousands;

/// What is neither expected nor harmless.
pub(super) const HOSTILE: &[&str] = &[
    "",
    " ",
    "0",
    "-0",
    "-1",
    "nan",
    "inf",
    "-inf",
    "1e999",
    "1e-999",
    "9007199254740993",
    "0x10",
    "1_000",
    "true",
    "[]",
    "{}",
    "[[]]",
    "\"\"",
    "'\\'",
    "\"\\u001b[31mred\\u0007\"",
    "\"\\u202Egnp.exe\"",
    "\"a\\nb\"",
    "\"1,5 mg/day\"",
    "\"1.000 IU\"",
    "\"5\u{a0}mg/day\"",
    "\"７ mg/day\"",
    "“8 mg/day”",
    "\"1 a b\"",
    "\"1/0\"",
    "1979-05-27",
    "1979-05-27T07:32:00Z",
    "07:30",
    "\"../../x.toml\"",
    "\"x\" = 1",
    "\"骨と動脈\"",
    "\"🦴\"",
    "\"=1+1\"",
    "\"-rf\"",
    "\"5 mg/day mg/day\"",
    "\"1e308 mg/day\"",
    "\"1e-320 mg/day\"",
    "{ a = 1, a = 2 }",
    "[1, \"a\", true]",
];

/// Pieces that are put into texts.
const PIECES: &[&str] = &[
    "\u{1b}[2J",
    "\u{0}",
    "\u{7}",
    "\u{8}",
    "\u{202e}",
    "\u{feff}",
    "\r\n",
    "\n",
    "\t",
    "\u{2028}",
    "é",
    "骨",
    "🦴",
    "\"",
    "'",
    "\\",
    "=",
    "[",
    "]",
    "{",
    "}",
    "#",
    ",",
    ".",
    "-",
    "%",
    "(",
    ")",
    " ",
    "0",
    "9",
    "e",
    "nan",
    "/day",
    "\"\"\"",
    "µ",
    "μ",
    "…",
    "±",
    "step",
    "and",
    "in",
    "of",
    "NaN",
    "-1",
    "1e400",
    "99999999999999999999",
];

/// Words of a title, a label or a remark.
pub(super) fn free_text(dice: &mut Dice) -> String {
    const WORDS: &[&str] = &[
        "calcium",
        "K2",
        "Why?",
        "50 %",
        "≥",
        "a & b",
        "<b>",
        "2 + 2",
        "über",
        "=SUM(A1)",
        "--",
        "'",
        "K₂",
        "\\",
        "骨",
        "Кость",
        "🦴",
        "-",
        "@",
        "…",
    ];
    (0..1 + dice.below(4)).map(|_| *dice.pick(WORDS)).collect::<Vec<_>>().join(" ")
}

/// A text as a TOML string.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A number between two ends, as a file may write it.
pub(super) fn number(dice: &mut Dice, low: f64, high: f64) -> f64 {
    let (low, high) = (low.min(high), high.max(low));
    let value = match dice.below(8) {
        0 => low,
        1 => high,
        2 if low > 0.0 => low * (high / low).powf(dice.share()),
        3 if low <= 0.0 && high > 0.0 => high * 10_f64.powf(-12.0 * dice.share()),
        _ => low + dice.share() * (high - low),
    };
    let digits = 1 + dice.below(6);
    let round: f64 = format!("{value:.digits$e}").parse().unwrap();
    if (low..=high).contains(&round) { round } else { value.clamp(low, high) }
}

/// The digits of a number in one of their spellings.
pub(super) fn digits(dice: &mut Dice, value: f64) -> String {
    match dice.below(12) {
        0 => format!("{value:e}"),
        1 if value == value.trunc() && value.abs() < 1e9 => format!("{value:.1}"),
        // Three digits behind a point may be thousands: seldom.
        2 => value.to_string(),
        _ => without_thousands(value.to_string()),
    }
}

/// A text with one place changed: cut, doubled, put in, taken out, exchanged.
pub(super) fn scratched(dice: &mut Dice, text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let at = dice.below(letters.len() + 1);
    let to = (at + dice.below(12)).min(letters.len());
    let part = |range: std::ops::Range<usize>| letters[range].iter().collect::<String>();
    let (before, inner, after) = (part(0..at), part(at..to), part(to..letters.len()));
    match dice.below(6) {
        0 => before,
        1 => before + &inner + &inner + &after,
        2 => before + &after,
        3 => before + *dice.pick(PIECES) + &inner + &after,
        4 => before + &inner.chars().rev().collect::<String>() + &after,
        _ => before + *dice.pick(PIECES) + &after,
    }
}
