//! Resources for programs.
use super::{
    ExceptionForm, VIEW_USE, add,
    calendar::Calendar,
    change,
    competence::Competences,
    form::ResourceForm,
    list::{self, Asked},
    load,
    model::{Class, Resource, ResourceId, ResourceState},
    move_to, open,
    schedule::{Schedule, Span},
    store::{self, Read},
};
use axum::{
    Json,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use kit::{
    Fault, Visit,
    cursor::{Cursor, page_size},
    form::{Problems, tidy},
    http::{Path, Query, Sent, answer, etag, patched},
    text::Message,
};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::OpenApi;

pub fn document() -> utoipa::openapi::OpenApi {
    #[derive(OpenApi)]
    #[openapi(paths(list, create, show, update, availability, publish, pause, close, add_exception, remove_exception))]
    struct Part;
    Part::openapi()
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Paging {
    page_size: Option<i64>,
    cursor: String,
}

/// What organisations offer.
#[utoipa::path(get, path = "/api/v1/resources",
    params(("class" = Option<String>, Query, description = "staff, technological, methodical"),
           ("kind" = Option<String>, Query, description = "laboratory, workshop, classroom, hall, sport, equipment, transport, pedagogue, psychologist, course, methodical, other"),
           ("owner" = Option<uuid::Uuid>, Query, description = "the organisation that gives"),
           ("q" = Option<String>, Query, description = "a part of the name"),
           ("age" = Option<i64>, Query, description = "fit for this age, in years"),
           ("loanable" = Option<bool>, Query, description = "may be taken away"),
           ("state" = Option<String>, Query, description = "draft, published, paused, closed"),
           ("free_from" = Option<String>, Query, description = "free from this moment (RFC 3339), or some time from this day on"),
           ("free_to" = Option<String>, Query, description = "up to this moment or day"),
           ("headcount" = Option<i64>, Query, description = "free for so many people"),
           ("hour_from" = Option<String>, Query, description = "within the day not before, HH:MM"),
           ("hour_to" = Option<String>, Query, description = "within the day not after, HH:MM"),
           ("minutes" = Option<i64>, Query, description = "free for at least so long; 45 unless said"),
           ("focus" = Option<String>, Query, description = "the owner works in this focus"),
           ("subject" = Option<String>, Query, description = "its person teaches this subject"),
           ("form" = Option<String>, Query, description = "its person works so: consultation, visiting_lesson, master_class, contest_preparation, project_supervision, seminar, diagnostics, psychological_support"),
           ("within" = Option<f64>, Query, description = "not further than so many kilometres from the viewer's organisations"),
           ("page_size" = Option<i64>, Query, description = "1 to 200, 50 unless said"),
           ("cursor" = Option<String>, Query, description = "next_cursor of the page before")),
    responses((status = 200, description = "`{items: [{id, name, class, kind, sharing, owner, capacity, …}], next_cursor, total}`"), (status = 422, description = "a code that is none")))]
pub async fn list(visit: Visit, Query(asked): Query<Asked>, Query(paging): Query<Paging>) -> Result<Response, Fault> {
    let filter = asked.filter(&visit);
    let known = [
        ("class", &asked.class, filter.class.is_some()),
        ("kind", &asked.kind, filter.kind.is_some()),
        ("owner", &asked.owner, filter.owner.is_some()),
        ("state", &asked.state, filter.state.is_some()),
        ("focus", &asked.focus, filter.focus.is_some()),
        ("form", &asked.form, filter.form.is_some()),
        ("age", &asked.age, filter.age.is_some()),
        ("headcount", &asked.headcount, asked.headcount.parse::<i64>().is_ok_and(|n| n > 0)),
    ];
    // A program that asks for an unknown kind is told so; a person's old link just shows all.
    for (field, text, is_known) in known {
        if !text.is_empty() && !is_known {
            return Err(Fault::field(field, Message::new("form-unknown-code").with("code", text)));
        }
    }
    let cursor = if paging.cursor.is_empty() { None } else { Some(Cursor::decode(&paging.cursor)?) };
    let slice = list::list(&visit, &asked, cursor.as_ref(), page_size(paging.page_size)).await?;
    Ok(Json(slice).into_response())
}

