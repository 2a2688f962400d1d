use crate::evidence::shipped_trials;
use crate::library::verdicts::trials_of;
use crate::verdicts::evaluation::{Judged, judge_all};
use crate::verdicts::file::{ReadFile, read};
use crate::verdicts::judgement::{DRAWS, Outcome, Robustness, Verdict};
use crate::verdicts::robustness::{Draws, add_robustness};
use crate::verdicts::shown;
use crate::verdicts::table::{STATEMENTS, key_numbers, statements, take_robustness};

const FILE: &str = "duration = \"2 years\"\n[person]\nage = 60\n\
    [[arm]]\nname = \"a\"\n[[arm]]\nname = \"b\"\ntake = [\"MK-7 180 ug daily\"]\n\
    [[claim]]\nthat = \"dp_ucmgp in b < dp_ucmgp in a by 10 %\"\n\
    [verdict]\nid = \"x\"\ntopic = \"t\"\nkind = \"claim\"\nstatement = \"s\"\nphysiologist = \"p\"\n";

fn read_text(text: &str) -> ReadFile {
    let refuse = |_: &str, _: &str| Err("there is no such file".to_owned());
    read("my.toml", text, &shipped_trials(), &refuse)
}

fn judged(text: &str) -> Judged {
    let read = read_text(text);
    let files = [read.file.unwrap_or_else(|| panic!("{:#?}", read.problems))];
    let evidence = trials_of(&files, &shipped_trials(), &|| true);
    judge_all(&files, &evidence, &|| true, &|| ()).remove(0)
}

fn refused(text: &str) -> String {
    let read = read_text(text);
    assert!(read.file.is_none(), "{text}");
    let told = read.problems.iter().map(|one| format!("{} = {}\n", one.message(), one.help()));
    told.collect()
}

#[test]
fn what_does_not_decide_one_statement_is_refused() {
    let claim = "[[claim]]\nthat = \"dp_ucmgp in b < dp_ucmgp in a by 10 %\"\n";
    for (text, wanted) in [
        (FILE.replace(claim, ""), "nothing decides this statement"),
        (format!("{FILE}needs = \"more\"\n"), "not one thing alone decides this statement"),
        (format!("{FILE}misses_of_each_set = 3\n"), "not one thing alone decides"),
        (FILE.replace("\"claim\"", "\"trial\""), "has no row to judge it by"),
        (FILE.replace(" by 10 %", ""), "declares no margin = say how far apart"),
        (FILE.replace("\"claim\"", "\"clam\""), "unknown kind \"clam\" = did you mean \"claim\"?"),
        (FILE.replace("statement = \"s\"\n", ""), "[verdict] has no statement"),
        (FILE.replace("id = \"x\"", "id = \"x y\""), "an id has letters, digits"),
        (format!("{FILE}by_assumption = \"a\"\n"), "by_assumption and otherwise stand together"),
        (format!("{FILE}[verdict.otherwise]\nmgp_time_days = 5\n"), "stand together"),
        (format!("{FILE}trials = [\"x\"]\n"), "no row of the evidence table is \"x\""),
        (format!("{FILE}references = [\"x\"]\n"), "unknown source \"x\""),
        (FILE.replace("physiologist = \"p\"", "physiologist = \"{cca in a}\""), "\"cca\""),
        ("duration = \"1 day\"\n".to_owned(), "puts no statement to the test"),
    ] {
        let told = refused(&text);
        assert!(told.contains(wanted), "{wanted}\n{told}");
    }
}

#[test]
fn claims_decide_unless_they_stand_beside() {
    let beside = "[[claim]]\nthat = \"cac in b > cac in a by 1 %\"\nbeside = true\n[verdict]";
    let other = beside.replace("beside = true", "case = \"artery\"");
    for (text, verdict, outcome) in [
        (FILE.to_owned(), Verdict::True, Outcome::True),
        (FILE.replace("[verdict]", beside), Verdict::True, Outcome::True),
        (FILE.replace("[verdict]", &other), Verdict::Depends, Outcome::Depends),
        (FILE.replace("by 10 %", "by 90 %"), Verdict::False, Outcome::NoDifference),
    ] {
        let judged = judged(&text);
        assert_eq!((judged.verdict, judged.sets[0].outcome), (verdict, outcome), "{text}");
    }
}

