//! A verdict file, read in both hypothesis sets.

use crate::error::problem::Problem;
use crate::error::suggest::did_you_mean;
use crate::evidence::trial::Trial;
use crate::form::problems::Problems;
use crate::form::{Read, ShippedFile, stem};
use crate::parameters::Hypothesis;
use crate::scenario::statement::Statement;
use crate::scenario::{Loaded, Overrides, Scenario, load};
use crate::verdicts::VERDICTS;

/// A statement with the scenario that tests it.
#[derive(Clone, Debug)]
pub(crate) struct VerdictFile {
    pub statement: Statement,
    /// One for each set, in their order.
    pub scenarios: Vec<Scenario>,
    /// The same without the assumption, if there is one.
    pub otherwise: Option<Vec<Scenario>>,
}

/// A file after reading: what it says, unless there were errors.
#[derive(Clone, Debug)]
pub(crate) struct ReadFile {
    pub file: Option<VerdictFile>,
    /// The texts that were read, with their names, so that places can be shown.
    pub texts: Vec<(String, String)>,
    pub problems: Vec<Problem>,
}

/// Reads the file `name` with text `text`, which may name these trials; `read` as of [`load`].
pub(crate) fn read(name: &str, text: &str, trials: &[Trial], read: Read<'_>) -> ReadFile {
    let in_set = |set: Hypothesis, changes: &Overrides| {
        let hypothesis = Some(set.name().to_owned());
        load(name, text, &Overrides { hypothesis, ..changes.clone() }, read)
    };
    let sets = |changes: &Overrides| Hypothesis::ALL.map(|set| in_set(set, changes));
    let own = sets(&Overrides::default());
    let [Loaded { texts, problems: list, .. }, _] = own.clone();
    let mut problems = Problems::of(list, texts.clone());
    let scenarios: Vec<Scenario> = own.into_iter().filter_map(|loaded| loaded.scenario).collect();
    let statement = scenarios.first().and_then(|scenario| scenario.statement.clone());
    if statement.is_none() && !scenarios.is_empty() {
        let help = "a verdict file is a scenario file with a section [verdict]: id, topic, kind, \
                    statement, physiologist (calcifate run runs other scenarios)";
        problems.without_span(format!("{name} puts no statement to the test"), help);
    }
    for (id, span) in statement.iter().flat_map(|statement| &statement.trials) {
        if !trials.iter().any(|trial| trial.id == *id) {
            let meant = did_you_mean(id, trials.iter().map(|trial| trial.id.as_str()));
            let help = format!("{meant}`calcifate evidence` shows all rows.");
            problems.error(span, format!("no row of the evidence table is \"{id}\""), "", help);
        }
    }
    let assumption = statement.as_ref().and_then(|statement| statement.assumption.as_ref());
    let otherwise = assumption.map(|assumption| {
        let set = assumption.otherwise.clone();
        sets(&Overrides { set, beyond_range: true, ..Overrides::default() })
    });
    if let Some([first, _]) = &otherwise {
        let errors = first.problems.iter().filter(|problem| problem.is_error());
        problems.shifted(errors.cloned().collect(), 0);
    }
    let otherwise = otherwise.map(|sets| sets.into_iter().filter_map(|one| one.scenario).collect());
    let sound = !problems.has_errors();
    let file = statement.filter(|_| sound).map(|statement| VerdictFile {
        statement,
        scenarios,
        otherwise,
    });
    ReadFile { file, texts, problems: problems.sorted() }
}

/// The shipped files; each may extend another one.
pub(crate) fn shipped(trials: &[Trial]) -> Vec<ReadFile> {
    let beside = |path: &str, _: &str| {
        let file = VERDICTS.iter().find(|own| own.name == stem(path));
        let file = file.ok_or_else(|| format!("no shipped statement is called {path}"))?;
        Ok((shown(file), file.text.to_owned()))
    };
    let own = |file: &ShippedFile| {
        let read = read(&shown(file), file.text, trials, &beside);
        // What is unusual in a shipped file is meant.
        let problems = read.problems.iter().filter(|problem| problem.is_error()).cloned().collect();
        ReadFile { problems, ..read }
    };
    VERDICTS.iter().map(own).collect()
}

fn shown(file: &ShippedFile) -> String {
    format!("scenarios/verdicts/{}.toml", file.name)
}
