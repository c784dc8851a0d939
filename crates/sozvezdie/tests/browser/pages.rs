//! Every page as somebody who may open it sees it: axe finds nothing, the console is silent, nothing
//! is wider than the window, on a desk and on a telephone, in both languages.

use super::support::{Browser, Product, Window};

/// Whose page it is, its path and the name of its picture.
const PAGES: &[(&str, &[(&str, &str)])] = &[
    (
        "guest",
        &[
            ("/", "home-guest"),
            ("/sign-in", "sign-in"),
            ("/organisations", "organisations"),
            ("/organisations?q=нет+такой", "organisations-nothing"),
            ("/organisations/map", "organisations-map"),
            ("/events", "events"),
            ("/events/calendar", "events-calendar"),
            ("/centre", "centre"),
            ("/search?q=гимназия", "search"),
            ("/look", "look"),
            ("/api", "api"),
            ("/no-such-page", "not-found"),
        ],
    ),
    (
        "department_specialist",
        &[
            ("/", "home"),
            ("/organisations/new", "organisation-new"),
            ("/components", "components"),
            ("/account", "account"),
            ("/notifications", "notifications"),
            ("/notifications/settings", "notification-settings"),
            ("/account/password", "account-password"),
            ("/account/second-factor", "account-second-factor"),
            ("/acts", "acts"),
            ("/acts/new", "act-new"),
            ("/events/new", "event-new"),
            ("/event-lists", "event-lists"),
            ("/event-lists/new", "event-list-new"),
            ("/results", "results"),
            ("/imports/new?kind=results", "import-results"),
            ("/links", "links"),
            ("/figures?from=2015-2016&to=2016-2017", "figures"),
            ("/participations?from=2015-2016&to=2016-2017&of=prizes", "figures-rows"),
            ("/reports?from=2015-2016&to=2016-2017", "report-centre"),
            ("/bookings", "bookings-all"),
        ],
    ),
    (
        "deputy_head",
        &[
            ("/", "home-deputy"),
            ("/waiting", "waiting"),
            ("/calendar", "calendar"),
            ("/resources", "resources"),
            ("/resources?q=нет+такого", "resources-nothing"),
            (
                "/resources?hour_from=14:00&hour_to=17:00&minutes=90&headcount=10&within=10&focus=tekhnicheskoe",
                "resources-hours",
            ),
            ("/resources?subject=физика&form=consultation", "resources-competence"),
            ("/bookings?state=requested&month=2020-01", "bookings-nothing"),
            ("/staff/new", "position-new"),
            ("/common-requests", "common-requests"),
            ("/common-requests/draft", "common-draft-empty"),
            ("/resources/new", "resource-new"),
            ("/bookings", "bookings"),
            ("/bookings/month", "bookings-month"),
            ("/bookings/distance", "bookings-distance"),
            ("/needs", "needs"),
            ("/needs/new", "need-new"),
            ("/imports", "imports"),
            ("/learners", "learners"),
            ("/learners/new", "learner-new"),
            ("/learners/duplicates", "learners-duplicates"),
            ("/learners/rollover", "learners-rollover"),
            ("/groups", "groups"),
            ("/groups/new", "group-new"),
            ("/research", "research"),
            ("/research/new", "research-new"),
            ("/societies", "societies"),
            ("/societies/new", "society-new"),
            ("/learners/class-leads", "class-leads"),
            ("/consents", "consents"),
            ("/consents?shown=missing", "consents-missing"),
            ("/consents/stack", "consents-stack"),
            ("/consents/grounds", "consents-grounds"),
            ("/cases", "cases"),
            ("/papers/words", "papers-words"),
        ],
    ),
    (
        "centre_coordinator",
        &[
            ("/", "home-coordinator"),
            ("/centre/edit", "centre-edit"),
            ("/centre/members", "centre-members"),
            ("/centre/members/new", "centre-enter"),
            ("/centre/register", "gifted-register"),
            ("/centre/sittings", "gifted-sittings"),
            ("/centre/sittings/new", "gifted-sitting-new"),
            ("/centre/plans", "plans"),
            ("/centre/plans/new", "plan-new"),
            ("/centre/mentors", "mentors"),
            ("/centre/mentors/new", "mentor-new"),
            ("/centre/figures", "centre-figures"),
        ],
    ),
    ("class_teacher", &[("/centre/asked", "gifted-asked"), ("/centre/register/new", "gifted-propose")]),
    ("guardian", &[("/", "home-guardian"), ("/learners", "learners-guardian"), ("/routes", "routes-guardian")]),
    ("system_administrator", &[("/people", "people"), ("/personal-data", "personal-data")]),
    (
        "centre_coordinator",
        &[
            ("/routes", "routes"),
            ("/routes/new", "route-new"),
            ("/routes/modules", "routes-modules"),
            ("/routes/limits", "routes-limits"),
        ],
    ),
    ("pedagogue", &[("/", "home-pedagogue"), ("/calendar", "calendar-pedagogue"), ("/groups?own=yes", "groups-mine")]),
];

fn look_at_all(window: Window) {
    let product = Product::shared();
    let mut faults = Vec::new();
    for (role, pages) in PAGES {
        let browser = if *role == "guest" {
            Browser::open(product.url(), window)
        } else {
            Browser::signed_in(product, role, window)
        };
        for language in ["ru", "en"] {
            browser.speak(language);
            for (path, name) in *pages {
                browser.goto(path);
                browser.wait_for("main h1");
                browser.screenshot(&format!("{name}-{language}"));
                faults.extend(browser.faults());
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn on_a_desk() {
    look_at_all(Window::Desk);
}

#[test]
fn on_a_telephone() {
    look_at_all(Window::Phone);
}
