//! What the slice keeps of a child, for the child's record.
use super::{Purpose, VIEW, of_child_url, record, store};
use crate::{
    learners::Scope,
    people::PersonId,
    shell::{OfLearner, Tie},
};
use kit::{Fault, Visit};
use serde_json::json;
use uuid::Uuid;

pub const OF_LEARNER: OfLearner = OfLearner {
    name: "consents",
    ties: |visit, learner| Box::pin(ties(visit, PersonId(learner))),
    export: |visit, learner| Box::pin(export(visit, learner)),
    forget: |tx, learner| Box::pin(store::destroy_of(tx, PersonId(learner))),
};

/// One line: how many consents there are, for those who may know.
async fn ties(visit: &Visit, learner: PersonId) -> Result<Vec<Tie>, Fault> {
    let seen = store::list::whose(&visit.net, &Scope::of(visit).await?, &[learner]).await?;
    let Some(child) = seen.into_iter().next() else { return Ok(Vec::new()) };
    let rights = record::rights(visit, &child).await?;
    if !(rights.family || visit.viewer.reach(VIEW).covers(Some(child.organisation.0))) {
        return Ok(Vec::new());
    }
    let all = store::of_learner(&visit.net, learner).await?;
    let given = Purpose::ALL.iter().filter(|p| all.iter().any(|c| c.purpose == **p && c.holds(visit.today))).count();
    let t = visit.lang;
    Ok(vec![Tie {
        href: of_child_url(learner),
        icon: "file-text",
        title: t.say("consents-title").into_owned(),
        note: t.say_with("consents-tie", &[("count", given.into())]).into_owned(),
    }])
}

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
