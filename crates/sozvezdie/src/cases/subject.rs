//! What the slice keeps of a child, for the child's record.
use super::{ASK, LIST, of_child, store};
use crate::{
    people::PersonId,
    shell::{OfLearner, Tie},
};
use kit::{Fault, Visit};
use serde_json::json;
use uuid::Uuid;

pub const OF_LEARNER: OfLearner = OfLearner {
    name: "cases",
    ties: |visit, learner| Box::pin(ties(visit, PersonId(learner))),
    export: |visit, learner| Box::pin(export(visit, PersonId(learner))),
    forget: |tx, learner| Box::pin(store::forget(tx, PersonId(learner))),
};

/// For the family: what it asked for, and the way to ask.
async fn ties(visit: &Visit, learner: PersonId) -> Result<Vec<Tie>, Fault> {
    if !visit.viewer.may(ASK) {
        return Ok(Vec::new());
    }
    let open = of_child(visit, learner).await?.iter().filter(|line| line.next().is_some()).count();
    let t = visit.lang;
    Ok(vec![Tie {
        href: format!("{LIST}/of/{learner}"),
        icon: "inbox",
        title: t.say("cases-family").into_owned(),
        note: t.say_with("cases-tie", &[("count", open.into())]).into_owned(),
    }])
}

async fn export(visit: &Visit, learner: PersonId) -> Result<serde_json::Value, Fault> {
    let cases = store::of_learner(&visit.net, learner).await?;
    let ids: Vec<_> = cases.iter().map(|k| k.id).collect();
    let steps = store::steps(&visit.net, &ids).await?;
    let own = |id: super::CaseId| -> Vec<serde_json::Value> {
        let of = steps.iter().filter(|s| s.case == id);
        of.map(|s| json!({ "step": s.step, "due_on": s.due_on, "done_on": s.done_on, "note": s.note })).collect()
    };
    Ok(cases
        .iter()
        .map(|k| {
            json!({ "id": Uuid::from(k.id), "kind": k.kind, "purpose": k.purpose, "state": k.state, "details": k.details,
                "opened_on": k.opened_on, "closed_on": k.closed_on, "steps": own(k.id) })
        })
        .collect())
}
