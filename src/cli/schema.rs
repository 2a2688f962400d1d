//! `calcifate schema`: the JSON Schema of scenario files.

use crate::cli::outcome::Outcome;
use crate::cli::stand_in;
use crate::cli::terminal::Terminal;

/// Prints the schema.
pub fn schema(terminal: &Terminal) -> Outcome {
    terminal.result(&stand_in::json_schema());
    Outcome::Fine
}
