//! What came of it: each side states headcount and hours, and only what both state alike counts.
//! Singly, or for a whole month at once.
//!
//! A statement may be made before the planned time: people do meet earlier, and one side alone can
//! make nothing count. Pages ask for it when the time has come.
use super::{
    LIST, REQUEST,
    act::{self, changed, demand, open, revise, wrong},
    decide::ReasonForm,
    form,
    model::{Booking, BookingId, BookingState, Form, Quality, Review, Side, Stated, Statement},
    news, store,
};
use crate::{
    notifications::Kind,
    organisations::OrganisationId,
    resources::{hours, loose, whole, whole_required},
};
use kit::{
    Fault, Visit,
    db::Tx,
    form::{Check, Problems, tidy},
    once::{Done, Once},
    text::Message,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What came of it: what was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct CompletionForm {
    #[serde(deserialize_with = "loose")]
    pub headcount: String,
    /// «1,5», «1.5» or «1:30»; of a loan rather `days`.
    #[serde(deserialize_with = "loose")]
    pub hours: String,
    #[serde(deserialize_with = "loose")]
    pub days: String,
    pub side: String,
}

/// Longest visit that may be stated: two weeks around the clock.
const MOST_MINUTES: i64 = 14 * 24 * 60;
/// Longest loan that may be stated, overdue ones included.
const MOST_DAYS: i64 = 3 * 366;

impl CompletionForm {
    fn read(&self, b: &Booking) -> Result<Statement, Fault> {
        let mut problems = Problems::default();
        let headcount = whole_required(&mut problems, "headcount", &self.headcount, 1, 100_000);
        let amount = if b.form != Form::Loan {
            hours(&mut problems, "hours", &self.hours, MOST_MINUTES)
        } else if tidy(&self.days).is_none() && tidy(&self.hours).is_some() {
            hours(&mut problems, "hours", &self.hours, MOST_DAYS * 24 * 60)
                .map(|minutes| (minutes + 24 * 60 - 1) / (24 * 60))
        } else {
            whole_required(&mut problems, "days", &self.days, 1, MOST_DAYS)
        };
        problems.into_result(Statement { headcount: headcount.unwrap_or(0), amount: amount.unwrap_or(0) })
    }
}

fn said(visit: &Visit, what: Statement) -> Stated {
    Stated { what, by: visit.viewer.person, at: visit.now }
}

/// One side states what came of it: first → took place, the same from the other → confirmed,
/// something else → disputed; stated again alike, a dispute is settled.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state`.
pub async fn complete(visit: &Visit, once: &Once, id: BookingId, form: &CompletionForm) -> Result<Done, Fault> {
    let before = open(visit, id).await?;
    let side = act::side(visit, &before, &form.side)?;
    let what = form.read(&before)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let booking = revise(tx, visit, id, "complete", |b| {
            b.state_outcome(side, said(visit, what)).map_err(|now| wrong(visit, now))
        })
        .await?;
        news::stated(tx, visit, &booking, side).await?;
        Ok(changed(&booking))
    })
    .await
}

/// One side states that nothing came of it, and why. If the other says otherwise, it is disputed.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state`, or
/// `not-begun` while it can still be cancelled.
pub async fn did_not_take_place(visit: &Visit, once: &Once, id: BookingId, form: &ReasonForm) -> Result<Done, Fault> {
    let before = open(visit, id).await?;
    let side = act::side(visit, &before, &form.side)?;
    let mut problems = Problems::default();
    let reason = Check { problems: &mut problems }.required("reason", &form.reason, 500);
    problems.into_result(())?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let booking = revise(tx, visit, id, "did_not_take_place", |b| {
            if b.span.start > visit.now {
                return Err(Fault::conflict("not-begun", Message::new("booking-not-begun")));
            }
            b.reason = Some(reason.clone());
            b.state_outcome(side, said(visit, Statement::NOTHING)).map_err(|now| wrong(visit, now))
        })
        .await?;
        news::stated(tx, visit, &booking, side).await?;
        Ok(changed(&booking))
    })
    .await
}

