//! Versions, access and adoptions on both engines.
use super::{AccessForm, AdoptionForm, AdoptionState, VersionForm, add_version, adopt, of, set_access, take};
use crate::{
    organisations::{self, OrganisationForm, OrganisationId, OrganisationState},
    resources::{self, ResourceForm, ResourceId, ResourceState},
    roles,
    slices::MIGRATIONS,
};
use chrono::Duration;
use kit::{
    Chance, Clock, Fault, Visit,
    access::{Grant, Viewer},
    db::{Db, NetworkId, Tx, testing::both_engines},
    files::{FileId, Files, Settled},
    once::Once,
};
use uuid::Uuid;

fn visit(db: &Db, role: &str, organisation: Option<OrganisationId>) -> Visit {
    let day = kit::clock::start_of_day("2026-11-24".parse().unwrap());
    let clock = Clock::fixed(day + Duration::hours(10));
    let grants = vec![Grant { role: role.into(), organisation: organisation.map(|o| o.0) }];
    let viewer = match role {
        "guest" => Viewer::guest(roles::policy),
        _ => Viewer::person(Uuid::from_u128(7), Uuid::nil(), String::new(), String::new(), grants, roles::policy),
    };
    Visit::by_program(db.network(NetworkId(Uuid::from_u128(0xA))), db.directory(), viewer, &clock, Chance::system())
}

fn once() -> Once {
    Once::new(Uuid::nil(), None, "test", b"", chrono::DateTime::UNIX_EPOCH)
}

/// Two schools, and a published resource of this class of the first.
async fn place(db: &Db, class: &str) -> (OrganisationId, OrganisationId, ResourceId) {
    let guest = visit(db, "guest", None);
    let work = async |tx: &mut Tx| {
        let mut schools = Vec::new();
        for name in ["Своя школа", "Чужая школа"] {
            let form = OrganisationForm { kind: "general".into(), name: name.into(), ..OrganisationForm::default() };
            let draft = form.check("4722").unwrap();
            schools.push(organisations::insert(tx, &guest, &draft, OrganisationState::Active).await?);
        }
        let form = ResourceForm {
            owner_id: schools[0].to_string(),
            class: class.into(),
            name: "Тетрадь".into(),
            capacity: "1".into(),
            ..ResourceForm::default()
        };
        let id = resources::insert(tx, &guest, &form.check().unwrap(), ResourceState::Published).await?;
        Ok::<_, Fault>((schools[0], schools[1], id))
    };
    guest.net.transact(work).await.unwrap()
}

async fn file(visit: &Visit, files: &Files, text: &str) -> Settled {
    let received = files.take(visit.new_id(), "Тетрадь.txt", text.as_bytes()).await.unwrap();
    files.settle(&visit.net, received, visit.now).await.unwrap()
}

fn form(organisation: OrganisationId, state: AdoptionState) -> AdoptionForm {
    AdoptionForm { organisation_id: organisation.to_string(), state: state.code().into(), remark: String::new() }
}

async fn latest(visit: &Visit, id: ResourceId) -> (i64, FileId, i64) {
    let material = of(visit, &resources::open(visit, id).await.unwrap()).await.unwrap().unwrap();
    let first = material.versions.first().unwrap();
    (first.number, first.file.id, first.downloads)
}

#[test]
fn steps_follow_one_another() {
    use AdoptionState::{Adopted, Refused, Study, Trial};
    assert!(Study.may_follow(None) && Trial.may_follow(Some(Study)) && Adopted.may_follow(Some(Trial)));
    assert!(!Adopted.may_follow(None) && !Adopted.may_follow(Some(Study)) && !Trial.may_follow(Some(Refused)));
    for before in [Study, Trial, Adopted] {
        assert!(Refused.may_follow(Some(before)));
    }
}

both_engines! {
    migrations: MIGRATIONS;

    async fn versions_are_numbered_and_the_same_file_is_none(db: Db) {
        let (own, other, id) = place(&db, "methodical").await;
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let (head, stranger) = (visit(&db, "head", Some(own)), visit(&db, "head", Some(other)));
        let first = file(&head, &files, "первая").await;
        let words = VersionForm { note: "Первая редакция".into() };
        assert!(matches!(add_version(&stranger, &once(), id, &words, &first).await, Err(Fault::Forbidden(_))));
        add_version(&head, &once(), id, &words, &first).await.unwrap();
        assert!(matches!(add_version(&head, &once(), id, &words, &first).await, Err(Fault::Invalid(_))));
        add_version(&head, &once(), id, &words, &file(&head, &files, "вторая").await).await.unwrap();
        assert_eq!(latest(&head, id).await.0, 2);
        let (_, _, room) = place(&db, "technological").await;
        assert!(matches!(add_version(&visit(&db, "department_specialist", None), &once(), room, &words, &first).await, Err(Fault::Conflict(_))));
    }

    async fn the_licence_says_who_takes_it_and_each_taking_is_counted(db: Db) {
        let (own, other, id) = place(&db, "methodical").await;
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let (head, stranger, guest) = (visit(&db, "head", Some(own)), visit(&db, "head", Some(other)), visit(&db, "guest", None));
        add_version(&head, &once(), id, &VersionForm::default(), &file(&head, &files, "текст").await).await.unwrap();
        let (_, of_the_file, _) = latest(&head, id).await;
        assert!(matches!(take(&guest, of_the_file).await, Err(Fault::SignIn)));
        take(&stranger, of_the_file).await.unwrap();
        let only = |code: &str| AccessForm { access: code.into() };
        assert!(matches!(set_access(&stranger, &once(), id, &only("everyone")).await, Err(Fault::Forbidden(_))));
        set_access(&head, &once(), id, &only("adopters")).await.unwrap();
        assert!(matches!(take(&stranger, of_the_file).await, Err(Fault::Forbidden(_))));
        adopt(&stranger, &once(), id, &form(other, AdoptionState::Study)).await.unwrap();
        take(&stranger, of_the_file).await.unwrap();
        adopt(&stranger, &once(), id, &form(other, AdoptionState::Refused)).await.unwrap();
        assert!(matches!(take(&stranger, of_the_file).await, Err(Fault::Forbidden(_))));
        set_access(&head, &once(), id, &only("everyone")).await.unwrap();
        take(&guest, of_the_file).await.unwrap();
        assert_eq!(latest(&head, id).await.2, 3);
        assert!(matches!(take(&guest, FileId(Uuid::nil())).await, Err(Fault::NotFound)));
    }

    async fn an_organisation_marks_its_own_steps_only(db: Db) {
        let (own, other, id) = place(&db, "methodical").await;
        let (head, stranger) = (visit(&db, "head", Some(own)), visit(&db, "head", Some(other)));
        assert!(matches!(adopt(&head, &once(), id, &form(own, AdoptionState::Study)).await, Err(Fault::Conflict(_))));
        let (third, _, _) = place(&db, "methodical").await;
        assert!(matches!(adopt(&stranger, &once(), id, &form(third, AdoptionState::Study)).await, Err(Fault::Forbidden(_))));
        assert!(matches!(adopt(&stranger, &once(), id, &form(other, AdoptionState::Adopted)).await, Err(Fault::Conflict(_))));
        for state in [AdoptionState::Study, AdoptionState::Trial, AdoptionState::Adopted] {
            adopt(&stranger, &once(), id, &form(other, state)).await.unwrap();
        }
        let material = of(&head, &resources::open(&head, id).await.unwrap()).await.unwrap().unwrap();
        let states: Vec<_> = material.adoptions.iter().map(|a| a.state).collect();
        assert_eq!(states, [AdoptionState::Adopted]);
    }
}
