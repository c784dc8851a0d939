//! The figures of a report: counted from the data, kept with a copy that is handed in, read back from it.
use super::model::{Kind, Period};
use crate::{
    centre,
    figures::{self, Asked, By, Counts, Selection, Side, Whose},
    organisations::{self, OrganisationId},
    shell::AcademicYear,
};
use kit::{Fault, Lang, access::Reach, db::Net};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::{Value, json};
use std::str::FromStr;

/// By what a report breaks its figures down, in this order.
const PARTS: [By; 7] = [By::Year, By::Level, By::Format, By::List, By::Subject, By::Class, By::Organisation];

/// Reads a code back. Codes are written by themselves.
fn code<'de, D: Deserializer<'de>, T: FromStr>(from: D) -> Result<T, D::Error> {
    let text = String::deserialize(from)?;
    text.parse().map_err(|_| D::Error::custom("an unknown code"))
}

/// Everything that a report says in numbers, and whose they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Counted {
    #[serde(deserialize_with = "code")]
    pub kind: Kind,
    pub organisation: Option<OrganisationId>,
    /// Who reports, as it is called in a sentence.
    pub name: String,
    /// Who reports, as it stands above a document.
    pub issuer: Vec<String>,
    #[serde(deserialize_with = "code")]
    pub from: AcademicYear,
    #[serde(deserialize_with = "code")]
    pub to: AcademicYear,
    /// Of the district: how many organisations handed in, and how many were asked.
    pub handed_in: Option<(i64, i64)>,
    pub total: Counts,
    /// As many years before, to compare with.
    pub before: Counts,
    pub parts: Vec<Part>,
    /// An organisation whose children others prepare is credited by them: see [`side_of`].
    #[serde(deserialize_with = "code")]
    pub side: Side,
}

/// One breakdown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    #[serde(deserialize_with = "code")]
    pub by: By,
    pub lines: Vec<Line>,
    /// The lines hold more than the total: an event stands in each of its lines.
    pub exceeds: bool,
}

/// One line of a breakdown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    pub key: Option<String>,
    pub title: String,
    pub counts: Counts,
}

/// Whose figures are wanted.
#[derive(Clone, Debug)]
pub struct Subject {
    pub kind: Kind,
    pub organisation: Option<OrganisationId>,
    pub name: String,
    pub issuer: Vec<String>,
    pub side: Side,
}

/// By which organisation a participation is counted in an organisation's own report: a child studies at
/// a school, an organisation of additional education prepares.
fn side_of(kind: organisations::Kind) -> Side {
    if kind == organisations::Kind::Additional { Side::Preparing } else { Side::Main }
}

impl Subject {
    /// Whose figures a report of this kind tells.
    ///
    /// # Errors
    /// [`Fault::NotFound`] for an organisation that there is not.
    pub async fn of(
        net: &Net,
        directory: &kit::db::Directory,
        kind: Kind,
        organisation: Option<OrganisationId>,
    ) -> Result<Self, Fault> {
        let t = Lang::Ru;
        let plain = |name: String, issuer: Vec<String>| Self { kind, organisation, name, issuer, side: Side::Main };
        match (kind, organisation) {
            (Kind::District, _) => {
                let (founder, territory) = super::store::network(directory, net.id()).await?;
                let name = founder.unwrap_or_else(|| t.say("report-department").into_owned());
                Ok(plain(name.clone(), vec![name, territory]))
            }
            (Kind::Centre, _) => {
                let found = centre::core_of(net).await?;
                let title = found.as_ref().map_or_else(|| t.say("report-the-centre").into_owned(), |c| c.title.clone());
                let mut issuer = Vec::new();
                if let Some(home) = &found {
                    issuer.extend(organisations::find(net, home.organisation).await?.map(|o| o.name));
                }
                issuer.push(title.clone());
                Ok(plain(title, issuer))
            }
            (Kind::Organisation, Some(id)) => {
                let found = organisations::find(net, id).await?.ok_or(Fault::NotFound)?;
                Ok(Self { side: side_of(found.kind), ..plain(found.short_name, vec![found.name]) })
            }
            (Kind::Organisation, None) => Err(Fault::NotFound),
        }
    }

