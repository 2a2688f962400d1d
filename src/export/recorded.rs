//! The model evaluated once with numbers that record.
//!
//! Nothing is computed and no equation is written a second time. Parameters, the constants that
//! follow from them, the person, the inputs, the states and the time are symbols.

use crate::error::defect::OrDefect as _;
use crate::export::expression::TIME;
use crate::parameters::{PARAMETER_TABLE, Parameters};
use crate::physiology::arterial_calcification as artery;
use crate::physiology::balance::{Rates, evaluate};
use crate::physiology::derived::Derived;
use crate::physiology::gut_absorption as gut;
use crate::physiology::inputs::{INPUTS, InputInfo, Inputs};
use crate::physiology::model::{self, PersonNumbers};
use crate::physiology::person::Person;
use crate::physiology::quantities::{QUANTITIES, TrajectoryColumn};
use crate::physiology::readouts::ReadOuts;
use crate::physiology::regulation::CHANGE_COUNT;
use crate::physiology::segment_inputs::{Resolution, Season, SegmentInputs};
use crate::physiology::state::{STATES, State};
use crate::physiology::vitamin_d;
use crate::real::recording::Recorded;
use crate::scenario::Arm;

#[derive(Clone, Copy, Debug)]
pub(crate) struct NamedPart {
    pub name: &'static str,
    /// Its unit, as the tables spell it; an exponent may be a parameter.
    pub unit: &'static str,
    pub number: Recorded,
    /// True for the time, a state or an input.
    pub varies: bool,
}

/// The recording, its parts by kind.
pub(crate) struct RecordedModel {
    /// Symbols: the parts that have a value of their own.
    pub symbols: Vec<NamedPart>,
    pub derived: Vec<NamedPart>,
    pub reported: Vec<NamedPart>,
    /// Named intermediate results of the equations.
    pub influences: Vec<NamedPart>,
    /// Rates of change of the states that are not calcium pools.
    pub changes: [Recorded; CHANGE_COUNT],
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct SymbolValue {
    pub name: &'static str,
    pub unit: &'static str,
    pub value: f64,
    /// False for an input, which may change at the beginning of a phase.
    pub is_constant: bool,
}

/// The values of all symbols of an arm but time and states: inputs, season, person, parameters,
/// constants that follow from them.
pub(crate) fn symbol_values(
    arm: &Arm,
    mut model: model::Model<f64>,
    inputs: &Inputs<f64>,
) -> Vec<SymbolValue> {
    let input = |row: &InputInfo| {
        let value = inputs.get(row.name)?;
        Some(SymbolValue { name: row.name, unit: row.unit, value, is_constant: false })
    };
    let mut all: Vec<SymbolValue> = INPUTS.iter().filter_map(input).collect();
    let mut constant =
        |name, unit, value| all.push(SymbolValue { name, unit, value, is_constant: true });
    if let Some(mut season) = arm.season {
        season.visit(&mut |name, unit, value| constant(name, unit, *value));
    }
    constant("gut_in_use", "1", 0.0);
    model.person.visit(&mut |name, unit, value| constant(name, unit, *value));
    for row in &PARAMETER_TABLE {
        let value = arm.parameters.get(row.name).or_defect("a parameter without a value");
        constant(row.name, row.unit_formula, value);
    }
    model.derived.visit(&mut |name, unit, value| constant(name, unit, *value));
    all
}

#[derive(Default)]
struct Symbols(Vec<NamedPart>);

impl Symbols {
    fn constant(&mut self, name: &'static str, unit: &'static str) -> Recorded {
        self.add(name, unit, false)
    }

    fn variable(&mut self, name: &'static str, unit: &'static str) -> Recorded {
        self.add(name, unit, true)
    }

