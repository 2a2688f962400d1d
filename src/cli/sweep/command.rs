//! The `calcifate run` command that repeats one run of a sweep.

use crate::printed::{shell_path, shell_word};
use crate::sweep::Sweep;

/// The command, for a POSIX shell.
pub(crate) fn command(sweep: &Sweep, run: u64) -> String {
    let overrides = sweep.overrides(&sweep.plan.values(run));
    let mut words = Vec::new();
    for arm in &overrides.arms {
        words.extend(["--arm".to_owned(), arm.clone()]);
    }
    for (key, value) in overrides.texts() {
        words.extend(["--set".to_owned(), format!("{key}={value}")]);
    }
    if let Some(hypothesis) = overrides.hypothesis {
        words.extend(["--hypothesis".to_owned(), hypothesis]);
    }
    if overrides.beyond_range {
        words.push("--beyond-range".to_owned());
    }
    let usual = crate::simulation::Options::default();
    if sweep.options.method != usual.method {
        words.extend(["--method".to_owned(), sweep.options.method.name().to_owned()]);
    }
    if sweep.options.relative_tolerance != usual.relative_tolerance {
        words.extend(["--rtol".to_owned(), sweep.options.relative_tolerance.to_string()]);
    }
    let words = words.iter().map(|word| shell_word(word));
    let command = ["calcifate".to_owned(), "run".to_owned(), shell_path(&sweep.template.name)];
    command.into_iter().chain(words).collect::<Vec<_>>().join(" ")
}
