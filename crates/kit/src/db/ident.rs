//! Ids as types of their own, so that a person's id cannot be given for an organisation's.

/// Defines a newtype over [`uuid::Uuid`] that can be an argument, a column, JSON, a part of a
/// path and a key of a map.
///
/// ```
/// kit::db::id_type!(
///     /// An organisation of the network.
///     OrganisationId
/// );
/// ```
#[macro_export]
#[doc(hidden)]
macro_rules! __db_id_type {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(pub $crate::db::reexport::Uuid);

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::db::reexport::UuidError;
            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                text.parse().map($name)
            }
        }

        impl ::std::convert::From<$crate::db::reexport::Uuid> for $name {
            fn from(id: $crate::db::reexport::Uuid) -> Self {
                $name(id)
            }
        }

        impl ::std::convert::From<$name> for $crate::db::reexport::Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl $crate::db::Bind for $name {
            const NULL: $crate::db::Val = $crate::db::Val::Id(None);
            fn bind(self) -> $crate::db::Val {
                $crate::db::Val::Id(Some(self.0))
            }
        }

        impl $crate::db::Col for $name {
            fn from_cell(cell: $crate::db::Cell<'_>) -> ::std::result::Result<Self, $crate::db::Mismatch> {
                <$crate::db::reexport::Uuid as $crate::db::Col>::from_cell(cell).map($name)
            }
        }

        impl $crate::db::reexport::Serialize for $name {
            fn serialize<S: $crate::db::reexport::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::db::reexport::Serialize::serialize(&self.0, serializer)
            }
        }

        impl<'de> $crate::db::reexport::Deserialize<'de> for $name {
            fn deserialize<D: $crate::db::reexport::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::db::reexport::Deserialize::deserialize(deserializer).map($name)
            }
        }
    };
}
pub use crate::__db_id_type as id_type;

id_type!(
    /// A network: the district's cooperation that one set of rows belongs to. Every `dist` table
    /// has it as its first key column, and no transaction spans two of them.
    NetworkId
);
