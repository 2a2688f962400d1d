//! Settings of the whole run: length, rows, hypothesis, resolution, season, meals.

use crate::error::problem::SourceSpan;
use crate::form::problems::{LARGEST_WHOLE, Problems};
use crate::form::tree::{Entries, Node, Value, get, is_on, table, text};
use crate::parameters::Hypothesis;
use crate::physiology::segment_inputs::{Resolution, Season};
use crate::scenario::amounts::{days, share_value};
use crate::scenario::hypothesis_sets::{HypothesisSet, HypothesisSets};
use crate::scenario::meals::Meals;
use crate::units::DAYS_PER_YEAR;
use crate::units::date::Date;
use crate::units::number::rounded;

/// Rows farther apart than this do not show a single dose \[d\].
const COARSE_ROWS_DAYS: f64 = 2.0 / 24.0 + 1e-9;
/// A run may have so many rows.
const ROW_LIMIT: f64 = 2_000_000.0;
/// A run lasts at least a minute, to which every event is rounded \[d\].
const SHORTEST_DAYS: f64 = 1.0 / 1440.0;
/// A run lasts at most 110 years \[d\].
const LONGEST_DAYS: f64 = 110.0 * DAYS_PER_YEAR;
/// Meals are meant for so many days.
const MEALS_DAYS: f64 = 14.0;

/// Settings that hold for every arm.
#[derive(Clone, Debug)]
pub(crate) struct ScenarioSettings {
    /// Length \[d\]; where it cannot be read, the longest that there is.
    pub duration_days: f64,
    pub duration_span: SourceSpan,
    /// False where the length cannot be read: what follows from it is not reported.
    pub has_duration: bool,
    /// Date of day 0, if the file says one.
    pub start_date: Option<Date>,
    /// Distance of rows, if the file says one \[d\].
    output_every: Option<f64>,
    pub seed: u64,
    /// Parameters may lie outside their ranges.
    pub beyond_range: bool,
    /// The sets that the file can choose from.
    pub sets: HypothesisSets,
    forced_hypothesis: Option<HypothesisSet>,
    /// The settings of an arm before its own table and those that it is `like`.
    pub usual: ArmSettings,
}

/// Settings that tables of arms change one after the other.
#[derive(Clone, Debug)]
pub(crate) struct ArmSettings {
    hypothesis: HypothesisSet,
    /// Place of the key with which the arm chose it.
    own_set: Option<SourceSpan>,
    pub resolution: Resolution,
    /// Swing of sunlight vitamin D over the year.
    swing: Option<f64>,
    pub meals: Meals,
}

impl ArmSettings {
    /// Adds what the table of an arm says.
    pub(crate) fn add(
        &mut self,
        entries: &Entries,
        sets: &HypothesisSets,
        problems: &mut Problems,
    ) {
        if let Some(set) = sets.chosen(entries, problems) {
            self.hypothesis = set;
            self.own_set = get(entries, "hypothesis").map(|node| node.span.clone());
        }
        self.resolution = resolution(entries).unwrap_or(self.resolution);
        self.swing = swing(entries, problems).or(self.swing);
        if let Some(meals) = Meals::read(entries, problems) {
            self.meals = meals;
        }
    }
}

impl ScenarioSettings {
    pub(crate) fn read(
        root: &Entries,
        forced_hypothesis: Option<&str>,
        beyond_range: bool,
        problems: &mut Problems,
    ) -> Self {
        let start_date = start_date(root, problems);
        let (duration, duration_span) = duration(root, start_date, problems);
        let duration_days = duration.unwrap_or(LONGEST_DAYS);
        let output_every = get(root, "output_every").and_then(|node| {
            let every = days(node, "output_every", None, problems)?;
            check_rows(every, duration, node, problems);
            Some(every)
        });
        let seed =
            get(root, "seed").and_then(|node| problems.whole(node, "seed", 0, LARGEST_WHOLE));
        let beyond_range = beyond_range || is_on(table(root, "parameters"), "beyond_range");
        let sets = HypothesisSets::read(root, beyond_range, problems);
        Self {
            duration_days,
            duration_span,
            has_duration: duration.is_some(),
            start_date,
            output_every,
            seed: seed.unwrap_or(1),
            beyond_range,
            usual: ArmSettings {
                hypothesis: sets
                    .chosen(root, problems)
                    .unwrap_or_else(|| Hypothesis::default().into()),
                own_set: None,
                resolution: resolution(root).unwrap_or_default(),
                swing: swing(root, problems),
                meals: Meals::read(root, problems).unwrap_or_default(),
            },
            forced_hypothesis: forced_hypothesis.and_then(|name| sets.forced(name, problems)),
            sets,
        }
    }

    pub(crate) fn hypothesis_of<'a>(&'a self, arm: &'a ArmSettings) -> &'a HypothesisSet {
        self.forced_hypothesis.as_ref().unwrap_or(&arm.hypothesis)
    }

    pub(crate) fn season_of(&self, arm: &ArmSettings) -> Option<Season<f64>> {
        let start_day_of_year = self.start_date.map_or(0.0, Date::day_of_year);
        let swing = arm.swing.filter(|swing| *swing > 0.0);
        swing.map(|amplitude| Season { amplitude, start_day_of_year })
    }

