//! Who may see a child, and the trail of everybody who did. For every slice that shows a child.
use super::{
    EDIT, KIND,
    model::{Learner, Listed},
    store::{
        self, Filter,
        scope::{self, NewGround, Scope},
    },
};
use crate::{organisations, people::PersonId};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault, Visit,
    access::{Permission, Reach},
    audit::Entry,
    cursor::{Cursor, Slice},
    db::Tx,
};
use serde::Serialize;
use std::collections::HashSet;
use uuid::Uuid;

kit::codes! {
    /// What opens a child's record to somebody outside the own organisation. The last three open it
    /// to another organisation, and only with a consent (`domain.md` §6).
    pub enum GroundKind {
        Membership = "membership",
        Assignment = "assignment",
        Enrolment = "enrolment",
        Route = "route",
        Participation = "participation",
    }
}

/// To whom a ground opens a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Those of an organisation whose role carries the permission of the kind.
    Organisation(Uuid),
    /// One person: a psychologist, a pedagogue, a mentor.
    Person(Uuid),
}

/// How a record was looked at; the words are the text `learner-look-…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    Record,
    List,
    Search,
    Reads,
    Duplicates,
    Rollover,
    /// As a part of another capability's page: a plan, a consent, a group.
    Elsewhere,
}

impl How {
    fn code(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::List => "list",
            Self::Search => "search",
            Self::Reads => "reads",
            Self::Duplicates => "duplicates",
            Self::Rollover => "rollover",
            Self::Elsewhere => "elsewhere",
        }
    }
}

/// One look at a record.
#[derive(Clone, Debug, Serialize)]
pub struct Look {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub actor: Option<Uuid>,
    /// `read` or `export`.
    pub action: String,
    /// How it was looked at, or why it was exported.
    pub how: String,
}
kit::db::row!(Look { id, at, actor, action, how });

/// Whether the viewer may see the child. What is unknown is forbidden. It leaves no trace: whoever
/// then shows something of the child calls [`note_read`].
///
/// # Errors
/// The database's.
pub async fn may_see(visit: &Visit, id: PersonId) -> Result<bool, Fault> {
    Ok(store::find(&visit.net, &Scope::of(visit).await?, id).await?.is_some())
}

/// Whether the viewer speaks for the child: as the child, a guardian, or somebody of the own organisation
/// who holds this permission there. Seeing a child is not enough. It leaves no trace.
///
/// # Errors
/// The database's.
pub async fn speaks_for(visit: &Visit, id: PersonId, permission: Permission) -> Result<bool, Fault> {
    let scope = Scope::of(visit).await?;
    let Some(found) = store::find(&visit.net, &scope, id).await? else { return Ok(false) };
    if reach_with_predecessors(visit, permission).await?.covers(Some(found.organisation.0)) {
        return Ok(true);
    }
    is_family(visit, id).await
}

/// Whether the viewer may name the child into something of the own: a group, a work, an event. Whoever answers
/// for the child, the organisation where it studies besides, its family; not those to whom it merely comes for
/// a step of a route or an event. It leaves no trace.
///
/// # Errors
/// The database's.
pub async fn may_name(visit: &Visit, id: PersonId) -> Result<bool, Fault> {
    Ok(store::find(&visit.net, &Scope::of(visit).await?.naming(), id).await?.is_some())
}

/// Whether the viewer sees more of the child than its name on a list: whoever answers for it, and its family;
/// not an organisation that merely receives it. It leaves no trace.
///
/// # Errors
/// The database's.
pub async fn sees_whole(visit: &Visit, id: PersonId) -> Result<bool, Fault> {
    Ok(store::find(&visit.net, &Scope::of(visit).await?.without_received(), id).await?.is_some())
}

/// Those of these children for whom the viewer answers: neither the own family nor those whom an organisation
/// merely receives, for they are reported by their own school. It leaves no trace.
///
/// # Errors
/// The database's.
pub async fn answered(visit: &Visit, ids: &[PersonId]) -> Result<HashSet<PersonId>, Fault> {
    store::within(&visit.net, &Scope::of(visit).await?.answering(), ids).await
}

/// Whether the viewer may send the child to something that others hold: whoever speaks for it by
/// [`speaks_for`], and the coordinator of a Centre whose member it is. It leaves no trace.
///
/// # Errors
/// The database's.
pub async fn may_send(visit: &Visit, id: PersonId, permission: Permission) -> Result<bool, Fault> {
    if speaks_for(visit, id, permission).await? {
        return Ok(true);
    }
    Ok(store::find(&visit.net, &Scope::of(visit).await?.of_members(), id).await?.is_some())
}

/// Whether the viewer is the child or a guardian of today. It leaves no trace.
///
/// # Errors
/// The database's.
pub async fn is_family(visit: &Visit, id: PersonId) -> Result<bool, Fault> {
    Ok(store::find(&visit.net, &Scope::of(visit).await?.of_family(), id).await?.is_some())
}

/// Where the viewer holds a permission, with the organisations that went over into those.
async fn reach_with_predecessors(visit: &Visit, permission: Permission) -> Result<Reach, Fault> {
    Ok(match visit.viewer.reach(permission) {
        Reach::Organisations(own) => Reach::Organisations(organisations::with_predecessors(&visit.net, &own).await?),
        other => other,
    })
}

