//! Whether two titles mean one event: a rule of our own that says why. Word order, endings, «ё»,
//! quotes, years and numbers («XV», «15-я») do not matter; usual abbreviations are read out. Pure.
use kit::text::name_key;
use std::collections::BTreeSet;

/// Why a line of a list may be the edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The name in quotes is the same.
    Quoted,
    /// The same words, whatever their order.
    Words,
    /// Most words are the same: this share of them, in percent.
    Near(u32),
}

impl Why {
    /// As it is stored and sent back: `quoted`, `words`, `near-82`.
    pub fn code(self) -> String {
        match self {
            Self::Quoted => "quoted".into(),
            Self::Words => "words".into(),
            Self::Near(share) => format!("near-{share}"),
        }
    }

    pub fn read(text: &str) -> Option<Self> {
        match text {
            "quoted" => Some(Self::Quoted),
            "words" => Some(Self::Words),
            other => other.strip_prefix("near-")?.parse().ok().filter(|share| *share <= 100).map(Self::Near),
        }
    }

    /// The more, the likelier.
    pub fn weight(self) -> u32 {
        match self {
            Self::Words => 200,
            Self::Quoted => 150,
            Self::Near(share) => share,
        }
    }
}

/// Below this share of common words nobody is asked.
const SHARE: usize = 70;
/// Letters of a word that count: the endings do not.
const STEM: usize = 6;

/// Words that say nothing of which event it is.
const EMPTY: [&str; 14] =
    ["и", "в", "на", "по", "для", "с", "среди", "имени", "им", "год", "года", "учебный", "демо", "этап"];

/// What is usually written short, and what it stands for.
const SHORT: [(&str, &str); 8] = [
    ("всош", "всероссийская олимпиада школьников"),
    ("вош", "всероссийская олимпиада школьников"),
    ("нпк", "научно практическая конференция"),
    ("всерос", "всероссийский"),
    ("межд", "международный"),
    ("рег", "региональный"),
    ("муниц", "муниципальный"),
    ("исслед", "исследовательский"),
];

/// A title made ready to be compared.
#[derive(Clone, Debug)]
pub struct Title {
    words: BTreeSet<String>,
    quoted: Option<String>,
}

impl Title {
    pub fn of(text: &str) -> Self {
        let key = name_key(text);
        let mut words = BTreeSet::new();
        for word in key.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            match SHORT.iter().find(|(short, _)| *short == word) {
                Some((_, long)) => words.extend(long.split(' ').filter_map(stem)),
                None => words.extend(stem(word)),
            }
        }
        Self { words, quoted: quoted(text) }
    }

    /// Why the other may mean the same event, if it may.
    pub fn may_be(&self, other: &Self) -> Option<Why> {
        if self.words.is_empty() || other.words.is_empty() {
            return None;
        }
        if self.words == other.words {
            return Some(Why::Words);
        }
        match (&self.quoted, &other.quoted) {
            (Some(one), Some(two)) if one == two => return Some(Why::Quoted),
            // Two different names are two events, however alike the rest is.
            (Some(_), Some(_)) => return None,
            _ => {}
        }
        let common = self.words.intersection(&other.words).count();
        let share = common * 200 / (self.words.len() + other.words.len());
        // One word in common is a subject, not an event.
        (common > 1 && share >= SHARE).then(|| Why::Near(u32::try_from(share).unwrap_or(100)))
    }
}

/// The beginning of a word that has a meaning; nothing for numbers, years and little words.
fn stem(word: &str) -> Option<String> {
    let roman = word.chars().all(|c| "ivxlcх".contains(c));
    let number = word.chars().any(|c| c.is_ascii_digit());
    if roman || number || EMPTY.contains(&word) || word == "я" || word == "й" {
        return None;
    }
    Some(word.chars().take(STEM).collect())
}

/// What stands in the quotes, letters and digits alone.
fn quoted(text: &str) -> Option<String> {
    let start = text.find(['«', '"', '“', '„'])?;
    let rest: String = text.get(start..)?.chars().skip(1).collect();
    let end = rest.find(['»', '"', '”', '“'])?;
    let name: String = name_key(rest.get(..end)?).chars().filter(|c| c.is_alphanumeric()).collect();
    (name.chars().count() >= 3).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(one: &str, other: &str) -> Option<Why> {
        Title::of(one).may_be(&Title::of(other))
    }

    #[test]
    fn titles_of_one_event_are_known_again() {
        assert_eq!(
            why("Олимпиада школьников по биологии", "XV олимпиада по биологии школьников 2026 года"),
            Some(Why::Words)
        );
        assert_eq!(why("ВсОШ по физике", "Всероссийская олимпиада школьников по физике"), Some(Why::Words));
        assert_eq!(
            why("Конкурс «Зелёная планета»", "Всероссийский экологический форум \"ЗЕЛЕНАЯ ПЛАНЕТА\""),
            Some(Why::Quoted)
        );
        assert!(matches!(
            why("Конкурс юных исследователей окружающей среды", "Региональный конкурс юных исследователей окружающей среды"),
            Some(Why::Near(share)) if share >= 70
        ));
    }

    #[test]
    fn different_events_are_left_apart() {
        assert_eq!(why("Конкурс «Шаг»", "Конкурс «Старт»"), None);
        assert_eq!(why("Олимпиада по физике", "Олимпиада по химии"), None);
        assert_eq!(why("Олимпиада", "Конкурс чтецов"), None);
        assert_eq!(why("", "2026"), None);
    }

    #[test]
    fn a_reason_is_read_back() {
        for why in [Why::Quoted, Why::Words, Why::Near(82)] {
            assert_eq!(Why::read(&why.code()), Some(why));
        }
        assert_eq!(Why::read("near-900"), None);
    }
}
