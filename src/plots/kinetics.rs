//! Vitamin kinetics: K1, MK-4 and MK-7 in plasma, after the first doses and at steady state.

use crate::physiology::quantities::{Quantity, quantity};

use super::canvas::Frame;
use super::course::{self, Course};
use super::numbers::significant;
use super::page::Page;
use super::span::Clock;
use super::{ArmData, Drawing, FigureError, Subject, story};

/// Vitamin and its read-out.
const VITAMINS: [(&str, &str); 3] =
    [("K1", "k1_plasma_nm"), ("MK-4", "mk4_plasma_nm"), ("MK-7", "mk7_plasma_nm")];

/// Share of change that counts as a change of vitamin K.
const NEWS: f64 = 0.1;

/// One row of panels: which days, and what it is called.
struct Window {
    clock: Clock,
    name: &'static str,
}

/// Draws the figure.
pub fn draw(subject: &Subject) -> Result<Drawing, FigureError> {
    let vitamins = vitamins();
    let clock = Clock::of(subject);
    let title = title(subject, &vitamins, &clock);
    let quantities: Vec<&'static Quantity> =
        vitamins.iter().map(|(_, quantity)| *quantity).collect();
    let description = format!("{title}. {}", story::ends(subject, &quantities, &clock));
    let subtitle = format!("Vitamin K in plasma, each on its own axis from 0 · {}", subject.person);
    let mut page = Page::new(subject, &title, &subtitle);
    if !story::has_rows(subject) {
        page.note(story::NOTHING);
        return Ok((page, description));
    }
    let labels = course::room_for_labels(subject);
    if subject.arms.len() > 1 && labels == 0.0 {
        page.legend(subject);
    }
    let windows = windows(subject, &vitamins, clock);
    let room = page.room;
    let (gap_x, gap_y) = (46.0, 26.0);
    let width = (room.width() - labels - 2.0 * gap_x) / 3.0;
    #[allow(clippy::cast_precision_loss)]
    let rows = windows.len() as f64;
    let height = (room.height() - gap_y * (rows - 1.0)) / rows;
    let mut top = room.top;
    for window in &windows {
        let mut left = room.left;
        for (index, (name, quantity)) in vitamins.iter().enumerate() {
            let cell = Frame::new(left, top, left + width, top + height);
            let heading = format!("{name}{}", window.name);
            let mut course = Course::new(subject, quantity, &window.clock, cell);
            course.heading = &heading;
            course.floor = Some(0.0);
            course.beside = if index + 1 == vitamins.len() { labels } else { 0.0 };
            course.keep(
                window.clock.tell(window.clock.days().0),
                window.clock.tell(window.clock.days().1),
            );
            course.draw(&mut page.sheet)?;
            left += width + gap_x;
        }
        top += height + gap_y;
    }
    Ok((page, description))
}

fn vitamins() -> Vec<(&'static str, &'static Quantity)> {
    VITAMINS.iter().filter_map(|(name, full)| Some((*name, quantity(full)?))).collect()
}

/// True if vitamin K differs between arms or changes in one.
#[must_use]
pub fn has_news(subject: &Subject) -> bool {
    vitamins().iter().any(|(_, quantity)| {
        let rows = subject.arms.iter().flat_map(|arm| &arm.trajectory.rows);
        let values = rows.map(|row| row.value(quantity.column)).filter(|value| value.is_finite());
        let ends = values
            .fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
        ends.1 - ends.0 > NEWS * ends.1.abs().max(1e-9)
    })
}

