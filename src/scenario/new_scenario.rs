//! A scenario file to start from.

/// A commented file that loads without problems, titled after `name`.
pub(crate) fn new_scenario(name: &str) -> String {
    let safe = |c: char| if c.is_control() || c == '"' || c == '\\' { ' ' } else { c };
    let title: String = name.replace(['_', '-'], " ").chars().map(safe).collect();
    let title = title.trim();
    let mut letters = title.chars();
    let title = letters.next().map_or_else(
        || "My lesson".to_owned(),
        |first| first.to_uppercase().chain(letters).collect(),
    );
    TEMPLATE.replace("TITLE", &title)
}

const TEMPLATE: &str = r#"# A lesson for Calcifate. Lines that begin with # are remarks.
# calcifate check FILE  reads it and prints the daily totals; calcifate run FILE  runs it.
# calcifate list foods | inputs | readouts | claims  shows the names that may be used.

title    = "TITLE"
question = "What changes when natto is eaten every day?"
lesson   = """
A few sentences for students.
"""
# answer = "With natto the score ends at {end(cac) in natto}, without at {end(cac) in usual}."
# compare = ["usual", "natto"]   # the two arms that titles of figures speak of
duration = "10 years"
# output_every = "7 days"        # distance of the rows in the tables
# resolution = "averaged"        # or "pills" (single doses), "meals" (up to 14 days)
# hypothesis = "paradox"         # or "conservative", or one of your own: [hypotheses.NAME]
# start_date = "2026-01-01"      # with sun_season = 0.6: sunlight over the year
# extends = "other.toml"         # start from another file

[person]
sex = "female"                   # or "male"
age = 60
menopause_age = 51
# egfr = "60 mL/min"             # kidney function; the usual one of that age if left out
# bmi_class = "normal"           # or "overweight", "obese"
# coronary_percentile = "p50"    # or "p75", "p90"
# cac = 30                       # measured Agatston score; also t_score = -1.5

[habitual]                       # for life, and in every arm unless an arm says otherwise
calcium_diet = "700 mg/day"      # the diet without the foods below; foods add to it
foods = { gouda = "30 g, 3 times/week", "whole milk" = "1 serving/day" }
# vitamin_d_sun = "5 ug/day"     # or IU: "200 IU/day"
# exercise = 0.3                 # 0 to 1; also unloading, hormone_therapy = true
# warfarin = { dose = "5 mg/day", since = "2 years" }   # without since: for life

[[arm]]
name = "usual"                   # changes nothing

# [[meal]]                       # with resolution = "meals": clock time, share of the day's food,
# at = "07:30"                   # and foods eaten at this meal only, such as
# share = "30 %"                 # foods = { natto = "40 g" }; the shares of all meals sum to 100 %

[[arm]]
name = "natto"
label = "natto every day"
foods = { natto = "50 g/day" }

[[arm]]
name = "natto_and_d"
label = "natto + vitamin D3"
like = "natto"                   # starts as that arm; take adds to it
take = ["vitamin D3 800 IU daily with meals"]
# also: "MK-7 360 ug 3 times a week, missed 10 %", "calcium 500 mg twice daily"

[[arm.phase]]                    # a later change of this arm
from = "5 years"
take = ["vitamin D3 25 ug daily"]   # replaces the vitamin D of before, keeps the rest
# stop = ["natto"]

[[claim]]
says = "With natto more of the wall protein MGP is active"
that = "end(active_mgp) in natto > end(active_mgp) in usual"

[[claim]]
says = "Blood calcium hardly changes"
that = "end(serum_calcium) in natto within 0.02 mmol/L of end(serum_calcium) in usual"

[figures]
draw = ["timeline", "fate", "body"]
timeline = ["serum_calcium", "active_mgp", "cac", "femoral_neck_t_score"]
"#;
