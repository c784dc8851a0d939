//! Sessions of a group: planning them together with a room of the exchange, the register, and its
//! correction after the month is closed.
use super::{
    Can, Group, GroupId, LEAD, Mark, MemberId, REGISTER, SESSION_KIND, Session, SessionForm, SessionId, Standing,
    form::{RegisterForm, SessionDraft},
    members::leader,
    model::{Correction, SessionMode, SessionState, is_closed},
    open, session_url,
    store::{self, members as people, sessions as rows},
    url,
};
use crate::{
    exchange::{self, Booking, BookingForm, BookingId},
    learners,
    resources::Span,
};
use kit::{
    Fault, Visit,
    audit::Entry,
    clock::local_date,
    db::Tx,
    form::{Check, Problems, tidy},
    once::{Done, Once},
    text::Message,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Plans one session or a weekly series; the room is taken in the same moment, or nothing is planned.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state`, or `taken`
/// with what stands in the way and the nearest alternatives.
pub async fn plan(visit: &Visit, once: &Once, id: GroupId, form: &SessionForm) -> Result<Done, Fault> {
    let group = leader(visit, id).await?;
    let draft = form.check()?;
    if !group.state.is_open() {
        return Err(Fault::conflict("state", Message::new("group-not-open")));
    }
    let room = match draft.resource {
        Some(_) => Some(exchange::prepare(visit, &asked(&group, form, &draft)).await.map_err(in_our_fields)?),
        None => None,
    };
    once.run(&visit.net, async |tx: &mut Tx| {
        let bookings = match &room {
            Some(room) => exchange::book_in(tx, visit, room).await.map_err(in_our_fields)?,
            None => Vec::new(),
        };
        let sessions = plan_in(tx, visit, id, &draft.spans, &draft, &bookings).await?;
        Ok(Done::created(format!("{}?tab=sessions", url(id)), json!({ "id": sessions.first(), "items": sessions })))
    })
    .await
}

/// Writes sessions. For [`plan`] and the demo.
///
/// # Errors
/// The database's.
pub async fn plan_in(
    tx: &mut Tx,
    visit: &Visit,
    group: GroupId,
    spans: &[Span],
    d: &SessionDraft,
    bookings: &[Booking],
) -> Result<Vec<SessionId>, Fault> {
    let series = (spans.len() > 1).then(|| visit.new_id());
    let mut ids = Vec::with_capacity(spans.len());
    for span in spans {
        let booking = bookings.iter().find(|b| b.span.start == span.start).map(|b| b.id.0);
        let new = rows::New {
            id: SessionId(visit.new_id()),
            group,
            series,
            starts_at: span.start,
            ends_at: span.end,
            topic: d.topic.as_deref(),
            place: d.place.as_deref(),
            mode: d.mode,
            booking,
        };
        rows::insert(tx, &new, visit.viewer.person, visit.now).await?;
        ids.push(new.id);
    }
    let lines = ids.iter().map(|id| Entry::new("create", SESSION_KIND, *id)).collect();
    Entry::write_all(lines, tx, visit).await?;
    Ok(ids)
}

/// The request for the room, in the words of the exchange: as many people as there are places.
fn asked(g: &Group, form: &SessionForm, d: &SessionDraft) -> BookingForm {
    BookingForm {
        resource_id: form.resource.clone(),
        organisation_id: g.organisation_id.to_string(),
        on: form.on.clone(),
        from: form.from.clone(),
        to: form.to.clone(),
        dates: d.spans.iter().skip(1).map(|span| local_date(span.start).to_string()).collect(),
        headcount: g.taken.max(1).to_string(),
        purpose: g.title.clone(),
        mode: SessionMode::InPerson.code().into(),
        ..BookingForm::default()
    }
}

/// What the exchange says of its fields, at ours.
fn in_our_fields(fault: Fault) -> Fault {
    let Fault::Invalid(theirs) = fault else { return fault };
    let mut ours = Problems::default();
    for (field, message) in theirs.iter() {
        let field = match field {
            "starts_at" => "on",
            "ends_at" => "to",
            "dates" | "until" => "until",
            _ => "resource",
        };
        ours.add(field, message.clone());
    }
    Fault::Invalid(ours)
}

/// A session with its group, for who keeps its register.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`].
pub async fn open_session(visit: &Visit, id: SessionId) -> Result<(Group, Session, Can), Fault> {
    let session = rows::find(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    let group = open(visit, session.group_id).await?;
    let can = Can::of(visit, &group).await?;
    Can::demand(can.register, REGISTER)?;
    Ok((group, session, can))
}

/// Who was to come to a session: those who held a place on that day, and may be named.
///
/// # Errors
/// The database's; [`Fault::Unavailable`].
pub async fn expected(visit: &Visit, g: &Group, s: &Session) -> Result<Vec<super::Member>, Fault> {
    let day = local_date(s.starts_at);
    let mut members = people::visible(visit, g, true, None).await?;
    members.retain(|m| {
        m.state == Standing::Member
            && m.from.is_some_and(|from| from <= day)
            && m.until.is_none_or(|until| until >= day)
    });
    let named: Vec<_> = members.iter().filter_map(|m| m.learner_id).collect();
    learners::note_read(visit, learners::How::Elsewhere, &named).await?;
    Ok(members)
}

/// Keeps the register of a session. Once its month is closed, a change needs a reason, which is kept.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `early` before it
/// begins, `stale` when somebody else wrote in between.
pub async fn keep(visit: &Visit, once: &Once, id: SessionId, form: &RegisterForm) -> Result<Done, Fault> {
    let (group, session, _) = open_session(visit, id).await?;
    if session.starts_at > visit.now {
        return Err(Fault::conflict("early", Message::new("group-session-not-begun")));
    }
    let mut problems = Problems::default();
    let topic = Check { problems: &mut problems }.optional("topic", &form.topic, 300);
    let reason = Check { problems: &mut problems }.optional("reason", &form.reason, 300);
    let closed = is_closed(local_date(session.starts_at), visit.today);
    if closed && reason.is_none() && problems.at("reason").is_none() {
        problems.add("reason", Message::new("group-register-closed"));
    }
    problems.into_result(())?;
    let marks = form.marks()?;
    let here = expected(visit, &group, &session).await?;
    if marks.iter().any(|(member, _)| here.iter().all(|m| m.id != *member || m.learner_id.is_none())) {
        return Err(Fault::field("marks", Message::new("form-choose")));
    }
    let version = kit::form::version(&form.version, session.version)?;
    let reason = if closed { reason } else { None };
    once.run(&visit.net, async |tx: &mut Tx| {
        if !rows::hold(tx, id, version, topic.as_deref(), visit.viewer.person, visit.now).await? {
            return Err(Fault::conflict("stale", Message::new("group-register-stale")));
        }
        record_in(tx, visit, id, &marks, reason.as_deref()).await?;
        Ok(Done::changed(session_url(id), json!({ "id": id, "version": version + 1, "marks": marks.len() })))
    })
    .await
}

/// Writes marks, and of a closed month what stood there before. For [`keep`] and the demo.
///
/// # Errors
/// The database's.
pub async fn record_in(
    tx: &mut Tx,
    visit: &Visit,
    id: SessionId,
    marks: &[(MemberId, Mark)],
    reason: Option<&str>,
) -> Result<(), Fault> {
    let mut corrected = false;
    for (member, mark) in marks {
        let before = rows::mark_in(tx, id, *member).await?;
        if before == Some(*mark) {
            continue;
        }
        rows::put_mark(tx, id, *member, *mark, visit.viewer.person, visit.now).await?;
        if let Some(reason) = reason {
            let (at, by) = (visit.now, visit.viewer.person);
            let c = Correction { member: *member, before, after: *mark, reason: reason.to_owned(), at, by };
            rows::insert_correction(tx, visit.new_id(), id, &c).await?;
            corrected = true;
        }
    }
    Entry::new(if corrected { "correct-register" } else { "mark" }, SESSION_KIND, id).write(tx, visit).await
}

/// Marks a session of the demo as held.
///
/// # Errors
/// The database's.
pub async fn hold_in(tx: &mut Tx, visit: &Visit, id: SessionId) -> Result<(), Fault> {
    rows::hold(tx, id, 1, None, visit.viewer.person, visit.now).await.map(drop)
}

/// Why a session is called off.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct CallOffForm {
    pub why: String,
}

