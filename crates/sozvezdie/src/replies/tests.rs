//! Blanks from the file to the filled file on both engines: figures against what was entered, whose
//! children stand in them, what is remembered.
use super::{
    KIND, Request, begin, keep, layout,
    model::{Cell, ReplyId, Told, Whom},
    shown, take, view,
};
use crate::{
    consents::{self, Granting, Purpose},
    events::{self, EditionDraft, EditionState, EventKind, Format, Level, ListKind},
    learners::{self, ClassName, LearnerDraft},
    organisations::{self, OrganisationForm, OrganisationId, OrganisationState},
    people::{PersonId, PersonName},
    results::{self, Award, Ground, Outcome, ParticipationId, Row, State},
    roles,
    shell::AcademicYear,
    slices::MIGRATIONS,
};
use chrono::{Duration, NaiveDate};
use documents::{
    blank,
    write::{Column, Field, Kind, Table},
};
use kit::{
    Chance, Clock, Fault, Visit,
    access::{Grant, Viewer},
    db::{Db, NetworkId, args, testing::both_engines},
    form::Problems,
    once::Once,
};
use std::collections::BTreeMap;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn once() -> Once {
    Once::new(Uuid::nil(), None, "test", b"", chrono::DateTime::UNIX_EPOCH)
}

pub(crate) struct Place {
    db: Db,
    chance: Chance,
    pub(crate) schools: Vec<OrganisationId>,
    pub(crate) children: Vec<PersonId>,
}

impl Place {
    /// Two schools; of three children two are in the first. One contest: a winner and a prize-winner in
    /// the first school, a participant in the second. The families of the winner and of the participant
    /// let the data be handed over.
    pub(crate) async fn new(db: Db) -> Self {
        crate::texts::install().unwrap();
        let mut place = Self { db, chance: Chance::seeded(4), schools: Vec::new(), children: Vec::new() };
        let visit = place.by("department_specialist", None);
        let mut tx = visit.net.begin().await.unwrap();
        for name in ["Беловская СОШ", "Тавровская СОШ"] {
            let form = OrganisationForm { kind: "general".into(), name: name.into(), ..Default::default() };
            let draft = form.check("4722").unwrap();
            place
                .schools
                .push(organisations::insert(&mut tx, &visit, &draft, OrganisationState::Active).await.unwrap());
        }
        for (n, last) in ["Примеров", "Макетов", "Учебнов"].into_iter().enumerate() {
            let draft = LearnerDraft {
                name: PersonName { last: last.into(), first: "Иван".into(), patronymic: Some("Ильич".into()) },
                birth_date: day("2012-05-05"),
                sex: None,
                snils: None,
                guardian_phone: None,
                organisation: place.schools[n / 2],
                class: ClassName::read("7 А"),
                from: day("2025-09-01"),
                basis: None,
            };
            place.children.push(learners::insert(&mut tx, &visit, &draft).await.unwrap());
        }
        for n in [0, 2] {
            let paper = Granting::paper(place.children[n], Purpose::Transfer, day("2026-09-05"));
            consents::grant(&mut tx, &visit, &paper).await.unwrap();
        }
        let year = AcademicYear(2026);
        let mut draft = EditionDraft::plain("=Конкурс", EventKind::Contest, year, Level::Regional, Format::InPerson);
        (draft.starts_on, draft.ends_on) = (Some(day("2026-10-01")), Some(day("2026-10-02")));
        draft.state = EditionState::Published;
        let entered = events::enter(&mut tx, &visit, &draft).await.unwrap();
        let edition = events::find_in(&mut tx, entered.edition).await.unwrap().unwrap();
        let stage = events::stages_in(&mut tx, edition.id).await.unwrap().remove(0);
        for (n, award) in [Award::Winner, Award::PrizeWinner, Award::Participant].into_iter().enumerate() {
            let snapshot = results::snapshot(&mut tx, place.children[n], day("2026-10-02")).await.unwrap().unwrap();
            let row = Row::new(ParticipationId(visit.new_id()), &edition, &stage, place.children[n], snapshot);
            results::enter(&mut tx, &visit, std::slice::from_ref(&row)).await.unwrap();
            let outcome = Outcome { award: Some(award), ..Outcome::default() };
            results::put_outcome(&mut tx, &visit, row.id, State::TookPart, &outcome).await.unwrap();
        }
        let ground = Ground { text: "Протокол".into(), act: None };
        results::confirm(&mut tx, &visit, stage.id, &ground).await.unwrap();
        results::put_on_list(&mut tx, &visit, &edition, ListKind::Federal).await.unwrap();
        tx.commit().await.unwrap();
        place
    }

