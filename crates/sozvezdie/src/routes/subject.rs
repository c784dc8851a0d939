//! What of routes is kept of a child, for the child's record.
use super::{
    LIST,
    access::{self, Way},
    content::Content,
    model::RouteId,
    store::{self, Whose},
    url,
};
use crate::{
    people::PersonId,
    shell::{OfLearner, Tie},
};
use kit::{Fault, Visit, text::text_prefix};
use serde_json::json;

pub const OF_LEARNER: OfLearner = OfLearner {
    name: "routes",
    ties: |visit, learner| Box::pin(ties(visit, PersonId(learner))),
    export: |visit, learner| Box::pin(export(visit, PersonId(learner))),
    forget: |tx, learner| Box::pin(store::forget(tx, PersonId(learner))),
};

/// The routes of a child that this viewer sees whole.
async fn ties(visit: &Visit, learner: PersonId) -> Result<Vec<Tie>, Fault> {
    if !visit.viewer.may(super::SEE) {
        return Ok(Vec::new());
    }
    let (staff, family) = access::scopes(visit).await?;
    let whose = Whose::Seen { staff: &staff, family: &family };
    let all = store::of_learner(&visit.net, &whose, learner, visit.today).await?;
    let t = visit.lang;
    let note = |l: &store::Listed| {
        let state = t.say(&text_prefix!("route-state-", l.state.code()));
        let done = t.say_with("route-steps-done", &[("done", l.completed.into()), ("all", l.steps.into())]);
        format!("{state} · {done}")
    };
    let mut ties: Vec<Tie> =
        all.iter().map(|l| Tie { href: url(l.id), icon: "route", title: l.title.clone(), note: note(l) }).collect();
    if visit.viewer.may(super::EDIT) && store::learner_within(&visit.net, &staff, learner).await? {
        let (title, note) = (t.say("route-add").into_owned(), t.say("route-tie-new").into_owned());
        ties.push(Tie { href: format!("{LIST}/new?learner={learner}"), icon: "plus", title, note });
    }
    Ok(ties)
}

/// The routes whole, with their versions and words.
async fn export(visit: &Visit, learner: PersonId) -> Result<serde_json::Value, Fault> {
    let mut all = Vec::new();
    for id in store::ids_of_learner(&visit.net, learner).await? {
        all.push(one(visit, id).await?);
    }
    Ok(json!(all))
}

async fn one(visit: &Visit, id: RouteId) -> Result<serde_json::Value, Fault> {
    let seen = match access::within(visit, id).await {
        Ok(seen) if seen.way != Way::Partner => seen,
        // A draft is nobody's word yet.
        Ok(_) | Err(Fault::NotFound) => return Ok(json!(null)),
        Err(fault) => return Err(fault),
    };
    let steps: Vec<_> = seen
        .steps
        .iter()
        .map(|s| json!({ "id": s.id, "state": s.state, "reason": s.reason, "result": s.result, "mark": s.mark, "settled_on": s.settled_on, "minutes": s.minutes }))
        .collect();
    let mut versions = Vec::new();
    for v in store::versions(&visit.net, id).await? {
        let content = store::version(&visit.net, id, v.number).await?;
        versions
            .push(json!({ "number": v.number, "reason": v.reason, "approved_at": v.approved_at, "content": content }));
    }
    let words = store::words(&visit.net, id).await?;
    let words: Vec<_> = words.iter().map(|w| json!({ "kind": w.kind, "words": w.words, "at": w.at })).collect();
    Ok(json!({
        "id": id, "state": seen.route.state, "now": Content::of(&seen.route, &seen.steps), "came_of_steps": steps,
        "versions": versions, "words": words,
    }))
}
