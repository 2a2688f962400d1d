//! The `calcifate run` command that repeats one run of a sweep.

use crate::report::repeat;
use crate::sweep::Sweep;

/// The command, for a POSIX shell.
pub(crate) fn command(sweep: &Sweep, run: u64) -> String {
    let overrides = sweep.overrides(&sweep.plan.values(run));
    repeat::command(&sweep.template.name, &overrides, &sweep.options)
}
