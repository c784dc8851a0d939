//! What all lists of people share: names in one cell or three, and rows that are about the same person.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::NaiveDate;

use crate::duplicates::{Entry, equal_by, fingerprint, group};
use crate::kind::{RowView, RowWriter};
use crate::reading::{Duplicates, Group, Place, Severity};
use crate::value::Value;
use crate::values::name::{NameFault, Note, PersonName, full_name, part};
use crate::values::text::name_key;

/// Reads the name of the row's person and states what is wrong with it.
pub(super) fn read_name(row: &RowView<'_>, out: &mut RowWriter<'_>) -> PersonName {
    if row.facts.has("last_name") { read_parts(row, out) } else { read_whole(row, out) }
}

fn read_whole(row: &RowView<'_>, out: &mut RowWriter<'_>) -> PersonName {
    let raw = row.raw("full_name");
    let text = raw.as_deref().unwrap_or_default();
    out.note(text);
    full_name(text).unwrap_or_else(|(fault, name)| {
        out.problem("full_name", code(fault), Severity::Error, raw.clone());
        name
    })
}

fn read_parts(row: &RowView<'_>, out: &mut RowWriter<'_>) -> PersonName {
    let raws = ["last_name", "first_name", "patronymic"].map(|field| row.raw(field));
    raws.iter().flatten().for_each(|raw| out.note(raw));
    let [last, first, patronymic] = raws;
    if last.is_none() && first.is_none() {
        out.problem("last_name", "missing_name", Severity::Error, None);
        return PersonName::default();
    }
    let mut read =
        |field: &'static str, raw: Option<String>, needed: bool| match part(raw.as_deref().unwrap_or_default()) {
            Ok(name) => Some(name),
            Err(NameFault::Bad) => {
                out.problem(field, "bad_name", Severity::Error, raw);
                None
            }
            Err(_) => {
                if needed {
                    out.problem(field, "incomplete_name", Severity::Error, raw);
                }
                None
            }
        };
    let last = read("last_name", last, true);
    let first = read("first_name", first, row.facts.has("first_name"));
    let none = ["нет", "отсутствует", "без отчества"];
    let patronymic = patronymic.filter(|text| !none.contains(&text.trim().to_lowercase().as_str()));
    PersonName { last, first, patronymic: read("patronymic", patronymic, false) }
}

const fn code(fault: NameFault) -> &'static str {
    match fault {
        NameFault::Missing => "missing_name",
        NameFault::Incomplete => "incomplete_name",
        NameFault::Bad => "bad_name",
    }
}

/// First names that differ by a letter from another one: a difference between two of them is no typing error.
const CLOSE_NAMES: [&str; 40] = [
    "алина",
    "арина",
    "марина",
    "карина",
    "дарина",
    "ирина",
    "полина",
    "милана",
    "милена",
    "диана",
    "лиана",
    "ян",
    "яна",
    "анна",
    "алла",
    "ева",
    "лев",
    "данил",
    "даниил",
    "данила",
    "мария",
    "дария",
    "олеся",
    "алеся",
    "юлия",
    "лилия",
    "егор",
    "игорь",
    "алиса",
    "лариса",
    "мирон",
    "миран",
    "тимур",
    "темир",
    "софия",
    "софья",
    "наталия",
    "наталья",
    "элина",
    "эмина",
];

/// The person a row is about, for comparing.
struct Person<'a> {
    entry: Entry<'a>,
    last: String,
    first: String,
    patronymic: String,
    born: NaiveDate,
    fingerprint: u64,
}

impl<'a> Person<'a> {
    /// `None` without a whole name and a birthday: too little to say that two are one.
    fn of(entry: Entry<'a>) -> Option<Self> {
        let (sheet, row) = entry;
        let text = |name| sheet.value(row, name).and_then(Value::as_text).map(name_key);
        let born = sheet.value(row, "birth_date").and_then(Value::as_date)?;
        let (last, first) = (text("last_name")?, text("first_name")?);
        let patronymic = text("patronymic").unwrap_or_default();
        Some(Self { entry, last, first, patronymic, born, fingerprint: fingerprint(&row.values) })
    }

