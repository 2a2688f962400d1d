//! Stiff test problems with their published end values.
//!
//! Equations and values: F. Mazzia, C. Magherini, Test Set for Initial Value Problem Solvers,
//! release 2.4 (University of Bari, 2008); E. Hairer, G. Wanner, Solving Ordinary Differential
//! Equations II (Springer, 1996), section IV.10.

#![allow(clippy::excessive_precision)] // digits as published
use crate::real::Real;
use crate::solver::{Contribution, System};

/// A problem with the state at its end.
pub(crate) struct Reference {
    pub start: Vec<f64>,
    pub end_time: f64,
    pub end: Vec<f64>,
}

/// Defines a system from its terms and, per state, the (term, factor) that change it.
macro_rules! system {
    ($name:ident, $states:expr, $terms:expr, $parts:expr, |$time:ident, $y:ident| $body:expr) => {
        pub(crate) struct $name;
        impl System for $name {
            const STATES: usize = $states;
            const TERMS: usize = $terms;
            fn contributions(&self) -> Vec<Contribution> {
                let parts: &[&[(usize, f64)]] = &$parts;
                let rows = parts.iter().enumerate();
                rows.flat_map(|(state, row)| {
                    row.iter().map(move |&(term, factor)| Contribution { state, term, factor })
                })
                .collect()
            }
            fn terms<R: Real<Scalar = f64>>(&self, $time: R, $y: &[R], terms: &mut [R]) {
                let _ = $time;
                let values: [R; $terms] = $body;
                terms.copy_from_slice(&values);
            }
        }
    };
}

pub(crate) use system;

// Robertson's reaction, three substances, to 10¹¹.
system!(
    Rober,
    3,
    3,
    [&[(0, -1.0), (1, 1.0)], &[(0, 1.0), (1, -1.0), (2, -1.0)], &[(2, 1.0)]],
    |_t, y| [y[0] * 0.04, y[1] * y[2] * 1e4, y[1] * y[1] * 3e7,]
);

impl Rober {
    pub(crate) fn reference() -> Reference {
        Reference {
            start: vec![1.0, 0.0, 0.0],
            end_time: 1e11,
            end: vec![0.2083340149701255e-7, 0.8333360770334713e-13, 0.9999999791665050],
        }
    }
}

// High irradiance responses of photomorphogenesis.
system!(
    Hires,
    8,
    8,
    [
        &[(0, 1.0)],
        &[(1, 1.0)],
        &[(2, 1.0)],
        &[(3, 1.0)],
        &[(4, 1.0)],
        &[(5, 1.0), (6, -1.0)],
        &[(6, 1.0), (7, -1.0)],
        &[(6, -1.0), (7, 1.0)]
    ],
    |_t, y| [
        y[0] * -1.71 + y[1] * 0.43 + y[2] * 8.32 + 0.0007,
        y[0] * 1.71 - y[1] * 8.75,
        y[2] * -10.03 + y[3] * 0.43 + y[4] * 0.035,
        y[1] * 8.32 + y[2] * 1.71 - y[3] * 1.12,
        y[4] * -1.745 + (y[5] + y[6]) * 0.43,
        y[3] * 0.69 + y[4] * 1.71 - y[5] * 0.43 + y[6] * 0.69,
        y[5] * y[7] * 280.0,
        y[6] * 1.81,
    ]
);

impl Hires {
    pub(crate) fn reference() -> Reference {
        Reference {
            start: vec![1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0057],
            end_time: 321.8122,
            end: vec![
                0.7371312573325668e-3,
                0.1442485726316185e-3,
                0.5888729740967575e-4,
                0.1175651343283149e-2,
                0.2386356198831331e-2,
                0.6238968252742796e-2,
                0.2849998395185769e-2,
                0.2850001604814231e-2,
            ],
        }
    }
}

// The Oregonator, a periodic reaction.
system!(Orego, 3, 3, [&[(0, 1.0)], &[(1, 1.0)], &[(2, 1.0)]], |_t, y| [
    (y[1] + y[0] * (-(y[0] * 8.375e-6) - y[1] + 1.0)) * 77.27,
    (y[2] - y[1] * (y[0] + 1.0)) / 77.27,
    (y[0] - y[2]) * 0.161,
]);

impl Orego {
    pub(crate) fn reference() -> Reference {
        Reference {
            start: vec![1.0, 2.0, 3.0],
            end_time: 360.0,
            end: vec![0.1000814870318523e1, 0.1228178521549917e4, 0.1320554942846706e3],
        }
    }
}

// Van der Pol's oscillator in slow time, stiffness 10⁶.
system!(Vdpol, 2, 2, [&[(0, 1.0)], &[(1, 1.0)]], |_t, y| [
    y[1],
    ((-(y[0] * y[0]) + 1.0) * y[1] - y[0]) * 1e6,
]);

impl Vdpol {
    pub(crate) fn reference() -> Reference {
        Reference {
            start: vec![2.0, 0.0],
            end_time: 2.0,
            end: vec![0.1706167732170483e1, -0.8928097010247975],
        }
    }
}

// Chemical pyrolysis, to 10¹³; concentrations down to 10⁻²². The third substance follows from
// the law y₂ = y₃ + y₄: kept as a state, it would drown in the rounding of the others.
system!(
    E5,
    3,
    4,
    [&[(0, -1.0), (1, -1.0)], &[(0, 1.0), (2, -1.0)], &[(1, 1.0), (3, -1.0)]],
    |_t, y| [
        y[0] * 7.89e-10,
        y[0] * (y[1] - y[2]) * 1.1e7,
        y[1] * (y[1] - y[2]) * 1.13e9,
        y[2] * 1.13e3,
    ]
);

