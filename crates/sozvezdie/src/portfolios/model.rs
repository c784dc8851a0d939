//! What stands in a portfolio, and how it is counted. Pure.
use crate::{
    events::{EditionId, Format, Level, ListKind},
    groups::GroupKind,
    learners::Learner,
    people::PersonId,
    research::{ProjectId, ProjectState, Stage},
    results::{Award, ParticipationId},
    shell::AcademicYear,
    societies::Post,
};
use chrono::NaiveDate;
use kit::{Fault, form::Problems, text::Message};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A whole share, in hundredths.
const WHOLE: i64 = 100;

/// A participation that the figures count.
#[derive(Clone, Debug)]
pub struct Achievement {
    pub id: ParticipationId,
    pub edition: EditionId,
    pub title: String,
    pub stage: String,
    pub level: Level,
    pub format: Format,
    pub year: AcademicYear,
    pub subject: Option<String>,
    pub class: Option<i64>,
    pub organisation: String,
    pub team_id: Option<Uuid>,
    pub team: Option<String>,
    pub award: Option<Award>,
    pub degree: Option<i64>,
    pub place: Option<i64>,
    pub is_prize: bool,
    pub certificate: Option<String>,
    pub learner: PersonId,
    /// The name as this viewer may have it.
    pub name: Option<String>,
    /// The part of the preparation, in hundredths.
    pub share: i64,
    /// The official lists of the year on which the event stands, confirmed by a person.
    pub lists: Vec<ListKind>,
}

impl Achievement {
    pub fn is_official(&self) -> bool {
        !self.lists.is_empty()
    }
}

/// What is counted of some rows, as `figures` counts it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// K2.
    pub participations: i64,
    pub prize_participations: i64,
    /// K4: a team is one.
    pub prize_places: i64,
    /// K3, for a pedagogue.
    pub children: i64,
    pub prize_children: i64,
    /// Participations by the part of the preparation, in hundredths: those of all who prepared a child
    /// make one together.
    pub shares: i64,
    pub prize_shares: i64,
}

impl Counts {
    pub fn of<'a>(rows: impl Iterator<Item = &'a Achievement>) -> Self {
        let mut c = Self::default();
        let (mut children, mut prized, mut places) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for a in rows {
            c.participations += 1;
            c.shares += a.share;
            children.insert(a.learner);
            if a.is_prize {
                c.prize_participations += 1;
                c.prize_shares += a.share;
                prized.insert(a.learner);
                places.insert(a.team_id.unwrap_or(a.id.0));
            }
        }
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        (c.children, c.prize_children, c.prize_places) =
            (count(children.len()), count(prized.len()), count(places.len()));
        c
    }

    pub fn is_empty(&self) -> bool {
        self.participations == 0
    }

    /// Whether somebody else has a part in these.
    pub fn is_shared(&self) -> bool {
        self.shares != self.participations * WHOLE
    }
}

/// A line of the summary: a level, with official events and others apart.
pub struct AtLevel {
    pub level: Level,
    pub official: Counts,
    pub other: Counts,
}

/// The levels that have rows, the highest first.
pub fn by_level(rows: &[Achievement]) -> Vec<AtLevel> {
    let at = |level: Level, official: bool| {
        Counts::of(rows.iter().filter(|a| a.level == level && a.is_official() == official))
    };
    let all = Level::ALL.iter().rev().map(|level| AtLevel {
        level: *level,
        official: at(*level, true),
        other: at(*level, false),
    });
    all.filter(|l| !(l.official.is_empty() && l.other.is_empty())).collect()
}

/// In the order of a portfolio: the highest level first, then the latest year.
pub fn in_order(rows: &mut [Achievement]) {
    let rank = |level: Level| Level::ALL.iter().position(|l| *l == level);
    rows.sort_by_cached_key(|a| {
        (
            std::cmp::Reverse(rank(a.level)),
            std::cmp::Reverse(a.year),
            !a.is_prize,
            kit::text::name_key(&a.title),
            a.name.clone(),
            a.id,
        )
    });
}

