//! What a society is: sections, members, meetings; and what its forms must hold. Pure.
use crate::{
    acts::ActId,
    organisations::{Focus, OrganisationId},
    people::PersonId,
    resources::whole_required,
};
use chrono::{DateTime, NaiveDate, Utc};
use kit::{
    Fault,
    db::row,
    form::{Check, Problems, loose, tidy},
    text::Message,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

kit::db::id_type!(
    /// A student society.
    SocietyId
);
kit::db::id_type!(
    /// A section of a society.
    SectionId
);
kit::db::id_type!(
    /// A child's place in a society.
    FellowId
);
kit::db::id_type!(
    /// A meeting of a society.
    MeetingId
);

kit::codes! {
    /// A child's post in the society. Of the last two there is one each at a time.
    pub enum Post { Member = "member", Council = "council", Secretary = "secretary", Chair = "chair" }
}

kit::codes! {
    pub enum MeetingKind { General = "general", Council = "council" }
}

/// A society as it is today.
#[derive(Clone, Debug, Serialize)]
pub struct Society {
    pub id: SocietyId,
    pub organisation_id: OrganisationId,
    pub organisation_name: String,
    pub title: String,
    pub about: Option<String>,
    pub charter_id: Option<ActId>,
    pub charter: Option<String>,
    pub founded_on: NaiveDate,
    pub members: i64,
    pub version: i64,
}
row!(Society {
    id,
    organisation_id,
    organisation_name,
    title,
    about,
    charter_id,
    charter,
    founded_on,
    members,
    version
});

/// A section with who leads it.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    pub id: SectionId,
    pub title: String,
    pub focus: Option<Focus>,
    pub leader_id: Option<PersonId>,
    pub leader: Option<String>,
    pub members: i64,
}

/// A member as this viewer may see it: without a name where they may not.
#[derive(Clone, Debug, Serialize)]
pub struct Fellow {
    pub id: FellowId,
    pub post: Post,
    pub section_id: Option<SectionId>,
    pub section: Option<String>,
    /// The school from which the child came.
    pub organisation_id: OrganisationId,
    pub organisation_name: String,
    pub from: NaiveDate,
    pub learner_id: Option<PersonId>,
    pub full_name: Option<String>,
    pub class_name: Option<String>,
}
row!(Fellow {
    id,
    post,
    section_id,
    section,
    organisation_id,
    organisation_name,
    from,
    learner_id,
    full_name,
    class_name
});

/// A meeting with what its protocol says.
#[derive(Clone, Debug, Serialize)]
pub struct Meeting {
    pub id: MeetingId,
    pub society_id: SocietyId,
    pub kind: MeetingKind,
    pub number: i64,
    pub held_on: NaiveDate,
    pub place: Option<String>,
    pub present: i64,
    pub chair_id: Option<FellowId>,
    pub secretary_id: Option<FellowId>,
    /// A line each.
    pub agenda: String,
    pub decisions: Option<String>,
    pub updated_at: DateTime<Utc>,
    pub version: i64,
}
row!(Meeting {
    id,
    society_id,
    kind,
    number,
    held_on,
    place,
    present,
    chair_id,
    secretary_id,
    agenda,
    decisions,
    updated_at,
    version
});

/// What was typed of a society.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct SocietyForm {
    pub organisation: String,
    pub title: String,
    pub about: String,
    pub charter: String,
    pub founded_on: String,
    pub version: String,
}

#[derive(Clone, Debug)]
pub struct SocietyDraft {
    pub organisation: OrganisationId,
    pub title: String,
    pub about: Option<String>,
    pub charter: Option<ActId>,
    pub founded_on: NaiveDate,
}

impl SocietyForm {
    pub fn of(s: &Society) -> Self {
        Self {
            organisation: s.organisation_id.to_string(),
            title: s.title.clone(),
            about: s.about.clone().unwrap_or_default(),
            charter: s.charter_id.map(|id| id.to_string()).unwrap_or_default(),
            founded_on: s.founded_on.to_string(),
            version: s.version.to_string(),
        }
    }

    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self) -> Result<SocietyDraft, Fault> {
        let mut problems = Problems::default();
        let organisation = self.organisation.parse().ok();
        let charter = tidy(&self.charter).map(|text| text.parse::<ActId>());
        for (field, right) in [("organisation", organisation.is_some()), ("charter", !matches!(charter, Some(Err(_))))]
        {
            if !right {
                problems.add(field, Message::new("form-choose"));
            }
        }
        let mut check = Check { problems: &mut problems };
        let title = check.required("title", &self.title, 200);
        check.required("founded_on", &self.founded_on, 20);
        let founded_on = check.date("founded_on", &self.founded_on);
        let about = crate::groups::long(&mut problems, "about", &self.about);
        problems.into_result(SocietyDraft {
            organisation: organisation.unwrap_or(OrganisationId(Uuid::nil())),
            title,
            about,
            charter: charter.and_then(Result::ok),
            founded_on: founded_on.unwrap_or_default(),
        })
    }
}

