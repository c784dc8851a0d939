//! What the slice keeps of a child, for the child's record.
use super::{store::theses as rows, url};
use crate::{
    people::PersonId,
    shell::{OfLearner, Tie},
};
use kit::{Fault, Visit, text::text_prefix};
use serde_json::json;
use uuid::Uuid;

pub const OF_LEARNER: OfLearner = OfLearner {
    name: "conferences",
    ties: |visit, learner| Box::pin(ties(visit, learner)),
    export: |visit, learner| Box::pin(export(visit, learner)),
    forget: |tx, learner| Box::pin(rows::forget(tx, PersonId(learner))),
};

async fn ties(visit: &Visit, learner: Uuid) -> Result<Vec<Tie>, Fault> {
    let all = rows::of_learner(&visit.net, PersonId(learner)).await?;
    Ok(all
        .into_iter()
        .map(|(stage, title, state)| Tie {
            href: url(stage),
            icon: "mic",
            title,
            note: visit.lang.say(&text_prefix!("conference-thesis-", state.code())).into_owned(),
        })
        .collect())
}

async fn export(visit: &Visit, learner: Uuid) -> Result<serde_json::Value, Fault> {
    let all = rows::of_learner(&visit.net, PersonId(learner)).await?;
    Ok(all.into_iter().map(|(_, title, state)| json!({ "theses": title, "state": state })).collect())
}
