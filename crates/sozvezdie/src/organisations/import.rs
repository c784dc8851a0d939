//! Organisations out of a file: the kind `organisations` of `imports`.
use super::{
    KIND, index, insert,
    model::{DatedName, OrganisationDraft, OrganisationForm, OrganisationId, OrganisationState},
    registry::{Found, Known, Registry, blank, differences, merged, renamed},
    store, view,
};
use crate::{
    imports::{Applied, Deed, Finding, Incoming, Issue, Order, Pending, Scope, Target, Undone, Verdict, plainly},
    people,
};
use chrono::NaiveDate;
use kit::{
    Fault, Lang, Visit,
    access::Permission,
    audit::Entry,
    db::{Directory, NetworkId, Tx},
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::HashMap;
use uuid::Uuid;

/// The kind `organisations`.
pub struct Organisations;

/// Reading a registry into the network.
pub const IMPORT: Permission = Permission("imports.organisations");

impl Target for Organisations {
    fn code(&self) -> &'static str {
        "organisations"
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

    // What somebody noted about a school in their own list is not for the school's page.
    fn unused_fields(&self) -> &'static [&'static str] {
        &["comment"]
    }

    fn shown(&self, t: Lang, field: &str, value: &Json) -> String {
        match (field, value) {
            ("kind", Json::String(code)) => code.parse().map(|kind| view::kind_words(t, kind)).unwrap_or_default(),
            ("phones", Json::Array(phones)) => {
                phones.iter().filter_map(Json::as_str).map(view::phone).collect::<Vec<_>>().join(", ")
            }
            _ => plainly(value),
        }
    }

    fn compare<'a>(&'a self, tx: &'a mut Tx, scope: &'a Scope, rows: &'a [Incoming]) -> Pending<'a, Vec<Finding>> {
        Box::pin(async move {
            let registry = Registry::new(
                store::import::all_in(tx).await?,
                store::import::all_focuses_in(tx).await?,
                store::import::all_names_in(tx).await?,
            );
            let mut numbers: HashMap<String, i64> = HashMap::new();
            let found = rows.iter().map(|row| Finding {
                repeats: repeats(&mut numbers, row),
                verdict: verdict(&registry, scope, row),
                notes: Vec::new(),
            });
            Ok(found.collect())
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
                Some(record) => put_into(tx, visit, scope, record.into(), &order.row).await,
                None => {
                    let draft = blank(&order.row).check(&scope.area_code)?;
                    let id = insert(tx, visit, &draft, OrganisationState::Active).await?;
                    Ok(Applied { record: id.0, version: 1, before: None, changed: true })
                }
            }
        })
    }

    fn undo<'a>(&'a self, tx: &'a mut Tx, visit: &'a Visit, deed: &'a Deed) -> Pending<'a, Undone> {
        Box::pin(async move {
            let id = OrganisationId(deed.record);
            match &deed.before {
                None => remove(tx, visit, id, deed.version).await,
                Some(before) => {
                    let before: Before = serde_json::from_value(before.clone()).map_err(anyhow::Error::from)?;
                    put_back(tx, visit, id, deed.version, &before).await
                }
            }
        })
    }
}

/// The area code of the network's local telephone numbers.
///
/// # Errors
/// The database's.
pub async fn local_area_code(directory: &Directory, network: NetworkId) -> Result<String, Fault> {
    store::area_code(directory, network).await
}

/// An earlier row of the file with the same ИНН or ОГРН.
fn repeats(numbers: &mut HashMap<String, i64>, row: &Incoming) -> Option<i64> {
    let own: Vec<&str> = ["inn", "ogrn"].into_iter().filter_map(|field| row.text(field)).collect();
    let earlier = own.iter().find_map(|number| numbers.get(*number)).copied();
    for number in own {
        numbers.entry(number.to_owned()).or_insert(row.place);
    }
    earlier
}

fn verdict(registry: &Registry, scope: &Scope, row: &Incoming) -> Verdict {
    match registry.find(row) {
        Found::Several(candidates) => match blank(row).check(&scope.area_code) {
            Err(fault) => refused(&fault),
            Ok(_) => Verdict::Unclear(candidates),
        },
        Found::Nobody => match blank(row).check(&scope.area_code) {
            Err(fault) => refused(&fault),
            Ok(_) => Verdict::New,
        },
        Found::One { id, by_number } => {
            let Some(known) = registry.get(id) else { return Verdict::New };
            match Change::of(known, row, by_number, scope) {
                Err(fault) => refused(&fault),
                Ok(change) => Verdict::Known {
                    record: id.0,
                    version: known.organisation.version,
                    title: known.organisation.short_name.clone(),
                    differences: differences(&change.before, &change.after),
                },
            }
        }
    }
}

/// The form's words for what is wrong, at the file's fields.
fn refused(fault: &Fault) -> Verdict {
    let Fault::Invalid(problems) = fault else { return Verdict::Refused(vec![Issue::rule("name", fault.message())]) };
    let field = |name: &str| if name == "head_name" { "head".to_owned() } else { name.to_owned() };
    Verdict::Refused(problems.iter().map(|(name, message)| Issue::rule(&field(name), message.clone())).collect())
}

