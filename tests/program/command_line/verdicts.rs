//! `verdicts`: cards, tables, statements of users, mistakes.

use std::fs;

use super::{folder_with, names, run};

const OWN: &str = r#"
duration = "1 year"
[person]
age = 60
[[arm]]
name = "usual"
[[arm]]
name = "k2"
take = ["MK-7 90 ug daily"]
[[claim]]
says = "<b>Inactive MGP falls</b>"
that = "dp_ucmgp in k2 < dp_ucmgp in usual by 10 %"
[verdict]
id = "mine"
topic = "my topic"
kind = "claim"
statement = "=A small pill matters"
physiologist = "It goes to {dp_ucmgp in k2}."
trials = ["dalmeijer2012_mgp_180"]
references = ["westenfeld2012"]
"#;

#[test]
fn a_card_has_the_verdict_the_numbers_of_both_sets_and_the_trials() {
    let folder = tempfile::tempdir().unwrap();
    let (status, out, told) = run(&folder, &["verdicts", "--quick", "raises_blood_calcium"]);
    assert_eq!((status, told.as_str()), (Some(0), ""));
    for wanted in [
        "✗ False: “Vitamin K2 raises the calcium in the blood”",
        "paradox: no difference · conservative: no difference",
        "serum_calcium in k2_720 > serum_calcium in none by 0.02 mmol/L",
        "k2_leaves_serum_calcium",
        "not medical advice",
    ] {
        assert!(out.contains(wanted), "{wanted}\n{out}");
    }
    assert!(!folder.path().join("output").exists(), "without -o nothing is written");
}

/// An assumed sign is never sold as robust.
#[test]
fn an_assumption_is_told_with_what_follows_without_it() {
    let folder = tempfile::tempdir().unwrap();
    let (_, out, _) = run(&folder, &["verdicts", "--quick", "removes_plaque"]);
    assert!(out.contains("= False by assumption: “Vitamin K2 takes calcium out"), "{out}");
    let words = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("the statement is: true under paradox, true under conservative"),
        "{out}"
    );
}

