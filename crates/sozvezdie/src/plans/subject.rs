//! What plans keep of a child, for the child's record: whoever shows it has noted the look.
use super::{Filter, SEE, load, store, url};
use crate::{
    people::PersonId,
    shell::{OfLearner, Tie},
};
use kit::{Fault, Visit, text::text_prefix};
use serde_json::json;
use uuid::Uuid;

pub const OF_LEARNER: OfLearner = OfLearner {
    name: "individual_plans",
    ties: |visit, learner| Box::pin(ties(visit, learner)),
    export: |visit, learner| Box::pin(export(visit, learner)),
    forget: |tx, learner| Box::pin(store::forget(tx, learner)),
};

fn of(learner: Uuid) -> Filter {
    Filter { learner: Some(PersonId(learner)), ..Filter::default() }
}

async fn ties(visit: &Visit, learner: Uuid) -> Result<Vec<Tie>, Fault> {
    if !visit.viewer.may(SEE) {
        return Ok(Vec::new());
    }
    let t = visit.lang;
    let found = load(visit, &of(learner)).await?;
    let tie = |p: super::Plan| Tie {
        href: url(p.id),
        icon: "clipboard-list",
        title: t.say_with("plan-of", &[("years", format!("{}–{}", p.year, p.year + 1).into())]).into_owned(),
        note: t.say(&text_prefix!("plan-state-", p.state.code())).into_owned(),
    };
    Ok(found.into_iter().map(tie).collect())
}

async fn export(visit: &Visit, learner: Uuid) -> Result<serde_json::Value, Fault> {
    let found = load(visit, &of(learner)).await?;
    let mut all = Vec::with_capacity(found.len());
    for p in &found {
        all.push(json!({ "id": p.id, "year": p.year, "goal": p.goal, "subject": p.subject, "state": p.state, "mentor": p.mentor,
            "approved_on": p.approved_on, "outcome": p.outcome, "items": store::items(&visit.net, p.id).await? }));
    }
    Ok(if all.is_empty() { serde_json::Value::Null } else { json!(all) })
}
