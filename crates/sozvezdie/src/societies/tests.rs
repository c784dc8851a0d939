//! What a protocol says, and that it names nobody whom it may not.
use super::{
    model::{Fellow, FellowId, Meeting, MeetingId, MeetingKind, Post, Society, SocietyId},
    protocol::paper,
};
use crate::{organisations::OrganisationId, papers::Party, people::PersonId};
use uuid::Uuid;

fn society() -> Society {
    Society {
        id: SocietyId(Uuid::from_u128(1)),
        organisation_id: OrganisationId(Uuid::from_u128(2)),
        organisation_name: "Станция".into(),
        title: "Общество «Биотоп»".into(),
        about: None,
        charter_id: None,
        charter: None,
        founded_on: "2011-02-01".parse().unwrap(),
        members: 2,
        version: 1,
    }
}

fn fellow(n: u128, name: Option<&str>) -> Fellow {
    Fellow {
        id: FellowId(Uuid::from_u128(n)),
        post: Post::Chair,
        section_id: None,
        section: None,
        organisation_id: OrganisationId(Uuid::from_u128(3)),
        organisation_name: "Школа".into(),
        from: "2026-09-01".parse().unwrap(),
        learner_id: name.map(|_| PersonId(Uuid::from_u128(n))),
        full_name: name.map(str::to_owned),
        class_name: None,
    }
}

#[test]
fn a_protocol_numbers_its_points_and_leaves_a_blank_for_who_is_not_named() {
    let meeting = Meeting {
        id: MeetingId(Uuid::from_u128(3)),
        society_id: society().id,
        kind: MeetingKind::Council,
        number: 4,
        held_on: "2026-11-24".parse().unwrap(),
        place: None,
        present: 5,
        chair_id: Some(FellowId(Uuid::from_u128(10))),
        secretary_id: Some(FellowId(Uuid::from_u128(11))),
        agenda: "Темы исследований.\n\nКонференция".into(),
        decisions: None,
        updated_at: chrono::DateTime::UNIX_EPOCH,
        version: 1,
    };
    let fellows = [fellow(10, Some("Демонов Семён Учебнович")), fellow(11, None)];
    let host = Party { name: "Станция".into(), place: "п. Майский".into(), ..Party::default() };
    let text = paper(&society(), &meeting, &fellows, &host).text();
    for part in [
        "ПРОТОКОЛ",
        "24.11.2026",
        "заседания совета",
        "1. Темы исследований.",
        "2. Конференция.",
        "Демонов",
        "п. Майский",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(text.contains("___"), "{text}");
    let file = documents::docx::write(&paper(&society(), &meeting, &fellows, &host)).unwrap();
    assert!(file.starts_with(b"PK"));
}
