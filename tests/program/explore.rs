//! `calcifate explore`: where it finds the page, what it writes, what it leaves alone. The engine in the
//! page is the business of `.ci/explorer`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The page as `cargo xtask explorer` makes it, without engine and program.
pub(crate) fn artifact(folder: &Path) -> PathBuf {
    let frame = include_str!("../../web/app/index.html");
    let marker = concat!("calcifate explorer ", env!("CARGO_PKG_VERSION"));
    let path = folder.join("artifact.html");
    fs::write(&path, frame.replace("{{marker}}", marker)).unwrap();
    path
}

fn explore(folder: &Path, page: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_calcifate"));
    command.arg("explore").args(arguments).current_dir(folder);
    command.env("CALCIFATE_EXPLORER", page).output().unwrap()
}

#[test]
fn the_page_has_the_scenarios_as_data_and_forbids_all_else() {
    let folder = tempfile::tempdir().unwrap();
    let page = artifact(folder.path());
    let hostile = "title = \"</script><script>alert(1)</script>\"\nduration = \"1 year\"\n";
    fs::write(folder.path().join("base.toml"), hostile).unwrap();
    let text = "extends = \"base.toml\"\n[person]\nage = 61\n";
    fs::write(folder.path().join("own.toml"), text).unwrap();
    let out = explore(folder.path(), &page, &["base.toml", "own.toml", "-o", "a/b.html"]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let told = String::from_utf8_lossy(&out.stdout);
    assert!(told.contains("iPhone") && told.contains("runs no scripts"), "{told}");
    let written = fs::read_to_string(folder.path().join("a/b.html")).unwrap();
    assert!(
        written.contains("default-src &#39;none&#39;") || written.contains("default-src 'none'")
    );
    assert!(!written.contains("<script>alert"), "a title became a script");
    let scenarios = written.split("id=\"scenarios\">").nth(1).unwrap();
    let scenarios: serde_json::Value =
        serde_json::from_str(scenarios.split("</script>").next().unwrap()).unwrap();
    assert_eq!(scenarios[0]["text"], hostile);
    let joined = scenarios[1]["text"].as_str().unwrap();
    assert!(joined.contains("age = 61") && !joined.contains("extends"), "{joined}");
    // Ours is written again, a stranger's stays.
    assert!(explore(folder.path(), &page, &["-o", "a/b.html"]).status.success());
    fs::write(folder.path().join("thesis.html"), "a thesis").unwrap();
    let refused = explore(folder.path(), &page, &["-o", "thesis.html"]);
    assert!(!refused.status.success());
    assert_eq!(fs::read_to_string(folder.path().join("thesis.html")).unwrap(), "a thesis");
}

#[test]
fn a_missing_page_or_one_of_another_version_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("nowhere.html");
    for content in [None, Some("<!-- calcifate explorer 0.0.1 -->"), Some("é")] {
        if let Some(content) = content {
            fs::write(&page, content).unwrap();
        }
        let out = explore(folder.path(), &page, &[]);
        let told = String::from_utf8_lossy(&out.stderr);
        assert_eq!(out.status.code(), Some(1), "{told}");
        assert!(told.contains("cargo xtask explorer") && told.contains("nowhere.html"), "{told}");
        assert!(!folder.path().join("explorer.html").exists());
    }
    let out = explore(folder.path(), &artifact(folder.path()), &["missing.toml"]);
    assert_eq!(out.status.code(), Some(2));
}
