//! A day: what is swallowed, ionized calcium and parathyroid hormone by the hour.

use crate::nutrition::regimen::Substance;
use crate::nutrition::schedule::Intake;
use crate::physiology::quantities::{Quantity, quantity};
use crate::plots::numbers::{extremes, float};
use crate::words::names::inside;
use crate::words::numbers::{fixed, measured};

use super::axis::Axis;
use super::canvas::{Frame, Ink, Sheet};
use super::chart_words::key;
use super::course::{self, Course};
use super::font::{self, Weight};
use super::page::{Page, words};
use super::panel::{Layer, Panel};
use super::span::Clock;
use super::style::{self, BLACK, CAPTION, GREY, LABEL, TICK, tint};
use super::{ArmData, Drawing, FigureError, Subject, story};

/// Read-outs by the hour.
const SHOWN: [&str; 2] = ["serum_ionized_calcium_mmol_per_l", "pth_pmol_per_l"];

/// First day and length \[d\] of what is shown: everything up to three days, else the last day.
fn window(clock: &Clock) -> (f64, f64) {
    let (first, last) = clock.days();
    if last - first <= 3.0 + 1e-6 {
        return (first, (last - first).max(1.0 / 24.0));
    }
    let midnight = (last + 1e-6).floor() - 1.0;
    (midnight.max(first), 1.0)
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

pub(crate) fn draw(subject: &Subject) -> Result<Drawing, FigureError> {
    let clock = Clock::of(subject);
    let (from, length) = window(&clock);
    let shown: Vec<&'static Quantity> = SHOWN.iter().filter_map(|name| quantity(name)).collect();
    let title = if suits(subject) {
        title(subject, &shown, from, length)
    } else {
        "This run does not resolve the hours of a day".to_owned()
    };
    let description = format!("{title}. {}", swings(subject, &shown, from, length));
    let mut page = Page::new(subject, &title, &subtitle(subject, &clock, from));
    if !story::has_rows(subject) {
        page.note(story::NOTHING);
        return Ok((page, description));
    }
    if !suits(subject) {
        page.note(COARSE);
        return Ok((page, description));
    }
    let labels = course::room_for_labels(subject);
    if subject.arms.len() > 1 && labels == 0.0 {
        page.legend(subject);
    }
    let room = Frame { right: page.room.right - labels, ..page.room };
    let x = hours(length);
    let intakes = Intakes::of(subject, from, length);
    let tall = 0.26 * room.height();
    let mut top = room.top;
    if !intakes.doses.is_empty() {
        let cell = Frame::new(room.left, top, room.right, top + tall);
        intakes.draw(&mut page.sheet, cell, &x)?;
        top += tall + 20.0;
    }
    let height = 0.5 * (room.bottom - top - 20.0);
    let clock = Clock::part(from, from + length.min(3.0));
    for quantity in shown {
        let cell = Frame::new(room.left, top, room.right, top + height);
        let mut course = Course::new(subject, quantity, &clock, cell);
        course.time = hours_name(length).to_owned();
        course.axis_left = Some(room.left + BESIDE);
        course.keep(x.low, x.high);
        course.x = x.clone();
        course.zoomed = true;
        course.marks = intakes.hours();
        course.beside = labels;
        course.draw(&mut page.sheet)?;
        top += height + 20.0;
    }
    Ok((page, description))
}

/// Title of the axis of hours.
fn hours_name(length: f64) -> &'static str {
    if length > 1.0 + 1e-6 { "hours since the first midnight [h]" } else { "clock time [h]" }
}

/// A note for runs whose rows are days apart.
const COARSE: &str = "Its rows lie too far apart. Write resolution = \"meals\" and an output every \
                      few minutes into the scenario to see a day by the hour.";

/// Room left of all panels for their numbers, so that their hours stand below each other.
const BESIDE: f64 = 62.0;

fn subtitle(subject: &Subject, clock: &Clock, from: f64) -> String {
    let which = if from > clock.days().0 + 1e-6 {
        format!("day {} of the run", fixed(from + 1.0, 0))
    } else {
        "from midnight".to_owned()
    };
    format!("What is swallowed, and the blood by the hour, {which} · {}", subject.person)
}

