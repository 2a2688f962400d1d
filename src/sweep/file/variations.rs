//! `[vary]` and `[population]`: what varies, and how.

use crate::error::problem::SourceSpan;
use crate::error::suggest::did_you_mean;
use crate::form::check::check_word;
use crate::form::synonyms::flag;
use crate::form::tree::{Entries, Entry, Node, Value, get, list, table, texts};
use crate::parameters::{PARAMETER_TABLE, Parameters, renamed};
use crate::scenario::dial::{Dial, DialKind, Number, ScopedDial, split_arm};
use crate::sweep::distribution::Distribution;
use crate::sweep::file::Reader;
use crate::sweep::file::keys::POPULATION;
use crate::sweep::plan::{GridAxis, SampledInput};
use crate::sweep::population::sampled_parameters;
use crate::sweep::range::{Variation, read, single_value};
use crate::sweep::results_table::CellValue;

/// Either an axis or something drawn.
enum InputVariation {
    Grid(Vec<CellValue>),
    Sampled(Distribution),
}

impl Reader<'_> {
    /// Reads `[vary]`: what goes from point to point, and what is drawn.
    pub(super) fn varied_inputs(&mut self, sampling: bool) -> (Vec<GridAxis>, Vec<SampledInput>) {
        let (mut axes, mut sampled) = (Vec::new(), Vec::new());
        for entry in table(self.entries, "vary") {
            if entry.key == "parameters" {
                sampled.extend(self.table_ranges(entry, sampling));
                continue;
            }
            let Some(dial) = self.dial(&entry.key, &entry.span) else { continue };
            match self.variation(&dial, &entry.node, sampling) {
                Some(InputVariation::Grid(values)) => axes.push(GridAxis { dial, values }),
                Some(InputVariation::Sampled(distribution)) => {
                    sampled.push(SampledInput { dial, distribution, in_results: true });
                }
                None => {}
            }
        }
        (axes, sampled)
    }

    pub(super) fn dial(&mut self, key: &str, span: &SourceSpan) -> Option<ScopedDial> {
        let unknown = match ScopedDial::find(key, &self.arms) {
            Ok(dial) => return Some(dial),
            Err(unknown) => unknown,
        };
        let message = unknown.reason.unwrap_or_else(|| format!("unknown quantity \"{key}\""));
        let named = split_arm(key, &self.template.arm_names).0;
        let unused_arm = named.filter(|named| !self.arms.iter().any(|arm| arm == named));
        let help = unused_arm.map_or(unknown.help, |arm| {
            format!("arm {arm} does not run in this sweep; name it in `arms`")
        });
        self.problems.error(span, message, "", help);
        None
    }

    fn variation(
        &mut self,
        scoped: &ScopedDial,
        node: &Node,
        sampling: bool,
    ) -> Option<InputVariation> {
        match (&scoped.dial.kind, &node.value) {
            (DialKind::Number(number), Value::Text(text, _)) => {
                let variation = self.problems.value(node, read(text, number))?;
                self.grid_or_sampled(&variation, node, sampling)
            }
            (DialKind::Number(number), Value::List(nodes)) => {
                let cell = |node| self.listed_number(scoped.dial, number, node);
                let cells: Option<Vec<CellValue>> = nodes.iter().map(cell).collect();
                self.grid_values(cells?, &node.span)
            }
            (DialKind::Word(words), Value::List(nodes)) => {
                let cells = nodes.iter().map(|node| {
                    let word = node.text().unwrap_or_default();
                    self.word(&scoped.key, words, word, &node.span).map(CellValue::Word)
                });
                let cells: Option<Vec<CellValue>> = cells.collect();
                self.grid_values(cells?, &node.span)
            }
            (DialKind::Word(words), Value::Table(entries)) => {
                self.shares(&scoped.key, words, entries, node).map(InputVariation::Sampled)
            }
            (kind, value) => {
                let help = match kind {
                    DialKind::Number(_) => {
                        "a range such as \"0 … 360 ug/day step 30\" or a list of values"
                    }
                    DialKind::Word(_) => {
                        "a list of words, or words with shares: { female = 0.5, male = 0.5 }"
                    }
                };
                let message = format!("this does not say how {} varies", scoped.key);
                let help = format!("write {help}; one value for all runs belongs into [set]");
                self.problems.error(&node.span, message, format!("{} here", value.kind()), help);
                None
            }
        }
    }

    /// Points or drawn, as it is written and as there are samples.
    fn grid_or_sampled(
        &mut self,
        variation: &Variation,
        node: &Node,
        sampling: bool,
    ) -> Option<InputVariation> {
        if let Variation::Points { remark: Some(remark), .. } = variation {
            self.problems.warning(&node.span, remark.as_str(), "", "");
        }
        let drawn = variation.as_distribution();
        if let (true, Some(distribution)) = (sampling, &drawn) {
            return Some(InputVariation::Sampled(distribution.clone()));
        }
        let Some(points) = variation.as_points() else {
            let help = "write [sample] with runs = 1000, or a range with step or points";
            self.problems.error(&node.span, "it is drawn, but there are no samples", "", help);
            return None;
        };
        Some(InputVariation::Grid(points.into_iter().map(CellValue::Number).collect()))
    }

    fn grid_values(&mut self, cells: Vec<CellValue>, span: &SourceSpan) -> Option<InputVariation> {
        if cells.is_empty() {
            let help = "write at least one value into the list";
            self.problems.error(span, "an axis of 0 points has nothing to run", "", help);
            return None;
        }
        Some(InputVariation::Grid(cells))
    }

    fn listed_number(&mut self, dial: &Dial, number: &Number, node: &Node) -> Option<CellValue> {
        let written = match &node.value {
            Value::Flag(flag) => Some(*flag),
            Value::Text(word, _) => flag(word),
            _ => None,
        };
        if let (Some(flag), true) = (written, dial.is_flag()) {
            return Some(CellValue::Number(f64::from(u8::from(flag))));
        }
        if node.number().is_none() && node.text().is_none() {
            let label = format!("{} here", node.value.kind());
            let help = "write such as [\"0 ug/day\", \"180 ug/day\"]";
            self.problems.error(&node.span, "a list of values is expected", label, help);
            return None;
        }
        self.problems.value(node, single_value(&node.text_or_number(), number))
    }

    /// The usual spelling of a word.
    fn word(&mut self, key: &str, words: &[&str], word: &str, span: &SourceSpan) -> Option<String> {
        if words.is_empty() {
            return Some(word.to_owned());
        }
        check_word(key, words, word, span, self.problems).map(str::to_owned)
    }

    /// `{ female = 0.6, male = 0.4 }`
    fn shares(
        &mut self,
        key: &str,
        words: &[&str],
        entries: &Entries,
        node: &Node,
    ) -> Option<Distribution> {
        let mut shares = Vec::new();
        for entry in entries {
            let share = entry.node.number().filter(|share| (0.0..=1.0).contains(share));
            let Some(share) = share else {
                let help = "write a share from 0 to 1, such as female = 0.6";
                self.problems.error(&entry.node.span, "not a share", "", help);
                return None;
            };
            let word = self.word(key, words, &entry.key, &entry.span)?;
            shares.push((CellValue::Word(word), share));
        }
        // Without any, the sum would be −0.
        let sum: f64 = shares.iter().map(|(_, share)| share).sum::<f64>() + 0.0;
        if (sum - 1.0).abs() > 1e-9 {
            let message = format!("the shares of {key} sum to {sum}, not 1");
            let help = "write such as { female = 0.6, male = 0.4 }";
            self.problems.error(&node.span, message, "", help);
            return None;
        }
        Some(Distribution::Values(shares))
    }

    /// `parameters = "all"`: drawn from the ranges of the table.
    pub(super) fn table_ranges(&mut self, entry: &Entry, sampling: bool) -> Vec<SampledInput> {
        let words: Vec<(&str, &SourceSpan)> = match &entry.node.value {
            Value::Text(text, _) => vec![(text.as_str(), &entry.node.span)],
            Value::List(nodes) => {
                nodes.iter().map(|node| (node.text().unwrap_or_default(), &node.span)).collect()
            }
            _ => Vec::new(),
        };
        if !sampling {
            let help = "write [sample] with runs = 1024";
            self.problems.error(&entry.span, "it is drawn, but there are no samples", "", help);
        }
        let mut sampled = Vec::new();
        for (word, span) in words {
            let of_word = |entry: &&crate::parameters::ParameterInfo| {
                word == "all" || entry.name == word || entry.group == word
            };
            if word != "all" && !self.knows_parameter(word, span) {
                continue;
            }
            sampled.extend(PARAMETER_TABLE.iter().filter(of_word).filter_map(|entry| {
                let (low, high) = (entry.low?, entry.high?);
                let dial = ScopedDial::find(entry.name, &[]).ok()?;
                let distribution = Distribution::Uniform(low, high);
                (low < high).then_some(SampledInput { dial, distribution, in_results: true })
            }));
        }
        sampled
    }

    /// True if a word names a parameter or a group of them; any other is reported.
    fn knows_parameter(&mut self, word: &str, span: &SourceSpan) -> bool {
        if PARAMETER_TABLE.iter().any(|entry| entry.name == word || entry.group == word) {
            return true;
        }
        let names = PARAMETER_TABLE.iter().flat_map(|entry| [entry.name, entry.group]);
        let (message, help) = match renamed(word) {
            Some(renamed) => (renamed.reason(), renamed.advice(None, &Parameters::PARADOX)),
            None => (
                format!("unknown parameter \"{word}\""),
                format!("{}Write \"all\", names, or groups.", did_you_mean(word, names)),
            ),
        };
        self.problems.error(span, message, "", help);
        false
    }

    /// `[population]`: who the people are.
    pub(super) fn population(&mut self) -> Vec<SampledInput> {
        let mut sampled = Vec::new();
        let Some(population) = get(self.entries, "population") else { return sampled };
        for entry in population.entries() {
            if POPULATION.key(&entry.key).is_some() {
                continue;
            }
            let Some(dial) = self.dial(&entry.key, &entry.span).map(ScopedDial::for_life) else {
                continue;
            };
            let distribution = match self.variation(&dial, &entry.node, true) {
                Some(InputVariation::Sampled(distribution)) => distribution,
                Some(InputVariation::Grid(values)) => equally_likely(&values),
                None => continue,
            };
            sampled.push(SampledInput { dial, distribution, in_results: true });
        }
        sampled.extend(self.biological_spread(population));
        sampled
    }

    fn biological_spread(&mut self, population: &Node) -> Vec<SampledInput> {
        for node in list(population.entries(), "spread_parameters") {
            if !self.knows_parameter(node.text().unwrap_or_default(), &node.span) {
                return Vec::new();
            }
        }
        let only = texts(population.entries(), "spread_parameters");
        let Some(node) = get(population.entries(), "parameter_spread") else { return Vec::new() };
        let read = crate::units::amount::share(&node.text_or_number(), "parameter_spread");
        let Some(share) = self.problems.value(node, read) else { return Vec::new() };
        let sets = self.template.hypothesis_sets();
        let set = self.base.hypothesis.as_deref().and_then(|name| sets.named(name).ok());
        let values = set.map_or(Parameters::PARADOX, |set| set.parameters());
        let sampled = sampled_parameters(share, &values, &only);
        if sampled.is_empty() && share > 0.0 {
            let help = "name parameters or groups of `calcifate list parameters`";
            self.problems.error(&node.span, "no parameter is spread", "", help);
        }
        sampled
    }
}

fn equally_likely(values: &[CellValue]) -> Distribution {
    let share = 1.0 / values.len().max(1) as f64;
    Distribution::Values(values.iter().map(|value| (value.clone(), share)).collect())
}
