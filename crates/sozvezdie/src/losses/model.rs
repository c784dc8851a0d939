//! When a child is being lost, and why. Pure.
use crate::{events::Level, organisations::OrganisationId, people::PersonId, results::Award, shell::AcademicYear};
use serde::Serialize;
use std::collections::BTreeMap;

kit::codes! {
    /// What is not there this year.
    pub enum Missing { Entry = "entry", Mentor = "mentor", Route = "route" }
}

/// A child with a prize of the last years.
#[derive(Clone, Debug)]
pub struct Winner {
    pub learner: PersonId,
    pub full_name: String,
    pub class_name: Option<String>,
    pub organisation: OrganisationId,
    pub organisation_name: String,
    /// In the Centre today.
    pub is_member: bool,
    pub has_entry: bool,
    pub has_mentor: bool,
    pub has_route: bool,
}
kit::db::row!(Winner {
    learner,
    full_name,
    class_name,
    organisation,
    organisation_name,
    is_member,
    has_entry,
    has_mentor,
    has_route
});

/// A teacher with whom the child won, and who stayed at the former school.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Teacher {
    #[serde(skip)]
    pub learner: PersonId,
    /// «Фамилия Имя Отчество».
    pub name: String,
    /// The former school.
    pub school: String,
}
kit::db::row!(Teacher { learner, name, school });

/// What was won.
#[derive(Clone, Debug, Serialize)]
pub struct Prize {
    #[serde(skip)]
    pub learner: PersonId,
    pub title: String,
    pub level: Level,
    pub academic_year: AcademicYear,
    pub award: Option<Award>,
    pub degree: Option<i64>,
    pub place: Option<i64>,
}
kit::db::row!(Prize { learner, title, level, academic_year, award, degree, place });

/// A child whom we lose.
#[derive(Clone, Debug)]
pub struct Loss {
    pub learner: PersonId,
    pub full_name: String,
    pub class_name: Option<String>,
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub is_member: bool,
    /// What is not there this year; all three make a reason, one or two are told beside another.
    pub missing: Vec<Missing>,
    /// Teachers who were left behind: each is a reason.
    pub left: Vec<Teacher>,
    /// The latest prizes.
    pub prizes: Vec<Prize>,
}

impl Loss {
    /// Nothing at all of this year.
    pub fn is_silent(&self) -> bool {
        self.missing.len() == Missing::ALL.len()
    }
}

/// Prizes that are told of a child.
const FEW: usize = 3;

/// Who of the winners is being lost: without entry, mentor and route this year, or without the teacher.
pub fn losses(winners: Vec<Winner>, left: &[Teacher], prizes: &[Prize]) -> Vec<Loss> {
    let mut teachers: BTreeMap<PersonId, Vec<Teacher>> = BTreeMap::new();
    for teacher in left {
        let own = teachers.entry(teacher.learner).or_default();
        if !own.contains(teacher) {
            own.push(teacher.clone());
        }
    }
    let mut won: BTreeMap<PersonId, Vec<Prize>> = BTreeMap::new();
    for prize in prizes {
        let own = won.entry(prize.learner).or_default();
        if own.len() < FEW {
            own.push(prize.clone());
        }
    }
    let all = winners.into_iter().map(|w| {
        let has = [(w.has_entry, Missing::Entry), (w.has_mentor, Missing::Mentor), (w.has_route, Missing::Route)];
        Loss {
            missing: has.into_iter().filter(|(has, _)| !has).map(|(_, what)| what).collect(),
            left: teachers.remove(&w.learner).unwrap_or_default(),
            prizes: won.remove(&w.learner).unwrap_or_default(),
            learner: w.learner,
            full_name: w.full_name,
            class_name: w.class_name,
            organisation: w.organisation,
            organisation_name: w.organisation_name,
            is_member: w.is_member,
        }
    });
    all.filter(|l| l.is_silent() || !l.left.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn winner(n: u128, entry: bool, mentor: bool, route: bool) -> Winner {
        Winner {
            learner: PersonId(Uuid::from_u128(n)),
            full_name: format!("Примеров {n}"),
            class_name: None,
            organisation: Uuid::from_u128(1).into(),
            organisation_name: "Школа".into(),
            is_member: false,
            has_entry: entry,
            has_mentor: mentor,
            has_route: route,
        }
    }

    #[test]
    fn who_has_anything_this_year_is_not_lost_but_for_the_teacher() {
        let winners = vec![winner(1, false, false, false), winner(2, true, false, false), winner(3, true, true, true)];
        let left = |n: u128| Teacher {
            learner: PersonId(Uuid::from_u128(n)),
            name: "Учитель".into(),
            school: "Прежняя".into(),
        };
        let found = losses(winners, &[left(3), left(3), left(9)], &[]);
        let told: Vec<_> = found.iter().map(|l| (l.learner.0.as_u128(), l.missing.len(), l.left.len())).collect();
        assert_eq!(told, [(1, 3, 0), (3, 0, 1)]);
    }
}
