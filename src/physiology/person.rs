//! The person: properties that hold for life.

/// Sex; acts through the skeleton, menopause, coronary risk and late bone loss.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Sex {
    #[default]
    Female,
    Male,
}

/// Weight class; acts on 25(OH)D.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum BmiClass {
    #[default]
    Normal,
    Overweight,
    Obese,
}

/// Coronary percentile of age and sex; chooses growth rate and onset of coronary calcium.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum CoronaryPercentile {
    #[default]
    P50,
    P75,
    P90,
}

/// One person, as written in a scenario.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Person {
    /// Sex, for growth laws, menopause and body size.
    pub sex: Sex,
    pub start_age_years: f64,
    /// Age at menopause \[y\]; ignored in men.
    pub menopause_age_years: f64,
    /// Kidney function at the start \[mL/min\]; `None` for the usual one of that age.
    pub egfr_ml_per_min: Option<f64>,
    /// Weight class, for the volume in which vitamin D spreads.
    pub bmi_class: BmiClass,
    /// Percentile of coronary calcium for this age and sex.
    pub coronary_percentile: CoronaryPercentile,
    /// Growth rate of coronary calcium instead of the percentile's.
    pub coronary_rate: Option<f64>,
    /// Serum phosphate at reference PTH and kidney function \[mmol/L\]; `None` for the
    /// parameter `phosphate_reference_mmol_per_l`.
    pub baseline_phosphate_mmol_per_l: Option<f64>,
    /// Measured Agatston score at the start.
    pub cac_agatston: Option<f64>,
    /// Measured lumbar T-score at the start.
    pub lumbar_spine_t_score: Option<f64>,
}

impl Default for Person {
    fn default() -> Self {
        Self {
            sex: Sex::Female,
            start_age_years: 30.0,
            menopause_age_years: 51.0,
            egfr_ml_per_min: None,
            bmi_class: BmiClass::Normal,
            coronary_percentile: CoronaryPercentile::P50,
            coronary_rate: None,
            baseline_phosphate_mmol_per_l: None,
            cac_agatston: None,
            lumbar_spine_t_score: None,
        }
    }
}
