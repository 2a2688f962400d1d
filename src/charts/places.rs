//! Places of the organs on the body map, and the ways of the arrows between them.

use crate::charts::chart::Side;
use crate::charts::flows::{Organ, Stream};
use crate::plots::canvas::Ink;
use crate::plots::style::tint;

/// Name, color and place (left, top, right, bottom in shares of the map) of a box.
pub(crate) struct Look {
    pub name: &'static str,
    pub ink: Ink,
    pub place: (f64, f64, f64, f64),
}

/// The box of an organ; `None` for what is outside the body.
pub(crate) const fn look(organ: Organ) -> Option<Look> {
    let (name, ink, place) = match organ {
        Organ::Gut => ("gut", tint::GUT, (0.40, 0.78, 0.60, 1.0)),
        Organ::Blood => ("blood, fluid", tint::BLOOD, (0.40, 0.0, 0.60, 0.60)),
        Organ::Surface => ("bone surface", tint::BONE, (0.0, 0.0, 0.19, 0.29)),
        Organ::Bone => ("bone", tint::BONE, (0.0, 0.35, 0.19, 0.70)),
        Organ::Artery => ("arteries", tint::ARTERY, (0.84, 0.0, 1.0, 0.27)),
        Organ::Urine => ("kidney", tint::URINE, (0.84, 0.72, 1.0, 0.96)),
        Organ::Food | Organ::Sweat | Organ::Feces => return None,
    };
    Some(Look { name, ink, place })
}

/// The way of an arrow in shares of the map, its word and where that stands.
pub(crate) struct Route {
    pub points: Vec<(f64, f64)>,
    pub word: &'static str,
    pub label: (f64, f64),
    pub side: Side,
}

/// The way of a stream; pairs that nobody placed go straight from box to box.
pub(crate) fn route(from: Organ, to: Organ) -> Route {
    use Organ::{Artery, Blood, Bone, Feces, Food, Gut, Surface, Sweat, Urine};
    let level = |from: f64, to: f64, y: f64, word| Route {
        points: vec![(from, y), (to, y)],
        word,
        label: (0.5 * (from + to), y),
        side: Side::Above,
    };
    let end = |points, word, label| Route { points, word, label, side: Side::On };
    match (from, to) {
        (Food, Gut) => Route {
            points: vec![(0.20, 0.89), (0.40, 0.89)],
            word: "eaten",
            label: (0.19, 0.89),
            side: Side::On,
        },
        (Gut, Feces) => end(vec![(0.60, 0.89), (0.67, 0.89)], "feces", (0.68, 0.89)),
        (Gut, Blood) => Route {
            points: vec![(0.45, 0.78), (0.45, 0.60)],
            word: "absorbed",
            label: (0.45, 0.69),
            side: Side::Left,
        },
        (Blood, Gut) => Route {
            points: vec![(0.55, 0.60), (0.55, 0.78)],
            word: "secreted",
            label: (0.55, 0.69),
            side: Side::Right,
        },
        (Blood, Surface) => level(0.40, 0.19, 0.12, "on"),
        (Surface, Blood) => level(0.19, 0.40, 0.245, "off"),
        (Blood, Bone) => level(0.40, 0.19, 0.43, "built in"),
        (Bone, Blood) => level(0.19, 0.40, 0.58, "released"),
        (Blood, Artery) => level(0.60, 0.84, 0.13, "settles"),
        // Low enough that its word clears the arrow above however wide this one is.
        (Artery, Blood) => level(0.84, 0.60, 0.255, "removed"),
        (Blood, Sweat) => end(vec![(0.60, 0.39), (0.67, 0.39)], "sweat", (0.68, 0.39)),
        (Blood, Urine) => Route {
            points: vec![(0.60, 0.53), (0.92, 0.53), (0.92, 0.72)],
            word: "urine",
            label: (0.92, 0.63),
            side: Side::Left,
        },
        _ => {
            let middle = |organ| {
                look(organ).map_or((0.5, 0.95), |look| {
                    (0.5 * (look.place.0 + look.place.2), 0.5 * (look.place.1 + look.place.3))
                })
            };
            let (a, b) = (middle(from), middle(to));
            let label = (0.5 * (a.0 + b.0), 0.5 * (a.1 + b.1));
            Route { points: vec![a, b], word: "", label, side: Side::Above }
        }
    }
}

/// Arrows have the color of where the calcium goes, food that of food.
pub(crate) fn ink_of(stream: &Stream) -> Ink {
    match (stream.from, stream.to) {
        (Organ::Food, _) => tint::FOOD.darker(0.85),
        (_, Organ::Feces) => tint::FECES,
        (_, Organ::Urine) => tint::URINE.darker(0.85),
        (_, Organ::Sweat) => tint::SWEAT.darker(0.85),
        (_, Organ::Artery) | (Organ::Artery, _) => tint::ARTERY,
        (_, Organ::Bone | Organ::Surface) => tint::BONE.darker(0.72),
        (Organ::Bone | Organ::Surface, _) => tint::BONE.darker(0.55),
        (_, Organ::Gut) => tint::GUT.darker(0.7),
        _ => tint::GUT.darker(0.85),
    }
}
