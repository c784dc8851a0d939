//! Conferences for programs.
use super::{
    listed,
    model::{ThesisForm, clock, timetable},
    open, papers, theses as deeds,
};
use crate::events::StageId;
use axum::{
    Json,
    response::{IntoResponse as _, Response},
};
use kit::{
    Fault, Visit,
    http::{Path, Sent, answer},
};
use serde_json::{Value, json};
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(show, theses, submit))]
    struct Part;
    Part::openapi()
}

/// The sections of a conference with their programme. Authors are told as far as their families agreed.
#[utoipa::path(get, path = "/api/v1/conferences/{stage}", params(("stage" = uuid::Uuid, Path, description = "id of the stage")),
    responses((status = 200, description = "`{stage, edition, talk_minutes, criteria, sections: [{id, title, room, date, jury, programme}]}`"), (status = 404, description = "unknown, or no conference")))]
pub async fn show(visit: Visit, Path(stage): Path<StageId>) -> Result<Response, Fault> {
    let c = open(&visit, stage).await?;
    let works = papers::accepted(&visit, &c).await?;
    let by = papers::agreed(&visit, visit.lang, &works.authors).await?;
    let sections: Vec<Value> = c
        .sections
        .iter()
        .map(|section| {
            let lines = timetable(section, &c.slots);
            let programme: Vec<Value> = lines
                .iter()
                .map(|line| {
                    let title = line.slot.thesis.and_then(|id| works.titles.get(&id)).map(|(title, _)| title);
                    let authors = line.slot.thesis.and_then(|id| by.get(&id));
                    json!({ "from": clock(line.from), "until": clock(line.until), "thesis": line.slot.thesis,
                            "title": title.or(line.slot.title.as_ref()), "authors": authors })
                })
                .collect();
            let jury: Vec<&str> = c.jury(section.id).map(|j| j.name.as_str()).collect();
            json!({ "id": section.id, "title": section.title, "room": section.room, "date": section.on_date,
                    "starts_at": clock(section.starts_at), "jury": jury, "programme": programme })
        })
        .collect();
    let body = json!({ "stage": stage, "edition": c.edition.id, "talk_minutes": c.rules.talk_minutes,
        "criteria": c.rules.criteria, "sections": sections });
    Ok(Json(body).into_response())
}

/// The theses that the caller sees: all for whoever holds the conference, else the own ones.
#[utoipa::path(get, path = "/api/v1/conferences/{stage}/theses", params(("stage" = uuid::Uuid, Path, description = "id of the stage")),
    responses((status = 200, description = "`{items}` with their authors' ids"), (status = 404, description = "unknown, or no conference")))]
pub async fn theses(visit: Visit, Path(stage): Path<StageId>) -> Result<Response, Fault> {
    let c = open(&visit, stage).await?;
    let (theses, authors) = listed(&visit, &c).await?;
    let items: Vec<Value> = theses
        .iter()
        .map(|t| {
            let own: Vec<_> = authors.iter().filter(|a| a.thesis == t.id).map(|a| a.learner).collect();
            json!({ "id": t.id, "section": t.section_id, "title": t.title, "text": t.body, "state": t.state,
                    "verdict": t.verdict, "organisation": t.organisation_id, "authors": own, "version": t.version })
        })
        .collect();
    Ok(Json(json!({ "items": items })).into_response())
}

/// Hands theses in: `{section, title, body, learner: [ids]}`, or `project` instead of `learner`.
#[utoipa::path(post, path = "/api/v1/conferences/{stage}/theses", params(("stage" = uuid::Uuid, Path, description = "id of the stage")),
    responses((status = 201, description = "`{id, state}`"), (status = 404, description = "unknown"), (status = 409, description = "no theses are taken"), (status = 422, description = "what is wrong, among it who may not come and why")))]
pub async fn submit(visit: Visit, Path(stage): Path<StageId>, sent: Sent<ThesisForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("conferences.submit {stage}"));
    Ok(answer(deeds::submit(&visit, &once, stage, &sent.data).await?))
}
