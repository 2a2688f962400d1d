//! The whole model: state in, mechanisms in order, flows and rates of change out.
//!
//! [`evaluate`] reads like section 5 of the model: [`Effects::at`] names every influence, then
//! [`flows`] moves calcium and [`Changes::at`] moves everything else. Calcium pools have no rate
//! of change of their own: it is the sum of their flows, see the ledger.

use crate::physiology::arterial_calcification as artery;
use crate::physiology::bone_exchange as exchange;
use crate::physiology::effects::Effects;
use crate::physiology::gut_absorption as gut;
use crate::physiology::kidney_excretion as kidney;
use crate::physiology::ledger::{FLOW_COUNT, Flows, LEDGER, Movement};
use crate::physiology::model::Model;
use crate::physiology::plasma_calcium as plasma;
use crate::physiology::regulation::{CHANGE_COUNT, Changes};
use crate::physiology::segment_inputs::SegmentInputs;
use crate::physiology::state::{STATE_COUNT, STATES, State};
use crate::real::Real;

/// Number of terms that the rates of change are made of: flows, then changes.
pub(crate) const TERM_COUNT: usize = FLOW_COUNT + CHANGE_COUNT;

/// Urinary calcium \[mg/d\]: filtered, less what the tubules take back.
#[rustfmt::skip]
#[inline(always)]
fn urinary_flow<R: Real>(model: &Model<R::Scalar>, effects: &Effects<R>) -> R {
    let Model { parameters: p, derived: d, .. } = model;
    let aging = &effects.aging;
    let excreted = kidney::fractional_excretion(
        effects.powers.tubular_reabsorption, aging.estrogen_relative, aging.kidney_impairment, d.fractional_excretion_reference, p,
    );
    let filtration = kidney::raw_effect_of_calcium_on_filtration(effects.powers.renal_vasoconstriction, p)
        / d.hypercalcemia_at_reference;
    kidney::ecf_to_urine(effects.serum_calcium_mmol_per_l, aging.gfr_relative, filtration, excreted, p)
}

/// Resorbing and forming activity of bone, 1 in the reference person.
#[rustfmt::skip]
#[inline(always)]
fn bone_activities<R: Real>(model: &Model<R::Scalar>, state: &State<R>, effects: &Effects<R>) -> [R; 2] {
    let Model { parameters: p, derived: d, .. } = model;
    let powers = &effects.powers;
    let resorbing = exchange::resorbing(
        state.osteoclast_activity, powers.toxic_share_reciprocal, d.toxic_share_at_reference, p,
    );
    let mineral = exchange::effect_of_mineral_on_accretion(powers.mineralization_reciprocal, d.mineralization_ceiling);
    let forming = state.osteoblast_activity * mineral * effects.effect_of_osteocalcin_on_accretion;
    [resorbing, forming]
}

/// Calcium uptake of coronary and aortic wall \[mg/d\].
#[rustfmt::skip]
#[inline(always)]
fn wall_uptakes<R: Real>(model: &Model<R::Scalar>, effects: &Effects<R>) -> [R; 2] {
    let Model { parameters: p, person, .. } = model;
    let growth = effects.effect_of_active_mgp_on_calcification
        * effects.effect_of_supersaturation_on_calcification
        * effects.effect_of_supplement_load_on_calcification
        * artery::effect_of_kidney_on_calcification(effects.aging.kidney_impairment, p)
        / p.days_per_year;
    let onset = artery::coronary_onset(effects.aging.age_years, person.coronary_onset_years, p);
    let law = artery::coronary_law_agatston_per_year(
        effects.positive_coronary_agatston, effects.powers.coronary_slowing, onset, p,
    );
    [
        artery::ecf_to_coronary(growth, law, person.coronary_rate, p),
        artery::ecf_to_aortic(effects.powers.aortic_law, growth, p),
    ]
}

/// Every movement of calcium \[mg/d\], in the order of the ledger.
#[rustfmt::skip] // one line per flow
#[inline(always)]
pub(crate) fn flows<R: Real>(
    model: &Model<R::Scalar>,
    segment: &SegmentInputs<R::Scalar>,
    state: &State<R>,
    effects: &Effects<R>,
) -> Flows<R> {
    let p = &model.parameters;
    let eaten = segment.calcium_rate_mg_per_day;
    let fraction = effects.fractional_absorption;
    let serum = effects.serum_relative;
    let (stomach, intestine, used) = (state.stomach_calcium_mg, state.intestine_calcium_mg, segment.gut_in_use);
    let (cortical, cortical_turnover) = (state.cortical_calcium_mg, p.cortical_turnover_per_year);
    let (trabecular, trabecular_turnover) = (state.trabecular_calcium_mg, p.trabecular_turnover_per_year);
    let [resorbing, forming] = bone_activities(model, state, effects);
    let [ecf_to_coronary, ecf_to_aortic] = wall_uptakes(model, effects);
    let regression = artery::regression_per_day(effects.powers.regression_inhibition, p);
    Flows {
        intake_to_ecf: gut::intake_to_ecf(eaten, fraction),
        intake_to_feces: gut::intake_to_feces(eaten, fraction),
        stomach_to_intestine: gut::stomach_to_intestine(stomach, p) * used,
        intestine_to_ecf_active: gut::intestine_to_ecf_active(intestine, effects.active_absorption_drive, p) * used,
        intestine_to_ecf_passive: gut::intestine_to_ecf_passive(intestine, p) * used,
        intestine_to_feces: gut::intestine_to_feces(intestine, p) * used,
        ecf_to_feces: plasma::ecf_to_feces(serum, fraction, p),
        ecf_to_sweat: plasma::ecf_to_sweat(serum, p),
        ecf_to_urine: urinary_flow(model, effects),
        ecf_to_exchangeable: plasma::ecf_to_exchangeable(serum, p),
        exchangeable_to_ecf: plasma::exchangeable_to_ecf(state.exchangeable_calcium_mg, p),
        ecf_to_cortical: exchange::turnover_mg_per_day(
            cortical, forming * effects.effect_of_mechanostat_on_cortical_accretion, cortical_turnover, p,
        ),
        cortical_to_ecf: exchange::turnover_mg_per_day(cortical, resorbing, cortical_turnover, p),
        ecf_to_trabecular: exchange::turnover_mg_per_day(
            trabecular, forming * effects.effect_of_mechanostat_on_trabecular_accretion, trabecular_turnover, p,
        ),
        trabecular_to_ecf: exchange::turnover_mg_per_day(trabecular, resorbing, trabecular_turnover, p),
        ecf_to_coronary,
        coronary_to_ecf: regression * state.coronary_removable_mg,
        ecf_to_aortic,
        aortic_to_ecf: regression * state.aortic_removable_mg,
    }
}

