//! The explorer as a page: the artifact of `cargo xtask explorer` with words and scenarios.

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use crate::about::{DISCLAIMER, MODEL_VERSION, PROGRAM};
use crate::plots::svg::{FONT_FACES, base64};
use crate::report::markup::{Markup, filled};
use crate::words::catalogue::{message, texts_of};

/// Stands in the head of every page of the explorer.
pub(crate) const MARKER: &str = "<!-- calcifate explorer ";

/// Beginning and end of the program of the page, the only script without attributes.
const SCRIPT: [&str; 2] = ["<script>", "</script>"];

/// True of a text that is the artifact of this version of the program.
pub(crate) fn is_artifact(text: &str) -> bool {
    let head = text.get(..200.min(text.len())).unwrap_or_default();
    head.contains(concat!("<!-- calcifate explorer ", env!("CARGO_PKG_VERSION"), " -->"))
        && text.contains(SCRIPT[0])
}

/// The page with these scenarios, name and text; with every shipped lesson if there are none.
pub(crate) fn page(artifact: &str, scenarios: &[(String, String)]) -> String {
    let script = artifact.rsplit_once(SCRIPT[0]).map_or("", |(_, after)| after);
    let script = script.split_once(SCRIPT[1]).map_or("", |(script, _)| script);
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{}' 'wasm-unsafe-eval'; \
         worker-src blob:; img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'",
        base64(&Sha256::digest(script))
    );
    let scenarios = scenarios.iter().map(|(name, text)| json!({ "name": name, "text": text }));
    let words = texts_of("explorer").map(|(key, text)| (key.to_owned(), Value::from(text)));
    let foot = format!("{DISCLAIMER} {PROGRAM}, model {MODEL_VERSION}.");
    let mut pieces = vec![
        ("policy", Markup::text(&policy)),
        ("language", Markup::text(&message!(report.language))),
        ("title", Markup::text(&message!(explorer.title))),
        ("font", Markup::own(FONT_FACES.as_str())),
        ("words", Markup::data(&Value::Object(words.collect::<Map<_, _>>()))),
        ("scenarios", Markup::data(&scenarios.collect())),
        ("foot", Markup::text(&foot)),
    ];
    pieces.extend(texts_of("explorer").map(|(key, text)| (key, Markup::text(text))));
    filled(artifact, &pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARTIFACT: &str = concat!(
        "<!doctype html>\n<!-- calcifate explorer ",
        env!("CARGO_PKG_VERSION"),
        " -->\n<meta content=\"{{policy}}\"><title>{{title}}</title><style>{{font}} a{b{{c:d}}}</style>\
         {{explorer.title}}<script type=\"application/json\" id=\"scenarios\">{{scenarios}}</script>\
         <script>let x = {{a: 1}}; // {{unknown}}</script>"
    );

    #[test]
    fn texts_of_people_stay_data_and_the_program_stays_as_it_was_hashed() {
        assert!(
            is_artifact(ARTIFACT) && !is_artifact("<p>") && !is_artifact("é".repeat(150).as_str())
        );
        let hostile = "title = \"</script><script>alert(1)</script>{{policy}}\"".to_owned();
        let page = page(ARTIFACT, &[("x".to_owned(), hostile)]);
        assert!(!page.contains("<script>alert") && page.contains("{{policy}}"), "{page}");
        assert!(page.ends_with("<script>let x = {{a: 1}}; // {{unknown}}</script>"), "{page}");
        let hash = base64(&Sha256::digest("let x = {{a: 1}}; // {{unknown}}"));
        assert!(page.contains(&hash) || page.contains(&hash.replace('+', "&#43;")), "{page}");
        assert!(page.contains("a{b{{c:d}}}"));
    }
}
