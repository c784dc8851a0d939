//! Rows that say the same. Grouping is by hashes of what was read, so that it stays linear in the rows.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::reading::{Group, RowReading, SheetReading};
use crate::value::Value;
use crate::values::text::{is_letter, is_shouted};

/// A row with its sheet.
pub(crate) type Entry<'a> = (&'a SheetReading, &'a RowReading);

/// All rows of the sheets in use.
pub(crate) fn entries(sheets: &[SheetReading]) -> Vec<Entry<'_>> {
    let used = sheets.iter().filter(|sheet| sheet.is_used());
    used.flat_map(|sheet| sheet.rows.iter().map(move |row| (sheet, row))).collect()
}

/// A group of rows.
pub(crate) fn group(reason: &'static str, rows: &[Entry<'_>]) -> Group {
    Group { reason, rows: rows.iter().map(|(sheet, row)| sheet.place(row.row)).collect() }
}

/// Rows with equal keys, in the order of their first row; rows without a key belong to none.
pub(crate) fn equal_by<'a, K: Hash + Eq>(
    entries: &[Entry<'a>],
    key: impl Fn(&Entry<'a>) -> Option<K>,
) -> Vec<Vec<Entry<'a>>> {
    let mut places: HashMap<K, usize> = HashMap::new();
    let mut groups: Vec<Vec<Entry<'a>>> = Vec::new();
    for entry in entries {
        let Some(key) = key(entry) else { continue };
        let place = *places.entry(key).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(place) {
            group.push(*entry);
        }
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// A number that is equal for equal values.
pub(crate) fn fingerprint(values: &[Value]) -> u64 {
    let mut hasher = DefaultHasher::new();
    values.iter().for_each(|value| hash(value, &mut hasher));
    hasher.finish()
}

fn hash(value: &Value, hasher: &mut DefaultHasher) {
    std::mem::discriminant(value).hash(hasher);
    match value {
        Value::Null => {}
        Value::Text(text) => text.hash(hasher),
        Value::Number(number) => number.to_bits().hash(hasher),
        Value::Bool(truth) => truth.hash(hasher),
        Value::Date(day) => day.hash(hasher),
        Value::Class(class) => class.hash(hasher),
        Value::List(values) => values.iter().for_each(|value| hash(value, hasher)),
        Value::Map(entries) => entries.iter().for_each(|(name, value)| {
            name.hash(hasher);
            hash(value, hasher);
        }),
    }
}

/// Why two writings of a name that mean the same differ.
pub(crate) fn why_differs(one: &str, other: &str) -> &'static str {
    let has_yo = |text: &str| text.contains(['ё', 'Ё']);
    if shouts(one) != shouts(other) {
        "upper_case"
    } else if has_yo(one) != has_yo(other) && without_yo(one) == without_yo(other) {
        "yo_variant"
    } else {
        "other_writing"
    }
}

/// All capitals, legal forms such as «МОУ» aside.
fn shouts(text: &str) -> bool {
    let words: String = text.split(|letter: char| !is_letter(letter)).filter(|word| word.chars().count() > 4).collect();
    is_shouted(&words)
}

fn without_yo(text: &str) -> String {
    text.replace('ё', "е").replace('Ё', "Е")
}
