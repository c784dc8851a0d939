//! What a family is told at home of a child's groups: the sessions that come.
use super::{
    VIEW,
    model::{GroupId, SessionState, Standing},
    store::{members as rows, sessions},
};
use crate::people::PersonId;
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
