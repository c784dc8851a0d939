//! What stands in the way of a common request, line by line, and what can be had instead: said
//! before it is submitted, and in the refusal when somebody was quicker.
use super::form::{CommonDraft, LineDraft, field_of};
use crate::{
    exchange::VIEW,
    resources::{self, Clash, Hold, Known, Read, Resource, ResourceId, Span, Wish, allowed},
};
use kit::{Fault, Visit, fault::Conflict, form::Problems, text::Message};
use serde_json::{Value, json};

/// A line with its answer.
#[derive(Clone, Debug)]
pub struct Assessed {
    pub line: LineDraft,
    pub resource: Resource,
    pub wish: Wish,
    /// Rules that it breaks, at the line's own fields.
    pub problems: Problems,
    pub blocking: Vec<Hold>,
    /// The nearest times at which it could be had.
    pub spans: Vec<Span>,
    /// Others of the kind, free at the very time.
    pub others: Vec<Resource>,
}

impl Assessed {
    pub fn is_free(&self) -> bool {
        self.problems.is_empty() && self.blocking.is_empty()
    }

    async fn find_instead(&mut self, visit: &Visit, read: &mut Read<'_>) -> Result<(), Fault> {
        if self.resource.is_bookable() {
            self.spans = resources::alternatives(read, &self.resource, &self.wish, &[], visit.now).await?;
        }
        self.others = resources::others(read, &self.resource, &self.wish, visit.now).await?;
        Ok(())
    }
}

/// The resources with their calendar, outside any transaction: nobody waits for this.
///
/// # Errors
/// [`Fault::NotFound`] for one that is unknown or not for this viewer.
pub async fn look(visit: &Visit, draft: &CommonDraft) -> Result<Known, Fault> {
    let mut ids: Vec<ResourceId> = draft.lines.iter().map(|l| l.resource).collect();
    ids.sort_unstable();
    let window = resources::hull(draft.lines.iter().map(|l| draft.span_of(l)));
    let known = Known::load(&mut Read::Net(&visit.net), &ids, window).await?;
    if known.resources.values().all(|r| resources::may_be_seen(visit, r)) { Ok(known) } else { Err(Fault::NotFound) }
}

/// Every line with its answer, as things stand now.
///
/// # Errors
/// The database's.
pub async fn assess(visit: &Visit, known: &Known, draft: &CommonDraft) -> Result<Vec<Assessed>, Fault> {
    // Lines of one request may stand in one another's way: the same person at two places.
    let mut calendar = known.calendar.clone();
    let mut all = Vec::with_capacity(draft.lines.len());
    for line in &draft.lines {
        let r = known.resource(line.resource)?;
        let wish = Wish::new(visit.new_id(), r, draft.span_of(line), &draft.asker(line));
        let problems = match allowed(r, &calendar, &wish, visit.now) {
            Ok(()) => Problems::default(),
            Err(Fault::Invalid(problems)) => problems,
            Err(fault) => Problems::one("resource_id", fault.message()),
        };
        let blocking = calendar.in_the_way(r, &wish.hold);
        if problems.is_empty() && blocking.is_empty() {
            calendar.put(wish.hold.clone());
        }
        let mut one = Assessed {
            line: *line,
            resource: r.clone(),
            wish,
            problems,
            blocking,
            spans: Vec::new(),
            others: Vec::new(),
        };
        if !one.is_free() {
            one.find_instead(visit, &mut Read::Net(&visit.net)).await?;
        }
        all.push(one);
    }
    Ok(all)
}

/// The nearest times at which all lines that keep to the time of the whole could be had.
///
/// # Errors
/// The database's.
pub async fn common_times(visit: &Visit, all: &[Assessed]) -> Result<Vec<Span>, Fault> {
    let wishes: Vec<(&Resource, &Wish)> =
        all.iter().filter(|a| a.line.own_time.is_none()).map(|a| (&a.resource, &a.wish)).collect();
    if wishes.len() < 2 || all.iter().all(Assessed::is_free) {
        return Ok(Vec::new());
    }
    resources::common_times(&mut Read::Net(&visit.net), &wishes, visit.now).await
}

/// The rules that lines break, each at the field of its line.
///
/// # Errors
/// [`Fault::Invalid`].
pub fn demand_rules(all: &[Assessed]) -> Result<(), Fault> {
    let mut problems = Problems::default();
    for (n, one) in all.iter().enumerate() {
        for (field, message) in one.problems.iter() {
            problems.add(field_of(n, field), message.clone());
        }
    }
    problems.into_result(())
}

/// The refusal: every line in the way, by name, with what could be had instead.
///
/// # Errors
/// The database's.
pub async fn taken(
    visit: &Visit,
    read: &mut Read<'_>,
    foreseen: &[Assessed],
    clashes: &[Clash],
) -> Result<Fault, Fault> {
    let mut lines: Vec<Value> = Vec::with_capacity(clashes.len());
    for clash in clashes {
        let Some(one) = foreseen.iter().find(|a| a.line.resource == clash.wish.hold.resource_id) else { continue };
        let mut one = Assessed { blocking: clash.blocking.clone(), ..one.clone() };
        if one.spans.is_empty() && one.others.is_empty() {
            one.find_instead(visit, read).await?;
        }
        lines.push(to_json(visit, &one));
    }
    let names: Vec<&str> = foreseen
        .iter()
        .filter(|a| clashes.iter().any(|c| c.wish.hold.resource_id == a.line.resource))
        .map(|a| a.resource.name.as_str())
        .collect();
    let message = Message::new("common-taken").with("count", lines.len()).with("names", names.join("», «"));
    let mut details = serde_json::Map::new();
    details.insert("lines".into(), lines.into());
    Ok(Fault::Conflict(Box::new(Conflict { code: "taken".into(), message, details })))
}

/// A line's answer for programs. Who stands in the way is said only to those who may know.
pub fn to_json(visit: &Visit, a: &Assessed) -> Value {
    let seen = visit.viewer.reach(VIEW);
    let block = |h: &Hold| {
        let mut block = json!({ "starts_at": h.span.start, "ends_at": h.span.end, "headcount": h.headcount });
        if let (true, Some(map)) = (seen.covers(Some(h.organisation_id.0)), block.as_object_mut()) {
            map.insert("id".into(), json!(h.id));
            map.insert("organisation_id".into(), json!(h.organisation_id));
        }
        block
    };
    let other = |r: &Resource| json!({ "resource_id": r.id, "name": r.name, "owner": { "id": r.owner_id, "name": r.owner_name } });
    json!({
        "resource_id": a.resource.id, "name": a.resource.name,
        "owner": { "id": a.resource.owner_id, "name": a.resource.owner_name },
        "starts_at": a.wish.hold.span.start, "ends_at": a.wish.hold.span.end,
        "is_free": a.is_free(),
        "errors": a.problems.to_json(visit.lang),
        "bookings": a.blocking.iter().take(20).map(block).collect::<Vec<_>>(),
        "alternatives": a.spans.iter().map(|s| json!({ "starts_at": s.start, "ends_at": s.end })).collect::<Vec<_>>(),
        "other_resources": a.others.iter().map(other).collect::<Vec<_>>(),
    })
}
