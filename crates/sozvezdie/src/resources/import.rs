//! Resources out of a file: the kind `resources` of `imports`. They come in as drafts, for the
//! owner to complete and publish.
use super::{
    KIND, changed,
    form::ResourceForm,
    index, insert, keeps_promises, known as with_known_owner,
    model::{Class, Resource, ResourceId, ResourceKind, ResourceState},
    store::{self, Read},
};
use crate::{
    imports::{
        Applied, Candidate, Decision, Deed, Difference, Finding, Incoming, Issue, Order, Pending, Scope, Target,
        Undone, Verdict, are_close, digits, plainly, words,
    },
    organisations,
};
use intake::values::{organisation::short_name, text::name_key};
use kit::{
    Fault, Lang, Visit,
    access::Permission,
    audit::Entry,
    db::Tx,
    text::{Message, text_prefix},
};
use serde_json::{Value as Json, json};
use std::collections::HashMap;
use uuid::Uuid;

/// The kind `resources`.
pub struct Resources;

/// Reading a catalogue into the network.
pub const IMPORT: Permission = Permission("imports.resources");

/// People whom a visit or a room takes when the file does not say: a class.
const USUAL_CAPACITY: i64 = 30;

impl Target for Resources {
    fn code(&self) -> &'static str {
        "resources"
    }

    fn permission(&self) -> Permission {
        IMPORT
    }

    fn list(&self) -> &'static str {
        super::LIST
    }

    fn url(&self, record: Uuid) -> String {
        super::url(record.into())
    }

    fn shown(&self, t: Lang, field: &str, value: &Json) -> String {
        match (field, value.as_str()) {
            ("class", Some(code)) if code.parse::<Class>().is_ok() => {
                t.say(&text_prefix!("resource-class-", code)).into_owned()
            }
            _ => plainly(value),
        }
    }

    fn compare<'a>(&'a self, tx: &'a mut Tx, scope: &'a Scope, rows: &'a [Incoming]) -> Pending<'a, Vec<Finding>> {
        Box::pin(async move {
            let catalogue = Catalogue::load(tx).await?;
            Ok(rows.iter().map(|row| catalogue.finding(scope, row)).collect())
        })
    }

    fn apply<'a>(
        &'a self,
        tx: &'a mut Tx,
        visit: &'a Visit,
        scope: &'a Scope,
        order: &'a Order,
    ) -> Pending<'a, Applied> {
        Box::pin(async move {
            match order.into {
                Some(record) => put_into(tx, visit, record.into(), &order.row).await,
                None => {
                    let owners = Owners::load(tx).await?;
                    let owner = owners.of(scope, &order.row).map_err(|message| Fault::field("owner_id", message))?;
                    let id = insert(tx, visit, &blank(&order.row, owner).check()?, ResourceState::Draft).await?;
                    Ok(Applied { record: id.0, version: 1, before: None, changed: true })
                }
            }
        })
    }

    fn undo<'a>(&'a self, tx: &'a mut Tx, visit: &'a Visit, deed: &'a Deed) -> Pending<'a, Undone> {
        Box::pin(async move {
            let id = ResourceId(deed.record);
            match &deed.before {
                None => remove(tx, visit, id, deed.version).await,
                Some(before) => put_back(tx, visit, id, deed.version, before).await,
            }
        })
    }
}

/// The organisations by every writing of their names.
struct Owners(HashMap<String, Option<Uuid>>);

impl Owners {
    async fn load(tx: &mut Tx) -> Result<Self, Fault> {
        let mut by_key: HashMap<String, Option<Uuid>> = HashMap::new();
        for (id, name) in organisations::short_names_in(tx).await? {
            // Two of one name are nobody's in particular.
            by_key
                .entry(name_key(&name))
                .and_modify(|known| *known = known.filter(|known| *known == id))
                .or_insert(Some(id));
        }
        Ok(Self(by_key))
    }

    fn of(&self, scope: &Scope, row: &Incoming) -> Result<Uuid, Message> {
        let owner = match row.text("owner") {
            None => scope.organisation.ok_or_else(|| Message::new("resource-import-no-owner"))?,
            Some(name) => {
                let found = [name_key(name), name_key(&short_name(name))]
                    .iter()
                    .find_map(|key| self.0.get(key).copied().flatten());
                found.ok_or_else(|| Message::new("resource-import-unknown-owner").with("name", name))?
            }
        };
        if scope.organisation.is_some_and(|bound| bound != owner) {
            return Err(Message::new("resource-import-other-owner"));
        }
        Ok(owner)
    }
}

/// What there is already.
struct Catalogue {
    owners: Owners,
    /// Resources of an owner, with the keys of their names.
    of: HashMap<Uuid, Vec<(String, Resource)>>,
}

