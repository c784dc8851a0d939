//! The file as it was sent, with what is wrong marked in it: to be mended in Excel and sent again.
use super::{
    desk::Desk,
    model::BatchId,
    open, reading,
    store::{self, RowFilter},
};
use documents::write::{Mark, annotate};
use kit::{Fault, Visit};

/// Rows of one question to the database.
const PAGE: i64 = 1000;

/// The workbook with its marks.
///
/// # Errors
/// [`Fault::NotFound`], also when the file is no longer kept.
pub async fn workbook(desk: &Desk, visit: &Visit, id: BatchId) -> Result<Vec<u8>, Fault> {
    let batch = open(desk, visit, id).await?;
    let content = store::content(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    let mut marks = Vec::new();
    let mut after = -1;
    loop {
        let rows = store::rows(&visit.net, id, RowFilter::default(), after, PAGE).await?;
        let Some(last) = rows.last() else { break };
        after = last.place;
        for row in &rows {
            marks.extend(row.content.issues.iter().map(|issue| Mark {
                sheet: row.content.sheet,
                row: row.content.row,
                column: issue.column,
                sentence: issue.sentence(visit.lang),
                is_error: issue.is_error,
            }));
        }
    }
    let title = visit.lang.say("import-what-to-mend").into_owned();
    let written = desk
        .read(move || {
            let workbook = reading::open(&content, &batch.file_name).map_err(|e| anyhow::anyhow!("{e}"))?;
            annotate(&workbook, &marks, &title).map_err(anyhow::Error::from)
        })
        .await?;
    Ok(written?)
}
