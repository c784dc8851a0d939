//! What is particular to a methodical resource: files in versions, who may take them, and which
//! organisations adopt them. It is downloaded and adopted, never booked (`domain.md` §4).
mod api;
mod store;
#[cfg(test)]
mod tests;
pub mod view;
pub mod web;

pub use api::{adopt as api_adopt, document, set_access as api_access, show as api_show, upload as api_upload};

use super::{
    EDIT, KIND,
    model::{Class, Resource, ResourceId},
    open, url,
};
use crate::organisations::{self, OrganisationId};
use chrono::{DateTime, Utc};
use kit::{
    Fault, Visit,
    access::{Permission, Reach},
    audit::Entry,
    db::Tx,
    files::{FileId, Settled, StoredFile},
    form::{Check, Problems},
    html::Tone,
    once::{Done, Once},
    text::Message,
};
use serde::{Deserialize, Serialize};

/// Marking how far the own organisation has come with another's methods.
pub const ADOPT: Permission = Permission("resources.adopt");

/// Versions of one resource at most.
const VERSIONS: i64 = 100;

kit::codes! {
    /// Whom the licence lets take the files.
    pub enum FileAccess { Everyone = "everyone", Network = "network", Adopters = "adopters" }
}

kit::codes! {
    /// study → trial → adopted; refused from anywhere, and begun anew.
    pub enum AdoptionState { Study = "study", Trial = "trial", Adopted = "adopted", Refused = "refused" }
}

impl AdoptionState {
    /// The table of allowed moves; `None` has not begun. Staying changes the note.
    pub fn may_follow(self, before: Option<Self>) -> bool {
        use AdoptionState::{Adopted, Refused, Study, Trial};
        match before {
            None => matches!(self, Study | Trial),
            Some(Study) => matches!(self, Study | Trial | Refused),
            Some(Trial) => matches!(self, Trial | Adopted | Refused),
            Some(Adopted) => matches!(self, Adopted | Refused),
            Some(Refused) => matches!(self, Refused | Study),
        }
    }

    pub fn tone(self) -> Tone {
        match self {
            Self::Adopted => Tone::Ok,
            Self::Trial | Self::Study => Tone::Info,
            Self::Refused => Tone::Plain,
        }
    }
}

/// One version of the file.
pub struct Version {
    pub number: i64,
    pub file: StoredFile,
    /// What has changed.
    pub note: Option<String>,
    pub downloads: i64,
}

/// How far one organisation has come.
pub struct Adoption {
    pub organisation_id: OrganisationId,
    pub organisation_name: String,
    pub state: AdoptionState,
    pub note: Option<String>,
    pub updated_at: DateTime<Utc>,
}
kit::db::row!(Adoption { organisation_id, organisation_name, state, note, updated_at });

/// All of it, the latest version first.
pub struct Material {
    pub versions: Vec<Version>,
    pub access: FileAccess,
    pub adoptions: Vec<Adoption>,
    /// This viewer may take the files.
    pub may_take: bool,
}

/// The files and the adoptions of a methodical resource; `None` for any other.
///
/// # Errors
/// The database's.
pub async fn of(visit: &Visit, r: &Resource) -> Result<Option<Material>, Fault> {
    if r.class != Class::Methodical {
        return Ok(None);
    }
    let access = store::access(&visit.net, r.id).await?;
    let adoptions = store::adoptions(&visit.net, r.id).await?;
    let may_take = may_take(visit, r, access, &adoptions);
    Ok(Some(Material { versions: store::versions(&visit.net, r.id).await?, access, adoptions, may_take }))
}

fn may_take(visit: &Visit, r: &Resource, access: FileAccess, adoptions: &[Adoption]) -> bool {
    let own = visit.viewer.organisations();
    let adopts = || {
        adoptions.iter().any(|a| a.state != AdoptionState::Refused && own.contains(&a.organisation_id.0))
            || own.contains(&r.owner_id.0)
    };
    match access {
        FileAccess::Everyone => true,
        FileAccess::Network => !visit.viewer.is_guest(),
        FileAccess::Adopters => visit.viewer.reach(EDIT).covers(Some(r.owner_id.0)) || adopts(),
    }
}

/// The resource, for who may edit it and when it has files at all.
async fn open_to_edit(visit: &Visit, id: ResourceId) -> Result<Resource, Fault> {
    let r = open(visit, id).await?;
    visit.viewer.demand(EDIT, Some(r.owner_id.0))?;
    methodical(&r)?;
    Ok(r)
}

fn methodical(r: &Resource) -> Result<(), Fault> {
    if r.class == Class::Methodical {
        return Ok(());
    }
    Err(Fault::conflict("class", Message::new("material-only-methodical").with("name", &r.name)))
}

/// What is said of a new version.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct VersionForm {
    pub note: String,
}

/// Puts a file that has come in on top as the newest version.
///
/// # Errors
/// [`Fault::Invalid`] when the resource has the same bytes already, or too many versions.
pub async fn add_version(
    visit: &Visit,
    once: &Once,
    id: ResourceId,
    form: &VersionForm,
    file: &Settled,
) -> Result<Done, Fault> {
    open_to_edit(visit, id).await?;
    let mut problems = Problems::default();
    let note = Check { problems: &mut problems }.optional("note", &form.note, 500);
    problems.into_result(())?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let (number, file_id) = put_version(tx, visit, id, note.as_deref(), file).await?;
        let body = serde_json::json!({ "number": number, "file_id": file_id, "name": file.name, "media": file.media,
            "size": file.size, "sha256": hex::encode(file.sha256) });
        Ok(Done::created(url(id), body))
    })
    .await
}