    pub(crate) fn by(&self, role: &str, organisation: Option<OrganisationId>) -> Visit {
        self.with(&[(role, organisation)])
    }

    /// Somebody with several roles.
    pub(crate) fn with(&self, roles: &[(&str, Option<OrganisationId>)]) -> Visit {
        let net = self.db.network(NetworkId(Uuid::from_u128(1)));
        let grant = |(role, place): &(&str, Option<OrganisationId>)| Grant {
            role: (*role).into(),
            organisation: place.map(|o| o.0),
        };
        let grants = roles.iter().map(grant).collect();
        let (person, login) = (Uuid::from_u128(9), Uuid::from_u128(8));
        let viewer = Viewer::person(person, login, "Кто-то".into(), "a@b.ru".into(), grants, roles::policy);
        let clock = Clock::fixed(kit::clock::start_of_day(day("2026-11-24")) + Duration::hours(10));
        Visit::by_program(net, self.db.directory(), viewer, &clock, self.chance.clone())
    }
}

/// A blank with a header, and labels in its first column where there are some.
fn form(titles: &[&str], labels: &[&str]) -> Vec<u8> {
    let columns = titles.iter().map(|title| Column::new(*title, Kind::Text)).collect();
    let rows = labels.iter().map(|label| vec![Field::from(*label)]).collect();
    documents::write::xlsx(&Table { title: "Форма".into(), columns, rows, ..Table::default() }).unwrap()
}

async fn sent(visit: &Visit, content: Vec<u8>) -> ReplyId {
    sent_as(visit, "Письмо № 5", content).await
}

async fn sent_as(visit: &Visit, title: &str, content: Vec<u8>) -> ReplyId {
    let request = Request { title: title.into(), file_name: "форма.xlsx".into(), content };
    let done = begin(visit, &once(), request).await.unwrap();
    done.body.unwrap()["id"].as_str().unwrap().parse().unwrap()
}

