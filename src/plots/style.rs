//! One look for all figures: colors, dashes, shapes and sizes.
//!
//! Colors are those of Okabe and Ito, which color-blind people can tell apart. An arm keeps its
//! color, dash and shape in every figure; dash and shape also survive a grey print.

use super::canvas::Ink;
use crate::error::defect::OrDefect as _;

pub(crate) const TITLE: f64 = 34.0;
pub(crate) const SUBTITLE: f64 = 22.0;
/// Font size of axis titles and labels of lines.
pub(crate) const LABEL: f64 = 20.0;
/// Font size of numbers along an axis.
pub(crate) const TICK: f64 = 18.0;
pub(crate) const CAPTION: f64 = 15.0;
/// Width of a line that shows data.
pub(crate) const LINE: f64 = 4.0;

pub(crate) const BLACK: Ink = Ink::new(0x22, 0x22, 0x22);
/// Letters of second rank.
pub(crate) const GREY: Ink = Ink::new(0x59, 0x59, 0x59);
pub(crate) const AXIS: Ink = Ink::new(0x8C, 0x8C, 0x8C);
pub(crate) const GRID: Ink = Ink::new(0xE3, 0xE3, 0xE3);
pub(crate) const WHITE: Ink = Ink::new(255, 255, 255);
pub(crate) const NORMAL: Ink = Ink::new(0xEA, 0xF3, 0xEC);
/// The word in that band.
pub(crate) const NORMAL_WORD: Ink = Ink::new(0x5E, 0x77, 0x66);

const BLUE: Ink = Ink::new(0x00, 0x72, 0xB2);
const VERMILION: Ink = Ink::new(0xD5, 0x5E, 0x00);
const GREEN: Ink = Ink::new(0x00, 0x9E, 0x73);
const ORANGE: Ink = Ink::new(0xE6, 0x9F, 0x00);
const SKY: Ink = Ink::new(0x56, 0xB4, 0xE9);
const PURPLE: Ink = Ink::new(0xCC, 0x79, 0xA7);

const INKS: [Ink; 7] = [BLUE, VERMILION, GREEN, ORANGE, SKY, PURPLE, BLACK];
const DASHES: [&[f64]; 5] =
    [&[], &[16.0, 6.0], &[26.0, 5.0, 5.0, 5.0], &[6.0, 5.0], &[12.0, 4.0, 3.0, 4.0, 3.0, 4.0]];

/// Shape that marks a point of an arm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub(crate) enum Shape {
    Disc,
    Square,
    Triangle,
    /// Square on its corner.
    Diamond,
    Funnel,
}

const SHAPES: [Shape; 5] =
    [Shape::Disc, Shape::Square, Shape::Triangle, Shape::Diamond, Shape::Funnel];

/// The look of an arm, the same in every figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ArmStyle {
    /// Color of lines and areas.
    pub ink: Ink,
    /// Color of letters on white.
    pub letters: Ink,
    pub dash: &'static [f64],
    pub shape: Shape,
}

/// The defect of a table of looks that is empty.
const NO_STYLE: &str = "a look that does not exist";

/// Looks of what an arm adds to the first: calcium, K2 and other things, K2 alone, vitamin D alone.
pub(crate) const CALCIUM: usize = 1;
pub(crate) const K2_TOO: usize = 2;
pub(crate) const K2: usize = 3;
pub(crate) const VITAMIN_D: usize = 4;

/// From this look on the colors of the first ones come again.
pub(crate) const COLORS: usize = INKS.len();

/// Looks for what has none of its own: those that mean something last (of them first the blue of
/// vitamin D, which is near that of the first arm), unless a color would come twice.
pub(crate) fn free_looks() -> impl Iterator<Item = usize> {
    let without_meaning = VITAMIN_D + 1..COLORS;
    without_meaning.chain([VITAMIN_D]).chain(CALCIUM..VITAMIN_D).chain(COLORS..)
}

/// The look of the arm with this position in the scenario.
pub(crate) fn arm(index: usize) -> ArmStyle {
    let ink = INKS.get(index % INKS.len()).copied().or_defect(NO_STYLE);
    let turn = index + index / INKS.len();
    ArmStyle {
        ink,
        letters: readable(ink),
        dash: DASHES.get(turn % DASHES.len()).copied().or_defect(NO_STYLE),
        shape: SHAPES.get(turn % SHAPES.len()).copied().or_defect(NO_STYLE),
    }
}

