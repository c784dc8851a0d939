//! Names of people: usual case, Cyrillic, single spaces; ё as it was written.

use super::text::{capitalised, clean, fold_latin, has_latin, is_cyrillic, is_letter, is_shouted};

/// A name in its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonName {
    /// Фамилия.
    pub last: Option<String>,
    /// Имя.
    pub first: Option<String>,
    /// Отчество, for those who have one.
    pub patronymic: Option<String>,
}

/// Why a name cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameFault {
    /// Nothing there.
    Missing,
    /// A last name alone.
    Incomplete,
    /// Signs that no name has, or more words than a name.
    Bad,
}

/// What had to be cleaned in the writing of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Note {
    /// All capitals.
    Caps,
    /// All small letters.
    Lower,
    /// Latin letters inside.
    Latin,
    /// A doubled space.
    Double,
    /// A non-breaking space.
    Nbsp,
    /// A space before or after.
    Trailing,
}

impl Note {
    /// The code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Caps => "caps",
            Self::Lower => "lower",
            Self::Latin => "latin",
            Self::Double => "double",
            Self::Nbsp => "nbsp",
            Self::Trailing => "trailing",
        }
    }

    /// Everything that had to be cleaned in a writing.
    pub fn of(raw: &str) -> impl Iterator<Item = Self> + '_ {
        let has_letters = raw.chars().any(is_letter);
        let plain = raw.replace('\u{a0}', " ");
        let checks = [
            (Self::Caps, is_shouted(raw)),
            (Self::Lower, has_letters && !raw.chars().any(char::is_uppercase)),
            (Self::Latin, has_latin(raw)),
            (Self::Double, plain.trim().contains("  ")),
            (Self::Nbsp, raw.contains('\u{a0}')),
            (Self::Trailing, raw.trim_matches(' ') != raw),
        ];
        checks.into_iter().filter(|(_, holds)| *holds).map(|(note, _)| note)
    }
}

/// Words that end a patronymic of two words: «Намик оглы», «Тимур улы».
const SONS_AND_DAUGHTERS: [&str; 6] = ["оглы", "оглу", "кызы", "гызы", "улы", "уулу"];

/// One part of a name, cleaned. `None` when it is no name.
///
/// # Errors
/// [`NameFault::Missing`] for nothing, [`NameFault::Bad`] for signs that no name has.
pub fn part(raw: &str) -> Result<String, NameFault> {
    let text = fold_latin(&clean(raw)).replace(['–', '—', '‑'], "-");
    // A hyphen with spaces around is still one name: «Набросков - Демо».
    let text = text.replace(" - ", "-").replace("- ", "-").replace(" -", "-");
    let text = text.trim_matches(['-', '.', ',']).trim();
    if text.is_empty() {
        return Err(NameFault::Missing);
    }
    let good = text.chars().all(|letter| is_cyrillic(letter) || matches!(letter, '-' | ' ' | '\'' | '’'));
    if !good || text.chars().count() > 60 {
        return Err(NameFault::Bad);
    }
    let words = text.split(' ').map(|word| {
        if SONS_AND_DAUGHTERS.contains(&word.to_lowercase().as_str()) {
            word.to_lowercase()
        } else if word.chars().any(char::is_lowercase) && word.chars().next().is_some_and(char::is_uppercase) {
            mended(word)
        } else {
            capitalised(word)
        }
    });
    Ok(words.collect::<Vec<_>>().join(" "))
}

/// A word in mixed case: capitals stay where a name may have them (after a hyphen or an apostrophe).
fn mended(word: &str) -> String {
    let stray = word.chars().zip(word.chars().skip(1)).any(|(one, next)| is_letter(one) && next.is_uppercase());
    let small = word.split('-').any(|half| half.chars().next().is_some_and(char::is_lowercase));
    if stray || small { capitalised(word) } else { word.to_owned() }
}

/// A whole name in one cell: «Фамилия Имя Отчество», or «Имя Отчество Фамилия» when the second word is
/// plainly a patronymic and the third is not.
///
/// # Errors
/// A [`NameFault`]; with [`NameFault::Incomplete`] the last name is given as well.
pub fn full_name(raw: &str) -> Result<PersonName, (NameFault, PersonName)> {
    let none = PersonName::default;
    let text = part(raw).map_err(|fault| (fault, none()))?;
    let mut words: Vec<&str> = text.split(' ').collect();
    let mut patronymic = None;
    if words.len() >= 4 && words.last().is_some_and(|last| SONS_AND_DAUGHTERS.contains(last)) {
        let suffix = words.pop().unwrap_or_default();
        let father = words.pop().unwrap_or_default();
        patronymic = Some(format!("{father} {suffix}"));
    }
    let name = |last: &str, first: String, patronymic: Option<String>| PersonName {
        last: Some(last.to_owned()),
        first: Some(first),
        patronymic,
    };
    match words.as_slice() {
        [last] => Err((NameFault::Incomplete, PersonName { last: Some((*last).to_owned()), ..none() })),
        [last, first] => Ok(name(last, (*first).to_owned(), patronymic)),
        [first, middle, last] if patronymic.is_none() && is_patronymic(middle) && !is_patronymic(last) => {
            Ok(name(last, (*first).to_owned(), Some((*middle).to_owned())))
        }
        [last, first, middle] if patronymic.is_none() => {
            Ok(name(last, (*first).to_owned(), Some((*middle).to_owned())))
        }
        [last, one, two, middle] if patronymic.is_none() && is_patronymic(middle) => {
            Ok(name(last, format!("{one} {two}"), Some((*middle).to_owned())))
        }
        _ => Err((NameFault::Bad, none())),
    }
}

