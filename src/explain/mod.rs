//! The equation behind a read-out, with its numbers at a time in an arm.
//!
//! The right-hand side is recorded, not written a second time: what is printed is what runs, taken
//! as averaged intake. Reads no files.

pub(crate) mod infix;

use std::collections::{HashMap, HashSet, VecDeque};

use crate::error::failure::RunFailure;
use crate::explain::infix::Infix;
use crate::export::recorded::{NamedPart, RecordedModel, symbol_values};
use crate::parameters::{PARAMETER_TABLE, ParameterInfo};
use crate::physiology::balance::shares;
use crate::physiology::inputs::input;
use crate::physiology::ledger::{FLOW_COUNT, Pool};
use crate::physiology::model::Model;
use crate::physiology::quantities::{QUANTITIES, Quantity, TrajectoryColumn, label_of};
use crate::physiology::state::STATES;
use crate::real::Real;
use crate::real::recording::{Graph, GraphNode, Recorded, record};
use crate::scenario::Arm;
use crate::simulation::{InitialState, Options, run_arm};
use crate::trajectory::Row;

/// A named number in an equation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Named {
    pub name: &'static str,
    /// Words for it, empty if the tables have none.
    pub label: &'static str,
    pub unit: &'static str,
    pub value: f64,
}

/// An equation: `named = by_name = by_number`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Equation {
    pub named: Named,
    /// True for the rate of change of a state; the value is then that of the rate, per day.
    pub is_rate: bool,
    pub by_name: String,
    pub by_number: String,
    /// What the equation has several times, under a letter: operands first.
    pub repeated: Vec<Repeated>,
}

/// A part that an equation has several times: `letter = by_name = by_number = value`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Repeated {
    pub letter: &'static str,
    pub value: f64,
    pub by_name: String,
    pub by_number: String,
}

/// Letters for repeated parts.
const LETTERS: [&str; 16] =
    ["a", "b", "c", "d", "e", "f", "g", "h", "k", "m", "n", "p", "q", "r", "s", "u"];

/// A repeated part of fewer leaves is sooner read than its letter.
const FEW_LEAVES: usize = 3;

/// A read-out explained.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Explanation {
    /// Value of the read-out itself.
    pub subject: Named,
    /// The read-out's equation, then those of the parts that it reads, nearest first.
    pub equations: Vec<Equation>,
    /// States of the body and intakes that the equations read.
    pub states: Vec<Named>,
    pub inputs: Vec<Named>,
    /// Other numbers: the person, the season, the time.
    pub person: Vec<Named>,
    /// Parameters that the equations read, with their values in this arm.
    pub parameters: Vec<(&'static ParameterInfo, f64)>,
}

/// Explains a quantity in an arm, `day` days after its beginning.
///
/// # Errors
/// The arm does not run that far.
pub(crate) fn explain(
    quantity: &Quantity,
    arm: &Arm,
    day: f64,
    options: &Options,
) -> Result<Explanation, RunFailure> {
    let (row, known) = moment(arm, day, options)?;
    Ok(Recording::new(arm, &known).explanation(quantity, &row))
}

/// The row of an arm `day` days after its beginning, and the values of all symbols there.
fn moment(arm: &Arm, day: f64, options: &Options) -> Result<(Row, Values), RunFailure> {
    let start = InitialState::of(arm, options, &mut |_| true)?;
    let mut shorter = arm.clone();
    if day > 0.0 {
        shorter.duration_days = day;
    }
    let mut run = run_arm(&shorter, options, &mut |_| true);
    let rows = &mut run.trajectory.rows;
    let row = if day > 0.0 { rows.pop() } else { rows.drain(..).next() };
    match (run.failure, row) {
        (Some(failure), _) => Err(failure),
        (None, None) => Err(RunFailure::Unsupported { arm: arm.name.clone() }),
        (None, Some(row)) => {
            let known = known(arm, start.model(), &row);
            Ok((row, known))
        }
    }
}

/// A read-out of an arm at a row, with `more` milligrams (or units) in each state; `None` if the
/// equations do not give it.
pub(crate) fn reading_at(
    quantity: &Quantity,
    arm: &Arm,
    row: &Row,
    more: &dyn Fn(&str) -> f64,
) -> Option<f64> {
    if let TrajectoryColumn::State(index) = quantity.column {
        return Some(row.value(quantity.column) + more(STATES.get(index)?.name));
    }
    let model = Model::new(&arm.parameters, &arm.person);
    let mut known = known(arm, model, row);
    for state in &STATES {
        if let Some(value) = known.get_mut(state.name) {
            *value += more(state.name);
        }
    }
    let recording = Recording::new(arm, &known);
    let (number, _) = recording.root(quantity);
    Some(recording.value(number)).filter(|value| value.is_finite())
}

