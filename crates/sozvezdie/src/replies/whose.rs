//! Whose participations fill a blank: what its words say, within what whoever answers may see.
use super::{MAKE, model::Whom};
use crate::organisations;
use kit::{Fault, Visit, access::Reach};
use uuid::Uuid;

/// Where the viewer's organisations are, with those that went over into them.
pub async fn reach(visit: &Visit) -> Result<Reach, Fault> {
    Ok(match visit.viewer.reach(MAKE) {
        Reach::Organisations(own) => Reach::Organisations(organisations::with_predecessors(&visit.net, &own).await?),
        other => other,
    })
}

/// Whose participations this viewer may choose from, the usual first.
pub fn choices(visit: &Visit) -> Vec<Whom> {
    match visit.viewer.reach(MAKE) {
        Reach::Organisations(_) => vec![Whom::Own, Whom::Centre],
        _ if visit.viewer.organisations().is_empty() => vec![Whom::Centre, Whom::All],
        _ => vec![Whom::Centre, Whom::All, Whom::Own],
    }
}

/// Whose participations are counted for this viewer: everybody within the reach of an organisation are its own.
pub fn whom(visit: &Visit, said: &str) -> Whom {
    let said = said.parse().unwrap_or(Whom::Centre);
    if choices(visit).contains(&said) {
        return said;
    }
    match said {
        Whom::All => Whom::Own,
        Whom::Own | Whom::Centre => Whom::All,
    }
}

/// The organisation that a viewer of the whole network narrows a blank to. Whoever sees an organisation's
/// alone is narrowed to it already.
pub fn own(visit: &Visit, whom: Whom) -> Option<Uuid> {
    let is_wide = visit.viewer.reach(MAKE) == Reach::Network;
    visit.viewer.organisations().first().copied().filter(|_| is_wide && whom == Whom::Own)
}
