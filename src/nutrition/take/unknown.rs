//! The errors of names that are no supplement, or say too little.

use crate::error::problem::Misread;
use crate::error::suggest::did_you_mean;
use crate::nutrition::food_kinds::foods_meant;
use crate::nutrition::foods::food;
use crate::nutrition::outside_model::not_in_model;
use crate::nutrition::regimen::Substance;
use crate::nutrition::take::{eat_k2, eat_name, substance_names};
use crate::units::tokens::Tokens;

/// The error of a name without a number behind it.
pub(super) fn no_amount(
    words: &mut Tokens<'_>,
    start: usize,
    substance: Substance,
    misread: Misread,
) -> Misread {
    let (next, place) = (words.part(&words.here()).to_owned(), words.here());
    words.back_to(start);
    if let Some(outside) = not_in_model(words.rest()) {
        return outside;
    }
    let salts = ["gluconate", "lactate", "phosphate", "malate", "hydroxyapatite", "chloride"];
    if substance == Substance::Calcium && salts.contains(&next.to_lowercase().as_str()) {
        let message = format!("the calcium in calcium {next} is not known");
        return Misread::new(message, place).help(
            "write the calcium that the pill holds, as its label says: \"calcium 500 mg daily\"",
        );
    }
    misread.help("write how much, such as \"500 mg\"")
}

/// The error of "vitamin K" or "K2" without its form, if that stands next.
fn which_vitamin_k(words: &mut Tokens<'_>, mark: usize) -> Option<Misread> {
    (eat_k2(words) || eat_name(words, &["vitamin", "K"])).then(|| {
        Misread::new("which vitamin K?", words.since(mark))
            .help("say \"MK-7\" or \"MK-4\" (forms of K2), as in \"vitamin K2 (MK-7)\", or \"K1\"")
    })
}

/// The error of a name, as in `stop = ["K2"]`, that does not say which vitamin K is meant.
pub(crate) fn unclear_name(name: &str) -> Option<Misread> {
    let mut words = Tokens::new(name).ok()?;
    let mark = words.mark();
    which_vitamin_k(&mut words, mark)
}

pub(super) fn unknown_name(words: &mut Tokens<'_>, mark: usize) -> Misread {
    words.back_to(mark);
    let place = words.here();
    let (rest, first) = (words.rest(), words.part(&place));
    if let Some(name) =
        food(rest).map_or_else(|| foods_meant(first).first().copied(), |_| Some(first))
    {
        return Misread::new(format!("\"{first}\" is a food, not a supplement"), place)
            .help(format!("foods are written as foods = {{ \"{name}\" = \"40 g/day\" }}"));
    }
    if words.eat(&["warfarin"]) {
        return Misread::new("warfarin is a condition, not a supplement", place)
            .help("write warfarin = \"5 mg/day\" in [habitual], the arm or the phase");
    }
    if let Some(misread) = not_in_model(rest) {
        let bytes = place.start + misread.bytes.start..place.start + misread.bytes.end;
        return Misread { bytes, ..misread };
    }
    if let Some(misread) = which_vitamin_k(words, mark) {
        return misread;
    }
    let names = substance_names();
    let meant = did_you_mean(first, names.iter().map(String::as_str));
    Misread::new(format!("unknown supplement \"{first}\""), place).help(format!(
        "{meant}Known: calcium, calcium carbonate, calcium citrate, vitamin D3, K1, MK-4, MK-7, and \
         the pills of `calcifate list foods`."
    ))
}
