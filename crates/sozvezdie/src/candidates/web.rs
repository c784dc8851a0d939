//! The page: extract, call, answer.
use super::{of_edition, view};
use crate::events::EditionId;
use kit::{Fault, Visit, http::Path};
use maud::Markup;

pub async fn show(visit: Visit, Path(id): Path<EditionId>) -> Result<Markup, Fault> {
    Ok(view::page(&visit, &of_edition(&visit, id).await?))
}
