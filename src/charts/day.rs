//! A day: what is swallowed, ionized calcium and parathyroid hormone by the hour.

use crate::charts::chart::{Chart, Ends, Label, Panel, Picture, Place, Scale, Words, sentences};
use crate::charts::course::{Course, between};
use crate::nutrition::regimen::Substance;
use crate::nutrition::schedule::Intake;
use crate::physiology::quantities::{Quantity, quantity};
use crate::plots::canvas::Ink;
use crate::plots::numbers::{extremes, float, lowest_and_highest};
use crate::plots::panel::Layer;
use crate::plots::span::Clock;
use crate::plots::style::{self, GREY, tint};
use crate::plots::{ArmData, Subject, labels};
use crate::words::catalogue::message;
use crate::words::names::{chart_unit, inside};
use crate::words::numbers::{fixed, rounded, signed, with_unit};

/// Read-outs by the hour.
const SHOWN: [&str; 2] = ["serum_ionized_calcium_mmol_per_l", "pth_pmol_per_l"];
const FOOD: Ink = tint::FOOD;
const PILLS: Ink = style::AXIS;

/// Smallest swing of ionized calcium over a day worth a sentence \[mmol/L\].
const LEAST_SWING: f64 = 0.005;

/// The numbers of the figure.
struct Facts {
    shown: Vec<&'static Quantity>,
    /// First day and length \[d\] of what is shown.
    from: f64,
    length: f64,
    swallowed: Vec<Swallowed>,
    /// Of each read-out in each arm.
    swings: Vec<Swing>,
}

/// Amounts that one arm swallows at one time.
struct Swallowed {
    arm: usize,
    hour: f64,
    food_mg: f64,
    pill_mg: f64,
    meal: bool,
    pills: Vec<Substance>,
}

/// Lowest and highest value of a read-out in an arm, with their days.
#[derive(Clone, Copy)]
struct Swing {
    arm: usize,
    quantity: &'static Quantity,
    low: (f64, f64),
    high: (f64, f64),
}

pub(crate) fn chart(subject: &Subject) -> Chart {
    let facts = facts(subject);
    let words = words(subject, &facts);
    if !subject.has_rows() {
        return Chart::new(subject, words, Picture::Note(message!(none.rows)));
    }
    if !suits(subject) {
        return Chart::new(subject, words, Picture::Note(message!(day.coarse_note)));
    }
    let swallowed = (!facts.swallowed.is_empty()).then(|| swallowed_panel(subject, &facts));
    let courses = facts.shown.iter().map(|quantity| course(subject, &facts, quantity));
    let panels = swallowed.into_iter().chain(courses).chain(difference(subject, &facts)).collect();
    Chart::new(subject, words, Picture::Panels { panels, columns: Some(1) })
}

/// True if the rows of the days that would be shown lie at most two hours apart.
pub(crate) fn suits(subject: &Subject) -> bool {
    let (from, length) = window(&Clock::of(subject));
    subject.arms.iter().any(|arm| {
        let times = arm.trajectory.rows.iter().map(|row| row.time_days);
        let inside = times.filter(|time| *time >= from - 1e-9 && *time <= from + length + 1e-9);
        u32::try_from(inside.count()).is_ok_and(|count| f64::from(count) >= 12.0 * length)
    })
}

/// First day and length \[d\] of what is shown: everything up to three days, else the last day.
fn window(clock: &Clock) -> (f64, f64) {
    let (first, last) = clock.days();
    if last - first <= 3.0 + 1e-6 {
        return (first, (last - first).max(1.0 / 24.0));
    }
    let midnight = (last + 1e-6).floor() - 1.0;
    (midnight.max(first), 1.0)
}

fn facts(subject: &Subject) -> Facts {
    let (from, length) = window(&Clock::of(subject));
    let shown: Vec<&'static Quantity> = SHOWN.iter().filter_map(|name| quantity(name)).collect();
    let arms = || subject.arms.iter().enumerate();
    let swings = arms().flat_map(|(arm, data)| {
        let all = shown.iter().filter_map(|quantity| swing((arm, data), quantity, from, length));
        all.collect::<Vec<_>>()
    });
    let swings = swings.collect();
    let swallowed = arms().flat_map(|(arm, data)| swallowed(arm, data, from, length)).collect();
    Facts { shown, from, length, swallowed, swings }
}

fn swing(
    (arm, data): (usize, &ArmData),
    quantity: &'static Quantity,
    from: f64,
    length: f64,
) -> Option<Swing> {
    let inside = |(day, _): &(f64, f64)| *day >= from - 1e-9 && *day <= from + length + 1e-9;
    let values: Vec<_> = data.course(quantity).into_iter().filter(inside).collect();
    let (low, high) = lowest_and_highest(&values, |value| value.1)?;
    Some(Swing { arm, quantity, low: *low, high: *high })
}

