//! Why two arms differ: waterfalls by cause and by effect.

use serde_json::json;

use crate::charts::waterfall::{self, View};
use crate::error::problem::Problem;
use crate::explorer::request::Why;
use crate::explorer::states::States;
use crate::explorer::{Answer, change, comparison};
use crate::simulation::Options;

pub(super) fn told(states: &mut States, wanted: &Why) -> Answer {
    let scenario = states.together(&wanted.arms)?.scenario;
    let [.., from, to] = scenario.arms.as_slice() else {
        let help = "freeze one arm and turn a dial of the other";
        return Err(Problem::without_span("a difference needs two arms", help).into());
    };
    let outcomes: Vec<&str> = wanted.outcomes.iter().map(String::as_str).collect();
    let options = Options::default();
    let why = scenario.why(&from.name, &to.name, &outcomes, &options, &|_| true)?;
    let mut figures = Vec::new();
    for (place, (outcome, facts)) in why.told.iter().enumerate() {
        let chart = waterfall::chart(facts);
        let id = format!("why-{place}");
        let mut figure = comparison::figure(&chart, &wanted.form, &id)?;
        figure.insert("outcome".to_owned(), json!(outcome));
        figure.insert("by_cause".to_owned(), json!(facts.view == View::Cause));
        figures.push(figure);
    }
    Ok(json!({ "sentence": change::what(from, to, ""), "figures": figures, "runs": why.runs }))
}
