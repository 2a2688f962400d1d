//! The model in the languages of other programs.
//!
//! [`sbml`] writes one arm as a document of the Systems Biology Markup Language. `recorded` runs
//! the model once with numbers that record, `equations` takes the recording apart, `expression`
//! writes it with its `units`, `xml` makes the text. No equation stands here, and no name or unit
//! of the model: those stand with the fields of its structures (`physiology::named`).

mod equations;
pub(crate) mod expression;
pub(crate) mod recorded;
pub(crate) mod sbml;
mod units;
