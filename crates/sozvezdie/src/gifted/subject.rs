//! What the register keeps of a child, for the child's record: raw results of a diagnostics are not
//! among it, they are the psychologist's alone.
use super::{
    LIST, PROPOSE, SEE,
    model::{Profile, State},
    store, url,
};
use crate::{
    learners,
    people::PersonId,
    shell::{OfLearner, Tie},
};
use kit::{Fault, Visit, text::text_prefix};
use serde_json::json;
use uuid::Uuid;

pub const OF_LEARNER: OfLearner = OfLearner {
    name: "gifted_profiles",
    ties: |visit, learner| Box::pin(ties(visit, learner)),
    export: |visit, learner| Box::pin(export(visit, learner)),
    forget: |tx, learner| Box::pin(store::forget(tx, learner)),
};

async fn of(visit: &Visit, learner: Uuid) -> Result<Vec<Profile>, Fault> {
    let filter = store::Filter { left: true, learner: Some(PersonId(learner)), ..store::Filter::default() };
    store::list(&visit.net, &super::scope(visit).await?, &filter, 20).await
}

async fn ties(visit: &Visit, learner: Uuid) -> Result<Vec<Tie>, Fault> {
    if !visit.viewer.may(SEE) {
        return Ok(Vec::new());
    }
    let t = visit.lang;
    let tie = |p: Profile| Tie {
        href: url(p.id),
        icon: "sparkles",
        title: t.say("gifted-one").into_owned(),
        note: t.say(&text_prefix!("gifted-state-", p.state.code())).into_owned(),
    };
    let found = of(visit, learner).await?;
    let is_open = found.iter().any(|p| p.state != State::Left);
    let mut all: Vec<Tie> = found.into_iter().map(tie).collect();
    if !is_open && visit.viewer.may(PROPOSE) && learners::sees_whole(visit, PersonId(learner)).await? {
        all.push(Tie {
            href: format!("{LIST}/new?learner={learner}"),
            icon: "plus",
            title: t.say("gifted-propose").into_owned(),
            note: t.say("gifted-propose-tie").into_owned(),
        });
    }
    Ok(all)
}

async fn export(visit: &Visit, learner: Uuid) -> Result<serde_json::Value, Fault> {
    let found = of(visit, learner).await?;
    let mut all = Vec::with_capacity(found.len());
    for p in &found {
        let said = store::contributions(&visit.net, p.id).await?;
        let said: Vec<_> = said
            .iter()
            .filter_map(|c| c.said.as_ref().map(|text| json!({ "subject": c.subject, "said": text })))
            .collect();
        all.push(json!({ "id": p.id, "state": p.state, "basis": p.basis, "kinds": p.kinds(), "subject": p.subject, "reason": p.reason,
            "proposed_on": p.proposed_on, "conclusion": p.conclusion, "applicant": p.applicant, "applied_on": p.applied_on,
            "left_on": p.left_on, "left_reason": p.left_reason, "contributions": said }));
    }
    Ok(if all.is_empty() { serde_json::Value::Null } else { json!(all) })
}
