//! The SQL of lists of routes, of what waits, and of figures.
use super::super::{
    content::StepContent,
    model::{RouteId, RouteState, StepId, StepState},
};
use crate::{learners::Scope, organisations::OrganisationId, people::PersonId};
use chrono::NaiveDate;
use kit::{
    Fault,
    access::Reach,
    cursor::{COUNTED, Cursor, Slice},
    db::{Net, Where},
};
use serde::Serialize;

/// Which routes.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub state: Option<RouteState>,
    /// That begin in this span, both days included.
    pub begun: Option<(NaiveDate, NaiveDate)>,
    pub organisation: Option<OrganisationId>,
    /// Over at least so many organisations (K8).
    pub hosts: Option<i64>,
    pub learner: Option<PersonId>,
    /// Approved at least once: what figures count.
    pub approved: bool,
}

/// Whose routes: those of a scope (and for a family only what left the draft), or all, without names.
pub enum Whose<'a> {
    Seen { staff: &'a Scope, family: &'a Scope },
    Everybody,
}

/// Organisations of a route, without declined steps and those that were set aside.
const HOSTS: &str =
    "(SELECT COUNT(DISTINCT s.organisation_id) FROM route_step s WHERE s.network_id = $1 AND s.route_id = r.id
    AND s.state NOT IN ('declined', 'set_aside'))";

impl Filter {
    fn conditions(&self, whose: &Whose<'_>) -> Where {
        let mut w = Where::of("r");
        if let Whose::Seen { staff, family } = whose {
            let answering = staff.sql("l", &mut w.args);
            let own = family.sql("l", &mut w.args);
            w.and_raw(&format!("({answering} OR ({own} AND r.state <> 'draft'))"));
        }
        w.and_opt("r.state = ?", self.state).and_opt("r.organisation_id = ?", self.organisation);
        w.and_opt("r.learner_id = ?", self.learner);
        if let Some((from, until)) = self.begun {
            w.and("r.from_date >= ?", from).and("r.from_date <= ?", until);
        }
        if let Some(hosts) = self.hosts {
            w.and(&format!("{HOSTS} >= ?"), hosts);
        }
        if self.approved {
            w.and_raw("r.number > 0");
        }
        w
    }
}

/// A line of the list.
#[derive(Clone, Debug, Serialize)]
pub struct Listed {
    pub id: RouteId,
    #[serde(skip)]
    pub learner: PersonId,
    /// None where only sums are shown.
    pub learner_name: Option<String>,
    pub class_name: Option<String>,
    pub school_name: String,
    pub organisation_name: String,
    pub title: String,
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub state: RouteState,
    /// Organisations that its steps stand at.
    pub hosts: i64,
    /// Steps that count, and those that are completed.
    pub steps: i64,
    pub completed: i64,
    /// Steps that should be over, steps that wait for their organisation.
    pub overdue: i64,
    pub asked: i64,
}
kit::db::row!(Listed {
    id,
    learner,
    learner_name,
    class_name,
    school_name,
    organisation_name,
    title,
    from,
    until,
    state,
    hosts,
    steps,
    completed,
    overdue,
    asked
});

const FROM: &str = "individual_route r
    JOIN learner l ON l.network_id = $1 AND l.id = r.learner_id
    JOIN organisation h ON h.network_id = $1 AND h.id = l.organisation_id
    JOIN organisation o ON o.network_id = $1 AND o.id = r.organisation_id";

/// One page by the day of beginning, the latest first, and how many there are in all.
pub async fn list(
    net: &Net,
    whose: &Whose<'_>,
    filter: &Filter,
    today: NaiveDate,
    cursor: Option<&Cursor>,
    size: i64,
) -> Result<Slice<Listed>, Fault> {
    let mut w = filter.conditions(whose);
    let mut reader = net.reader().await?;
    let count =
        format!("SELECT COUNT(*) FROM (SELECT 1 FROM {FROM} WHERE {} LIMIT {}) AS counted", w.sql(), COUNTED + 1);
    let total: i64 = reader.scalar(count, w.args.clone()).await?;
    if let Some(cursor) = cursor {
        let (value, id) = (w.arg(cursor.value.as_str()), w.arg(cursor.id));
        w.and_raw(&format!("(r.from_date, r.id) < ({value}, {id})"));
    }
    let today = w.arg(today);
    let limit = w.arg(size + 1);
    let of = |which: &str| {
        format!("(SELECT COUNT(*) FROM route_step s WHERE s.network_id = $1 AND s.route_id = r.id AND {which})")
    };
    let (taken, done) = (of("s.state NOT IN ('declined', 'set_aside')"), of("s.state = 'completed'"));
    let (late, asked) = (
        of(&format!("r.state IN ('running', 'corrected') AND s.state = 'accepted' AND s.until_date < {today}")),
        of("s.state = 'asked'"),
    );
    let sql = format!(
        "SELECT r.id, r.learner_id, l.full_name, l.class_name, h.short_name, o.short_name, r.title, r.from_date, r.until_date, r.state,
           {HOSTS}, {taken}, {done}, {late}, {asked}
         FROM {FROM} WHERE {} ORDER BY r.from_date DESC, r.id DESC LIMIT {limit}",
        w.sql()
    );
    let mut items: Vec<Listed> = reader.all(sql, w.args).await?;
    if matches!(whose, Whose::Everybody) {
        for line in &mut items {
            line.learner_name = None;
        }
    }
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let more = items.len() > size;
    items.truncate(size);
    let next = items.last().filter(|_| more).map(|l| Cursor { value: l.from.to_string(), id: l.id.0 });
    Ok(Slice { items, next, total })
}

