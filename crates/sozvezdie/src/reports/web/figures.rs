//! The Centre's and the district's figures for any years, as a page and as files.
use super::super::{Around, COUNT, Kind, count, model::Period, signer, text, view::figures as view};
use crate::{figures, shell::AcademicYear};
use axum::response::Response;
use kit::{Fault, Lang, Visit, form::Problems, http::Query, text::Message};
use maud::Markup;
use serde::Deserialize;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    kind: String,
    from: String,
    to: String,
    format: String,
    why: Option<String>,
}

impl Asked {
    /// The years that are asked for; without them the latest two that hold results: an empty report
    /// helps nobody.
    async fn period(&self, visit: &Visit) -> Result<Period, Fault> {
        let (from, to) = AcademicYear::turned(&self.from, &self.to);
        if from.trim().is_empty() && to.trim().is_empty() {
            let this = AcademicYear::of(visit.today);
            let latest = figures::latest(&visit.net, this).await?.unwrap_or(this);
            return Ok(Period { from: AcademicYear(latest.0 - 1), to: latest });
        }
        let mut problems = Problems::default();
        let from = if from.trim().is_empty() { &to } else { &from };
        let period = Period::read(&mut problems, from, &to);
        period.filter(|_| problems.is_empty()).ok_or(Fault::Invalid(problems))
    }

    fn kind(&self) -> Result<Kind, Fault> {
        match self.kind.trim() {
            "" => Ok(Kind::Centre),
            code => {
                let kind = code.parse().ok().filter(|kind| *kind != Kind::Organisation);
                kind.ok_or_else(|| Fault::field("kind", Message::new("form-unknown-code").with("code", code)))
            }
        }
    }
}

pub async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let (kind, period) = (asked.kind()?, asked.period(&visit).await?);
    let counted = count(&visit.net, &visit.directory, visit.lang, kind, period).await?;
    Ok(view::page(&visit, &counted))
}

async fn file(visit: &Visit, kind: Kind, asked: &Asked) -> Result<Response, Fault> {
    visit.viewer.demand(COUNT, None)?;
    let period = asked.period(visit).await?;
    let counted = count(&visit.net, &visit.directory, Lang::Ru, kind, period).await?;
    let why = super::purpose(asked.why.as_deref())?;
    let (made, signer) = (super::made(visit, &why).await?, signer(&visit.net, kind, None).await?);
    let around = Around { day: visit.today, mark: None, made, signer };
    let name = format!("{}-{}", kind.code(), super::years(period));
    super::taken(visit, (counted, text::usual(kind).to_owned()), (&asked.format, &why), around, (None, name)).await
}

pub async fn centre(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    file(&visit, Kind::Centre, &asked).await
}

pub async fn district(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    file(&visit, Kind::District, &asked).await
}
