//! Parts of sentences about sweeps, computed from the numbers and never claiming more.

use crate::charts::chart::{Chart, Picture, Words};
use crate::charts::sweeps::data::SweepData;
use crate::charts::sweeps::outcome::{NumberKind, OutcomeData};
use crate::plots::labels;
use crate::words::catalogue::message;
use crate::words::numbers::count;

/// The outcome that a headline speaks of: the first of arteries, else of bones, else the first.
pub(crate) fn headliner<'a>(outcomes: &[&'a OutcomeData]) -> Option<&'a OutcomeData> {
    let pick = |fits: fn(&OutcomeData) -> bool| outcomes.iter().find(|outcome| fits(outcome));
    let artery = pick(OutcomeData::is_artery).or_else(|| pick(OutcomeData::is_bone));
    artery.or_else(|| outcomes.first()).copied()
}

/// An outcome inside a sentence: "the change of coronary calcium".
pub(crate) fn noun(outcome: &OutcomeData) -> String {
    match outcome.kind {
        NumberKind::Condition => message!(sweep.share, condition = outcome.name),
        _ if outcome.change_of.is_some() => message!(sweep.the, noun = outcome.noun),
        _ => outcome.noun.clone(),
    }
}

/// "woman 50 → 70, arm “usual”".
pub(crate) fn whom(data: &SweepData) -> String {
    let all = count(data.selection.all_samples);
    let varied =
        || data.axes.iter().any(|axis| ["age", "sex"].contains(&axis.short_label().as_str()));
    let who = match (data.sampled(), data.people) {
        (true, true) => message!(sweep.people, count = all),
        (true, false) => message!(sweep.samples, count = all),
        (false, _) if varied() => message!(sweep.otherwise, person = data.person),
        (false, _) => data.person.clone(),
    };
    match data.arms.as_slice() {
        [(_, label)] => message!(sweep.in_arm, who, arm = labels::short(label)),
        _ => who,
    }
}

/// The point of a grid that is shown, if there is one.
pub(crate) fn first_point(data: &SweepData) -> impl Iterator<Item = String> {
    data.axes.iter().map(|axis| message!(sweep.held, axis = axis.label, value = axis.name(0)))
}

/// The figure of a sweep that gives it nothing to show, with the reason.
pub(crate) fn note(data: &SweepData, title: String, why: String) -> Chart {
    let words = Words { title, subtitle: whom(data), description: why.clone() };
    data.chart(words, Picture::Note(why))
}

/// The outcomes and runs that are left out, as the end of a subtitle; nothing if all is drawn.
pub(crate) fn rest(data: &SweepData, undrawn: usize) -> String {
    let more = match undrawn + data.left_out.len() {
        0 => String::new(),
        1 => message!(sweep.one_more),
        count => message!(sweep.more, count),
    };
    let thinned = data.selection.remark().map_or_else(String::new, |remark| format!(" · {remark}"));
    more + &thinned
}

/// Names the outcomes that have no number at all, and counts the runs that lack one elsewhere.
pub(crate) fn missing(data: &SweepData) -> String {
    let (some, none): (Vec<_>, Vec<_>) = data.outcomes.iter().partition(|one| one.has_numbers());
    let names: Vec<&str> = none.iter().map(|outcome| outcome.name.as_str()).collect();
    let none = match names.join(", ") {
        names if names.is_empty() => names,
        names => message!(sweep.no_number, names),
    };
    let lacking = some.iter().map(|one| one.values.iter().filter(|v| !v.is_finite()).count());
    match (lacking.max().unwrap_or(0), data.selection.slots()) {
        (0, _) => none,
        (count, all) => none + &message!(sweep.failed, count, all),
    }
}
