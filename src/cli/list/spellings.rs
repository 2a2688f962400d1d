//! Words that scenario files may use: figures, units, lessons.

use crate::charts::kinds::OF_RUNS;
use crate::charts::kinds::{OF_ANALYSES, OF_OUTCOMES, OF_SWEEPS};
use crate::cli::list::Listing;
use crate::library::lessons::LESSONS;
use crate::scenario::claims::GRAMMAR;

pub(crate) fn figures() -> Listing {
    let of_runs = OF_RUNS.iter().map(|kind| [kind.name, "run", kind.shows]);
    let of_sweeps = OF_SWEEPS.iter().map(|kind| [kind.name, "sweep", kind.shows]);
    let of_analyses = OF_ANALYSES.iter().map(|kind| [kind.name, "sensitivity", kind.shows]);
    let of_outcomes = OF_OUTCOMES.iter().map(|kind| [kind.name, "sensitivity", kind.shows]);
    let rows = of_runs.chain(of_sweeps).chain(of_analyses).chain(of_outcomes);
    Listing {
        heading: "figure|of a|shows",
        rows: rows.map(|row| row.map(str::to_owned).to_vec()).collect(),
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
        heading: "measures|accepted|example",
        rows: UNITS.iter().map(|row| row.map(str::to_owned).to_vec()).collect(),
        footer: "1 µg of vitamin D is 40 IU; a year has 365.25 days and a month a twelfth of it.",
    }
}

/// The grammar of claims, line by line.
pub(crate) fn claims() -> Listing {
    let lines = GRAMMAR.lines().filter(|line| !line.is_empty());
    Listing {
        heading: "grammar of claims",
        rows: lines.map(|line| vec![line.to_owned()]).collect(),
        footer: "In files: [[claim]] that = \"end(cac) in a < end(cac) in b\".",
    }
}

pub(crate) fn lessons() -> Listing {
    let rows = LESSONS
        .iter()
        .map(|lesson| [lesson.name, lesson.title(), lesson.question()].map(str::to_owned).to_vec());
    Listing {
        heading: "lesson|title|question",
        rows: rows.collect(),
        footer: "Make one your own: calcifate new NAME --from LESSON.",
    }
}
