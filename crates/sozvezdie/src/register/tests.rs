//! Who belongs into the state's resource on both engines: prizes on the lists, with and without consent.
use super::{Asked, KIND, children, reconcile, view};
use crate::{
    consents::{self, Granting, Purpose, tests::let_in},
    learners::{self, GroundKind},
    replies::tests::Place,
    slices::MIGRATIONS,
};
use kit::{
    db::{Tx, args, testing::both_engines},
    http::Query,
};
use uuid::Uuid;

both_engines! {
    migrations: MIGRATIONS;

    async fn winners_of_listed_events_belong_there_and_only_who_agreed_goes_out(db: Db) {
        let place = Place::new(db).await;
        let visit = place.by("deputy_head", Some(place.schools[0]));
        let asked = Asked::default();
        let r = reconcile(&visit, &asked).await.unwrap();
        assert_eq!((r.ready.len(), r.without_consent.len(), r.unnamed), (0, 2, 0));
        // Two prizes of one child are one child without a consent, and the page says both.
        let first = r.without_consent[0].clone();
        assert_eq!(children(&[first.clone(), first]), 1);
        let page = view::page(&visit, &r).into_string();
        assert!(page.contains("2 ребёнка · 2 результата") && page.contains("2026-2027"), "{page}");
        let paper = Granting::paper(place.children[0], Purpose::StateRegister, "2026-09-05".parse().unwrap());
        visit.net.transact(async |tx: &mut Tx| consents::grant(tx, &visit, &paper).await).await.unwrap();
        let r = reconcile(&visit, &asked).await.unwrap();
        assert_eq!((r.ready.len(), r.without_consent.len()), (1, 1));
        assert_eq!(r.ready[0].child, place.children[0]);
        assert_eq!(r.subjects(), [place.children[0].0]);
        // Nothing more is read of whoever did not agree.
        assert!(!r.facts.contains_key(&place.children[1]));
        super::super::export::sheet(visit.clone(), Query(asked)).await.unwrap();
        let sql = "SELECT s.person_id FROM audit_entry e JOIN audit_subject s ON s.network_id = $1 AND s.entry_id = e.id
                   WHERE e.network_id = $1 AND e.kind = $2 AND e.action = 'export'";
        let subjects: Vec<(Uuid,)> = visit.net.all(sql, args![KIND]).await.unwrap();
        assert_eq!(subjects, [(place.children[0].0,)]);
    }

    async fn another_school_and_a_year_without_results_show_nobody(db: Db) {
        let place = Place::new(db).await;
        let visit = place.by("deputy_head", Some(place.schools[1]));
        let r = reconcile(&visit, &Asked::default()).await.unwrap();
        assert_eq!((r.ready.len(), r.without_consent.len(), r.unnamed), (0, 0, 0));
        // Rows that one sees as the lead of another school are that school's to reconcile.
        let both = place.with(&[("deputy_head", Some(place.schools[1])), ("gifted_lead", Some(place.schools[0]))]);
        let r = reconcile(&both, &Asked::default()).await.unwrap();
        assert_eq!((r.ready.len(), r.without_consent.len(), r.unnamed), (0, 0, 0));
        let visit = place.by("deputy_head", Some(place.schools[0]));
        // A school that prepared a child and merely receives it hands nothing of it over.
        let child = place.children[0];
        let preparing = async |tx: &mut Tx| {
            let sql = "UPDATE participation SET preparing_id = $3 WHERE network_id = $1 AND learner_id = $2";
            tx.run(sql, args![child, place.schools[1]]).await?;
            let paper = Granting::paper(child, Purpose::StateRegister, "2026-09-05".parse().unwrap());
            consents::grant(tx, &visit, &paper).await
        };
        visit.net.transact(preparing).await.unwrap();
        let_in(&visit, child, GroundKind::Participation, place.schools[1]).await;
        let host = place.by("deputy_head", Some(place.schools[1]));
        assert!(learners::may_see(&host, child).await.unwrap());
        let r = reconcile(&host, &Asked::default()).await.unwrap();
        assert_eq!((r.ready.len(), r.without_consent.len(), r.unnamed), (0, 0, 1));
        assert_eq!(reconcile(&visit, &Asked::default()).await.unwrap().ready.len(), 1);
        let earlier = Asked { from: "2020-2021".into(), to: "2020-2021".into() };
        assert!(reconcile(&visit, &earlier).await.unwrap().without_consent.is_empty());
        assert!(reconcile(&visit, &Asked { from: "вчера".into(), to: String::new() }).await.is_err());
    }
}
