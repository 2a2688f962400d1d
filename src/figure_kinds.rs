//! The table of figure kinds: one row each, and one file of the same name that draws it.
//!
//! It stands low, since files of scenarios and sweeps name figures, too. `charts` and `plots` read
//! the same rows and add to each the two functions of its file: `suits`, which says whether a
//! figure has something to show, and `chart`.

/// Hands every row to the macro `$each`: the name, as files write it, and what the figure shows.
/// Kinds stand in the order in which a lesson shows them; `with courses` are those that follow some
/// samples over time.
macro_rules! figure_kinds {
    ($each:ident) => {
        $each! {
            run {
                paradox: "change of bone against change of arterial calcium",
                timeline: "read-outs over time, all arms",
                body: "flows of calcium between organs",
                fate: "what became of all calcium that was eaten",
                kinetics: "vitamin K in plasma after doses",
                day: "a day by the hour",
            }
            sweep {
                dose_response: "every outcome over one axis; medians and bands of samples",
                map: "every outcome over two axes, with lines of equal value",
                small_multiples: "two outcomes over three axes",
                differences: "differences between arms, person by person",
                spaghetti with courses: "time courses of some people, with median and bands",
                answers: "the value that was looked for, over an axis",
            }
            analysis {
                grades: "share of each outcome's variance by the grade of the parameters",
            }
            outcome {
                tornado: "what each input's range would change, along its slope",
                sobol: "share of the variance by each input, alone and with interactions",
                morris: "size of each input's effects against their spread",
            }
        }
    };
}
pub(crate) use figure_kinds;

macro_rules! names {
    (
        run { $($run:ident: $_run:literal,)* }
        sweep { $($sweep:ident $(with $_extra:ident)?: $_sweep:literal,)* }
        $($_drawn_always:tt)*
    ) => {
        /// Names that a scenario file may choose.
        pub(crate) const OF_RUNS: &[&str] = &[$(stringify!($run)),*];
        /// Names that a sweep file may choose.
        pub(crate) const OF_SWEEPS: &[&str] = &[$(stringify!($sweep)),*];
    };
}
figure_kinds!(names);
