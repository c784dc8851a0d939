//! The sheet of a stage: what its organiser types of every child by hand, and what the rules of the
//! stage propose. The jury's protocol decides, so a proposal is only shown, never kept by itself.
use super::{
    model::{Award, Outcome, ParticipationId, State},
    store::list::Entry,
};
use crate::events::{Stage, TiePolicy};
use kit::{
    Fault,
    form::{Problems, tidy},
    text::Message,
};
use std::{cmp::Ordering, collections::BTreeMap};

kit::codes! {
    /// What the sheet says of a child in one word.
    pub enum Said {
        TookPart = "took_part",
        Winner = "winner",
        PrizeWinner = "prize_winner",
        Laureate = "laureate",
        DiplomaHolder = "diploma_holder",
        Participant = "participant",
        NoShow = "no_show",
        Disqualified = "disqualified",
    }
}

impl Said {
    /// What is said of a row so far; none where nothing is.
    pub fn of(state: State, award: Option<Award>) -> Option<Self> {
        match (state, award) {
            (State::NoShow, _) => Some(Self::NoShow),
            (State::Disqualified, _) => Some(Self::Disqualified),
            (State::TookPart, None) => Some(Self::TookPart),
            (State::TookPart, Some(award)) => Some(match award {
                Award::Winner => Self::Winner,
                Award::PrizeWinner => Self::PrizeWinner,
                Award::Laureate => Self::Laureate,
                Award::DiplomaHolder => Self::DiplomaHolder,
                Award::Participant => Self::Participant,
            }),
            (State::Entered | State::Admitted | State::Withdrawn, _) => None,
        }
    }

    fn means(self) -> (State, Option<Award>) {
        let took_part = |award| (State::TookPart, Some(award));
        match self {
            Self::TookPart => (State::TookPart, None),
            Self::Winner => took_part(Award::Winner),
            Self::PrizeWinner => took_part(Award::PrizeWinner),
            Self::Laureate => took_part(Award::Laureate),
            Self::DiplomaHolder => took_part(Award::DiplomaHolder),
            Self::Participant => took_part(Award::Participant),
            Self::NoShow => (State::NoShow, None),
            Self::Disqualified => (State::Disqualified, None),
        }
    }
}

/// A row as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub said: String,
    pub degree: String,
    pub place: String,
    pub score: String,
}

fn number<T: ToString>(value: Option<T>) -> String {
    value.map(|n| n.to_string()).unwrap_or_default()
}

impl Typed {
    /// The row as it stands.
    pub fn of(e: &Entry) -> Self {
        Self {
            said: Said::of(e.state, e.award).map(Said::code).unwrap_or_default().into(),
            degree: number(e.degree),
            place: number(e.place),
            score: number(e.score).replace('.', ","),
        }
    }
}

/// Everything that was typed of a stage.
#[derive(Clone, Debug, Default)]
pub struct SheetForm {
    /// The most points there are.
    pub max_score: String,
    pub rows: BTreeMap<String, Typed>,
}

/// Points beyond this are a slip.
const MOST: f64 = 100_000.0;

fn points(text: &str) -> Option<f64> {
    text.replace(',', ".").parse().ok().filter(|n: &f64| n.is_finite() && (0.0..=MOST).contains(n))
}

impl SheetForm {
    /// A page's fields: `said-…`, `degree-…`, `place-…` and `score-…` with the id of the row.
    pub fn of_page(fields: &BTreeMap<String, String>) -> Self {
        let mut form =
            Self { max_score: fields.get("max_score").cloned().unwrap_or_default(), rows: BTreeMap::default() };
        for (name, value) in fields {
            let Some((what, id)) = name.split_once('-') else { continue };
            if !matches!(what, "said" | "degree" | "place" | "score") {
                continue;
            }
            let row = form.rows.entry(id.to_owned()).or_default();
            let text = value.trim().chars().take(40).collect();
            match what {
                "said" => row.said = text,
                "degree" => row.degree = text,
                "place" => row.place = text,
                _ => row.score = text,
            }
        }
        form
    }

