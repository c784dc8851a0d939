//! What the words around a table say of it: for which years it is, and whose children are meant. Pure.
use super::model::Whom;
use crate::{figures::years_problem, shell::AcademicYear};

/// Most years that a blank may ask for at once.
pub const MOST_YEARS: i64 = 30;

/// The years that a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Years {
    pub from: AcademicYear,
    pub to: AcademicYear,
    /// The text speaks of calendar years: those are the academic years that ended in them.
    pub is_calendar: bool,
}

/// The first of these texts that names years, and what it names.
pub fn first_years<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<Years> {
    texts.into_iter().find_map(years)
}

/// The first of these texts that says whose children are meant, and whose.
pub fn first_whom<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<Whom> {
    texts.into_iter().find_map(whom)
}

/// «за 2016-2017 учебный год», «2014/15 и 2015/16 уч. г.», «2017 год». Dates and numbers of documents
/// name no years.
pub fn years(text: &str) -> Option<Years> {
    let words = words(text);
    let near = |at: usize| words.get(at).map_or("", String::as_str);
    let (mut academic, mut calendar): (Vec<AcademicYear>, Vec<AcademicYear>) = (Vec::new(), Vec::new());
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", near);
        if before.ends_with('№') || is_month(before) {
            continue;
        }
        let next = near(at + 1);
        let (is_academic, is_year) = (next.starts_with("уч"), next.starts_with("год") || matches!(next, "г" | "гг"));
        let core = core(word);
        let Some((first, last)) = core.split_once(['-', '/']) else {
            let year = core.parse::<i64>().ok().filter(|_| core.len() == 4 && core.len() == word.len());
            if let Some(year) = year.filter(|_| is_academic || is_year) {
                let (of, ended) = (if is_academic { &mut academic } else { &mut calendar }, i64::from(is_year));
                of.extend(known(year - ended));
            }
            continue;
        };
        let short = if core.len() == 5 && is_academic { format!("20{core}") } else { core.to_owned() };
        match (short.parse::<AcademicYear>(), first.parse::<i64>(), last.parse::<i64>()) {
            (Ok(year), _, _) => academic.push(year),
            // «2014-2017 учебные годы» are three, «2015-2017 годы» are those that ended in them.
            (_, Ok(from), Ok(to)) if from < to && is_academic => {
                academic.extend([from, to - 1].map(known).iter().flatten());
            }
            (_, Ok(from), Ok(to)) if from < to && is_year => {
                calendar.extend([from - 1, to - 1].map(known).iter().flatten());
            }
            _ => {}
        }
    }
    let is_calendar = academic.is_empty();
    let all = if is_calendar { calendar } else { academic };
    let (from, to) = (all.iter().min().copied()?, all.iter().max().copied()?);
    years_problem(from, to, MOST_YEARS).is_none().then_some(Years { from, to, is_calendar })
}

fn known(year: i64) -> Option<AcademicYear> {
    year.to_string().parse().ok()
}

/// Small words without the marks around them; years with a dash between them are one.
fn words(text: &str) -> Vec<String> {
    let text = text.replace(['–', '—', '−', '‑'], "-").to_lowercase().replace('ё', "е");
    let mut words: Vec<String> = Vec::new();
    let mut joins = false;
    for word in text.split_whitespace() {
        let is_dash = matches!(word, "-" | "/");
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '№' | '-' | '/'));
        let is_year = word.starts_with(|c: char| c.is_ascii_digit());
        match words.last_mut() {
            Some(last)
                if (is_dash || (joins && is_year))
                    && last.ends_with(|c: char| c.is_ascii_digit() || c == '-' || c == '/') =>
            {
                last.push_str(word);
            }
            _ if word.is_empty() => {}
            _ => words.push(word.to_owned()),
        }
        joins = is_dash;
    }
    words
}

/// The digits that a word begins with, and those tied to them: «2016-2017гг» is `2016-2017`.
fn core(word: &str) -> &str {
    let end = word.find(|c: char| !(c.is_ascii_digit() || c == '-' || c == '/')).unwrap_or(word.len());
    word.get(..end).unwrap_or_default().trim_end_matches(['-', '/'])
}

