//! The table of trials beside predictions, as text cells.

use crate::evidence::prediction::{Compared, Prediction};
use crate::evidence::trial::Trial;
use crate::evidence::vocabulary::Comparison;
use crate::evidence::vocabulary::Expected;
use crate::printed::cell;
use crate::units::amount::unit_of_difference;
use crate::units::number::exact;
use crate::words::catalogue::message;
use crate::words::numbers::{at_most, fixed, with_unit};

/// Headings of [`rows`]; the sets follow in their order.
pub(crate) const HEADINGS: [&str; 20] = [
    "id",
    "topic",
    "citation",
    "population",
    "arm",
    "readout",
    "comparison",
    "unit",
    "observed",
    "low",
    "high",
    "kind",
    "expected_set",
    "how_the_number_was_read",
    "paradox",
    "paradox_agreement",
    "conservative",
    "conservative_agreement",
    "notes",
    "published",
];

/// Those of the headings under which numbers stand.
pub(crate) const NUMBERS: [&str; 5] = ["observed", "low", "high", "paradox", "conservative"];

/// Every comparison with all digits, for CSV files and other programs.
pub(crate) fn rows(compared: &[Compared]) -> Vec<Vec<String>> {
    compared.iter().map(row).collect()
}

fn row(compared: &Compared) -> Vec<String> {
    let trial = &compared.trial;
    let mut row = vec![
        text(&trial.id),
        text(&trial.topic),
        text(&trial.citation),
        text(&trial.population),
        text(&trial.arm),
        trial.read_out.name().to_owned(),
        trial.comparison.name().to_owned(),
        text(&trial.unit),
        trial.observed.map(exact).unwrap_or_default(),
        exact(trial.low),
        exact(trial.high),
        trial.kind.name().to_owned(),
        trial.expected.map(Expected::name).unwrap_or_default().to_owned(),
        text(&trial.checked),
    ];
    for prediction in &compared.predictions {
        row.push(prediction.value.as_ref().map(|value| exact(*value)).unwrap_or_default());
        row.push(prediction.agreement.words().to_owned());
    }
    let failures = compared.predictions.iter().filter_map(|one| one.value.as_ref().err());
    let notes = failures.chain(std::iter::once(&trial.notes)).filter(|text| !text.is_empty());
    row.push(text(&notes.cloned().collect::<Vec<_>>().join("; ")));
    row.push(if trial.published { "1" } else { "0" }.to_owned());
    row
}

/// Words of people in a cell, which no spreadsheet takes for a formula.
fn text(words: &str) -> String {
    cell(words).into_owned()
}

/// The observed value and its interval, as people read them: "−31 [−36 to −26] %".
pub(crate) fn observed(trial: &Trial) -> String {
    let [low, high] = [trial.low, trial.high].map(|value| at_most(value, decimals(trial) + 1));
    let middle = trial.observed;
    let middle = middle.map_or_else(|| "?".to_owned(), |value| at_most(value, decimals(trial) + 1));
    with_unit(&format!("{middle} [{low} to {high}]"), unit(trial))
}

/// A predicted value with the digits that count against the interval.
pub(crate) fn predicted(trial: &Trial, prediction: &Prediction) -> String {
    let value = prediction.value.as_ref();
    value.map_or_else(|_| "?".to_owned(), |value| fixed(*value, decimals(trial)))
}

/// A trial beside what each set says, in a sentence; `value` writes a prediction.
pub(crate) fn in_words(one: &Compared, value: &dyn Fn(&Prediction) -> String) -> String {
    let trial = &one.trial;
    let sets = one.predictions.iter().map(|own| {
        let (set, agreement) = (own.set.name(), own.agreement.words());
        message!(forest.description_set, set = set, value = value(own), agreement = agreement)
    });
    message!(
        forest.description_row,
        trial = trial.citation,
        arm = treatment(trial),
        read_out = trial.read_out.words(),
        observed = observed(trial),
        sets = sets.collect::<Vec<_>>().join("; ")
    )
}

/// Decimals that show a fiftieth of the interval.
fn decimals(trial: &Trial) -> usize {
    let wide = (trial.high - trial.low).abs().max(1e-9);
    (0..9).find(|decimals| 10f64.powi(-*decimals) <= 0.05 * wide).map_or(9, i32::unsigned_abs)
        as usize
}

/// The treatment; without one, the person on whom the number depends: "natural history, man of 65".
pub(crate) fn treatment(trial: &Trial) -> String {
    if trial.doses.iter().any(|(_, amount)| *amount != 0.0) {
        return trial.arm.clone();
    }
    let who = if trial.sex == "female" { "woman" } else { "man" };
    let who = message!(evidence.of_age, who = who, age = at_most(trial.age_years, 1));
    let parts = [trial.arm.as_str(), &who];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Author and year: the citation without the journal.
pub(crate) fn short_citation(trial: &Trial) -> &str {
    trial.citation.split([',', ';']).next().unwrap_or_default()
}

/// The unit; nothing for ratios and shares, points for differences of percentages.
pub(crate) fn unit(trial: &Trial) -> &str {
    match trial.unit.as_str() {
        "ratio" | "fraction" => "",
        unit => match trial.comparison {
            Comparison::Change | Comparison::Difference => unit_of_difference(unit),
            _ => unit,
        },
    }
}