/// Calls a session off and gives its room back.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state`.
pub async fn call_off(visit: &Visit, once: &Once, id: SessionId, form: &CallOffForm) -> Result<Done, Fault> {
    let (group, session, can) = open_session(visit, id).await?;
    Can::demand(can.lead, LEAD)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let moved = || Fault::conflict("state", Message::new("group-session-moved"));
        if session.state != SessionState::Planned {
            return Err(moved());
        }
        let why = tidy(&form.why).filter(|why| why.chars().count() <= 300);
        let why = why.ok_or_else(|| Fault::field("why", Message::new("form-required")))?;
        if !rows::call_off(tx, id, &why, visit.viewer.person, visit.now).await? {
            return Err(moved());
        }
        let holds =
            session.booking_state.as_deref().is_some_and(|s| matches!(s, "requested" | "countered" | "planned"));
        if let (Some(booking), true, true) = (session.booking_id, holds, session.starts_at > visit.now) {
            exchange::cancel_in(tx, visit, BookingId(booking), Some(why.clone())).await?;
        }
        Entry::new("cancel", SESSION_KIND, id).write(tx, visit).await?;
        Ok(Done::changed(
            format!("{}?tab=sessions", url(group.id)),
            json!({ "id": id, "state": SessionState::Cancelled }),
        ))
    })
    .await
}

/// Sessions of the viewer's own groups that wait for their register.
///
/// # Errors
/// The database's.
pub async fn waiting(visit: &Visit) -> Result<Vec<(SessionId, chrono::DateTime<chrono::Utc>, String)>, Fault> {
    match visit.viewer.person {
        Some(person) if visit.viewer.may(LEAD) => store::sessions::unmarked(&visit.net, person, visit.now).await,
        _ => Ok(Vec::new()),
    }
}
