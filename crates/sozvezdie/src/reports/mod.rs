//! The report of the Centre for a period: the figures with every breakdown, as a page, as a document
//! to sign and as a table. Each of its numbers is counted at the moment it is made.
mod files;
mod paper;
#[cfg(test)]
mod tests;
mod view;
mod web;

pub use files::{Format, bytes};

use crate::{
    figures::{self, Asked, By, Figures, Selection},
    shell::{AcademicYear, Slice},
};
use kit::{
    Fault, Lang,
    access::{Permission, Reach},
    db::Net,
    routes::Routes,
};
use serde_json::{Value, json};

/// The reports of the Centre and of the district.
pub const VIEW: Permission = Permission("reports.view");

/// The page's address.
pub const LIST: &str = "/reports";

pub fn slice() -> Slice {
    let routes = Routes::default().get("/reports", VIEW, web::show).get("/reports/centre", VIEW, web::centre_answer);
    Slice::new("reports", routes)
}

/// By what the report breaks its figures down, in this order.
const PARTS: [By; 6] = [By::Year, By::Level, By::Format, By::List, By::Subject, By::Organisation];

/// The report of the Centre's members.
#[derive(Clone, Debug)]
pub struct Report {
    pub selection: Selection,
    pub total: figures::Counts,
    pub parts: Vec<(By, Figures)>,
}

/// Counts the report.
///
/// # Errors
/// [`Fault::Invalid`] when the last year is before the first; the database's.
pub async fn centre(net: &Net, t: Lang, from: AcademicYear, to: AcademicYear) -> Result<Report, Fault> {
    let asked = Asked { from: from.to_string(), to: to.to_string(), ..Asked::default() };
    let selection = asked.check(from)?;
    let mut parts = Vec::with_capacity(PARTS.len());
    let mut total = None;
    for by in PARTS {
        let part = Selection { by: Some(by), ..selection.clone() };
        let figures = figures::count(net, t, &part, &Reach::Network).await?;
        total = total.or(Some(figures.total));
        parts.push((by, figures));
    }
    Ok(Report { selection, total: total.unwrap_or_default(), parts })
}

impl Report {
    /// For programs: the same numbers as in the document.
    pub fn to_json(&self) -> Value {
        let numbers = |c: &figures::Counts| {
            json!({
                "numerator": c.prize_editions, "denominator": c.editions, "share": c.k1().percents(), "pending": c.pending_editions,
                "participations": { "numerator": c.prize_participations, "denominator": c.participations, "share": c.k2().percents(), "pending": c.pending },
                "children": { "numerator": c.prize_children, "denominator": c.children, "share": c.k3().percents() },
                "prize_places": c.prize_places,
            })
        };
        let parts = self.parts.iter().map(|(by, figures)| {
            let items = figures.lines.iter().map(|(line, title)| {
                let mut item = numbers(&line.counts);
                if let Some(map) = item.as_object_mut() {
                    map.insert("key".into(), json!(line.key.0));
                    map.insert("title".into(), json!(title));
                }
                item
            });
            (by.code().to_owned(), items.collect::<Value>())
        });
        let mut body = numbers(&self.total);
        if let Some(map) = body.as_object_mut() {
            map.insert("report".into(), json!("centre"));
            map.insert("from".into(), json!(self.selection.from));
            map.insert("to".into(), json!(self.selection.to));
            map.insert("breakdowns".into(), parts.collect::<serde_json::Map<_, _>>().into());
        }
        body
    }
}
