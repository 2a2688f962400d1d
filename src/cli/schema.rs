//! `calcifate schema`: the JSON Schema of scenario files.

use crate::cli::outcome::Outcome;
use crate::cli::terminal::Terminal;
use crate::scenario::schema::json_schema;

/// Prints the schema.
pub fn schema(terminal: &Terminal) -> Outcome {
    let schema = serde_json::json!(json_schema());
    terminal.result(&format!("{schema:#}\n"));
    Outcome::Fine
}