    fn parts(&self) -> (&str, &str, &str) {
        (&self.last, &self.first, &self.patronymic)
    }

    fn name(&self) -> String {
        format!("{} {} {}", self.last, self.first, self.patronymic)
    }

    fn value(&self, name: &str) -> Option<&'a Value> {
        self.entry.0.value(self.entry.1, name)
    }

    /// The class or group the person is in.
    fn place(&self) -> (Option<&'a Value>, Option<&'a Value>) {
        (self.value("class"), self.value("group"))
    }

    fn is_shouted(&self) -> bool {
        self.entry.1.notes.contains(&Note::Caps)
    }

    fn has_yo(&self) -> bool {
        let texts = ["last_name", "first_name", "patronymic"].map(|name| self.value(name).and_then(Value::as_text));
        texts.into_iter().flatten().any(|text| text.contains(['ё', 'Ё']))
    }

    /// What somebody who is the same, or a twin, has in common: a slip of the pen spoils one part of a name
    /// and leaves the two others; twins share the beginnings of the last name and the patronymic.
    fn traces(&self) -> [u64; 4] {
        let begin = |text: &'_ str| text.char_indices().nth(4).map_or(text.len(), |(at, _)| at);
        let short = |text: &'_ str| text.get(..begin(text)).unwrap_or_default().to_owned();
        [
            trace(0, self.born, &self.last, &self.first),
            trace(1, self.born, &self.last, &self.patronymic),
            trace(2, self.born, &self.first, &self.patronymic),
            trace(3, self.born, &short(&self.last), &short(&self.patronymic)),
        ]
    }
}

/// Hashes, not texts: there are four for each of a hundred thousand people, and an accidental meeting of two
/// only costs a comparison.
fn trace(kind: u8, born: NaiveDate, one: &str, other: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (kind, born, one, other).hash(&mut hasher);
    hasher.finish()
}

/// People with one trace in common that are compared each with each. Families are smaller; a list of a
/// thousand equal rows has them in one group of exact duplicates, and a hostile one is not worth the time.
const COMPARED: usize = 40;

