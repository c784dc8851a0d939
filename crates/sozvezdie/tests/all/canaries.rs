//! What must not show does not: the foreign network, and a draft out of reach.
use crate::{
    app::{Answer, Client, TestApp},
    matrix::every_get,
    tables::{self, Class},
    world::{DRAFT, FOREIGN},
};
use kit::db::testing::both_engines;
use sozvezdie::{roles::Role, slices::MIGRATIONS};
use std::io::{Cursor, Read as _};
use uuid::Uuid;

/// Text columns that hold codes, days, addresses in the program or made-up words: nothing that a
/// person typed. A new column stands here, or gets a canary in `foreign`.
const NO_TEXTS: &[&str] = &[
    "act.effective_from",
    "act.effective_until",
    "act.issued_on",
    "act.kind",
    "act.repealed_on",
    "act.replaced_on",
    "act_link.relation",
    "appeal.result_before",
    "appeal.source",
    "appeal.state",
    "attachment.from_date",
    "attachment.kind",
    "attachment.until_date",
    "audit_entry.action",
    "audit_entry.fields",
    "audit_entry.kind",
    "audit_entry.request",
    "booking.asker_quality",
    "booking.class",
    "booking.form",
    "booking.handed_on",
    "booking.mode",
    "booking.owner_quality",
    "booking.state",
    "booking.taken_back_on",
    "calendar_feed.scope",
    "centre_membership.from_date",
    "centre_membership.left_reason",
    "centre_membership.until_date",
    "class_lead.from_date",
    "class_lead.until_date",
    "case_step.done_on",
    "case_step.due_on",
    "case_step.step",
    "common_request.state",
    "conference_review.advice",
    "conference_review.due_on",
    "conference_section.on_date",
    "conference_thesis.code",
    "conference_thesis.state",
    "consent.authority",
    "consent.categories",
    "consent.ended_on",
    "consent.purpose",
    "consent.signed_on",
    "consent.state",
    "consent.until_date",
    "consent.way",
    "consent_need.purpose",
    "event.kind",
    "event_edition.apply_until",
    "event_edition.ends_on",
    "event_edition.format",
    "event_edition.level",
    "event_edition.prize_degrees",
    "event_edition.starts_on",
    "event_edition.state",
    "event_list.kind",
    "event_list_entry.from_date",
    "event_list_entry.until_date",
    "event_listing.state",
    "event_stage.ends_on",
    "event_stage.level",
    "event_stage.starts_on",
    "event_stage.state",
    "event_stage.tie_policy",
    "exchange_need.class",
    "exchange_need.priority",
    "exchange_need.state",
    "file.kind",
    "file.media",
    "idempotency.answer",
    "idempotency.key",
    "gifted_contribution.subject",
    "gifted_diagnostics.on_date",
    "gifted_profile.applied_on",
    "gifted_profile.basis",
    "gifted_profile.concluded_on",
    "gifted_profile.kinds",
    "gifted_profile.left_on",
    "gifted_profile.left_reason",
    "gifted_profile.petition_on",
    "gifted_profile.proposed_on",
    "gifted_profile.state",
    "gifted_sitting.held_on",
    "gifted_sitting.order_on",
    "individual_plan.approved_on",
    "individual_plan.state",
    "mentor.certificate_on",
    "plan_item.done_on",
    "plan_item.due_on",
    "plan_item.form",
    "gifted_centre.closed_on",
    "gifted_centre.opened_on",
    "guardian.relation",
    "guardian.until_date",
    "import_batch.kind",
    "import_batch.state",
    "import_mapping.kind",
    "import_row.decision",
    "import_row.outcome",
    "import_row.status",
    "import_row.undone",
    "import_turn.kind",
    "joint_group.ends_on",
    "joint_group.kind",
    "joint_group.starts_on",
    "joint_group.state",
    "joint_group_correction.after",
    "joint_group_correction.before",
    "joint_group_mark.mark",
    "joint_group_member.from_date",
    "joint_group_member.state",
    "joint_group_member.until_date",
    "joint_group_session.mode",
    "joint_group_session.state",
    "reply.form",
    "society_meeting.held_on",
    "society_meeting.kind",
    "society_member.from_date",
    "society_member.post",
    "society_member.until_date",
    "society_section.focus",
    "student_society.founded_on",
    "research_project.code",
    "research_project.stage",
    "research_project.state",
    "research_review.advice",
    "research_review.due_on",
    "research_review.state",
    "research_stage.done_on",
    "research_stage.due_on",
    "research_stage.stage",
    "learner.birth_date",
    "paper.dated",
    "paper.kind",
    "paper_word.in_case",
    "learner.sex",
    "learner_destruction.ground",
    "learner_ground.from_date",
    "learner_ground.kind",
    "learner_ground.until_date",
    "learner_pair.moved",
    "learner_pair.state",
    "learner_pair.why",
    "learner_rollover.moved",
    "learner_rollover.on_date",
    "notification.bunch",
    "notification.kind",
    "notification.link",
    "organisation.kind",
    "organisation.legal_kind",
    "organisation.state",
    "organisation_focus.focus",
    "organisation_name.from_date",
    "organisation_successor.on_date",
    "participation.award",
    "participation.certificate_on",
    "participation.result_state",
    "participation.source",
    "participation.state",
    "resource_adoption.state",
    "resource_file_access.access",
    "resource.class",
    "resource.kind",
    "resource.sharing",
    "resource.state",
    "resource_exception.on_date",
    "resource_hours.valid_from",
    "resource_hours.valid_until",
    "resource_competence.kind",
    "role_grant.from_date",
    "role_grant.role",
    "role_grant.until_date",
    "individual_route.from_date",
    "individual_route.state",
    "individual_route.until_date",
    "route_step.ends",
    "route_step.form",
    "route_step.from_date",
    "route_step.kind",
    "route_step.settled_on",
    "route_step.stage",
    "route_step.starts",
    "route_step.state",
    "route_step.until_date",
    "route_word.kind",
    "saved_view.list",
    "search_term.kind",
    "result_version.award",
    "stage_juror.part",
    "stage_showing.appeal_until",
    "stage_showing.from_date",
    "stage_showing.until_date",
    "staff_position.category",
    "staff_position.from_date",
    "staff_position.until_date",
    "visit_consent.party",
    "report.kind",
    "report.state",
    "report_call.due_on",
    "report_reminder.last_on",
    "subject_case.closed_on",
    "subject_case.kept_until",
    "subject_case.kind",
    "subject_case.opened_on",
    "subject_case.purpose",
    "subject_case.state",
];

