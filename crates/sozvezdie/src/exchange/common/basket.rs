//! The draft of a common request: what one gathers from page to page. It is kept as it was checked;
//! what cannot be read stays on the page that says so.
use super::{
    CommonId, LINES, LineDraft,
    form::{CommonForm, LineForm},
};
use crate::{
    exchange::{REQUEST, store},
    organisations::OrganisationId,
    resources::{self, CART, ResourceId, Span, read_moment},
};
use chrono::{DateTime, Utc};
use kit::{
    Fault, Visit,
    access::Reach,
    clock::{LOCAL, local_date},
    db::Tx,
    form::{Check, Problems, tidy},
    once::{Done, Once},
    text::Message,
};
use serde::Deserialize;
use serde_json::json;

/// A draft.
#[derive(Clone, Debug)]
pub struct Basket {
    pub id: CommonId,
    pub organisation_id: Option<OrganisationId>,
    pub title: String,
    pub details: Option<String>,
    pub starts_at: Option<DateTime<Utc>>,
    pub ends_at: Option<DateTime<Utc>>,
    pub headcount: Option<i64>,
    pub lines: Vec<BasketLine>,
}

impl kit::db::Row for Basket {
    fn from_row(row: kit::db::RowRef<'_>) -> kit::db::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            organisation_id: row.get(1)?,
            title: row.get(2)?,
            details: row.get(3)?,
            starts_at: row.get(4)?,
            ends_at: row.get(5)?,
            headcount: row.get(6)?,
            lines: Vec::new(),
        })
    }
}

/// A line of a draft.
#[derive(Clone, Copy, Debug)]
pub struct BasketLine {
    pub resource_id: ResourceId,
    pub starts_at: Option<DateTime<Utc>>,
    pub ends_at: Option<DateTime<Utc>>,
    pub headcount: Option<i64>,
    pub units: Option<i64>,
    pub is_loan: bool,
}
kit::db::row!(BasketLine { resource_id, starts_at, ends_at, headcount, units, is_loan });

/// The draft's page: what was typed, the lines as columns, and what was pressed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CartForm {
    pub draft: String,
    pub organisation_id: String,
    pub title: String,
    pub details: String,
    pub on: String,
    pub from: String,
    pub to: String,
    pub headcount: String,
    /// Ids of resources; the other columns follow in the same order.
    pub line: Vec<String>,
    pub line_starts_at: Vec<String>,
    pub line_ends_at: Vec<String>,
    pub line_headcount: Vec<String>,
    pub line_units: Vec<String>,
    pub line_loan: Vec<String>,
    /// «resource start end»: this line at another time.
    pub take: String,
    /// «resource other»: another resource in this line.
    pub swap: String,
    /// This line goes.
    pub remove: String,
    /// «start end»: the whole at another time.
    pub when: String,
}

fn local(at: DateTime<Utc>, format: &str) -> String {
    at.with_timezone(&LOCAL).format(format).to_string()
}

/// As a date-and-time field has it.
pub fn field_moment(at: DateTime<Utc>) -> String {
    local(at, "%Y-%m-%dT%H:%M")
}

impl CartForm {
    /// A draft as it stands in the form.
    pub fn of(b: &Basket) -> Self {
        let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
        let moment = |at: Option<DateTime<Utc>>| at.map(field_moment).unwrap_or_default();
        let column = |get: &dyn Fn(&BasketLine) -> String| b.lines.iter().map(get).collect::<Vec<_>>();
        Self {
            draft: b.id.to_string(),
            organisation_id: b.organisation_id.map(|id| id.to_string()).unwrap_or_default(),
            title: b.title.clone(),
            details: b.details.clone().unwrap_or_default(),
            on: b.starts_at.map(|at| local_date(at).to_string()).unwrap_or_default(),
            from: b.starts_at.map(|at| local(at, "%H:%M")).unwrap_or_default(),
            to: b.ends_at.map(|at| local(at, "%H:%M")).unwrap_or_default(),
            headcount: number(b.headcount),
            line: column(&|l| l.resource_id.to_string()),
            line_starts_at: column(&|l| moment(l.starts_at)),
            line_ends_at: column(&|l| moment(l.ends_at)),
            line_headcount: column(&|l| number(l.headcount)),
            line_units: column(&|l| number(l.units)),
            line_loan: column(&|l| l.is_loan.to_string()),
            ..Self::default()
        }
    }

