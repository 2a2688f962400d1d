//! `calcifate schema`: the JSON Schema of scenario or sweep files.

use crate::cli::arguments::SchemaOf;
use crate::cli::exit_status::{CommandResult, ExitStatus};
use crate::cli::terminal::Terminal;
use crate::scenario::schema;
use crate::sweep::file;

/// Prints the schema.
pub fn schema(of: SchemaOf, terminal: &Terminal) -> CommandResult {
    let schema = match of {
        SchemaOf::Scenario => schema::json_schema(),
        SchemaOf::Sweep => file::json_schema(),
    };
    let schema = serde_json::json!(schema);
    terminal.result(&format!("{schema:#}\n"));
    Ok(ExitStatus::Success)
}
