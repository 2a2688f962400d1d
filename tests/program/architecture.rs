//! The house rules as a test: who may import whom, how large a file and a function may be.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Module, and the modules that it may use. `cli` may use all.
const MAY_USE: &[(&str, &[&str])] = &[
    ("about", &[]),
    ("xml", &[]),
    ("printed", &[]),
    ("error", &["printed"]),
    ("units", &["error"]),
    ("real", &["error"]),
    ("solver", &["real", "error"]),
    ("parameters", &["units", "error"]),
    ("physiology", &["real", "parameters", "units"]), // units: constants and suffixes, no reading
    ("nutrition", &["units", "error", "physiology"]), // the resolution of intake
    ("form", &["units", "error", "printed"]),
    ("figure_kinds", &[]),
    (
        "scenario",
        &[
            "figure_kinds",
            "form",
            "units",
            "parameters",
            "physiology",
            "nutrition",
            "error",
            "printed",
        ],
    ),
    ("trajectory", &["physiology", "units", "error"]),
    ("threads", &[]),
    ("words", &["physiology", "scenario", "units", "error"]),
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
    ("checks", &["scenario", "parameters", "physiology", "trajectory", "units", "words", "error"]),
    (
        "sweep",
        &[
            "figure_kinds",
            "form",
            "scenario",
            "nutrition",
            "parameters",
            "physiology",
            "simulation",
            "trajectory",
            "checks",
            "threads",
            "real", // portable exp and ln, so that samples are the same everywhere
            "units",
            "error",
            "printed",
        ],
    ),
    (
        "library",
        &[
            "figure_kinds",
            "about",
            "evidence",
            "verdicts",
            "why",
            "storage",
            "units", // numbers as texts
            "scenario",
            "trajectory",
            "parameters",
            "nutrition",
            "physiology",
            "simulation",
            "checks",
            "sweep",
            "charts",
            "plots",
            "words",
            "printed", // paths in messages
            "threads",
            "error",
        ],
    ),
    (
        "evidence",
        &[
            "form", // words of columns
            "scenario",
            "parameters",
            "physiology",
            "simulation",
            "trajectory",
            "printed",
            "threads",
            "units",
            "words",
            "error",
        ],
    ),
    (
        "why",
        &[
            "scenario",
            "nutrition",
            "parameters",
            "physiology",
            "simulation",
            "checks",
            "evidence",
            "explain", // the outcome's equation
            "trajectory",
            "threads",
            "units",
            "words",
            "error",
        ],
    ),
    (
        "explain",
        &[
            "scenario",
            "parameters",
            "physiology",
            "simulation",
            "trajectory",
            "export", // the recorded model
            "real",
            "words",
            "error",
        ],
    ),
    (
        "verdicts",
        &[
            "scenario",
            "parameters",
            "simulation",
            "checks",
            "evidence",
            "sweep",   // draws of parameters, rows that readings need
            "library", // runs with their sentences and figures
            "plots",
            "form",
            "printed",
            "threads",
            "units",
            "words",
            "error",
        ],
    ),
    (
        "class",
        &[
            "about",
            "charts",
            "checks",
            "error",
            "form",
            "library",
            "physiology",
            "plots",
            "printed",
            "scenario",
            "simulation",
            "units",
            "verdicts", // names of shipped statements
            "words",
        ],
    ),
    (
        "report",
        &[
            "about",
            "charts",
            "checks",
            "class",
            "error",
            "evidence",
            "library",
            "parameters",
            "physiology",
            "plots",
            "printed",
            "scenario",
            "simulation",
            "storage",
            "sweep",
            "units",
            "verdicts",
            "why",
            "words",
            "xml",
        ],
    ),
    (
        "explorer",
        &[
            "about",
            "charts",
            "error",
            "evidence", // trials of the dial in hand
            "figure_kinds",
            "form",
            "library",
            "nutrition",
            "parameters",
            "physiology",
            "plots",
            "scenario",
            "simulation",
            "sweep",
            "trajectory",
            "units",
            "why",
            "words",
        ],
    ),
    // It reads the recorded model, not its results.
    ("export", &["about", "real", "parameters", "physiology", "scenario", "units", "xml", "error"]),
    (
        "plots",
        &[
            "about",
            "figure_kinds",
            "physiology",
            "nutrition",
            "trajectory",
            "checks",
            "sweep",
            "units",
            "words",
            "error",
            "xml",
        ],
    ),
    (
        "charts",
        &[
            "figure_kinds",
            "physiology",
            "nutrition",
            "trajectory",
            "checks",
            "evidence",
            "verdicts",
            "parameters",
            "scenario", // the statistic that an outcome is
            "sweep",
            "plots",
            "units",
            "words",
            "error",
        ],
    ),
    (
        "storage",
        &[
            "evidence",
            "about",
            "scenario",
            "parameters",
            "physiology",
            "trajectory",
            "checks",
            "plots",
            "simulation",
            "sweep",
            "units", // numbers as texts
            "error",
            "printed",
        ],
    ),
];

