//! How to repeat what a page shows.

use crate::about::{MODEL_VERSION, PROGRAM};
use crate::printed::{shell_path, shell_word};
use crate::report::document::{Block, Section};
use crate::scenario::Overrides;
use crate::simulation::Options;
use crate::words::catalogue::message;

/// The command that runs a scenario file with these changes.
pub(crate) fn command(file: &str, overrides: &Overrides, options: &Options) -> String {
    let mut words = Vec::new();
    for arm in &overrides.arms {
        words.extend(["--arm".to_owned(), arm.clone()]);
    }
    for (key, value) in overrides.texts() {
        words.extend(["--set".to_owned(), format!("{key}={value}")]);
    }
    if let Some(hypothesis) = &overrides.hypothesis {
        words.extend(["--hypothesis".to_owned(), hypothesis.clone()]);
    }
    if overrides.beyond_range {
        words.push("--beyond-range".to_owned());
    }
    let usual = Options::default();
    if options.method != usual.method {
        words.extend(["--method".to_owned(), options.method.name().to_owned()]);
    }
    if options.relative_tolerance != usual.relative_tolerance {
        words.extend(["--rtol".to_owned(), options.relative_tolerance.to_string()]);
    }
    let words = words.iter().map(|word| shell_word(word));
    let command = ["calcifate".to_owned(), "run".to_owned(), shell_path(file)];
    command.into_iter().chain(words).collect::<Vec<_>>().join(" ")
}

/// Command, versions and the files themselves.
pub(crate) fn section(command: String, texts: &[(String, String)]) -> Section {
    let mut blocks = vec![
        Block::Paragraph(message!(report.repeat_words, program = PROGRAM, model = MODEL_VERSION)),
        Block::Preformatted(command),
    ];
    blocks.extend(texts.iter().map(|(name, text)| {
        let summary = message!(report.file, name);
        Block::more(summary, vec![Block::Preformatted(text.trim_end().to_owned())])
    }));
    Section { id: "repeat", heading: message!(report.repeat), blocks }
}
