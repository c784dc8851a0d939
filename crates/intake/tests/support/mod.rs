//! Reads a sample and shows readably in what the reading differs from the truth beside it.

use std::collections::HashMap;
use std::fmt::Write;
use std::path::PathBuf;

use documents::{Limits, Refusal, Workbook};
use intake::Context;
use serde_json::Value;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/samples")
}

/// What a careful person reads out of a sample.
pub fn truth(file: &str) -> Value {
    let text = std::fs::read_to_string(folder().join(format!("{file}.truth.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// A sample through `documents`.
pub fn workbook(file: &str) -> Result<Workbook, Refusal> {
    let bytes = std::fs::read(folder().join(file)).unwrap();
    documents::read(&bytes, Some(file), &Limits::upload())
}

/// What we read out of a sample.
pub fn reading(file: &str, truth: &Value) -> Value {
    let context: Context =
        truth.get("context").cloned().map_or_else(Context::default, |context| serde_json::from_value(context).unwrap());
    let kind = truth["kind"].as_str().unwrap();
    intake::read(kind, &workbook(file).unwrap(), &context, None).unwrap().to_json()
}

/// Fails with a list of the differences when a sample is read in another way than its truth says.
pub fn assert_equal(file: &str) {
    let mut expected = truth(file);
    let mut actual = reading(file, &expected);
    for side in [&mut expected, &mut actual] {
        prepare(side);
    }
    // Labels of events are the truth's own; which rows belong together is compared, names are not.
    for name in ["file", "about", "must_not_happen", "reason", "expect"] {
        expected.as_object_mut().unwrap().remove(name);
    }
    actual.as_object_mut().unwrap().remove("expect");
    if expected.get("context").is_none() {
        actual.as_object_mut().unwrap().remove("context");
    }
    let mut differences = String::new();
    compare("", &expected, &actual, &mut differences);
    assert!(differences.is_empty(), "{file} is read otherwise than a careful person reads it:\n{differences}");
}

/// Puts into one order what has none: groups of duplicates and their rows.
fn prepare(side: &mut Value) {
    for pointer in ["/duplicates/exact", "/duplicates/near", "/look_alikes", "/events"] {
        let Some(groups) = side.pointer_mut(pointer).and_then(Value::as_array_mut) else { continue };
        for group in groups.iter_mut() {
            let group = group.as_object_mut().unwrap();
            group.remove("key");
            for list in ["rows", "titles"] {
                if let Some(list) = group.get_mut(list).and_then(Value::as_array_mut) {
                    list.sort_by_key(Value::to_string);
                }
            }
        }
        groups.sort_by_key(Value::to_string);
    }
    for sheet in side["sheets"].as_array_mut().unwrap() {
        for row in sheet.get_mut("rows").and_then(Value::as_array_mut).into_iter().flatten() {
            row["values"].as_object_mut().unwrap().remove("event_key");
        }
    }
}

fn compare(path: &str, expected: &Value, actual: &Value, out: &mut String) {
    match (expected, actual) {
        (Value::Object(one), Value::Object(other)) => {
            for (name, value) in one {
                match other.get(name) {
                    Some(found) => compare(&format!("{path}/{name}"), value, found, out),
                    None => writeln!(out, "{path}/{name}: expected {value}, found no such entry").unwrap(),
                }
            }
            for (name, value) in other {
                if !one.contains_key(name) {
                    writeln!(out, "{path}/{name}: expected no such entry, found {value}").unwrap();
                }
            }
        }
        (Value::Array(one), Value::Array(other)) => compare_lists(path, one, other, out),
        _ if expected != actual => writeln!(out, "{path}: expected {expected}, found {actual}").unwrap(),
        _ => {}
    }
}

/// Lists of rows and columns are compared by their number or letter, others by place.
fn compare_lists(path: &str, expected: &[Value], actual: &[Value], out: &mut String) {
    let name = |value: &Value| {
        let id = ["row", "column"].iter().find_map(|key| value.get(key)).map(|id| id.to_string().replace('"', ""));
        id.filter(|_| value.is_object())
    };
    if expected.iter().chain(actual).any(|value| name(value).is_none()) || path.contains("participants") {
        if expected.len() != actual.len() {
            writeln!(
                out,
                "{path}: expected {} of them, found {}: {expected:?} / {actual:?}",
                expected.len(),
                actual.len()
            )
            .unwrap();
        }
        for (place, (one, other)) in expected.iter().zip(actual).enumerate() {
            compare(&format!("{path}/{place}"), one, other, out);
        }
        return;
    }
    let by_name =
        |list: &[Value]| list.iter().map(|value| (name(value).unwrap(), value.clone())).collect::<HashMap<_, _>>();
    let (wanted, found) = (by_name(expected), by_name(actual));
    for (id, value) in &wanted {
        match found.get(id) {
            Some(other) => compare(&format!("{path}/{id}"), value, other, out),
            None => writeln!(out, "{path}/{id}: expected {value}, found nothing").unwrap(),
        }
    }
    for (id, value) in found.iter().filter(|(id, _)| !wanted.contains_key(*id)) {
        writeln!(out, "{path}/{id}: expected nothing, found {value}").unwrap();
    }
}
