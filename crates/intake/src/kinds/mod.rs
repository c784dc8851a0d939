//! The kinds of files.

mod contingent;
mod event_lists;
mod events;
mod organisations;
mod people;
mod resources;
mod results;

use crate::kind::Kind;

/// All kinds.
pub(crate) const ALL: [&dyn Kind; 5] = [
    &organisations::Organisations,
    &resources::Resources,
    &contingent::Contingent,
    &results::Results,
    &event_lists::EventLists,
];

use std::collections::HashMap;

use crate::reading::SheetReading;
use crate::value::Value;
use crate::values::text::name_key;

/// Gives all writings of an organisation's name the same one: that of the network's list, else the one with
/// ё (nobody writes ё where there is none), else the first.
pub(crate) fn one_writing(sheets: &mut [SheetReading], name: &str, known: &[String]) {
    let mut usual: HashMap<String, String> = HashMap::new();
    let mut listed: HashMap<String, String> = HashMap::new();
    for organisation in known {
        listed.insert(name_key(organisation), organisation.clone());
    }
    for_each(sheets, name, |value| {
        if let Some(text) = value.as_text() {
            let best = usual.entry(name_key(text)).or_insert_with(|| text.to_owned());
            if text.contains(['ё', 'Ё']) && !best.contains(['ё', 'Ё']) {
                text.clone_into(best);
            }
        }
    });
    for_each(sheets, name, |value| {
        let Some(key) = value.as_text().map(name_key) else { return };
        if let Some(best) = listed.get(&key).or_else(|| usual.get(&key)) {
            *value = Value::text(best.as_str());
        }
    });
}

fn for_each(sheets: &mut [SheetReading], name: &str, mut change: impl FnMut(&mut Value)) {
    for sheet in sheets.iter_mut().filter(|sheet| sheet.reason.is_none()) {
        let Some(place) = sheet.value_names.iter().position(|known| *known == name) else { continue };
        for row in &mut sheet.rows {
            if let Some(value) = row.values.get_mut(place) {
                change(value);
            }
        }
    }
}
