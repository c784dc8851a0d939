//! What every page must be, whoever looks: well-formed, labelled, nothing inline, headers in place.
use crate::{
    app::{Answer, TestApp},
    html,
    matrix::{Asked, Whose, everything},
};
use kit::{Lang, db::testing::both_engines};
use sozvezdie::{roles::Role, slices::MIGRATIONS};
use std::collections::BTreeMap;

/// Everybody whose pages differ.
const LOOKERS: [Role; 5] =
    [Role::Guest, Role::SystemAdministrator, Role::DepartmentSpecialist, Role::Head, Role::Pedagogue];

both_engines! {
    migrations: MIGRATIONS;

    async fn every_page_is_sound_and_guarded(db: Db) {
        let app = TestApp::new(db).await;
        let mut wrong = Vec::new();
        let mut pages = 0;
        for (role, lang) in LOOKERS.into_iter().zip([Lang::Ru, Lang::En].into_iter().cycle()).chain([(Role::DepartmentSpecialist, Lang::En), (Role::Head, Lang::Ru)]) {
            let mut browser = app.as_role(role).await;
            browser.lang = lang;
            for Asked { line, whose, path: address, .. } in everything(&app, role).await {
                if !line.is_api() && !line.ends_session && whose != Whose::Foreign {
                    let answer = line.ask(&browser, role, &address).await;
                    let mut faults = headers_missing(&answer);
                    if answer.is_page() {
                        pages += 1;
                        let judge = if address.contains("fragment=") { html::fragment_faults } else { html::page_faults };
                        faults.extend(judge(&answer.text()));
                    } else if answer.body.is_empty() && !matches!(answer.code(), 204 | 300..400) {
                        faults.push(format!("{} with nothing in it", answer.code()));
                    }
                    let place = format!("{} {address} as {} in {}", line.method, role.code(), lang.code());
                    wrong.extend(faults.into_iter().map(|fault| (fault, place.clone())));
                }
            }
        }
        assert!(pages > 100, "{pages} pages looked at");
        assert!(wrong.is_empty(), "{}", shown(&wrong));
    }

    async fn a_part_of_a_page_comes_without_the_frame(db: Db) {
        let app = TestApp::new(db).await;
        let browser = app.as_role(Role::Head).await;
        let part = browser.get("/search?fragment=palette&q=%D0%B3%D0%B8%D0%BC").await.expect(200);
        assert!(!part.text().contains("<html") && part.text().contains("role=\"option\""), "{}", part.text());
        assert_eq!(html::fragment_faults(&part.text()), Vec::<String>::new());
        // htmx swaps a refusal in: it must be a part as well.
        let refused = browser.call("GET", "/organisations/new").header("hx-request", "true").send().await.expect(403);
        assert!(!refused.text().contains("<html"));
        let whole = browser.call("GET", "/organisations/new").header("hx-request", "true").header("hx-boosted", "true").send().await;
        assert!(whole.text().contains("<html"));
    }

    async fn what_somebody_signed_in_sees_is_never_kept(db: Db) {
        let app = TestApp::new(db).await;
        let own = app.as_role(Role::Head).await.get("/account").await.expect(200);
        assert_eq!(own.header("cache-control"), "no-store");
        assert_ne!(app.anon().get("/").await.header("cache-control"), "no-store");
    }

    async fn an_address_that_is_none_is_a_page_too(db: Db) {
        let app = TestApp::new(db).await;
        let browser = app.as_role(Role::DepartmentSpecialist).await;
        for address in ["/nowhere", "/organisations/not-an-id", "/organisations/%FF", "/organisations/1/2/3"] {
            let answer = browser.get(address).await.expect(404);
            assert_eq!(html::page_faults(&answer.text()), Vec::<String>::new(), "{address}");
        }
        let wrong_method = browser.call("PUT", "/organisations").send().await.expect(404);
        assert!(wrong_method.is_page());
        let program = app.program("head").await;
        for address in ["/api/v1/nowhere", "/api/v1/organisations/not-an-id"] {
            let answer = program.get(address).await.expect(404);
            assert_eq!(answer.json()["code"], "not-found", "{address}");
        }
        // A question that makes no sense is refused in our own words.
        let answer = program.get("/api/v1/organisations?page_size=many").await.expect(422);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let answer = app.anon().get("/organisations?after=%25%25").await.expect(422);
        assert_eq!(html::page_faults(&answer.text()), Vec::<String>::new());
    }

    async fn a_page_repeats_what_was_typed_as_text(db: Db) {
        let app = TestApp::new(db).await;
        let evil = "%3Cscript%3Ealert(1)%3C/script%3E%22%20onx=%22";
        for address in [format!("/search?q={evil}"), format!("/organisations?q={evil}&kind={evil}&sort={evil}"), format!("/sign-in?next={evil}"), format!("/organisations/{evil}")] {
            let answer = app.anon().get(&address).await;
            let faults = html::page_faults(&answer.text());
            assert_eq!(faults, Vec::<String>::new(), "{address}");
        }
    }
}

/// Each fault once, with the first page that has it.
fn shown(wrong: &[(String, String)]) -> String {
    let mut seen: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for (fault, place) in wrong {
        seen.entry(fault).or_insert((0, place)).0 += 1;
    }
    seen.iter().map(|(fault, (n, place))| format!("{fault}: {n} times, first at {place}\n")).collect()
}

fn headers_missing(answer: &Answer) -> Vec<String> {
    let mut faults = Vec::new();
    let csp = answer.header("content-security-policy");
    let parts: Vec<&str> = csp.split(';').map(str::trim).collect();
    // What somebody uploaded gets a stricter one of its own: nothing at all may be loaded.
    let wanted: &[&str] = if parts.contains(&"default-src 'none'") {
        &["frame-ancestors 'none'"]
    } else {
        &["default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"]
    };
    faults.extend(wanted.iter().filter(|part| !parts.contains(part)).map(|part| format!("no {part} in the CSP {csp}")));
    // The browser's own viewer of a PDF styles itself inline, and loads nothing else.
    if csp.contains("unsafe-") && answer.header("content-type") != "application/pdf" {
        faults.push("an unsafe CSP".into());
    }
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        if answer.header(name) != value {
            faults.push(format!("{name}: {:?}", answer.header(name)));
        }
    }
    if answer.header("x-request-id").len() < 30 {
        faults.push("no request id".into());
    }
    if !matches!(answer.header("cache-control"), "no-store" | "private, no-cache") {
        faults.push(format!("cache-control: {:?}", answer.header("cache-control")));
    }
    faults
}
