//! What later slices show at the record of an earlier one: a tab of an organisation, of a child.
//! The record's slice knows none of them; `slices.rs` hands them over.
use kit::{Fault, Visit};
use maud::Markup;
use std::{collections::BTreeMap, future::Future, pin::Pin};
use uuid::Uuid;

/// What the address says besides the tab: a year, a page.
pub type Asked = BTreeMap<String, String>;

type Drawn<'a> = Pin<Box<dyn Future<Output = Result<Markup, Fault>> + Send + 'a>>;

/// A tab at somebody else's record.
#[derive(Clone)]
pub struct Tie {
    /// The kind of record, as search and audit call it.
    pub of: &'static str,
    /// `?tab=` of it.
    pub code: &'static str,
    /// The tab's words, a [`kit::text::text_key`].
    pub title: &'static str,
    /// Its place among the tabs; the lower, the earlier.
    pub rank: u8,
    /// Whether this viewer has such a tab at this record.
    pub may: fn(&Visit, Uuid) -> bool,
    pub show: for<'a> fn(&'a Visit, Uuid, &'a Asked) -> Drawn<'a>,
}

/// The tabs of one record that a viewer has, in their order.
pub struct Ties(Vec<Tie>);

impl Ties {
    pub fn of(all: &[Tie], kind: &str, visit: &Visit, id: Uuid) -> Self {
        let mut own: Vec<Tie> = all.iter().filter(|t| t.of == kind && (t.may)(visit, id)).cloned().collect();
        own.sort_by_key(|t| t.rank);
        Self(own)
    }

    /// As [`kit::html::tabs`] wants them, for the record at `here`.
    pub fn tabs<'a>(
        &'a self,
        visit: &'a Visit,
        here: &'a str,
        chosen: &'a str,
    ) -> impl Iterator<Item = (String, String, Option<i64>, bool)> + 'a {
        self.0.iter().map(move |t| {
            (format!("{here}?tab={}", t.code), visit.lang.say(t.title).into_owned(), None, t.code == chosen)
        })
    }

    /// What stands under the chosen tab, if it is one of these.
    ///
    /// # Errors
    /// Those of the slice that draws it.
    pub async fn show(&self, visit: &Visit, id: Uuid, chosen: &str, asked: &Asked) -> Result<Option<Markup>, Fault> {
        match self.0.iter().find(|t| t.code == chosen) {
            Some(tie) => Ok(Some((tie.show)(visit, id, asked).await?)),
            None => Ok(None),
        }
    }
}
