//! A document as a reader of XML sees it, and the values of its expressions.

use crate::real::Real;
use std::collections::BTreeMap;

/// An element as a reader of XML sees it.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub(super) name: String,
    pub(super) attributes: BTreeMap<String, String>,
    pub(super) children: Vec<Parsed>,
    pub(super) text: String,
}

impl Parsed {
    /// Reads a document; panics where it is not well formed.
    pub(super) fn read(document: &str) -> Self {
        let mut open = vec![Self::default()];
        let mut rest = document;
        while let Some(at) = rest.find('<') {
            open.last_mut().unwrap().text += &plain(&rest[..at]);
            rest = &rest[at..];
            let end = if rest.starts_with("<!--") {
                rest.find("-->").unwrap() + 2
            } else {
                rest.find('>').unwrap()
            };
            let tag = &rest[1..end];
            rest = &rest[end + 1..];
            if tag.starts_with(['?', '!']) {
                continue;
            }
            if let Some(name) = tag.strip_prefix('/') {
                let done = open.pop().unwrap();
                assert_eq!(done.name, name);
                open.last_mut().unwrap().children.push(done);
                continue;
            }
            let element = Self::opened(tag.trim_end_matches('/'));
            if tag == "sep/" {
                open.last_mut().unwrap().text += "e";
            } else if tag.ends_with('/') {
                open.last_mut().unwrap().children.push(element);
            } else {
                open.push(element);
            }
        }
        assert_eq!((open.len(), rest.trim()), (1, ""));
        let mut document = open.pop().unwrap();
        assert_eq!(document.children.len(), 1);
        document.children.pop().unwrap()
    }

    fn opened(tag: &str) -> Self {
        let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut element = Self { name: name.to_owned(), ..Self::default() };
        while let Some((key, after)) = rest.trim_start().split_once("=\"") {
            let (value, after) = after.split_once('"').unwrap();
            let twice = element.attributes.insert(key.to_owned(), plain(value));
            assert_eq!(twice, None, "{tag}");
            rest = after;
        }
        assert_eq!(rest.trim(), "", "{tag}");
        element
    }

    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).unwrap_or_else(|| panic!("{} has no {name}", self.name))
    }

    /// Every element with this name, at any depth.
    pub(super) fn all(&self, name: &str) -> Vec<&Self> {
        let own = (self.name == name).then_some(self);
        own.into_iter().chain(self.children.iter().flat_map(|child| child.all(name))).collect()
    }

    pub(super) fn value(&self, of: &dyn Fn(&str) -> f64) -> f64 {
        let operands = |skipped: usize| -> Vec<f64> {
            self.children.iter().skip(skipped).map(|child| child.value(of)).collect()
        };
        match self.name.as_str() {
            "math" => self.children[0].value(of),
            "ci" => of(&self.text),
            "csymbol" => of("time"),
            "pi" => std::f64::consts::PI,
            "cn" => self.text.parse().unwrap(),
            "piecewise" => {
                let [piece, otherwise] = &self.children[..] else { panic!("one piece only") };
                let condition = &piece.children[1];
                assert_eq!(condition.children[0].name, "gt");
                let above = condition.children[1].value(of) > condition.children[2].value(of);
                let chosen = if above { piece } else { otherwise };
                chosen.children[0].value(of)
            }
            "apply" => applied(&self.children[0].name, &operands(1)),
            other => panic!("{other} in an expression"),
        }
    }
}

fn applied(operator: &str, operands: &[f64]) -> f64 {
    match (operator, operands) {
        ("plus", terms) => terms.iter().sum(),
        ("times", factors) => factors.iter().product(),
        ("minus", [a]) => -a,
        ("minus", [a, b]) => a - b,
        ("divide", [a, b]) => a / b,
        ("exp", [a]) => Real::exp(*a),
        ("ln", [a]) => Real::ln(*a),
        ("root", [a]) => a.sqrt(),
        ("cos", [a]) => a.cos(),
        _ => panic!("{operator} of {operands:?}"),
    }
}

fn plain(text: &str) -> String {
    let entities =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#10;", "\n"), ("&amp;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, sign)| text.replace(entity, sign))
}
