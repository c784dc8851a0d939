//! What is said about events and about results at them: levels, formats, stages, outcomes, documents,
//! the pedagogues who prepared.

use chrono::NaiveDate;

use super::date::{self, DateFault};
use super::name;
use super::text::{clean, fold_latin, is_letter, is_letter_or_digit};

/// The level of an event: `school` … `international`.
#[must_use]
pub fn level(text: &str) -> Option<&'static str> {
    stem_of(
        text,
        &[
            ("межмуниц", "intermunicipal"),
            ("межрайон", "intermunicipal"),
            ("межрег", "interregional"),
            ("междунар", "international"),
            ("всерос", "national"),
            ("федер", "national"),
            ("национал", "national"),
            ("регион", "regional"),
            ("рег", "regional"),
            ("област", "regional"),
            ("краев", "regional"),
            ("республ", "regional"),
            ("муниц", "municipal"),
            ("район", "municipal"),
            ("городск", "municipal"),
            ("окружн", "municipal"),
            ("школьн", "school"),
            ("внутришк", "school"),
            ("шк", "school"),
        ],
    )
}

/// How one takes part: `in_person`, `correspondence` or `distance`.
#[must_use]
pub fn format(text: &str) -> Option<&'static str> {
    let stems = [
        ("дистанц", "distance"),
        ("онлайн", "distance"),
        ("он-лайн", "distance"),
        ("online", "distance"),
        ("удален", "distance"),
        ("заочн", "correspondence"),
        ("очн", "in_person"),
    ];
    stem_of(text, &stems)
}

/// The stage of an event: `school municipal regional qualifying final`.
#[must_use]
pub fn stage(text: &str) -> Option<&'static str> {
    stem_of(
        text,
        &[
            ("отбороч", "qualifying"),
            ("полуфинал", "qualifying"),
            ("финал", "final"),
            ("заключ", "final"),
            ("школьн", "school"),
            ("муниц", "municipal"),
            ("регион", "regional"),
        ],
    )
}

fn stem_of(text: &str, stems: &[(&str, &'static str)]) -> Option<&'static str> {
    let text = clean(text).to_lowercase().replace('ё', "е");
    let mut words = text.split([' ', '.', ',', '(', ')', '/']).filter(|word| !word.is_empty());
    words.find_map(|word| stems.iter().find(|(stem, _)| word.starts_with(stem)).map(|(_, code)| *code))
}

/// What came out for a participant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// `winner prize_winner laureate diploma_holder participant no_show pending`.
    pub status: &'static str,
    /// Degree of the diploma, 1 to 3.
    pub degree: Option<u32>,
    /// Place.
    pub place: Option<u32>,
    /// What the status rests on: `stated place degree empty`.
    pub basis: &'static str,
}

impl Outcome {
    /// Reads a cell «Результат» and, where there is one, a cell «Степень». `None` when it cannot be told.
    #[must_use]
    pub fn parse(result: &str, degree_cell: &str) -> Option<Self> {
        let text = fold_latin(&clean(result)).to_lowercase().replace('ё', "е");
        let own_degree = degree(degree_cell);
        if text.is_empty() || text == "-" {
            return Some(match own_degree {
                Some(degree) => Self { status: by_rank(degree), degree: own_degree, place: None, basis: "degree" },
                None => Self { status: "pending", basis: "empty", ..Self::default() },
            });
        }
        let words: Vec<&str> = text.split([' ', ',', ';', '(', ')', '-']).filter(|word| !word.is_empty()).collect();
        let begins = |stem: &str| words.iter().any(|word| word.starts_with(stem));
        let place = if begins("место") || begins("мест") { rank_in(result) } else { None };
        let degree = own_degree.or_else(|| if begins("ст") { rank_in(result) } else { None });
        let stated = [
            (text.contains("н/я") || begins("неяв") || text.contains("не яв"), "no_show"),
            (begins("побед"), "winner"),
            (begins("призер"), "prize_winner"),
            (begins("лауреат"), "laureate"),
            (begins("дипломант"), "diploma_holder"),
            (begins("участ") || begins("сертификат"), "participant"),
        ];
        if let Some((_, status)) = stated.iter().find(|(holds, _)| *holds) {
            return Some(Self { status, degree, place, basis: "stated" });
        }
        if let Some(rank) = place {
            return Some(Self { status: by_rank(rank), degree, place, basis: "place" });
        }
        let rank = degree.filter(|_| own_degree.is_some() || begins("диплом") || begins("ст"))?;
        Some(Self { status: by_rank(rank), degree, place, basis: "degree" })
    }
}

const fn by_rank(rank: u32) -> &'static str {
    match rank {
        1 => "winner",
        2 | 3 => "prize_winner",
        _ => "participant",
    }
}

/// A degree from 1 to 3: `II`, `2 ст.`, `1 степень`, `1`.
fn degree(text: &str) -> Option<u32> {
    rank_in(text).filter(|rank| (1..=3).contains(rank))
}

/// The first number of a text, Roman or not. Roman ones come with Latin or Cyrillic letters.
fn rank_in(text: &str) -> Option<u32> {
    let text = clean(text).to_uppercase().replace('І', "I");
    text.split(|letter: char| !is_letter_or_digit(letter)).find_map(|word| match word {
        "I" => Some(1),
        "II" => Some(2),
        "III" => Some(3),
        "IV" => Some(4),
        "V" => Some(5),
        _ => {
            let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok().filter(|rank| (1..1000).contains(rank))
        }
    })
}

/// Somebody who prepared a participant, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pedagogue {
    /// Фамилия.
    pub last: Option<String>,
    /// `А.И.`
    pub initials: Option<String>,
    /// Имя, where written.
    pub first: Option<String>,
    /// Отчество, where written.
    pub patronymic: Option<String>,
}

