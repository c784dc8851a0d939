//! What a learner is, where they study, and what a form of them must hold. Pure.
use crate::{
    organisations::OrganisationId,
    people::{PersonId, PersonName},
};
use chrono::{Datelike, Months, NaiveDate};
use intake::values::{Class, contact, name, requisites};
use kit::{
    form::{Check, Problems},
    text::Message,
};
use serde::{Deserialize, Serialize};

kit::codes! {
    /// As a certificate of birth has it; optional.
    pub enum Sex { Male = "male", Female = "female" }
}

kit::codes! {
    /// Basic study (one at a time), additional education, or the place where a child of another
    /// organisation really studies.
    pub enum AttachmentKind { Basic = "basic", Additional = "additional", Actual = "actual" }
}

kit::codes! {
    /// Who a guardian is to the child.
    pub enum Relation { Mother = "mother", Father = "father", Guardian = "guardian", Other = "other" }
}

/// Guardians act for a child until this age (`domain.md` §3).
pub const ADULT: u32 = 18;
/// The youngest and the oldest that a learner may be, in full years.
const AGES: std::ops::RangeInclusive<i32> = 1..=21;
/// Longest name of a class or a group, in characters.
const LONGEST_CLASS: usize = 60;

/// Whoever was born after this day is not of age today.
pub fn adult_before(today: NaiveDate) -> NaiveDate {
    today.checked_sub_months(Months::new(ADULT * 12)).unwrap_or(NaiveDate::MIN)
}

/// Full years on a day.
pub fn age(born: NaiveDate, on: NaiveDate) -> i32 {
    on.year() - born.year() - i32::from((on.month(), on.day()) < (born.month(), born.day()))
}

/// The first day on which somebody is of age. Born on 29 February: 1 March of a year without one.
pub fn comes_of_age(born: NaiveDate) -> Option<NaiveDate> {
    let year = born.year().checked_add(i32::try_from(ADULT).ok()?)?;
    NaiveDate::from_ymd_opt(year, born.month(), born.day()).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
}

/// A class «7 Б» or a group of a preschool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassName {
    /// 1 to 11; none for a group.
    pub number: Option<i64>,
    pub name: String,
}

impl ClassName {
    /// Reads «7Б», «7-б», «11» as classes and anything else as a group's name.
    pub fn read(text: &str) -> Option<Self> {
        let text = kit::form::tidy(text)?;
        Some(match Class::parse(&text) {
            Some(class) => Self { number: Some(i64::from(class.number)), name: class.to_string() },
            None => Self { number: None, name: text },
        })
    }

    /// «12 А» and «7 Ъ»: written as a class, and no such class is.
    pub fn is_impossible(text: &str) -> bool {
        let bare: Vec<char> = text.chars().filter(|letter| letter.is_alphanumeric()).collect();
        let digits = bare.iter().take_while(|letter| letter.is_ascii_digit()).count();
        (1..=2).contains(&digits) && bare.len() - digits <= 1 && Class::parse(text).is_none()
    }

    /// The class of the year after; none after the last.
    pub fn next(&self) -> Option<Self> {
        let class = Class::parse(&self.name)?;
        (class.number < 11).then(|| {
            let next = Class { number: class.number + 1, ..class };
            Self { number: Some(i64::from(next.number)), name: next.to_string() }
        })
    }
}

/// A learner as they are today. The name's parts stand with the person.
#[derive(Clone, Debug)]
pub struct Learner {
    pub id: PersonId,
    /// «Демонов Семён Учебнович».
    pub full_name: String,
    pub birth_date: NaiveDate,
    pub sex: Option<Sex>,
    pub snils: Option<String>,
    /// `+7XXXXXXXXXX`.
    pub guardian_phone: Option<String>,
    /// Where they are, or were last, in basic study.
    pub organisation: OrganisationId,
    pub class_number: Option<i64>,
    pub class_name: Option<String>,
    /// In basic study today.
    pub enrolled: bool,
    pub updated_at: chrono::DateTime<chrono::Utc>,
    pub updated_by: Option<uuid::Uuid>,
    pub version: i64,
}
kit::db::row!(Learner {
    id,
    full_name,
    birth_date,
    sex,
    snils,
    guardian_phone,
    organisation,
    class_number,
    class_name,
    enrolled,
    updated_at,
    updated_by,
    version
});

