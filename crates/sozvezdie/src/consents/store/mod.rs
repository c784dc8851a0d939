//! The SQL of consents. The list and what is missing stand in [`list`].
pub mod list;

use super::model::{Category, Consent, ConsentId, ConsentState, Granting, Purpose, joined};
use crate::{organisations::OrganisationId, people::PersonId};
use chrono::NaiveDate;
use kit::{
    Fault, Visit,
    db::{Net, Tx, Where, args},
};
use std::collections::HashSet;
use uuid::Uuid;

const WHOLE: &str = "c.id, c.number, c.learner_id, c.purpose, c.recipient_id, c.organisation_id, c.state, c.signer_id,
    c.authority, c.categories, c.way, c.signed_on, c.until_date, c.ended_on, c.batch_id, c.updated_at, c.version";

/// The consent that holds on a day: of a transfer the one to this recipient, or the one to all.
pub async fn granted(
    tx: &mut Tx,
    learner: PersonId,
    purpose: Purpose,
    recipient: Option<OrganisationId>,
    on: NaiveDate,
) -> Result<Option<Uuid>, Fault> {
    let sql = "SELECT id FROM consent WHERE network_id = $1 AND learner_id = $2 AND purpose = $3 AND state = 'signed'
                 AND signed_on <= $4 AND (until_date IS NULL OR until_date >= $4)
                 AND (recipient_id IS NULL OR recipient_id = $5) ORDER BY id LIMIT 1";
    let found: Option<(Uuid,)> = tx.opt(sql, args![learner, purpose, on, recipient]).await?;
    Ok(found.map(|(id,)| id))
}

/// Those of these children with a consent of this purpose, to no one recipient, that holds on a day.
pub async fn holders(
    net: &Net,
    learners: &[PersonId],
    purpose: Purpose,
    on: NaiveDate,
) -> Result<HashSet<PersonId>, Fault> {
    let mut all = HashSet::new();
    for some in learners.chunks(500) {
        let mut w = Where::new();
        w.and_in("learner_id", some.iter().copied()).and("purpose = ?", purpose);
        w.and_raw("state = 'signed' AND recipient_id IS NULL");
        let day = w.arg(on);
        w.and_raw(&format!("signed_on <= {day} AND (until_date IS NULL OR until_date >= {day})"));
        let found: Vec<(PersonId,)> =
            net.all(format!("SELECT DISTINCT learner_id FROM consent WHERE {}", w.sql()), w.args).await?;
        all.extend(found.into_iter().map(|(id,)| id));
    }
    Ok(all)
}

/// What the family permits to be shown to everybody on a day; several consents permit together.
pub async fn published(tx: &mut Tx, learner: PersonId, on: NaiveDate) -> Result<Vec<Category>, Fault> {
    let sql = "SELECT categories FROM consent WHERE network_id = $1 AND learner_id = $2 AND purpose = 'publication' AND state = 'signed'
                 AND recipient_id IS NULL AND signed_on <= $3 AND (until_date IS NULL OR until_date >= $3)";
    let found: Vec<(String,)> = tx.all(sql, args![learner, on]).await?;
    Ok(found.iter().flat_map(|(codes,)| codes.split(',')).filter_map(|code| code.trim().parse().ok()).collect())
}

/// Where a child is, or was last, in basic study: the operator of a consent.
pub async fn operator(tx: &mut Tx, learner: PersonId) -> Result<Option<OrganisationId>, Fault> {
    let sql = "SELECT organisation_id FROM learner WHERE network_id = $1 AND id = $2 AND merged_into IS NULL";
    let found: Option<(OrganisationId,)> = tx.opt(sql, args![learner]).await?;
    Ok(found.map(|(id,)| id))
}

/// Takes so many numbers; gives the first of them.
pub async fn take_numbers(tx: &mut Tx, count: i64) -> Result<i64, Fault> {
    tx.run("INSERT INTO consent_counter (network_id, last) VALUES ($1, 0) ON CONFLICT DO NOTHING", args![]).await?;
    let sql = "UPDATE consent_counter SET last = last + $2 WHERE network_id = $1 RETURNING last";
    let last: i64 = tx.scalar(sql, args![count]).await?;
    Ok(last - count + 1)
}

/// Writes down that what has run out is over, so that another can be given.
pub async fn expire(tx: &mut Tx, visit: &Visit, learner: PersonId, purpose: Purpose) -> Result<u64, Fault> {
    let sql = "UPDATE consent SET state = 'expired', ended_on = until_date, updated_at = $5, version = version + 1
               WHERE network_id = $1 AND learner_id = $2 AND purpose = $3 AND state = 'signed' AND until_date < $4";
    Ok(tx.run(sql, args![learner, purpose, visit.today, visit.now]).await?)
}

/// The one consent of a kind in one of the states that there is one of at most.
pub async fn find_same(
    tx: &mut Tx,
    learner: PersonId,
    purpose: Purpose,
    recipient: Option<OrganisationId>,
    state: ConsentState,
) -> Result<Option<ConsentId>, Fault> {
    let mut w = Where::new();
    w.and("learner_id = ?", learner).and("purpose = ?", purpose).and("state = ?", state);
    match recipient {
        Some(id) => w.and("recipient_id = ?", id),
        None => w.and_raw("recipient_id IS NULL"),
    };
    let found: Option<(ConsentId,)> = tx.opt(format!("SELECT id FROM consent WHERE {}", w.sql()), w.args).await?;
    Ok(found.map(|(id,)| id))
}

