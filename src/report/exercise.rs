//! The page of a class exercise for students: predict, see what the model says, explain, explore.
//!
//! Everything that the model says is in the page, computed when it is made; the program of the page
//! (`web/class`) shows it once a prediction is there.

use serde_json::{Map, Value, json};

use crate::charts::chart::Chart;
use crate::charts::waterfall::{self, Facts, View};
use crate::class::answers::{FORMAT, LONGEST_NAME, VERSION};
use crate::class::played::{Answered, Curve, Model, NEAR, Played, RankedArm};
use crate::library::why::Why;
use crate::plots::FigureError;
use crate::report::document::{Block, Column, Table, paragraphs};
use crate::report::html::{Page, Writer, drawn, element, framed, joined, plain};
use crate::report::markup::Markup;
use crate::report::verdicts::claim;
use crate::verdicts::evaluation::Judged;
use crate::words::catalogue::{message, texts_of};
use crate::words::names::unit;
use crate::words::numbers::at_most;
use crate::words::people;

const LOOKS: &str = include_str!("../../web/class/class.css");
const BEGINNING: &str = include_str!("exercise_beginning.html");
const STEP: &str = include_str!("exercise_step.html");
const ENDING: &str = include_str!("exercise_ending.html");
/// The program of the page: modules in the order in which they need each other.
const MODULES: [&str; 5] = [
    include_str!("../../web/class/numbers.js"),
    include_str!("../../web/class/pad.js"),
    include_str!("../../web/class/choices.js"),
    include_str!("../../web/class/keep.js"),
    include_str!("../../web/class/exercise.js"),
];

/// An exercise with all that its pages tell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ExercisePages<'a> {
    pub played: &'a Played,
    /// The statements that its steps name.
    pub judged: &'a [Judged],
    pub why: Option<&'a Why>,
    /// Address of the explorer beside the page, if it is there.
    pub explorer: Option<&'a str>,
}

/// The complete page.
/// Errors: [`FigureError::Drawing`] if a chart cannot be drawn.
pub(crate) fn page(pages: &ExercisePages<'_>) -> Result<String, FigureError> {
    let played = pages.played;
    let mut writer = Writer::default();
    let mut content = vec![beginning(played)];
    let mut steps = Vec::new();
    for (position, answered) in played.steps.iter().enumerate() {
        let mut data = task(&answered.model);
        content.push(step_markup(pages, position, answered, &mut writer, &mut data)?);
        data.insert("name".to_owned(), json!(answered.step.name));
        steps.push(Value::Object(data));
    }
    content.push(ending(pages, &mut writer)?);
    let mut data = writer.data();
    data.insert(
        "exercise".to_owned(),
        json!({
            "format": FORMAT,
            "version": VERSION,
            "exercise": played.exercise.id,
            "digest": played.digest,
            "near": NEAR,
            "steps": steps,
            "words": words(),
        }),
    );
    Ok(framed(Page {
        title: played.exercise.title.clone(),
        description: message!(class.exercise),
        content: content.into(),
        looks: LOOKS,
        script: joined(&MODULES),
        data,
    }))
}

/// A template of the page with its own pieces, and with the messages that it names.
fn filled(template: &str, mut pieces: Vec<(&str, Markup)>) -> Markup {
    let messages = texts_of("class").chain(texts_of("exercise"));
    pieces.extend(messages.map(|(key, text)| (key, Markup::text(text))));
    Markup::of_template(template, &pieces)
}

fn beginning(played: &Played) -> Markup {
    let situation = paragraphs(&played.situation).map(|text| plain("p", text));
    filled(
        BEGINNING,
        vec![
            ("title", played.exercise.title.as_str().into()),
            ("person", people::person(&played.exercise.scenario.arms).into()),
            ("situation", situation.collect()),
            ("longest", LONGEST_NAME.to_string().into()),
        ],
    )
}

/// A step: question, place for the prediction, and what the model says, hidden at first.
fn step_markup(
    pages: &ExercisePages<'_>,
    position: usize,
    answered: &Answered,
    writer: &mut Writer,
    data: &mut Map<String, Value>,
) -> Result<Markup, FigureError> {
    let played = pages.played;
    let id = format!("step-{position}");
    let mut question = paragraphs(&answered.question);
    let (mut prediction, mut drawn) = (Markup::default(), Markup::default());
    if let Model::Curve(curve) = &answered.model {
        let chart = played.chart(curve, false, &[]);
        prediction = Markup::from([
            element("p", "help", message!(class.draw_help)),
            element("p", "pad-title", chart.title.as_str()),
            pad(&chart, &format!("{id}-pad"), "pad", data)?,
        ]);
        let chart = played.chart(curve, true, &[]);
        drawn = pad(&chart, &format!("{id}-model"), "model-pad", data)?;
    }
    let count = message!(class.question_of, number = position + 1, count = played.steps.len());
    Ok(filled(
        STEP,
        vec![
            ("hidden", Markup::own(if position > 0 { " hidden=\"\"" } else { "" })),
            ("id", id.into()),
            ("count", count.into()),
            ("question", question.next().unwrap_or_default().into()),
            ("more", question.map(|text| plain("p", text)).collect()),
            ("prediction", prediction),
            ("drawn", drawn),
            ("told", writer.blocks(&told(pages, position, answered))?.into()),
        ],
    ))
}

