//! Modules of a page as one program, without a tool that bundles.
//!
//! A module has `import { a, b } from './x.js';` lines, one line each, and `export` at the beginning of
//! a line before what it gives. Names at the top of the modules of a page differ: they stand in one
//! function afterwards, and a browser refuses a name that comes twice. `xtask` reads this file, too.

/// The lines of a module without its imports and the words `export`.
pub(crate) fn own_lines(module: &str) -> String {
    let own = module.lines().filter(|line| !line.starts_with("import "));
    own.flat_map(|line| [line.strip_prefix("export ").unwrap_or(line), "\n"]).collect()
}
