//! Drugs, nutrients, illnesses and times of life that the model does not have.
//!
//! Who writes one of these is told so, wherever it stands: as a key, a supplement, a food, or in
//! `stop`.

use crate::error::problem::Misread;
use std::ops::Range;

/// Words for something that is not in the model, and what the model has instead.
struct Topic {
    /// Beginnings of words, in lower case, with spaces.
    words: &'static [&'static str],
    /// Name of the topic as the subject of "… left out".
    subject: &'static str,
    /// Remedy, or the nearest that the model has; may be empty.
    instead: &'static str,
}

/// Whom the model covers, in one line.
pub(crate) const COVERED: &str =
    "The model covers adults from 30 to 110 years, not pregnancy, lactation, growth or bone drugs.";

/// Why nobody is younger.
pub(crate) const FROM_30: &str = "At 30 the skeleton is full-grown and in balance: every past is \
    lived from that age, and growth before it has no equations.";

const TOPICS: &[Topic] = &[
    Topic {
        words: &["pregnan", "gestation", "trimester", "fetus", "foetus"],
        subject: "pregnancy is",
        instead: "",
    },
    Topic {
        words: &["lactat", "breastfeed", "breast feed", "nursing mother"],
        subject: "lactation is",
        instead: "",
    },
    Topic {
        words: &["child", "infant", "adolescen", "puberty", "growth spurt", "teenage"],
        subject: "children and growth are",
        instead: "age begins at 30",
    },
    Topic {
        words: &[
            "bisphosphonate",
            "alendron",
            "fosamax",
            "risedron",
            "ibandron",
            "zoledron",
            "pamidron",
            "etidron",
            "denosumab",
            "prolia",
            "xgeva",
            "teriparatide",
            "forteo",
            "abaloparatide",
            "romosozumab",
            "evenity",
            "raloxifene",
            "bazedoxifene",
            "calcitonin",
            "strontium",
            "bone drug",
        ],
        subject: "drugs for bone are",
        instead: "of treatments of bone it has calcium, vitamin D3, K1, MK-4, MK-7, exercise and \
                  hormone_therapy",
    },
    Topic {
        words: &["estrogen", "oestrogen", "estradiol", "oestradiol", "hrt", "mht", "progest"],
        subject: "single sex hormones are",
        instead: "write hormone_therapy = true",
    },
    Topic {
        words: &["phenprocoumon", "marcumar", "acenocoumarol", "coumadin"],
        subject: "vitamin K antagonists by names other than warfarin are",
        instead: "write warfarin = \"5 mg/day\"",
    },
    Topic {
        words: &["apixaban", "rivaroxaban", "dabigatran", "edoxaban", "heparin", "aspirin"],
        subject: "anticoagulants that leave vitamin K alone are",
        instead: "of anticoagulants it has warfarin only",
    },
    Topic {
        words: &[
            "phosphate binder",
            "sevelamer",
            "lanthanum",
            "calcium acetate",
            "dialys",
            "dialyz",
        ],
        subject: "phosphate binders and dialysis are",
        instead: "their effect on vitamin K is vitamin_k_absorption_factor = 0.36",
    },
    Topic {
        words: &[
            "cinacalcet",
            "etelcalcetide",
            "thiazide",
            "hydrochlorothiazide",
            "chlorthalidone",
            "furosemide",
            "diuretic",
            "lithium",
            "predniso",
            "cortiso",
            "glucocorticoid",
            "steroid",
            "statin",
            "atorvastatin",
            "simvastatin",
            "rosuvastatin",
            "omeprazole",
            "pantoprazole",
            "ppi",
            "antacid",
            "levothyroxine",
            "antibiotic",
            "metformin",
            "orlistat",
            "cholestyramine",
        ],
        subject: "drugs other than warfarin and hormone therapy are",
        instead: "",
    },
    Topic {
        words: &["calcifediol", "calcitriol", "alfacalcidol", "paricalcitol", "doxercalciferol"],
        subject: "active forms of vitamin D as drugs are",
        instead: "supplements of vitamin D are D3: \"vitamin D3 25 ug daily\"",
    },
    Topic {
        words: &["vitamin d2", "d2", "ergocalciferol"],
        subject: "vitamin D2 is",
        instead: "supplements of vitamin D are D3: \"vitamin D3 25 ug daily\"",
    },
    Topic {
        words: &["mk 8", "mk 9", "mk8", "mk9"],
        subject: "supplements of MK-8 and MK-9 are",
        instead: "MK-8 and MK-9 come from food: long_chain_mk_food = \"20 ug/day\"",
    },
    Topic {
        words: &["cod liver oil", "codliver oil", "fish liver oil", "halibut liver oil"],
        subject: "the oil as a whole, which holds vitamins D and A, is",
        instead: "write the vitamin D that its label says as a supplement, such as \"vitamin D3 10 \
                  ug daily\"; vitamin A is not in the model",
    },
    Topic {
        words: &["multivitamin", "multimineral"],
        subject: "mixtures without their contents are",
        instead: "write the calcium, vitamin D, K1, MK-4 and MK-7 that the label says, each as a \
                  supplement",
    },
    Topic {
        words: &[
            "blood pressure",
            "hypertension",
            "cholesterol",
            "ldl",
            "hdl",
            "triglycerid",
            "ethnicity",
            "race",
            "genotype",
        ],
        subject: "blood pressure, blood lipids and descent are",
        instead: "of risks of the artery the person has coronary_percentile and coronary_rate",
    },
    Topic {
        words: &[
            "magnesium",
            "potassium",
            "sodium",
            "salt",
            "iron",
            "zinc",
            "boron",
            "silicon",
            "copper",
            "manganese",
            "selenium",
            "fluoride",
            "iodine",
            "vitamin a",
            "retinol",
            "vitamin b",
            "folate",
            "folic",
            "vitamin c",
            "ascorb",
            "vitamin e",
            "tocopherol",
            "omega",
            "fish oil",
            "collagen",
            "protein",
            "fiber",
            "fibre",
            "caffeine",
            "coffee",
            "alcohol",
            "phosphorus",
            "phosphate supplement",
            "probiotic",
            "creatine",
            "soy iso",
            "isoflavone",
        ],
        subject: "other nutrients than calcium and the vitamins D and K are",
        instead: "",
    },
    Topic {
        words: &["smoker", "smoking", "smoke", "tobacco", "cigarette", "nicotine"],
        subject: "smoking is",
        instead: "",
    },
    Topic {
        words: &[
            "diabet",
            "cancer",
            "celiac",
            "coeliac",
            "crohn",
            "sarcoid",
            "osteomalacia",
            "paget",
        ],
        subject: "illnesses other than those of kidneys and parathyroid glands are",
        instead: "the person has egfr and parathyroid_function",
    },
];

