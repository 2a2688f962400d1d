//! Sentences of a lesson with the numbers of its run.

use crate::checks::claims::{Verdict, value};
use crate::library::run::Run;
use crate::scenario::Scenario;
use crate::scenario::claims::sentence::{RunNumber, Sentence};
use crate::scenario::claims::{Claim, Expression, Test};
use crate::sweep::Sweep;
use crate::sweep::answer::{Piece, ResultNumber, ResultSource, ResultValue, Statistic};
use crate::sweep::inverse::Search;
use crate::sweep::outcomes::OutcomeDefinition;
use crate::words::catalogue::message;
use crate::words::numbers::{percent, short, with_unit};
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

    pub(crate) fn told(&self, sentence: &Sentence<RunNumber>) -> Option<String> {
        self.told_parts(sentence).map(|parts| parts.concat())
    }

    /// The parts of a sentence with the numbers of this run; `None` if one cannot be told.
    pub(crate) fn told_parts(&self, sentence: &Sentence<RunNumber>) -> Option<Vec<String>> {
        let find = |name: &str| self.arm(name).map(|run| &run.trajectory);
        sentence.told_parts(&|number| match number {
            RunNumber::Value(expression) => {
                let number = value(expression, &find).filter(|number| number.is_finite())?;
                Some(values::value(expression, number))
            }
            RunNumber::Claim(position) => {
                let claim = self.scenario.claims.get(*position)?;
                let verdict = self.verdicts.get(*position)?;
                verdict.holds().is_some().then(|| numbers(claim, verdict))
            }
        })
    }
}

impl Sweep {
    /// Headings of the columns that its answer may read.
    pub(crate) fn answer_columns(&self) -> Vec<String> {
        let outcomes = self.outcomes.iter().map(|outcome| outcome.column().name);
        let search = self.search.iter().flat_map(Search::found_and_answer);
        outcomes.chain(search).collect()
    }

    /// The answer with its results, one number of each run in each of [`Self::answer_columns`];
    /// `None` if it has no answer, or if a run that the answer speaks of gave no number.
    pub(crate) fn answer(&self, columns: &[Vec<f64>]) -> Option<String> {
        self.answer.as_ref()?.told(&|number| self.told(number, columns))
    }

    fn told(&self, number: &ResultNumber, columns: &[Vec<f64>]) -> Option<String> {
        let read = |value: &ResultValue, column: usize| {
            let column = columns.get(column)?;
            let run = |run: u64| column.get(usize::try_from(run).ok()?).copied();
            value.of(&self.plan, &run)
        };
        let value_of = |value: &ResultValue| match value.source {
            ResultSource::Outcome(position) => read(value, position),
            ResultSource::Found => read(value, self.outcomes.len()),
        };
        // A run that failed has no answer; one without a value has the answer 0.
        let is_unreached = |value: &ResultValue| {
            value.source == ResultSource::Found && read(value, self.outcomes.len() + 1) == Some(0.0)
        };
        let values = number.pieces.iter().filter(|piece| match piece {
            Piece::Arithmetic(text) => !text.trim().is_empty(),
            Piece::Value(_) => true,
        });
        if let [Piece::Value(value)] = values.collect::<Vec<_>>().as_slice() {
            return match value_of(value) {
                Some(number) => Some(self.written(value, number)),
                None => is_unreached(value).then(|| message!(answer.unreached)),
            };
        }
        let piece = |piece: &Piece| match piece {
            Piece::Arithmetic(text) => Some(text.clone()),
            Piece::Value(value) => Some(format!("({} {})", value_of(value)?, value.unit)),
        };
        let text: String = number.pieces.iter().map(piece).collect::<Option<_>>()?;
        let expression = Expression::read(&text, &[]).ok()?;
        let number = value(&expression, &|_| None).filter(|number| number.is_finite())?;
        Some(values::value(&expression, number))
    }

    fn written(&self, value: &ResultValue, number: f64) -> String {
        if value.statistic == Statistic::Share {
            return percent(number);
        }
        match value.source {
            ResultSource::Outcome(position) => {
                match self.outcomes.get(position).map(|one| &one.measure) {
                    Some(OutcomeDefinition::Value(expression)) => values::value(expression, number),
                    _ => short(number, 3),
                }
            }
            ResultSource::Found => with_unit(&short(number, 3), &value.unit),
        }
    }
}

