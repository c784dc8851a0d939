//! How learners look.
pub mod duplicates;
pub mod form;
pub mod list;
pub mod record;
pub mod rollover;
pub mod subject;

use super::{
    model::{Attachment, Guardian, Learner, Relation},
    web::Looks,
};
use crate::{organisations::OrganisationId, shell::Tie};
use kit::{Lang, text::text_prefix};
use std::collections::HashMap;

/// What the list's filters offer.
pub struct Choices {
    pub organisations: Vec<(OrganisationId, String)>,
    pub classes: Vec<(String, i64)>,
}

/// Everything that a record's page shows.
pub struct Record {
    pub learner: Learner,
    pub guardians: Vec<Guardian>,
    pub attachments: Vec<Attachment>,
    pub organisations: HashMap<OrganisationId, String>,
    /// Who looked; none where the viewer may not know, or did not ask.
    pub looks: Option<Looks>,
    /// What other slices keep of the child.
    pub ties: Vec<Tie>,
    /// Has the role of a learner already; of no matter where the viewer may not give it.
    pub is_let_in: bool,
    /// There may be another record of the same child, and nobody has said yet.
    pub is_doubtful: bool,
}

pub fn relation_words(t: Lang, relation: Relation) -> String {
    t.say(&text_prefix!("learner-relation-", relation.code())).into_owned()
}
