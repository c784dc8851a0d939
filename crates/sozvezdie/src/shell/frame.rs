//! The frame of a page: menu, search, who is signed in, the way to the low-vision version.
use super::{
    assets,
    nav::{self, Group},
};
use kit::{Lang, Visit, html as piece, text::text_key};
use maud::{DOCTYPE, Markup, PreEscaped, Render, html};

/// One page: its title and what surrounds it.
pub struct Page<'v> {
    visit: &'v Visit,
    title: String,
}

impl<'v> Page<'v> {
    pub fn new(visit: &'v Visit, title: impl Into<String>) -> Self {
        Self { visit, title: title.into() }
    }

    /// The whole document around `body`. The body brings the page's one `h1`.
    pub fn show(&self, body: impl Render) -> Markup {
        let v = self.visit;
        let t = v.lang;
        let look = &v.look;
        html! {
            (DOCTYPE)
            html lang=(t.code()) data-fs=[look.size] data-scheme=[look.scheme] data-sp=[look.wide.then_some("wide")] data-img=[look.no_images.then_some("off")] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (self.title) " · " (t.say("product")) }
                    meta name="htmx-config" content=(HTMX);
                    @if !v.csrf.is_empty() { meta name="csrf" content=(v.csrf); }
                    link rel="icon" href=(assets::url("favicon.svg"));
                    link rel="preload" href="/assets/fonts/golos-text-cyrillic-wght-normal.woff2" as="font" type="font/woff2" crossorigin;
                    link rel="stylesheet" href=(assets::url("css/tokens.css"));
                    link rel="stylesheet" href=(assets::url("css/app.css"));
                    script src=(assets::url("js/htmx.min.js")) defer {}
                    script src=(assets::url("js/hx-preload.min.js")) defer {}
                    script src=(assets::url("js/app.js")) defer {}
                }
                body hx-boost:inherited="true" {
                    a.skip href="#main" { (t.say("skip-to-content")) }
                    div.frame { div.app {
                        (side(v))
                        div.page {
                            @if let Some(key) = v.notice { aside.demo aria-label=(t.say("notice")) { b { (t.say(key)) } } }
                            (top(v))
                            main #main {
                                (flash(v))
                                (body)
                            }
                        }
                    } }
                    (tab_bar(v))
                    div.vh #live role="status" {}
                    div.toasts #toasts role="region" aria-label=(t.say("toasts")) {}
                    (palette(t))
                    (keys(t))
                }
            }
        }
    }
}

/// htmx: no styles of its own (the CSP forbids inline ones), and nothing fetched before it is
/// pressed: a link under a scrolling thumb must not be noted as a reading of a child's record.
const HTMX: &str = r#"{"includeIndicatorCSS":false,"preload":{"autoBoost":false}}"#;

const LOGO: PreEscaped<&str> = PreEscaped(
    r##"<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" fill="currentColor"/><g fill="none" stroke="#fff" stroke-width="1.6" opacity=".85"><path d="M9 10 16 16l8-5M16 16l-6 7M16 16l7 6"/></g><g fill="#fff"><circle cx="16" cy="16" r="3.4"/><circle cx="9" cy="10" r="2.1"/><circle cx="24" cy="11" r="2.1"/><circle cx="10" cy="23" r="2.1"/></g><circle cx="23" cy="22" r="2.1" fill="#f0b45a"/></svg>"##,
);

fn side(v: &Visit) -> Markup {
    let t = v.lang;
    let here = nav::current(v.path()).map(|e| e.key);
    let group = |group: Group| nav::visible(v).filter(move |e| e.group == group).collect::<Vec<_>>();
    let groups = [
        (Group::Day, None),
        (Group::Network, Some(t.say("nav-group-network"))),
        (Group::Government, Some(t.say("nav-group-government"))),
    ];
    html! {
        aside.side #side popover aria-label=(t.say("nav-menu")) {
            a.brand href="/" { (LOGO) span { (t.say("product")) small { (t.say("territory")) } } }
            nav.nav aria-label=(t.say("nav-sections")) hx-preload:inherited="mousedown" {
                @for (kind, heading) in groups {
                    @let entries = group(kind);
                    @if !entries.is_empty() {
                        @if let Some(heading) = heading { h2 { (heading) } }
                        @for e in entries {
                            a href=(e.href) aria-current=[(here == Some(e.key)).then_some("page")] { (piece::icon(e.icon)) (t.say(e.key)) @if let Some(n) = v.count(e.key) { span.n { (few(n)) span.vh { " " (t.say_with("nav-waits", &[("count", n.into())])) } } } }
                        }
                    }
                }
            }
            div.side-foot {
                p { (academic_year(t, v.today)) }
                p { a href="/api" { (t.say("nav-api")) } }
            }
        }
    }
}

