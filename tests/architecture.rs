//! The house rules as a test: who may import whom, how large a file and a function may be.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // fails loudly

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Module, and the modules that it may use. `cli` may use all.
const MAY_USE: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("units", &["error"]),
    ("real", &[]),
    ("solver", &["real", "error"]),
    ("parameters", &["units", "error"]),
    ("physiology", &["real", "parameters"]),
    ("nutrition", &["units", "error"]),
    ("scenario", &["units", "parameters", "physiology", "nutrition", "error"]),
    ("trajectory", &["physiology", "units"]),
    (
        "simulation",
        &[
            "scenario",
            "nutrition",
            "parameters",
            "physiology",
            "solver",
            "real",
            "trajectory",
            "error",
        ],
    ),
    ("checks", &["scenario", "parameters", "physiology", "trajectory", "units"]),
    (
        "sweep",
        &[
            "scenario",
            "nutrition",
            "parameters",
            "physiology",
            "simulation",
            "trajectory",
            "checks",
            "real", // portable exp and ln, so that samples are the same everywhere
            "units",
            "error",
        ],
    ),
    ("plots", &["physiology", "nutrition", "trajectory", "checks", "units", "error"]),
    (
        "storage",
        &[
            "scenario",
            "parameters",
            "physiology",
            "trajectory",
            "checks",
            "plots",
            "simulation",
            "sweep",
            "error",
        ],
    ),
];