/// A month's sheet: what was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct MonthForm {
    pub organisation_id: String,
    /// «2026-11»
    pub month: String,
    /// Only these; all when empty.
    pub ids: Vec<String>,
    /// Also state as planned what is over and nobody has spoken of.
    #[serde(deserialize_with = "loose")]
    pub with_planned: String,
}

/// Agrees for one organisation, on whichever side it stands, with all that the others stated for a
/// month: «Подтвердить всё за ноябрь».
///
/// # Errors
/// [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn confirm_month(visit: &Visit, once: &Once, form: &MonthForm) -> Result<Done, Fault> {
    let mut problems = Problems::default();
    let organisation = form.organisation_id.trim().parse::<OrganisationId>().ok();
    if organisation.is_none() {
        problems.add("organisation_id", Message::new("form-choose"));
    }
    let month = form::month(&form.month);
    if month.is_none() {
        problems.add("month", Message::new("form-bad-month"));
    }
    let ids: Vec<BookingId> = form.ids.iter().filter_map(|id| id.parse().ok()).collect();
    if ids.len() != form.ids.len() {
        problems.add("ids", Message::new("form-choose"));
    }
    problems.into_result(())?;
    let (Some(organisation), Some(month)) = (organisation, month) else { return Err(Fault::NotFound) };
    let may = |permission| visit.viewer.reach(permission).covers(Some(organisation.0));
    let sides = [(Side::Owner, may(super::DECIDE)), (Side::Asker, may(REQUEST))];
    if sides.iter().all(|(_, may)| !may) {
        visit.viewer.demand(REQUEST, Some(organisation.0))?;
    }
    let also_planned = form::is_yes(&form.with_planned).then_some(visit.now);
    once.run(&visit.net, async |tx: &mut Tx| {
        let (mut confirmed, mut stated) = (Vec::new(), Vec::new());
        for (side, _) in sides.into_iter().filter(|(_, may)| *may) {
            for booking in store::month(tx, organisation, side, month, also_planned).await? {
                if !ids.is_empty() && !ids.contains(&booking.id) {
                    continue;
                }
                let after = agree(tx, visit, booking.id, side).await?;
                news::stated(tx, visit, &after, side).await?;
                let list = if after.state == BookingState::Confirmed { &mut confirmed } else { &mut stated };
                list.push(after.id);
            }
        }
        let location = format!("{LIST}?organisation={organisation}");
        Ok(Done::changed(
            location,
            json!({ "confirmed": confirmed.len(), "stated": stated.len(), "ids": confirmed, "stated_ids": stated }),
        ))
    })
    .await
}

/// States what the other side has stated, or else what was planned.
async fn agree(tx: &mut Tx, visit: &Visit, id: BookingId, side: Side) -> Result<Booking, Fault> {
    let other = if side == Side::Owner { Side::Asker } else { Side::Owner };
    revise(tx, visit, id, "complete", |b| {
        let planned = Statement { headcount: b.headcount, amount: b.planned_amount() };
        let what = b.stated(other).map_or(planned, |s| s.what);
        b.state_outcome(side, said(visit, what)).map_err(|now| wrong(visit, now))
    })
    .await
}

/// «Получили, что хотели?»: what was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct QualityForm {
    pub quality: String,
    pub comment: String,
    pub side: String,
}

/// One side says whether it got what it wanted. The answer may be changed.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state` before
/// it took place.
pub async fn answer_quality(visit: &Visit, once: &Once, id: BookingId, form: &QualityForm) -> Result<Done, Fault> {
    let before = open(visit, id).await?;
    let side = act::side(visit, &before, &form.side)?;
    demand(visit, &before, side)?;
    let mut problems = Problems::default();
    let comment = Check { problems: &mut problems }.optional("comment", &form.comment, 1000);
    let quality = form.quality.parse::<Quality>().ok();
    if quality.is_none() {
        problems.add("quality", Message::new("form-choose"));
    }
    problems.into_result(())?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let booking = revise(tx, visit, id, "review", |b| {
            if !matches!(b.state, BookingState::TookPlace | BookingState::Confirmed | BookingState::Disputed) {
                return Err(wrong(visit, b.state));
            }
            let review = if side == Side::Owner { &mut b.owner_review } else { &mut b.asker_review };
            *review = Review { quality, comment: comment.clone() };
            Ok(())
        })
        .await?;
        Ok(changed(&booking))
    })
    .await
}

