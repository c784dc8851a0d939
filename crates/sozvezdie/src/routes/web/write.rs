//! Forms of a route and of its steps.
use super::{Press, mend};
use crate::{
    organisations, resources,
    routes::{
        EDIT, access, compose,
        form::{RouteForm, StepForm},
        model::{Route, RouteId, StepId},
        store, view,
    },
    shell::{AcademicYear, drafts},
};
use axum::response::Response;
use kit::{
    Fault, Visit,
    access::Reach,
    form::Problems,
    http::{Path, Query, Sent, go},
    once::Done,
};
use maud::Markup;
use serde::Deserialize;
use uuid::Uuid;

/// Children and organisations offered in a form; more than that is searched for.
const CHOICES: i64 = 2_000;

/// What is chosen from in the form of a new route.
pub struct Choices {
    pub learners: Vec<(String, String)>,
    pub organisations: Vec<(String, String)>,
    pub templates: Vec<(String, String)>,
}

impl Choices {
    async fn load(visit: &Visit) -> Result<Self, Fault> {
        let (staff, _) = access::scopes(visit).await?;
        let learners = store::learner_choices(&visit.net, &staff, CHOICES).await?;
        let named: Vec<_> = learners.iter().map(|(id, ..)| *id).collect();
        access::note(visit, named).await?;
        let reach = visit.viewer.reach(EDIT);
        let active = organisations::active(&visit.net).await?;
        let own = active.into_iter().filter(|o| reach.covers(Some(o.id.0)));
        let words = |(id, name, class): (crate::people::PersonId, String, Option<String>)| {
            (id.to_string(), class.map_or(name.clone(), |class| format!("{name}, {class}")))
        };
        let templates = store::templates(&visit.net).await?;
        Ok(Self {
            learners: learners.into_iter().map(words).collect(),
            organisations: own.map(|o| (o.id.to_string(), o.short_name)).collect(),
            templates: templates
                .into_iter()
                .map(|(id, title, whose)| (id.to_string(), format!("{title} · {whose}")))
                .collect(),
        })
    }
}

/// What a new route begins with.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Begun {
    learner: String,
    template: String,
}

pub async fn new(visit: Visit, Query(begun): Query<Begun>) -> Result<Markup, Fault> {
    let draft: Option<RouteForm> = drafts::find(&visit, "route-new").await?;
    let mut form = draft.clone().unwrap_or_else(|| fresh(&visit));
    if !begun.learner.is_empty() {
        form.learner = begun.learner;
    }
    if let Ok(id) = begun.template.parse::<Uuid>()
        && let Some(content) = store::template(&visit.net, id).await?
    {
        form = RouteForm {
            template: id.to_string(),
            title: content.title,
            note: content.note,
            goal: content.goal,
            tasks: content.tasks,
            support: content.support,
            results: content.results,
            ..form
        };
    }
    let choices = Choices::load(&visit).await?;
    Ok(view::form::page(&visit, None, &form, Some(&choices), &Problems::default(), draft.is_some()))
}

/// From today until the end of the school year.
fn fresh(visit: &Visit) -> RouteForm {
    let end = i32::try_from(AcademicYear::of(visit.today).next().0)
        .ok()
        .and_then(|y| chrono::NaiveDate::from_ymd_opt(y, 5, 31));
    let until = end.filter(|end| *end > visit.today).map(|end| end.to_string()).unwrap_or_default();
    RouteForm { from: visit.today.to_string(), until, ..RouteForm::default() }
}