/// Rows about the same person, and people who are only like each other.
pub(super) fn duplicates(entries: &[Entry<'_>]) -> (Duplicates, Vec<Group>) {
    let mut found = Found::default();
    let people: Vec<Person<'_>> = entries.iter().filter_map(|entry| Person::of(*entry)).collect();
    let different = found.take_equal(&people);
    found.compare(&different);
    found.find_namesakes(&different);
    found.find_same_snils(entries);
    (Duplicates { exact: found.exact, near: found.near }, found.alike)
}

#[derive(Default)]
struct Found {
    exact: Vec<Group>,
    near: Vec<Group>,
    alike: Vec<Group>,
}

impl Found {
    /// Groups rows that are equal after cleaning; gives one of each group, and everybody else.
    fn take_equal<'p, 'a>(&mut self, people: &'p [Person<'a>]) -> Vec<&'p Person<'a>> {
        let mut equal: HashMap<(u64, bool), Vec<Entry<'a>>> = HashMap::new();
        let mut different = Vec::new();
        for person in people {
            let rows = equal.entry((person.fingerprint, person.is_shouted())).or_default();
            if rows.is_empty() {
                different.push(person);
            }
            rows.push(person.entry);
        }
        let groups = different.iter().filter_map(|person| equal.get(&(person.fingerprint, person.is_shouted())));
        self.exact.extend(groups.filter(|rows| rows.len() > 1).map(|rows| group("exact", rows)));
        different
    }

    fn compare(&mut self, people: &[&Person<'_>]) {
        let traced = people.iter().enumerate().flat_map(|(place, person)| person.traces().map(|trace| (trace, place)));
        let mut traced: Vec<(u64, usize)> = traced.collect();
        traced.sort_unstable();
        let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
        for same in traced.chunk_by(|one, other| one.0 == other.0) {
            let compared = same.get(..COMPARED.min(same.len())).unwrap_or_default();
            for (at, (_, one)) in compared.iter().enumerate() {
                pairs.extend(compared.iter().skip(at + 1).map(|(_, other)| (*one, *other)));
            }
        }
        for (one, other) in pairs {
            let (Some(one), Some(other)) = (people.get(one), people.get(other)) else { continue };
            if let Some(reason) = why_same(one, other) {
                self.near.push(group(reason, &[one.entry, other.entry]));
            } else if are_twins(one, other) {
                self.alike.push(group("twin", &[one.entry, other.entry]));
            }
        }
    }

    /// The same whole name, born on different days. Without a patronymic a name says too little.
    fn find_namesakes(&mut self, people: &[&Person<'_>]) {
        let mut by_name: Vec<&&Person<'_>> = people.iter().filter(|person| !person.patronymic.is_empty()).collect();
        by_name.sort_by(|one, other| one.parts().cmp(&other.parts()));
        for namesakes in by_name.chunk_by(|one, other| one.parts() == other.parts()) {
            let mut days = BTreeSet::new();
            let rows = namesakes.iter().filter(|person| days.insert(person.born)).map(|person| person.entry);
            let rows: Vec<Entry<'_>> = rows.collect();
            if rows.len() > 1 {
                self.alike.push(group("namesake", &rows));
            }
        }
    }

    /// One СНИЛС belongs to one person, whatever the names say.
    fn find_same_snils(&mut self, entries: &[Entry<'_>]) {
        let snils = |entry: &Entry<'_>| entry.0.value(entry.1, "snils").and_then(Value::as_text).map(str::to_owned);
        let same = equal_by(entries, snils);
        if same.is_empty() {
            return;
        }
        let known: HashSet<Place> = self.exact.iter().chain(&self.near).flat_map(|group| group.rows.clone()).collect();
        let new = same.iter().map(|rows| group("other_writing", rows));
        self.near.extend(new.filter(|group| !group.rows.iter().all(|row| known.contains(row))));
    }
}

/// Why two people born on one day are the same one; `None` when they are not.
fn why_same(one: &Person<'_>, other: &Person<'_>) -> Option<&'static str> {
    let (name, other_name) = (one.name(), other.name());
    if name == other_name {
        return Some(if one.place() != other.place() {
            "other_class"
        } else if one.is_shouted() != other.is_shouted() {
            "upper_case"
        } else if one.has_yo() != other.has_yo() {
            "yo_variant"
        } else {
            "other_writing"
        });
    }
    let one_without = one.patronymic.is_empty() != other.patronymic.is_empty();
    if one_without && one.last == other.last && one.first == other.first {
        return Some("missing_patronymic");
    }
    let lengths = name.chars().count().abs_diff(other_name.chars().count());
    if lengths > 1 || strsim::osa_distance(&name, &other_name) > 1 {
        return None;
    }
    let both_known = [&one.first, &other.first].iter().all(|first| CLOSE_NAMES.contains(&first.as_str()));
    (one.first == other.first || !both_known).then_some("letter_typo")
}

/// Children of one family born on one day: the same last name and patronymic, perhaps of the other gender.
fn are_twins(one: &Person<'_>, other: &Person<'_>) -> bool {
    let family = |one: &str, other: &str| {
        one == other || {
            let short = one.chars().count().min(other.chars().count());
            let common = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
            common >= 4 && common + 2 >= short
        }
    };
    let known = !one.patronymic.is_empty() && !other.patronymic.is_empty();
    let same_father = known && family(&one.patronymic, &other.patronymic);
    // Without patronymics only children of one group are taken for twins.
    let same_place = !known && one.patronymic == other.patronymic && one.place() == other.place();
    one.first != other.first && family(&one.last, &other.last) && (same_father || same_place)
}
