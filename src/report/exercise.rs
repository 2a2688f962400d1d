//! The page of a class exercise for students: predict, see what the model says, explain, explore.
//!
//! Everything that the model says is in the page, computed when it is made; the program of the page
//! (`web/class`) shows it once a prediction is there.

use serde_json::{Map, Value, json};

use crate::charts::chart::Chart;
use crate::charts::part::{Part, Screen};
use crate::charts::waterfall::{self, Facts, View};
use crate::class::answers::{FORMAT, LONGEST_NAME, VERSION};
use crate::class::exercise::{Draw, Order, Step, Task};
use crate::class::played::{Answered, Curve, Model, NEAR, Played, Ranked};
use crate::library::why::Why;
use crate::plots::FigureError;
use crate::report::document::{Block, Column, Figure, Table, paragraphs};
use crate::report::html::{Page, Writer, element, framed, joined, plain};
use crate::report::markup::Markup;
use crate::report::verdicts::claim;
use crate::verdicts::evaluation::Judged;
use crate::words::catalogue::message;
use crate::words::names::unit;
use crate::words::numbers::at_most;
use crate::words::people;

const LOOKS: &str = include_str!("../../web/class/class.css");
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
    for (position, (step, answered)) in played.steps().enumerate() {
        let (markup, data) = step_markup(pages, position, step, answered, &mut writer)?;
        content.push(markup);
        steps.push(data);
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
        content: content.into_iter().collect(),
        looks: LOOKS,
        script: joined(&MODULES),
        data,
    }))
}

fn beginning(played: &Played) -> Markup {
    let exercise = &played.exercise;
    let mut parts = vec![
        element("p", "above", message!(class.exercise)),
        plain("h1", exercise.title.as_str()),
        element("p", "below", people::person(&exercise.scenario.arms)),
    ];
    parts.extend(paragraphs(&played.situation).map(|text| plain("p", text)));
    // The program of the page takes it away.
    let cut = [("class", "notice"), ("id", "cut")];
    parts.push(Markup::element("p", &cut, message!(class.cut)));
    parts.push(element("noscript", "", element("p", "notice", message!(class.no_script))));
    parts.push(Markup::element(
        "p",
        &[("class", "notice"), ("id", "kept"), ("hidden", "")],
        Markup::default(),
    ));
    parts.push(Markup::element(
        "label",
        &[("for", "name"), ("class", "field")],
        message!(class.name),
    ));
    let longest = LONGEST_NAME.to_string();
    let field = [
        ("id", "name"),
        ("maxlength", &*longest),
        ("autocomplete", "off"),
        ("spellcheck", "false"),
    ];
    parts.push(Markup::element("input", &field, Markup::default()));
    element("header", "begin", parts.into_iter().collect::<Markup>())
}

/// A step: question, place for the prediction, and what the model says, hidden at first.
fn step_markup(
    pages: &ExercisePages<'_>,
    position: usize,
    step: &Step,
    answered: &Answered,
    writer: &mut Writer,
) -> Result<(Markup, Value), FigureError> {
    let played = pages.played;
    let id = format!("step-{position}");
    let heading = format!("{id}-question");
    let count = message!(class.question_of, number = position + 1, count = played.steps.len());
    let mut question = paragraphs(&answered.question);
    let mut parts = vec![element("p", "count", count)];
    parts.push(Markup::element(
        "h2",
        &[("id", &heading), ("tabindex", "-1")],
        question.next().unwrap_or_default(),
    ));
    parts.extend(question.map(|text| plain("p", text)));
    let mut data = task(played, step, &answered.model);
    parts.push(prediction(played, step, &answered.model, &id, &mut data)?);
    let mut says = vec![Markup::element("h3", &[("tabindex", "-1")], message!(class.model_says))];
    says.push(element("p", "compared", Markup::default()));
    if let (Task::Draw(draw), Model::Curve(curve)) = (&step.task, &answered.model) {
        let chart = played.chart(draw, curve, true, &[]);
        says.push(pad(&chart, &format!("{id}-model"), "model-pad", &mut data)?);
    }
    says.extend(writer.blocks(&told(pages, position, answered))?);
    let next =
        Markup::element("button", &[("type", "button"), ("class", "next")], message!(class.next));
    says.push(next);
    parts.push(Markup::element(
        "div",
        &[("class", "model"), ("hidden", "")],
        says.into_iter().collect::<Markup>(),
    ));
    let mut attributes = vec![("class", "step"), ("id", &*id), ("aria-labelledby", &*heading)];
    if position > 0 {
        attributes.push(("hidden", ""));
    }
    let markup = Markup::element("section", &attributes, parts.into_iter().collect::<Markup>());
    data.insert("name".to_owned(), json!(step.name));
    Ok((markup, Value::Object(data)))
}

