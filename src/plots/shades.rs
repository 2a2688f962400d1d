//! Colors of numbers: steps from pale to dark, evenly spaced to the eye and in grey, with their bar.

use crate::plots::canvas::{Frame, Ink, Sheet};
use crate::plots::font::{self, Weight};
use crate::plots::numbers::{count, float};
use crate::plots::page::words;
use crate::plots::style::{AXIS, BLACK, CAPTION};

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

/// Width of the bar with its numbers.
pub(crate) const BAR: f64 = 84.0;

/// The color of a number between levels, which ascend.
pub(crate) fn ink(levels: &[f64], value: f64) -> Ink {
    if !value.is_finite() {
        return MISSING;
    }
    step(levels.iter().filter(|level| **level <= value).count(), levels.len() + 1)
}

/// The color of one of so many steps, counted from the lowest.
fn step(index: usize, count_of_steps: usize) -> Ink {
    let share = (float(index) + 0.5) / float(count_of_steps);
    let place = share * float(ANCHORS.len() - 1);
    let below = count(place, 0, ANCHORS.len() - 1);
    let (Some(one), other) = (ANCHORS.get(below), ANCHORS.get(below + 1)) else {
        return MISSING;
    };
    between(*one, *other.unwrap_or(one), place.fract())
}

/// Draws a bar of all steps into the left part of `frame`, with the names of the levels.
pub(crate) fn bar(sheet: &mut Sheet, frame: Frame, names: &[String]) {
    let parts = names.len() + 1;
    let height = |index: usize| frame.height() * float(index) / float(parts);
    for index in 0..parts {
        let (top, bottom) = (frame.bottom - height(index + 1), frame.bottom - height(index));
        let part = Frame::new(frame.left, top, frame.left + 16.0, bottom);
        sheet.plate(part, 0.0, step(index, parts));
    }
    let room = frame.width() - 24.0;
    let every = names.len().div_ceil(8).max(1);
    for (index, name) in names.iter().enumerate().step_by(every) {
        let y = frame.bottom - height(index + 1);
        sheet.line(&[(frame.left, y), (frame.left + 20.0, y)], AXIS, 1.25, &[]);
        let text = font::shorten(name, CAPTION, Weight::Regular, room);
        sheet.text(words((frame.left + 24.0, y + 5.0), text, CAPTION, BLACK));
    }
}

// between two colors
fn between(one: Ink, other: Ink, share: f64) -> Ink {
    let part = |a: u8, b: u8| (f64::from(a) + share * (f64::from(b) - f64::from(a))).round() as u8;
    let ((red, green, blue), other) = (one.rgb, other.rgb);
    Ink::new(part(red, other.0), part(green, other.1), part(blue, other.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_darken_evenly_in_grey() {
        let levels: Vec<f64> = (1..8).map(f64::from).collect();
        let grey = |value: f64| {
            let (red, green, blue) = ink(&levels, value).rgb;
            0.299 * f64::from(red) + 0.587 * f64::from(green) + 0.114 * f64::from(blue)
        };
        for value in 0..7 {
            let drop = grey(f64::from(value) + 0.5) - grey(f64::from(value) + 1.5);
            assert!((15.0..40.0).contains(&drop), "{value}: {drop}");
        }
        assert_eq!(ink(&levels, f64::NAN), MISSING);
    }
}
