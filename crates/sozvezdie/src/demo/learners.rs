//! Made-up children of a few organisations: plainly synthetic names, no СНИЛС.
use super::network::Placed;
use crate::{
    learners::{self, ClassName, GroundKind, LearnerDraft, NewGround, Relation, Sex, Whom},
    organisations::OrganisationId,
    people::{self, PersonId, PersonName},
};
use chrono::{Datelike, NaiveDate};
use kit::{Fault, Visit, db::Tx};

/// Last name (m, f), and patronymics' father.
const FAMILIES: [(&str, &str); 24] = [
    ("Демонов", "Демонова"),
    ("Примеров", "Примерова"),
    ("Образцов", "Образцова"),
    ("Макетов", "Макетова"),
    ("Условный", "Условная"),
    ("Учебнов", "Учебнова"),
    ("Тестов", "Тестова"),
    ("Пробников", "Пробникова"),
    ("Черновиков", "Черновикова"),
    ("Шаблонов", "Шаблонова"),
    ("Звёздкин", "Звёздкина"),
    ("Орбитин", "Орбитина"),
    ("Кометов", "Кометова"),
    ("Зенитов", "Зенитова"),
    ("Планетин", "Планетина"),
    ("Спутников", "Спутникова"),
    ("Галактионов-Демо", "Галактионова-Демо"),
    ("Вымыслов", "Вымыслова"),
    ("Небыльцев", "Небыльцева"),
    ("Модельный", "Модельная"),
    ("Эскизов", "Эскизова"),
    ("Набросков", "Наброскова"),
    ("Заготовкин", "Заготовкина"),
    ("Прототипов", "Прототипова"),
];
const BOYS: [&str; 12] =
    ["Семён", "Иван", "Пётр", "Лев", "Матвей", "Артём", "Фёдор", "Глеб", "Тимофей", "Егор", "Роман", "Илья"];
const GIRLS: [&str; 12] =
    ["Алёна", "Вера", "Ольга", "Мария", "Анна", "Дарья", "Ева", "Софья", "Ксения", "Полина", "Яна", "Арина"];
const FATHERS: [(&str, &str); 5] = [
    ("Учебнович", "Учебновна"),
    ("Макетович", "Макетовна"),
    ("Примерович", "Примеровна"),
    ("Демонович", "Демоновна"),
    ("Условнович", "Условновна"),
];

/// Schools with two classes of each number, by their places in the list of organisations.
const SCHOOLS: [&str; 3] = ["Майская гимназия", "Разуменская СОШ №\u{a0}2", "Дубовская СОШ"];
const GROUPS: [&str; 3] = ["Средняя группа «Кометы»", "Старшая группа «Спутники»", "Подготовительная группа «Ракеты»"];
const KINDERGARTEN: &str = "Детский сад (демо) №\u{a0}07";
/// The class that the class teacher leads.
const LED: &str = "7 Б";
/// Children of a class.
const CLASS: usize = 9;

fn pick<T: Copy, const N: usize>(from: &[T; N], i: usize) -> Option<T> {
    from.get(i % N).copied()
}

/// The child number `n`: the same each time, and no two alike born on one day.
fn child(n: usize, year: i32) -> Option<(PersonName, Sex, NaiveDate)> {
    let girl = n % 2 == 1;
    let (he, she) = pick(&FAMILIES, n * 7 + n / 24)?;
    let (father_he, father_she) = pick(&FATHERS, n / 3)?;
    let first = if girl { pick(&GIRLS, n * 5 + n / 12)? } else { pick(&BOYS, n * 5 + n / 12)? };
    let day = u32::try_from(n * 11 % 28).ok()? + 1;
    let month = u32::try_from(n * 5 % 12).ok()? + 1;
    // Now and then there is no patronymic.
    let patronymic = (n % 41 != 17).then(|| (if girl { father_she } else { father_he }).to_owned());
    let name = PersonName { last: (if girl { she } else { he }).into(), first: first.into(), patronymic };
    Some((name, if girl { Sex::Female } else { Sex::Male }, NaiveDate::from_ymd_opt(year, month, day)?))
}

