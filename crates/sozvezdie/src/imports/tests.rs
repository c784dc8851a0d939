//! Imports on both engines, through the operations of the wizard.
use super::*;
use crate::{
    imports::{desk::Desk, store},
    organisations::{self, OrganisationId, OrganisationState},
    people::{self, NetworkDraft},
    roles,
    slices::{self, MIGRATIONS},
};
use chrono::{DateTime, Duration, Utc};
use kit::{
    Chance, Clock, Fault,
    access::{Grant, Viewer},
    db::{Db, NetworkId, Tx, args, testing::both_engines},
    once::{Done, Once},
};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

const REGISTRY: &[u8] = include_bytes!("../../../intake/tests/samples/organisations-registry.xlsx");

fn now() -> DateTime<Utc> {
    DateTime::parse_from_rfc3339("2026-11-24T10:00:00+03:00").unwrap().to_utc()
}

/// A network and somebody in it.
struct Place {
    db: Db,
    desk: Desk,
    chance: Chance,
}

impl Place {
    async fn new(db: Db) -> Self {
        crate::texts::install().unwrap();
        let place = Self { db, desk: slices::import_desk(), chance: Chance::seeded(7) };
        let draft = NetworkDraft {
            name: "Сеть".into(),
            territory: "Район".into(),
            founder: None,
            area_code: "4722".into(),
            is_demo: false,
        };
        people::add_network(&place.visit("department_specialist", None), &draft).await.unwrap();
        place
    }

    fn visit(&self, role: &str, organisation: Option<Uuid>) -> Visit {
        let grants = vec![Grant { role: role.into(), organisation }];
        let viewer = Viewer::person(
            Uuid::from_u128(5),
            Uuid::from_u128(6),
            "Анна Учебновна".into(),
            String::new(),
            grants,
            roles::policy,
        );
        let net = self.db.network(NetworkId(Uuid::from_u128(1)));
        Visit::by_program(net, self.db.directory(), viewer, &Clock::fixed(now()), self.chance.clone())
    }

    fn specialist(&self) -> Visit {
        self.visit("department_specialist", None)
    }

    async fn begin(&self, name: &str, content: &[u8]) -> Result<BatchId, Fault> {
        let visit = self.specialist();
        let done = begin(&self.desk, &visit, &once(&visit), upload(name, content)).await?;
        Ok(id_of(&done))
    }

    async fn apply(&self, id: BatchId) -> Result<Done, Fault> {
        let visit = self.specialist();
        apply(&self.desk, &visit, &once(&visit), id, &Progress::default()).await
    }

    async fn undo(&self, id: BatchId) -> Result<Done, Fault> {
        let visit = self.specialist();
        undo(&self.desk, &visit, &once(&visit), id, &Progress::default()).await
    }

    async fn rows(&self, id: BatchId) -> Vec<Row> {
        store::rows(&self.specialist().net, id, store::RowFilter::default(), -1, 10_000).await.unwrap()
    }

    async fn counts(&self, id: BatchId) -> Counts {
        counts(&self.specialist().net, id).await.unwrap()
    }

    async fn batch(&self, id: BatchId) -> Batch {
        open(&self.desk, &self.specialist(), id).await.unwrap()
    }

    async fn decide(&self, id: BatchId, wishes: &[(i64, Decision)]) -> Result<Done, Fault> {
        let visit = self.specialist();
        decide(&self.desk, &visit, &once(&visit), id, wishes, "/preview").await
    }

    async fn mend(&self, id: BatchId, row: u32, field: &str, text: &str) -> Result<Done, Fault> {
        let visit = self.specialist();
        let cell = Mended { sheet: 0, row, field: field.into(), text: text.into() };
        mend(&self.desk, &visit, &once(&visit), id, cell, "/preview").await
    }

