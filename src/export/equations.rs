//! The model's equations, taken apart into named ones.
//!
//! `recorded` gives one graph of operations. Here its parts get names: read-outs and flows first,
//! then influences, then the parts that several equations share.

use std::collections::{HashMap, HashSet};

use crate::export::expression::{Name, OwnUnits, Writer};
use crate::export::recorded::{NamedPart, RecordedModel};
use crate::export::units::SbmlUnit;
use crate::parameters::Parameters;
use crate::physiology::regulation::CHANGE_COUNT;
use crate::real::recording::{Graph, GraphNode, Recorded, record};

/// An equation `id = expression`, true at every time, or for constants once and for all.
#[derive(Clone, Debug)]
pub(crate) struct Equation {
    pub id: String,
    pub unit: SbmlUnit,
    pub number: Recorded,
    /// True if the right side is a number or a part that has a name already.
    pub is_alias: bool,
}

#[derive(Debug)]
pub(crate) struct Equations {
    pub graph: Graph,
    /// Every part with a name, symbols included.
    pub names: HashMap<Recorded, Name>,
    /// Constants that follow from parameters, operands first.
    pub constants: Vec<Equation>,
    /// Influences, flows and read-outs, operands first.
    pub rules: Vec<Equation>,
    /// Rates of change of the states that are not calcium pools, in their order.
    pub changes: [Recorded; CHANGE_COUNT],
    /// Names of the symbols that an equation reads.
    pub used: HashSet<&'static str>,
}

impl Equations {
    /// Records the model under averaged intake, with or without a season of the sun.
    ///
    /// The equations hold for any values of the parameters; the units of powers follow from them.
    pub(crate) fn record(with_season: bool, parameters: &Parameters<f64>) -> Self {
        let (model, graph) = record(|| RecordedModel::record(with_season));
        let mut naming = Naming { names: HashMap::new(), parameters };
        model.symbols.iter().for_each(|part| naming.name(*part));
        let mut constants: Vec<_> =
            model.derived.iter().map(|part| naming.equation(*part, &graph)).collect();
        let mut rules: Vec<_> =
            model.reported.iter().map(|part| naming.equation(*part, &graph)).collect();
        // An influence that is reported already needs no second name.
        let influences = model.influences.iter().map(|part| naming.equation(*part, &graph));
        rules.extend(influences.filter(|equation| !equation.is_alias));

        let equations = constants.iter().chain(&rules).map(|equation| equation.number);
        let uses = count_uses(&graph, equations.chain(model.changes));
        let varying = varying(&graph, &model);
        let known = constants.iter().chain(&rules).cloned().collect::<Vec<_>>();
        for equation in naming.name_shared(&graph, &uses, &known) {
            let changes = varying.contains(&equation.number);
            if changes { rules.push(equation) } else { constants.push(equation) }
        }
        for kind in [&mut constants, &mut rules] {
            kind.sort_by_key(|equation| (equation.is_alias, equation.number));
        }
        let symbols = model.symbols.iter();
        let used = symbols.filter(|part| uses.contains_key(&part.number)).map(|part| part.name);
        let (used, changes) = (used.collect(), model.changes);
        Self { graph, names: naming.names, constants, rules, changes, used }
    }
}

struct Naming<'a> {
    names: HashMap<Recorded, Name>,
    parameters: &'a Parameters<f64>,
}

impl Naming<'_> {
    fn name(&mut self, part: NamedPart) {
        let unit = SbmlUnit::at(part.unit, self.parameters);
        self.names.insert(part.number, Name { id: part.name.to_owned(), unit });
    }

    /// The equation of a part, which gives it its name unless it has one.
    fn equation(&mut self, part: NamedPart, graph: &Graph) -> Equation {
        let is_number = matches!(graph.node(part.number), Some(GraphNode::Number(_)));
        let is_alias = is_number || self.names.contains_key(&part.number);
        if !is_alias {
            self.name(part);
        }
        let unit = SbmlUnit::at(part.unit, self.parameters);
        Equation { id: part.name.to_owned(), unit, number: part.number, is_alias }
    }

    /// Names the parts that are used more than once and are more than one plain operation on named
    /// parts.
    fn name_shared(
        &mut self,
        graph: &Graph,
        uses: &HashMap<Recorded, usize>,
        equations: &[Equation],
    ) -> Vec<Equation> {
        // Written once to collect the unit that each part is to have.
        let mut writer = Writer::new(graph, &self.names);
        for equation in equations {
            writer.definition(equation.number, &equation.unit);
        }
        let (wanted, own) = (std::mem::take(&mut writer.wanted), OwnUnits::of(graph, &self.names));
        let unit_of = |number| wanted.get(&number).cloned().unwrap_or_else(|| own.unit_of(number));
        let mut equations: Vec<Equation> = Vec::new();
        for number in graph.numbers() {
            let is_shared = uses.get(&number).is_some_and(|count| *count > 1);
            let Some(node) = graph.node(number).filter(|_| is_shared) else { continue };
            if self.names.contains_key(&number) || self.is_short(graph, node) {
                continue;
            }
            let id = self.shared_id(node, equations.len());
            let unit = unit_of(number);
            self.names.insert(number, Name { id: id.clone(), unit: unit.clone() });
            equations.push(Equation { id, unit, number, is_alias: false });
        }
        equations
    }

    /// One plain operation on named parts or numbers is sooner read than its name.
    fn is_short(&self, graph: &Graph, node: GraphNode) -> bool {
        let is_leaf = |number: Recorded| {
            let plain = matches!(graph.node(number), Some(GraphNode::Number(_)));
            plain || self.names.contains_key(&number)
        };
        match node {
            GraphNode::Number(_) | GraphNode::Symbol(_) => true,
            GraphNode::Exp(_) | GraphNode::Ln(_) | GraphNode::Sqrt(_) | GraphNode::CosTurns(_) => {
                false
            }
            _ => node.operands().all(is_leaf),
        }
    }

    /// The logarithm of x is called `ln_x`; other parts are counted.
    fn shared_id(&self, node: GraphNode, count: usize) -> String {
        let named = match node {
            GraphNode::Ln(operand) => {
                self.names.get(&operand).map(|name| format!("ln_{}", name.id))
            }
            _ => None,
        };
        let taken = |id: &String| self.names.values().any(|name| name.id == *id);
        named.filter(|id| !taken(id)).unwrap_or_else(|| format!("shared_{}", count + 1))
    }
}

/// Every part on which the roots depend, with the number of its uses.
fn count_uses(graph: &Graph, roots: impl Iterator<Item = Recorded>) -> HashMap<Recorded, usize> {
    let mut uses: HashMap<Recorded, usize> = HashMap::new();
    let mut open: Vec<Recorded> = roots.collect();
    while let Some(number) = open.pop() {
        let count = uses.entry(number).or_default();
        *count += 1;
        // The operands are used once by this part, however often it is used itself.
        if let Some(node) = graph.node(number).filter(|_| *count == 1) {
            open.extend(node.operands());
        }
    }
    uses
}

/// The parts that change with time, state or input.
fn varying(graph: &Graph, model: &RecordedModel) -> HashSet<Recorded> {
    let mut varying: HashSet<Recorded> =
        model.symbols.iter().filter(|part| part.varies).map(|part| part.number).collect();
    for number in graph.numbers() {
        let changes = |node: GraphNode| node.operands().any(|operand| varying.contains(&operand));
        if graph.node(number).is_some_and(changes) {
            varying.insert(number);
        }
    }
    varying
}
