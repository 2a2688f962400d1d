//! Pages of runs: complete, stopped, hostile; the same words as Markdown.

use crate::class::played::play;
use crate::library::run::{IncompleteRun, Run};
use crate::report::document::{Block, Document, Mark};
use crate::report::exercise::{ExercisePages, page};
use crate::report::lesson::{LessonReport, document};
use crate::report::{html, markdown};
use crate::scenario::{Overrides, Scenario};
use crate::simulation::Options;

const LESSON: &str = r#"
title = "A year of MK-7"
question = "Does MK-7 switch on MGP?"
lesson = "One paragraph.\n\nAnother one."
answer = "dp-ucMGP ends at {end(dp_ucmgp) in k2} with MK-7, at {end(dp_ucmgp) in usual} without."
compare = ["usual", "k2"]
duration = "1 year"
[person]
age = 60
[[arm]]
name = "usual"
[[arm]]
name = "k2"
take = ["MK-7 180 ug daily"]
[arm.habitual]
calcium_diet = "1100 mg/day"
[[claim]]
says = "With MK-7 there is less inactive MGP"
that = "end(dp_ucmgp) in k2 < end(dp_ucmgp) in usual by 10 %"
[[claim]]
says = "Blood calcium doubles"
that = "end(serum_calcium) in k2 > 2 * end(serum_calcium) in usual by 1 %"
"#;

fn told(run: &Run, other: Option<&Run>) -> Document {
    let report = LessonReport {
        run,
        under_other_set: other,
        overrides: &Overrides::default(),
        options: &Options::default(),
        with_figures: true,
    };
    document(&report, &|_| true)
}

fn page_of(text: &str) -> (Document, String) {
    let scenario = Scenario::parse(text).unwrap();
    let other = scenario.under_other_set().map(|other| other.run().unwrap());
    let document = told(&scenario.run().unwrap(), other.as_ref());
    let page = html::page(&document).unwrap();
    (document, page)
}

#[test]
fn a_page_says_what_the_run_says_in_both_sets() {
    let (document, page) = page_of(LESSON);
    let run = Scenario::parse(LESSON).unwrap().run().unwrap();
    assert_eq!(document.title, "Does MK-7 switch on MGP?");
    assert_eq!(document.answer, [run.answer().unwrap()]);
    assert!(document.aside[0].starts_with("Under the conservative set"), "{:?}", document.aside);
    let Block::Claims(claims) = &document.handout[0] else { panic!("no claims") };
    let marks =
        claims.iter().map(|claim| claim.judged.iter().map(|(set, mark, _)| (set.as_str(), *mark)));
    let marks: Vec<Vec<_>> = marks.map(Iterator::collect).collect();
    let [both, none] = &marks[..] else { panic!("{marks:?}") };
    assert_eq!(both, &[("paradox", Mark::Yes), ("conservative", Mark::Yes)]);
    assert_eq!(none, &[("paradox", Mark::No), ("conservative", Mark::No)]);
    let ids: Vec<&str> = document.sections.iter().map(|section| section.id).collect();
    let wanted = "lesson numbers figures why balance basis limits glossary sources repeat";
    assert_eq!(ids.join(" "), wanted);
    for id in ids {
        assert!(page.contains(&format!("<section id=\"{id}\"")), "{id}");
        assert!(page.contains(&format!("<a href=\"#{id}\"")), "{id}");
    }
    let end = run.value("end(dp_ucmgp)", "k2").unwrap();
    assert!(page.contains(&format!("<td class=\"number\">{end:.0}</td>")), "{end}");
}

#[test]
fn causes_of_the_compared_arms_sum_to_their_difference() {
    let (document, _) = page_of(LESSON);
    let why = document.sections.iter().find(|section| section.id == "why").unwrap();
    let figures = why.blocks.iter().filter(|block| matches!(block, Block::Figure(_))).count();
    assert_eq!(figures, 2, "bone and artery: {:?}", why.blocks);
    let one = LESSON.replace("[arm.habitual]\ncalcium_diet = \"1100 mg/day\"\n", "");
    let (document, _) = page_of(&one);
    let why = document.sections.iter().find(|section| section.id == "why").unwrap();
    let [Block::Paragraph(words)] = &why.blocks[..] else { panic!("{:?}", why.blocks) };
    assert!(words.contains("in one thing only: MK-7 from pills (0\u{A0}→\u{A0}180"), "{words}");
}

