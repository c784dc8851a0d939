//! The SQL of what somebody is to be reminded of, in the whole network.
use super::{FROM, WHOLE};
use crate::{exchange::model::Booking, organisations::OrganisationId, resources::Span};
use chrono::{DateTime, Utc};
use kit::{
    Fault,
    db::{Net, args},
};

/// Most that one turn looks at; the next turn finds the rest.
const MOST: usize = 1000;

/// Requests and offers of before `since` that could still be answered.
pub async fn unanswered(net: &Net, since: DateTime<Utc>, now: DateTime<Utc>) -> Result<Vec<Booking>, Fault> {
    let sql = format!(
        "SELECT {WHOLE} FROM {FROM} WHERE b.network_id = $1 AND b.starts_at > $3
           AND ((b.state = 'requested' AND b.created_at <= $2) OR (b.state = 'countered' AND b.updated_at <= $2))
         ORDER BY b.starts_at, b.id LIMIT {MOST}"
    );
    Ok(net.all(sql, args![since, now]).await?)
}

/// Loans that are out and end before this moment.
pub async fn out(net: &Net, until: DateTime<Utc>) -> Result<Vec<Booking>, Fault> {
    let sql = format!(
        "SELECT {WHOLE} FROM {FROM} WHERE b.network_id = $1 AND b.state = 'planned' AND b.form = 'loan' AND b.ends_at < $2
           AND b.handed_on IS NOT NULL AND b.taken_back_on IS NULL
         ORDER BY b.ends_at DESC, b.id LIMIT {MOST}"
    );
    Ok(net.all(sql, args![until]).await?)
}

/// Organisations that have not said what came of what began in this span: the other side has, or
/// it is over and nobody has spoken.
pub async fn unconfirmed(net: &Net, month: Span, now: DateTime<Utc>) -> Result<Vec<OrganisationId>, Fault> {
    let of = |organisation: &str, stated: &str| {
        format!(
            "SELECT {organisation} AS id FROM booking WHERE network_id = $1 AND starts_at >= $2 AND starts_at < $3
               AND ((state = 'took_place' AND {stated} IS NULL) OR (state = 'planned' AND form <> 'loan' AND ends_at <= $4))"
        )
    };
    let sql =
        format!("{} UNION {} ORDER BY id", of("owner_id", "owner_stated_at"), of("organisation_id", "asker_stated_at"));
    let rows: Vec<(OrganisationId,)> = net.all(sql, args![month.start, month.end, now]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
