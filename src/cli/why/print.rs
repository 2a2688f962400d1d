//! Waterfalls on the terminal and as JSON.

use serde_json::{Value, json};

use crate::about::PROGRAM;
use crate::charts::waterfall::{Facts, View, netting, words};
use crate::cli::table::{self, Align};
use crate::cli::terminal::Terminal;
use crate::words::numbers::{fixed, with_unit};

/// A table of the causes of each outcome, and a sentence.
pub(crate) fn summary(all: &[Facts], terminal: &Terminal) -> String {
    let tables = all.iter().map(|facts| {
        let unit = |number: String| with_unit(&number, &facts.unit);
        let [from, to] = &facts.arms;
        let row = |name: &str, number: String, change: &str| {
            vec![name.to_owned(), number, change.to_owned()]
        };
        let mut rows = vec![row(from, unit(fixed(facts.ends.0, facts.decimals)), "")];
        rows.extend(
            facts
                .shares
                .iter()
                .map(|share| row(&share.label, facts.change(share.value), &share.change)),
        );
        rows.push(row(to, unit(fixed(facts.ends.1, facts.decimals)), ""));
        let exchanged = if facts.view == View::Cause { "exchanged" } else { "" };
        let heading =
            [(facts.outcome.as_str(), Align::Left), ("", Align::Right), (exchanged, Align::Left)];
        let words = words(facts);
        format!(
            "{}.\n\n{}\n{}{}",
            words.title,
            table::list(&heading, &rows, terminal.list_width()),
            netting(facts).map_or_else(String::new, |text| format!("{text}.\n\n")),
            facts.interaction.as_ref().map_or_else(String::new, |(one, other, value)| format!(
                "{one} and {other} together: {} beyond what each does alone.\n\n",
                facts.change(*value)
            ))
        )
    });
    tables.collect()
}

/// The same as one document, with all digits.
pub(crate) fn document(all: &[Facts], runs: usize) -> Value {
    let outcomes = all.iter().map(|facts| {
        let shares = facts.shares.iter().map(|share| {
            json!({ "cause": share.label, "exchanged": share.change, "share": share.value })
        });
        json!({
            "outcome": facts.outcome,
            "view": if facts.view == View::Cause { "by cause" } else { "by effect" },
            "unit": facts.unit,
            "from": { "arm": facts.arms.first(), "value": facts.ends.0 },
            "to": { "arm": facts.arms.last(), "value": facts.ends.1 },
            "shares": shares.collect::<Vec<_>>(),
            "strongest_interaction": facts.interaction.as_ref().map(|(one, other, value)| {
                json!({ "causes": [one, other], "value": value })
            }),
        })
    });
    json!({ "program": PROGRAM, "runs": runs, "outcomes": outcomes.collect::<Vec<_>>() })
}
