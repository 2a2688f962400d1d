//! Each example is a program of its own; its test stands at its end.

#[path = "../../examples/dose_curve.rs"]
mod dose_curve;
#[path = "../../examples/figure.rs"]
mod figure;
#[path = "../../examples/one_arm.rs"]
mod one_arm;
#[path = "../../examples/population.rs"]
mod population;
