//! Sentences of a lesson with numbers of its runs: `The score ends at {end(cac) in k2}.`

use crate::error::problem::Misread;
use crate::error::suggest::did_you_mean;
use crate::form::problems::Problems;
use crate::form::tree::{Entries, get, tables, text};
use crate::physiology::quantities::quantity;
use crate::scenario::claims::{Expression, Scope};

/// A text with places for numbers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sentence<N> {
    pub parts: Vec<Part<N>>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part<N> {
    Text(String),
    Number(N),
}

/// A number of a run.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum RunNumber {
    /// A value with its unit.
    Value(Expression),
    /// The two values of the claim with this position.
    Claim(usize),
}

impl<N> Sentence<N> {
    /// Its words, without the numbers.
    pub(crate) fn plain_text(&self) -> String {
        let words = self.parts.iter().filter_map(|part| match part {
            Part::Text(text) => Some(text.as_str()),
            Part::Number(_) => None,
        });
        words.collect()
    }

    /// Reads a text; `number` reads what stands between two braces, and its misreads count bytes
    /// from there. `{{` and `}}` are braces themselves.
    /// Errors: Every placeholder that cannot be read.
    pub(crate) fn read(
        text: &str,
        example: &str,
        number: &mut dyn FnMut(&str) -> Result<N, Misread>,
    ) -> Result<Self, Vec<Misread>> {
        let (mut parts, mut misreads) = (Vec::new(), Vec::new());
        let mut plain = String::new();
        let mut at = 0;
        while let Some(found) = rest(text, at).find(['{', '}']) {
            let brace = at + found;
            plain += text.get(at..brace).unwrap_or_default();
            let after = rest(text, brace);
            if let Some(doubled) = ["{{", "}}"].into_iter().find(|pair| after.starts_with(pair)) {
                plain += doubled.get(..1).unwrap_or_default();
                at = brace + 2;
                continue;
            }
            let end = after.find('}').map_or(text.len(), |end| brace + end);
            match placeholder(text, brace, end, example, number) {
                Ok(number) => {
                    parts.extend([Part::Text(std::mem::take(&mut plain)), Part::Number(number)]);
                }
                Err(misread) => misreads.push(misread),
            }
            at = (end + 1).min(text.len());
        }
        plain += rest(text, at);
        parts.push(Part::Text(plain));
        if misreads.is_empty() { Ok(Self { parts }) } else { Err(misreads) }
    }

    /// The text with its numbers; `None` if one of them cannot be told.
    pub(crate) fn told(&self, number: &dyn Fn(&N) -> Option<String>) -> Option<String> {
        self.told_parts(number).map(|parts| parts.concat())
    }

    /// Its texts and numbers, one after the other; `None` if a number cannot be told.
    pub(crate) fn told_parts(&self, number: &dyn Fn(&N) -> Option<String>) -> Option<Vec<String>> {
        let part = |part: &Part<N>| match part {
            Part::Text(text) => Some(text.clone()),
            Part::Number(one) => number(one),
        };
        self.parts.iter().map(part).collect()
    }
}

impl Sentence<RunNumber> {
    /// The sentence of a key, about the claims of the file `root`; `None` if there is none or it
    /// is empty.
    pub(crate) fn at(
        entries: &Entries,
        key: &str,
        root: &Entries,
        scope: Scope<'_>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let node = get(entries, key)?;
        let words = node.text().filter(|text| !text.trim().is_empty())?;
        let names: Vec<&str> = tables(root, "claim")
            .map(|claim| text(claim.entries(), "name").unwrap_or(""))
            .collect();
        let report = |misreads: Vec<Misread>| {
            misreads.into_iter().for_each(|misread| problems.misread(node, misread));
        };
        Self::of_run(words, scope, &names).map_err(report).ok()
    }

    /// Reads a text about these arms and named claims.
    /// Errors: Every placeholder that cannot be read.
    pub(crate) fn of_run(
        text: &str,
        scope: Scope<'_>,
        claims: &[&str],
    ) -> Result<Self, Vec<Misread>> {
        let example = "write a value such as {end(cac) in ARM}, or {NAME} for the numbers of a claim \
                       with that `name`; {{ stands for a brace";
        Self::read(text, example, &mut |inner| run_number(inner, scope, claims))
    }
}