/// The place where a prediction is made, and the button that asks the model.
fn prediction(
    played: &Played,
    step: &Step,
    model: &Model,
    id: &str,
    data: &mut Map<String, Value>,
) -> Result<Markup, FigureError> {
    let mut parts = Vec::new();
    if let (Task::Draw(draw), Model::Curve(curve)) = (&step.task, model) {
        parts.push(element("p", "help", message!(class.draw_help)));
        let chart = played.chart(draw, curve, false, &[]);
        parts.push(element("p", "pad-title", chart.title.as_str()));
        parts.push(pad(&chart, &format!("{id}-pad"), "pad", data)?);
    }
    parts.push(element("div", "controls", Markup::default()));
    parts.push(Markup::element("p", &[("class", "status"), ("role", "status")], Markup::default()));
    let ask = [("type", "button"), ("class", "ask")];
    parts.push(Markup::element("button", &ask, message!(class.ask)));
    Ok(element("div", "predict", parts.into_iter().collect::<Markup>()))
}

/// The drawings of a chart for both screens; their places go to the data.
fn pad(
    chart: &Chart,
    id: &str,
    class: &str,
    data: &mut Map<String, Value>,
) -> Result<Markup, FigureError> {
    let mut drawings = Vec::new();
    let mut places = Map::new();
    let described = format!("{id}-words");
    for screen in Screen::BOTH {
        let part = Part::of(chart, screen, &described)?;
        drawings.push(Markup::own(part.svg));
        places.insert(screen.name().to_owned(), part.places);
    }
    data.insert(class.replace('-', "_"), Value::Object(places));
    let words = Markup::element(
        "p",
        &[("id", &described), ("class", "unseen")],
        chart.description.as_str(),
    );
    let drawing =
        element("div", &format!("{class} drawing-of"), drawings.into_iter().collect::<Markup>());
    Ok([drawing, words].into_iter().collect())
}

/// What the program of the page must know of a step.
fn task(played: &Played, step: &Step, model: &Model) -> Map<String, Value> {
    let value = match (&step.task, model) {
        (Task::Draw(draw), Model::Curve(curve)) => curve_data(draw, curve),
        (Task::Order(order), Model::Order(ranked)) => order_data(played, order, ranked),
        (Task::Choose(options), Model::Choice(right)) => json!({
            "task": "choose",
            "options": options.iter().map(|option| option.says.as_str()).collect::<Vec<_>>(),
            "right": right,
        }),
        _ => json!({}),
    };
    value.as_object().cloned().unwrap_or_default()
}

fn curve_data(draw: &Draw, curve: &Curve) -> Value {
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
        "decimals": draw.quantity.decimals,
        "unit": unit(draw.quantity.unit),
        "compare": draw.compared.name(),
    })
}

fn order_data(played: &Played, order: &Order, ranked: &Ranked) -> Value {
    let arms = &played.exercise.scenario.arms;
    let labels: Vec<&str> =
        order.arms.iter().filter_map(|(at, _)| Some(arms.get(*at)?.label.as_str())).collect();
    json!({ "task": "order", "arms": ranked.names, "labels": labels, "ranks": ranked.ranks })
}

/// The model's answer to the step at this position, the explanation and the verdict.
pub(crate) fn told(pages: &ExercisePages<'_>, position: usize, answered: &Answered) -> Vec<Block> {
    let mut blocks = Vec::new();
    let Some(step) = pages.played.exercise.steps.get(position) else { return blocks };
    match (&step.task, &answered.model) {
        (Task::Order(order), Model::Order(ranked)) => {
            blocks.push(Block::Table(order_table(pages.played, position, order, ranked)));
        }
        (Task::Choose(options), Model::Choice(right)) => {
            let says = options.get(*right).map_or("", |option| option.says.as_str());
            blocks.push(Block::Paragraph(message!(class.right_option, option = says)));
        }
        _ => {}
    }
    blocks.extend(paragraphs(&answered.explanation).map(Block::Paragraph));
    let verdict = step.verdict.as_ref();
    let judged = pages.judged.iter().find(|one| verdict == Some(&one.file.statement.id));
    if let Some(judged) = judged {
        blocks.push(Block::Paragraph(message!(class.verdict)));
        blocks.push(Block::Claims(vec![claim(judged)]));
    }
    blocks
}

