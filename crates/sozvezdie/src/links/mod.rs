//! «Связи в сети»: who gives whom how much, as numbers, as streams and as a graph. Every number and
//! every mark leads to the rows that make it.
//!
//! The rows are those that the viewer may see; sums of the whole network are for everybody, and
//! small counts of people's deeds are masked for guests.
mod export;
mod graph;
mod partners;
mod pictures;
mod sankey;
mod store;
mod view;

use crate::{
    exchange::{self, Balance, FIGURES, Pair, Side},
    organisations::{self, Listed, OrganisationId},
    resources::Class,
    shell::{AcademicYear, Slice, tie},
};
use kit::{
    Fault, Visit,
    access::Reach,
    http::Query,
    routes::Routes,
    text::{text_key, url_part},
};
use maud::Markup;
use serde::Deserialize;

/// The page's address.
pub const LIST: &str = "/links";

/// Public counts below this are not told.
const LEAST: i64 = 5;

pub fn slice() -> Slice {
    let routes = Routes::default().get("/links", FIGURES, show).get("/links/export.xlsx", FIGURES, export::xlsx).get(
        "/links/export.csv",
        FIGURES,
        export::csv,
    );
    let tab = tie::Tie {
        of: organisations::KIND,
        code: "exchange",
        title: text_key("links-partners"),
        rank: 30,
        may: |visit, _| visit.viewer.may(exchange::VIEW),
        show: |visit, id, asked| Box::pin(partners::tab(visit, OrganisationId(id), asked)),
    };
    Slice::new("links", routes).tied(tab)
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
        self.year.parse().unwrap_or(AcademicYear::of(visit.today)).0
    }

    pub fn class(&self) -> Option<Class> {
        self.class.parse().ok()
    }

    /// The same at another address.
    pub fn at(&self, base: &str) -> String {
        let pairs = [("year", &self.year), ("class", &self.class)];
        let query: Vec<String> =
            pairs.iter().filter(|(_, v)| !v.is_empty()).map(|(n, v)| format!("{n}={}", url_part(v))).collect();
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
    /// Where the viewer sees rows.
    reach: Reach,
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
            reach: seen,
        })
    }

    /// The confirmed bookings of the year in which an organisation stands on a side, with whom.
    /// Who sees an own organisation only sees them from there.
    pub fn rows(&self, organisation: Option<OrganisationId>, side: Side, partner: Option<OrganisationId>) -> String {
        let own = |id: Option<OrganisationId>| {
            id.is_some_and(|id| self.reach != Reach::Network && self.reach.covers(Some(id.0)))
        };
        let is_turned = self.reach != Reach::Network && organisation.is_some() && !own(organisation);
        let side = if is_turned { other(side) } else { side };
        let (mine, theirs, third) = match (own(organisation), is_turned) {
            (true, _) => (organisation, partner, None),
            (false, true) => (partner.filter(|p| own(Some(*p))), organisation, None),
            (false, false) => (None, organisation, partner),
        };
        let tab = match (organisation.or(partner), side) {
            (None, _) => "",
            (_, Side::Owner) => "in",
            (_, Side::Asker) => "out",
        };
        let code = |id: Option<OrganisationId>| id.map(|id| id.to_string()).unwrap_or_default();
        let class = self.class.map(Class::code).unwrap_or_default().to_owned();
        let pairs = [
            ("tab", tab.to_owned()),
            ("mine", code(mine)),
            ("organisation", code(theirs)),
            ("partner", code(third)),
            ("class", class),
        ];
        let more: String = pairs.iter().filter(|(_, v)| !v.is_empty()).map(|(n, v)| format!("&{n}={v}")).collect();
        format!("/bookings?state=confirmed&year={}{more}", AcademicYear(self.year))
    }
}

fn other(side: Side) -> Side {
    match side {
        Side::Owner => Side::Asker,
        Side::Asker => Side::Owner,
    }
}

pub fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    Ok(view::page(&visit, &asked, &Links::load(&visit, &asked).await?))
}

/// «Кто кому сколько часов» of this academic year, as far as the viewer sees it, for the first page.
///
/// # Errors
/// The database's.
pub async fn streams(visit: &Visit) -> Result<Markup, Fault> {
    Ok(pictures::streams(visit, &Links::load(visit, &Asked::default()).await?))
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
