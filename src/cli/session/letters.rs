//! Letters of titles and labels that no font draws in PNG pictures, told before they are missed.

use crate::cli::arguments::options::FigureLetters;
use crate::cli::terminal::Terminal;
use crate::plots::font::unknown_letters;
use crate::scenario::Scenario;
use crate::scenario::statement::Statement;
use crate::sweep::Sweep;
use crate::verdicts::file::VerdictFile;

/// Most letters that a remark names.
const MOST: usize = 6;

impl FigureLetters {
    /// Warns of letters in the title, the headline and the labels of a scenario.
    pub(crate) fn warn_of_scenario(&self, scenario: &Scenario, terminal: &Terminal) {
        let name = &scenario.name;
        self.warn(&format!("{name}: the title"), &scenario.title, terminal);
        let figures = scenario.figures.figures.iter();
        for headline in figures.flat_map(|figure| &figure.headline).chain(&scenario.headline) {
            self.warn(&format!("{name}: the headline"), &headline.plain_text(), terminal);
        }
        for arm in &scenario.arms {
            self.warn(&format!("{name}: the label of arm {}", arm.name), &arm.label, terminal);
        }
    }

    /// Warns of letters in the words of a statement, of its tests and of its scenario.
    pub(crate) fn warn_of_statement(&self, file: &VerdictFile, terminal: &Terminal) {
        let Statement { id, words, topic, .. } = &file.statement;
        self.warn(&format!("{id}: the statement"), words, terminal);
        self.warn(&format!("{id}: the topic"), topic, terminal);
        let Some(scenario) = file.scenarios.first() else { return };
        for claim in &scenario.claims {
            let words = format!("{} {}", claim.case, claim.says);
            self.warn(&format!("{id}: the test `{}`", claim.text.trim()), &words, terminal);
        }
        if !scenario.figures.draw.is_empty() {
            self.warn_of_scenario(scenario, terminal);
        }
    }

    /// Warns of letters in the title, the outcomes and the labels of arms of a sweep.
    pub(crate) fn warn_of_sweep(&self, sweep: &Sweep, terminal: &Terminal) {
        self.warn("the title", &sweep.title, terminal);
        for headline in sweep.figures.iter().flat_map(|figure| &figure.headline) {
            self.warn("the headline", &headline.plain_text(), terminal);
        }
        for outcome in &sweep.outcomes {
            self.warn(&format!("the outcome {}", outcome.name), &outcome.name, terminal);
        }
        for arm in sweep.arms(&sweep.base).unwrap_or_default() {
            self.warn(&format!("the label of arm {}", arm.name), &arm.label, terminal);
        }
    }

    /// Warns of letters in one text.
    pub(crate) fn warn(&self, place: &str, text: &str, terminal: &Terminal) {
        let unknown = unknown_letters(text, self.font.as_ref());
        if unknown.is_empty() {
            return;
        }
        let named = unknown.iter().take(MOST);
        let mut named: Vec<String> =
            named.map(|letter| format!("{letter} (U+{:04X})", u32::from(*letter))).collect();
        if unknown.len() > MOST {
            named.push(format!("and {} more", unknown.len() - MOST));
        }
        let (fonts, a) = match self.font {
            Some(_) => ("neither the built-in font nor that of --font has", "another"),
            None => ("the built-in font does not have", "a"),
        };
        terminal.warning(&format!(
            "{place}: {fonts} {}: boxes stand in PNG pictures, SVG files keep the text; remedy: \
             --font FILE with {a} font (TTF or OTF) that has them",
            named.join(", ")
        ));
    }
}
