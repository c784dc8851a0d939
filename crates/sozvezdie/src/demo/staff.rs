//! One sign-in per role, people with plainly made-up names.
use super::{Account, network::Placed};
use crate::{
    people::{self, PersonDraft, PersonId, PersonName},
    roles::Role,
};
use kit::{Fault, Visit, db::Tx};
use uuid::Uuid;

/// Address of the account, name, and roles each in an organisation (none: the whole network).
struct Person {
    email: &'static str,
    name: (&'static str, &'static str, &'static str),
    roles: &'static [(Role, Option<&'static str>)],
}

const GYMNASIUM: Option<&str> = Some("Майская гимназия");
const NATURALISTS: Option<&str> = Some("Станция юных натуралистов");
const KINDERGARTEN: Option<&str> = Some("Детский сад (демо) №\u{a0}07");

const PEOPLE: &[Person] = &[
    Person {
        email: "admin", name: ("Системный", "Аркадий", "Демонович"), roles: &[(Role::SystemAdministrator, None)]
    },
    Person {
        email: "department",
        name: ("Управленцева", "Вера", "Примеровна"),
        roles: &[(Role::DepartmentSpecialist, None)],
    },
    Person {
        email: "coordinator",
        name: ("Координатова", "Ольга", "Сергеевна"),
        roles: &[(Role::CentreCoordinator, GYMNASIUM)],
    },
    Person {
        email: "head", name: ("Директоров", "Павел", "Макетович"), roles: &[(Role::Head, GYMNASIUM)]
    },
    Person {
        email: "deputy1",
        name: ("Завучева", "Мария", "Условна"),
        roles: &[(Role::DeputyHead, Some("Разуменская СОШ №\u{a0}2"))],
    },
    Person {
        email: "deputy2",
        name: ("Примерова", "Алёна", "Игоревна"),
        roles: &[(Role::DeputyHead, Some("Дубовская СОШ"))],
    },
    Person {
        email: "preschool", name: ("Садовская", "Нина", "Демоновна"), roles: &[(Role::Head, KINDERGARTEN)]
    },
    Person {
        email: "naturalists", name: ("Лесных", "Михаил", "Валентинович"), roles: &[(Role::Head, NATURALISTS)]
    },
    Person {
        email: "class-teacher",
        name: ("Классная", "Ирина", "Учебновна"),
        roles: &[(Role::ClassTeacher, Some("Разуменская СОШ №\u{a0}2"))],
    },
    Person {
        email: "pedagogue",
        name: ("Демонов", "Семён", "Учебнович"),
        roles: &[(Role::Pedagogue, NATURALISTS), (Role::Pedagogue, GYMNASIUM)],
    },
    Person {
        email: "psychologist",
        name: ("Внимательная", "Елена", "Примеровна"),
        roles: &[(Role::Psychologist, Some("Разуменская СОШ №\u{a0}2"))],
    },
    Person {
        email: "guardian",
        name: ("Демонова", "Наталья", "Учебновна"),
        roles: &[(Role::Guardian, Some("Разуменская СОШ №\u{a0}2"))],
    },
    Person {
        email: "learner",
        name: ("Демонов", "Тимофей", "Учебнович"),
        roles: &[(Role::Learner, Some("Разуменская СОШ №\u{a0}2"))],
    },
];

fn email(person: &Person) -> String {
    format!("{}@example.invalid", person.email)
}

/// The accounts, the same each time for the same seed.
pub fn accounts(seed: u64) -> Vec<Account> {
    let password = format!("zvezda-nad-shkoloy-{seed}");
    PEOPLE
        .iter()
        .filter_map(|p| {
            let (role, organisation) = p.roles.first()?;
            let own = organisation.map_or_else(|| "вся сеть".to_owned(), str::to_owned);
            Some(Account { role: role.code(), email: email(p), password: password.clone(), organisation: own })
        })
        .collect()
}

/// Writes the people with their roles; gives who signs in: the person, how to address them, e-mail.
pub async fn people(
    tx: &mut Tx,
    visit: &Visit,
    organisations: &[Placed],
    accounts: &[Account],
) -> Result<Vec<(PersonId, String, String)>, Fault> {
    let find = |name: &str| -> Option<Uuid> { organisations.iter().find(|o| o.short_name == name).map(|o| o.id.0) };
    let mut logins = Vec::with_capacity(PEOPLE.len());
    for (person, account) in PEOPLE.iter().zip(accounts) {
        let (last, first, patronymic) = person.name;
        let name = PersonName { last: last.into(), first: first.into(), patronymic: Some(patronymic.into()) };
        let draft = PersonDraft { name: name.clone(), email: Some(account.email.clone()), phone: None };
        let id = people::add(tx, visit, &draft).await?;
        for (role, organisation) in person.roles {
            people::grant(tx, visit, id, *role, organisation.and_then(find)).await?;
        }
        logins.push((id, name.address(), account.email.clone()));
    }
    Ok(logins)
}