/// All pedagogues of a cell, divided by commas, semicolons or lines.
#[must_use]
pub fn pedagogues(text: &str) -> Vec<Pedagogue> {
    text.split([',', ';', '\n', '\r']).filter(|part| part.chars().any(is_letter)).map(pedagogue).collect()
}

fn pedagogue(text: &str) -> Pedagogue {
    let text = fold_latin(&clean(text)).replace('.', ". ");
    let (initials, words): (Vec<&str>, Vec<&str>) = text
        .split(' ')
        .filter(|word| !word.is_empty())
        .partition(|word| word.trim_end_matches('.').chars().count() == 1);
    let joined = |letters: Vec<String>| Some(letters.concat()).filter(|text| !text.is_empty());
    let words = words.join(" ");
    if initials.is_empty()
        && let Ok(name) = name::full_name(&words)
    {
        let first_letters = [&name.first, &name.patronymic];
        let letters = first_letters.into_iter().flatten().filter_map(|part| part.chars().next());
        let initials = joined(letters.map(|letter| format!("{letter}.")).collect());
        return Pedagogue { last: name.last, initials, first: name.first, patronymic: name.patronymic };
    }
    let initials = initials.iter().map(|letter| format!("{}.", letter.trim_end_matches('.').to_uppercase()));
    let last = name::part(&words).ok();
    Pedagogue { last, initials: joined(initials.collect()), first: None, patronymic: None }
}

/// A diploma, a certificate, an order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// `diploma certificate order honour gratitude`.
    pub kind: Option<&'static str>,
    /// Series, `ДП`.
    pub series: Option<String>,
    /// Number with what belongs to it, `402-ОД`.
    pub number: Option<String>,
    /// Date.
    pub date: Option<NaiveDate>,
}

/// The document a cell speaks of; `None` when nothing is written there.
#[must_use]
pub fn document(text: &str, latest: NaiveDate) -> Option<Document> {
    let text = clean(text);
    if !text.chars().any(is_letter_or_digit) {
        return None;
    }
    let kinds = [
        ("диплом", "diploma"),
        ("сертификат", "certificate"),
        ("приказ", "order"),
        ("грамот", "honour"),
        ("благодар", "gratitude"),
    ];
    let (before, after) = text.split_once('№').unwrap_or((&text, ""));
    let series = before.split([' ', ',']).find(|word| {
        let letters = word.chars().count();
        (1..=4).contains(&letters) && word.chars().all(char::is_uppercase)
    });
    let number = after.split([' ', ',', ';']).find(|word| !word.is_empty());
    Some(Document {
        kind: stem_of(before, &kinds),
        series: series.map(str::to_owned),
        number: number.filter(|number| number.chars().any(|letter| letter.is_ascii_digit())).map(str::to_owned),
        date: date_within(&text, latest),
    })
}

/// The first date that stands somewhere in a text.
#[must_use]
pub fn date_within(text: &str, latest: NaiveDate) -> Option<NaiveDate> {
    let words: Vec<&str> = text.split([' ', ',', ';', '(', ')']).filter(|word| !word.is_empty()).collect();
    (0..words.len()).find_map(|start| {
        (1..=3).rev().find_map(|length| {
            let window = words.get(start..start + length)?.join(" ");
            // A bare number is no date here: it is the number of something.
            let divided = window.contains(['.', '/', '-', ' ']);
            date::parse(&window, latest).ok().filter(|_| divided)
        })
    })
}

