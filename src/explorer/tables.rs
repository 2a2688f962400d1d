//! The numbers of a comparison: a table as a clinic writes it, all values with all digits, CSV.

use serde_json::{Map, Value, json};

use crate::library::run::Run;
use crate::physiology::quantities::QUANTITIES;
use crate::units::number::exact;
use crate::words::names::unit;
use crate::words::numbers::clinical;

/// The usual rows of a summary, one column for each quantity.
pub(super) fn summary(run: &Run) -> Value {
    let quantities = run.summary_quantities();
    let columns = quantities.iter().map(|quantity| {
        json!({
            "name": quantity.name,
            "label": quantity.label,
            "unit": unit(quantity.unit),
            "normal": quantity.normal.map(|(low, high)| {
                [low, high].map(|end| end.is_finite().then_some(end))
            }),
        })
    });
    let rows = run.arms().map(|(arm, result)| {
        let values = quantities.iter().map(|quantity| {
            run.summary_value(result, quantity).map_or_else(String::new, |v| clinical(quantity, v))
        });
        (arm.name.clone(), values.collect::<Vec<_>>().into())
    });
    json!({
        "columns": columns.collect::<Vec<_>>(),
        "rows": rows.collect::<Map<String, Value>>(),
        "last_day": run.is_resolved(),
    })
}

/// Every quantity of every arm in its last row.
pub(super) fn values(run: &Run) -> Map<String, Value> {
    let told = run.arms().map(|(arm, result)| {
        let last = result.trajectory.rows.last();
        let ends = QUANTITIES.iter().map(|quantity| {
            let end = last.map(|row| row.value(quantity.column)).filter(|end| end.is_finite());
            (quantity.name.to_owned(), end.into())
        });
        (arm.name.clone(), Value::Object(ends.collect()))
    });
    told.collect()
}

/// Every row of every arm, all quantities, with digits that read back as the same bits.
pub(super) fn csv(run: &Run) -> String {
    // Names of arms and quantities have no comma and no quote.
    let mut text = String::from("arm,time_days");
    for quantity in &QUANTITIES {
        text.push(',');
        text.push_str(quantity.name);
    }
    text.push('\n');
    for (arm, result) in run.arms() {
        for row in &result.trajectory.rows {
            text.push_str(&arm.name);
            text.push(',');
            text.push_str(&exact(row.time_days));
            for quantity in &QUANTITIES {
                text.push(',');
                text.push_str(&exact(row.value(quantity.column)));
            }
            text.push('\n');
        }
    }
    text
}
