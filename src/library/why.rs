//! Why two arms of a scenario end differently, for each outcome.

use crate::charts::waterfall::{self, Facts, Share};
use crate::error::problem::{Problem, Problems};
use crate::error::suggest::known_words;
use crate::library::listings::table;
use crate::physiology::quantities::{Endpoint, QUANTITIES};
use crate::plots::{Figure, FigureError};
use crate::scenario::claims::{Expression, Term};
use crate::scenario::{Arm, Scenario};
use crate::simulation::Options;
use crate::sweep::results_table::ColumnType::{Number, Word};
use crate::sweep::results_table::{CellValue, Table};
use crate::why::by_cause::{Answer, Waterfall, why};

/// The difference between two arms, shared out among its causes, for each outcome.
#[derive(Clone, Debug)]
pub struct Why {
    /// The outcomes as written.
    pub(crate) outcomes: Vec<String>,
    /// One for each outcome.
    pub(crate) facts: Vec<Facts>,
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
        let (from, to) = (arm(self, from)?, arm(self, to)?);
        let outcomes = read(outcomes, from)?;
        let expressions: Vec<Expression> = outcomes.iter().map(|(_, one)| one.clone()).collect();
        let answer = why(from, to, &expressions, options, watch)
            .map_err(|reason| Problem::without_span(reason, ""))?;
        let all = answer.waterfalls.iter().zip(&outcomes);
        let facts =
            all.map(|(waterfall, outcome)| facts(self, [from, to], outcome, waterfall, &answer));
        Ok(Why {
            facts: facts.collect(),
            outcomes: outcomes.iter().map(|(text, _)| text.clone()).collect(),
            runs: answer.runs,
        })
    }
}

impl Why {
    /// One row for each outcome and cause, the largest share first; the shares of an outcome sum to
    /// the difference between the arms.
    #[must_use]
    pub fn table(&self) -> Table {
        let columns = [
            ("outcome", Word, "1", "as written"),
            ("cause", Word, "1", "what differs between the arms"),
            ("exchanged", Word, "1", "its value in the first arm and in the second"),
            ("share", Number, "1", "its share of the difference, in the unit"),
            ("unit", Word, "1", "unit of the share"),
        ];
        let all = self.outcomes.iter().zip(&self.facts);
        let rows = all.flat_map(|(outcome, facts)| {
            facts.shares.iter().map(move |share| {
                let [outcome, cause, change, unit] =
                    [outcome, &share.label, &share.change, &facts.unit]
                        .map(|text| CellValue::Word(text.clone()));
                vec![outcome, cause, change, CellValue::Number(share.value), unit]
            })
        });
        table(&columns, rows.collect())
    }

    /// The waterfall of each outcome.
    ///
    /// # Errors
    /// One could not be drawn.
    pub fn figures(&self) -> Result<Vec<Figure>, FigureError> {
        self.facts.iter().map(waterfall::draw).collect()
    }
}

fn arm<'a>(scenario: &'a Scenario, name: &str) -> Result<&'a Arm, Problem> {
    let found = scenario.arms.iter().find(|arm| arm.name == name);
    found.ok_or_else(|| {
        let help = known_words("Arms", name, scenario.arm_names());
        Problem::without_span(format!("unknown arm \"{name}\""), help)
    })
}

/// The wanted outcomes of the first arm, as written and read; those of bone and artery if none.
fn read(wanted: &[&str], from: &Arm) -> Result<Vec<(String, Expression)>, Problem> {
    let own = [from.name.clone()];
    let usual = QUANTITIES.iter().filter(|quantity| quantity.endpoint == Some(Endpoint::Main));
    let texts: Vec<String> = if wanted.is_empty() {
        usual.map(|quantity| format!("end({})", quantity.name)).collect()
    } else {
        wanted.iter().map(|text| (*text).to_owned()).collect()
    };
    let read = |text: String| match Expression::read(&text, &own) {
        Ok(expression) => Ok((text, expression)),
        Err(misread) => {
            let message = format!("outcome {text}: {}", misread.message);
            Err(Problem::without_span(message, misread.help))
        }
    };
    texts.into_iter().map(read).collect()
}

fn facts(
    scenario: &Scenario,
    [from, to]: [&Arm; 2],
    (text, outcome): &(String, Expression),
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
        _ => (text.clone(), 2),
    };
    Facts {
        scenario: scenario.title.clone(),
        hypothesis: sets.join(", "),
        outcome: words,
        unit: outcome.measure.unit.clone(),
        decimals,
        arms: [from.label.clone(), to.label.clone()],
        ends: waterfall.ends,
        shares,
        interaction: strongest.map(|((one, other), value)| (label(*one), label(*other), *value)),
    }
}
