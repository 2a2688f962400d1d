//! The tables of a result as CSV: one writer, units in every heading, numbers that read back
//! as the same bits.

use std::io::{self, Write};

use crate::checks::calcium_balance::{CalciumBalance, STORES};
use crate::checks::claims::{Judgement, Verdict};
use crate::physiology::quantities::Quantity;
use crate::printed::cell;
use crate::scenario::claims::Claim;
use crate::sweep::results_table::{CellValue, Table};
use crate::trajectory::Trajectory;
use crate::units::number::exact;

/// A table in memory.
/// Errors: What the writer reports.
pub(crate) fn csv_of(table: &Table) -> io::Result<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(table.columns().iter().map(|column| column.name.as_str()))?;
    for row in &table.rows {
        out.write_record(row.iter().map(|value| match value {
            CellValue::Number(number) => exact(*number),
            CellValue::Word(word) => cell(word).into_owned(),
            other => other.text(),
        }))?;
    }
    text_of(out)
}

/// The text that was written into memory.
pub(super) fn text_of(table: csv::Writer<Vec<u8>>) -> io::Result<String> {
    let bytes = table.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// `trajectory.csv` and `flows.csv`: the time and one column per quantity.
/// Errors: What the writer reports.
pub(crate) fn write_rows(
    trajectory: &Trajectory,
    quantities: &[&Quantity],
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_field("time_days")?;
    table.write_record(quantities.iter().map(|quantity| quantity.name))?;
    for row in &trajectory.rows {
        table.write_field(exact(row.time_days))?;
        table.write_record(quantities.iter().map(|quantity| exact(row.value(quantity.column))))?;
    }
    table.flush()
}

/// `summary.csv`: one line per quantity; start, end and change of each arm side by side.
/// Errors: What the writer reports.
pub(crate) fn write_summary(
    arms: &[(&str, &Trajectory)],
    quantities: &[&Quantity],
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    let per_arm = arms
        .iter()
        .flat_map(|(name, _)| ["start", "end", "change"].map(|moment| format!("{name}_{moment}")));
    table.write_record(["quantity".to_owned(), "unit".to_owned()].into_iter().chain(per_arm))?;
    for quantity in quantities {
        let values = arms.iter().flat_map(|(_, Trajectory { rows, .. })| {
            let ends = rows.first().zip(rows.last());
            // An arm that ended before its first row has no values.
            ends.map_or_else(Default::default, |(first, last)| {
                let (start, end) = (first.value(quantity.column), last.value(quantity.column));
                [start, end, end - start].map(exact)
            })
        });
        let names = [quantity.name, quantity.unit].map(str::to_owned);
        table.write_record(names.into_iter().chain(values))?;
    }
    table.flush()
}

/// `balance.csv`: the calcium-balance certificate, one line per arm.
/// Errors: What the writer reports.
pub(crate) fn write_balance(
    balances: &[(&str, &CalciumBalance)],
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    let stores = STORES.map(|pool| format!("stored_{}_mg", format!("{pool:?}").to_lowercase()));
    let before =
        ["arm", "eaten_mg", "excreted_mg", "feces_mg", "urine_mg", "sweat_mg", "stored_mg"];
    let after = ["residual_mg", "tolerance_mg", "holds"];
    let heading = before.into_iter().chain(stores.iter().map(String::as_str)).chain(after);
    table.write_record(heading)?;
    for (arm, balance) in balances {
        let whole = [
            balance.eaten_mg,
            balance.excreted_mg(),
            balance.feces_mg,
            balance.urine_mg,
            balance.sweat_mg,
            balance.total_stored_mg(),
        ];
        table.write_field(arm)?;
        for value in whole.iter().chain(&balance.stored_mg) {
            table.write_field(exact(*value))?;
        }
        table.write_field(exact(balance.residual_mg))?;
        table.write_field(exact(balance.tolerance_mg()))?;
        table.write_record([word(balance.holds())])?;
    }
    table.flush()
}

/// `claims.csv`: each claim, whether it holds, and its numbers.
/// Errors: What the writer reports.
pub(crate) fn write_claims<'a>(
    claims: impl Iterator<Item = (&'a Claim, &'a Verdict)>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["says", "that", "holds", "left", "right", "unit", "explanation"])?;
    for (claim, verdict) in claims {
        let [left, right] = [verdict.left, verdict.right].map(known);
        let [says, that, text] = [&claim.says, &claim.text, &verdict.text].map(|text| cell(text));
        let holds = match verdict.judgement {
            Judgement::Holds => word(true),
            Judgement::Fails => word(false),
            other => other.word(),
        };
        table.write_record([&*says, &*that, holds, &left, &right, &verdict.unit, &*text])?;
    }
    table.flush()
}

