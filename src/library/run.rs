//! A scenario that has run: the course of each arm, its calcium balance, the judged claims.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::checks::calcium_balance::CalciumBalance;
use crate::checks::claims::{Verdict, judge, mean_of_last_day, value};
use crate::checks::plausible_ranges::{Departure, departures};
use crate::error::failure::RunFailure;
use crate::error::problem::{Misread, Problem, Problems, SourceSpan};
use crate::physiology::quantities::{QUANTITIES, Quantity, in_order, quantity};
use crate::physiology::segment_inputs::Resolution;
use crate::scenario::claims::{Claim, Expression, Scope};
use crate::scenario::{Arm, Scenario};
use crate::simulation::{ArmRun, Options, run_arm};
use crate::threads;
use crate::words::catalogue::message;
use crate::words::names::inside;
use crate::words::numbers::{at_most, clinical, measured};

/// More rows than this are no summary.
const MOST_ROWS: usize = 12;

/// Steps in which the progress of an arm is counted.
const STEPS: u32 = 1000;

/// The runs of some arms, side by side and in their order.
///
/// `watch` is called now and then with the share done of all; `false` ends the runs.
pub(crate) fn run_all(
    arms: &[&Arm],
    options: &Options,
    watch: &(dyn Fn(f64) -> bool + Sync),
) -> Vec<ArmRun> {
    let done = AtomicU64::new(0);
    let all = arms.len().max(1) as f64 * f64::from(STEPS);
    threads::map(0..arms.len(), |index| {
        let mut own = 0;
        let mut step = |share: f64| {
            let now = steps(share).max(own);
            let before = done.fetch_add(now - own, Ordering::Relaxed);
            let share = (before + now - own) as f64 / all;
            own = now;
            watch(share)
        };
        arms.get(index).map(|arm| run_arm(arm, options, &mut step))
    })
    .into_iter()
    .flatten()
    .collect()
}

fn steps(share: f64) -> u64 {
    (share.clamp(0.0, 1.0) * f64::from(STEPS)) as u64
}

/// A scenario that has run, judged.
///
/// ```
/// use calcifate::{ArmBuilder, Scenario};
///
/// let k2 = ArmBuilder::new("k2").take("MK-7 180 ug daily");
/// let scenario = Scenario::builder("MK-7").duration("1 year").arm(k2).build()?;
/// let run = scenario.run()?;
/// let course = run.series("dp_ucmgp", "k2")?;
/// assert!(course.last() < course.first());
/// let fall = run.value("change(dp_ucmgp)", "k2")?;
/// assert!(fall < 0.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Run {
    pub(crate) scenario: Scenario,
    /// One run per arm; an engine that remembers runs has them, too.
    pub(crate) runs: Vec<Arc<ArmRun>>,
    /// One balance per arm; none of an arm without rows.
    pub(crate) balances: Vec<Option<CalciumBalance>>,
    /// One verdict per claim; none if a run ended early.
    pub(crate) verdicts: Vec<Verdict>,
    /// Read-outs that left the range of a living person, with their arm.
    pub(crate) departures: Vec<(String, Departure)>,
}

impl Run {
    /// Checks the runs of a scenario's arms.
    pub(crate) fn judged(scenario: Scenario, runs: Vec<impl Into<Arc<ArmRun>>>) -> Self {
        let runs: Vec<Arc<ArmRun>> = runs.into_iter().map(Into::into).collect();
        let arms = || scenario.arms.iter().zip(&runs);
        let balances = runs.iter().map(|run| CalciumBalance::of(&run.trajectory)).collect();
        let found = arms().flat_map(|(arm, run)| {
            let found = departures(QUANTITIES.iter(), &run.trajectory);
            found.into_iter().map(|departure| (arm.name.clone(), departure))
        });
        let departures = found.collect();
        let find =
            |name: &str| arms().find(|(arm, _)| arm.name == name).map(|(_, run)| &run.trajectory);
        let whole = runs.iter().all(|run| run.failure.is_none());
        let claims = scenario.claims.iter().filter(|_| whole);
        let verdicts = claims.map(|claim| judge(&claim.comparison, &find)).collect();
        Self { scenario, runs, balances, verdicts, departures }
    }

