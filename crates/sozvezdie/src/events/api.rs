//! Events for programs.
use super::{
    EDIT, Edition, EditionId, Stage, StageId, change,
    entries::web as entries,
    form::{EditionForm, StageForm},
    open, store,
    web::{Asked, Move},
};
use axum::{
    Json,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    cursor::{Cursor, Slice, page_size},
    http::{Path, Query, Sent, answer, etag, patched},
    text::Message,
};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(
        list,
        create,
        show,
        update,
        move_to,
        create_stage,
        update_stage,
        move_stage,
        entries::api_list,
        entries::api_create
    ))]
    struct Part;
    Part::openapi()
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Paging {
    page_size: Option<i64>,
    cursor: String,
}

/// The editions of events: one holding in one academic year each.
#[utoipa::path(get, path = "/api/v1/editions",
    params(("q" = Option<String>, Query, description = "a part of the title"),
           ("year" = Option<String>, Query, description = "academic year: 2026-2027"),
           ("kind" = Option<String>, Query, description = "olympiad, contest, conference, competition"),
           ("level" = Option<String>, Query, description = "school, municipal, intermunicipal, regional, interregional, national, international"),
           ("format" = Option<String>, Query, description = "in_person, correspondence, distance"),
           ("list" = Option<String>, Query, description = "on the official list: federal, rsosh, regional, municipal; or none"),
           ("subject" = Option<String>, Query, description = "the subject as it is written"),
           ("organiser" = Option<uuid::Uuid>, Query, description = "id of the organisation that holds it"),
           ("state" = Option<String>, Query, description = "draft, announced, running, published, cancelled"),
           ("sort" = Option<String>, Query, description = "-date, date, title, -title"),
           ("page_size" = Option<i64>, Query, description = "1 to 200, 50 unless said"),
           ("cursor" = Option<String>, Query, description = "next_cursor of the page before")),
    responses((status = 200, description = "`{items, next_cursor, total}`"), (status = 422, description = "a code that is none")))]
pub async fn list(visit: Visit, Query(asked): Query<Asked>, Query(paging): Query<Paging>) -> Result<Response, Fault> {
    let filter = asked.filter(&visit);
    // A program that asks for an unknown code is told so; a person's old link just shows all.
    for (field, text, known) in [
        ("year", &asked.year, filter.year.is_some()),
        ("kind", &asked.kind, filter.kind.is_some()),
        ("level", &asked.level, filter.level.is_some()),
        ("format", &asked.format, filter.format.is_some()),
        ("list", &asked.list, filter.list.is_some()),
        ("organiser", &asked.organiser, filter.organiser.is_some()),
        ("state", &asked.state, filter.state.is_some()),
    ] {
        if !text.is_empty() && !known {
            return Err(Fault::field(field, Message::new("form-unknown-code").with("code", text)));
        }
    }
    let cursor = if paging.cursor.is_empty() { None } else { Some(Cursor::decode(&paging.cursor)?) };
    let slice = store::list::list(&visit.net, &filter, cursor.as_ref(), page_size(paging.page_size)).await?;
    let ids: Vec<EditionId> = slice.items.iter().map(|e| e.id).collect();
    let lists = store::list::lists_of(&visit.net, &ids).await?;
    let items = slice.items.iter().map(|e| whole(e, lists.get(&e.id).map_or(&[], Vec::as_slice))).collect();
    Ok(Json(Slice { items, next: slice.next, total: slice.total }).into_response())
}

fn whole(e: &Edition, lists: &[(super::ListKind, Option<i64>)]) -> Value {
    let lists: Vec<Value> = lists.iter().map(|(kind, level)| json!({ "list": kind, "rsosh_level": level })).collect();
    json!({
        "id": e.id, "event": e.event_id, "kind": e.kind, "title": e.title,
        "academic_year": e.academic_year, "level": e.level, "format": e.format, "subject": e.subject,
        "organiser": e.organiser, "organiser_id": e.organiser_id, "class_from": e.class_from, "class_to": e.class_to,
        "team_size": e.team_size, "starts_on": e.starts_on, "ends_on": e.ends_on, "apply_until": e.apply_until, "place": e.place,
        "site": e.site, "act_id": e.act_id, "paid": e.paid, "prize_degrees": e.prize_degrees, "state": e.state,
        "published_at": e.published_at, "lists": lists, "updated_at": e.updated_at, "version": e.version,
    })
}

fn stage(s: &Stage) -> Value {
    json!({
        "id": s.id, "position": s.position, "title": s.title, "level": s.level, "organiser_id": s.organiser_id,
        "starts_on": s.starts_on, "ends_on": s.ends_on, "place": s.place, "counted": s.counted,
        "min_pct_winner": s.min_pct_winner, "winner_quota": s.winner_quota, "prize_quota": s.prize_quota,
        "tie_policy": s.tie_policy, "pass_score": s.pass_score, "state": s.state, "version": s.version,
    })
}