/// External crates and the modules that alone may use them.
const CRATES: &[(&str, &[&str])] = &[
    ("nalgebra", &["real", "solver", "physiology"]),
    ("ode_solvers", &["solver"]),
    ("toml", &["explorer", "form", "storage", "library", "evidence"]),
    ("rayon", &["cli", "threads"]),
    ("rand", &["nutrition", "sweep"]),
    ("chacha20", &["nutrition", "sweep"]),
    ("plotters", &["plots"]),
    ("tiny_skia", &["plots"]),
    ("ab_glyph", &["plots"]),
    ("csv", &["storage"]),
    ("parquet", &["storage"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("indicatif", &["cli"]),
    ("ctrlc", &["cli"]),
    ("nix", &["cli"]),
    ("annotate_snippets", &["error", "cli"]),
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

/// True for a file that holds only tests of its parent module: `tests.rs`, or in a folder `tests`.
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

/// The modules on the way to a file: `src/plots/mod.rs` → `plots`, `src/real/dual.rs` → `real dual`.
fn module_path(path: &Path) -> Vec<String> {
    let parts = path.components().skip(1).map(|part| part.as_os_str().to_str().unwrap());
    let names = parts.map(|part| part.trim_end_matches(".rs").to_owned());
    names.filter(|name| !matches!(name.as_str(), "mod" | "lib" | "main")).collect()
}

/// Every path in the code, as segments, groups in braces written out.
fn paths_in(code: &str) -> Vec<Vec<String>> {
    let (mut paths, mut prefix, mut groups) = (Vec::new(), Vec::new(), Vec::new());
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let word = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        if word > 0 {
            prefix.push(rest[..word].to_owned());
            rest = &rest[word..];
        } else if let Some(after) = rest.strip_prefix("::{") {
            groups.push(prefix.clone());
            rest = after;
        } else if let Some(after) = rest.strip_prefix("::") {
            rest = after;
        } else {
            // In a group the next item starts where the group does.
            let start = groups.last().cloned().unwrap_or_default();
            if prefix.len() > start.len() {
                paths.push(std::mem::replace(&mut prefix, start));
            }
            if first == '}' && !groups.is_empty() {
                groups.pop();
                prefix.clear();
            }
            if first == ';' {
                groups.clear();
                prefix.clear();
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    paths.push(prefix);
    paths.into_iter().filter(|path| path.len() > 1).collect()
}

/// The file that a path leads to, seen from `here`; not the files around `here`, which every
/// module may look up to.
fn target_of(
    path: &[String],
    here: &[String],
    files: &BTreeSet<Vec<String>>,
) -> Option<Vec<String>> {
    let ups = path.iter().take_while(|part| *part == "super").count();
    let full = match path.first()?.as_str() {
        "crate" => path[1..].to_vec(),
        "super" => [&here[..here.len().checked_sub(ups)?], &path[ups..]].concat(),
        "self" => [here, &path[1..]].concat(),
        _ => [here, path].concat(),
    };
    let file =
        (1..=full.len()).rev().map(|count| full[..count].to_vec()).find(|p| files.contains(p))?;
    (!here.starts_with(&file)).then_some(file)
}

/// A ring of imports that can be reached from `at`, if there is one.
fn ring_from<'a, T: Ord>(
    at: &'a T,
    imports: &'a BTreeMap<T, BTreeSet<T>>,
    way: &mut Vec<&'a T>,
    done: &mut BTreeSet<&'a T>,
) -> Option<Vec<&'a T>> {
    if let Some(start) = way.iter().position(|file| *file == at) {
        return Some(way[start..].to_vec());
    }
    if !done.insert(at) {
        return None;
    }
    way.push(at);
    let ring = imports[at].iter().find_map(|next| ring_from(next, imports, way, done));
    way.pop();
    ring
}

#[test]
fn files_do_not_import_in_rings() {
    let sources: Vec<_> =
        all_sources().into_iter().filter(|(path, _)| !is_test_file(path)).collect();
    let files: BTreeSet<_> = sources.iter().map(|(path, _)| module_path(path)).collect();
    let mut imports: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (path, text) in &sources {
        let here = module_path(path);
        let paths = paths_in(&code_of(text));
        let targets = paths.iter().filter_map(|path| target_of(path, &here, &files)).collect();
        imports.insert(here, targets);
    }
    assert!(imports.values().map(BTreeSet::len).sum::<usize>() > 200, "hardly any import found");
    let mut done = BTreeSet::new();
    let rings: Vec<_> = imports
        .keys()
        .filter_map(|file| ring_from(file, &imports, &mut Vec::new(), &mut done))
        .map(|ring| ring.iter().map(|file| file.join("/")).collect::<Vec<_>>().join(" → "))
        .collect();
    assert!(rings.is_empty(), "{}", rings.join("\n"));
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
        "form",
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

#[test]
fn the_map_for_contributors_names_files_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let map = fs::read_to_string(root.join("CONTRIBUTING.md")).unwrap();
    let quoted = map.split('`').skip(1).step_by(2);
    let paths: Vec<_> = quoted.filter(|word| word.contains('/') && !word.contains(' ')).collect();
    assert!(paths.len() > 30, "found only {paths:?}");
    for path in paths {
        assert!(root.join(path).exists(), "{path} is in CONTRIBUTING.md but not here");
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
    let paths = paths_in("use super::{a::X, b::{c, D}}; let x = crate::e::f(1);");
    let paths: Vec<_> = paths.iter().map(|path| path.join(" ")).collect();
    assert_eq!(paths, ["super a X", "super b c", "super b D", "crate e f"]);
    let ring = [("a", &["b"][..]), ("b", &["c"]), ("c", &["b"])];
    let ring = ring.map(|(file, used)| (file, used.iter().copied().collect())).into();
    let found = ring_from(&"a", &ring, &mut Vec::new(), &mut BTreeSet::new());
    assert_eq!(found, Some(vec![&"b", &"c"]));
    assert!(mentions_crate("use rand::Rng;", "rand"));
    assert!(!mentions_crate("use my_rand::Rng;", "rand"));
    assert_eq!(functions("fn a() {\n  1;\n}\n"), [(1, "a".to_owned(), 3)]);
    assert_eq!(code_of("// crate::cli::x\nlet a; // crate::b"), "let a;");
}
