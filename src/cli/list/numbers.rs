//! Parameters, sources and foods.

use crate::cli::list::{Listing, range};
use crate::nutrition::foods::{FOODS, Matrix};
use crate::parameters::{PARAMETER_TABLE, SOURCES};
use crate::units::number::exact;

/// Every number of the model with its range, evidence and source.
pub(crate) fn parameters() -> Listing {
    let row = |entry: &crate::parameters::ParameterInfo| {
        vec![
            entry.name.to_owned(),
            exact(entry.value),
            entry.unit.to_owned(),
            range(entry.low, entry.high),
            entry.conservative_value.map(exact).unwrap_or_default(),
            entry.evidence.word().to_owned(),
            entry.group.to_owned(),
            entry.source.to_owned(),
            entry.note.to_owned(),
        ]
    };
    Listing {
        heading: "parameter|>value|unit|range|>conservative|evidence|mechanism|source|note",
        rows: PARAMETER_TABLE.iter().map(row).collect(),
        footer: "Change one: calcifate run FILE --set NAME=VALUE. Sources: calcifate list sources.",
    }
}

pub(crate) fn sources() -> Listing {
    let row = |source: &crate::parameters::Source| {
        [source.key, source.checked, source.used, source.citation].map(str::to_owned).to_vec()
    };
    Listing {
        heading: "key|read as|what was used|citation",
        rows: SOURCES.iter().map(row).collect(),
        footer: "\"memory\" means: not read again while the model was made.",
    }
}

/// Foods and what 100 g of them hold.
pub(crate) fn foods() -> Listing {
    let row = |food: &crate::nutrition::foods::Food| {
        let mut row = vec![food.name.to_owned()];
        row.extend(food.numbers().map(exact));
        row.extend([matrix(food.matrix).to_owned(), food.source.to_owned()]);
        row
    };
    Listing {
        heading: "food|>serving g|>calcium mg|>vitamin D ug|>K1 ug|>MK-4 ug|>MK-7 ug|>MK-8/9 ug|K1 bound in|source",
        rows: FOODS.iter().map(row).collect(),
        footer: "Contents of 100 g. In files: foods = { natto = \"40 g/day\" }; a pill counts as 1 g.",
    }
}

const fn matrix(matrix: Matrix) -> &'static str {
    match matrix {
        Matrix::Mixed => "mixed food",
        Matrix::LeafyPlain => "leaves, plain",
        Matrix::LeafyWithFat => "leaves with fat",
        Matrix::Oil => "oil",
        Matrix::Supplement => "pill",
    }
}
