//! The deeds with a booking, each a form of its own: agree, decline, offer something else, move,
//! say what came of it. Which there are now says [`Can`]; what they do, the operations.
use super::{again, ask::Clash, renamed};
use crate::{
    exchange::{
        CompletionForm, LoanForm, QualityForm, ReasonForm, TimeForm, act, decide,
        model::{Booking, BookingId, BookingState, Form, Side},
        outcome, shift, view,
        waiting::{Can, Task},
    },
    resources::{self, Resource},
};
use axum::{http::StatusCode, response::Response};
use kit::{
    Fault, Visit,
    clock::{LOCAL, local_date},
    form::Problems,
    http::{Path, Sent, go},
    once::Done,
    text::{Message, text_key},
};
use maud::Markup;
use serde::Deserialize;

kit::codes! {
    /// What can be done with a booking; the codes are the addresses, as in the API.
    pub enum Deed {
        Confirm = "confirmation",
        Accept = "acceptance",
        Counter = "counter-offer",
        Decline = "declination",
        Refuse = "refusal",
        HandOver = "handing-over",
        TakeBack = "taking-back",
        Complete = "completion",
        Absence = "absence",
        Quality = "quality",
        Move = "move",
        Cancel = "cancellation",
    }
}

impl Deed {
    /// Those that this viewer may do now, in the order of the buttons.
    pub fn offered(visit: &Visit, b: &Booking) -> Vec<Self> {
        let can = Can::of(visit, b);
        let of = |deed: &Self| match deed {
            Self::Confirm => can.confirm,
            Self::Accept | Self::Refuse => can.accept_offer,
            Self::Counter => can.counter,
            Self::Decline => can.decline,
            Self::HandOver => can.hand_over,
            Self::TakeBack => can.take_back,
            Self::Complete => can.complete,
            Self::Absence => can.did_not_take_place,
            Self::Quality => can.answer_quality,
            Self::Move => can.move_it,
            // Who may decline or refuse need not also cancel.
            Self::Cancel => can.cancel && !can.decline && !can.accept_offer,
        };
        Self::ALL.iter().copied().filter(of).collect()
    }

    /// Why this viewer cannot do it now, if they cannot: it is not theirs to do, or not the time.
    fn refusal(self, visit: &Visit, b: &Booking) -> Result<Option<Message>, Fault> {
        let (owner, asker) = (act::acts_for(visit, b, Side::Owner), act::acts_for(visit, b, Side::Asker));
        match self {
            Self::Confirm | Self::Counter | Self::Decline | Self::HandOver | Self::TakeBack => {
                act::demand(visit, b, Side::Owner)?;
            }
            Self::Accept | Self::Refuse => act::demand(visit, b, Side::Asker)?,
            _ if owner || asker => {}
            _ => act::demand(visit, b, Side::Asker)?,
        }
        if Self::offered(visit, b).contains(&self) || (self == Self::Cancel && Can::of(visit, b).cancel) {
            return Ok(None);
        }
        let early = matches!(self, Self::Complete | Self::Absence)
            && b.state == BookingState::Planned
            && b.span.start > visit.now;
        if early {
            return Ok(Some(Message::new("booking-not-begun")));
        }
        match act::wrong(visit, b.state) {
            Fault::Conflict(conflict) => Ok(Some(conflict.message)),
            fault => Err(fault),
        }
    }

    /// Done at one press: nothing is to be typed.
    pub fn is_press(self) -> bool {
        matches!(self, Self::Confirm | Self::Accept)
    }

    /// Whether it is the one that the booking waits for.
    pub fn is_first(self, task: Option<Task>) -> bool {
        matches!(
            (task, self),
            (Some(Task::Decide), Self::Confirm)
                | (Some(Task::AnswerOffer), Self::Accept)
                | (Some(Task::StateOutcome | Task::ConfirmOutcome | Task::Settle), Self::Complete)
                | (Some(Task::HandOver), Self::HandOver)
                | (Some(Task::TakeBack), Self::TakeBack)
        )
    }

