//! Recorded arithmetic as MathML, with the unit of every number.
//!
//! A named part is written as its name. Plain numbers take the unit that their place asks for
//! (the "1" of 1 + x/half has none, the 20 of age − 20 is years). Logarithms and exponentials know
//! no units: where a power of a mass is taken that way, the unit is divided off before and put
//! on again after, which changes no number.

use std::collections::{BTreeMap, HashMap};

use crate::error::defect::{OrDefect as _, defect};
use crate::export::units::SbmlUnit;
use crate::real::recording::{Graph, GraphNode, Recorded};
use crate::xml::Element;

/// A named part: its identifier and unit.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub id: String,
    pub unit: SbmlUnit,
}

/// The unit that a part has by itself.
#[derive(Clone, Debug)]
struct OwnUnit {
    unit: SbmlUnit,
    /// True if a plain number or exponential in it may give it another unit.
    free: bool,
}

/// The units that all parts of a graph have by themselves.
#[derive(Debug)]
pub(crate) struct OwnUnits(HashMap<Recorded, OwnUnit>);

impl OwnUnits {
    pub(crate) fn of(graph: &Graph, names: &HashMap<Recorded, Name>) -> Self {
        let mut inferred = HashMap::new();
        for number in graph.numbers() {
            let own = match names.get(&number) {
                Some(name) => OwnUnit { unit: name.unit.clone(), free: false },
                None => infer_unit(graph, number, &inferred),
            };
            inferred.insert(number, own);
        }
        Self(inferred)
    }

    pub(crate) fn unit_of(&self, number: Recorded) -> SbmlUnit {
        self.0.get(&number).or_defect("a number of another recording").unit.clone()
    }

    /// True if a plain number in a part may give it another unit.
    fn is_free(&self, number: Recorded) -> bool {
        self.0.get(&number).is_some_and(|own| own.free)
    }
}

/// Writes expressions of one graph and collects their units and unit errors.
#[derive(Debug)]
pub(crate) struct Writer<'a> {
    graph: &'a Graph,
    names: &'a HashMap<Recorded, Name>,
    inferred: OwnUnits,
    /// Every unit that was needed, by its identifier.
    pub units: BTreeMap<String, SbmlUnit>,
    /// Every unit that needs a parameter of value 1, by the parameter's identifier.
    pub ones: BTreeMap<String, SbmlUnit>,
    /// The unit that each part was to have when it was written last.
    pub wanted: HashMap<Recorded, SbmlUnit>,
    /// Descriptions of the units that do not fit; empty for a consistent model.
    pub unit_errors: Vec<String>,
}

impl<'a> Writer<'a> {
    /// A writer for a graph whose parts are named so.
    pub(crate) fn new(graph: &'a Graph, names: &'a HashMap<Recorded, Name>) -> Self {
        let inferred = OwnUnits::of(graph, names);
        let (units, ones, wanted) = (BTreeMap::new(), BTreeMap::new(), HashMap::new());
        Self { graph, names, inferred, units, ones, wanted, unit_errors: Vec::new() }
    }

    fn unit_of(&self, number: Recorded) -> SbmlUnit {
        self.inferred.unit_of(number)
    }

    /// The `math` element of a part that is to have `unit`, whether the part has a name or not.
    pub(crate) fn definition(&mut self, number: Recorded, unit: &SbmlUnit) -> Element {
        let expression = self.operation(number, unit);
        math(expression)
    }

    /// The `math` element that refers to a named part, or writes it out if it has no name.
    pub(crate) fn reference(&mut self, number: Recorded, unit: &SbmlUnit) -> Element {
        let expression = self.part(number, unit);
        math(expression)
    }

    /// The expression of a number, or its name if it has one.
    pub(crate) fn part(&mut self, number: Recorded, wanted: &SbmlUnit) -> Element {
        self.wanted.insert(number, wanted.clone());
        let Some(name) = self.names.get(&number) else { return self.operation(number, wanted) };
        if !name.unit.is_same(wanted) {
            let (own, wanted) = (name.unit.id(), wanted.id());
            self.unit_errors.push(format!("{} has {own}, its place wants {wanted}", name.id));
        }
        variable(&name.id)
    }

