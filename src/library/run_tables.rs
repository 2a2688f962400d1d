//! What a run says, as tables: ends of every quantity, claims, the calcium balance.

use crate::library::listings::{ColumnSpec, table, word};
use crate::library::run::Run;
use crate::physiology::quantities::QUANTITIES;
use crate::sweep::results_table::ColumnType::{Number, Truth, Word};
use crate::sweep::results_table::{CellValue, Table};

const SUMMARY: [ColumnSpec; 7] = [
    ("arm", Word, "1", "name of the arm"),
    ("quantity", Word, "1", "name, as claims use it"),
    ("label", Word, "1", "words for tables and figures"),
    ("unit", Word, "1", "unit of the numbers, 1 for none"),
    ("start", Number, "1", "value in the first row"),
    ("end", Number, "1", "value in the last row"),
    ("change", Number, "1", "end minus start"),
];

const CLAIMS: [ColumnSpec; 8] = [
    ("says", Word, "1", "the claim in words"),
    ("that", Word, "1", "its condition, as written"),
    ("holds", Truth, "1", "whether it holds; nothing if that cannot be told"),
    ("judgement", Word, "1", "the same, and where both sides are the same within the margin"),
    ("left", Number, "1", "left side, in the unit"),
    ("right", Number, "1", "right side, in the unit"),
    ("unit", Word, "1", "unit of both sides"),
    ("text", Word, "1", "the numbers with the relation that really holds"),
];

const BALANCE: [ColumnSpec; 10] = [
    ("arm", Word, "1", "name of the arm"),
    ("eaten_mg", Number, "mg", "calcium eaten since the start"),
    ("excreted_mg", Number, "mg", "calcium lost by all routes"),
    ("feces_mg", Number, "mg", "lost with the feces"),
    ("urine_mg", Number, "mg", "lost with the urine"),
    ("sweat_mg", Number, "mg", "lost with the sweat"),
    ("stored_mg", Number, "mg", "change of all stores together"),
    ("residual_mg", Number, "mg", "eaten minus lost minus stored"),
    ("tolerance_mg", Number, "mg", "largest residual that is accepted"),
    ("holds", Truth, "1", "whether every milligram is accounted for"),
];

impl Run {
    /// Every quantity of every arm at the start and at the end, one row each.
    ///
    /// ```
    /// let run = calcifate::Scenario::parse("duration = \"1 year\"\n")?.run()?;
    /// let summary = run.summary();
    /// let at = summary.texts("quantity").into_iter().flatten().position(|name| name == "age_years");
    /// let change = summary.numbers("change").ok_or("no such column")?;
    /// assert!((change[at.ok_or("no age")?] - 1.0).abs() < 0.01);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn summary(&self) -> Table {
        let rows = self.arms().flat_map(|(arm, run)| {
            let (first, last) = (run.trajectory.rows.first(), run.trajectory.rows.last());
            QUANTITIES.iter().map(move |quantity| {
                let start = first.map(|row| row.value(quantity.column));
                let end = last.map(|row| row.value(quantity.column));
                let change = start.zip(end).map(|(start, end)| end - start);
                let mut row =
                    [&*arm.name, quantity.name, quantity.label, quantity.unit].map(word).to_vec();
                row.extend([start, end, change].map(CellValue::finite));
                row
            })
        });
        table(&SUMMARY, rows.collect())
    }

    /// The claims, judged; no rows if an arm ended early.
    #[must_use]
    pub fn claims_table(&self) -> Table {
        let rows = self.judged_claims().map(|(claim, verdict)| {
            vec![
                word(&claim.says),
                word(&claim.text),
                verdict.holds().map_or(CellValue::Missing, CellValue::Truth),
                word(verdict.judgement.word()),
                CellValue::finite(Some(verdict.left)),
                CellValue::finite(Some(verdict.right)),
                word(&verdict.unit),
                word(&verdict.text),
            ]
        });
        table(&CLAIMS, rows.collect())
    }

    /// The calcium balance of every arm that has rows.
    #[must_use]
    pub fn balance_table(&self) -> Table {
        let rows = self.balances().map(|(arm, balance)| {
            let numbers = [
                balance.eaten_mg,
                balance.excreted_mg(),
                balance.feces_mg,
                balance.urine_mg,
                balance.sweat_mg,
                balance.total_stored_mg(),
                balance.residual_mg,
                balance.tolerance_mg(),
            ];
            let mut row = vec![word(&arm.name)];
            row.extend(numbers.map(|number| CellValue::finite(Some(number))));
            row.push(CellValue::Truth(balance.holds()));
            row
        });
        table(&BALANCE, rows.collect())
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::Scenario;

    #[test]
    fn the_tables_say_what_the_run_says() {
        let text = "duration = \"1 year\"\n[[arm]]\nname = \"a\"\n[[arm]]\nname = \"b\"\n\
                    take = [\"MK-7 180 ug daily\"]\n[[claim]]\nsays = \"less\"\n\
                    that = \"end(dp_ucmgp) in b < end(dp_ucmgp) in a\"\n";
        let run = Scenario::parse(text).unwrap().run().unwrap();
        let summary = run.summary();
        let (arms, names) = (summary.texts("arm").unwrap(), summary.texts("quantity").unwrap());
        let at = arms
            .iter()
            .zip(&names)
            .position(|(arm, name)| arm == "b" && name == "dp_ucmgp_pmol_per_l");
        let change = summary.numbers("change").unwrap()[at.unwrap()];
        assert_eq!(change, run.value("change(dp_ucmgp)", "b").unwrap());
        let claims = run.claims_table();
        assert_eq!(claims.texts("holds").unwrap(), ["true"]);
        assert_eq!(claims.numbers("left").unwrap(), [run.value("end(dp_ucmgp)", "b").unwrap()]);
        let balance = run.balance_table();
        assert_eq!(balance.texts("arm").unwrap(), ["a", "b"]);
        assert_eq!(balance.numbers("eaten_mg").unwrap()[1], run.balance("b").unwrap().eaten_mg);
    }
}
