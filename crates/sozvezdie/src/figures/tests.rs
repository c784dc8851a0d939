//! K1–K5 on both engines over a network made by chance, with teams, several stages, no-shows,
//! disqualifications, withdrawals, shared places, members who join and leave, events across the border
//! of a year and a renamed school.
mod recount;

use super::{Asked, By, Counts, Selection, Share, break_down, count, told_share};
use crate::{
    events::{self, Edition, EditionDraft, EditionState, EventKind, Format, Level, ListKind, StageDraft},
    learners::{self, ClassName, LearnerDraft},
    organisations::{self, OrganisationForm, OrganisationId, OrganisationState},
    people::{PersonId, PersonName},
    results::{self, Award, Ground, Outcome, ParticipationId, Row, State},
    roles,
    shell::AcademicYear,
    slices::MIGRATIONS,
};
use chrono::{Duration, NaiveDate};
use kit::{
    Chance, Clock, Fault, Lang, Visit,
    access::{Grant, Reach, Viewer},
    db::{Db, Engine, NetworkId, Tx, args, bare::heard, testing::both_engines},
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A network with schools and whoever looks.
pub(crate) struct Place {
    pub(crate) db: Db,
    pub(crate) chance: Chance,
    pub(crate) schools: Vec<OrganisationId>,
    pub(crate) children: Vec<PersonId>,
    centre: Uuid,
}

impl Place {
    pub(crate) async fn new(db: Db) -> Self {
        let mut place = Self {
            db,
            chance: Chance::seeded(3),
            schools: Vec::new(),
            children: Vec::new(),
            centre: Uuid::from_u128(77),
        };
        let visit = place.by("department_specialist", None);
        let mut tx = visit.net.begin().await.unwrap();
        for name in ["Первая школа", "Вторая школа", "Третья школа"] {
            let form = OrganisationForm { kind: "general".into(), name: name.into(), ..Default::default() };
            let draft = form.check("4722").unwrap();
            place
                .schools
                .push(organisations::insert(&mut tx, &visit, &draft, OrganisationState::Active).await.unwrap());
        }
        let sql = "INSERT INTO gifted_centre (network_id, id, organisation_id, title, opened_on, created_at, updated_at, version)
                   VALUES ($1, $2, $3, 'Центр', '2010-10-14', 0, 0, 1)";
        tx.run(sql, args![place.centre, place.schools[0]]).await.unwrap();
        for n in 0..14_u32 {
            let draft = LearnerDraft {
                name: PersonName {
                    last: format!("Примеров{}", ["а", "б", "в", "г"][(n % 4) as usize]),
                    first: format!("Имя{n}"),
                    patronymic: None,
                },
                birth_date: NaiveDate::from_ymd_opt(2001 + i32::try_from(n % 6).unwrap(), n % 12 + 1, 15).unwrap(),
                sex: None,
                snils: None,
                guardian_phone: None,
                organisation: place.schools[(n % 3) as usize],
                class: ClassName::read(if n % 5 == 4 { "Старшая группа" } else { "6 А" }),
                from: day("2014-09-01"),
                basis: None,
            };
            let child = learners::insert(&mut tx, &visit, &draft).await.unwrap();
            learners::place(
                &mut tx,
                &visit,
                child,
                draft.organisation,
                ClassName::read("7 А").as_ref(),
                day("2016-09-01"),
                None,
            )
            .await
            .unwrap();
            place.children.push(child);
        }
        tx.commit().await.unwrap();
        place
    }

    pub(crate) fn by(&self, role: &str, organisation: Option<OrganisationId>) -> Visit {
        let net = self.db.network(NetworkId(Uuid::from_u128(1)));
        let grants = vec![Grant { role: role.into(), organisation: organisation.map(|o| o.0) }];
        let viewer = Viewer::person(
            Uuid::from_u128(9),
            Uuid::from_u128(8),
            "Кто-то".into(),
            "a@b.ru".into(),
            grants,
            roles::policy,
        );
        let clock = Clock::fixed(kit::clock::start_of_day(day("2026-11-24")) + Duration::hours(10));
        Visit::by_program(net, self.db.directory(), viewer, &clock, self.chance.clone())
    }

    fn guest(&self) -> Visit {
        let net = self.db.network(NetworkId(Uuid::from_u128(1)));
        let clock = Clock::fixed(kit::clock::start_of_day(day("2026-11-24")));
        Visit::by_program(net, self.db.directory(), Viewer::guest(roles::policy), &clock, self.chance.clone())
    }

    async fn member(&self, tx: &mut Tx, visit: &Visit, child: PersonId, from: &str, until: Option<&str>) {
        let sql = "INSERT INTO centre_membership (network_id, id, centre_id, learner_id, from_date, until_date, created_at) VALUES ($1, $2, $3, $4, $5, $6, 0)";
        tx.run(sql, args![visit.new_id(), self.centre, child, from, until]).await.unwrap();
    }

    /// Everything of three years by chance.
    pub(crate) async fn fill(&self, random: &mut StdRng) {
        let visit = self.by("department_specialist", None);
        let mut tx = visit.net.begin().await.unwrap();
        for (n, child) in self.children.iter().enumerate() {
            match n % 4 {
                0 => self.member(&mut tx, &visit, *child, "2014-09-01", None).await,
                1 => self.member(&mut tx, &visit, *child, "2015-12-01", Some("2016-08-31")).await,
                2 => {
                    self.member(&mut tx, &visit, *child, "2014-09-01", Some("2015-11-30")).await;
                    self.member(&mut tx, &visit, *child, "2016-09-01", None).await;
                }
                _ => {}
            }
        }
        let days = [
            "2015-09-01",
            "2015-11-30",
            "2015-12-01",
            "2016-05-15",
            "2016-08-31",
            "2016-09-01",
            "2017-03-03",
            "2018-02-02",
        ];
        for n in 0..24 {
            let on = day(days.choose(random).unwrap());
            let level = *Level::ALL.choose(random).unwrap();
            let format = *Format::ALL.choose(random).unwrap();
            // The year is stated: now and then it is the one before.
            let year = AcademicYear(AcademicYear::of(on).0 - i64::from(random.random_range(0..6) == 0));
            let mut draft = EditionDraft::plain(&format!("Событие {n}"), EventKind::Contest, year, level, format);
            draft.event.paid = random.random_range(0..4) == 0;
            draft.subject =
                [None, Some("Биология"), Some("Химия")].choose(random).copied().flatten().map(str::to_owned);
            (draft.starts_on, draft.ends_on) = (on.pred_opt(), Some(on));
            draft.state = if random.random_range(0..5) == 0 { EditionState::Running } else { EditionState::Published };
            let stage = |counted| StageDraft { counted, ..StageDraft::plain("Этап") };
            draft.stages = if random.random_range(0..3) == 0 {
                vec![stage(false), stage(true), stage(true)]
            } else {
                vec![stage(true)]
            };
            let entered = events::enter(&mut tx, &visit, &draft).await.unwrap();
            let edition = events::find_in(&mut tx, entered.edition).await.unwrap().unwrap();
            for kind in ListKind::ALL {
                if random.random_range(0..4) > 0 {
                    continue;
                }
                results::put_on_list(&mut tx, &visit, &edition, *kind).await.unwrap();
            }
            for stage in events::stages_in(&mut tx, edition.id).await.unwrap() {
                self.held(&mut tx, &visit, random, &edition, &stage, on).await;
            }
        }
        tx.commit().await.unwrap();
    }

    async fn held(
        &self,
        tx: &mut Tx,
        visit: &Visit,
        random: &mut StdRng,
        edition: &Edition,
        stage: &events::Stage,
        on: NaiveDate,
    ) {
        let team = if random.random_range(0..3) == 0 { Some(visit.new_id()) } else { None };
        if let Some(team) = team {
            results::put_team(tx, team, stage.id, "Команда", None, None).await.unwrap();
        }
        let mut rows = Vec::new();
        for child in &self.children {
            if random.random_range(0..3) > 0 {
                continue;
            }
            let snapshot = results::snapshot(tx, *child, on).await.unwrap().unwrap();
            let mut row = Row::new(ParticipationId(visit.new_id()), edition, stage, *child, snapshot);
            row.sending = *self.schools.choose(random).unwrap();
            let preparing = self.schools.choose(random).copied();
            row.preparing = preparing.filter(|_| random.random_range(0..2) == 0);
            let states = [
                State::TookPart,
                State::TookPart,
                State::TookPart,
                State::NoShow,
                State::Withdrawn,
                State::Disqualified,
                State::Admitted,
            ];
            row.state = *states.choose(random).unwrap();
            // The first two are a team where there is one.
            if rows.len() < 2 && team.is_some() {
                row.state = State::TookPart;
                row.team = team;
            }
            rows.push(row);
        }
        results::enter(tx, visit, &rows).await.unwrap();
        let mut is_told = false;
        for row in rows.iter().filter(|r| r.state == State::TookPart) {
            if row.team.is_some() && std::mem::replace(&mut is_told, true) {
                continue;
            }
            let award = [
                None,
                Some(Award::Participant),
                Some(Award::Participant),
                Some(Award::PrizeWinner),
                Some(Award::DiplomaHolder),
            ]
            .choose(random)
            .copied()
            .flatten();
            let outcome = Outcome {
                award,
                degree: (random.random_range(0..8) == 0).then_some(2),
                place: Some(2),
                place_to: Some(3),
                score: Some(5.0),
                max_score: None,
            };
            let outcome = if random.random_range(0..6) == 0 { Outcome::default() } else { outcome };
            results::put_outcome(tx, visit, row.id, State::TookPart, &outcome).await.unwrap();
        }
        let ground = Ground { text: "Протокол".into(), act: None };
        if random.random_range(0..4) > 0 {
            results::confirm(tx, visit, stage.id, &ground).await.unwrap();
            if random.random_range(0..2) == 0 {
                results::approve(tx, visit, stage.id, &ground).await.unwrap();
            }
            if let Some(row) =
                rows.iter().find(|r| r.state == State::TookPart).filter(|_| random.random_range(0..3) == 0)
            {
                drop(results::dispute(tx, visit, row.id).await);
            }
        }
    }
}

fn asked(pairs: &[(&str, String)]) -> Selection {
    let object = pairs.iter().map(|(k, v)| ((*k).to_owned(), serde_json::json!(v))).collect();
    let asked: Asked = serde_json::from_value(serde_json::Value::Object(object)).unwrap();
    asked.check(AcademicYear(2026)).unwrap()
}

both_engines! {
    migrations: MIGRATIONS;

    async fn a_year_is_walked_once_for_all_breakdowns_and_out_of_one_index(db: Db) {
        let place = Place::new(db).await;
        place.fill(&mut StdRng::seed_from_u64(7)).await;
        let net = place.by("department_specialist", None).net.clone();
        for pairs in [[("whose", "centre"), ("paid", "")], [("whose", "all"), ("paid", "no")]] {
            let s = asked(&[("from", "2015-2016".into()), (pairs[0].0, pairs[0].1.into()), (pairs[1].0, pairs[1].1.into())]);
            let (found, statements) = heard(break_down(&net, Lang::Ru, &s, By::ALL, &Reach::Network)).await;
            let (total, parts) = found.unwrap();
            assert!(total.participations > 0 && parts.len() == By::ALL.len());
            let walks: Vec<_> = statements.iter().filter(|s| s.sql().contains("participation p")).collect();
            assert_eq!((walks.len(), statements.len()), (1, 4), "the rows, the editions, their lists, the names of schools");
            if net.engine() == Engine::Sqlite {
                let sql = format!("EXPLAIN QUERY PLAN {}", walks[0].sql());
                let plan: Vec<(i64, i64, i64, String)> = net.all(sql, walks[0].args()[1..].to_vec()).await.unwrap();
                let wanted = "SEARCH p USING COVERING INDEX participation_counting (network_id=? AND academic_year=? AND centre_member=? AND counted=? AND edition_id=?)";
                assert!(plan.iter().any(|(.., step)| step == wanted), "{plan:?}");
            }
        }
    }

    async fn nothing_held_is_no_share_and_guests_are_told_no_small_numbers(db: Db) {
        let place = Place::new(db).await;
        let s = asked(&[("from", "2015-2016".into()), ("by", "level".into())]);
        let found = count(&place.guest().net, Lang::Ru, &s, &Reach::Network).await.unwrap();
        assert_eq!((found.total, found.lines.len(), found.total.k1().percents()), (Counts::default(), 0, None));
        let share = Share { numerator: 3, denominator: 40 };
        assert_eq!(told_share(&place.guest(), share), (None, Some(40), None));
        assert_eq!(told_share(&place.by("department_specialist", None), share), (Some(3), Some(40), Some(7.5)));
        let zero = Share { numerator: 0, denominator: 40 };
        assert_eq!(told_share(&place.guest(), zero), (Some(0), Some(40), Some(0.0)));
        // Mixtures less one another would tell the small ones.
        let mixed = Asked { among: "level:school|regional".into(), ..Asked::default() };
        assert!(matches!(crate::figures::web::selection(&place.guest(), &mixed).await, Err(kit::Fault::SignIn)));
        assert!(crate::figures::web::selection(&place.by("department_specialist", None), &mixed).await.is_ok());
    }

    async fn a_confirmed_result_is_changed_by_a_dispute_alone_and_counts_once(db: Db) {
        let place = Place::new(db).await;
        let visit = place.by("department_specialist", None);
        let mut tx = visit.net.begin().await.unwrap();
        place.member(&mut tx, &visit, place.children[0], "2014-09-01", None).await;
        let mut draft = EditionDraft::plain("Конкурс", EventKind::Contest, AcademicYear(2015), Level::Municipal, Format::InPerson);
        (draft.state, draft.ends_on) = (EditionState::Published, Some(day("2016-03-01")));
        let entered = events::enter(&mut tx, &visit, &draft).await.unwrap();
        let edition = events::find_in(&mut tx, entered.edition).await.unwrap().unwrap();
        let stage = events::stages_in(&mut tx, edition.id).await.unwrap().remove(0);
        let snapshot = results::snapshot(&mut tx, place.children[0], day("2016-03-01")).await.unwrap().unwrap();
        assert_eq!((snapshot.class, snapshot.centre_member), (Some(6), true));
        let id = ParticipationId(visit.new_id());
        results::enter(&mut tx, &visit, &[Row::new(id, &edition, &stage, place.children[0], snapshot)]).await.unwrap();
        let won = Outcome { award: Some(Award::Winner), ..Outcome::default() };
        assert!(matches!(results::put_outcome(&mut tx, &visit, id, State::NoShow, &won).await, Err(Fault::Invalid(_))));
        results::put_outcome(&mut tx, &visit, id, State::TookPart, &won).await.unwrap();
        tx.commit().await.unwrap();
        let s = asked(&[("from", "2015-2016".into())]);
        let total = async || count(&visit.net, Lang::Ru, &s, &Reach::Network).await.unwrap().total;
        assert_eq!((total().await.editions, total().await.pending), (0, 1), "entered is not confirmed");
        let ground = Ground { text: "Протокол жюри № 3".into(), act: None };
        let mut tx = visit.net.begin().await.unwrap();
        assert_eq!(results::confirm(&mut tx, &visit, stage.id, &ground).await.unwrap(), 1);
        assert_eq!(results::confirm(&mut tx, &visit, stage.id, &ground).await.unwrap(), 0, "once");
        tx.commit().await.unwrap();
        assert_eq!((total().await.k1().percents(), total().await.pending), (Some(100.0), 0));
        let mut tx = visit.net.begin().await.unwrap();
        let plain = Outcome { award: Some(Award::Participant), ..Outcome::default() };
        assert!(matches!(results::put_outcome(&mut tx, &visit, id, State::TookPart, &plain).await, Err(Fault::Conflict(_))));
        results::dispute(&mut tx, &visit, id).await.unwrap();
        results::put_outcome(&mut tx, &visit, id, State::TookPart, &plain).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!((total().await.editions, total().await.pending), (0, 1), "a disputed result is awaited");
        let mut tx = visit.net.begin().await.unwrap();
        assert_eq!(results::settle(&mut tx, &visit, stage.id, &ground).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(total().await.k1().percents(), Some(0.0), "the appeal changed the figure");
        let by: (Option<String>, Option<Uuid>) = visit
            .net
            .one("SELECT ground, confirmed_by FROM participation WHERE network_id = $1", args![])
            .await
            .unwrap();
        assert_eq!(by, (Some("Протокол жюри № 3".into()), Some(Uuid::from_u128(9))));
    }
}
