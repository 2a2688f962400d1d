//! Modules of the page as one program: those that the first one imports, and what these import.

use std::path::{Path, PathBuf};

use crate::explorer::read;
use crate::modules::own_lines;

/// All modules that the first one needs, each after those that it imports.
/// Errors: A module that cannot be read, or an import that is not written as agreed.
pub(crate) fn bundle(first: &Path) -> Result<String, String> {
    let mut done: Vec<PathBuf> = Vec::new();
    let mut text = String::from("'use strict'; (async () => {\n");
    add(first, &mut done, &mut text)?;
    text.push_str("})();\n");
    Ok(text)
}

fn add(file: &Path, done: &mut Vec<PathBuf>, text: &mut String) -> Result<(), String> {
    let file =
        file.canonicalize().map_err(|error| format!("cannot find {}: {error}", file.display()))?;
    if done.contains(&file) {
        return Ok(());
    }
    done.push(file.clone());
    let module = read(&file)?;
    for line in module.lines().filter(|line| line.starts_with("import ")) {
        add(&imported(&file, line)?, done, text)?;
    }
    text.push_str(&own_lines(&module));
    Ok(())
}

/// The file that an import names.
fn imported(from: &Path, line: &str) -> Result<PathBuf, String> {
    let refused =
        || format!("{}: write import {{ name }} from './file.js'; not {line}", from.display());
    let (names, rest) = line.split_once(" from '").ok_or_else(refused)?;
    let path = rest.strip_suffix("';").ok_or_else(refused)?;
    let plain = names.starts_with("import { ") && names.ends_with(" }") && !names.contains(" as ");
    if !plain || !path.starts_with('.') {
        return Err(refused());
    }
    Ok(from.parent().unwrap_or(from).join(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_name_files_beside() {
        let from = Path::new("/a/b.js");
        assert_eq!(
            imported(from, "import { x, y } from './c.js';"),
            Ok(PathBuf::from("/a/./c.js"))
        );
        for line in [
            "import x from './c.js';",
            "import { x as y } from './c.js';",
            "import { x } from 'c';",
        ] {
            assert!(imported(from, line).is_err(), "{line}");
        }
    }
}
