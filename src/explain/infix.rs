//! Recorded arithmetic as one reads it: names or numbers, + − · /, powers.

use std::collections::HashMap;

use crate::real::recording::{Graph, GraphNode, Recorded};
use crate::words::numbers::short;

/// Significant digits of a number in an equation.
const DIGITS: i32 = 4;

/// How tightly an operation binds its operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Choice,
    Sum,
    Product,
    Power,
    Atom,
}

/// A text and how tightly it holds together.
struct Written(String, Binding);

impl Written {
    fn atom(text: impl Into<String>) -> Self {
        Self(text.into(), Binding::Atom)
    }

    /// The text, in parentheses where its place binds tighter.
    fn within(self, place: Binding) -> String {
        if self.1 < place { format!("({})", self.0) } else { self.0 }
    }
}

/// Writes equations of one graph.
pub(crate) struct Infix<'a> {
    pub graph: &'a Graph,
    /// Named parts: they are written as their name, or its value.
    pub names: &'a HashMap<Recorded, &'static str>,
    /// The value of every part, to write instead of its name.
    pub values: Option<&'a [f64]>,
}

impl Infix<'_> {
    /// The right side of the equation of a part, whether it has a name itself or not.
    pub(crate) fn definition(&self, part: Recorded) -> String {
        self.operation(part).0
    }

    fn part(&self, part: Recorded) -> Written {
        match (self.names.get(&part), self.values) {
            (None, _) => self.operation(part),
            (Some(name), None) => Written::atom(*name),
            (Some(_), Some(values)) => number(Graph::value(part, values)),
        }
    }

    fn operation(&self, part: Recorded) -> Written {
        match self.graph.node(part) {
            None => Written::atom("?"),
            Some(GraphNode::Number(bits)) => number(Some(f64::from_bits(bits))),
            Some(GraphNode::Symbol(_)) => match self.names.get(&part) {
                Some(_) if self.values.is_some() => self.part(part),
                name => Written::atom(name.copied().unwrap_or("?")),
            },
            Some(GraphNode::Negative(a)) => {
                Written(format!("−{}", self.part(a).within(Binding::Power)), Binding::Sum)
            }
            Some(GraphNode::Sum(a, b)) => self.sum(a, b),
            Some(GraphNode::Difference(a, b)) => {
                self.two([a, b], " − ", [Binding::Sum, Binding::Product])
            }
            Some(GraphNode::Product(..)) => self.product(part),
            Some(GraphNode::Quotient(a, b)) => {
                self.two([a, b], " / ", [Binding::Product, Binding::Power])
            }
            Some(GraphNode::Exp(a)) => self.power(a, false),
            Some(GraphNode::Ln(a)) => Written::atom(format!("ln({})", self.part(a).0)),
            Some(GraphNode::Sqrt(a)) => Written::atom(format!("√({})", self.part(a).0)),
            Some(GraphNode::CosTurns(a)) => {
                Written::atom(format!("cos(2π · {})", self.part(a).within(Binding::Product)))
            }
            Some(GraphNode::Select(a, b, c)) => {
                let [a, b, c] = [a, b, c].map(|one| self.part(one).within(Binding::Sum));
                Written(format!("{b} if {a} > 0, else {c}"), Binding::Choice)
            }
        }
    }

    fn two(&self, [a, b]: [Recorded; 2], sign: &str, [left, right]: [Binding; 2]) -> Written {
        let (a, b) = (self.part(a).within(left), self.part(b).within(right));
        Written(format!("{a}{sign}{b}"), left)
    }

    /// The operation of a part that is not written as its name.
    fn nameless(&self, part: Recorded) -> Option<GraphNode> {
        self.graph.node(part).filter(|_| !self.names.contains_key(&part))
    }

    /// A product; a factor that stands there several times is raised to a power.
    fn product(&self, part: Recorded) -> Written {
        let mut factors: Vec<(Recorded, usize)> = Vec::new();
        self.factors(part, true, &mut factors);
        let place = if factors.len() > 1 { Binding::Product } else { Binding::Sum };
        let written = factors.into_iter().map(|(factor, times)| match times {
            1 => self.part(factor).within(place),
            _ => format!("{}^{times}", self.part(factor).within(Binding::Atom)),
        });
        let binding = if place == Binding::Sum { Binding::Power } else { Binding::Product };
        Written(written.collect::<Vec<_>>().join(" · "), binding)
    }

    /// The factors of a product and how often each stands in it, in the order of reading.
    fn factors(&self, part: Recorded, is_root: bool, all: &mut Vec<(Recorded, usize)>) {
        match self.graph.node(part) {
            Some(GraphNode::Product(a, b)) if is_root || self.nameless(part).is_some() => {
                self.factors(a, false, all);
                self.factors(b, false, all);
            }
            _ => match all.iter_mut().find(|(known, _)| *known == part) {
                Some((_, times)) => *times += 1,
                None => all.push((part, 1)),
            },
        }
    }

    /// A sum; one with a negative part is a difference.
    fn sum(&self, a: Recorded, b: Recorded) -> Written {
        let negative = match self.graph.node(b) {
            Some(GraphNode::Negative(b)) if !self.names.contains_key(&b) => Some(b),
            _ => None,
        };
        match negative {
            Some(b) => self.two([a, b], " − ", [Binding::Sum, Binding::Product]),
            None => self.two([a, b], " + ", [Binding::Sum, Binding::Sum]),
        }
    }

    /// e^exponent, as powers where the exponent is made of logarithms; `below` for its inverse.
    fn power(&self, exponent: Recorded, below: bool) -> Written {
        let node = self.nameless(exponent);
        match node {
            Some(GraphNode::Ln(base)) => self.raised(base, "1", below),
            Some(GraphNode::Product(a, b)) => match (self.logarithm(a), self.logarithm(b)) {
                (Some(base), _) => self.raised(base, &self.part(b).within(Binding::Atom), below),
                (None, Some(base)) => self.raised(base, &self.part(a).within(Binding::Atom), below),
                (None, None) => self.exponential(exponent, below),
            },
            Some(GraphNode::Sum(a, b) | GraphNode::Difference(a, b)) if self.is_power(exponent) => {
                let is_difference = matches!(node, Some(GraphNode::Difference(..)));
                let (a, b) = (self.power(a, below), self.power(b, below != is_difference));
                let text = format!("{} · {}", a.within(Binding::Product), b.within(Binding::Power));
                Written(text, Binding::Product)
            }
            Some(GraphNode::Negative(a)) if self.is_power(a) => self.power(a, !below),
            _ => self.exponential(exponent, below),
        }
    }

    fn exponential(&self, exponent: Recorded, below: bool) -> Written {
        let text = self.part(exponent);
        let sign = if below { "−" } else { "" };
        let text = if below { text.within(Binding::Power) } else { text.0 };
        Written::atom(format!("exp({sign}{text})"))
    }

    fn raised(&self, base: Recorded, exponent: &str, below: bool) -> Written {
        let base = self.part(base);
        let exponent = match (exponent, below) {
            ("1", false) => return base,
            (_, false) => exponent.to_owned(),
            (_, true) => format!("(−{exponent})"),
        };
        Written(format!("{}^{exponent}", base.within(Binding::Atom)), Binding::Power)
    }

    /// The number whose logarithm a part is.
    fn logarithm(&self, part: Recorded) -> Option<Recorded> {
        match self.nameless(part)? {
            GraphNode::Ln(base) => Some(base),
            _ => None,
        }
    }

    /// True for an exponent that is written as a power.
    fn is_power(&self, exponent: Recorded) -> bool {
        match self.nameless(exponent) {
            Some(GraphNode::Ln(_)) => true,
            Some(GraphNode::Product(a, b)) => {
                self.logarithm(a).is_some() || self.logarithm(b).is_some()
            }
            Some(GraphNode::Negative(a)) => self.is_power(a),
            Some(GraphNode::Sum(a, b) | GraphNode::Difference(a, b)) => {
                self.is_power(a) || self.is_power(b)
            }
            _ => false,
        }
    }
}

