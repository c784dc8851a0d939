//! A conference arranged by several at once.
use super::*;
use kit::db::testing::second;

fn decision(state: &str) -> DecisionForm {
    DecisionForm { state: state.into(), verdict: "Так решили".into() }
}

/// Theses of one child, and the section that they were handed in to.
async fn submitted(world: &World) -> (ThesisId, SectionId) {
    let child = world.child("Звёздкин", "9 Б", true).await;
    let section = world.section("Экология", "10:00").await;
    let form = world.form(section, &[child]);
    let done = theses::submit(&world.head(), &once(), world.stage, &form).await.unwrap();
    (ThesisId(id_of(&done)), section)
}

both_engines! {
    migrations: MIGRATIONS;

    async fn a_reviewer_is_asked_once_and_writes_once(db: Db) {
        let world = World::new(db).await;
        let (id, _) = submitted(&world).await;
        let colleague = world.teacher("Близкова", world.home).await;
        let stranger = world.teacher("Далёкова", world.other).await;
        let (holder, once) = (world.at(colleague.0, "deputy_head", Some(world.home)), once());
        let form = AskForm { reviewer: stranger.to_string(), due_on: "2026-12-01".into() };
        let (one, other) = tokio::join!(assign(&holder, &once, id, &form), assign(&holder, &once, id, &form));
        assert_eq!(code(second(one, other)), "reviewer");
        let reviews = store::theses::reviews(&holder.net, id).await.unwrap();
        assert_eq!(reviews.iter().map(|r| r.reviewer).collect::<Vec<_>>(), [stranger]);

        let reviewer = world.by(stranger, world.other);
        let words = |advice: &str| ReviewForm { advice: advice.into(), body: "Прочитано.".into() };
        let (yes, no) = (words("accept"), words("decline"));
        let (one, other) =
            tokio::join!(write(&reviewer, &once, reviews[0].id, &yes), write(&reviewer, &once, reviews[0].id, &no));
        assert_eq!(code(second(one, other)), "state");
    }

    async fn theses_are_decided_once(db: Db) {
        let world = World::new(db).await;
        let (id, _) = submitted(&world).await;
        let (head, once) = (world.head(), once());
        let accept = decision("accepted");
        let (one, other) =
            tokio::join!(theses::decide(&head, &once, id, &accept), theses::decide(&head, &once, id, &accept));
        assert_eq!(code(second(one, other)), "state");
        assert_eq!(theses::open_thesis(&head, id).await.unwrap().thesis.state, ThesisState::Accepted);
        let trail = kit::audit::history(&head.net, crate::conferences::KIND, id.0, 50).await.unwrap();
        assert_eq!(trail.iter().filter(|l| l.action == "accepted").count(), 1);
    }

    async fn a_work_accepted_and_declined_at_once_is_one_of_the_two(db: Db) {
        let world = World::new(db).await;
        let (id, _) = submitted(&world).await;
        let (head, once) = (world.head(), once());
        let (accept, decline) = (decision("accepted"), decision("declined"));
        let (one, other) =
            tokio::join!(theses::decide(&head, &once, id, &accept), theses::decide(&head, &once, id, &decline));
        let is_live = one.is_ok();
        assert_eq!(code(second(one, other)), "state");
        assert_eq!(theses::open_thesis(&head, id).await.unwrap().thesis.state.is_live(), is_live);
        let (_, _, sight) = events::open_stage(&head, world.stage).await.unwrap();
        let entries = events::entries_of(&head, world.stage, &sight).await.unwrap();
        assert!(entries.iter().all(|e| e.state.is_expected() == is_live), "entered as it was decided");
    }

    async fn a_work_has_one_hour_and_two_works_have_two(db: Db) {
        let world = World::new(db).await;
        let (head, once) = (world.head(), once());
        let (child, friend) = (world.child("Звёздкин", "9 Б", true).await, world.child("Друзьев", "9 Б", true).await);
        let pal = world.child("Приятелев", "9 Б", true).await;
        let section = world.section("Экология", "10:00").await;
        let mine = talk(world.accepted(section, child).await);
        let (one, other) = tokio::join!(
            programme::plan(&head, &once, section, &mine),
            programme::plan(&head, &once, section, &mine)
        );
        assert_eq!(code(second(one, other)), "thesis");
        let (friends, pals) =
            (talk(world.accepted(section, friend).await), talk(world.accepted(section, pal).await));
        let (one, other) = tokio::join!(
            programme::plan(&head, &once, section, &friends),
            programme::plan(&head, &once, section, &pals)
        );
        one.unwrap();
        other.unwrap();
        let slots = open(&head, world.stage).await.unwrap().slots;
        assert_eq!(slots.iter().map(|s| s.position).collect::<Vec<_>>(), [1, 2, 3]);
    }

    async fn nobody_comes_to_be_in_two_rooms_by_two_changes_at_once(db: Db) {
        let world = World::new(db).await;
        let (head, once) = (world.head(), once());
        let child = world.child("Звёздкин", "9 Б", true).await;
        let (here, there) = (world.section("Экология", "10:00").await, world.section("Физика", "10:00").await);
        let (mine, too) = (talk(world.accepted(here, child).await), talk(world.accepted(there, child).await));
        let (one, other) =
            tokio::join!(programme::plan(&head, &once, here, &mine), programme::plan(&head, &once, there, &too));
        assert_eq!(code(second(one, other)), "clash");
        assert_eq!(open(&head, world.stage).await.unwrap().slots.len(), 1);
    }

    async fn a_work_is_planned_or_sent_back_and_not_both(db: Db) {
        let world = World::new(db).await;
        let (head, once) = (world.head(), once());
        let child = world.child("Звёздкин", "9 Б", true).await;
        let section = world.section("Экология", "10:00").await;
        let work = world.accepted(section, child).await;
        let (hour, back) = (talk(work), decision("revise"));
        let (planned, sent_back) =
            tokio::join!(programme::plan(&head, &once, section, &hour), theses::decide(&head, &once, work, &back));
        let refused = if planned.is_ok() { "planned" } else { "thesis" };
        assert_eq!(code(second(planned, sent_back)), refused);
    }

    async fn an_author_of_two_works_is_entered_once(db: Db) {
        let world = World::new(db).await;
        let (head, once) = (world.head(), once());
        let child = world.child("Звёздкин", "9 Б", true).await;
        let section = world.section("Экология", "10:00").await;
        let (birds, fish) = (
            world.form(section, &[child]),
            ThesisForm { title: "Рыбы пруда".into(), ..world.form(section, &[child]) },
        );
        let (one, other) = tokio::join!(
            theses::submit(&head, &once, world.stage, &birds),
            theses::submit(&head, &once, world.stage, &fish)
        );
        one.unwrap();
        other.unwrap();
        let (_, _, sight) = events::open_stage(&head, world.stage).await.unwrap();
        assert_eq!(events::entries_of(&head, world.stage, &sight).await.unwrap().len(), 1);
    }

    async fn a_section_has_one_chair_and_who_gives_points_stays(db: Db) {
        let world = World::new(db).await;
        let (head, once) = (world.head(), once());
        let child = world.child("Звёздкин", "9 Б", true).await;
        let section = world.section("Экология", "10:00").await;
        let work = world.accepted(section, child).await;
        let juror = world.teacher("Судейкина", world.other).await;
        let seat = |person: PersonId| JurorForm {
            person: person.to_string(),
            chair: "yes".into(),
            ..JurorForm::default()
        };
        let (first, then) = (seat(juror), seat(world.teacher("Вторая", world.other).await));
        let (one, other) = tokio::join!(
            programme::jury(&head, &once, section, &first),
            programme::jury(&head, &once, section, &then)
        );
        one.unwrap();
        other.unwrap();
        let jurors = open(&head, world.stage).await.unwrap().jurors;
        assert_eq!((jurors.len(), jurors.iter().filter(|j| j.chair).count()), (2, 1));

        let judge = world.by(juror, world.other);
        let points: BTreeMap<String, String> = (0..4).map(|n| (field(work, n), "5".to_owned())).collect();
        let out = JurorForm { out: "yes".into(), ..first };
        let (gone, given) =
            tokio::join!(programme::jury(&head, &once, section, &out), keep(&judge, &once, section, &points));
        let sits = open(&head, world.stage).await.unwrap().jurors.iter().any(|j| j.person == juror);
        assert_eq!((gone.is_err(), given.is_ok()), (sits, sits));
    }
}