/// A research project.
#[derive(Clone, Debug, Serialize)]
pub struct Work {
    pub id: ProjectId,
    pub title: String,
    pub subject: Option<String>,
    pub year: AcademicYear,
    pub stage: Stage,
    pub state: ProjectState,
    /// «Фамилия Имя Отчество».
    pub supervisor: String,
    pub authors: i64,
}
kit::db::row!(Work { id, title, subject, year, stage, state, supervisor, authors });

/// Something that goes on from a day to a day.
pub trait Dated {
    fn from(&self) -> NaiveDate;
    fn until(&self) -> Option<NaiveDate>;
}

macro_rules! dated {
    ($($kind:ty),+) => { $(impl Dated for $kind {
        fn from(&self) -> NaiveDate {
            self.from
        }

        fn until(&self) -> Option<NaiveDate> {
            self.until
        }
    })+ };
}
dated!(Circle, Fellowship, Way);

/// A preparation group or workshop.
#[derive(Clone, Debug, Serialize)]
pub struct Circle {
    pub id: Uuid,
    pub title: String,
    pub kind: GroupKind,
    pub subject: Option<String>,
    pub organisation: String,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
    /// Children who hold or held a place; one where it is the child's own portfolio.
    pub children: i64,
}
kit::db::row!(Circle { id, title, kind, subject, organisation, from, until, children });

/// A student society.
#[derive(Clone, Debug, Serialize)]
pub struct Fellowship {
    pub id: Uuid,
    pub title: String,
    pub post: Post,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}
kit::db::row!(Fellowship { id, title, post, from, until });

/// A route that was completed.
#[derive(Clone, Debug, Serialize)]
pub struct Way {
    pub id: Uuid,
    pub title: String,
    pub organisation: String,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}
kit::db::row!(Way { id, title, organisation, from, until });

/// A methodical resource that the pedagogue put into the catalogue.
#[derive(Clone, Debug, Serialize)]
pub struct Method {
    pub id: Uuid,
    pub title: String,
    pub subject: Option<String>,
    pub adopted: i64,
}
kit::db::row!(Method { id, title, subject, adopted });

/// A post of today.
#[derive(Clone, Debug, Serialize)]
pub struct Office {
    pub post: String,
    pub organisation: String,
}
kit::db::row!(Office { post, organisation });

/// A child's portfolio.
pub struct OfChild {
    pub learner: Learner,
    pub organisation: String,
    pub period: Period,
    pub achievements: Vec<Achievement>,
    /// More rows than one portfolio shows.
    pub is_cut: bool,
    /// Participations whose results are awaited.
    pub pending: i64,
    pub works: Vec<Work>,
    pub groups: Vec<Circle>,
    pub societies: Vec<Fellowship>,
    pub routes: Vec<Way>,
}

/// A pedagogue's portfolio.
pub struct OfPedagogue {
    pub id: PersonId,
    pub name: String,
    pub posts: Vec<Office>,
    pub period: Period,
    pub achievements: Vec<Achievement>,
    pub is_cut: bool,
    pub groups: Vec<Circle>,
    pub works: Vec<Work>,
    pub methods: Vec<Method>,
}

/// The address as data.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub from: String,
    pub to: String,
}

/// The years that a portfolio covers; empty ends are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    pub from: Option<AcademicYear>,
    pub to: Option<AcademicYear>,
}

impl Asked {
    /// # Errors
    /// [`Fault::Invalid`] for what is no academic year.
    pub fn check(&self) -> Result<Period, Fault> {
        let (from, to) = AcademicYear::turned(&self.from, &self.to);
        let mut problems = Problems::default();
        let mut year = |field: &'static str, text: &str| {
            let text = text.trim();
            let year = text.parse::<AcademicYear>().ok();
            if year.is_none() && !text.is_empty() {
                problems.add(field, Message::new("form-bad-year"));
            }
            year
        };
        let period = Period { from: year("from", &from), to: year("to", &to) };
        problems.into_result(period)
    }
}

