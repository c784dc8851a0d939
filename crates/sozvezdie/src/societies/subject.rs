//! What the slice keeps of a child, for the child's record.
use super::{store, url};
use crate::{
    people::PersonId,
    shell::{OfLearner, Tie},
};
use kit::{Fault, Visit, text::text_prefix};
use serde_json::json;
use uuid::Uuid;

pub const OF_LEARNER: OfLearner = OfLearner {
    name: "societies",
    ties: |visit, learner| Box::pin(ties(visit, learner)),
    export: |visit, learner| Box::pin(export(visit, learner)),
    forget: |tx, learner| Box::pin(store::forget(tx, PersonId(learner))),
};

async fn ties(visit: &Visit, learner: Uuid) -> Result<Vec<Tie>, Fault> {
    if !visit.viewer.may(super::VIEW) {
        return Ok(Vec::new());
    }
    let all = store::of_learner(&visit.net, PersonId(learner)).await?;
    let open = all.into_iter().filter(|(.., until)| until.is_none());
    Ok(open
        .map(|(id, title, post, ..)| Tie {
            href: url(id),
            icon: "users",
            title,
            note: visit.lang.say(&text_prefix!("society-post-", post.code())).into_owned(),
        })
        .collect())
}

async fn export(visit: &Visit, learner: Uuid) -> Result<serde_json::Value, Fault> {
    let all = store::of_learner(&visit.net, PersonId(learner)).await?;
    Ok(all
        .into_iter()
        .map(|(_, title, post, from, until)| json!({ "society": title, "post": post, "from": from, "until": until }))
        .collect())
}