#[test]
fn a_page_asks_for_nothing_and_allows_nothing() {
    let (_, page) = page_of(LESSON);
    let policy = page.split("Content-Security-Policy\" content=\"").nth(1).unwrap();
    assert!(policy.starts_with("default-src 'none'; "), "{}", &policy[..80]);
    assert!(page.len() < 3_000_000, "{} bytes", page.len());
    for word in [" src=", "http-equiv=\"refresh", "@import", "url(http", "<img", "<link"] {
        assert!(!page.contains(word), "{word}");
    }
    let addresses = page.matches("http").count();
    let names =
        page.matches("http-equiv").count() + page.matches("http://www.w3.org/2000/svg").count();
    assert_eq!(addresses, names, "an address of the network");
}

#[test]
fn no_place_of_a_template_stays_open_on_the_page_of_an_exercise() {
    let read = crate::class::shipped("plaque").unwrap();
    let played = play(read.exercise.unwrap(), &read.texts, &|_| true).unwrap();
    let explorer = Some("explore.html");
    let page = page(&ExercisePages { played: &played, judged: &[], why: None, explorer }).unwrap();
    let (content, _) = page.split_once("<script").unwrap();
    let (_, content) = content.split_once("<main").unwrap();
    assert!(!content.contains("{{") && !content.contains("}}"), "{content}");
    assert!(page.contains("\"not_kept\":\"This browser"), "words of its program");
    // HTML has no end of such an element.
    assert!(content.contains("<input ") && !content.contains("</input>"));
}

#[test]
fn hostile_words_stay_words() {
    let evil = "</title></script><script>alert(1)</script><img src=x onerror=alert(2)>";
    let text = LESSON
        .replace("A year of MK-7", evil)
        .replace("Does MK-7 switch on MGP?", evil)
        .replace("One paragraph.", evil)
        .replace("With MK-7 there is less", evil)
        .replace("name = \"k2\"", &format!("name = \"k2\"\nlabel = \"{evil}\""));
    let (document, page) = page_of(&text);
    assert_eq!(page.matches("<script").count(), 2, "our data and our program");
    assert!(!page.contains("<img") && !page.contains("onerror=alert(2)>"));
    let markdown = markdown::text(&document, None);
    let shown = markdown.split("```").step_by(2).collect::<String>();
    assert!(!shown.contains("<script") && !shown.contains("<img"), "{shown}");
}

#[test]
fn a_run_that_ended_early_shows_what_there_is_and_says_so() {
    let scenario = Scenario::parse(LESSON).unwrap();
    let stopped =
        scenario.run_with(&Options::default(), &|_| false).map_err(IncompleteRun::into_run);
    let run = stopped.err().unwrap();
    let document = told(&run, None);
    assert!(document.notices[0].contains("incomplete"), "{:?}", document.notices);
    assert!(document.figure.is_none() && document.handout.is_empty());
    let page = html::page(&document).unwrap();
    assert!(page.contains("role=\"note\"") && page.contains("The numbers"));
}

#[test]
fn the_printed_handout_has_the_disclaimer_of_the_page() {
    let (_, page) = page_of(LESSON);
    let handout = page.split_once("<header class=\"handout\">").unwrap().1;
    let handout = handout.split_once("</header>").unwrap().0;
    let foot = handout.split_once("<p class=\"foot\">").unwrap().1;
    assert!(foot.starts_with(crate::about::DISCLAIMER), "{foot}");
    // Shown in print only.
    let (screen, print) = page.split_once("@media print").unwrap();
    assert!(screen.contains(".handout .foot { display: none; }"));
    assert!(print.contains(".handout .foot { display: block;"));
}

#[test]
fn markdown_has_the_same_words() {
    let (document, _) = page_of(LESSON);
    let text = markdown::text(&document, Some("my report_figures"));
    for words in
        ["# Does MK-7 switch on MGP?", "**Answer.**", "## The numbers", "| Quantity | usual |"]
    {
        assert!(text.contains(words), "{words}");
    }
    assert!(text.contains("](my%20report_figures/paradox.svg)") && text.ends_with(".\n"));
    let pictures = markdown::pictures(&document).unwrap();
    assert_eq!(pictures.len(), text.matches("![").count());
    let alone = markdown::text(&document, None);
    let words = text.lines().filter(|line| !line.is_empty() && !line.starts_with("!["));
    assert!(words.eq(alone.lines().filter(|line| !line.is_empty())));
}