impl Catalogue {
    async fn load(tx: &mut Tx) -> Result<Self, Fault> {
        let owners = Owners::load(tx).await?;
        let mut of: HashMap<Uuid, Vec<(String, Resource)>> = HashMap::new();
        for resource in store::import::all_in(tx).await?.into_iter().filter(|r| r.state != ResourceState::Closed) {
            of.entry(resource.owner_id.0).or_default().push((name_key(&resource.name), resource));
        }
        Ok(Self { owners, of })
    }

    fn finding(&self, scope: &Scope, row: &Incoming) -> Finding {
        let owner = match self.owners.of(scope, row) {
            Ok(owner) => owner,
            Err(message) => {
                return Finding {
                    verdict: Verdict::Refused(vec![Issue::rule("owner", message)]),
                    repeats: None,
                    notes: Vec::new(),
                };
            }
        };
        let form = blank(row, owner);
        let verdict = match form.check() {
            Err(fault) => refused(&fault),
            Ok(_) => self.verdict(owner, row),
        };
        let guessed =
            matches!(verdict, Verdict::New) && !row.values.contains_key("capacity") && !form.capacity.is_empty();
        let notes = guessed
            .then(|| Issue::note("capacity", Message::new("resource-import-usual-capacity").with("n", USUAL_CAPACITY)));
        Finding { verdict, repeats: None, notes: notes.into_iter().collect() }
    }

    fn verdict(&self, owner: Uuid, row: &Incoming) -> Verdict {
        let key = name_key(row.text("name").unwrap_or_default());
        let own = self.of.get(&owner).map(Vec::as_slice).unwrap_or_default();
        let named: Vec<&Resource> = own.iter().filter(|(known, _)| *known == key).map(|(_, r)| r).collect();
        match named.as_slice() {
            [one] => match merged(one, row).check() {
                Err(fault) => refused(&fault),
                Ok(_) => Verdict::Known {
                    record: one.id.0,
                    version: one.version,
                    title: one.name.clone(),
                    differences: differences(one, row),
                },
            },
            [] => {
                let close = |known: &str| {
                    words(known) == words(&key) || (digits(known) == digits(&key) && are_close(known, &key))
                };
                let near: Vec<Candidate> =
                    own.iter().filter(|(known, _)| close(known)).map(|(_, r)| candidate(r, "close_name")).collect();
                if near.is_empty() { Verdict::New } else { Verdict::Unclear(near) }
            }
            several => Verdict::Unclear(several.iter().map(|r| candidate(r, "same_name")).collect()),
        }
    }
}

fn candidate(r: &Resource, why: &str) -> Candidate {
    Candidate { decision: Decision::Into(r.id.0), title: r.name.clone(), why: why.into() }
}

/// The form's words for what is wrong, at the file's fields.
fn refused(fault: &Fault) -> Verdict {
    let Fault::Invalid(problems) = fault else { return Verdict::Refused(vec![Issue::rule("name", fault.message())]) };
    Verdict::Refused(
        problems.iter().map(|(name, message)| Issue::rule(name.trim_end_matches("_id"), message.clone())).collect(),
    )
}

fn capacity(row: &Incoming) -> Option<i64> {
    row.values.get("capacity").and_then(Json::as_i64)
}

/// The form of a new resource.
fn blank(row: &Incoming, owner: Uuid) -> ResourceForm {
    let text = |field: &str| row.text(field).unwrap_or_default().to_owned();
    let class: Option<Class> = row.text("class").and_then(|code| code.parse().ok());
    let usual = (class != Some(Class::Methodical)).then_some(USUAL_CAPACITY);
    ResourceForm {
        owner_id: owner.to_string(),
        class: text("class"),
        kind: kind_of(class, &text("name")).map(|kind| kind.code().to_owned()).unwrap_or_default(),
        name: text("name"),
        capacity: capacity(row).or(usual).map(|n| n.to_string()).unwrap_or_default(),
        conditions: text("conditions"),
        ..ResourceForm::default()
    }
}