fn swallowed(arm: usize, data: &ArmData, from: f64, length: f64) -> Vec<Swallowed> {
    let mut all: Vec<Swallowed> = Vec::new();
    for dose in data.doses {
        let hour = 24.0 * (dose.time_days - from);
        if !(hour >= -1e-6 && hour < 24.0 * length) {
            continue;
        }
        let place = all.iter().position(|other| (other.hour - hour).abs() < 1e-3);
        let mut one = place.map_or_else(
            || Swallowed { arm, hour, food_mg: 0.0, pill_mg: 0.0, meal: false, pills: Vec::new() },
            |place| all.swap_remove(place),
        );
        match &dose.intake {
            Intake::Meal(share) => {
                one.food_mg += share * diet(data, dose.time_days);
                one.meal = true;
            }
            Intake::Pill(substance, amount) => {
                one.pill_mg += if *substance == Substance::Calcium { *amount } else { 0.0 };
                one.pills.push(*substance);
            }
        }
        all.push(one);
    }
    all
}

/// Calcium of the diet of the phase valid on a day \[mg/d\].
fn diet(arm: &ArmData, day: f64) -> f64 {
    let valid = arm.calcium_intake.iter().rev().find(|phase| phase.0 <= day + 1e-9);
    valid.map_or(0.0, |phase| phase.1)
}

impl Facts {
    /// The swings of calcium and hormone in the arm in which ionized calcium moves most.
    fn largest(&self) -> Option<(Swing, Swing)> {
        let [calcium, hormone] = self.shown.as_slice() else { return None };
        let of = |name| self.swings.iter().filter(move |one| one.quantity.name == name);
        let hormone = |arm| of(hormone.name).find(|one| one.arm == arm).copied();
        let both = of(calcium.name).filter_map(|one| Some((*one, hormone(one.arm)?)));
        both.max_by(|(a, _), (b, _)| (a.high.1 - a.low.1).total_cmp(&(b.high.1 - b.low.1)))
    }

    /// Hours at which anything is swallowed, ascending.
    fn hours(&self) -> Vec<f64> {
        let mut hours: Vec<f64> = self.swallowed.iter().map(|one| one.hour).collect();
        hours.sort_by(f64::total_cmp);
        hours.dedup_by(|a, b| (*a - *b).abs() < 1e-3);
        hours
    }

    fn scale(&self) -> Scale {
        let title =
            if self.length > 1.0 + 1e-6 { message!(day.hours) } else { message!(day.clock) };
        Scale::new(title, 0.0, 24.0 * self.length, Ends::Steps(&[1.0, 3.0, 6.0, 12.0]))
    }
}

/// A value by the hour, as the title and the panels write it: with one decimal more than a clinic,
/// for the difference of two numbers that stand in the panel is told.
fn number(quantity: &Quantity, value: f64) -> String {
    fixed(value, quantity.decimals + 1)
}

fn words(subject: &Subject, facts: &Facts) -> Words {
    let person = &subject.person;
    let later = facts.from > Clock::of(subject).days().0 + 1e-6;
    let swings = facts.swings.iter().map(|&Swing { arm, quantity, low, high }| {
        let (arm, name) = (subject.label(arm), inside(quantity.label));
        let low = number(quantity, low.1);
        let high = with_unit(&number(quantity, high.1), quantity.unit);
        message!(day.description_arm, arm, name, low, high)
    });
    Words {
        title: title(subject, facts),
        subtitle: if later {
            message!(day.subtitle, day = fixed(facts.from + 1.0, 0), person)
        } else {
            message!(day.subtitle_midnight, person)
        },
        description: sentences(std::iter::once(message!(day.description)).chain(swings)),
    }
}

fn title(subject: &Subject, facts: &Facts) -> String {
    if !suits(subject) {
        return message!(day.coarse);
    }
    let Some((calcium, hormone)) = facts.largest() else { return message!(none.computed) };
    let who = match subject.arms.len() {
        1 => String::new(),
        _ => message!(day.who, arm = labels::short(subject.label(calcium.arm))),
    };
    // The difference of the numbers that stand in the panel.
    let decimals = calcium.quantity.decimals + 1;
    let change = rounded(calcium.high.1, decimals) - rounded(calcium.low.1, decimals);
    let [low, high] = [hormone.low, hormone.high].map(|end| number(hormone.quantity, end.1));
    let told = fixed(change, decimals);
    let normal = facts.shown.first().and_then(|quantity| quantity.normal);
    let stays = normal.is_none_or(|(low, high)| low <= calcium.low.1 && calcium.high.1 <= high);
    if calcium.high.1 - calcium.low.1 < LEAST_SWING {
        message!(day.still, who)
    } else if change < 0.1 && stays {
        message!(day.moves_little, change = told, who, low, high)
    } else {
        message!(day.moves, change = told, who, low, high)
    }
}

