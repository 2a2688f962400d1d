//! Work that cargo alone does not do: `cargo xtask explorer` makes `target/explorer/explorer.html`, the
//! page with the engine inside, into which `calcifate explore` writes scenarios and words.

mod bundle;
mod explorer;
#[path = "../../src/report/modules.rs"]
mod modules;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let done = match arguments.next().as_deref() {
        Some("explorer") => explorer::make(),
        _ => Err("cargo xtask explorer: makes target/explorer/explorer.html".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
