//! The page of the reconciliation: extract, call, answer.
use super::{Asked, reconcile, view};
use kit::{Fault, Visit, http::Query};
use maud::Markup;

pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    Ok(view::page(&visit, &reconcile(&visit, &asked).await?))
}