/// What a row changes about a record.
struct Change {
    before: OrganisationForm,
    after: OrganisationForm,
    draft: OrganisationDraft,
    name: Option<(String, String)>,
}

impl Change {
    fn of(known: &Known, row: &Incoming, by_number: bool, scope: &Scope) -> Result<Self, Fault> {
        let before = OrganisationForm::of(&known.organisation, &known.focuses);
        let mut after = merged(known, row);
        let name = renamed(&known.organisation, row, by_number);
        if let Some((full, short)) = &name {
            (after.name, after.short_name) = (full.clone(), short.clone());
        }
        let draft = after.check(&scope.area_code)?;
        // As it will be stored, not as it was typed.
        (after.phones, after.inn) = (draft.phones.replace(' ', ", "), draft.inn.clone().unwrap_or_default());
        Ok(Self { before, after, draft, name })
    }
}

/// Name, short name and ground of a name.
type Named = (String, String, Option<String>);

/// What an import found in a record, for putting it back.
#[derive(Serialize, Deserialize)]
struct Before {
    form: OrganisationForm,
    /// The day from which the import named it, and the name that began on that day before.
    named: Option<(NaiveDate, Option<Named>)>,
}

async fn put_into(
    tx: &mut Tx,
    visit: &Visit,
    scope: &Scope,
    id: OrganisationId,
    row: &Incoming,
) -> Result<Applied, Fault> {
    let organisation = store::find_in(tx, id).await?.ok_or(Fault::NotFound)?;
    let known = Known { focuses: store::import::focuses_in(tx, id).await?, organisation };
    let said = |field| row.text(field).map(str::to_owned);
    let by_number = [(&known.organisation.inn, said("inn")), (&known.organisation.ogrn, said("ogrn"))];
    let by_number = by_number.into_iter().any(|(own, said)| own.is_some() && *own == said);
    let change = Change::of(&known, row, by_number, scope)?;
    let found = differences(&change.before, &change.after);
    if found.is_empty() {
        return Ok(Applied { record: id.0, version: known.organisation.version, before: None, changed: false });
    }
    let mut before = Before { form: change.before, named: None };
    super::unique(
        store::update(tx, id, known.organisation.version, &change.draft, visit.viewer.person, visit.now).await,
    )?;
    if let Some((name, short_name)) = change.name {
        let from = scope.as_of.min(visit.today);
        let earlier = store::import::name_from(tx, id, from).await?;
        before.named = Some((from, earlier.map(|n| (n.name, n.short_name, n.reason))));
        store::put_name(tx, id, &DatedName { from, name, short_name, reason: None }).await?;
        store::refresh_name(tx, id, visit.viewer.person, visit.now).await?;
    }
    let version = reindex(tx, id, &change.draft).await?;
    let fields: Vec<&str> = found.iter().map(|difference| audit_field(&difference.field)).collect();
    Entry::new("update", KIND, id).fields(&fields).write(tx, visit).await?;
    let before = serde_json::to_value(before).map_err(anyhow::Error::from)?;
    Ok(Applied { record: id.0, version, before: Some(before), changed: true })
}

fn audit_field(field: &str) -> &str {
    match field {
        "head" => "head_name",
        "short_name" => "name",
        other => other,
    }
}

/// Writes the search terms of a record as it stands now, and gives its version.
async fn reindex(tx: &mut Tx, id: OrganisationId, draft: &OrganisationDraft) -> Result<i64, Fault> {
    let now = store::find_in(tx, id).await?.ok_or(Fault::NotFound)?;
    let remarks = super::remarks([&draft.address, &draft.about, &draft.head_name, &draft.inn]);
    index(tx, id, &now.name, &now.short_name, &remarks).await?;
    Ok(now.version)
}

async fn remove(tx: &mut Tx, visit: &Visit, id: OrganisationId, version: i64) -> Result<Undone, Fault> {
    if people::is_granted_in(tx, id.0).await? || !store::import::remove(tx, id, version).await? {
        return Ok(Undone::Kept);
    }
    kit::search::index(tx, KIND, id.0, &[]).await?;
    Entry::new("undo-import", KIND, id).write(tx, visit).await?;
    Ok(Undone::Removed)
}

async fn put_back(
    tx: &mut Tx,
    visit: &Visit,
    id: OrganisationId,
    version: i64,
    before: &Before,
) -> Result<Undone, Fault> {
    // What was stored once needs no area code any more.
    let draft = before.form.check("")?;
    if !super::unique(store::update(tx, id, version, &draft, visit.viewer.person, visit.now).await)? {
        return Ok(Undone::Kept);
    }
    if let Some((from, earlier)) = &before.named {
        match earlier.clone() {
            Some((name, short_name, reason)) => {
                store::put_name(tx, id, &DatedName { from: *from, name, short_name, reason }).await?;
            }
            None => store::import::drop_name(tx, id, *from).await?,
        }
        store::refresh_name(tx, id, visit.viewer.person, visit.now).await?;
    }
    let version = reindex(tx, id, &draft).await?;
    Entry::new("undo-import", KIND, id).write(tx, visit).await?;
    Ok(Undone::Restored { version })
}
