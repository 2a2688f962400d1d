//! The page of the explorer as one file: engine, looks and program inside.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::bundle::bundle;

const TARGET: &str = "wasm32-unknown-unknown";

/// Most bytes of the file, so that it can be sent and opened on a phone.
const MOST_BYTES: usize = 3_000_000;

/// Builds the engine and writes the page.
/// Errors: What could not be built, read or written, and what to do.
pub(crate) fn make() -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("xtask stands in no folder")?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let engine = engine(root, &target)?;
    let looks = ["src/report/base.css", "web/app/explorer.css"].map(|name| read(&root.join(name)));
    let looks = looks.into_iter().collect::<Result<String, String>>()?;
    let script = format!("\n{}", bundle(&root.join("web/app/main.js"))?);
    if script.to_ascii_lowercase().contains("</script") {
        return Err("the program of the page must not name the end of a script".to_owned());
    }
    let marker = format!("calcifate explorer {}", version(root)?);
    let page = read(&root.join("web/app/index.html"))?;
    let page = filled(
        page,
        &[("marker", &marker), ("looks", &looks), ("script", &script), ("engine", &engine)],
    )?;
    let folder = target.join("explorer");
    let file = folder.join("explorer.html");
    let unwritten = |error| format!("cannot write {}: {error}", file.display());
    fs::create_dir_all(&folder).map_err(unwritten)?;
    fs::write(&file, &page).map_err(unwritten)?;
    println!("{}: {} bytes, of which {} are the engine", file.display(), page.len(), engine.len());
    if page.len() > MOST_BYTES {
        return Err(format!("the page has more than {MOST_BYTES} bytes"));
    }
    Ok(())
}

/// The version of the program, which takes only pages of its own.
fn version(root: &Path) -> Result<String, String> {
    let manifest = read(&root.join("Cargo.toml"))?;
    let found =
        manifest.lines().find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    found.map(str::to_owned).ok_or_else(|| "Cargo.toml has no version".to_owned())
}

/// Puts texts in their places; each place is there once.
fn filled(mut page: String, parts: &[(&str, &str)]) -> Result<String, String> {
    for (name, text) in parts {
        let place = format!("{{{{{name}}}}}");
        let (before, after) =
            page.split_once(&place).ok_or_else(|| format!("web/app/index.html has no {place}"))?;
        page = [before, text, after].concat();
    }
    Ok(page)
}

/// The compiled engine, gzip in base64.
fn engine(root: &Path, target: &Path) -> Result<String, String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["build", "--locked", "--profile", "explorer", "--target", TARGET];
    let status = Command::new(cargo)
        .args(arguments)
        .args(["--package", "calcifate-engine", "--target-dir"])
        .arg(target)
        .current_dir(root)
        .status();
    if !status.is_ok_and(|status| status.success()) {
        let help = format!("rustup target add {TARGET}");
        return Err(format!("the engine was not built; if the target is missing: {help}"));
    }
    let file = target.join(TARGET).join("explorer/calcifate_engine.wasm");
    let bytes =
        fs::read(&file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    let packed = packed.write_all(&bytes).and_then(|()| packed.finish());
    let packed = packed.map_err(|error| format!("cannot pack the engine: {error}"))?;
    Ok(base64(&packed))
}

pub(crate) fn read(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("cannot read {}: {error}", file.display()))
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = (0..3)
            .fold(0, |group, at| group << 8 | chunk.get(at).map_or(0, |byte| u32::from(*byte)));
        for place in 0..4 {
            let letter = LETTERS[(group >> (18 - 6 * place)) as usize & 63];
            text.push(if place > chunk.len() { '=' } else { char::from(letter) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        for (plain, coded) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn every_place_must_be_there() {
        assert_eq!(filled("a {{b}} c".to_owned(), &[("b", "{{x}}")]).as_deref(), Ok("a {{x}} c"));
        assert!(filled("a".to_owned(), &[("b", "")]).is_err());
    }
}