fn hours(length: f64) -> Axis {
    let end = 24.0 * length;
    let step = match length {
        length if length <= 0.3 => 1.0,
        length if length <= 1.01 => 3.0,
        length if length <= 2.01 => 6.0,
        _ => 12.0,
    };
    let ticks = (0..=72).map(|index| f64::from(index) * step).filter(|tick| *tick <= end + 1e-6);
    Axis { low: 0.0, high: end, ticks: ticks.collect(), decimals: 0, decades: false }
}

/// Calcium and pills that an arm takes at one time.
struct IntakeAt {
    arm: usize,
    hour: f64,
    food_mg: f64,
    pill_mg: f64,
    names: Vec<&'static str>,
}

/// All that is taken in the days shown.
struct Intakes<'a> {
    subject: &'a Subject<'a>,
    doses: Vec<IntakeAt>,
}

impl<'a> Intakes<'a> {
    fn of(subject: &'a Subject<'a>, from: f64, length: f64) -> Self {
        let mut doses: Vec<IntakeAt> = Vec::new();
        for (arm, data) in subject.arms.iter().enumerate() {
            for dose in data.doses {
                let hour = 24.0 * (dose.time_days - from);
                if !(hour >= -1e-6 && hour < 24.0 * length) {
                    continue;
                }
                let same =
                    |other: &&mut IntakeAt| other.arm == arm && (other.hour - hour).abs() < 1e-3;
                if doses.iter_mut().find(same).is_none() {
                    doses.push(IntakeAt {
                        arm,
                        hour,
                        food_mg: 0.0,
                        pill_mg: 0.0,
                        names: Vec::new(),
                    });
                }
                if let Some(intake) = doses.iter_mut().find(same) {
                    intake.add(&dose.intake, diet(data, dose.time_days));
                }
            }
        }
        Self { subject, doses }
    }

    fn draw(&self, sheet: &mut Sheet, cell: Frame, x: &Axis) -> Result<(), FigureError> {
        let y0 = cell.top + LABEL;
        sheet.text(words((cell.left, y0), "Calcium swallowed", LABEL, BLACK).bold());
        let unit = cell.left + font::width("Calcium swallowed", LABEL, Weight::Bold) + 8.0;
        sheet.text(words((unit, y0), "[mg]", TICK, GREY));
        let [food, pills] = self.key();
        key(sheet, (unit + 80.0, y0), &[("food", food), ("pills", pills)], GREY, 34.0);
        let most = self.doses.iter().map(|dose| dose.food_mg + dose.pill_mg).fold(1.0, f64::max);
        let y = Axis::rounded(0.0, 1.12 * most, 10.0, 3);
        let bottom = cell.bottom - 1.2 * TICK - 6.0;
        let frame = Frame::new(cell.left + BESIDE, y0 + 38.0, cell.right, bottom);
        let panel = Panel { frame, x: x.clone(), y, tick: TICK };
        let mut layers = Vec::new();
        for dose in &self.doses {
            layers.extend(self.bar(&panel, dose));
        }
        panel.draw(sheet, &layers)?;
        self.names(sheet, &panel);
        Ok(())
    }

    /// Hours at which anything is swallowed, ascending.
    fn hours(&self) -> Vec<f64> {
        let mut hours: Vec<f64> = self.doses.iter().map(|dose| dose.hour).collect();
        hours.sort_by(f64::total_cmp);
        hours.dedup_by(|a, b| (*a - *b).abs() < 1e-3);
        hours
    }

    /// Bars of arms that swallow at the same time stand side by side.
    fn bar(&self, panel: &Panel, dose: &IntakeAt) -> Vec<Layer> {
        let hour = (panel.x.high - panel.x.low) / panel.frame.width();
        let (count, index) = (float(self.subject.arms.len()), float(dose.arm));
        let wide = (56.0 / count).clamp(3.0, 22.0) * hour;
        let left = dose.hour + wide * (index - 0.5 * count);
        let (food, pills) = (dose.food_mg, dose.pill_mg);
        let area = |low: f64, high: f64, ink| Layer::Bar {
            from: (left, low),
            to: (left + 0.86 * wide, high),
            ink,
        };
        let mut out = Vec::new();
        let [light, dark] = self.inks(dose.arm);
        if food > 0.0 {
            out.push(area(0.0, food, light));
        }
        if pills > 0.0 {
            out.push(area(food, food + pills, dark));
        }
        out
    }

    /// Colors of food and pills: those of the arm, pale and full, where arms must be told apart.
    fn inks(&self, arm: usize) -> [Ink; 2] {
        let ink = style::arm(arm).ink;
        if self.subject.arms.len() > 1 { [ink.clear(0.4), ink] } else { [FOOD, PILLS] }
    }

