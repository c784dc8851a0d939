//! What is kept of a child here: where the child was entered, for the record, the family and a destruction.
use super::store;
use crate::{
    events::{self, EditionId},
    people::PersonId,
    shell::{OfLearner, Tie},
};
use kit::{Fault, Visit, text::text_prefix};
use serde_json::json;
use uuid::Uuid;

pub const OF_LEARNER: OfLearner = OfLearner {
    name: "events",
    ties: |visit, learner| Box::pin(ties(visit, learner)),
    export: |visit, learner| Box::pin(export(visit, learner)),
    forget: |tx, learner| Box::pin(store::forget(tx, PersonId(learner))),
};

/// Lines of the record at most: the latest.
const SHOWN: i64 = 6;

async fn ties(visit: &Visit, learner: Uuid) -> Result<Vec<Tie>, Fault> {
    let t = visit.lang;
    let found = store::of_learner(&visit.net, PersonId(learner), SHOWN).await?;
    let tie = |p: store::Past| {
        // What nobody has confirmed is told to nobody.
        let award = p.award.as_deref().filter(|_| matches!(p.result_state.as_str(), "confirmed" | "approved"));
        let state = match award {
            Some(award) => t.say(&text_prefix!("result-award-", award)),
            None => t.say(&text_prefix!("entry-state-", p.state.code())),
        };
        Tie {
            href: events::url(EditionId(p.edition)),
            icon: "calendar-check",
            title: p.title,
            note: format!("{} · {} · {state}", p.academic_year.short(), p.stage),
        }
    };
    Ok(found.into_iter().map(tie).collect())
}

async fn export(visit: &Visit, learner: Uuid) -> Result<serde_json::Value, Fault> {
    let all = store::of_learner(&visit.net, PersonId(learner), 10_000).await?;
    Ok(all
        .iter()
        .map(|p| {
            json!({ "edition": p.edition, "title": p.title, "academic_year": p.academic_year, "stage": p.stage,
                "class": p.class_number, "for_class": p.for_class, "team": p.team, "state": p.state, "code": p.code, "source": p.source,
                "score": p.score, "place": p.place, "award": p.award, "degree": p.degree, "result_state": p.result_state,
                "ground": p.ground, "certificate": p.certificate, "certificate_on": p.certificate_on })
        })
        .collect())
}
