//! Russian cases of what stands in official sentences: people («в лице Петровой Анны Сергеевны»), posts
//! («заместителя директора по учебной работе») and organisations («на базе Майской гимназии»).
//!
//! Rules, no dictionary of all words: what no rule knows stays as it is, and a person corrects it. Nothing
//! here is remembered; who uses it keeps the corrections.

mod names;
mod phrases;
mod rules;
#[cfg(test)]
mod tests;

pub use names::{Gender, gender, initials, person, surname_with_initials};
pub use phrases::phrase;

/// The six cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Case {
    /// Кто? что?
    Nominative,
    /// Кого? чего?
    Genitive,
    /// Кому? чему?
    Dative,
    /// Кого? что?
    Accusative,
    /// Кем? чем?
    Instrumental,
    /// О ком? о чём?
    Prepositional,
}

impl Case {
    /// Where its ending stands in a [`rules::Endings`]; the nominative has none.
    fn place(self) -> Option<usize> {
        (self as usize).checked_sub(1)
    }
}
