//! Any numbers can be drawn, whatever the sweep's shape and title.

use super::cases::all;
use crate::charts::kinds::OF_SWEEPS;
use crate::charts::layout;
use crate::charts::tests::random::number;
use crate::plots::tests::clashes;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_numbers_can_be_drawn(
        numbers in proptest::collection::vec(number(), 1..40),
        title in "\\PC{0,200}",
        which in any::<prop::sample::Index>(),
    ) {
        let mut all = all();
        let (_, mut data) = all.swap_remove(which.index(all.len()));
        data.title = title;
        let mut next = numbers.iter().cycle();
        for outcome in &mut data.outcomes {
            outcome.values.iter_mut().for_each(|value| *value = *next.next().unwrap());
        }
        for line in data.courses.iter_mut().flat_map(|course| &mut course.lines) {
            line.iter_mut().for_each(|value| *value = *next.next().unwrap());
        }
        if let Some(search) = &mut data.search {
            search.found.values.iter_mut().for_each(|value| *value = *next.next().unwrap());
        }
        for kind in OF_SWEEPS {
            let page = layout::page(&(kind.chart)(&data)).unwrap();
            prop_assert_eq!(clashes(&page.sheet), Vec::<String>::new(), "{:?}", kind);
        }
    }
}
