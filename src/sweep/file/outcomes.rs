//! `[outcomes]` and `[conditions]`: what is kept of each run.

use crate::error::problem::{Misread, SourceSpan};
use crate::form::tree::{Entry, get, table};
use crate::scenario::claims::{Reading, Scope};
use crate::sweep::file::{Reader, file_start};
use crate::sweep::outcomes::Outcome;
use crate::sweep::plan::Plan;
use crate::units::number::rounded;

impl Reader<'_> {
    /// Outcomes in order: values, then conditions.
    pub(super) fn outcomes(&mut self, scope: Scope<'_>, searching: bool) -> Vec<Outcome> {
        let mut outcomes: Vec<Outcome> = Vec::new();
        for (section, is_value) in [("outcomes", true), ("conditions", false)] {
            for entry in table(self.entries, section) {
                let text = entry.node.text().unwrap_or_default();
                let read = if is_value { Outcome::value } else { Outcome::condition };
                match read(&entry.key, text, scope) {
                    Ok(outcome) => {
                        self.check_name(entry, &outcomes);
                        outcomes.push(outcome);
                    }
                    Err(misread) => {
                        let explain = if is_value { as_value } else { as_condition };
                        let misread = explain(&entry.key, text, scope, misread);
                        self.problems.misread(&entry.node, misread);
                    }
                }
            }
        }
        if outcomes.is_empty() && !searching && !self.problems.has_errors() {
            let help = "write such as dp_ucmgp = \"end(dp_ucmgp)\" below [outcomes]";
            let section = ["outcomes", "conditions"].iter().find_map(|key| get(self.entries, key));
            let span = section.map_or_else(file_start, |node| node.span.clone());
            self.problems.error(&span, "the sweep keeps no outcome", "", help);
        }
        outcomes
    }

    fn check_name(&mut self, entry: &Entry, before: &[Outcome]) {
        let safe = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let reserved = ["run", "complete", "answer", "balance_residual_mg", "implausible"];
        if entry.key.is_empty() || !entry.key.chars().all(safe) {
            let message = format!("\"{}\" cannot name a column", entry.key);
            self.problems.error(&entry.span, message, "", "use letters, digits and _");
        } else if reserved.contains(&entry.key.as_str())
            || before.iter().any(|outcome| outcome.name == entry.key)
        {
            let message = format!("there is already a column \"{}\"", entry.key);
            self.problems.error(&entry.span, message, "", "give it another name");
        }
    }

    /// Reports readings of a time after the end of the run, unless that varies.
    pub(super) fn check_run_length(&mut self, plan: &Plan, outcomes: &[Outcome]) {
        if plan.dials().any(|scoped| scoped.dial.name == "duration") {
            return;
        }
        let Ok(arms) = self.template.arms(&self.base) else { return };
        let duration = arms.first().map_or(f64::INFINITY, |arm| arm.duration_days);
        for outcome in outcomes {
            let late = outcome.readings().into_iter().filter_map(Reading::last_day);
            let Some(day) = late.reduce(f64::max).filter(|day| *day > duration + 1e-6) else {
                continue;
            };
            let message = format!("{} looks at a time outside the run", outcome.name);
            let label = format!("day {}", rounded(day));
            let help = format!("the run lasts {} days", rounded(duration));
            self.problems.error(&self.place_of(outcome), message, label, help);
        }
    }

    /// The place of the text of an outcome.
    pub(super) fn place_of(&self, outcome: &Outcome) -> SourceSpan {
        let sections = ["outcomes", "conditions"].into_iter();
        let mut places = sections.filter_map(|section| self.place_in(section, &outcome.name));
        places.next().unwrap_or(file_start())
    }
}

/// The error of a text that is no value: a condition has its own table, and values their forms.
fn as_value(name: &str, text: &str, scope: Scope<'_>, misread: Misread) -> Misread {
    if Outcome::condition(name, text, scope).is_ok() {
        let whole = Misread::new("this is a condition, not a value", 0..text.len());
        return whole.help("put it below [conditions]");
    }
    if misread.help.contains("a claim is") {
        let help = "a value is such as end(cac), change(cac) in ARM, at(cac, 6 months), mean(pth)";
        return Misread { message: "cannot read the rest of the value".to_owned(), ..misread }
            .help(help);
    }
    misread
}

/// The error of a text that is no condition: a value has its own table.
fn as_condition(name: &str, text: &str, scope: Scope<'_>, misread: Misread) -> Misread {
    if Outcome::value(name, text, scope).is_ok() {
        let whole = Misread::new("this is a value, not a condition", 0..text.len());
        return whole.help("put it below [outcomes], or compare it: dp_ucmgp <= 300 pmol/L");
    }
    misread
}
