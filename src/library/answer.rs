//! Sentences of a lesson with the numbers of its run.

use crate::checks::claims::{Verdict, value};
use crate::library::run::Run;
use crate::scenario::Scenario;
use crate::scenario::claims::sentence::{Part, Sentence};
use crate::scenario::claims::{Claim, Test};
use crate::words::{names, values};

impl Scenario {
    /// The same lesson under the other hypothesis set, if it has an answer and all its arms live
    /// under one set.
    #[must_use]
    pub fn under_other_set(&self) -> Option<Self> {
        let arms = self.arms_under_other_set.clone()?;
        Some(Self { arms, arms_under_other_set: None, ..self.clone() })
    }
}

impl Run {
    /// The lesson's answer with the numbers of this run; `None` if it has none, or if an arm that
    /// the answer speaks of is missing or ended early.
    ///
    /// ```
    /// let text = "duration = \"1 year\"\nanswer = \"Plasma calcium is {serum_calcium}.\"\n";
    /// let answer = calcifate::Scenario::parse(text)?.run()?.answer().ok_or("no answer")?;
    /// assert!(answer.starts_with("Plasma calcium is 2.") && answer.ends_with("mmol/L."));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn answer(&self) -> Option<String> {
        self.told(self.scenario.answer.as_ref()?)
    }

    /// The author's title of the first figure.
    pub(crate) fn headline(&self) -> Option<String> {
        self.told(self.scenario.headline.as_ref()?)
    }

    pub(crate) fn told(&self, sentence: &Sentence) -> Option<String> {
        let find = |name: &str| self.arm(name).map(|run| &run.trajectory);
        let part = |part: &Part| match part {
            Part::Text(text) => Some(text.clone()),
            Part::Value(expression) => {
                let number = value(expression, &find).filter(|number| number.is_finite())?;
                Some(values::value(expression, number))
            }
            Part::Claim(position) => {
                let claim = self.scenario.claims.get(*position)?;
                let verdict = self.verdicts.get(*position)?;
                verdict.holds().is_some().then(|| numbers(claim, verdict))
            }
        };
        sentence.parts.iter().map(part).collect()
    }
}

/// The values of a claim: "76 against 114 AU", or one of them where the other is a range.
fn numbers(claim: &Claim, verdict: &Verdict) -> String {
    let number = |value: f64| values::number(&claim.comparison.value, value);
    let left = number(verdict.left);
    let unit = names::unit(&verdict.unit);
    let numbers = match claim.comparison.test {
        Test::Between(..) => left,
        Test::Against { .. } | Test::Within(..) => {
            format!("{left} against {}", number(verdict.right))
        }
    };
    if unit.is_empty() { numbers } else { format!("{numbers}\u{A0}{unit}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::numbers::short;

    const LESSON: &str = r#"
duration = "1 year"
answer = "{raised}. {range}, {{or}} {100 * end(dp_ucmgp) in k2 / end(dp_ucmgp) in usual} %."
[[arm]]
name = "usual"
[[arm]]
name = "k2"
take = ["MK-7 180 ug daily"]
[[claim]]
name = "raised"
says = "MK-7 in plasma rises"
that = "end(mk7_plasma) in k2 > end(mk7_plasma) in usual by 10 %"
[[claim]]
name = "range"
that = "end(serum_calcium) in k2 between 2 and 3 mmol/L"
"#;

    #[test]
    fn an_answer_has_the_numbers_of_its_run() {
        let run = Scenario::parse(LESSON).unwrap().run().unwrap();
        let number = |name: &str, arm: &str| run.value(name, arm).unwrap();
        let expected = format!(
            "{:.2} against {:.2} nM. {:.2} mmol/L, {{or}} {} %.",
            number("mk7_plasma", "k2"),
            number("mk7_plasma", "usual"),
            number("serum_calcium", "k2"),
            short(100.0 * number("dp_ucmgp", "k2") / number("dp_ucmgp", "usual"), 3),
        );
        assert_eq!(run.answer().unwrap().replace('\u{A0}', " "), expected);
    }

    #[test]
    fn the_other_set_is_the_one_under_which_the_file_does_not_run() {
        let scenario = Scenario::parse(LESSON).unwrap();
        let names = |scenario: &Scenario| -> Vec<_> {
            scenario.arms.iter().map(|arm| arm.hypothesis.name()).collect()
        };
        assert_eq!(names(&scenario), ["paradox"; 2]);
        assert_eq!(names(&scenario.under_other_set().unwrap()), ["conservative"; 2]);
        let forced = LESSON.replace("duration", "hypothesis = \"conservative\"\nduration");
        let other = Scenario::parse(&forced).unwrap().under_other_set().unwrap();
        assert_eq!(names(&other), ["paradox"; 2]);
        let mixed = LESSON.replace("name = \"k2\"", "name = \"k2\"\nhypothesis = \"conservative\"");
        assert!(Scenario::parse(&mixed).unwrap().under_other_set().is_none());
        let silent = LESSON.replace("answer", "lesson");
        assert!(Scenario::parse(&silent).unwrap().under_other_set().is_none());
    }
}
