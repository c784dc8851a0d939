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

/// Whose participations this viewer may choose from, the usual first. `of`: where the reply belongs.
pub fn choices(visit: &Visit, of: Option<Uuid>) -> Vec<Whom> {
    match visit.viewer.reach(MAKE) {
        Reach::Organisations(_) => vec![Whom::Own, Whom::Centre],
        _ if answering(visit, of).is_none() => vec![Whom::Centre, Whom::All],
        _ => vec![Whom::Centre, Whom::All, Whom::Own],
    }
}

/// Whose participations are counted for this viewer: everybody within the reach of an organisation are its own.
pub fn whom(visit: &Visit, of: Option<Uuid>, said: &str) -> Whom {
    let said = said.parse().unwrap_or(Whom::Centre);
    if choices(visit, of).contains(&said) {
        return said;
    }
    match said {
        Whom::All => Whom::Own,
        Whom::Own | Whom::Centre => Whom::All,
    }
}

/// The organisation that a viewer of the whole network narrows a blank to. Whoever sees an organisation's
/// alone is narrowed to it already.
pub fn own(visit: &Visit, of: Option<Uuid>, whom: Whom) -> Option<Uuid> {
    let is_wide = visit.viewer.reach(MAKE) == Reach::Network;
    answering(visit, of).filter(|_| is_wide && whom == Whom::Own)
}

/// The organisation that answers: the reply's, else the viewer's.
fn answering(visit: &Visit, of: Option<Uuid>) -> Option<Uuid> {
    of.or_else(|| visit.viewer.organisations().first().copied())
}