/// One resource.
#[utoipa::path(get, path = "/api/v1/resources/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "the resource, with its ETag"), (status = 404, description = "unknown")))]
pub async fn show(visit: Visit, Path(id): Path<ResourceId>) -> Result<Response, Fault> {
    let r = open(&visit, id).await?;
    let schedule = schedule(&visit, id).await?;
    let mut body = whole(&visit, &r, &schedule);
    if let (Some(map), Class::Staff) = (body.as_object_mut(), r.class) {
        let able = able(&visit, id).await?;
        map.insert("subjects".into(), json!(able.subjects));
        map.insert("forms".into(), json!(able.forms));
    }
    Ok((etag(r.version), Json(body)).into_response())
}

/// What its person can do.
async fn able(visit: &Visit, id: ResourceId) -> Result<Competences, Fault> {
    let mut all = store::competences(&mut Read::Net(&visit.net), &[id]).await?;
    Ok(all.remove(&id).unwrap_or_default())
}

async fn schedule(visit: &Visit, id: ResourceId) -> Result<Schedule, Fault> {
    let window = Span::new(visit.now, visit.now + Duration::days(366));
    let mut all = store::schedules(&mut Read::Net(&visit.net), &[id], window).await?;
    Ok(all.remove(&id).unwrap_or_default())
}

fn whole(visit: &Visit, r: &Resource, schedule: &Schedule) -> Value {
    // People are not for guests.
    let is_guest = visit.viewer.is_guest();
    let (person, decides) = if is_guest { (None, None) } else { (r.person_id, r.decides_name.as_deref()) };
    json!({
        "id": r.id, "name": r.name, "class": r.class, "kind": r.kind, "sharing": r.sharing,
        "owner": { "id": r.owner_id, "name": r.owner_name }, "capacity": r.capacity, "state": r.state,
        "description": r.description, "person_id": person, "place": r.place, "travels": r.travels,
        "safety": r.safety, "conditions": r.conditions, "audience": r.audience, "age_from": r.age_from, "age_to": r.age_to,
        "subject": r.subject, "licence": r.licence, "loanable": r.loanable, "inventory_number": r.inventory_number,
        "hours_per_week": r.hours_per_week, "decides_name": decides, "answer_days": r.answer_days,
        "lead_days": r.lead_days, "cancel_rule": r.cancel_rule, "hours": schedule.hours, "exceptions": schedule.exceptions,
        "updated_at": r.updated_at, "version": r.version,
    })
}

/// Adds a resource as a draft. Takes `Idempotency-Key`.
#[utoipa::path(post, path = "/api/v1/resources",
    responses((status = 201, description = "`{id, state}`"), (status = 403, description = "not yours to do"), (status = 422, description = "fields to mend")))]
pub async fn create(visit: Visit, sent: Sent<ResourceForm>) -> Result<Response, Fault> {
    Ok(answer(add(&visit, &sent.once(&visit, "resources.add"), &sent.data).await?))
}