fn rest(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

/// The number between the braces at `brace` and `end`.
fn placeholder<N>(
    text: &str,
    brace: usize,
    end: usize,
    example: &str,
    number: &mut dyn FnMut(&str) -> Result<N, Misread>,
) -> Result<N, Misread> {
    if rest(text, brace).starts_with('}') {
        let misread = Misread::new("a brace is closed that was not opened", brace..brace + 1);
        return Err(misread.help("write }} for a brace"));
    }
    if end == text.len() {
        let misread = Misread::new("a brace is not closed", brace..brace + 1);
        return Err(misread.label("`}` expected").help(example));
    }
    let inner = text.get(brace + 1..end).unwrap_or_default();
    if inner.trim().is_empty() {
        let misread = Misread::new("nothing stands between the braces", brace..end + 1);
        return Err(misread.help(example));
    }
    number(inner).map_err(|misread| {
        let bytes = brace + 1 + misread.bytes.start..brace + 1 + misread.bytes.end;
        let help = if misread.help.is_empty() { example.to_owned() } else { misread.help };
        Misread { bytes, help, ..misread }
    })
}

fn run_number(inner: &str, scope: Scope<'_>, claims: &[&str]) -> Result<RunNumber, Misread> {
    let name = inner.trim();
    if let Some(claim) = claims.iter().position(|claim| *claim == name) {
        return Ok(RunNumber::Claim(claim));
    }
    let is_word = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if is_word && quantity(name).is_none() {
        let misread = Misread::new(format!("no claim is named \"{name}\""), 0..inner.len());
        return Err(match did_you_mean(name, claims.iter().copied()) {
            meant if meant.is_empty() => misread,
            meant => misread.help(meant.trim_end()),
        });
    }
    Expression::read(inner, scope).map(RunNumber::Value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Sentence<RunNumber>, Vec<Misread>> {
        Sentence::of_run(text, (&["a", "k2"].map(str::to_owned)).into(), &["softer", "2nd"])
    }

    #[test]
    fn text_values_and_claims_are_told_apart() {
        let sentence = read("{end(cac) in k2}: {{sure}}, {softer} and { 2nd }").unwrap();
        let text = |text: &str| Part::Text(text.to_owned());
        let value = Expression::read("end(cac) in k2", &["k2".to_owned()]).unwrap();
        let claim = |position| Part::Number(RunNumber::Claim(position));
        assert_eq!(
            sentence.parts,
            [
                text(""),
                Part::Number(RunNumber::Value(value)),
                text(": {sure}, "),
                claim(0),
                text(" and "),
                claim(1),
                text("")
            ]
        );
        assert_eq!(read("No number.").unwrap().parts, [text("No number.")]);
    }

    #[test]
    fn every_placeholder_that_cannot_be_read_is_shown_at_its_place() {
        let cases = [
            ("a {sofer} b", "no claim is named \"sofer\"", "sofer", "did you mean \"softer\"?"),
            ("a {} b", "nothing stands between the braces", "{}", "{end(cac) in ARM}"),
            ("a {end(cac) in a", "a brace is not closed", "{", "{end(cac) in ARM}"),
            ("µ } b", "a brace is closed that was not opened", "}", "write }}"),
            ("µ {end(cac) in b}", "unknown arm \"b\"", "b", "Arms: a, k2."),
            ("{cac}", "it does not say in which arm", "cac", "add `in ARM`"),
            ("{cac in a < 3}", "cannot read the rest of the claim", "<", "VALUE"),
        ];
        for (text, message, span, help) in cases {
            let misreads = read(text).unwrap_err();
            let [misread] = misreads.as_slice() else { panic!("{text}: {misreads:?}") };
            assert_eq!(misread.message, message, "{text}");
            assert_eq!(text.get(misread.bytes.clone()), Some(span), "{text}");
            assert!(misread.help.contains(help), "{text}: {}", misread.help);
        }
        assert_eq!(read("{x} and {y} and {softer}").unwrap_err().len(), 2);
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "(\\{|\\}|softer|end|cac|\\(|\\)|in| |a|µ|<|[0-9]){0,12}") {
            let _ = read(&text);
        }
    }
}