    /// A number with the unit that its place asks for.
    ///
    /// Checkers lose a broken exponent such as that of mg^0.7 on a number, but not on a parameter.
    fn number(&mut self, value: f64, unit: &SbmlUnit) -> Element {
        self.units.insert(unit.id(), unit.clone());
        if unit.factors().all(|(_, exponent)| exponent.fract().abs() < 1e-9) {
            return literal(value, unit);
        }
        let id = format!("one_{}", unit.id());
        let one = variable(&id);
        self.ones.insert(id, unit.clone());
        if value == 1.0 { one } else { apply("times", [literal(value, &SbmlUnit::none()), one]) }
    }

    fn operation(&mut self, number: Recorded, wanted: &SbmlUnit) -> Element {
        let none = SbmlUnit::none();
        match self.graph.node(number) {
            None => defect("an operation of another recording"),
            Some(GraphNode::Number(bits)) => self.number(f64::from_bits(bits), wanted),
            Some(GraphNode::Symbol(index)) => {
                variable(self.graph.symbol_name(index).or_defect("a symbol of another recording"))
            }
            Some(GraphNode::Negative(a)) => apply("minus", [self.part(a, wanted)]),
            Some(GraphNode::Sum(a, b)) => {
                apply("plus", [self.part(a, wanted), self.part(b, wanted)])
            }
            Some(GraphNode::Difference(a, b)) => {
                apply("minus", [self.part(a, wanted), self.part(b, wanted)])
            }
            Some(GraphNode::Product(a, b)) => self.product(a, b, wanted),
            Some(GraphNode::Quotient(a, b)) => self.quotient(a, b, wanted),
            Some(GraphNode::Exp(a)) => {
                let power = apply("exp", [self.part(a, &none)]);
                if wanted.is_none() {
                    power
                } else {
                    apply("times", [power, self.number(1.0, wanted)])
                }
            }
            Some(GraphNode::Ln(a)) => {
                self.must_be_none(wanted, "a logarithm");
                apply("ln", [self.bare(a)])
            }
            Some(GraphNode::Sqrt(a)) => apply("root", [self.part(a, &wanted.power(2.0))]),
            Some(GraphNode::CosTurns(a)) => {
                self.must_be_none(wanted, "a cosine");
                let two = self.number(2.0, &none);
                let angle = apply("times", [two, Element::new("pi"), self.part(a, &none)]);
                apply("cos", [angle])
            }
            Some(GraphNode::Select(a, b, c)) => self.choice([a, b, c], wanted),
        }
    }

    /// A part without its unit.
    fn bare(&mut self, number: Recorded) -> Element {
        let unit = self.unit_of(number);
        let part = self.part(number, &unit);
        if unit.is_none() { part } else { apply("divide", [part, self.number(1.0, &unit)]) }
    }

    fn product(&mut self, a: Recorded, b: Recorded, wanted: &SbmlUnit) -> Element {
        let (mut left, mut right) = (self.unit_of(a), self.unit_of(b));
        if !left.times(&right).is_same(wanted) {
            match self.free_side(a, b) {
                Some(OperandSide::Left) => left = wanted.over(&right),
                Some(OperandSide::Right) => right = wanted.over(&left),
                None => self.report_mismatch("a product", &left.times(&right), wanted),
            }
        }
        apply("times", [self.part(a, &left), self.part(b, &right)])
    }

    fn quotient(&mut self, a: Recorded, b: Recorded, wanted: &SbmlUnit) -> Element {
        let (mut above, mut below) = (self.unit_of(a), self.unit_of(b));
        if !above.over(&below).is_same(wanted) {
            match self.free_side(a, b) {
                Some(OperandSide::Left) => above = wanted.times(&below),
                Some(OperandSide::Right) => below = above.over(wanted),
                None => self.report_mismatch("a quotient", &above.over(&below), wanted),
            }
        }
        apply("divide", [self.part(a, &above), self.part(b, &below)])
    }

