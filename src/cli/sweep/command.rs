//! The `calcifate run` command that repeats one run of a sweep.

use crate::sweep::Sweep;

/// The command, for a POSIX shell.
pub(crate) fn command(sweep: &Sweep, run: u64) -> String {
    let overrides = sweep.overrides(&sweep.plan.values(run));
    let file = &sweep.template.name;
    // A name like an option is a path all the same.
    let file = if file.starts_with('-') { format!("./{file}") } else { file.clone() };
    let mut words = vec!["calcifate".to_owned(), "run".to_owned(), file];
    for arm in &overrides.arms {
        words.extend(["--arm".to_owned(), arm.clone()]);
    }
    for (key, value) in overrides.texts() {
        words.extend(["--set".to_owned(), format!("{key}={value}")]);
    }
    if let Some(hypothesis) = overrides.hypothesis {
        words.extend(["--hypothesis".to_owned(), hypothesis.name().to_owned()]);
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
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

/// A word as a shell takes it literally.
fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "_-./=+,:@".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_survive_the_shell() {
        assert_eq!(quoted("a/b-c.toml"), "a/b-c.toml");
        assert_eq!(quoted("mk7_supplement=30 ug/day"), "'mk7_supplement=30 ug/day'");
        assert_eq!(quoted("it's"), "'it'\\''s'");
    }
}