/// Numbers of a test that holds once stood beside "no difference".
#[test]
fn the_numbers_are_those_of_the_tests_that_made_the_outcome() {
    let other = "[[claim]]\nthat = \"cac in b < cac in a by 90 %\"\n";
    let numbers = |claim: &str| {
        let judged = judged(&FILE.replace("[verdict]", &format!("{claim}[verdict]")));
        (judged.sets[0].outcome, key_numbers(&judged, &judged.sets[0]).unwrap())
    };
    let (outcome, told) = numbers(other);
    assert_eq!(outcome, Outcome::NoDifference);
    assert!(told.contains("AU") && !told.contains("pmol/L"), "{told}");
    let (outcome, told) = numbers(&format!("{other}case = \"artery\"\n"));
    assert_eq!(outcome, Outcome::Depends);
    let (mgp, artery) = told.split_once("; ").unwrap();
    assert!(mgp.contains("pmol/L") && artery.ends_with("AU (artery)"), "{told}");
}

#[test]
fn an_assumption_carries_a_verdict_only_if_it_changes_without_it() {
    let with = |change: &str| {
        judged(&format!("{FILE}by_assumption = \"a\"\n[verdict.otherwise]\n{change}\n"))
    };
    let carried = with("absorption_k2_supplement = 0");
    assert_eq!((carried.verdict, carried.idle_assumption()), (Verdict::ByAssumption, false));
    let idle = with("pth_steepness = 20");
    assert_eq!((idle.verdict, idle.idle_assumption()), (Verdict::True, true));
}

#[test]
fn a_statement_that_no_run_decides_needs_none() {
    let text = "[verdict]\nid = \"x\"\ntopic = \"t\"\nkind = \"claim\"\nstatement = \"s\"\n\
                physiologist = \"p\"\nneeds = \"more\"\n";
    assert_eq!(judged(text).verdict, Verdict::NotInThisModel);
    let text = text
        .replace("needs = \"more\"", "trials = [\"knapen2013_ls\"]")
        .replace("\"claim\"", "\"trial\"");
    let judged = judged(&text);
    assert_eq!(judged.verdict, Verdict::OnlyUnderAHypothesis);
    let outcomes: Vec<_> = judged.sets.iter().map(|own| own.outcome).collect();
    assert_eq!(outcomes, [Outcome::Reproduced, Outcome::Missed]);
}

#[test]
fn robustness_counts_the_draws_with_the_same_verdict() {
    let draws = Draws::new(20, &shipped_trials(), &|| true);
    let of = |text: &str| {
        let mut judged = judged(text);
        add_robustness(&mut judged, &draws, &|| true);
        judged.sets.iter().map(|own| own.robustness.unwrap()).collect::<Vec<_>>()
    };
    for own in of(FILE) {
        assert_eq!((own.same, own.of), (20, 20), "180 µg lower dp-ucMGP by a tenth in every body");
    }
    // At a margin where the table's values stand just inside, many bodies stand outside.
    for own in of(&FILE.replace("by 10 %", "by 40 %")) {
        assert!((3..20).contains(&own.same), "{own:?}");
    }
}

#[test]
fn robustness_is_read_back_where_the_outcome_is_the_same() {
    let mut told = judged(FILE);
    for (own, same) in told.sets.iter_mut().zip([384, 1]) {
        own.robustness = Some(Robustness { same, of: DRAWS });
    }
    let words = shown::robustness(&told);
    let said = "Of 512 draws of the other parameters within their ranges, the same verdict in 75.0 % under \
                paradox (true) and 0.2 % under conservative (true).";
    assert_eq!(words, said);
    let header = STATEMENTS.map(str::to_owned);
    let mut rows = statements(std::slice::from_ref(&told));
    let read = |rows: &[Vec<String>]| {
        let mut again = vec![judged(FILE)];
        take_robustness(&mut again, &header, rows);
        again[0].sets.iter().map(|own| own.robustness.map(|own| own.same)).collect::<Vec<_>>()
    };
    assert_eq!(read(&rows), [Some(384), Some(1)]);
    for (heading, words) in [("paradox", "false"), ("conservative_same_verdict_percent", "99.9")] {
        let at = header.iter().position(|name| name == heading).unwrap();
        rows[0][at] = words.to_owned();
    }
    assert_eq!(read(&rows), [None, None], "another outcome, and no share of 512 draws");
}
