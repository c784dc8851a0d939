//! The network that nobody of ours may see: one record of everything, every text a canary.
//! **A new table with texts adds its record here**; a test of `canaries` names the columns that
//! have none.
use crate::{make, table::Record, world::FOREIGN};
use chrono::NaiveDate;
use kit::{Visit, db::args};
use sozvezdie::{
    organisations::{self, OrganisationState},
    people,
    resources::ResourceState,
    roles::Role,
};
use std::collections::HashMap;
use uuid::Uuid;

/// Ids of what stands there.
#[derive(Clone)]
pub struct Foreign {
    pub organisation: Uuid,
    pub person: Uuid,
    pub records: HashMap<Record, Uuid>,
}

pub async fn build(visit: &Visit) -> Foreign {
    let canary = |name: &str| format!("{FOREIGN}-{name}");
    make::network(visit, &canary("сеть"), "495").await;
    let mut tx = visit.net.begin().await.unwrap();

    let organisation = make::organisation(&mut tx, visit, &make::full_of(FOREIGN), OrganisationState::Active).await;
    let day = NaiveDate::from_ymd_opt(2015, 9, 1).unwrap();
    let (name, short, why) = (canary("прежнее-имя"), canary("прежнее-краткое"), canary("причина"));
    organisations::note_name(&mut tx, organisation.into(), day, &name, &short, Some(&why)).await.unwrap();

    let person = make::person(&mut tx, visit, &canary("фамилия"), &canary("имя"), &canary("отчество")).await;
    people::grant(&mut tx, visit, person, Role::DepartmentSpecialist, None).await.unwrap();
    let (post, sql) = (visit.new_id(), "INSERT INTO staff_position (network_id, id, person_id, organisation_id, post, rate, subjects, category, from_date, created_at, updated_at, version)
               VALUES ($1, $2, $3, $4, $5, 100, $6, 'none', '2015-09-01', $7, $7, 1)");
    tx.run(sql, args![post, person, organisation, canary("должность"), canary("предметы"), visit.now]).await.unwrap();
    let (place, sql) = (
        visit.new_id(),
        "INSERT INTO organisation_place (network_id, id, organisation_id, name, address) VALUES ($1, $2, $3, $4, $4)",
    );
    tx.run(sql, args![place, organisation, canary("корпус")]).await.unwrap();
    let sql = "INSERT INTO saved_view (network_id, id, person_id, list, name, query) VALUES ($1, $2, $3, '/organisations', $4, $5)";
    tx.run(sql, args![visit.new_id(), person, canary("вид"), canary("запрос")]).await.unwrap();

    let draft = make::resource_full_of(organisation, FOREIGN);
    let resource = make::resource(&mut tx, visit, &draft, ResourceState::Published).await;
    let sql = "INSERT INTO resource_exception (network_id, id, resource_id, on_date, reason) VALUES ($1, $2, $3, '2026-12-31', $4)";
    tx.run(sql, args![visit.new_id(), resource, canary("закрыто")]).await.unwrap();

    let act = make::act(&mut tx, visit, organisation, &canary("приказ")).await;
    let sql = "UPDATE act SET number = $3, number_key = $3, issuer = $4, note = $5 WHERE network_id = $1 AND id = $2";
    tx.run(sql, args![act, canary("номер"), canary("издатель"), canary("примечание")]).await.unwrap();
    let sql = "INSERT INTO file_content (network_id, sha256, size, used_at, going) VALUES ($1, $2, 1, $3, FALSE)";
    let (file, content) = (visit.new_id(), vec![0xCA_u8; 32]);
    tx.run(sql, args![content.clone(), visit.now]).await.unwrap();
    let sql = "INSERT INTO file (network_id, id, kind, record_id, sha256, size, media, name, uploaded_at) VALUES ($1, $2, 'act', $3, $4, 1, 'pdf', $5, $6)";
    tx.run(sql, args![file, act, content.clone(), canary("файл"), visit.now]).await.unwrap();

    let mut method = make::plain_method(organisation, "х");
    method.name = canary("методика");
    let method = make::resource(&mut tx, visit, &method, ResourceState::Published).await;
    let sql = "INSERT INTO file (network_id, id, kind, record_id, sha256, size, media, name, uploaded_at) VALUES ($1, $2, 'resource', $3, $4, 1, 'pdf', $5, $6)";
    let method_file = visit.new_id();
    tx.run(sql, args![method_file, method, content, canary("тетрадь"), visit.now]).await.unwrap();
    let sql = "INSERT INTO resource_version (network_id, resource_id, number, file_id, note, downloads) VALUES ($1, $2, 1, $3, $4, 0)";
    tx.run(sql, args![method, method_file, canary("правка")]).await.unwrap();
    let sql = "INSERT INTO resource_file_access (network_id, resource_id, access) VALUES ($1, $2, 'everyone')";
    tx.run(sql, args![method]).await.unwrap();
    let sql = "INSERT INTO resource_adoption (network_id, resource_id, organisation_id, state, note, updated_at) VALUES ($1, $2, $3, 'study', $4, $5)";
    tx.run(sql, args![method, organisation, canary("внедрение"), visit.now]).await.unwrap();

    let sql = "INSERT INTO resource_competence (network_id, resource_id, kind, value) VALUES ($1, $2, 'subject', $3)";
    tx.run(sql, args![resource, canary("умение")]).await.unwrap();

    let need = make::need(&mut tx, visit, organisation, &canary("нужда")).await;
    let sql = "UPDATE exchange_need SET details = $3 WHERE network_id = $1 AND id = $2";
    tx.run(sql, args![need, canary("подробности")]).await.unwrap();
    let common = make::common(&mut tx, visit, organisation, &canary("смена")).await;
    let sql = "UPDATE common_request SET details = $3 WHERE network_id = $1 AND id = $2";
    tx.run(sql, args![common, canary("зачем")]).await.unwrap();
    let booking = make::booking(&mut tx, visit, (resource, organisation), organisation, &canary("цель")).await;
    let sql = "UPDATE booking SET reason = $3, owner_comment = $3, asker_comment = $3, inventory_number = $3, responsible = $3, loan_note = $3
               WHERE network_id = $1 AND id = $2";
    tx.run(sql, args![booking, canary("слова")]).await.unwrap();

    let sql = "INSERT INTO visit_consent (network_id, booking_id, party, is_given, reason, answered_at) VALUES ($1, $2, 'person', FALSE, $3, $4)";
    tx.run(sql, args![booking, canary("отказ"), visit.now]).await.unwrap();

    let sql =
        "INSERT INTO notification (network_id, id, person_id, kind, bunch, record_id, link, subject, needs_deed, at)
               VALUES ($1, $2, $3, 'need', 'need', $4, '/needs', $5, TRUE, $6)";
    tx.run(sql, args![visit.new_id(), person, need, canary("уведомление"), visit.now]).await.unwrap();
    let sql = "INSERT INTO paper_set (network_id, id, organisation_id, title, issuer, requisites, place, created_at) VALUES ($1, $2, $3, $4, $4, $4, $4, $5)";
    let set = visit.new_id();
    tx.run(sql, args![set, organisation, canary("выезд"), visit.now]).await.unwrap();
    let sql = "INSERT INTO paper_set_booking (network_id, organisation_id, booking_id, set_id) VALUES ($1, $2, $3, $4)";
    tx.run(sql, args![organisation, booking, set]).await.unwrap();
    let sql = "INSERT INTO paper (network_id, id, set_id, kind, number, aside, heading, body, grid, ending, post, signatory, updated_at, version)
               VALUES ($1, $2, $3, 'order', $4, $4, $4, $4, $4, $4, $4, $4, $5, 1)";
    let paper = visit.new_id();
    tx.run(sql, args![paper, set, canary("бумага"), visit.now]).await.unwrap();
    let sql =
        "INSERT INTO paper_word (network_id, phrase, in_case, form, updated_at) VALUES ($1, $2, 'dative', $2, $3)";
    tx.run(sql, args![canary("слово"), visit.now]).await.unwrap();

    let json = format!("{{\"слово\":\"{}\"}}", canary("строка"));
    let batch = visit.new_id();
    let sql = "INSERT INTO import_batch (network_id, id, kind, state, file_name, file_hash, setup, sheets, tally, created_at, created_by, purged, version)
               VALUES ($1, $2, 'organisations', 'ready', $3, $4, $5, $5, $5, $6, $7, FALSE, 1)";
    tx.run(sql, args![batch, canary("список"), vec![1_u8], json.clone(), visit.now, person]).await.unwrap();
    let sql = "INSERT INTO import_row (network_id, batch_id, place, status, warned, content, before_image) VALUES ($1, $2, 1, 'new', FALSE, $3, $3)";
    tx.run(sql, args![batch, json.clone()]).await.unwrap();
    let sql =
        "INSERT INTO import_mapping (network_id, kind, organisation_id, headers) VALUES ($1, 'organisations', $2, $3)";
    tx.run(sql, args![organisation, json]).await.unwrap();

    let reply = visit.new_id();
    make::reply(&mut tx, reply, organisation, FOREIGN).await;
    let sql = "INSERT INTO reply_shape (network_id, shape, setup, updated_at) VALUES ($1, $2, $3, $4)";
    let setup = serde_json::json!({ "whose": canary("чьё") }).to_string();
    tx.run(sql, args![canary("шапка"), setup, visit.now]).await.unwrap();

    let learner = make::learner(&mut tx, visit, organisation, None, FOREIGN).await;
    let sql = "INSERT INTO class_lead (network_id, id, organisation_id, class_name, person_id, from_date) VALUES ($1, $2, $3, $4, $5, '2026-09-01')";
    tx.run(sql, args![visit.new_id(), organisation, canary("класс"), person]).await.unwrap();
    let sql = "UPDATE learner SET class_name = $3 WHERE network_id = $1 AND id = $2";
    tx.run(sql, args![learner, canary("класс")]).await.unwrap();
    let sql = "UPDATE attachment SET class_name = $3 WHERE network_id = $1 AND learner_id = $2";
    tx.run(sql, args![learner, canary("класс")]).await.unwrap();
    let consent = make::consent(&mut tx, visit, organisation, learner).await;
    let case = make::case(&mut tx, visit, organisation, learner, FOREIGN).await;
    let centre = make::centre(&mut tx, visit, organisation, "2010-10-14", FOREIGN).await;
    let membership = make::membership(&mut tx, visit, centre, learner, FOREIGN).await;
    let (profile, asked) = make::profile(&mut tx, visit, (centre, organisation), learner, person.0, FOREIGN).await;
    let sitting = make::sitting(&mut tx, visit, centre, profile, FOREIGN).await;
    let (plan, item) = make::plan(&mut tx, visit, centre, learner, person.0, FOREIGN).await;
    let pair = make::pair(&mut tx, visit, organisation, learner, FOREIGN).await;

    let (edition, stage, event_list) = make::edition_full_of(&mut tx, visit, organisation, FOREIGN).await;
    let work = make::participation(&mut tx, visit, edition, learner, FOREIGN).await;
    make::judging(&mut tx, visit, (stage, work), person.0, FOREIGN).await;
    let appeal = make::appeal(&mut tx, visit, (stage, work), FOREIGN).await;
    let sql = "INSERT INTO individual_route (network_id, id, learner_id, organisation_id, title, note, goal, tasks, support, results, from_date, until_date,
                 state, number, load_reason, reason, created_at, updated_at, version)
               VALUES ($1, $2, $3, $4, $5, $5, $5, $5, $5, $5, '2026-09-01', '2027-05-31', 'running', 1, $5, $5, $6, $6, 1)";
    let (route, words) = (visit.new_id(), canary("маршрут"));
    tx.run(sql, args![route, learner, organisation, words.clone(), visit.now]).await.unwrap();
    let sql = "INSERT INTO route_step (network_id, id, route_id, number, stage, kind, title, about, organisation_id, teacher, hours, form, from_date,
                 until_date, choice, control, expected, state, reason, result, mark)
               VALUES ($1, $2, $3, 1, 'design', 'module', $4, $4, $5, $4, 2, 'in_person', '2026-09-01', '2027-05-31', $4, $4, $4, 'asked', $4, $4, $4)";
    tx.run(sql, args![visit.new_id(), route, words.clone(), organisation]).await.unwrap();
    let sql = "INSERT INTO route_word (network_id, id, route_id, kind, words, at, by_person) VALUES ($1, $2, $3, 'note', $4, $5, $6)";
    tx.run(sql, args![visit.new_id(), route, words.clone(), visit.now, person]).await.unwrap();
    let content = format!("{{\"title\":\"{words}\"}}");
    let sql = "INSERT INTO route_version (network_id, route_id, number, content, reason, approved_at) VALUES ($1, $2, 1, $3, $4, $5)";
    tx.run(sql, args![route, content.clone(), words.clone(), visit.now]).await.unwrap();
    let sql = "INSERT INTO route_template (network_id, id, organisation_id, title, content, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    tx.run(sql, args![visit.new_id(), organisation, words, content, visit.now]).await.unwrap();
    let research = make::research(&mut tx, visit, organisation, person.0, learner, FOREIGN).await;
    let review = visit.new_id();
    let sql = "INSERT INTO research_review (network_id, id, project_id, reviewer_id, due_on, state, body, assigned_at) VALUES ($1, $2, $3, $4, '2026-12-10', 'written', $5, $6)";
    tx.run(sql, args![review, research, person, canary("рецензия"), visit.now]).await.unwrap();
    let sql = "INSERT INTO research_stage (network_id, project_id, stage) VALUES ($1, $2, 'paper')";
    tx.run(sql, args![research]).await.unwrap();
    let research_file = visit.new_id();
    let sql = "INSERT INTO file (network_id, id, kind, record_id, sha256, size, media, name, uploaded_at) VALUES ($1, $2, 'research_project', $3, $4, 1, 'pdf', $5, $6)";
    tx.run(sql, args![research_file, research, vec![0xCA_u8; 32], canary("исследование"), visit.now]).await.unwrap();
    let led = (person.0, person.0);
    let [conference, section, thesis] = make::conference(&mut tx, visit, organisation, led, learner, FOREIGN).await;
    let thesis_review = visit.new_id();
    let sql = "INSERT INTO conference_review (network_id, id, thesis_id, reviewer_id, due_on, advice, body, assigned_at, written_at) VALUES ($1, $2, $3, $4, '2026-12-10', 'accept', $5, $6, $6)";
    tx.run(sql, args![thesis_review, thesis, person, canary("отзыв"), visit.now]).await.unwrap();
    let thesis_file = visit.new_id();
    let sql = "INSERT INTO file (network_id, id, kind, record_id, sha256, size, media, name, uploaded_at) VALUES ($1, $2, 'conference_thesis', $3, $4, 1, 'pdf', $5, $6)";
    tx.run(sql, args![thesis_file, thesis, vec![0xCA_u8; 32], canary("плакат"), visit.now]).await.unwrap();
    let [group, group_session] = make::group(&mut tx, visit, organisation, person.0, learner, FOREIGN).await;
    let sql = "INSERT INTO file (network_id, id, kind, record_id, sha256, size, media, name, uploaded_at) VALUES ($1, $2, 'joint_group', $3, $4, 1, 'pdf', $5, $6)";
    let [society, meeting] = make::society(&mut tx, visit, organisation, person.0, learner, FOREIGN).await;
    let group_file = visit.new_id();
    tx.run(sql, args![group_file, group, vec![0xCA_u8; 32], canary("итог"), visit.now]).await.unwrap();

    let report = make::report(&mut tx, visit, organisation, FOREIGN).await;
    let report_call = make::report_call(&mut tx, visit, organisation, FOREIGN).await;

    tx.commit().await.unwrap();
    make::sign_ins(visit, &HashMap::from([("stranger", person.0)])).await;
    let records = HashMap::from([
        (Record::Organisation, organisation),
        (Record::Place, place),
        (Record::Position, post),
        (Record::Staff, person.0),
        (Record::Resource, resource),
        (Record::Act, act),
        (Record::ActFile, file),
        (Record::FreshAct, act),
        (Record::Material, method),
        (Record::MaterialFile, method_file),
        (Record::Common, common),
        (Record::Need, need),
        (Record::BookingAsked, booking),
        (Record::BookingGiven, booking),
        (Record::Import, batch),
        (Record::Reply, reply),
        (Record::Research, research),
        (Record::ResearchFile, research_file),
        (Record::Review, review),
        (Record::Conference, conference),
        (Record::Section, section),
        (Record::Thesis, thesis),
        (Record::ThesisFile, thesis_file),
        (Record::ThesisReview, thesis_review),
        (Record::Society, society),
        (Record::Meeting, meeting),
        (Record::Group, group),
        (Record::GroupFile, group_file),
        (Record::GroupSession, group_session),
        (Record::Learner, learner),
        (Record::Consent, consent),
        (Record::Case, case),
        (Record::Membership, membership),
        (Record::Profile, profile),
        (Record::Asked, asked),
        (Record::Sitting, sitting),
        (Record::Plan, plan),
        (Record::PlanItem, item),
        (Record::Pair, pair),
        (Record::Papers, set),
        (Record::Report, report),
        (Record::ReportCall, report_call),
        (Record::Edition, edition),
        (Record::Stage, stage),
        (Record::Participation, work),
        (Record::Appeal, appeal),
        (Record::EventList, event_list),
    ]);
    Foreign { organisation, person: person.0, records }
}
