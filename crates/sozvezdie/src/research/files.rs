//! Files of a project: each brought anew is a new version. Reviewers never get them.
use super::{FILES, KIND, ProjectId, WORK, open, url};
use crate::app::App;
use axum::{
    extract::{FromRequest as _, Request, State},
    response::Response,
};
use kit::{
    Fault, Visit,
    audit::Entry,
    db::Tx,
    files::FileId,
    http::{Path, Query, Upload, go},
    once::Done,
    text::Message,
};
use serde::Deserialize;

/// A form with nothing but its key.
#[derive(Deserialize, Default)]
pub struct Press {}

/// Takes one file. Who may not write here is told so before anything is read.
pub async fn upload(
    visit: Visit,
    State(app): State<App>,
    Path(id): Path<ProjectId>,
    request: Request,
) -> Result<Response, Fault> {
    let (project, _, can) = open(&visit, id).await?;
    if !can.work {
        return Err(Fault::Forbidden(WORK));
    }
    let mut upload: Upload<Press> = Upload::from_request(request, &app).await?;
    let once = upload.once(&visit, &format!("research.attach {id}"));
    match take(&visit, &app, id, &mut upload, &once).await {
        Ok(done) => Ok(go(&done, "done-research-file")),
        // What could not be read at all is no matter of the field.
        Err(Fault::Invalid(problems)) if problems.at("file").is_some() => {
            super::web::mended(&visit, project.id, &problems).await
        }
        Err(fault) => Err(fault),
    }
}

async fn take(
    visit: &Visit,
    app: &App,
    id: ProjectId,
    upload: &mut Upload<Press>,
    once: &kit::once::Once,
) -> Result<Done, Fault> {
    let file = app.options.files.settle(&visit.net, upload.one()?, visit.now).await?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let file_id = kit::files::attach(tx, visit, &file, KIND, id.0).await?;
        if kit::files::count(tx, KIND, id.0).await? > FILES {
            return Err(Fault::field("file", Message::new("research-too-many-files").with("limit", FILES)));
        }
        Entry::new("attach", KIND, id).write(tx, visit).await?;
        Ok(Done::created(url(id), serde_json::json!({ "id": file_id, "name": file.name })))
    })
    .await
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct How {
    /// `yes`: to be looked at in the browser, where that is safe.
    show: String,
}

/// The bytes, for who may see the project.
pub async fn download(
    visit: Visit,
    State(app): State<App>,
    Path(id): Path<FileId>,
    Query(how): Query<How>,
) -> Result<Response, Fault> {
    let file = kit::files::find(&visit.net, KIND, id).await?.ok_or(Fault::NotFound)?;
    open(&visit, ProjectId(file.record_id)).await?;
    app.options.files.serve(&visit.net, &file, how.show == "yes").await
}
