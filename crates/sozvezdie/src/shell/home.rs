//! Home: what waits for this person. Until the exchange is here, the way to the network.
use super::{Page, nav};
use kit::{Fault, Visit, html as piece};
use maud::{Markup, html};

pub async fn show(visit: Visit) -> Result<Markup, Fault> {
    let t = visit.lang;
    let title = if visit.viewer.is_guest() { t.say("home-guest-title").into_owned() } else { today(&visit) };
    Ok(Page::new(&visit, t.say("nav-home")).show(html! {
        (piece::head(&title, html! { p { (t.say("home-about")) } }, html! {}))
        section.panel { ul.queue {
            @for e in nav::visible(&visit).filter(|e| e.href != "/") {
                li { (piece::icon(e.icon)) div { a.t href=(e.href) { (t.say(e.key)) } p.muted.sm { (t.say(&kit::text::text_prefix!("about-", e.key))) } } }
            }
        } }
    }))
}

/// «Вторник, 24 ноября».
fn today(visit: &Visit) -> String {
    use chrono::Datelike as _;
    let number = visit.today.weekday().num_days_from_monday();
    let weekday = visit.lang.say(&kit::text::text_prefix!("weekday-", number));
    format!("{weekday}, {}", visit.lang.day(visit.today, visit.today.year()))
}
