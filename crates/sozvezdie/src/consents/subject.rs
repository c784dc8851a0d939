//! What the slice keeps of a child, for the child's record.
use super::store;
use crate::{people::PersonId, shell::OfLearner};
use kit::{Fault, Visit};
use serde_json::json;
use uuid::Uuid;

pub const OF_LEARNER: OfLearner = OfLearner {
    name: "consents",
    ties: |_, _| Box::pin(async { Ok(Vec::new()) }),
    export: |visit, learner| Box::pin(export(visit, learner)),
    forget: |tx, learner| Box::pin(store::destroy_of(tx, PersonId(learner))),
};

async fn export(visit: &Visit, learner: Uuid) -> Result<serde_json::Value, Fault> {
    let all = store::of_learner(&visit.net, PersonId(learner)).await?;
    Ok(all
        .iter()
        .map(|c| {
            json!({ "id": c.id, "number": c.number, "purpose": c.purpose, "recipient": c.recipient, "operator": c.organisation,
                "state": c.shown_state(visit.today), "signer": c.signer, "authority": c.authority, "way": c.way,
                "permitted": c.categories(), "signed_on": c.signed_on, "until": c.until, "ended_on": c.ended_on })
        })
        .collect())
}
