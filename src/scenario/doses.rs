//! Limits of supplements: of a single dose, and of the mean over some days, so that a loading dose
//! may be larger than what is taken every day. Both stand in the table of inputs.

use crate::error::problem::SourceSpan;
use crate::form::problems::Problems;
use crate::nutrition::regimen::{Regimen, Substance};
use crate::nutrition::schedule::is_taken_on;
use crate::physiology::inputs::{DoseLimit, InputInfo, input};
use crate::scenario::amounts::check_usual;
use crate::units::amount::unit_for_people;
use crate::units::number::{rounded, rounded_beside};

/// Reports a single dose that is too large.
pub(super) fn check_dose(regimen: &Regimen, span: &SourceSpan, problems: &mut Problems) {
    let Some((info, limit)) = limited(regimen.substance) else { return };
    if regimen.dose > limit.largest {
        let help = "write a smaller dose, or divide it and take the parts on several days";
        report_dose(info, limit, regimen.dose, help, span, problems);
    }
}

fn report_dose(
    info: &InputInfo,
    limit: DoseLimit,
    dose: f64,
    help: &str,
    span: &SourceSpan,
    problems: &mut Problems,
) {
    let unit = dose_unit(info);
    let shown = rounded_beside(dose, limit.largest);
    let message = format!("{}: {shown} {unit} in one dose is not possible", info.label);
    let label = format!("at most {} {unit} a dose", rounded(limit.largest));
    problems.error(span, message, label, help);
}

