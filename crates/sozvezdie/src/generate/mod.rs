//! A synthetic network of any size, the same for the same seed: for measuring. No real names.
//!
//! Everything goes in through the slices' own ways in, many rows in a statement, so what holds of
//! typed data holds here too: numbers have their check digits, nothing is over capacity, all is
//! found by a search and stands in the audit trail. Each kind of thing is one file and one step of
//! [`network`].
mod bookings;
mod organisations;
mod participations;
mod resources;

use crate::people::{self, NetworkDraft};
use kit::{Fault, Visit};
use rand::{SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};

/// How much of everything.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub organisations: usize,
    pub resources: usize,
    pub bookings: usize,
    pub learners: usize,
    pub participations: usize,
}

impl Size {
    /// What is asked for besides; the bar of progress counts these.
    pub fn total(self) -> u64 {
        u64::try_from(self.organisations + self.resources + self.bookings + self.learners + self.participations)
            .unwrap_or(u64::MAX)
    }
}

/// Rows of one transaction: large enough to be quick, small enough to show progress.
const BATCH: usize = 1000;

/// Writes a network under the visit's id. Its name comes last, so that one cut short in the middle
/// is never served. `wrote` is told how many more things are there now.
///
/// # Errors
/// The database's.
pub async fn network(
    visit: &Visit,
    name: String,
    size: Size,
    seed: u64,
    wrote: impl Fn(usize) + Clone,
) -> Result<(), Fault> {
    let mut random = StdRng::seed_from_u64(seed);
    let owners = organisations::write(visit, size.organisations, &mut random, wrote.clone()).await?;
    let bookable = resources::write(visit, size.resources, &owners, &mut random, wrote.clone()).await?;
    bookings::write(visit, size.bookings, &owners, &bookable, &mut random, wrote.clone()).await?;
    let children = participations::children(visit, size.learners, &owners, &mut random, wrote.clone()).await?;
    participations::write(visit, size.participations, &children, &mut random, wrote).await?;
    let named = NetworkDraft {
        name,
        territory: "Синтетический район".into(),
        founder: None,
        area_code: "4722".into(),
        is_demo: true,
    };
    people::add_network(visit, &named).await?;
    Ok(())
}

fn one_of(texts: &[&'static str], random: &mut StdRng) -> &'static str {
    texts.choose(random).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests;