/// Changes a resource; fields that are not sent stay. `If-Match` guards against overwriting
/// somebody else's change.
#[utoipa::path(patch, path = "/api/v1/resources/{id}", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, version}`"), (status = 404, description = "unknown"), (status = 409, description = "changed by somebody else, or more is promised than there would be"), (status = 422, description = "fields to mend")))]
pub async fn update(
    visit: Visit,
    Path(id): Path<ResourceId>,
    headers: HeaderMap,
    sent: Sent<serde_json::Map<String, Value>>,
) -> Result<Response, Fault> {
    let r = open(&visit, id).await?;
    let forms = able(&visit, id).await?.forms;
    let now = ResourceForm::of(&r, &schedule(&visit, id).await?.hours, &forms);
    // JSON says «nothing» with null, a form with an empty text.
    let texts =
        sent.data.iter().map(|(k, v)| (k.clone(), if v.is_null() { Value::String(String::new()) } else { v.clone() }));
    let form = patched(&now, texts.collect(), &headers)?;
    let once = sent.once(&visit, &format!("resources.change {id}"));
    Ok(answer(change(&visit, &once, id, &form).await?))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Period {
    from: String,
    to: String,
}

/// Longest period that one answer covers.
const PERIOD: Duration = Duration::days(92);

impl Period {
    /// Two weeks from now on unless asked; days count whole.
    fn read(&self, now: DateTime<Utc>) -> Result<Span, Fault> {
        let mut problems = Problems::default();
        let mut read = |field: &'static str, text: &str, plus: i64| {
            let text = tidy(text)?;
            let day = text.parse::<NaiveDate>().ok().map(|day| kit::clock::start_of_day(day + Duration::days(plus)));
            let moment = day.or_else(|| super::fields::read_moment(&text));
            if moment.is_none() {
                problems.add(field, Message::new("form-bad-moment"));
            }
            moment
        };
        let from = read("from", &self.from, 0).unwrap_or(now);
        let to = read("to", &self.to, 1).unwrap_or(from + Duration::days(14));
        if problems.is_empty() && !(from < to && to - from <= PERIOD) {
            problems.add("to", Message::new("form-bad-span"));
        }
        problems.into_result(Span::new(from, to))
    }
}

/// When it is free, and for how many; what is taken, without saying by whom to others.
#[utoipa::path(get, path = "/api/v1/resources/{id}/availability",
    params(("id" = uuid::Uuid, Path, description = "id"),
           ("from" = Option<String>, Query, description = "RFC 3339 or a day; now unless said"),
           ("to" = Option<String>, Query, description = "RFC 3339 or a day (included); two weeks unless said, at most 92 days")),
    responses((status = 200, description = "`{resource_id, from, to, sharing, capacity, open, free: [{starts_at, ends_at, remaining}], busy: [{starts_at, ends_at, taken, remaining, by?}]}`"),
              (status = 404, description = "unknown"), (status = 422, description = "no such period")))]
pub async fn availability(
    visit: Visit,
    Path(id): Path<ResourceId>,
    Query(period): Query<Period>,
) -> Result<Response, Fault> {
    let r = open(&visit, id).await?;
    let window = period.read(visit.now)?;
    let calendar = Calendar::load(&mut Read::Net(&visit.net), std::slice::from_ref(&r), window).await?;
    Ok(Json(picture(&visit, &r, &calendar, window)).into_response())
}

/// The calendar of a resource as JSON.
fn picture(visit: &Visit, r: &Resource, calendar: &Calendar, window: Span) -> Value {
    let capacity = r.capacity();
    let loads = calendar.loads(r);
    // For whoever asks: the owner needs no lead time.
    let is_own = visit.viewer.organisations().contains(&r.owner_id.0);
    let by = if is_own { r.owner_id } else { crate::organisations::OrganisationId(uuid::Uuid::nil()) };
    let from = window.start.max(r.earliest(by, visit.now));
    let open = calendar.open(r.id, window);
    let one = super::Want { headcount: 1, units: 1, place_id: Some(r.owner_id) };
    let gaps = if r.is_bookable() && from < window.end {
        calendar.free(r, one, Span::new(from, window.end), true)
    } else {
        Vec::new()
    };
    let free: Vec<Value> = gaps
        .iter()
        .flat_map(|gap| load::profile(*gap, &loads))
        .map(|slice| json!({ "starts_at": slice.span.start, "ends_at": slice.span.end, "remaining": capacity.left(slice.amount) }))
        .collect();
    let taken = load::profile(window, &loads);
    let busy: Vec<Value> = taken
        .iter()
        .filter(|slice| slice.amount > 0)
        .map(|slice| {
            let mut block = json!({ "starts_at": slice.span.start, "ends_at": slice.span.end, "taken": slice.amount, "remaining": capacity.left(slice.amount) });
            let by = who(visit, r, calendar, slice.span);
            if let (false, Some(map)) = (by.is_empty(), block.as_object_mut()) {
                map.insert("by".into(), by.into());
            }
            block
        })
        .collect();
    json!({
        "resource_id": r.id, "from": window.start, "to": window.end, "sharing": r.sharing, "capacity": r.capacity,
        "open": open, "free": free, "busy": busy,
    })
}

