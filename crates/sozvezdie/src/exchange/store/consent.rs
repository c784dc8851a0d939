//! The SQL of consents to visits.
use super::{FROM, WHOLE};
use crate::exchange::{
    consent::{Consent, Party},
    model::{Booking, BookingId},
};
use chrono::{DateTime, Utc};
use kit::{
    Fault,
    access::Reach,
    db::{Net, Tx, Where, args},
};
use uuid::Uuid;

const ANSWERS: &str = "SELECT party, is_given, reason, answered_at, answered_by FROM visit_consent
    WHERE network_id = $1 AND booking_id = $2 ORDER BY party";

/// What was answered about one booking.
pub async fn consents(net: &Net, id: BookingId) -> Result<Vec<Consent>, Fault> {
    Ok(net.all(ANSWERS, args![id]).await?)
}

/// The same inside a transaction.
pub async fn consents_in(tx: &mut Tx, id: BookingId) -> Result<Vec<Consent>, Fault> {
    Ok(tx.all(ANSWERS, args![id]).await?)
}

/// Writes an answer over the party's former one.
pub async fn put_consent(tx: &mut Tx, id: BookingId, c: &Consent) -> Result<(), Fault> {
    let sql = "INSERT INTO visit_consent (network_id, booking_id, party, is_given, reason, answered_at, answered_by)
               VALUES ($1, $2, $3, $4, $5, $6, $7)
               ON CONFLICT (network_id, booking_id, party) DO UPDATE SET is_given = excluded.is_given, reason = excluded.reason,
                 answered_at = excluded.answered_at, answered_by = excluded.answered_by";
    tx.run(sql, args![id, c.party, c.is_given, &c.reason, c.answered_at, c.answered_by]).await?;
    Ok(())
}

/// Another time or another person: what was answered was about something else.
pub async fn drop_consents(tx: &mut Tx, id: BookingId) -> Result<(), Fault> {
    tx.run("DELETE FROM visit_consent WHERE network_id = $1 AND booking_id = $2", args![id]).await?;
    Ok(())
}

/// What waits for the consent of this party: of the person themself, or of who leads these owners.
fn unanswered(party: Party, person: Option<Uuid>, owners: &Reach, now: DateTime<Utc>) -> Where {
    let mut w = Where::of("b");
    // Names the partial index.
    w.and_raw(
        "b.state IN ('requested', 'countered', 'planned') AND b.class = 'staff' AND b.owner_id <> b.organisation_id",
    );
    w.and("b.starts_at > ?", now);
    match party {
        Party::Person => {
            w.and("b.person_id = ?", person);
        }
        Party::Head => {
            let own = owners.sql("b.owner_id", &mut w.args);
            // What is only asked for waits for their decision anyhow.
            w.and_raw(&format!("b.person_id IS NOT NULL AND b.state = 'planned' AND {own}"));
        }
    }
    w.and(
        "NOT EXISTS (SELECT 1 FROM visit_consent c WHERE c.network_id = $1 AND c.booking_id = b.id AND c.party = ?)",
        party,
    );
    w
}

/// Those bookings, the soonest first.
pub async fn without_consent(
    net: &Net,
    party: Party,
    person: Option<Uuid>,
    owners: &Reach,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Booking>, Fault> {
    let w = unanswered(party, person, owners, now);
    let sql = format!("SELECT {WHOLE} FROM {FROM} WHERE {} ORDER BY b.starts_at, b.id LIMIT {limit}", w.sql());
    Ok(net.all(sql, w.args).await?)
}

/// How many there are.
pub async fn count_without_consent(
    net: &Net,
    party: Party,
    person: Option<Uuid>,
    owners: &Reach,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<i64, Fault> {
    let w = unanswered(party, person, owners, now);
    let sql = format!("SELECT COUNT(*) FROM (SELECT 1 FROM booking b WHERE {} LIMIT {limit}) AS found", w.sql());
    let rows: Vec<(i64,)> = net.all(sql, w.args).await?;
    Ok(rows.first().map_or(0, |r| r.0))
}