/// A form is made for a child; nothing happens where there is one already.
pub async fn insert_draft(
    tx: &mut Tx,
    visit: &Visit,
    number: i64,
    learner: PersonId,
    purpose: Purpose,
    recipient: Option<OrganisationId>,
    organisation: OrganisationId,
) -> Result<ConsentId, Fault> {
    let id = ConsentId(visit.new_id());
    let sql = "INSERT INTO consent (network_id, id, number, learner_id, purpose, recipient_id, organisation_id, state, categories,
                 created_at, created_by, updated_at, updated_by, version)
               VALUES ($1, $2, $3, $4, $5, $6, $7, 'draft', '', $8, $9, $8, $9, 1) ON CONFLICT DO NOTHING";
    let values = args![id, number, learner, purpose, recipient, organisation, visit.now, visit.viewer.person];
    tx.run(sql, values).await?;
    Ok(id)
}

/// A form came back signed. False when it is no draft any more.
pub async fn sign(tx: &mut Tx, visit: &Visit, id: ConsentId, g: &Granting, batch: Option<Uuid>) -> Result<bool, Fault> {
    let sql = "UPDATE consent SET state = 'signed', signer_id = $3, authority = $4, categories = $5, way = $6, signed_on = $7,
                 until_date = $8, batch_id = $9, updated_at = $10, updated_by = $11, version = version + 1
               WHERE network_id = $1 AND id = $2 AND state = 'draft'";
    let values = args![
        id,
        g.signer,
        g.authority,
        joined(&g.categories),
        g.way,
        g.signed_on,
        g.until,
        batch,
        visit.now,
        visit.viewer.person
    ];
    Ok(tx.run(sql, values).await? == 1)
}

/// Ends a signed consent. False when it was not signed, or is over already.
pub async fn withdraw(tx: &mut Tx, visit: &Visit, id: ConsentId) -> Result<bool, Fault> {
    let sql =
        "UPDATE consent SET state = 'withdrawn', ended_on = $3, updated_at = $4, updated_by = $5, version = version + 1
               WHERE network_id = $1 AND id = $2 AND state = 'signed'";
    Ok(tx.run(sql, args![id, visit.today, visit.now, visit.viewer.person]).await? == 1)
}

/// Of a consent that is over stays that it was.
pub async fn destroy(tx: &mut Tx, visit: &Visit, id: ConsentId) -> Result<(), Fault> {
    let sql = "UPDATE consent SET state = 'destroyed', categories = '', updated_at = $3, version = version + 1
               WHERE network_id = $1 AND id = $2 AND state IN ('withdrawn', 'expired')";
    tx.run(sql, args![id, visit.now]).await?;
    Ok(())
}

pub async fn find(net: &Net, id: ConsentId) -> Result<Option<Consent>, Fault> {
    let sql = format!("SELECT {WHOLE} FROM consent c WHERE c.network_id = $1 AND c.id = $2");
    Ok(net.opt(sql, args![id]).await?)
}

/// Those of these ids that are there.
pub async fn find_all(net: &Net, ids: &[ConsentId]) -> Result<Vec<Consent>, Fault> {
    let mut all = Vec::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let mut w = Where::of("c");
        w.and_raw("c.state <> 'destroyed'").and_in("c.id", some.iter().copied());
        all.extend(net.all::<Consent>(format!("SELECT {WHOLE} FROM consent c WHERE {}", w.sql()), w.args).await?);
    }
    Ok(all)
}

/// All of a child, the newest first.
pub async fn of_learner(net: &Net, learner: PersonId) -> Result<Vec<Consent>, Fault> {
    let sql = format!(
        "SELECT {WHOLE} FROM consent c WHERE c.network_id = $1 AND c.learner_id = $2 AND c.state <> 'destroyed'
         ORDER BY c.purpose, c.id DESC"
    );
    Ok(net.all(sql, args![learner]).await?)
}

/// What of these children is a form or in force.
pub async fn of_learners(net: &Net, learners: &[PersonId]) -> Result<Vec<Consent>, Fault> {
    let mut all = Vec::new();
    for some in learners.chunks(500) {
        let mut w = Where::of("c");
        w.and_raw("c.state IN ('draft', 'signed')").and_in("c.learner_id", some.iter().copied());
        all.extend(net.all::<Consent>(format!("SELECT {WHOLE} FROM consent c WHERE {}", w.sql()), w.args).await?);
    }
    Ok(all)
}

/// What is kept of a child stays as proof, in the state that says so.
pub async fn destroy_of(tx: &mut Tx, learner: PersonId) -> Result<u64, Fault> {
    let sql = "UPDATE consent SET state = 'destroyed', categories = '', version = version + 1
               WHERE network_id = $1 AND learner_id = $2 AND state <> 'destroyed'";
    Ok(tx.run(sql, args![learner]).await?)
}
