//! What is kept of a child here: the points of its works.
use super::store;
use crate::{people::PersonId, shell::OfLearner};
use kit::{Fault, Visit};
use serde_json::json;
use uuid::Uuid;

pub const OF_LEARNER: OfLearner = OfLearner {
    name: "judging",
    // The record leads to the event already.
    ties: |_, _| Box::pin(async { Ok(Vec::new()) }),
    export: |visit, learner| Box::pin(export(visit, learner)),
    forget: |tx, learner| Box::pin(store::forget(tx, PersonId(learner))),
};

async fn export(visit: &Visit, learner: Uuid) -> Result<serde_json::Value, Fault> {
    let all = store::of_learner(&visit.net, PersonId(learner)).await?;
    let line = |(event, stage, task, points)| json!({ "event": event, "stage": stage, "task": task + 1_i64, "points": points });
    Ok(all.into_iter().map(line).collect())
}
