//! Pages and files of reports: extract, call, answer.
use super::{Format, VIEW, bytes, centre, view};
use crate::{figures, shell::AcademicYear};
use axum::{
    http::header,
    response::{IntoResponse as _, Response},
};
use kit::{Fault, Visit, audit::Entry, db::Tx, form::Problems, http::Query, text::Message};
use maud::Markup;
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    from: String,
    to: String,
    format: String,
}

impl Asked {
    /// The years that are asked for; without them the year before this one and this one.
    fn years(&self, today: chrono::NaiveDate) -> Result<(AcademicYear, AcademicYear), Fault> {
        let this = AcademicYear::of(today);
        let (from, to) = AcademicYear::turned(&self.from, &self.to);
        let mut problems = Problems::default();
        let mut year = |field: &'static str, text: &str, otherwise: AcademicYear| {
            if text.trim().is_empty() {
                return otherwise;
            }
            text.parse().unwrap_or_else(|_| {
                problems.add(field, Message::new("form-bad-year"));
                otherwise
            })
        };
        let is_open = from.trim().is_empty();
        let from = year("from", &from, AcademicYear(this.0 - 1));
        let to = year("to", &to, if is_open { this } else { from });
        problems.into_result((from, to))
    }
}

/// Without years the page shows the latest two that hold results: an empty report helps nobody.
pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let (mut from, mut to) = asked.years(visit.today)?;
    if asked.from.trim().is_empty() && asked.to.trim().is_empty() {
        let latest = figures::latest(&visit.net, to).await?.unwrap_or(to);
        (from, to) = (AcademicYear(latest.0 - 1), latest);
    }
    let report = centre(&visit.net, visit.lang, from, to).await?;
    Ok(view::page(&visit, &report))
}

/// The report as a file; that it was taken stands in the trail.
pub async fn centre_file(visit: &Visit, asked: &Asked) -> Result<Response, Fault> {
    visit.viewer.demand(VIEW, None)?;
    let (from, to) = asked.years(visit.today)?;
    let format: Format = match asked.format.trim() {
        "" => Format::Pdf,
        code => {
            code.parse().map_err(|_| Fault::field("format", Message::new("form-unknown-code").with("code", code)))?
        }
    };
    let report = centre(&visit.net, kit::Lang::Ru, from, to).await?;
    let when = kit::Lang::Ru.moment(visit.now, chrono::Datelike::year(&visit.today));
    let made = kit::Lang::Ru
        .say_with("export-made", &[("who", visit.viewer.name.clone().into()), ("when", when.into())])
        .into_owned();
    let entry = Entry {
        action: "export",
        kind: "report",
        object: None,
        fields: format!("centre {from} {to}"),
        subjects: Vec::new(),
    };
    visit.net.transact(async |tx: &mut Tx| entry.clone().write(tx, visit).await).await?;
    let at = visit.now.with_timezone(&kit::clock::LOCAL).naive_local();
    let file =
        tokio::task::spawn_blocking(move || bytes(&report, format, &made, at)).await.map_err(anyhow::Error::from)??;
    let headers = [
        (header::CONTENT_TYPE, format.media().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"centre-{from}-{to}.{}\"", format.code())),
    ];
    Ok((headers, file).into_response())
}

pub async fn centre_answer(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    centre_file(&visit, &asked).await
}
