//! The papers of one trip, as somebody would find them the day before.
use crate::{
    exchange::{self, CommonDraft, CommonId},
    papers,
};
use kit::{Fault, Visit, db::Tx};

/// Puts the papers of the first common request together.
pub async fn trip(visit: &Visit, commons: &[(CommonId, CommonDraft)]) -> Result<(), Fault> {
    let Some((id, draft)) = commons.first() else { return Ok(()) };
    let bookings = exchange::bookings_of_common(&visit.net, *id).await?;
    let gathered = papers::prepare(visit, draft.organisation, bookings).await?;
    visit.net.transact(async |tx: &mut Tx| papers::write(tx, visit, &gathered).await.map(drop)).await
}
