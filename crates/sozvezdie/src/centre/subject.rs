//! What the Centre keeps of a child, for the child's record.
use super::{MEMBERS, model::Member, store};
use crate::{
    people::PersonId,
    shell::{OfLearner, Tie},
};
use kit::{Fault, Visit};
use serde_json::json;
use uuid::Uuid;

pub const OF_LEARNER: OfLearner = OfLearner {
    name: "centre_memberships",
    ties: |visit, learner| Box::pin(ties(visit, learner)),
    export: |visit, learner| Box::pin(export(visit, learner)),
    forget: |tx, learner| Box::pin(store::forget(tx, learner)),
};

async fn ties(visit: &Visit, learner: Uuid) -> Result<Vec<Tie>, Fault> {
    let t = visit.lang;
    let all = store::of_learner(&visit.net, PersonId(learner)).await?;
    let tie = |m: Member| Tie {
        href: format!("{MEMBERS}?on={}", m.until.unwrap_or(visit.today)),
        icon: "sparkles",
        title: t.say("centre-member").into_owned(),
        note: match m.until {
            Some(day) => format!("{} — {}", t.date(m.from), t.date(day)),
            None => t.say_with("centre-member-since", &[("day", t.date(m.from).into())]).into_owned(),
        },
    };
    Ok(all.into_iter().map(tie).collect())
}

async fn export(visit: &Visit, learner: Uuid) -> Result<serde_json::Value, Fault> {
    let all = store::of_learner(&visit.net, PersonId(learner)).await?;
    let line =
        |m: &Member| json!({ "from": m.from, "until": m.until, "order": m.order_text, "left_reason": m.left_reason });
    Ok(if all.is_empty() { serde_json::Value::Null } else { all.iter().map(line).collect() })
}
