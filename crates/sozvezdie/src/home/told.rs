//! What a family is told of one child: what waits for its word, and what comes on which day.
use crate::{
    cases,
    consents::{self, purpose_words},
    events, groups,
    learners::{Listed, age, comes_of_age, url},
    plans, research,
    routes::{self, Told},
    shell::Later,
};
use chrono::{Datelike as _, Days, Duration, NaiveDate};
use kit::{
    Fault, Visit,
    clock::{LOCAL, local_date},
    text::text_prefix,
};

/// From this age on one signs and asks for oneself beside the guardians.
const SIGNS_FROM: i32 = 14;
/// How far ahead sessions of groups are looked for.
const AHEAD: Duration = Duration::days(60);

/// One line of a family's home: a thing to do, or a thing that comes on a day.
pub struct Item {
    /// The day on which it is, or by which it must be done; none: whenever one likes, or it goes on.
    pub day: Option<NaiveDate>,
    pub icon: &'static str,
    pub title: String,
    pub note: String,
    pub href: String,
    /// Something to do, not only to know.
    pub is_deed: bool,
    /// A step of the child's own way: the first of them is a learner's next step.
    pub is_step: bool,
}

impl Item {
    /// Something that comes and asks for nothing.
    fn coming(day: Option<NaiveDate>, icon: &'static str, title: String, note: String, href: String) -> Self {
        Self { day, icon, title, note, href, is_deed: false, is_step: false }
    }

    /// Something to be done at home.
    fn deed(icon: &'static str, title: String, note: String, href: String) -> Self {
        Self { day: None, icon, title, note, href, is_deed: true, is_step: false }
    }
}

/// What a slice tells the family of one child.
type Contribution = for<'a> fn(&'a Visit, &'a Listed) -> Later<'a, Vec<Item>>;

/// **A slice that has something to tell a family gets its line here.**
const CONTRIBUTIONS: &[Contribution] = &[
    |visit, child| Box::pin(of_routes(visit, child)),
    |visit, child| Box::pin(wanted_consents(visit, child)),
    |visit, child| Box::pin(sessions(visit, child)),
    |visit, child| Box::pin(of_plan(visit, child)),
    |visit, child| Box::pin(of_research(visit, child)),
    |visit, child| Box::pin(of_events(visit, child)),
    |visit, child| Box::pin(open_cases(visit, child)),
    |visit, child| Box::pin(async move { Ok(coming_of_age(visit, child)) }),
];

/// All that is told of a child, what goes on first, then by days.
///
/// # Errors
/// The database's.
pub async fn items(visit: &Visit, child: &Listed) -> Result<Vec<Item>, Fault> {
    let mut items = Vec::new();
    for told in CONTRIBUTIONS {
        items.extend(told(visit, child).await?);
    }
    items.sort_by_key(|item| item.day);
    Ok(items)
}

/// Whether the viewer signs and asks for this child: a guardian, or the child from fourteen on.
pub fn may_sign(visit: &Visit, child: &Listed) -> bool {
    !is_own(visit, child) || age(child.birth_date, visit.today) >= SIGNS_FROM
}

fn is_own(visit: &Visit, child: &Listed) -> bool {
    visit.viewer.person == Some(child.id.0)
}

/// Words by the sign of a list: «Станция юннатов · до 3 февраля».
fn joined(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Routes that wait for the guardian, and steps.
async fn of_routes(visit: &Visit, child: &Listed) -> Result<Vec<Item>, Fault> {
    let t = visit.lang;
    let mut items = Vec::new();
    for told in routes::told(visit, child.id).await? {
        match told {
            Told::Agree { route, title } if !is_own(visit, child) => items.push(Item::deed(
                "route",
                t.say_with("family-route", &[("title", title.into())]).into_owned(),
                t.say("family-route-note").into_owned(),
                routes::url(route),
            )),
            Told::Agree { .. } => {}
            Told::Step(step) => {
                let day = routes::next_day(&step, visit.today);
                let hour = day.and(step.starts).map(|at| at.format("%-H:%M").to_string());
                let until = t.day(step.until, visit.today.year());
                let until = t.say_with("family-until", &[("day", until.into())]).into_owned();
                let note = joined([hour, step.organisation_name, step.teacher, Some(until)]);
                let item = Item::coming(day, "route", step.title, note, routes::url(step.route));
                items.push(Item { is_step: true, ..item });
            }
        }
    }
    Ok(items)
}

/// Consents that the school asks for and the family has not given.
async fn wanted_consents(visit: &Visit, child: &Listed) -> Result<Vec<Item>, Fault> {
    if !may_sign(visit, child) {
        return Ok(Vec::new());
    }
    let given = consents::of_learner(&visit.net, child.id).await?;
    let wanted = consents::collected(visit, child.organisation).await?;
    let t = visit.lang;
    let missing =
        wanted.into_iter().filter(|purpose| !given.iter().any(|c| c.purpose == *purpose && c.holds(visit.today)));
    Ok(missing
        .map(|purpose| {
            Item::deed(
                "file-text",
                t.say_with("family-consent", &[("purpose", purpose_words(t, purpose).into())]).into_owned(),
                t.say("family-consent-note").into_owned(),
                consents::of_child_url(child.id),
            )
        })
        .collect())
}

/// Sessions of the child's groups.
async fn sessions(visit: &Visit, child: &Listed) -> Result<Vec<Item>, Fault> {
    let coming = groups::coming(visit, child.id, visit.now + AHEAD).await?;
    Ok(coming
        .into_iter()
        .map(|s| {
            let hour = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&LOCAL).format("%-H:%M").to_string();
            let hours = format!("{}–{}", hour(s.starts_at), hour(s.ends_at));
            let day = Some(local_date(s.starts_at));
            Item::coming(day, "puzzle", s.title, joined([Some(hours), s.place]), groups::url(s.group))
        })
        .collect())
}