/// Reports doses of one substance that are too large together, since they are taken at one time.
///
/// `place` as of [`check_means`].
pub(super) fn check_doses_at_once(
    regimens: &[Regimen],
    place: &dyn Fn(&'static str, f64) -> Option<SourceSpan>,
    problems: &mut Problems,
) {
    for substance in Substance::ALL {
        let Some((info, limit)) = limited(substance) else { continue };
        let own = regimens.iter().filter(|one| one.substance == substance);
        // A dose that is too large by itself has been told.
        let own: Vec<&Regimen> = own.filter(|one| one.dose <= limit.largest).collect();
        for begun in &own {
            let day = begun.from_day.max(0.0);
            let Some(span) = place(info.name, day) else { continue };
            let at = |hour: f64| -> f64 {
                let taken = own.iter().filter(|one| is_taken_on(one, day));
                taken.filter(|one| one.hours.contains(&hour)).map(|one| one.dose).sum()
            };
            let most = begun.hours.iter().copied().map(at).fold(0.0, f64::max);
            if most > limit.largest && !problems.has_error_at(&span) {
                let help = "doses at one time count together: write smaller ones, or take them on \
                            several days";
                report_dose(info, limit, most, help, &span, problems);
            }
        }
    }
}

/// Reports means that are too large or unusual, each at the place of the largest dose in it.
///
/// `place` gives the key that a substance goes back to on a day.
pub(super) fn check_means(
    regimens: &[Regimen],
    place: &dyn Fn(&'static str, f64) -> Option<SourceSpan>,
    problems: &mut Problems,
) {
    for substance in Substance::ALL {
        let Some((info, limit)) = limited(substance) else { continue };
        let own = |regimen: &&Regimen| regimen.substance == substance;
        let own: Vec<&Regimen> = regimens.iter().filter(own).collect();
        if own.is_empty() {
            continue;
        }
        let mut worst: Vec<(SourceSpan, f64, f64)> = Vec::new();
        for (from, mean) in means(&own, limit.mean_days) {
            let taken = own.iter().filter(|one| {
                one.from_day < from + limit.mean_days && one.to_day > from && one.dose > 0.0
            });
            let Some(largest) = taken.max_by(|a, b| a.dose.total_cmp(&b.dose)) else { continue };
            let day = largest.from_day.max(0.0);
            let Some(span) = place(info.name, day) else { continue };
            match worst.iter_mut().find(|(other, ..)| *other == span) {
                Some((_, known, dose)) if *known < mean => (*known, *dose) = (mean, largest.dose),
                Some(_) => {}
                None => worst.push((span, mean, largest.dose)),
            }
        }
        worst.retain(|(span, ..)| !problems.has_error_at(span));
        for (span, mean, dose) in worst {
            report_mean(info, limit, (mean, dose), &span, problems);
        }
    }
}

fn report_mean(
    info: &InputInfo,
    limit: DoseLimit,
    (mean, dose): (f64, f64),
    span: &SourceSpan,
    problems: &mut Problems,
) {
    let (unit, per_day) = (dose_unit(info), unit_for_people(info.unit));
    let days = match limit.mean_days {
        1.0 => "a day".to_owned(),
        days => format!("{} days", rounded(days)),
    };
    if mean <= info.allowed.1 {
        let label = format!("as a mean over {days}");
        return check_usual(info, mean, &label, span, problems);
    }
    let shown = rounded_beside(mean, info.allowed.1);
    let message = format!("{}: {shown} {per_day} is not possible", info.label);
    let label = format!(
        "doses of {} {unit}; at most {} {per_day}, as a mean over {days}",
        rounded(dose),
        rounded(info.allowed.1)
    );
    problems.error(span, message, label, "write smaller doses, or more days between them");
}

/// The mean daily amounts over so many days from day 0 on: of each time that begins or ends where
/// a regimen does.
fn means(regimens: &[&Regimen], days: f64) -> Vec<(f64, f64)> {
    let turns = regimens.iter().flat_map(|one| [one.from_day.max(0.0), one.to_day]);
    let mut turns: Vec<f64> = turns.filter(|day| day.is_finite()).collect();
    turns.sort_by(f64::total_cmp);
    turns.dedup();
    // Amount per day from each turn on, and the amount up to it.
    let mut steps: Vec<(f64, f64, f64)> = Vec::new();
    let mut sum = 0.0;
    for day in &turns {
        let running = regimens.iter().filter(|r| (r.from_day.max(0.0)..r.to_day).contains(day));
        let rate = running.map(|regimen| regimen.mean_per_day()).sum();
        if let Some((before, rate, _)) = steps.last() {
            sum += rate * (day - before);
        }
        steps.push((*day, rate, sum));
    }
    let until = |day: f64| {
        let last = steps.partition_point(|(turn, ..)| *turn <= day).checked_sub(1);
        let step = last.and_then(|index| steps.get(index));
        step.map_or(0.0, |(turn, rate, sum)| sum + rate * (day - turn))
    };
    let begins = turns.iter().flat_map(|turn| [*turn, (turn - days).max(0.0)]);
    begins.map(|begin| (begin, (until(begin + days) - until(begin)) / days)).collect()
}

fn limited(substance: Substance) -> Option<(&'static InputInfo, DoseLimit)> {
    let info = input(substance.supplement_input())?;
    Some((info, info.dose?))
}

/// "µg" of "ug/d".
fn dose_unit(info: &InputInfo) -> String {
    unit_for_people(info.unit.trim_end_matches("/d"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::frequency::Frequency;

    fn taken(dose: f64, rhythm: Frequency, from_day: f64, to_day: f64) -> Regimen {
        let substance = Substance::VitaminD;
        let hours = vec![7.5];
        let (with_meals, missed_share) = (false, 0.0);
        Regimen { substance, dose, rhythm, hours, with_meals, missed_share, from_day, to_day }
    }

    fn largest(regimens: &[Regimen]) -> f64 {
        let own: Vec<&Regimen> = regimens.iter().collect();
        means(&own, 30.0).into_iter().map(|(_, mean)| mean).fold(0.0, f64::max)
    }

    #[test]
    fn a_mean_slides_over_thirty_days() {
        let forever = f64::INFINITY;
        let once = |day: f64| taken(7500.0, Frequency::DAILY, day, day + 1.0);
        assert_eq!(largest(&[taken(25.0, Frequency::DAILY, -9.0, forever)]), 25.0);
        assert_eq!(largest(&[once(0.0)]), 250.0);
        assert_eq!(largest(&[once(3.0), once(20.0), once(60.0)]), 500.0);
        // Two that end together with a month of daily doses before the second.
        let month = taken(100.0, Frequency::DAILY, 10.0, 39.0);
        let all = [month, once(39.0)];
        assert!((largest(&all) - (2900.0 + 7500.0) / 30.0).abs() < 1e-9);
        assert_eq!(largest(&[taken(365.0, Frequency::EveryDays(365), 0.0, forever)]), 1.0);
        assert_eq!(largest(&[]), 0.0);
    }

    #[test]
    fn every_supplement_has_its_limits() {
        for substance in Substance::ALL {
            let (info, limit) = limited(substance).unwrap();
            assert!(limit.largest >= info.allowed.1 && limit.mean_days >= 1.0, "{}", info.name);
        }
    }
}