/// The bookings of a span that this viewer may know of: as a side or as the department.
fn who(visit: &Visit, r: &Resource, calendar: &Calendar, span: Span) -> Vec<Value> {
    let reach = visit.viewer.reach(VIEW_USE);
    let is_side = |organisation: uuid::Uuid| reach.covers(Some(r.owner_id.0)) || reach.covers(Some(organisation));
    let known = calendar.holds(r.id).iter().filter(|h| h.span.overlaps(span) && is_side(h.organisation_id.0));
    known.map(|h| json!({ "booking_id": h.id, "organisation_id": h.organisation_id, "headcount": h.headcount, "units": h.units })).collect()
}

#[derive(Deserialize, Default)]
pub struct Press {}

async fn to_state(visit: &Visit, id: ResourceId, sent: &Sent<Press>, next: ResourceState) -> Result<Response, Fault> {
    let once = sent.once(visit, &format!("resources.{} {id}", next.code()));
    Ok(answer(move_to(visit, &once, id, next).await?))
}

/// Shows the resource to all.
#[utoipa::path(post, path = "/api/v1/resources/{id}/publication", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state}`"), (status = 409, description = "not from this state")))]
pub async fn publish(visit: Visit, Path(id): Path<ResourceId>, sent: Sent<Press>) -> Result<Response, Fault> {
    to_state(&visit, id, &sent, ResourceState::Published).await
}

/// Takes no more requests for a while.
#[utoipa::path(post, path = "/api/v1/resources/{id}/pause", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state}`"), (status = 409, description = "not from this state")))]
pub async fn pause(visit: Visit, Path(id): Path<ResourceId>, sent: Sent<Press>) -> Result<Response, Fault> {
    to_state(&visit, id, &sent, ResourceState::Paused).await
}

/// Closes it for good; what is agreed stays.
#[utoipa::path(post, path = "/api/v1/resources/{id}/closure", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id, state}`"), (status = 409, description = "not from this state")))]
pub async fn close(visit: Visit, Path(id): Path<ResourceId>, sent: Sent<Press>) -> Result<Response, Fault> {
    to_state(&visit, id, &sent, ResourceState::Closed).await
}

/// Gives some days other hours, or none: `{on, until, hours, reason}`.
#[utoipa::path(post, path = "/api/v1/resources/{id}/exceptions", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id}`"), (status = 422, description = "fields to mend")))]
pub async fn add_exception(
    visit: Visit,
    Path(id): Path<ResourceId>,
    sent: Sent<ExceptionForm>,
) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("resources.except {id}"));
    Ok(answer(super::add_exception(&visit, &once, id, &sent.data).await?))
}

/// Takes an exception back: `{on}`.
#[utoipa::path(post, path = "/api/v1/resources/{id}/exceptions/removal", params(("id" = uuid::Uuid, Path, description = "id")),
    responses((status = 200, description = "`{id}`"), (status = 404, description = "no exception on that day")))]
pub async fn remove_exception(
    visit: Visit,
    Path(id): Path<ResourceId>,
    sent: Sent<ExceptionForm>,
) -> Result<Response, Fault> {
    let once = sent.once(&visit, &format!("resources.unexcept {id}"));
    Ok(answer(super::remove_exception(&visit, &once, id, &sent.data).await?))
}