    /// The arms with their runs.
    pub(crate) fn arms(&self) -> impl Iterator<Item = (&Arm, &ArmRun)> {
        self.scenario.arms.iter().zip(self.runs.iter().map(Arc::as_ref))
    }

    /// The balances of the arms that have rows.
    pub(crate) fn balances(&self) -> impl Iterator<Item = (&Arm, &CalciumBalance)> {
        let arms = self.scenario.arms.iter().zip(&self.balances);
        arms.filter_map(|(arm, balance)| Some((arm, balance.as_ref()?)))
    }

    /// The read-outs that left the range of a living person: a sentence for each arm, about the first
    /// of them, with the names of the others.
    pub(crate) fn told_departures(&self) -> impl Iterator<Item = String> {
        self.scenario.arms.iter().filter_map(|arm| {
            let own = self.departures.iter().filter(|(name, _)| *name == arm.name);
            let mut own: Vec<&Departure> = own.map(|(_, departure)| departure).collect();
            own.sort_by(|one, other| one.first_day.total_cmp(&other.first_day));
            let (first, others) = own.split_first()?;
            let told = message!(
                report.departure,
                arm = arm.label,
                quantity = first.quantity.label,
                worst = measured(first.quantity, first.worst),
                day = at_most(first.first_day, 1)
            );
            let others: Vec<String> =
                others.iter().map(|other| inside(other.quantity.label)).collect();
            if others.is_empty() {
                return Some(told);
            }
            Some(message!(report.departures, told, others = others.join(", ")))
        })
    }

    /// Why arms ended early.
    pub(crate) fn failures(&self) -> impl Iterator<Item = &RunFailure> {
        self.runs.iter().filter_map(|run| run.failure.as_ref())
    }

    /// True if every arm reached its end.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.failures().next().is_none()
    }

    /// The scenario that has run.
    #[must_use]
    pub const fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The course of an arm; `None` if there is no arm of that name.
    #[must_use]
    pub fn arm(&self, name: &str) -> Option<&ArmRun> {
        self.arms().find(|(arm, _)| arm.name == name).map(|(_, run)| run)
    }

    /// The calcium balance of an arm; `None` if there is no arm of that name, or no row of it.
    #[must_use]
    pub fn balance(&self, arm: &str) -> Option<&CalciumBalance> {
        self.balances().find(|(known, _)| known.name == arm).map(|(_, balance)| balance)
    }

    /// The claims in words, each with its judgement; none if an arm ended early.
    pub fn claims(&self) -> impl Iterator<Item = (&str, &Verdict)> {
        self.judged_claims().map(|(claim, verdict)| (claim.says.as_str(), verdict))
    }

    pub(crate) fn judged_claims(&self) -> impl Iterator<Item = (&Claim, &Verdict)> {
        self.scenario.claims.iter().zip(&self.verdicts)
    }

    /// True if an arm resolves single doses or meals: a midnight is no usual hour then.
    pub(crate) fn is_resolved(&self) -> bool {
        self.arms().any(|(arm, _)| arm.resolution != Resolution::Averaged)
    }

    /// The value for a summary: at the end, or the mean of the last day where that is no usual hour.
    pub(crate) fn summary_value(&self, run: &ArmRun, quantity: &Quantity) -> Option<f64> {
        let trajectory = &run.trajectory;
        if self.is_resolved() {
            return mean_of_last_day(trajectory, quantity);
        }
        trajectory.rows.last().map(|row| row.value(quantity.column))
    }

    /// The quantities of a summary: the usual ones but those that are nothing, then those of the
    /// time courses and of the claims.
    pub(crate) fn summary_quantities(&self) -> Vec<&'static Quantity> {
        let mentioned = self.scenario.claims.iter().flat_map(|claim| {
            claim.text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'))
        });
        let timeline = self.scenario.figures.timeline.iter().copied();
        let named = timeline.chain(mentioned).filter_map(quantity);
        let is_nothing = |quantity: &Quantity| {
            let zero = clinical(quantity, 0.0);
            self.arms().all(|(_, run)| {
                self.summary_value(run, quantity)
                    .is_some_and(|value| clinical(quantity, value) == zero)
            })
        };
        let usual = in_order(|quantity| quantity.summary_place);
        let usual = usual.into_iter().filter(|quantity| !is_nothing(quantity));
        let mut rows: Vec<&'static Quantity> = Vec::new();
        for quantity in usual.chain(named) {
            if rows.len() < MOST_ROWS && !rows.iter().any(|known| known.name == quantity.name) {
                rows.push(quantity);
            }
        }
        rows
    }

    /// A quantity of an arm at every row, in its unit (`calcifate list quantities`).
    ///
    /// # Errors
    /// There is no such quantity or arm.
    pub fn series(&self, quantity: &str, arm: &str) -> Result<Vec<f64>, Problems> {
        let expression = format!("end({quantity})");
        self.expression(&expression, arm)?;
        let found = self.arm(arm).and_then(|run| run.series(quantity));
        found.ok_or_else(|| untold(quantity).into())
    }

    /// A value of an arm in the grammar of claims (`calcifate list claims`): `end(cac)`,
    /// `mean(pth, 2 to 5 years)`; in its usual unit. Other arms can be named: `end(cac) in a`.
    ///
    /// # Errors
    /// The value cannot be read, there is no such arm, or it ended too early.
    pub fn value(&self, expression: &str, arm: &str) -> Result<f64, Problems> {
        let read = self.expression(expression, arm)?;
        let find = |name: &str| self.arm(name).map(|run| &run.trajectory);
        value(&read, &find).ok_or_else(|| untold(expression).into())
    }

    /// Reads a value about an arm, if there is such an arm.
    fn expression(&self, text: &str, arm: &str) -> Result<Expression, Problems> {
        let own = [self.scenario.arm(arm)?.name.clone()];
        let names: Vec<String> = self.scenario.arm_names().map(str::to_owned).collect();
        // An arm that the text names may be another one.
        let start_date = self.scenario.start_date;
        let read = Expression::read(text, Scope { arms: &own, start_date });
        read.or_else(|misread| {
            Expression::read(text, Scope { arms: &names, start_date })
                .map_err(|_| misread_text(text, misread))
        })
    }
}

