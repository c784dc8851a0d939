//! Collecting on both engines: printed, ticked, undone, missing; by numbers; signed in the program.
use super::Place;
use crate::{
    consents::{
        collect::{self, Asked, StackForm, TickForm},
        forms::{self, PrintForm},
        grounds::{self, NeedsForm, SigningForm},
        model::{Authority, Category, ConsentId, ConsentState, Purpose, Way},
        record::{self, PermitForm},
        scan, store,
    },
    learners::{self, Relation},
    people::{self, PersonDraft, PersonId, PersonName},
    slices::MIGRATIONS,
};
use kit::{
    Fault, Visit,
    db::{Tx, args, testing::both_engines},
    once::{Done, Once},
};
use uuid::Uuid;

/// A printed form as a scanner gives it.
const SCAN: &[u8] = include_bytes!("../../../../documents/tests/scans/form.jpg");

fn once() -> Once {
    Once::new(Uuid::nil(), None, "test", b"", chrono::DateTime::UNIX_EPOCH)
}

async fn person(place: &Place, last: &str) -> PersonId {
    let visit = place.at("2026-09-01", &[]);
    let name = PersonName { last: last.into(), first: "Вера".into(), patronymic: None };
    let draft = PersonDraft { name, email: None, phone: None };
    visit.net.transact(async |tx: &mut Tx| people::add(tx, &visit, &draft).await).await.unwrap()
}

/// The class teacher of 7 Б.
async fn teacher(place: &Place) -> Visit {
    let id = person(place, "Классная").await;
    let visit = place.at("2026-09-01", &[]);
    visit.net.transact(async |tx: &mut Tx| learners::lead_class(tx, &visit, place.own, "7 Б", id).await).await.unwrap();
    place.of("2026-11-24", id.0, &[("class_teacher", place.own)])
}

fn shown(shown: &str, purpose: &str) -> Asked {
    Asked { shown: shown.into(), purpose: purpose.into(), ..Asked::default() }
}

async fn names(visit: &Visit, asked: &Asked) -> Vec<String> {
    collect::desk(visit, asked).await.unwrap().slice.items.into_iter().map(|c| c.full_name).collect()
}

fn batch_of(done: &Done) -> Uuid {
    serde_json::from_value(done.body.as_ref().unwrap()["batch"].clone()).unwrap()
}

fn all(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|c| (*c).to_owned()).collect()
}

