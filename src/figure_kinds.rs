//! The table of figure kinds: one row each, and one file of the same name that draws it.
//!
//! It stands low, since files of scenarios and sweeps name figures, too. `charts` and `plots` read
//! the same rows and add to each the two functions of its file: `suits`, which says whether a
//! figure has something to show, and `chart`.

/// Size of the page on which a figure is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub(crate) enum FigureSize {
    /// From the last row of a room: 1600 × 900.
    #[default]
    Slide,
    /// On paper or a screen, 900 pixels wide; as high as it needs.
    Page,
    /// On a phone, 360 pixels wide; as high as it needs.
    Phone,
}

impl FigureSize {
    /// The words of files.
    pub(crate) const NAMES: &[&str] = &["slide", "page", "phone"];

    /// The size with this word.
    pub(crate) fn by_name(name: &str) -> Option<Self> {
        match name {
            "slide" => Some(Self::Slide),
            "page" => Some(Self::Page),
            "phone" => Some(Self::Phone),
            _ => None,
        }
    }
}

/// Size and colors of a figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub(crate) struct FigureLook {
    pub size: FigureSize,
    /// Grey instead of colors; dashes and shapes tell lines apart.
    pub greyscale: bool,
}

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
                homeostasis: "regulated quantities in their normal ranges",
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