    fn choice(&mut self, [a, b, c]: [Recorded; 3], wanted: &SbmlUnit) -> Element {
        let unit = self.unit_of(a);
        let zero = self.number(0.0, &unit);
        let condition = apply("gt", [self.part(a, &unit), zero]);
        let positive = Element::new("piece").holding(self.part(b, wanted)).holding(condition);
        let otherwise = Element::new("otherwise").holding(self.part(c, wanted));
        Element::new("piecewise").holding(positive).holding(otherwise)
    }

    /// The one of two parts that may take another unit.
    fn free_side(&self, a: Recorded, b: Recorded) -> Option<OperandSide> {
        match (self.inferred.is_free(a), self.inferred.is_free(b)) {
            (true, _) => Some(OperandSide::Left),
            (false, true) => Some(OperandSide::Right),
            (false, false) => None,
        }
    }

    fn must_be_none(&mut self, wanted: &SbmlUnit, what: &str) {
        if !wanted.is_none() {
            self.report_mismatch(what, &SbmlUnit::none(), wanted);
        }
    }

    fn report_mismatch(&mut self, what: &str, own: &SbmlUnit, wanted: &SbmlUnit) {
        self.unit_errors.push(format!("{what} has {}, its place wants {}", own.id(), wanted.id()));
    }
}

enum OperandSide {
    Left,
    Right,
}

/// The unit of an operation from those of its operands.
fn infer_unit(graph: &Graph, number: Recorded, known: &HashMap<Recorded, OwnUnit>) -> OwnUnit {
    let none = |free| OwnUnit { unit: SbmlUnit::none(), free };
    let of = |operand: Recorded| known.get(&operand).cloned().unwrap_or_else(|| none(true));
    // The unit of a sum is that of the side that cannot take another one.
    let either = |a: OwnUnit, b: OwnUnit| match (a.free, b.free) {
        (true, false) => b,
        (true, true) if a.unit.is_none() => b,
        _ => a,
    };
    match graph.node(number) {
        None | Some(GraphNode::Number(_) | GraphNode::Exp(_)) => none(true),
        Some(GraphNode::Symbol(_) | GraphNode::Ln(_) | GraphNode::CosTurns(_)) => none(false),
        Some(GraphNode::Negative(a)) => of(a),
        Some(GraphNode::Sum(a, b) | GraphNode::Difference(a, b) | GraphNode::Select(_, a, b)) => {
            either(of(a), of(b))
        }
        Some(GraphNode::Product(a, b)) => {
            let (a, b) = (of(a), of(b));
            OwnUnit { unit: a.unit.times(&b.unit), free: a.free || b.free }
        }
        Some(GraphNode::Quotient(a, b)) => {
            let (a, b) = (of(a), of(b));
            OwnUnit { unit: a.unit.over(&b.unit), free: a.free || b.free }
        }
        Some(GraphNode::Sqrt(a)) => {
            let a = of(a);
            OwnUnit { unit: a.unit.power(0.5), free: a.free }
        }
    }
}

pub(crate) fn math(expression: Element) -> Element {
    Element::new("math").with("xmlns", "http://www.w3.org/1998/Math/MathML").holding(expression)
}

pub(crate) fn apply<const N: usize>(operator: &'static str, operands: [Element; N]) -> Element {
    Element::new("apply").holding(Element::new(operator)).holding_all(operands)
}

/// A name in an expression; `time_days` is the time itself.
pub(crate) fn variable(id: &str) -> Element {
    if id == TIME {
        return Element::new("csymbol")
            .with("encoding", "text")
            .with("definitionURL", "http://www.sbml.org/sbml/symbols/time")
            .text("time");
    }
    Element::new("ci").text(id)
}

/// The symbol that stands for the time in recorded expressions.
pub(crate) const TIME: &str = "time_days";

/// A number as an attribute, in digits that read back as the same bits.
///
/// A value below [`NEGLIGIBLE`] is written as zero: it means nothing, readers take
/// numbers below the normal range for an error, and COPASI's LSODAR breaks down on 1e-292.
pub(crate) fn decimal(value: f64) -> String {
    match value {
        f64::INFINITY => "INF".to_owned(),
        f64::NEG_INFINITY => "-INF".to_owned(),
        _ if value.abs() < NEGLIGIBLE => "0.0".to_owned(),
        _ => format!("{value:?}"),
    }
}