/// External crates and the modules that alone may use them.
const CRATES: &[(&str, &[&str])] = &[
    ("nalgebra", &["real", "solver", "physiology"]),
    ("ode_solvers", &["solver"]),
    ("toml", &["scenario", "storage"]),
    ("rayon", &["cli", "sweep"]),
    ("rand", &["nutrition", "sweep"]),
    ("chacha20", &["nutrition", "sweep"]),
    ("plotters", &["plots"]),
    ("tiny_skia", &["plots"]),
    ("ab_glyph", &["plots"]),
    ("csv", &["storage"]),
    ("parquet", &["storage"]),
    ("arrow_array", &["storage"]),
    ("arrow_schema", &["storage"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("indicatif", &["cli"]),
    ("ctrlc", &["cli"]),
    ("annotate_snippets", &["error", "cli"]),
    ("schemars", &["scenario"]),
    ("strsim", &["error"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn all_sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    sources(&root.join("src"), &mut paths);
    assert!(paths.len() > 30, "found only {} source files", paths.len());
    paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            (path.strip_prefix(root).unwrap().to_owned(), text)
        })
        .collect()
}

/// The module of the house that a file belongs to: `src/plots/style.rs` → `plots`.
fn module_of(path: &Path) -> String {
    let part = path.components().nth(1).unwrap().as_os_str().to_str().unwrap();
    part.trim_end_matches(".rs").to_owned()
}

/// Whether a file holds only tests of its parent module: `tests.rs`, or in a folder `tests`.
fn is_test_file(path: &Path) -> bool {
    path.components().any(|part| matches!(part.as_os_str().to_str(), Some("tests.rs" | "tests")))
}

/// Code without comments and without what follows the test module.
fn code_of(text: &str) -> String {
    let body = text.split("#[cfg(test)]\nmod ").next().unwrap_or(text);
    let lines = body.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.map(|line| line.split(" // ").next().unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

/// Every word that follows `crate::` in the code.
fn used_modules(code: &str) -> BTreeSet<String> {
    code.match_indices("crate::")
        .filter(|(at, _)| !code[..*at].ends_with('$'))
        .map(|(at, found)| {
            let rest = &code[at + found.len()..];
            rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
        })
        .collect()
}

fn mentions_crate(code: &str, name: &str) -> bool {
    let path = format!("{name}::");
    code.match_indices(&path).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        before.is_none_or(|c| !(c.is_alphanumeric() || c == '_' || c == ':'))
    })
}

#[test]
fn imports_follow_the_table() {
    let mut wrong = Vec::new();
    for (path, text) in all_sources().into_iter().filter(|(path, _)| !is_test_file(path)) {
        let module = module_of(&path);
        let code = code_of(&text);
        let used = used_modules(&code);
        if used.contains("") {
            wrong.push(format!("{}: imports through the crate root", path.display()));
        }
        if matches!(module.as_str(), "lib" | "main" | "cli") {
            continue;
        }
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!("{}: module {module} is not in the table", path.display()));
            continue;
        };
        for name in used.iter().filter(|name| **name != module && !name.is_empty()) {
            if !allowed.contains(&name.as_str()) {
                wrong.push(format!("{}: {module} may not use {name}", path.display()));
            }
        }
        if code.contains("::*;") && !code.contains("use plotters::prelude::*;") {
            wrong.push(format!("{}: glob import", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn external_crates_stay_in_their_modules() {
    let mut wrong = Vec::new();
    for (path, text) in all_sources().into_iter().filter(|(path, _)| !is_test_file(path)) {
        let module = module_of(&path);
        let code = code_of(&text);
        for (name, allowed) in CRATES {
            if mentions_crate(&code, name) && !allowed.contains(&module.as_str()) {
                wrong.push(format!("{}: {name} belongs to {allowed:?}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_core_uses_no_threads_files_clock_or_terminal() {
    const CORE: &[&str] = &[
        "real",
        "physiology",
        "parameters",
        "nutrition",
        "scenario",
        "solver",
        "simulation",
        "trajectory",
        "checks",
        "units",
    ];
    const FORBIDDEN: &[&str] =
        &["std::fs", "std::thread", "std::time", "std::env", "std::io", "std::process", "println!"];
    let mut wrong = Vec::new();
    for (path, text) in all_sources() {
        let code = code_of(&text);
        if CORE.contains(&module_of(&path).as_str()) {
            for word in FORBIDDEN.iter().filter(|word| code.contains(**word)) {
                wrong.push(format!("{}: {word}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_and_functions_stay_small() {
    let mut wrong = Vec::new();
    for (path, text) in all_sources() {
        let lines = text.lines().count();
        if lines > 400 {
            wrong.push(format!("{}: {lines} lines", path.display()));
        }
        for (line, name, length) in functions(&text) {
            if length > 60 {
                wrong.push(format!("{}:{line}: {name} has {length} lines", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_vague_module_names() {
    const VAGUE: &[&str] = &["utils", "util", "common", "helpers", "helper", "types", "misc"];
    for (path, _) in all_sources() {
        for part in path.components() {
            let word = part.as_os_str().to_str().unwrap().trim_end_matches(".rs");
            assert!(!VAGUE.contains(&word), "{}", path.display());
        }
    }
}

/// Line, name and length of each function, by the indentation of its closing brace (rustfmt).
fn functions(text: &str) -> Vec<(usize, String, usize)> {
    let lines: Vec<_> = text.lines().collect();
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let trimmed = line.trim_start();
        let Some(after) = trimmed.split("fn ").nth(1) else { continue };
        let head = trimmed.split("fn ").next().unwrap_or_default();
        let is_head = head
            .split_whitespace()
            .all(|word| matches!(word, "const" | "async" | "unsafe") || word.starts_with("pub"));
        if !is_head || trimmed.starts_with("//") || trimmed.ends_with(';') {
            continue;
        }
        let closing = format!("{}}}", &line[..line.len() - trimmed.len()]);
        let end = lines[index..].iter().position(|line| *line == closing);
        let name = after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if let Some(length) = end {
            found.push((index + 1, name, length + 1));
        }
    }
    found
}

#[test]
fn the_checks_of_this_file_can_fail() {
    assert_eq!(
        used_modules("use crate::solver::X; crate::{a}"),
        ["", "solver"].map(String::from).into()
    );
    assert!(mentions_crate("use rand::Rng;", "rand"));
    assert!(!mentions_crate("use my_rand::Rng;", "rand"));
    assert_eq!(functions("fn a() {\n  1;\n}\n"), [(1, "a".to_owned(), 3)]);
    assert_eq!(code_of("// crate::cli::x\nlet a; // crate::b"), "let a;");
}
