//! The SQL of lists of bookings.
use super::{FROM, WHOLE};
use crate::{
    exchange::model::{Booking, BookingState, Form, Side},
    organisations::OrganisationId,
    resources::{Class, ResourceId, Span},
};
use chrono::{DateTime, Utc};
use kit::{
    Fault,
    access::Reach,
    cursor::{COUNTED, Cursor, Slice},
    db::{Net, Tx, Val, Where},
};
use uuid::Uuid;

/// Which bookings, by time.
#[derive(Clone, Debug)]
pub struct Filter {
    pub states: Vec<BookingState>,
    pub resource: Option<ResourceId>,
    /// On either side, or on the one that `side` says.
    pub organisation: Option<OrganisationId>,
    pub side: Option<Side>,
    pub person: Option<Uuid>,
    pub class: Option<Class>,
    pub form: Option<Form>,
    pub need: Option<Uuid>,
    /// That touch this span.
    pub during: Option<Span>,
    /// The latest first.
    pub is_backwards: bool,
    /// Where either side may be seen.
    pub seen: Reach,
}

impl Filter {
    /// All that may be seen.
    pub fn new(seen: Reach) -> Self {
        Self {
            states: Vec::new(),
            resource: None,
            organisation: None,
            side: None,
            person: None,
            class: None,
            form: None,
            need: None,
            during: None,
            is_backwards: false,
            seen,
        }
    }

    fn conditions(&self) -> Where {
        let mut w = Where::of("b");
        if !self.states.is_empty() {
            w.and_in("b.state", self.states.iter().copied());
        }
        w.and_opt("b.resource_id = ?", self.resource).and_opt("b.person_id = ?", self.person);
        w.and_opt("b.class = ?", self.class).and_opt("b.form = ?", self.form).and_opt("b.need_id = ?", self.need);
        if let Some(organisation) = self.organisation {
            let condition = match self.side {
                Some(Side::Owner) => "b.owner_id = ?",
                Some(Side::Asker) => "b.organisation_id = ?",
                None => "(b.owner_id = ? OR b.organisation_id = ?)",
            };
            w.and(condition, organisation);
        }
        if let Some(span) = self.during {
            w.and("b.starts_at < ?", span.end).and("b.ends_at > ?", span.start);
        }
        if self.seen != Reach::Network {
            let given = self.seen.sql("b.owner_id", &mut w.args);
            let received = self.seen.sql("b.organisation_id", &mut w.args);
            w.and_raw(&format!("({given} OR {received})"));
        }
        w
    }
}

/// One page after `cursor`, and how many there are in all.
pub async fn list(net: &Net, filter: &Filter, cursor: Option<&Cursor>, size: i64) -> Result<Slice<Booking>, Fault> {
    let mut w = filter.conditions();
    let total =
        format!("SELECT COUNT(*) FROM (SELECT 1 FROM booking b WHERE {} LIMIT {}) AS counted", w.sql(), COUNTED + 1);
    let mut reader = net.reader().await?;
    let total: i64 = reader.scalar(total, w.args.clone()).await?;
    let (sign, order) = if filter.is_backwards { ('<', "DESC") } else { ('>', "ASC") };
    if let Some(cursor) = cursor {
        let edge = if filter.is_backwards { i64::MAX } else { i64::MIN };
        let (at, id) = (w.arg(cursor.value.parse::<i64>().unwrap_or(edge)), w.arg(cursor.id));
        w.and_raw(&format!("(b.starts_at, b.id) {sign} ({at}, {id})"));
    }
    let sql = format!(
        "SELECT {WHOLE} FROM {FROM} WHERE {} ORDER BY b.starts_at {order}, b.id {order} LIMIT {}",
        w.sql(),
        size + 1
    );
    let mut items: Vec<Booking> = reader.all(sql, w.args).await?;
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let more = items.len() > size;
    items.truncate(size);
    let next = items
        .last()
        .filter(|_| more)
        .map(|b| Cursor { value: b.span.start.timestamp_micros().to_string(), id: b.id.0 });
    Ok(Slice { items, next, total })
}

/// All that touch the filter's span and hold something, by time, for a calendar.
pub async fn between(net: &Net, filter: &Filter) -> Result<Vec<Booking>, Fault> {
    let mut w = filter.conditions();
    w.and_raw("b.state NOT IN ('declined', 'cancelled', 'moved')");
    let sql = format!("SELECT {WHOLE} FROM {FROM} WHERE {} ORDER BY b.starts_at, b.id LIMIT 2000", w.sql());
    Ok(net.all(sql, w.args).await?)
}

/// What one side still has to state for a month: where the other side has, or (`also_planned`)
/// what is over and nobody has spoken of.
pub async fn month(
    tx: &mut Tx,
    organisation: OrganisationId,
    side: Side,
    span: Span,
    also_planned: Option<DateTime<Utc>>,
) -> Result<Vec<Booking>, Fault> {
    let mut w = Where::of("b");
    let (column, mine, theirs) = match side {
        Side::Owner => ("b.owner_id = ?", "b.owner_stated_at", "b.asker_stated_at"),
        Side::Asker => ("b.organisation_id = ?", "b.asker_stated_at", "b.owner_stated_at"),
    };
    w.and(column, organisation).and("b.starts_at >= ?", span.start).and("b.starts_at < ?", span.end);
    let stated = format!("(b.state = 'took_place' AND {mine} IS NULL AND {theirs} IS NOT NULL)");
    let condition = match also_planned {
        Some(now) => {
            let now = w.arg(now);
            format!("({stated} OR (b.state = 'planned' AND b.ends_at <= {now}))")
        }
        None => stated,
    };
    w.and_raw(&condition);
    let sql = format!("SELECT {WHOLE} FROM {FROM} WHERE {} ORDER BY b.starts_at, b.id LIMIT 1000", w.sql());
    Ok(tx.all(sql, w.args).await?)
}

