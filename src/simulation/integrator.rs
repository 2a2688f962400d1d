//! The chosen method behind one interface, and its failures in the terms of the model.

use crate::error::failure::RunFailure;
use crate::parameters::Parameters;
use crate::physiology::inputs::Inputs;
use crate::physiology::model::Model;
use crate::physiology::person::Person;
use crate::physiology::segment_inputs::{Resolution, Season, SegmentInputs};
use crate::physiology::state::{STATE_COUNT, STATES, absolute_tolerances, strictness};
use crate::simulation::model_system::ModelSystem;
use crate::simulation::segments::Segment;
use crate::simulation::{Method, Options};
use crate::solver::Structure;
use crate::solver::explicit::{Explicit, ExplicitMethod};
use crate::solver::failure::{Failure, FailureKind};
use crate::solver::rosenbrock::Rosenbrock;
use crate::solver::step::{Finish, Observer, Statistics};
use crate::solver::tolerance::Tolerances;
use crate::trajectory::Work;
use std::sync::{Arc, OnceLock};

/// The explicit methods carry the time as a further state.
const EXPLICIT_COUNT: usize = STATE_COUNT + 1;

/// One of the methods, with its work space.
pub(crate) enum Integrator {
    Rosenbrock(Box<Rosenbrock>),
    Explicit(Box<Explicit<EXPLICIT_COUNT>>),
}

impl Integrator {
    /// Prepares the method for a run.
    pub(crate) fn new(
        system: &ModelSystem<f64>,
        method: Method,
        options: &Options,
    ) -> Result<Self, Failure> {
        let relative = options.relative_tolerance;
        let absolute = absolute_tolerances(relative);
        let step_limit = options.steps(method);
        let explicit = |method| -> Result<Self, Failure> {
            let mut solver = Explicit::new(system, method, relative, &absolute)?;
            solver.step_limit = step_limit;
            Ok(Self::Explicit(Box::new(solver)))
        };
        match method {
            Method::Rosenbrock => {
                let mut solver = Rosenbrock::with_structure(structure()?, tolerances(options))?;
                solver.step_limit = step_limit;
                Ok(Self::Rosenbrock(Box::new(solver)))
            }
            Method::Dopri5 => explicit(ExplicitMethod::Dopri5),
            Method::Dop853 => explicit(ExplicitMethod::Dop853),
        }
    }

    /// Integrates to exactly the end of the segment; `state` is then that of the last step.
    pub(crate) fn integrate(
        &mut self,
        system: &ModelSystem<f64>,
        segment: &Segment,
        state: &mut [f64; STATE_COUNT],
        observer: &mut Observer<'_>,
    ) -> Result<Finish, Failure> {
        let Segment { start, end, first_step } = *segment;
        match self {
            Self::Rosenbrock(solver) => {
                solver.integrate(system, start, state, end, first_step, observer)
            }
            Self::Explicit(solver) => {
                solver.integrate(system, start, state, end, first_step, observer)
            }
        }
    }

    pub(crate) fn work(&self) -> Work {
        let statistics = match self {
            Self::Rosenbrock(solver) => solver.statistics,
            Self::Explicit(solver) => solver.statistics,
        };
        work_of(statistics)
    }
}

/// The statistics of the solver as the work of a trajectory.
pub(crate) fn work_of(statistics: Statistics) -> Work {
    Work {
        steps: statistics.accepted,
        rejected: statistics.rejected,
        rhs_calls: statistics.rate_calls,
        jacobians: statistics.jacobian_calls,
        events: 0,
    }
}

pub(crate) fn tolerances(options: &Options) -> Tolerances {
    let relative = options.relative_tolerance;
    Tolerances::new(relative, &absolute_tolerances(relative)).with_strictness(&strictness())
}

/// The structure of every model system, computed once.
///
/// The sparsity pattern depends on no parameter and on no input but the season, without which the
/// sun does not read the time; a structure with season holds for both.
pub(crate) fn structure() -> Result<Arc<Structure>, Failure> {
    static STRUCTURE: OnceLock<Result<Arc<Structure>, Failure>> = OnceLock::new();
    let analyze = || {
        let parameters = Parameters::PARADOX;
        let season = Season { amplitude: 1.0, start_day_of_year: 0.0 };
        let inputs = Inputs::reference(&parameters);
        let system = ModelSystem {
            model: Model::new(&parameters, &Person::default()),
            segment: SegmentInputs::new(&inputs, Resolution::Meals, Some(season), &parameters),
        };
        Structure::new(&system).map(Arc::new)
    };
    STRUCTURE.get_or_init(analyze).clone()
}

/// A failure of the solver as a failure of the arm.
pub(crate) fn run_failure(failure: &Failure, arm: &str, method: Method) -> RunFailure {
    let (arm, day) = (arm.to_owned(), failure.time);
    let named = failure.state.and_then(|index| STATES.get(index)).map(|state| state.name);
    let state = named.unwrap_or("a state");
    match failure.kind {
        FailureKind::NotFinite => RunFailure::NotFinite { arm, day, state },
        FailureKind::StepTooSmall => RunFailure::StepTooSmall { arm, day, state },
        FailureKind::TooManySteps { limit } => RunFailure::TooManySteps { arm, day, limit },
        FailureKind::Stiff => RunFailure::Stiff { arm, day, method: method.name() },
        FailureKind::Stopped => RunFailure::Interrupted { arm, day },
        FailureKind::Unsupported => RunFailure::Unsupported { arm },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A second pass would make every Jacobian twice as dear.
    #[test]
    fn one_evaluation_gives_the_whole_jacobian_of_the_model() {
        assert_eq!(structure().unwrap().jacobian.passes.len(), 1);
    }
}
