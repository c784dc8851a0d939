//! Closed lists of codes (kinds, states, levels) that are stored as text.

/// Defines an enum whose variants have a code: a column, an argument, JSON and a form's value.
///
/// ```
/// kit::codes! {
///     /// A colour of the flag.
///     pub enum Colour { White = "white", Blue = "blue", Red = "red" }
/// }
/// assert_eq!(Colour::ALL.len(), 3);
/// assert_eq!("blue".parse(), Ok(Colour::Blue));
/// assert_eq!(Colour::Red.code(), "red");
/// ```
#[macro_export]
macro_rules! codes {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every code, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as it is stored.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::codes::UnknownCode;
            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                match text { $($code => Ok(Self::$variant),)+ _ => Err($crate::codes::UnknownCode) }
            }
        }

        impl $crate::db::Bind for $name {
            const NULL: $crate::db::Val = $crate::db::Val::Text(None);
            fn bind(self) -> $crate::db::Val {
                $crate::db::Bind::bind(self.code())
            }
        }

        impl $crate::db::Col for $name {
            fn from_cell(cell: $crate::db::Cell<'_>) -> ::std::result::Result<Self, $crate::db::Mismatch> {
                cell.text()?.parse().map_err(|_| cell.mismatch(stringify!($name)))
            }
        }

        impl $crate::db::reexport::Serialize for $name {
            fn serialize<S: $crate::db::reexport::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }
    };
}

/// A text that is none of the codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownCode;
