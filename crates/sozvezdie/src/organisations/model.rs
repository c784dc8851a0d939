//! What an organisation is, the states it goes through and what a form of it must hold.
//! Pure: no SQL, no async.
use chrono::NaiveDate;
use intake::values::{contact, organisation, requisites};
use kit::{
    form::{Check, Problems, tidy_lines},
    html::Tone,
    text::Message,
};
use serde::{Deserialize, Serialize};

kit::db::id_type!(
    /// An organisation of the network.
    OrganisationId
);

kit::codes! {
    /// By the law on education: a school, a preschool, an organisation of additional education.
    pub enum Kind { General = "general", Preschool = "preschool", Additional = "additional" }
}

kit::codes! {
    /// draft → active ⇄ suspended → reorganised or closed; the last two are final.
    pub enum OrganisationState {
        Draft = "draft",
        Active = "active",
        Suspended = "suspended",
        Reorganised = "reorganised",
        Closed = "closed",
    }
}

kit::codes! {
    /// The six focuses of additional programmes, with the exchange codes of the public services
    /// portal. The last was called «социально-педагогическая» before 2020.
    pub enum Focus {
        Technical = "tekhnicheskoe",
        NaturalScience = "estestvennonauchnoe",
        Sport = "fizkulturno-sportivnoe",
        Artistic = "hudozhestvennoe",
        Tourism = "turistsko-kraevedcheskoe",
        Social = "socialno-pedagogicheskoe",
    }
}

impl OrganisationState {
    /// The table of allowed moves.
    pub fn may_become(self, next: Self) -> bool {
        use OrganisationState::{Active, Closed, Draft, Reorganised, Suspended};
        matches!(
            (self, next),
            (Draft | Suspended, Active)
                | (Active, Suspended)
                | (Active | Suspended, Reorganised | Closed)
                | (Draft, Closed)
        )
    }

    pub fn tone(self) -> Tone {
        match self {
            Self::Active => Tone::Ok,
            Self::Draft => Tone::Info,
            Self::Suspended => Tone::Warn,
            Self::Reorganised | Self::Closed => Tone::Plain,
        }
    }
}

/// One organisation as it is today.
#[derive(Clone, Debug)]
pub struct Organisation {
    pub id: OrganisationId,
    pub kind: Kind,
    pub subkind: Option<String>,
    pub legal_kind: Option<String>,
    pub name: String,
    pub short_name: String,
    pub inn: Option<String>,
    pub kpp: Option<String>,
    pub ogrn: Option<String>,
    pub licence: Option<String>,
    pub address: Option<String>,
    /// Degrees north and east.
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    /// `+7XXXXXXXXXX`, separated by spaces.
    pub phones: String,
    pub email: Option<String>,
    pub site: Option<String>,
    pub head_name: Option<String>,
    pub about: Option<String>,
    /// The name is plainly made up («условное название»).
    pub synthetic_name: bool,
    pub state: OrganisationState,
    pub updated_at: chrono::DateTime<chrono::Utc>,
    pub updated_by: Option<uuid::Uuid>,
    pub version: i64,
}
kit::db::row!(Organisation {
    id,
    kind,
    subkind,
    legal_kind,
    name,
    short_name,
    inn,
    kpp,
    ogrn,
    licence,
    address,
    latitude,
    longitude,
    phones,
    email,
    site,
    head_name,
    about,
    synthetic_name,
    state,
    updated_at,
    updated_by,
    version
});

/// A line of the list.
#[derive(Clone, Debug, Serialize)]
pub struct Listed {
    pub id: OrganisationId,
    pub kind: Kind,
    pub name: String,
    pub short_name: String,
    pub address: Option<String>,
    pub phones: String,
    pub email: Option<String>,
    pub state: OrganisationState,
    pub synthetic_name: bool,
}
kit::db::row!(Listed { id, kind, name, short_name, address, phones, email, state, synthetic_name });

/// A name and the day it came into force.
#[derive(Clone, Debug)]
pub struct DatedName {
    pub from: NaiveDate,
    pub name: String,
    pub short_name: String,
    pub reason: Option<String>,
}
kit::db::row!(DatedName { from, name, short_name, reason });

