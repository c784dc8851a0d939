//! Events by their titles: the title of a protocol, and titles that mean the same event.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::reading::{EventGroup, SheetReading};
use crate::value::Value;
use crate::values::event::{date_within, format, level, stage};
use crate::values::text::{clean, is_letter_or_digit, name_key};

/// What events are called, as titles of protocols have it (genitive) and as they are named.
const NOUNS: [(&str, &str); 16] = [
    ("олимпиады", "олимпиада"),
    ("конкурса", "конкурс"),
    ("конференции", "конференция"),
    ("фестиваля", "фестиваль"),
    ("соревнований", "соревнования"),
    ("первенства", "первенство"),
    ("чемпионата", "чемпионат"),
    ("турнира", "турнир"),
    ("чтений", "чтения"),
    ("выставки", "выставка"),
    ("викторины", "викторина"),
    ("марафона", "марафон"),
    ("форума", "форум"),
    ("слёта", "слёт"),
    ("акции", "акция"),
    ("игры", "игра"),
];

/// Subjects after «по».
const SUBJECTS: [(&str, &str); 24] = [
    ("биологии", "биология"),
    ("математике", "математика"),
    ("физике", "физика"),
    ("химии", "химия"),
    ("географии", "география"),
    ("истории", "история"),
    ("обществознанию", "обществознание"),
    ("русскому языку", "русский язык"),
    ("литературе", "литература"),
    ("английскому языку", "английский язык"),
    ("немецкому языку", "немецкий язык"),
    ("французскому языку", "французский язык"),
    ("информатике", "информатика"),
    ("экологии", "экология"),
    ("экономике", "экономика"),
    ("праву", "право"),
    ("астрономии", "астрономия"),
    ("физической культуре", "физическая культура"),
    ("технологии", "технология"),
    ("обж", "ОБЖ"),
    ("искусству", "искусство"),
    ("краеведению", "краеведение"),
    ("робототехнике", "робототехника"),
    ("шахматам", "шахматы"),
];

/// What the titles above a protocol say: event, level, format, stage, subject, date.
pub(super) fn from_titles(titles: &[String], latest: NaiveDate) -> Vec<(&'static str, Value)> {
    let Some(line) = titles.iter().find(|line| has_noun(line)) else { return Vec::new() };
    let Some(title) = nominative(line) else { return Vec::new() };
    let lower = line.to_lowercase();
    let mut found = vec![("event", Value::text(title))];
    let mut add = |name, value: Option<&str>| found.extend(value.map(|value| (name, Value::text(value))));
    add("level", level(line));
    // «Форма: очная» may stand on the line of the date.
    let after_form = |line: &String| line.to_lowercase().split_once("форм").and_then(|(_, rest)| format(rest));
    add("format", titles.iter().find_map(after_form).or_else(|| format(line)));
    add("stage", if lower.contains("этап") || lower.contains("тур") { stage(line) } else { None });
    let subject =
        lower.split_once(" по ").and_then(|(_, rest)| SUBJECTS.iter().find(|(dative, _)| rest.starts_with(dative)));
    add("subject", subject.map(|(_, name)| *name));
    if let Some(day) = titles.iter().find_map(|line| date_within(&line.replace(':', " "), latest)) {
        found.push(("date", Value::Date(day)));
    }
    found.push(("from", Value::text("title")));
    found
}

fn has_noun(line: &str) -> bool {
    let lower = line.to_lowercase();
    lower.split(' ').any(|word| NOUNS.iter().any(|(genitive, name)| word == *genitive || word == *name))
}

