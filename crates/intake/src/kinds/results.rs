//! Results of events: protocols of one event, and lists of a year's participations.

use chrono::NaiveDate;
use documents::Value as Cell;

use super::events;
use crate::Context;
use crate::duplicates::{Entry, entries, equal_by, fingerprint, group};
use crate::kind::{Facts, Field, Kind, RowView, RowWriter};
use crate::reading::{Duplicates, EventGroup, Group, Severity, SheetReading};
use crate::value::Value;
use crate::values::class::Class;
use crate::values::date::{self, DateFault};
use crate::values::event::{Outcome, days, document, format, level, pedagogues, stage};
use crate::values::name::{NameFault, PersonName, full_name, looks_like_name, with_initials};
use crate::values::organisation::short_name;
use crate::values::text::{clean, name_key};

/// `results`.
pub(crate) struct Results;

const FIELDS: &[Field] = &[
    Field::new(
        "participants",
        &[
            "фио участник",
            "фио обучающ",
            "фамилия имя отчество",
            "фамилия имя",
            "фио",
            "участник",
            "участники",
            "обучающ",
            "учащ",
            "ученик",
            "состав команды",
            "команда",
        ],
    )
    .anchor()
    .fitting(is_participants),
    Field::new("birth_date", &["дата рожд", "день рожд", "др"]).fitting(is_date),
    Field::new("class", &["класс", "кл"]).fitting(is_class),
    Field::new("organisation", &["организация", "образовательная организац", "школа", "учреждение", "оо", "оу"]),
    Field::new(
        "event",
        &[
            "наименование мероприят",
            "название мероприят",
            "мероприятие",
            "наименование конкурс",
            "название конкурс",
            "конкурс",
            "олимпиада",
            "событие",
        ],
    ),
    Field::new("level", &["уровень мероприят", "уровень"]),
    Field::new("format", &["форма участия", "форма проведен", "формат", "форма"]),
    Field::new("stage", &["этап", "тур"]),
    Field::new("date", &["дата проведен", "дата мероприят", "дата участия", "дата", "сроки", "срок проведен"])
        .fitting(is_days),
    Field::new("subject", &["предмет", "номинация", "направление"]),
    Field::new("result", &["результат", "статус", "итог", "достижение", "место"]).fitting(is_result),
    Field::new("degree", &["степень"]),
    Field::new(
        "score",
        &["количество баллов", "кол во баллов", "сумма баллов", "итоговый балл", "баллы", "балл", "баллов"],
    ),
    Field::new("max_score", &["максимальный балл", "макс балл", "максимум"]),
    Field::new(
        "pedagogues",
        &[
            "фио педагог",
            "фио учител",
            "фио руководител",
            "педагог",
            "учитель",
            "руководитель",
            "научный руководител",
            "наставник",
        ],
    ),
    Field::new(
        "document",
        &["реквизиты диплом", "реквизиты документ", "номер диплом", "документ", "диплом", "реквизиты"],
    ),
];

fn shown(cell: &Cell) -> String {
    clean(&cell.to_string())
}

/// A protocol names in full, or by the letters: «Демонов А. М.».
fn names_somebody(text: &str) -> bool {
    looks_like_name(text) || with_initials(text).is_some()
}

fn is_participants(cell: &Cell) -> bool {
    cell.as_text().is_some_and(|text| split_team(text).1.iter().any(|name| names_somebody(name)))
}

fn is_date(cell: &Cell) -> bool {
    matches!(date::read(cell, fallback_latest()), Ok(_) | Err(DateFault::Impossible))
}

fn is_days(cell: &Cell) -> bool {
    is_date(cell) || days(&cell.to_string(), fallback_latest()).is_ok()
}

fn is_class(cell: &Cell) -> bool {
    Class::parse(&shown(cell)).is_some()
}

fn is_result(cell: &Cell) -> bool {
    Outcome::parse(&cell.to_string(), "").is_some()
}

fn fallback_latest() -> NaiveDate {
    NaiveDate::from_ymd_opt(2049, 12, 31).unwrap_or_default()
}