    /// The same as a request.
    pub fn common(&self) -> CommonForm {
        let at = |time: &str| {
            if self.on.trim().is_empty() && time.trim().is_empty() {
                String::new()
            } else {
                format!("{}T{}", self.on.trim(), time.trim())
            }
        };
        let cell = |column: &[String], n: usize| column.get(n).cloned().unwrap_or_default();
        let lines = self.line.iter().enumerate().map(|(n, id)| LineForm {
            resource_id: id.clone(),
            starts_at: cell(&self.line_starts_at, n),
            ends_at: cell(&self.line_ends_at, n),
            headcount: cell(&self.line_headcount, n),
            units: cell(&self.line_units, n),
            loan: cell(&self.line_loan, n),
        });
        CommonForm {
            organisation_id: self.organisation_id.clone(),
            title: self.title.clone(),
            details: self.details.clone(),
            starts_at: at(&self.from),
            ends_at: at(&self.to),
            headcount: self.headcount.clone(),
            lines: lines.collect(),
            draft: self.draft.parse().ok(),
        }
    }

    /// What was pressed, done to what was typed.
    fn pressed(mut self) -> Self {
        let place = |line: &[String], id: &str| line.iter().position(|known| known == id);
        let (take, when) = (std::mem::take(&mut self.take), std::mem::take(&mut self.when));
        if let Some((id, span)) = take.split_once(' ')
            && let (Some(n), Some(span)) = (place(&self.line, id), read_span(span))
        {
            for (column, at) in [(&mut self.line_starts_at, span.start), (&mut self.line_ends_at, span.end)] {
                if let Some(cell) = column.get_mut(n) {
                    *cell = field_moment(at);
                }
            }
        }
        if let Some(span) = read_span(&when) {
            self.on = local_date(span.start).to_string();
            (self.from, self.to) = (local(span.start, "%H:%M"), local(span.end, "%H:%M"));
        }
        self
    }

    /// What can be kept of it. What cannot be read is not kept, and said.
    fn basket(&self, id: CommonId, problems: &mut Problems, now: DateTime<Utc>) -> Basket {
        let whole = self.common();
        let mut check = Check { problems };
        let title = check.optional("title", &self.title, 200).unwrap_or_default();
        let details = check.optional("details", &self.details, 290);
        let headcount = resources::whole(problems, "headcount", &self.headcount, 1, 100_000);
        // A day without hours is a beginning, not a mistake.
        let is_begun = [&self.on, &self.from, &self.to].iter().all(|text| !text.trim().is_empty());
        let read = |text: &str| if is_begun { read_moment(text) } else { None };
        let (starts_at, ends_at) = (read(&whole.starts_at), read(&whole.ends_at));
        if is_begun && starts_at.zip(ends_at).is_none_or(|(start, end)| start >= end) {
            problems.add("to", Message::new("hold-ends-before"));
        }
        let mut lines = Vec::with_capacity(whole.lines.len());
        for (n, line) in whole.lines.iter().enumerate().take(LINES) {
            let mut wrong = Problems::default();
            let checked: Option<LineDraft> = line.check(&mut wrong, now);
            for (field, message) in wrong.iter() {
                problems.add(super::field_of(n, field), message.clone());
            }
            lines.extend(checked.map(|l| BasketLine {
                resource_id: l.resource,
                starts_at: l.own_time.map(|s| s.start),
                ends_at: l.own_time.map(|s| s.end),
                headcount: l.own_headcount,
                units: l.units,
                is_loan: l.is_loan,
            }));
        }
        let organisation_id = tidy(&self.organisation_id).and_then(|text| text.parse().ok());
        Basket { id, organisation_id, title, details, starts_at, ends_at, headcount, lines }
    }
}

fn read_span(text: &str) -> Option<Span> {
    let (start, end) = text.trim().split_once(' ')?;
    Some(Span::new(read_moment(start)?, read_moment(end)?))
}

