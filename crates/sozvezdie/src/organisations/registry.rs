//! Which organisation a row of a file speaks of. Pure: the registry is read before.
use super::model::{Focus, Organisation, OrganisationForm, OrganisationId, OrganisationState};
use crate::imports::{Candidate, Decision, Difference, Incoming, are_close, digits, words};
use intake::values::{organisation::short_name, text::name_key};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, HashMap};

/// An organisation as it stands in the registry.
pub struct Known {
    pub organisation: Organisation,
    pub focuses: Vec<Focus>,
}

/// The registry by everything that a row may name.
#[derive(Default)]
pub struct Registry {
    all: BTreeMap<OrganisationId, Known>,
    by_number: HashMap<String, OrganisationId>,
    by_name: HashMap<String, Vec<OrganisationId>>,
    by_former: HashMap<String, Vec<OrganisationId>>,
    /// The same words in any order.
    by_words: HashMap<String, Vec<OrganisationId>>,
    /// Names by the numbers in them: «№ 1» is never taken for «№ 2».
    by_digits: HashMap<String, Vec<(String, OrganisationId)>>,
}

/// What a row turned out to be.
pub enum Found {
    Nobody,
    /// By its number, or by its name.
    One {
        id: OrganisationId,
        by_number: bool,
    },
    Several(Vec<Candidate>),
}

/// ИНН and ОГРН in one table: they differ in length.
fn numbers(o: &Organisation) -> impl Iterator<Item = &String> {
    [&o.inn, &o.ogrn].into_iter().flatten()
}

impl Registry {
    pub fn new(
        all: Vec<Organisation>,
        mut focuses: HashMap<OrganisationId, Vec<Focus>>,
        names: Vec<(OrganisationId, String)>,
    ) -> Self {
        let mut registry = Self::default();
        for organisation in all {
            let id = organisation.id;
            for number in numbers(&organisation) {
                registry.by_number.insert(number.clone(), id);
            }
            for key in keys(&organisation.name, &organisation.short_name) {
                add(&mut registry.by_words, words(&key), id);
                let near = registry.by_digits.entry(digits(&key)).or_default();
                near.push((key.clone(), id));
                add(&mut registry.by_name, key, id);
            }
            registry.all.insert(id, Known { focuses: focuses.remove(&id).unwrap_or_default(), organisation });
        }
        for (id, name) in names {
            add(&mut registry.by_former, name_key(&name), id);
        }
        registry
    }

    pub fn get(&self, id: OrganisationId) -> Option<&Known> {
        self.all.get(&id)
    }

    /// By ИНН or ОГРН, else by the name in any writing; a close name, a former one, or numbers
    /// that speak against the name are for a person to decide.
    pub fn find(&self, row: &Incoming) -> Found {
        let mut numbered: Vec<OrganisationId> =
            ["inn", "ogrn"].into_iter().filter_map(|f| self.by_number.get(row.text(f)?)).copied().collect();
        numbered.dedup();
        match numbered.as_slice() {
            [one] => return self.unless_gone(*one, true),
            [] => {}
            several => return Found::Several(self.candidates(several, "same_number")),
        }
        let (name, short) = (row.text("name").unwrap_or_default(), row.text("short_name").unwrap_or_default());
        let keys = keys(name, short);
        let named = self.all_of(&self.by_name, &keys);
        match named.as_slice() {
            [one] if self.other_number(*one, row) => Found::Several(self.candidates(&named, "other_number")),
            [one] => self.unless_gone(*one, false),
            [] => {
                let former = self.all_of(&self.by_former, &keys);
                let mut candidates = self.candidates(&former, "former_name");
                let close = self.close(&keys).into_iter().filter(|id| !former.contains(id)).collect::<Vec<_>>();
                candidates.extend(self.candidates(&close, "close_name"));
                if candidates.is_empty() { Found::Nobody } else { Found::Several(candidates) }
            }
            several => Found::Several(self.candidates(several, "same_name")),
        }
    }

    /// What has been closed or went over into another is not written to unasked.
    fn unless_gone(&self, id: OrganisationId, by_number: bool) -> Found {
        let gone = [OrganisationState::Closed, OrganisationState::Reorganised];
        match self.get(id) {
            Some(known) if gone.contains(&known.organisation.state) => Found::Several(self.candidates(&[id], "gone")),
            _ => Found::One { id, by_number },
        }
    }

