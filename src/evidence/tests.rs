use crate::evidence::table::observed;
use crate::evidence::vocabulary::Comparison;
use crate::evidence::{SHIPPED, shipped_trials};
use crate::storage::evidence_table;

#[test]
fn the_shipped_table_is_read() {
    let trials = evidence_table::read(SHIPPED.0, SHIPPED.1)
        .unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert!(trials.len() > 60);
    // Without files it is the same.
    assert_eq!(format!("{trials:?}"), format!("{:?}", shipped_trials()));
}

fn refused(text: &str) -> Vec<String> {
    let problems = evidence_table::read("my_trials.csv", text).unwrap_err();
    problems.iter().map(|problem| format!("{} = {}", problem.message, problem.help)).collect()
}

#[test]
fn mistakes_are_named_by_row_and_column() {
    let problems = refused(
        "id,citation,readout,comparison,low,high,duration_days,age,mk7_ug,color\n\
         a,Me 2026,cax_agatston,end,1,2,365,50,180,red\n\
         a,Me 2026,cac_agatston,ends,2,1,365,20,-5,red\n\
         a,Me 2026,cac_agatston,end,2,1,x,60,99999,red\n",
    );
    let all = problems.join("\n");
    for wanted in [
        "my_trials.csv:1: unknown column \"color\"",
        "my_trials.csv:2, column readout: unknown read-out \"cax_agatston\" = did you mean \"cac_agatston\"?",
        "my_trials.csv:3, column comparison: unknown word \"ends\" = did you mean \"end\"?",
        "my_trials.csv:3, column age: 20 is out of range = 30 to 100 is accepted",
        "my_trials.csv:3, column mk7_ug: -5 is out of range",
        "my_trials.csv:4, column duration_days: \"x\" is not a number",
        "my_trials.csv:4, column mk7_ug: 99999 is out of range = 0 to 10000 is accepted",
        "my_trials.csv:4, column low: low 2 lies above high 1",
    ] {
        assert!(all.contains(wanted), "{wanted}\n{all}");
    }
}

const START: &str = "id,citation,readout,comparison,low,high,duration_days,age,unit";

#[test]
fn rows_of_files_of_windows_are_named_by_their_lines() {
    let rows = ["", "a,Me 2026,cac_agatston,end,1,2,365,50,", "", "b,Me 2026,cax,end,1,2,365,50,"];
    for end in ["\r\n", "\n"] {
        let text = [&[START], rows.as_slice()].concat().join(end);
        let problems = refused(&text);
        assert!(problems[0].starts_with("my_trials.csv:5, column readout"), "{problems:?}");
        let short = refused(&format!("{text}{end}c,Me 2026"));
        assert!(short[0].starts_with("my_trials.csv:6: the row has 2 cells"), "{short:?}");
    }
}

#[test]
fn values_in_other_units_are_converted_and_unknown_units_are_refused() {
    let read = |cells: &str| {
        let text = format!("{START},observed\na,Me 2026,{cells}\n");
        evidence_table::read("my_trials.csv", &text)
    };
    // 40.078 mg are 1 mmol.
    let trial = &read("serum_calcium,end,8,10,365,50,mg/dL,9").unwrap()[0];
    let values = [Some(trial.low), Some(trial.high), trial.observed].map(Option::unwrap);
    for (value, wanted) in values.into_iter().zip([1.9961, 2.4951, 2.2456]) {
        assert!((value - wanted).abs() < 1e-4, "{value} {wanted}");
    }
    assert_eq!(trial.unit, "mmol/L");
    let same = &read("serum_calcium,end,2.1,2.6,365,50,mmol/L,2.4").unwrap()[0];
    assert_eq!((same.low, same.high, same.observed), (2.1, 2.6, Some(2.4)));
    for (cells, wanted) in [
        ("serum_calcium,end,8,10,365,50,bananas,9", "Accepted: mmol/L, mg/dL."),
        ("serum_calcium,change_percent,8,10,365,50,mg/dL,9", "Accepted: %."),
        ("serum_calcium,ratio,1,2,365,50,mmol/L,1", "Accepted: ratio."),
        ("ucoc_to_coc_ratio,end,1,2,365,50,mmol/L,1", "Accepted: ratio."),
        ("pulse_amplification_mmhg,end,8,10,365,50,kg,9", "Accepted: mmHg."),
    ] {
        let problems = read(cells).unwrap_err();
        assert_eq!(problems.len(), 1, "{cells}: {problems:?}");
        assert!(problems[0].message.starts_with("my_trials.csv:2, column unit: "), "{problems:?}");
        assert!(problems[0].help.ends_with(wanted), "{cells}: {}", problems[0].help);
    }
}

#[test]
fn a_difference_of_percentages_is_observed_in_points() {
    let mut trials = shipped_trials();
    let trial = trials.iter_mut().find(|trial| trial.id == "knapen2013_ls").unwrap();
    assert_eq!(observed(trial), "1 [0.5 to 1.5]\u{a0}%", "percent of the value without");
    trial.comparison = Comparison::Difference;
    assert_eq!(observed(trial), "1 [0.5 to 1.5]\u{a0}points");
}
