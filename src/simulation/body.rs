//! The model as the solver sees it: states, terms, and which term changes which state.

use crate::nutrition::schedule::Resolution;
use crate::physiology::balance::{IntakeMode, Model, Setting, TERM_COUNT, evaluate};
use crate::physiology::ledger::{FLOW_COUNT, LEDGER};
use crate::physiology::state::{STATE_COUNT, State};
use crate::real::Real;
use crate::solver::{Contribution, System};

/// A person under the inputs that hold between two events.
pub struct Body<S> {
    /// The person and the parameters; the same for the whole run.
    pub model: Model<S>,
    /// What is eaten and lived through until the next event.
    pub setting: Setting<S>,
}

/// How physiology calls the resolution of intake.
pub const fn intake_mode(resolution: Resolution) -> IntakeMode {
    match resolution {
        Resolution::Averaged => IntakeMode::Averaged,
        Resolution::Pills => IntakeMode::Pills,
        Resolution::Meals => IntakeMode::Meals,
    }
}

/// Number of calcium pools: the states that only the ledger changes.
const POOL_COUNT: usize = STATE_COUNT - (TERM_COUNT - FLOW_COUNT);

impl<S: Real<Scalar = S>> System<S> for Body<S> {
    fn state_count(&self) -> usize {
        STATE_COUNT
    }

    fn term_count(&self) -> usize {
        TERM_COUNT
    }

    /// Each flow leaves one pool and enters another; each further term is the rate of one state.
    fn contributions(&self) -> Vec<Contribution> {
        let flows = LEDGER.iter().enumerate().flat_map(|(term, movement)| {
            [
                Contribution { state: movement.from.state(), term, factor: -1.0 },
                Contribution { state: movement.to.state(), term, factor: 1.0 },
            ]
        });
        let rates = (POOL_COUNT..STATE_COUNT)
            .zip(FLOW_COUNT..TERM_COUNT)
            .map(|(state, term)| Contribution { state, term, factor: 1.0 });
        flows.chain(rates).collect()
    }

    #[inline]
    fn terms<R: Real<Scalar = S>>(&self, time: R, state: &[R], terms: &mut [R]) {
        // The solver always passes STATE_COUNT numbers; anything else leaves the terms alone.
        if let Some(values) = state.first_chunk::<STATE_COUNT>() {
            let rates = evaluate(&self.model, &self.setting, time, &State::from_array(values));
            for (term, value) in terms.iter_mut().zip(rates.to_terms()) {
                *term = value;
            }
        }
    }
}
