//! The SQL of documents.
use super::{
    record::{Record, Set, SetId},
    words::{Correction, InCase},
};
use crate::{exchange::BookingId, organisations::OrganisationId};
use kit::{
    Fault, Visit,
    db::{Net, Tx, args},
};

/// More corrections than a network of seventy organisations ever makes.
const MOST: i64 = 5000;

pub async fn corrections(net: &Net) -> Result<Vec<Correction>, Fault> {
    let sql = "SELECT phrase, in_case, form, updated_at, updated_by FROM paper_word WHERE network_id = $1 ORDER BY phrase, in_case LIMIT $2";
    Ok(net.all(sql, args![MOST]).await?)
}

pub async fn put_correction(tx: &mut Tx, phrase: &str, case: InCase, form: &str, visit: &Visit) -> Result<(), Fault> {
    let sql = "INSERT INTO paper_word (network_id, phrase, in_case, form, updated_at, updated_by) VALUES ($1, $2, $3, $4, $5, $6)
               ON CONFLICT (network_id, phrase, in_case) DO UPDATE SET form = excluded.form, updated_at = excluded.updated_at, updated_by = excluded.updated_by";
    tx.run(sql, args![phrase, case, form, visit.now, visit.viewer.person]).await?;
    Ok(())
}

const SET: &str = "id, organisation_id, title, issuer, requisites, place, created_at, created_by";
const PAPER: &str = "id, set_id, kind, number, dated, aside, heading, body, grid, ending, post, signatory, updated_at, updated_by, version";

pub async fn insert_set(tx: &mut Tx, s: &Set) -> Result<(), Fault> {
    let sql = format!("INSERT INTO paper_set (network_id, {SET}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
    let args = args![s.id, s.organisation_id, &s.title, &s.issuer, &s.requisites, &s.place, s.created_at, s.created_by];
    tx.run(sql, args).await?;
    Ok(())
}

/// Takes back a set that came second.
pub async fn drop_set(tx: &mut Tx, id: SetId) -> Result<(), Fault> {
    tx.run("DELETE FROM paper_set_booking WHERE network_id = $1 AND set_id = $2", args![id]).await?;
    tx.run("DELETE FROM paper_set WHERE network_id = $1 AND id = $2", args![id]).await?;
    Ok(())
}

/// False when the booking stands in a set of the organisation already.
pub async fn claim(tx: &mut Tx, organisation: OrganisationId, booking: BookingId, set: SetId) -> Result<bool, Fault> {
    let sql = "INSERT INTO paper_set_booking (network_id, organisation_id, booking_id, set_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, args![organisation, booking, set]).await? == 1)
}

pub async fn set_of(tx: &mut Tx, organisation: OrganisationId, booking: BookingId) -> Result<Option<SetId>, Fault> {
    let sql = "SELECT set_id FROM paper_set_booking WHERE network_id = $1 AND organisation_id = $2 AND booking_id = $3";
    let row: Option<(SetId,)> = tx.opt(sql, args![organisation, booking]).await?;
    Ok(row.map(|(id,)| id))
}

pub async fn insert(tx: &mut Tx, p: &Record) -> Result<(), Fault> {
    let sql = format!(
        "INSERT INTO paper (network_id, {PAPER}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
    );
    let args = args![
        p.id,
        p.set_id,
        p.kind,
        &p.number,
        p.dated,
        &p.aside,
        &p.heading,
        &p.body,
        &p.grid,
        &p.ending,
        &p.post,
        &p.signatory,
        p.updated_at,
        p.updated_by,
        p.version
    ];
    tx.run(sql, args).await?;
    Ok(())
}

/// False when somebody was quicker.
pub async fn update(tx: &mut Tx, p: &Record) -> Result<bool, Fault> {
    let sql = "UPDATE paper SET number = $4, dated = $5, aside = $6, heading = $7, body = $8, grid = $9, ending = $10, post = $11,
                 signatory = $12, updated_at = $13, updated_by = $14, version = version + 1
               WHERE network_id = $1 AND id = $2 AND version = $3";
    let args = args![
        p.id,
        p.version,
        &p.number,
        p.dated,
        &p.aside,
        &p.heading,
        &p.body,
        &p.grid,
        &p.ending,
        &p.post,
        &p.signatory,
        p.updated_at,
        p.updated_by
    ];
    Ok(tx.run(sql, args).await? == 1)
}

pub async fn find_set(net: &Net, id: SetId) -> Result<Option<Set>, Fault> {
    Ok(net.opt(format!("SELECT {SET} FROM paper_set WHERE network_id = $1 AND id = $2"), args![id]).await?)
}

/// In the order in which they are read.
pub async fn papers(net: &Net, set: SetId) -> Result<Vec<Record>, Fault> {
    let sql = format!("SELECT {PAPER} FROM paper WHERE network_id = $1 AND set_id = $2 ORDER BY kind");
    let mut papers: Vec<Record> = net.all(sql, args![set]).await?;
    papers.sort_by_key(|paper| paper.kind);
    Ok(papers)
}

/// The bookings of a trip.
pub async fn bookings(net: &Net, set: SetId) -> Result<Vec<BookingId>, Fault> {
    let sql = "SELECT booking_id FROM paper_set_booking WHERE network_id = $1 AND set_id = $2 ORDER BY booking_id";
    let rows: Vec<(BookingId,)> = net.all(sql, args![set]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
