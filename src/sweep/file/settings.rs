//! `[set]`, `arms` and `find`, and the trial of every value at its ends before anything runs.

use crate::error::problem::{Problem, Severity, SourceSpan};
use crate::error::suggest::unknown_arm;
use crate::form::tree::{Entry, Node, Value, get, is_on, list, table};
use crate::scenario::Overrides;
use crate::scenario::claims::{Comparison, Scope};
use crate::scenario::dial::{DialKind, Setting};
use crate::sweep::file::{Reader, file_start};
use crate::sweep::inverse::{Search, SearchGoal};
use crate::sweep::plan::{Plan, setting};
use crate::sweep::range::{Variation, read, single_value};
use crate::sweep::results_table::CellValue;

impl Reader<'_> {
    /// Reads the changes that hold in every run: `[set]`, `arms`, `hypothesis`.
    pub(super) fn read_base(&mut self) {
        let entries = self.entries;
        let sets = self.template.hypothesis_sets();
        let mut base = Overrides {
            hypothesis: sets.chosen(entries, self.problems).map(|set| set.name().to_owned()),
            beyond_range: is_on(entries, "beyond_range"),
            ..Overrides::default()
        };
        for node in list(entries, "arms") {
            let wanted = node.text().unwrap_or_default();
            let names = &self.template.arm_names;
            if base.arms.iter().any(|arm| arm == wanted) {
                let message = format!("arm \"{wanted}\" is named twice");
                self.problems.error(&node.span, message, "", "name each arm once");
            } else if names.iter().any(|name| name == wanted) {
                base.arms.push(wanted.to_owned());
            } else {
                let arms = names.iter().map(String::as_str);
                self.problems.misread_at(&node.span, unknown_arm(wanted, arms, 0..0));
            }
        }
        let unchanged = self.template.problems(&base);
        self.problems.shifted(unchanged, 1);
        for entry in table(entries, "set") {
            let Some(value) = self.set_value(entry) else { continue };
            let mut changed = base.clone();
            changed.set.push((entry.key.clone(), value));
            self.try_change(&base, &changed, &entry.node.span);
            base = changed;
        }
        let named = if base.arms.is_empty() { &self.template.arm_names } else { &base.arms };
        self.arms.clone_from(named);
        self.base = base;
    }

    /// What outcomes may name; dates only where day 0 is the same in all runs.
    pub(super) fn scope<'a>(&self, arms: &'a [String]) -> Scope<'a> {
        let varies = self.place_in("vary", "start_date").is_some();
        let start_date = if varies { None } else { self.template.start_date(&self.base) };
        Scope { arms, start_date }
    }

    fn set_value(&mut self, entry: &Entry) -> Option<String> {
        match &entry.node.value {
            Value::Text(text, _) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Flag(flag) => Some(flag.to_string()),
            Value::Date(date) => Some(date.clone()),
            other => {
                let label = format!("{} here", other.kind());
                let message = format!("{} needs one value", entry.key);
                let help = "write a number, a text, true or false";
                self.problems.error(&entry.node.span, message, label, help);
                None
            }
        }
    }

    /// Reports what the scenario says to a value of a dial, where the value stands.
    fn try_value(&mut self, setting: Setting, span: &SourceSpan) {
        let base = self.base.clone();
        let mut changed = base.clone();
        changed.dials.push(setting);
        self.try_change(&base, &changed, span);
    }

    /// Reports what the scenario says to the last change, where its value stands.
    fn try_change(&mut self, base: &Overrides, changed: &Overrides, span: &SourceSpan) {
        let known = self.template.problems(base);
        let last = changed.texts().last();
        let prefix = last.map(|(key, value)| format!("--set {key}={value}: ")).unwrap_or_default();
        for problem in self.template.problems(changed) {
            if known.contains(&problem) {
                continue;
            }
            let Problem { severity, message, label, help, .. } = problem;
            let message = message.strip_prefix(&prefix).unwrap_or(&message).to_owned();
            match severity {
                Severity::Error => self.problems.error(span, message, label, help),
                Severity::Warning => self.problems.warning(span, message, label, help),
            }
        }
    }

    /// Tries both ends (or every word) of everything that varies; of what is drawn, those that
    /// so many samples may be expected to reach.
    pub(super) fn try_ends(&mut self, plan: &Plan) {
        for axis in &plan.axes {
            let span = self.place_in("vary", &axis.dial.key).unwrap_or(file_start());
            for value in ends(&axis.values) {
                self.try_value(setting(&axis.dial, &value), &span);
            }
        }
        let outermost = plan.design.as_ref().map_or(1e-9, |design| 0.5 / design.count() as f64);
        for input in plan.sampled.iter().filter(|input| input.in_results) {
            let key = &input.dial.key;
            let own = key.strip_prefix("habitual.").unwrap_or(key);
            let span = self.place_in("vary", key).or_else(|| self.place_in("population", own));
            let Some(span) = span else { continue };
            for share in [outermost, 1.0 - outermost] {
                let value = input.distribution.quantile(share);
                self.try_value(setting(&input.dial, &value), &span);
            }
        }
    }

    /// `find` and `such_that`.
    pub(super) fn search(&mut self, scope: Scope<'_>) -> Option<Search> {
        let entries = self.entries;
        let (find, such_that) = (get(entries, "find"), get(entries, "such_that"));
        let (Some(node), Some(condition)) = (find, such_that) else {
            if let Some(node) = find.or(such_that) {
                let help = "write both: find = \"lowest mk7_supplement\", such_that = \"dp_ucmgp <= 300 pmol/L\"";
                let missing = if find.is_none() { "find" } else { "such_that" };
                self.problems.error(&node.span, format!("{missing} is missing"), "", help);
            } else if let Some(node) = get(entries, "within").or(get(entries, "tolerance")) {
                let help = "write find = \"lowest mk7_supplement\" and such_that, or take it out";
                self.problems.error(&node.span, "nothing is looked for", "", help);
            }
            return None;
        };
        let (word, name) = node.text()?.trim().split_once(char::is_whitespace).unwrap_or_default();
        let goal = match word {
            "lowest" | "smallest" | "least" => SearchGoal::Lowest,
            "highest" | "largest" | "most" => SearchGoal::Highest,
            _ => {
                let help =
                    "write \"lowest NAME\" or \"highest NAME\", such as \"lowest mk7_supplement\"";
                self.problems.error(&node.span, "cannot read what is looked for", "", help);
                return None;
            }
        };
        let dial = self.dial(name.trim(), &node.span)?;
        let DialKind::Number(number) = &dial.dial.kind else {
            let message = format!("{} is not a number", dial.key);
            self.problems.error(&node.span, message, "", "only numbers can be looked for");
            return None;
        };
        let text = condition.text().unwrap_or_default().to_owned();
        let comparison = self.problems.value(condition, Comparison::read(&text, scope))?;
        let mut search = Search {
            goal,
            range: number.plausible,
            tolerance: 0.0,
            condition: comparison,
            text,
            dial,
            number,
        };
        self.limits(&mut search, node)?;
        Some(search)
    }

    /// Reads the range and the tolerance of the search.
    fn limits(&mut self, search: &mut Search, find: &Node) -> Option<()> {
        let within = get(self.entries, "within");
        if let Some(node) = within {
            match read(node.text().unwrap_or_default(), search.number) {
                Ok(Variation::Between { low, high, factor, .. }) => {
                    search.range = (low.value() * factor, high.value() * factor);
                }
                Ok(_) => {
                    let help = "write such as \"0 … 720 ug/day\"";
                    self.problems.error(&node.span, "only two ends are expected", "", help);
                }
                Err(misread) => self.problems.misread(node, misread),
            }
        }
        let (low, high) = search.range;
        if !(low.is_finite() && high.is_finite() && low < high) {
            let help = "write such as within = \"0 … 720 ug/day\"";
            self.problems.error(&find.span, "it is not said where to look", "", help);
            return None;
        }
        search.tolerance = (high - low) * 1e-4;
        if let Some(node) = get(self.entries, "tolerance") {
            match single_value(&node.text_or_number(), search.number) {
                Ok(CellValue::Number(width)) if width > 0.0 => search.tolerance = width,
                Ok(_) => {
                    let help = "write such as \"0.5 ug/day\"";
                    self.problems.error(&node.span, "the tolerance must be above 0", "", help);
                }
                Err(misread) => self.problems.misread(node, misread),
            }
        }
        let span = within.unwrap_or(find).span.clone();
        for value in [low, high] {
            self.try_value(setting(&search.dial, &CellValue::Number(value)), &span);
        }
        Some(())
    }
}

/// The first and last, smallest and largest, or all words.
fn ends(values: &[CellValue]) -> Vec<CellValue> {
    if values.iter().any(|value| matches!(value, CellValue::Word(_))) {
        return values.to_vec();
    }
    let numbers = values.iter().filter_map(CellValue::number);
    let low = numbers.clone().fold(f64::INFINITY, f64::min);
    let high = numbers.fold(f64::NEG_INFINITY, f64::max);
    let both = [CellValue::Number(low), CellValue::Number(high)];
    both.into_iter().take(if low == high { 1 } else { 2 }).collect()
}
