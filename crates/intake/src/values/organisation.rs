//! Names and kinds of educational organisations: «МОУ "Беловская СОШ Белгородского района"» is called
//! «Беловская СОШ» by everyone and is a general school.

use serde::Serialize;

use super::text::{capitalised, clean, fold_latin, is_letter, is_letter_or_digit, is_shouted};

/// What an organisation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationKind {
    /// Общеобразовательная.
    General,
    /// Дошкольная.
    Preschool,
    /// Дополнительного образования.
    Additional,
}

impl OrganisationKind {
    /// The code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Preschool => "preschool",
            Self::Additional => "additional",
        }
    }

    /// The kind that a cell «Тип» or an organisation's name speaks of.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = fold_latin(&clean(text)).to_lowercase();
        let words: Vec<&str> =
            text.split(|letter: char| !is_letter_or_digit(letter)).filter(|word| !word.is_empty()).collect();
        let begins = |stem: &str| words.iter().any(|word| word.starts_with(stem));
        let is = |names: &[&str]| words.iter().any(|word| names.contains(word));
        let in_turn = |first: &str, second: &str| {
            words.windows(2).any(|pair| matches!(pair, [one, two] if one.starts_with(first) && two.starts_with(second)))
        };
        // Additional first: «учреждение дополнительного образования» and «школа искусств» have words of others.
        if begins("дополнит")
            || in_turn("доп", "обр")
            || is(&["удо", "одо", "до", "дшис", "дюсш", "сюн", "сют", "цдт", "ддт", "дши", "сш"])
            || in_turn("станция", "юн")
            || in_turn("дом", "творч")
            || in_turn("детск", "творч")
            || in_turn("школа", "искусств")
            || (begins("спортивн") && is(&["школа", "центр"]))
        {
            return Some(Self::Additional);
        }
        if begins("дошкол")
            || in_turn("детск", "сад")
            || begins("детсад")
            || begins("доу")
            || is(&["доо", "мдоу", "мбдоу", "мадоу", "мкдоу", "дс", "цр", "црр"])
        {
            return Some(Self::Preschool);
        }
        let general = ["сош", "оош", "нош", "школа", "гимназия", "лицей", "оо", "моу", "мбоу", "маоу", "мкоу"];
        if begins("общеобр") || begins("гимнази") || begins("лице") || begins("кадетск") || is(&general)
        {
            return Some(Self::General);
        }
        None
    }
}

/// Legal forms in front of a name, in small letters; the longer first.
const LEGAL_FORMS: [&str; 29] = [
    "мбоу до",
    "маоу до",
    "мкоу до",
    "моу до",
    "мбу до",
    "мау до",
    "мку до",
    "гбу до",
    "му до",
    "мбудо",
    "маудо",
    "мудо",
    "мбдоу",
    "мадоу",
    "мкдоу",
    "мдоу",
    "гбоу",
    "огбоу",
    "огаоу",
    "гоу",
    "мбоу",
    "маоу",
    "мкоу",
    "моу",
    "чоу",
    "ноу",
    "ано до",
    "ано",
    "оу",
];

/// Words that a legal form spelt out is made of, by their beginnings.
const LEGAL_WORDS: [&str; 21] = [
    "муниципальн",
    "государственн",
    "областн",
    "частн",
    "негосударственн",
    "автономн",
    "бюджетн",
    "казенн",
    "казённ",
    "общеобразовательн",
    "образовательн",
    "дошкольн",
    "учреждени",
    "организаци",
    "дополнительного",
    "образования",
    "некоммерческ",
    "нетипов",
    "общеразвивающ",
    "для",
    "детей",
];

/// Spelt-out kinds of schools and what everyone writes instead.
const ABBREVIATIONS: [(&str, &str); 5] = [
    ("средняя общеобразовательная школа", "СОШ"),
    ("основная общеобразовательная школа", "ООШ"),
    ("начальная общеобразовательная школа", "НОШ"),
    ("средняя школа", "СШ"),
    ("детская школа искусств", "ДШИ"),
];

const SMALL_WORDS: [&str; 11] = ["гимназия", "лицей", "школа", "сад", "им.", "имени", "с.", "п.", "х.", "пгт", "демо"];
const CAPITALS: [&str; 14] =
    ["СОШ", "ООШ", "НОШ", "СШ", "ДШИ", "ДЮСШ", "ЦДТ", "ДДТ", "СЮН", "СЮТ", "УИОП", "МОУ", "ЦО", "РДШ"];