/// Flows and rates of change at one moment, with the influences behind them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rates<R> {
    /// Movements of calcium \[mg/d\].
    pub flows: Flows<R>,
    /// Rates of change of the other states \[per day\].
    pub changes: Changes<R>,
    pub effects: Effects<R>,
}

/// The right-hand side of the model.
///
/// Time in days since the scenario's start (negative in the lived past). A state whose
/// PTH, fluid calcium or phosphate is not positive gives NaN: such a step must be rejected.
#[inline(always)]
pub(crate) fn evaluate<R: Real>(
    model: &Model<R::Scalar>,
    segment: &SegmentInputs<R::Scalar>,
    time_days: R,
    state: &State<R>,
) -> Rates<R> {
    let effects = Effects::at(model, segment, time_days, state);
    let flows = flows(model, segment, state, &effects);
    let changes = Changes::at(model, segment, time_days, state, &effects, &flows);
    Rates { flows, changes, effects }
}

impl<R: Real> Rates<R> {
    /// Writes all terms: the flows in ledger order, then the rates of change in state order.
    #[inline(always)]
    pub(crate) fn write_terms(&self, terms: &mut [R]) {
        // Two loops by reference: a chain by value copies every number several times.
        let (flows, changes) = (self.flows.to_array(), self.changes.to_array());
        let mut terms = terms.iter_mut();
        for (value, term) in flows.iter().zip(terms.by_ref()) {
            *term = *value;
        }
        for (value, term) in changes.iter().zip(terms) {
            *term = *value;
        }
    }

    #[cfg(test)]
    #[allow(clippy::wrong_self_convention)] // an array this long is not copied
    #[inline(always)]
    pub(crate) fn to_terms(&self) -> [R; TERM_COUNT] {
        let mut terms = [R::zero(); TERM_COUNT];
        self.write_terms(&mut terms);
        terms
    }
}

/// The effect of one term on one state: d state/dt contains factor · term.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Share {
    pub state: usize,
    pub term: usize,
    /// +1 or −1.
    pub factor: f64,
}

/// The term that is the rate of change of a state, but for flows out of a part of a pool; `None` for
/// calcium pools.
pub(crate) const fn term_of_state(state: usize) -> Option<usize> {
    match state.checked_sub(STATE_COUNT - CHANGE_COUNT) {
        Some(change) if change < CHANGE_COUNT => Some(FLOW_COUNT + change),
        _ => None,
    }
}

/// The position of the state that loses a flow as a part of its source pool.
pub(crate) fn part_of_source(movement: &Movement) -> Option<usize> {
    movement.part.and_then(|part| STATES.iter().position(|state| state.name == part))
}

/// The effects of terms on states: each flow leaves one pool, and its part there, and enters one.
pub(crate) fn shares() -> Vec<Share> {
    let moved = LEDGER.iter().enumerate().flat_map(|(term, movement)| {
        [
            Share { state: movement.from.state(), term, factor: -1.0 },
            Share { state: movement.to.state(), term, factor: 1.0 },
        ]
    });
    let parts = LEDGER.iter().enumerate().filter_map(|(term, movement)| {
        part_of_source(movement).map(|state| Share { state, term, factor: -1.0 })
    });
    let changed = (0..STATE_COUNT)
        .filter_map(|state| term_of_state(state).map(|term| Share { state, term, factor: 1.0 }));
    moved.chain(parts).chain(changed).collect()
}

/// The derivative of every state \[per day\].
#[cfg(test)]
pub(crate) fn derivatives(rates: &Rates<f64>) -> [f64; STATE_COUNT] {
    let terms = rates.to_terms();
    let mut derivatives = [0.0; STATE_COUNT];
    for share in shares() {
        if let (Some(derivative), Some(term)) =
            (derivatives.get_mut(share.state), terms.get(share.term))
        {
            *derivative += share.factor * term;
        }
    }
    derivatives
}
