use crate::evidence::SHIPPED;
use crate::storage::evidence_table;

#[test]
fn the_shipped_table_is_read() {
    let trials = evidence_table::read(SHIPPED.0, SHIPPED.1)
        .unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert!(trials.len() > 60);
    // Without files it is the same.
    assert_eq!(format!("{trials:?}"), format!("{:?}", crate::evidence::shipped()));
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
