//! What stands in the database of every test: a small network with one account per role, and a
//! foreign one whose every text is a canary.
use crate::{
    foreign::{self, Foreign},
    make,
    matrix::Whose,
    table::Record,
};
use kit::{
    Chance, Clock, Visit,
    access::Viewer,
    db::{Db, NetworkId},
};
use sozvezdie::{
    organisations::{Focus, Kind, OrganisationState},
    people,
    resources::ResourceState,
    roles::{self, Role},
};
use std::collections::HashMap;
use uuid::Uuid;

/// Stands in every text of the foreign network, and in nothing else. Searches are sent in lower
/// case, so that a page that repeats the question is not taken for a leak.
pub const FOREIGN: &str = "КАНАРЕЙКА";
/// Stands in every text of the draft, which few may see.
pub const DRAFT: &str = "ЧЕРНОВАЯ-ПТИЦА";

/// Stands in every personal field of the children, whom few may see.
pub const CHILD: &str = "ДЕТСКАЯ-ПТИЦА";

/// Ids of what stands there.
#[derive(Clone)]
pub struct World {
    pub network: NetworkId,
    pub foreign: NetworkId,
    /// Where most roles are held: a gymnasium.
    pub own: Uuid,
    /// A school, somebody else's.
    pub other: Uuid,
    pub station: Uuid,
    /// Not active yet; its keeper and the department see it.
    pub draft: Uuid,
    /// What the organisations give; the draft's is a draft itself.
    pub resource: Uuid,
    pub draft_resource: Uuid,
    /// Of each kind of record one of ours and one of another organisation's.
    pub records: HashMap<(Record, Whose), Uuid>,
    /// The foreign network's.
    pub stranger: Foreign,
    pub people: HashMap<&'static str, Uuid>,
}

/// A person with a sign-in: key, roles with the organisations they are held in.
type Somebody = (&'static str, &'static [(Role, Option<Where>)]);

#[derive(Clone, Copy)]
enum Where {
    Own,
    Other,
    Garden,
    Station,
    Draft,
}

use Where::{Draft, Garden, Other, Own, Station};

/// One account per role, called by the role's code, and some with other scopes.
const PEOPLE: &[Somebody] = &[
    ("system_administrator", &[(Role::SystemAdministrator, None)]),
    ("department_specialist", &[(Role::DepartmentSpecialist, None)]),
    ("centre_coordinator", &[(Role::CentreCoordinator, Some(Own))]),
    ("head", &[(Role::Head, Some(Own))]),
    ("deputy_head", &[(Role::DeputyHead, Some(Own))]),
    ("gifted_lead", &[(Role::GiftedLead, Some(Own))]),
    ("class_teacher", &[(Role::ClassTeacher, Some(Own))]),
    ("pedagogue", &[(Role::Pedagogue, Some(Own)), (Role::Pedagogue, Some(Station))]),
    ("psychologist", &[(Role::Psychologist, Some(Own))]),
    ("external_mentor", &[(Role::ExternalMentor, Some(Own))]),
    ("host_operator", &[(Role::HostOperator, Some(Own))]),
    ("jury", &[(Role::Jury, None)]),
    ("learner", &[(Role::Learner, Some(Own))]),
    ("guardian", &[(Role::Guardian, Some(Own))]),
    ("other_deputy", &[(Role::DeputyHead, Some(Other))]),
    ("garden_head", &[(Role::Head, Some(Garden))]),
    ("station_head", &[(Role::Head, Some(Station))]),
    ("draft_keeper", &[(Role::DeputyHead, Some(Draft))]),
    ("nobody", &[]),
];

/// The address that a person signs in with.
pub fn email(key: &str) -> String {
    format!("{key}@example.invalid")
}

