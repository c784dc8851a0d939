//! Files of acts: brought, looked at, taken away.
use super::{
    KIND, attach, detach,
    model::ActId,
    open, open_to_edit,
    web::{Press, mend, show_record},
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

/// Takes one file. Who may not write here is told so before anything is read.
pub async fn take(visit: &Visit, app: &App, id: ActId, request: Request) -> Result<Done, Fault> {
    open_to_edit(visit, id).await?;
    let mut upload: Upload<Press> = Upload::from_request(request, app).await?;
    let once = upload.once(visit, &format!("acts.attach {id}"));
    let file = app.options.files.settle(&visit.net, upload.one()?, visit.now).await?;
    attach(visit, &once, id, &file).await
}

pub async fn upload(
    visit: Visit,
    State(app): State<App>,
    Path(id): Path<ActId>,
    request: Request,
) -> Result<Response, Fault> {
    match take(&visit, &app, id, request).await {
        Ok(done) => Ok(go(&done, "done-act-attached")),
        // What could not be read at all is no matter of the field.
        Err(Fault::Invalid(problems)) if problems.at("file").is_some() => {
            let act = open(&visit, id).await?;
            Ok(mend(show_record(&visit, act, None, &problems).await?))
        }
        Err(fault) => Err(fault),
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Removal {
    file: String,
}

pub async fn remove(visit: Visit, Path(id): Path<ActId>, sent: Sent<Removal>) -> Result<Response, Fault> {
    let act = open_to_edit(&visit, id).await?;
    let once = sent.once(&visit, &format!("acts.detach {id}"));
    match detach(&visit, &once, id, sent.data.file.parse::<FileId>().ok()).await {
        Ok(done) => Ok(go(&done, "done-act-detached")),
        Err(Fault::Invalid(problems)) => Ok(mend(show_record(&visit, act, None, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct How {
    /// `yes`: to be looked at in the browser, where that is safe.
    show: String,
}

/// The bytes, for who may see the act.
#[utoipa::path(get, path = "/api/v1/acts/files/{id}", params(("id" = uuid::Uuid, Path, description = "id of the file")),
    responses((status = 200, description = "the file"), (status = 404, description = "unknown")))]
pub async fn download(
    visit: Visit,
    State(app): State<App>,
    Path(id): Path<FileId>,
    Query(how): Query<How>,
) -> Result<Response, Fault> {
    let file = kit::files::find(&visit.net, KIND, id).await?.ok_or(Fault::NotFound)?;
    open(&visit, ActId(file.record_id)).await?;
    app.options.files.serve(&visit.net, &file, how.show == "yes").await
}