fn course(subject: &Subject, facts: &Facts, quantity: &'static Quantity) -> Panel {
    let clock = Clock::part(facts.from, facts.from + facts.length.min(3.0));
    let mut course = Course::new(subject, quantity, &clock);
    course.x = facts.scale();
    course.zoomed = true;
    course.marks = facts.hours();
    let told = facts.largest().into_iter().flat_map(|(calcium, hormone)| [calcium, hormone]);
    for swing in told.filter(|one| one.quantity.name == quantity.name) {
        course.labels.extend([swing.low, swing.high].map(|(day, value)| {
            let at = (clock.at(day), value);
            Label::number(subject.look(swing.arm), at, number(quantity, value))
        }));
    }
    course.panel()
}

/// Ionized calcium of one arm less that of the other, of the two that the lesson compares.
fn difference(subject: &Subject, facts: &Facts) -> Option<Panel> {
    let quantity = *facts.shown.first()?;
    let [base, other] = subject.compare?;
    let line = |arm: usize| {
        let rows = subject.arms.get(arm)?.trajectory.rows.iter();
        let all = rows.map(|row| (24.0 * (row.time_days - facts.from), row.value(quantity.column)));
        Some(all.filter(|point| (-1e-6..=24.0 * facts.length + 1e-6).contains(&point.0)).collect())
    };
    let base_line: Vec<(f64, f64)> = line(base)?;
    let less = |(hour, value): &(f64, f64)| Some((*hour, value - between(&base_line, *hour)?.1));
    let points: Vec<(f64, f64)> = line(other)?.iter().filter_map(less).collect();
    let (low, high) = extremes(points.iter().map(|point| point.1).chain([0.0]))?;
    let highest = *points.iter().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))?;
    let number = signed(highest.1, quantity.decimals + 1);
    let mark = |hour: &f64| Layer::Rule { x: Some(*hour), y: None, dash: &[4.0, 4.0] };
    let zero = Layer::Rule { x: None, y: Some(0.0), dash: &[] };
    let hours = facts.hours();
    let layers = hours.iter().map(mark).chain([zero, Layer::of_arm(subject.look(other), points)]);
    let labels = vec![Label::number(subject.look(other), highest, number)];
    let y = Scale::untitled(low, high, Ends::Rounded(0.0));
    Some(Panel {
        heading: message!(day.difference, one = subject.label(other), other = subject.label(base)),
        unit: chart_unit(quantity),
        shares: (1.0, 0.8),
        ..Panel::of(facts.scale(), y, layers.collect(), labels)
    })
}

/// Bars of calcium, with the names of what is swallowed above them.
fn swallowed_panel(subject: &Subject, facts: &Facts) -> Panel {
    let several = subject.arms.len() > 1;
    let inks = |arm: usize| {
        let ink = style::arm(subject.look(arm)).ink;
        if several { [ink.clear(0.4), ink] } else { [FOOD, PILLS] }
    };
    let [food, pills] = if several { [GREY.clear(0.4), GREY] } else { [FOOD, PILLS] };
    let count = float(subject.arms.len());
    let wide = 0.4 * facts.length * (56.0 / count).clamp(3.0, 22.0) / 24.0;
    let layers = facts.swallowed.iter().flat_map(|one| {
        let left = one.hour + wide * (float(one.arm) - 0.5 * count);
        let [light, dark] = inks(one.arm);
        let both = one.food_mg + one.pill_mg;
        let bar = |low: f64, high: f64, ink| {
            let (from, to) = ((left, low), (left + 0.86 * wide, high));
            (high > low).then_some(Layer::Bar { from, to, ink })
        };
        [bar(0.0, one.food_mg, light), bar(one.food_mg, both, dark)].into_iter().flatten()
    });
    let most = facts.swallowed.iter().map(|one| one.food_mg + one.pill_mg).fold(1.0, f64::max);
    let x = Scale { title: String::new(), ..facts.scale() };
    let y = Scale::untitled(0.0, 1.05 * most, Ends::Rounded(10.0));
    let labels = facts.hours().into_iter().map(|hour| names(facts, hour)).collect();
    Panel {
        heading: message!(day.heading),
        unit: "[mg]".to_owned(),
        keys: vec![(message!(day.food), food), (message!(day.pills), pills)],
        shares: (1.0, 0.7),
        ..Panel::of(x, y, layers.collect(), labels)
    }
}

/// The amount swallowed at an hour, above the bars.
fn names(facts: &Facts, hour: f64) -> Label {
    const PILLS: [(Substance, &str); 5] = [
        (Substance::Calcium, "calcium"),
        (Substance::VitaminD, "D3"),
        (Substance::K1, "K1"),
        (Substance::Mk4, "MK-4"),
        (Substance::Mk7, "MK-7"),
    ];
    let same = || facts.swallowed.iter().filter(|one| (one.hour - hour).abs() < 1e-3);
    let meal = same().any(|one| one.meal).then(|| message!(day.meal));
    let pills = PILLS.iter().filter(|(pill, _)| same().any(|one| one.pills.contains(pill)));
    let names: Vec<String> =
        meal.into_iter().chain(pills.map(|(_, name)| (*name).to_owned())).collect();
    Label::new(Place::Above(hour), names.join(" + "), GREY).small()
}
