//! Who takes part in a stage: states of an entry, the form of an application, codes and seats. Pure.
use crate::{organisations::OrganisationId, people::PersonId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

kit::db::id_type!(
    /// A child's part in a stage: a row of `participation`.
    EntryId
);

kit::codes! {
    /// How far an entry is. A withdrawal or a no-show is no participation.
    pub enum EntryState {
        Entered = "entered",
        Admitted = "admitted",
        TookPart = "took_part",
        NoShow = "no_show",
        Withdrawn = "withdrawn",
        Disqualified = "disqualified",
    }
}

impl EntryState {
    pub fn tone(self) -> kit::html::Tone {
        use kit::html::Tone;
        match self {
            Self::Entered => Tone::Info,
            Self::Admitted | Self::TookPart => Tone::Ok,
            Self::NoShow | Self::Withdrawn => Tone::Plain,
            Self::Disqualified => Tone::Bad,
        }
    }

    /// The child comes, or came: what lists and seats are made of.
    pub fn is_expected(self) -> bool {
        matches!(self, Self::Entered | Self::Admitted | Self::TookPart)
    }
}

kit::codes! {
    /// Who entered the child.
    pub enum Source { School = "school", Guardian = "guardian", Organiser = "organiser" }
}

/// A line of the list of a stage.
#[derive(Clone, Debug)]
pub struct Entry {
    pub id: EntryId,
    pub learner: PersonId,
    pub full_name: String,
    pub organisation_id: OrganisationId,
    pub organisation: String,
    pub class_number: Option<i64>,
    /// The class for which the child writes, where it is a higher one.
    pub for_class: Option<i64>,
    pub team: Option<String>,
    pub captain: bool,
    pub centre_member: bool,
    pub state: EntryState,
    pub code: Option<String>,
    /// The class teacher's account, a school, the organiser.
    pub source: String,
}
kit::db::row!(Entry {
    id,
    learner,
    full_name,
    organisation_id,
    organisation,
    class_number,
    for_class,
    team,
    captain,
    centre_member,
    state,
    code,
    source
});

impl Entry {
    /// The class whose tasks the child does.
    pub fn class(&self) -> Option<i64> {
        self.for_class.or(self.class_number)
    }
}

/// A child who may be entered.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub id: PersonId,
    pub full_name: String,
    pub birth_date: NaiveDate,
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub class_number: Option<i64>,
    pub class_name: Option<String>,
}
kit::db::row!(Candidate { id, full_name, birth_date, organisation, organisation_name, class_number, class_name });

/// What stands in a candidate's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bar {
    /// The class is outside the event's range.
    Class,
    /// No consent to the processing of data.
    Processing,
    /// No consent to hand data to the organiser.
    Transfer,
    /// Entered already.
    There,
}

impl Bar {
    pub fn code(self) -> &'static str {
        match self {
            Self::Class => "class",
            Self::Processing => "processing",
            Self::Transfer => "transfer",
            Self::There => "there",
        }
    }
}

/// An application: children of one school, or one's own child.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Application {
    /// Ids of children.
    pub learner: Vec<String>,
    /// The class for which all of these write, where it is a higher one than their own.
    #[serde(deserialize_with = "kit::form::loose")]
    pub for_class: String,
    /// The name of their team, where teams compete.
    pub team: String,
    /// Id of the team's captain.
    pub captain: String,
}

/// The letters and digits of a code: none that is taken for another.
const ALPHABET: &str = "ABCDEFGHKMNPRSTUVWXYZ23456789";
/// Letters of a code.
const LENGTH: usize = 6;

/// A code of a work, out of a secret: it says nothing of the child and cannot be guessed.
pub fn code(secret: &str) -> Option<String> {
    let code: String = secret.chars().filter(|c| ALPHABET.contains(*c)).take(LENGTH).collect();
    (code.len() == LENGTH).then_some(code)
}

/// A place in a room, both counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    pub room: usize,
    pub place: usize,
}

/// Seats people so that neighbours are of different schools wherever that can be: each time the
/// school with the most still to be seated that is not the neighbour's. `rooms` are numbers of
/// places; who finds none is left out at the end.
pub fn seat<T: Copy, S: Copy + Ord>(people: &[(T, S)], rooms: &[usize]) -> Vec<(T, Seat)> {
    let mut schools: Vec<(S, Vec<T>)> = Vec::new();
    for (person, school) in people.iter().rev() {
        match schools.iter_mut().find(|(known, _)| known == school) {
            Some((_, waiting)) => waiting.push(*person),
            None => schools.push((*school, vec![*person])),
        }
    }
    schools.sort_by_key(|(school, _)| *school);
    let mut seated = Vec::with_capacity(people.len());
    for (room, places) in rooms.iter().enumerate() {
        let mut neighbour: Option<S> = None;
        for place in 1..=*places {
            let next = schools.iter_mut().filter(|(_, waiting)| !waiting.is_empty()).max_by_key(|(school, waiting)| {
                (Some(*school) != neighbour, waiting.len(), std::cmp::Reverse(*school))
            });
            let Some((school, waiting)) = next else { return seated };
            neighbour = Some(*school);
            if let Some(person) = waiting.pop() {
                seated.push((person, Seat { room: room + 1, place }));
            }
        }
    }
    seated
}

/// «15, 12, 20» as numbers of places; nothing for what is none.
pub fn rooms(text: &str) -> Option<Vec<usize>> {
    let parts: Result<Vec<usize>, _> =
        text.split([',', ';', ' ']).map(str::trim).filter(|part| !part.is_empty()).map(str::parse).collect();
    parts.ok().filter(|rooms| !rooms.is_empty() && rooms.len() <= 100 && rooms.iter().all(|n| (1..=1000).contains(n)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_of_different_schools_where_that_can_be() {
        let people: Vec<(usize, u8)> =
            (0..30).map(|i| (i, if i < 15 { 1 } else { u8::try_from(i % 3).unwrap() + 2 })).collect();
        let seated = seat(&people, &[12, 10, 8]);
        assert_eq!(seated.len(), 30);
        let school = |person: usize| people[person].1;
        for pair in seated.windows(2) {
            let ((a, at), (b, next)) = (pair[0], pair[1]);
            assert!(at.room != next.room || school(a) != school(b), "{at:?}");
        }
        // Of one school alone nobody can be parted, and who finds no place is left out.
        assert_eq!(seat(&[(1, 1), (2, 1), (3, 1)], &[2]).len(), 2);
    }

    #[test]
    fn a_code_holds_no_letter_that_is_taken_for_another() {
        let code = code("a0O1lIB-_cQ9Z8Y7X6").unwrap();
        assert_eq!(code, "B9Z8Y7");
        assert_eq!(super::code("abc"), None);
    }

    #[test]
    fn rooms_are_read_or_refused() {
        assert_eq!(rooms("15, 12;20"), Some(vec![15, 12, 20]));
        for bad in ["", "много", "0", "-3", "5000", "1.5"] {
            assert_eq!(rooms(bad), None, "{bad}");
        }
    }
}
