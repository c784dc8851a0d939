//! People: surname, given name, patronymic.

use super::{
    Case,
    rules::{
        self, CONSONANT, FIRST_DECLENSION, NAMES_OF_MEN, NAMES_OF_WOMEN, PATRONYMICS, Rule, SHORT_SURNAMES_OF_MEN,
        SURNAMES_OF_MEN, SURNAMES_OF_WOMEN, syllables,
    },
};

/// By which a name is declined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    Masculine,
    Feminine,
}

use Gender::{Feminine, Masculine};

/// Men's names that look like women's.
const MEN_IN_A: &[&str] = &[
    "илья",
    "никита",
    "фома",
    "кузьма",
    "лука",
    "савва",
    "данила",
    "гаврила",
    "добрыня",
    "мустафа",
    "муса",
    "иса",
    "данила",
    "ерёма",
    "сава",
    "лёва",
    "петя",
    "ваня",
    "миша",
    "гриша",
    "паша",
    "коля",
    "витя",
    "дима",
    "юра",
];
/// Names of either: nothing is told by them.
const OF_EITHER: &[&str] = &["саша", "женя", "валя", "шура", "слава"];
const MEN_IN_SOFT: &[&str] = &[
    "игорь",
    "лазарь",
    "цезарь",
    "эмиль",
    "камиль",
    "равиль",
    "шамиль",
    "наиль",
    "рамиль",
    "исмаиль",
    "даниэль",
    "рафаэль",
    "габриэль",
    "кириль",
    "олесь",
    "василь",
];
const WOMEN_IN_CONSONANT: &[&str] = &["эстер", "ирэн", "кармен", "элен", "маргарет", "элизабет", "гульназ", "айназ"];
/// First halves of surnames that are no surname of their own.
const STIFF_HALVES: &[&str] = &["бонч", "тер", "дер", "сан", "нур", "эль", "аль", "ибн"];

/// The parts of a name as it is written.
#[derive(Debug, Default)]
struct Parts<'a> {
    surname: Option<&'a str>,
    name: Option<&'a str>,
    patronymic: Option<&'a str>,
}

fn is_initial(word: &str) -> bool {
    word.ends_with('.') || word.chars().count() == 1
}

fn is_patronymic(word: &str) -> bool {
    let low = word.to_lowercase();
    ["вич", "ьич", "мич", "кич", "тич", "вич", "вна", "ична", "инична"].iter().any(|end| low.ends_with(end))
        && syllables(word) >= 2
}

/// «оглы», «кызы» and the like say whose child, and do not change.
fn particle(word: &str) -> Option<Gender> {
    match word.to_lowercase().as_str() {
        "оглы" | "оглу" | "улы" | "уулу" => Some(Masculine),
        "кызы" | "кизи" | "гызы" => Some(Feminine),
        _ => None,
    }
}

fn parts(full: &str) -> Parts<'_> {
    let words: Vec<&str> = full.split_whitespace().collect();
    match words.as_slice() {
        [surname] => Parts { surname: Some(surname), ..Parts::default() },
        [first, .., surname] if is_initial(first) => Parts { surname: Some(surname), ..Parts::default() },
        [surname, initial, ..] if is_initial(initial) => Parts { surname: Some(surname), ..Parts::default() },
        [name, patronymic] if is_patronymic(patronymic) && !looks_like_surname(name) => {
            Parts { name: Some(name), patronymic: Some(patronymic), ..Parts::default() }
        }
        [name, patronymic, surname] if is_patronymic(patronymic) && !is_patronymic(surname) => {
            Parts { surname: Some(surname), name: Some(name), patronymic: Some(patronymic) }
        }
        [surname, name, rest @ ..] => Parts {
            surname: Some(surname),
            name: Some(name),
            // With «оглы» the father's name before it stays as it is.
            patronymic: rest.first().copied().filter(|word| is_patronymic(word) && rest.len() == 1),
        },
        [] => Parts::default(),
    }
}

fn looks_like_surname(word: &str) -> bool {
    let low = word.to_lowercase();
    ["ова", "ева", "ёва", "ов", "ев", "ёв", "ский", "ская", "цкий", "цкая", "ин", "ко", "ых"]
        .iter()
        .any(|end| low.ends_with(end))
        && !["константин", "валентин", "мартин", "вениамин", "августин", "эдвин"].contains(&low.as_str())
}

/// Whether the name is a man's or a woman's: by the patronymic, by the given name, by the surname. `None`
/// when nothing tells.
#[must_use]
pub fn gender(full: &str) -> Option<Gender> {
    if let Some(gender) = full.split_whitespace().find_map(particle) {
        return Some(gender);
    }
    let parts = parts(full);
    parts
        .patronymic
        .and_then(|word| by_ending(word, &["ич"], &["на"]))
        .or_else(|| parts.name.and_then(by_name))
        .or_else(|| parts.surname.and_then(by_surname))
}