/// The values of the comparison that decides a claim: "76 against 114 AU", or one of them where the other is a range.
pub(crate) fn numbers(claim: &Claim, verdict: &Verdict) -> String {
    let decides = claim.comparison.parts().nth(verdict.decided_by).unwrap_or(&claim.comparison);
    let number = |value: f64| values::number(&decides.value, value);
    let left = number(verdict.left);
    let unit = names::unit(&verdict.unit);
    let numbers = match decides.test {
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
            scenario.arms.iter().map(|arm| arm.hypothesis.shipped.name()).collect()
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

    fn sweep(answer: &str, more: &str) -> Result<Sweep, String> {
        let base = Scenario::parse("duration = \"1 year\"\n[[arm]]\nname = \"usual\"\n").unwrap();
        let text = format!(
            "answer = \"{answer}\"\n{more}\n[outcomes]\nmgp = \"end(dp_ucmgp)\"\n\
             share = \"end(dp_ucmgp) / start(dp_ucmgp)\"\n\
             [conditions]\nlow = \"dp_ucmgp <= 300 pmol/L\"\n"
        );
        Sweep::parse(&text, &base).map_err(|problems| problems.to_string())
    }

    const GRID: &str = "[vary]\nmk7_supplement = \"0 … 360 ug/day step 180\"\nwarfarin = [\"0 mg/day\", \"5 mg/day\"]";

    #[test]
    fn an_answer_of_a_sweep_has_the_numbers_of_its_runs() {
        let answer = "{mgp(mk7_supplement = 180 ug/day, warfarin = 0 mg/day)}; \
                      {lowest(mgp, warfarin = 0 mg/day)} to {highest(mgp, warfarin = 0 mg/day)}; \
                      {median(mgp, warfarin = 0 mg/day)}; {share(low)}; \
                      {mgp(mk7_supplement = 0 ug/day, warfarin = 0 mg/day) - \
                      mgp(mk7_supplement = 360 ug/day, warfarin = 0 mg/day)}; \
                      {mgp(mk7_supplement = 0 ug/day, warfarin = 5 mg/day) / \
                      mgp(mk7_supplement = 0 ug/day, warfarin = 0 mg/day)}";
        let run = sweep(answer, GRID).unwrap().run().unwrap();
        let mgp = run.table().numbers("mgp").unwrap();
        let low = mgp.iter().filter(|mgp| **mgp <= 300.0).count();
        let expected = format!(
            "{0:.0} pmol/L; {1:.0} pmol/L to {2:.0} pmol/L; {0:.0} pmol/L; {3:.0} %; {4} pmol/L; {5}",
            mgp[2],
            mgp[4],
            mgp[0],
            100.0 * low as f64 / 6.0,
            short(mgp[0] - mgp[4], 3),
            short(mgp[1] / mgp[0], 3),
        );
        assert_eq!(run.answer().unwrap().replace('\u{A0}', " "), expected);
    }

    #[test]
    fn an_answer_of_a_search_says_what_is_out_of_reach() {
        let more = "find = \"lowest mk7_supplement\"\nsuch_that = \"dp_ucmgp <= 300 pmol/L\"\n\
                    within = \"0 … 720 ug/day\"\n[vary]\nwarfarin = [\"0 mg/day\", \"5 mg/day\"]";
        let answer = "{lowest_mk7_supplement(warfarin = 0 mg/day)}, \
                      {lowest_mk7_supplement(warfarin = 5 mg/day)}";
        let told = sweep(answer, more).unwrap().run().unwrap().answer().unwrap();
        assert!(told.contains("\u{A0}µg/day, ") && told.ends_with("out of reach"), "{told}");
    }

    #[test]
    fn a_search_whose_runs_failed_is_not_out_of_reach() {
        let text = "answer = \"{lowest_mk7_supplement(egfr = 90 mL/min)}\"\n\
                    find = \"lowest mk7_supplement\"\nsuch_that = \"warfarin_level >= 0 mg/day\"\n\
                    within = \"0 … 720 ug/day\"\n[vary]\negfr = [\"90 mL/min\", \"30 mL/min\"]\n\
                    [outcomes]\nnothing = \"end(dp_ucmgp) / end(warfarin_level)\"\n";
        let base = Scenario::parse("duration = \"1 year\"\n[[arm]]\nname = \"usual\"\n").unwrap();
        let run = Sweep::parse(text, &base).unwrap().run().unwrap();
        assert_eq!(run.answer(), None);
        let told: Vec<_> = run.failures().map(|(_, cause)| cause.to_owned()).collect();
        assert!(told.iter().all(|cause| cause.contains("a ratio of nothing")), "{told:?}");
    }

    #[test]
    fn mistakes_in_the_answer_of_a_sweep_are_shown_at_their_place() {
        let cases = [
            ("{mpg(warfarin = 0 mg/day)}", "reads no outcome of this sweep"),
            ("{median(mpg)}", "there is no outcome \"mpg\""),
            ("{mgp(warfarin = 0 mg/day)}", "several runs have this value"),
            ("{mgp(egfr = 30 mL/min)}", "egfr is no axis of this sweep"),
            ("{median(mgp, warfarin = 3 mg/day)}", "the sweep does not run at warfarin = 3 mg/day"),
            ("{median(mgp, warfarin)}", "\"warfarin\" does not say where"),
            ("{median(low)}", "\"low\" is a condition"),
            ("{share(mgp)}", "\"mgp\" is a value"),
            ("{median(mgp) +}", "a value was expected"),
            ("{", "a brace is not closed"),
        ];
        for (answer, message) in cases {
            let problems = sweep(answer, GRID).unwrap_err();
            assert!(problems.contains(message), "{answer}: {problems}");
        }
    }
}