/// The team's name, if one is written, and the names in a cell: one a line or divided by semicolons.
fn split_team(text: &str) -> (Option<String>, Vec<&str>) {
    let (team, names) = match text.split_once(':') {
        Some((head, names)) if head.trim().to_lowercase().starts_with("команд") => {
            let name = clean(head).chars().skip("команда".chars().count()).collect::<String>();
            (Some(name.trim_matches([' ', '«', '»', '"']).to_owned()), names)
        }
        _ => (None, text),
    };
    let mut parts: Vec<&str> = names.split([';', '\n', '\r']).filter(|part| !clean(part).is_empty()).collect();
    if let [only] = parts.as_slice() {
        let by_comma: Vec<&str> = only.split(',').filter(|part| !clean(part).is_empty()).collect();
        if by_comma.len() > 1 && by_comma.iter().all(|part| names_somebody(part)) {
            parts = by_comma;
        }
    }
    (team, parts)
}

impl Kind for Results {
    fn code(&self) -> &'static str {
        "results"
    }

    fn fields(&self) -> &'static [Field] {
        FIELDS
    }

    fn without_table(&self) -> &'static str {
        "no_people"
    }

    fn other_people(&self) -> &'static [&'static str] {
        &["педагог", "учител", "руководител", "наставник", "родител", "тренер", "эксперт", "жюри", "ответственн"]
    }

    fn defaults(&self, sheet: &Facts<'_>) -> Vec<(&'static str, Value)> {
        if sheet.has("event") {
            return Vec::new();
        }
        let mut found = events::from_titles(&sheet.titles, sheet.as_of);
        found.retain(|(name, _)| !sheet.has(name));
        found
    }

    fn value_names(&self, facts: &Facts<'_>) -> Vec<&'static str> {
        let known = |name: &str| facts.has(name) || facts.default(name).is_some();
        let mut names = vec!["team", "team_name", "participants"];
        names.extend(Some("organisation").filter(|name| known(name)));
        names.extend(["event", "event_key", "level", "format"]);
        names.extend(Some("stage").filter(|name| known(name)));
        names.extend(["date", "date_to"]);
        names.extend(Some("subject").filter(|name| known(name)));
        names.extend(["status", "degree", "place", "status_basis"]);
        names.extend(Some("document").filter(|name| known(name) || known("score")));
        if known("score") {
            names.extend(["score", "max_score"]);
        }
        names.push("pedagogues");
        names
    }

    fn read_row(&self, row: &RowView<'_>, out: &mut RowWriter<'_>) {
        read_participants(row, out);
        let organisation = row.text("organisation");
        if !organisation.is_empty() {
            out.set("organisation", Value::text(short_name(&organisation)));
        }
        for name in ["event", "level", "format", "stage", "subject", "date"] {
            if let Some(value) = row.facts.default(name) {
                out.set(name, value.clone());
            }
        }
        if row.facts.has("event") {
            out.set("event", Value::text(row.text("event")));
        }
        read_code(row, out, "level", level, Some(("bad_level", Severity::Error)));
        read_code(row, out, "format", format, Some(("bad_format", Severity::Warning)));
        read_code(row, out, "stage", stage, None);
        read_days(row, out);
        if row.facts.has("subject") {
            out.set("subject", Value::text(row.text("subject")));
        }
        read_outcome(row, out);
        read_score(row, out);
        if let Some(paper) = document(&row.text("document"), row.facts.as_of) {
            out.set(
                "document",
                Value::Map(Box::new([
                    ("type", paper.kind.map_or(Value::Null, Value::text)),
                    ("series", paper.series.into()),
                    ("number", paper.number.into()),
                    ("date", paper.date.map_or(Value::Null, Value::Date)),
                ])),
            );
        }
        let people = pedagogues(&row.raw("pedagogues").unwrap_or_default()).into_iter().map(|person| {
            Value::Map(Box::new([
                ("last_name", person.last.into()),
                ("initials", person.initials.into()),
                ("first_name", person.first.into()),
                ("patronymic", person.patronymic.into()),
            ]))
        });
        out.set("pedagogues", Value::List(people.collect()));
    }

    fn harmonise(&self, sheets: &mut [SheetReading], context: &Context) -> Vec<EventGroup> {
        super::one_writing(sheets, "organisation", &context.organisations);
        events::group(sheets)
    }

    fn duplicates(&self, sheets: &[SheetReading]) -> (Duplicates, Vec<Group>) {
        let entries = entries(sheets);
        let exact = equal_by(&entries, |(_, row)| Some(fingerprint(&row.values)));
        let value = |entry: &Entry<'_>, name| entry.0.value(entry.1, name).cloned();
        let people = |entry: &Entry<'_>| {
            let people = value(entry, "participants").unwrap_or_default();
            let named =
                people.as_list().iter().any(|person| person.get("last_name").is_some_and(|name| !name.is_null()));
            named.then(|| fingerprint(&[folded(people)]))
        };
        let different = |rows: &[Entry<'_>], name| {
            let first = rows.first().map(|entry| value(entry, name));
            rows.iter().any(|entry| Some(value(entry, name)) != first)
        };
        let same_day = |entry: &Entry<'_>| {
            Some((
                people(entry)?,
                value(entry, "event_key")?.as_text()?.to_owned(),
                value(entry, "date")?.as_date(),
                value(entry, "stage").map(|stage| fingerprint(&[stage])),
            ))
        };
        let near = equal_by(&entries, same_day).into_iter().filter_map(|mut rows| {
            let mut seen = Vec::new();
            rows.retain(|(_, row)| {
                let own = fingerprint(&row.values);
                let new = !seen.contains(&own);
                seen.push(own);
                new
            });
            let reason = if different(&rows, "event") { "event_title_variant" } else { "other_writing" };
            (rows.len() > 1).then(|| group(reason, &rows))
        });
        let near = near.collect();
        let alike = equal_by(&entries, people).into_iter().filter(|rows| different(rows, "event_key"));
        let alike = alike.map(|rows| group("other_event", &rows)).collect();
        (Duplicates { exact: exact.iter().map(|rows| group("exact", rows)).collect(), near }, alike)
    }
}

