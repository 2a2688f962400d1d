//! Places of the organs on the body map, and the ways of the arrows between them.

use crate::charts::chart::Side::{self, Above, Left, On, Right};
use crate::charts::flows::Organ::{
    self, Artery, Blood, Bone, Feces, Food, Gut, Surface, Sweat, Urine,
};
use crate::charts::flows::Stream;
use crate::error::defect::OrDefect as _;
use crate::plots::canvas::Ink;
use crate::plots::style::tint;

/// The box of an organ: its name, color and place (left, top, right, bottom in shares of the map).
type OrganBox = (Organ, &'static str, Ink, (f64, f64, f64, f64));

pub(crate) const BOXES: [OrganBox; 6] = [
    (Gut, "gut", tint::GUT, (0.40, 0.78, 0.60, 1.0)),
    (Blood, "blood, fluid", tint::BLOOD, (0.40, 0.0, 0.60, 0.60)),
    (Surface, "bone surface", tint::BONE, (0.0, 0.0, 0.19, 0.29)),
    (Bone, "bone", tint::BONE, (0.0, 0.35, 0.19, 0.70)),
    (Artery, "arteries", tint::ARTERY, (0.84, 0.0, 1.0, 0.27)),
    (Urine, "kidney", tint::URINE, (0.84, 0.72, 1.0, 0.96)),
];

/// Middle of the arrows between bone and blood.
const BESIDE_BONE: f64 = 0.5 * (0.40 + 0.19);

/// From where to where, the points of the arrow in shares of the map, its word, and the place of
/// that beside it.
type Route = (Organ, Organ, &'static [(f64, f64)], &'static str, (f64, f64), Side);

const ROUTES: [Route; 12] = [
    (Food, Gut, &[(0.20, 0.89), (0.40, 0.89)], "eaten", (0.19, 0.89), On),
    (Gut, Feces, &[(0.60, 0.89), (0.67, 0.89)], "feces", (0.68, 0.89), On),
    (Gut, Blood, &[(0.45, 0.78), (0.45, 0.60)], "absorbed", (0.45, 0.69), Left),
    (Blood, Gut, &[(0.55, 0.60), (0.55, 0.78)], "secreted", (0.55, 0.69), Right),
    (Blood, Surface, &[(0.40, 0.12), (0.19, 0.12)], "on", (BESIDE_BONE, 0.12), Above),
    (Surface, Blood, &[(0.19, 0.245), (0.40, 0.245)], "off", (BESIDE_BONE, 0.245), Above),
    (Blood, Bone, &[(0.40, 0.43), (0.19, 0.43)], "built in", (BESIDE_BONE, 0.43), Above),
    (Bone, Blood, &[(0.19, 0.58), (0.40, 0.58)], "released", (BESIDE_BONE, 0.58), Above),
    (Blood, Artery, &[(0.60, 0.13), (0.84, 0.13)], "settles", (0.72, 0.13), Above),
    // Low enough that its word clears the arrow above however wide this one is.
    (Artery, Blood, &[(0.84, 0.255), (0.60, 0.255)], "removed", (0.72, 0.255), Above),
    (Blood, Sweat, &[(0.60, 0.39), (0.67, 0.39)], "sweat", (0.68, 0.39), On),
    (Blood, Urine, &[(0.60, 0.53), (0.92, 0.53), (0.92, 0.72)], "urine", (0.92, 0.63), Left),
];

/// The way of a stream.
pub(crate) fn route(stream: &Stream) -> &'static Route {
    let own = ROUTES.iter().find(|(from, to, ..)| (*from, *to) == (stream.from, stream.to));
    own.or_defect("a flow of the ledger without its way on the body map")
}

/// Arrows have the color of where the calcium goes, food that of food.
pub(crate) fn ink_of(stream: &Stream) -> Ink {
    match (stream.from, stream.to) {
        (Food, _) => tint::FOOD.darker(0.85),
        (_, Feces) => tint::FECES,
        (_, Urine) => tint::URINE.darker(0.85),
        (_, Sweat) => tint::SWEAT.darker(0.85),
        (_, Artery) | (Artery, _) => tint::ARTERY,
        (_, Bone | Surface) => tint::BONE.darker(0.72),
        (Bone | Surface, _) => tint::BONE.darker(0.55),
        (_, Gut) => tint::GUT.darker(0.7),
        _ => tint::GUT.darker(0.85),
    }
}
