//! Drugs, nutrients, illnesses and times of life that the model does not have.
//!
//! Who writes one of these is told so, wherever it stands: as a key, a supplement, a food, or in
//! `stop`.

use crate::error::problem::Misread;
use std::ops::Range;

/// A row of `outside_model.csv`: words for something that is not in the model, and what it has instead.
struct Topic {
    /// Beginnings of words, in lower case, with spaces; a short one is a whole word.
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

include!(concat!(env!("OUT_DIR"), "/outside_model.rs"));

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