/// What was typed of a section.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct SectionForm {
    /// The section that is changed; empty for a new one.
    pub section: String,
    pub title: String,
    pub focus: String,
    pub leader: String,
}

#[derive(Clone, Debug)]
pub struct SectionDraft {
    pub title: String,
    pub focus: Option<Focus>,
    pub leader: Option<PersonId>,
}

impl SectionForm {
    /// The form of an existing section.
    pub fn of(c: &Section) -> Self {
        Self {
            section: c.id.to_string(),
            title: c.title.clone(),
            focus: c.focus.map(|focus| focus.code().to_owned()).unwrap_or_default(),
            leader: c.leader_id.map(|id| id.to_string()).unwrap_or_default(),
        }
    }

    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self) -> Result<SectionDraft, Fault> {
        let mut problems = Problems::default();
        let title = Check { problems: &mut problems }.required("title", &self.title, 120);
        let focus = tidy(&self.focus).map(|text| text.parse::<Focus>());
        let leader = tidy(&self.leader).map(|text| text.parse::<PersonId>());
        for (field, wrong) in [("focus", matches!(focus, Some(Err(_)))), ("leader", matches!(leader, Some(Err(_))))] {
            if wrong {
                problems.add(field, Message::new("form-choose"));
            }
        }
        problems.into_result(SectionDraft {
            title,
            focus: focus.and_then(Result::ok),
            leader: leader.and_then(Result::ok),
        })
    }
}

/// What was typed of a meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct MeetingForm {
    pub kind: String,
    pub held_on: String,
    pub place: String,
    #[serde(deserialize_with = "loose")]
    pub present: String,
    pub chair: String,
    pub secretary: String,
    pub agenda: String,
    pub decisions: String,
    pub version: String,
}

#[derive(Clone, Debug)]
pub struct MeetingDraft {
    pub kind: MeetingKind,
    pub held_on: NaiveDate,
    pub place: Option<String>,
    pub present: i64,
    pub chair: Option<FellowId>,
    pub secretary: Option<FellowId>,
    pub agenda: String,
    pub decisions: Option<String>,
}

impl MeetingForm {
    pub fn of(m: &Meeting) -> Self {
        let id = |id: Option<FellowId>| id.map(|id| id.to_string()).unwrap_or_default();
        Self {
            kind: m.kind.code().into(),
            held_on: m.held_on.to_string(),
            place: m.place.clone().unwrap_or_default(),
            present: m.present.to_string(),
            chair: id(m.chair_id),
            secretary: id(m.secretary_id),
            agenda: m.agenda.clone(),
            decisions: m.decisions.clone().unwrap_or_default(),
            version: m.version.to_string(),
        }
    }

    /// # Errors
    /// [`Fault::Invalid`], every field at once.
    pub fn check(&self) -> Result<MeetingDraft, Fault> {
        let mut problems = Problems::default();
        let kind = self.kind.parse().ok();
        if kind.is_none() {
            problems.add("kind", Message::new("form-choose"));
        }
        let mut check = Check { problems: &mut problems };
        check.required("held_on", &self.held_on, 20);
        let held_on = check.date("held_on", &self.held_on);
        let place = check.optional("place", &self.place, 200);
        let present = whole_required(&mut problems, "present", &self.present, 1, 2000);
        let fellow = |text: &str| tidy(text).map(|text| text.parse::<FellowId>());
        let (chair, secretary) = (fellow(&self.chair), fellow(&self.secretary));
        for (field, wrong) in
            [("chair", matches!(chair, Some(Err(_)))), ("secretary", matches!(secretary, Some(Err(_))))]
        {
            if wrong {
                problems.add(field, Message::new("form-choose"));
            }
        }
        let agenda = crate::groups::long(&mut problems, "agenda", &self.agenda);
        if agenda.is_none() && problems.at("agenda").is_none() {
            problems.add("agenda", Message::new("form-required"));
        }
        let decisions = crate::groups::long(&mut problems, "decisions", &self.decisions);
        problems.into_result(MeetingDraft {
            kind: kind.unwrap_or(MeetingKind::General),
            held_on: held_on.unwrap_or_default(),
            place,
            present: present.unwrap_or(1),
            chair: chair.and_then(Result::ok),
            secretary: secretary.and_then(Result::ok),
            agenda: agenda.unwrap_or_default(),
            decisions,
        })
    }
}
