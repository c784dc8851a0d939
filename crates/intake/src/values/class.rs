//! Classes of a school and groups of a kindergarten.

use serde::Serialize;

use super::text::{clean, cyrillic_look_alike, is_letter};

/// A class: `7 Б`, or `11` where there is only one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Class {
    /// 1 to 11.
    pub number: u8,
    /// A Russian capital, if the school has several.
    pub letter: Option<char>,
}

impl Class {
    /// Reads `7 Б`, `7б`, `7-Б`, `7 «Б»`, `7"Б"`, `7Б кл.`, `7 Б класс`, with a Latin letter as well.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = clean(text).to_uppercase();
        let text = text.trim_end_matches('.');
        let text = ["КЛАСС", "КЛ"].iter().fold(text, |text, word| text.strip_suffix(word).unwrap_or(text));
        let bare = text.chars().filter(|letter| !" -–—«»\"'“”„.".contains(*letter));
        let bare: Vec<char> = bare.map(|letter| cyrillic_look_alike(letter).unwrap_or(letter)).collect();
        let digits = bare.iter().take_while(|letter| letter.is_ascii_digit()).count();
        let (number, letter) = bare.split_at_checked(digits)?;
        let number: u8 = number.iter().collect::<String>().parse().ok()?;
        let letter = match letter {
            [] => None,
            [letter @ 'А'..='Я'] if !matches!(letter, 'Ъ' | 'Ы' | 'Ь') => Some(*letter),
            _ => return None,
        };
        (1..=11).contains(&number).then_some(Self { number, letter })
    }
}

impl std::fmt::Display for Class {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.letter {
            Some(letter) => write!(f, "{} {letter}", self.number),
            None => write!(f, "{}", self.number),
        }
    }
}

/// The stage of a kindergarten group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Подготовительная, 6-7 years.
    Preparatory,
    /// Старшая, 5-6.
    Senior,
    /// Средняя, 4-5.
    Middle,
    /// Младшая, 1.5-4.
    Junior,
}

impl Stage {
    /// The stage a group's name speaks of: «Старшая группа «Гномики»», «мл. гр.».
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = clean(text).to_lowercase();
        text.split(|letter: char| !is_letter(letter)).find_map(|word| match word {
            _ if word.starts_with("подг") => Some(Self::Preparatory),
            _ if word.starts_with("старш") || word == "ст" => Some(Self::Senior),
            _ if word.starts_with("средн") || word == "ср" => Some(Self::Middle),
            _ if word.starts_with("младш") || word == "мл" || word.starts_with("ясел") => Some(Self::Junior),
            _ => None,
        })
    }

    /// The code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Preparatory => "preparatory",
            Self::Senior => "senior",
            Self::Middle => "middle",
            Self::Junior => "junior",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn many_writings_of_one_class() {
        let class = Class { number: 7, letter: Some('Б') };
        for text in ["7 Б", "7б", "7-Б", "7 «Б»", "7\"Б\"", "7б кл.", "7 Б класс", "7\u{a0}Б", "7 «Б» класс"]
        {
            assert_eq!(Class::parse(text), Some(class), "{text}");
        }
        assert_eq!(Class::parse("5 A"), Some(Class { number: 5, letter: Some('А') }));
        assert_eq!(Class::parse("11"), Some(Class { number: 11, letter: None }));
        for text in ["12 А", "0", "?", "3 Ъ1", "14", "", "А", "7 АБ"] {
            assert_eq!(Class::parse(text), None, "{text}");
        }
    }

    #[test]
    fn stages_of_groups() {
        assert_eq!(Stage::parse("подготовительная группа"), Some(Stage::Preparatory));
        assert_eq!(Stage::parse("Старшая группа «Гномики»"), Some(Stage::Senior));
        assert_eq!(Stage::parse("мл. гр."), Some(Stage::Junior));
        assert_eq!(Stage::parse("2-я ср. группа"), Some(Stage::Middle));
        assert_eq!(Stage::parse("Гномики"), None);
    }

    proptest! {
        #[test]
        fn a_class_reads_as_itself(text in "[0-9]{0,2}[ «\"-]{0,2}[а-яА-Яa-z]{0,2}") {
            if let Some(class) = Class::parse(&text) {
                prop_assert_eq!(Class::parse(&class.to_string()), Some(class));
            }
        }
    }
}