/// How many routes were approved, over at least two organisations (K8), and how many modules of them
/// are completed (K9).
pub async fn figures(net: &Net, whose: &Whose<'_>, filter: &Filter) -> Result<(i64, i64, i64), Fault> {
    let of = |hosts: Option<i64>| Filter { hosts, approved: true, ..filter.clone() }.conditions(whose);
    let mut reader = net.reader().await?;
    let (all, several) = (of(None), of(Some(2)));
    let sql = |w: &Where| format!("SELECT COUNT(*) FROM {FROM} WHERE {}", w.sql());
    let routes = reader.scalar(sql(&all), all.args.clone()).await?;
    let over = reader.scalar(sql(&several), several.args.clone()).await?;
    let w = of(None);
    let sql = format!(
        "SELECT COUNT(*) FROM route_step s
         JOIN individual_route r ON r.network_id = $1 AND r.id = s.route_id
         JOIN learner l ON l.network_id = $1 AND l.id = r.learner_id
         WHERE s.network_id = $1 AND s.kind = 'module' AND s.state = 'completed' AND {}",
        w.sql()
    );
    let modules = reader.scalar(sql, w.args).await?;
    Ok((routes, over, modules))
}

/// A completed module: a row of K9.
#[derive(Clone, Debug, Serialize)]
pub struct Module {
    pub route: RouteId,
    #[serde(skip)]
    pub learner: PersonId,
    pub learner_name: Option<String>,
    pub class_name: Option<String>,
    pub title: String,
    pub organisation_name: Option<String>,
    pub hours: i64,
    pub mark: Option<String>,
    pub settled_on: Option<NaiveDate>,
}
kit::db::row!(Module { route, learner, learner_name, class_name, title, organisation_name, hours, mark, settled_on });

/// The rows of K9, the latest first.
pub async fn modules(net: &Net, whose: &Whose<'_>, filter: &Filter, most: i64) -> Result<Vec<Module>, Fault> {
    let mut w = Filter { approved: true, ..filter.clone() }.conditions(whose);
    let limit = w.arg(most);
    let sql = format!(
        "SELECT r.id, r.learner_id, l.full_name, l.class_name, s.title, g.short_name, s.hours, s.mark, s.settled_on
         FROM route_step s
         JOIN individual_route r ON r.network_id = $1 AND r.id = s.route_id
         JOIN learner l ON l.network_id = $1 AND l.id = r.learner_id
         LEFT JOIN organisation g ON g.network_id = $1 AND g.id = s.organisation_id
         WHERE s.network_id = $1 AND s.kind = 'module' AND s.state = 'completed' AND {}
         ORDER BY s.settled_on DESC, s.id LIMIT {limit}",
        w.sql()
    );
    let mut all: Vec<Module> = net.all(sql, w.args).await?;
    if matches!(whose, Whose::Everybody) {
        for module in &mut all {
            module.learner_name = None;
        }
    }
    Ok(all)
}

/// The routes of one child that may be seen, the latest first.
pub async fn of_learner(
    net: &Net,
    whose: &Whose<'_>,
    learner: PersonId,
    today: NaiveDate,
) -> Result<Vec<Listed>, Fault> {
    let filter = Filter { learner: Some(learner), ..Filter::default() };
    Ok(list(net, whose, &filter, today, None, 20).await?.items)
}