    fn add(&mut self, name: &'static str, unit: &'static str, varies: bool) -> Recorded {
        let number = Recorded::symbol(name);
        self.0.push(NamedPart { name, unit, number, varies });
        number
    }
}

impl RecordedModel {
    /// Runs the right-hand side and the read-outs; to be called inside a recording.
    pub(crate) fn record(with_season: bool) -> Self {
        let mut symbols = Symbols::default();
        let parameters = parameters(&mut symbols);
        let (constants, derived) = constants(&parameters, &mut symbols);
        let person = person(&mut symbols);
        let model = model::Model { parameters, derived: constants, person };
        let (segment, mut influences) = segment(&model, with_season, &mut symbols);
        let time = symbols.variable(TIME, "d");
        let states = std::array::from_fn(|index| {
            let row = STATES.get(index).or_defect("a state without a row");
            symbols.variable(row.name, row.unit)
        });
        let state = State::from_array(&states);
        let mut rates = evaluate(&model, &segment, time, &state);
        let reported =
            reported(&rates.flows.to_array(), &ReadOuts::of(&model, &state, &rates).to_array());
        rates.effects.visit(&mut |name, unit, number| {
            influences.push(NamedPart { name, unit, number: *number, varies: true });
        });
        influences.extend(mechanisms(&model, &state, &rates));
        let changes = rates.changes.to_array();
        Self { symbols: symbols.0, derived, reported, influences, changes }
    }
}

fn parameters(symbols: &mut Symbols) -> Parameters<Recorded> {
    let mut parameters = Parameters::PARADOX.map(|_| Recorded::UNRECORDED);
    for entry in &PARAMETER_TABLE {
        let parameter = parameters.get_mut(entry.name).or_defect("a parameter without a value");
        *parameter = symbols.constant(entry.name, entry.unit_formula);
    }
    parameters
}

/// The derived constants as symbols, and their definitions.
fn constants(
    parameters: &Parameters<Recorded>,
    symbols: &mut Symbols,
) -> (Derived<Recorded>, Vec<NamedPart>) {
    let mut constants = Derived::new(parameters);
    let mut derived = Vec::new();
    constants.visit(&mut |name, unit, number| {
        derived.push(NamedPart { name, unit, number: *number, varies: false });
        *number = symbols.constant(name, unit);
    });
    (constants, derived)
}

fn person(symbols: &mut Symbols) -> PersonNumbers<Recorded> {
    let anybody = model::Model::new(&Parameters::PARADOX, &Person::default()).person;
    let mut person = anybody.zip(&anybody, &|_, _| Recorded::UNRECORDED);
    person.visit(&mut |name, unit, number| *number = symbols.constant(name, unit));
    person
}

/// The inputs as symbols, prepared for the balance, and the parts that this makes.
fn segment(
    model: &model::Model<Recorded>,
    with_season: bool,
    symbols: &mut Symbols,
) -> (SegmentInputs<Recorded>, Vec<NamedPart>) {
    let mut inputs = Inputs::reference(&Parameters::PARADOX).map(|_| Recorded::UNRECORDED);
    for info in &INPUTS {
        if let Some(input) = inputs.get_mut(info.name) {
            *input = symbols.variable(info.name, info.unit);
        }
    }
    let season = with_season.then(|| {
        let unnamed = Recorded::UNRECORDED;
        let mut season = Season { amplitude: unnamed, start_day_of_year: unnamed };
        season.visit(&mut |name, unit, number| *number = symbols.constant(name, unit));
        season
    });
    let mut segment = SegmentInputs::new(&inputs, Resolution::Averaged, season, &model.parameters);
    // Zero here: averaged intake does not pass through stomach and intestine.
    segment.gut_in_use = symbols.constant("gut_in_use", "1");
    let part = |name, unit, number| NamedPart { name, unit, number, varies: true };
    let mut parts = vec![
        part("single_load_mg", "mg", segment.single_load_mg(&model.parameters)),
        part("calcium_rate_mg_per_day", "mg/d", segment.calcium_rate_mg_per_day),
        part("vitamin_d_rate_ug_per_day", "ug/d", segment.vitamin_d_rate_ug_per_day),
    ];
    segment.vitamin_k_rate.visit(&mut |name, unit, number| parts.push(part(name, unit, *number)));
    (segment, parts)
}

/// Parts that several equations share and that only their mechanisms know by name.
///
/// A mechanism that is evaluated again gives the same part: each operation is recorded once.
fn mechanisms(
    model: &model::Model<Recorded>,
    state: &State<Recorded>,
    rates: &Rates<Recorded>,
) -> Vec<NamedPart> {
    let (p, d) = (&model.parameters, &model.derived);
    let activation = gut::receptor_activation_pmol_per_l(
        state.calcitriol_pmol_per_l,
        state.calcidiol_nmol_per_l,
        p,
    );
    let agonist = gut::vitamin_d_agonist(activation, d.activation_reference_pmol_per_l, p);
    let release = vitamin_d::release_ug_per_day(state.vitamin_d_store_ug, p);
    let regression = artery::regression_per_day(rates.effects.powers.regression_inhibition, p);
    let pth_relative = state.pth_pmol_per_l / p.pth_reference_pmol_per_l;
    let part = |name, unit, number| NamedPart { name, unit, number, varies: true };
    vec![
        part("receptor_activation_pmol_per_l", "pmol/L", activation),
        part("vitamin_d_agonist", "1", agonist),
        part("vitamin_d_release_ug_per_day", "ug/d", release),
        part("regression_per_day", "1/d", regression),
        part("pth_relative", "1", pth_relative),
    ]
}

/// Flows first: a read-out that is a flow is its second name.
fn reported(flows: &[Recorded], read_outs: &[Recorded]) -> Vec<NamedPart> {
    let number = |column| match column {
        TrajectoryColumn::State(_) => None,
        TrajectoryColumn::Flow(index) => flows.get(index),
        TrajectoryColumn::ReadOut(index) => read_outs.get(index),
    };
    let part = |quantity: &crate::physiology::quantities::Quantity| {
        let number = *number(quantity.column)?;
        Some(NamedPart { name: quantity.name, unit: quantity.unit, number, varies: true })
    };
    QUANTITIES.iter().filter_map(part).collect()
}
