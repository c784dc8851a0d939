//! Conferences: sections, theses with anonymous review, programme, points of the jury, collection.
//!
//! A conference is a stage of an edition of that kind. Whose works they are is kept apart from their
//! text: a text names nobody, so that it goes to a reviewer as it stands (ADR 20).
mod api;
mod files;
mod marks;
mod model;
mod papers;
mod programme;
mod review;
mod store;
mod subject;
#[cfg(test)]
mod tests;
mod theses;
mod view;
mod web;

pub use marks::give;
pub use model::{
    Advice, Criteria, Criterion, SectionId, ThesisDraft, ThesisForm, ThesisId, ThesisState, points as words_of_points,
};
pub use programme::{SlotDraft, insert_section, insert_slot, seat};
pub use review::{ask_in, record as record_review};
pub use store::SectionDraft;
pub use theses::{Origin, decide_in, insert as insert_thesis};
pub use view::section::with_most;

use crate::{
    events::{self, Edition, EventKind, Stage, StageId},
    people::PersonId,
    shell::Slice,
};
use chrono::NaiveDate;
use kit::{
    Fault, Visit,
    access::{Permission, Reach},
    db::Tx,
    routes::Routes,
};
use model::{Author, Juror, Mark, Rules, Section, Slot, Thesis};
use store::theses::Whose;

/// Theses of the own organisation.
pub const KEEP: Permission = Permission("conferences.keep");
/// Handing in theses of own pupils.
pub const SUBMIT: Permission = Permission("conferences.submit");
/// Reviews that one was asked for.
pub const REVIEW: Permission = Permission("conferences.review");
/// Giving points in a section whose jury one belongs to.
pub const JUDGE: Permission = Permission("conferences.judge");

/// The kinds of record in audit and files.
pub const KIND: &str = "conference_thesis";
pub const SECTION_KIND: &str = "conference_section";

/// The address of a conference.
pub fn url(stage: StageId) -> String {
    format!("/conferences/{stage}")
}

/// The address of theses.
pub fn thesis_url(id: ThesisId) -> String {
    format!("/conferences/theses/{id}")
}

/// The address of a review, for the reviewer.
pub fn review_url(id: model::ReviewId) -> String {
    format!("/conferences/reviews/{id}")
}

/// The address of a section.
pub fn section_url(id: SectionId) -> String {
    format!("/conferences/sections/{id}")
}

pub fn slice() -> Slice {
    let routes = Routes::default()
        .get("/conferences/files/{id}", SUBMIT, files::download)
        .get("/conferences/sections/{id}", events::ORGANISE, web::section)
        .post("/conferences/sections/{id}", events::ORGANISE, web::change_section)
        .post("/conferences/sections/{id}/jury", events::ORGANISE, web::jury)
        .post("/conferences/sections/{id}/programme", events::ORGANISE, web::plan)
        .get("/conferences/sections/{id}/marks", JUDGE, web::marks)
        .post("/conferences/sections/{id}/marks", JUDGE, web::keep_marks)
        .get("/conferences/sections/{id}/criteria.pdf", JUDGE, web::criteria_sheet)
        .get("/conferences/theses/{id}", SUBMIT, web::thesis)
        .post("/conferences/theses/{id}", SUBMIT, web::change_thesis)
        .get("/conferences/theses/{id}/edit", SUBMIT, web::edit_thesis)
        .post("/conferences/theses/{id}/files", SUBMIT, files::upload)
        .post("/conferences/theses/{id}/withdrawal", SUBMIT, web::withdraw)
        .post("/conferences/theses/{id}/reviews", events::ORGANISE, web::ask)
        .post("/conferences/theses/{id}/decision", events::ORGANISE, web::decide)
        .get("/conferences/reviews/{id}", REVIEW, web::review)
        .post("/conferences/reviews/{id}", REVIEW, web::write_review)
        .get("/conferences/{stage}", events::VIEW, web::show)
        .post("/conferences/{stage}/rules", events::ORGANISE, web::set_rules)
        .post("/conferences/{stage}/sections", events::ORGANISE, web::add_section)
        .post("/conferences/{stage}/points", events::ORGANISE, web::hand_over)
        .get("/conferences/{stage}/programme.pdf", events::VIEW, web::programme_file)
        .get("/conferences/{stage}/collection.pdf", events::ORGANISE, web::collection)
        .get("/conferences/{stage}/theses/new", SUBMIT, web::new_thesis)
        .post("/conferences/{stage}/theses", SUBMIT, web::submit)
        .get("/api/v1/conferences/{stage}", events::VIEW, api::show)
        .get("/api/v1/conferences/{stage}/theses", SUBMIT, api::theses)
        .post("/api/v1/conferences/{stage}/theses", SUBMIT, api::submit);
    Slice::new("conferences", routes).described(api::document()).keeping(subject::OF_LEARNER)
}

/// A conference with its plan, and whether the viewer holds it.
pub struct Conference {
    pub edition: Edition,
    pub stage: Stage,
    pub rules: Rules,
    pub sections: Vec<Section>,
    pub jurors: Vec<Juror>,
    pub slots: Vec<Slot>,
    pub holds: bool,
}

impl Conference {
    pub fn section(&self, id: SectionId) -> Option<&Section> {
        self.sections.iter().find(|s| s.id == id)
    }

    /// The jury of a section, the chair first.
    pub fn jury(&self, id: SectionId) -> impl Iterator<Item = &Juror> {
        self.jurors.iter().filter(move |j| j.section == id)
    }

