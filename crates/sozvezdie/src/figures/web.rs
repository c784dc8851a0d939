//! Pages of the figures: extract, call, answer.
use super::{Asked, By, ROWS, behind, break_down, reach, store, total, view};
use crate::shell::AcademicYear;
use kit::{Fault, Visit, cursor::Cursor, http::Query};
use maud::Markup;

/// Rows of a page.
const PAGE: i64 = 100;

/// What is asked for; without years, the latest that has results.
pub async fn selection(visit: &Visit, asked: &Asked) -> Result<(super::Selection, Vec<AcademicYear>), Fault> {
    // Sums of any mixture, less one another, would tell a guest the small numbers that are kept from them.
    if !asked.among.trim().is_empty() && !visit.viewer.may(ROWS) {
        return Err(if visit.viewer.is_guest() { Fault::SignIn } else { Fault::Forbidden(ROWS) });
    }
    let years = store::years(&visit.net).await?;
    let this = AcademicYear::of(visit.today);
    let latest = store::latest(&visit.net, this).await?.unwrap_or(this);
    Ok((asked.check(latest)?, years))
}

pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    // The page submits itself as soon as one of the two years is chosen: that must not end in a refusal.
    let (from, to) = AcademicYear::turned(&asked.from, &asked.to);
    let (mut selection, years) = selection(&visit, &Asked { from, to, ..asked }).await?;
    selection.by = selection.by.or(Some(By::Level));
    let reach = reach(&visit).await?;
    // Years stand beside one another only where there are several.
    let years_too = (selection.from != selection.to).then_some(By::Year);
    let parts: Vec<By> = selection.by.into_iter().chain(years_too).collect();
    let (_, counted) = break_down(&visit.net, visit.lang, &selection, &parts, &reach).await?;
    let mut counted = counted.into_iter().map(|(_, figures)| figures);
    let (figures, yearly) = (counted.next().unwrap_or_default(), counted.next());
    let subjects = store::subjects(&visit.net).await?;
    Ok(view::page(
        &visit,
        &view::Shown {
            selection: &selection,
            figures: &figures,
            yearly: yearly.as_ref(),
            years: &years,
            subjects: &subjects,
        },
    ))
}

pub async fn rows(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let (selection, _) = selection(&visit, &asked).await?;
    let cursor = if asked.after.is_empty() { None } else { Some(Cursor::decode(&asked.after)?) };
    let slice = behind(&visit, &selection, cursor.as_ref(), PAGE).await?;
    let counted = total(&visit.net, &selection, &reach(&visit).await?).await?;
    Ok(super::view::rows(&visit, &selection, &slice, &counted))
}
