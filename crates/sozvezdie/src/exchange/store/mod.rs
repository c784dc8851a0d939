//! The SQL of bookings.
mod balance;
mod common;
mod consent;
mod list;
mod need;
pub mod remind;

pub use balance::{Pair, Row, balance, pairs, totals};
pub use common::{
    add_line, basket, bookings_in, bookings_of, commons, count_lines, drop_basket, drop_line, drop_lines, find_common,
    insert_common, lines_in, open_basket, put_in_place, save_basket, settle_basket, swap_line,
};
pub use consent::{consents, consents_in, count_without_consent, drop_consents, put_consent, without_consent};
pub use list::{Filter, ToDo, between, count_todo, list, month, of_day, todo};
pub use need::{find_need, find_need_in, has_other_offers, insert_need, needs, owners_of, save_need};

use super::model::{Asked, Booking, BookingId, BookingState, Loan, Review, Stated, Statement};
use crate::resources::Span;
use kit::{
    Fault,
    db::{Net, RowRef, Tx, Val, args},
};

const WHOLE: &str = "b.id, b.resource_id, r.name, b.owner_id, g.short_name, b.organisation_id, o.short_name, b.class, b.form, b.person_id,
    b.series_id, b.cart_id, b.need_id, b.number, b.starts_at, b.ends_at, b.headcount, b.units, b.purpose, b.mode, b.state, b.reason,
    b.asked_resource_id, b.asked_starts_at, b.asked_ends_at, b.moved_from, b.moved_to,
    b.owner_headcount, b.owner_amount, b.owner_stated_by, b.owner_stated_at, b.asker_headcount, b.asker_amount, b.asker_stated_by, b.asker_stated_at,
    b.agreed_headcount, b.agreed_minutes, b.agreed_days, b.owner_quality, b.owner_comment, b.asker_quality, b.asker_comment,
    b.handed_on, b.taken_back_on, b.inventory_number, b.responsible, b.loan_note, b.created_at, b.created_by, b.updated_at, b.updated_by, b.version";

const FROM: &str = "booking b
    JOIN resource r ON r.network_id = b.network_id AND r.id = b.resource_id
    JOIN organisation g ON g.network_id = b.network_id AND g.id = b.owner_id
    JOIN organisation o ON o.network_id = b.network_id AND o.id = b.organisation_id";

/// Reads columns one after another.
struct Columns<'a> {
    row: RowRef<'a>,
    next: usize,
}

impl Columns<'_> {
    fn take<T: kit::db::Col>(&mut self) -> kit::db::Result<T> {
        self.next += 1;
        self.row.get(self.next - 1)
    }

    fn span(&mut self) -> kit::db::Result<Span> {
        Ok(Span::new(self.take()?, self.take()?))
    }

    fn asked(&mut self) -> kit::db::Result<Option<Asked>> {
        let (resource, start, end) = (self.take::<Option<_>>()?, self.take::<Option<_>>()?, self.take::<Option<_>>()?);
        let asked = || Some(Asked { resource_id: resource?, span: Span::new(start?, end?) });
        Ok(asked())
    }

    fn stated(&mut self) -> kit::db::Result<Option<Stated>> {
        let (headcount, amount, by, at) =
            (self.take::<Option<_>>()?, self.take::<Option<_>>()?, self.take()?, self.take::<Option<_>>()?);
        let stated = || Some(Stated { what: Statement { headcount: headcount?, amount: amount? }, by, at: at? });
        Ok(stated())
    }

    fn review(&mut self) -> kit::db::Result<Review> {
        Ok(Review { quality: self.take()?, comment: self.take()? })
    }
}

