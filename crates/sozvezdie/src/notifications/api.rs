//! Notifications for programs.
use super::{
    Asked, ReadForm, list as page_of, mark, mark_all,
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
    #[openapi(paths(list, read_all, read))]
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
           ("kind" = Option<String>, Query, description = "requested, confirmed, declined, countered, accepted, refused, moved, cancelled, distance, stated, disputed, handed_over, need, response, role"),
           ("page_size" = Option<i64>, Query, description = "1 to 200, 50 unless said"),
           ("cursor" = Option<String>, Query, description = "next_cursor of the page before")),
    responses((status = 200, description = "`{items, next_cursor, total}`")))]
pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let found = page_of(&visit, &asked, page_size(asked.page_size)).await?;
    let items = found.items.iter().map(line).collect();
    Ok(Json(Slice { items, next: found.next, total: found.total }.to_json()).into_response())
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
