//! The engine of the explorer for a browser: `interface` has the three functions that the page
//! calls, `calcifate::Explorer` answers. `web/app/engine.js` is the other side.

mod interface;

pub use interface::{allocate, answer, release};