/// A number, or nothing where it cannot be told.
fn known(value: f64) -> String {
    if value.is_finite() { exact(value) } else { String::new() }
}

const fn word(holds: bool) -> &'static str {
    if holds { "yes" } else { "no" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physiology::ledger::FLOW_COUNT;
    use crate::physiology::quantities::{TrajectoryColumn, in_columns};
    use crate::physiology::state::STATE_COUNT;
    use crate::scenario::Scenario;
    use crate::trajectory::Row;

    fn trajectory() -> Trajectory {
        let row = |time_days: f64, state: f64| Row {
            states: [state; STATE_COUNT],
            flows: [0.1; FLOW_COUNT],
            ..Row::zeros(time_days)
        };
        Trajectory { rows: vec![row(0.0, 1e-7), row(30.4375, 2.5)], ..Trajectory::default() }
    }

    fn text(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
        let mut bytes = Vec::new();
        write(&mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn the_trajectory_starts_with_the_time_and_the_states_in_order() {
        let table =
            text(|out| write_rows(&trajectory(), &in_columns(TrajectoryColumn::is_state), out));
        let mut lines = table.lines();
        let heading = lines.next().unwrap();
        assert!(heading.starts_with("time_days,stomach_calcium_mg,intestine_calcium_mg,"));
        assert_eq!(heading.split(',').count(), 1 + STATE_COUNT);
        assert!(lines.next().unwrap().starts_with("0,1e-7,1e-7,"));
        assert!(lines.next().unwrap().starts_with("30.4375,2.5,2.5,"));
        assert_eq!(lines.next(), None);
    }

    #[test]
    fn flows_carry_their_unit() {
        let table =
            text(|out| write_rows(&trajectory(), &in_columns(TrajectoryColumn::is_flow), out));
        assert!(table.starts_with("time_days,intake_to_ecf_mg_per_day,"), "{table}");
        assert_eq!(table.lines().next().unwrap().split(',').count(), 1 + FLOW_COUNT);
    }

    #[test]
    fn the_summary_sets_arms_side_by_side() {
        let rows = trajectory();
        let arms = [("usual", &rows), ("k2", &rows)];
        let table =
            text(|out| write_summary(&arms, &in_columns(TrajectoryColumn::is_state)[..1], out));
        assert_eq!(
            table,
            "quantity,unit,usual_start,usual_end,usual_change,k2_start,k2_end,k2_change\n\
             stomach_calcium_mg,mg,1e-7,2.5,2.4999999,1e-7,2.5,2.4999999\n"
        );
    }

    #[test]
    fn an_arm_without_rows_has_empty_cells() {
        let (rows, none) = (trajectory(), Trajectory::default());
        let arms = [("usual", &rows), ("failed", &none)];
        let table =
            text(|out| write_summary(&arms, &in_columns(TrajectoryColumn::is_state)[..1], out));
        assert!(table.ends_with("stomach_calcium_mg,mg,1e-7,2.5,2.4999999,,,\n"), "{table}");
    }

    #[test]
    fn claims_with_commas_stay_one_field() {
        let claim = "[[claim]]\nsays = 'less, \"much\" less'\nthat = 'end(cac) < 2 AU'\n";
        let scenario = Scenario::parse(&format!("duration = \"1 year\"\n{claim}")).unwrap();
        let verdict = Verdict {
            judgement: Judgement::NoDifference,
            left: 1.0,
            right: 2.0,
            unit: "AU".to_owned(),
            text: String::new(),
            standing: 0.0,
            decided_by: 0,
        };
        let table = text(|out| write_claims([(&scenario.claims[0], &verdict)].into_iter(), out));
        assert!(
            table.ends_with("\"less, \"\"much\"\" less\",end(cac) < 2 AU,no difference,1,2,AU,\n"),
            "{table}"
        );
    }
}
