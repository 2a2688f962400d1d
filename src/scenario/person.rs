//! `[person]`: who is simulated.

use crate::form::problems::Problems;
use crate::form::tree::{Entries, get, text};
use crate::physiology::inputs::{INPUTS, InputInfo, InputKind};
use crate::physiology::person::{BmiClass, CoronaryPercentile, Person, Sex};
use crate::scenario::amounts::{check_range, input_value};
use crate::scenario::keys::input_key;

/// Reads the person; what is left out is the default of [`Person`].
pub fn person(entries: &Entries, problems: &mut Problems) -> Person {
    let mut person = Person {
        sex: match text(entries, "sex") {
            Some("male") => Sex::Male,
            _ => Sex::Female,
        },
        bmi_class: match text(entries, "bmi_class") {
            Some("overweight") => BmiClass::Overweight,
            Some("obese") => BmiClass::Obese,
            _ => BmiClass::Normal,
        },
        coronary_percentile: match text(entries, "coronary_percentile") {
            Some("p75") => CoronaryPercentile::P75,
            Some("p90") => CoronaryPercentile::P90,
            _ => CoronaryPercentile::P50,
        },
        ..Person::default()
    };
    let own = |info: &&InputInfo| matches!(info.kind, InputKind::Person | InputKind::Override);
    for info in INPUTS.iter().filter(own) {
        let Some(node) = get(entries, input_key(info)) else { continue };
        let Some(value) = input_value(info, node, problems) else { continue };
        check_range(info, value, &node.place, problems);
        set(&mut person, info.name, value);
    }
    person
}

fn set(person: &mut Person, name: &str, value: f64) {
    match name {
        "start_age_years" => person.start_age_years = value,
        "menopause_age_years" => person.menopause_age_years = value,
        "egfr_ml_per_min" => person.egfr_ml_per_min = Some(value),
        "coronary_rate" => person.coronary_rate = Some(value),
        "baseline_phosphate_mmol_per_l" => person.baseline_phosphate_mmol_per_l = Some(value),
        "cac_agatston" => person.cac_agatston = Some(value),
        "lumbar_spine_t_score" => person.lumbar_spine_t_score = Some(value),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_person_input_has_a_field() {
        let own = |info: &&InputInfo| matches!(info.kind, InputKind::Person | InputKind::Override);
        for info in INPUTS.iter().filter(own) {
            let mut changed = Person::default();
            set(&mut changed, info.name, 55.5);
            assert_ne!(changed, Person::default(), "{}", info.name);
        }
    }
}
