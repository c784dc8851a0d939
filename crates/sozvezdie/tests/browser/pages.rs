//! Every page as somebody who may open it sees it: axe finds nothing, the console is silent, nothing
//! is wider than the window, on a desk and on a telephone, in both languages.

use super::support::{Browser, Product, Window};

/// Whose page it is, its path and the name of its picture. « » » in a path opens the first record of the
/// table that is shown, with what follows at the end of its address; what begins with «→» is the beginning
/// of the address of a link to follow instead.
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
            ("/certificates?number=K7M42X-Q9TRAB", "certificate-unknown"),
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
            ("/events » ", "event"),
            ("/events » /edit", "event-edit"),
            ("/event-lists » ", "event-list"),
            ("/event-lists » /amendments/new", "event-list-amend"),
            ("/results » ", "results-stage"),
            ("/results", "results"),
            ("/imports/new?kind=results", "import-results"),
            ("/links", "links"),
            ("/figures?from=2015-2016&to=2016-2017", "figures"),
            ("/participations?from=2015-2016&to=2016-2017&of=prizes", "figures-rows"),
            ("/reports", "reports"),
            ("/reports?state=draft&kind=district", "reports-nothing"),
            ("/reports/figures?from=2015-2016&to=2016-2017", "report-figures"),
            ("/reports/new", "report-new"),
            ("/reports/calls/new", "report-call-new"),
            ("/reports » ", "report"),
            ("/reports » ?tab=today", "report-today"),
            ("/reports » ?tab=history", "report-history"),
            ("/replies", "replies"),
            ("/replies » ", "reply"),
            ("/bookings", "bookings-all"),
            ("/events?q=экологии »  » →/judging/", "judging"),
            ("/events?q=экологии »  » →/appeals/", "appeals-not-shown"),
            ("/events?q=химии »  » →/judging/", "judging-over"),
            ("/events?q=химии »  » →/appeals/", "appeals-stage"),
            ("/events?q=химии »  » →/appeals/ » →/appeals/cases/", "appeal"),
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
            ("/learners » /portfolio", "portfolio-child"),
            ("/events?q=биологии » /candidates", "candidates"),
            ("/centre/losses", "losses-deputy"),
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
            ("/state-register?from=2015-2016&to=2016-2017", "state-register"),
            ("/centre/register » ", "gifted-record"),
            ("/centre/plans » ", "plan"),
            ("/centre/plans » /edit", "plan-edit"),
            ("/centre/mentors » ", "mentor"),
            ("/centre/losses", "losses"),
            ("/events?state=announced » /candidates", "candidates-coordinator"),
        ],
    ),
    (
        "naturalists",
        &[
            ("/groups » ", "group"),
            ("/groups » ?tab=members", "group-members"),
            ("/groups » ?tab=sessions", "group-sessions"),
            ("/groups » ?tab=sessions » ", "group-session"),
            ("/groups » /edit", "group-edit"),
            ("/groups » /members/new?q=демонов", "group-send"),
            ("/groups » /sessions/new", "group-session-new"),
            ("/societies » ", "society"),
            ("/societies » ?tab=members", "society-members"),
            ("/societies » ?tab=meetings", "society-meetings"),
            ("/societies » /edit", "society-edit"),
            ("/societies » /members/new?q=демонов", "society-join"),
            ("/societies » /meetings/new", "society-meeting-new"),
            ("/research » ", "research-record"),
            ("/research » /edit", "research-edit"),
            ("/research » /authors/new?q=демонов", "research-author"),
        ],
    ),
    ("head", &[("/learners/destructions", "destructions")]),
    ("learner", &[("/", "home-learner"), ("/portfolio", "portfolio-learner")]),
    (
        "class_teacher",
        &[("/", "home-class-teacher"), ("/centre/asked", "gifted-asked"), ("/centre/register/new", "gifted-propose")],
    ),
    (
        "guardian",
        &[
            ("/", "home-guardian"),
            ("/learners", "learners-guardian"),
            ("/learners » /portfolio", "portfolio-guardian"),
            ("/routes", "routes-guardian"),
            ("/consents/grounds", "consents-grounds-guardian"),
            ("/learners »  » →/appeals/", "appeals-guardian"),
            ("/learners »  » →/appeals/ » →/appeals/cases/", "appeal-guardian"),
        ],
    ),
    (
        "system_administrator",
        &[
            ("/", "home-administrator"),
            ("/people", "people"),
            ("/people/new", "person-new"),
            ("/personal-data", "personal-data"),
        ],
    ),
    (
        "centre_coordinator",
        &[
            ("/routes", "routes"),
            ("/routes/new", "route-new"),
            ("/routes/modules", "routes-modules"),
            ("/routes/limits", "routes-limits"),
            ("/routes » ", "route"),
        ],
    ),
    (
        "pedagogue",
        &[
            ("/", "home-pedagogue"),
            ("/ » →/judging/", "judging-sheet"),
            ("/calendar", "calendar-pedagogue"),
            ("/groups?own=yes", "groups-mine"),
            ("/portfolio", "portfolio-pedagogue"),
        ],
    ),
];

/// Goes to a path of [`PAGES`].
fn go(browser: &Browser, path: &str) {
    let mut parts = path.split(" » ");
    browser.goto(parts.next().unwrap_or(path));
    for rest in parts {
        if let Some(address) = rest.strip_prefix('→') {
            let link = format!("main a[href^='{address}']");
            browser.wait_for(&link);
            let href = browser.script(&format!("return document.querySelector(\"{link}\").getAttribute('href')"));
            browser.goto(href.as_str().unwrap_or_default());
            continue;
        }
        browser.wait_for("main tbody a");
        let record = browser.script("return new URL(document.querySelector('main tbody a').href).pathname");
        browser.goto(&format!("{}{rest}", record.as_str().unwrap_or_default()));
    }
}

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
                go(&browser, path);
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
