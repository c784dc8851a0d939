//! How conferences look.
pub mod board;
pub mod section;
pub mod thesis;

use super::{
    Conference,
    model::{Section, Thesis, ThesisForm, ThesisState, clock},
    programme::SectionForm,
    url,
};
use crate::events;
use kit::{Lang, Visit, html as piece, text::text_prefix};
use maud::Markup;

fn crumbs(visit: &Visit, c: &Conference, more: Option<(String, String)>, here: &str) -> Markup {
    let t = visit.lang;
    let mut links = vec![
        (events::LIST.to_owned(), t.say("nav-events").into_owned()),
        (events::url(c.edition.id), c.edition.title.clone()),
    ];
    links.extend(more);
    piece::crumbs(&t.say("crumbs"), &links, here)
}

/// The link back to the conference.
fn back(t: Lang, c: &Conference) -> (String, String) {
    (url(c.stage.id), t.say("conference-one").into_owned())
}

fn state_tag(t: Lang, state: ThesisState) -> Markup {
    piece::tag(state.tone(), t.say(&text_prefix!("conference-thesis-", state.code())))
}

/// A new section meets on the first day.
pub fn fresh_section(c: &Conference) -> SectionForm {
    let day = c.stage.starts_on.or(c.edition.starts_on).map(|day| day.to_string()).unwrap_or_default();
    SectionForm { on_date: day, starts_at: "10:00".into(), ..SectionForm::default() }
}

/// The form of a section as it stands.
pub fn form_of(s: &Section) -> SectionForm {
    SectionForm {
        title: s.title.clone(),
        room: s.room.clone().unwrap_or_default(),
        on_date: s.on_date.to_string(),
        starts_at: clock(s.starts_at),
        version: s.version.to_string(),
    }
}

/// The form of theses as they stand.
pub fn thesis_form(t: &Thesis) -> ThesisForm {
    ThesisForm {
        section: t.section_id.to_string(),
        title: t.title.clone(),
        body: t.body.clone(),
        version: t.version.to_string(),
        ..ThesisForm::default()
    }
}