/// The kind that a name speaks of; the form takes the usual one of the class otherwise.
fn kind_of(class: Option<Class>, name: &str) -> Option<ResourceKind> {
    const WORDS: &[(&str, ResourceKind)] = &[
        ("психолог", ResourceKind::Psychologist),
        ("лаборатор", ResourceKind::Laboratory),
        ("теплиц", ResourceKind::Laboratory),
        ("мастерск", ResourceKind::Workshop),
        ("кабинет", ResourceKind::Classroom),
        ("класс", ResourceKind::Classroom),
        ("спорт", ResourceKind::Sport),
        ("стадион", ResourceKind::Sport),
        ("бассейн", ResourceKind::Sport),
        ("зал", ResourceKind::Hall),
        ("автобус", ResourceKind::Transport),
        ("микроавтобус", ResourceKind::Transport),
        ("комплект", ResourceKind::Equipment),
        ("принтер", ResourceKind::Equipment),
        ("курс", ResourceKind::Course),
    ];
    let lower = name.to_lowercase();
    let speaks = |stem: &str| lower.split(|c: char| !c.is_alphabetic()).any(|word| word.starts_with(stem));
    WORDS.iter().find(|(stem, kind)| Some(kind.class()) == class && speaks(stem)).map(|(_, kind)| *kind)
}

/// The form of a record with a row's values put in: what the row leaves blank stays.
fn merged(r: &Resource, row: &Incoming) -> ResourceForm {
    let mut form = ResourceForm::of(r, &[], &[]);
    if let Some(class) = row.text("class") {
        class.clone_into(&mut form.class);
    }
    if let Some(places) = capacity(row) {
        form.capacity = places.to_string();
    }
    if let Some(conditions) = row.text("conditions") {
        conditions.clone_into(&mut form.conditions);
    }
    form
}

fn differences(r: &Resource, row: &Incoming) -> Vec<Difference> {
    let form = merged(r, row);
    let mut found = Vec::new();
    let mut note = |field: &str, old: Json, new: Json| {
        if old != new {
            found.push(Difference { field: field.into(), old, new });
        }
    };
    note("class", json!(r.class), json!(form.class));
    if let Some(places) = capacity(row) {
        note("capacity", json!(r.capacity), json!(places));
    }
    note("conditions", json!(r.conditions.clone().unwrap_or_default()), json!(form.conditions));
    found
}

async fn find(tx: &mut Tx, id: ResourceId) -> Result<Resource, Fault> {
    store::find_all(&mut Read::Tx(tx), &[id]).await?.pop().ok_or(Fault::NotFound)
}

async fn put_into(tx: &mut Tx, visit: &Visit, id: ResourceId, row: &Incoming) -> Result<Applied, Fault> {
    let r = find(tx, id).await?;
    if differences(&r, row).is_empty() {
        return Ok(Applied { record: id.0, version: r.version, before: None, changed: false });
    }
    let before = serde_json::to_value(ResourceForm::of(&r, &[], &[])).map_err(anyhow::Error::from)?;
    let version = write(tx, visit, &r, &merged(&r, row), "update").await?;
    Ok(Applied { record: id.0, version, before: Some(before), changed: true })
}

/// Writes a form over a record as it stands; its opening hours stay. Gives the new version.
async fn write(
    tx: &mut Tx,
    visit: &Visit,
    r: &Resource,
    form: &ResourceForm,
    action: &'static str,
) -> Result<i64, Fault> {
    let draft = form.check()?;
    if !with_known_owner(store::update(tx, r.id, r.version, &draft, visit.viewer.person, visit.now).await, &draft)? {
        return Err(Fault::conflict("import-stale", Message::new("import-stale")));
    }
    keeps_promises(tx, visit, r.id).await?;
    index(tx, r.id, &draft).await?;
    Entry::new(action, KIND, r.id).fields(&changed(r, &draft)).write(tx, visit).await?;
    Ok(find(tx, r.id).await?.version)
}

async fn remove(tx: &mut Tx, visit: &Visit, id: ResourceId, version: i64) -> Result<Undone, Fault> {
    if !store::import::remove(tx, id, version).await? {
        return Ok(Undone::Kept);
    }
    kit::search::index(tx, KIND, id.0, &[]).await?;
    Entry::new("undo-import", KIND, id).write(tx, visit).await?;
    Ok(Undone::Removed)
}

async fn put_back(tx: &mut Tx, visit: &Visit, id: ResourceId, version: i64, before: &Json) -> Result<Undone, Fault> {
    let now = store::find_all(&mut Read::Tx(tx), &[id]).await?.pop();
    let Some(now) = now.filter(|now| now.version == version) else { return Ok(Undone::Kept) };
    let before: ResourceForm = serde_json::from_value(before.clone()).map_err(anyhow::Error::from)?;
    tx.savepoint("put_back").await?;
    match write(tx, visit, &now, &before, "undo-import").await {
        Ok(version) => {
            tx.release("put_back").await?;
            Ok(Undone::Restored { version })
        }
        // More is promised by now than there was before.
        Err(Fault::Conflict(_)) => {
            tx.rollback_to("put_back").await?;
            tx.release("put_back").await?;
            Ok(Undone::Kept)
        }
        Err(fault) => Err(fault),
    }
}