/// A family name with initials: «Демонов А. М.», «А.М. Демонов». The letters stand as «А.» and «М.»; `None`
/// for anything else.
#[must_use]
pub fn with_initials(raw: &str) -> Option<PersonName> {
    let text = fold_latin(&clean(raw)).replace('.', ". ");
    // Without a full stop a lone letter may be anything.
    if !text.contains('.') {
        return None;
    }
    let (mut letters, mut words) = (Vec::new(), Vec::new());
    for word in text.split_whitespace() {
        let mut letter = word.trim_end_matches('.').chars();
        match (letter.next(), letter.next()) {
            (Some(one), None) if is_cyrillic(one) && is_letter(one) => letters.push(format!("{}.", one.to_uppercase())),
            (None, _) => {}
            _ => words.push(word),
        }
    }
    let [last] = words.as_slice() else { return None };
    let mut letters = letters.into_iter();
    let (first, patronymic, more) = (letters.next()?, letters.next(), letters.next());
    (more.is_none() && !last.ends_with('.')).then_some(PersonName {
        last: Some(part(last).ok()?),
        first: Some(first),
        patronymic,
    })
}

/// Whether a word has the ending of a patronymic.
#[must_use]
pub fn is_patronymic(word: &str) -> bool {
    let word = word.to_lowercase();
    ["ович", "евич", "ич", "овна", "евна", "ична", "инична"].iter().any(|end| word.ends_with(end))
        && word.chars().count() > 4
}

/// Whether a text looks like a person's name: two to four capitalised Russian words.
#[must_use]
pub fn looks_like_name(raw: &str) -> bool {
    let text = clean(raw);
    let words = text.split(' ').filter(|word| !SONS_AND_DAUGHTERS.contains(word)).count();
    (2..=4).contains(&words)
        && full_name(&text).is_ok()
        && fold_latin(&text)
            .split(' ')
            .all(|word| SONS_AND_DAUGHTERS.contains(&word) || word.chars().next().is_some_and(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> (String, String, String) {
        let name = full_name(text).unwrap_or_else(|(fault, _)| panic!("{text}: {fault:?}"));
        (name.last.unwrap(), name.first.unwrap(), name.patronymic.unwrap_or_default())
    }

    fn triple(last: &str, first: &str, patronymic: &str) -> (String, String, String) {
        (last.into(), first.into(), patronymic.into())
    }

    #[test]
    fn whole_names() {
        assert_eq!(read("ЗВЁЗДОЗВОНОВ ГЛЕБ ЯНОВИЧ"), triple("Звёздозвонов", "Глеб", "Янович"));
        assert_eq!(read("Жёлтополев  Виктор Рашид оглы"), triple("Жёлтополев", "Виктор", "Рашид оглы"));
        assert_eq!(read("Егор Дмитриевич Выдумкин"), triple("Выдумкин", "Егор", "Дмитриевич"));
        assert_eq!(read("набросков-демо анна-мария"), triple("Набросков-Демо", "Анна-Мария", ""));
        assert_eq!(read("Свeтлopoщинa Mapия Ивaнoвнa"), triple("Светлорощина", "Мария", "Ивановна"));
        assert_eq!(read("Никитич Лев Никитич"), triple("Никитич", "Лев", "Никитич"));
    }

    #[test]
    fn what_is_no_name() {
        let fault = |text| full_name(text).unwrap_err().0;
        assert_eq!(fault(" "), NameFault::Missing);
        assert_eq!(fault("Тёмноручьёв"), NameFault::Incomplete);
        assert_eq!(fault("Иванов 2"), NameFault::Bad);
        assert_eq!(fault("Smith John"), NameFault::Bad);
    }

    #[test]
    fn a_family_name_with_initials() {
        let read = |text: &str| {
            let name = with_initials(text)?;
            Some(triple(&name.last?, &name.first?, &name.patronymic.unwrap_or_default()))
        };
        for text in ["Демонов А. М.", "Демонов А.М.", "ДЕМОНОВ А.\u{a0}М.", "А. М. Демонов", "Демонов  А.  М"]
        {
            assert_eq!(read(text), Some(triple("Демонов", "А.", "М.")), "{text}");
        }
        assert_eq!(read("Набросков-Демо Ё."), Some(triple("Набросков-Демо", "Ё.", "")));
        for text in ["Демонов Семён", "Демонов А", "Демонов А. М. Б.", "А. М.", "Демонов Ан. М.", "Демонов 2. М.", "."]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn what_had_to_be_cleaned() {
        let notes = |raw| Note::of(raw).map(Note::code).collect::<Vec<_>>();
        assert_eq!(notes("Петровна  "), ["trailing"]);
        assert_eq!(notes("Дымокрылов  Богдан"), ["double"]);
        assert_eq!(notes("Ивановна\u{a0}"), ["nbsp"]);
        assert_eq!(notes("ЯНОВНА"), ["caps"]);
        assert_eq!(notes("Mapия"), ["latin"]);
        assert_eq!(notes("Ян"), [""; 0]);
    }

    proptest! {
        #[test]
        fn a_part_reads_as_itself(raw in "[а-яёА-ЯЁa-zA-Z' \u{a0}-]{0,24}") {
            if let Ok(name) = part(&raw) {
                prop_assert_eq!(part(&name), Ok(name.clone()));
            }
        }

        #[test]
        fn nothing_panics(raw in ".{0,40}") {
            let _ = full_name(&raw);
            let _ = Note::of(&raw).count();
            let _ = looks_like_name(&raw);
            let _ = with_initials(&raw);
        }
    }
}