    /// Reads the words that were pasted where the sheet has choices and numbers. True when some were.
    pub fn read_words(&mut self) -> bool {
        let mut read = false;
        for row in self.rows.values_mut() {
            read |= row.read_words();
        }
        read
    }

    /// The sheet as it stands.
    pub fn of(entries: &[Entry]) -> Self {
        let max = entries.iter().find_map(|e| e.max_score);
        let rows = entries.iter().map(|e| (e.id.to_string(), Typed::of(e))).collect();
        Self { max_score: number(max).replace('.', ","), rows }
    }

    /// The rows that the form changes, each with what it says now.
    ///
    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self, entries: &[Entry]) -> Result<Vec<(ParticipationId, State, Outcome)>, Fault> {
        let mut problems = Problems::default();
        let max = tidy(&self.max_score);
        let max_score = max.as_deref().and_then(points).filter(|max| *max > 0.0);
        if max.is_some() && max_score.is_none() {
            problems.add("max_score", Message::new("event-bad-points"));
        }
        let mut changed = Vec::new();
        for e in heads(entries).filter(|e| e.may_be_typed()) {
            let Some(typed) = self.rows.get(&e.id.to_string()) else { continue };
            if *typed == Typed::of(e) && (e.score.is_none() || e.max_score == max_score) {
                continue;
            }
            let (state, outcome) = read(&mut problems, e, typed, max_score);
            changed.push((e.id, state, outcome));
        }
        problems.into_result(changed)
    }
}

/// One row for each child who stands alone, and one for each team.
pub fn heads(entries: &[Entry]) -> impl Iterator<Item = &Entry> {
    let mut teams = Vec::new();
    entries.iter().filter(move |e| match e.team_id {
        Some(team) if teams.contains(&team) => false,
        Some(team) => {
            teams.push(team);
            true
        }
        None => true,
    })
}

impl Entry {
    /// Whether its result may still be typed: a confirmed one is disputed first. Who is not named to
    /// the viewer is not judged by the viewer either.
    pub fn may_be_typed(&self) -> bool {
        !self.result.counts() && self.state != State::Withdrawn && self.name.is_some()
    }

    /// The class whose tasks the child did.
    fn class_of_tasks(&self) -> Option<i64> {
        self.for_class.or(self.class)
    }
}

fn read(problems: &mut Problems, e: &Entry, typed: &Typed, max_score: Option<f64>) -> (State, Outcome) {
    let mut wrong = |what: &str, message: Message| problems.add(format!("{what}-{}", e.id), message);
    let score = tidy(&typed.score).and_then(|text| {
        let read = points(&text);
        match read {
            None => wrong("score", Message::new("event-bad-points")),
            Some(n) if max_score.is_some_and(|max| n > max) => wrong("score", Message::new("results-over-max")),
            Some(_) => {}
        }
        read
    });
    let mut whole = |what: &'static str, text: &str, most: i64| {
        let text = tidy(text)?;
        let read = text.parse().ok().filter(|n| (1..=most).contains(n));
        if read.is_none() {
            wrong(what, Message::new("event-number-between").with("from", 1).with("to", most));
        }
        read
    };
    let place = whole("place", &typed.place, 10_000);
    let degree = whole("degree", &typed.degree, 3);
    let said: Option<Said> = typed.said.parse().ok();
    if said.is_none() && !typed.said.is_empty() {
        wrong("said", Message::new("results-said-unknown").with("words", &typed.said));
    }
    let has_numbers = score.is_some() || place.is_some() || degree.is_some();
    // Points alone say that the child was there.
    let (state, award) = match said {
        Some(said) => said.means(),
        None if has_numbers => (State::TookPart, None),
        None => (State::Admitted, None),
    };
    if state != State::TookPart && has_numbers {
        wrong("said", Message::new("result-needs-part"));
    }
    let max_score = max_score.filter(|_| score.is_some());
    (state, Outcome { score, max_score, place, place_to: None, award, degree })
}

/// Whether the rules of a stage say anything.
pub fn has_rules(stage: &Stage) -> bool {
    stage.winner_quota.is_some() || stage.prize_quota.is_some() || stage.min_pct_winner.is_some()
}

