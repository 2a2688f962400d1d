//! `[person]`: who is simulated.

use crate::form::problems::Problems;
use crate::form::tree::{Entries, get, text};
use crate::physiology::inputs::{INPUTS, InputInfo};
use crate::physiology::person::{BmiClass, CoronaryPercentile, Person, Sex};
use crate::scenario::amounts::{check_range, input_value};

/// Reads the person; what is left out is the default of [`Person`].
pub(crate) fn person(entries: &Entries, problems: &mut Problems) -> Person {
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
    let own = |info: &&InputInfo| !info.kind.changes_over_time();
    for info in INPUTS.iter().filter(own) {
        let Some(node) = get(entries, info.key) else { continue };
        let Some(value) = input_value(info, node, problems) else { continue };
        check_range(info, value, &node.span, problems);
        set(&mut person, info.name, value);
    }
    person
}

enum PersonField<'a> {
    Given(&'a mut f64),
    /// The model has one where the person has none.
    Optional(&'a mut Option<f64>),
}

fn field<'a>(person: &'a mut Person, name: &str) -> Option<PersonField<'a>> {
    Some(match name {
        "start_age_years" => PersonField::Given(&mut person.start_age_years),
        "menopause_age_years" => PersonField::Given(&mut person.menopause_age_years),
        "egfr_ml_per_min" => PersonField::Optional(&mut person.egfr_ml_per_min),
        "coronary_rate" => PersonField::Optional(&mut person.coronary_rate),
        "baseline_phosphate_mmol_per_l" => {
            PersonField::Optional(&mut person.baseline_phosphate_mmol_per_l)
        }
        "cac_agatston" => PersonField::Optional(&mut person.cac_agatston),
        "lumbar_spine_t_score" => PersonField::Optional(&mut person.lumbar_spine_t_score),
        _ => return None,
    })
}

/// The number of a person with the name of an input, if it is given.
pub(crate) fn value(person: &Person, name: &str) -> Option<f64> {
    match field(&mut { *person }, name)? {
        PersonField::Given(value) => Some(*value),
        PersonField::Optional(value) => *value,
    }
}

fn set(person: &mut Person, name: &str, value: f64) {
    match field(person, name) {
        Some(PersonField::Given(field)) => *field = value,
        Some(PersonField::Optional(field)) => *field = Some(value),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_person_input_has_a_field() {
        let own = |info: &&InputInfo| !info.kind.changes_over_time();
        for info in INPUTS.iter().filter(own) {
            let mut changed = Person::default();
            set(&mut changed, info.name, 55.5);
            assert_eq!(value(&changed, info.name), Some(55.5), "{}", info.name);
        }
    }
}
