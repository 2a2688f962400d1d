//! Titles of the kinetics of vitamin K: half-lives, peaks or new levels.

use crate::nutrition::schedule::Intake;
use crate::words::numbers::significant;

use super::span::Clock;
use super::vitamins::{Vitamin, any_moves};
use super::{ArmData, Subject, story};

/// Half-lives after single doses if there are any, else peaks in short runs, else new levels.
pub(crate) fn title(subject: &Subject, vitamins: &[Vitamin], clock: &Clock) -> String {
    if !story::has_rows(subject) {
        return "Nothing was computed".to_owned();
    }
    if !any_moves(subject) {
        return "Vitamin K in plasma stays as it is".to_owned();
    }
    let halved: Vec<String> =
        vitamins.iter().filter_map(|vitamin| half_life(subject, vitamin)).collect();
    if !halved.is_empty() {
        return format!("After a single pill, the plasma level halves: {}", halved.join(", "));
    }
    if clock.length_days() <= 14.0 {
        let peaks: Vec<String> =
            vitamins.iter().filter_map(|vitamin| peak(subject, vitamin)).collect();
        if !peaks.is_empty() {
            return peaks.join("; ");
        }
    }
    levels(subject, vitamins)
}

/// "MK-7 about every 68 hours", of an arm that swallows one pill of it.
fn half_life(subject: &Subject, vitamin: &Vitamin) -> Option<String> {
    let once = |arm: &&ArmData| {
        let doses = arm.doses.iter();
        let pills = doses.filter(
            |dose| matches!(dose.intake, Intake::Pill(what, _) if what == vitamin.substance),
        );
        pills.count() == 1
    };
    let hours = subject.arms.iter().filter(once).find_map(|arm| decline_hours(arm, vitamin))?;
    let hours = significant(hours, 2);
    let name = vitamin.name;
    Some(format!("{name} about every {}\u{A0}hours", hours.trim_end_matches(".0")))
}

/// Half-life while the level falls from a half to a fiftieth of its peak.
fn decline_hours(arm: &ArmData, vitamin: &Vitamin) -> Option<f64> {
    let rows = arm.trajectory.rows.iter();
    let points = rows.map(|row| (row.time_days, row.value(vitamin.plasma.column)));
    let points: Vec<(f64, f64)> = points.filter(|point| point.1.is_finite()).collect();
    let start = points.first()?.1;
    let peak = points.iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let floor = (0.02 * peak.1).max(5.0 * start);
    let falling = points.iter().filter(|point| point.0 > peak.0 && point.1 >= floor);
    let falling: Vec<&(f64, f64)> = falling.filter(|point| point.1 <= 0.7 * peak.1).collect();
    let (first, last) = (falling.first()?, falling.last()?);
    let halvings = (first.1 / last.1).log2();
    (halvings > 0.5).then(|| 24.0 * (last.0 - first.0) / halvings)
}

/// "MK-4 peaks at 1.2 nM and is halved 3 hours later", of the arm with the highest peak.
fn peak(subject: &Subject, vitamin: &Vitamin) -> Option<String> {
    let (name, quantity) = (vitamin.name, vitamin.plasma);
    let mut best: Option<(f64, f64, &ArmData)> = None;
    for arm in &subject.arms {
        let Some((start, _)) = story::ends_of(arm, quantity) else { continue };
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
            let hours = hours.trim_end_matches(".0");
            format!("{name} peaks at {peak}\u{A0}nM and is halved {hours}\u{A0}hours later")
        }
        None => {
            let end = story::ends_of(arm, quantity).map_or(most, |ends| ends.1);
            format!("{name} climbs to {peak}\u{A0}nM and ends at {}", significant(end, 2))
        }
    })
}

/// The end of each vitamin's level, in the arm where it ends highest; for one arm, its change.
fn levels(subject: &Subject, vitamins: &[Vitamin]) -> String {
    let several = subject.arms.len() > 1;
    let ends = vitamins.iter().filter_map(|vitamin| {
        let arms = subject.arms.iter();
        let ends = arms.filter_map(|arm| Some((arm, story::ends_of(arm, vitamin.plasma)?)));
        let (arm, (start, end)) = ends.max_by(|a, b| a.1.1.total_cmp(&b.1.1))?;
        let (from, to) = (significant(start, 2), significant(end, 2));
        let name = vitamin.name;
        Some(if several {
            format!("{name} at {to}\u{A0}nM ({})", story::short_label(arm.label))
        } else {
            format!("{name} goes from {from} to {to}\u{A0}nM")
        })
    });
    let ends: Vec<String> = ends.collect();
    let lead = if several { "Highest levels in plasma at the end: " } else { "In plasma, " };
    format!("{lead}{}", ends.join(", "))
}
