//! Pages of posts: extract, call, answer.
use super::{
    EDIT, EndForm, PERSON, add, change, choices,
    model::{PositionForm, PositionId},
    open_person, open_to_edit, store, view,
};
use crate::{
    app::App,
    organisations::{self, Listed as Organisation, OrganisationId},
    people::PersonId,
    shell::{drafts, tie},
};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    form::Problems,
    http::{Path, Query, Sent, go},
};
use maud::Markup;
use serde::Deserialize;

/// The tab of an organisation's record: who works there.
pub async fn of_organisation(visit: &Visit, of: OrganisationId, asked: &tie::Asked) -> Result<Markup, Fault> {
    let all = asked.get("former").is_some_and(|said| said == "yes");
    let posts = store::of_organisation(&visit.net, of, (!all).then_some(visit.today)).await?;
    Ok(view::of_organisation(visit, of, &posts, all))
}

pub async fn show(
    visit: Visit,
    State(app): State<App>,
    Path(id): Path<PersonId>,
    Query(asked): Query<tie::Asked>,
) -> Result<Markup, Fault> {
    let (name, posts) = open_person(&visit, id).await?;
    let tab = asked.get("tab").map_or("", String::as_str);
    let ties = app.ties(PERSON, &visit, id.0);
    let tied = ties.show(&visit, id.0, tab, &asked).await?;
    Ok(view::person(&visit, &view::Record { id, name, posts, ties, tied }, tab))
}

/// For whom the form is opened.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct For {
    organisation: String,
    person: String,
}

/// The organisations whose posts this viewer fills.
async fn own(visit: &Visit) -> Result<Vec<Organisation>, Fault> {
    let reach = visit.viewer.reach(EDIT);
    Ok(organisations::active(&visit.net).await?.into_iter().filter(|o| reach.covers(Some(o.id.0))).collect())
}

pub async fn new(visit: Visit, Query(asked): Query<For>) -> Result<Markup, Fault> {
    let draft: Option<PositionForm> = drafts::find(&visit, "position-new").await?;
    let is_restored = draft.is_some();
    let form = draft.unwrap_or_else(|| PositionForm {
        organisation_id: asked.organisation.clone(),
        person_id: asked.person.clone(),
        rate: "1".into(),
        from: visit.today.to_string(),
        ..PositionForm::default()
    });
    new_page(&visit, form, &Problems::default(), is_restored).await
}

async fn new_page(
    visit: &Visit,
    mut form: PositionForm,
    problems: &Problems,
    is_restored: bool,
) -> Result<Markup, Fault> {
    let own = own(visit).await?;
    if let (true, [only]) = (form.organisation_id.is_empty(), own.as_slice()) {
        form.organisation_id = only.id.to_string();
    }
    let people = match form.organisation_id.parse::<OrganisationId>() {
        Ok(of) if own.iter().any(|o| o.id == of) => choices(visit, of, form.name().as_ref()).await?,
        _ => Vec::new(),
    };
    Ok(view::form(visit, None, &view::Choices { own, people }, &form, problems, is_restored))
}

pub async fn create(visit: Visit, sent: Sent<PositionForm>) -> Result<Response, Fault> {
    match add(&visit, &sent.once(&visit, "staff.add"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-position-added")),
        Err(Fault::Invalid(problems)) => Ok(mend(new_page(&visit, sent.data, &problems, false).await?)),
        Err(fault) => Err(fault),
    }
}

fn mend(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

pub async fn edit(visit: Visit, Path(id): Path<PositionId>) -> Result<Markup, Fault> {
    let p = open_to_edit(&visit, id).await?;
    let none = view::Choices { own: Vec::new(), people: Vec::new() };
    Ok(view::form(&visit, Some(&p), &none, &PositionForm::of(&p), &Problems::default(), false))
}

pub async fn update(visit: Visit, Path(id): Path<PositionId>, sent: Sent<PositionForm>) -> Result<Response, Fault> {
    let problems = match change(&visit, &sent.once(&visit, &format!("staff.change {id}")), id, &sent.data).await {
        Ok(done) => return Ok(go(&done, "done-position-changed")),
        Err(Fault::Invalid(problems)) => problems,
        // Somebody was quicker: said over the kept form, which now stands on what is there.
        Err(Fault::Conflict(conflict)) if conflict.code == "stale" => Problems::one("post", conflict.message),
        Err(fault) => return Err(fault),
    };
    let p = open_to_edit(&visit, id).await?;
    let form = PositionForm { version: p.version.to_string(), ..sent.data };
    let none = view::Choices { own: Vec::new(), people: Vec::new() };
    Ok(mend(view::form(&visit, Some(&p), &none, &form, &problems, false)))
}

pub async fn end(visit: Visit, Path(id): Path<PositionId>, sent: Sent<EndForm>) -> Result<Response, Fault> {
    match super::end(&visit, &sent.once(&visit, &format!("staff.end {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-position-ended")),
        Err(Fault::Invalid(problems)) => {
            let p = open_to_edit(&visit, id).await?;
            let none = view::Choices { own: Vec::new(), people: Vec::new() };
            let form = PositionForm { until: sent.data.until.clone(), ..PositionForm::of(&p) };
            Ok(mend(view::form(&visit, Some(&p), &none, &form, &problems, false)))
        }
        Err(fault) => Err(fault),
    }
}