impl kit::db::Row for Booking {
    fn from_row(row: RowRef<'_>) -> kit::db::Result<Self> {
        let mut c = Columns { row, next: 0 };
        // Fields are read in the order written here, which is that of the statement.
        Ok(Self {
            id: c.take()?,
            resource_id: c.take()?,
            resource_name: c.take()?,
            owner_id: c.take()?,
            owner_name: c.take()?,
            organisation_id: c.take()?,
            organisation_name: c.take()?,
            class: c.take()?,
            form: c.take()?,
            person_id: c.take()?,
            series_id: c.take()?,
            cart_id: c.take()?,
            need_id: c.take()?,
            number: c.take()?,
            span: c.span()?,
            headcount: c.take()?,
            units: c.take()?,
            purpose: c.take()?,
            mode: c.take()?,
            state: c.take()?,
            reason: c.take()?,
            asked: c.asked()?,
            moved_from: c.take()?,
            moved_to: c.take()?,
            owner_stated: c.stated()?,
            asker_stated: c.stated()?,
            agreed_headcount: c.take()?,
            agreed_minutes: c.take()?,
            agreed_days: c.take()?,
            owner_review: c.review()?,
            asker_review: c.review()?,
            loan: Loan {
                handed_on: c.take()?,
                taken_back_on: c.take()?,
                inventory_number: c.take()?,
                responsible: c.take()?,
                note: c.take()?,
            },
            created_at: c.take()?,
            created_by: c.take()?,
            updated_at: c.take()?,
            updated_by: c.take()?,
            version: c.take()?,
        })
    }
}

pub async fn find(net: &Net, id: BookingId) -> Result<Option<Booking>, Fault> {
    Ok(net.opt(format!("SELECT {WHOLE} FROM {FROM} WHERE b.network_id = $1 AND b.id = $2"), args![id]).await?)
}

pub async fn find_in(tx: &mut Tx, id: BookingId) -> Result<Option<Booking>, Fault> {
    Ok(tx.opt(format!("SELECT {WHOLE} FROM {FROM} WHERE b.network_id = $1 AND b.id = $2"), args![id]).await?)
}

/// What a booking is made of at first.
const NEW: &str = "id, resource_id, owner_id, organisation_id, class, form, person_id, series_id, cart_id, need_id, number, starts_at, ends_at,
    headcount, units, purpose, mode, state, reason, moved_from, owner_headcount, owner_amount, owner_stated_by, owner_stated_at,
    asker_headcount, asker_amount, asker_stated_by, asker_stated_at, agreed_headcount, agreed_minutes, agreed_days,
    owner_quality, owner_comment, asker_quality, asker_comment, handed_on, taken_back_on, inventory_number, responsible, loan_note,
    school_year, created_at, created_by, updated_at, updated_by, version";

fn new_args(b: &Booking) -> Vec<Val> {
    let (owner, asker) = (b.owner_stated, b.asker_stated);
    let mut all = args![
        b.id,
        b.resource_id,
        b.owner_id,
        b.organisation_id,
        b.class,
        b.form,
        b.person_id,
        b.series_id,
        b.cart_id,
        b.need_id,
        b.number,
        b.span.start,
        b.span.end,
        b.headcount,
        b.units,
        &b.purpose,
        b.mode,
        b.state,
        &b.reason,
        b.moved_from
    ];
    all.extend(stated_args(owner));
    all.extend(stated_args(asker));
    all.extend(rest_args(b));
    all.extend(args![b.school_year(), b.created_at, b.created_by, b.updated_at, b.updated_by, 1]);
    all
}

fn stated_args(s: Option<Stated>) -> Vec<Val> {
    args![s.map(|s| s.what.headcount), s.map(|s| s.what.amount), s.and_then(|s| s.by), s.map(|s| s.at)]
}

fn rest_args(b: &Booking) -> Vec<Val> {
    args![
        b.agreed_headcount,
        b.agreed_minutes,
        b.agreed_days,
        b.owner_review.quality,
        &b.owner_review.comment,
        b.asker_review.quality,
        &b.asker_review.comment,
        b.loan.handed_on,
        b.loan.taken_back_on,
        &b.loan.inventory_number,
        &b.loan.responsible,
        &b.loan.note
    ]
}

