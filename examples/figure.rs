//! A figure of a lesson file, written beside the program's output. `cargo run --example figure`

#![allow(clippy::print_stdout)] // it prints its results

use calcifate::Scenario;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let lesson = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/calcium_paradox.toml");
    let run = Scenario::from_path(lesson)?.run()?;
    for (says, verdict) in run.claims() {
        println!(
            "{} {says} ({})",
            if verdict.holds() == Some(true) { "✓" } else { "✗" },
            verdict.text
        );
    }
    let figure = run.figure("paradox")?;
    let path = std::env::temp_dir().join("calcifate_paradox.svg");
    std::fs::write(&path, &figure.svg)?;
    println!("{}\n{}", figure.title, path.display());
    Ok(())
}

#[test]
fn runs() -> Result<(), Box<dyn Error>> {
    main()
}
