//! `calcifate schema`: the JSON Schema of scenario, sweep or exercise files.

use crate::class::keys::EXERCISE;
use crate::cli::arguments::commands::SchemaOf;
use crate::cli::exit_status::{CommandResult, ExitStatus};
use crate::cli::terminal::Terminal;
use crate::form::schema::json_schema;
use crate::scenario::keys::SCENARIO;
use crate::sweep::file::SWEEP;

pub(crate) fn schema(of: SchemaOf, terminal: &Terminal) -> CommandResult {
    let form = match of {
        SchemaOf::Scenario => &SCENARIO,
        SchemaOf::Sweep => &SWEEP,
        SchemaOf::Exercise => &EXERCISE,
    };
    terminal.result(&format!("{:#}\n", json_schema(form)));
    Ok(ExitStatus::Success)
}