pub async fn create(visit: Visit, sent: Sent<RouteForm>) -> Result<Response, Fault> {
    match compose::add(&visit, &sent.once(&visit, "routes.add"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-route-added")),
        Err(Fault::Invalid(problems)) => {
            let choices = Choices::load(&visit).await?;
            Ok(mend(view::form::page(&visit, None, &sent.data, Some(&choices), &problems, false)))
        }
        Err(fault) => Err(fault),
    }
}

/// The route that is to be written on; the look is noted.
async fn written(visit: &Visit, id: RouteId) -> Result<Route, Fault> {
    let seen = access::to_lead(visit, id).await?;
    compose::is_written(visit, &seen.route)?;
    access::note(visit, vec![seen.route.learner]).await?;
    Ok(seen.route)
}

pub async fn edit(visit: Visit, Path(id): Path<RouteId>) -> Result<Markup, Fault> {
    let route = written(&visit, id).await?;
    let draft: Option<RouteForm> = drafts::find(&visit, &format!("route-{id}")).await?;
    let form = draft.clone().unwrap_or_else(|| RouteForm::of(&route));
    Ok(view::form::page(&visit, Some(&route), &form, None, &Problems::default(), draft.is_some()))
}

pub async fn update(visit: Visit, Path(id): Path<RouteId>, sent: Sent<RouteForm>) -> Result<Response, Fault> {
    match compose::change(&visit, &sent.once(&visit, &format!("routes.change {id}")), id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-route-changed")),
        Err(Fault::Invalid(problems)) => {
            let route = written(&visit, id).await?;
            Ok(mend(view::form::page(&visit, Some(&route), &sent.data, None, &problems, false)))
        }
        // What was typed stays; saved again, it stands instead of theirs.
        Err(Fault::Conflict(conflict)) if conflict.code == "stale" => {
            let route = written(&visit, id).await?;
            let mine = RouteForm { version: route.version.to_string(), ..sent.data.clone() };
            Ok(view::form::stale(&visit, &route, &mine, &conflict.message))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn keep_template(visit: Visit, Path(id): Path<RouteId>, sent: Sent<Press>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("routes.template {id}"));
    Ok(go(&compose::keep_template(&visit, &once, id).await?, "done-route-template"))
}

/// What is looked for among the offers of the exchange.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Looked {
    pub q: String,
}

pub async fn offers(visit: Visit, Path(id): Path<RouteId>, Query(looked): Query<Looked>) -> Result<Markup, Fault> {
    let route = written(&visit, id).await?;
    let asked = resources::Asked { q: looked.q.clone(), ..resources::Asked::default() };
    let found = resources::list(&visit, &asked, None, 40).await?;
    Ok(view::step::offers(&visit, &route, &looked.q, &found.items, found.total))
}

/// What a new step begins with.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct StepBegun {
    resource: String,
    stage: String,
}

pub async fn new_step(visit: Visit, Path(id): Path<RouteId>, Query(begun): Query<StepBegun>) -> Result<Markup, Fault> {
    let route = written(&visit, id).await?;
    let draft: Option<StepForm> = drafts::find(&visit, &format!("route-step-{id}")).await?;
    let empty = || StepForm {
        stage: if begun.stage.is_empty() { "implementation".into() } else { begun.stage.clone() },
        kind: "module".into(),
        how: "in_person".into(),
        from: route.from.to_string(),
        until: route.until.to_string(),
        ..StepForm::default()
    };
    let mut form = StepForm { version: route.version.to_string(), ..draft.clone().unwrap_or_else(empty) };
    if let Ok(resource) = begun.resource.parse::<resources::ResourceId>() {
        let resource = resources::open(&visit, resource).await?;
        form.resource = resource.id.to_string();
        form.organisation = resource.owner_id.to_string();
        if form.title.is_empty() {
            form.title = resource.name;
        }
    }
    step_page(&visit, &route, None, &form, &Problems::default(), draft.is_some()).await
}

async fn step_page(
    visit: &Visit,
    route: &Route,
    step: Option<StepId>,
    form: &StepForm,
    problems: &Problems,
    restored: bool,
) -> Result<Markup, Fault> {
    let active = organisations::active(&visit.net).await?;
    let hosts: Vec<(String, String)> = active.into_iter().map(|o| (o.id.to_string(), o.short_name)).collect();
    let offer = match form.resource.parse::<resources::ResourceId>() {
        Ok(id) => resources::find(&visit.net, id).await?,
        Err(_) => None,
    };
    let shown = view::step::Shown { step, hosts: &hosts, offer: offer.as_ref(), restored };
    Ok(view::step::page(visit, route, &shown, form, problems))
}

pub async fn create_step(visit: Visit, Path(id): Path<RouteId>, sent: Sent<StepForm>) -> Result<Response, Fault> {
    let outcome = compose::add_step(&visit, &sent.once(&visit, &format!("routes.add-step {id}")), id, &sent.data).await;
    after_step(&visit, id, None, &sent.data, outcome).await
}

async fn after_step(
    visit: &Visit,
    id: RouteId,
    step: Option<StepId>,
    form: &StepForm,
    outcome: Result<Done, Fault>,
) -> Result<Response, Fault> {
    match outcome {
        Ok(done) => Ok(go(&done, "done-route-step")),
        Err(Fault::Invalid(problems)) => {
            let route = written(visit, id).await?;
            Ok(mend(step_page(visit, &route, step, form, &problems, false).await?))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn edit_step(visit: Visit, Path((id, step)): Path<(RouteId, StepId)>) -> Result<Markup, Fault> {
    let route = written(&visit, id).await?;
    let seen = access::within(&visit, id).await?;
    let form = StepForm::of(seen.step(step)?, route.version);
    step_page(&visit, &route, Some(step), &form, &Problems::default(), false).await
}

pub async fn update_step(
    visit: Visit,
    Path((id, step)): Path<(RouteId, StepId)>,
    sent: Sent<StepForm>,
) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("routes.change-step {step}"));
    let outcome = compose::change_step(&visit, &once, id, step, &sent.data).await;
    after_step(&visit, id, Some(step), &sent.data, outcome).await
}

pub async fn remove_step(
    visit: Visit,
    Path((id, step)): Path<(RouteId, StepId)>,
    sent: Sent<Press>,
) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("routes.remove-step {step}"));
    Ok(go(&compose::remove_step(&visit, &once, id, step).await?, "done-route-step-removed"))
}

pub async fn choose(
    visit: Visit,
    Path((id, step)): Path<(RouteId, StepId)>,
    sent: Sent<Press>,
) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("routes.choose {step}"));
    Ok(go(&compose::choose(&visit, &once, id, step).await?, "done-route-chosen"))
}

/// Whether the viewer may begin a route anywhere.
pub fn may_add(visit: &Visit) -> bool {
    visit.viewer.reach(EDIT) != Reach::Nowhere
}
