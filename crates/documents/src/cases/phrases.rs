//! Posts and organisations: adjectives and the head word change, what hangs on it does not.

use super::{
    Case,
    rules::{
        self, ADJECTIVES_OF_MEN, ADJECTIVES_OF_THINGS, ADJECTIVES_OF_WOMEN, FIRST_DECLENSION, MASCULINE, NEUTER, Rule,
    },
};

/// Gender of a head word, and for masculine ones whether it lives: «вижу директора», but «вижу центр».
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Man,
    Thing,
    Woman,
    Neuter,
}

/// Head words that are nouns.
const HEADS: &[(Kind, &[&str])] = &[
    (
        Kind::Man,
        &[
            "директор",
            "заместитель",
            "педагог",
            "воспитатель",
            "учитель",
            "преподаватель",
            "методист",
            "психолог",
            "логопед",
            "дефектолог",
            "организатор",
            "инструктор",
            "тренер",
            "руководитель",
            "начальник",
            "специалист",
            "координатор",
            "концертмейстер",
            "библиотекарь",
            "бухгалтер",
            "секретарь",
            "водитель",
            "инженер",
            "лаборант",
            "председатель",
            "помощник",
            "советник",
            "наставник",
            "вожатый",
            "консультант",
            "хормейстер",
            "балетмейстер",
            "завуч",
            "ректор",
            "доцент",
            "профессор",
            "мастер",
            "техник",
            "администратор",
            "куратор",
            "эксперт",
            "тьютор",
            "завхоз",
            "врач",
            "библиотекарь",
            "хореограф",
            "художник",
            "режиссёр",
            "социолог",
            "юрист",
            "программист",
        ],
    ),
    (Kind::Woman, &["медсестра", "сестра", "няня", "директриса"]),
    (
        Kind::Thing,
        &[
            "центр",
            "лицей",
            "сад",
            "дом",
            "дворец",
            "отдел",
            "комитет",
            "комплекс",
            "колледж",
            "институт",
            "клуб",
            "музей",
            "техникум",
            "филиал",
            "департамент",
            "университет",
            "кабинет",
            "лагерь",
            "технопарк",
            "кванториум",
            "планетарий",
            "театр",
            "парк",
        ],
    ),
    (
        Kind::Woman,
        &[
            "школа",
            "гимназия",
            "прогимназия",
            "станция",
            "организация",
            "академия",
            "библиотека",
            "администрация",
            "лаборатория",
            "мастерская",
            "студия",
            "служба",
            "сош",
            "оош",
            "нош",
            "дюсш",
            "сшор",
            "спортшкола",
        ],
    ),
    (
        Kind::Neuter,
        &["учреждение", "управление", "объединение", "отделение", "училище", "министерство", "общество", "агентство"],
    ),
];

/// Abbreviations that have a gender but no endings.
const ABBREVIATIONS: &[&str] = &["сош", "оош", "нош", "дюсш", "сшор"];

/// Head words that are adjectives: «заведующий», «исполняющий обязанности».
const LIKE_ADJECTIVES: &[&str] = &[
    "заведующий",
    "заведующая",
    "управляющий",
    "управляющая",
    "исполняющий",
    "исполняющая",
    "вожатый",
    "вожатая",
    "старший",
    "мастерская",
    "дежурный",
    "дежурная",
    "ответственный",
    "ответственная",
    "рабочий",
];

/// How far from the beginning a head word is looked for.
const FAR: usize = 6;

fn kind_of(word: &str) -> Option<Kind> {
    // «педагог-психолог» is what its first half is.
    let first = word.split('-').next().unwrap_or_default();
    HEADS.iter().find(|(_, heads)| heads.contains(&first)).map(|(kind, _)| *kind)
}

fn kind_of_adjective(word: &str) -> Kind {
    if word.ends_with("ая") || word.ends_with("яя") { Kind::Woman } else { Kind::Man }
}

fn put(word: &str, rules: &[Rule], kind: Kind, case: Case) -> String {
    // What does not live looks alike in both.
    if kind == Kind::Thing && case == Case::Accusative {
        return word.to_owned();
    }
    rules::apply(word, rules, case).unwrap_or_else(|| word.to_owned())
}

fn noun(word: &str, kind: Kind, case: Case) -> String {
    let decline = |half: &str| {
        let low = half.to_lowercase();
        if ABBREVIATIONS.contains(&low.as_str()) {
            return half.to_owned();
        }
        let kind = kind_of(&low).unwrap_or(kind);
        match kind {
            _ if LIKE_ADJECTIVES.contains(&low.as_str()) => adjective(half, kind_of_adjective(&low), case),
            Kind::Man | Kind::Thing => put(half, MASCULINE, kind, case),
            Kind::Woman => put(half, FIRST_DECLENSION, kind, case),
            Kind::Neuter => put(half, NEUTER, kind, case),
        }
    };
    word.split('-').map(decline).collect::<Vec<_>>().join("-")
}

fn adjective(word: &str, kind: Kind, case: Case) -> String {
    let rules = match kind {
        Kind::Man | Kind::Thing => ADJECTIVES_OF_MEN,
        Kind::Woman => ADJECTIVES_OF_WOMEN,
        Kind::Neuter => ADJECTIVES_OF_THINGS,
    };
    put(word, rules, kind, case)
}

/// A post or the name of an organisation in a case. Of «заместитель директора по учебной работе» only the
/// first word changes, of «Майская гимназия» both; quotes, numbers and abbreviations stay. What has no known
/// head word stays as it is.
#[must_use]
pub fn phrase(text: &str, case: Case) -> String {
    if case == Case::Nominative {
        return text.to_owned();
    }
    // «учитель химии, классный руководитель»: two posts.
    text.split(", ").map(|part| one(part, case)).collect::<Vec<_>>().join(", ")
}

fn one(text: &str, case: Case) -> String {
    // A no-break space stays where it was.
    let words: Vec<&str> = text.split(' ').collect();
    let low: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let before_quote = low.iter().position(|word| word.starts_with(['«', '"', '(', '№'])).unwrap_or(low.len());
    let near = low.iter().take(before_quote.min(FAR));
    let head = near.clone().enumerate().find_map(|(place, word)| {
        let word = word.split('\u{a0}').next().unwrap_or_default();
        let kind = kind_of(word).or_else(|| {
            let is_alone = LIKE_ADJECTIVES.contains(&word)
                && !low.iter().skip(place + 1).take(1).any(|next| kind_of(next).is_some());
            is_alone.then(|| kind_of_adjective(word))
        })?;
        Some((place, kind))
    });
    let Some((head, kind)) = head else { return text.to_owned() };
    let declined = words.iter().enumerate().map(|(place, word)| {
        if place > head {
            (*word).to_owned()
        } else if place == head {
            let (word, rest) = word.split_once('\u{a0}').map_or((*word, None), |(word, rest)| (word, Some(rest)));
            let word = noun(word, kind, case);
            rest.map_or(word.clone(), |rest| format!("{word}\u{a0}{rest}"))
        } else {
            adjective(word, kind, case)
        }
    });
    declined.collect::<Vec<_>>().join(" ")
}