/// What is agreed or asked in person for a day and lies in reach of one side, optionally at one
/// organisation.
pub async fn of_day(
    tx: &mut Tx,
    day: Span,
    owner: &Reach,
    asker: &Reach,
    place: Option<OrganisationId>,
) -> Result<Vec<Booking>, Fault> {
    let mut w = Where::of("b");
    w.and("b.starts_at >= ?", day.start).and("b.starts_at < ?", day.end);
    w.and_raw("b.mode = 'in_person' AND b.form <> 'loan' AND b.state IN ('requested', 'countered', 'planned')");
    let given = owner.sql("b.owner_id", &mut w.args);
    let received = asker.sql("b.organisation_id", &mut w.args);
    w.and_raw(&format!("({given} OR {received})"));
    if let Some(place) = place {
        w.and(
            "EXISTS (SELECT 1 FROM resource_hold h WHERE h.network_id = $1 AND h.id = b.id AND h.place_id = ?)",
            place,
        );
    }
    let sql = format!("SELECT {WHOLE} FROM {FROM} WHERE {} ORDER BY b.starts_at, b.id LIMIT 1000", w.sql());
    Ok(tx.all(sql, w.args).await?)
}

/// Where one side may act, and what time it is.
pub struct ToDo<'a> {
    /// Where the viewer decides for the owner.
    pub owner: &'a Reach,
    /// Where the viewer asks for an organisation.
    pub asker: &'a Reach,
    pub now: DateTime<Utc>,
    /// Loans that end before this moment are due.
    pub soon: DateTime<Utc>,
}

/// What waits for somebody with this reach, the most urgent first.
pub async fn todo(net: &Net, of: &ToDo<'_>, limit: i64) -> Result<Vec<Booking>, Fault> {
    let mut w = to_do(of);
    let limit = w.arg(limit);
    let sql = format!("SELECT {WHOLE} FROM {FROM} WHERE {} ORDER BY b.starts_at, b.id LIMIT {limit}", w.sql());
    Ok(net.all(sql, w.args).await?)
}

/// How many there are, up to a limit.
pub async fn count_todo(net: &Net, of: &ToDo<'_>, limit: i64) -> Result<i64, Fault> {
    let mut w = to_do(of);
    let limit = w.arg(limit);
    let sql = format!("SELECT COUNT(*) FROM (SELECT 1 FROM booking b WHERE {} LIMIT {limit}) AS found", w.sql());
    let rows: Vec<(i64,)> = net.all(sql, w.args).await?;
    Ok(rows.first().map_or(0, |r| r.0))
}

fn to_do(of: &ToDo<'_>) -> Where {
    let mut w = Where::of("b");
    let mut any: Vec<String> = Vec::new();
    let owner = of.owner.sql("b.owner_id", &mut w.args);
    let asker = of.asker.sql("b.organisation_id", &mut w.args);
    let (now, soon) = (w.arg(Val::from(of.now)), w.arg(Val::from(of.soon)));
    any.push(format!("(b.state = 'requested' AND {owner})"));
    any.push(format!("(b.state = 'countered' AND {asker})"));
    for (reach, mine) in [(&owner, "b.owner_stated_at"), (&asker, "b.asker_stated_at")] {
        any.push(format!("(b.state = 'took_place' AND {mine} IS NULL AND {reach})"));
        any.push(format!("(b.state = 'disputed' AND {reach})"));
        any.push(format!("(b.state = 'planned' AND b.form <> 'loan' AND b.ends_at <= {now} AND {reach})"));
    }
    any.push(format!(
        "(b.state = 'planned' AND b.form = 'loan' AND b.handed_on IS NULL AND b.starts_at <= {soon} AND {owner})"
    ));
    any.push(format!("(b.state = 'planned' AND b.form = 'loan' AND b.handed_on IS NOT NULL AND b.ends_at <= {soon} AND ({owner} OR {asker}))"));
    // Names the partial indices.
    let waits =
        |alias: &str| format!("{alias}.state IN ('requested', 'countered', 'planned', 'took_place', 'disputed')");
    // What concerns the own organisations, each side by its index: in the network much more waits.
    if let (Reach::Organisations(_) | Reach::Nowhere, Reach::Organisations(_) | Reach::Nowhere) = (of.owner, of.asker) {
        let own = [(of.owner, "n.owner_id"), (of.asker, "n.organisation_id")].map(|(reach, column)| {
            let reach = reach.sql(column, &mut w.args);
            format!("SELECT n.id FROM booking n WHERE n.network_id = $1 AND {} AND {reach}", waits("n"))
        });
        w.and_raw(&format!("b.id IN ({})", own.join(" UNION ALL ")));
    } else {
        w.and_raw(&waits("b"));
    }
    w.and_raw(&format!("({})", any.join(" OR ")));
    w
}