/// Puts into the sheet what the rules of the stage propose: winners, prize-winners, participants,
/// among those whose points are known. `by_class`: the children of each class among themselves, as
/// at an olympiad (`domain.md` §7.4).
pub fn propose(form: &mut SheetForm, entries: &[Entry], stage: &Stage, by_class: bool) {
    let max = entries.iter().find_map(|e| e.max_score);
    let mut groups: BTreeMap<Option<i64>, Vec<(&Entry, f64)>> = BTreeMap::new();
    for e in heads(entries).filter(|e| e.may_be_typed() && e.state == State::TookPart) {
        if let Some(score) = e.score {
            let class = if by_class { e.class_of_tasks() } else { None };
            groups.entry(class).or_default().push((e, score));
        }
    }
    for group in groups.values_mut() {
        group.sort_by(|a, b| b.1.partial_cmp(&a.1).unwrap_or(Ordering::Equal));
        let scores: Vec<f64> = group.iter().map(|(_, score)| *score).collect();
        for ((e, _), award) in group.iter().zip(awards(&scores, stage, max)) {
            if let Some(row) = form.rows.get_mut(&e.id.to_string()) {
                Said::of(State::TookPart, Some(award)).map(Said::code).unwrap_or_default().clone_into(&mut row.said);
            }
        }
    }
}

/// What points come to, the highest first.
pub(super) fn awards(scores: &[f64], stage: &Stage, max: Option<f64>) -> Vec<Award> {
    let share = |score: f64| match (stage.min_pct_winner, max) {
        #[expect(clippy::cast_precision_loss, reason = "whole percents")]
        (Some(least), Some(max)) => score * 100.0 >= least as f64 * max,
        _ => true,
    };
    let strong = scores.iter().take_while(|score| share(**score)).count();
    let bound = stage.winner_quota.is_some() || stage.min_pct_winner.is_some();
    let winners = if bound { within(scores, strong, stage.winner_quota, stage.tie_policy) } else { 0 };
    let rest = scores.get(winners..).unwrap_or_default();
    let prizes = stage.prize_quota.map_or(0, |quota| within(rest, rest.len(), Some(quota), stage.tie_policy)) + winners;
    (0..scores.len())
        .map(|i| {
            if i < winners {
                Award::Winner
            } else if i < prizes {
                Award::PrizeWinner
            } else {
                Award::Participant
            }
        })
        .collect()
}

/// How many of the first `most` get an award of this quota; equal points at its edge get it all of
/// them or none, as the stage says.
fn within(scores: &[f64], most: usize, quota: Option<i64>, ties: TiePolicy) -> usize {
    let quota = quota.map_or(most, |quota| usize::try_from(quota).unwrap_or(0)).min(most);
    let same = |a: Option<&f64>, b: Option<&f64>| matches!((a, b), (Some(a), Some(b)) if (a - b).abs() < 1e-9);
    let mut edge = quota;
    if edge == 0 || !same(scores.get(edge - 1), scores.get(edge)) {
        return edge;
    }
    match ties {
        TiePolicy::All => {
            while edge < most && same(scores.get(edge - 1), scores.get(edge)) {
                edge += 1;
            }
        }
        TiePolicy::None => {
            while edge > 0 && same(scores.get(edge - 1), scores.get(edge)) {
                edge -= 1;
            }
        }
    }
    edge
}

