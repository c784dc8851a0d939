//! Acts on both engines: chains and states, who may write, files.
use super::{
    Act, ActForm, ActId, ActState, EDIT, KIND, LinkForm, Relation, add, attach, change, detach, files, of_organisation,
    open, set_archived, store, unlink,
    web::{self, Asked},
};
use crate::{
    app::{App, Options},
    organisations::{self, Kind, OrganisationDraft, OrganisationId, OrganisationState},
    people::{self, PersonDraft, PersonName},
    roles, slices,
};
use axum::{body::Body, extract::Request};
use chrono::{Datelike as _, Duration, NaiveDate};
use kit::{
    Chance, Clock, Fault, Visit,
    access::{Grant, Viewer},
    cursor::Cursor,
    db::{Db, NetworkId, Tx, testing::both_engines},
    files::Files,
    once::{Done, Once},
};
use slices::MIGRATIONS;
use uuid::Uuid;

/// The network of these tests: two schools and those who act.
struct Place {
    db: Db,
    school: OrganisationId,
    other: OrganisationId,
    clock: Clock,
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl Place {
    async fn new(db: Db) -> Self {
        let clock = Clock::fixed(kit::clock::start_of_day(day("2026-11-24")) + Duration::hours(10));
        let mut place = Self { db, school: OrganisationId(Uuid::nil()), other: OrganisationId(Uuid::nil()), clock };
        let visit = place.guest();
        let (school, other) = visit
            .net
            .transact(async |tx: &mut Tx| {
                let school =
                    organisations::insert(tx, &visit, &organisation("Дубовская СОШ"), OrganisationState::Active)
                        .await?;
                let other =
                    organisations::insert(tx, &visit, &organisation("Беловская СОШ"), OrganisationState::Active)
                        .await?;
                Ok::<_, Fault>((school, other))
            })
            .await
            .unwrap();
        (place.school, place.other) = (school, other);
        place
    }

    fn visit(&self, viewer: Viewer) -> Visit {
        let net = self.db.network(NetworkId(Uuid::from_u128(1)));
        Visit::by_program(net, self.db.directory(), viewer, &self.clock, Chance::system())
    }

    fn guest(&self) -> Visit {
        self.visit(Viewer::guest(roles::policy))
    }

    fn with_role(&self, person: Uuid, role: &str, organisation: Option<OrganisationId>) -> Visit {
        let grants = vec![Grant { role: role.into(), organisation: organisation.map(|o| o.0) }];
        self.visit(Viewer::person(person, Uuid::nil(), String::new(), String::new(), grants, roles::policy))
    }

    fn department(&self) -> Visit {
        self.with_role(Uuid::from_u128(70), "department_specialist", None)
    }

    fn head(&self) -> Visit {
        self.with_role(Uuid::from_u128(71), "head", Some(self.school))
    }
}

fn organisation(name: &str) -> OrganisationDraft {
    let form =
        organisations::OrganisationForm { kind: Kind::General.code().into(), name: name.into(), ..Default::default() };
    form.check("4722").unwrap()
}

fn form(number: &str, issued_on: &str, title: &str) -> ActForm {
    ActForm {
        kind: "order".into(),
        number: number.into(),
        issued_on: issued_on.into(),
        issuer: "Управление образования".into(),
        title: title.into(),
        ..ActForm::default()
    }
}

/// An attempt without a key: every call counts.
fn free(visit: &Visit) -> Once {
    Once::new(visit.actor(), None, "test", b"", visit.now)
}

fn id_of(done: &Done) -> ActId {
    done.location.as_deref().unwrap().rsplit('/').next().unwrap().parse().unwrap()
}

async fn make(visit: &Visit, form: &ActForm) -> ActId {
    id_of(&add(visit, &free(visit), form).await.unwrap())
}

async fn link(visit: &Visit, source: ActId, target: ActId, relation: Relation) -> Result<Done, Fault> {
    let form = LinkForm { target: target.to_string(), relation: relation.code().into(), q: String::new() };
    super::link(visit, &free(visit), source, &form).await
}

async fn state(visit: &Visit, id: ActId) -> ActState {
    open(visit, id).await.unwrap().days().state(visit.today)
}

fn problems<T: std::fmt::Debug>(outcome: Result<T, Fault>) -> String {
    match outcome {
        Err(Fault::Invalid(problems)) => {
            problems.iter().map(|(field, m)| format!("{field}: {}", m.key)).collect::<Vec<_>>().join(", ")
        }
        other => panic!("{other:?}"),
    }
}

async fn titles(visit: &Visit, asked: &Asked) -> Vec<String> {
    store::list(&visit.net, &asked.filter(visit), None, 100).await.unwrap().items.into_iter().map(|a| a.title).collect()
}

both_engines! {
    migrations: MIGRATIONS;

    async fn one_order_creates_the_centre_and_approves_its_concept(db: Db) {
        let place = Place::new(db).await;
        let visit = place.department();
        let order = make(&visit, &form("1017", "2010-10-14", "О создании Центра для одарённых детей")).await;
        let concept = ActForm { kind: "concept".into(), organisations: vec![place.school.to_string()], ..form("№ 1017", "14.10.2010", "Концепция") };
        let concept = make(&visit, &concept).await;
        link(&visit, order, concept, Relation::Approves).await.unwrap();
        assert_eq!((state(&visit, order).await, state(&visit, concept).await), (ActState::InForce, ActState::InForce));

        let act = open(&visit, order).await.unwrap();
        let namesakes = store::namesakes(&visit.net, &act).await.unwrap();
        assert_eq!(namesakes.iter().map(|a| a.id).collect::<Vec<_>>(), [concept]);
        let links = store::links(&visit.net, concept).await.unwrap();
        assert_eq!((links.len(), links[0].outgoing, links[0].act.id), (1, false, order));
        for (words, found) in [("1017", 2), ("создании центра", 1), ("концепции", 1), ("1018", 0)] {
            let hits = kit::search::find(&visit.net, words, &[KIND], 10).await.unwrap();
            assert_eq!(hits.len(), found, "{words}");
        }
        let about: Vec<_> = of_organisation(&place.guest(), place.school, 10).await.unwrap().into_iter().map(|a| a.id).collect();
        assert_eq!(about, [concept]);
    }

    async fn an_act_is_replaced_from_the_first_day_of_the_next(db: Db) {
        let place = Place::new(db).await;
        let visit = place.department();
        let old = make(&visit, &form("1", "2020-08-28", "Прежний порядок")).await;
        let mut coming = ActForm { effective_from: "2026-11-25".into(), ..form("2", "2026-11-20", "Новый порядок") };
        let next = make(&visit, &coming).await;
        link(&visit, next, old, Relation::Replaces).await.unwrap();
        assert_eq!(state(&visit, old).await, ActState::InForce, "the next one begins tomorrow");

        coming.effective_from = "2026-11-24".into();
        coming.version = "1".into();
        change(&visit, &free(&visit), next, &coming).await.unwrap();
        assert_eq!(state(&visit, old).await, ActState::Replaced);
        set_archived(&visit, &free(&visit), next, true).await.unwrap();
        assert_eq!(state(&visit, old).await, ActState::InForce, "a mistake replaces nothing");
        set_archived(&visit, &free(&visit), next, false).await.unwrap();
        assert_eq!(state(&visit, old).await, ActState::Replaced);

        link(&visit, next, old, Relation::Repeals).await.unwrap();
        assert_eq!(state(&visit, old).await, ActState::Repealed);
        for (relation, left) in [(Relation::Repeals, ActState::Replaced), (Relation::Replaces, ActState::InForce)] {
            let form = LinkForm { target: old.to_string(), relation: relation.code().into(), q: String::new() };
            unlink(&visit, &free(&visit), next, &form).await.unwrap();
            assert_eq!(state(&visit, old).await, left);
            assert_eq!(problems(unlink(&visit, &free(&visit), next, &form).await), "target: act-link-gone");
        }
    }

    async fn links_that_make_no_sense_are_refused(db: Db) {
        let place = Place::new(db).await;
        let visit = place.department();
        let (old, new) = (make(&visit, &form("1", "2020-01-01", "А")).await, make(&visit, &form("2", "2021-01-01", "Б")).await);
        assert_eq!(problems(link(&visit, new, new, Relation::Amends).await), "target: act-link-self");
        assert_eq!(problems(link(&visit, old, new, Relation::Repeals).await), "target: act-link-earlier");
        assert_eq!(problems(link(&visit, new, ActId(Uuid::from_u128(9)), Relation::Repeals).await), "target: act-link-choose");
        link(&visit, new, old, Relation::Amends).await.unwrap();
        assert_eq!(problems(link(&visit, new, old, Relation::Amends).await), "target: act-link-there");
        // An earlier order may approve a later text.
        link(&visit, old, new, Relation::Approves).await.unwrap();
    }

    async fn the_filter_by_state_says_what_the_rule_says(db: Db) {
        let place = Place::new(db).await;
        let visit = place.department();
        let mut all = Vec::new();
        for (n, (from, until)) in [("2026-11-23", ""), ("2026-11-24", ""), ("2026-11-25", ""), ("2026-01-01", "2026-11-23"), ("2026-01-01", "2026-11-24")].iter().enumerate() {
            for fate in 0..4_u32 {
                let old = ActForm { effective_from: (*from).into(), effective_until: (*until).into(), ..form(&format!("{n}/{fate}"), "2026-01-01", "Старый") };
                let id = make(&visit, &old).await;
                for (relation, on) in [(Relation::Replaces, "2026-11-24"), (Relation::Repeals, "2026-11-25")].into_iter().take(fate as usize) {
                    let next = make(&visit, &ActForm { effective_from: on.into(), ..form("", "2026-11-01", "Новый") }).await;
                    link(&visit, next, id, relation).await.unwrap();
                    all.push(next);
                }
                all.push(id);
            }
        }
        for shift in -2..=3 {
            let today = visit.today + Duration::days(shift);
            let mut seen = 0;
            for code in ActState::ALL {
                let filter = store::Filter { state: Some(*code), today, ..Asked::default().filter(&visit) };
                let found: Vec<Act> = store::list(&visit.net, &filter, None, 1000).await.unwrap().items;
                assert!(found.iter().all(|a| a.days().state(today) == *code), "{code:?} on {today}");
                seen += found.len();
            }
            assert_eq!(seen, all.len(), "every act is in one state on {today}");
        }
    }

    async fn who_may_write_what(db: Db) {
        let place = Place::new(db).await;
        let (department, head, guest) = (place.department(), place.head(), place.guest());
        let wide = make(&department, &form("1", "2020-01-01", "Приказ управления")).await;
        assert!(matches!(add(&guest, &free(&guest), &form("2", "2020-01-01", "Чужой")).await, Err(Fault::SignIn)));
        // A head's act is the own organisation's without saying so, and no other's.
        let own = make(&head, &form("3", "2021-01-01", "Приказ школы")).await;
        assert_eq!(open(&guest, own).await.unwrap().organisation_id, Some(place.school));
        let for_other = ActForm { owner: place.other.to_string(), ..form("4", "2021-01-01", "За соседей") };
        assert!(matches!(add(&head, &free(&head), &for_other).await, Err(Fault::Forbidden(p)) if p == EDIT));
        assert!(matches!(change(&head, &free(&head), own, &for_other).await, Err(Fault::Forbidden(_))), "handing it over");
        assert!(matches!(change(&head, &free(&head), wide, &form("1", "2020-01-01", "Х")).await, Err(Fault::Forbidden(_))));
        assert!(matches!(set_archived(&head, &free(&head), wide, true).await, Err(Fault::Forbidden(_))));
        assert_eq!(problems(link(&head, own, wide, Relation::Repeals).await), "target: act-link-not-yours");
        assert_eq!(state(&guest, wide).await, ActState::InForce);
        let unknown = ActForm { organisations: vec![Uuid::from_u128(5).to_string()], ..form("5", "2021-01-01", "О ком") };
        assert_eq!(problems(add(&department, &free(&department), &unknown).await), "organisations: form-choose");
        // What is in the archive is unknown to those who may not write.
        set_archived(&department, &free(&department), wide, true).await.unwrap();
        assert!(matches!(open(&guest, wide).await, Err(Fault::NotFound)));
        assert!(matches!(open(&head, wide).await, Err(Fault::NotFound)));
        assert!(open(&department, wide).await.is_ok());
        let archive = Asked { archive: "yes".into(), ..Asked::default() };
        assert_eq!(titles(&guest, &Asked::default()).await, ["Приказ школы"]);
        assert!(titles(&guest, &archive).await.is_empty() && titles(&head, &archive).await.is_empty());
        assert_eq!(titles(&department, &archive).await, ["Приказ управления"]);
        assert!(web::hits(&guest, vec![wide.0]).await.unwrap().is_empty());
    }

    async fn two_who_edit_one_act_see_whose_change_it_was(db: Db) {
        let place = Place::new(db).await;
        let visit = place.department();
        let name = PersonName { last: "Управленцева".into(), first: "Вера".into(), patronymic: None };
        let person = visit.net.transact(async |tx: &mut Tx| people::add(tx, &visit, &PersonDraft { name: name.clone(), email: None, phone: None }).await).await.unwrap();
        let vera = place.with_role(person.0, "department_specialist", None);
        let id = make(&visit, &form("1", "2020-01-01", "Было")).await;
        let edit = |title: &str| ActForm { version: "1".into(), ..form("1", "2020-01-01", title) };
        change(&vera, &free(&vera), id, &edit("Стало у Веры")).await.unwrap();
        match change(&visit, &free(&visit), id, &edit("Стало у меня")).await {
            Err(Fault::Conflict(conflict)) => {
                assert_eq!(conflict.code, "stale");
                assert!(conflict.message.values.iter().any(|(_, v)| v.contains("Управленцева")), "{conflict:?}");
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(open(&visit, id).await.unwrap().title, "Стало у Веры");
        let lines = kit::audit::history(&visit.net, KIND, id.0, 10).await.unwrap();
        let mut told: Vec<_> = lines.iter().map(|l| (l.action.as_str(), l.fields.as_str())).collect();
        // The clock stands still here, so their order says nothing.
        told.sort_unstable();
        assert_eq!(told, [("create", ""), ("update", "title")]);
    }

    async fn the_same_key_adds_one_act(db: Db) {
        let place = Place::new(db).await;
        let visit = place.department();
        let once = Once::new(visit.actor(), Some("k"), "acts.add", b"1", visit.now);
        let first = add(&visit, &once, &form("1", "2020-01-01", "Раз")).await.unwrap();
        assert_eq!(add(&visit, &once, &form("1", "2020-01-01", "Раз")).await.unwrap(), first);
        assert_eq!(titles(&visit, &Asked::default()).await.len(), 1);
    }

    async fn pages_of_the_list_follow_one_another(db: Db) {
        let place = Place::new(db).await;
        let visit = place.department();
        for n in 0..7_u32 {
            let date = day("2020-01-01").with_day(1 + n / 2).unwrap().to_string();
            make(&visit, &form(&n.to_string(), &date, &format!("Ёлка {}", n % 3))).await;
        }
        for sort in ["-date", "date", "title", "-title"] {
            let filter = Asked { sort: sort.into(), ..Asked::default() }.filter(&visit);
            let (mut seen, mut cursor): (Vec<ActId>, Option<Cursor>) = (Vec::new(), None);
            loop {
                let page = store::list(&visit.net, &filter, cursor.as_ref(), 2).await.unwrap();
                assert_eq!(page.total, 7);
                seen.extend(page.items.iter().map(|a| a.id));
                cursor = page.next;
                if cursor.is_none() {
                    break;
                }
            }
            let whole: Vec<ActId> = store::list(&visit.net, &filter, None, 100).await.unwrap().items.iter().map(|a| a.id).collect();
            assert_eq!(seen, whole, "{sort}");
        }
        let of_2021 = Asked { year: "2021".into(), ..Asked::default() };
        assert!(titles(&visit, &of_2021).await.is_empty());
        assert_eq!(titles(&visit, &Asked { year: "2020".into(), q: "ЕЛКА 2".into(), ..Asked::default() }).await.len(), 2);
        assert_eq!(store::years(&visit.net).await.unwrap(), ["2020"]);
    }

    async fn a_file_belongs_to_its_act(db: Db) {
        let place = Place::new(db).await;
        let (department, head, guest) = (place.department(), place.head(), place.guest());
        let folder = tempfile::tempdir().unwrap();
        let store = Files::open(folder.path()).unwrap();
        let options = Options { files: store.clone(), ..Options::default() };
        let app = App::new(place.db.clone(), place.clock.clone(), Chance::system(), guest.net.id(), &slices::all(), options);
        let id = make(&department, &form("1", "2020-01-01", "Приказ")).await;
        let send = async |visit: &Visit, id: ActId, bytes: &str| {
            let body = format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"Приказ.pdf\"\r\n\r\n{bytes}\r\n--x--\r\n");
            let mut request = Request::post("/").header("content-type", "multipart/form-data; boundary=x").body(Body::from(body)).unwrap();
            request.extensions_mut().insert(visit.clone());
            files::take(visit, &app, id, request).await
        };
        assert!(matches!(send(&head, id, "%PDF-1.7").await, Err(Fault::Forbidden(_))));
        assert!(matches!(send(&head, ActId(Uuid::from_u128(9)), "%PDF-1.7").await, Err(Fault::NotFound)));
        let done = send(&department, id, "%PDF-1.7").await.unwrap();
        assert_eq!(problems(send(&department, id, "%PDF-1.7").await), "file: file-already-there");
        assert_eq!(problems(send(&department, id, "MZ\u{0}").await), "file: file-unknown-kind");

        let file: kit::files::FileId = done.body.unwrap()["id"].as_str().unwrap().parse().unwrap();
        let download = async |visit: &Visit| {
            files::download(visit.clone(), axum::extract::State(app.clone()), kit::http::Path(file), kit::http::Query(files::How::default())).await
        };
        let answer = download(&guest).await.unwrap();
        assert!(answer.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
        set_archived(&department, &free(&department), id, true).await.unwrap();
        assert!(matches!(download(&guest).await, Err(Fault::NotFound)), "hidden with its act");
        assert!(download(&department).await.is_ok());

        detach(&department, &free(&department), id, Some(file)).await.unwrap();
        assert!(matches!(download(&department).await, Err(Fault::NotFound)));
        assert_eq!(problems(detach(&department, &free(&department), id, Some(file)).await), "file: act-file-gone");
        let settled = store.settle(&department.net, store.take(department.new_id(), "a.txt", b"text").await.unwrap(), department.now).await.unwrap();
        attach(&department, &free(&department), id, &settled).await.unwrap();
    }
}