/// The color, darkened until letters in it can be read on white (contrast of at least 4.5).
pub(crate) fn readable(ink: Ink) -> Ink {
    let mut share = 1.0;
    while share > 0.3 && luminance(ink.darker(share)) > 0.18 {
        share -= 0.05;
    }
    ink.darker(share)
}

/// White or black, whichever is read better on this color.
pub(crate) fn letters_on(ink: Ink) -> Ink {
    if luminance(ink) > 0.36 { BLACK } else { WHITE }
}

/// Relative luminance (the square stands for the usual exponent of 2.2).
fn luminance(ink: Ink) -> f64 {
    let light = |part: u8| (f64::from(part) / 255.0).powi(2);
    0.2126 * light(ink.rgb.0) + 0.7152 * light(ink.rgb.1) + 0.0722 * light(ink.rgb.2)
}

/// Tints of the places where calcium is or goes.
pub(crate) mod tint {
    use super::Ink;

    pub(crate) const GUT: Ink = Ink::new(0xF0, 0xD9, 0xA8);
    /// Blood and tissue fluid.
    pub(crate) const BLOOD: Ink = Ink::new(0xF2, 0xB5, 0xA7);
    pub(crate) const BONE: Ink = Ink::new(0xBF, 0xD5, 0xE8);
    pub(crate) const ARTERY: Ink = Ink::new(0xB2, 0x3A, 0x48);
    pub(crate) const CORONARY: Ink = Ink::new(0x62, 0x20, 0x28);
    pub(crate) const URINE: Ink = Ink::new(0xF4, 0xE2, 0x5C);
    pub(crate) const FECES: Ink = Ink::new(0x9C, 0x7A, 0x54);
    pub(crate) const SWEAT: Ink = Ink::new(0x8F, 0xD0, 0xD0);
    pub(crate) const FOOD: Ink = Ink::new(0xA9, 0xC9, 0x8B);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_arms_look_different() {
        for one in 0..12 {
            for other in 0..one {
                let (a, b) = (arm(one), arm(other));
                assert!(a.ink != b.ink || a.dash != b.dash, "{one} and {other}");
            }
        }
    }

    /// CIE lightness and color (L*, a*, b*) of linear red, green and blue, white D65.
    fn lab([red, green, blue]: [f64; 3]) -> [f64; 3] {
        let scaled = |[r, g, b]: [f64; 3], white: f64| (r * red + g * green + b * blue) / white;
        let root = |t: f64| if t > 0.008_856 { t.cbrt() } else { (903.3 * t + 16.0) / 116.0 };
        let x = root(scaled([0.412_456, 0.357_576, 0.180_438], 0.950_47));
        let y = root(scaled([0.212_673, 0.715_152, 0.072_175], 1.0));
        let z = root(scaled([0.019_334, 0.119_192, 0.950_304], 1.088_83));
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    fn linear(ink: Ink) -> [f64; 3] {
        let part = |part: u8| {
            let share = f64::from(part) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        [part(ink.rgb.0), part(ink.rgb.1), part(ink.rgb.2)]
    }

    /// As people without green cones see it (Machado 2009).
    fn deuteranopia([r, g, b]: [f64; 3]) -> [f64; 3] {
        [
            0.367_322 * r + 0.860_646 * g - 0.227_968 * b,
            0.280_085 * r + 0.672_501 * g + 0.047_413 * b,
            -0.011_820 * r + 0.042_940 * g + 0.968_881 * b,
        ]
        .map(|part| part.clamp(0.0, 1.0))
    }

    #[test]
    fn neighbors_differ_without_green_cones_and_without_colors() {
        assert!((lab([1.0, 1.0, 1.0])[0] - 100.0).abs() < 0.01, "white is lightest");
        for (one, other) in (0..21).map(|index| (arm(index), arm(index + 1))) {
            let seen = [one, other].map(|look| lab(deuteranopia(linear(look.ink))));
            let apart = seen[0].iter().zip(seen[1]).map(|(a, b)| (a - b).powi(2)).sum::<f64>();
            assert!(apart.sqrt() >= 20.0, "{one:?} and {other:?} differ by {}", apart.sqrt());
            let [light, dark] = [one, other].map(|look| lab(linear(look.ink))[0]);
            let patterns = one.dash != other.dash && one.shape != other.shape;
            assert!((light - dark).abs() >= 15.0 || patterns, "{one:?} and {other:?} in grey");
        }
    }

    #[test]
    fn letters_can_be_read() {
        assert!((0..7).all(|index| luminance(arm(index).letters) <= 0.19));
        assert_eq!(letters_on(tint::ARTERY), WHITE);
        assert_eq!(letters_on(tint::BONE), BLACK);
    }
}