/// Names as keys, so that «ё» and capitals make no difference.
fn folded(value: Value) -> Value {
    match value {
        Value::Text(text) => Value::text(name_key(&text)),
        Value::List(values) => Value::List(values.into_iter().map(folded).collect()),
        Value::Map(entries) => Value::Map(entries.into_iter().map(|(name, value)| (name, folded(value))).collect()),
        other => other,
    }
}

fn read_participants(row: &RowView<'_>, out: &mut RowWriter<'_>) {
    let raw = row.raw("participants");
    let (team_name, names) = split_team(raw.as_deref().unwrap_or_default());
    let people: Vec<PersonName> = if names.is_empty() {
        out.problem("participants", "missing_name", Severity::Error, None);
        vec![PersonName::default()]
    } else {
        let mut worst = None;
        let read = |name: &&str| {
            let named = with_initials(name).map_or_else(|| full_name(name), Ok);
            named.unwrap_or_else(|(fault, name)| {
                worst = Some(fault);
                name
            })
        };
        let people = names.iter().map(read).collect();
        // Spaces beside a divider belong to the divider.
        names.iter().for_each(|name| out.note(if names.len() > 1 { name.trim_matches(' ') } else { name }));
        if let Some(fault) = worst {
            let code = if fault == NameFault::Bad { "bad_name" } else { "incomplete_name" };
            out.problem("participants", code, Severity::Error, raw.clone());
        }
        people
    };
    let is_team = team_name.is_some() || people.len() > 1;
    let classes = read_classes(row, out, people.len());
    let births = read_births(row, out);
    let participants = people.into_iter().enumerate().map(|(place, person)| {
        let class = classes.get(place).copied().flatten().map_or(Value::Null, Value::Class);
        let mut entries = vec![
            ("last_name", person.last.into()),
            ("first_name", person.first.into()),
            ("patronymic", person.patronymic.into()),
            ("class", class),
        ];
        entries.extend(births.get(place).map(|day| ("birth_date", day.map_or(Value::Null, Value::Date))));
        Value::Map(entries.into_boxed_slice())
    });
    out.set("participants", Value::List(participants.collect()));
    out.set("team", Value::Bool(is_team));
    out.set("team_name", team_name.into());
}

