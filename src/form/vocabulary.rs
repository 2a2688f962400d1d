//! The words of a key or column, of which a file chooses one.

/// An enum whose variants have words: `NAMES`, `by_name` and `name`.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$own:meta])* $variant:ident: $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum $name { $($(#[$own])* $variant,)* }

        impl $name {
            pub(crate) const NAMES: &'static [&'static str] = &[$($word),*];

            pub(crate) fn by_name(name: &str) -> Option<Self> {
                match name { $($word => Some(Self::$variant),)* _ => None }
            }

            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }
    };
}

pub(crate) use vocabulary;