/// Who of the demo's people stands in a tie to a child, by the first part of their address.
pub struct Staff<'a>(pub &'a [(PersonId, String, String)]);

impl Staff<'_> {
    pub fn find(&self, address: &str) -> Option<PersonId> {
        let email = format!("{address}@example.invalid");
        self.0.iter().find(|(_, _, known)| *known == email).map(|(id, ..)| *id)
    }
}

/// A child of the demo, for what is written of children later.
pub struct Child {
    pub id: PersonId,
    /// In the order in which they were made.
    pub n: usize,
    pub organisation: OrganisationId,
    pub class: String,
}

/// Writes the children, the class that the class teacher leads, the family with a sign-in and whom
/// the psychologist was given.
pub async fn build(
    tx: &mut Tx,
    visit: &Visit,
    organisations: &[Placed],
    staff: &Staff<'_>,
) -> Result<Vec<Child>, Fault> {
    let find = |name: &str| organisations.iter().find(|o| o.short_name == name).map(|o| o.id);
    let begun = visit.today.year() - i32::from(visit.today.month() < 9);
    let from = NaiveDate::from_ymd_opt(begun, 9, 1).unwrap_or(visit.today);
    let (mut n, mut wards, mut all) = (0, Vec::new(), Vec::new());
    for (place, name) in SCHOOLS.iter().enumerate() {
        let Some(school) = find(name) else { continue };
        for number in 1..=11_u8 {
            for letter in ['А', 'Б'] {
                let class = ClassName { number: Some(number.into()), name: format!("{number} {letter}") };
                for _ in 0..CLASS {
                    let id = add(tx, visit, n, begun - 6 - i32::from(number), school, &class, from).await?;
                    if place == 1 && class.name == LED && wards.len() < 2 {
                        wards.extend(id);
                    }
                    all.extend(id.map(|id| Child { id, n, organisation: school, class: class.name.clone() }));
                    n += 1;
                }
            }
        }
        if place == 1
            && let Some(teacher) = staff.find("class-teacher")
        {
            learners::lead_class(tx, visit, school, LED, teacher).await?;
            let own = family(tx, visit, school, from, staff).await?;
            all.extend(own.map(|id| Child { id, n: usize::MAX, organisation: school, class: LED.into() }));
            wards.extend(own);
        }
    }
    charge(tx, visit, &wards, staff).await?;
    let Some(kindergarten) = find(KINDERGARTEN) else { return Ok(all) };
    for (i, group) in GROUPS.iter().enumerate() {
        let class = ClassName { number: None, name: (*group).into() };
        let year = begun - 4 - i32::try_from(i).unwrap_or(0);
        for _ in 0..CLASS {
            let id = add(tx, visit, n, year, kindergarten, &class, from).await?;
            all.extend(id.map(|id| Child { id, n, organisation: kindergarten, class: class.name.clone() }));
            n += 1;
        }
    }
    Ok(all)
}

/// The child number `n`, who left school on a day long ago: for the years of the source text.
pub async fn graduate(
    tx: &mut Tx,
    visit: &Visit,
    n: usize,
    organisation: OrganisationId,
    years: (i32, i32),
) -> Result<Option<PersonId>, Fault> {
    let (first, last) = years;
    let Some((name, sex, birth_date)) = child(n, first - 12) else { return Ok(None) };
    let day = |year: i32, month: u32, day: u32| NaiveDate::from_ymd_opt(year, month, day).unwrap_or(visit.today);
    let mut draft = LearnerDraft {
        name,
        birth_date,
        sex: Some(sex),
        snils: None,
        guardian_phone: None,
        organisation,
        class: ClassName::read("6 А"),
        from: day(first, 9, 1),
        basis: None,
    };
    let id = learners::insert(tx, visit, &draft).await?;
    for year in first + 1..=last {
        draft.class = draft.class.as_ref().and_then(ClassName::next);
        learners::place(tx, visit, id, organisation, draft.class.as_ref(), day(year, 9, 1), None).await?;
    }
    learners::end_study(tx, id, day(last + 1, 6, 30)).await?;
    Ok(Some(id))
}