    pub fn icon(self) -> &'static str {
        match self {
            Self::Confirm | Self::Accept => "check",
            Self::Counter => "refresh-cw",
            Self::Decline | Self::Refuse | Self::Cancel => "x",
            Self::HandOver => "hand-helping",
            Self::TakeBack => "undo-2",
            Self::Complete => "circle-check",
            Self::Absence => "circle-x",
            Self::Quality => "star",
            Self::Move => "clock",
        }
    }

    fn flash(self) -> &'static str {
        match self {
            Self::Confirm => text_key("done-booking-confirmed"),
            Self::Accept => text_key("done-booking-accepted"),
            Self::Counter => text_key("done-booking-countered"),
            Self::Decline => text_key("done-booking-declined"),
            Self::Refuse => text_key("done-booking-refused"),
            Self::HandOver => text_key("done-booking-handed-over"),
            Self::TakeBack => text_key("done-booking-taken-back"),
            Self::Complete => text_key("done-booking-completed"),
            Self::Absence => text_key("done-booking-absent"),
            Self::Quality => text_key("done-booking-quality"),
            Self::Move => text_key("done-booking-moved"),
            Self::Cancel => text_key("done-booking-cancelled"),
        }
    }
}

/// What was typed into any of the forms.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct DeedForm {
    pub reason: String,
    pub side: String,
    pub resource_id: String,
    pub on: String,
    pub from: String,
    pub to: String,
    pub back_on: String,
    pub headcount: String,
    pub hours: String,
    pub days: String,
    pub quality: String,
    pub comment: String,
    pub inventory_number: String,
    pub responsible: String,
    pub note: String,
}

impl DeedForm {
    /// As it stands before anything is typed.
    fn of(visit: &Visit, b: &Booking, deed: Deed) -> Self {
        let local =
            |at: chrono::DateTime<chrono::Utc>, format: &str| at.with_timezone(&LOCAL).format(format).to_string();
        let side = Can::of(visit, b).side;
        // What the other side says, or else what was planned: mostly that is what it was.
        let other = side.and_then(|side| b.stated(if side == Side::Owner { Side::Asker } else { Side::Owner }));
        let mine = side.and_then(|side| b.stated(side)).filter(|_| b.state != BookingState::Planned);
        let said = mine.or(other).map(|s| s.what).filter(|s| s.headcount > 0);
        let (headcount, amount) = said.map_or((b.headcount, b.planned_amount()), |s| (s.headcount, s.amount));
        let review = side.map(|side| if side == Side::Owner { &b.owner_review } else { &b.asker_review });
        let is_time = matches!(deed, Deed::Counter | Deed::Move);
        Self {
            resource_id: b.resource_id.to_string(),
            on: if is_time { local_date(b.span.start).to_string() } else { visit.today.to_string() },
            from: local(b.span.start, "%H:%M"),
            to: local(b.span.end, "%H:%M"),
            back_on: local_date(b.span.end).to_string(),
            headcount: headcount.to_string(),
            hours: format!("{}:{:02}", amount / 60, amount % 60),
            days: amount.to_string(),
            quality: review.and_then(|r| r.quality).map(|q| q.code().to_owned()).unwrap_or_default(),
            comment: review.and_then(|r| r.comment.clone()).unwrap_or_default(),
            inventory_number: b.loan.inventory_number.clone().unwrap_or_default(),
            ..Self::default()
        }
    }

    fn reason(&self) -> ReasonForm {
        ReasonForm { reason: self.reason.clone(), side: self.side.clone() }
    }

    fn time(&self, b: &Booking) -> TimeForm {
        let last = if b.form == Form::Loan && !self.back_on.trim().is_empty() { &self.back_on } else { &self.on };
        TimeForm {
            resource_id: self.resource_id.clone(),
            starts_at: format!("{}T{}", self.on.trim(), self.from.trim()),
            ends_at: format!("{}T{}", last.trim(), self.to.trim()),
            reason: self.reason.clone(),
            side: self.side.clone(),
        }
    }

    fn completion(&self, b: &Booking) -> CompletionForm {
        let (hours, days) =
            if b.form == Form::Loan { (String::new(), self.days.clone()) } else { (self.hours.clone(), String::new()) };
        CompletionForm { headcount: self.headcount.clone(), hours, days, side: self.side.clone() }
    }

    fn loan(&self) -> LoanForm {
        LoanForm {
            on: self.on.clone(),
            inventory_number: self.inventory_number.clone(),
            responsible: self.responsible.clone(),
            note: self.note.clone(),
            headcount: self.headcount.clone(),
        }
    }
}

/// What the owner could offer instead: its other resources.
async fn resources_of(visit: &Visit, b: &Booking, deed: Deed) -> Result<Vec<resources::Listed>, Fault> {
    if deed != Deed::Counter {
        return Ok(Vec::new());
    }
    let asked = resources::Asked {
        owner: b.owner_id.to_string(),
        class: b.class.code().to_owned(),
        ..resources::Asked::default()
    };
    Ok(resources::list(visit, &asked, None, 200)
        .await?
        .items
        .into_iter()
        .filter(|r| r.state == resources::ResourceState::Published)
        .collect())
}

