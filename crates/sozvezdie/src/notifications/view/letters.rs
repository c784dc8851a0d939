//! Where each reads what: the page of choices, and the page that stops letters.
use super::super::{
    LIST, SETTINGS,
    letters::{Choices, STOP},
    model::{Choice, Kind},
};
use crate::shell::Page;
use kit::{
    Lang, Visit,
    html::{self as piece, Tone},
    text::{text_key, text_prefix},
};
use maud::{Markup, html};

/// Whether a kind belongs to a group.
type Holds = fn(Kind) -> bool;

/// The kinds as the page groups them.
const GROUPS: [(&str, Holds); 3] = [
    (text_key("notification-group-deeds"), |kind| kind.needs_deed() && !is_reminder(kind)),
    (text_key("notification-group-reminders"), is_reminder),
    (text_key("notification-group-news"), |kind| !kind.needs_deed()),
];

fn is_reminder(kind: Kind) -> bool {
    matches!(kind, Kind::Unanswered | Kind::LoanDue | Kind::LoanOverdue | Kind::MonthDue | Kind::ReportDue)
}

/// The choices. `sends` says whether letters leave this network at all.
pub fn settings(visit: &Visit, chosen: &Choices, sends: bool) -> Markup {
    let t = visit.lang;
    let title = t.say("notification-settings");
    let way = [(LIST.to_owned(), t.say("notifications-title").into_owned())];
    Page::new(visit, title.as_ref()).show(html! {
        (piece::crumbs(&t.say("crumbs"), &way, &title))
        (piece::head(&title, html! { p { (t.say("notification-settings-about")) } }, html! {}))
        @if !sends { div.mb { (piece::alert(Tone::Info, html! { p { (t.say("notification-mail-off")) } })) } }
        form.stack action=(SETTINGS) method="post" {
            (piece::key_field(&visit.new_key()))
            section.panel { div.body.stack {
                label.check { input type="checkbox" name="letters" value="true" checked[chosen.letters]; span { (t.say("notification-letters")) } }
                p.muted.sm { (t.say_with("notification-letters-to", &[("address", visit.viewer.email.as_str().into())])) }
            } }
            (table(t, &title, &chosen.kinds))
            div.actions { button.btn.primary { (t.say("save")) } a.btn href=(LIST) { (t.say("cancel")) } }
        }
    })
}

fn table(t: Lang, title: &str, kinds: &[Choice]) -> Markup {
    let (in_app, by_mail) = (t.say("notification-in-app"), t.say("notification-by-mail"));
    let table = html! { table.tbl {
        caption.vh { (title) }
        thead { tr { th scope="col" { (t.say("notifications-kind")) } th scope="col" { (in_app) } th scope="col" { (by_mail) } } }
        @for (heading, belongs) in GROUPS.iter().filter(|(_, belongs)| kinds.iter().any(|c| belongs(c.kind))) { tbody {
            tr { th colspan="3" scope="rowgroup" { (t.say(heading)) } }
            @for c in kinds.iter().filter(|c| belongs(c.kind)) { tr {
                @let name = t.say(&text_prefix!("notification-kind-", c.kind.code()));
                td.main { (name) }
                td { (mark("app", c.kind, c.in_app, &format!("{name}: {in_app}"))) }
                td { (mark("mail", c.kind, c.by_mail, &format!("{name}: {by_mail}"))) }
            } }
        } }
    } };
    html! { section.panel { (piece::scroll(title, table)) } }
}

fn mark(field: &str, kind: Kind, is_on: bool, label: &str) -> Markup {
    html! { label.check { input type="checkbox" name=(field) value=(kind.code()) checked[is_on]; span.vh { (label) } } }
}

/// The page behind the link of a letter. It names nobody: the letter may have been passed on.
pub fn stop(visit: &Visit, secret: &str, wants: bool) -> Markup {
    let t = visit.lang;
    let title = t.say("letters-title");
    Page::new(visit, title.as_ref()).show(html! {
        (piece::head(&title, html! {}, html! {}))
        section.panel { div.body.stack {
            @if wants {
                p { (t.say("letters-stop-about")) }
                form action={ (STOP) "/" (secret) } method="post" { button.btn.primary { (t.say("letter-stop")) } }
            } @else {
                p { (t.say("letters-stopped")) }
                p { a href=(SETTINGS) { (t.say("letters-choose")) } }
            }
        } }
    })
}
