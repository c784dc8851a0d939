//! Papers as files.
use crate::shell::export;
use axum::{
    http::header,
    response::{IntoResponse as _, Response},
};
use documents::paper::Paper;
use kit::{Fault, Visit};

kit::codes! {
    /// To sign, or to edit further.
    pub enum Format { Pdf = "pdf", Docx = "docx" }
}

/// The paper to save, called what it calls itself; `latin` is its name for programs without other letters.
///
/// # Errors
/// A defect of the layout, which the log gets.
pub async fn answer(visit: &Visit, paper: Paper, format: Format, latin: &str) -> Result<Response, Fault> {
    let name = export::disposition(visit, &paper.title, latin, format.code());
    let day = visit.today;
    // Milliseconds of a processor: not on the threads that serve requests.
    let bytes =
        tokio::task::spawn_blocking(move || lay_out(&paper, format, day)).await.map_err(anyhow::Error::from)??;
    let media = match format {
        Format::Pdf => "application/pdf",
        Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    };
    let headers = [(header::CONTENT_TYPE, media.to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}

/// The paper's bytes.
///
/// # Errors
/// A defect of the layout.
pub fn lay_out(paper: &Paper, format: Format, day: chrono::NaiveDate) -> Result<Vec<u8>, anyhow::Error> {
    match format {
        Format::Pdf => pdf(paper, day),
        Format::Docx => Ok(documents::docx::write(paper)?),
    }
}

#[cfg(feature = "pdf")]
fn pdf(paper: &Paper, day: chrono::NaiveDate) -> Result<Vec<u8>, anyhow::Error> {
    Ok(documents::pdf::render(documents::pdf::Template::Paper, paper, day)?)
}

#[cfg(not(feature = "pdf"))]
fn pdf(_: &Paper, _: chrono::NaiveDate) -> Result<Vec<u8>, anyhow::Error> {
    Err(anyhow::anyhow!("this program was built without the feature `pdf`"))
}
