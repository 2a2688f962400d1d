//! A few digits that stand for all numbers of a run, so that two people can compare them aloud.

use sha2::{Digest as _, Sha256};

use crate::library::run::Run;
use crate::physiology::quantities::QUANTITIES;
use crate::simulation::ArmRun;

/// Bytes of the hash that are shown.
const SHOWN: usize = 4;

impl Run {
    /// Eight hexadecimal digits over the bits of every row of every arm: equal on every machine and
    /// for every way of running the scenario, different if any number differs.
    ///
    /// The first of the SHA-256 of: for each arm its name, a zero byte, and for each row the time
    /// and every quantity in the order of [`crate::quantities`], as little-endian binary64.
    ///
    /// ```
    /// let scenario = calcifate::Scenario::parse("duration = \"10 days\"\n")?;
    /// let fingerprint = scenario.run()?.fingerprint();
    /// assert_eq!(fingerprint.len(), "1234-abcd".len());
    /// assert_eq!(scenario.run()?.fingerprint(), fingerprint);
    /// let older = scenario.with(&[("age", 31.into())], &[], false)?;
    /// assert_ne!(older.run()?.fingerprint(), fingerprint);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let hash =
            self.arms().fold(Sha256::new(), |hash, (arm, run)| with_arm(hash, &arm.name, run));
        digits(hash)
    }
}

/// A hash that goes on with an arm: those of the arms before can be kept.
pub(crate) fn with_arm(mut hash: Sha256, name: &str, run: &ArmRun) -> Sha256 {
    hash.update(name.as_bytes());
    hash.update([0]);
    for row in &run.trajectory.rows {
        hash.update(row.time_days.to_le_bytes());
        for quantity in &QUANTITIES {
            hash.update(row.value(quantity.column).to_le_bytes());
        }
    }
    hash
}

/// The fingerprint that a hash of all arms gives.
pub(crate) fn digits(hash: Sha256) -> String {
    let hash = hash.finalize();
    let digits = hash.iter().take(SHOWN).map(|byte| format!("{byte:02x}"));
    let mut digits: String = digits.collect();
    digits.insert(SHOWN, '-');
    digits
}