    /// Whether theses are taken.
    pub fn takes_theses(&self, visit: &Visit) -> bool {
        !self.sections.is_empty()
            && (events::takes_entries(&self.edition, &self.stage, visit.today)
                || (self.holds && self.stage.state != events::StageState::Final))
    }

    /// The first and the last day of the stage, or of the edition where the stage has none; without a last
    /// one it is one day.
    fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let (first, last) = match self.stage.starts_on {
            Some(first) => (first, self.stage.ends_on),
            None => (self.edition.starts_on?, self.stage.ends_on.or(self.edition.ends_on)),
        };
        Some((first, last.unwrap_or(first).max(first)))
    }

    fn judges(&self, section: SectionId, person: PersonId) -> bool {
        self.jury(section).any(|j| j.person == person)
    }
}

/// A conference, if there is one at this stage and the viewer may see the edition.
///
/// # Errors
/// [`Fault::NotFound`], alike for an unknown stage, another kind of event and one out of reach.
pub async fn open(visit: &Visit, id: StageId) -> Result<Conference, Fault> {
    let stage = events::stage(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    let edition = events::open(visit, stage.edition_id).await?;
    if edition.kind != EventKind::Conference {
        return Err(Fault::NotFound);
    }
    let holds = events::organises(visit, &edition, &stage);
    Ok(Conference {
        rules: store::rules(&visit.net, id).await?.unwrap_or_default(),
        sections: store::sections(&visit.net, id).await?,
        jurors: store::jurors(&visit.net, id).await?,
        slots: store::slots(&visit.net, id).await?,
        edition,
        stage,
        holds,
    })
}

/// A conference as whoever holds it sees it, within a transaction: for the demo.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn within(tx: &mut Tx, id: StageId) -> Result<Conference, Fault> {
    let stage = events::stage_in(tx, id).await?.ok_or(Fault::NotFound)?;
    let edition = events::find_in(tx, stage.edition_id).await?.ok_or(Fault::NotFound)?;
    Ok(Conference {
        rules: Rules::default(),
        sections: store::sections_in(tx, id).await?,
        jurors: store::jurors_in(tx, id).await?,
        slots: store::slots_in(tx, id).await?,
        edition,
        stage,
        holds: true,
    })
}

/// A conference for whoever holds it.
async fn open_to_hold(visit: &Visit, id: StageId) -> Result<Conference, Fault> {
    let found = open(visit, id).await?;
    if found.holds { Ok(found) } else { Err(Fault::Forbidden(events::ORGANISE)) }
}

/// A section with its conference.
async fn open_section(visit: &Visit, id: SectionId) -> Result<(Conference, Section), Fault> {
    let section = store::section(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    Ok((open(visit, section.stage_id).await?, section))
}

/// Whose theses the viewer sees at a conference.
fn whose(visit: &Visit, holds: bool) -> Whose {
    if holds {
        return Whose::All;
    }
    let keeps = match visit.viewer.reach(KEEP) {
        // No role keeps the theses of a whole network: that width would mean a slip in the table.
        Reach::Network => Reach::Nowhere,
        reach => reach,
    };
    Whose::Own { keeps, me: visit.actor() }
}

/// The theses that the viewer sees at a conference, with their authors; the look is noted.
///
/// # Errors
/// [`Fault::Unavailable`] when it cannot be noted.
async fn listed(visit: &Visit, c: &Conference) -> Result<(Vec<Thesis>, Vec<Author>), Fault> {
    if !c.holds && !visit.viewer.may(SUBMIT) {
        return Ok((Vec::new(), Vec::new()));
    }
    let theses = store::theses::list(&visit.net, c.stage.id, &whose(visit, c.holds)).await?;
    let mut authors = store::theses::authors(&visit.net, c.stage.id).await?;
    authors.retain(|a| theses.iter().any(|t| t.id == a.thesis));
    note(visit, &authors).await?;
    Ok((theses, authors))
}

async fn note(visit: &Visit, authors: &[Author]) -> Result<(), Fault> {
    let mut seen: Vec<PersonId> = authors.iter().map(|a| a.learner).collect();
    seen.sort_unstable_by_key(|id| id.0);
    seen.dedup();
    crate::learners::note_read(visit, crate::learners::How::Elsewhere, &seen).await
}

/// What a reviewer gets of theses: nothing that says whose they are.
fn open_hidden(mut thesis: Thesis) -> Thesis {
    thesis.organisation.clear();
    thesis.verdict = None;
    thesis
}

/// The points of a conference.
async fn points(visit: &Visit, c: &Conference) -> Result<Vec<Mark>, Fault> {
    store::marks(&visit.net, c.stage.id).await
}

/// Nobody may speak or judge in two rooms at once: looked at after each change, within it.
async fn keep_apart(tx: &mut Tx, stage: StageId) -> Result<(), Fault> {
    let sections = store::sections_in(tx, stage).await?;
    let (slots, jurors) = (store::slots_in(tx, stage).await?, store::jurors_in(tx, stage).await?);
    let authors = store::theses::authors_in(tx, stage).await?;
    let Some(found) = model::clash(&sections, &slots, &jurors, &authors) else { return Ok(()) };
    let juror = jurors.iter().find(|j| j.person == found.person).map(|j| j.name.clone());
    let author = authors.iter().find(|a| a.learner == found.person).map(|a| a.name.clone());
    let title = |id| sections.iter().find(|s| s.id == id).map(|s| s.title.clone()).unwrap_or_default();
    Err(Fault::field(
        "clash",
        kit::text::Message::new("conference-clash")
            .with("who", juror.or(author).unwrap_or_default())
            .with("here", title(found.here))
            .with("there", title(found.there))
            .with("at", model::clock(found.at)),
    ))
}
