//! Values as people write them, and the one way in which they are stored. Every function here is pure, gives
//! `None` (or a small enum) for what cannot be read, and is idempotent: its outcome reads as itself.
//! The rules are those of the domain's validators.

pub mod class;
pub mod contact;
pub mod date;
pub mod event;
pub mod name;
pub mod organisation;
pub mod requisites;
pub mod text;

pub use class::{Class, Stage};
pub use date::DateFault;
pub use name::{Note, PersonName};
pub use organisation::OrganisationKind;