fn by_ending(word: &str, men: &[&str], women: &[&str]) -> Option<Gender> {
    let low = word.to_lowercase();
    let ends = |all: &[&str]| all.iter().any(|end| low.ends_with(end));
    if ends(women) { Some(Feminine) } else { ends(men).then_some(Masculine) }
}

fn by_name(name: &str) -> Option<Gender> {
    let low = name.to_lowercase();
    let is_of = |all: &[&str]| all.contains(&low.as_str());
    if is_of(OF_EITHER) {
        None
    } else if is_of(MEN_IN_A) || is_of(MEN_IN_SOFT) {
        Some(Masculine)
    } else if is_of(WOMEN_IN_CONSONANT) || low == "любовь" || low.ends_with(['а', 'я']) {
        Some(Feminine)
    } else if low.ends_with(|letter: char| "бвгджзклмнпрстфхцчшщй".contains(letter)) {
        Some(Masculine)
    } else {
        None
    }
}

fn by_surname(surname: &str) -> Option<Gender> {
    by_ending(
        surname,
        &["ов", "ев", "ёв", "ский", "цкий", "ин", "ын"],
        &["ова", "ева", "ёва", "ская", "цкая", "ина", "ына"],
    )
}

/// A name in a case: «Фамилия Имя Отчество», «Фамилия И. О.», «И. О. Фамилия», «Имя Отчество». Where the
/// gender cannot be told the name stays as it is.
#[must_use]
pub fn person(full: &str, case: Case) -> String {
    let Some(gender) = gender(full) else { return full.to_owned() };
    let parts = parts(full);
    let decline = |word: &str| {
        if parts.surname == Some(word) {
            by_halves(word, &|half, is_last| surname(half, gender, is_last, case))
        } else if parts.name == Some(word) {
            by_halves(word, &|half, _| given(half, gender, case))
        } else if parts.patronymic == Some(word) {
            rules::apply(word, PATRONYMICS, case).unwrap_or_else(|| word.to_owned())
        } else {
            word.to_owned()
        }
    };
    full.split_whitespace().map(decline).collect::<Vec<_>>().join(" ")
}

fn by_halves(word: &str, decline: &dyn Fn(&str, bool) -> String) -> String {
    let halves: Vec<&str> = word.split('-').collect();
    let last = halves.len().saturating_sub(1);
    halves.iter().enumerate().map(|(place, half)| decline(half, place == last)).collect::<Vec<_>>().join("-")
}

fn surname(word: &str, gender: Gender, is_last: bool, case: Case) -> String {
    if !is_last && STIFF_HALVES.contains(&word.to_lowercase().as_str()) {
        return word.to_owned();
    }
    let tables: &[&[Rule]] = match gender {
        Masculine if syllables(word) == 1 => &[SHORT_SURNAMES_OF_MEN, SURNAMES_OF_MEN, FIRST_DECLENSION, &[CONSONANT]],
        Masculine => &[SURNAMES_OF_MEN, FIRST_DECLENSION, &[CONSONANT]],
        // Of a consonant, a woman's surname does not change.
        Feminine => &[SURNAMES_OF_WOMEN, FIRST_DECLENSION],
    };
    first_of(word, tables, case)
}

fn given(word: &str, gender: Gender, case: Case) -> String {
    let tables: &[&[Rule]] = match gender {
        Masculine => &[NAMES_OF_MEN, FIRST_DECLENSION, &[CONSONANT]],
        Feminine => &[NAMES_OF_WOMEN, FIRST_DECLENSION],
    };
    first_of(word, tables, case)
}

fn first_of(word: &str, tables: &[&[Rule]], case: Case) -> String {
    let is_russian = word.chars().all(|letter| matches!(letter, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё' | '’' | '\''));
    let declined = tables.iter().find_map(|rules| rules::apply(word, rules, case));
    declined.filter(|_| is_russian).unwrap_or_else(|| word.to_owned())
}

/// «А. С. Петрова», as under a signature, of «Петрова Анна Сергеевна».
#[must_use]
pub fn initials(full: &str) -> String {
    let (letters, surname) = shortened(full);
    if letters.is_empty() { surname } else { format!("{letters}\u{a0}{surname}") }
}

/// «Петровой А. С.», as of an addressee.
#[must_use]
pub fn surname_with_initials(full: &str, case: Case) -> String {
    let (letters, surname) = shortened(&person(full, case));
    if letters.is_empty() { surname } else { format!("{surname}\u{a0}{letters}") }
}

fn shortened(full: &str) -> (String, String) {
    let parts = parts(full);
    let surname = parts.surname.unwrap_or_default();
    let letters: Vec<String> = full
        .split_whitespace()
        .filter(|word| *word != surname && particle(word).is_none())
        .flat_map(|word| if is_initial(word) { word.split_inclusive('.').collect() } else { vec![word] })
        .filter_map(|word| word.chars().next().map(|letter| format!("{letter}.")))
        .take(2)
        .collect();
    (letters.join("\u{a0}"), surname.to_owned())
}