impl Period {
    pub fn holds(&self, year: AcademicYear) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }

    fn meets(&self, from: NaiveDate, until: Option<NaiveDate>) -> bool {
        self.from.is_none_or(|year| until.is_none_or(|day| day >= year.first_day()))
            && self.to.is_none_or(|year| from <= year.last_day())
    }

    pub fn achievements(&self, mut rows: Vec<Achievement>) -> Vec<Achievement> {
        rows.retain(|a| self.holds(a.year));
        in_order(&mut rows);
        rows
    }

    pub fn works(&self, mut rows: Vec<Work>) -> Vec<Work> {
        rows.retain(|w| self.holds(w.year));
        rows
    }

    pub fn dated<T: Dated>(&self, mut rows: Vec<T>) -> Vec<T> {
        rows.retain(|row| self.meets(row.from(), row.until()));
        rows
    }

    /// The same period at the end of an address.
    pub fn at(&self, base: &str) -> String {
        let pairs = [("from", self.from), ("to", self.to)];
        let query: Vec<String> =
            pairs.iter().filter_map(|(name, year)| year.map(|year| format!("{name}={year}"))).collect();
        if query.is_empty() { base.to_owned() } else { format!("{base}?{}", query.join("&")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(level: Level, prize: bool, team: Option<u128>, share: i64, official: bool, n: u128) -> Achievement {
        Achievement {
            id: ParticipationId(Uuid::from_u128(n)),
            edition: EditionId(Uuid::from_u128(n)),
            title: format!("Событие {n}"),
            stage: String::new(),
            level,
            format: Format::InPerson,
            year: AcademicYear(2015),
            subject: None,
            class: None,
            organisation: String::new(),
            team_id: team.map(Uuid::from_u128),
            team: None,
            award: None,
            degree: None,
            place: None,
            is_prize: prize,
            certificate: None,
            learner: PersonId(Uuid::from_u128(n % 2)),
            name: None,
            share,
            lists: if official { vec![ListKind::Federal] } else { Vec::new() },
        }
    }

    #[test]
    fn a_team_is_one_place_and_a_child_one_child() {
        let rows = [
            row(Level::School, true, Some(7), 50, true, 1),
            row(Level::School, true, Some(7), 100, false, 2),
            row(Level::National, false, None, 100, false, 3),
        ];
        let c = Counts::of(rows.iter());
        assert_eq!((c.participations, c.prize_participations, c.prize_places), (3, 2, 1));
        assert_eq!((c.children, c.prize_children, c.shares, c.prize_shares), (2, 2, 250, 150));
        assert!(c.is_shared());
        let levels = by_level(&rows);
        assert_eq!(levels.iter().map(|l| l.level).collect::<Vec<_>>(), [Level::National, Level::School]);
        assert_eq!(
            levels.iter().map(|l| (l.official.participations, l.other.participations)).collect::<Vec<_>>(),
            [(0, 1), (1, 1)]
        );
    }

    #[test]
    fn years_come_in_either_order_and_nonsense_is_named() {
        let asked = |from: &str, to: &str| Asked { from: from.into(), to: to.into() }.check();
        let period = asked("2016-2017", "2015-2016").unwrap();
        assert_eq!(period.at("/x"), "/x?from=2015-2016&to=2016-2017");
        assert!(period.holds(AcademicYear(2015)) && !period.holds(AcademicYear(2017)));
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert!(period.meets(day("2014-09-01"), None) && period.meets(day("2017-08-31"), None));
        assert!(!period.meets(day("2017-09-01"), None) && !period.meets(day("2014-09-01"), Some(day("2015-08-31"))));
        assert_eq!(asked("", "").unwrap(), Period::default());
        assert!(matches!(asked("вчера", ""), Err(Fault::Invalid(_))));
    }
}
