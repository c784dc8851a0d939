//! Records that may be one child: found when a record is written, decided by people.
use super::{
    How, KIND,
    access::{editable, note_read},
    model::{Learner, LearnerDraft},
    store::{
        self as learner_store,
        duplicates::{self as store, Near},
        places,
    },
};
use crate::{imports::are_close, people::PersonId};
use kit::{
    Fault, Visit,
    audit::Entry,
    db::Tx,
    once::{Done, Once},
    text::{Message, name_key},
};
use uuid::Uuid;

/// The queue's address.
pub const QUEUE: &str = "/learners/duplicates";

kit::codes! {
    /// Why two records may be one child.
    pub enum Why { SameSnils = "same_snils", SameName = "same_name", CloseName = "close_name" }
}

kit::codes! {
    /// open → merged or apart; merged → open when it is taken back.
    pub enum PairState { Open = "open", Merged = "merged", Apart = "apart" }
}

/// Whether two name keys are one but for a slip, or for a patronymic that one lacks.
pub fn are_near(one: &str, other: &str) -> bool {
    let lacks = |short: &str, long: &str| {
        short.split(' ').count() == 2 && long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '))
    };
    lacks(one, other) || lacks(other, one) || are_close(one, other)
}

/// Looks for records that may be the same child and puts them into the queue, whichever
/// organisation's they are. A pair that was decided is not asked about again.
pub(super) async fn suspect(tx: &mut Tx, visit: &Visit, id: PersonId, draft: &LearnerDraft) -> Result<(), Fault> {
    let key = name_key(&draft.name.full());
    for Near { id: other, name_key, snils, birth_date } in
        store::near(tx, id, draft.birth_date, draft.snils.as_deref()).await?
    {
        let why = if snils.is_some() && snils == draft.snils {
            Why::SameSnils
        } else if birth_date != draft.birth_date {
            continue;
        } else if name_key == key {
            Why::SameName
        } else if are_near(&name_key, &key) {
            Why::CloseName
        } else {
            continue;
        };
        let (first, second) = if id < other { (id, other) } else { (other, id) };
        store::insert(tx, visit.new_id(), first, second, why, visit.now).await?;
    }
    Ok(())
}

/// A pair in the queue, as one side sees it: the other organisation's child is not told.
pub struct Waiting {
    pub id: Uuid,
    pub why: Why,
    pub state: PairState,
    pub first: Option<Learner>,
    pub second: Option<Learner>,
    /// This side has said that it is one child; the other has not yet.
    pub agreed: bool,
}

/// The pairs of which the viewer may change a side, those to be decided first; the look is noted.
///
/// # Errors
/// The database's; [`Fault::Unavailable`].
pub async fn queue(visit: &Visit) -> Result<Vec<Waiting>, Fault> {
    let reach = editable(visit).await?;
    let mut found = Vec::new();
    let mut shown = Vec::new();
    for pair in store::queue(&visit.net, &reach, 200).await? {
        let first = store::side(&visit.net, pair.first).await?.filter(|l| reach.covers(Some(l.organisation.0)));
        let second = store::side(&visit.net, pair.second).await?.filter(|l| reach.covers(Some(l.organisation.0)));
        shown.extend([&first, &second].into_iter().flatten().map(|l| l.id));
        let agreed = (first.is_some() && pair.first_by.is_some()) || (second.is_some() && pair.second_by.is_some());
        found.push(Waiting { id: pair.id, why: pair.why, state: pair.state, first, second, agreed });
    }
    shown.sort_unstable();
    shown.dedup();
    note_read(visit, How::Duplicates, &shown).await?;
    Ok(found)
}

/// What a person says of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// One child: merged when both sides have said so.
    Same,
    /// Two children: never asked again.
    Apart,
    /// A merging was wrong: both records are as they were.
    Split,
}

impl Word {
    fn code(self) -> &'static str {
        match self {
            Self::Same => "merge",
            Self::Apart => "apart",
            Self::Split => "split",
        }
    }
}

/// Decides about a pair. Whoever may change both records decides alone; otherwise both
/// organisations must say that it is one child.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Conflict`] when the pair is decided already.
pub async fn decide(visit: &Visit, once: &Once, id: Uuid, word: Word) -> Result<Done, Fault> {
    let reach = editable(visit).await?;
    let pair = store::find(&visit.net, id).await?.ok_or(Fault::NotFound)?;
    let (mut first, mut second) = (false, false);
    for (side, held) in [(pair.first, &mut first), (pair.second, &mut second)] {
        *held = store::side(&visit.net, side).await?.is_some_and(|l| reach.covers(Some(l.organisation.0)));
    }
    if !first && !second {
        return Err(Fault::NotFound);
    }
    let done = || Fault::conflict("decided", Message::new("duplicate-decided"));
    once.run(&visit.net, async |tx: &mut Tx| {
        let next = match word {
            Word::Apart => {
                if !store::set_state(tx, id, PairState::Open, PairState::Apart, visit.now).await? {
                    return Err(done());
                }
                PairState::Apart
            }
            Word::Same => {
                if !store::agree(tx, id, visit.actor(), first, second).await? {
                    return Err(done());
                }
                if store::is_agreed(tx, id).await? { merge(tx, visit, &pair).await? } else { PairState::Open }
            }
            Word::Split => {
                let moved = store::moved(tx, id).await?.ok_or_else(done)?;
                if !store::set_state(tx, id, PairState::Merged, PairState::Open, visit.now).await? {
                    return Err(done());
                }
                split(tx, visit, &pair, &moved).await?;
                PairState::Open
            }
        };
        Entry::new(word.code(), "learner_pair", id).write(tx, visit).await?;
        Ok(Done::changed(QUEUE.into(), serde_json::json!({ "id": id, "state": next })))
    })
    .await
}

/// The record that came first takes over what hangs on the other.
async fn merge(tx: &mut Tx, visit: &Visit, pair: &store::Pair) -> Result<PairState, Fault> {
    let moved = store::merge(tx, pair, visit.viewer.person, visit.now).await?;
    store::keep_moved(tx, pair.id, &moved, visit.now).await?;
    for id in [pair.first, pair.second] {
        places::refresh(tx, id).await?;
        learner_store::touch(tx, id, visit.viewer.person, visit.now).await?;
        Entry::new("merge", KIND, id).write(tx, visit).await?;
    }
    Ok(PairState::Merged)
}

async fn split(tx: &mut Tx, visit: &Visit, pair: &store::Pair, moved: &store::Moved) -> Result<(), Fault> {
    store::split(tx, pair, moved).await?;
    for id in [pair.first, pair.second] {
        places::refresh(tx, id).await?;
        learner_store::touch(tx, id, visit.viewer.person, visit.now).await?;
        Entry::new("split", KIND, id).write(tx, visit).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_near_and_a_twin_is_not() {
        let near = |one: &str, other: &str| are_near(&name_key(one), &name_key(other));
        assert!(near("Демонов Семён Учебнович", "Демонов Семен Учебновч"));
        assert!(near("Демонов Семён", "Демонов Семён Учебнович"));
        assert!(!near("Демонов Семён Учебнович", "Демонов Иван Учебнович"));
        assert!(!near("Демонов Иван Учебнович", "Демонов Илья Учебнович"));
        assert!(!near("Демонова Анна", "Демонов Анатолий Учебнович"));
    }
}
