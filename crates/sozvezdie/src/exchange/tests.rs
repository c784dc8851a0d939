//! The exchange on both engines: a small world, and what must hold in it.
mod balance;
mod capacity;
mod catalogue;
mod common;
mod consent;
mod deeds;
mod overdue;
mod remind;
mod rush;

use super::*;
use crate::{
    organisations::{self, Kind, OrganisationDraft, OrganisationId, OrganisationState},
    people::{self, PersonDraft, PersonId, PersonName},
    resources::{self, Class, Hours, ResourceDraft, ResourceId, ResourceKind, ResourceState, Sharing},
    roles::{self, Role},
};
use chrono::{DateTime, Utc};
use kit::{
    Chance, Clock,
    access::{Grant, Viewer},
    db::{Db, NetworkId, Tx},
    once::{Done, Once},
};
use uuid::Uuid;

/// Tuesday, 24 November 2026, 9:00 in Moscow.
pub fn now() -> DateTime<Utc> {
    resources::read_moment("2026-11-24T09:00").unwrap()
}

/// Three organisations, and whoever acts for them.
pub struct World {
    pub db: Db,
    pub net: NetworkId,
    pub chance: Chance,
    /// The owner of what is asked for.
    pub lab: OrganisationId,
    pub school: OrganisationId,
    pub other: OrganisationId,
}

impl World {
    pub async fn new(db: Db) -> Self {
        crate::texts::install().unwrap();
        let chance = Chance::seeded(7);
        let net = NetworkId(chance.id(now()));
        let nobody = OrganisationId(Uuid::nil());
        let mut world = Self { db, net, chance, lab: nobody, school: nobody, other: nobody };
        let visit = world.program();
        let names = ["Станция юных натуралистов", "Дубовская СОШ", "Майская гимназия"];
        let ids = visit
            .net
            .transact(async |tx: &mut Tx| {
                let mut ids = Vec::new();
                for name in names {
                    ids.push(organisations::insert(tx, &visit, &organisation(name), OrganisationState::Active).await?);
                }
                Ok::<_, Fault>(ids)
            })
            .await
            .unwrap();
        (world.lab, world.school, world.other) = (ids[0], ids[1], ids[2]);
        world
    }

    fn visit(&self, viewer: Viewer, at: DateTime<Utc>) -> Visit {
        Visit::by_program(
            self.db.network(self.net),
            self.db.directory(),
            viewer,
            &Clock::fixed(at),
            self.chance.clone(),
        )
    }

    pub fn program(&self) -> Visit {
        self.visit(Viewer::guest(roles::policy), now())
    }

    pub fn guest(&self) -> Visit {
        self.program()
    }

    pub fn as_role(&self, role: Role, organisation: Option<OrganisationId>, at: DateTime<Utc>) -> Visit {
        let grant = Grant { role: role.code().into(), organisation: organisation.map(|o| o.0) };
        let person = self.chance.id(now());
        self.visit(
            Viewer::person(person, person, "Демонов".into(), "demo@example.invalid".into(), vec![grant], roles::policy),
            at,
        )
    }

    /// The head of an organisation, now.
    pub fn head(&self, of: OrganisationId) -> Visit {
        self.as_role(Role::Head, Some(of), now())
    }

    /// The head of an organisation, at another time.
    pub fn head_at(&self, of: OrganisationId, local: &str) -> Visit {
        self.as_role(Role::Head, Some(of), resources::read_moment(local).unwrap())
    }

    pub async fn person(&self, last: &str) -> PersonId {
        let visit = self.program();
        let name = PersonName { last: last.into(), first: "Семён".into(), patronymic: None };
        let draft = PersonDraft { name, email: None, phone: None };
        visit.net.transact(async |tx: &mut Tx| people::add(tx, &visit, &draft).await).await.unwrap()
    }

    pub async fn resource(&self, draft: &ResourceDraft) -> ResourceId {
        let visit = self.program();
        visit
            .net
            .transact(async |tx: &mut Tx| resources::insert(tx, &visit, draft, ResourceState::Published).await)
            .await
            .unwrap()
    }

    /// A laboratory of the owner, open on weekdays from 8 to 20.
    pub fn laboratory(&self, sharing: Sharing, capacity: i64) -> ResourceDraft {
        let hours = (1..=5)
            .map(|weekday| Hours { weekday, opens: 480, closes: 1200, valid_from: None, valid_until: None })
            .collect();
        let mut draft = resources::ResourceForm {
            owner_id: self.lab.to_string(),
            class: "technological".into(),
            kind: "laboratory".into(),
            name: "Цифровая лаборатория".into(),
            capacity: capacity.to_string(),
            sharing: sharing.code().into(),
            ..resources::ResourceForm::default()
        }
        .check()
        .unwrap();
        draft.hours = hours;
        draft
    }

    /// A pedagogue who visits whoever asks.
    pub async fn visiting(&self, owner: OrganisationId, person: PersonId) -> ResourceId {
        let draft = ResourceDraft {
            owner_id: owner,
            class: Class::Staff,
            kind: ResourceKind::Pedagogue,
            person_id: Some(person.0),
            travels: true,
            ..self.laboratory(Sharing::Exclusive, 30)
        };
        self.resource(&draft).await
    }
}

fn organisation(name: &str) -> OrganisationDraft {
    OrganisationDraft {
        kind: Kind::General,
        subkind: None,
        name: name.into(),
        short_name: name.into(),
        inn: None,
        kpp: None,
        ogrn: None,
        licence: None,
        address: None,
        latitude: None,
        longitude: None,
        phones: String::new(),
        email: None,
        site: None,
        head_name: None,
        about: None,
        synthetic_name: true,
        focuses: Vec::new(),
    }
}

/// A request of the visit's own organisation.
pub fn asked(resource: ResourceId, from: &str, to: &str, headcount: i64) -> BookingForm {
    BookingForm {
        resource_id: resource.to_string(),
        starts_at: from.into(),
        ends_at: to.into(),
        headcount: headcount.to_string(),
        purpose: "Лабораторная работа".into(),
        ..BookingForm::default()
    }
}

/// One attempt without a key.
pub fn once(visit: &Visit) -> Once {
    Once::new(visit.actor(), None, "test", b"", visit.now)
}

pub fn keyed(visit: &Visit, key: &str) -> Once {
    Once::new(visit.actor(), Some(key), "test", b"", visit.now)
}

pub async fn ask(visit: &Visit, form: &BookingForm) -> Result<Done, Fault> {
    book(visit, &once(visit), form).await
}

/// The id that a request was answered with.
pub fn id(done: &Done) -> BookingId {
    done.body.as_ref().unwrap()["id"].as_str().unwrap().parse().unwrap()
}

pub fn state(done: &Done) -> String {
    done.body.as_ref().unwrap()["state"].as_str().unwrap().to_owned()
}

/// The code of a conflict.
pub fn code<T: std::fmt::Debug>(outcome: Result<T, Fault>) -> String {
    match outcome {
        Err(Fault::Conflict(conflict)) => conflict.code.into_owned(),
        other => panic!("a conflict was expected: {other:?}"),
    }
}

/// The fields to mend.
pub fn fields<T: std::fmt::Debug>(outcome: Result<T, Fault>) -> Vec<String> {
    match outcome {
        Err(Fault::Invalid(problems)) => problems.iter().map(|(field, _)| field.to_owned()).collect(),
        other => panic!("fields to mend were expected: {other:?}"),
    }
}
