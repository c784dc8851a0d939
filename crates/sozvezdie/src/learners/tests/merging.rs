//! What a merging takes along: everything that hangs on a child, and nothing is lost by it.
use super::{NETWORK, Place, day, once};
use crate::{
    learners::{
        GroundKind, How, Whom, access,
        duplicates::{self, Word},
        store::{
            audit,
            duplicates::{self as duplicate_store, NEAR},
            hanging::{HANGING, STAYING},
        },
    },
    people::PersonId,
    slices::MIGRATIONS,
};
use kit::db::{Engine, NetworkId, Tx, args, testing::both_engines};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Every column of the migrations that names a learner: by its name, or by a key to `learner`.
fn named() -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    let mut table = String::new();
    for line in MIGRATIONS.iter().flat_map(|m| m.sql.lines()) {
        if let Some(rest) = line.strip_prefix("CREATE TABLE ").or_else(|| line.strip_prefix("ALTER TABLE ")) {
            rest.split([' ', '(']).next().unwrap().clone_into(&mut table);
        }
        let words: Vec<&str> = line.trim().split([' ', ',', '(', ')']).filter(|w| !w.is_empty()).collect();
        let column = words.iter().find(|w| w.ends_with("learner_id") && line.contains("{id}"));
        let key = line.contains("REFERENCES learner ").then(|| words.get(3).copied()).flatten();
        found.extend(column.copied().or(key).map(|c| (table.clone(), c.to_owned())));
    }
    found
}

#[test]
fn no_table_that_names_a_learner_is_forgotten() {
    let known: BTreeSet<(String, String)> = HANGING
        .iter()
        .map(|h| (h.table.to_owned(), h.learner.to_owned()))
        .chain(STAYING.iter().map(|(table, column)| ((*table).to_owned(), (*column).to_owned())))
        .collect();
    assert_eq!(named(), known, "a new table says in `store::hanging` what a merging does with it");
}

impl Place {
    async fn consent(&self, learner: PersonId, purpose: &str) -> Uuid {
        let visit = self.deputy();
        let id = visit.new_id();
        let number: i64 =
            visit.net.scalar("SELECT COUNT(*) FROM consent WHERE network_id = $1", args![]).await.unwrap();
        let sql = "INSERT INTO consent (network_id, id, number, learner_id, purpose, organisation_id, state, categories, signed_on,
                     created_at, updated_at, version)
                   VALUES ($1, $2, $3, $4, $5, $6, 'signed', '', '2026-09-01', $7, $7, 1)";
        let values = args![id, number + 1, learner, purpose, self.own, visit.now];
        visit.net.transact(async |tx: &mut Tx| tx.run(sql, values.clone()).await).await.unwrap();
        id
    }

    async fn whose(&self, sql: &'static str, id: Uuid) -> Vec<Uuid> {
        let rows: Vec<(Uuid,)> = self.deputy().net.all(sql, args![id]).await.unwrap();
        rows.into_iter().map(|(id,)| id).collect()
    }
}

const CONSENTS: &str = "SELECT id FROM consent WHERE network_id = $1 AND learner_id = $2 ORDER BY id";

both_engines! {
    migrations: MIGRATIONS;

    async fn a_double_is_looked_for_by_birthday_and_by_number_not_in_all_children(db: Db) {
        let place = Place::new(db).await;
        let net = place.db.network(NetworkId(NETWORK));
        if net.engine() == Engine::Sqlite {
            let args = args![Uuid::nil(), day("2014-05-01"), None::<String>];
            let plan: Vec<(i64, i64, i64, String)> = net.all(format!("EXPLAIN QUERY PLAN {NEAR}"), args).await.unwrap();
            let steps: Vec<&str> = plan.iter().map(|(.., step)| step.as_str()).filter(|s| s.contains("learner")).collect();
            let wanted = [
                "SEARCH learner USING INDEX learner_born (network_id=? AND birth_date=?)",
                "SEARCH learner USING INDEX learner_snils (network_id=? AND snils=?)",
            ];
            assert_eq!(steps, wanted);
        }
        // Found by both at once it is one pair.
        let snils = Some("11223344595".to_owned());
        let visit = place.at("2026-11-20", Uuid::from_u128(1), &[("department_specialist", None)]);
        let first = place.child_at("2026-11-20", "Демонов Семён Учебнович", "2014-05-01", place.own, "6 Б").await;
        let mut tx = visit.net.begin().await.unwrap();
        tx.run("UPDATE learner SET snils = $3 WHERE network_id = $1 AND id = $2", args![first, snils.clone()]).await.unwrap();
        let near = duplicate_store::near(&mut tx, PersonId(Uuid::nil()), day("2014-05-01"), snils.as_deref()).await.unwrap();
        assert_eq!(near.iter().map(|n| n.id).collect::<Vec<_>>(), [first, first]);
    }

    async fn consents_go_along_and_come_back(db: Db) {
        let place = Place::new(db).await;
        let first = place.child_at("2026-11-20", "Демонов Семён Учебнович", "2014-05-01", place.own, "6 Б").await;
        let second = place.child("Демонов Семен Учебнович", "2014-05-01", place.own, "6 Б").await;
        let (image, ours, theirs) = (
            place.consent(second, "image").await,
            place.consent(first, "transfer").await,
            place.consent(second, "transfer").await,
        );
        place.ground(second, GroundKind::Enrolment, Whom::Organisation(place.other.0), Some(theirs)).await.unwrap();
        access::note_read(&place.deputy(), How::Record, &[second]).await.unwrap();
        let pair = duplicates::queue(&place.deputy()).await.unwrap().pop().unwrap();
        duplicates::decide(&place.deputy(), &once(), pair.id, Word::Same).await.unwrap();

        let mut kept = vec![image, ours];
        kept.sort_unstable();
        assert_eq!(place.whose(CONSENTS, first.0).await, kept, "one transfer is enough");
        assert_eq!(place.whose(CONSENTS, second.0).await, [theirs]);
        let host = place.visit("head", place.other);
        assert!(access::may_see(&host, first).await.unwrap());
        let looks = audit::looks(&place.deputy().net, first, None, 50).await.unwrap();
        assert!(looks.items.iter().any(|look| look.how == "record"), "who looked at the other record is told too");
        // What rested on the consent that stayed behind closes with the one that holds.
        let visit = place.deputy();
        let close = async |tx: &mut Tx| access::close_consent(tx, ours, day("2026-11-24")).await;
        assert_eq!(visit.net.transact(close).await.unwrap(), 1);
        assert!(!access::may_see(&host, first).await.unwrap());

        duplicates::decide(&place.deputy(), &once(), pair.id, Word::Split).await.unwrap();
        let mut back = vec![image, theirs];
        back.sort_unstable();
        assert_eq!(place.whose(CONSENTS, second.0).await, back);
        assert_eq!(place.whose(CONSENTS, first.0).await, [ours]);
        let grounds = "SELECT consent_id FROM learner_ground WHERE network_id = $1 AND learner_id = $2";
        assert_eq!(place.whose(grounds, second.0).await, [theirs], "as it was");
    }
}
