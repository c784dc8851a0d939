//! Pages of consents: extract, call, answer.
use super::{
    Consent, ConsentId,
    collect::{self, Asked, StackForm, TickForm},
    forms::{self, PrintForm},
    grounds::{self, NeedsForm},
    record::{self, AskForm, PermitForm},
    scan, store, url, view,
};
use crate::{
    app::App,
    organisations::{self, OrganisationId},
    people::PersonId,
};
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use kit::{
    Fault, Visit,
    form::Problems,
    http::{Path, Query, Sent, go},
};
use maud::Markup;
use serde::Deserialize;
use uuid::Uuid;

pub async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Markup, Fault> {
    list_page(&visit, &asked, &TickForm::default(), &Problems::default()).await
}

async fn list_page(visit: &Visit, asked: &Asked, typed: &TickForm, problems: &Problems) -> Result<Markup, Fault> {
    let desk = collect::desk(visit, asked).await?;
    Ok(view::list::page(visit, asked, &desk, typed, problems))
}

fn mend(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

pub async fn tick(visit: Visit, sent: Sent<TickForm>) -> Result<Response, Fault> {
    match collect::tick(&visit, &sent.once(&visit, "consents.tick"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-consents-ticked")),
        Err(Fault::Invalid(problems)) => {
            let asked: Asked = serde_html_form::from_str(&sent.data.asked).unwrap_or_default();
            Ok(mend(list_page(&visit, &asked, &sent.data, &problems).await?))
        }
        Err(fault) => Err(fault),
    }
}

/// A form with nothing but its key.
#[derive(Deserialize, Default)]
pub struct Press {}

pub async fn take_back(visit: Visit, Path(batch): Path<Uuid>, sent: Sent<Press>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("consents.take-back {batch}"));
    Ok(go(&collect::take_back(&visit, &once, batch).await?, "done-consents-taken-back"))
}

pub async fn print(State(app): State<App>, visit: Visit, sent: Sent<PrintForm>) -> Result<Response, Fault> {
    match forms::make(&visit, &sent.once(&visit, "consents.print"), &sent.data).await {
        Ok(done) => {
            let ids = done.body.as_ref().and_then(|body| body.get("forms")).cloned().unwrap_or_default();
            let ids: Vec<ConsentId> = serde_json::from_value(ids).map_err(anyhow::Error::from)?;
            pdf(&app, &visit, &ids).await
        }
        Err(Fault::Invalid(problems)) => {
            let form = &sent.data;
            let asked = Asked {
                organisation: form.organisation.clone(),
                class: form.class.clone(),
                q: form.q.clone(),
                ..Asked::default()
            };
            Ok(mend(list_page(&visit, &asked, &TickForm::default(), &problems).await?))
        }
        Err(fault) => Err(fault),
    }
}

async fn pdf(app: &App, visit: &Visit, ids: &[ConsentId]) -> Result<Response, Fault> {
    let sheets = forms::sheets(visit, ids, app.options.public_url.as_deref()).await?;
    let day = visit.today;
    // Milliseconds of a processor for each sheet: not on the threads that serve requests.
    let bytes = tokio::task::spawn_blocking(move || lay_out(&sheets, day)).await.map_err(anyhow::Error::from)??;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"consents.pdf\""),
    ];
    Ok((headers, bytes).into_response())
}

#[cfg(feature = "pdf")]
fn lay_out(sheets: &[super::sheet::Sheet], day: chrono::NaiveDate) -> Result<Vec<u8>, anyhow::Error> {
    Ok(documents::pdf::render(documents::pdf::Template::Consents, &sheets, day)?)
}

#[cfg(not(feature = "pdf"))]
fn lay_out(_: &[super::sheet::Sheet], _: chrono::NaiveDate) -> Result<Vec<u8>, anyhow::Error> {
    Err(anyhow::anyhow!("this program was built without the feature `pdf`"))
}

pub async fn file(State(app): State<App>, visit: Visit, Path(id): Path<ConsentId>) -> Result<Response, Fault> {
    record::open(&visit, id).await?;
    pdf(&app, &visit, &[id]).await
}

pub async fn stack(visit: Visit) -> Result<Markup, Fault> {
    let form = StackForm { signed_on: visit.today.to_string(), ..StackForm::default() };
    Ok(view::stack::page(&visit, &form, None, &Problems::default()))
}

pub async fn scans(visit: Visit, posted: scan::Posted) -> Result<Response, Fault> {
    let signed_on = visit.today.to_string();
    match scan::look(&visit, posted).await {
        Ok(stack) => {
            let forms = stack.found.iter().map(|f| f.number.to_string()).collect();
            let form = StackForm { signed_on, forms, ..StackForm::default() };
            Ok(view::stack::page(&visit, &form, Some(&stack), &Problems::default()).into_response())
        }
        Err(Fault::Invalid(problems)) => {
            let form = StackForm { signed_on, ..StackForm::default() };
            Ok(mend(view::stack::page(&visit, &form, None, &problems)))
        }
        Err(fault) => Err(fault),
    }
}