/// One edition with its stages. No child is named here.
#[utoipa::path(get, path = "/api/v1/editions/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "the edition, with its ETag"), (status = 404, description = "unknown")))]
pub async fn show(visit: Visit, Path(id): Path<EditionId>) -> Result<Response, Fault> {
    let edition = open(&visit, id).await?;
    let lists = store::list::lists_of(&visit.net, &[id]).await?.remove(&id).unwrap_or_default();
    let mut body = whole(&edition, &lists);
    if let Some(map) = body.as_object_mut() {
        let stages: Vec<Value> = store::stages(&visit.net, id).await?.iter().map(stage).collect();
        map.insert("about".into(), json!(store::about(&visit.net, edition.event_id).await?));
        map.insert("stages".into(), stages.into());
    }
    Ok((etag(edition.version), Json(body)).into_response())
}

/// Adds an edition as a draft. Takes `Idempotency-Key`.
#[utoipa::path(post, path = "/api/v1/editions",
    responses((status = 201, description = "`{id, event, stages, state}`"), (status = 403, description = "not yours to do"), (status = 422, description = "fields to mend")))]
pub async fn create(visit: Visit, sent: Sent<EditionForm>) -> Result<Response, Fault> {
    Ok(answer(change::add(&visit, &sent.once(&visit, "events.add"), &sent.data).await?))
}

/// Changes an edition; fields that were not sent stay. `If-Match` guards against overwriting
/// somebody else's change.
#[utoipa::path(patch, path = "/api/v1/editions/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, version}`"), (status = 404, description = "unknown"), (status = 409, description = "changed by somebody else"), (status = 422, description = "fields to mend")))]
pub async fn update(
    visit: Visit,
    Path(id): Path<EditionId>,
    headers: HeaderMap,
    sent: Sent<serde_json::Map<String, Value>>,
) -> Result<Response, Fault> {
    let edition = open(&visit, id).await?;
    visit.viewer.demand(EDIT, edition.owner())?;
    let about = store::about(&visit.net, edition.event_id).await?;
    let form = patched(&EditionForm::of(&edition, about.as_ref()), sent.data.clone(), &headers)?;
    let once = sent.once(&visit, &format!("events.change {id}"));
    Ok(answer(change::change(&visit, &once, id, &form).await?))
}

/// Moves an edition to another state: `{next}`.
#[utoipa::path(post, path = "/api/v1/editions/{id}/state", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state}`"), (status = 404, description = "unknown"), (status = 409, description = "not from this state")))]
pub async fn move_to(visit: Visit, Path(id): Path<EditionId>, sent: Sent<Move>) -> Result<Response, Fault> {
    change::open_to_edit(&visit, id).await?;
    let next = sent.data.read()?;
    let once = sent.once(&visit, &format!("events.move {id}"));
    Ok(answer(change::move_to(&visit, &once, id, next).await?))
}

/// Adds a stage after the others.
#[utoipa::path(post, path = "/api/v1/editions/{id}/stages", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 201, description = "`{id, edition, position}`"), (status = 404, description = "unknown"), (status = 422, description = "fields to mend")))]
pub async fn create_stage(visit: Visit, Path(id): Path<EditionId>, sent: Sent<StageForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("events.stage {id}"));
    Ok(answer(change::add_stage(&visit, &once, id, &sent.data).await?))
}

/// Changes a stage; fields that were not sent stay.
#[utoipa::path(patch, path = "/api/v1/stages/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, version}`"), (status = 404, description = "unknown"), (status = 409, description = "changed by somebody else"), (status = 422, description = "fields to mend")))]
pub async fn update_stage(
    visit: Visit,
    Path(id): Path<StageId>,
    headers: HeaderMap,
    sent: Sent<serde_json::Map<String, Value>>,
) -> Result<Response, Fault> {
    let (_, stage) = change::open_stage(&visit, id).await?;
    let form = patched(&StageForm::of(&stage), sent.data.clone(), &headers)?;
    let once = sent.once(&visit, &format!("events.stage {id}"));
    Ok(answer(change::change_stage(&visit, &once, id, &form).await?))
}

/// Moves a stage to another state: `{next}`.
#[utoipa::path(post, path = "/api/v1/stages/{id}/state", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state}`"), (status = 404, description = "unknown"), (status = 409, description = "not from this state")))]
pub async fn move_stage(visit: Visit, Path(id): Path<StageId>, sent: Sent<Move>) -> Result<Response, Fault> {
    change::open_stage(&visit, id).await?;
    let next = sent.data.read()?;
    let once = sent.once(&visit, &format!("events.stage-move {id}"));
    Ok(answer(change::move_stage(&visit, &once, id, next).await?))
}
