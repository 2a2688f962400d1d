//! Homeostasis: where each regulated quantity lies in its normal range, and how far it moves.

use crate::charts::chart::{
    Chart, Ends, Label, Panel, Picture, RowName, Scale, Side, Words, sentences,
};
use crate::charts::rows;
use crate::physiology::quantities::{Organ, QUANTITIES, Quantity};
use crate::plots::numbers::{extremes, float};
use crate::plots::panel::Layer;
use crate::plots::style::{self, BLACK, GREY, NORMAL};
use crate::plots::{ArmData, Subject};
use crate::words::catalogue::message;
use crate::words::names::{at_start, inside};
use crate::words::numbers::{clinical, measured, with_unit};

/// Organs whose quantities the body regulates.
const REGULATED: [Organ; 4] = [Organ::Blood, Organ::Hormones, Organ::Gut, Organ::Kidney];
/// Ends of the normal range on the axis, and of the axis.
const BAND: (f64, f64) = (1.0, 2.0);
const ENDS: (f64, f64) = (0.0, 3.0);
/// Places from and to which values are drawn where they belong.
const EDGES: (f64, f64) = (ENDS.0 + 0.1, ENDS.1 - 0.1);
/// Distance of a number from its dot.
const BESIDE: f64 = 0.04;

/// A quantity in all arms.
struct Reading {
    quantity: &'static Quantity,
    normal: (f64, f64),
    arms: Vec<Course>,
}

/// Lowest, highest and last value of an arm.
struct Course {
    arm: usize,
    low: f64,
    high: f64,
    end: f64,
}

impl Course {
    fn of(arm: usize, data: &ArmData, quantity: &Quantity) -> Option<Self> {
        let values = data.course(quantity);
        let (low, high) = extremes(values.iter().map(|value| value.1))?;
        Some(Self { arm, low, high, end: values.last()?.1 })
    }
}

impl Reading {
    /// Place of a value on an axis on which every normal range is equally wide; values beyond the
    /// axis stand at its edge.
    fn place(&self, value: f64) -> f64 {
        self.full_place(value).clamp(EDGES.0, EDGES.1)
    }

    fn full_place(&self, value: f64) -> f64 {
        let (low, high) = self.normal;
        BAND.0 + (BAND.1 - BAND.0) * (value - low) / (high - low)
    }

    fn is_beyond(&self, value: f64) -> bool {
        let place = self.full_place(value);
        place < EDGES.0 || place > EDGES.1
    }

    /// Lowest and highest value of all arms.
    fn extremes(&self) -> Option<(f64, f64)> {
        extremes(self.arms.iter().flat_map(|course| [course.low, course.high]))
    }

    fn leaves_normal(&self) -> bool {
        let (low, high) = self.normal;
        self.arms.iter().any(|course| course.low < low || course.high > high)
    }
}

/// A healthy person alone shows it; of more arms it can be asked for.
pub(crate) fn suits(subject: &Subject) -> bool {
    subject.arms.len() == 1 && facts(subject).iter().all(|reading| !reading.leaves_normal())
}

pub(crate) fn chart(subject: &Subject) -> Chart {
    let readings = facts(subject);
    let words = words(subject, &readings);
    if readings.is_empty() {
        return Chart::new(subject, words, Picture::Note(message!(none.rows)));
    }
    Chart::new(subject, words, Picture::of(panel(subject, &readings)))
}

fn facts(subject: &Subject) -> Vec<Reading> {
    if !subject.has_rows() {
        return Vec::new();
    }
    let regulated = |quantity: &&Quantity| REGULATED.contains(&quantity.organ);
    let readings = QUANTITIES.iter().filter(regulated).filter_map(|quantity| {
        let arms = subject.arms.iter().enumerate();
        let arms = arms.filter_map(|(arm, data)| Course::of(arm, data, quantity));
        Some(Reading { quantity, normal: quantity.normal?, arms: arms.collect() })
    });
    readings.filter(|reading| !reading.arms.is_empty()).collect()
}

fn words(subject: &Subject, readings: &[Reading]) -> Words {
    let told = readings.iter().flat_map(|reading| {
        let number = |value| clinical(reading.quantity, value);
        reading.arms.iter().map(move |course| {
            message!(
                homeostasis.description_row,
                name = reading.quantity.label,
                arm = subject.label(course.arm),
                low = number(course.low),
                high = measured(reading.quantity, course.high),
                normal = normal(reading)
            )
        })
    });
    let several = subject.arms.len() > 1;
    let ends = |reading: &Reading| reading.arms.iter().any(|course| reading.is_beyond(course.end));
    let beyond = readings.iter().any(ends);
    let subtitle = match several {
        true => message!(homeostasis.subtitle_arms, person = subject.person),
        false => message!(homeostasis.subtitle, person = subject.person),
    };
    let hollow = if beyond { message!(homeostasis.beyond) } else { String::new() };
    Words { title: title(readings), subtitle: subtitle + &hollow, description: sentences(told) }
}

