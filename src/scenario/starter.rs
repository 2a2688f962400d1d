//! Starter.
