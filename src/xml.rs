//! XML elements as text: indented, escaped, nothing more.

/// A piece of the content of an element.
#[derive(Clone, Debug)]
enum Item {
    Text(String),
    Element(Element),
}

/// An element with its attributes and content, in order.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    items: Vec<Item>,
}

impl Element {
    /// An element without attributes and content.
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), items: Vec::new() }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// The same with text at the end.
    pub(crate) fn text(mut self, text: impl Into<String>) -> Self {
        self.items.push(Item::Text(text.into()));
        self
    }

    /// The same with another element at the end.
    pub(crate) fn holding(mut self, element: Self) -> Self {
        self.items.push(Item::Element(element));
        self
    }

    /// The same with more elements at the end.
    pub(crate) fn holding_all(mut self, elements: impl IntoIterator<Item = Self>) -> Self {
        self.items.extend(elements.into_iter().map(Item::Element));
        self
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The document that has this element as its root, `remark` being the comment before it.
    pub(crate) fn document(&self, remark: &str) -> String {
        // Two hyphens end a comment.
        let remark = escaped(remark).replace("--", "- -");
        let mut text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- {remark} -->\n");
        self.write(Some(0), &mut text);
        text
    }

    /// Writes it with its indent; without one inside an element that holds text, on its line.
    fn write(&self, depth: Option<usize>, out: &mut String) {
        let indent = "  ".repeat(depth.unwrap_or_default());
        let holds_text = self.items.iter().any(|item| matches!(item, Item::Text(_)));
        let inner = depth.filter(|_| !holds_text).map(|depth| depth + 1);
        *out += &format!("{indent}<{}", self.name);
        for (name, value) in &self.attributes {
            *out += &format!(" {name}=\"{}\"", escaped(value));
        }
        if self.items.is_empty() {
            *out += "/>";
        } else {
            *out += if inner.is_some() { ">\n" } else { ">" };
            for item in &self.items {
                match item {
                    Item::Text(text) => *out += &escaped(text),
                    Item::Element(element) => element.write(inner, out),
                }
            }
            let indent = if inner.is_some() { indent.as_str() } else { "" };
            *out += &format!("{indent}</{}>", self.name);
        }
        *out += if depth.is_some() { "\n" } else { "" };
    }
}

/// Text with its special signs written as entities; characters that XML cannot hold become U+FFFD.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // A line break in an attribute would be read as a space.
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {
                out.push('\u{fffd}');
            }
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_signs_and_what_xml_cannot_hold_are_escaped() {
        assert_eq!(
            escaped("a<b> & \"c\"\n\u{7}\u{0}ä–"),
            "a&lt;b&gt; &amp; &quot;c&quot;&#10;\u{fffd}\u{fffd}ä–"
        );
    }

    #[test]
    fn elements_are_indented_and_text_stays_on_its_line() {
        let number = Element::new("cn").text("1.5").holding(Element::new("sep")).text("-3");
        let root = Element::new("math").with("id", "a\"b").holding(number);
        let root = root.holding_all([Element::new("plus")]);
        assert_eq!(
            root.document("made -- by hand"),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- made - - by hand -->\n\
             <math id=\"a&quot;b\">\n  <cn>1.5<sep/>-3</cn>\n  <plus/>\n</math>\n"
        );
    }
}
