//! Reports for programs.
pub mod calls;

use super::{
    Sight, count_report, create as begin, decide,
    model::{MoveForm, NewForm, Report, ReportId, State, TextForm},
    open, store, submit as hand_in, web, write as put,
};
use crate::shell::AcademicYear;
use axum::{
    Json,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    cursor::{Cursor, page_size},
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
        write,
        submit,
        send_back,
        accept,
        close,
        calls::list,
        calls::create,
        calls::show,
        calls::remind,
        calls::close
    ))]
    struct Part;
    Part::openapi()
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    state: String,
    kind: String,
    year: String,
    page_size: Option<i64>,
    cursor: String,
}

fn whole(r: &Report) -> Value {
    json!({
        "id": r.id, "kind": r.kind, "organisation": r.organisation, "organisation_name": r.organisation_name, "from": r.from, "to": r.to,
        "state": r.state, "reason": r.reason, "copy": r.copy, "updated_at": r.updated_at, "version": r.version,
    })
}

fn code<T: std::str::FromStr>(field: &'static str, text: &str) -> Result<Option<T>, Fault> {
    if text.is_empty() {
        return Ok(None);
    }
    let unknown = || Fault::field(field, Message::new("form-unknown-code").with("code", text));
    text.parse().map(Some).map_err(|_| unknown())
}

/// The reports that the caller may see, the latest years first.
#[utoipa::path(get, path = "/api/v1/reports",
    params(("state" = Option<String>, Query, description = "draft, submitted, returned, accepted, closed"),
           ("kind" = Option<String>, Query, description = "centre, district, organisation"),
           ("year" = Option<String>, Query, description = "an academic year of the report, e.g. 2015-2016"),
           ("page_size" = Option<i64>, Query, description = "1 to 200, 50 unless said"),
           ("cursor" = Option<String>, Query, description = "next_cursor of the page before")),
    responses((status = 200, description = "`{items, next_cursor, total}`"), (status = 422, description = "a code that is none")))]
pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let filter = store::Filter {
        state: code("state", &asked.state)?,
        kind: code("kind", &asked.kind)?,
        year: code::<AcademicYear>("year", &asked.year)?,
    };
    let cursor = if asked.cursor.is_empty() { None } else { Some(Cursor::decode(&asked.cursor)?) };
    let sight = Sight::of(&visit).await?;
    let found = store::list(&visit.net, &sight, &filter, cursor.as_ref(), page_size(asked.page_size)).await?;
    let items: Vec<Value> = found.items.iter().map(whole).collect();
    let next = found.next.as_ref().map(Cursor::encode);
    Ok(Json(json!({ "items": items, "next_cursor": next, "total": found.total })).into_response())
}

/// Begins a report with the usual text: `{kind, organisation?, from, to}`. Takes `Idempotency-Key`.
#[utoipa::path(post, path = "/api/v1/reports",
    responses((status = 201, description = "`{id, state}`"), (status = 403, description = "not yours to do"), (status = 409, description = "there is one of these years; its id is in the details"), (status = 422, description = "fields to mend")))]
pub async fn create(visit: Visit, sent: Sent<NewForm>) -> Result<Response, Fault> {
    Ok(answer(begin(&visit, &sent.once(&visit, "reports.create"), &sent.data).await?))
}

/// One report: its text, the figures as they were handed in, and those of today.
#[utoipa::path(get, path = "/api/v1/reports/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "the report with `text`, `handed_in` (null before) and `today`, with its ETag"), (status = 404, description = "unknown")))]
pub async fn show(visit: Visit, Path(id): Path<ReportId>) -> Result<Response, Fault> {
    let report = open(&visit, id).await?;
    let copy = match report.copy {
        Some(number) => store::copy(&visit.net, id, number).await?,
        None => None,
    };
    let mut body = whole(&report);
    if let Some(map) = body.as_object_mut() {
        let handed_in = match &copy {
            Some(copy) => {
                let counted: super::Counted = serde_json::from_str(&copy.figures).map_err(anyhow::Error::from)?;
                json!({ "copy": copy.number, "at": copy.made_at, "text": copy.body, "figures": counted.to_json() })
            }
            None => Value::Null,
        };
        map.insert("text".into(), json!(report.body));
        map.insert("handed_in".into(), handed_in);
        map.insert("today".into(), count_report(&visit, &report).await?.to_json());
    }
    Ok((etag(report.version), Json(body)).into_response())
}

/// Writes the text of a report that is not handed in. `If-Match` guards against overwriting somebody
/// else's change.
#[utoipa::path(patch, path = "/api/v1/reports/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, version}`"), (status = 404, description = "unknown"), (status = 409, description = "changed by somebody else, or handed in"), (status = 422, description = "a placeholder that is none")))]
pub async fn write(
    visit: Visit,
    Path(id): Path<ReportId>,
    headers: HeaderMap,
    sent: Sent<serde_json::Map<String, Value>>,
) -> Result<Response, Fault> {
    let form: TextForm = patched(&web::of(&open(&visit, id).await?), sent.data.clone(), &headers)?;
    Ok(answer(put(&visit, &sent.once(&visit, &format!("reports.write {id}")), id, &form).await?))
}

/// Hands a report in: its text and figures are kept as they are now. `version` or nothing.
#[utoipa::path(post, path = "/api/v1/reports/{id}/submission", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state}`"), (status = 404, description = "unknown"), (status = 409, description = "handed in, or changed by somebody else")))]
pub async fn submit(visit: Visit, Path(id): Path<ReportId>, sent: Sent<MoveForm>) -> Result<Response, Fault> {
    Ok(answer(hand_in(&visit, &sent.once(&visit, &format!("reports.submit {id}")), id, &sent.data).await?))
}

async fn settle(visit: &Visit, id: ReportId, sent: &Sent<MoveForm>, next: State) -> Result<Response, Fault> {
    let once = sent.once(visit, &format!("reports.{} {id}", next.code()));
    Ok(answer(decide(visit, &once, id, next, &sent.data).await?))
}

/// Returns a report with its `reason`.
#[utoipa::path(post, path = "/api/v1/reports/{id}/return", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state}`"), (status = 404, description = "unknown"), (status = 409, description = "not as it was looked at"), (status = 422, description = "no reason")))]
pub async fn send_back(visit: Visit, Path(id): Path<ReportId>, sent: Sent<MoveForm>) -> Result<Response, Fault> {
    settle(&visit, id, &sent, State::Returned).await
}

/// Accepts a report.
#[utoipa::path(post, path = "/api/v1/reports/{id}/acceptance", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state}`"), (status = 404, description = "unknown"), (status = 409, description = "not as it was looked at")))]
pub async fn accept(visit: Visit, Path(id): Path<ReportId>, sent: Sent<MoveForm>) -> Result<Response, Fault> {
    settle(&visit, id, &sent, State::Accepted).await
}

/// Closes an accepted report for good.
#[utoipa::path(post, path = "/api/v1/reports/{id}/closing", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state}`"), (status = 404, description = "unknown"), (status = 409, description = "not as it was looked at")))]
pub async fn close(visit: Visit, Path(id): Path<ReportId>, sent: Sent<MoveForm>) -> Result<Response, Fault> {
    settle(&visit, id, &sent, State::Closed).await
}
