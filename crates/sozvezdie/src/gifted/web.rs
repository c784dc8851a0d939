//! Pages of the register: extract, call, answer.
use super::{
    ASKED, SITTINGS,
    documents::{self, ChildPaper, SittingPaper},
    model::{
        ApplyForm, AskForm, Basis, ConclusionForm, DiagnosticsForm, OrderForm, Profile, ProfileId, ProposeForm,
        SayForm, SittingForm, SittingId,
    },
    sitting, store, view,
};
use crate::{
    centre::LeaveForm,
    consents,
    learners::{self, How},
    papers::{self, Words},
    people,
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kit::{
    Fault, Visit,
    form::{Problems, tidy},
    http::{Path, Query, Sent, go},
};
use maud::Markup;
use serde::Deserialize;
use uuid::Uuid;

/// Children that a search for a nomination shows.
const CANDIDATES: i64 = 20;

/// The register's address as data.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub state: String,
    /// `me`: diagnostics that the viewer was asked for and has not concluded.
    pub asked: String,
}

impl Asked {
    pub fn filter(&self, visit: &Visit) -> store::Filter {
        store::Filter {
            state: self.state.parse().ok(),
            to_diagnose: (self.asked == "me").then(|| (visit.actor(), visit.today)),
            ..store::Filter::default()
        }
    }
}

pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    let found = super::list(&visit, &asked.filter(&visit)).await?;
    Ok(view::list::page(&visit, &asked, &found))
}

fn mend(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

pub async fn new(visit: Visit, Query(form): Query<Search>) -> Result<Markup, Fault> {
    let basis = if is_family(&visit) { Basis::Guardian.code().to_owned() } else { String::new() };
    let form = ProposeForm { q: form.q, learner: form.learner, basis, ..ProposeForm::default() };
    propose_page(&visit, &form, &Problems::default()).await
}

/// What the page of a nomination is opened with: words to search, or a child's record.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Search {
    q: String,
    learner: String,
}

/// Whether the viewer speaks here for a child of their own, and for nobody's school.
fn is_family(visit: &Visit) -> bool {
    visit.viewer.may(consents::OWN) && !visit.viewer.may(super::SAY)
}

async fn propose_page(visit: &Visit, form: &ProposeForm, problems: &Problems) -> Result<Markup, Fault> {
    let mut found = Vec::new();
    let q = tidy(&form.q.chars().take(200).collect::<String>());
    // A family's children are few: nobody has to look for them.
    if q.is_some() || is_family(visit) {
        let filter = learners::Filter { q, ..learners::Filter::default() };
        found = learners::among(visit, super::scope(visit).await?, How::Search, &filter, CANDIDATES).await?;
    }
    if let Ok(id) = form.learner.parse()
        && found.iter().all(|l| l.id != id)
        && learners::sees_whole(visit, id).await?
    {
        let l = learners::open(visit, id, How::Elsewhere).await?;
        let place = crate::organisations::find(&visit.net, l.organisation).await?.map(|o| o.short_name);
        found.push(learners::Listed {
            id: l.id,
            full_name: l.full_name,
            birth_date: l.birth_date,
            organisation: l.organisation,
            organisation_name: place.unwrap_or_default(),
            class_name: l.class_name,
            enrolled: l.enrolled,
        });
    }
    Ok(view::form::propose(visit, &found, form, problems))
}

pub async fn propose(visit: Visit, sent: Sent<ProposeForm>) -> Result<Response, Fault> {
    match super::propose(&visit, &sent.once(&visit, "gifted.propose"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-gifted-proposed")),
        Err(fault) => {
            let (status, problems) = refused(fault, "learner")?;
            Ok((status, propose_page(&visit, &sent.data, &problems).await?).into_response())
        }
    }
}

pub async fn show(visit: Visit, Path(id): Path<ProfileId>) -> Result<Markup, Fault> {
    let p = super::within(&visit, id).await?;
    record(&visit, p, view::record::Typed::default(), &Problems::default()).await
}

/// The record with what was typed in one of its forms.
async fn record(visit: &Visit, p: Profile, typed: view::record::Typed, problems: &Problems) -> Result<Markup, Fault> {
    learners::note_read(visit, How::Elsewhere, &[p.learner]).await?;
    let contributions = store::contributions(&visit.net, p.id).await?;
    let leads = super::leads(visit, &p);
    let diagnoses = super::diagnoses(visit, &p);
    // Raw results leave the store for nobody else.
    let raw = if diagnoses { store::diagnostics(&visit.net, p.id).await? } else { Vec::new() };
    let charged = store::charged(&visit.net, p.id, visit.today).await?;
    let mut ids: Vec<Uuid> =
        contributions.iter().map(|c| c.person.0).chain(p.concluded_by).chain(p.proposed_by).collect();
    ids.extend(raw.iter().map(|d| d.by.0).chain(charged.iter().map(|id| id.0)));
    let names = people::names(&visit.net, &ids).await?;
    let record = view::record::Record {
        teachers: if leads { super::may_be_asked(visit, &p).await? } else { Vec::new() },
        psychologists: if leads { super::may_diagnose(visit, &p).await? } else { Vec::new() },
        consents: if leads { super::consents_needed(visit, &p).await? } else { Vec::new() },
        decides: super::decides(visit, &p),
        charged,
        leads,
        diagnoses,
        contributions,
        raw,
        names,
        p,
    };
    Ok(view::record::page(visit, &record, &typed, problems))
}

/// The record again, with what is to be mended, or what stands in the way, and what was typed.
async fn again(visit: &Visit, id: ProfileId, typed: view::record::Typed, fault: Fault) -> Result<Response, Fault> {
    let (status, problems) = refused(fault, "body")?;
    let p = super::within(visit, id).await?;
    Ok((status, record(visit, p, typed, &problems).await?).into_response())
}

/// What a form shows again with: its problems, or what stands in its way, said at `field`.
fn refused(fault: Fault, field: &'static str) -> Result<(StatusCode, Problems), Fault> {
    match fault {
        Fault::Invalid(problems) => Ok((StatusCode::UNPROCESSABLE_ENTITY, problems)),
        Fault::Conflict(conflict) => Ok((StatusCode::CONFLICT, Problems::one(field, conflict.message))),
        other => Err(other),
    }
}

pub async fn ask(visit: Visit, Path(id): Path<ProfileId>, sent: Sent<AskForm>) -> Result<Response, Fault> {
    match super::ask(&visit, &sent.once(&visit, &format!("gifted.ask {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-gifted-asked")),
        Err(fault) => again(&visit, id, view::record::Typed::default(), fault).await,
    }
}

/// Who is to diagnose.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct ChargeForm {
    person: String,
}

