//! Who sees whom: what the database finds against the rule of `domain.md` §6, in plain words.
use super::{MIGRATIONS, Place, once};
use crate::learners::{
    GroundKind, Relation, Whom,
    change::{LeavingForm, lead_class, leave, name_guardian},
    store::{self, scope::Scope},
};
use kit::db::{Tx, testing::both_engines};
use proptest::{prelude::*, strategy::ValueTree as _};
use uuid::Uuid;

/// A child: whether in the own school, in the class led, still there, how old, and its grounds.
#[derive(Clone, Debug)]
struct Born {
    own: bool,
    led: bool,
    here: bool,
    grown: bool,
    kind: Option<GroundKind>,
    person: bool,
    guarded: bool,
}

fn worlds() -> impl Strategy<Value = Vec<Born>> {
    let kind = prop::option::of(prop::sample::select(GroundKind::ALL));
    let one = (any::<[bool; 6]>(), kind).prop_map(|([own, led, here, grown, person, guarded], kind)| Born {
        own,
        led,
        here,
        grown,
        kind,
        person,
        guarded,
    });
    prop::collection::vec(one, 1..6)
}

const ROLES: [&str; 10] = [
    "head",
    "gifted_lead",
    "class_teacher",
    "centre_coordinator",
    "host_operator",
    "psychologist",
    "pedagogue",
    "guardian",
    "department_specialist",
    "system_administrator",
];

/// The rule for somebody with one role in the own school.
fn rule(role: &str, b: &Born) -> bool {
    use GroundKind::{Assignment, Enrolment, Membership, Participation, Route};
    let received = !b.person && matches!(b.kind, Some(Enrolment | Route | Participation));
    match role {
        "head" => b.own || received,
        "gifted_lead" => b.own,
        "class_teacher" => b.own && b.led && b.here,
        "centre_coordinator" => !b.person && b.kind == Some(Membership),
        "host_operator" => received,
        "psychologist" | "pedagogue" => {
            b.person && matches!(b.kind, Some(Assignment | Enrolment | Membership | Route | Participation))
        }
        "guardian" => b.guarded && !b.grown,
        _ => false,
    }
}

async fn compare_with_rule(place: &Place, n: usize, world: &[Born]) {
    let viewer = place.person("Смотрящая").await;
    let visit = place.deputy();
    let class = format!("{} А", n % 11 + 1);
    visit.net.transact(async |tx: &mut Tx| lead_class(tx, &visit, place.own, &class, viewer).await).await.unwrap();
    let mut children = Vec::new();
    for (i, b) in world.iter().enumerate() {
        let letter = char::from_u32(0x410 + u32::try_from(i).unwrap()).unwrap();
        let name = format!("Ребёнков{letter} Иван");
        let school = if b.own { place.own } else { place.other };
        let born = if b.grown { "2008-11-24" } else { "2008-11-25" };
        let id = place.child(&name, born, school, if b.led { &class } else { "группа" }).await;
        if let Some(kind) = b.kind {
            let whom = if b.person { Whom::Person(viewer.0) } else { Whom::Organisation(place.own.0) };
            place.ground(id, kind, whom, Some(Uuid::from_u128(9))).await.unwrap();
        }
        if b.guarded {
            let named = async |tx: &mut Tx| name_guardian(tx, &visit, id, viewer, Relation::Other).await;
            visit.net.transact(named).await.unwrap();
        }
        if !b.here {
            let deputy = place.visit("deputy_head", school);
            leave(&deputy, &once(), id, &LeavingForm { on: "2026-11-23".into() }).await.unwrap();
        }
        children.push((id, b));
    }
    for role in ROLES {
        let visit = place.at("2026-11-24", viewer.0, &[(role, Some(place.own))]);
        let scope = Scope::of(&visit).await.unwrap();
        for (id, b) in &children {
            let found = store::find(&visit.net, &scope, *id).await.unwrap().is_some();
            assert_eq!(found, rule(role, b), "{role} and {b:?}");
        }
    }
}

both_engines! {
    migrations: MIGRATIONS;

    async fn the_scope_is_the_rule_told_plainly(db: Db) {
        let place = Place::new(db).await;
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let cases: Vec<_> = (0..12).map(|_| worlds().new_tree(&mut runner).unwrap().current()).collect();
        for (n, world) in cases.into_iter().enumerate() {
            compare_with_rule(&place, n, &world).await;
        }
    }
}
