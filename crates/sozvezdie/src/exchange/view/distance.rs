//! The form that switches a day to distance, with the visits touched.
use super::{organisation_options, span_words, state_tag};
use crate::{
    exchange::{DistanceForm, LIST, model::Booking, url},
    organisations::Listed as Organisation,
    shell::Page,
};
use kit::{
    Visit,
    form::Problems,
    html::{self as piece, Fields, Line},
};
use maud::{Markup, html};

pub fn page(
    visit: &Visit,
    form: &DistanceForm,
    problems: &Problems,
    places: &[Organisation],
    touched: Option<&[Booking]>,
) -> Markup {
    let t = visit.lang;
    let title = t.say("distance-title");
    let f = Fields { lang: t, problems };
    let here = format!("{LIST}/distance");
    let options = organisation_options(t.say("distance-anywhere").into_owned(), places);
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &[(LIST.into(), t.say("nav-bookings").into_owned())], &title))
        (piece::head(&title, html! { p { (t.say("distance-about")) } }, html! {}))
        section.panel { form.form.body action=(here) {
            (f.summary())
            div.two {
                (f.line("on", &t.say("booking-date"), &form.on, Line { kind: "date", required: true, ..Line::TEXT }))
                (f.select("place_id", &t.say("distance-place"), &form.place_id, &options, "", false))
            }
            div.actions { button.btn.primary[touched.is_none()] { (t.say("distance-look")) } }
        } }
        @if let Some(touched) = touched { (list(visit, form, touched, &here)) }
    })
}

fn list(visit: &Visit, form: &DistanceForm, touched: &[Booking], here: &str) -> Markup {
    let t = visit.lang;
    if touched.is_empty() {
        return html! { section.panel.mt { (piece::empty("monitor", &t.say("distance-none"), html! {})) } };
    }
    let more = html! { span.muted { (t.say_with("distance-count", &[("n", touched.len().into())])) } };
    html! { div.mt { (piece::panel(&t.say("distance-touched"), more, html! {
        ul.list { @for b in touched {
            li.flex { span.t { a href=(url(b.id)) { (b.resource_name) } span.muted { " " (span_words(visit, b.span)) " · " (b.owner_name) " → " (b.organisation_name) } } (state_tag(t, b.state)) }
        } }
        form.body.actions action=(here) method="post" {
            (piece::key_field(&visit.new_key()))
            input type="hidden" name="on" value=(form.on);
            input type="hidden" name="place_id" value=(form.place_id);
            button.btn.primary { (piece::icon("monitor")) (t.say_with("distance-switch", &[("n", touched.len().into())])) }
        }
    })) } }
}