impl E5 {
    /// The mean of the published y₂ = 0.8867655517642120e-22 and y₃ = 0.8854814626268838e-22.
    ///
    /// At the end y₄ = 0, so the law says y₂ = y₃: their published difference is rounding. It
    /// shifts their mean by 2e-7 of itself only (y₂y₃ is what decays).
    pub(crate) fn reference() -> Reference {
        Reference {
            start: vec![1.76e-3, 0.0, 0.0],
            end_time: 1e13,
            end: vec![0.1152903278711829e-290, 0.8861235071955479e-22, 0.0],
        }
    }
}

// Air pollution, 20 substances in 25 reactions.
system!(
    Pollu,
    20,
    25,
    [
        &[
            (0, -1.0),
            (9, -1.0),
            (13, -1.0),
            (22, -1.0),
            (23, -1.0),
            (1, 1.0),
            (2, 1.0),
            (8, 1.0),
            (10, 1.0),
            (11, 1.0),
            (21, 1.0),
            (24, 1.0)
        ],
        &[(1, -1.0), (2, -1.0), (8, -1.0), (11, -1.0), (0, 1.0), (20, 1.0)],
        &[(14, -1.0), (0, 1.0), (16, 1.0), (18, 1.0), (21, 1.0)],
        &[(1, -1.0), (15, -1.0), (16, -1.0), (22, -1.0), (14, 1.0)],
        &[(2, -1.0), (3, 2.0), (5, 1.0), (6, 1.0), (12, 1.0), (19, 1.0)],
        &[(5, -1.0), (7, -1.0), (13, -1.0), (19, -1.0), (2, 1.0), (17, 2.0)],
        &[(3, -1.0), (4, -1.0), (5, -1.0), (12, 1.0)],
        &[(3, 1.0), (4, 1.0), (5, 1.0), (6, 1.0)],
        &[(6, -1.0), (7, -1.0)],
        &[(11, -1.0), (6, 1.0), (8, 1.0)],
        &[(8, -1.0), (9, -1.0), (7, 1.0), (10, 1.0)],
        &[(8, 1.0)],
        &[(10, -1.0), (9, 1.0)],
        &[(12, -1.0), (11, 1.0)],
        &[(13, 1.0)],
        &[(17, -1.0), (18, -1.0), (15, 1.0)],
        &[(19, -1.0)],
        &[(19, 1.0)],
        &[(20, -1.0), (21, -1.0), (23, -1.0), (22, 1.0), (24, 1.0)],
        &[(24, -1.0), (23, 1.0)]
    ],
    |_t, y| [
        y[0] * 0.35,
        y[1] * y[3] * 26.6,
        y[4] * y[1] * 1.23e4,
        y[6] * 8.6e-4,
        y[6] * 8.2e-4,
        y[6] * y[5] * 1.5e4,
        y[8] * 1.3e-4,
        y[8] * y[5] * 2.4e4,
        y[10] * y[1] * 1.65e4,
        y[10] * y[0] * 9e3,
        y[12] * 0.022,
        y[9] * y[1] * 1.2e4,
        y[13] * 1.88,
        y[0] * y[5] * 1.63e4,
        y[2] * 4.8e6,
        y[3] * 3.5e-4,
        y[3] * 0.0175,
        y[15] * 1e8,
        y[15] * 4.44e11,
        y[16] * y[5] * 1.24e3,
        y[18] * 2.1,
        y[18] * 5.78,
        y[0] * y[3] * 0.0474,
        y[18] * y[0] * 1.78e3,
        y[19] * 3.12,
    ]
);

impl Pollu {
    pub(crate) fn reference() -> Reference {
        let mut start = vec![0.0; 20];
        for (state, value) in [(1, 0.2), (3, 0.04), (6, 0.1), (7, 0.3), (8, 0.01), (16, 0.007)] {
            start[state] = value;
        }
        Reference {
            start,
            end_time: 60.0,
            end: vec![
                0.5646255480022769e-1,
                0.1342484130422339,
                0.4139734331099427e-8,
                0.5523140207484359e-2,
                0.2018977262302196e-6,
                0.1464541863493966e-6,
                0.7784249118997964e-1,
                0.3245075353396018,
                0.7494013383880406e-2,
                0.1622293157301561e-7,
                0.1135863833257075e-7,
                0.2230505975721359e-2,
                0.2087162882798630e-3,
                0.1396921016840158e-4,
                0.8964884856898295e-2,
                0.4352846369330103e-17,
                0.6899219696263405e-2,
                0.1007803037365946e-3,
                0.1772146513969984e-5,
                0.5682943292316392e-4,
            ],
        }
    }
}

// A smooth nonlinear problem that depends on time, with the solution y = 1/(1 + t²), z = cos.
system!(Smooth, 2, 3, [&[(0, 1.0)], &[(1, 1.0), (2, 1.0)]], |time, y| [
    time * y[0] * y[0] * -2.0,
    (time * 0.3 + 0.25).cos_turns() * 1.884_955_592_153_875_9,
    (y[1] - (time * 0.3).cos_turns()) * y[0] * -3.0,
]);

impl Smooth {
    pub(crate) fn solution(time: f64) -> [f64; 2] {
        [1.0 / (1.0 + time * time), (0.6 * std::f64::consts::PI * time).cos()]
    }
}