/// `2026/27 учебный год`: 1 September to 31 August.
fn academic_year(t: Lang, today: chrono::NaiveDate) -> String {
    let year = super::AcademicYear::of(today).short();
    t.say_with("academic-year", &[("years", year.into())]).into_owned()
}

fn top(v: &Visit) -> Markup {
    let t = v.lang;
    html! {
        header.top {
            button.btn.icon.quiet.only-phone type="button" popovertarget="side" { (piece::icon("menu")) span.vh { (t.say("nav-menu")) } }
            a.find href="/search" data-palette { (piece::icon("search")) span { (t.say("search-placeholder")) } kbd aria-hidden="true" { "Ctrl K" } }
            div.top-r {
                a.btn.icon.quiet href="/look" { (piece::icon("eye")) span.vh { (t.say("look-title")) } }
                form action="/language" method="post" hx-boost="false" {
                    input type="hidden" name="lang" value=(t.other().code());
                    input type="hidden" name="back" value=(v.url);
                    button.btn.quiet.hide-phone lang=(t.other().code()) { (t.say("language-other")) span.vh { " — " (t.say("language-switch")) } }
                }
                @if v.viewer.is_guest() {
                    a.btn href={ "/sign-in?next=" (kit::text::url_part(&v.url)) } { (piece::icon("log-in")) (t.say("sign-in")) }
                } @else {
                    a.btn.icon.quiet.bell href="/notifications" {
                        (piece::icon("bell"))
                        span.vh { (t.say("notifications-title")) }
                        @if let Some(n) = v.count(nav::BELL) { span.dot { (few(n)) span.vh { " " (t.say_with("notifications-unread", &[("count", n.into())])) } } }
                    }
                    a.who href="/account" { span.vh { (t.say("account-title")) ": " (v.viewer.name) }
                        span.ava aria-hidden="true" { (initials(&v.viewer.name)) }
                        span aria-hidden="true" { (v.viewer.name) small { (roles(v)) } }
                    }
                    form action="/sign-out" method="post" hx-boost="false" {
                        button.btn.icon.quiet { (piece::icon("log-out")) span.vh { (t.say("sign-out")) } }
                    }
                }
            }
        }
    }
}

fn roles(v: &Visit) -> String {
    let names: Vec<_> = v
        .viewer
        .grants
        .iter()
        .filter(|g| g.role != "guest")
        .map(|g| v.lang.say(&kit::text::text_prefix!("role-", g.role)))
        .collect();
    let mut names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    names.dedup();
    names.into_iter().take(2).collect::<Vec<_>>().join(", ")
}

/// «Ольга Сергеевна» → «ОС».
fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|w| w.chars().next()).take(2).collect()
}

fn flash(v: &Visit) -> Markup {
    let known = v.flash.as_deref().filter(|key| key.starts_with("done-") && v.lang.knows(key));
    html! { @if let Some(key) = known { (piece::alert(piece::Tone::Ok, v.lang.say(key))) } }
}

fn tab_bar(v: &Visit) -> Markup {
    let t = v.lang;
    let here = nav::current(v.path()).map(|e| e.key);
    html! {
        nav.tabbar aria-label=(t.say("nav-quick")) {
            @for e in nav::tabs(v) {
                a href=(e.href) aria-current=[(here == Some(e.key)).then_some("page")] {
                    (piece::icon(e.icon)) (t.say(e.tab_key()))
                    @if let Some(n) = v.count(e.key) { span.dot { (few(n)) span.vh { " " (t.say_with("nav-waits", &[("count", n.into())])) } } }
                }
            }
            button type="button" popovertarget="side" { (piece::icon("menu")) (t.say("nav-more")) }
        }
    }
}

/// A count that fits into its mark.
fn few(count: i64) -> String {
    if count > 99 { "99+".into() } else { count.to_string() }
}

fn palette(t: Lang) -> Markup {
    html! {
        dialog.palette #palette aria-label=(t.say("search-label")) {
            form action="/search" role="search" {
                label.vh for="palette-q" { (t.say("search-label")) }
                input #palette-q type="search" name="q" placeholder=(t.say("search-placeholder")) autocomplete="off"
                    role="combobox" aria-expanded="false" aria-autocomplete="list" aria-controls="palette-list";
            }
            div #palette-list role="listbox" aria-label=(t.say("search-results")) {}
        }
    }
}

/// What the keys do: shown by «?».
fn keys(t: Lang) -> Markup {
    let rows = [
        ("Ctrl K", text_key("keys-search")),
        ("/", text_key("keys-search")),
        ("j · k", text_key("keys-rows")),
        ("?", text_key("keys-help")),
        ("Esc", text_key("keys-close")),
    ];
    html! {
        dialog #keys aria-labelledby="keys-title" {
            h2 #keys-title { (t.say("keys-title")) }
            dl.keys { @for (key, words) in rows { dt { kbd { (key) } } dd { (t.say(words)) } } }
            button.btn type="button" data-close { (t.say("keys-close")) }
        }
    }
}