/// The first and, where one is written, the last day: `12-14.03.2025`, `12.03.2025 - 14.03.2025`.
///
/// # Errors
/// A [`DateFault`] when there is no first day.
pub fn days(text: &str, latest: NaiveDate) -> Result<(NaiveDate, Option<NaiveDate>), DateFault> {
    let fault = match date::parse(text, latest) {
        Ok(day) => return Ok((day, None)),
        Err(fault) => fault,
    };
    let plain = clean(text).replace(['–', '—'], "-").replace(" по ", "-");
    let plain = plain.trim_start_matches("с ").trim_start_matches("С ");
    let Some((from, to)) = plain.split_once('-') else { return Err(fault) };
    let Ok(to) = date::parse(to, latest) else { return Err(fault) };
    let from = from.trim();
    let own = date::parse(from, latest).ok();
    let of_month = format!("{from}.{}", to.format("%m.%Y"));
    let of_year = format!("{from}.{}", to.format("%Y"));
    let from = own.or_else(|| date::parse(&of_month, latest).ok()).or_else(|| date::parse(&of_year, latest).ok());
    from.filter(|from| *from <= to).map(|from| (from, Some(to))).ok_or(fault)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn latest() -> NaiveDate {
        NaiveDate::from_ymd_opt(2030, 12, 31).unwrap()
    }

    #[test]
    fn levels_formats_stages() {
        for (text, code) in [
            ("шк.", "school"),
            ("внутришкольный", "school"),
            ("муниц.", "municipal"),
            ("районный", "municipal"),
            ("МУНИЦИПАЛЬНЫЙ", "municipal"),
            ("межмуниц.", "intermunicipal"),
            ("рег.", "regional"),
            ("регион", "regional"),
            ("областной", "regional"),
            ("межрегион.", "interregional"),
            ("всерос.", "national"),
            ("федеральный", "national"),
            ("междунар.", "international"),
            ("Международный уровень", "international"),
        ] {
            assert_eq!(level(text), Some(code), "{text}");
        }
        assert_eq!(level("высокий"), None);
        assert_eq!(format("Очная форма"), Some("in_person"));
        assert_eq!(format("заочно"), Some("correspondence"));
        assert_eq!(format("online"), Some("distance"));
        assert_eq!(format("см. положение"), None);
        assert_eq!(stage("заключит. этап"), Some("final"));
        assert_eq!(stage("отборочный тур"), Some("qualifying"));
    }

    #[test]
    fn outcomes() {
        let read =
            |text, degree| Outcome::parse(text, degree).map(|out| (out.status, out.degree, out.place, out.basis));
        assert_eq!(read("победитель", "I"), Some(("winner", Some(1), None, "stated")));
        assert_eq!(read("призер", "2 ст."), Some(("prize_winner", Some(2), None, "stated")));
        assert_eq!(read("Диплом II ст.", ""), Some(("prize_winner", Some(2), None, "degree")));
        assert_eq!(read("I степени", ""), Some(("winner", Some(1), None, "degree")));
        assert_eq!(read("III место", ""), Some(("prize_winner", None, Some(3), "place")));
        assert_eq!(read("лауреат 1 ст.", ""), Some(("laureate", Some(1), None, "stated")));
        assert_eq!(read("сертификат участника", ""), Some(("participant", None, None, "stated")));
        assert_eq!(read("Н/Я", ""), Some(("no_show", None, None, "stated")));
        assert_eq!(read("", ""), Some(("pending", None, None, "empty")));
        assert_eq!(read("5+", ""), None);
        assert_eq!(read("молодец!", ""), None);
    }

    #[test]
    fn people_documents_and_days() {
        let found = pedagogues("А.И. Снегоколосов\nМедополева Камилла Ивановна; Ясноручьёва Э. Ф.");
        let shown: Vec<String> = found
            .iter()
            .map(|one| format!("{} {}", one.last.clone().unwrap(), one.initials.clone().unwrap()))
            .collect();
        assert_eq!(shown, ["Снегоколосов А.И.", "Медополева К.И.", "Ясноручьёва Э.Ф."]);
        let paper = document("приказ № 402-ОД от 16.11.24", latest()).unwrap();
        assert_eq!((paper.kind, paper.number.as_deref()), (Some("order"), Some("402-ОД")));
        assert_eq!(paper.date.unwrap().to_string(), "2024-11-16");
        let paper = document("ДП № 000460, 28.03.2025", latest()).unwrap();
        assert_eq!((paper.kind, paper.series.as_deref(), paper.number.as_deref()), (None, Some("ДП"), Some("000460")));
        assert_eq!(
            document("Сертификат б/н", latest()).unwrap(),
            Document { kind: Some("certificate"), ..Document::default() }
        );
        let range = |text| days(text, latest()).map(|(from, to)| (from.to_string(), to.map(|to| to.to_string())));
        let expected = Ok(("2025-03-12".to_owned(), Some("2025-03-14".to_owned())));
        for text in ["12-14.03.2025", "12.03.2025 - 14.03.2025", "12.03-14.03.2025", "с 12 по 14.03.2025"] {
            assert_eq!(range(text), expected, "{text}");
        }
        assert_eq!(range("31.11.2024"), Err(DateFault::Impossible));
    }

    proptest! {
        #[test]
        fn nothing_panics(text in ".{0,40}") {
            let _ = (level(&text), format(&text), stage(&text), Outcome::parse(&text, &text));
            let _ = (pedagogues(&text), document(&text, latest()), days(&text, latest()));
        }
    }
}
