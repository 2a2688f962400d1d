//! Time courses that are kept of each run: `keep = ["dp_ucmgp every 30 days"]`.
//!
//! One table for all: a row for each run, arm and time, a column for each quantity; empty where a
//! quantity is not kept at that time.

use crate::physiology::quantities::Quantity;
use crate::scenario::Arm;
use crate::scenario::claims::Course;
use crate::simulation::ArmRun;
use crate::sweep::results_table::{CellValue, ColumnType, ResultColumn};

/// Two times that lie no further apart than this are one \[d\].
const SAME_TIME_DAYS: f64 = 1e-6;

/// The columns of the table of time courses; none if nothing is kept.
pub(crate) fn columns(courses: &[Course]) -> Vec<ResultColumn> {
    if courses.is_empty() {
        return Vec::new();
    }
    let mut columns = vec![
        ResultColumn::new("run", ColumnType::Whole, "1", "number of the run"),
        ResultColumn::new("arm", ColumnType::Word, "1", "arm of the run"),
        ResultColumn::new("time_days", ColumnType::Number, "days", "time since the start"),
    ];
    let kept = quantities(courses).into_iter();
    columns.extend(kept.map(|q| ResultColumn::new(q.name, ColumnType::Number, q.unit, q.label)));
    columns
}

/// The quantities that are kept, each once, in the order of the file.
fn quantities(courses: &[Course]) -> Vec<&'static Quantity> {
    let mut found: Vec<&'static Quantity> = Vec::new();
    for course in courses {
        if !found.contains(&course.quantity) {
            found.push(course.quantity);
        }
    }
    found
}

/// The times of a course in an arm that lasts so long: the start, whole periods, the end.
pub(crate) fn times(course: &Course, duration_days: f64) -> impl Iterator<Item = f64> {
    let period = course.period_days;
    (0_u32..)
        .map(move |count| f64::from(count) * period)
        .take_while(move |time| *time < duration_days - SAME_TIME_DAYS)
        .chain([duration_days])
}

/// The rows of the arms of one run, without its number.
pub(super) fn rows(courses: &[Course], arms: &[Arm], results: &[ArmRun]) -> Vec<Vec<CellValue>> {
    let quantities = quantities(courses);
    let mut rows = Vec::new();
    for (arm, result) in arms.iter().zip(results) {
        let of_arm: Vec<&Course> =
            courses.iter().filter(|course| course.is_of(&arm.name)).collect();
        let mut kept: Vec<(f64, &Quantity)> = of_arm
            .iter()
            .flat_map(|course| times(course, arm.duration_days).map(|time| (time, course.quantity)))
            .collect();
        kept.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        for at_once in kept.chunk_by(|(a, _), (b, _)| b - a <= SAME_TIME_DAYS) {
            let Some((time, _)) = at_once.first() else { continue };
            let cells = quantities.iter().map(|quantity| {
                let wanted = at_once.iter().any(|(_, kept)| kept == quantity);
                CellValue::finite(wanted.then(|| result.trajectory.at(quantity, *time)).flatten())
            });
            let start = [CellValue::Word(arm.name.clone()), CellValue::Number(*time)];
            rows.push(start.into_iter().chain(cells).collect());
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(text: &str) -> Course {
        Course::read(text, &["a".to_owned(), "b".to_owned()]).unwrap()
    }

    #[test]
    fn a_course_has_the_start_whole_periods_and_the_end_once() {
        let month = course("dp_ucmgp every 30 days");
        assert_eq!(times(&month, 75.0).collect::<Vec<_>>(), [0.0, 30.0, 60.0, 75.0]);
        assert_eq!(times(&month, 60.0).collect::<Vec<_>>(), [0.0, 30.0, 60.0]);
        assert_eq!(times(&course("cac every year"), 1.0).collect::<Vec<_>>(), [0.0, 1.0]);
    }

    #[test]
    fn each_quantity_has_one_column_with_its_unit() {
        let kept = ["dp_ucmgp every 30 days in a", "cac every year", "dp_ucmgp every 7 days in b"];
        let names: Vec<String> =
            columns(&kept.map(course)).into_iter().map(|column| column.name).collect();
        let expected = ["run", "arm", "time_days", "dp_ucmgp_pmol_per_l", "cac_agatston"];
        assert_eq!(names, expected);
        assert!(columns(&[]).is_empty());
    }
}
