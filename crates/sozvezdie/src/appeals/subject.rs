//! What is kept of a child here, for its record and its family.
use super::{store, url};
use crate::{
    people::PersonId,
    shell::{OfLearner, Tie},
};
use kit::{Fault, Visit};
use serde_json::json;
use uuid::Uuid;

pub const OF_LEARNER: OfLearner = OfLearner {
    name: "appeals",
    ties: |visit, learner| Box::pin(ties(visit, learner)),
    export: |visit, learner| Box::pin(export(visit, learner)),
    forget: |tx, learner| Box::pin(store::forget(tx, PersonId(learner))),
};

/// Results that are shown and may be appealed against.
async fn ties(visit: &Visit, learner: Uuid) -> Result<Vec<Tie>, Fault> {
    if !visit.viewer.may(crate::events::ENTRIES) {
        return Ok(Vec::new());
    }
    let t = visit.lang;
    let all = store::open_of(&visit.net, PersonId(learner)).await?;
    let tie = |(stage, title, until)| Tie {
        href: url(stage),
        icon: "scale",
        title,
        note: t.say_with("appeal-tie", &[("day", t.date(until).into())]).into_owned(),
    };
    Ok(all.into_iter().map(tie).collect())
}

async fn export(visit: &Visit, learner: Uuid) -> Result<serde_json::Value, Fault> {
    let all = store::of_learner(&visit.net, PersonId(learner)).await?;
    let line = |(body, state, answer)| json!({ "appeal": body, "state": state, "answer": answer });
    Ok(all.into_iter().map(line).collect())
}
