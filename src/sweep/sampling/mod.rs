//! Points in the unit cube for each sample number: from the seed and the number alone.

pub(crate) mod latin_hypercube;
pub(crate) mod morris;
pub(crate) mod one_at_a_time;
pub(crate) mod saltelli;
pub(crate) mod sobol;

use chacha20::ChaCha8Rng;
use rand::{Rng, SeedableRng};

use crate::error::defect::OrDefect as _;
use crate::sweep::sampling::latin_hypercube::permuted;
use crate::sweep::sampling::morris::MorrisDesign;
use crate::sweep::sampling::one_at_a_time::OneAtATime;
use crate::sweep::sampling::saltelli::SaltelliDesign;
use crate::sweep::sampling::sobol::Sobol;

/// A method that spreads points over the unit cube.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SamplingMethod {
    MonteCarlo,
    /// Every dimension has exactly one point in each of as many layers as there are points.
    LatinHypercube,
    #[default]
    Sobol,
}

impl SamplingMethod {
    /// Every method with its word in files.
    pub(crate) const ALL: [(Self, &'static str); 3] = [
        (Self::Sobol, "sobol"),
        (Self::LatinHypercube, "latin_hypercube"),
        (Self::MonteCarlo, "monte_carlo"),
    ];

    pub(crate) fn word(self) -> &'static str {
        Self::ALL.iter().find(|(method, _)| *method == self).or_defect("a method without a word").1
    }
}

#[derive(Clone, Debug)]
pub(crate) enum Design {
    SpaceFilling(SpaceFilling),
    OneAtATime(OneAtATime),
    Morris(MorrisDesign),
    /// Saltelli's design: two points A and B, and A with coordinates of B.
    Saltelli(SaltelliDesign),
}

/// Points that are spread over the cube.
#[derive(Clone, Debug)]
pub(crate) struct SpaceFilling {
    method: SamplingMethod,
    seed: u64,
    count: u64,
    dimensions: usize,
    sobol: Option<Sobol>,
}

impl Design {
    /// `count` points in `dimensions` dimensions; `None` if the method has not so many.
    pub(crate) fn new(
        method: SamplingMethod,
        seed: u64,
        count: u64,
        dimensions: usize,
    ) -> Option<Self> {
        let sobol = match method {
            SamplingMethod::Sobol if count > 1 << 32 => return None,
            SamplingMethod::Sobol => Some(Sobol::new(seed, dimensions)?),
            _ => None,
        };
        Some(Self::SpaceFilling(SpaceFilling { method, seed, count, dimensions, sobol }))
    }

    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::SpaceFilling(points) => points.method.word(),
            Self::OneAtATime(_) => "one_at_a_time",
            Self::Morris(_) => "trajectories",
            Self::Saltelli(saltelli) => match saltelli.word() {
                "sobol" => "swapped_sobol",
                "latin_hypercube" => "swapped_latin_hypercube",
                _ => "swapped_monte_carlo",
            },
        }
    }

    pub(crate) fn count(&self) -> u64 {
        match self {
            Self::SpaceFilling(points) => points.count,
            Self::OneAtATime(steps) => steps.count(),
            Self::Morris(trajectories) => trajectories.points(),
            Self::Saltelli(saltelli) => saltelli.samples().saturating_mul(saltelli.stride()),
        }
    }

    /// The coordinates of a point, from 0 to 1; above 0 and below 1 in a space-filling design.
    pub(crate) fn point(&self, sample: u64) -> Vec<f64> {
        match self {
            Self::SpaceFilling(points) => points.point(sample),
            Self::OneAtATime(steps) => steps.point(sample),
            Self::Morris(trajectories) => trajectories.point(sample),
            Self::Saltelli(saltelli) => saltelli.point(sample),
        }
    }
}

