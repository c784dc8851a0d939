//! The one visible list of slices: what the program is made of.
use crate::{
    accounts, acts, app::App, appeals, calendar, candidates, cases, centre, conferences, consents, events, exchange,
    figures, gifted, groups, home, imports, judging, learners, links, losses, notifications, organisations, papers,
    people, personal, plans, portfolios, register, replies, reports, research, resources, results,
    routes as individual_routes, shell, societies, staff,
};
use kit::{
    db::Migration,
    routes::{Declared, Routes},
};
use std::sync::LazyLock;

/// Every slice, in the order of the import rule: a slice uses only those above it.
pub fn all() -> Vec<shell::Slice> {
    vec![
        shell::slice(),
        people::slice(),
        imports::slice(&import_desk()),
        organisations::slice(),
        notifications::slice(),
        learners::slice(),
        acts::slice(),
        accounts::slice(),
        personal::slice(),
        staff::slice(),
        resources::slice(),
        exchange::slice(),
        papers::slice(),
        consents::slice(),
        cases::slice(),
        centre::slice(),
        gifted::slice(),
        plans::slice(),
        groups::slice(),
        individual_routes::slice(),
        societies::slice(),
        research::slice(),
        events::slice(),
        results::slice(),
        conferences::slice(),
        judging::slice(),
        appeals::slice(),
        candidates::slice(),
        figures::slice(),
        portfolios::slice(),
        losses::slice(),
        reports::slice(),
        replies::slice(),
        register::slice(),
        links::slice(),
        calendar::slice(),
        home::slice(),
    ]
}

/// The kinds of file that can be imported, each handed over by the slice that its rows go to.
pub fn import_desk() -> imports::Desk {
    let surroundings = imports::Surroundings {
        people: |net, ids| Box::pin(people::names(net, ids)),
        organisations: |net| Box::pin(organisations::short_names(net)),
        area_code: |directory, network| Box::pin(organisations::local_area_code(directory, network)),
    };
    imports::Desk::new(
        vec![
            &organisations::Organisations,
            &resources::Resources,
            &learners::Contingent,
            &events::EventLists,
            &results::Protocols,
        ],
        surroundings,
    )
}

/// The routes of every slice.
pub fn routes() -> Routes<App> {
    all().into_iter().fold(Routes::default(), |routes, slice| routes.merge(slice.routes))
}

/// Every route with what it asks of the viewer: the rows of the access matrix.
pub fn declared() -> Vec<Declared> {
    routes().into_parts().1
}

macro_rules! migrations {
    ($($name:literal),+ $(,)?) => {
        &[$(Migration { name: $name, sql: include_str!(concat!("../../../migrations/", $name, ".sql")) }),+]
    };
}

/// The schema, step by step.
pub const MIGRATIONS: &[Migration] = migrations![
    "0001_foundation",
    "0002_people",
    "0003_organisations",
    "0004_kit",
    "0005_resources",
    "0006_exchange",
    "0007_acts",
    "0008_imports",
    "0009_calendar",
    "0010_papers",
    "0011_notices",
    "0012_accounts",
    "0013_common_requests",
    "0014_catalogue",
    "0016_learners",
    "0017_pending_holds",
    "0018_centre",
    "0019_events",
    "0020_consents",
    "0021_cases",
    "0022_gifted",
    "0023_plans",
    "0024_routes",
    "0025_load_limits",
    "0026_groups",
    "0027_societies",
    "0028_research",
    "0040_notices",
    "0041_staff",
    "0042_visit_consent",
    "0043_certificates",
    "0044_reports",
    "0045_replies",
    "0046_judging",
    "0047_conferences",
    "0048_counting",
    "0049_children",
];

/// What of each slice waits for somebody: the same that the page of all that waits lists.
static TODOS: LazyLock<Vec<shell::Todos>> = LazyLock::new(|| all().into_iter().flat_map(|s| s.todos).collect());

/// The numbers in the frame of every page.
///
/// # Errors
/// The database's.
pub async fn counts(visit: &kit::Visit) -> Result<Vec<kit::visit::Count>, kit::Fault> {
    Ok(vec![
        (shell::nav::WAITING, home::count_waiting(visit, &TODOS).await?),
        (shell::nav::BELL, notifications::count_new(visit).await?),
    ])
}
