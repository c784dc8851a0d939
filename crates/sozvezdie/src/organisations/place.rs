//! The other buildings of an organisation: a second school house, a branch in the next village.
use super::{
    EDIT, KIND, LIST,
    model::{Organisation, OrganisationId, degrees},
    open, store, url,
};
use crate::shell::Page;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    audit::Entry,
    db::Tx,
    form::{Check, Problems},
    html::{self as piece, Fields, Line},
    http::{Path, Sent, go},
    once::{Done, Once},
};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

kit::db::id_type!(
    /// A building of an organisation.
    PlaceId
);

/// One building.
#[derive(Clone, Debug)]
pub struct Place {
    pub id: PlaceId,
    pub name: String,
    pub address: String,
    /// Degrees north and east.
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
}
kit::db::row!(Place { id, name, address, latitude, longitude });

/// What a checked form says.
#[derive(Clone, Debug)]
pub struct PlaceDraft {
    pub name: String,
    pub address: String,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
}

/// What was typed, as it was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct PlaceForm {
    pub name: String,
    pub address: String,
    #[serde(deserialize_with = "kit::form::loose")]
    pub latitude: String,
    #[serde(deserialize_with = "kit::form::loose")]
    pub longitude: String,
}

impl PlaceForm {
    fn of(p: &Place) -> Self {
        let degrees = |value: Option<f64>| value.map(|v| v.to_string()).unwrap_or_default();
        Self {
            name: p.name.clone(),
            address: p.address.clone(),
            latitude: degrees(p.latitude),
            longitude: degrees(p.longitude),
        }
    }

    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self) -> Result<PlaceDraft, Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let name = check.required("name", &self.name, 120);
        let address = check.required("address", &self.address, 300);
        let latitude = degrees(&mut problems, "latitude", &self.latitude, 90.0);
        let longitude = degrees(&mut problems, "longitude", &self.longitude, 180.0);
        problems.into_result(PlaceDraft { name, address, latitude, longitude })
    }
}

/// Adds a building.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn add(visit: &Visit, once: &Once, of: OrganisationId, form: &PlaceForm) -> Result<Done, Fault> {
    open_to_edit(visit, of).await?;
    let draft = form.check()?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let id = PlaceId(visit.new_id());
        store::place::insert(tx, of, id, &draft).await?;
        noted(tx, visit, of).await?;
        Ok(Done::created(url(of), serde_json::json!({ "id": id })))
    })
    .await
}

/// Changes a building.
///
/// # Errors
/// As [`add`].
pub async fn change(
    visit: &Visit,
    once: &Once,
    of: OrganisationId,
    id: PlaceId,
    form: &PlaceForm,
) -> Result<Done, Fault> {
    open_to_edit(visit, of).await?;
    let draft = form.check()?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::place::update(tx, of, id, &draft).await? {
            return Err(Fault::NotFound);
        }
        noted(tx, visit, of).await?;
        Ok(Done::changed(url(of), serde_json::json!({ "id": id })))
    })
    .await
}

/// The building is the organisation's no longer.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`].
pub async fn give_up(visit: &Visit, once: &Once, of: OrganisationId, id: PlaceId) -> Result<Done, Fault> {
    open_to_edit(visit, of).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::place::delete(tx, of, id).await? {
            return Err(Fault::NotFound);
        }
        noted(tx, visit, of).await?;
        Ok(Done::changed(url(of), serde_json::json!({ "id": id })))
    })
    .await
}

async fn noted(tx: &mut Tx, visit: &Visit, of: OrganisationId) -> Result<(), Fault> {
    Entry::new("update", KIND, of).fields(&["places"]).write(tx, visit).await
}

async fn open_to_edit(visit: &Visit, of: OrganisationId) -> Result<Organisation, Fault> {
    let o = open(visit, of).await?;
    visit.viewer.demand(EDIT, Some(of.0))?;
    Ok(o)
}