    /// All that organisations say, whatever their versions and moments of change.
    async fn content_hash(&self) -> String {
        let texts = [
            "SELECT COALESCE(name, '') || '|' || short_name || '|' || name_key || '|' || kind || '|' || COALESCE(inn, '') || '|' || COALESCE(ogrn, '')
               || '|' || COALESCE(address, '') || '|' || phones || '|' || COALESCE(email, '') || '|' || COALESCE(site, '')
               || '|' || COALESCE(head_name, '') || '|' || state FROM organisation WHERE network_id = $1 ORDER BY id",
            "SELECT from_date || '|' || name || '|' || short_name || '|' || COALESCE(reason, '') FROM organisation_name
             WHERE network_id = $1 ORDER BY organisation_id, from_date",
            "SELECT focus FROM organisation_focus WHERE network_id = $1 ORDER BY organisation_id, focus",
            "SELECT term || '|' || CAST(weight AS TEXT) FROM search_term WHERE network_id = $1 ORDER BY record_id, term",
        ];
        let mut hash = Sha256::new();
        for sql in texts {
            let rows: Vec<(String,)> = self.specialist().net.all(sql, args![]).await.unwrap();
            rows.iter().for_each(|(row,)| hash.update(row));
            hash.update([0]);
        }
        hex::encode(hash.finalize())
    }

    async fn organisations(&self) -> i64 {
        let sql = "SELECT COUNT(*) FROM organisation WHERE network_id = $1";
        self.specialist().net.scalar(sql, args![]).await.unwrap()
    }

    /// An organisation that is there already.
    async fn add(&self, name: &str, inn: Option<&str>) -> OrganisationId {
        let visit = self.specialist();
        let form = organisations::OrganisationForm {
            kind: "general".into(),
            name: name.into(),
            inn: inn.unwrap_or_default().into(),
            ..Default::default()
        };
        let draft = form.check("4722").unwrap();
        visit
            .net
            .transact(async |tx: &mut Tx| organisations::insert(tx, &visit, &draft, OrganisationState::Active).await)
            .await
            .unwrap()
    }
}

/// Every press is a press of its own.
fn once(visit: &Visit) -> Once {
    Once::new(visit.actor(), Some(&visit.new_key()), "test", &[], visit.now)
}

fn upload(name: &str, content: &[u8]) -> Upload {
    Upload { kind: "organisations".into(), file_name: name.into(), content: content.to_vec(), ..Upload::default() }
}

fn id_of(done: &Done) -> BatchId {
    done.body.as_ref().unwrap()["id"].as_str().unwrap().parse().unwrap()
}

fn code(outcome: Result<Done, Fault>) -> String {
    outcome.map_or_else(|fault| fault.code().to_owned(), |_| "done".into())
}

fn table(rows: &[&str]) -> Vec<u8> {
    format!("Наименование\tАдрес\tИНН\n{}\n", rows.join("\n")).into_bytes()
}

