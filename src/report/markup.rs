//! Pieces of HTML. A text of people becomes one here and nowhere else, with its signs escaped.

use crate::printed::visible;
use crate::xml::escaped;

/// A piece of HTML that is complete in itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Markup(String);

impl Markup {
    /// Words of anybody.
    pub(crate) fn text(text: &str) -> Self {
        Self(escaped(&visible(text)))
    }

    /// What our own writer of drawings gives, which escapes by itself, and constants of the program.
    pub(crate) fn own(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Data for the program of the page; no text in it can end its element.
    pub(crate) fn data(value: &serde_json::Value) -> Self {
        let text = value.to_string();
        Self(text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"))
    }

    /// An element with attributes, whose values are escaped, around its content.
    pub(crate) fn element(
        name: &str,
        attributes: &[(&str, &str)],
        content: impl Into<Self>,
    ) -> Self {
        let mut out = format!("<{name}");
        for (key, value) in attributes {
            out += &format!(" {key}=\"{}\"", escaped(&visible(value)));
        }
        out += &format!(">{}</{name}>", content.into().0);
        Self(out)
    }

    /// A template without its line breaks and indentation, its names in `{{}}` filled.
    pub(crate) fn of_template(template: &str, pieces: &[(&str, Self)]) -> Self {
        let template: String = template.lines().map(str::trim_start).collect();
        Self(filled(&template, pieces))
    }

    #[cfg(test)]
    pub(crate) fn into_text(self) -> String {
        self.0
    }
}

impl From<&str> for Markup {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for Markup {
    fn from(text: String) -> Self {
        Self::text(&text)
    }
}

impl FromIterator<Markup> for Markup {
    fn from_iter<I: IntoIterator<Item = Self>>(pieces: I) -> Self {
        Self(pieces.into_iter().map(|piece| piece.0).collect())
    }
}

impl From<Vec<Markup>> for Markup {
    fn from(pieces: Vec<Self>) -> Self {
        pieces.into_iter().collect()
    }
}

impl<const N: usize> From<[Self; N]> for Markup {
    fn from(pieces: [Self; N]) -> Self {
        pieces.into_iter().collect()
    }
}

/// Fills each `{{name}}` of a template that is the name of a piece; what is filled in is not looked at again.
pub(crate) fn filled(template: &str, pieces: &[(&str, Markup)]) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, tail)) = rest.split_once("{{") {
        let (name, after) = tail.split_once("}}").unwrap_or((tail, ""));
        out += before;
        match pieces.iter().find(|(known, _)| *known == name) {
            Some((_, piece)) => {
                out += &piece.0;
                rest = after;
            }
            // Braces of looks and programs.
            None => {
                out += "{{";
                rest = tail;
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_people_stay_texts() {
        let hostile = "</title><script>alert(1)</script>\u{202e}\u{7} \"onload=x";
        let shown = Markup::element("p", &[("title", hostile)], hostile).into_text();
        assert!(!shown.contains("<script") && !shown.contains("\u{202e}"), "{shown}");
        assert!(shown.contains("\\u202E") && shown.contains("&quot;onload"), "{shown}");
        let data = Markup::data(&serde_json::json!({ "a": "</script><!--&" })).into_text();
        assert_eq!(data, "{\"a\":\"\\u003c/script\\u003e\\u003c!--\\u0026\"}");
    }

    #[test]
    fn what_is_filled_in_is_not_a_template() {
        let pieces = [("a", Markup::text("{{b}}")), ("b", Markup::text("secret"))];
        assert_eq!(filled("<{{a}}>{{c}}{{b}}", &pieces), "<{{b}}>{{c}}secret");
    }
}