/// First week, and last week (where doses still make waves) or the whole run.
fn windows(subject: &Subject, vitamins: &[(&str, &'static Quantity)], whole: Clock) -> Vec<Window> {
    let (first, last) = whole.days();
    let (start, end) = (Clock::part(first, first + 7.0), Clock::part(last - 7.0, last));
    let resolved = |clock: &Clock| {
        let (from, to) = clock.days();
        let rows = |arm: &ArmData| {
            let times = arm.trajectory.rows.iter().map(|row| row.time_days);
            times.filter(|time| (from..=to).contains(time)).count()
        };
        subject.arms.iter().all(|arm| rows(arm) >= 8)
    };
    if whole.length_days() <= 14.0 || !resolved(&start) {
        return vec![Window { clock: whole, name: "" }];
    }
    let first = Window { clock: start, name: ", first week" };
    if resolved(&end) && makes_waves(subject, vitamins, &end) {
        vec![first, Window { clock: end, name: ", last week" }]
    } else {
        vec![first, Window { clock: whole, name: ", whole run" }]
    }
}

fn makes_waves(subject: &Subject, vitamins: &[(&str, &'static Quantity)], clock: &Clock) -> bool {
    let (from, to) = clock.days();
    subject.arms.iter().any(|arm| {
        vitamins.iter().any(|(_, quantity)| {
            let rows =
                arm.trajectory.rows.iter().filter(|row| (from..=to).contains(&row.time_days));
            let values = rows.map(|row| row.value(quantity.column));
            let (low, high) =
                values.fold((f64::MAX, f64::MIN), |(a, b), value| (a.min(value), b.max(value)));
            high - low > 0.05 * high
        })
    })
}

/// What the largest change of a vitamin is, or how fast it goes after a dose.
fn title(
    subject: &Subject,
    vitamins: &[(&'static str, &'static Quantity)],
    clock: &Clock,
) -> String {
    if !story::has_rows(subject) {
        return "Nothing was computed".to_owned();
    }
    if !has_news(subject) {
        return "Vitamin K in plasma stays as it is".to_owned();
    }
    if clock.length_days() <= 14.0 {
        let peaks: Vec<String> =
            vitamins.iter().filter_map(|(name, quantity)| peak(subject, name, quantity)).collect();
        if !peaks.is_empty() {
            return peaks.join("; ");
        }
    }
    let mut best: Option<(f64, String)> = None;
    for arm in &subject.arms {
        for (name, quantity) in vitamins {
            let Some((start, end)) = story::ends_of(arm, quantity) else { continue };
            let news = (end.max(1e-6) / start.max(1e-6)).ln().abs();
            if best.as_ref().is_none_or(|(most, _)| news > *most) {
                let verb = if end > start { "rises" } else { "falls" };
                let (from, to) = (significant(start, 2), significant(end, 2));
                let with = if subject.arms.len() > 1 {
                    format!("With {}, ", story::brief(arm.label))
                } else {
                    String::new()
                };
                best =
                    Some((news, format!("{with}{name} in plasma {verb} from {from} to {to} nM")));
            }
        }
    }
    match best {
        Some((news, sentence)) if news > NEWS => sentence,
        _ => "The arms differ in vitamin K, but it hardly changes with time".to_owned(),
    }
}

/// "MK-4 peaks at 1.2 nM and is halved 3 hours later", of the arm with the highest peak.
fn peak(subject: &Subject, name: &str, quantity: &Quantity) -> Option<String> {
    let mut best: Option<(f64, f64, &ArmData)> = None;
    for arm in &subject.arms {
        let start = story::ends_of(arm, quantity)?.0;
        for row in &arm.trajectory.rows {
            let value = row.value(quantity.column);
            if value > 1.5 * start && best.is_none_or(|(most, ..)| value > most) {
                best = Some((value, row.time_days, arm));
            }
        }
    }
    let (most, day, arm) = best?;
    let mut later = arm.trajectory.rows.iter().filter(|row| row.time_days > day);
    let halved = later.find(|row| row.value(quantity.column) <= 0.5 * most);
    let peak = significant(most, 2);
    Some(match halved {
        Some(row) => {
            let hours = significant(24.0 * (row.time_days - day), 2);
            format!(
                "{name} peaks at {peak} nM and is halved {} hours later",
                hours.trim_end_matches(".0")
            )
        }
        None => {
            let end = story::ends_of(arm, quantity).map_or(most, |ends| ends.1);
            format!("{name} climbs to {peak} nM and ends at {}", significant(end, 2))
        }
    })
}
