//! `calcifate merge`: the shards of a sweep become one.

use crate::cli::arguments::Merge;
use crate::cli::outcome::Outcome;
use crate::cli::sweep::figures::{self, Drawn};
use crate::cli::sweep::summary::ending;
use crate::cli::terminal::Terminal;
use crate::storage::merge;

/// Puts shards together and tells how the whole sweep went.
pub fn merge(wanted: &Merge, terminal: &Terminal) -> Outcome {
    match merge::merge(&wanted.folders, &wanted.output, wanted.force) {
        Ok(merged) => {
            merged.notes.iter().for_each(|note| terminal.remark(note));
            let on = terminal.colored_results;
            let drawn = if wanted.no_figures {
                Drawn::default()
            } else {
                figures::draw_merged(&merged.path)
            };
            let text = ending(merged.runs, &merged.found, &merged.path, None, &drawn, on);
            terminal.result(&text);
            let outcome = if merged.found.failed > 0 { Outcome::Failed } else { Outcome::Fine };
            drawn.outcome(outcome, terminal)
        }
        Err(failure) => {
            terminal.error(&failure.to_string());
            Outcome::Failed
        }
    }
}
