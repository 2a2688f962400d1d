//! Words that scenario files may use: figures, units, lessons.

use crate::charts::FigureKind;
use crate::cli::lessons::LESSONS;
use crate::cli::list::Listing;
use crate::cli::table::Align::Left;
use crate::plots::sensitivity::SensitivityFigure;
use crate::plots::sweeps::SweepFigureKind;
use crate::scenario::claims::GRAMMAR;

pub(crate) fn figures() -> Listing {
    let of_runs = FigureKind::ALL.iter().map(|kind| [kind.name(), "run", kind.shows()]);
    let of_sweeps = SweepFigureKind::ALL.iter().map(|kind| [kind.name(), "sweep", kind.shows()]);
    let of_analyses =
        SensitivityFigure::KINDS.iter().map(|kind| [kind.name(), "sensitivity", kind.shows()]);
    let rows =
        of_runs.chain(of_sweeps).chain(of_analyses).map(|row| row.map(str::to_owned).to_vec());
    Listing {
        heading: vec![("figure", Left), ("of a", Left), ("shows", Left)],
        rows: rows.collect(),
        footer: "In files: [figures] draw = [\"paradox\"]. A sensitivity analysis always draws all of its own.",
    }
}

/// The quantity that is measured, its accepted spellings, and an example.
const UNITS: [[&str; 3]; 8] = [
    ["calcium", "mg, g, mmol", "calcium_diet = \"800 mg/day\""],
    ["vitamin D", "ug, mcg, IU, mg", "vitamin_d_diet = \"200 IU/day\""],
    ["vitamin K", "ug, mcg, mg", "k1_mixed = \"90 ug/day\""],
    ["food", "g, kg, serving, pill", "foods = { gouda = \"30 g, 3 times/week\" }"],
    [
        "how often",
        "/day, per day, daily, twice daily, /week, N times/week",
        "\"30 g, 3 times/week\"",
    ],
    ["time", "min, h, day, week, month, year", "duration = \"20 years\""],
    ["kidney function", "mL/min", "egfr = \"60 mL/min\""],
    ["concentration", "mmol/L, nmol/L, pmol/L, nM, mg/dL, ng/mL, pg/mL", "< 0.02 mmol/L"],
];

pub(crate) fn units() -> Listing {
    Listing {
        heading: vec![("measures", Left), ("accepted", Left), ("example", Left)],
        rows: UNITS.iter().map(|row| row.map(str::to_owned).to_vec()).collect(),
        footer: "1 ug of vitamin D is 40 IU; a year has 365.25 days and a month a twelfth of it.",
    }
}

/// The grammar of claims, line by line.
pub(crate) fn claims() -> Listing {
    let lines = GRAMMAR.lines().filter(|line| !line.is_empty());
    Listing {
        heading: vec![("grammar of claims", Left)],
        rows: lines.map(|line| vec![line.to_owned()]).collect(),
        footer: "In files: [[claim]] that = \"end(cac) in a < end(cac) in b\".",
    }
}

/// The lessons inside the program.
pub(crate) fn lessons() -> Listing {
    let rows = LESSONS
        .iter()
        .map(|lesson| [lesson.name, lesson.title(), lesson.question()].map(str::to_owned).to_vec());
    Listing {
        heading: vec![("lesson", Left), ("title", Left), ("question", Left)],
        rows: rows.collect(),
        footer: "Make one your own: calcifate new NAME --from LESSON.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::keys::FIGURE_KINDS;

    #[test]
    fn files_know_exactly_the_figures_that_exist() {
        let sorted = |mut names: Vec<&'static str>| {
            names.sort_unstable();
            names
        };
        let drawn = sorted(FigureKind::ALL.map(FigureKind::name).to_vec());
        assert_eq!(sorted(FIGURE_KINDS.to_vec()), drawn);
        let drawn = sorted(SweepFigureKind::ALL.map(SweepFigureKind::name).to_vec());
        assert_eq!(sorted(crate::sweep::file::FIGURE_KINDS.to_vec()), drawn);
    }
}
