//! Files of what came out of a group: brought, looked at, taken away.
use super::{
    GroupId, KIND, attach, detach,
    members::leader,
    open,
    web::{mend, record},
};
use crate::app::App;
use axum::{
    extract::{FromRequest as _, Request, State},
    response::Response,
};
use kit::{
    Fault, Visit,
    files::FileId,
    http::{Path, Query, Sent, Upload, go},
    once::Done,
};
use serde::Deserialize;

/// A form with nothing but its key.
#[derive(Deserialize, Default)]
pub struct Press {}

/// Takes one file. Who may not write here is told so before anything is read.
pub async fn take(visit: &Visit, app: &App, id: GroupId, request: Request) -> Result<Done, Fault> {
    leader(visit, id).await?;
    let mut upload: Upload<Press> = Upload::from_request(request, app).await?;
    let once = upload.once(visit, &format!("groups.attach {id}"));
    let file = app.options.files.settle(&visit.net, upload.one()?, visit.now).await?;
    attach(visit, &once, id, &file).await
}

pub async fn upload(
    visit: Visit,
    State(app): State<App>,
    Path(id): Path<GroupId>,
    request: Request,
) -> Result<Response, Fault> {
    match take(&visit, &app, id, request).await {
        Ok(done) => Ok(go(&done, "done-group-file")),
        // What could not be read at all is no matter of the field.
        Err(Fault::Invalid(problems)) if problems.at("file").is_some() => {
            Ok(mend(record(&visit, open(&visit, id).await?, "", &problems).await?))
        }
        Err(fault) => Err(fault),
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Removal {
    file: String,
}

pub async fn remove(visit: Visit, Path(id): Path<GroupId>, sent: Sent<Removal>) -> Result<Response, Fault> {
    let group = leader(&visit, id).await?;
    let once = sent.once(&visit, &format!("groups.detach {id}"));
    match detach(&visit, &once, id, sent.data.file.parse::<FileId>().ok()).await {
        Ok(done) => Ok(go(&done, "done-group-file-removed")),
        Err(Fault::Invalid(problems)) => Ok(mend(record(&visit, group, "", &problems).await?)),
        Err(fault) => Err(fault),
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct How {
    /// `yes`: to be looked at in the browser, where that is safe.
    show: String,
}

/// The bytes, for who may see the group.
#[utoipa::path(get, path = "/api/v1/groups/files/{id}", params(("id" = uuid::Uuid, Path, description = "id of the file")),
    responses((status = 200, description = "the file"), (status = 404, description = "unknown")))]
pub async fn download(
    visit: Visit,
    State(app): State<App>,
    Path(id): Path<FileId>,
    Query(how): Query<How>,
) -> Result<Response, Fault> {
    let file = kit::files::find(&visit.net, KIND, id).await?.ok_or(Fault::NotFound)?;
    open(&visit, GroupId(file.record_id)).await?;
    app.options.files.serve(&visit.net, &file, how.show == "yes").await
}