both_engines! {
    migrations: MIGRATIONS;

    async fn a_class_teacher_prints_ticks_takes_back_and_sees_what_is_missing(db: Db) {
        let place = Place::new(db).await;
        let first = place.child("Астрова", "2013-05-01", "7 Б").await;
        let second = place.child("Белова", "2013-06-01", "7 Б").await;
        let strange = place.child("Вялова", "2013-07-01", "8 А").await;
        let teacher = teacher(&place).await;
        assert_eq!(names(&teacher, &shown("missing", "")).await, ["Астрова Анна", "Белова Анна"]);
        assert!(names(&teacher, &shown("printed", "")).await.is_empty());

        let print = PrintForm { purposes: all(&["processing", "publication"]), ..PrintForm::default() };
        let printed = forms::make(&teacher, &once(), &print).await.unwrap();
        let ids: Vec<ConsentId> = serde_json::from_value(printed.body.unwrap()["forms"].clone()).unwrap();
        assert_eq!(ids.len(), 4);
        assert_eq!(forms::make(&teacher, &once(), &print).await.unwrap().body.unwrap()["forms"].as_array().unwrap().len(), 4);
        let sheets = forms::sheets(&teacher, &ids, Some("https://школа.рф/")).await.unwrap();
        assert!(sheets[0].opening.contains("Астровой Анны") && sheets[0].code.contains("<svg"));
        assert_eq!((sheets[0].choices.len(), sheets[1].choices.len()), (0, 5));
        assert_eq!(names(&teacher, &shown("printed", "")).await.len(), 2);

        let tick = |child: PersonId, purpose: &str| format!("{child}:{purpose}");
        let form = TickForm {
            back: vec![tick(first, "processing"), tick(first, "publication"), tick(second, "processing")],
            signed_on: "2026-11-20".into(),
            ..TickForm::default()
        };
        // Silence is no consent; nobody else's child; no day to come; nothing at all.
        assert!(matches!(collect::tick(&teacher, &once(), &form).await, Err(Fault::Invalid(_))));
        let form = TickForm { categories: all(&["results"]), ..form };
        let foreign = TickForm { back: vec![tick(first, "processing"), tick(strange, "processing")], ..form.clone() };
        assert!(matches!(collect::tick(&teacher, &once(), &foreign).await, Err(Fault::NotFound)));
        for bad in [TickForm { signed_on: "2026-11-25".into(), ..form.clone() }, TickForm::default(), TickForm { back: all(&["x:y"]), ..form.clone() }] {
            assert!(matches!(collect::tick(&teacher, &once(), &bad).await, Err(Fault::Invalid(_))));
        }
        assert_eq!(place.granted(first, Purpose::Processing, None, "2026-11-24").await, None);

        let batch = batch_of(&collect::tick(&teacher, &once(), &form).await.unwrap());
        assert!(place.granted(first, Purpose::Publication, None, "2026-11-24").await.is_some());
        assert_eq!(names(&teacher, &shown("missing", "publication")).await, ["Белова Анна"]);
        assert!(names(&teacher, &shown("missing", "processing")).await.is_empty());
        let made = store::of_learner(&teacher.net, first).await.unwrap();
        assert_eq!(made.iter().find(|c| c.purpose == Purpose::Publication).unwrap().categories(), [Category::Results]);

        let other = place.at("2026-11-24", &[("deputy_head", place.other)]);
        assert!(matches!(collect::take_back(&other, &once(), batch).await, Err(Fault::NotFound)));
        collect::take_back(&teacher, &once(), batch).await.unwrap();
        assert!(matches!(collect::take_back(&teacher, &once(), batch).await, Err(Fault::NotFound)));
        assert_eq!(place.granted(first, Purpose::Processing, None, "2026-11-24").await, None);
        assert_eq!(names(&teacher, &shown("printed", "processing")).await.len(), 2);

        // The stack, by the numbers on the sheets.
        let numbers: Vec<i64> = store::find_all(&teacher.net, &ids).await.unwrap().iter().map(|c| c.number).collect();
        let text = numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let stack = |numbers: String| StackForm { numbers, signed_on: "2026-11-20".into(), categories: all(&["name", "results"]), ..StackForm::default() };
        assert!(matches!(collect::register(&teacher, &once(), &stack(format!("{text} 999"))).await, Err(Fault::Invalid(_))));
        assert!(matches!(collect::register(&other, &once(), &stack(text.clone())).await, Err(Fault::Invalid(_))));
        collect::register(&teacher, &once(), &stack(text.clone())).await.unwrap();
        assert!(names(&teacher, &shown("missing", "publication")).await.is_empty());
        assert!(matches!(collect::register(&teacher, &once(), &stack(text)).await, Err(Fault::Invalid(_))));
    }

    async fn a_scan_is_recognised_and_a_person_registers_it(db: Db) {
        let place = Place::new(db).await;
        place.child("Астрова", "2013-05-01", "7 Б").await;
        place.child("Белова", "2013-06-01", "7 Б").await;
        let teacher = teacher(&place).await;
        let print = PrintForm { purposes: all(&["processing"]), ..PrintForm::default() };
        let printed = forms::make(&teacher, &once(), &print).await.unwrap();
        let ids: Vec<ConsentId> = serde_json::from_value(printed.body.unwrap()["forms"].clone()).unwrap();
        // The number on the scanned sheet.
        let number = "UPDATE consent SET number = 1672 WHERE network_id = $1 AND id = $2";
        teacher.net.transact(async |tx: &mut Tx| tx.run(number, args![ids[0]]).await).await.unwrap();
        let files = |names: &[&str]| {
            let file = |name: &&str| ((*name).to_owned(), if name.ends_with(".jpg") { SCAN.to_vec() } else { b"%PDF-1.7".to_vec() });
            scan::Posted(names.iter().map(file).collect())
        };
        for bad in [files(&[]), files(&["fax.pdf"]), files(&["a.jpg"; 21])] {
            assert!(matches!(scan::look(&teacher, bad).await, Err(Fault::Invalid(p)) if p.at("file").is_some()));
        }
        let stack = scan::look(&teacher, files(&["a.jpg", "fax.pdf", "b.jpg"])).await.unwrap();
        let found: Vec<_> = stack.found.iter().map(|f| (f.number, f.purpose, f.child.full_name.clone())).collect();
        assert_eq!(found.len(), 1, "the same sheet twice is one form");
        assert_eq!((found[0].0, found[0].1), (1_672, Purpose::Processing));
        let left: Vec<_> = stack.left.iter().map(|l| (l.file.as_str(), l.page)).collect();
        assert_eq!(left, [("fax.pdf", 1)]);
        assert_eq!(names(&teacher, &shown("printed", "")).await.len(), 2, "a picture alone registers nothing");
        // Nobody else learns whose form it is.
        let other = place.at("2026-11-24", &[("deputy_head", place.other)]);
        let strange = scan::look(&other, files(&["a.jpg"])).await.unwrap();
        assert!(strange.found.is_empty() && matches!(strange.left[0].why, scan::Why::Strange(1_672)));

        let confirmed = StackForm { forms: all(&["1672"]), signed_on: "2026-11-20".into(), ..StackForm::default() };
        assert!(matches!(collect::register(&other, &once(), &confirmed).await, Err(Fault::Invalid(_))));
        collect::register(&teacher, &once(), &confirmed).await.unwrap();
        assert_eq!(names(&teacher, &shown("printed", "")).await.len(), 1);
        let again = scan::look(&teacher, files(&["a.jpg"])).await.unwrap();
        assert!(again.found.is_empty() && matches!(again.left[0].why, scan::Why::Strange(_)), "registered already");
    }

    async fn an_organisation_collects_what_it_says_and_what_is_over_is_missing(db: Db) {
        let place = Place::new(db).await;
        let child = place.child("Астрова", "2013-05-01", "7 Б").await;
        let office = place.at("2026-11-24", &[("deputy_head", place.own)]);
        let needs = NeedsForm { organisation: place.own.to_string(), purposes: all(&["transfer"]) };
        assert!(matches!(grounds::put(&place.at("2026-11-24", &[("deputy_head", place.other)]), &once(), &needs).await, Err(Fault::Forbidden(_))));
        grounds::put(&office, &once(), &needs).await.unwrap();
        assert_eq!(collect::collected(&office, place.own).await.unwrap(), [Purpose::Transfer]);
        assert_eq!(names(&office, &shown("missing", "")).await.len(), 1);
        let given = crate::consents::Granting { until: Some(office.today), ..crate::consents::Granting::paper(child, Purpose::Transfer, office.today) };
        place.give(&office, given).await;
        assert!(names(&office, &shown("missing", "")).await.is_empty());
        let tomorrow = place.at("2026-11-25", &[("deputy_head", place.own)]);
        assert_eq!(names(&tomorrow, &shown("missing", "")).await.len(), 1);
        // Nothing is collected: nothing is missing.
        grounds::put(&office, &once(), &NeedsForm { purposes: Vec::new(), ..needs }).await.unwrap();
        assert!(names(&tomorrow, &shown("missing", "")).await.is_empty());
    }

    async fn a_family_signs_in_the_program_only_where_the_network_says_so(db: Db) {
        let place = Place::new(db).await;
        let child = place.child("Астрова", "2013-05-01", "7 Б").await;
        let mother = person(&place, "Астрова").await;
        let office = place.at("2026-11-24", &[("deputy_head", place.own)]);
        office.net.transact(async |tx: &mut Tx| learners::name_guardian(tx, &office, child, mother, Relation::Mother).await).await.unwrap();
        let family = place.of("2026-11-24", mother.0, &[("guardian", place.own)]);
        let ask = record::AskForm { purpose: "image".into() };
        record::ask(&family, &once(), child, &ask).await.unwrap();
        let id = store::of_learner(&family.net, child).await.unwrap()[0].id;
        let permit = PermitForm { categories: all(&["photo"]) };
        assert!(matches!(record::sign(&family, &once(), id, &permit).await, Err(Fault::Conflict(_))));

        let allow = SigningForm { is_allowed: "true".into() };
        assert!(matches!(grounds::put_signing(&office, &once(), &allow).await, Err(Fault::Forbidden(_))));
        office.net.transact(async |tx: &mut Tx| store::list::put_signing(tx, true, office.now).await).await.unwrap();
        assert!(matches!(record::sign(&office, &once(), id, &permit).await, Err(Fault::NotFound)));
        assert!(matches!(record::sign(&family, &once(), id, &PermitForm::default()).await, Err(Fault::Invalid(_))));
        // Under fourteen the child does not sign.
        let own = place.of("2026-11-24", child.0, &[("learner", place.own)]);
        assert!(matches!(record::sign(&own, &once(), id, &permit).await, Err(Fault::NotFound)));
        record::sign(&family, &once(), id, &permit).await.unwrap();
        let signed = store::find(&family.net, id).await.unwrap().unwrap();
        assert_eq!((signed.state, signed.way, signed.authority, signed.signer), (ConsentState::Signed, Some(Way::SimpleSignature), Some(Authority::Parent), Some(mother)));
        // The office puts right what the paper permits; the family does not.
        let more = PermitForm { categories: all(&["photo", "video", "name"]) };
        assert!(matches!(record::permit(&family, &once(), id, &more).await, Err(Fault::Forbidden(_))));
        record::permit(&office, &once(), id, &more).await.unwrap();
        assert_eq!(store::find(&family.net, id).await.unwrap().unwrap().categories(), [Category::Photo, Category::Video]);
    }
}