pub async fn register(visit: Visit, sent: Sent<StackForm>) -> Result<Response, Fault> {
    match collect::register(&visit, &sent.once(&visit, "consents.register"), &sent.data).await {
        Ok(done) => Ok(go(&done, "done-consents-ticked")),
        Err(Fault::Invalid(problems)) => {
            let found = scan::recognised(&visit, &sent.data.ticked()).await?;
            let stack = (!found.is_empty()).then(|| scan::Stack { found, left: Vec::new() });
            Ok(mend(view::stack::page(&visit, &sent.data, stack.as_ref(), &problems)))
        }
        Err(fault) => Err(fault),
    }
}

/// Where the code on a sheet leads.
pub async fn numbered(visit: Visit, Path(number): Path<i64>) -> Result<Redirect, Fault> {
    let id = store::list::numbered(&visit.net, number).await?.ok_or(Fault::NotFound)?;
    record::open(&visit, ConsentId(id)).await?;
    Ok(Redirect::to(&url(ConsentId(id))))
}

pub async fn show(visit: Visit, Path(id): Path<ConsentId>) -> Result<Markup, Fault> {
    shown(&visit, id, &Problems::default()).await
}

async fn shown(visit: &Visit, id: ConsentId, problems: &Problems) -> Result<Markup, Fault> {
    let (consent, child, rights) = record::open(visit, id).await?;
    let page = view::record::Shown {
        names: organisation_names(visit, std::slice::from_ref(&consent)).await?,
        signer: match consent.signer {
            Some(person) => crate::people::find_name(&visit.net, person).await?.map(|name| name.full()),
            None => None,
        },
        signs_here: store::list::signs_here(&visit.net).await?,
        consent,
        child,
        rights,
    };
    Ok(view::record::page(visit, &page, problems))
}

/// The usual names of operators and recipients.
async fn organisation_names(visit: &Visit, consents: &[Consent]) -> Result<Vec<(OrganisationId, String)>, Fault> {
    let ids: Vec<Uuid> =
        consents.iter().flat_map(|c| [Some(c.organisation.0), c.recipient.map(|r| r.0)]).flatten().collect();
    Ok(organisations::listed(&visit.net, &ids).await?.into_iter().map(|o| (o.id, o.short_name)).collect())
}

pub async fn permit(visit: Visit, Path(id): Path<ConsentId>, sent: Sent<PermitForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("consents.permit {id}"));
    match record::permit(&visit, &once, id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-consent-permitted")),
        Err(Fault::Invalid(problems)) => Ok(mend(shown(&visit, id, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

pub async fn sign(visit: Visit, Path(id): Path<ConsentId>, sent: Sent<PermitForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("consents.sign {id}"));
    match record::sign(&visit, &once, id, &sent.data).await {
        Ok(done) => Ok(go(&done, "done-consent-signed")),
        Err(Fault::Invalid(problems)) => Ok(mend(shown(&visit, id, &problems).await?)),
        Err(fault) => Err(fault),
    }
}

pub async fn of_child(visit: Visit, Path(learner): Path<PersonId>) -> Result<Markup, Fault> {
    let (child, rights) = record::child(&visit, learner).await?;
    let consents = store::of_learner(&visit.net, learner).await?;
    let collected = collect::collected(&visit, child.organisation).await?;
    let signs_here = store::list::signs_here(&visit.net).await?;
    let names = organisation_names(&visit, &consents).await?;
    let shown = view::child::Shown { child, rights, consents, collected, signs_here, names };
    Ok(view::child::page(&visit, &shown))
}

pub async fn ask(visit: Visit, Path(learner): Path<PersonId>, sent: Sent<AskForm>) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("consents.ask {learner}"));
    Ok(go(&record::ask(&visit, &once, learner, &sent.data).await?, "done-consent-asked"))
}

pub async fn grounds(visit: Visit) -> Result<Markup, Fault> {
    let own = grounds::own(&visit).await?;
    let signs_here = store::list::signs_here(&visit.net).await?;
    Ok(view::grounds::page(&visit, &own, signs_here))
}

pub async fn put_needs(visit: Visit, sent: Sent<NeedsForm>) -> Result<Response, Fault> {
    let done = grounds::put(&visit, &sent.once(&visit, "consents.needs"), &sent.data).await?;
    Ok(go(&done, "done-consent-needs"))
}

pub async fn put_signing(visit: Visit, sent: Sent<grounds::SigningForm>) -> Result<Response, Fault> {
    let done = grounds::put_signing(&visit, &sent.once(&visit, "consents.signing"), &sent.data).await?;
    Ok(go(&done, "done-consent-needs"))
}