/// What was typed, as it was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct OrganisationForm {
    pub kind: String,
    pub subkind: String,
    pub name: String,
    pub short_name: String,
    pub inn: String,
    pub kpp: String,
    pub ogrn: String,
    pub licence: String,
    pub address: String,
    #[serde(deserialize_with = "kit::form::loose")]
    pub latitude: String,
    #[serde(deserialize_with = "kit::form::loose")]
    pub longitude: String,
    pub phones: String,
    pub email: String,
    pub site: String,
    pub head_name: String,
    pub about: String,
    pub focuses: Vec<String>,
    /// The version that the form was filled from; empty for a new record.
    #[serde(deserialize_with = "kit::form::loose")]
    pub version: String,
}

/// What a checked form says.
#[derive(Clone, Debug)]
pub struct OrganisationDraft {
    pub kind: Kind,
    pub subkind: Option<String>,
    pub name: String,
    pub short_name: String,
    pub inn: Option<String>,
    pub kpp: Option<String>,
    pub ogrn: Option<String>,
    pub licence: Option<String>,
    pub address: Option<String>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub phones: String,
    pub email: Option<String>,
    pub site: Option<String>,
    pub head_name: Option<String>,
    pub about: Option<String>,
    pub synthetic_name: bool,
    pub focuses: Vec<Focus>,
}

impl OrganisationForm {
    /// The form of an existing record.
    pub fn of(o: &Organisation, focuses: &[Focus]) -> Self {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let degrees = |value: Option<f64>| value.map(|v| v.to_string()).unwrap_or_default();
        Self {
            kind: o.kind.code().into(),
            subkind: text(&o.subkind),
            name: o.name.clone(),
            short_name: o.short_name.clone(),
            inn: text(&o.inn),
            kpp: text(&o.kpp),
            ogrn: text(&o.ogrn),
            licence: text(&o.licence),
            address: text(&o.address),
            latitude: degrees(o.latitude),
            longitude: degrees(o.longitude),
            // As a person would write several.
            phones: o.phones.replace(' ', ", "),
            email: text(&o.email),
            site: text(&o.site),
            head_name: text(&o.head_name),
            about: text(&o.about),
            focuses: focuses.iter().map(|f| f.code().to_owned()).collect(),
            version: o.version.to_string(),
        }
    }

    /// What the form says, or what is to be mended. `area_code` completes local numbers.
    ///
    /// # Errors
    /// [`kit::Fault::Invalid`], every field at once.
    pub fn check(&self, area_code: &str) -> Result<OrganisationDraft, kit::Fault> {
        let mut problems = Problems::default();
        let mut check = Check { problems: &mut problems };
        let name = check.required("name", &self.name, 400);
        let short_name = check.optional("short_name", &self.short_name, 120);
        let subkind = check.optional("subkind", &self.subkind, 80);
        let licence = check.optional("licence", &self.licence, 120);
        let address = check.optional("address", &self.address, 300);
        let head_name = check.optional("head_name", &self.head_name, 150);
        let inn = check.optional("inn", &self.inn, 20);
        let kpp = check.optional("kpp", &self.kpp, 20);
        let ogrn = check.optional("ogrn", &self.ogrn, 20);
        let email = check.optional("email", &self.email, 200);
        let site = check.optional("site", &self.site, 200);
        let phones = check.optional("phones", &self.phones, 200);
        let about = tidy_lines(&self.about).filter(|t| t.chars().count() <= 4000);
        if about.is_none() && !self.about.trim().is_empty() {
            problems.add(
                "about",
                Message::new("form-too-long").with("limit", 4000).with("length", self.about.chars().count()),
            );
        }
        let kind = self.kind.parse().ok();
        if kind.is_none() {
            problems.add("kind", Message::new("form-choose"));
        }
        let mut valid =
            |field: &'static str, value: Option<String>, key: &'static str, right: fn(&str) -> Option<String>| {
                let cleaned = value.as_deref().map(right);
                if cleaned == Some(None) {
                    problems.add(field, Message::new(key));
                }
                cleaned.flatten()
            };
        let inn = valid("inn", inn, "organisation-bad-inn", requisites::inn);
        let kpp = valid("kpp", kpp, "organisation-bad-kpp", requisites::kpp);
        let ogrn = valid("ogrn", ogrn, "organisation-bad-ogrn", requisites::ogrn);
        let email = valid("email", email, "organisation-bad-email", contact::email);
        let site = valid("site", site, "organisation-bad-site", contact::site);
        let latitude = degrees(&mut problems, "latitude", &self.latitude, 90.0);
        let longitude = degrees(&mut problems, "longitude", &self.longitude, 180.0);
        let phones = phones.map(|text| contact::phones(&text, Some(area_code))).unwrap_or_default();
        if phones.has_bad {
            problems.add("phones", Message::new("organisation-bad-phone"));
        }
        let focuses = self.focuses.iter().filter_map(|code| code.parse().ok()).collect();
        let short_name = short_name.unwrap_or_else(|| organisation::short_name(&name));
        let draft = OrganisationDraft {
            // Not read when `problems` names the field.
            kind: kind.unwrap_or(Kind::General),
            subkind,
            name,
            short_name,
            inn,
            kpp,
            ogrn,
            licence,
            address,
            latitude,
            longitude,
            phones: phones.good.join(" "),
            email,
            site,
            head_name,
            about,
            synthetic_name: false,
            focuses,
        };
        problems.into_result(draft)
    }
}