    fn key(&self) -> [Ink; 2] {
        if self.subject.arms.len() > 1 { [GREY.clear(0.4), GREY] } else { [FOOD, PILLS] }
    }

    /// Names of all that is taken, above the bars, as long as there is room.
    fn names(&self, sheet: &mut Sheet, panel: &Panel) {
        let mut free = panel.frame.left;
        for hour in self.hours() {
            let same = self.doses.iter().filter(|dose| (dose.hour - hour).abs() < 1e-3);
            let mut names: Vec<&str> = same.flat_map(|dose| dose.names.clone()).collect();
            let order = ["meal", "calcium", "D3", "K1", "MK-4", "MK-7"];
            names.sort_by_key(|name| order.iter().position(|other| other == name));
            names.dedup();
            let text = names.join(" + ");
            let wide = font::width(&text, CAPTION, Weight::Regular);
            let x = panel.at(hour, 0.0).0;
            let left = (x - 0.5 * wide).min(panel.frame.right - wide).max(panel.frame.left);
            if left >= free {
                sheet.text(words((left, panel.frame.top - 8.0), text, CAPTION, GREY));
                free = left + wide + 14.0;
            }
        }
    }
}

const FOOD: Ink = tint::FOOD;
const PILLS: Ink = style::AXIS;

impl IntakeAt {
    fn add(&mut self, intake: &Intake, diet: f64) {
        match intake {
            Intake::Meal(share) => {
                self.food_mg += share * diet;
                self.names.push("meal");
            }
            Intake::Pill(substance, amount) => {
                if *substance == Substance::Calcium {
                    self.pill_mg += amount;
                }
                self.names.push(word(*substance));
            }
        }
    }
}

const fn word(substance: Substance) -> &'static str {
    match substance {
        Substance::Calcium => "calcium",
        Substance::VitaminD => "D3",
        Substance::K1 => "K1",
        Substance::Mk4 => "MK-4",
        Substance::Mk7 => "MK-7",
    }
}

/// Calcium of the diet of the phase valid on a day \[mg/d\].
fn diet(arm: &ArmData, day: f64) -> f64 {
    let valid = arm.calcium_intake.iter().rev().find(|phase| phase.0 <= day + 1e-9);
    valid.map_or(0.0, |phase| phase.1)
}

/// Lowest and highest value of a quantity in the days shown.
fn swing(arm: &ArmData, quantity: &Quantity, from: f64, length: f64) -> Option<(f64, f64)> {
    let rows = arm.trajectory.rows.iter();
    let inside =
        rows.filter(|row| row.time_days >= from - 1e-9 && row.time_days <= from + length + 1e-9);
    extremes(inside.map(|row| row.value(quantity.column)))
}

fn title(subject: &Subject, shown: &[&'static Quantity], from: f64, length: f64) -> String {
    let [calcium, hormone] = shown else { return "Blood by the hour".to_owned() };
    let largest = subject.arms.iter().filter_map(|arm| {
        let (low, high) = swing(arm, calcium, from, length)?;
        Some((arm, low, high, swing(arm, hormone, from, length)?))
    });
    let Some((arm, low, high, pth)) = largest.max_by(|a, b| (a.2 - a.1).total_cmp(&(b.2 - b.1)))
    else {
        return "Nothing was computed".to_owned();
    };
    let who = if subject.arms.len() > 1 {
        format!(" ({})", story::short_label(arm.label))
    } else {
        String::new()
    };
    let only = if high - low < 0.1 { "only " } else { "" };
    let fall = 100.0 * (1.0 - pth.0 / pth.1.max(1e-9));
    format!(
        "Ionized calcium moves by {only}{}\u{A0}mmol/L{who}; parathyroid hormone answers with swings of {}\u{A0}%",
        fixed(high - low, 2),
        fixed(fall, 0)
    )
}

fn swings(subject: &Subject, shown: &[&'static Quantity], from: f64, length: f64) -> String {
    let mut out = String::from("Lowest and highest value of each arm.");
    for arm in &subject.arms {
        for quantity in shown {
            if let Some((low, high)) = swing(arm, quantity, from, length) {
                out.push_str(&format!(
                    " {}: {} {} to {}.",
                    arm.label,
                    inside(quantity.label),
                    fixed(low, quantity.decimals.max(2)),
                    measured(quantity, high)
                ));
            }
        }
    }
    out
}