impl fmt::Debug for Run {
    /// The title and the names of the arms; rows are thousands of numbers.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arms: Vec<&str> = self.scenario.arm_names().collect();
        let mut run = out.debug_struct("Run");
        run.field("title", &self.scenario.title).field("arms", &arms).finish_non_exhaustive()
    }
}

fn untold(what: &str) -> Problem {
    let message = format!("{what} cannot be told");
    Problem::without_span(message, "an arm ended early or a time lies outside the run")
}

/// The error of a text that is no part of a file.
fn misread_text(text: &str, misread: Misread) -> Problems {
    let Misread { message, label, help, bytes } = misread;
    let place = Some(SourceSpan { text: 0, bytes });
    let problem = Problem { label, span: place, ..Problem::without_span(message, help) };
    Problems::of(vec![problem], vec![("value".to_owned(), text.to_owned())])
}

/// A run in which an arm ended early, with everything up to there.
///
/// ```
/// use calcifate::{Options, Scenario};
///
/// let scenario = Scenario::parse("duration = \"1 year\"\n")?;
/// let stopped = scenario.run_with(&Options::default(), &|_| false);
/// let incomplete = stopped.err().ok_or("nobody stopped it")?;
/// assert!(incomplete.to_string().contains("interrupted"), "{incomplete}");
/// let run = incomplete.into_run();
/// let days = run.arm("usual").ok_or("no such arm")?.times_days();
/// assert!(days.last() < Some(&365.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct IncompleteRun {
    run: Box<Run>,
}

impl IncompleteRun {
    /// The run as an error, if an arm of it ended early.
    pub(crate) fn unless_complete(run: Run) -> Result<Run, Self> {
        if run.is_complete() { Ok(run) } else { Err(Self { run: Box::new(run) }) }
    }

    /// Why arms ended early; at least one did.
    pub fn failures(&self) -> impl Iterator<Item = &RunFailure> {
        self.run.failures()
    }

    /// Everything up to the failures.
    #[must_use]
    pub const fn run(&self) -> &Run {
        &self.run
    }

    /// Everything up to the failures.
    #[must_use]
    pub fn into_run(self) -> Run {
        *self.run
    }
}

impl fmt::Display for IncompleteRun {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let failures: Vec<String> = self.failures().map(ToString::to_string).collect();
        out.write_str(&failures.join("\n"))
    }
}

impl fmt::Debug for IncompleteRun {
    /// As text, since programs that end with an error show it so.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl Error for IncompleteRun {}
