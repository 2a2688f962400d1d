//! Facts about the program that every output carries. It knows nothing else of the crate.

/// Name and version of the program.
pub(crate) const PROGRAM: &str = concat!("calcifate ", env!("CARGO_PKG_VERSION"));

/// Version of the equations and their numbers.
pub const MODEL_VERSION: &str = "3.1";

/// Disclaimer as a sentence: in the help, below summaries, in the text of a folder.
pub const DISCLAIMER: &str = "Educational model, population average, not medical advice.";

/// Disclaimer as a phrase: in manifests, figures and documents for other programs.
pub(crate) const SHORT_DISCLAIMER: &str = "educational model, not medical advice";