/// A step as its organisation sees it. The name is there only while the record is open to it.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    pub route: RouteId,
    pub id: StepId,
    #[serde(skip)]
    pub learner: PersonId,
    pub learner_name: Option<String>,
    pub class_name: Option<String>,
    pub birth_date: NaiveDate,
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub title: String,
    pub teacher: Option<String>,
    pub hours: i64,
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub state: StepState,
    #[serde(skip)]
    pub is_open: bool,
}
kit::db::row!(Part {
    route,
    id,
    learner,
    learner_name,
    class_name,
    birth_date,
    organisation,
    organisation_name,
    title,
    teacher,
    hours,
    from,
    until,
    state,
    is_open
});

/// What opens a step to its organisation: it is asked, or it was let in and still is.
pub fn partner_sees(today: &str) -> String {
    format!(
        "(s.state = 'asked' OR (s.state IN ('accepted', 'completed', 'missed') AND EXISTS (SELECT 1 FROM learner_ground g
           WHERE g.network_id = $1 AND g.source_id = s.id AND g.organisation_id = s.organisation_id AND g.from_date <= {today}
             AND (g.until_date IS NULL OR g.until_date >= {today}))))"
    )
}

/// The steps of these organisations in routes that others lead, by their state and their days.
pub async fn parts(
    net: &Net,
    reach: &Reach,
    state: Option<StepState>,
    today: NaiveDate,
    most: i64,
) -> Result<Vec<Part>, Fault> {
    let mut w = Where::of("s");
    let at = reach.sql("s.organisation_id", &mut w.args);
    w.and_raw(&at).and_opt("s.state = ?", state);
    let today = w.arg(today);
    w.and_raw(&partner_sees(&today)).and_raw("s.organisation_id <> r.organisation_id").and_raw("r.state <> 'stopped'");
    let limit = w.arg(most);
    let sql = format!(
        "SELECT r.id, s.id, r.learner_id, l.full_name, l.class_name, l.birth_date, s.organisation_id, o.short_name, s.title, s.teacher, s.hours,
           s.from_date, s.until_date, s.state,
           (l.organisation_id = s.organisation_id OR EXISTS (SELECT 1 FROM learner_ground g WHERE g.network_id = $1 AND g.source_id = s.id
             AND g.organisation_id = s.organisation_id AND g.from_date <= {today} AND (g.until_date IS NULL OR g.until_date >= {today})))
         FROM route_step s
         JOIN individual_route r ON r.network_id = $1 AND r.id = s.route_id
         JOIN learner l ON l.network_id = $1 AND l.id = r.learner_id
         JOIN organisation o ON o.network_id = $1 AND o.id = s.organisation_id
         WHERE {} ORDER BY CASE WHEN s.state = 'asked' THEN 0 ELSE 1 END, s.from_date, s.id LIMIT {limit}",
        w.sql()
    );
    let mut all: Vec<Part> = net.all(sql, w.args).await?;
    // The name leaves this function only where the record is open.
    for part in all.iter_mut().filter(|part| !part.is_open) {
        part.learner_name = None;
    }
    Ok(all)
}

/// The steps of these organisations in versions that hold while they are corrected: as the version says,
/// where the live step is no more the organisation's or waits for its answer anew.
pub async fn held_parts(net: &Net, reach: &Reach, today: NaiveDate, most: i64) -> Result<Vec<Part>, Fault> {
    let mut w = Where::of("g");
    let at = reach.sql("g.organisation_id", &mut w.args);
    w.and_raw(&at).and_raw("g.kind = 'route' AND r.number > 0");
    w.and("g.from_date <= ?", today).and("(g.until_date IS NULL OR g.until_date >= ?)", today);
    w.and_raw(
        "r.state IN ('corrected', 'offered', 'accepted', 'agreed') AND g.organisation_id <> r.organisation_id
         AND NOT EXISTS (SELECT 1 FROM route_step s WHERE s.network_id = $1 AND s.id = g.source_id
           AND s.organisation_id = g.organisation_id AND s.state IN ('accepted', 'completed', 'missed'))",
    );
    let limit = w.arg(most);
    let sql = format!(
        "SELECT DISTINCT r.id, g.source_id, r.learner_id, l.full_name, l.class_name, l.birth_date, g.organisation_id, o.short_name, v.content
         FROM learner_ground g
         JOIN individual_route r ON r.network_id = $1 AND r.learner_id = g.learner_id
         JOIN route_version v ON v.network_id = $1 AND v.route_id = r.id AND v.number = r.number
         JOIN learner l ON l.network_id = $1 AND l.id = r.learner_id
         JOIN organisation o ON o.network_id = $1 AND o.id = g.organisation_id
         WHERE {} ORDER BY r.id, g.source_id LIMIT {limit}",
        w.sql()
    );
    let rows: Vec<Held> = net.all(sql, w.args).await?;
    let mut parts = Vec::new();
    for row in rows {
        // Another route of the same child has no such step.
        let content = super::parts::read(&row.content)?;
        let step = content.steps.into_iter().find(|s| s.id == row.step.0 && s.organisation == Some(row.host.0));
        if let Some(step) = step {
            parts.extend(row.part(step));
        }
    }
    Ok(parts)
}