/// The viewer's draft, if they have begun one.
///
/// # Errors
/// The database's.
pub async fn basket(visit: &Visit) -> Result<Option<Basket>, Fault> {
    match visit.viewer.person {
        Some(person) => store::basket(&visit.net, person).await,
        None => Ok(None),
    }
}

/// The only organisation for which the viewer asks, if it is but one.
fn own(visit: &Visit) -> Option<OrganisationId> {
    match visit.viewer.reach(REQUEST) {
        Reach::Organisations(own) if own.len() == 1 => own.first().copied().map(OrganisationId),
        _ => None,
    }
}

/// Puts a resource into the viewer's draft. Twice is once.
///
/// # Errors
/// [`Fault::Forbidden`], [`Fault::NotFound`]; [`Fault::Conflict`] `not-offered`, `too-many`.
pub async fn add(visit: &Visit, once: &Once, resource: ResourceId, back: &str) -> Result<Done, Fault> {
    let person = visit.viewer.person.ok_or(Fault::SignIn)?;
    let r = resources::open(visit, resource).await?;
    if !r.is_bookable() {
        return Err(Fault::conflict("not-offered", Message::new("hold-not-offered").with("name", &r.name)));
    }
    let (fresh, line) = (CommonId(visit.new_id()), visit.new_id());
    once.run(&visit.net, async |tx: &mut Tx| {
        let id = store::open_basket(tx, fresh, own(visit), person, visit.now).await?;
        if store::add_line(tx, line, id, resource, r.loanable).await? {
            let count = store::count_lines(tx, id).await?;
            if count > i64::try_from(LINES).unwrap_or(i64::MAX) {
                return Err(Fault::conflict("too-many", Message::new("booking-too-many").with("most", LINES)));
            }
        }
        // Only to a page of ours.
        let is_ours = back.starts_with(resources::LIST) && !back.contains(['\\', '\r', '\n']);
        let to = if is_ours { back } else { CART };
        Ok(Done::changed(to.to_owned(), json!({ "id": id })))
    })
    .await
}

/// Keeps the draft as it was typed and pressed.
///
/// # Errors
/// [`Fault::NotFound`] when it is no draft of the viewer; [`Fault::Invalid`] for what cannot be read:
/// the rest is kept.
pub async fn keep(visit: &Visit, once: &Once, form: &CartForm) -> Result<(Done, Problems), Fault> {
    let person = visit.viewer.person.ok_or(Fault::SignIn)?;
    let id: CommonId = form.draft.parse().map_err(|_| Fault::NotFound)?;
    let form = form.clone().pressed();
    let mut problems = Problems::default();
    let basket = form.basket(id, &mut problems, visit.now);
    let id_of = |text: &str| text.trim().parse::<ResourceId>().ok();
    let (remove, swap) =
        (id_of(&form.remove), form.swap.split_once(' ').and_then(|(a, b)| Some((id_of(a)?, id_of(b)?))));
    if let Some(visible) = basket.organisation_id
        && visit.viewer.demand(REQUEST, Some(visible.0)).is_err()
    {
        return Err(Fault::NotFound);
    }
    let done = once
        .run(&visit.net, async |tx: &mut Tx| {
            if !store::save_basket(tx, &basket, person, visit.now).await? {
                return Err(Fault::conflict("stale", Message::new("common-stale")));
            }
            if let Some(resource) = remove {
                store::drop_line(tx, id, resource).await?;
            }
            if let Some((from, to)) = swap {
                store::swap_line(tx, id, from, to).await?;
            }
            Ok(Done::changed(CART.to_owned(), json!({ "id": id })))
        })
        .await?;
    Ok((done, problems))
}

/// Drops the viewer's draft.
///
/// # Errors
/// The database's.
pub async fn clear(visit: &Visit, once: &Once) -> Result<Done, Fault> {
    let person = visit.viewer.person.ok_or(Fault::SignIn)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        store::drop_basket(tx, person).await?;
        Ok(Done::changed(resources::LIST.to_owned(), json!({})))
    })
    .await
}
