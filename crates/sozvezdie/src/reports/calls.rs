//! The department calls for reports, sees who has not handed in, and reminds them once a day.
use super::{
    CALL, DECIDE, HAND_IN, call_url,
    model::{Asked, Call, CallForm, CallId, NewCall, Period},
    store::calls as store,
};
use crate::{
    notifications::{self, News, To},
    organisations::{self, OrganisationId},
    roles::{self, Role},
    shell::AcademicYear,
};
use kit::{
    Fault, Lang, Visit,
    access::{Reach, Width},
    audit::Entry,
    clock::start_of_day,
    db::{Net, Tx},
    once::{Done, Once},
    text::Message,
};
use std::collections::HashSet;
use uuid::Uuid;

/// Calls for reports.
///
/// # Errors
/// [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `call` when these years were called for.
pub async fn create(visit: &Visit, once: &Once, form: &CallForm) -> Result<Done, Fault> {
    visit.viewer.demand(DECIDE, None)?;
    let new = form.check(visit.today)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let id = add(tx, visit, &new).await?;
        Ok(Done::created(call_url(id), serde_json::json!({ "id": id })))
    })
    .await
}

/// Writes a call. For [`create`] and the demo.
///
/// # Errors
/// [`Fault::Conflict`] `call`.
pub async fn add(tx: &mut Tx, visit: &Visit, new: &NewCall) -> Result<CallId, Fault> {
    let id = CallId(visit.new_id());
    if !store::insert(tx, visit, id, new).await? {
        return Err(Fault::conflict("call", Message::new("report-called-already")));
    }
    Entry::new("create", CALL, id).write(tx, visit).await?;
    Ok(id)
}

/// A call with whom it asks: all of them for the department, their own for everybody else.
pub struct Open {
    pub call: Call,
    pub asked: Vec<Asked>,
    /// Those at which nobody can hand in: a reminder would reach nobody.
    pub nobody: HashSet<Uuid>,
    pub decides: bool,
}

impl Open {
    /// Who still owes, and how many were asked.
    pub fn owing(&self) -> impl Iterator<Item = &Asked> {
        self.asked.iter().filter(|a| !a.has_handed_in())
    }
}

/// # Errors
/// [`Fault::NotFound`], also for a call that asks none of the viewer's organisations.
pub async fn open(visit: &Visit, id: CallId) -> Result<Open, Fault> {
    let call = store::find(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    let decides = visit.viewer.reach(DECIDE) == Reach::Network;
    let asked = if decides {
        store::organisations(&visit.net, &call).await?
    } else {
        store::of_own(&visit.net, &call, &own(visit)).await?
    };
    if asked.is_empty() && !decides {
        return Err(Fault::NotFound);
    }
    let mut nobody = HashSet::new();
    if decides {
        let owing: Vec<Uuid> = asked.iter().filter(|a| !a.has_handed_in()).map(|a| a.organisation.0).collect();
        nobody.extend(store::nobody_at(&visit.net, &owing, &who_hands_in(), visit.today).await?);
    }
    Ok(Open { call, asked, nobody, decides })
}

/// Where the viewer hands reports in.
pub fn own(visit: &Visit) -> Vec<Uuid> {
    match visit.viewer.reach(HAND_IN) {
        Reach::Organisations(own) => own,
        Reach::Nowhere | Reach::Network => Vec::new(),
    }
}

/// The roles that hand in for their organisation.
fn who_hands_in() -> Vec<&'static str> {
    let holds = |role: &&Role| roles::policy(role.code(), HAND_IN) == Some(Width::Organisation);
    Role::ALL.iter().filter(holds).map(|role| role.code()).collect()
}

/// Reminds all who have not handed in and were not reminded today, in the program and by letter.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `call` when it is over.
pub async fn remind(visit: &Visit, once: &Once, id: CallId) -> Result<Done, Fault> {
    visit.viewer.demand(DECIDE, None)?;
    let call = store::find(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if call.closed_at.is_some() {
            return Err(Fault::conflict("call", Message::new("report-call-over")));
        }
        let reminded = mark_reminded(tx, visit, &call).await?;
        Ok(Done::changed(call_url(id), serde_json::json!({ "id": id, "reminded": reminded })))
    })
    .await
}

/// How many handed in the report of a year, and how many were asked; none where nobody calls for it.
///
/// # Errors
/// The database's.
pub async fn progress(net: &Net, year: AcademicYear) -> Result<Option<(i64, i64)>, Fault> {
    match store::of_period(net, Period { from: year, to: year }).await? {
        Some(call) => Ok(Some(store::progress(net, &call).await?)),
        None => Ok(None),
    }
}

/// Writes the reminders of today; gives to how many organisations.
async fn mark_reminded(tx: &mut Tx, visit: &Visit, call: &Call) -> Result<usize, Fault> {
    let reminded = store::take_turn(tx, visit, call, &who_hands_in()).await?;
    for (record, organisation) in &reminded {
        let news = News {
            kind: notifications::Kind::ReportDue,
            bunch: call.id.to_string(),
            record: *record,
            link: call_url(call.id),
            subject: call.period().words(Lang::Ru),
            other: None,
            starts_at: Some(start_of_day(call.due_on)),
        };
        notifications::tell(tx, visit, &To::Holders(HAND_IN, vec![organisation.0]), &[news]).await?;
    }
    if !reminded.is_empty() {
        Entry::new("report-reminded", CALL, call.id).write(tx, visit).await?;
    }
    Ok(reminded.len())
}

/// Ends a call: nobody owes for it any more.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`]; [`Fault::Conflict`] `call` when it is over already.
pub async fn close(visit: &Visit, once: &Once, id: CallId) -> Result<Done, Fault> {
    visit.viewer.demand(DECIDE, None)?;
    store::find(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        if !store::close(tx, visit, id).await? {
            return Err(Fault::conflict("call", Message::new("report-call-over")));
        }
        for word in store::reminders_of(tx, id).await? {
            notifications::settle(tx, visit, word).await?;
        }
        Entry::new("report-call-closed", CALL, id).write(tx, visit).await?;
        Ok(Done::changed(call_url(id), serde_json::json!({ "id": id, "closed": true })))
    })
    .await
}

/// What the viewer's organisations owe: calls that are not over, each with those that have not handed in.
///
/// # Errors
/// The database's.
pub async fn owed(visit: &Visit) -> Result<Vec<(Call, Vec<Asked>)>, Fault> {
    let own: Vec<Uuid> = own(visit);
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let mut all = Vec::new();
    for call in store::open(&visit.net).await? {
        let mut asked = store::of_own(&visit.net, &call, &own).await?;
        asked.retain(|a| !a.has_handed_in());
        if !asked.is_empty() {
            all.push((call, asked));
        }
    }
    Ok(all)
}

/// Short names, for the form of a report of one of several organisations.
///
/// # Errors
/// The database's.
pub async fn own_names(visit: &Visit) -> Result<Vec<(OrganisationId, String)>, Fault> {
    let found = organisations::listed(&visit.net, &own(visit)).await?;
    Ok(found.into_iter().map(|o| (o.id, o.short_name)).collect())
}