/// Degrees north or east, empty or within the limit.
pub fn degrees(problems: &mut Problems, field: &'static str, text: &str, limit: f64) -> Option<f64> {
    let text = text.trim().replace(',', ".");
    if text.is_empty() {
        return None;
    }
    let value = text.parse::<f64>().ok().filter(|v| v.is_finite() && v.abs() <= limit);
    if value.is_none() {
        problems.add(field, Message::new("organisation-bad-degrees"));
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> OrganisationForm {
        OrganisationForm {
            kind: "general".into(),
            name: "МОУ «Журавлёвская СОШ»".into(),
            ..OrganisationForm::default()
        }
    }

    fn refused(form: &OrganisationForm) -> Vec<String> {
        match form.check("4722") {
            Err(kit::Fault::Invalid(problems)) => problems.iter().map(|(field, _)| field.to_owned()).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_name_and_a_kind_are_enough() {
        let draft = form().check("4722").unwrap();
        assert_eq!(draft.short_name, "Журавлёвская СОШ");
        assert_eq!(draft.kind, Kind::General);
    }

    #[test]
    fn an_empty_form_names_what_is_missing() {
        assert_eq!(refused(&OrganisationForm::default()), ["name", "kind"]);
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let wrong = OrganisationForm {
            inn: "123".into(),
            ogrn: "1".into(),
            email: "school(at)demo".into(),
            latitude: "север".into(),
            phones: "нет".into(),
            ..form()
        };
        assert_eq!(refused(&wrong), ["inn", "ogrn", "email", "latitude", "phones"]);
    }

    #[test]
    fn local_numbers_get_the_area_code() {
        let draft = OrganisationForm { phones: "39-25-75".into(), ..form() }.check("4722").unwrap();
        assert_eq!(draft.phones, "+74722392575");
    }

    #[test]
    fn several_numbers_survive_the_form() {
        let draft = OrganisationForm { phones: "39-25-75, 39-25-76".into(), ..form() }.check("4722").unwrap();
        let shown = draft.phones.replace(' ', ", ");
        assert_eq!(OrganisationForm { phones: shown, ..form() }.check("4722").unwrap().phones, draft.phones);
    }

    #[test]
    fn final_states_are_final() {
        for next in OrganisationState::ALL {
            assert!(!OrganisationState::Closed.may_become(*next));
            assert!(!OrganisationState::Reorganised.may_become(*next));
            assert!(!next.may_become(OrganisationState::Draft));
        }
        assert!(OrganisationState::Suspended.may_become(OrganisationState::Active));
    }
}
