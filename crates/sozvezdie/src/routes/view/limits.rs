//! The table of permitted loads.
use crate::{
    routes::{LIMITS, LIST, load::Limit, web::list::LimitsForm},
    shell::Page,
};
use kit::{
    Visit,
    form::Problems,
    html::{self as piece, Fields, Line},
    text::text_prefix,
};
use maud::{Markup, html};

pub fn page(visit: &Visit, form: &LimitsForm, problems: &Problems) -> Markup {
    let t = visit.lang;
    let title = t.say("route-limits");
    let f = Fields { lang: t, problems };
    let may = visit.viewer.may(LIMITS);
    let words = |limit: Limit| t.say(&text_prefix!("route-limit-", limit.code()));
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("nav-routes").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say("route-limits-about")) } }, html! {}))
        section.panel {
            @if may {
                form.form.body action="/routes/limits" method="post" {
                    (f.summary())
                    (piece::key_field(&visit.new_key()))
                    @for (limit, value) in form.rows() {
                        (f.line(limit.code(), &words(limit), &value, Line { kind: if limit.is_clock() { "time" } else { "number" }, required: true, ..Line::TEXT }))
                    }
                    div.actions { button.btn.primary { (t.say("save")) } a.btn href=(LIST) { (t.say("cancel")) } }
                }
            } @else {
                div.body {
                    @let rows: Vec<(String, Option<Markup>)> = form.rows().into_iter().map(|(limit, value)| (words(limit).into_owned(), Some(html! { (value) }))).collect();
                    @let rows: Vec<(&str, Option<Markup>)> = rows.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
                    (piece::facts(&rows))
                    p.muted.mt { (t.say("route-limits-whose")) }
                }
            }
        }
    })
}