/// Whether a stage still has rows whose results may be typed.
pub fn is_open(entries: &[Entry]) -> bool {
    entries.iter().any(Entry::may_be_typed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        events::{EditionId, StageDraft, StageId, StageState},
        results::model::ResultState,
    };
    use Award::{Participant as A, PrizeWinner as P, Winner as W};
    use uuid::Uuid;

    fn stage(winners: Option<i64>, prizes: Option<i64>, share: Option<i64>, tie_policy: TiePolicy) -> Stage {
        let plain = StageDraft::plain("Этап");
        Stage {
            id: StageId(Uuid::from_u128(1)),
            edition_id: EditionId(Uuid::from_u128(2)),
            position: 1,
            title: plain.title,
            level: None,
            organiser_id: None,
            starts_on: None,
            ends_on: None,
            place: None,
            counted: true,
            min_pct_winner: share,
            winner_quota: winners,
            prize_quota: prizes,
            tie_policy,
            pass_score: None,
            state: StageState::Running,
            version: 1,
        }
    }

    fn row(id: u128, class: i64, score: Option<f64>) -> Entry {
        Entry {
            id: ParticipationId(Uuid::from_u128(id)),
            learner: None,
            name: Some("Примеров Иван".into()),
            team_id: None,
            team: None,
            organisation: "Школа".into(),
            class: Some(class),
            for_class: None,
            state: if score.is_some() { State::TookPart } else { State::Admitted },
            result: ResultState::None,
            award: None,
            degree: None,
            place: None,
            score,
            max_score: score.map(|_| 50.0),
            ground: None,
            certificate: None,
            certificate_on: None,
        }
    }

    #[test]
    fn quotas_bind_and_a_tie_at_the_edge_is_all_or_none() {
        let all = stage(Some(1), Some(2), None, TiePolicy::All);
        let none = stage(Some(1), Some(2), None, TiePolicy::None);
        assert_eq!(awards(&[9.0, 8.0, 7.0, 6.0], &all, None), [W, P, P, A]);
        assert_eq!(awards(&[9.0, 9.0, 7.0, 7.0, 7.0, 1.0], &all, None), [W, W, P, P, P, A]);
        assert_eq!(awards(&[9.0, 9.0, 7.0, 6.0], &none, None), [P, P, A, A]);
        assert_eq!(awards(&[9.0, 8.0, 8.0, 8.0], &none, None), [W, A, A, A]);
    }

    #[test]
    fn a_winner_needs_the_least_share_of_the_points() {
        let half = stage(Some(3), None, Some(50), TiePolicy::All);
        assert_eq!(awards(&[30.0, 25.0, 24.0], &half, Some(50.0)), [Award::Winner, Award::Winner, Award::Participant]);
        assert!(!has_rules(&stage(None, None, None, TiePolicy::All)));
    }

    #[test]
    fn classes_compete_among_themselves_where_they_should() {
        let rows = [row(1, 7, Some(40.0)), row(2, 8, Some(30.0)), row(3, 8, Some(20.0)), row(4, 8, None)];
        let rules = stage(Some(1), None, None, TiePolicy::All);
        let mut form = SheetForm::of(&rows);
        propose(&mut form, &rows, &rules, true);
        let said: Vec<&str> = form.rows.values().map(|r| r.said.as_str()).collect();
        assert_eq!(said, ["winner", "winner", "participant", ""]);
        let mut form = SheetForm::of(&rows);
        propose(&mut form, &rows, &rules, false);
        assert_eq!(form.rows.values().filter(|r| r.said == "winner").count(), 1);
    }

    #[test]
    fn only_what_was_changed_is_kept_and_what_is_wrong_is_named() {
        let rows = [row(1, 7, Some(40.0)), row(2, 7, None)];
        let mut form = SheetForm::of(&rows);
        assert_eq!(form.max_score, "50");
        assert!(form.check(&rows).unwrap().is_empty());
        let second = rows[1].id.to_string();
        form.rows.get_mut(&second).unwrap().score = "12,5".into();
        let changed = form.check(&rows).unwrap();
        assert_eq!(changed.len(), 1);
        assert_eq!(
            (changed[0].1, changed[0].2.score, changed[0].2.max_score),
            (State::TookPart, Some(12.5), Some(50.0))
        );
        for (said, score, field) in [("no_show", "5", "said"), ("", "51", "score"), ("", "много", "score")] {
            let row = form.rows.get_mut(&second).unwrap();
            (row.said, row.score) = (said.into(), score.into());
            let Err(Fault::Invalid(problems)) = form.check(&rows) else { panic!("{said} {score}") };
            assert!(problems.at(&format!("{field}-{second}")).is_some(), "{said} {score}");
        }
    }
}