/// The child number `n`, who came from one school to another on 1 September of this year.
pub async fn newcomer(
    tx: &mut Tx,
    visit: &Visit,
    n: usize,
    (from, to): (OrganisationId, OrganisationId),
    year: i32,
) -> Result<Option<PersonId>, Fault> {
    let Some((name, sex, birth_date)) = child(n, year - 14) else { return Ok(None) };
    let begun = |year: i32| NaiveDate::from_ymd_opt(year, 9, 1).unwrap_or(visit.today).min(visit.today);
    let draft = LearnerDraft {
        name,
        birth_date,
        sex: Some(sex),
        snils: None,
        guardian_phone: None,
        organisation: from,
        class: ClassName::read("8 А"),
        from: begun(year - 1),
        basis: None,
    };
    let id = learners::insert(tx, visit, &draft).await?;
    let order = Some("Приказ о переводе (демо)");
    learners::place(tx, visit, id, to, ClassName::read("9 А").as_ref(), begun(year), order).await?;
    Ok(Some(id))
}

async fn add(
    tx: &mut Tx,
    visit: &Visit,
    n: usize,
    year: i32,
    organisation: OrganisationId,
    class: &ClassName,
    from: NaiveDate,
) -> Result<Option<PersonId>, Fault> {
    let Some((name, sex, birth_date)) = child(n, year) else { return Ok(None) };
    let draft = LearnerDraft {
        name,
        birth_date,
        sex: Some(sex),
        snils: None,
        guardian_phone: Some(format!("+7000{:07}", 2_000_000 + n * 31)),
        organisation,
        class: Some(class.clone()),
        from: from.min(visit.today),
        basis: None,
    };
    learners::insert(tx, visit, &draft).await.map(Some)
}

/// The learner with a sign-in, in the class led by the class teacher, and the guardian's tie.
async fn family(
    tx: &mut Tx,
    visit: &Visit,
    school: OrganisationId,
    from: NaiveDate,
    staff: &Staff<'_>,
) -> Result<Option<PersonId>, Fault> {
    let (Some(id), Some(guardian)) = (staff.find("learner"), staff.find("guardian")) else { return Ok(None) };
    let Some(name) = people::name_in(tx, id).await? else { return Ok(None) };
    let draft = LearnerDraft {
        name,
        birth_date: NaiveDate::from_ymd_opt(from.year() - 13, 4, 12).unwrap_or(from),
        sex: Some(Sex::Male),
        snils: None,
        guardian_phone: Some("+70002999999".into()),
        organisation: school,
        class: ClassName::read(LED),
        from: from.min(visit.today),
        basis: None,
    };
    learners::enter(tx, visit, id, &draft).await?;
    learners::name_guardian(tx, visit, id, guardian, Relation::Mother).await?;
    Ok(Some(id))
}

/// Gives these children into the psychologist's charge.
async fn charge(tx: &mut Tx, visit: &Visit, wards: &[PersonId], staff: &Staff<'_>) -> Result<(), Fault> {
    let Some(psychologist) = staff.find("psychologist") else { return Ok(()) };
    for learner in wards {
        let ground = NewGround {
            id: visit.new_id(),
            learner: *learner,
            kind: GroundKind::Assignment,
            whom: Whom::Person(psychologist.0),
            source: psychologist.0,
            consent: None,
            from: visit.today,
            until: None,
        };
        learners::open_to(tx, visit, &ground).await?;
    }
    Ok(())
}
