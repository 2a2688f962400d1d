//! Colors of a map: steps from pale to dark, evenly spaced to the eye and in grey, with their bar.

use crate::charts::sweeps::outcome::OutcomeData;
use crate::plots::canvas::{Frame, Ink, Sheet};
use crate::plots::font::{self, Weight};
use crate::plots::numbers::{count, extremes, float, ticks};
use crate::plots::page::words;
use crate::plots::style::{AXIS, BLACK, CAPTION};
use crate::words::numbers::{short, with_sign};

/// Pale to dark: CIELAB lightness falls evenly from 95 to 27 while the hue turns from yellow over
/// green to blue, which people with any color vision tell apart.
const ANCHORS: [Ink; 9] = [
    Ink::new(0xFA, 0xF1, 0xC7),
    Ink::new(0xD7, 0xDD, 0xA4),
    Ink::new(0xAD, 0xCB, 0x86),
    Ink::new(0x6E, 0xB9, 0x8C),
    Ink::new(0x26, 0xA4, 0x98),
    Ink::new(0x00, 0x8C, 0x9D),
    Ink::new(0x00, 0x73, 0x9B),
    Ink::new(0x00, 0x5A, 0x8F),
    Ink::new(0x00, 0x40, 0x7C),
];

/// Color where no run gave a number.
pub(crate) const MISSING: Ink = Ink::new(0xDD, 0xDD, 0xDD);

/// Where the highest number is so many times the lowest, steps grow with the numbers; beyond, the
/// lowest are hardly more than nothing.
const SKEWED: std::ops::Range<f64> = 8.0..1000.0;

/// Width of the bar with its numbers.
pub(crate) const BAR: f64 = 84.0;

/// The steps of a map.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shades {
    pub low: f64,
    pub high: f64,
    /// Limits between colors, ascending.
    pub levels: Vec<f64>,
}

impl Shades {
    /// Round steps from the lowest to the highest number; a single color where a clinic
    /// would hardly see a difference.
    pub(crate) fn of(outcome: &OutcomeData, values: impl Iterator<Item = f64>) -> Option<Self> {
        let (low, high) = extremes(values)?;
        let even = outcome.is_even(low, high);
        let ticks = match even {
            true => Vec::new(),
            false if low > 2.0 * outcome.smallest() && SKEWED.contains(&(high / low)) => {
                geometric(low, high)
            }
            false => ticks(low, high, 8).0,
        };
        let inside = |level: &f64| *level > low && *level < high;
        Some(Self { low, high, levels: ticks.into_iter().filter(inside).collect() })
    }

    pub(crate) fn ink(&self, value: f64) -> Ink {
        if !value.is_finite() {
            return MISSING;
        }
        self.step(self.levels.iter().filter(|level| **level <= value).count())
    }

    /// The color of a step, counted from the lowest.
    fn step(&self, index: usize) -> Ink {
        let share = (float(index) + 0.5) / float(self.levels.len() + 1);
        let place = share * float(ANCHORS.len() - 1);
        let below = count(place, 0, ANCHORS.len() - 1);
        let (Some(one), other) = (ANCHORS.get(below), ANCHORS.get(below + 1)) else {
            return MISSING;
        };
        between(*one, *other.unwrap_or(one), place.fract())
    }

    /// Draws the bar into the left part of `frame`, with the numbers at its steps.
    pub(crate) fn bar(&self, sheet: &mut Sheet, frame: Frame, outcome: &OutcomeData) {
        let parts = self.levels.len() + 1;
        let height = |index: usize| frame.height() * float(index) / float(parts);
        for index in 0..parts {
            let step = Frame::new(
                frame.left,
                frame.bottom - height(index + 1),
                frame.left + 16.0,
                frame.bottom - height(index),
            );
            sheet.plate(step, 0.0, self.step(index));
        }
        let room = frame.width() - 24.0;
        let every = self.levels.len().div_ceil(8).max(1);
        for (index, level) in self.levels.iter().enumerate().step_by(every) {
            let y = frame.bottom - height(index + 1);
            sheet.line(&[(frame.left, y), (frame.left + 20.0, y)], AXIS, 1.25, &[]);
            let text = font::shorten(&self.name(outcome, *level), CAPTION, Weight::Regular, room);
            sheet.text(words((frame.left + 24.0, y + 5.0), text, CAPTION, BLACK));
        }
    }

    /// A level as its number is written: as short as it is round.
    pub(crate) fn name(&self, outcome: &OutcomeData, level: f64) -> String {
        // What a sum of steps leaves behind the 9th digit is no part of a round number.
        let size = self.high.abs().max(self.low.abs()).max(1e-300);
        let round = if level.abs() < 1e-9 * size { 0.0 } else { level };
        let name = short(round, 6);
        if outcome.is_signed() { with_sign(round, name) } else { name }
    }
}

/// 1, 2, 3, 5 and 7 times each power of ten, or fewer of them.
fn geometric(low: f64, high: f64) -> Vec<f64> {
    let choices = [&[1.0, 2.0, 3.0, 5.0, 7.0][..], &[1.0, 2.0, 5.0], &[1.0, 3.0], &[1.0]];
    let levels = choices.map(|steps| {
        let powers = (-12..=12).flat_map(|power| steps.iter().map(move |s| s * 10f64.powi(power)));
        powers.filter(|level| *level > low && *level < high).collect::<Vec<f64>>()
    });
    let mut fitting = levels.iter().filter(|levels| levels.len() <= 9);
    fitting.next().or(levels.last()).cloned().unwrap_or_default()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between two colors
fn between(one: Ink, other: Ink, share: f64) -> Ink {
    let part = |a: u8, b: u8| (f64::from(a) + share * (f64::from(b) - f64::from(a))).round() as u8;
    Ink::new(
        part(one.rgb.0, other.rgb.0),
        part(one.rgb.1, other.rgb.1),
        part(one.rgb.2, other.rgb.2),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_darken_evenly_in_grey() {
        let shades = Shades { low: 0.0, high: 8.0, levels: (1..8).map(f64::from).collect() };
        let grey = |value: f64| {
            let (red, green, blue) = shades.ink(value).rgb;
            0.299 * f64::from(red) + 0.587 * f64::from(green) + 0.114 * f64::from(blue)
        };
        for value in 0..7 {
            let drop = grey(f64::from(value) + 0.5) - grey(f64::from(value) + 1.5);
            assert!((15.0..40.0).contains(&drop), "{value}: {drop}");
        }
        assert_eq!(shades.ink(f64::NAN), MISSING);
    }
}