/// «ПРОТОКОЛ муниципального этапа олимпиады» is about the «Муниципальный этап олимпиады».
fn nominative(line: &str) -> Option<String> {
    let mut words: Vec<String> = clean(line).split(' ').map(str::to_owned).collect();
    while words.first().is_some_and(|word| {
        ["протокол", "результаты", "итоги", "список", "участников"].contains(&word.to_lowercase().as_str())
    }) {
        words.remove(0);
    }
    for word in &mut words {
        let lower = word.to_lowercase();
        if let Some((_, name)) = NOUNS.iter().find(|(genitive, _)| *genitive == lower) {
            (*name).clone_into(word);
            break;
        }
        if lower == "этапа" || lower == "тура" {
            word.truncate(word.len() - 'а'.len_utf8());
            break;
        }
        let Some(bare) = lower.strip_suffix("ого") else { break };
        // «муниципального» is hard-stemmed, «всероссийского» and «городского» are not all: к and г take «ий».
        let end = if bare.ends_with(['к', 'г', 'х']) { "ий" } else { "ый" };
        *word = format!("{bare}{end}");
    }
    let first = words.first_mut()?;
    let mut letters = first.chars();
    let large: String = letters.next()?.to_uppercase().chain(letters).collect();
    *first = large;
    Some(words.join(" "))
}

/// What all titles of one event have in common: the name in quotes, else all words but those of level and
/// form; without what stands in brackets, spaces and signs.
pub(super) fn key(title: &str) -> String {
    let quoted: String = {
        let mut depth = 0;
        let mut inside = String::new();
        for letter in title.chars() {
            match letter {
                '«' | '„' => depth += 1,
                '»' | '”' => depth -= 1,
                '"' | '“' => depth = i32::from(depth == 0),
                _ if depth > 0 => inside.push(letter),
                _ => {}
            }
        }
        inside
    };
    let letters = |text: &str| {
        let mut depth = 0;
        let outside = text.chars().filter(|letter| {
            depth += match letter {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            depth == 0
        });
        let plain: String = outside.collect();
        name_key(&plain).chars().filter(|letter| is_letter_or_digit(*letter)).collect::<String>()
    };
    let name = letters(&quoted);
    if name.chars().count() >= 3 {
        return name;
    }
    let words = title.split(' ').filter(|word| level(word).is_none() && format(word).is_none());
    letters(&words.collect::<Vec<_>>().join(" "))
}

/// Groups the rows by event and labels each row with its group.
pub(super) fn group(sheets: &mut [SheetReading]) -> Vec<EventGroup> {
    let mut groups: Vec<EventGroup> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for sheet in sheets.iter_mut().filter(|sheet| sheet.reason.is_none()) {
        let place_of = |wanted| sheet.value_names.iter().position(|name| *name == wanted);
        let (Some(event), Some(label)) = (place_of("event"), place_of("event_key")) else { continue };
        for row in &mut sheet.rows {
            let Some(title) = row.values.get(event).and_then(Value::as_text).map(str::to_owned) else { continue };
            let key = key(&title);
            let place = *places.entry(key.clone()).or_insert_with(|| {
                groups.push(EventGroup { key: key.clone(), titles: Vec::new(), rows: Vec::new() });
                groups.len() - 1
            });
            if let Some(group) = groups.get_mut(place) {
                if !group.titles.contains(&title) {
                    group.titles.push(title);
                }
                group.rows.push((sheet.name.clone(), row.row));
            }
            if let Some(slot) = row.values.get_mut(label) {
                *slot = Value::text(key);
            }
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_one_event_have_one_key() {
        for (one, other) in [
            ("Конкурс исслед. работ «Шаг-демо»", "конкурс исследовательских работ \"ШАГ-ДЕМО\""),
            ("Соревнования по робототехнике «РобоДемо»", "Соревнования по робототехнике \"Робо Демо\""),
            ("Конкурс чтецов «Звучащее слово (демо)»", "Конкурс чтецов «Звучащее слово» (демо)"),
            ("Дистанционная олимпиада «Числа и фигуры»", "Олимпиада \"Числа и фигуры\""),
        ] {
            assert_eq!(key(one), key(other));
        }
        assert_ne!(key("Конкурс «Шаг»"), key("Конкурс «Шаги»"));
    }

    #[test]
    fn protocols_name_their_event() {
        let title = nominative("муниципального этапа олимпиады школьников по биологии (демо)").unwrap();
        assert_eq!(title, "Муниципальный этап олимпиады школьников по биологии (демо)");
        assert_eq!(nominative("ПРОТОКОЛ районного конкурса чтецов").unwrap(), "Районный конкурс чтецов");
        assert_eq!(nominative("Всероссийского конкурса «Шаг»").unwrap(), "Всероссийский конкурс «Шаг»");
    }
}