/// Writes down that the records of these children are being read: one line, whatever their number.
/// It comes before the answer; when it cannot be written, nothing is shown.
///
/// # Errors
/// [`Fault::Unavailable`] whatever the reason.
pub async fn note_read(visit: &Visit, how: How, children: &[PersonId]) -> Result<(), Fault> {
    if children.is_empty() {
        return Ok(());
    }
    let object = match children {
        [one] => Some(one.0),
        _ => None,
    };
    let subjects: Vec<Uuid> = children.iter().map(|id| id.0).collect();
    let entry = Entry { action: "read", kind: KIND, object, fields: how.code().into(), subjects };
    let written: Result<(), Fault> = visit.net.transact(async |tx: &mut Tx| entry.clone().write(tx, visit).await).await;
    written.map_err(|fault| Fault::Unavailable(format!("a read of a child's record is not noted: {fault:?}")))
}

/// Writes down that children's names leave the program, and what for: the text is
/// `learners-export-why-…`. It comes before the file; when it cannot be written, there is none.
///
/// # Errors
/// [`Fault::Unavailable`] whatever the reason.
pub async fn note_export(visit: &Visit, why: &'static str, children: &[PersonId]) -> Result<(), Fault> {
    if children.is_empty() {
        return Ok(());
    }
    let subjects: Vec<Uuid> = children.iter().map(|id| id.0).collect();
    let entry = Entry { action: "export", kind: KIND, object: None, fields: why.into(), subjects };
    let written: Result<(), Fault> = visit.net.transact(async |tx: &mut Tx| entry.clone().write(tx, visit).await).await;
    written.map_err(|fault| Fault::Unavailable(format!("an export of children's names is not noted: {fault:?}")))
}

/// The record, if this viewer may see it; the look is noted.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown id and one out of reach; [`Fault::Unavailable`].
pub async fn open(visit: &Visit, id: PersonId, how: How) -> Result<Learner, Fault> {
    let found = within(visit, id).await?;
    note_read(visit, how, &[id]).await?;
    Ok(found)
}

/// The record, if this viewer may see it, for a deed that shows nothing of it.
pub(super) async fn within(visit: &Visit, id: PersonId) -> Result<Learner, Fault> {
    store::find(&visit.net, &Scope::of(visit).await?, id).await?.ok_or(Fault::NotFound)
}

/// A page of the children within the viewer's scope; the look is noted.
///
/// # Errors
/// The database's; [`Fault::Unavailable`].
pub async fn list(
    visit: &Visit,
    how: How,
    filter: &Filter,
    cursor: Option<&Cursor>,
    size: i64,
) -> Result<Slice<Listed>, Fault> {
    let slice = store::list(&visit.net, &Scope::of(visit).await?, filter, cursor, size).await?;
    let ids: Vec<PersonId> = slice.items.iter().map(|l| l.id).collect();
    note_read(visit, how, &ids).await?;
    Ok(slice)
}

/// The first of those whom the viewer [may name](may_name) into something; the look is noted.
///
/// # Errors
/// The database's; [`Fault::Unavailable`].
pub async fn to_name(visit: &Visit, how: How, filter: &Filter, size: i64) -> Result<Vec<Listed>, Fault> {
    among(visit, Scope::of(visit).await?.naming(), how, filter, size).await
}

/// The first of those within a scope of the viewer's; the look is noted.
///
/// # Errors
/// The database's; [`Fault::Unavailable`].
pub async fn among(visit: &Visit, scope: Scope, how: How, filter: &Filter, size: i64) -> Result<Vec<Listed>, Fault> {
    let found = store::list(&visit.net, &scope, filter, None, size).await?.items;
    let ids: Vec<PersonId> = found.iter().map(|l| l.id).collect();
    note_read(visit, how, &ids).await?;
    Ok(found)
}

/// Where the viewer may change records, with the organisations that went over into those.
pub(super) async fn editable(visit: &Visit) -> Result<Reach, Fault> {
    reach_with_predecessors(visit, EDIT).await
}

/// The record, if the viewer may change it.
pub(super) async fn to_change(visit: &Visit, id: PersonId) -> Result<Learner, Fault> {
    let found = within(visit, id).await?;
    if !editable(visit).await?.covers(Some(found.organisation.0)) {
        return Err(Fault::Forbidden(EDIT));
    }
    Ok(found)
}

/// Opens a child's record: the capability that has the reason calls this in the transaction of the
/// reason. See [`GroundKind`] for what needs a consent.
///
/// # Errors
/// The database's, also for another organisation without a consent.
pub async fn open_to(tx: &mut Tx, visit: &Visit, ground: &NewGround) -> Result<(), Fault> {
    scope::insert_ground(tx, ground).await?;
    Entry::new("let-in", KIND, ground.learner).fields(&[ground.kind.code()]).write(tx, visit).await
}

/// Closes what a membership, an enrolment or a step opened, at once.
///
/// # Errors
/// The database's.
pub async fn close_source(tx: &mut Tx, source: Uuid, today: NaiveDate) -> Result<u64, Fault> {
    scope::close_by_source(tx, source, today).await
}

/// Of what a source opened, leaves open what it opened to this organisation, until that day; the rest
/// is closed at once.
///
/// # Errors
/// The database's.
pub async fn keep_source(
    tx: &mut Tx,
    source: Uuid,
    kept: Option<(organisations::OrganisationId, NaiveDate)>,
    today: NaiveDate,
) -> Result<u64, Fault> {
    match kept {
        Some((organisation, until)) => scope::keep_by_source(tx, source, (organisation.0, until), today).await,
        None => scope::close_by_source(tx, source, today).await,
    }
}

/// Closes everything that a withdrawn consent opened, at once.
///
/// # Errors
/// The database's.
pub async fn close_consent(tx: &mut Tx, consent: Uuid, today: NaiveDate) -> Result<u64, Fault> {
    scope::close_by_consent(tx, consent, today).await
}
