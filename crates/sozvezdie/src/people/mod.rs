//! People: who they are and which roles they have. Staff positions and children's attachments
//! belong to organisations and stand there.
mod model;
mod store;

pub use model::{NetworkDraft, PersonDraft, PersonId, PersonName};
pub use store::{
    erase, erase_login, erase_name, find_name, is_granted_in, name_in, names, names_in, networks, put_name,
};

use crate::{roles::Role, shell::Slice};
use kit::{
    Fault, Visit,
    db::{NetworkId, Tx},
    routes::Routes,
};
use uuid::Uuid;

pub fn slice() -> Slice {
    Slice::new("people", Routes::default())
}

/// Adds a person.
///
/// # Errors
/// The database's.
pub async fn add(tx: &mut Tx, visit: &Visit, draft: &PersonDraft) -> Result<PersonId, Fault> {
    let id = PersonId(visit.new_id());
    store::insert(tx, id, draft, visit.now).await?;
    kit::audit::Entry::new("create", "person", id).write(tx, visit).await?;
    Ok(id)
}

/// Gives a person a role from today on, in an organisation or in the whole network.
///
/// # Errors
/// The database's.
pub async fn grant(
    tx: &mut Tx,
    visit: &Visit,
    person: PersonId,
    role: Role,
    organisation: Option<Uuid>,
) -> Result<(), Fault> {
    store::insert_grant(tx, visit.new_id(), person, role, organisation, visit.today).await?;
    kit::audit::Entry::new("grant", "person", person).fields(&[role.code()]).write(tx, visit).await
}

/// Adds a network to the directory. The id never changes afterwards.
///
/// # Errors
/// The database's.
pub async fn add_network(visit: &Visit, network: &NetworkDraft) -> Result<NetworkId, Fault> {
    let id = visit.net.id();
    store::insert_network(&visit.directory, id, network, visit.now).await?;
    Ok(id)
}
