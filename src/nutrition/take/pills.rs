//! Pills of the food table in a `take` line.

use crate::error::problem::Misread;
use crate::nutrition::diet::nutrients;
use crate::nutrition::foods::{FOODS, Matrix};
use crate::nutrition::regimen::Substance;
use crate::nutrition::take::Contents;
use crate::units::tokens::Tokens;

/// "pill MK-7 90", "2 x pill D3 25": a row of the food table that is a pill.
pub(super) fn read_pill(words: &mut Tokens<'_>) -> Result<Option<Contents>, Misread> {
    let start = words.mark();
    let count = words.number().unwrap_or(1.0);
    words.eat_any(&["x", "×"]);
    let place = words.here();
    let rest = words.rest().to_lowercase();
    let pills = FOODS.iter().filter(|food| food.matrix == Matrix::Supplement);
    let found = pills
        .filter(|food| {
            let after = rest.strip_prefix(&food.name.to_lowercase());
            after.is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric()))
        })
        .max_by_key(|food| food.name.len());
    let Some(food) = found else {
        words.back_to(start);
        return Ok(None);
    };
    let end = place.start + food.name.len();
    while words.peek().is_some_and(|token| token.bytes.start < end) {
        words.take();
    }
    if count < 0.0 {
        return Err(Misread::new("a negative number of pills", words.since(start))
            .help("write how many, such as \"2 x pill D3 25 daily\""));
    }
    let doses = nutrients(food, count).into_iter();
    let doses = doses.filter_map(|(input, dose)| Some((Substance::of_input(input)?, dose)));
    Ok(Some(Contents { doses: doses.collect(), remark: None }))
}