/// The settings of a page as they are kept now, with these fields put over them.
async fn fields(visit: &Visit, id: ReplyId, over: &[(&str, &str)]) -> BTreeMap<String, String> {
    let setup = shown(visit, id).await.unwrap().reply.setup;
    let own =
        [("rows", &setup.rows), ("from", &setup.from), ("to", &setup.to), ("whose", &setup.whose), ("of", &setup.of)];
    let mut fields: BTreeMap<String, String> = own.map(|(name, value)| (name.to_owned(), value.clone())).into();
    for (column, m) in &setup.columns {
        fields.insert(format!("field-{column}"), m.field.clone());
        fields.insert(format!("level-{column}"), m.level.clone());
    }
    fields.extend(over.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    fields
}

/// Everybody's children and not only the Centre's.
async fn all_children(visit: &Visit, id: ReplyId) {
    let fields = fields(visit, id, &[("from", "2026-2027"), ("to", "2026-2027"), ("whose", "all")]).await;
    keep(visit, &once(), id, &fields).await.unwrap();
}

fn line(cells: &BTreeMap<u16, Cell>) -> Vec<Told> {
    cells.values().map(|cell| cell.told.clone()).collect()
}

fn text(words: &str) -> Told {
    Told::Text(words.into())
}

/// What stands in the cells of a filled file, row by row.
fn read(bytes: &[u8]) -> Vec<Vec<String>> {
    let blank = blank::open(bytes, "x.xlsx").unwrap();
    let rows = blank.sheets[0].rows.iter();
    rows.map(|row| row.cells.iter().map(|cell| cell.value.to_string()).collect()).collect()
}

both_engines! {
    migrations: MIGRATIONS;

    async fn rows_that_the_blank_names_are_filled_and_lead_to_their_participations(db: Db) {
        let place = Place::new(db).await;
        let visit = place.by("centre_coordinator", Some(place.schools[0]));
        let titles = ["Школа", "Количество участников", "Победители", "Призёры", "Доля призовых участий, %", "Примечание"];
        let content = form(&titles, &["МОУ «Беловская СОШ»", "Тавровская СОШ", "Зверинец", "Итого"]);
        let id = sent(&visit, content.clone()).await;
        all_children(&visit, id).await;
        let s = shown(&visit, id).await.unwrap();
        assert_eq!(s.reply.setup.rows, "organisation");
        let lines: Vec<_> = s.filled.lines.iter().map(|(_, cells)| line(cells)).collect();
        let kept = |words: &str| Told::Kept(words.into());
        let n = Told::Number;
        assert_eq!(lines[0], [kept("МОУ «Беловская СОШ»"), n(2), n(1), n(1), Told::Percents(100.0), Told::Unknown]);
        assert_eq!(lines[1], [kept("Тавровская СОШ"), n(1), n(0), n(0), Told::Percents(0.0), Told::Unknown]);
        assert_eq!(lines[2][1], Told::Unknown);
        assert_eq!(lines[3], [kept("Итого"), n(3), n(1), n(1), Told::Percents(66.7), Told::Unknown]);
        assert_eq!((s.filled.left.unmatched, s.filled.left.without_consent), (1, 0));
        let href = s.filled.lines[0].1[&2].href.clone().unwrap();
        assert!(href.starts_with("/participations?") && href.contains("award=winner") && href.contains("of=prizes"), "{href}");
        let (_, bytes) = take(&visit, id).await.unwrap();
        assert_eq!(read(&bytes)[1], ["МОУ «Беловская СОШ»", "2", "1", "1", "100"]);
        // The next blank with such a header is filled at once.
        let again = shown(&visit, sent(&visit, content).await).await.unwrap();
        assert!(again.reply.remembered);
        assert_eq!(again.reply.setup.whose, "all");
        assert_eq!(line(&again.filled.lines[0].1), lines[0]);
    }

    async fn a_child_without_consent_is_left_out_and_counted(db: Db) {
        let place = Place::new(db).await;
        let titles = ["№ п/п", "ФИО победителя, призёра", "Дата рождения", "Класс", "Мероприятие", "Уровень", "Результат"];
        let visit = place.by("deputy_head", Some(place.schools[0]));
        let id = sent(&visit, form(&titles, &[])).await;
        all_children(&visit, id).await;
        let s = shown(&visit, id).await.unwrap();
        assert_eq!((s.reply.setup.rows.as_str(), s.reply.setup.of.as_str()), ("participation", "prizes"));
        let expected = [
            Told::Number(1), text("Примеров Иван Ильич"), text("05.05.2012"), text("7"), text("=Конкурс"), text("Региональный"), text("Победитель"),
        ];
        let lines: Vec<_> = s.filled.lines.iter().map(|(_, cells)| line(cells)).collect();
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert_eq!(lines[0].iter().map(|told| format!("{told:?}").to_lowercase()).collect::<Vec<_>>(),
            expected.iter().map(|told| format!("{told:?}").to_lowercase()).collect::<Vec<_>>());
        let left = s.filled.left;
        assert_eq!((left.without_consent, left.children_without_consent, left.out_of_reach), (1, 1, 0));
        let (_, bytes) = take(&visit, id).await.unwrap();
        // What looks like a formula is text.
        assert!(read(&bytes)[1].contains(&"=Конкурс".to_owned()));
        // Where nobody may stand in the table, the page says why, and where that is mended.
        let mut nobody = shown(&visit, id).await.unwrap();
        nobody.filled.lines.clear();
        let page = view::reply(&visit, &nobody, None, &Problems::default()).into_string();
        assert!(page.contains("У 1 ребёнка"), "{page}");
        assert!(page.contains("/consents?purpose=transfer&amp;shown=missing") && page.contains("#period"), "{page}");
        let sql = "SELECT s.person_id FROM audit_entry e JOIN audit_subject s ON s.network_id = $1 AND s.entry_id = e.id
                   WHERE e.network_id = $1 AND e.kind = $2 AND e.action = 'export' AND e.fields = 'Письмо № 5'";
        let subjects: Vec<(Uuid,)> = visit.net.all(sql, args![KIND]).await.unwrap();
        assert_eq!(subjects, [(place.children[0].0,)]);
    }

    async fn whom_one_may_not_see_stands_in_no_reply(db: Db) {
        let place = Place::new(db).await;
        let titles = ["ФИО участника", "Мероприятие", "Результат"];
        let visit = place.by("department_specialist", None);
        let id = sent(&visit, form(&titles, &[])).await;
        all_children(&visit, id).await;
        let s = shown(&visit, id).await.unwrap();
        assert!(s.filled.lines.is_empty());
        assert_eq!(s.filled.left.out_of_reach, 3);
        // Without names everything is told.
        let id = sent(&visit, form(&["Мероприятие", "Уровень", "Количество участников", "Организатор"], &[])).await;
        all_children(&visit, id).await;
        let s = shown(&visit, id).await.unwrap();
        assert_eq!(s.reply.setup.rows, "edition");
        assert_eq!(line(&s.filled.lines[0].1)[2], Told::Number(3));
        // Another school's request is not there for a deputy head.
        let other = place.by("deputy_head", Some(place.schools[1]));
        let own = sent(&place.by("deputy_head", Some(place.schools[0])), form(&titles, &[])).await;
        assert!(matches!(shown(&other, own).await, Err(Fault::NotFound)));
        assert!(matches!(shown(&other, id).await, Err(Fault::NotFound)));
    }

    async fn indicators_are_told_by_their_names_and_bad_files_by_their_fault(db: Db) {
        let place = Place::new(db).await;
        let visit = place.by("centre_coordinator", Some(place.schools[0]));
        let id = sent(&visit, form(&["Наименование показателя", "Значение"],
            &["Количество мероприятий", "Количество мероприятий с призовыми местами", "Доля мероприятий с призовыми местами, %"])).await;
        all_children(&visit, id).await;
        let s = shown(&visit, id).await.unwrap();
        assert_eq!(s.reply.setup.rows, "indicator");
        let told: Vec<_> = s.filled.lines.iter().map(|(_, cells)| cells[&1].told.clone()).collect();
        assert_eq!(told, [Told::Number(1), Told::Number(1), Told::Percents(100.0)]);
        for (title, content, field) in [("", form(&["Школа", "Адрес"], &[]), "title"), ("Письмо", b"PK".to_vec(), "file"), ("Письмо", Vec::new(), "file")] {
            let request = Request { title: title.into(), file_name: "a.xlsx".into(), content };
            let Err(Fault::Invalid(problems)) = begin(&visit, &once(), request).await else { panic!("{title}") };
            assert!(problems.at(field).is_some(), "{field}");
        }
    }

    async fn levels_stand_under_a_count_and_the_sum_is_of_the_rows_that_are_named(db: Db) {
        let place = Place::new(db).await;
        let visit = place.by("centre_coordinator", Some(place.schools[0]));
        let lower = ["", "", "муниципальный уровень", "региональный уровень"];
        let rows = [lower, ["", "Беловская СОШ", "", ""], ["", "Зверинец", "", ""], ["", "Итого", "", ""]];
        let table = Table {
            title: "Форма".into(),
            columns: ["№ п/п", "Школа", "Количество участников", ""].map(|title| Column::new(title, Kind::Text)).into(),
            rows: rows.iter().map(|row| row.map(Field::from).into()).collect(),
            ..Table::default()
        };
        let id = sent_as(&visit, "Форма за 2026/27 уч. г.", documents::write::xlsx(&table).unwrap()).await;
        let s = shown(&visit, id).await.unwrap();
        // Schools in the rows: all their children, not only those of the Centre.
        assert_eq!((s.reply.setup.rows.as_str(), s.reply.setup.from.as_str(), s.whom), ("organisation", "2026-2027", Whom::All));
        let cells: Vec<_> = s.filled.lines.iter().map(|(_, cells)| cells.clone()).collect();
        let n = Told::Number;
        assert_eq!([&cells[0][&0].told, &cells[0][&2].told, &cells[0][&3].told], [&n(1), &n(0), &n(2)]);
        assert_eq!([&cells[1][&0].told, &cells[1][&3].told], [&n(2), &Told::Unknown]);
        // Three children took part, and two of them in what the table names. A sum has no number.
        assert_eq!([&cells[2][&2].told, &cells[2][&3].told], [&n(0), &n(2)]);
        assert!(!cells[2].contains_key(&0), "{:?}", cells[2]);
        let href = cells[2][&3].href.clone().unwrap();
        assert!(href.contains("among=organisation") && href.contains("level=regional"), "{href}");
    }

    async fn rows_that_are_made_have_their_sum_under_them(db: Db) {
        let place = Place::new(db).await;
        let visit = place.by("centre_coordinator", Some(place.schools[0]));
        let table = Table {
            title: "Форма".into(),
            columns: ["№ п/п", "Школа", "Количество участников"].map(|title| Column::new(title, Kind::Text)).into(),
            rows: vec![["1", "", ""].map(Field::from).into(), ["Итого", "", ""].map(Field::from).into()],
            ..Table::default()
        };
        let id = sent(&visit, documents::write::xlsx(&table).unwrap()).await;
        let (_, bytes) = take(&visit, id).await.unwrap();
        let rows = read(&bytes);
        assert_eq!(rows[1..3], [["1", "Беловская СОШ", "2"], ["2", "Тавровская СОШ", "1"]]);
        assert_eq!(rows[3], ["Итого", "3"]);
    }

    async fn the_years_and_whose_children_are_read_or_said_to_be_unknown(db: Db) {
        let place = Place::new(db).await;
        let visit = place.by("centre_coordinator", Some(place.schools[0]));
        let content = form(&["Наименование показателя", "Значение"], &["Количество мероприятий"]);
        let page = async |id| {
            let s = shown(&visit, id).await.unwrap();
            let page = view::reply(&visit, &s, None, &Problems::default()).into_string();
            (s.reply.setup.from.clone(), s.reply.setup.to.clone(), s.whom, page)
        };
        let (from, to, whom, said) = page(sent_as(&visit, "Воспитанники Центра за 2014-2015 и 2015-2016 учебные годы", content.clone()).await).await;
        assert_eq!((from.as_str(), to.as_str(), whom), ("2014-2015", "2015-2016", Whom::Centre));
        assert!(said.contains("2014-2015 – 2015-2016"));
        let (from, _, whom, _) = page(sent_as(&visit, "Сведения по району за 2017 год", content.clone()).await).await;
        assert_eq!((from.as_str(), whom), ("2016-2017", Whom::All));
        let id = sent(&visit, content).await;
        let (from, _, whom, said) = page(id).await;
        assert_eq!((from.as_str(), whom), ("2026-2027", Whom::Centre));
        assert!(said.contains("не сказано"), "{said}");
        // More years than are counted at once would shut the request for good.
        let many = fields(&visit, id, &[("from", "1990-1991")]).await;
        assert!(matches!(keep(&visit, &once(), id, &many).await, Err(Fault::Invalid(_))));
        // One's own organisation is a choice for whoever sees the network; a school has nothing else.
        let own = fields(&visit, id, &[("whose", "own")]).await;
        keep(&visit, &once(), id, &own).await.unwrap();
        let s = shown(&visit, id).await.unwrap();
        assert_eq!(s.whom, Whom::Own);
        let href = s.filled.lines[0].1[&1].href.clone().unwrap().replace("%2D", "-");
        assert!(href.contains(&format!("organisation={}", place.schools[0])), "{href}");
        assert_eq!(crate::replies::whose::whom(&place.by("deputy_head", Some(place.schools[1])), None, "all"), Whom::Own);
        let school = Some(place.schools[1].0);
        assert_eq!(crate::replies::whose::own(&place.by("department_specialist", None), school, Whom::Own), school);
        assert_eq!(crate::replies::whose::whom(&place.by("department_specialist", None), None, "own"), Whom::All);
    }

    async fn a_school_teaches_nobody_else_and_answers_for_its_own(db: Db) {
        let place = Place::new(db).await;
        let content = form(&["Школа", "Количество участников"], &[]);
        let stranger = place.by("deputy_head", Some(place.schools[1]));
        let id = sent(&stranger, content.clone()).await;
        let wrong = fields(&stranger, id, &[("field-1", "prize_places")]).await;
        keep(&stranger, &once(), id, &wrong).await.unwrap();
        assert!(shown(&stranger, sent(&stranger, content.clone()).await).await.unwrap().reply.remembered);
        for visit in [place.by("deputy_head", Some(place.schools[0])), place.by("department_specialist", None)] {
            let s = shown(&visit, sent(&visit, content.clone()).await).await.unwrap();
            assert!(!s.reply.remembered);
            assert_eq!(s.reply.setup.meaning(1).field, "children");
        }
        // What one only looks at elsewhere stands in no reply.
        let both = place.with(&[("gifted_lead", Some(place.schools[0])), ("deputy_head", Some(place.schools[1]))]);
        let s = shown(&both, sent(&both, form(&["Школа", "Количество участий"], &[])).await).await.unwrap();
        let told: Vec<_> = s.filled.lines.iter().map(|(_, cells)| line(cells)).collect();
        assert_eq!(told, [[text("Тавровская СОШ"), Told::Number(1)]]);
        let s = shown(&both, sent(&both, form(&["ФИО участника", "Мероприятие", "Результат"], &[])).await).await.unwrap();
        assert_eq!(s.filled.lines.len(), 1, "{:?}", s.filled.lines);
    }
}

#[test]
fn words_above_and_under_a_table_are_read_the_nearest_first() {
    let of = |text: &str| {
        let book = documents::read(text.as_bytes(), None, &documents::Limits::default()).unwrap();
        let (lengths, captions) = (Vec::new(), Vec::new());
        let blank = blank::Blank { form: blank::Form::Xlsx, sheets: book.sheets, lengths, captions };
        layout::of(&blank, 0).unwrap()
    };
    let l = of(
        "Приказ 2014-2015 уч. г.;;\nСведения о победителях;;\nза 2016-2017 учебный год;;\nШкола;Победителей;Призёров\n",
    );
    assert_eq!(l.years("за 2020-2021 учебный год", "").unwrap().from, AcademicYear(2016));
    let l = of(
        "Сведения;;\nШкола;Победителей;Призёров\nБеловская СОШ;;\nИтого;;\n\nПримечание: за 2015-2016 учебный год;;\n",
    );
    assert_eq!(l.labels.len(), 2);
    assert_eq!(l.years("", "").unwrap().from, AcademicYear(2015));
    assert_eq!(l.years("", "за 2020-2021 учебный год").unwrap().from, AcademicYear(2020));
    let l = of("№ п/п;Школа;Победителей\n1;;\nИтого;;\n");
    assert_eq!(l.foot.unwrap().row, 3);
    assert!(l.labels.is_empty());
}
