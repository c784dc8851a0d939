//! A result that is changed after it was made known: by an appeal, and by what follows from it for the
//! others. What it was before stays as a version, with who changed it and why.
use super::{
    KIND,
    model::{Award, Outcome, ParticipationId, ResultState, State},
    sheet,
    store::{self, revisions as rows},
};
use crate::events::{self, EventKind, StageId};
use kit::{Fault, Visit, audit::Entry, db::Tx, text::Message};
use std::collections::BTreeMap;
use uuid::Uuid;

pub use rows::Revision;

fn moved_on() -> Fault {
    Fault::conflict("state", Message::new("result-moved-on"))
}

/// Opens a result for an appeal, with that of the whole team; what it was before. Until it is settled it
/// does not count.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Conflict`] `state` when there is nothing to appeal against.
pub async fn contest(tx: &mut Tx, visit: &Visit, id: ParticipationId) -> Result<ResultState, Fault> {
    let (_, team) = store::place(tx, id).await?.ok_or(Fault::NotFound)?;
    let before = store::kept(tx, id).await?.ok_or(Fault::NotFound)?.result;
    let open = before.may_become(ResultState::Disputed);
    if !open || !rows::set_state(tx, (id, team), (before, ResultState::Disputed), visit).await? {
        return Err(Fault::conflict("state", Message::new("result-nothing-to-dispute")));
    }
    Entry::new("dispute", KIND, id).fields(&["result"]).write(tx, visit).await?;
    Ok(before)
}

/// Gives a disputed result back what it was.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::Conflict`] `state` when it was settled in another way.
pub async fn restore(tx: &mut Tx, visit: &Visit, id: ParticipationId, to: ResultState) -> Result<(), Fault> {
    let (_, team) = store::place(tx, id).await?.ok_or(Fault::NotFound)?;
    if !rows::set_state(tx, (id, team), (ResultState::Disputed, to), visit).await? {
        return Err(moved_on());
    }
    Entry::new(to.code(), KIND, id).fields(&["result"]).write(tx, visit).await
}

/// Gives a disputed result, and that of its whole team, other points; it becomes what it was.
///
/// # Errors
/// As [`restore`].
pub async fn revise(
    tx: &mut Tx,
    visit: &Visit,
    id: ParticipationId,
    to: ResultState,
    score: f64,
    why: &str,
) -> Result<(), Fault> {
    let (_, team) = store::place(tx, id).await?.ok_or(Fault::NotFound)?;
    rows::keep_version(tx, (id, team), why, visit).await?;
    rows::put_score(tx, (id, team), score, visit).await?;
    restore(tx, visit, id, to).await
}

/// Makes places follow from points, equal ones sharing a place; with `awards` also winners and prize-winners
/// by the rules of the stage. At an olympiad each class is ranked by itself. Groups with a result without
/// points keep what they have. How many results changed.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn rank(tx: &mut Tx, visit: &Visit, stage: StageId, awards: bool, why: &str) -> Result<usize, Fault> {
    let stage = events::stage_in(tx, stage).await?.ok_or(Fault::NotFound)?;
    let edition = events::find_in(tx, stage.edition_id).await?.ok_or(Fault::NotFound)?;
    let mut groups: BTreeMap<Option<i64>, Vec<rows::Ranked>> = BTreeMap::new();
    let by_class = edition.kind == EventKind::Olympiad;
    let mut teams: Vec<Uuid> = Vec::new();
    for row in rows::ranked(tx, stage.id).await? {
        match row.team {
            Some(team) if teams.contains(&team) => continue,
            Some(team) => teams.push(team),
            None => {}
        }
        groups.entry(row.class.filter(|_| by_class)).or_default().push(row);
    }
    let awards = awards && sheet::has_rules(&stage);
    let mut changed = 0;
    for group in groups.values_mut().filter(|group| group.iter().all(|r| r.score.is_some())) {
        group.sort_by(|a, b| b.score.unwrap_or(0.0).total_cmp(&a.score.unwrap_or(0.0)));
        let scores: Vec<f64> = group.iter().filter_map(|r| r.score).collect();
        let max = group.iter().find_map(|r| r.max_score);
        let proposed = sheet::awards(&scores, &stage, max);
        for (row, award) in group.iter().zip(proposed) {
            let (place, place_to) = place_of(&scores, row.score.unwrap_or(0.0));
            let award = if awards { Some(award) } else { row.award };
            if (row.place, row.place_to, row.award) == (Some(place), place_to, award) {
                continue;
            }
            let outcome = Outcome { award, degree: row.degree, ..Outcome::default() };
            let is_prize = outcome.is_prize(&edition.prize_degrees);
            if row.place.is_some() || row.award.is_some() {
                rows::keep_version(tx, (row.id, row.team), why, visit).await?;
            }
            rows::put_place(tx, (row.id, row.team), (place, place_to), (award, is_prize), visit).await?;
            Entry::new("result", KIND, row.id).fields(&["place", "award"]).write(tx, visit).await?;
            changed += 1;
        }
    }
    Ok(changed)
}

/// The place of points among all, and the last of the places shared with equal ones.
fn place_of(scores: &[f64], score: f64) -> (i64, Option<i64>) {
    let count = |is: &dyn Fn(f64) -> bool| i64::try_from(scores.iter().filter(|s| is(**s)).count()).unwrap_or(0);
    let above = count(&|s| s > score + 1e-9);
    let equal = count(&|s| (s - score).abs() <= 1e-9);
    (above + 1, (equal > 1).then_some(above + equal))
}

/// What a result was before its changes, the latest first.
///
/// # Errors
/// The database's.
pub async fn history(visit: &Visit, id: ParticipationId) -> Result<Vec<Revision>, Fault> {
    rows::of(&visit.net, id).await
}

/// Publishes the edition when its last stage has confirmed results: a selection is no end, who passed it
/// goes on to the stage that counts.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn publish_if_last(tx: &mut Tx, visit: &Visit, stage: StageId) -> Result<(), Fault> {
    let stage = events::stage_in(tx, stage).await?.ok_or(Fault::NotFound)?;
    let now = events::find_in(tx, stage.edition_id).await?.ok_or(Fault::NotFound)?;
    if stage.counted && now.state.may_become(events::EditionState::Published) {
        events::step(tx, visit, now.id, events::EditionState::Published).await?;
    }
    Ok(())
}

/// A row of a protocol.
pub use rows::Protocolled;

/// The rows of a stage for its protocol, the best first within each class. Whoever asks notes the look.
///
/// # Errors
/// The database's.
pub async fn protocol(visit: &Visit, stage: StageId) -> Result<Vec<Protocolled>, Fault> {
    rows::protocol(&visit.net, stage).await
}

impl Protocolled {
    /// Whether the child came.
    pub fn took_part(&self) -> bool {
        matches!(self.state, State::TookPart | State::Disqualified)
    }

    pub fn is_winner(&self) -> bool {
        self.award == Some(Award::Winner)
    }

    pub fn is_prize_winner(&self) -> bool {
        self.award == Some(Award::PrizeWinner)
    }
}

#[cfg(test)]
mod tests {
    use super::place_of;

    #[test]
    fn equal_points_share_a_place() {
        let scores = [9.0, 7.5, 7.5, 1.0];
        assert_eq!(place_of(&scores, 9.0), (1, None));
        assert_eq!(place_of(&scores, 7.5), (2, Some(3)));
        assert_eq!(place_of(&scores, 1.0), (4, None));
    }
}
