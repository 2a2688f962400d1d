//! Any run can be drawn, whatever its numbers and names.

use super::cases::meals;
use super::*;
use crate::physiology::ledger::FLOW_COUNT;
use crate::physiology::quantities::READ_OUT_COUNT;
use crate::physiology::state::STATE_COUNT;
use crate::trajectory::{Row, Trajectory};
use proptest::prelude::*;

/// Numbers of every kind.
pub(in crate::charts) fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => -10.0..1000.0_f64,
        1 => Just(f64::NAN),
        1 => Just(f64::INFINITY),
        1 => Just(0.0),
        1 => Just(-1e300),
        1 => Just(1e18),
        1 => 2.4..2.400_000_001,
    ]
}

fn row() -> impl Strategy<Value = Row> {
    let numbers = |count| proptest::collection::vec(number(), count);
    (0.0..9000.0_f64, numbers(STATE_COUNT), numbers(FLOW_COUNT), numbers(READ_OUT_COUNT)).prop_map(
        |(time_days, states, flows, read_outs)| Row {
            time_days,
            states: states.try_into().unwrap(),
            flows: flows.try_into().unwrap(),
            read_outs: read_outs.try_into().unwrap(),
        },
    )
}

fn run() -> impl Strategy<Value = Trajectory> {
    (proptest::collection::vec(row(), 0..6), prop_oneof![Just(1.0), Just(1e-4), Just(0.0)])
        .prop_map(|(mut rows, pace)| {
            rows.iter_mut().for_each(|row| row.time_days *= pace);
            rows.sort_by(|a, b| a.time_days.total_cmp(&b.time_days));
            Trajectory { rows, ..Trajectory::default() }
        })
}

fn case() -> impl Strategy<Value = Case> {
    let arms = proptest::collection::vec((run(), "[ a-zA-Z0-9µ+<>&]{0,80}"), 0..13);
    let age = proptest::option::of(30.0..100.0_f64);
    ("\\PC{0,200}", "[a-z →0-9]{0,120}", arms, age).prop_map(|(title, person, arms, start_age)| {
        let (runs, labels) = arms.into_iter().unzip();
        Case {
            title,
            person,
            labels,
            runs,
            doses: meals(),
            intake: |_| (0.0, 900.0, 0.0),
            start_age,
            timeline: &[],
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_run_can_be_drawn(case in case()) {
        for kind in OF_RUNS {
            let page = layout::page(&(kind.chart)(&case.subject())).unwrap();
            prop_assert_eq!(clashes(&page.sheet), Vec::<String>::new(), "{:?}", kind);
        }
        let _ = RunKind::usual_for(&case.subject());
    }
}
