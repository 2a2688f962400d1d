//! The model in the languages of other programs.
//!
//! [`sbml`] writes one arm as a document of the Systems Biology Markup Language. `recorded` runs
//! the model once with numbers that record, `names` lists its named parts, `equations` takes
//! the recording apart, `expression` writes it with its `units`, `xml` makes the text. No equation
//! is repeated here.

mod equations;
mod expression;
mod names;
mod recorded;
pub mod sbml;
mod units;
mod xml;