/// Tables that stay empty in the foreign network, with the reason.
const EMPTY: &[&str] = &[
    // Only its owner ever reads it, by the owner's own id.
    "draft",
    // Only its owner ever reads it.
    "calendar_feed",
    // Codes and a day, read by their owner only.
    "notification_choice",
    "notification_letters",
    // Ids and counters of work to be done; no page shows them.
    "job",
    // Ids, days and codes; no word that anybody typed.
    "guardian",
    "learner_destruction",
    "learner_ground",
    "learner_pair",
    "learner_rollover",
    // Ids and a share.
    "participation_mentor",
    // Codes and numbers.
    "load_limit",
    "route_signature",
    // Holds one text, the reason, that stands in organisation_name too.
    "organisation_successor",
];

both_engines! {
    migrations: MIGRATIONS;

    async fn no_canary_flies_out(db: Db) {
        let app = TestApp::new(db).await;
        let mut wrong = Vec::new();
        let mut clients = vec![("guest", app.anon(), false)];
        for role in Role::ALL.iter().filter(|r| **r != Role::Guest) {
            clients.push((role.code(), app.as_role(*role).await, *role == Role::DepartmentSpecialist));
        }
        for (key, keeper) in [("other_deputy", false), ("garden_head", false), ("draft_keeper", true), ("nobody", false)] {
            clients.push((key, app.as_person(key).await, keeper));
        }
        let addresses = addresses(&app).await;
        let foreign_ids = ids_of_the_foreign_network(&app).await;
        for (key, client, sees_draft) in &clients {
            for address in &addresses {
                let text = content(&client.get(address).await);
                if text.contains(FOREIGN) {
                    wrong.push(format!("{key} reads the foreign network at {address}"));
                }
                if foreign_ids.iter().any(|id| text.contains(id) && !address.contains(id)) {
                    wrong.push(format!("{key} learns a foreign id at {address}"));
                }
                // Whoever gives roles sees where they are held, also in a draft.
                let governs = *key == "system_administrator" && ["/people", "/api/v1/people"].contains(&address.as_str());
                if text.contains(DRAFT) && !sees_draft && !governs {
                    wrong.push(format!("{key} reads the draft at {address}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{} leaks:\n{}", wrong.len(), wrong.join("\n"));
    }

    async fn those_who_may_see_the_canaries_do(db: Db) {
        let app = TestApp::new(db).await;
        let stranger = app.as_person("stranger").await;
        let keeper = app.as_person("draft_keeper").await;
        for (client, mark, id) in [(&stranger, FOREIGN, app.world.stranger.organisation), (&keeper, DRAFT, app.world.draft)] {
            for address in ["/organisations", "/organisations/export.xlsx", "/organisations/export.csv", &format!("/organisations/{id}"), &format!("/api/v1/organisations/{id}")] {
                let answer = client.get(address).await.expect(200);
                assert!(content(&answer).contains(mark), "{mark} is not at {address}");
            }
        }
        assert!(found(&stranger, "канарейка", FOREIGN).await);
        assert!(found(&keeper, "черновая", DRAFT).await);
        assert!(!found(&app.as_role(Role::Head).await, "канарейка", FOREIGN).await);
        assert!(!found(&app.as_role(Role::Head).await, "черновая", DRAFT).await);
    }

    async fn counts_leave_out_what_is_out_of_reach(db: Db) {
        let app = TestApp::new(db).await;
        let total = async |client: Client| client.get("/api/v1/organisations").await.expect(200).json()["total"].as_i64();
        assert_eq!(total(app.anon()).await, Some(4));
        assert_eq!(total(app.as_role(Role::Head).await).await, Some(4));
        assert_eq!(total(app.as_person("draft_keeper").await).await, Some(5));
        assert_eq!(total(app.as_role(Role::DepartmentSpecialist).await).await, Some(5));
        assert_eq!(total(app.as_person("stranger").await).await, Some(1));
    }

    async fn every_text_of_the_foreign_network_is_a_canary(db: Db) {
        let app = TestApp::new(db).await;
        let mut bare = Vec::new();
        for table in tables::all(&app.app.db).await.iter().filter(|t| t.class == Class::Dist) {
            for column in table.columns.iter().filter(|c| c.is_text) {
                let name = format!("{}.{}", table.name, column.name);
                if NO_TEXTS.contains(&name.as_str()) || EMPTY.contains(&table.name.as_str()) {
                    continue;
                }
                let others: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).filter(|c| *c != column.name).collect();
                let rows = tables::rows(&app.app.db, app.world.foreign, table, &others).await;
                // What is made for searching is in lower case.
                if !rows.iter().any(|row| row.to_uppercase().contains(FOREIGN)) {
                    bare.push(name);
                }
            }
        }
        assert!(bare.is_empty(), "without a canary in the foreign network (see foreign): {bare:#?}");
    }
}

/// Every address of every GET route, and what the draft would be called by.
async fn addresses(app: &TestApp) -> Vec<String> {
    let draft = app.world.draft.to_string();
    let draft_resource = app.world.draft_resource.to_string();
    let mut all = every_get(app, Role::Head).await;
    let hidden = |a: &String| {
        let hidden =
            a.replace(&app.world.own.to_string(), &draft).replace(&app.world.resource.to_string(), &draft_resource);
        (hidden != *a).then_some(hidden)
    };
    all.extend(all.iter().filter_map(hidden).collect::<Vec<_>>());
    all
}

async fn ids_of_the_foreign_network(app: &TestApp) -> Vec<String> {
    let mut ids = vec![app.world.foreign.to_string()];
    ids.extend(app.world.stranger.records.values().map(Uuid::to_string));
    let people: Vec<(Uuid,)> =
        app.foreign_net().all("SELECT id FROM person WHERE network_id = $1", kit::db::args![]).await.unwrap();
    ids.extend(people.into_iter().map(|(id,)| id.to_string()));
    ids
}

async fn found(client: &Client, word: &str, mark: &str) -> bool {
    let page = content(&client.get(&format!("/search?q={word}")).await);
    let palette = content(&client.get(&format!("/search?q={word}&fragment=palette")).await);
    assert_eq!(page.contains(mark), palette.contains(mark));
    page.contains(mark)
}

/// Everything readable in an answer; what is packed (xlsx, docx) is unpacked.
fn content(answer: &Answer) -> String {
    let mut text = format!("{:?} {}", answer.headers, answer.text());
    if let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(&answer.body)) {
        for at in 0..archive.len() {
            let mut bytes = Vec::new();
            archive.by_index(at).unwrap().read_to_end(&mut bytes).unwrap();
            text.push_str(&String::from_utf8_lossy(&bytes));
        }
    }
    text
}