impl SpaceFilling {
    fn point(&self, sample: u64) -> Vec<f64> {
        if let Some(sobol) = &self.sobol {
            return sobol.point(sample);
        }
        let mut random = ChaCha8Rng::seed_from_u64(self.seed);
        random.set_stream(sample);
        let shares = (0..self.dimensions).map(|_| open_share(random.next_u64()));
        if self.method == SamplingMethod::MonteCarlo {
            return shares.collect();
        }
        let layers = self.count as f64;
        let in_layer = shares.enumerate().map(|(dimension, share)| {
            let layer =
                permuted(sample, self.count, splitmix64(self.seed, dimension as u64)) as f64;
            ((layer + share) / layers).clamp(f64::EPSILON / 2.0, 1.0 - f64::EPSILON / 2.0)
        });
        in_layer.collect()
    }
}

/// 53 random bits as a number above 0 and below 1.
fn open_share(bits: u64) -> f64 {
    let whole = (bits >> 11) as f64;
    (whole + 0.5) * (1.0 / 9_007_199_254_740_992.0)
}

/// 64 random bits as a whole number below `count`, which is small against 2⁶⁴.
pub(crate) fn uniform_below(bits: u64, count: u64) -> u64 {
    // The upper half of the product is below `count`.
    ((u128::from(bits) * u128::from(count)) >> 64) as u64
}

/// Two numbers mixed into one that looks random (the finalizer of SplitMix64, Steele 2014).
pub(crate) fn splitmix64(a: u64, b: u64) -> u64 {
    let mut z = a.wrapping_add(b.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn design(method: SamplingMethod, count: u64, dimensions: usize) -> Design {
        Design::new(method, 7, count, dimensions).unwrap()
    }

    #[test]
    fn every_point_lies_inside_and_is_always_the_same() {
        for (method, word) in SamplingMethod::ALL {
            let points = design(method, 500, 20);
            for sample in [0, 1, 77, 499] {
                let point = points.point(sample);
                assert_eq!(point.len(), 20, "{word}");
                assert!(point.iter().all(|share| *share > 0.0 && *share < 1.0), "{word}");
                assert_eq!(point, design(method, 500, 20).point(sample), "{word}");
            }
            let other = Design::new(method, 8, 500, 20).unwrap();
            assert_ne!(points.point(3), other.point(3), "{word}");
        }
    }

    #[test]
    fn every_layer_of_every_dimension_has_one_point() {
        let hypercubes =
            [1, 2, 10, 97, 256].map(|count| (SamplingMethod::LatinHypercube, count, 5));
        for (method, count, dimensions) in
            hypercubes.into_iter().chain([(SamplingMethod::Sobol, 256, 64)])
        {
            let points = design(method, count, dimensions);
            for dimension in 0..dimensions {
                let layer = |sample| (points.point(sample)[dimension] * count as f64) as u64;
                let mut layers: Vec<u64> = (0..count).map(layer).collect();
                layers.sort_unstable();
                assert_eq!(layers, (0..count).collect::<Vec<_>>(), "dimension {dimension}");
            }
        }
    }

    #[test]
    fn the_mean_of_a_product_converges_and_sobol_is_ahead() {
        // ∫ Π 1.5·√x dx over the unit cube is 1; root mean square error over 16 seeds.
        let error = |method: SamplingMethod| {
            let of_seed = |seed| {
                let points = Design::new(method, seed, 4096, 6).unwrap();
                let value =
                    |sample| points.point(sample).iter().map(|x| 1.5 * x.sqrt()).product::<f64>();
                ((0..4096).map(value).sum::<f64>() / 4096.0 - 1.0).powi(2)
            };
            ((0..16).map(of_seed).sum::<f64>() / 16.0).sqrt()
        };
        // Independent points: √((1.125⁶ − 1) / 4096) = 0.0159.
        let independent = error(SamplingMethod::MonteCarlo);
        assert!((0.008..0.026).contains(&independent), "{independent}");
        assert!(error(SamplingMethod::LatinHypercube) < 0.6 * independent);
        // SciPy 1.x, qmc.Sobol(6, scramble=True), 60 seeds: 4.0e-4.
        let sobol = error(SamplingMethod::Sobol);
        assert!((1e-4..6e-4).contains(&sobol), "{sobol}");
    }
}
