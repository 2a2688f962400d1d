//! Why two arms of a scenario end differently, for each outcome.

use crate::charts::layout;
use crate::charts::waterfall::{self, Facts, Share, View};
use crate::error::problem::{Problem, Problems};
use crate::library::arm_looks::looks;
use crate::library::listings::{table, word};
use crate::physiology::quantities::{Endpoint, QUANTITIES};
use crate::plots::{Figure, FigureError};
use crate::scenario::claims::{Expression, Function, Scope, Term};
use crate::scenario::{Arm, Scenario};
use crate::simulation::{Options, run_arm};
use crate::sweep::results_table::ColumnType::{Number, Word};
use crate::sweep::results_table::{CellValue, Table};
use crate::why::by_cause::{Answer, Waterfall, why};
use crate::why::by_effect::{ByEffect, Side, by_effect};

/// The difference between two arms, shared out among its causes and, where it is the end of a bone
/// or wall, among the effects that led there.
#[derive(Clone, Debug)]
pub struct Why {
    /// For each outcome, as written: by cause, then, if there is one, by effect.
    pub(crate) told: Vec<(String, Facts)>,
    pub(crate) runs: usize,
}

impl Scenario {
    /// Shares out the difference between two arms among everything that differs between them, as
    /// exact Shapley values; outcomes of bone and artery if none is named.
    ///
    /// `watch` is called now and then with the share done; `false` ends the runs.
    ///
    /// ```
    /// use calcifate::{ArmBuilder, Options, Scenario};
    ///
    /// let k2 = ArmBuilder::new("k2").take("MK-7 180 ug daily").set("calcium_supplement", 500.0);
    /// let scenario = Scenario::builder("Two causes").duration("1 year");
    /// let scenario = scenario.arm(ArmBuilder::new("usual")).arm(k2).build()?;
    /// let why = scenario.why("usual", "k2", &["end(dp_ucmgp)"], &Options::default(), &|_| true)?;
    /// let shares = why.table().numbers("share").ok_or("no such column")?;
    /// let run = scenario.run()?;
    /// let whole = run.value("end(dp_ucmgp)", "k2")? - run.value("end(dp_ucmgp)", "usual")?;
    /// assert!((shares.iter().sum::<f64>() - whole).abs() < 1e-6 * whole.abs());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// There is no such arm or outcome, the arms do not differ or run equally long, or a mixture of
    /// them did not run to its end.
    pub fn why(
        &self,
        from: &str,
        to: &str,
        outcomes: &[&str],
        options: &Options,
        watch: &(dyn Fn(f64) -> bool + Sync),
    ) -> Result<Why, Problems> {
        let (from, to) = (self.arm(from)?, self.arm(to)?);
        let outcomes = read(outcomes, self, from)?;
        let expressions: Vec<Expression> = outcomes.iter().map(|(_, one)| one.clone()).collect();
        let answer = why(from, to, &expressions, options, watch)
            .map_err(|reason| Problem::without_span(reason, ""))?;
        let run = |arm: &Arm| {
            let run = run_arm(arm, options, &mut |_| watch(1.0));
            let failed = |failure| Err(Problem::without_span(failure, ""));
            run.failure.map_or(Ok(run.trajectory), failed)
        };
        let (one, other) = (run(from)?, run(to)?);
        let sides = [Side { arm: from, course: &one }, Side { arm: to, course: &other }];
        let mut told = Vec::new();
        for (waterfall, (text, outcome)) in answer.waterfalls.iter().zip(&outcomes) {
            let causes = facts(self, [from, to], (text, outcome), waterfall, &answer);
            let effects = effects(&causes, outcome, sides);
            let both = std::iter::once(causes).chain(effects);
            told.extend(both.map(|facts| (text.clone(), facts)));
        }
        Ok(Why { told, runs: answer.runs })
    }
}

impl Why {
    /// One row for each outcome and cause, then effect, the largest share first; the shares of an
    /// outcome by either sum to the difference between the arms.
    #[must_use]
    pub fn table(&self) -> Table {
        let columns = [
            ("outcome", Word, "1", "as written"),
            ("by", Word, "1", "cause, or effect of all causes together"),
            ("cause", Word, "1", "what differs between the arms, or the effect"),
            ("exchanged", Word, "1", "its value in the first arm and in the second"),
            ("share", Number, "1", "its share of the difference, in the unit"),
            ("unit", Word, "1", "unit of the share"),
        ];
        let rows = self.told.iter().flat_map(|(outcome, facts)| {
            let by = match facts.view {
                View::Cause => "cause",
                View::Effect => "effect",
            };
            facts.shares.iter().map(move |share| {
                let mut row = [outcome, by, &share.label, &share.change].map(word).to_vec();
                row.extend([CellValue::Number(share.value), word(&facts.unit)]);
                row
            })
        });
        table(&columns, rows.collect())
    }