    fn all_of(&self, by: &HashMap<String, Vec<OrganisationId>>, keys: &[String]) -> Vec<OrganisationId> {
        let mut ids: Vec<OrganisationId> = keys.iter().filter_map(|key| by.get(key)).flatten().copied().collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    fn other_number(&self, id: OrganisationId, row: &Incoming) -> bool {
        let differs = |own: &Option<String>, field: &str| {
            own.as_deref().zip(row.text(field)).is_some_and(|(own, said)| own != said)
        };
        self.get(id)
            .is_some_and(|known| differs(&known.organisation.inn, "inn") || differs(&known.organisation.ogrn, "ogrn"))
    }

    fn close(&self, keys: &[String]) -> Vec<OrganisationId> {
        let mut ids = Vec::new();
        for key in keys {
            ids.extend(self.by_words.get(&words(key)).into_iter().flatten());
            let near = self.by_digits.get(&digits(key)).into_iter().flatten();
            ids.extend(near.filter(|(other, _)| are_close(key, other)).map(|(_, id)| *id));
        }
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    fn candidates(&self, ids: &[OrganisationId], why: &str) -> Vec<Candidate> {
        let known = ids.iter().filter_map(|id| self.get(*id));
        known
            .map(|known| Candidate {
                decision: Decision::Into(known.organisation.id.0),
                title: known.organisation.short_name.clone(),
                why: why.into(),
            })
            .collect()
    }
}

fn add(to: &mut HashMap<String, Vec<OrganisationId>>, key: String, id: OrganisationId) {
    let ids = to.entry(key).or_default();
    if !ids.contains(&id) {
        ids.push(id);
    }
}

/// The writings under which an organisation goes: the usual name, the full one and what is usual
/// for the full one.
fn keys(name: &str, short: &str) -> Vec<String> {
    let derived = short_name(name);
    let mut keys: Vec<String> =
        [short, name, derived.as_str()].into_iter().map(name_key).filter(|key| !key.is_empty()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The form of an organisation with a row's values put in: what the row leaves blank stays.
pub fn merged(known: &Known, row: &Incoming) -> OrganisationForm {
    let mut form = OrganisationForm::of(&known.organisation, &known.focuses);
    fill(&mut form, row);
    form
}

/// The form of a new organisation.
pub fn blank(row: &Incoming) -> OrganisationForm {
    let text = |field: &str| row.text(field).unwrap_or_default().to_owned();
    let mut form = OrganisationForm {
        kind: text("kind"),
        name: text("name"),
        short_name: text("short_name"),
        ..OrganisationForm::default()
    };
    fill(&mut form, row);
    form
}

fn fill(form: &mut OrganisationForm, row: &Incoming) {
    let places = [
        ("address", &mut form.address),
        ("email", &mut form.email),
        ("site", &mut form.site),
        ("head", &mut form.head_name),
        ("inn", &mut form.inn),
        ("kpp", &mut form.kpp),
        ("ogrn", &mut form.ogrn),
    ];
    for (field, place) in places {
        if let Some(text) = row.text(field) {
            text.clone_into(place);
        }
    }
    // A kind that was only guessed from the name does not overrule what stands there.
    if let Some(kind) = row.text("kind").filter(|_| row.has_column("kind")) {
        kind.clone_into(&mut form.kind);
    }
    let phones: Vec<&str> =
        row.values.get("phones").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str).collect();
    if !phones.is_empty() {
        form.phones = phones.join(", ");
    }
}

/// The name that a row gives an organisation, full and usual. Another writing of the same name is
/// none: lists abbreviate. A row with the organisation's number and another name renames it; one
/// with a longer name completes a record that has only the usual one.
pub fn renamed(o: &Organisation, row: &Incoming, by_number: bool) -> Option<(String, String)> {
    let (name, short) = (row.text("name")?, row.text("short_name")?);
    let known = keys(&o.name, &o.short_name);
    let said = keys(name, short);
    if by_number && !said.iter().any(|key| known.contains(key)) {
        return Some((name.to_owned(), short.to_owned()));
    }
    let lacks_full = name_key(&o.name) == name_key(&o.short_name);
    let completes = lacks_full && !known.contains(&name_key(name)) && name.chars().count() > o.name.chars().count();
    completes.then(|| (name.to_owned(), o.short_name.clone()))
}

/// The values in which two forms differ, in the words of the file's fields.
pub fn differences(before: &OrganisationForm, after: &OrganisationForm) -> Vec<Difference> {
    let texts = [
        ("name", &before.name, &after.name),
        ("short_name", &before.short_name, &after.short_name),
        ("kind", &before.kind, &after.kind),
        ("address", &before.address, &after.address),
        ("email", &before.email, &after.email),
        ("site", &before.site, &after.site),
        ("head", &before.head_name, &after.head_name),
        ("inn", &before.inn, &after.inn),
        ("kpp", &before.kpp, &after.kpp),
        ("ogrn", &before.ogrn, &after.ogrn),
    ];
    let mut found: Vec<Difference> = texts
        .into_iter()
        .filter(|(_, old, new)| old != new)
        .map(|(field, old, new)| Difference { field: field.into(), old: json!(old), new: json!(new) })
        .collect();
    if before.phones != after.phones {
        let list = |text: &str| json!(text.split(", ").filter(|phone| !phone.is_empty()).collect::<Vec<_>>());
        found.push(Difference { field: "phones".into(), old: list(&before.phones), new: list(&after.phones) });
    }
    found
}
