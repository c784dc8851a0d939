//! The figures for programs.
use super::{
    Asked, BEHIND_API, Counts, Key, Of, ROWS, Selection, Share, behind, count, reach, store, told, told_share,
    web::selection,
};
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    cursor::{Cursor, page_size},
    http::Query,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(prize_share, rows))]
    struct Part;
    Part::openapi()
}

fn share(visit: &Visit, share: Share, pending: i64) -> Value {
    let (numerator, denominator, percents) = told_share(visit, share);
    json!({ "numerator": numerator, "denominator": denominator, "share": percents, "pending": told(visit, pending) })
}

/// K1 at the top, K2–K4 beside it, and where the rows are.
fn body(visit: &Visit, s: &Selection, key: Option<&Key>, c: &Counts) -> Map<String, Value> {
    let mut map = Map::new();
    if let Value::Object(k1) = share(visit, c.k1(), c.pending_editions) {
        map.extend(k1);
    }
    map.insert("participations".into(), share(visit, c.k2(), c.pending));
    map.insert("children".into(), {
        let (numerator, denominator, percents) = told_share(visit, c.k3());
        json!({ "numerator": numerator, "denominator": denominator, "share": percents })
    });
    map.insert("prize_places".into(), json!(told(visit, c.prize_places)));
    if visit.viewer.may(ROWS) {
        map.insert("rows_url".into(), json!(s.rows(BEHIND_API, key, Of::Counted)));
        map.insert("prize_rows_url".into(), json!(s.rows(BEHIND_API, key, Of::Prizes)));
        map.insert("pending_rows_url".into(), json!(s.rows(BEHIND_API, key, Of::Pending)));
    }
    map
}

/// In what share of events the Centre's children won prizes (K1), with participations (K2), children
/// (K3) and prize places (K4): `{from, to, numerator, denominator, share, pending, rows_url,
/// participations, children, prize_places, items?}`. The share is null where there is no event;
/// several years are pooled. Guests are not told counts from 1 to 4 and get no rows; an organisation
/// gets what it sent or prepared.
#[utoipa::path(get, path = "/api/v1/figures/prize-share",
    params(("from" = Option<String>, Query, description = "first academic year, 2015-2016"),
           ("to" = Option<String>, Query, description = "last academic year"),
           ("by" = Option<String>, Query, description = "year, level, format, list, organisation, subject, class, age"),
           ("side" = Option<String>, Query, description = "main, sending, preparing: which organisation is meant"),
           ("whose" = Option<String>, Query, description = "centre (its members on the day of the event) or all"),
           ("level" = Option<String>, Query, description = "only this level"),
           ("format" = Option<String>, Query, description = "only this format"),
           ("list" = Option<String>, Query, description = "federal, rsosh, regional, municipal, any, none"),
           ("organisation" = Option<String>, Query, description = "only this organisation, or none"),
           ("subject" = Option<String>, Query, description = "only this subject, or none"),
           ("class" = Option<String>, Query, description = "only this class, or none"),
           ("age" = Option<String>, Query, description = "only this age"),
           ("award" = Option<String>, Query, description = "only winner, prize_winner, laureate, diploma_holder, participant"),
           ("among" = Option<String>, Query, description = "several values of one attribute, level:school|municipal"),
           ("paid" = Option<String>, Query, description = "no: paid contests outside the lists are left out")),
    responses((status = 200, description = "the figure"), (status = 422, description = "an unknown code or year")))]
pub async fn prize_share(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let (s, _) = selection(&visit, &asked).await?;
    let figures = count(&visit.net, visit.lang, &s, &reach(&visit).await?).await?;
    let mut map = body(&visit, &s, None, &figures.total);
    map.insert("from".into(), json!(s.from));
    map.insert("to".into(), json!(s.to));
    map.insert("whose".into(), json!(s.whose));
    if let Some(by) = s.by {
        let items = figures.lines.iter().map(|(line, title)| {
            let mut item = body(&visit, &s, Some(&line.key), &line.counts);
            item.insert("key".into(), json!(line.key.0));
            item.insert("title".into(), json!(title));
            Value::Object(item)
        });
        map.insert("by".into(), json!(by));
        map.insert("items".into(), items.collect());
        map.insert("rows_exceed_total".into(), json!(figures.exceed()));
    }
    Ok(Json(Value::Object(map)).into_response())
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Paging {
    page_size: Option<i64>,
    cursor: String,
}

/// Exactly the rows behind a figure: takes what `prize-share` takes, and `of`. A child is named to
/// those alone who may see its record.
#[utoipa::path(get, path = "/api/v1/participations",
    params(("from" = Option<String>, Query, description = "first academic year, 2015-2016"),
           ("to" = Option<String>, Query, description = "last academic year"),
           ("of" = Option<String>, Query, description = "counted, prizes, pending"),
           ("page_size" = Option<i64>, Query, description = "1 to 200, 50 unless said"),
           ("cursor" = Option<String>, Query, description = "next_cursor of the page before")),
    responses((status = 200, description = "`{items, next_cursor, total}`"), (status = 401, description = "sign in"), (status = 403, description = "not yours to see"), (status = 422, description = "an unknown code or year"), (status = 503, description = "the look could not be noted")))]
pub async fn rows(visit: Visit, Query(asked): Query<Asked>, Query(paging): Query<Paging>) -> Result<Response, Fault> {
    let (s, _) = selection(&visit, &asked).await?;
    let cursor = if paging.cursor.is_empty() { None } else { Some(Cursor::decode(&paging.cursor)?) };
    let slice: kit::cursor::Slice<store::Behind> =
        behind(&visit, &s, cursor.as_ref(), page_size(paging.page_size)).await?;
    Ok(Json(slice).into_response())
}
