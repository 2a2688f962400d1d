//! Names that people give to what a scenario writes by other keys.

use crate::error::suggest::is_same_name;

/// What people call something, and how a scenario writes it.
#[derive(Debug)]
pub(crate) struct OtherName {
    /// Whole names.
    called: &'static [&'static str],
    /// The words before the keys.
    pub note: &'static str,
    /// Keys of scenario files, the nearest first.
    pub keys: &'static [&'static str],
}

const fn row(
    called: &'static [&'static str],
    note: &'static str,
    keys: &'static [&'static str],
) -> OtherName {
    OtherName { called, note, keys }
}

pub(crate) static OTHER_NAMES: [OtherName; 27] = [
    row(
        &["vitamin k", "k"],
        "vitamin K has several forms, each with keys of its own",
        &[
            "k1_mixed",
            "k1_supplement",
            "mk4_food",
            "mk4_supplement",
            "mk7_food",
            "mk7_supplement",
            "long_chain_mk_food",
        ],
    ),
    row(
        &["vitamin k2", "k2", "menaquinone"],
        "vitamin K2 has several forms, each with keys of its own",
        &["mk7_food", "mk7_supplement", "mk4_food", "mk4_supplement", "long_chain_mk_food"],
    ),
    row(
        &["vitamin k1", "k1", "phylloquinone"],
        "vitamin K1 is written by where it comes from",
        &["k1_mixed", "k1_leafy_plain", "k1_leafy_with_fat", "k1_oil", "k1_supplement"],
    ),
    row(
        &["mk7", "mk 7", "menaquinone 7"],
        "MK-7 is written by where it comes from",
        &["mk7_food", "mk7_supplement"],
    ),
    row(
        &["mk4", "mk 4", "menaquinone 4"],
        "MK-4 is written by where it comes from",
        &["mk4_food", "mk4_supplement"],
    ),
    row(
        &["vitamin d", "vitamin d3", "d3", "cholecalciferol"],
        "vitamin D is written by where it comes from",
        &["vitamin_d_diet", "vitamin_d_supplement", "vitamin_d_sun"],
    ),
    row(
        &["sun", "sunlight", "sunshine", "sun exposure", "uv", "uvb"],
        "sunlight is the vitamin D that it makes, or its swing over the year",
        &["vitamin_d_sun", "sun_season"],
    ),
    row(
        &["supplement", "pill", "tablet", "capsule", "medication", "drug", "dose", "regimen"],
        "what is taken stands in a list",
        &["take"],
    ),
    row(
        &["diet", "food", "nutrition", "eat", "eats"],
        "what is eaten is written as foods or as nutrients",
        &["foods", "calcium_diet", "vitamin_d_diet", "k1_mixed"],
    ),
    row(
        &["weight", "body weight", "height", "body mass", "bmi", "obesity"],
        "weight and height are not in the model; their class is",
        &["bmi_class"],
    ),
    row(
        &[
            "ckd",
            "gfr",
            "kidney",
            "kidneys",
            "kidney function",
            "kidney disease",
            "renal function",
            "renal",
            "creatinine",
            "esrd",
        ],
        "kidneys are written as their filtration rate (eGFR)",
        &["egfr"],
    ),
    row(
        &[
            "osteoporosis",
            "osteopenia",
            "bone density",
            "bone mineral density",
            "bmd",
            "dxa",
            "dexa",
            "bone",
            "fracture",
        ],
        "bone at the start is written as a measured T-score",
        &["lumbar_spine_t_score"],
    ),
    row(
        &["plaque", "calcium score", "agatston", "atherosclerosis", "calcification", "artery"],
        "the coronary artery at the start is written as a measured score or as a percentile",
        &["cac_agatston", "coronary_percentile"],
    ),
    row(
        &["pth", "parathyroid", "hyperparathyroidism", "hypoparathyroidism"],
        "parathyroid glands are written as their function",
        &["parathyroid_function"],
    ),
    row(&["gender"], "it is called", &["sex"]),
    row(&["menopause", "postmenopausal"], "menopause is written as its age", &["menopause_age"]),
    row(
        &["sport", "sports", "activity", "physical activity", "training", "walking", "fitness"],
        "movement is written as",
        &["exercise"],
    ),
    row(
        &["bed rest", "bedrest", "immobility", "immobilization", "spaceflight", "weightlessness"],
        "bones without load are written as",
        &["unloading"],
    ),
    row(
        &["anticoagulant", "blood thinner", "vitamin k antagonist"],
        "of anticoagulants the model has",
        &["warfarin"],
    ),
    row(&["hormones", "hormone", "hormone replacement"], "it is called", &["hormone_therapy"]),
    row(
        &["days", "months", "weeks", "length", "time", "simulation time"],
        "the length of a run is called",
        &["duration"],
    ),
    row(&["years"], "years are the length of a run, or the age of a person", &["duration", "age"]),
    row(&["description", "explanation"], "words for readers stand in", &["lesson"]),
    row(&["name", "headings", "heading"], "the name of a file's lesson is its", &["title"]),
    row(&["model", "assumptions"], "which effects hold is said by", &["hypothesis"]),
    row(&["dt", "interval"], "the distance of rows is called", &["output_every"]),
    row(&["group", "treatment", "intervention"], "what is compared is written as", &["arm"]),
];

/// The row of a name that people use.
pub(crate) fn other_name(text: &str) -> Option<&'static OtherName> {
    OTHER_NAMES.iter().find(|row| row.called.iter().any(|name| is_same_name(name, text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nutrition::outside_model::not_in_model;

    #[test]
    fn a_name_has_one_row() {
        for row in &OTHER_NAMES {
            for name in row.called {
                assert!(std::ptr::eq(other_name(name).unwrap(), row), "{name}");
                assert!(not_in_model(name).is_none(), "{name}");
            }
        }
    }
}