/// Handing over and taking back: what was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct LoanForm {
    /// The day; today unless said.
    pub on: String,
    pub inventory_number: String,
    /// Who answers for it at the borrower.
    pub responsible: String,
    pub note: String,
    /// For taking back: how many it served.
    #[serde(deserialize_with = "loose")]
    pub headcount: String,
}

/// The owner hands a planned loan over.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state`.
pub async fn hand_over(visit: &Visit, once: &Once, id: BookingId, form: &LoanForm) -> Result<Done, Fault> {
    demand(visit, &open(visit, id).await?, Side::Owner)?;
    let mut problems = Problems::default();
    let mut check = Check { problems: &mut problems };
    let on = check.date("on", &form.on).unwrap_or(visit.today);
    let number = check.optional("inventory_number", &form.inventory_number, 80);
    let responsible = check.required("responsible", &form.responsible, 150);
    let note = check.optional("note", &form.note, 500);
    not_later(&mut problems, on, visit.today);
    problems.into_result(())?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let booking = revise(tx, visit, id, "hand_over", |b| {
            if b.form != Form::Loan || b.state != BookingState::Planned || b.loan.handed_on.is_some() {
                return Err(wrong(visit, b.state));
            }
            b.loan.handed_on = Some(on);
            b.loan.inventory_number.clone_from(&number);
            b.loan.responsible = Some(responsible.clone());
            b.loan.note.clone_from(&note);
            Ok(())
        })
        .await?;
        // Whoever is late with it holds it on.
        crate::resources::hold_until_back(tx, id.0).await?;
        news::told(tx, visit, &booking, Kind::HandedOver, &[Side::Asker]).await?;
        Ok(changed(&booking))
    })
    .await
}

/// The owner takes a loan back: that is the owner's statement, in days.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Forbidden`], [`Fault::Invalid`]; [`Fault::Conflict`] `state`.
pub async fn take_back(visit: &Visit, once: &Once, id: BookingId, form: &LoanForm) -> Result<Done, Fault> {
    demand(visit, &open(visit, id).await?, Side::Owner)?;
    let mut problems = Problems::default();
    let headcount = whole(&mut problems, "headcount", &form.headcount, 1, 100_000);
    let mut check = Check { problems: &mut problems };
    let on = check.date("on", &form.on).unwrap_or(visit.today);
    let note = check.optional("note", &form.note, 500);
    not_later(&mut problems, on, visit.today);
    problems.into_result(())?;
    once.run(&visit.net, async |tx: &mut Tx| {
        let booking = revise(tx, visit, id, "take_back", |b| {
            let Some(handed) = b.loan.handed_on.filter(|_| b.loan.taken_back_on.is_none()) else {
                return Err(wrong(visit, b.state));
            };
            if on < handed {
                return Err(Fault::field("on", Message::new("booking-back-before").with("date", handed)));
            }
            b.loan.taken_back_on = Some(on);
            if note.is_some() {
                b.loan.note.clone_from(&note);
            }
            let what =
                Statement { headcount: headcount.unwrap_or(b.headcount), amount: super::model::loan_days(handed, on) };
            b.state_outcome(Side::Owner, said(visit, what)).map_err(|now| wrong(visit, now))
        })
        .await?;
        news::stated(tx, visit, &booking, Side::Owner).await?;
        // Others may have it as soon as it is back.
        if booking.span.end > visit.now {
            crate::resources::release(tx, id.0).await?;
        }
        Ok(changed(&booking))
    })
    .await
}

fn not_later(problems: &mut Problems, day: chrono::NaiveDate, today: chrono::NaiveDate) {
    if day > today {
        problems.add("on", Message::new("form-not-after").with("date", today));
    }
}
