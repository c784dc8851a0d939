//! The first page of a guest: what the network is, and the ways in. Sums only, nothing personal.
use super::{Figures, hours};
use crate::shell::{AcademicYear, Page, nav};
use kit::{Visit, html as piece, text::text_prefix};
use maud::{Markup, html};

pub fn page(visit: &Visit, f: &Figures) -> Markup {
    let t = visit.lang;
    let organisations: i64 = f.organisations.iter().map(|c| c.1).sum();
    let resources: i64 = f.resources.iter().map(|c| c.1).sum();
    let given = format!("{}\u{a0}{}", hours(t, f.minutes), t.say("home-hours"));
    let rows = [
        ("/organisations", t.say("nav-organisations"), t.number(organisations), t.say("home-guest-organisations")),
        ("/resources", t.say("home-shared"), t.number(resources), t.say("home-guest-resources")),
        (
            "/links",
            t.say("home-given"),
            given,
            t.say_with("academic-year", &[("years", AcademicYear(f.year).short().into())]),
        ),
    ];
    Page::new(visit, t.say("nav-home")).show(html! {
        (piece::head(&t.say("home-guest-title"), html! { p { (t.say("home-about")) } }, piece::link_button("/resources", "search", t.say("home-guest-look"), true)))
        div.grid {
            div.panel.scroll-x tabindex="0" role="group" aria-label=(t.say("home-figures")) { dl.stats.three {
                @for (href, name, value, below) in &rows { div { dt { (name) } dd { a href=(href) { b { (value) } } } dd { (below) } } }
            } }
            div.grid.cols {
                (piece::panel(&t.say("home-guest-open"), html! {}, html! { ul.queue {
                    @for e in nav::visible(visit).filter(|e| e.href != "/") {
                        li { (piece::icon(e.icon)) div { a.t href=(e.href) { (t.say(e.key)) } p.muted.sm { (t.say(&text_prefix!("about-", e.key))) } } }
                    }
                } }))
                (piece::panel(&t.say("home-join"), html! {}, html! { div.body {
                    p { (t.say("home-join-ask")) }
                    p { (t.say("home-join-account")) }
                    p { (t.say("home-join-first")) }
                    p { (piece::link_button("/sign-in", "log-in", t.say("sign-in"), false)) }
                } }))
            }
        }
    })
}
