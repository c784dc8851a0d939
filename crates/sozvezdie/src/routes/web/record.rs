//! A route's page and the deeds with it.
use super::{Press, mend};
use crate::{
    organisations,
    papers::{self, Format},
    people,
    routes::{
        AGREE, EDIT,
        access::{self, Seen, Way},
        compose,
        content::Content,
        deeds::{self, Deed, DeedForm},
        load::Warning,
        model::{RouteId, Signature, Step, StepId, Version, Word},
        paper,
        progress::{self, OutcomeForm, VisitsForm, WordForm},
        store, view,
    },
};
use axum::response::Response;
use kit::{
    Fault, Visit,
    access::Permission,
    form::Problems,
    http::{Path, Query, Sent, go},
};
use maud::Markup;
use serde::Deserialize;
use std::collections::HashMap;
use uuid::Uuid;

/// A visit tied to a step: which step, which booking, what, when, its state.
pub type Tied = (StepId, Uuid, String, chrono::DateTime<chrono::Utc>, String);

/// Everything that a route's page shows.
pub struct Record {
    pub seen: Seen,
    pub words: Vec<Word>,
    pub signatures: Vec<Signature>,
    pub versions: Vec<Version>,
    pub visits: Vec<Tied>,
    pub warnings: Vec<Warning>,
    pub names: HashMap<Uuid, String>,
    /// What the viewer typed and could not be kept.
    pub typed: WordForm,
    pub problems: Problems,
}

impl Record {
    /// The route with all that hangs on it, as far as the viewer sees it; the look is noted.
    pub async fn load(visit: &Visit, id: RouteId) -> Result<Self, Fault> {
        let seen = access::open(visit, id).await?;
        let mut visits: Vec<Tied> = Vec::new();
        if seen.steps.iter().any(|s| s.visits > 0) {
            visits = store::linked(&visit.net, id).await?;
            visits.retain(|(step, ..)| seen.steps.iter().any(|s| s.id == *step));
        }
        let mut record = Self {
            words: Vec::new(),
            signatures: Vec::new(),
            versions: Vec::new(),
            warnings: Vec::new(),
            names: HashMap::new(),
            typed: WordForm::default(),
            problems: Problems::default(),
            visits,
            seen,
        };
        // An organisation of a step sees nothing of what is said and signed around it.
        if record.seen.way != Way::Partner {
            record.words = store::words(&visit.net, id).await?;
            record.signatures = store::signatures(&visit.net, id).await?;
            if record.seen.route.number > 0 {
                record.versions = store::versions(&visit.net, id).await?;
            }
            // Told while people decide; what runs was decided with them.
            if record.seen.way == Way::Staff && record.seen.route.state.is_decided_on() {
                record.warnings = compose::warnings(visit, &record.seen.route, &record.seen.steps).await?;
            }
            record.names = people::names(&visit.net, &record.people()).await?;
        }
        Ok(record)
    }