/// Values of symbols by name.
type Values = HashMap<&'static str, f64>;

/// The values of all symbols at a row.
fn known(arm: &Arm, model: Model<f64>, row: &Row) -> Values {
    let symbols = symbol_values(arm, model, &arm.inputs_on(row.time_days)).into_iter();
    let states = STATES.iter().zip(row.states).map(|(state, value)| (state.name, value));
    let time = (crate::export::expression::TIME, row.time_days);
    symbols.map(|symbol| (symbol.name, symbol.value)).chain(states).chain([time]).collect()
}

/// The recorded model of an arm at one moment.
struct Recording<'a> {
    graph: Graph,
    model: RecordedModel,
    /// Rate of change of each state.
    rates: Vec<Recorded>,
    names: HashMap<Recorded, &'static str>,
    /// Parts with an equation of their own, by their symbol or their number.
    definitions: HashMap<Recorded, NamedPart>,
    values: Vec<f64>,
    known: &'a Values,
}

impl<'a> Recording<'a> {
    fn new(arm: &Arm, known: &'a Values) -> Self {
        let ((model, rates), graph) = record(|| {
            let model = RecordedModel::record(arm.season.is_some());
            let rates = rates(&model);
            (model, rates)
        });
        let values = graph.values(&|name| known.get(name).copied());
        let mut names = HashMap::new();
        let mut definitions = HashMap::new();
        for part in model.symbols.iter().chain(&model.reported).chain(&model.influences) {
            let is_plain = matches!(graph.node(part.number), Some(GraphNode::Number(_)));
            if !is_plain && !names.contains_key(&part.number) {
                names.insert(part.number, part.name);
                if !matches!(graph.node(part.number), Some(GraphNode::Symbol(_))) {
                    definitions.insert(part.number, *part);
                }
            }
        }
        // A constant that follows from parameters is a symbol where it is used.
        for constant in &model.derived {
            let symbol = model.symbols.iter().find(|symbol| symbol.name == constant.name);
            definitions.extend(symbol.map(|symbol| (symbol.number, *constant)));
        }
        Self { graph, model, rates, names, definitions, values, known }
    }

    fn explanation(&self, quantity: &Quantity, row: &Row) -> Explanation {
        let mut open = VecDeque::new();
        let mut seen = HashSet::new();
        let mut equations = Vec::new();
        let mut read: Vec<&NamedPart> = Vec::new();
        let subject = named(quantity.name, quantity.unit, row.value(quantity.column));
        let (number, is_rate) = self.root(quantity);
        let own = Named { value: self.value(number), ..subject.clone() };
        equations.push(self.equation(own, number, is_rate));
        self.operands(number, &mut open);
        seen.insert(number);
        while let Some(part) = open.pop_front() {
            if !seen.insert(part) {
                continue;
            }
            match self.definitions.get(&part) {
                Some(definition) => {
                    let own = named(definition.name, definition.unit, self.value(part));
                    equations.push(self.equation(own, definition.number, false));
                    self.operands(definition.number, &mut open);
                }
                None => {
                    let symbol = self.model.symbols.iter().find(|one| one.number == part);
                    read.extend(symbol);
                    // What stands in a wall is explained by the law by which it grew.
                    let Some((own, rate)) = symbol.and_then(|one| self.growth(one.name)) else {
                        continue;
                    };
                    if seen.insert(rate) {
                        equations.push(self.equation(own, rate, true));
                        self.operands(rate, &mut open);
                    }
                }
            }
        }
        let all = |wanted: &dyn Fn(&str) -> bool| -> Vec<Named> {
            let read = read.iter().filter(|part| wanted(part.name));
            read.map(|part| named(part.name, part.unit, self.value(part.number))).collect()
        };
        let is_state = |name: &str| STATES.iter().any(|state| state.name == name);
        let is_input = |name: &str| input(name).is_some();
        let table = |name: &str| PARAMETER_TABLE.iter().find(|row| row.name == name);
        let parameters = read.iter().filter_map(|part| Some((table(part.name)?, part.number)));
        Explanation {
            subject,
            equations,
            states: all(&is_state),
            inputs: all(&is_input),
            person: all(&|name| !is_state(name) && !is_input(name) && table(name).is_none()),
            parameters: parameters.map(|(row, part)| (row, self.value(part))).collect(),
        }
    }

    /// The rate of change of the calcium in a wall, by the name of its state.
    fn growth(&self, state: &str) -> Option<(Named, Recorded)> {
        let mut walls = [Pool::Coronary, Pool::Aortic].into_iter().map(Pool::state);
        let index = walls.find(|index| STATES.get(*index).is_some_and(|one| one.name == state))?;
        let (state, rate) = (STATES.get(index)?, *self.rates.get(index)?);
        Some((named(state.name, state.unit, self.value(rate)), rate))
    }

