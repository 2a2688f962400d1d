//! Arms from texts with turned dials, and the runs that are remembered.

use std::collections::VecDeque;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::error::defect::OrDefect as _;
use crate::error::problem::{Problem, Problems};
use crate::explorer::request::State;
use crate::library::builder::setting_text;
use crate::library::fingerprint::{digits, with_arm};
use crate::library::run::Run;
use crate::scenario::figures::FigurePlan;
use crate::scenario::template::Template;
use crate::scenario::{Arm, Overrides, Scenario, arms_with_remarks, load};
use crate::simulation::{ArmRun, Options, run_arm};

/// Texts that are kept parsed.
const KEPT_TEXTS: usize = 8;
/// Runs that are kept, at most.
const KEPT_RUNS: usize = 16;
/// Rows that kept runs have together, at most; a row has about one kilobyte.
const KEPT_ROWS: usize = 60_000;
/// Arms of one question, at most.
const MOST_ARMS: usize = 8;

/// Parsed texts and runs, the newest last.
#[derive(Debug, Default)]
pub(super) struct States {
    texts: VecDeque<Text>,
    runs: VecDeque<(Arm, Arc<ArmRun>)>,
    /// The hash of all arms but the last of the last comparison, which mostly stay.
    before_last: Option<(Vec<Arm>, Sha256)>,
}

/// A scenario text, parsed once.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub text: String,
    pub template: Template,
    pub scenario: Scenario,
}

/// Arms of a question, with what is unusual in them.
#[derive(Clone)]
pub(super) struct Resolved {
    pub scenario: Scenario,
    pub remarks: Vec<Problem>,
}

/// What was turned, as `--set` and `--hypothesis` of the program.
pub(super) fn overrides(state: &State, arm: &str) -> Overrides {
    let texts = state.settings.iter().map(|(dial, value)| {
        let dial = dial.strip_prefix("foods.").unwrap_or(dial);
        (dial.to_owned(), setting_text(dial, value.clone()))
    });
    let (sets, set): (Vec<_>, Vec<_>) = texts.partition(|(dial, _)| dial == "hypothesis");
    let turned = sets.into_iter().map(|(_, word)| word).next_back();
    let own = Some(state.hypothesis.clone()).filter(|word| !word.is_empty());
    Overrides {
        set,
        hypothesis: own.or(turned),
        arms: vec![arm.to_owned()],
        ..Overrides::default()
    }
}

impl States {
    /// A text, parsed and checked.
    /// Errors: Every problem of it.
    pub(super) fn text(&mut self, text: &str) -> Result<&Text, Problems> {
        if !refreshed(&mut self.texts, |known| known.text == text) {
            let read = |_: &str, _: &str| Err("the page has one text for each scenario".to_owned());
            let loaded = load("scenario.toml", text, &Overrides::default(), &read);
            let Some(scenario) = loaded.scenario else {
                return Err(Problems::of(loaded.problems, loaded.texts));
            };
            let (template, _) = Template::read("scenario.toml", text, &read);
            self.texts.push_back(Text { text: text.to_owned(), template, scenario });
            if self.texts.len() > KEPT_TEXTS {
                self.texts.pop_front();
            }
        }
        Ok(self.texts.back().or_defect("a text that was just added"))
    }

    /// One arm under its settings, with remarks.
    /// Errors: Every problem of text and settings.
    pub(super) fn arm(&mut self, state: &State) -> Result<(Arm, Vec<Problem>), Problems> {
        let text = self.text(&state.scenario)?;
        let wanted = wanted(text, state)?;
        let resolved = arms_with_remarks(&text.template, &overrides(state, &wanted));
        let texts = || text.template.texts.clone();
        let (arms, remarks) = resolved.map_err(|problems| Problems::of(problems, texts()))?;
        let mut arm = arms.into_iter().next().or_defect("an arm that the text has");
        if !state.name.is_empty() {
            arm.name.clone_from(&state.name);
        }
        if !state.label.trim().is_empty() {
            arm.label.clone_from(&state.label);
        }
        Ok((arm, remarks))
    }