/// Builds both networks.
pub async fn build(db: &Db, clock: &Clock, chance: &Chance) -> World {
    let visit = |n: u128| {
        let net = db.network(NetworkId::from(Uuid::from_u128(n)));
        Visit::by_program(net, db.directory(), Viewer::guest(roles::policy), clock, chance.clone())
    };
    let (ours, theirs) = (visit(0x0A), visit(0x0C));
    let stranger = foreign::build(&theirs).await;
    small(&ours, theirs.net.id(), stranger).await
}

async fn small(visit: &Visit, foreign: NetworkId, stranger: Foreign) -> World {
    make::network(visit, "Малая сеть", "4722").await;
    let mut tx = visit.net.begin().await.unwrap();
    let active = OrganisationState::Active;
    let own = make::organisation(&mut tx, visit, &make::plain(Kind::General, "Майская гимназия"), active).await;
    let other = make::organisation(&mut tx, visit, &make::plain(Kind::General, "Журавлёвская СОШ"), active).await;
    let garden = make::organisation(&mut tx, visit, &make::plain(Kind::Preschool, "Детский сад № 7"), active).await;
    let mut nature = make::plain(Kind::Additional, "Станция юных натуралистов");
    nature.focuses = vec![Focus::NaturalScience, Focus::Artistic];
    let station = make::organisation(&mut tx, visit, &nature, active).await;
    let draft = make::organisation(&mut tx, visit, &make::full_of(DRAFT), OrganisationState::Draft).await;

    let laboratory = make::plain_resource(own, "Цифровая лаборатория");
    let resource = make::resource(&mut tx, visit, &laboratory, ResourceState::Published).await;
    let bus = make::plain_resource(other, "Школьный автобус");
    let other_resource = make::resource(&mut tx, visit, &bus, ResourceState::Published).await;
    let hidden = make::resource_full_of(draft, DRAFT);
    let draft_resource = make::resource(&mut tx, visit, &hidden, ResourceState::Draft).await;

    let mut records = HashMap::from([
        ((Record::Organisation, Whose::Own), own),
        ((Record::Organisation, Whose::Other), other),
        ((Record::Resource, Whose::Own), resource),
        ((Record::Resource, Whose::Other), other_resource),
    ]);
    for (whose, organisation) in [(Whose::Own, own), (Whose::Other, other)] {
        let method = make::plain_method(organisation, "Рабочая тетрадь");
        let method = make::resource(&mut tx, visit, &method, ResourceState::Published).await;
        records.insert((Record::Material, whose), method);
        let act = make::act(&mut tx, visit, organisation, "Приказ об обмене").await;
        records.insert((Record::Act, whose), act);
        records.insert((Record::Common, whose), make::common(&mut tx, visit, organisation, "Смена под звёздами").await);
        let (edition, stage) = make::edition(&mut tx, visit, organisation, "Олимпиада звёзд").await;
        records.insert((Record::Edition, whose), edition);
        records.insert((Record::Stage, whose), stage);
        let kind = if whose == Whose::Own { "federal" } else { "municipal" };
        records.insert((Record::EventList, whose), make::event_list(&mut tx, visit, kind).await);
        records.insert((Record::Need, whose), make::need(&mut tx, visit, organisation, "Лекция о звёздах").await);
    }
    // A booking is its sides': ours as the one who asks, ours as the owner, and one of two others.
    let (ours, theirs) = ((resource, own), (other_resource, other));
    records.insert((Record::BookingAsked, Whose::Own), make::booking(&mut tx, visit, theirs, own, "Урок").await);
    records.insert((Record::BookingAsked, Whose::Other), make::booking(&mut tx, visit, theirs, garden, "Урок").await);
    records.insert((Record::BookingGiven, Whose::Own), make::booking(&mut tx, visit, ours, other, "Урок").await);
    records.insert((Record::BookingGiven, Whose::Other), make::booking(&mut tx, visit, theirs, garden, "Урок").await);

    let mut all = HashMap::new();
    for (key, grants) in PEOPLE {
        let id = make::person(&mut tx, visit, key, "Анна", "Учебновна").await;
        for (role, scope) in *grants {
            let place = scope.map(|w| match w {
                Own => own,
                Other => other,
                Garden => garden,
                Station => station,
                Draft => draft,
            });
            people::grant(&mut tx, visit, id, *role, place).await.unwrap();
        }
        all.insert(*key, id.0);
    }
    for (whose, organisation) in [(Whose::Own, own), (Whose::Other, other)] {
        let child = if whose == Whose::Own { Some(all["learner"]) } else { None };
        let learner = make::learner(&mut tx, visit, organisation, child, CHILD).await;
        records.insert((Record::Learner, whose), learner);
        records.insert((Record::Consent, whose), make::consent(&mut tx, visit, organisation, learner).await);
        records.insert((Record::Case, whose), make::case(&mut tx, visit, organisation, learner, CHILD).await);
        // The network's Centre is the one that was opened first: ours.
        let opened = if whose == Whose::Own { "2010-10-14" } else { "2020-09-01" };
        let centre = make::centre(&mut tx, visit, organisation, opened, "Взлёт").await;
        records.insert((Record::Membership, whose), make::membership(&mut tx, visit, centre, learner, CHILD).await);
        let leader = if whose == Whose::Own { all["pedagogue"] } else { all["other_deputy"] };
        let [group, session] = make::group(&mut tx, visit, organisation, leader, learner, "Мастерская").await;
        let [society, meeting] = make::society(&mut tx, visit, organisation, leader, learner, "Общество").await;
        let research = make::research(&mut tx, visit, organisation, leader, learner, "Исследование").await;
        records.insert((Record::Research, whose), research);
        let led = (leader, all["nobody"]);
        let [stage, section, thesis] = make::conference(&mut tx, visit, organisation, led, learner, "Чтения").await;
        records.insert((Record::Conference, whose), stage);
        records.insert((Record::Section, whose), section);
        records.insert((Record::Thesis, whose), thesis);
        records.insert((Record::Society, whose), society);
        records.insert((Record::Meeting, whose), meeting);
        records.insert((Record::Group, whose), group);
        records.insert((Record::GroupSession, whose), session);
        let nobody = all["nobody"];
        let (profile, asked) = make::profile(&mut tx, visit, (centre, organisation), learner, nobody, CHILD).await;
        records.insert((Record::Profile, whose), profile);
        records.insert((Record::Asked, whose), asked);
        records.insert((Record::Sitting, whose), make::sitting(&mut tx, visit, centre, profile, CHILD).await);
        let mentor = if whose == Whose::Own { nobody } else { all["station_head"] };
        let (plan, item) = make::plan(&mut tx, visit, centre, learner, mentor, CHILD).await;
        records.insert((Record::Plan, whose), plan);
        records.insert((Record::PlanItem, whose), item);
        records.insert((Record::Report, whose), make::report(&mut tx, visit, organisation, "Отчётность").await);
        records.insert((Record::Pair, whose), make::pair(&mut tx, visit, organisation, learner, CHILD).await);
        let work = make::participation(&mut tx, visit, records[&(Record::Edition, whose)], learner, CHILD).await;
        let marked = (records[&(Record::Stage, whose)], work);
        make::judging(&mut tx, visit, marked, all["nobody"], "Проверка").await;
        records.insert((Record::Participation, whose), work);
        records.insert((Record::Appeal, whose), make::appeal(&mut tx, visit, marked, CHILD).await);
    }
    // One call for all of the network: nobody's own.
    let call = make::report_call(&mut tx, visit, own, "Отчётность").await;
    records.insert((Record::ReportCall, Whose::Own), call);
    records.insert((Record::ReportCall, Whose::Other), call);
    make::grounds(&mut tx, visit, own, &all).await;
    tx.commit().await.unwrap();
    make::sign_ins(visit, &all).await;
    World {
        network: visit.net.id(),
        foreign,
        own,
        other,
        station,
        draft,
        resource,
        draft_resource,
        records,
        stranger,
        people: all,
    }
}
