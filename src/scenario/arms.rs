//! From decoded tables to resolved arms: `like`, `take`, `stop`, foods, phases.
