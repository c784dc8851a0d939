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
            ("/account/password", "account-password"),
            ("/account/second-factor", "account-second-factor"),
            ("/acts", "acts"),
            ("/acts/new", "act-new"),
            ("/links", "links"),
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
            ("/learners/class-leads", "class-leads"),
            ("/consents", "consents"),
            ("/consents?shown=missing", "consents-missing"),
            ("/consents/stack", "consents-stack"),
            ("/consents/grounds", "consents-grounds"),
            ("/cases", "cases"),
            ("/papers/words", "papers-words"),
        ],
    ),
    ("guardian", &[("/", "home-guardian"), ("/learners", "learners-guardian")]),
    ("system_administrator", &[("/people", "people"), ("/personal-data", "personal-data")]),
    ("pedagogue", &[("/", "home-pedagogue"), ("/calendar", "calendar-pedagogue")]),
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