/// A row of [`held_parts`] before its version is read.
struct Held {
    route: RouteId,
    step: StepId,
    learner: PersonId,
    learner_name: String,
    class_name: Option<String>,
    birth_date: NaiveDate,
    host: OrganisationId,
    host_name: String,
    content: String,
}
kit::db::row!(Held { route, step, learner, learner_name, class_name, birth_date, host, host_name, content });

impl Held {
    /// What the version says of the step; none where it has no days.
    fn part(self, s: StepContent) -> Option<Part> {
        Some(Part {
            route: self.route,
            id: self.step,
            learner: self.learner,
            learner_name: Some(self.learner_name),
            class_name: self.class_name,
            birth_date: self.birth_date,
            organisation: self.host,
            organisation_name: self.host_name,
            title: s.title,
            teacher: Some(s.teacher).filter(|name| !name.is_empty()),
            hours: s.hours,
            from: s.from?,
            until: s.until?,
            state: StepState::Accepted,
            is_open: true,
        })
    }
}

/// Something of a route that waits for a person: how many, and the one to begin with.
#[derive(Clone, Debug)]
pub struct Task {
    pub route: RouteId,
    pub learner: PersonId,
    pub title: String,
    pub state: RouteState,
    pub organisation: OrganisationId,
    /// Steps that should be over, and declined ones.
    pub overdue: i64,
    pub declined: i64,
    /// The step that is going on or comes next.
    pub next: Option<String>,
    /// The viewer is the child or the guardian.
    pub is_family: bool,
}
kit::db::row!(Task { route, learner, title, state, organisation, overdue, declined, next, is_family });

/// The routes within the scope in which something may wait, for the queue.
pub async fn tasks(net: &Net, whose: &Whose<'_>, today: NaiveDate, most: i64) -> Result<Vec<Task>, Fault> {
    let mut w = Filter::default().conditions(whose);
    let today = w.arg(today);
    w.and_raw("r.state NOT IN ('completed', 'stopped')");
    let own = match whose {
        Whose::Seen { family, .. } => family.sql("l", &mut w.args),
        Whose::Everybody => "FALSE".into(),
    };
    let limit = w.arg(most);
    let sql = format!(
        "SELECT r.id, r.learner_id, r.title, r.state, r.organisation_id,
           (SELECT COUNT(*) FROM route_step s WHERE s.network_id = $1 AND s.route_id = r.id AND s.state = 'accepted' AND s.until_date < {today}),
           (SELECT COUNT(*) FROM route_step s WHERE s.network_id = $1 AND s.route_id = r.id AND s.state = 'declined'),
           (SELECT s.title FROM route_step s WHERE s.network_id = $1 AND s.route_id = r.id AND s.state = 'accepted' AND s.until_date >= {today}
              ORDER BY s.from_date, s.number LIMIT 1), {own}
         FROM {FROM} WHERE {} ORDER BY r.updated_at, r.id LIMIT {limit}",
        w.sql()
    );
    Ok(net.all(sql, w.args).await?)
}

/// The children within the scope for whom a route may be written, with their classes.
pub async fn learner_choices(
    net: &Net,
    staff: &Scope,
    most: i64,
) -> Result<Vec<(PersonId, String, Option<String>)>, Fault> {
    let mut w = Where::of("l");
    let may = staff.sql("l", &mut w.args);
    w.and_raw(&may).and_raw("l.enrolled");
    let limit = w.arg(most);
    let sql = format!(
        "SELECT l.id, l.full_name, l.class_name FROM learner l WHERE {} ORDER BY l.full_name, l.id LIMIT {limit}",
        w.sql()
    );
    Ok(net.all(sql, w.args).await?)
}

/// Whether a child is within the scope.
pub async fn learner_within(net: &Net, staff: &Scope, id: PersonId) -> Result<bool, Fault> {
    let mut w = Where::of("l");
    w.and("l.id = ?", id);
    let may = staff.sql("l", &mut w.args);
    w.and_raw(&may);
    let count: i64 = net.scalar(format!("SELECT COUNT(*) FROM learner l WHERE {}", w.sql()), w.args).await?;
    Ok(count > 0)
}