/// The usual short name: no legal form, no quotes around, no «Белгородского района» behind, `№2` as schools
/// write it and `№ 07` as kindergartens do, usual case.
#[must_use]
pub fn short_name(name: &str) -> String {
    let mut text = fold_latin(&clean(name));
    text = without_legal_form(&text).to_owned();
    text = without_outer_quotes(&text).to_owned();
    text = without_territory(&text).to_owned();
    text = abbreviated(&text);
    text = with_usual_numbers(&text);
    usual_case(&text)
}

fn without_legal_form(text: &str) -> &str {
    let lower = text.to_lowercase();
    for form in LEGAL_FORMS {
        if let Some(rest) = lower.strip_prefix(form)
            && rest.starts_with([' ', '"', '«', '“', '„'])
            && let Some(rest) = tail(text, rest)
        {
            return rest.trim_start();
        }
    }
    let mut rest = text;
    let mut words = 0;
    while let Some((word, after)) = rest.split_once(' ') {
        let word = word.to_lowercase();
        if !LEGAL_WORDS.iter().any(|known| word.starts_with(known)) {
            break;
        }
        rest = after;
        words += 1;
    }
    // «Дошкольное отделение …» begins with one such word and is no legal form.
    if words >= 2 { rest } else { text }
}

/// The end of `text` that has as many letters as `end`; lowering letters may change their length in bytes.
fn tail<'t>(text: &'t str, end: &str) -> Option<&'t str> {
    let skip = text.chars().count().checked_sub(end.chars().count())?;
    let at = text.char_indices().nth(skip).map_or(text.len(), |(at, _)| at);
    text.get(at..)
}

fn without_outer_quotes(text: &str) -> &str {
    let quotes = ['"', '«', '»', '“', '”', '„'];
    let Some(inner) = text.strip_prefix(['"', '«', '“', '„']) else {
        return text;
    };
    match inner.strip_suffix(['"', '»', '”']) {
        // «Школа «Умка»» closes both at once as often as not.
        Some(bare) if !bare.contains(quotes) => bare,
        Some(bare) if bare.matches(['«', '„']).count() == bare.matches(['»', '“']).count() => bare,
        Some(_) => inner,
        None => text,
    }
    .trim()
}

/// Cuts «Белгородского района», «Белгородского муниципального округа Белгородской области» from the end.
fn without_territory(text: &str) -> &str {
    let mut rest = text.trim_end();
    for (units, adjectives) in [(["области", "края"].as_slice(), 1), (["района", "округа"].as_slice(), 2)]
    {
        let Some((before, unit)) = rest.rsplit_once(' ') else {
            return rest;
        };
        if !units.contains(&unit.to_lowercase().as_str()) {
            continue;
        }
        let mut cut = before;
        for _ in 0..adjectives {
            let Some((before, adjective)) = cut.rsplit_once(' ') else {
                break;
            };
            let adjective = adjective.to_lowercase();
            if adjective.ends_with("ского")
                || adjective.ends_with("ской")
                || adjective.ends_with("цкого")
                || adjective == "муниципального"
                || adjective == "городского"
            {
                cut = before;
            } else {
                break;
            }
        }
        if cut != before {
            rest = cut;
        }
    }
    rest
}

fn abbreviated(text: &str) -> String {
    let lower = text.to_lowercase();
    for (long, short) in ABBREVIATIONS {
        // Letters of these names keep their length when lowered, so places agree.
        if let Some(at) = lower.find(long).filter(|_| lower.len() == text.len()) {
            let (before, from) = text.split_at_checked(at).unwrap_or((text, ""));
            return format!("{before}{short}{}", from.get(long.len()..).unwrap_or_default());
        }
    }
    text.to_owned()
}

fn with_usual_numbers(text: &str) -> String {
    let text = text.replace(" N ", " № ").replace(" N", " №");
    let Some((before, number)) = text.split_once('№') else {
        return text;
    };
    let numbered = number.trim_start();
    if !numbered.starts_with(|letter: char| letter.is_ascii_digit()) {
        return text;
    }
    let before = before.trim_end();
    let school = before.to_lowercase();
    let joined = ["сош", "оош", "нош", "сш", "гимназия", "лицей", "школа"].iter().any(|kind| school.ends_with(kind));
    format!("{before} №{}{numbered}", if joined { "" } else { " " })
}