both_engines! {
    migrations: MIGRATIONS;

    async fn the_sample_goes_in_and_comes_out_again(db: Db) {
        let place = Place::new(db).await;
        let known = place.add("МОУ «Головинская СОШ»", None).await;
        let before = place.content_hash().await;
        let id = place.begin("organisations-registry.xlsx", REGISTRY).await.unwrap();
        assert_eq!(place.content_hash().await, before, "a preview writes nothing");
        let counts = place.counts(id).await;
        // 25 rows: three with errors, two doubles of other rows, one that is there already.
        assert_eq!((counts.rows, counts.error, counts.duplicate, counts.changed, counts.new), (25, 3, 2, 1, 19));

        let done = place.apply(id).await.unwrap();
        assert_eq!(done.body.unwrap()["tally"]["added"], 19);
        assert_eq!(place.organisations().await, 20);
        let changed = organisations::find(&place.specialist().net, known).await.unwrap().unwrap();
        assert_eq!(changed.address.as_deref(), Some("с. Макетное, ул. Условная, 32"));
        assert_eq!(place.batch(id).await.state, BatchState::Applied);

        // The same file again has nothing more to say.
        let again = place.begin("another-name.xlsx", REGISTRY).await.unwrap();
        let counts = place.counts(again).await;
        assert_eq!((counts.new, counts.changed, counts.same), (0, 0, 20));
        let batch = place.batch(again).await;
        assert_eq!(store::same_file(&place.specialist().net, &batch).await.unwrap().unwrap().id, id);

        place.undo(id).await.unwrap();
        assert_eq!(place.content_hash().await, before);
        assert_eq!(place.batch(id).await.state, BatchState::Undone);
        assert_eq!(place.batch(id).await.tally.kept, 0);
    }

    async fn what_was_changed_since_is_kept(db: Db) {
        let place = Place::new(db).await;
        let first = place.add("Первая СОШ", None).await;
        let id = place.begin("", &table(&["Первая СОШ\tул. Новая, 1\t", "Вторая СОШ\tул. Новая, 2\t", "Третья СОШ\tул. Новая, 3\t"])).await.unwrap();
        place.apply(id).await.unwrap();
        let rows = place.rows(id).await;
        let (second, third) = (OrganisationId(rows[1].record.unwrap()), OrganisationId(rows[2].record.unwrap()));
        let visit = place.specialist();
        let form = organisations::OrganisationForm { kind: "general".into(), address: "ул. Своя, 9".into(), ..Default::default() };
        for id in [first, second] {
            organisations::change(&visit, &once(&visit), id, &form).await.unwrap();
        }
        place.undo(id).await.unwrap();
        let address = async |id| organisations::find(&visit.net, id).await.unwrap().map(|o| o.address.unwrap_or_default());
        assert_eq!(address(first).await.as_deref(), Some("ул. Своя, 9"));
        assert_eq!(address(second).await.as_deref(), Some("ул. Своя, 9"));
        assert_eq!(address(third).await, None);
        let undone: Vec<_> = place.rows(id).await.iter().map(|row| row.undone.unwrap()).collect();
        assert_eq!(undone, [model::Reversal::Kept, model::Reversal::Kept, model::Reversal::Removed]);
        assert_eq!(place.batch(id).await.tally.kept, 2);
    }

    async fn doubles_are_left_out_until_somebody_decides(db: Db) {
        let place = Place::new(db).await;
        let known = place.add("Головинская СОШ", None).await;
        let id = place.begin("", &table(&["Головчинская СОШ\tул. Первая\t", "Новая СОШ\tул. Вторая\t", "НОВАЯ СОШ\tул. Третья\t"])).await.unwrap();
        let rows = place.rows(id).await;
        assert_eq!(rows.iter().map(|r| r.status).collect::<Vec<_>>(), [Status::Duplicate, Status::New, Status::Duplicate]);
        assert_eq!(rows[0].content.candidates[0].decision, Decision::Into(known.0));
        assert_eq!(rows[2].content.candidates[0].decision, Decision::Row(1));
        // Only what is offered may be chosen.
        assert_eq!(code(place.decide(id, &[(0, Decision::Into(Uuid::from_u128(9)))]).await), "invalid");
        assert_eq!(code(place.decide(id, &[(1, Decision::Add)]).await), "invalid");
        place.decide(id, &[(0, Decision::Into(known.0)), (2, Decision::Row(1))]).await.unwrap();
        let before = place.content_hash().await;
        place.apply(id).await.unwrap();
        assert_eq!(place.organisations().await, 2);
        let found = organisations::find(&place.specialist().net, known).await.unwrap().unwrap();
        assert_eq!((found.short_name.as_str(), found.address.as_deref()), ("Головинская СОШ", Some("ул. Первая")));
        let merged = OrganisationId(place.rows(id).await[1].record.unwrap());
        let merged = organisations::find(&place.specialist().net, merged).await.unwrap().unwrap();
        assert_eq!(merged.address.as_deref(), Some("ул. Третья"));
        place.undo(id).await.unwrap();
        assert_eq!(place.content_hash().await, before);
    }

    async fn a_number_finds_the_renamed_and_guards_the_namesake(db: Db) {
        let place = Place::new(db).await;
        let (one, other) = ("3102000005", "3102000012");
        let known = place.add("Старая СОШ", Some(one)).await;
        let namesake = place.add("Лесная СОШ", Some(other)).await;
        let before = place.content_hash().await;
        let id = place.begin("", &table(&[&format!("Новая гимназия\t\t{one}"), "Лесная СОШ\t\t3102000020", "Ещё одна СОШ\t\t3102000020"])).await.unwrap();
        let rows = place.rows(id).await;
        assert_eq!(rows[0].status, Status::Changed, "{:?}", rows[0]);
        assert_eq!((rows[1].status, rows[1].content.candidates[0].decision), (Status::Duplicate, Decision::Into(namesake.0)));
        assert_eq!((rows[2].status, rows[2].content.candidates[0].decision), (Status::Duplicate, Decision::Row(1)));
        place.apply(id).await.unwrap();
        let found = organisations::find(&place.specialist().net, known).await.unwrap().unwrap();
        assert_eq!(found.short_name, "Новая гимназия");
        place.undo(id).await.unwrap();
        assert_eq!(place.content_hash().await, before);
    }

    async fn two_people_at_once_apply_it_once(db: Db) {
        let place = Place::new(db).await;
        let id = place.begin("", &table(&["Первая СОШ\t\t", "Вторая СОШ\t\t"])).await.unwrap();
        let (a, b, c) = tokio::join!(place.apply(id), place.apply(id), place.apply(id));
        let mut codes: Vec<String> = [a, b, c].into_iter().map(code).collect();
        codes.sort();
        assert_eq!(codes, ["done", "import-state", "import-state"]);
        assert_eq!(place.organisations().await, 2);
        let (a, b) = tokio::join!(place.undo(id), place.undo(id));
        let mut codes = [code(a), code(b)];
        codes.sort();
        assert_eq!(codes, ["done", "import-state"]);
        assert_eq!(place.organisations().await, 0);
    }

    async fn two_files_with_one_newcomer_add_it_once(db: Db) {
        let place = Place::new(db).await;
        let one = place.begin("", &table(&["Первая СОШ\tул. А\t"])).await.unwrap();
        let other = place.begin("", &table(&["Первая СОШ\tул. Б\t"])).await.unwrap();
        let (a, b) = tokio::join!(place.apply(one), place.apply(other));
        let mut codes = [code(a), code(b)];
        codes.sort();
        assert_eq!(codes, ["done", "import-stale"]);
        assert_eq!(place.organisations().await, 1);
        // Whoever was told so looks once more.
        let waiting = if place.batch(one).await.state == BatchState::Ready { one } else { other };
        refresh(&place.desk, &place.specialist(), waiting).await.unwrap();
        assert_eq!(place.counts(waiting).await.changed, 1);
        place.apply(waiting).await.unwrap();
        assert_eq!(place.organisations().await, 1);
    }

    async fn the_same_press_twice_is_one(db: Db) {
        let place = Place::new(db).await;
        let visit = place.specialist();
        let press = once(&visit);
        let first = begin(&place.desk, &visit, &press, upload("", &table(&["Первая СОШ\t\t"]))).await.unwrap();
        let again = begin(&place.desk, &visit, &press, upload("", &table(&["Первая СОШ\t\t"]))).await.unwrap();
        assert_eq!(id_of(&first), id_of(&again));
        let press = once(&visit);
        for _ in 0..2 {
            apply(&place.desk, &visit, &press, id_of(&first), &Progress::default()).await.unwrap();
        }
        assert_eq!(place.organisations().await, 1);
    }

    async fn nothing_is_lost_between_the_steps(db: Db) {
        let place = Place::new(db).await;
        let id = place.begin("", &table(&["Первая СОШ\t\t123"])).await.unwrap();
        assert_eq!(place.counts(id).await.error, 1);
        // The program was restarted: another desk over the same data.
        let later = Place { desk: slices::import_desk(), chance: Chance::seeded(8), db: place.db.clone() };
        later.mend(id, 2, "inn", "3102000005").await.unwrap();
        assert_eq!(later.counts(id).await.new, 1);
        let columns: Vec<_> = vec![(0, 0, "name".to_owned()), (0, 1, String::new()), (0, 2, "inn".to_owned())];
        let visit = later.specialist();
        set_columns(&later.desk, &visit, &once(&visit), id, &columns).await.unwrap();
        // What a header meant is remembered for the next file, what was mended for this one.
        assert_eq!(later.counts(id).await.new, 1);
        let next = place.begin("", &table(&["Вторая СОШ\tул. Ненужная\t"])).await.unwrap();
        assert!(!place.rows(next).await[0].content.values.contains_key("address"));
        later.apply(id).await.unwrap();
        assert_eq!(later.organisations().await, 1);
    }

    async fn a_record_that_refuses_a_row_undoes_all(db: Db) {
        let place = Place::new(db).await;
        let id = place.begin("", &table(&[&format!("Первая СОШ\t{}\t", "я".repeat(301)), "Вторая СОШ\t\t"])).await.unwrap();
        let rows = place.rows(id).await;
        assert_eq!((rows[0].status, rows[0].content.issues[0].field.as_str()), (Status::Error, "address"));
        assert_eq!(rows[1].status, Status::New);
        place.apply(id).await.unwrap();
        assert_eq!((place.organisations().await, place.batch(id).await.tally.refused), (1, 1));
    }

    async fn hostile_and_hopeless_files_are_refused(db: Db) {
        let place = Place::new(db).await;
        let hazards: &[(&str, &[u8])] = &[
            ("password-protected.xlsx", include_bytes!("../../../intake/tests/samples/password-protected.xlsx")),
            ("external-entity.xlsx", include_bytes!("../../../intake/tests/samples/external-entity.xlsx")),
            ("letter.pdf", b"%PDF-1.7 nothing"),
            ("nothing.xlsx", b""),
        ];
        for (name, content) in hazards {
            match place.begin(name, content).await {
                Err(Fault::Invalid(problems)) => assert!(problems.at("file").is_some(), "{name}"),
                other => panic!("{name}: {other:?}"),
            }
        }
        let stored: i64 = place.specialist().net.scalar("SELECT COUNT(*) FROM import_batch WHERE network_id = $1", args![]).await.unwrap();
        assert_eq!(stored, 0);
    }

    async fn columns_must_make_sense(db: Db) {
        let place = Place::new(db).await;
        let id = place.begin("", &table(&["Первая СОШ\t\t"])).await.unwrap();
        let visit = place.specialist();
        let set = async |columns: &[(u16, &str)]| {
            let choices: Vec<_> = columns.iter().map(|(column, field)| (0, *column, (*field).to_owned())).collect();
            set_columns(&place.desk, &visit, &once(&visit), id, &choices).await
        };
        for wrong in [&[(0, "address")][..], &[(0, "name"), (1, "name")], &[(0, "name"), (1, "nonsense")]] {
            assert_eq!(code(set(wrong).await), "invalid", "{wrong:?}");
        }
        assert_eq!(code(set(&[(0, "name"), (1, "address"), (2, "")]).await), "done");
    }

    async fn only_those_who_may(db: Db) {
        let place = Place::new(db).await;
        let own = place.add("Первая СОШ", None).await;
        let id = place.begin("", &table(&["Вторая СОШ\t\t"])).await.unwrap();
        for role in ["head", "deputy_head", "pedagogue", "system_administrator"] {
            let visit = place.visit(role, Some(own.0));
            let refused = begin(&place.desk, &visit, &once(&visit), upload("", &table(&["Третья СОШ\t\t"]))).await;
            assert!(matches!(refused, Err(Fault::Forbidden(_))), "{role}");
            let hidden = apply(&place.desk, &visit, &once(&visit), id, &Progress::default()).await;
            assert!(matches!(hidden, Err(Fault::NotFound)), "{role}");
            assert!(matches!(cancel(&place.desk, &visit, &once(&visit), id).await, Err(Fault::NotFound)), "{role}");
        }
        let visit = place.specialist();
        cancel(&place.desk, &visit, &once(&visit), id).await.unwrap();
        assert_eq!(code(place.apply(id).await), "import-state");
    }

    async fn old_files_are_forgotten(db: Db) {
        let place = Place::new(db).await;
        let (done, waiting) = (place.begin("", &table(&["Первая СОШ\t\t"])).await.unwrap(), place.begin("", &table(&["Вторая СОШ\t\t"])).await.unwrap());
        place.apply(done).await.unwrap();
        let net = place.specialist().net.clone();
        assert_eq!(purge(&net, now() + Duration::days(29)).await.unwrap(), 0);
        assert_eq!(purge(&net, now() + Duration::days(31)).await.unwrap(), 2);
        for table in ["import_file", "import_row"] {
            let left: i64 = net.scalar(format!("SELECT COUNT(*) FROM {table} WHERE network_id = $1"), args![]).await.unwrap();
            assert_eq!(left, 0, "{table}");
        }
        assert_eq!(place.batch(done).await.tally.added, 1);
        assert_eq!(place.batch(waiting).await.state, BatchState::Cancelled);
        assert_eq!(code(place.undo(done).await), "import-state");
        assert_eq!(place.organisations().await, 1);
    }
}