/// The drawings of a chart for both screens; their places go to the data.
fn pad(
    chart: &Chart,
    id: &str,
    class: &str,
    data: &mut Map<String, Value>,
) -> Result<Markup, FigureError> {
    let described = format!("{id}-words");
    let (drawings, places) = drawn(chart, &described)?;
    data.insert(class.replace('-', "_"), places);
    let unseen = [("id", &*described), ("class", "unseen")];
    let words = Markup::element("p", &unseen, chart.description.as_str());
    Ok([element("div", &format!("{class} drawing-of"), drawings), words].into())
}

/// What the program of the page must know of a step.
fn task(model: &Model) -> Map<String, Value> {
    let value = match model {
        Model::Curve(curve) => curve_data(curve),
        Model::Order(arms) => {
            let names: Vec<&str> = arms.iter().map(|arm| arm.name.as_str()).collect();
            let labels: Vec<&str> = arms.iter().map(|arm| arm.label.as_str()).collect();
            let ranks: Vec<usize> = arms.iter().map(|arm| arm.rank).collect();
            json!({ "task": "order", "arms": names, "labels": labels, "ranks": ranks })
        }
        Model::Choice(says, right) => json!({ "task": "choose", "options": says, "right": right }),
    };
    value.as_object().cloned().unwrap_or_default()
}

fn curve_data(curve: &Curve) -> Value {
    let title = curve.clock.title();
    let (what, time_unit) = title.split_once(" [").unwrap_or((&title, ""));
    let time_unit = time_unit.trim_end_matches(']');
    let times: Vec<f64> = curve.days.iter().map(|day| curve.clock.at(*day)).collect();
    let told = |time: &f64| {
        message!(class.at_time, what = what, time = at_most(*time, 2), unit = time_unit)
    };
    json!({
        "task": "draw",
        "times": times,
        "timeWords": times.iter().map(told).collect::<Vec<_>>(),
        "model": curve.values,
        "low": curve.limits.0,
        "high": curve.limits.1,
        "decimals": curve.draw.quantity.decimals,
        "unit": unit(curve.draw.quantity.unit),
        "compare": curve.draw.compared.name(),
    })
}

/// The model's answer to the step at this position, the explanation and the verdict.
pub(crate) fn told(pages: &ExercisePages<'_>, position: usize, answered: &Answered) -> Vec<Block> {
    let mut blocks = Vec::new();
    match &answered.model {
        Model::Curve(_) => {}
        Model::Order(arms) => blocks.push(Block::Table(order_table(position, arms))),
        Model::Choice(says, right) => {
            let option = says.get(*right).map_or("", String::as_str);
            blocks.push(Block::Paragraph(message!(class.right_option, option = option)));
        }
    }
    blocks.extend(paragraphs(&answered.explanation).map(Block::Paragraph));
    let verdict = answered.step.verdict.as_ref();
    let judged = pages.judged.iter().find(|one| verdict == Some(&one.file.statement.id));
    if let Some(judged) = judged {
        blocks.push(Block::Paragraph(message!(class.verdict)));
        blocks.push(Block::Claims(vec![claim(judged)]));
    }
    blocks
}

/// The arms with their values, the highest first.
fn order_table(position: usize, arms: &[RankedArm]) -> Table {
    let mut arms: Vec<&RankedArm> = arms.iter().collect();
    arms.sort_by_key(|arm| arm.rank);
    Table {
        caption: message!(class.order_table, number = position + 1),
        columns: vec![Column::words(message!(class.arm)), Column::numbers(message!(class.value))],
        rows: arms.iter().map(|arm| vec![arm.label.clone(), arm.text.clone()]).collect(),
    }
}

/// Waterfalls of the difference that the exercise explains, by the views that are wanted.
pub(crate) fn why_blocks(why: Option<&Why>, views: &[View]) -> Vec<Block> {
    let told = why.into_iter().flat_map(|why| &why.told);
    let is_wanted = |facts: &Facts| facts.shares.len() > 1 && views.contains(&facts.view);
    let shared = told.filter(|(_, facts)| is_wanted(facts)).enumerate();
    let figure = |(index, (_, facts)): (usize, &(String, Facts))| {
        Block::figure(format!("why-{index}"), waterfall::chart(facts))
    };
    shared.map(figure).collect()
}

/// Why, explore, save; hidden until every question is answered.
fn ending(pages: &ExercisePages<'_>, writer: &mut Writer) -> Result<Markup, FigureError> {
    // Where the arms differ in one thing there are no causes to share among, but its ways.
    let mut views =
        [View::Cause, View::Effect].map(|view| why_blocks(pages.why, &[view])).into_iter();
    let blocks = views.find(|blocks| !blocks.is_empty()).unwrap_or_default();
    let mut why = writer.blocks(&blocks)?;
    if !why.is_empty() {
        why.insert(0, plain("h2", message!(class.why)));
    }
    let explore = pages.explorer.map(|address| {
        let link = [("class", "button"), ("href", address)];
        Markup::from([
            plain("h2", message!(class.explore)),
            plain("p", message!(class.explore_words)),
            plain("p", Markup::element("a", &link, message!(class.explore_link))),
        ])
    });
    Ok(filled(ENDING, vec![("why", why.into()), ("explore", explore.unwrap_or_default())]))
}

/// Words of the program of the page; what it fills in stands in braces.
fn words() -> Map<String, Value> {
    let named = |(key, text): (&str, _)| Some((key.split_once('.')?.1.to_owned(), json!(text)));
    texts_of("exercise").filter_map(named).collect()
}