/// The topic that a text names, with its place.
fn topic(text: &str) -> Option<(&'static Topic, Range<usize>)> {
    let plain = |letter: char| if matches!(letter, '_' | '-') { ' ' } else { letter };
    let spelled: String = text.chars().map(plain).collect::<String>().to_lowercase();
    let start = spelled.len() - spelled.trim_start().len();
    let wanted = spelled.trim_start();
    let found = TOPICS.iter().find_map(|topic| {
        let word = topic.words.iter().find(|word| {
            // A short word is meant as a whole: "salt", not "salty".
            let rest = wanted.strip_prefix(**word);
            rest.is_some_and(|rest| word.len() > 5 || !rest.starts_with(char::is_alphanumeric))
        })?;
        Some((topic, word.len()))
    });
    let (topic, length) = found?;
    let more = wanted.get(length..)?.find(|letter: char| !letter.is_alphanumeric());
    let end = more.map_or(wanted.len(), |more| length + more);
    // Lower case may have other lengths than what was written.
    let place = if spelled.len() == text.len() { start..start + end } else { 0..text.len() };
    Some((topic, place))
}

/// The error of a name that the model does not have, if it is one that people write.
pub(crate) fn not_in_model(text: &str) -> Option<Misread> {
    let (topic, place) = topic(text)?;
    let name = text.get(place.clone()).unwrap_or(text);
    let instead = if topic.instead.is_empty() {
        COVERED.to_owned()
    } else {
        format!("{}. {COVERED}", topic.instead)
    };
    Some(
        Misread::new(format!("{name} is not in this model"), place)
            .label(format!("{} left out", topic.subject))
            .help(instead),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_ask_for_is_named_as_outside_the_model() {
        let cases = [
            ("pregnant", "pregnancy is left out"),
            ("pregnancy_week", "pregnancy is left out"),
            ("breast_feeding", "lactation is left out"),
            ("Alendronate 70 mg weekly", "drugs for bone are left out"),
            ("alendronic acid", "drugs for bone are left out"),
            ("denosumab", "drugs for bone are left out"),
            ("bisphosphonates", "drugs for bone are left out"),
            ("cod liver oil", "the oil as a whole, which holds vitamins D and A, is left out"),
            ("multivitamin", "mixtures without their contents are left out"),
            ("blood_pressure", "blood pressure, blood lipids and descent are left out"),
            ("magnesium", "other nutrients than calcium"),
            ("vitamin_c", "other nutrients than calcium"),
            ("MK-9", "supplements of MK-8 and MK-9 are left out"),
            ("smoker", "smoking is left out"),
        ];
        for (text, label) in cases {
            let misread = not_in_model(text).unwrap_or_else(|| panic!("{text}"));
            assert!(misread.message.ends_with(" is not in this model"), "{}", misread.message);
            assert!(misread.label.starts_with(label), "{text}: {}", misread.label);
        }
        assert_eq!(not_in_model("Alendronate 70 mg").unwrap().bytes, 0..11);
    }

    #[test]
    fn what_the_model_has_is_not_outside_of_it() {
        let foods = crate::nutrition::foods::FOODS.iter().map(|food| food.name.to_owned());
        let inputs = crate::physiology::inputs::INPUTS.iter().map(|input| input.key.to_owned());
        let supplements = crate::nutrition::take::substance_names().into_iter();
        for name in foods.chain(inputs).chain(supplements) {
            assert_eq!(not_in_model(&name), None, "{name}");
        }
        assert_eq!(not_in_model("gauda"), None);
    }
}
