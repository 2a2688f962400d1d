//! Structures of numbers whose fields say their unit: declared once, read by name, set by lane.

use crate::physiology::positive::Power;
use crate::real::Real;

/// A function that is shown a number with its name and unit, and may replace it.
pub(crate) type Visit<'a, S> = dyn FnMut(&'static str, &'static str, &mut S) + 'a;

/// Declares a structure of numbers, with `visit` and `zip` for it.
///
/// A field is a plain `number` with its unit (`as` another name where its own would not be enough), a
/// `logarithm` (a [`Power`]) with the name of its logarithm, `vitamers` with their unit, or a
/// `group`: a structure that is declared in the same way.
macro_rules! named_numbers {
    ($(#[$about:meta])* $visible:vis struct $kind:ident<$s:ident> {
        $(
            $(#[$documentation:meta])*
            pub $field:ident: $type:ty = $shape:ident $($what:literal)? $(as $name:literal)?,
        )*
    }) => {
        $(#[$about])*
        $visible struct $kind<$s> {
            $($(#[$documentation])* pub $field: $type,)*
        }

        #[allow(dead_code)] // not every structure is set lane by lane
        impl<$s: Copy> $kind<$s> {
            /// Each number combined with the other's of the same name.
            pub(crate) fn zip<Theirs: Copy, Both: Copy>(
                &self,
                other: &$kind<Theirs>,
                combine: &impl Fn($s, Theirs) -> Both,
            ) -> $kind<Both> {
                $kind {
                    $($field: named_numbers!(@zip $shape combine, self.$field, other.$field),)*
                }
            }
        }

        #[allow(dead_code)] // not every structure has names in an export
        impl<$s: $crate::real::Real<Scalar = $s>> $kind<$s> {
            /// Shows every number with its name and unit, in the order of the fields.
            pub(crate) fn visit(
                &mut self,
                visit: &mut $crate::physiology::named::Visit<'_, $s>,
            ) {
                $(named_numbers!(@visit $shape $($what)? visit, self.$field, $field $($name)?);)*
            }
        }
    };

    (@zip number $combine:ident, $own:expr, $other:expr) => { $combine($own, $other) };
    (@zip $shape:ident $combine:ident, $own:expr, $other:expr) => {
        $own.zip(&$other, $combine)
    };

    (@visit number $unit:literal $visit:ident, $own:expr, $field:ident) => {
        $visit(stringify!($field), $unit, &mut $own)
    };
    (@visit number $unit:literal $visit:ident, $own:expr, $field:ident $name:literal) => {
        $visit($name, $unit, &mut $own)
    };
    (@visit logarithm $name:literal $visit:ident, $own:expr, $field:ident) => {
        $own.visit($name, $visit)
    };
    (@visit vitamers $unit:literal $visit:ident, $own:expr, $field:ident) => {
        $own.visit(
            [
                concat!("k1_", stringify!($field)),
                concat!("mk4_", stringify!($field)),
                concat!("mk7_", stringify!($field)),
                concat!("long_chain_mk_", stringify!($field)),
            ],
            $unit,
            $visit,
        )
    };
    (@visit group $visit:ident, $own:expr, $field:ident) => { $own.visit($visit) };
}

pub(crate) use named_numbers;

impl<S: Real> Power<S> {
    /// Shows the logarithm by its name.
    pub(crate) fn visit(&mut self, name: &'static str, visit: &mut Visit<'_, S>) {
        let mut logarithm = self.logarithm();
        visit(name, "1", &mut logarithm);
        *self = Self::of_e(logarithm);
    }
}