    /// The arms of a question as one scenario; titles compare the last with the one before.
    /// Errors: Every problem of texts and settings, or of the number of arms.
    pub(super) fn together(&mut self, states: &[State]) -> Result<Resolved, Problems> {
        let Some(last) = states.last().filter(|_| states.len() <= MOST_ARMS) else {
            let message = format!("a question about {} arms", states.len());
            let help = format!("ask about 1 to {MOST_ARMS} arms");
            return Err(Problem::without_span(message, help).into());
        };
        let (mut arms, mut remarks) = (Vec::new(), Vec::new());
        for state in states {
            let (arm, told) = self.arm(state)?;
            if arms.iter().any(|known: &Arm| known.name == arm.name) {
                let message = format!("two arms are called \"{}\"", arm.name);
                return Err(Problem::without_span(message, "give each arm its own name").into());
            }
            arms.push(arm);
            // Those of the moving arm are told.
            remarks = told;
        }
        let text = self.text(&last.scenario)?;
        let plan = &text.scenario.figures;
        let timeline = plan.timeline.clone();
        let compare = arms.len().checked_sub(2).map(|before| [before, before + 1]);
        let alike = |pair: &[usize; 2]| {
            let [one, other] = pair.map(|at| arms.get(at).map(|arm| &arm.hypothesis));
            one == other
        };
        let scenario = Scenario {
            compare: compare.filter(alike),
            answer: None,
            headline: None,
            arms_under_other_set: None,
            statement: None,
            claims: Vec::new(),
            warnings: Vec::new(),
            figures: FigurePlan { timeline, ..FigurePlan::default() },
            arms,
            ..text.scenario.clone()
        };
        Ok(Resolved { scenario, remarks })
    }

    /// The runs of a scenario's arms; those that were run before are remembered.
    pub(super) fn run(&mut self, scenario: &Scenario) -> Run {
        let runs = scenario.arms.iter().map(|arm| self.run_of(arm)).collect::<Vec<_>>();
        Run::judged(scenario.clone(), runs)
    }

    /// The fingerprint of a run, whose first arms are hashed once while they stay.
    pub(super) fn fingerprint(&mut self, run: &Run) -> String {
        let all: Vec<_> = run.arms().collect();
        let Some(((last, moved), first)) = all.split_last() else { return run.fingerprint() };
        let arms: Vec<Arm> = first.iter().map(|(arm, _)| (*arm).clone()).collect();
        let known = self.before_last.take().filter(|(known, _)| *known == arms);
        let hash = known.map_or_else(
            || first.iter().fold(Sha256::new(), |hash, (arm, run)| with_arm(hash, &arm.name, run)),
            |(_, hash)| hash,
        );
        self.before_last = Some((arms, hash.clone()));
        digits(with_arm(hash, &last.name, moved))
    }

    fn run_of(&mut self, arm: &Arm) -> Arc<ArmRun> {
        // Names and words change no number.
        let nameless = Arm { name: String::new(), label: String::new(), ..arm.clone() };
        if refreshed(&mut self.runs, |(known, _)| *known == nameless)
            && let Some((_, run)) = self.runs.back()
        {
            return Arc::clone(run);
        }
        let run = Arc::new(run_arm(arm, &Options::default(), &mut |_| true));
        // A failure names its arm.
        if run.failure.is_none() {
            self.runs.push_back((nameless, Arc::clone(&run)));
            self.forget();
        }
        run
    }

    /// Forgets the oldest runs that are too many.
    fn forget(&mut self) {
        let rows = |runs: &VecDeque<(Arm, Arc<ArmRun>)>| -> usize {
            runs.iter().map(|(_, run)| run.trajectory.rows.len()).sum()
        };
        while self.runs.len() > KEPT_RUNS || self.runs.len() > 1 && rows(&self.runs) > KEPT_ROWS {
            self.runs.pop_front();
        }
    }

    /// Number of runs that are remembered.
    #[cfg(test)]
    pub(super) fn remembered(&self) -> usize {
        self.runs.len()
    }
}

/// Makes what is known the newest; false if nothing like it is known.
fn refreshed<T>(all: &mut VecDeque<T>, is_meant: impl Fn(&T) -> bool) -> bool {
    let found = all.iter().position(is_meant).and_then(|at| all.remove(at));
    let is_known = found.is_some();
    all.extend(found);
    is_known
}

/// The name of the arm that a state is about.
fn wanted(text: &Text, state: &State) -> Result<String, Problem> {
    let scenario = &text.scenario;
    if state.arm.is_empty() {
        return Ok(scenario.arm_names().next().unwrap_or_default().to_owned());
    }
    scenario.arm(&state.arm).map(|arm| arm.name.clone())
}
