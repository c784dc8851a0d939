//! Pages of methodical resources: extract, call, answer.
use super::{AccessForm, AdoptionForm, VersionForm, add_version, open_to_edit};
use crate::{
    app::App,
    resources::{
        model::ResourceId,
        web::{self, Shown},
    },
};
use axum::{
    extract::{FromRequest as _, Request, State},
    response::Response,
};
use kit::{
    Fault, Visit,
    files::FileId,
    form::Problems,
    http::{Path, Query, Sent, Upload, go},
    once::Done,
};
use serde::Deserialize;

/// Takes one file. Who may not write here is told so before anything is read.
pub async fn bring(visit: &Visit, app: &App, id: ResourceId, request: Request) -> Result<Done, Fault> {
    open_to_edit(visit, id).await?;
    let mut upload: Upload<VersionForm> = Upload::from_request(request, app).await?;
    let once = upload.once(visit, &format!("resources.version {id}"));
    let file = app.options.files.settle(&visit.net, upload.one()?, visit.now).await?;
    add_version(visit, &once, id, &upload.data, &file).await
}

pub async fn upload(
    visit: Visit,
    State(app): State<App>,
    Path(id): Path<ResourceId>,
    request: Request,
) -> Result<Response, Fault> {
    answer(&visit, id, bring(&visit, &app, id, request).await, "done-material-version").await
}

/// The record again, with what is to be mended. What could not be read at all is no matter of a field.
async fn answer(
    visit: &Visit,
    id: ResourceId,
    outcome: Result<Done, Fault>,
    words: &'static str,
) -> Result<Response, Fault> {
    let of_a_field = |problems: &Problems| problems.iter().all(|(field, _)| field != "body");
    match outcome {
        Ok(done) => Ok(go(&done, words)),
        Err(Fault::Invalid(problems)) if of_a_field(&problems) => {
            Ok(web::mend(web::record(visit, id, &Shown::default(), &problems).await?))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn set_access(visit: Visit, Path(id): Path<ResourceId>, sent: Sent<AccessForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("resources.access {id}"));
    answer(&visit, id, super::set_access(&visit, &once, id, &sent.data).await, "done-material-access").await
}

pub async fn adopt(visit: Visit, Path(id): Path<ResourceId>, sent: Sent<AdoptionForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("resources.adopt {id}"));
    answer(&visit, id, super::adopt(&visit, &once, id, &sent.data).await, "done-material-adopted").await
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct How {
    /// `yes`: to be looked at in the browser, where that is safe.
    show: String,
}

/// The bytes of a version, for whom its licence lets take them. Each taking is counted.
#[utoipa::path(get, path = "/api/v1/resources/files/{id}", operation_id = "resource_file", params(("id" = uuid::Uuid, Path, description = "id of the file")),
    responses((status = 200, description = "the file"), (status = 401, description = "not for guests"), (status = 403, description = "only for organisations that adopt it"), (status = 404, description = "unknown")))]
pub async fn download(
    visit: Visit,
    State(app): State<App>,
    Path(id): Path<FileId>,
    Query(how): Query<How>,
) -> Result<Response, Fault> {
    let file = super::take(&visit, id).await?;
    app.options.files.serve(&visit.net, &file, how.show == "yes").await
}