    /// The waterfalls of each outcome.
    ///
    /// # Errors
    /// One could not be drawn.
    pub fn figures(&self) -> Result<Vec<Figure>, FigureError> {
        self.told.iter().map(|(_, facts)| layout::figure(&waterfall::chart(facts), "why")).collect()
    }
}

/// The wanted outcomes of the first arm, as written and read; those of bone and artery if none.
pub(crate) fn read(
    wanted: &[&str],
    scenario: &Scenario,
    from: &Arm,
) -> Result<Vec<(String, Expression)>, Problem> {
    let own = [from.name.clone()];
    let all: Vec<String> = scenario.arm_names().map(str::to_owned).collect();
    let texts = if wanted.is_empty() {
        usual_outcomes()
    } else {
        wanted.iter().map(|text| (*text).to_owned()).collect()
    };
    let start_date = scenario.start_date;
    let within = |text: &str, arms| Expression::read(text, Scope { arms, start_date });
    let read = |text: String| match within(&text, &own) {
        Ok(expression) => Ok((text, expression)),
        Err(_) if within(&text, &all).is_ok() => {
            let message = format!("outcome {text}: an outcome is read in both arms");
            Err(Problem::without_span(message, "take `in …` out"))
        }
        Err(misread) => {
            let message = format!("outcome {text}: {}", misread.message);
            Err(Problem::without_span(message, misread.help))
        }
    };
    texts.into_iter().map(read).collect()
}

/// What a difference is asked of unless said otherwise: bone and artery at the end.
pub(crate) fn usual_outcomes() -> Vec<String> {
    let main = QUANTITIES.iter().filter(|quantity| quantity.endpoint == Some(Endpoint::Main));
    main.map(|quantity| format!("end({})", quantity.name)).collect()
}

/// The same difference by effect; `None` for outcomes that are not the end of a bone or wall.
fn effects(causes: &Facts, outcome: &Expression, [from, to]: [Side<'_>; 2]) -> Option<Facts> {
    let Term::Reading(reading) = &outcome.term else { return None };
    if reading.function != Function::End || reading.to_day.is_some() {
        return None;
    }
    let ByEffect { ends, shares } = by_effect(from, to, reading.quantity)?;
    let unit = (causes.ends.1 - causes.ends.0) / (ends.1 - ends.0);
    let scale = if unit.is_finite() { unit } else { 1.0 };
    let share = |(label, value)| Share { label, change: String::new(), value: value * scale };
    let shares = shares.into_iter().map(share).collect();
    let facts = Facts { shares, view: View::Effect, interaction: None, ..causes.clone() };
    Some(facts.with_enough_decimals())
}

/// The numbers of a waterfall from one arm to another.
pub(crate) fn facts(
    scenario: &Scenario,
    [from, to]: [&Arm; 2],
    (text, outcome): (&str, &Expression),
    waterfall: &Waterfall,
    answer: &Answer,
) -> Facts {
    let label = |index: usize| {
        answer.causes.get(index).map_or_else(String::new, |cause| cause.label.clone())
    };
    let shares = answer.causes.iter().zip(&waterfall.shares).map(|(cause, value)| Share {
        label: cause.label.clone(),
        change: if cause.from.is_empty() {
            String::new()
        } else {
            format!("{} → {}", cause.from, cause.to)
        },
        value: *value,
    });
    let mut shares: Vec<Share> = shares.collect();
    shares.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
    let strongest = waterfall.interactions.iter().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
    let difference = (waterfall.ends.1 - waterfall.ends.0).abs();
    let strongest = strongest.filter(|(_, value)| value.abs() > 0.01 * difference);
    let mut sets = vec![from.hypothesis.name(), to.hypothesis.name()];
    sets.dedup();
    let (words, decimals) = match &outcome.term {
        Term::Reading(reading) => (reading.quantity.label.to_owned(), reading.quantity.decimals),
        _ => (text.to_owned(), 2),
    };
    let looks = looks(&scenario.arms);
    let look = |arm: &Arm| {
        let place = scenario.arms.iter().position(|own| own.name == arm.name);
        place.and_then(|place| looks.get(place).copied()).unwrap_or_default()
    };
    Facts {
        scenario: scenario.title.clone(),
        hypothesis: sets.join(", "),
        outcome: words,
        unit: outcome.measure.unit.clone(),
        decimals,
        arms: [from.label.clone(), to.label.clone()],
        looks: [from, to].map(look),
        ends: waterfall.ends,
        shares,
        view: View::Cause,
        interaction: strongest.map(|((one, other), value)| (label(*one), label(*other), *value)),
    }
    .with_enough_decimals()
}
