//! One arm: what ten years of MK-7 change. `cargo run --example one_arm`

#![allow(clippy::print_stdout)] // it prints its results

use calcifate::{ArmBuilder, Scenario};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let scenario = Scenario::builder("Ten years of MK-7")
        .duration("10 years")
        .set("sex", "female")
        .set("age", 60)
        .set("habitual.calcium_diet", "700 mg/day")
        .arm(ArmBuilder::new("k2").take("MK-7 180 ug daily"))
        .build()?;
    let run = scenario.run()?;
    for quantity in ["dp_ucmgp", "cac", "lumbar_spine_bmd"] {
        let start = run.value(&format!("start({quantity})"), "k2")?;
        let end = run.value(&format!("end({quantity})"), "k2")?;
        println!("{quantity}: {start:.2} → {end:.2}");
    }
    let balance = run.balance("k2").ok_or("the arm has no rows")?;
    println!("lost calcium: {:.0e} mg of {:.0} mg", balance.residual_mg, balance.eaten_mg);
    Ok(())
}

#[test]
fn runs() -> Result<(), Box<dyn Error>> {
    main()
}
