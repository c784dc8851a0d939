//! What the groups of a child come to: the sessions that a family is told of, the times that are taken.
use super::{
    VIEW,
    model::{GroupId, SessionState, Standing},
    store::{members as rows, sessions},
};
use crate::{organisations::OrganisationId, people::PersonId};
use chrono::{DateTime, Utc};
use kit::{Fault, Visit};

/// A session to come to.
pub struct Coming {
    pub group: GroupId,
    pub title: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// The room of the exchange, or the place in words.
    pub place: Option<String>,
}

/// The sessions of the groups that a child is in, until this moment; the look is the caller's to note.
///
/// # Errors
/// The database's.
pub async fn coming(visit: &Visit, learner: PersonId, until: DateTime<Utc>) -> Result<Vec<Coming>, Fault> {
    if !visit.viewer.may(VIEW) {
        return Ok(Vec::new());
    }
    let mut all = Vec::new();
    let places = rows::of_learner(&visit.net, learner).await?;
    for group in places.into_iter().filter(|p| p.state == Standing::Member) {
        let planned = sessions::of(&visit.net, group.group).await?.into_iter();
        let ahead =
            planned.filter(|s| s.state == SessionState::Planned && s.ends_at >= visit.now && s.starts_at < until);
        all.extend(ahead.map(|s| Coming {
            group: group.group,
            title: group.title.clone(),
            starts_at: s.starts_at,
            ends_at: s.ends_at,
            place: s.room.or(s.place),
        }));
    }
    Ok(all)
}

/// A time at which a child is expected in a group.
pub struct Engagement {
    pub title: String,
    /// Who holds the group.
    pub organisation: OrganisationId,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
}
kit::db::row!(Engagement { title, organisation, starts_at, ends_at });

/// The sessions of a child's groups in this span, for the check of the load; whoever asks answers for the
/// child, see the caller.
///
/// # Errors
/// The database's.
pub async fn engagements(
    visit: &Visit,
    learner: PersonId,
    span: (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Engagement>, Fault> {
    sessions::engagements(&visit.net, learner, span).await
}