/// Below this, every quantity of the model is negligible in every unit.
const NEGLIGIBLE: f64 = 1e-100;

/// A number with its unit, in digits that read back as the same bits.
pub(crate) fn literal(value: f64, unit: &SbmlUnit) -> Element {
    let number = Element::new("cn").with("sbml:units", unit.id());
    if !value.is_finite() {
        return Element::new("notanumber");
    }
    let digits = format!("{value:e}");
    match digits.split_once('e') {
        // Far from one: MathML has its own way to write a power of ten.
        Some((mantissa, exponent)) if exponent.trim_start_matches('-').len() > 1 => number
            .with("type", "e-notation")
            .text(mantissa)
            .holding(Element::new("sep"))
            .text(exponent),
        _ if value.fract() == 0.0 && value.abs() < 1e9 => {
            number.with("type", "integer").text(format!("{value}"))
        }
        _ => number.text(format!("{value}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::real::Real;
    use crate::real::recording::record;

    fn unit(text: &str) -> SbmlUnit {
        SbmlUnit::read(text).unwrap()
    }

    fn written(
        unit_of_x: &str,
        wanted: &str,
        make: impl FnOnce(Recorded) -> Recorded,
    ) -> (String, Vec<String>) {
        let ((x, root), graph) = record(|| {
            let x = Recorded::symbol("x");
            (x, make(x))
        });
        let names = HashMap::from([(x, Name { id: "x".into(), unit: unit(unit_of_x) })]);
        let mut writer = Writer::new(&graph, &names);
        let text = writer.definition(root, &unit(wanted)).document("");
        let text = text.lines().skip(3).map(str::trim).collect();
        (text, writer.unit_errors)
    }

    #[test]
    fn a_number_takes_the_unit_that_its_place_asks_for() {
        let (text, errors) = written("y", "y", |x| x - Recorded::number(20.0));
        assert!(text.contains("<cn sbml:units=\"y\" type=\"integer\">20</cn>"), "{text}");
        assert!(errors.is_empty());
        let (text, errors) = written("nM", "pmol/L", |x| x * Recorded::number(1000.5));
        assert!(text.contains("<cn sbml:units=\"pmol_per_nmol\">1000.5</cn>"), "{text}");
        assert!(errors.is_empty());
    }

    #[test]
    fn a_power_by_logarithms_takes_the_unit_off_and_puts_it_on() {
        let (text, errors) = written("mg", "mg^0.5", |x| (x.ln() * Recorded::number(0.5)).exp());
        assert!(text.contains("<ln/><apply><divide/><ci>x</ci>"), "{text}");
        assert!(text.ends_with("<ci>one_mg_to_0_5</ci></apply></math>"), "{text}");
        assert!(errors.is_empty());
    }

    #[test]
    fn units_that_do_not_fit_are_told() {
        assert_eq!(written("mg", "d", |x| x + x).1.len(), 2);
        assert_eq!(written("mg", "mg", |x| x * x).1, ["a product has mg_to_2, its place wants mg"]);
        assert_eq!(written("d", "1", |x| x / (x * x)).1.len(), 1);
    }

    #[test]
    fn numbers_read_back_as_the_same_bits() {
        for value in [0.1, 1.0, -3.0, 1e-30, 6.02214076e23, 961.92, 2.3e-308, 1e300, 123456.789] {
            let text = literal(value, &SbmlUnit::none()).document("");
            let digits = text.split('>').nth(3).unwrap().split('<').next().unwrap();
            let exponent =
                text.split("<sep/>").nth(1).map_or("0", |e| e.split('<').next().unwrap());
            let read: f64 = format!("{digits}e{exponent}").parse().unwrap();
            assert_eq!(read.to_bits(), value.to_bits(), "{text}");
            assert!(decimal(value).parse() == Ok(value) || value < 1e-100);
        }
        assert_eq!([1e-323, -1e-292, 0.0, 2.5].map(decimal), ["0.0", "0.0", "0.0", "2.5"]);
        assert_eq!(
            [f64::INFINITY, f64::NEG_INFINITY, f64::NAN].map(decimal),
            ["INF", "-INF", "NaN"]
        );
    }
}
