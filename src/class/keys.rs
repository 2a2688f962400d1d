//! Every key of a class exercise, in one table that feeds reader, schema and suggestions.

use crate::class::exercise::{Compared, Idea};
use crate::form::key::ValueType::{Any, Choice, Line, Prose, Table, Tables, Text, Texts, Whole};
use crate::form::key::{Form, Section, keys};

pub(crate) static EXERCISE: Form = Form {
    title: "Calcifate class exercise",
    root: &ROOT,
    other_form_help: |key| match key {
        "arm" | "person" | "habitual" | "duration" => {
            Some("this is of a scenario: an exercise names one, scenario = \"calcium_paradox\"")
        }
        _ => None,
    },
    outside: |_| None,
    meant: |_| None,
};

static ROOT: Section = Section::new("the top level", || {
    keys! {
        "title", Line, "\"Where does the calcium settle?\"", "Headline.";
        "scenario" required, Text, "\"calcium_paradox\"", "The lesson that answers: the name of a shipped one (calcifate list lessons), or the path of a scenario file relative to this one.";
        "situation", Prose, "\"A woman of 50 takes calcium for twenty years.\"", "Told before the first question. In braces: values of the run, as in a lesson's answer.";
        "claim", Tables(&CLAIM), "", "A comparison whose numbers texts name in braces.";
        "step" required, Tables(&STEP), "", "A question, its prediction and its explanation.";
        "why", Table(&WHY), "{ from = \"calcium_d\", to = \"calcium_d_k2\" }", "Two arms whose difference is shared out among its causes at the end.";
        "teacher", Table(&TEACHER), "", "For the teacher's file.";
    }
});

static CLAIM: Section = Section::new("[[claim]]", || {
    keys! {
        "name" required, Text, "\"softer\"", "Its name in braces: {softer} is \"84 against 109 AU\".";
        "that" required, Text, "\"end(cac) in k2 < end(cac) in usual\"", "The comparison (calcifate list claims).";
    }
}).defined("claim");

static STEP: Section = Section::new("[[step]]", || {
    keys! {
        "name" required, Text, "\"artery\"", "Short name; letters, digits, _ and -.";
        "question" required, Prose, "\"How does the score go on?\"", "What the class predicts.";
        "idea", Choice(Idea::NAMES), "\"removal\"", "The idea known to resist teaching that it is about: what is regulated hardly changes, less growth is not removal, milligrams of artery against grams of skeleton, effect against correlation.";
        "draw", Table(&DRAW), "{ readout = \"cac\", arm = \"calcium_d\" }", "The prediction is a curve over time.";
        "order", Table(&ORDER), "{ by = \"end(cac)\" }", "The prediction is an order of the arms.";
        "option", Tables(&OPTION), "", "The prediction is a choice of one of these.";
        "explanation" required, Prose, "\"It ends at {end(cac) in calcium_d}.\"", "Shown after the model has answered; numbers in braces.";
        "verdict", Text, "\"removes_plaque\"", "A shipped statement whose verdict is shown (calcifate verdicts).";
        "expected", Prose, "\"Most draw a fall.\"", "What students usually predict, for the teacher.";
    }
}).defined("step");

static DRAW: Section = Section::new("[step.draw]", || {
    keys! {
        "readout" required, Text, "\"cac\"", "The read-out (calcifate list readouts).";
        "arm" required, Text, "\"calcium_d\"", "The arm whose curve is drawn.";
        "given", Texts, "[\"usual\"]", "Arms whose curves are shown beforehand.";
        "limits", Any(&["array"]), "[0, 200]", "Lower and upper end of the axis; chosen by the curves without it.";
        "compare", Choice(Compared::NAMES), "\"end\"", "What is compared: the end, the highest or lowest value, or the whole course.";
    }
}).defined("draw");

static ORDER: Section = Section::new("[step.order]", || {
    keys! {
        "by" required, Text, "\"end(cac)\"", "The value of each arm by which they are ordered, the highest first.";
        "arms", Texts, "[\"usual\", \"k2\"]", "The arms, in the order in which they are shown; all without it.";
    }
}).defined("order");

static OPTION: Section = Section::new("[[step.option]]", || {
    keys! {
        "says" required, Line, "\"It rises by a tenth\"", "The option in words.";
        "that" required, Text, "\"change_percent(serum_calcium) in k2 > 5 %\"", "The condition under which it is right; of exactly one option it must hold.";
    }
}).defined("option");

static WHY: Section = Section::new("[why]", || {
    keys! {
        "from" required, Text, "\"calcium_d\"", "The arm from which is compared.";
        "to" required, Text, "\"calcium_d_k2\"", "The arm with which it is compared.";
        "outcomes", Texts, "[\"end(cac)\"]", "The values whose difference is shared out; those of bone and artery without it.";
    }
}).defined("why");

static TEACHER: Section = Section::new("[teacher]", || {
    keys! {
        "age", Line, "\"14 to 18\"", "Age of the students.";
        "minutes", Whole, "45", "Length of the lesson.";
        "prior_knowledge", Prose, "\"Calcium is in bone and in blood.\"", "What they should know before.";
        "plan", Tables(&PLAN), "", "The lesson plan.";
    }
}).defined("teacher");

static PLAN: Section = Section::new("[[teacher.plan]]", || {
    keys! {
        "minutes" required, Whole, "10", "How long.";
        "does" required, Prose, "\"Everybody draws the first curve.\"", "What happens.";
    }
})
.defined("plan");
