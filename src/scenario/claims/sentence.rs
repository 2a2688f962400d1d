//! Sentences of a lesson with numbers of its run: `The score ends at {end(cac) in k2}.`

use crate::error::problem::Misread;
use crate::error::suggest::did_you_mean;
use crate::form::problems::Problems;
use crate::form::tree::{Entries, get};
use crate::physiology::quantities::quantity;
use crate::scenario::claims::Expression;

/// A text with places for numbers of a run.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sentence {
    pub parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part {
    Text(String),
    /// A value with its unit.
    Value(Expression),
    /// The two values of the claim with this position.
    Claim(usize),
}

impl Sentence {
    /// The text of a key about these arms and named claims; `None` if there is none or it is empty.
    pub(crate) fn of_key(
        entries: &Entries,
        key: &str,
        arms: &[String],
        claims: &[&str],
        problems: &mut Problems,
    ) -> Option<Self> {
        let node = get(entries, key)?;
        let text = node.text().filter(|text| !text.trim().is_empty())?;
        let report = |misreads: Vec<Misread>| {
            misreads.into_iter().for_each(|misread| problems.misread(node, misread));
        };
        Self::read(text, arms, claims).map_err(report).ok()
    }

    /// Its words, without the numbers.
    pub(crate) fn plain_text(&self) -> String {
        let words = self.parts.iter().filter_map(|part| match part {
            Part::Text(text) => Some(text.as_str()),
            Part::Value(_) | Part::Claim(_) => None,
        });
        words.collect()
    }

    /// Reads a text about these arms and named claims; `{{` and `}}` are braces themselves.
    /// Errors: Every placeholder that cannot be read.
    pub(crate) fn read(text: &str, arms: &[String], claims: &[&str]) -> Result<Self, Vec<Misread>> {
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
            match placeholder(text, brace, end, arms, claims) {
                Ok(part) => parts.extend([Part::Text(std::mem::take(&mut plain)), part]),
                Err(misread) => misreads.push(misread),
            }
            at = (end + 1).min(text.len());
        }
        plain += rest(text, at);
        parts.push(Part::Text(plain));
        if misreads.is_empty() { Ok(Self { parts }) } else { Err(misreads) }
    }
}

fn rest(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

/// What stands between the braces at `brace` and `end`.
fn placeholder(
    text: &str,
    brace: usize,
    end: usize,
    arms: &[String],
    claims: &[&str],
) -> Result<Part, Misread> {
    let example = "write a value such as {end(cac) in ARM}, or {NAME} for the numbers of a claim with \
                   that `name`; {{ stands for a brace";
    if rest(text, brace).starts_with('}') {
        let misread = Misread::new("a brace is closed that was not opened", brace..brace + 1);
        return Err(misread.help("write }} for a brace"));
    }
    if end == text.len() {
        let misread = Misread::new("a brace is not closed", brace..brace + 1);
        return Err(misread.label("`}` expected").help(example));
    }
    let inner = text.get(brace + 1..end).unwrap_or_default();
    let name = inner.trim();
    if name.is_empty() {
        let misread = Misread::new("nothing stands between the braces", brace..end + 1);
        return Err(misread.help(example));
    }
    if let Some(claim) = claims.iter().position(|claim| *claim == name) {
        return Ok(Part::Claim(claim));
    }
    let is_word = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if is_word && quantity(name).is_none() {
        let meant = did_you_mean(name, claims.iter().copied());
        let misread = Misread::new(format!("no claim is named \"{name}\""), brace + 1..end);
        return Err(misread.help(format!("{meant}{example}")));
    }
    Expression::read(inner, arms).map(Part::Value).map_err(|misread| {
        let bytes = brace + 1 + misread.bytes.start..brace + 1 + misread.bytes.end;
        let help = if misread.help.is_empty() { example.to_owned() } else { misread.help };
        Misread { bytes, help, ..misread }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Sentence, Vec<Misread>> {
        Sentence::read(text, &["a", "k2"].map(str::to_owned), &["softer", "2nd"])
    }

    #[test]
    fn text_values_and_claims_are_told_apart() {
        let sentence = read("{end(cac) in k2}: {{sure}}, {softer} and { 2nd }").unwrap();
        let text = |text: &str| Part::Text(text.to_owned());
        let value = Expression::read("end(cac) in k2", &["k2".to_owned()]).unwrap();
        assert_eq!(
            sentence.parts,
            [
                text(""),
                Part::Value(value),
                text(": {sure}, "),
                Part::Claim(0),
                text(" and "),
                Part::Claim(1),
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