/// "2.20 to 2.60 mmol/L".
fn normal(reading: &Reading) -> String {
    let (low, high) = reading.normal;
    let number = |value| clinical(reading.quantity, value);
    let range = message!(homeostasis.range, low = number(low), high = number(high));
    with_unit(&range, reading.quantity.unit)
}

fn title(readings: &[Reading]) -> String {
    let out = readings.iter().filter(|reading| reading.leaves_normal());
    let out: Vec<&Quantity> = out.map(|reading| reading.quantity).collect();
    match out.as_slice() {
        [] => message!(homeostasis.all_stay),
        [one] => message!(homeostasis.one_leaves, name = at_start(one)),
        [first, between @ .., last] if between.len() < 2 => {
            let between = between.iter().map(|quantity| format!(", {}", inside(quantity.label)));
            let names = at_start(first) + &between.collect::<String>();
            message!(homeostasis.some_leave, names, last = inside(last.label))
        }
        _ => message!(homeostasis.many_leave),
    }
}

fn panel(subject: &Subject, readings: &[Reading]) -> Panel {
    let count = float(readings.len());
    let (from, to) = ((BAND.0, f64::NEG_INFINITY), (BAND.1, f64::INFINITY));
    let mut layers = vec![Layer::Area { from, to, ink: NORMAL }];
    let mut labels = Vec::new();
    let mut names = Vec::new();
    for (row, reading) in readings.iter().enumerate() {
        let middle = count - float(row) - 0.5;
        let text = message!(homeostasis.normal, range = normal(reading));
        names.push(RowName { name: reading.quantity.label.to_owned(), text, ink: BLACK });
        let many = float(reading.arms.len());
        for (position, course) in reading.arms.iter().enumerate() {
            let y = middle + 0.5 * (0.5 * (many - 1.0) - float(position)) / many;
            let look = style::arm(subject.look(course.arm));
            let points = vec![(reading.place(course.low), y), (reading.place(course.high), y)];
            layers.push(Layer::Line { points, ink: look.ink.clear(0.45), width: 9.0, dash: &[] });
            let at = (reading.place(course.end), y);
            let (shape, ink) = (look.shape, look.ink);
            let hollow = reading.is_beyond(course.end);
            layers.push(Layer::Dot { at, shape, ink, radius: 8.0, hollow });
            if many < 2.0 && !reading.leaves_normal() {
                let far = reading.place(course.high) + BESIDE;
                let text = measured(reading.quantity, course.end);
                labels.push(Label::at((far, y), Side::Right, text, look.letters));
            }
        }
        // Numbers of several arms would cover each other; what leaves the range tells how far.
        let told = many > 1.0 || reading.leaves_normal();
        labels.extend(told.then(|| range(reading, middle)).flatten());
    }
    let ends =
        [String::new(), message!(homeostasis.lowest), message!(homeostasis.highest), String::new()];
    let ends = Ends::Words(ends.to_vec());
    let x = Scale::new(message!(homeostasis.across), ENDS.0, ENDS.1, ends);
    Panel::of(x, rows::scale(readings.len(), names), layers, labels)
}

/// The ends of the lines: the lowest and the highest value of all arms.
fn range(reading: &Reading, middle: f64) -> Option<Label> {
    let (low, high) = reading.extremes()?;
    let at = (reading.place(high) + BESIDE, middle);
    let (one, other) = (clinical(reading.quantity, low), measured(reading.quantity, high));
    let text = match clinical(reading.quantity, high) == one {
        true => other,
        false => message!(homeostasis.range, low = one, high = other),
    };
    Some(Label::at(at, Side::Right, text, GREY))
}

#[cfg(test)]
mod tests {
    fn run(lesson: &str) -> crate::Run {
        crate::Scenario::parse(crate::lesson_text(lesson).unwrap()).unwrap().run().unwrap()
    }

    #[test]
    fn a_healthy_adult_stays_within_and_failed_parathyroid_glands_do_not() {
        let healthy = run("reference_adult");
        let title = healthy.figure("homeostasis").unwrap().title;
        assert_eq!(title, "Every regulated quantity stays within its normal range");
        let failed = run("parathyroid_failure");
        let figure = failed.figure("homeostasis").unwrap();
        let usual = [&healthy, &failed].map(|run| run.figure_names().contains(&"homeostasis"));
        assert_eq!(usual, [true, false]);
        assert!(figure.svg.contains("leave their normal range"), "{}", figure.description);
        assert!(figure.description.contains("Serum calcium"), "{}", figure.description);
    }
}