    /// What a quantity is computed as; for a state, its rate of change.
    fn root(&self, quantity: &Quantity) -> (Recorded, bool) {
        let reported = self.model.reported.iter().find(|part| part.name == quantity.name);
        match (quantity.column, reported) {
            (TrajectoryColumn::State(index), _) => {
                (self.rates.get(index).copied().unwrap_or(Recorded::UNRECORDED), true)
            }
            (_, Some(part)) => (part.number, false),
            (_, None) => (Recorded::UNRECORDED, false),
        }
    }

    fn value(&self, part: Recorded) -> f64 {
        let symbol = self.names.get(&part).and_then(|name| self.known.get(name));
        symbol.copied().or_else(|| Graph::value(part, &self.values)).unwrap_or(f64::NAN)
    }

    fn equation(&self, named: Named, number: Recorded, is_rate: bool) -> Equation {
        let mut names = self.names.clone();
        let mut repeated = Vec::new();
        for (part, letter) in self.repeated(number).into_iter().zip(LETTERS) {
            let [by_name, by_number] = self.written(part, &names);
            repeated.push(Repeated { letter, value: self.value(part), by_name, by_number });
            names.insert(part, letter);
        }
        let [by_name, by_number] = self.written(number, &names);
        Equation { named, is_rate, by_name, by_number, repeated }
    }

    /// The right side of an equation by name and by number.
    fn written(&self, number: Recorded, names: &HashMap<Recorded, &'static str>) -> [String; 2] {
        [None, Some(self.values.as_slice())]
            .map(|values| Infix { graph: &self.graph, names, values }.definition(number))
    }

    /// The nameless parts that an equation has several times, operands first.
    fn repeated(&self, number: Recorded) -> Vec<Recorded> {
        let mut uses = HashMap::new();
        self.count_uses(number, &mut uses);
        let mut parts: Vec<Recorded> = uses
            .into_iter()
            .filter(|(part, uses)| *uses > 1 && *part != number && self.leaves(*part) >= FEW_LEAVES)
            .map(|(part, _)| part)
            .collect();
        parts.sort_unstable(); // operands are recorded before what is made of them
        parts
    }

    fn count_uses(&self, part: Recorded, uses: &mut HashMap<Recorded, usize>) {
        let count = uses.entry(part).or_default();
        *count += 1;
        if *count > 1 {
            return;
        }
        let Some(node) = self.graph.node(part) else { return };
        let nameless = node.operands().filter(|operand| !self.names.contains_key(operand));
        nameless.for_each(|operand| self.count_uses(operand, uses));
    }

    /// Number of named parts and numbers in a part, up to [`FEW_LEAVES`].
    fn leaves(&self, part: Recorded) -> usize {
        let Some(node) = self.graph.node(part) else { return 1 };
        let mut leaves = 0;
        for operand in node.operands() {
            let is_leaf = self.names.contains_key(&operand);
            leaves += if is_leaf { 1 } else { self.leaves(operand) };
            if leaves >= FEW_LEAVES {
                break;
            }
        }
        leaves.max(1)
    }

    /// The named parts that the equation of a part reads, in the order of reading.
    fn operands(&self, number: Recorded, open: &mut VecDeque<Recorded>) {
        let Some(node) = self.graph.node(number) else { return };
        if let GraphNode::Symbol(_) = node {
            open.push_back(number); // a read-out that is a state
        }
        for operand in node.operands() {
            if self.names.contains_key(&operand) {
                open.push_back(operand);
            } else {
                self.operands(operand, open);
            }
        }
    }
}

/// The rate of change of every state: the flows of the ledger and the changes of its own.
fn rates(model: &RecordedModel) -> Vec<Recorded> {
    let flows = model
        .reported
        .iter()
        .filter(|part| QUANTITIES.iter().any(|row| row.name == part.name && row.column.is_flow()));
    let terms: Vec<Recorded> = flows.map(|part| part.number).chain(model.changes).collect();
    debug_assert_eq!(terms.len(), FLOW_COUNT + model.changes.len());
    let mut rates = vec![Recorded::number(0.0); STATES.len()];
    for share in shares() {
        if let (Some(rate), Some(term)) = (rates.get_mut(share.state), terms.get(share.term)) {
            *rate = if share.factor < 0.0 { *rate - *term } else { *rate + *term };
        }
    }
    rates
}

/// A number with its unit and the words of the tables.
fn named(name: &'static str, unit: &'static str, value: f64) -> Named {
    Named { name, label: label_of(name).unwrap_or_default(), unit, value }
}

#[cfg(test)]
mod tests;