/// A class for each member: the same for all, or several in the order of the names.
fn read_classes(row: &RowView<'_>, out: &mut RowWriter<'_>, members: usize) -> Vec<Option<Class>> {
    let Some(raw) = row.raw("class") else { return vec![None; members] };
    let parts: Vec<&str> = raw.split([';', '\n', '\r', ',']).filter(|part| !clean(part).is_empty()).collect();
    let classes: Vec<Option<Class>> = parts.iter().map(|part| Class::parse(part)).collect();
    if classes.contains(&None) {
        out.problem("class", "unknown_class", Severity::Error, Some(raw.clone()));
    }
    match classes.as_slice() {
        [one] => vec![*one; members],
        _ => classes,
    }
}

fn read_births(row: &RowView<'_>, out: &mut RowWriter<'_>) -> Vec<Option<NaiveDate>> {
    let cell = row.cell("birth_date");
    let Some(raw) = row.raw("birth_date") else { return Vec::new() };
    let read = match cell {
        Cell::Text(text) if text.trim().contains(['\n', ';']) => text
            .split([';', '\n', '\r'])
            .filter(|part| !clean(part).is_empty())
            .map(|part| date::parse(part, row.facts.as_of))
            .collect(),
        cell => vec![date::read(cell, row.facts.as_of)],
    };
    if let Some(fault) = read.iter().find_map(|day| day.err()) {
        let code = if fault == DateFault::Impossible { "impossible_date" } else { "bad_date" };
        out.problem("birth_date", code, Severity::Error, Some(raw));
    }
    read.into_iter().map(Result::ok).collect()
}

/// A value out of a list of known ones.
fn read_code(
    row: &RowView<'_>,
    out: &mut RowWriter<'_>,
    field: &'static str,
    parse: fn(&str) -> Option<&'static str>,
    problem: Option<(&'static str, Severity)>,
) {
    let Some(raw) = row.raw(field) else { return };
    match (parse(&raw), problem) {
        (Some(code), _) => out.set(field, Value::text(code)),
        (None, Some((code, severity))) => out.problem(field, code, severity, Some(raw)),
        (None, None) => {}
    }
}

fn read_days(row: &RowView<'_>, out: &mut RowWriter<'_>) {
    if !row.facts.has("date") {
        return;
    }
    let read = match row.cell("date") {
        Cell::Text(text) => days(text, row.facts.as_of),
        cell => date::read(cell, row.facts.as_of).map(|day| (day, None)),
    };
    let (code, severity) = match read {
        Ok((from, to)) => {
            out.set("date", Value::Date(from));
            out.set("date_to", to.map_or(Value::Null, Value::Date));
            return;
        }
        Err(DateFault::Missing) => ("missing_date", Severity::Warning),
        Err(DateFault::Unreadable) => ("bad_date", Severity::Error),
        Err(DateFault::Impossible) => ("impossible_date", Severity::Error),
    };
    out.problem("date", code, severity, row.raw("date"));
}

fn read_outcome(row: &RowView<'_>, out: &mut RowWriter<'_>) {
    let number = |rank: Option<u32>| rank.map_or(Value::Null, |rank| Value::Number(f64::from(rank)));
    match Outcome::parse(&row.text("result"), &row.text("degree")) {
        Some(outcome) => {
            out.set("status", Value::text(outcome.status));
            out.set("degree", number(outcome.degree));
            out.set("place", number(outcome.place));
            out.set("status_basis", Value::text(outcome.basis));
        }
        None => out.problem("result", "bad_status", Severity::Error, row.raw("result")),
    }
}

/// `32,5`, `32.5`, `32 из 50`, `32/50`.
fn read_score(row: &RowView<'_>, out: &mut RowWriter<'_>) {
    let number = |text: &str| text.trim().replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite());
    let text = row.text("score").replace(" из ", "/");
    let (score, max) = text.split_once('/').unwrap_or((&text, ""));
    out.set("score", number(score).map_or(Value::Null, Value::Number));
    let max = number(max).or_else(|| number(&row.text("max_score")));
    out.set("max_score", max.map_or(Value::Null, Value::Number));
}
