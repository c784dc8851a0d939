//! Why an event suits a child. Pure.
use crate::{
    events::{Bar, Candidate, Edition, EditionId, EventId, Level},
    people::PersonId,
    results::Award,
    shell::AcademicYear,
};
use std::collections::{BTreeMap, BTreeSet};

kit::codes! {
    /// The kinds of reasons, the plainest first: a prize a level below, this very event before, the
    /// subject before, preparing for it now, being of the Centre.
    pub enum Why {
        Lower = "lower",
        Event = "event",
        Subject = "subject",
        Prepares = "prepares",
        Member = "member",
    }
}

kit::codes! {
    /// What shows that a child works at a subject now.
    pub enum Work { Group = "group", Plan = "plan", Research = "research" }
}

/// A confirmed result of the last years in the same event or subject.
#[derive(Clone, Debug)]
pub struct Past {
    pub learner: PersonId,
    pub event: EventId,
    pub title: String,
    pub level: Level,
    pub year: AcademicYear,
    pub award: Option<Award>,
    pub degree: Option<i64>,
    pub place: Option<i64>,
    pub is_prize: bool,
}
kit::db::row!(Past { learner, event, title, level, year, award, degree, place, is_prize });

/// What a child works at now.
#[derive(Clone, Debug)]
pub struct Interest {
    pub learner: PersonId,
    pub work: Work,
    pub title: String,
    pub subject: Option<String>,
    /// What a group prepares for.
    pub edition: Option<EditionId>,
}
kit::db::row!(Interest { learner, work, title, subject, edition });

/// A reason with what it rests on.
#[derive(Clone, Debug)]
pub enum Reason {
    Past(Why, Past),
    Work(Interest),
    Member,
}

impl Reason {
    pub fn why(&self) -> Why {
        match self {
            Self::Past(why, _) => *why,
            Self::Work(_) => Why::Prepares,
            Self::Member => Why::Member,
        }
    }
}

/// All that is known.
pub struct Known {
    pub past: Vec<Past>,
    pub interests: Vec<Interest>,
    pub members: Vec<PersonId>,
}

/// A child with the reasons, and what stands in the way of an application.
pub struct Fit {
    pub child: Candidate,
    pub reasons: Vec<Reason>,
    pub bar: Option<Bar>,
}

impl Fit {
    /// The plainest reason: under it the child is told.
    pub fn why(&self) -> Why {
        self.reasons.iter().map(Reason::why).min_by_key(|why| rank(*why)).unwrap_or(Why::Member)
    }
}

/// Reasons that are told of one child.
const FEW: usize = 4;

fn rank(why: Why) -> usize {
    Why::ALL.iter().position(|w| *w == why).unwrap_or(usize::MAX)
}

fn height(level: Level) -> Option<usize> {
    Level::ALL.iter().position(|l| *l == level)
}

/// Which reason a result is for an edition at a level.
fn classify(p: &Past, edition: &Edition, level: Level) -> Why {
    let is_lower = height(p.level) < height(level);
    if is_lower && p.is_prize && p.year.next() >= edition.academic_year {
        Why::Lower
    } else if p.event == edition.event_id {
        Why::Event
    } else {
        Why::Subject
    }
}

/// The reasons of every child who has one, children under the plainest reason first.
pub fn reasons(edition: &Edition, level: Level, known: Known) -> Vec<(PersonId, Vec<Reason>)> {
    let mut all: BTreeMap<PersonId, Vec<Reason>> = BTreeMap::new();
    for p in known.past {
        let why = classify(&p, edition, level);
        all.entry(p.learner).or_default().push(Reason::Past(why, p));
    }
    let subject = edition.subject.as_deref().map(kit::text::name_key);
    for i in known.interests {
        let of_subject = subject.is_some() && i.subject.as_deref().map(kit::text::name_key) == subject;
        if of_subject || i.edition == Some(edition.id) {
            all.entry(i.learner).or_default().push(Reason::Work(i));
        }
    }
    for member in known.members.into_iter().collect::<BTreeSet<_>>() {
        all.entry(member).or_default().push(Reason::Member);
    }
    let mut all: Vec<(PersonId, Vec<Reason>)> = all
        .into_iter()
        .map(|(child, mut reasons)| {
            reasons.sort_by_key(|r| {
                let year = if let Reason::Past(_, p) = r { -p.year.0 } else { 0 };
                (rank(r.why()), year)
            });
            reasons.truncate(FEW);
            (child, reasons)
        })
        .collect();
    all.sort_by_key(|(_, reasons)| reasons.first().map_or(usize::MAX, |r| rank(r.why())));
    all
}

/// Children with their reasons, under the plainest reason first, then as the children came: by class and name.
pub fn in_order(children: Vec<Candidate>, barred: Vec<Option<Bar>>, reasons: &[(PersonId, Vec<Reason>)]) -> Vec<Fit> {
    let mut fits: Vec<Fit> = children
        .into_iter()
        .zip(barred)
        .map(|(child, bar)| {
            let own = reasons.iter().find(|(id, _)| *id == child.id).map(|(_, r)| r.clone());
            Fit { child, reasons: own.unwrap_or_default(), bar }
        })
        .collect();
    fits.sort_by_key(|f| rank(f.why()));
    fits
}