fn is_month(word: &str) -> bool {
    const STEMS: [&str; 11] =
        ["январ", "феврал", "март", "апрел", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"];
    matches!(word, "май" | "мая" | "мае") || STEMS.iter().any(|stem| word.starts_with(stem))
}

/// «Воспитанники Центра» are its members; «район», «муниципалитет» is everybody; «наименование ОО» is the
/// organisation that answers.
pub fn whom(text: &str) -> Option<Whom> {
    // Other centres than the network's: their names go on so.
    const OTHER: [&str; 10] =
        ["образован", "развит", "оцен", "дополнит", "детск", "творч", "выявл", "занят", "помощ", "психол"];
    // «район», «в округе», but not «районный» and «городской»: these are levels.
    let is_land = |word: &str| {
        let rest = ["район", "округ", "город"].iter().find_map(|stem| word.strip_prefix(stem));
        rest.is_some_and(|ending| matches!(ending, "" | "а" | "у" | "е" | "ом"))
    };
    let words = words(text);
    let next = |at: usize| words.get(at + 1).map_or("", String::as_str);
    let is_centre = |(at, word): (usize, &String)| {
        let is_noun = matches!(word.as_str(), "центр" | "центра" | "центру" | "центре" | "центром");
        is_noun && !OTHER.iter().any(|stem| next(at).starts_with(stem))
    };
    let is_all = |(at, word): (usize, &String)| {
        is_land(word)
            || matches!(word.as_str(), "муо" | "сеть" | "сети")
            || word.starts_with("муниципалитет")
            || (word.starts_with("муниципальн") && next(at).starts_with("образован"))
    };
    let is_own = |(at, word): (usize, &String)| {
        let names =
            |word: &str| matches!(word, "оо" | "оу" | "школы" | "школе" | "организации" | "учреждения" | "учреждении");
        (word.starts_with("наименовани") || word.starts_with("названи") || matches!(word.as_str(), "по" | "в"))
            && (names(next(at)) || (next(at).starts_with("образовательн") && names(next(at + 1))))
    };
    let has = |is: &dyn Fn((usize, &String)) -> bool| words.iter().enumerate().any(is);
    match () {
        () if has(&is_centre) => Some(Whom::Centre),
        () if has(&is_all) => Some(Whom::All),
        () if has(&is_own) => Some(Whom::Own),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Option<(i64, i64, bool)> {
        years(text).map(|y| (y.from.0, y.to.0, y.is_calendar))
    }

    #[test]
    fn years_are_read_as_people_write_them() {
        for text in [
            "Сведения о победителях за 2016-2017 учебный год",
            "итоги 2016/17 уч. г.",
            "за 2016 – 2017 уч.год",
            "(2016/2017)",
            "16/17 уч. г.",
            "2016—2017гг.",
            "за\u{a0}2016\u{a0}-\u{a0}2017 учебный год",
        ] {
            assert_eq!(named(text), Some((2016, 2016, false)), "{text}");
        }
        assert_eq!(named("за 2014-2015 и 2015-2016 учебные годы"), Some((2014, 2015, false)));
        assert_eq!(named("за 2014-2017 учебные годы"), Some((2014, 2016, false)));
        assert_eq!(named("Отчёт за 2017 год"), Some((2016, 2016, true)));
        assert_eq!(named("за 2015-2017 годы"), Some((2014, 2016, true)));
        assert_eq!(named("за 2016-2017 учебный год, приказ 2015 года"), Some((2016, 2016, false)));
    }

    #[test]
    fn dates_and_numbers_name_no_year() {
        for text in [
            "",
            "Письмо от 12.11.2026 № 9-09/14",
            "от 12 ноября 2026 г. № 2016/17-п",
            "по состоянию на 1 мая 2017 года",
            "тел. 2016-2017-11",
            "2017 победителей",
            "за 1990-2100 учебные годы",
            "- / –",
        ] {
            assert_eq!(named(text), None, "{text}");
        }
    }

    #[test]
    fn words_say_whose_children_are_meant() {
        assert_eq!(whom("Результаты воспитанников Центра"), Some(Whom::Centre));
        assert_eq!(whom("Сведения об одарённых детях Белгородского района"), Some(Whom::All));
        assert_eq!(whom("по муниципалитету"), Some(Whom::All));
        assert_eq!(whom("Наименование ОО: ______"), Some(Whom::Own));
        assert_eq!(whom("(наименование образовательной организации)"), Some(Whom::Own));
        for text in
            ["", "Школа", "Центр образования № 1", "районный конкурс", "муниципальный уровень", "в организациях"]
        {
            assert_eq!(whom(text), None, "{text}");
        }
    }
}