fn usual_case(text: &str) -> String {
    let shouted = is_shouted(&text.chars().filter(|letter| is_letter(*letter)).collect::<String>());
    let small = !text.chars().any(char::is_uppercase);
    if !shouted && !small {
        return text.to_owned();
    }
    let words = text.split(' ').enumerate().map(|(place, word)| {
        let upper = word.to_uppercase();
        let lower = word.to_lowercase();
        if CAPITALS.contains(&upper.as_str()) {
            upper
        } else if place > 0 && (SMALL_WORDS.contains(&lower.as_str()) || !adjective_like(&lower)) {
            lower
        } else {
            capitalised(word)
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Names after a village: «Беловская», «Новосадовский».
fn adjective_like(word: &str) -> bool {
    word.ends_with("ская") || word.ends_with("ский") || word.ends_with("ское")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn short_names() {
        for (name, short) in [
            ("МОУ \"Беловская СОШ Белгородского района\"", "Беловская СОШ"),
            ("МОУ «Бессоновская СОШ»", "Бессоновская СОШ"),
            ("МОУ  \"БЕЛОВСКАЯ СОШ\"", "Беловская СОШ"),
            ("дубовская сош", "Дубовская СОШ"),
            ("Разуменская СОШ № 2", "Разуменская СОШ №2"),
            ("Разуменская СОШ N2", "Разуменская СОШ №2"),
            ("МОУ Северная СОШ №1", "Северная СОШ №1"),
            ("Детский сад (демо) № 07", "Детский сад (демо) № 07"),
            ("МУ ДО «Станция юных натуралистов»", "Станция юных натуралистов"),
            (
                "МУ ДО «Станция юных натуралистов Белгородского района Белгородской области»",
                "Станция юных натуралистов",
            ),
            (
                "Муниципальное общеобразовательное учреждение «Дубовская средняя общеобразовательная школа Белгородского района Белгородской области»",
                "Дубовская СОШ",
            ),
            (
                "Муниципальное общеобразовательное учреждение «Майская гимназия Белгородского района Белгородской области»",
                "Майская гимназия",
            ),
            ("МАОУ «Майская  гимназия»", "Майская гимназия"),
            ("МБОУ «Школа «Умка» Белгородского муниципального округа»", "Школа «Умка»"),
        ] {
            assert_eq!(short_name(name), short);
        }
    }

    #[test]
    fn kinds() {
        use OrganisationKind::{Additional, General, Preschool};
        for (text, kind) in [
            ("общеобразоват.", General),
            ("школа", General),
            ("СОШ", General),
            ("Общеобразовательная организация", General),
            ("МОУ «Майская гимназия»", General),
            ("дошкольная", Preschool),
            ("ДОО", Preschool),
            ("детский сад", Preschool),
            ("ДОУ", Preschool),
            ("МДОУ «Детский сад № 3»", Preschool),
            ("УДО", Additional),
            ("доп. образование", Additional),
            ("МУ ДО «Станция юных техников»", Additional),
            ("Детская школа искусств", Additional),
        ] {
            assert_eq!(OrganisationKind::parse(text), Some(kind), "{text}");
        }
        assert_eq!(OrganisationKind::parse("прочее"), None);
    }

    proptest! {
        #[test]
        fn a_short_name_is_its_own_short_name(
            form in prop::sample::select(vec!["", "МОУ ", "МБОУ ", "Муниципальное бюджетное общеобразовательное учреждение "]),
            name in "[А-Я][а-я]{3,9}ская (СОШ|гимназия)( № ?[0-9])?",
            place in prop::sample::select(vec!["", " Белгородского района", " Белгородского района Белгородской области"]),
        ) {
            let short = short_name(&format!("{form}«{name}{place}»"));
            prop_assert_eq!(short_name(&short), short.clone());
        }

        #[test]
        fn nothing_panics(text in ".{0,60}") {
            let _ = (short_name(&text), OrganisationKind::parse(&text));
        }
    }
}