/// A line of the list: no number, no telephone.
#[derive(Clone, Debug, Serialize)]
pub struct Listed {
    pub id: PersonId,
    pub full_name: String,
    pub birth_date: NaiveDate,
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub class_name: Option<String>,
    pub enrolled: bool,
}
kit::db::row!(Listed { id, full_name, birth_date, organisation, organisation_name, class_name, enrolled });

/// Where a child studies or studied.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Attachment {
    pub id: uuid::Uuid,
    pub organisation: OrganisationId,
    pub kind: AttachmentKind,
    pub class_number: Option<i64>,
    pub class_name: Option<String>,
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
    /// The order by which they came.
    pub basis: Option<String>,
}
kit::db::row!(Attachment { id, organisation, kind, class_number, class_name, from, until, basis });

impl<'de> Deserialize<'de> for AttachmentKind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        code.parse().map_err(|_| serde::de::Error::custom("no kind of attachment"))
    }
}

/// Who answers for a child.
#[derive(Clone, Debug)]
pub struct Guardian {
    pub person: PersonId,
    pub relation: Relation,
    pub until: Option<NaiveDate>,
    pub last_name: String,
    pub first_name: String,
    pub patronymic: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
}
kit::db::row!(Guardian { person, relation, until, last_name, first_name, patronymic, phone, email });

impl Guardian {
    pub fn name(&self) -> PersonName {
        PersonName { last: self.last_name.clone(), first: self.first_name.clone(), patronymic: self.patronymic.clone() }
    }
}

/// What was typed, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct LearnerForm {
    pub last_name: String,
    pub first_name: String,
    pub patronymic: String,
    pub birth_date: String,
    pub sex: String,
    pub snils: String,
    pub guardian_phone: String,
    pub organisation: String,
    /// «7 Б», or the name of a group.
    pub class: String,
    /// From when they are in that class; today unless said.
    pub from: String,
    /// The order.
    pub basis: String,
    pub version: String,
}

/// What a checked form says.
#[derive(Clone, Debug)]
pub struct LearnerDraft {
    pub name: PersonName,
    pub birth_date: NaiveDate,
    pub sex: Option<Sex>,
    pub snils: Option<String>,
    pub guardian_phone: Option<String>,
    pub organisation: OrganisationId,
    pub class: Option<ClassName>,
    pub from: NaiveDate,
    pub basis: Option<String>,
}

impl LearnerForm {
    /// The form of an existing record.
    pub fn of(l: &Learner, name: &PersonName) -> Self {
        Self {
            last_name: name.last.clone(),
            first_name: name.first.clone(),
            patronymic: name.patronymic.clone().unwrap_or_default(),
            birth_date: l.birth_date.to_string(),
            sex: l.sex.map(|s| s.code().to_owned()).unwrap_or_default(),
            snils: l.snils.clone().unwrap_or_default(),
            guardian_phone: l.guardian_phone.clone().unwrap_or_default(),
            organisation: l.organisation.to_string(),
            class: l.class_name.clone().unwrap_or_default(),
            from: String::new(),
            basis: String::new(),
            version: l.version.to_string(),
        }
    }

