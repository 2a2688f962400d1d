//! A number that records arithmetic as a graph of expressions instead of doing it.
//!
//! Arithmetic with [`Recorded`] numbers inside [`record`] leaves a [`Graph`]: every operation once,
//! however often its result is used, operands before the operations on them. So the right-hand
//! side, run once, can be written down for other programs without a second copy of an equation.
//! Both sides of every choice are kept.

use super::Real;
use crate::error::defect::OrDefect as _;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::{Add, Div, Mul, Neg, Sub};

thread_local! {
    /// The recording of this thread, if there is one.
    static CURRENT: RefCell<Option<Recorder>> = const { RefCell::new(None) };
}

/// A recorded number: its index in the [`Graph`] of the current recording.
///
/// Outside of [`record`] every operation gives [`Recorded::UNRECORDED`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Recorded(u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum GraphNode {
    /// A number, by its bits.
    Number(u64),
    Symbol(u32),
    Negative(Recorded),
    Sum(Recorded, Recorded),
    Difference(Recorded, Recorded),
    Product(Recorded, Recorded),
    Quotient(Recorded, Recorded),
    Exp(Recorded),
    Ln(Recorded),
    Sqrt(Recorded),
    /// cos(2π·a).
    CosTurns(Recorded),
    /// The second where the first is above zero, else the third.
    Select(Recorded, Recorded, Recorded),
}

impl GraphNode {
    /// The operands, in the order of reading.
    pub(crate) fn operands(self) -> impl Iterator<Item = Recorded> {
        let [first, second, third] = match self {
            Self::Number(_) | Self::Symbol(_) => [None, None, None],
            Self::Negative(a) | Self::Exp(a) | Self::Ln(a) | Self::Sqrt(a) | Self::CosTurns(a) => {
                [Some(a), None, None]
            }
            Self::Sum(a, b)
            | Self::Difference(a, b)
            | Self::Product(a, b)
            | Self::Quotient(a, b) => [Some(a), Some(b), None],
            Self::Select(a, b, c) => [Some(a), Some(b), Some(c)],
        };
        [first, second, third].into_iter().flatten()
    }

    /// The result of the operation for the values `of` its operands; NaN for a symbol.
    fn value(self, of: &dyn Fn(Recorded) -> f64) -> f64 {
        match self {
            Self::Number(bits) => f64::from_bits(bits),
            Self::Symbol(_) => f64::NAN,
            Self::Negative(a) => -of(a),
            Self::Sum(a, b) => of(a) + of(b),
            Self::Difference(a, b) => of(a) - of(b),
            Self::Product(a, b) => of(a) * of(b),
            Self::Quotient(a, b) => of(a) / of(b),
            Self::Exp(a) => Real::exp(of(a)),
            Self::Ln(a) => Real::ln(of(a)),
            Self::Sqrt(a) => Real::sqrt(of(a)),
            Self::CosTurns(a) => of(a).cos_turns(),
            Self::Select(a, b, c) => of(a).select_positive(of(b), of(c)),
        }
    }
}

/// Everything that was recorded: the symbols and the operations, operands first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Graph {
    symbols: Vec<&'static str>,
    nodes: Vec<GraphNode>,
}

impl Graph {
    /// The operation behind a number; `None` for a number of another recording.
    pub(crate) fn node(&self, number: Recorded) -> Option<GraphNode> {
        self.nodes.get(number.0 as usize).copied()
    }

    pub(crate) fn symbol_name(&self, index: u32) -> Option<&'static str> {
        self.symbols.get(index as usize).copied()
    }

    /// Every recorded number, operands before the operations on them.
    pub(crate) fn numbers(&self) -> impl DoubleEndedIterator<Item = Recorded> {
        (0_u32..).take(self.nodes.len()).collect::<Vec<_>>().into_iter().map(Recorded)
    }

    /// Evaluates the graph: the value of every number, in the order of [`Graph::numbers`], to the
    /// bits that `f64` itself would have given.
    ///
    /// `value_of`: the values of the symbols; NaN stands for one that is not known.
    pub(crate) fn values(&self, value_of: &dyn Fn(&str) -> Option<f64>) -> Vec<f64> {
        let mut values: Vec<f64> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let of = |number: Recorded| {
                values.get(number.0 as usize).copied().or_defect("an operand of another recording")
            };
            let value = match *node {
                GraphNode::Symbol(index) => self.symbol_name(index).and_then(value_of),
                node => Some(node.value(&of)),
            };
            values.push(value.unwrap_or(f64::NAN));
        }
        values
    }

    /// The value that [`Graph::values`] found for a number.
    pub(crate) fn value(number: Recorded, values: &[f64]) -> Option<f64> {
        values.get(number.0 as usize).copied()
    }
}

/// A graph under construction, with the index of every operation in it.
#[derive(Debug, Default)]
struct Recorder {
    graph: Graph,
    indices: HashMap<GraphNode, Recorded>,
    symbols: HashMap<&'static str, u32>,
}

impl Recorder {
    fn insert(&mut self, node: GraphNode) -> Recorded {
        if let Some(known) = self.indices.get(&node) {
            return *known;
        }
        let next = u32::try_from(self.graph.nodes.len()).or_defect("too many operations");
        self.graph.nodes.push(node);
        self.indices.insert(node, Recorded(next));
        Recorded(next)
    }

    fn symbol(&mut self, name: &'static str) -> Recorded {
        let known = self.symbols.get(name).copied();
        let next = || u32::try_from(self.graph.symbols.len()).or_defect("too many symbols");
        let index = known.unwrap_or_else(next);
        if known.is_none() {
            self.graph.symbols.push(name);
            self.symbols.insert(name, index);
        }
        self.insert(GraphNode::Symbol(index))
    }

