//! The engine against theory, independent implementations, published trials and its own history.
//!
//! Part of the library's own test program: these tests reach into the engine, which is not public.

pub(crate) mod arms;
mod equations;
mod evidence;
mod lanes;
mod lasting_effects;
mod lessons;
mod lived_start;
mod meal_foods;
mod methods;
mod physiology;
mod reference;
mod reference_rows;
mod rows_between;
mod solver_behavior;
mod solver_order;
mod solver_problems;
mod solver_speed;
mod stiff_problems;
mod targets;
mod verdicts;
mod work_counts;
