//! What documents say of an organisation: its name, requisites, head and settlement.
use super::words::{InCase, Words};
use crate::organisations::{self, Kind, Organisation, OrganisationId};
use documents::{
    cases::{self, Gender},
    paper::{BLANK, Signature},
};
use kit::{Fault, Visit};

/// An organisation as it stands in a document.
#[derive(Clone, Debug, Default)]
pub struct Party {
    pub name: String,
    pub short_name: String,
    pub address: Option<String>,
    pub requisites: Vec<String>,
    /// Where it is: «с. Примерное».
    pub place: String,
    /// «директор», «заведующий».
    pub post: String,
    pub head: Option<String>,
}

impl Party {
    pub fn of(o: &Organisation) -> Self {
        let numbers = [("ИНН", &o.inn), ("КПП", &o.kpp), ("ОГРН", &o.ogrn)];
        let numbers: Vec<String> =
            numbers.iter().filter_map(|(name, number)| number.as_ref().map(|n| format!("{name}\u{a0}{n}"))).collect();
        let phones: Vec<String> = o.phones.split_whitespace().map(organisations::phone).collect();
        let phones = (!phones.is_empty()).then(|| format!("тел.\u{a0}{}", phones.join(", ")));
        let contacts: Vec<String> = phones.into_iter().chain(o.email.clone()).collect();
        let lines = [o.address.clone().unwrap_or_default(), contacts.join(", "), numbers.join(", ")];
        Self {
            name: o.name.clone(),
            short_name: o.short_name.clone(),
            address: o.address.clone(),
            requisites: lines.into_iter().filter(|line| !line.is_empty()).collect(),
            place: o.address.as_deref().map(settlement).unwrap_or_default(),
            post: if o.kind == Kind::Preschool { "заведующий" } else { "директор" }.to_owned(),
            head: o.head_name.clone(),
        }
    }

    /// «директора Петровой Анны Сергеевны, действующей на основании Устава».
    pub fn represented(&self, words: &Words) -> String {
        let name = self.head.as_deref().map_or_else(|| BLANK.to_owned(), |name| words.person(name, InCase::Genitive));
        let acting = match self.head.as_deref().and_then(cases::gender) {
            Some(Gender::Masculine) => "действующего",
            Some(Gender::Feminine) => "действующей",
            None => "действующего(-ей)",
        };
        format!("{} {name}, {acting} на\u{a0}основании Устава", words.phrase(&self.post, InCase::Genitive))
    }

    /// Who signs for it.
    pub fn signature(&self) -> Signature {
        Signature { post: capital(&self.post), name: self.head.as_deref().map(cases::initials).unwrap_or_default() }
    }
}

/// # Errors
/// [`Fault::NotFound`].
pub async fn party(visit: &Visit, id: OrganisationId) -> Result<Party, Fault> {
    Ok(Party::of(&organisations::open(visit, id).await?))
}

/// The first part of an address that names a settlement.
fn settlement(address: &str) -> String {
    const BEGINNINGS: [&str; 10] = ["г. ", "город ", "с. ", "село ", "п. ", "пос. ", "посёлок ", "пгт ", "х. ", "д. "];
    let parts = address.split(',').map(str::trim);
    let found = parts.into_iter().find(|part| BEGINNINGS.iter().any(|start| part.starts_with(start)));
    found.unwrap_or_default().replacen(' ', "\u{a0}", 1)
}

/// With a capital letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