    fn number_of(&self, number: Recorded) -> Option<f64> {
        match self.graph.node(number) {
            Some(GraphNode::Number(bits)) => Some(f64::from_bits(bits)),
            _ => None,
        }
    }
}

/// Records the arithmetic of `work`; the recording ends with it.
///
/// Numbers of one recording mean nothing in another.
pub(crate) fn record<T>(work: impl FnOnce() -> T) -> (T, Graph) {
    CURRENT.set(Some(Recorder::default()));
    let result = work();
    let recorder = CURRENT.take().or_defect("a recording that ended before");
    (result, recorder.graph)
}

/// Records one operation; one on plain numbers alone is evaluated at once.
fn record_node(node: GraphNode) -> Recorded {
    CURRENT.with_borrow_mut(|current| {
        let Some(recorder) = current.as_mut() else { return Recorded::UNRECORDED };
        let mut operands = node.operands().map(|operand| recorder.number_of(operand)).peekable();
        let is_plain = operands.peek().is_some() && operands.all(|operand| operand.is_some());
        let node = if is_plain {
            let value = node.value(&|operand| {
                recorder.number_of(operand).or_defect("an operand that is no number")
            });
            GraphNode::Number(value.to_bits())
        } else {
            node
        };
        recorder.insert(node)
    })
}

/// True if a number is this constant.
fn is_constant(number: Recorded, value: f64) -> bool {
    CURRENT.with_borrow(|current| {
        current.as_ref().and_then(|recorder| recorder.number_of(number)) == Some(value)
    })
}

impl Recorded {
    /// A number that is in no graph.
    pub(crate) const UNRECORDED: Self = Self(u32::MAX);

    /// A named quantity whose value is not known while recording.
    pub(crate) fn symbol(name: &'static str) -> Self {
        CURRENT.with_borrow_mut(|current| {
            current.as_mut().map_or(Self::UNRECORDED, |recorder| recorder.symbol(name))
        })
    }
}

impl Neg for Recorded {
    type Output = Self;
    fn neg(self) -> Self {
        record_node(GraphNode::Negative(self))
    }
}

// Neutral numbers are left out: that changes no bit, save the sign of a zero sum.
impl Add for Recorded {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        match () {
            () if is_constant(self, 0.0) => other,
            () if is_constant(other, 0.0) => self,
            () => record_node(GraphNode::Sum(self, other)),
        }
    }
}

impl Sub for Recorded {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        if is_constant(other, 0.0) { self } else { record_node(GraphNode::Difference(self, other)) }
    }
}

impl Mul for Recorded {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        match () {
            () if is_constant(self, 1.0) => other,
            () if is_constant(other, 1.0) => self,
            () => record_node(GraphNode::Product(self, other)),
        }
    }
}

impl Div for Recorded {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        if is_constant(other, 1.0) { self } else { record_node(GraphNode::Quotient(self, other)) }
    }
}

impl Real for Recorded {
    type Scalar = Self;

    fn number(value: f64) -> Self {
        record_node(GraphNode::Number(value.to_bits()))
    }

    fn constant(value: Self) -> Self {
        value
    }

    fn exp(self) -> Self {
        record_node(GraphNode::Exp(self))
    }

    fn ln(self) -> Self {
        record_node(GraphNode::Ln(self))
    }

    fn sqrt(self) -> Self {
        record_node(GraphNode::Sqrt(self))
    }

    fn cos_turns(self) -> Self {
        record_node(GraphNode::CosTurns(self))
    }

    fn select_positive(self, positive: Self, otherwise: Self) -> Self {
        record_node(GraphNode::Select(self, positive, otherwise))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expression<R: Real>(x: R, y: R) -> R {
        let power = (x * y + R::one()).ln() * (x / (y + R::number(2.0))).exp();
        power + (x * x + y).sqrt() - (x - y).select_positive(x * x, -y) + (x * R::one()).cos_turns()
    }

    #[test]
    fn the_recording_does_the_same_arithmetic_to_the_bit() {
        let (root, graph) = record(|| expression(Recorded::symbol("x"), Recorded::symbol("y")));
        for (x, y) in [(0.3, 0.7), (2.0, 0.1), (1.5, 1.5), (-3.0, 0.2)] {
            let values = graph.values(&|name| Some(if name == "x" { x } else { y }));
            let value = Graph::value(root, &values).unwrap();
            assert_eq!(value.to_bits(), expression(x, y).to_bits(), "{x} {y}");
        }
        let unknown = graph.values(&|_| None);
        assert!(Graph::value(root, &unknown).unwrap().is_nan());
    }

    #[test]
    fn what_is_computed_twice_is_recorded_once() {
        let ((a, b), graph) = record(|| {
            let (x, y) = (Recorded::symbol("x"), Recorded::symbol("y"));
            (x * y + y, x * y + Recorded::symbol("y") / Recorded::number(1.0))
        });
        assert_eq!(a, b);
        assert_eq!(graph.numbers().count(), 5); // x, y, the number 1, x·y, the sum
    }

    #[test]
    fn recordings_end() {
        let (outer, graph) = record(|| Recorded::symbol("x").ln());
        assert!(matches!(graph.node(outer), Some(GraphNode::Ln(_))));
        assert_eq!(outer.exp(), Recorded::UNRECORDED); // nothing is recording any more
        assert_eq!(graph.node(Recorded::UNRECORDED), None);
    }
}