async fn open_place(visit: &Visit, of: OrganisationId, id: PlaceId) -> Result<Place, Fault> {
    store::place::find(&visit.net, of, id).await?.ok_or(Fault::NotFound)
}

pub async fn new(visit: Visit, Path(of): Path<OrganisationId>) -> Result<Markup, Fault> {
    let o = open_to_edit(&visit, of).await?;
    Ok(page(&visit, &o, None, &PlaceForm::default(), &Problems::default()))
}

pub async fn create(visit: Visit, Path(of): Path<OrganisationId>, sent: Sent<PlaceForm>) -> Result<Response, Fault> {
    match add(&visit, &sent.once(&visit, &format!("organisations.places.add {of}")), of, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-place-added")),
        Err(Fault::Invalid(problems)) => mend(&visit, of, None, &sent.data, &problems).await,
        Err(fault) => Err(fault),
    }
}

pub async fn edit(visit: Visit, Path((of, id)): Path<(OrganisationId, PlaceId)>) -> Result<Markup, Fault> {
    let o = open_to_edit(&visit, of).await?;
    let place = open_place(&visit, of, id).await?;
    Ok(page(&visit, &o, Some(id), &PlaceForm::of(&place), &Problems::default()))
}

pub async fn update(
    visit: Visit,
    Path((of, id)): Path<(OrganisationId, PlaceId)>,
    sent: Sent<PlaceForm>,
) -> Result<Response, Fault> {
    match change(&visit, &sent.once(&visit, &format!("organisations.places.change {id}")), of, id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-organisation-changed")),
        Err(Fault::Invalid(problems)) => mend(&visit, of, Some(id), &sent.data, &problems).await,
        Err(fault) => Err(fault),
    }
}

/// A form with nothing but its key.
#[derive(Deserialize, Default)]
pub struct Press {}

pub async fn remove(
    visit: Visit,
    Path((of, id)): Path<(OrganisationId, PlaceId)>,
    sent: Sent<Press>,
) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("organisations.places.remove {id}"));
    Ok(go(&give_up(&visit, &once, of, id).await?, "done-place-removed"))
}

async fn mend(
    visit: &Visit,
    of: OrganisationId,
    id: Option<PlaceId>,
    form: &PlaceForm,
    problems: &Problems,
) -> Result<Response, Fault> {
    let o = open(visit, of).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(visit, &o, id, form, problems)).into_response())
}

fn page(visit: &Visit, o: &Organisation, id: Option<PlaceId>, form: &PlaceForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let f = Fields { lang: t, problems };
    let title = t.say(if id.is_some() { "place-edit" } else { "place-add" });
    let here = format!("{}/places", url(o.id));
    let action = id.map_or_else(|| here.clone(), |id| format!("{here}/{id}"));
    let needed = Line { required: true, ..Line::TEXT };
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("organisations-title").into_owned()), (url(o.id), o.short_name.clone())], &title))
        (piece::head(&title, html! { p { (t.say("place-about")) } }, html! {}))
        section.panel {
            form.form.body action=(action) method="post" {
                (f.summary())
                (piece::key_field(&visit.new_key()))
                (f.line("name", &t.say("place-name"), &form.name, Line { hint: &t.say("place-name-hint"), ..needed }))
                (f.line("address", &t.say("organisation-address"), &form.address, needed))
                (f.line("latitude", &t.say("organisation-latitude"), &form.latitude, Line::TEXT))
                (f.line("longitude", &t.say("organisation-longitude"), &form.longitude, Line::TEXT))
                div.actions { button.btn.primary { (t.say("save")) } a.btn href=(url(o.id)) { (t.say("cancel")) } }
            }
            @if id.is_some() { form.body action={ (action) "/removal" } method="post" {
                (piece::key_field(&visit.new_key()))
                button.btn { (piece::icon("trash-2")) (t.say("place-remove")) }
            } }
        }
    })
}
