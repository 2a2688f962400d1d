//! Several persons side by side: structures of numbers taken apart and put together by lane.
//!
//! A structure over lanes holds the numbers of several runs. `zip` combines two structures number
//! by number; everything else follows from it.

use crate::physiology::model::Model;
use crate::physiology::positive::Power;
use crate::physiology::segment_inputs::{Resolution, Season, SegmentInputs};
use crate::physiology::vitamin_k::Vitamers;
use crate::real::Lanes;

/// `zip` of a structure with these numbers and these structures of numbers.
macro_rules! zipped {
    ($kind:ident { $($number:ident),* $(,)? } { $($group:ident),* $(,)? }) => {
        impl<S: Copy> $kind<S> {
            /// Each number combined with the other's of the same name.
            pub(super) fn zip<T: Copy, U: Copy>(
                &self,
                other: &$kind<T>,
                combine: &impl Fn(S, T) -> U,
            ) -> $kind<U> {
                $kind {
                    $($number: combine(self.$number, other.$number),)*
                    $($group: self.$group.zip(&other.$group, combine),)*
                }
            }
        }
    };
}

zipped! { Vitamers { k1, mk4, mk7, long_chain_mk } {} }
zipped! { Model {} { parameters, derived, person } }

impl<S: Copy> Power<S> {
    pub(super) fn zip<T: Copy, U>(
        &self,
        other: &Power<T>,
        combine: &impl Fn(S, T) -> U,
    ) -> Power<U> {
        Power { ln: combine(self.ln, other.ln) }
    }
}

/// The same with a season; without one, one without amplitude: a constant sun, to the bit.
fn with_season(segment: &SegmentInputs<f64>) -> SegmentInputs<f64> {
    let none = Season { amplitude: 0.0, start_day_of_year: 0.0 };
    SegmentInputs { season: Some(segment.season.unwrap_or(none)), ..*segment }
}

impl<S: Copy> SegmentInputs<S> {
    /// Each number combined with the other's; lanes of several resolutions have none in common.
    fn zip<T: Copy, U: Copy>(
        &self,
        other: &SegmentInputs<T>,
        combine: &impl Fn(S, T) -> U,
    ) -> SegmentInputs<U> {
        let season = match (&self.season, &other.season) {
            (Some(season), Some(others)) => Some(season.zip(others, combine)),
            _ => None,
        };
        let both = |own: S, others: T| combine(own, others);
        SegmentInputs {
            inputs: self.inputs.zip(&other.inputs, combine),
            resolution: Resolution::Averaged,
            season,
            calcium_rate_mg_per_day: both(
                self.calcium_rate_mg_per_day,
                other.calcium_rate_mg_per_day,
            ),
            vitamin_d_rate_ug_per_day: both(
                self.vitamin_d_rate_ug_per_day,
                other.vitamin_d_rate_ug_per_day,
            ),
            vitamin_k_rate: self.vitamin_k_rate.zip(&other.vitamin_k_rate, combine),
            gut_in_use: both(self.gut_in_use, other.gut_in_use),
            gland_control: both(self.gland_control, other.gland_control),
            mk4_load_per_gut: both(self.mk4_load_per_gut, other.mk4_load_per_gut),
            age_course: self.age_course.zip(&other.age_course, combine),
        }
    }
}

/// Lanes with the number in lane `index` replaced.
fn replace<const W: usize>(index: usize) -> impl Fn(Lanes<W>, f64) -> Lanes<W> {
    move |mut numbers, number| {
        numbers.set_lane(index, number);
        numbers
    }
}

impl<const W: usize> Model<Lanes<W>> {
    /// The same person in every lane.
    pub(crate) fn in_all_lanes(model: &Model<f64>) -> Self {
        model.zip(model, &|number, _| Lanes::new([number; W]))
    }

    /// Puts another person into lane `index`.
    pub(crate) fn set_lane(&mut self, index: usize, model: &Model<f64>) {
        *self = self.zip(model, &replace(index));
    }
}

impl<const W: usize> SegmentInputs<Lanes<W>> {
    /// The same setting in every lane.
    pub(crate) fn in_all_lanes(segment: &SegmentInputs<f64>) -> Self {
        let segment = with_season(segment);
        segment.zip(&segment, &|number, _| Lanes::new([number; W]))
    }

    /// Puts another setting into lane `index`.
    pub(crate) fn set_lane(&mut self, index: usize, segment: &SegmentInputs<f64>) {
        *self = self.zip(&with_season(segment), &replace(index));
    }
}