    /// What the form says, or what is to be mended. `area_code` completes local numbers.
    ///
    /// # Errors
    /// [`kit::Fault::Invalid`], every field at once.
    pub fn check(&self, area_code: &str, today: NaiveDate) -> Result<LearnerDraft, kit::Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let last = check.required("last_name", &self.last_name, 80);
        let first = check.required("first_name", &self.first_name, 80);
        let patronymic = check.optional("patronymic", &self.patronymic, 80);
        let snils = check.optional("snils", &self.snils, 20);
        let phone = check.optional("guardian_phone", &self.guardian_phone, 60);
        let class = check.optional("class", &self.class, LONGEST_CLASS);
        let basis = check.optional("basis", &self.basis, 200);
        let birth_date = check.date("birth_date", &self.birth_date);
        let from = check.date("from", &self.from);
        let mut part = |field: &'static str, text: &str| match name::part(text) {
            Ok(clean) => clean,
            Err(_) => {
                if !text.is_empty() {
                    problems.add(field, Message::new("account-bad-name"));
                }
                String::new()
            }
        };
        let (last, first) = (part("last_name", &last), part("first_name", &first));
        let patronymic = patronymic.map(|text| part("patronymic", &text)).filter(|text| !text.is_empty());
        if birth_date.is_none() && problems.at("birth_date").is_none() {
            problems.add("birth_date", Message::new("form-required"));
        }
        if birth_date.is_some_and(|born| !AGES.contains(&age(born, today))) {
            problems.add("birth_date", Message::new("learner-bad-age"));
        }
        if from.is_some_and(|from| from > today) {
            problems.add("from", Message::new("form-not-after").with("date", kit::Lang::Ru.date(today)));
        }
        if class.as_deref().is_some_and(ClassName::is_impossible) {
            problems.add("class", Message::new("learner-bad-class"));
        }
        let sex = self.sex.parse().ok();
        if sex.is_none() && !self.sex.is_empty() {
            problems.add("sex", Message::new("form-choose"));
        }
        let number = snils.as_deref().map(requisites::snils);
        if number == Some(None) {
            problems.add("snils", Message::new("learner-bad-snils"));
        }
        let phones = phone.map(|text| contact::phones(&text, Some(area_code))).unwrap_or_default();
        if phones.has_bad {
            problems.add("guardian_phone", Message::new("organisation-bad-phone"));
        }
        let organisation = self.organisation.parse().ok();
        if organisation.is_none() {
            problems.add("organisation", Message::new("form-choose"));
        }
        let draft = LearnerDraft {
            name: PersonName { last, first, patronymic },
            // Not read when `problems` names the field.
            birth_date: birth_date.unwrap_or(today),
            sex,
            snils: number.flatten(),
            guardian_phone: phones.good.into_iter().next(),
            organisation: organisation.unwrap_or(OrganisationId(uuid::Uuid::nil())),
            class: class.as_deref().and_then(ClassName::read),
            from: from.unwrap_or(today),
            basis,
        };
        problems.into_result(draft)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_class_that_is_none_is_refused_and_a_group_keeps_its_name() {
        for text in ["12 А", "0", "7 Ъ", "15-б", "99"] {
            assert!(ClassName::is_impossible(text), "{text}");
        }
        for text in ["7 Б", "11", "2 младшая", "Солнышко", "Группа 5", "1-я старшая"] {
            assert!(!ClassName::is_impossible(text), "{text}");
        }
    }

    fn form() -> LearnerForm {
        LearnerForm {
            last_name: "Демонов".into(),
            first_name: "семён".into(),
            birth_date: "01.09.2014".into(),
            organisation: uuid::Uuid::from_u128(1).to_string(),
            ..LearnerForm::default()
        }
    }

    fn refused(form: &LearnerForm) -> Vec<String> {
        match form.check("4722", day("2026-11-24")) {
            Err(kit::Fault::Invalid(problems)) => problems.iter().map(|(field, _)| field.to_owned()).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_name_a_birthday_and_a_school_are_enough() {
        let draft = form().check("4722", day("2026-11-24")).unwrap();
        assert_eq!(draft.name.full(), "Демонов Семён");
        assert_eq!(draft.from, day("2026-11-24"));
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let wrong = LearnerForm {
            last_name: "Dem0nov!".into(),
            birth_date: "01.09.1954".into(),
            snils: "112-233-445 96".into(),
            guardian_phone: "мама".into(),
            organisation: String::new(),
            from: "2030-01-01".into(),
            ..form()
        };
        assert_eq!(refused(&wrong), ["last_name", "birth_date", "from", "snils", "guardian_phone", "organisation"]);
    }

    #[test]
    fn classes_go_up_and_groups_do_not() {
        let read = |text: &str| ClassName::read(text).unwrap();
        assert_eq!(read("7б").name, "7 Б");
        assert_eq!(read("7б").next().unwrap().name, "8 Б");
        assert_eq!(read("10").next().unwrap(), ClassName { number: Some(11), name: "11".into() });
        assert_eq!(read("11 А").next(), None);
        assert_eq!(read("Гномики").next(), None);
        assert_eq!(ClassName::read("  "), None);
    }

    #[test]
    fn a_birthday_ends_a_guardians_right() {
        let today = day("2026-11-24");
        assert!(day("2008-11-25") > adult_before(today), "seventeen");
        assert!(day("2008-11-24") <= adult_before(today), "eighteen today");
        assert_eq!(age(day("2008-11-25"), today), 17);
        assert_eq!(age(day("2008-11-24"), today), 18);
    }
}
