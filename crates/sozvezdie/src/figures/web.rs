//! Pages of the figures: extract, call, answer.
use super::{Asked, behind, count, reach, store, view};
use crate::shell::AcademicYear;
use kit::{Fault, Visit, cursor::Cursor, http::Query};
use maud::Markup;

/// Rows of a page.
const PAGE: i64 = 100;

/// What is asked for; without years, the latest that has results.
pub async fn selection(visit: &Visit, asked: &Asked) -> Result<(super::Selection, Vec<AcademicYear>), Fault> {
    let years = store::years(&visit.net).await?;
    let this = AcademicYear::of(visit.today);
    let latest = store::latest(&visit.net, this).await?.unwrap_or(this);
    Ok((asked.check(latest)?, years))
}

pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    // The page submits itself as soon as one of the two years is chosen: that must not end in a refusal.
    let (from, to) = AcademicYear::turned(&asked.from, &asked.to);
    let (mut selection, years) = selection(&visit, &Asked { from, to, ..asked }).await?;
    selection.by = selection.by.or(Some(super::By::Level));
    let reach = reach(&visit).await?;
    let figures = count(&visit.net, visit.lang, &selection, &reach).await?;
    let yearly = super::Selection { by: Some(super::By::Year), ..selection.clone() };
    let yearly = count(&visit.net, visit.lang, &yearly, &reach).await?;
    let subjects = store::subjects(&visit.net).await?;
    Ok(view::page(
        &visit,
        &view::Shown { selection: &selection, figures: &figures, yearly: &yearly, years: &years, subjects: &subjects },
    ))
}

pub async fn rows(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let (selection, _) = selection(&visit, &asked).await?;
    let cursor = if asked.after.is_empty() { None } else { Some(Cursor::decode(&asked.after)?) };
    let slice = behind(&visit, &selection, cursor.as_ref(), PAGE).await?;
    let counted =
        count(&visit.net, visit.lang, &super::Selection { by: None, ..selection.clone() }, &reach(&visit).await?)
            .await?;
    Ok(super::view::rows(&visit, &selection, &slice, &counted.total))
}
