//! What of reports waits for somebody: decisions of the department, returned reports, reports that are owed.
use super::{
    DECIDE, HAND_IN, Kind, LIST, State, call_url, calls,
    model::{Call, Report},
    store, title, url,
};
use crate::shell::Todo;
use chrono::Datelike as _;
use kit::{Fault, Visit, access::Reach};

fn decides(visit: &Visit) -> bool {
    visit.viewer.reach(DECIDE) == Reach::Network
}

/// Reports that came back to whoever writes them.
async fn returned(visit: &Visit) -> Result<Vec<Report>, Fault> {
    let mut all = Vec::new();
    for kind in [Kind::Centre, Kind::Organisation] {
        let reach = visit.viewer.reach(kind.written_by());
        if reach != Reach::Nowhere {
            all.extend(store::returned(&visit.net, &reach, &[kind]).await?);
        }
    }
    Ok(all)
}

/// What is owed and was not returned: a returned report has a line of its own.
async fn owed(visit: &Visit) -> Result<Vec<(Call, usize)>, Fault> {
    let mut all = Vec::new();
    for (call, asked) in calls::owed(visit).await? {
        let open = asked.iter().filter(|a| a.state != Some(State::Returned)).count();
        if open > 0 {
            all.push((call, open));
        }
    }
    Ok(all)
}

/// How many deeds of reports wait for this viewer.
///
/// # Errors
/// The database's.
pub async fn count(visit: &Visit) -> Result<i64, Fault> {
    let mut count = if decides(visit) { store::count_submitted(&visit.net).await? } else { 0 };
    if visit.viewer.may(HAND_IN) || visit.viewer.may(super::CENTRE) {
        let waits = returned(visit).await?.len() + owed(visit).await?.len();
        count += i64::try_from(waits).unwrap_or(i64::MAX);
    }
    Ok(count)
}

/// The lines of home and of «На решении».
///
/// # Errors
/// The database's.
pub async fn todos(visit: &Visit) -> Result<Vec<Todo>, Fault> {
    let t = visit.lang;
    let mut all = Vec::new();
    for report in returned(visit).await? {
        all.push(Todo {
            icon: "scroll-text",
            href: url(report.id),
            title: title(t, &report),
            why: t
                .say_with("report-todo-returned", &[("reason", report.reason.unwrap_or_default().into())])
                .into_owned(),
            act: t.say("report-mend").into_owned(),
        });
    }
    for (call, _) in owed(visit).await? {
        all.push(Todo {
            icon: "scroll-text",
            href: call_url(call.id),
            title: t.say_with("report-todo-owed", &[("years", call.period().words(t).into())]).into_owned(),
            why: due(visit, &call),
            act: t.say("report-prepare").into_owned(),
        });
    }
    if decides(visit) {
        all.extend(of_department(visit).await?);
    }
    Ok(all)
}

/// «до 1 декабря» or how long the term is over.
pub fn due(visit: &Visit, call: &Call) -> String {
    let t = visit.lang;
    let days = (call.due_on - visit.today).num_days();
    match days {
        ..0 => t.say_with("report-due-over-by", &[("days", (-days).into())]).into_owned(),
        0 => t.say("report-due-today").into_owned(),
        _ => t.say_with("report-due-until", &[("day", t.day(call.due_on, visit.today.year()).into())]).into_owned(),
    }
}

async fn of_department(visit: &Visit) -> Result<Vec<Todo>, Fault> {
    let t = visit.lang;
    let mut all = Vec::new();
    let submitted = store::count_submitted(&visit.net).await?;
    if submitted > 0 {
        all.push(Todo {
            icon: "scroll-text",
            href: format!("{LIST}?state=submitted"),
            title: t.say("report-todo-decide").into_owned(),
            why: t.say_with("report-todo-decide-why", &[("count", submitted.into())]).into_owned(),
            act: t.say("home-look").into_owned(),
        });
    }
    for call in store::calls::open(&visit.net).await? {
        let (some, asked) = store::calls::progress(&visit.net, &call).await?;
        if some < asked {
            let values =
                [("some", (asked - some).into()), ("all", asked.into()), ("years", call.period().words(t).into())];
            all.push(Todo {
                icon: "bell",
                href: call_url(call.id),
                title: t.say_with("report-todo-missing", &values).into_owned(),
                why: due(visit, &call),
                act: t.say("home-look").into_owned(),
            });
        }
    }
    Ok(all)
}