pub async fn charge(visit: Visit, Path(id): Path<ProfileId>, sent: Sent<ChargeForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("gifted.charge {id}"));
    match super::charge(&visit, &once, id, &sent.data.person).await {
        Ok(done) => Ok(go(&done, "done-gifted-charged")),
        Err(fault) => again(&visit, id, view::record::Typed::default(), fault).await,
    }
}

pub async fn apply(visit: Visit, Path(id): Path<ProfileId>, sent: Sent<ApplyForm>) -> Result<Response, Fault> {
    match super::apply(&visit, &sent.once(&visit, &format!("gifted.apply {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-gifted-applied")),
        Err(fault) => {
            let typed = view::record::Typed { apply: Some(sent.data.clone()), ..Default::default() };
            again(&visit, id, typed, fault).await
        }
    }
}

pub async fn diagnose(visit: Visit, Path(id): Path<ProfileId>, sent: Sent<DiagnosticsForm>) -> Result<Response, Fault> {
    match super::diagnose(&visit, &sent.once(&visit, &format!("gifted.diagnose {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-gifted-diagnostics")),
        Err(fault) => {
            let typed = view::record::Typed { diagnostics: Some(sent.data.clone()), ..Default::default() };
            again(&visit, id, typed, fault).await
        }
    }
}

pub async fn conclude(visit: Visit, Path(id): Path<ProfileId>, sent: Sent<ConclusionForm>) -> Result<Response, Fault> {
    match super::conclude(&visit, &sent.once(&visit, &format!("gifted.conclude {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-gifted-concluded")),
        Err(fault) => {
            let typed = view::record::Typed { conclusion: Some(sent.data.clone()), ..Default::default() };
            again(&visit, id, typed, fault).await
        }
    }
}

/// A form with nothing but its key.
#[derive(Deserialize, Default)]
pub struct Press {}

pub async fn support(visit: Visit, Path(id): Path<ProfileId>, sent: Sent<Press>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("gifted.support {id}"));
    match super::support(&visit, &once, id).await {
        Ok(done) => Ok(go(&done, "done-gifted-supported")),
        Err(fault) => again(&visit, id, view::record::Typed::default(), fault).await,
    }
}

pub async fn leave(visit: Visit, Path(id): Path<ProfileId>, sent: Sent<LeaveForm>) -> Result<Response, Fault> {
    match super::leave(&visit, &sent.once(&visit, &format!("gifted.leave {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-gifted-left")),
        Err(fault) => {
            let typed = view::record::Typed { leave: Some(sent.data.clone()), ..Default::default() };
            again(&visit, id, typed, fault).await
        }
    }
}

pub async fn paper(
    visit: Visit,
    Path((id, code, format)): Path<(ProfileId, String, String)>,
) -> Result<Response, Fault> {
    let p = super::within(&visit, id).await?;
    if !super::leads(&visit, &p) && !super::decides(&visit, &p) {
        return Err(Fault::NotFound);
    }
    let kind: ChildPaper = code.parse().map_err(|_| Fault::NotFound)?;
    let format: papers::Format = format.parse().map_err(|_| Fault::NotFound)?;
    learners::note_read(&visit, How::Elsewhere, &[p.learner]).await?;
    let school = papers::party(&visit, p.organisation).await?;
    let centre = papers::party(&visit, p.centre_organisation).await?;
    let words = Words::load(&visit.net).await?;
    let made = match kind {
        ChildPaper::Application => documents::application(&p, &school, &centre, &words),
        ChildPaper::Petition => documents::petition(&p, &school, &centre, &words),
    };
    papers::answer(&visit, made, format, kind.code()).await
}

