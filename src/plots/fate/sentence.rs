//! Sentences about the fate of calcium.

use super::{Fate, PARTS};
use crate::words::numbers::{fixed, signed, significant};

pub(crate) fn round_two(value: f64) -> f64 {
    if !(value.is_finite() && value > 0.0) {
        return 1.0;
    }
    let power = 10f64.powf(value.log10().floor() - 1.0);
    (value / power).round() * power
}

/// Milligrams as people say them: "5.84 kg", "812 g", "940 mg".
pub(crate) fn mass(milligrams: f64) -> String {
    match milligrams.abs() {
        size if size >= 1e6 => format!("{}\u{A0}kg", significant(milligrams / 1e6, 3)),
        size if size >= 1e4 => format!("{}\u{A0}g", significant(milligrams / 1e3, 3)),
        _ => format!("{}\u{A0}mg", significant(milligrams, 3)),
    }
}

/// The fate of the calcium in one sentence that holds for every arm.
pub(crate) fn title(fates: &[Fate]) -> String {
    let Some(most) = fates.iter().max_by(|a, b| a.arterial().total_cmp(&b.arterial())) else {
        return "Nothing was eaten".to_owned();
    };
    let excreted = |fate: &Fate| fate.percent(fate.parts.iter().take(3).sum());
    let least = fates.iter().map(excreted).fold(f64::INFINITY, f64::min);
    let from_bone = fates.iter().all(|fate| fate.lost() < -0.1 && excreted(fate) > 100.0);
    let gone = if from_bone {
        "More calcium leaves the body than is eaten, bone makes up the difference".to_owned()
    } else if least >= 99.0 {
        "Practically all calcium eaten leaves the body again".to_owned()
    } else {
        format!("{} of the calcium eaten leaves the body again", at_least(fates.len(), least))
    };
    if most.arterial() <= 0.0 {
        return format!("{gone}; none reaches the arterial wall");
    }
    let parts = most.eaten / most.arterial();
    let how = if fates.len() > 1 { "at most " } else { "" };
    format!(
        "{gone}; {how}one part in {} reaches the arterial wall",
        significant(round_two(parts), 2)
    )
}

fn at_least(arms: usize, percent: f64) -> String {
    let number = fixed(percent.floor(), 0);
    if arms > 1 {
        format!("At least {number}\u{A0}%")
    } else {
        format!("About {}\u{A0}%", fixed(percent, 0))
    }
}

/// All shares in plain text, for people who cannot see the figure.
pub(crate) fn numbers(fates: &[Fate]) -> String {
    let mut out = String::from("Percent of the calcium eaten by each arm.");
    for fate in fates {
        let shares = PARTS.iter().zip(fate.parts);
        let shares = shares.map(|(part, amount)| {
            let share = fate.percent(amount);
            let number = if amount < 0.0 { signed(share, 1) } else { fixed(share, 1) };
            format!("{} {number} %", part.name)
        });
        out.push_str(&format!(
            " {}: eaten {}; {}; arterial wall {} mg (aorta {}, coronary arteries {}).",
            fate.label,
            mass(fate.eaten),
            shares.collect::<Vec<_>>().join(", "),
            significant(fate.arterial(), 3),
            significant(fate.aortic, 3),
            significant(fate.coronary, 3)
        ));
    }
    out
}