/// Writes new bookings.
pub async fn insert(tx: &mut Tx, all: &[Booking]) -> Result<(), Fault> {
    Ok(tx.insert(&format!("booking (network_id, {NEW})"), all.iter().map(new_args).collect()).await?)
}

/// Writes what may change. False when somebody was quicker.
pub async fn save(tx: &mut Tx, b: &Booking) -> Result<bool, Fault> {
    let sql = "UPDATE booking SET resource_id = $4, class = $5, person_id = $6, number = $7, starts_at = $8, ends_at = $9, mode = $10, state = $11,
                 reason = $12, asked_resource_id = $13, asked_starts_at = $14, asked_ends_at = $15, moved_to = $16,
                 owner_headcount = $17, owner_amount = $18, owner_stated_by = $19, owner_stated_at = $20,
                 asker_headcount = $21, asker_amount = $22, asker_stated_by = $23, asker_stated_at = $24,
                 agreed_headcount = $25, agreed_minutes = $26, agreed_days = $27, owner_quality = $28, owner_comment = $29,
                 asker_quality = $30, asker_comment = $31, handed_on = $32, taken_back_on = $33, inventory_number = $34, responsible = $35,
                 loan_note = $36, school_year = $37, updated_at = $38, updated_by = $39, version = version + 1
               WHERE network_id = $1 AND id = $2 AND version = $3";
    let asked = b.asked;
    let mut all = args![
        b.id,
        b.version,
        b.resource_id,
        b.class,
        b.person_id,
        b.number,
        b.span.start,
        b.span.end,
        b.mode,
        b.state,
        &b.reason,
        asked.map(|a| a.resource_id),
        asked.map(|a| a.span.start),
        asked.map(|a| a.span.end),
        b.moved_to
    ];
    all.extend(stated_args(b.owner_stated));
    all.extend(stated_args(b.asker_stated));
    all.extend(rest_args(b));
    all.extend(args![b.school_year(), b.updated_at, b.updated_by]);
    Ok(tx.run(sql, all).await? == 1)
}

/// The bookings of one common request, a series or a cart, by time.
pub async fn together(net: &Net, b: &Booking) -> Result<Vec<Booking>, Fault> {
    let sql = format!(
        "SELECT {WHOLE} FROM {FROM} WHERE b.network_id = $1 AND (b.series_id = $2 OR b.cart_id = $3) ORDER BY b.starts_at, b.id LIMIT 500"
    );
    Ok(net.all(sql, args![b.series_id, b.cart_id]).await?)
}

/// How many are in each of these states, for counts above lists.
pub async fn states(net: &Net, of: crate::resources::ResourceId) -> Result<Vec<(BookingState, i64)>, Fault> {
    let sql =
        "SELECT state, COUNT(*) FROM booking WHERE network_id = $1 AND resource_id = $2 GROUP BY state ORDER BY state";
    Ok(net.all(sql, args![of]).await?)
}

/// Bookings to come without what they should hold, and holds without such a booking.
pub async fn mismatches(net: &Net, now: chrono::DateTime<chrono::Utc>) -> Result<(i64, i64), Fault> {
    let count =
        async |sql: &'static str| Ok::<i64, Fault>(net.opt::<(i64,)>(sql, args![now]).await?.map_or(0, |(n,)| n));
    let unheld = count(
        "SELECT COUNT(*) FROM booking b WHERE b.network_id = $1 AND b.ends_at > $2 AND b.state IN ('requested', 'countered', 'planned')
           AND NOT EXISTS (SELECT 1 FROM resource_hold h WHERE h.network_id = $1 AND h.id = b.id)",
    );
    let unasked = count(
        "SELECT COUNT(*) FROM resource_hold h WHERE h.network_id = $1 AND h.ends_at > $2
           AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.network_id = $1 AND b.id = h.id AND b.state NOT IN ('declined', 'cancelled', 'moved'))",
    );
    Ok((unheld.await?, unasked.await?))
}