pub async fn form(visit: Visit, Path((id, deed)): Path<(BookingId, String)>) -> Result<Markup, Fault> {
    let deed: Deed = deed.parse().map_err(|_| Fault::NotFound)?;
    let booking = act::open(&visit, id).await?;
    let form = DeedForm::of(&visit, &booking, deed);
    let problems = deed.refusal(&visit, &booking)?.map(|message| Problems::one("state", message)).unwrap_or_default();
    page(&visit, &booking, deed, &form, &problems, None).await
}

async fn page(
    visit: &Visit,
    b: &Booking,
    deed: Deed,
    form: &DeedForm,
    problems: &Problems,
    clash: Option<&Clash>,
) -> Result<Markup, Fault> {
    let others = resources_of(visit, b, deed).await?;
    let inventory = if deed == Deed::HandOver {
        resources::find(&visit.net, b.resource_id).await?.and_then(|r: Resource| r.inventory_number)
    } else {
        None
    };
    let form = DeedForm {
        inventory_number: if form.inventory_number.is_empty() {
            inventory.unwrap_or_default()
        } else {
            form.inventory_number.clone()
        },
        ..form.clone()
    };
    let which_side = !b.is_own_use() && act::acts_for(visit, b, Side::Owner) && act::acts_for(visit, b, Side::Asker);
    Ok(view::deed::page(
        visit,
        &view::deed::DeedPage { booking: b, deed, form: &form, problems, others: &others, which_side, clash },
    ))
}

async fn carry_out(
    visit: &Visit,
    id: BookingId,
    deed: Deed,
    sent: &Sent<DeedForm>,
    b: &Booking,
) -> Result<Done, Fault> {
    let once = sent.once(visit, &format!("bookings.{} {id}", deed.code()));
    let form = &sent.data;
    match deed {
        Deed::Confirm => decide::confirm(visit, &once, id).await,
        Deed::Accept => decide::accept_offer(visit, &once, id).await,
        Deed::Counter => decide::counter(visit, &once, id, &form.time(b)).await,
        Deed::Decline => decide::decline(visit, &once, id, &form.reason()).await,
        Deed::Refuse => decide::refuse_offer(visit, &once, id, &form.reason()).await,
        Deed::HandOver => outcome::hand_over(visit, &once, id, &form.loan()).await,
        Deed::TakeBack => outcome::take_back(visit, &once, id, &form.loan()).await,
        Deed::Complete => outcome::complete(visit, &once, id, &form.completion(b)).await,
        Deed::Absence => outcome::did_not_take_place(visit, &once, id, &form.reason()).await,
        Deed::Quality => {
            let form =
                QualityForm { quality: form.quality.clone(), comment: form.comment.clone(), side: form.side.clone() };
            outcome::answer_quality(visit, &once, id, &form).await
        }
        Deed::Move => shift::move_booking(visit, &once, id, &form.time(b)).await,
        Deed::Cancel => decide::cancel(visit, &once, id, &form.reason()).await,
    }
}

pub async fn submit(
    visit: Visit,
    Path((id, deed)): Path<(BookingId, String)>,
    sent: Sent<DeedForm>,
) -> Result<Response, Fault> {
    let deed: Deed = deed.parse().map_err(|_| Fault::NotFound)?;
    let booking = act::open(&visit, id).await?;
    let ends = if booking.form == Form::Loan { "back_on" } else { "to" };
    match carry_out(&visit, id, deed, &sent, &booking).await {
        Ok(done) => Ok(go(&done, deed.flash())),
        Err(Fault::Invalid(problems)) => {
            let problems = renamed(&problems, &[("starts_at", "on"), ("ends_at", ends)]);
            let page = page(&visit, &booking, deed, &sent.data, &problems, None).await?;
            Ok(again(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(Fault::Conflict(conflict)) => {
            let clash = Clash::read(&visit, &conflict).await?;
            // Where the form has the field that can be mended, it is said there as well.
            let field = if clash.is_some() { "on" } else { "state" };
            let message: Message = conflict.message.clone();
            let page = page(&visit, &booking, deed, &sent.data, &Problems::one(field, message), clash.as_ref()).await?;
            Ok(again(StatusCode::CONFLICT, page))
        }
        Err(fault) => Err(fault),
    }
}
