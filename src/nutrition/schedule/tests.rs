use super::*;
use proptest::prelude::*;

fn regimen(text: &str) -> Regimen {
    crate::nutrition::take::read(text, None).unwrap().starting(0.0)[0].clone()
}

fn times(text: &str, days: f64) -> Vec<f64> {
    let doses = doses(Resolution::Pills, &DEFAULT_MEALS, &[regimen(text)], days, 1);
    doses.iter().map(|dose| dose.time_days).collect()
}

#[test]
fn averaged_has_no_doses_and_pills_only_vitamins() {
    let regimens = [regimen("calcium 500 mg twice daily"), regimen("MK-7 90 ug daily")];
    let count = |resolution| doses(resolution, &DEFAULT_MEALS, &regimens, 2.0, 1).len();
    assert_eq!(count(Resolution::Averaged), 0);
    assert_eq!(count(Resolution::Pills), 2);
    assert_eq!(count(Resolution::Meals), 6 + 4 + 2);
}

#[test]
fn rhythms_count_from_the_start() {
    let days = |text: &str| times(text, 15.0).iter().map(|t| t.floor()).collect::<Vec<_>>();
    assert_eq!(days("MK-7 90 ug weekly"), [0.0, 7.0, 14.0]);
    assert_eq!(days("MK-7 90 ug 3 times a week"), [0.0, 2.0, 4.0, 7.0, 9.0, 11.0, 14.0]);
    assert_eq!(days("MK-7 90 ug every 4 days from day 3"), [3.0, 7.0, 11.0]);
    assert_eq!(days("MK-7 90 ug daily from day 3 to day 5"), [3.0, 4.0]);
    assert_eq!(days("MK-7 90 ug once from day 3"), [3.0]);
    assert_eq!(days("MK-7 90 ug once from 84 hours"), [4.0], "half past seven of day 3 is over");
    assert_eq!(days("MK-7 90 ug weekly from 84 hours"), [4.0, 11.0]);
}

#[test]
fn times_are_whole_minutes_and_hit_exactly() {
    assert_eq!(times("MK-7 90 ug daily", 2.0), [450.0 / 1440.0, 1890.0 / 1440.0]);
    let mut half = regimen("MK-7 90 ug daily");
    half.hours = vec![7.508_333_333_333_333];
    let dose = doses(Resolution::Pills, &DEFAULT_MEALS, &[half], 1.0, 1);
    assert_eq!(dose[0].time_days, 450.0 / 1440.0, "450.5 minutes go to the even minute");
    let mut at_noon = regimen("MK-7 90 ug daily at 12:30");
    at_noon.from_day = 1.0 + 12.5 / 24.0;
    at_noon.to_day = 2.0 + 12.5 / 24.0;
    assert_eq!(doses(Resolution::Pills, &DEFAULT_MEALS, &[at_noon], 9.0, 1).len(), 1);
}

#[test]
fn with_meals_moves_to_the_nearest_meal() {
    let meals = [Meal { hour: 9.0, share: 0.5 }, Meal { hour: 20.0, share: 0.5 }];
    let taken = [regimen("MK-7 9 ug twice daily with meals")];
    let times = doses(Resolution::Pills, &meals, &taken, 1.0, 1).into_iter();
    assert!(times.map(|dose| dose.time_days).eq([9.0, 20.0].map(|h| clock_time_days(0.0, h))));
}

#[test]
fn equal_times_stay_apart_meals_first() {
    let regimens = [regimen("MK-7 90 ug daily"), regimen("K1 50 ug daily")];
    let doses = doses(Resolution::Meals, &DEFAULT_MEALS, &regimens, 0.4, 1);
    let intakes: Vec<_> = doses.iter().map(|dose| dose.intake).collect();
    let pills = [Intake::Pill(Substance::Mk7, 90.0), Intake::Pill(Substance::K1, 50.0)];
    assert_eq!(intakes, [Intake::Meal(0.3), pills[0], pills[1]]);
}

#[test]
fn about_the_stated_share_is_missed() {
    let taken = times("MK-7 90 ug daily missed 10 %", 10_000.0).len();
    assert!((8880..=9120).contains(&taken), "{taken} of 10000 taken");
    assert_eq!(times("MK-7 90 ug daily missed 100 %", 100.0).len(), 0);
}

proptest! {
    #[test]
    fn doses_of_whole_weeks_sum_to_the_mean(times in 1_u32..=7, weeks in 1_u32..60, start in 0_u32..30) {
        let often = if times == 1 { "weekly".to_owned() } else { format!("{times} times a week") };
        let regimen = regimen(&format!("MK-7 90 ug {often} from day {start}"));
        let length = f64::from(7 * weeks);
        let end = f64::from(start) + length;
        let taken = doses(Resolution::Pills, &DEFAULT_MEALS, std::slice::from_ref(&regimen), end, 1).len();
        prop_assert!((taken as f64 * 90.0 - regimen.mean_per_day() * length).abs() < 1e-6);
    }

    #[test]
    fn the_fate_of_a_dose_depends_on_nothing_else(seed in 0_u64..1000, share in 0.05_f64..0.95) {
        let mut mk7 = regimen("MK-7 90 ug daily");
        mk7.missed_share = share;
        let other = regimen("K1 50 ug twice daily missed 50 %");
        let pick = |regimens: &[Regimen], days: f64| -> Vec<f64> {
            doses(Resolution::Pills, &DEFAULT_MEALS, regimens, days, seed)
                .iter()
                .filter(|dose| matches!(dose.intake, Intake::Pill(Substance::Mk7, _)))
                .map(|dose| dose.time_days)
                .collect()
        };
        let alone = pick(&[mk7.clone()], 60.0);
        prop_assert_eq!(&alone, &pick(&[other, mk7.clone()], 60.0));
        let short = pick(&[mk7.clone()], 30.0);
        prop_assert_eq!(&short[..], &alone[..short.len()]);
        mk7.dose = 180.0;
        mk7.hours = vec![21.0];
        prop_assert_eq!(alone.len(), pick(&[mk7], 60.0).len());
    }
}

#[test]
fn a_run_in_counts_backwards_so_that_day_0_would_begin_a_period() {
    let days = |text: &str, days: f64| {
        let doses = run_in_doses(Resolution::Pills, &DEFAULT_MEALS, &[regimen(text)], days);
        doses.iter().map(|dose| dose.time_days.floor()).collect::<Vec<_>>()
    };
    assert_eq!(days("MK-7 90 ug daily", 3.0), [-3.0, -2.0, -1.0]);
    assert_eq!(days("MK-7 90 ug weekly", 28.0), [-28.0, -21.0, -14.0, -7.0]);
    assert_eq!(days("MK-7 90 ug 3 times a week", 7.0), [-7.0, -5.0, -3.0]);
    assert_eq!(days("D3 50000 IU monthly", 61.0), [-61.0, -31.0]);
    let run_in = |text: &str| run_in_days(28.0, &[regimen(text)]);
    assert_eq!((run_in("D3 50000 IU monthly"), run_in("MK-7 90 ug weekly")), (61.0, 28.0));
    let missed = regimen("MK-7 90 ug daily missed 10 %");
    let doses = run_in_doses(Resolution::Pills, &DEFAULT_MEALS, &[missed], 1.0);
    assert_eq!(doses[0].intake, Intake::Pill(Substance::Mk7, 81.0));
}