/// A number in an equation; a negative one binds as a sum does.
fn number(value: Option<f64>) -> Written {
    match value {
        None => Written::atom("?"),
        Some(value) if value < 0.0 => Written(text(value), Binding::Sum),
        Some(value) => Written::atom(text(value)),
    }
}

/// A number as it stands in an equation, also a very small or large one.
pub(crate) fn text(value: f64) -> String {
    let size = value.abs();
    if size.is_finite() && size != 0.0 && !(1e-4..1e7).contains(&size) {
        format!("{value:.3e}").replace('-', "−")
    } else {
        short(value, DIGITS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::real::Real;
    use crate::real::recording::record;

    fn written(make: impl FnOnce(Recorded, Recorded) -> Recorded) -> (String, String) {
        let ((x, y, root), graph) = record(|| {
            let (x, y) = (Recorded::symbol("x"), Recorded::symbol("y"));
            (x, y, make(x, y))
        });
        let names = HashMap::from([(x, "x"), (y, "y")]);
        let values = graph.values(&|name| Some(if name == "x" { 2.0 } else { -0.5 }));
        let by_name = Infix { graph: &graph, names: &names, values: None }.definition(root);
        let infix = Infix { graph: &graph, names: &names, values: Some(&values) };
        (by_name, infix.definition(root))
    }

    fn two() -> Recorded {
        Recorded::number(2.0)
    }

    #[test]
    fn operations_take_parentheses_only_where_they_need_them() {
        assert_eq!(written(|x, y| (x + y) * x - y).0, "(x + y) · x − y");
        assert_eq!(written(|x, y| x / (x * y)).0, "x / (x · y)");
        assert_eq!(written(|x, y| x * y * x * x).0, "x^3 · y");
        assert_eq!(written(|x, y| (x + y) * (x + y)).0, "(x + y)^2");
        assert_eq!(written(|x, y| x - (y - x)).0, "x − (y − x)");
        assert_eq!(written(|x, y| x + (-y)).0, "x + −y"); // y is named: its sign is its own
        assert_eq!(written(|x, y| x * -(x * y)).0, "x · (−(x · y))");
    }

    #[test]
    fn logarithms_in_an_exponent_are_powers() {
        assert_eq!(written(|x, y| (x.ln() * y).exp()).0, "x^y");
        assert_eq!(written(|x, y| (two() * (x + y).ln()).exp()).0, "(x + y)^2");
        assert_eq!(written(|x, y| (x.ln() * y - x.ln() * two()).exp()).0, "x^y · x^(−2)");
        assert_eq!(written(|x, y| (x * y).exp()).0, "exp(x · y)");
        assert_eq!(written(|x, y| (-(x * y.ln())).exp()).0, "y^(−x)");
    }

    #[test]
    fn numbers_stand_in_the_places_of_names() {
        assert_eq!(written(|x, y| x - y).1, "2 − (−0.5)");
        assert_eq!(written(|x, y| x.select_positive(y, two())).1, "−0.5 if 2 > 0, else 2");
        assert_eq!(text(-3.2e-9), "−3.200e−9");
    }
}