/// The page tells the share of draws with the same verdict, also when it is made again from its
/// folder; without draws it says how to get it.
#[test]
fn the_page_tells_the_robustness_or_how_to_get_it() {
    let folder = folder_with("mine.toml", OWN);
    let page = || {
        let page = fs::read_to_string(folder.path().join("out/verdicts/report.html")).unwrap();
        page.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (status, ..) =
        run(&folder, &["verdicts", "--quick", "--no-figures", "mine.toml", "-o", "out"]);
    assert_eq!(status, Some(0));
    assert!(page().contains("calcifate verdicts --robustness -o DIR"), "{}", page());
    let table = folder.path().join("out/verdicts/verdicts.csv");
    let mut rows = csv::Reader::from_path(&table).unwrap();
    let header = rows.headers().unwrap().clone();
    let at = header.iter().position(|name| name == "paradox_same_verdict_percent").unwrap();
    let row: Vec<String> =
        rows.records().next().unwrap().unwrap().iter().map(str::to_owned).collect();
    let with = row.iter().enumerate().map(|(place, cell)| if place == at { "75" } else { cell });
    let mut out = csv::Writer::from_path(&table).unwrap();
    out.write_record(&header).unwrap();
    out.write_record(with).unwrap();
    out.flush().unwrap();
    let (status, _, told) = run(&folder, &["report", "out/verdicts"]);
    assert_eq!(status, Some(0), "{told}");
    assert!(page().contains("the same verdict in 75.0 % under paradox (true)"), "{}", page());
    assert!(
        page().contains("not how likely it is to be true") && !told.contains("warning"),
        "{told}"
    );
}

#[test]
fn a_statement_of_a_user_works_the_same_way_and_its_words_stay_words() {
    let folder = folder_with("mine.toml", OWN);
    let arguments = ["verdicts", "--quick", "mine.toml", "-o", "out", "--json"];
    let (status, out, told) = run(&folder, &arguments);
    assert_eq!(status, Some(0), "{told}");
    let answer: serde_json::Value = serde_json::from_str(&out).unwrap();
    let own = &answer["statements"][0];
    assert_eq!(own["verdict"], "true");
    assert!(
        own["tests"][0]["value"].as_f64().unwrap() < own["tests"][0]["other"].as_f64().unwrap()
    );
    assert_eq!(own["trials"][0]["id"], "dalmeijer2012_mgp_180");
    let output = folder.path().join("out/verdicts");
    let files = names(&output);
    assert_eq!(
        files,
        [
            "README.txt",
            "figures",
            "manifest.toml",
            "report.html",
            "tests.csv",
            "verdicts.csv",
            "verdicts.md"
        ]
    );
    assert_eq!(names(&output.join("figures")), ["mine.png", "mine.svg", "mine.txt"]);
    let table = fs::read_to_string(output.join("verdicts.csv")).unwrap();
    assert!(table.contains(",'=A small pill matters,"), "{table}");
    let cards = fs::read_to_string(output.join("verdicts.md")).unwrap();
    assert!(cards.contains("\\<b\\>Inactive"), "{cards}");
    let figure = fs::read_to_string(output.join("figures/mine.svg")).unwrap();
    assert!(!figure.contains("<b>"), "{figure}");
    // A second run replaces the first.
    let (status, out, told) =
        run(&folder, &["verdicts", "--quick", "mine.toml", "-o", "out", "--csv"]);
    assert_eq!(status, Some(0), "{told}");
    assert_eq!(out.lines().count(), 2, "{out}");
}

#[test]
fn mistakes_are_named_with_line_and_remedy_and_the_rest_is_shown() {
    let bad = OWN.replace("kind = \"claim\"\n", "").replace("by 10 %", "");
    let folder = folder_with("bad.toml", &bad);
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("mine.toml", OWN);
    write("again.toml", &OWN.replace("90 ug", "45 ug"));
    write("dose.toml", &OWN.replace("90 ug daily", "-90 ug daily"));
    write("outcome.toml", &OWN.replace("dp_ucmgp in k2 <", "dp_ucmpg in k2 <"));
    write("row.toml", &OWN.replace("dalmeijer2012_mgp_180", "k2_leaves_serum_calcum"));
    write("source.toml", &OWN.replace("westenfeld2012", "westenfld2012"));
    write("plain.toml", "duration = \"1 year\"\n");
    for (file, wanted) in [
        ("bad.toml", &["[verdict] has no kind", "bad.toml:13:1"][..]),
        ("dose.toml", &["dose.toml:9:19", "a negative dose"]),
        ("outcome.toml", &["outcome.toml:12:9", "did you mean \"dp_ucmgp\"?"]),
        ("row.toml", &["row.toml:19:11", "did you mean \"k2_leaves_serum_calcium\"?"]),
        ("source.toml", &["source.toml:20:15", "did you mean \"westenfeld2012\"?"]),
        ("plain.toml", &["plain.toml puts no statement to the test", "section [verdict]"]),
        ("none.toml", &["none.toml", "there is no such file"]),
    ] {
        let (status, out, told) = run(&folder, &["verdicts", "--quick", file]);
        assert_eq!((status, out.as_str()), (Some(2), ""), "{file}: {told}");
        wanted.iter().for_each(|wanted| assert!(told.contains(wanted), "{wanted}\n{told}"));
    }
    let (status, out, told) = run(&folder, &["verdicts", "--quick", "row.toml", "mine.toml"]);
    assert_eq!(status, Some(2), "{told}");
    assert!(out.contains("True: “=A small pill matters”"), "what can be shown is shown: {out}");
    let (status, out, told) = run(&folder, &["verdicts", "--quick", "mine.toml", "again.toml"]);
    assert_eq!(status, Some(2), "{told}");
    assert!(told.contains("two statements have the id \"mine\""), "{told}");
    assert!(told.contains("again.toml:14:6"), "{told}");
    assert_eq!(out.matches("A small pill matters").count(), 1, "{out}");
    let (status, _, told) = run(&folder, &["verdicts", "blocks_calcum"]);
    assert_eq!(status, Some(2));
    assert!(told.contains("did you mean \"blocks_calcium\"? Topics: K1 and K2"), "{told}");
}

/// Where a line of a text ends in its file is no character of a table.
#[test]
fn texts_of_several_lines_are_one_cell_and_escapes_of_strangers_stay_visible() {
    let more = "needs = \"\"\"\nmore\n  than this\\u001B[2J\n\"\"\"\n";
    let statement = OWN.lines().skip_while(|line| *line != "[verdict]").collect::<Vec<_>>();
    let folder = folder_with("mine.toml", &format!("{}\n{more}", statement.join("\n")));
    let text = fs::read_to_string(folder.path().join("mine.toml")).unwrap();
    let text = text.replace("It goes to {dp_ucmgp in k2}.", "It may.");
    fs::write(folder.path().join("mine.toml"), text).unwrap();
    let (status, out, told) = run(&folder, &["verdicts", "--quick", "mine.toml", "--csv"]);
    assert_eq!(status, Some(0), "{told}");
    assert!(out.contains(",more than this\\u001B[2J,"), "{out}");
    let (_, out, _) = run(&folder, &["verdicts", "--quick", "removes_plaque", "--json"]);
    assert!(!out.contains("u000A"), "{out}");
    let answer: serde_json::Value = serde_json::from_str(&out).unwrap();
    let assumed = answer["statements"][0]["by_assumption"].as_str().unwrap();
    assert!(assumed.contains(' ') && !assumed.contains('\n'), "{assumed}");
    assert_eq!(answer["complete"], true);
}

#[test]
fn a_statement_is_named_by_id_path_or_standard_input() {
    let folder = folder_with("mine.toml", OWN);
    let named = ["verdicts", "--quick", "mine.toml", "./mine.toml", "mine.toml", "--csv"];
    let (status, out, told) = run(&folder, &named);
    assert_eq!((status, out.lines().count()), (Some(0), 2), "{told}");
    let twice = ["verdicts", "--quick", "cheese_helps", "cheese_helps", "--csv"];
    let (status, out, told) = run(&folder, &twice);
    assert_eq!((status, told.as_str(), out.lines().count()), (Some(0), "", 2), "{out}");
    for (word, wanted) in [
        (".", ".: this is a folder; name the files in it"),
        ("-", "standard input: the file is empty"),
        ("missing.toml", "missing.toml: there is no such file; look at its name and folder"),
        ("cheese", "A file of your own is named by its path with .toml."),
    ] {
        let (status, out, told) = run(&folder, &["verdicts", "--quick", word]);
        assert_eq!((status, out.as_str()), (Some(2), ""), "{word}: {told}");
        assert!(told.contains(wanted), "{word}: {told}");
    }
    let own = OWN.replace("\"mine\"", "\"cheese_helps\"");
    fs::write(folder.path().join("mine.toml"), own).unwrap();
    let (status, _, told) = run(&folder, &["verdicts", "--quick", "mine.toml"]);
    assert_eq!(status, Some(0), "{told}");
    assert!(
        told.contains("mine.toml: a shipped statement has the id \"cheese_helps\", too"),
        "{told}"
    );
}

#[test]
fn letters_that_the_font_lacks_are_told() {
    let folder = folder_with("mine.toml", &OWN.replace("A small pill", "骨"));
    let arguments = ["verdicts", "--quick", "mine.toml", "-o", "out"];
    let (status, _, told) = run(&folder, &arguments);
    assert_eq!(status, Some(0), "{told}");
    let wanted = "mine: the statement: the built-in font does not have 骨 (U+9AA8)";
    assert!(told.contains(wanted), "{told}");
    let (_, _, told) = run(&folder, &[&arguments[..], &["--no-figures"]].concat());
    assert!(!told.contains("font"), "{told}");
}

/// A statement may be called as the overview is.
#[test]
fn figures_of_a_folder_have_names_of_their_own() {
    let folder = folder_with("mine.toml", &OWN.replace("\"mine\"", "\"overview\""));
    let arguments = ["verdicts", "--quick", "mine.toml", "cheese_helps", "-o", "out"];
    let (status, _, told) = run(&folder, &arguments);
    assert_eq!(status, Some(0), "{told}");
    let figures = names(&folder.path().join("out/verdicts/figures"));
    let svg: Vec<&str> = figures.iter().filter_map(|name| name.strip_suffix(".svg")).collect();
    assert_eq!(svg, ["cheese_helps", "overview", "overview_2"]);
}
