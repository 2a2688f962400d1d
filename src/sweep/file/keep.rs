//! `keep`: time courses that are kept of each run.

use crate::form::tree::{get, list};
use crate::scenario::claims::Course;
use crate::sweep::courses::times;
use crate::sweep::file::Reader;
use crate::sweep::plan::Plan;

/// More rows of time courses than this no sweep has.
const ROW_LIMIT: f64 = 1e9;
/// About so many rows of time courses stand in a chunk, unless the file says how many runs do.
const ROWS_PER_CHUNK: f64 = 100_000.0;
/// More rows than this no run has.
const ROWS_PER_RUN_LIMIT: f64 = 1e6;

impl Reader<'_> {
    /// The time courses; each quantity once in each arm.
    pub(super) fn courses(&mut self) -> Vec<Course> {
        let mut courses: Vec<Course> = Vec::new();
        for node in list(self.entries, "keep") {
            match Course::read(node.text().unwrap_or_default(), &self.arms) {
                Ok(course) if courses.iter().any(|before| before.overlaps(&course)) => {
                    let message = format!("{} is kept already", course.quantity.name);
                    let help = "keep each quantity once in each arm";
                    self.problems.error(&node.span, message, "", help);
                }
                Ok(course) => courses.push(course),
                Err(misread) => self.problems.misread(node, misread),
            }
        }
        courses
    }

    /// Takes fewer runs into a chunk where they have many rows of time courses, and gives the rows
    /// of a trajectory that the courses need.
    pub(super) fn fit_courses(&mut self, courses: &[Course], plan: &mut Plan) -> Vec<(f64, f64)> {
        let Some(node) = get(self.entries, "keep").filter(|_| !courses.is_empty()) else {
            return Vec::new();
        };
        let arms = self.template.arms(&self.base).unwrap_or_default();
        let longest = arms.iter().map(|arm| arm.duration_days).fold(0.0, f64::max);
        let of_arm = |name: &str| {
            let kept = courses.iter().filter(|course| course.is_of(name));
            kept.map(|course| longest / course.period_days + 2.0).sum::<f64>()
        };
        let rows_per_run: f64 = arms.iter().map(|arm| of_arm(&arm.name)).sum();
        let rows = rows_per_run * plan.runs() as f64;
        if rows_per_run > ROWS_PER_RUN_LIMIT || rows > ROW_LIMIT {
            let message = format!("about {rows:.0e} rows of time courses are too many");
            let help = format!(
                "at most {ROWS_PER_RUN_LIMIT:.0e} of each run and {ROW_LIMIT:.0e} in all; \
                 take longer periods or fewer runs"
            );
            self.problems.error(&node.span, message, "", help);
            return Vec::new();
        }
        if get(self.entries, "runs_per_chunk").is_none() {
            // 0 to 10⁵
            let fitting = (ROWS_PER_CHUNK / rows_per_run.max(1.0)) as u64;
            plan.runs_per_chunk = plan.runs_per_chunk.min(fitting.max(1));
        }
        if plan.dials().any(|scoped| scoped.dial.name == "duration") {
            return vec![(0.0, f64::INFINITY)];
        }
        let days = courses.iter().flat_map(|course| times(course, longest));
        days.map(|day| (day, day)).collect()
    }
}
