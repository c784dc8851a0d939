//! «Что и на каком основании»: which uses need a paper, what an organisation collects of all, and
//! whether the network takes a signature in the program.
use super::{GOVERN, GROUNDS, KIND, NETWORK, collect, model::Purpose, store};
use crate::organisations::{self, OrganisationId};
use kit::{
    Fault, Visit,
    audit::Entry,
    db::Tx,
    once::{Done, Once},
    text::Message,
};
use serde::{Deserialize, Serialize};

/// An organisation that the viewer answers for, and what it collects.
pub struct Own {
    pub id: OrganisationId,
    pub name: String,
    pub collected: Vec<Purpose>,
}

/// # Errors
/// The database's.
pub async fn own(visit: &Visit) -> Result<Vec<Own>, Fault> {
    let ids = match visit.viewer.reach(GOVERN) {
        kit::access::Reach::Organisations(ids) => ids,
        _ => Vec::new(),
    };
    let mut all = Vec::new();
    for o in organisations::listed(&visit.net, &ids).await? {
        all.push(Own { id: o.id, name: o.short_name, collected: collect::collected(visit, o.id).await? });
    }
    Ok(all)
}

/// What an organisation collects of all its children.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct NeedsForm {
    pub organisation: String,
    pub purposes: Vec<String>,
}

/// # Errors
/// [`Fault::Invalid`], [`Fault::Forbidden`].
pub async fn put(visit: &Visit, once: &Once, form: &NeedsForm) -> Result<Done, Fault> {
    let organisation: OrganisationId =
        form.organisation.parse().map_err(|_| Fault::field("organisation", Message::new("form-choose")))?;
    visit.viewer.demand(GOVERN, Some(organisation.0))?;
    once.run(&visit.net, async |tx: &mut Tx| {
        for purpose in Purpose::ALL {
            let is_collected = form.purposes.iter().any(|code| code == purpose.code());
            store::list::put_need(tx, organisation, *purpose, is_collected).await?;
        }
        Entry::new("collect", KIND, organisation).fields(&["purpose"]).write(tx, visit).await?;
        Ok(Done::changed(GROUNDS.into(), serde_json::json!({ "organisation": organisation })))
    })
    .await
}

/// Whether a signature in the program counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct SigningForm {
    pub is_allowed: String,
}

/// # Errors
/// [`Fault::Forbidden`].
pub async fn put_signing(visit: &Visit, once: &Once, form: &SigningForm) -> Result<Done, Fault> {
    visit.viewer.demand(NETWORK, None)?;
    let is_allowed = form.is_allowed == "true";
    once.run(&visit.net, async |tx: &mut Tx| {
        store::list::put_signing(tx, is_allowed, visit.now).await?;
        Entry::new("signing", KIND, visit.net.id()).fields(&["is_allowed"]).write(tx, visit).await?;
        Ok(Done::changed(GROUNDS.into(), serde_json::json!({ "is_allowed": is_allowed })))
    })
    .await
}
