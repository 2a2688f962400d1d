//! Names of lines: the room they need, and as much of them as tells them apart.

use super::font::{self, Weight};
use super::style::TICK;
use crate::words::catalogue::message;

/// Most lines that are labeled directly; more get a legend.
pub(crate) const MOST: usize = 6;

/// A label, short enough for a title.
pub(crate) fn short(label: &str) -> String {
    font::shorten_middle(label, 1.0, Weight::Regular, 18.0)
}

/// The arms that a figure leaves out, behind its subtitle; empty if it shows all
/// or none.
pub(crate) fn left_out<'a>(labels: impl Iterator<Item = &'a str>, shown: &[usize]) -> String {
    let arms: Vec<(usize, &str)> = labels.enumerate().collect();
    let others = arms.iter().filter(|(arm, _)| !shown.contains(arm));
    let left_out: Vec<_> = others.map(|(_, label)| format!("“{label}”")).collect();
    if left_out.is_empty() || shown.is_empty() {
        return String::new();
    }
    message!(arms.left_out, shown = shown.len(), all = arms.len(), left_out = left_out.join(", "))
}

/// Width that labels at line ends need, at most `most`.
pub(crate) fn width(labels: &[&str], size: f64, most: f64) -> f64 {
    let lines = labels.iter().flat_map(|label| font::wrap(label, size, Weight::Bold, most, 2));
    lines.map(|line| font::width(&line, size, Weight::Bold)).fold(0.0, f64::max).ceil()
}

/// Room for labels at the ends of lines; 0 if there is one line or a legend is needed.
pub(crate) fn room(labels: &[&str]) -> f64 {
    const WIDEST: f64 = 190.0;
    let short = |label: &&str| font::fits(label, TICK, Weight::Bold, WIDEST, 2);
    if (2..=MOST).contains(&labels.len()) && labels.iter().all(short) {
        width(labels, TICK, WIDEST) + 22.0
    } else {
        0.0
    }
}

/// Labels that do not fit lose the words that all begin with, so that they still differ.
pub(crate) fn distinct(labels: &[&str], fits: impl Fn(&str) -> bool) -> Vec<String> {
    let words = |label: &str| label.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let all: Vec<Vec<String>> = labels.iter().map(|label| words(label)).collect();
    let same = |index: usize| {
        let mut here = all.iter().map(|words| words.get(index));
        here.next().is_some_and(|first| first.is_some() && here.all(|other| other == first))
    };
    let shared = (0..).take_while(|index| same(*index)).count();
    if labels.len() < 2 || shared == 0 || labels.iter().all(|label| fits(label)) {
        return labels.iter().map(|label| (*label).to_owned()).collect();
    }
    let rest = all.iter().map(|words| words.get(shared.saturating_sub(1)..).unwrap_or_default());
    rest.map(|words| format!("… {}", words.join(" "))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_labels_still_differ() {
        let labels = ["calcium with meals and MK-7 15 ug", "calcium with meals and MK-7 30 ug"];
        assert_eq!(distinct(&labels, |_| true), labels);
        assert_eq!(distinct(&labels, |_| false), ["… MK-7 15 ug", "… MK-7 30 ug"]);
        assert_eq!(distinct(&["a", "a"], |_| false), ["… a", "… a"]);
        assert!(distinct(&[], |_| false).is_empty());
    }
}
