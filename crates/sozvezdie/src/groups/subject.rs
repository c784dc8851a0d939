//! What the slice keeps of a child, for the child's record.
use super::{
    model::{Mark, Standing},
    store::members as rows,
    url, view,
};
use crate::{
    people::PersonId,
    shell::{OfLearner, Tie},
};
use kit::{Fault, Visit};
use serde_json::json;
use uuid::Uuid;

pub const OF_LEARNER: OfLearner = OfLearner {
    name: "groups",
    ties: |visit, learner| Box::pin(ties(visit, learner)),
    export: |visit, learner| Box::pin(export(visit, learner)),
    forget: |tx, learner| Box::pin(rows::forget(tx, PersonId(learner))),
};

async fn ties(visit: &Visit, learner: Uuid) -> Result<Vec<Tie>, Fault> {
    if !visit.viewer.may(super::VIEW) {
        return Ok(Vec::new());
    }
    let t = visit.lang;
    let places = rows::of_learner(&visit.net, PersonId(learner)).await?;
    Ok(places
        .into_iter()
        .filter(|p| p.state != Standing::Left)
        .map(|p| Tie {
            href: url(p.group),
            icon: "puzzle",
            note: format!(
                "{}, {}",
                view::kind_words(t, p.kind),
                t.say(&kit::text::text_prefix!("group-standing-", p.state.code()))
            ),
            title: p.title,
        })
        .collect())
}

async fn export(visit: &Visit, learner: Uuid) -> Result<serde_json::Value, Fault> {
    let places = rows::of_learner(&visit.net, PersonId(learner)).await?;
    let marks: Vec<(chrono::DateTime<chrono::Utc>, Uuid, Mark)> =
        rows::marks_of_learner(&visit.net, PersonId(learner)).await?;
    Ok(places
        .into_iter()
        .map(|p| {
            let of_group = marks.iter().filter(|(_, group, _)| *group == p.group.0);
            let visits: Vec<_> = of_group.map(|(at, _, mark)| json!({ "at": at, "mark": mark })).collect();
            json!({ "group": p.title, "kind": p.kind, "state": p.state, "from": p.from, "until": p.until, "visits": visits })
        })
        .collect())
}
