//! Makes what the world holds, plain or with a mark in every text.
use crate::world::email;
use kit::{Visit, db::Tx, session::NewLogin};
use sozvezdie::{
    acts::{ActDraft, ActForm},
    organisations::{self, Focus, Kind, OrganisationDraft, OrganisationState},
    people::{self, NetworkDraft, PersonDraft, PersonId, PersonName},
    resources::{self, ResourceDraft, ResourceForm, ResourceState},
};
use std::{collections::HashMap, sync::LazyLock};
use uuid::Uuid;

/// Everybody's.
pub const PASSWORD: &str = "семь звёзд над школой";

static HASHED: LazyLock<String> = LazyLock::new(|| kit::password::hash(PASSWORD).unwrap());

pub async fn network(visit: &Visit, name: &str, area_code: &str) {
    let network = NetworkDraft {
        name: name.into(),
        territory: format!("{name}-район"),
        founder: Some(format!("{name}-управление")),
        area_code: area_code.into(),
        is_demo: false,
    };
    people::add_network(visit, &network).await.unwrap();
}

pub async fn organisation(tx: &mut Tx, visit: &Visit, draft: &OrganisationDraft, state: OrganisationState) -> Uuid {
    organisations::insert(tx, visit, draft, state).await.unwrap().0
}

/// An organisation with little but a name.
pub fn plain(kind: Kind, name: &str) -> OrganisationDraft {
    OrganisationDraft {
        kind,
        subkind: None,
        name: format!("Муниципальное учреждение «{name}»"),
        short_name: name.into(),
        inn: None,
        kpp: None,
        ogrn: None,
        licence: None,
        address: Some("с. Примерное, ул. Школьная, 1".into()),
        latitude: Some(50.5),
        longitude: Some(36.5),
        phones: "+74722392575".into(),
        email: None,
        site: None,
        head_name: Some("Образцова Ольга Макетовна".into()),
        about: None,
        synthetic_name: false,
        focuses: Vec::new(),
    }
}

/// An organisation whose every text holds the mark.
pub fn full_of(mark: &str) -> OrganisationDraft {
    let text = |name: &str| Some(format!("{mark}-{name}"));
    OrganisationDraft {
        subkind: text("вид"),
        name: format!("{mark}-полное"),
        short_name: format!("{mark}-краткое"),
        inn: text("инн"),
        kpp: text("кпп"),
        ogrn: text("огрн"),
        licence: text("лицензия"),
        address: text("адрес"),
        phones: format!("{mark}-телефон"),
        email: text("почта"),
        site: text("сайт"),
        head_name: text("руководитель"),
        about: text("описание"),
        focuses: vec![Focus::Sport],
        ..plain(Kind::General, "")
    }
}

/// An order with little but a title.
pub fn plain_act(owner: Option<Uuid>, title: &str) -> ActDraft {
    let form = ActForm {
        kind: "order".into(),
        number: "12".into(),
        issued_on: "2026-09-01".into(),
        issuer: "Управление образования".into(),
        title: title.into(),
        owner: owner.map(|id| id.to_string()).unwrap_or_default(),
        ..ActForm::default()
    };
    form.check().unwrap()
}

/// An act whose every text holds the mark.
pub fn act_full_of(owner: Uuid, mark: &str) -> ActDraft {
    ActDraft {
        number: Some(format!("{mark}-номер")),
        issuer: format!("{mark}-издал"),
        title: format!("{mark}-документ"),
        note: Some(format!("{mark}-о-чём")),
        ..plain_act(Some(owner), "х")
    }
}

pub async fn resource(tx: &mut Tx, visit: &Visit, draft: &ResourceDraft, state: ResourceState) -> Uuid {
    resources::insert(tx, visit, draft, state).await.unwrap().0
}

/// A resource with little but a name, open on weekdays.
pub fn plain_resource(owner: Uuid, name: &str) -> ResourceDraft {
    let form = ResourceForm {
        owner_id: owner.to_string(),
        class: "technological".into(),
        name: name.into(),
        capacity: "15".into(),
        hours: vec!["9:00–17:00".into(); 5],
        ..ResourceForm::default()
    };
    form.check().unwrap()
}

/// A resource whose every text holds the mark.
pub fn resource_full_of(owner: Uuid, mark: &str) -> ResourceDraft {
    let text = |name: &str| Some(format!("{mark}-{name}"));
    ResourceDraft {
        name: format!("{mark}-ресурс"),
        description: text("описание"),
        place: text("место"),
        safety: text("безопасность"),
        conditions: text("условия"),
        audience: text("кому"),
        subject: text("предмет"),
        licence: text("лицензия"),
        inventory_number: text("номер"),
        decides_name: text("решает"),
        cancel_rule: text("отмена"),
        ..plain_resource(owner, "х")
    }
}

pub async fn person(tx: &mut Tx, visit: &Visit, last: &str, first: &str, patronymic: &str) -> PersonId {
    let mark = last.strip_suffix("-фамилия");
    let draft = PersonDraft {
        name: PersonName { last: last.into(), first: first.into(), patronymic: Some(patronymic.into()) },
        email: mark.map(|m| format!("{m}-личная-почта")),
        phone: mark.map(|m| format!("{m}-личный-телефон")),
    };
    people::add(tx, visit, &draft).await.unwrap()
}

pub async fn sign_ins(visit: &Visit, people: &HashMap<&'static str, Uuid>) {
    for (key, person) in people {
        let email = email(key);
        let new = NewLogin {
            id: visit.new_id(),
            network: visit.net.id().0,
            person: *person,
            email: &email,
            name: key,
            password: &HASHED,
        };
        assert!(kit::session::add_login(&visit.directory, &new, visit.now).await.unwrap());
    }
}
