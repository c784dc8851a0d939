//! Notifications for programs.
use super::{
    Asked, ReadForm,
    letters::{self, ChoicesForm},
    list as page_of, mark, mark_all,
    model::{Bunch, NotificationId},
};
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use kit::{
    Fault, Visit,
    cursor::{Slice, page_size},
    http::{Path, Query, Sent, answer},
};
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(list, read_all, read, settings, choose))]
    struct Part;
    Part::openapi()
}

fn line(b: &Bunch) -> serde_json::Value {
    let n = &b.first;
    serde_json::json!({ "id": n.id, "kind": n.kind, "link": n.link, "subject": n.subject, "organisation_id": n.other_id,
        "starts_at": n.starts_at, "count": b.count, "needs_deed": n.needs_deed && !b.is_settled, "at": n.at, "new": b.is_new, "settled": b.is_settled })
}

/// One's own notifications, the latest first; those of one series or day are one line.
#[utoipa::path(get, path = "/api/v1/notifications",
    params(("state" = Option<String>, Query, description = "`new`: only those not read"),
           ("kind" = Option<String>, Query, description = "requested, confirmed, declined, countered, accepted, refused, moved, cancelled, distance, stated, disputed, handed_over, need, response, consent, role, family, answered, unanswered, loan_due, loan_overdue, month_due"),
           ("page_size" = Option<i64>, Query, description = "1 to 200, 50 unless said"),
           ("cursor" = Option<String>, Query, description = "next_cursor of the page before")),
    responses((status = 200, description = "`{items, next_cursor, total}`")))]
pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let found = page_of(&visit, &asked, page_size(asked.page_size)).await?;
    let items = found.items.iter().map(line).collect();
    Ok(Json(Slice { items, next: found.next, total: found.total }).into_response())
}

/// Reads all of one's notifications, or those up to `until` (microseconds since 1970 UTC).
#[utoipa::path(post, path = "/api/v1/notifications/reading",
    responses((status = 200, description = "`{read}`: how many there were")))]
pub async fn read_all(visit: Visit, sent: Sent<ReadForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, "notifications.read_all");
    Ok(answer(mark_all(&visit, &once, &sent.data).await?))
}

/// Reads one line; `{"read": "false"}` makes it new again.
#[utoipa::path(post, path = "/api/v1/notifications/{id}/reading",
    params(("id" = uuid::Uuid, Path, description = "of a line")),
    responses((status = 200, description = "`{id, read}`"), (status = 404, description = "none of one's own")))]
pub async fn read(visit: Visit, Path(id): Path<NotificationId>, sent: Sent<ReadForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("notifications.read {id}"));
    Ok(answer(mark(&visit, &once, id, &sent.data).await?))
}

/// What one reads where: in the program, in letters.
#[utoipa::path(get, path = "/api/v1/notifications/settings",
    responses((status = 200, description = "`{letters, app: [kind], mail: [kind]}`")))]
pub async fn settings(visit: Visit) -> Result<Response, Fault> {
    let all = letters::choices(&visit).await?;
    let app: Vec<_> = all.kinds.iter().filter(|c| c.in_app).map(|c| c.kind).collect();
    let mail: Vec<_> = all.kinds.iter().filter(|c| c.by_mail).map(|c| c.kind).collect();
    Ok(Json(serde_json::json!({ "letters": all.letters, "app": app, "mail": mail })).into_response())
}

/// Chooses anew for every kind: what is named in neither list is told nowhere.
#[utoipa::path(post, path = "/api/v1/notifications/settings",
    responses((status = 200, description = "`{letters}`"), (status = 422, description = "a kind that is none")))]
pub async fn choose(visit: Visit, sent: Sent<ChoicesForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, "notifications.choose");
    Ok(answer(letters::choose(&visit, &once, &sent.data).await?))
}