pub async fn asked(visit: Visit) -> Result<Markup, Fault> {
    asked_page(&visit, None, &SayForm::default(), &Problems::default()).await
}

async fn asked_page(visit: &Visit, open: Option<Uuid>, form: &SayForm, problems: &Problems) -> Result<Markup, Fault> {
    let mut lines = Vec::new();
    for c in store::asked_of(&visit.net, visit.actor()).await? {
        // Being asked is the ground: the teacher is shown whom the question is about, and no more.
        if let Some(p) = store::find_any(&visit.net, c.profile).await? {
            lines.push((c, p));
        }
    }
    let children: Vec<_> = lines.iter().map(|(_, p)| p.learner).collect();
    learners::note_read(visit, How::Elsewhere, &children).await?;
    Ok(view::asked::page(visit, &lines, open, form, problems))
}

pub async fn say(visit: Visit, Path(id): Path<Uuid>, sent: Sent<SayForm>) -> Result<Response, Fault> {
    match super::say(&visit, &sent.once(&visit, &format!("gifted.say {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-gifted-said")),
        Err(Fault::Invalid(problems)) => Ok(mend(asked_page(&visit, Some(id), &sent.data, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

pub async fn sittings(visit: Visit) -> Result<Markup, Fault> {
    let found = store::sittings(&visit.net, &visit.viewer.reach(super::DECIDE)).await?;
    let waiting = super::count(&visit, &store::Filter { waiting: true, ..Default::default() }).await?;
    Ok(view::sitting::list(&visit, &found, waiting))
}

pub async fn new_sitting(visit: Visit) -> Result<Markup, Fault> {
    let form = SittingForm { held_on: visit.today.to_string(), ..SittingForm::default() };
    sitting_form(&visit, &form, &Problems::default()).await
}

async fn sitting_form(visit: &Visit, form: &SittingForm, problems: &Problems) -> Result<Markup, Fault> {
    let waiting = super::list(visit, &store::Filter { waiting: true, ..Default::default() }).await?;
    Ok(view::sitting::form(visit, &waiting, form, problems))
}

pub async fn hold(visit: Visit, sent: Sent<SittingForm>) -> Result<Response, Fault> {
    match sitting::hold(&visit, &sent.once(&visit, "gifted.hold"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-gifted-held")),
        Err(fault) => {
            let (status, problems) = refused(fault, "admit")?;
            Ok((status, sitting_form(&visit, &sent.data, &problems).await?).into_response())
        }
    }
}

pub async fn sitting(visit: Visit, Path(id): Path<SittingId>) -> Result<Markup, Fault> {
    let form = OrderForm { order_on: visit.today.to_string(), ..OrderForm::default() };
    sitting_page(&visit, id, &form, &Problems::default()).await
}

async fn sitting_page(visit: &Visit, id: SittingId, form: &OrderForm, problems: &Problems) -> Result<Markup, Fault> {
    let found = sitting::open(visit, id).await?;
    let decided = store::decided(&visit.net, id).await?;
    let children: Vec<_> = decided.iter().map(|d| d.learner).collect();
    learners::note_read(visit, How::Elsewhere, &children).await?;
    Ok(view::sitting::page(visit, &found, &decided, form, problems))
}

pub async fn order(visit: Visit, Path(id): Path<SittingId>, sent: Sent<OrderForm>) -> Result<Response, Fault> {
    match sitting::order(&visit, &sent.once(&visit, &format!("gifted.order {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-gifted-ordered")),
        Err(fault) => {
            let (status, problems) = refused(fault, "body")?;
            Ok((status, sitting_page(&visit, id, &sent.data, &problems).await?).into_response())
        }
    }
}

pub async fn sitting_paper(
    visit: Visit,
    Path((id, code, format)): Path<(SittingId, String, String)>,
) -> Result<Response, Fault> {
    let found = sitting::open(&visit, id).await?;
    let kind: SittingPaper = code.parse().map_err(|_| Fault::NotFound)?;
    let format: papers::Format = format.parse().map_err(|_| Fault::NotFound)?;
    let decided = store::decided(&visit.net, id).await?;
    let children: Vec<_> = decided.iter().map(|d| d.learner).collect();
    learners::note_read(&visit, How::Elsewhere, &children).await?;
    let centre = papers::party(&visit, found.organisation).await?;
    let made = match kind {
        SittingPaper::Protocol => documents::protocol(&found, &decided, &centre),
        SittingPaper::Order => documents::order(&found, &decided, &centre, &Words::load(&visit.net).await?),
    };
    papers::answer(&visit, made, format, kind.code()).await
}

/// Where the forms of these pages lead.
pub fn say_url(id: Uuid) -> String {
    format!("{ASKED}/{id}")
}

/// The page of a new sitting.
pub fn new_sitting_url() -> String {
    format!("{SITTINGS}/new")
}