    fn people(&self) -> Vec<Uuid> {
        let said = self.words.iter().map(|w| w.by);
        let signed = self.signatures.iter().filter_map(|s| s.person);
        let decided = [self.seen.route.author, self.seen.route.load_by].into_iter().flatten();
        let mut all: Vec<Uuid> = said.chain(signed).chain(decided).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    pub fn name(&self, id: Option<Uuid>) -> &str {
        id.and_then(|id| self.names.get(&id)).map_or("", String::as_str)
    }
}

pub async fn show(visit: Visit, Path(id): Path<RouteId>) -> Result<Markup, Fault> {
    let record = Record::load(&visit, id).await?;
    Ok(view::record::page(&visit, &record))
}

pub async fn say(visit: Visit, Path(id): Path<RouteId>, sent: Sent<WordForm>) -> Result<Response, Fault> {
    match progress::say(&visit, &sent.once(&visit, &format!("routes.say {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-route-word")),
        Err(Fault::Invalid(problems)) => {
            let record = Record { typed: sent.data.clone(), problems, ..Record::load(&visit, id).await? };
            Ok(mend(view::record::page(&visit, &record)))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn accept(
    visit: Visit,
    Path((id, step)): Path<(RouteId, StepId)>,
    sent: Sent<Press>,
) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("routes.accept {step}"));
    Ok(go(&deeds::accept(&visit, &once, id, step).await?, "done-route-accepted"))
}

/// A step of the viewer's, for a form; the look is noted.
async fn one(visit: &Visit, id: RouteId, step: StepId) -> Result<(Seen, Step), Fault> {
    let seen = access::open(visit, id).await?;
    let step = seen.step(step)?.clone();
    Ok((seen, step))
}

pub async fn declination(visit: Visit, Path((id, step)): Path<(RouteId, StepId)>) -> Result<Markup, Fault> {
    let (seen, step) = one(&visit, id, step).await?;
    Ok(view::deed::declination(&visit, &seen, &step, &DeedForm::default(), &Problems::default()))
}

pub async fn decline(
    visit: Visit,
    Path((id, step)): Path<(RouteId, StepId)>,
    sent: Sent<DeedForm>,
) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("routes.decline {step}"));
    match deeds::decline(&visit, &once, id, step, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-route-declined")),
        Err(Fault::Invalid(problems)) => {
            let (seen, step) = one(&visit, id, step).await?;
            Ok(mend(view::deed::declination(&visit, &seen, &step, &sent.data, &problems)))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn outcome(visit: Visit, Path((id, step)): Path<(RouteId, StepId)>) -> Result<Markup, Fault> {
    let (seen, step) = progress::to_settle(&visit, id, step).await?;
    access::note(&visit, vec![seen.route.learner]).await?;
    let form = OutcomeForm { state: "completed".into(), ..OutcomeForm::default() };
    Ok(view::deed::outcome(&visit, &seen, &step, &form, &Problems::default()))
}

pub async fn settle(
    visit: Visit,
    Path((id, step)): Path<(RouteId, StepId)>,
    sent: Sent<OutcomeForm>,
) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("routes.settle {step}"));
    match progress::settle(&visit, &once, id, step, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-route-settled")),
        Err(Fault::Invalid(problems)) => {
            let (seen, step) = one(&visit, id, step).await?;
            Ok(mend(view::deed::outcome(&visit, &seen, &step, &sent.data, &problems)))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn visits(visit: Visit, Path((id, step)): Path<(RouteId, StepId)>) -> Result<Markup, Fault> {
    let (seen, step) = progress::to_settle(&visit, id, step).await?;
    access::note(&visit, vec![seen.route.learner]).await?;
    let known = progress::visits(&visit, &seen, &step).await?;
    Ok(view::deed::visits(&visit, &seen, &step, &known))
}

pub async fn tie(
    visit: Visit,
    Path((id, step)): Path<(RouteId, StepId)>,
    sent: Sent<VisitsForm>,
) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("routes.tie {step}"));
    Ok(go(&progress::tie(&visit, &once, id, step, &sent.data).await?, "done-route-visits"))
}

/// The deed of an address; one of another part of the table of rights is not there.
fn deed_of(code: &str, needs: Permission) -> Result<Deed, Fault> {
    code.parse().ok().filter(|deed: &Deed| deed.needs() == needs).ok_or(Fault::NotFound)
}

async fn deed_page(
    visit: &Visit,
    id: RouteId,
    deed: Deed,
    form: &DeedForm,
    problems: &Problems,
) -> Result<Markup, Fault> {
    let seen = access::within(visit, id).await?;
    deed.demand(visit, &seen)?;
    access::note(visit, vec![seen.route.learner]).await?;
    let warned = match deed {
        Deed::Offer => compose::warnings(visit, &seen.route, &seen.steps).await?,
        _ => Vec::new(),
    };
    Ok(view::deed::page(visit, &seen, deed, &warned, form, problems))
}

pub async fn deed(visit: Visit, Path((id, code)): Path<(RouteId, String)>) -> Result<Markup, Fault> {
    deed_page(&visit, id, deed_of(&code, EDIT)?, &DeedForm::default(), &Problems::default()).await
}

pub async fn consent(visit: Visit, Path((id, code)): Path<(RouteId, String)>) -> Result<Markup, Fault> {
    deed_page(&visit, id, deed_of(&code, AGREE)?, &DeedForm::default(), &Problems::default()).await
}

async fn done(visit: &Visit, id: RouteId, deed: Deed, sent: &Sent<DeedForm>) -> Result<Response, Fault> {
    let once = sent.once(visit, &format!("routes.{} {id}", deed.code()));
    match deeds::carry_out(visit, &once, id, deed, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-route-deed")),
        Err(Fault::Invalid(problems)) => Ok(mend(deed_page(visit, id, deed, &sent.data, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

pub async fn carry_out(
    visit: Visit,
    Path((id, code)): Path<(RouteId, String)>,
    sent: Sent<DeedForm>,
) -> Result<Response, Fault> {
    done(&visit, id, deed_of(&code, EDIT)?, &sent).await
}

pub async fn answer_for_child(
    visit: Visit,
    Path((id, code)): Path<(RouteId, String)>,
    sent: Sent<DeedForm>,
) -> Result<Response, Fault> {
    done(&visit, id, deed_of(&code, AGREE)?, &sent).await
}

pub async fn approve(visit: Visit, Path(id): Path<RouteId>, sent: Sent<DeedForm>) -> Result<Response, Fault> {
    done(&visit, id, Deed::Approve, &sent).await
}

/// A version, if the viewer sees the whole route; the look is noted.
async fn content(visit: &Visit, id: RouteId, number: i64) -> Result<(Seen, Content), Fault> {
    let seen = access::open(visit, id).await?;
    if seen.way == Way::Partner {
        return Err(Fault::NotFound);
    }
    let content = store::version(&visit.net, id, number).await?.ok_or(Fault::NotFound)?;
    Ok((seen, content))
}

pub async fn version(visit: Visit, Path((id, number)): Path<(RouteId, String)>) -> Result<Markup, Fault> {
    let number: i64 = number.parse().map_err(|_| Fault::NotFound)?;
    let (seen, content) = content(&visit, id, number).await?;
    let before = store::version(&visit.net, id, number - 1).await?;
    let versions = store::versions(&visit.net, id).await?;
    let this = versions.iter().find(|v| v.number == number).ok_or(Fault::NotFound)?;
    let names = people::names(&visit.net, this.approved_by.as_slice()).await?;
    let approved = this.approved_by.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
    Ok(view::version::page(&visit, &seen, this, &approved, &content, before.as_ref()))
}

/// Which version is printed; the route as it stands unless said.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Printed {
    version: String,
}

pub async fn paper(
    visit: Visit,
    Path((id, format)): Path<(RouteId, String)>,
    Query(printed): Query<Printed>,
) -> Result<Response, Fault> {
    let format: Format = format.parse().map_err(|_| Fault::NotFound)?;
    let record = Record::load(&visit, id).await?;
    if record.seen.way == Way::Partner {
        return Err(Fault::NotFound);
    }
    let (content, number) = match printed.version.parse::<i64>() {
        Ok(number) => (store::version(&visit.net, id, number).await?.ok_or(Fault::NotFound)?, number),
        Err(_) => (Content::of(&record.seen.route, &record.seen.steps), record.seen.route.number.max(1)),
    };
    let leads = organisations::open(&visit, record.seen.route.organisation).await?;
    let paper = paper::of(&visit, &record, &content, number, &leads);
    papers::answer(&visit, paper, format, "individualnyy-marshrut").await
}