/// The arms with their values, the highest first.
fn order_table(played: &Played, position: usize, order: &Order, ranked: &Ranked) -> Table {
    let arms = &played.exercise.scenario.arms;
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    for ((at, _), (rank, text)) in order.arms.iter().zip(ranked.ranks.iter().zip(&ranked.texts)) {
        let label = arms.get(*at).map_or("", |arm| arm.label.as_str());
        rows.push((*rank, vec![label.to_owned(), text.clone()]));
    }
    rows.sort_by_key(|(rank, _)| *rank);
    Table {
        caption: message!(class.order_table, number = position + 1),
        columns: vec![Column::words(message!(class.arm)), Column::numbers(message!(class.value))],
        rows: rows.into_iter().map(|(_, row)| row).collect(),
    }
}

/// Waterfalls of the difference that the exercise explains, by the views that are wanted.
pub(crate) fn why_blocks(why: Option<&Why>, views: &[View]) -> Vec<Block> {
    let told = why.into_iter().flat_map(|why| &why.told);
    let is_wanted = |facts: &Facts| facts.shares.len() > 1 && views.contains(&facts.view);
    let shared = told.filter(|(_, facts)| is_wanted(facts)).enumerate();
    let figure = |(index, (_, facts)): (usize, &(String, Facts))| {
        Block::Figure(Box::new(Figure {
            name: format!("why-{index}"),
            chart: waterfall::chart(facts),
        }))
    };
    shared.map(figure).collect()
}

/// Why, explore, save; hidden until every question is answered.
fn ending(pages: &ExercisePages<'_>, writer: &mut Writer) -> Result<Markup, FigureError> {
    let mut parts = Vec::new();
    let why = why_blocks(pages.why, &[View::Cause]);
    if !why.is_empty() {
        parts.push(plain("h2", message!(class.why)));
        parts.extend(writer.blocks(&why)?);
    }
    if let Some(address) = pages.explorer {
        parts.push(plain("h2", message!(class.explore)));
        parts.push(plain("p", message!(class.explore_words)));
        let link = Markup::element(
            "a",
            &[("class", "button"), ("href", address)],
            message!(class.explore_link),
        );
        parts.push(plain("p", link));
    }
    parts.push(Markup::element(
        "h2",
        &[("id", "save-heading"), ("tabindex", "-1")],
        message!(class.save),
    ));
    parts.push(plain("p", message!(class.save_words)));
    let button = |id: &str, words: String| {
        Markup::element("button", &[("type", "button"), ("id", id)], words)
    };
    let buttons =
        [button("save", message!(class.save_button)), button("again", message!(class.again))];
    parts.push(plain("p", buttons.into_iter().collect::<Markup>()));
    parts.push(Markup::element(
        "p",
        &[("class", "status"), ("id", "saved"), ("role", "status")],
        Markup::default(),
    ));
    let area = [
        ("id", "saved-text"),
        ("readonly", ""),
        ("rows", "6"),
        ("aria-label", &*message!(class.saved_text)),
    ];
    let copy = [
        plain("summary", message!(class.copy)),
        Markup::element("textarea", &area, Markup::default()),
    ];
    parts.push(plain("details", copy.into_iter().collect::<Markup>()));
    let attributes =
        [("class", "step"), ("id", "end"), ("hidden", ""), ("aria-labelledby", "save-heading")];
    Ok(Markup::element("section", &attributes, parts.into_iter().collect::<Markup>()))
}

/// Words of the program of the page; what it fills in stands in braces.
fn words() -> Value {
    json!({
        "curve": message!(class.your_curve),
        "numbers": message!(class.numbers),
        "unfinished": message!(class.unfinished),
        "at": message!(class.value_at, time = "{time}", value = "{value}"),
        "nothing": message!(class.nothing_at, time = "{time}"),
        "end": message!(class.compared_end, own = "{own}", model = "{model}"),
        "highest": message!(class.compared_highest, own = "{own}", model = "{model}"),
        "lowest": message!(class.compared_lowest, own = "{own}", model = "{model}"),
        "course": message!(class.compared_course, own = "{own}"),
        "near": message!(class.near),
        "far": message!(class.far),
        "you": message!(class.you),
        "highest_first": message!(class.highest_first),
        "up": message!(class.up, arm = "{arm}"),
        "down": message!(class.down, arm = "{arm}"),
        "place": message!(class.place, arm = "{arm}", place = "{place}", count = "{count}"),
        "order_right": message!(class.order_right),
        "order_wrong": message!(class.order_wrong, order = "{order}"),
        "choose": message!(class.choose),
        "unchosen": message!(class.unchosen),
        "choice_right": message!(class.choice_right),
        "choice_wrong": message!(class.choice_wrong, option = "{option}"),
        "not_kept": message!(class.not_kept),
        "saved": message!(class.saved, file = "{file}"),
        "sure": message!(class.sure),
        "again": message!(class.again),
    })
}
