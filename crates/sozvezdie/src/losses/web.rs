//! The page: extract, call, answer.
use super::{list, view};
use kit::{Fault, Visit};
use maud::Markup;

pub async fn show(visit: Visit) -> Result<Markup, Fault> {
    Ok(view::page(&visit, &list(&visit).await?))
}
