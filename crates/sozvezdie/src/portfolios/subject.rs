//! The way to the portfolio from a child's record. It keeps nothing of its own.
use super::{SEE, url};
use crate::{
    learners,
    people::PersonId,
    shell::{OfLearner, Tie},
};
use kit::{Fault, Visit};
use uuid::Uuid;

pub const OF_LEARNER: OfLearner = OfLearner {
    name: "portfolio",
    ties: |visit, learner| Box::pin(ties(visit, learner)),
    // All that it shows stands in the archive with the slice that keeps it.
    export: |_, _| Box::pin(async { Ok::<_, Fault>(serde_json::Value::Null) }),
    forget: |_, _| Box::pin(async { Ok::<_, Fault>(0) }),
};

async fn ties(visit: &Visit, learner: Uuid) -> Result<Vec<Tie>, Fault> {
    let learner = PersonId(learner);
    if !visit.viewer.may(SEE) || !learners::sees_whole(visit, learner).await? {
        return Ok(Vec::new());
    }
    Ok(vec![Tie {
        href: url(learner),
        icon: "medal",
        title: visit.lang.say("portfolio-title").into_owned(),
        note: visit.lang.say("portfolio-tie").into_owned(),
    }])
}