    /// Warns of settings of an arm that do not fit those of the run.
    pub(crate) fn check(&self, arm: &ArmSettings, problems: &mut Problems) {
        let is_own = self.forced_hypothesis.is_some() && arm.hypothesis != self.usual.hypothesis;
        if let Some(span) = arm.own_set.as_ref().filter(|_| is_own) {
            let name = self.hypothesis_of(arm).name();
            let message = format!("all arms run under {name} now, though this one has a set");
            let help = "words of the file that name sets are then not true of the run";
            problems.warning(span, message, "", help);
        }
        if !self.has_duration {
            return;
        }
        if arm.resolution == Resolution::Meals && self.duration_days > MEALS_DAYS {
            let message = format!("single meals for {} days", rounded(self.duration_days));
            let help = "the resolution \"meals\" is meant for up to 14 days; \"pills\" or \"averaged\" \
                        are faster and meant for longer times";
            problems.warning(&self.duration_span, message, "", help);
        }
        self.check_coarse_rows(arm.resolution, problems);
    }

    /// Rows farther apart than two hours miss what single doses do.
    fn check_coarse_rows(&self, resolution: Resolution, problems: &mut Problems) {
        let every = self.output_every_days(resolution);
        if resolution != Resolution::Averaged && every > COARSE_ROWS_DAYS {
            let message = format!("rows are {} hours apart", rounded(24.0 * every));
            let help = "single doses rise and fall between them, and min, max, mean, time_above \
                        and figures see only the rows; write output_every = \"1 hour\"";
            problems.warning(&self.duration_span, message, "", help);
        }
    }

    /// Distance of rows: as the file says, else by length and resolution.
    ///
    /// Meals: 10 minutes up to 14 days, then an hour. Pills: half an hour up to 60 days, an hour
    /// up to 2 years, then 6 hours: rows are what claims and figures see of each dose.
    /// Averaged: a week from 2 years on, a day from 60 days on, else a quarter of a day.
    pub(crate) fn output_every_days(&self, resolution: Resolution) -> f64 {
        let length = self.duration_days;
        self.output_every.unwrap_or(match resolution {
            Resolution::Meals if length <= MEALS_DAYS => 10.0 / 1440.0,
            Resolution::Meals => 1.0 / 24.0,
            Resolution::Pills if length <= 60.0 => 1.0 / 48.0,
            Resolution::Pills if length <= 2.0 * DAYS_PER_YEAR => 1.0 / 24.0,
            Resolution::Pills => 0.25,
            Resolution::Averaged if length >= 2.0 * DAYS_PER_YEAR => 7.0,
            Resolution::Averaged if length < 60.0 => 0.25,
            Resolution::Averaged => 1.0,
        })
    }
}

/// The date of day 0; it may hold a clock time, which does not count.
pub(super) fn start_date(root: &Entries, problems: &mut Problems) -> Option<Date> {
    let node = get(root, "start_date")?;
    let written = match &node.value {
        Value::Date(date) | Value::Text(date, _) => date.as_str(),
        _ => return None,
    };
    let date = Date::read(written);
    if date.is_none() {
        let help = "write year-month-day, such as \"2026-07-01\"";
        problems.error(&node.span, "not a date", "", help);
    }
    date
}

/// The length of the run \[d\], if it can be read, and its place.
fn duration(
    root: &Entries,
    start: Option<Date>,
    problems: &mut Problems,
) -> (Option<f64>, SourceSpan) {
    let Some(node) = get(root, "duration") else {
        let top = SourceSpan { text: 0, bytes: 0..0 };
        // A statement that no run decides.
        if get(root, "verdict").is_some()
            && ["arm", "claim"].iter().all(|key| get(root, key).is_none())
        {
            return (Some(1.0), top);
        }
        let help = "write such as duration = \"20 years\" at the top of the file";
        if !problems.has_unreadable_part() && !problems.was_refused_at_top("duration") {
            problems.error(&top, "the file does not say how long the run is", "", help);
        }
        return (None, top);
    };
    let days = days(node, "duration", start, problems);
    (days.filter(|days| is_possible(*days, &node.span, problems)), node.span.clone())
}

/// True for a length that a run can have; else it is reported.
fn is_possible(days: f64, span: &SourceSpan, problems: &mut Problems) -> bool {
    if days == 0.0 {
        problems.error(span, "the run has no length", "", "write such as \"20 years\"");
    } else if days < SHORTEST_DAYS {
        let help = "a run lasts at least a minute: write such as \"1 day\" or \"20 years\"";
        problems.error(span, "the run is too short", "", help);
    } else if days > LONGEST_DAYS {
        let message = format!("a run of {} years is too long", rounded(days / DAYS_PER_YEAR));
        let help = "a person is followed from the age of 30 at the earliest to 110 at the latest";
        problems.error(span, message, "", help);
    } else {
        return true;
    }
    false
}

fn check_rows(every: f64, duration: Option<f64>, node: &Node, problems: &mut Problems) {
    if every <= 0.0 {
        let help = "write such as \"1 day\"";
        problems.error(&node.span, "the distance of rows must be above 0", "", help);
        return;
    }
    let Some(duration) = duration else { return };
    if duration / every > ROW_LIMIT {
        let message = format!("{} rows are too many", rounded((duration / every).ceil()));
        let help = format!("at most 2 million rows: write more than {} days", duration / ROW_LIMIT);
        problems.error(&node.span, message, "", help);
    }
}

fn resolution(entries: &Entries) -> Option<Resolution> {
    match text(entries, "resolution")? {
        "pills" => Some(Resolution::Pills),
        "meals" => Some(Resolution::Meals),
        _ => Some(Resolution::Averaged),
    }
}

fn swing(entries: &Entries, problems: &mut Problems) -> Option<f64> {
    share_value(get(entries, "sun_season")?, "sun_season", problems)
}
