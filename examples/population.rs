//! A population: 64 women, each with and without MK-7. `cargo run --example population`

#![allow(clippy::print_stdout)] // it prints its results

use calcifate::{ArmBuilder, Scenario, Sweep};
use std::error::Error;

const SWEEP: &str = r#"
seed = 1
[population]
people = 64
age = "uniform 50 … 75"
calcium_diet = "normal 800 ± 200 mg/day, 300 … 1500"
[outcomes]
less_calcium_in_arteries = "end(cac) in usual - end(cac) in k2"
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let base = Scenario::builder("K2 in people")
        .duration("10 years")
        .set("sex", "female")
        .arm(ArmBuilder::new("usual"))
        .arm(ArmBuilder::new("k2").take("MK-7 180 ug daily"))
        .build()?;
    let run = Sweep::parse(SWEEP, &base)?.run()?;
    let table = run.table();
    let mut less = table.numbers("less_calcium_in_arteries").ok_or("no outcome")?;
    less.sort_by(f64::total_cmp);
    let at = |share: usize| less.get(less.len() * share / 100).copied().unwrap_or(f64::NAN);
    println!("{} women: {:.0} AU less ({:.0} to {:.0})", less.len(), at(50), at(5), at(95));
    Ok(())
}

#[test]
fn runs() -> Result<(), Box<dyn Error>> {
    main()
}
