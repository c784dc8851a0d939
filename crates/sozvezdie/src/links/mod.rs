//! «Связи в сети»: who gives whom how much, as numbers, as streams and as a graph. Every number and
//! every mark leads to the rows that make it.
//!
//! The rows are those that the viewer may see; sums of the whole network are for everybody, and
//! small counts of people's deeds are masked for guests.
mod export;
mod graph;
mod pictures;
mod sankey;
mod store;
mod view;

use crate::{
    exchange::{self, Balance, FIGURES, Pair, Side},
    organisations::{self, Listed, OrganisationId},
    resources::Class,
    shell::Slice,
};
use kit::{Fault, Visit, http::Query, routes::Routes, text::url_part};
use maud::Markup;
use serde::Deserialize;

/// The page's address.
pub const LIST: &str = "/links";

/// Public counts below this are not told.
const LEAST: i64 = 5;

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/links", FIGURES, show)
        .get("/links/export.xlsx", FIGURES, export::xlsx)
        .get("/links/export.csv", FIGURES, export::csv);
    Slice::new("links", routes)
}

/// The page's address as data.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub year: String,
    pub class: String,
}

impl Asked {
    /// The academic year, by its first; this one unless another is asked for.
    pub fn year(&self, visit: &Visit) -> i64 {
        exchange::read_year(&self.year).unwrap_or_else(|| exchange::school_year(visit.today))
    }

    pub fn class(&self) -> Option<Class> {
        self.class.parse().ok()
    }

    /// The same at another address.
    pub fn at(&self, base: &str) -> String {
        let pairs = [("year", &self.year), ("class", &self.class)];
        let query: Vec<String> = pairs.iter().filter(|(_, v)| !v.is_empty()).map(|(n, v)| format!("{n}={}", url_part(v))).collect();
        if query.is_empty() { base.to_owned() } else { format!("{base}?{}", query.join("&")) }
    }
}

/// What the page shows.
pub struct Links {
    pub year: i64,
    pub class: Option<Class>,
    pub balance: Balance,
    pub pairs: Vec<Pair>,
    pub active: Vec<Listed>,
    pub requests: store::Requests,
    /// Organisations that did both.
    pub both: i64,
    /// Active ones that did neither, as many as there are, and those that the viewer may see.
    pub isolated_count: i64,
    pub isolated: Vec<Listed>,
}

impl Links {
    async fn load(visit: &Visit, asked: &Asked) -> Result<Self, Fault> {
        let (year, class) = (asked.year(visit), asked.class());
        let balance = exchange::balance(visit, year, class).await?;
        let pairs = exchange::pairs(visit, year, class).await?;
        let active = organisations::active(&visit.net).await?;
        let ends = store::ends(&visit.net, year, class).await?;
        let did = |id: OrganisationId, gave: bool| ends.contains(&(id, gave));
        let isolated: Vec<Listed> = active.iter().filter(|o| !did(o.id, true) && !did(o.id, false)).cloned().collect();
        let seen = visit.viewer.reach(exchange::VIEW);
        Ok(Self {
            year,
            class,
            balance,
            pairs,
            requests: store::requests(&visit.net, year, class).await?,
            both: count(active.iter().filter(|o| did(o.id, true) && did(o.id, false)).count()),
            isolated_count: count(isolated.len()),
            isolated: isolated.into_iter().filter(|o| seen.covers(Some(o.id.0))).collect(),
            active,
        })
    }

    /// The confirmed bookings of the year in which an organisation stands on a side, with whom.
    pub fn rows(&self, organisation: Option<OrganisationId>, side: Side, partner: Option<OrganisationId>) -> String {
        let mut url = format!("/bookings?state=confirmed&from={}-09-01&to={}-08-31", self.year, self.year + 1);
        if let Some(id) = organisation {
            url.push_str(&format!("&organisation={id}&side={}", side.code()));
        }
        if let Some(id) = partner {
            url.push_str(&format!("&partner={id}"));
        }
        if let Some(class) = self.class {
            url.push_str(&format!("&class={}", class.code()));
        }
        url
    }
}

pub fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    Ok(view::page(&visit, &asked, &Links::load(&visit, &asked).await?))
}

#[expect(clippy::cast_precision_loss, reason = "minutes of a year stay far below 2^52")]
pub fn hours(minutes: i64) -> f64 {
    minutes as f64 / 60.0
}

/// Names of at most so many letters: what has no room is in the title and in the table.
pub fn short(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let cut: String = name.chars().take(most - 1).collect();
    format!("{}…", cut.trim_end())
}