/// What the plan says is to be done; what is late is told as it is.
async fn of_plan(visit: &Visit, child: &Listed) -> Result<Vec<Item>, Fault> {
    let t = visit.lang;
    let due = plans::due(visit, child.id).await?.into_iter();
    Ok(due
        .map(|(plan, item)| {
            let over = (item.due_on < visit.today).then(|| t.say("family-plan-over").into_owned());
            let note = joined([Some(t.say("family-plan").into_owned()), item.responsible, over]);
            Item::coming(Some(item.due_on), "clipboard-list", item.work, note, plans::url(plan))
        })
        .collect())
}

/// The next stage of the child's research.
async fn of_research(visit: &Visit, child: &Listed) -> Result<Vec<Item>, Fault> {
    let t = visit.lang;
    let due = research::due(visit, child.id).await?.into_iter();
    Ok(due
        .map(|(project, title, stage, day)| {
            let stage = t.say(&text_prefix!("research-stage-", stage.code()));
            let note = t.say_with("family-research", &[("stage", stage.as_ref().into())]).into_owned();
            Item::coming(Some(day), "flask-conical", title, note, research::url(project))
        })
        .collect())
}

/// Events that the child is entered for.
async fn of_events(visit: &Visit, child: &Listed) -> Result<Vec<Item>, Fault> {
    let t = visit.lang;
    let coming = events::coming(visit, child.id).await?.into_iter();
    Ok(coming
        .map(|e| {
            let day = t.day(e.until, visit.today.year());
            let until = (e.until > e.from).then(|| t.say_with("family-until", &[("day", day.into())]).into_owned());
            let day = (e.from >= visit.today).then_some(e.from);
            Item::coming(day, "calendar-check", e.title, joined([Some(e.stage), until]), events::url(e.edition))
        })
        .collect())
}

/// What the family asked the school and waits for; a child is told of its own requests.
async fn open_cases(visit: &Visit, child: &Listed) -> Result<Vec<Item>, Fault> {
    let t = visit.lang;
    let lines = cases::of_child(visit, child.id).await?;
    let mine = |line: &&cases::Line| !is_own(visit, child) || line.case.created_by == visit.viewer.person;
    Ok(lines
        .iter()
        .filter(mine)
        .filter_map(|line| {
            let due = line.next()?;
            let note = t.say("family-case-note").into_owned();
            let title = t.say_with("family-case", &[("case", cases::kind_words(t, &line.case).into())]).into_owned();
            Some(Item::coming(Some(due.due_on), "scale", title, note, cases::url(line.case.id)))
        })
        .collect())
}

/// The day on which a child is eighteen, half a year before: from then on it speaks for itself.
fn coming_of_age(visit: &Visit, child: &Listed) -> Vec<Item> {
    let t = visit.lang;
    let half = visit.today.checked_add_days(Days::new(183)).unwrap_or(visit.today);
    let day = comes_of_age(child.birth_date).filter(|day| *day > visit.today && *day <= half);
    let Some(day) = day.filter(|_| !is_own(visit, child)) else { return Vec::new() };
    let title = t.say_with("family-adult", &[("date", t.date(day).into())]).into_owned();
    vec![Item::coming(Some(day), "shield", title, t.say("family-adult-note").into_owned(), url(child.id))]
}