    /// What is asked of the figures.
    fn selection(&self, period: Period) -> Result<Selection, Fault> {
        let whose = if self.kind == Kind::Centre { Whose::Centre } else { Whose::All };
        let organisation = self.organisation.filter(|_| self.kind == Kind::Organisation);
        Asked {
            from: period.from.to_string(),
            to: period.to.to_string(),
            whose: whose.code().into(),
            side: self.side.code().into(),
            organisation: organisation.map(|id| id.to_string()).unwrap_or_default(),
            ..Asked::default()
        }
        .check(period.from)
    }

    /// The sums of a period alone.
    ///
    /// # Errors
    /// The database's.
    pub async fn total(&self, net: &Net, period: Period) -> Result<Counts, Fault> {
        figures::total(net, &self.selection(period)?, &Reach::Network).await
    }

    /// Counts everything, all breakdowns of the same rows.
    ///
    /// # Errors
    /// The database's.
    pub async fn count(&self, net: &Net, t: Lang, period: Period) -> Result<Counted, Fault> {
        let selection = self.selection(period)?;
        let parts: Vec<By> =
            PARTS.into_iter().filter(|by| self.kind != Kind::Organisation || *by != By::Organisation).collect();
        let before = self.total(net, period.before()).await?;
        let (total, broken) = figures::break_down(net, t, &selection, &parts, &Reach::Network).await?;
        let parts = broken
            .into_iter()
            .map(|(by, figures)| Part {
                by,
                exceeds: figures.exceed(),
                lines: figures
                    .lines
                    .into_iter()
                    .map(|(l, title)| Line { key: l.key.0, title, counts: l.counts })
                    .collect(),
            })
            .collect();
        Ok(Counted {
            kind: self.kind,
            organisation: self.organisation,
            name: self.name.clone(),
            issuer: self.issuer.clone(),
            from: period.from,
            to: period.to,
            handed_in: None,
            total,
            before,
            parts,
            side: self.side,
        })
    }
}

impl Counted {
    pub fn period(&self) -> Period {
        Period { from: self.from, to: self.to }
    }

    pub fn part(&self, by: By) -> Option<&Part> {
        self.parts.iter().find(|p| p.by == by)
    }

    /// The selection behind a breakdown, or behind the total, for the addresses of its rows.
    pub fn selection(&self, by: Option<By>) -> Option<Selection> {
        let whose = Subject {
            kind: self.kind,
            organisation: self.organisation,
            name: String::new(),
            issuer: Vec::new(),
            side: self.side,
        };
        whose.selection(self.period()).ok().map(|s| Selection { by, ..s })
    }

    /// For programs: the same numbers as in the document.
    pub fn to_json(&self) -> Value {
        let parts = self.parts.iter().map(|part| {
            let items = part.lines.iter().map(|line| {
                let mut item = numbers(&line.counts);
                if let Some(map) = item.as_object_mut() {
                    map.insert("key".into(), json!(line.key));
                    map.insert("title".into(), json!(line.title));
                }
                item
            });
            (part.by.code().to_owned(), items.collect::<Value>())
        });
        let parts: serde_json::Map<_, _> = parts.collect();
        let mut body = numbers(&self.total);
        if let Some(map) = body.as_object_mut() {
            map.insert("report".into(), json!(self.kind));
            map.insert("organisation".into(), json!(self.organisation));
            map.insert("from".into(), json!(self.from));
            map.insert("to".into(), json!(self.to));
            map.insert("before".into(), numbers(&self.before));
            let handed_in = self.handed_in.map(|(some, all)| json!({ "numerator": some, "denominator": all }));
            map.insert("handed_in".into(), handed_in.unwrap_or_default());
            map.insert("breakdowns".into(), parts.into());
        }
        body
    }
}

/// K1-K4 of some rows.
pub fn numbers(c: &Counts) -> Value {
    json!({
        "numerator": c.prize_editions, "denominator": c.editions, "share": c.k1().percents(), "pending": c.pending_editions,
        "participations": { "numerator": c.prize_participations, "denominator": c.participations, "share": c.k2().percents(), "pending": c.pending },
        "children": { "numerator": c.prize_children, "denominator": c.children, "share": c.k3().percents() },
        "prize_places": c.prize_places,
    })
}