/// Writes a version with its audit line. For [`add_version`] and the demo.
///
/// # Errors
/// As [`add_version`].
pub async fn put_version(
    tx: &mut Tx,
    visit: &Visit,
    id: ResourceId,
    note: Option<&str>,
    file: &Settled,
) -> Result<(i64, FileId), Fault> {
    // The row of the resource is the one that all who bring a version share: numbers follow one another.
    super::store::touch(tx, id, visit.viewer.person, visit.now).await?;
    let file_id = kit::files::attach(tx, visit, file, KIND, id.0).await?;
    let number = store::next_number(tx, id).await?;
    if number > VERSIONS {
        return Err(Fault::field("file", Message::new("material-too-many").with("limit", VERSIONS)));
    }
    store::insert_version(tx, id, number, file_id, note).await?;
    Entry::new("attach", KIND, id).write(tx, visit).await?;
    Ok((number, file_id))
}

/// What the form of access says.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct AccessForm {
    pub access: String,
}

/// Says whom the licence lets take the files.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn set_access(visit: &Visit, once: &Once, id: ResourceId, form: &AccessForm) -> Result<Done, Fault> {
    open_to_edit(visit, id).await?;
    let access: FileAccess = form.access.parse().map_err(|_| Fault::field("access", Message::new("form-choose")))?;
    once.run(&visit.net, async |tx: &mut Tx| {
        put_access(tx, visit, id, access).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "access": access })))
    })
    .await
}

/// Writes the access with its audit line. For [`set_access`] and the demo.
///
/// # Errors
/// The database's.
pub async fn put_access(tx: &mut Tx, visit: &Visit, id: ResourceId, access: FileAccess) -> Result<(), Fault> {
    store::put_access(tx, id, access).await?;
    super::store::touch(tx, id, visit.viewer.person, visit.now).await?;
    Entry::new("update", KIND, id).fields(&["file_access"]).write(tx, visit).await
}

/// What the form of an adoption says.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct AdoptionForm {
    pub organisation_id: String,
    pub state: String,
    /// Not `note`: that field is the version's, and both forms stand on one page.
    pub remark: String,
}

/// Marks how far an organisation has come with the method of another.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state` when
/// the step does not follow from the one before, or somebody was quicker.
pub async fn adopt(visit: &Visit, once: &Once, id: ResourceId, form: &AdoptionForm) -> Result<Done, Fault> {
    let r = open(visit, id).await?;
    methodical(&r)?;
    // Whoever acts for the owner alone has nobody to adopt it for.
    if visit.viewer.reach(ADOPT) == Reach::Organisations(vec![r.owner_id.0]) {
        return Err(Fault::conflict("own", Message::new("adoption-own")));
    }
    let mut problems = Problems::default();
    let note = Check { problems: &mut problems }.optional("remark", &form.remark, 500);
    let state: Option<AdoptionState> = form.state.parse().ok();
    if state.is_none() {
        problems.add("state", Message::new("form-choose"));
    }
    let organisation = form.organisation_id.parse::<OrganisationId>().ok();
    match organisation {
        None => problems.add("organisation_id", Message::new("form-choose")),
        Some(own) if own == r.owner_id => problems.add("organisation_id", Message::new("adoption-own")),
        Some(_) => {}
    }
    problems.into_result(())?;
    let (Some(state), Some(organisation)) = (state, organisation) else { return Err(Fault::NotFound) };
    visit.viewer.demand(ADOPT, Some(organisation.0))?;
    organisations::open(visit, organisation).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        put_adoption(tx, visit, id, organisation, state, note.as_deref()).await?;
        Ok(Done::changed(url(id), serde_json::json!({ "id": id, "organisation_id": organisation, "state": state })))
    })
    .await
}

/// Writes an adoption with its audit line. For [`adopt`] and the demo.
///
/// # Errors
/// As [`adopt`].
pub async fn put_adoption(
    tx: &mut Tx,
    visit: &Visit,
    id: ResourceId,
    organisation: OrganisationId,
    state: AdoptionState,
    note: Option<&str>,
) -> Result<(), Fault> {
    let before = store::adoption_state(tx, id, organisation).await?;
    let step = store::Step { resource: id, organisation, before, next: state };
    if !(state.may_follow(before) && store::step(tx, step, note, visit.viewer.person, visit.now).await?) {
        return Err(Fault::conflict("state", Message::new("adoption-wrong-step")));
    }
    Entry::new("adopt", KIND, id).write(tx, visit).await
}

/// The file, for whom the licence lets take it; counted and written to the trail.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::SignIn`], [`Fault::Forbidden`] for whom it is not.
pub async fn take(visit: &Visit, id: FileId) -> Result<StoredFile, Fault> {
    let file = kit::files::find(&visit.net, KIND, id).await?.ok_or(Fault::NotFound)?;
    let r = open(visit, ResourceId(file.record_id)).await?;
    let material = of(visit, &r).await?.ok_or(Fault::NotFound)?;
    if !material.may_take {
        return Err(if visit.viewer.is_guest() { Fault::SignIn } else { Fault::Forbidden(ADOPT) });
    }
    visit
        .net
        .transact(async |tx: &mut Tx| {
            store::count_download(tx, id).await?;
            Entry::new("read", KIND, r.id).write(tx, visit).await
        })
        .await?;
    Ok(file)
}
