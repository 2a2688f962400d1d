//! A dose curve: inactive MGP under ever more MK-7. `cargo run --example dose_curve`

#![allow(clippy::print_stdout)] // it prints its results

use calcifate::{Scenario, Sweep};
use std::error::Error;

const SWEEP: &str = r#"
[vary]
mk7_supplement = "0 … 360 ug/day step 60"
[outcomes]
inactive_mgp = "end(dp_ucmgp)"
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let base = Scenario::builder("MK-7").duration("1 year").set("age", 60).build()?;
    let run = Sweep::parse(SWEEP, &base)?.run()?;
    let table = run.table();
    for column in table.columns() {
        println!("{} [{}]: {}", column.name, column.unit, column.meaning);
    }
    let doses = table.numbers("mk7_supplement_ug_per_day").ok_or("no doses")?;
    let inactive = table.numbers("inactive_mgp").ok_or("no outcome")?;
    for (dose, value) in doses.iter().zip(&inactive) {
        println!("{dose:5} µg a day: {value:.0} pmol/L");
    }
    Ok(())
}

#[test]
fn runs() -> Result<(), Box<dyn Error>> {
    main()
}
