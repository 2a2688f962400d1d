//! `calcifate schema`: the JSON Schema of scenario or sweep files.

use crate::cli::arguments::SchemaOf;
use crate::cli::outcome::Outcome;
use crate::cli::terminal::Terminal;
use crate::scenario::schema;
use crate::sweep::file;

/// Prints the schema.
pub fn schema(of: SchemaOf, terminal: &Terminal) -> Outcome {
    let schema = match of {
        SchemaOf::Scenario => schema::json_schema(),
        SchemaOf::Sweep => file::json_schema(),
    };
    let schema = serde_json::json!(schema);
    terminal.result(&format!("{schema:#}\n"));
    Outcome::Fine
}
