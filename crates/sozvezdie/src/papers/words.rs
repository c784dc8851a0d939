//! Names and posts in the case that a sentence asks for: the rules of `documents::cases`, and before them
//! what people of this network have corrected.
use super::{EDIT, store};
use documents::cases::{self, Case};
use kit::{
    Fault, Visit,
    audit::Entry,
    db::{Net, Tx},
    form::{Check, Problems},
    once::{Done, Once},
    text::Message,
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

kit::codes! {
    /// The cases that can be corrected; the nominative is what was typed.
    pub enum InCase {
        Genitive = "genitive",
        Dative = "dative",
        Accusative = "accusative",
        Instrumental = "instrumental",
        Prepositional = "prepositional",
    }
}

impl InCase {
    fn case(self) -> Case {
        match self {
            Self::Genitive => Case::Genitive,
            Self::Dative => Case::Dative,
            Self::Accusative => Case::Accusative,
            Self::Instrumental => Case::Instrumental,
            Self::Prepositional => Case::Prepositional,
        }
    }
}

/// A corrected form.
#[derive(Clone, Debug)]
pub struct Correction {
    /// The nominative in lower case.
    pub phrase: String,
    pub in_case: InCase,
    pub form: String,
    pub updated_at: chrono::DateTime<chrono::Utc>,
    pub updated_by: Option<uuid::Uuid>,
}
kit::db::row!(Correction { phrase, in_case, form, updated_at, updated_by });

/// Declines with the corrections of a network.
#[derive(Clone, Debug, Default)]
pub struct Words(HashMap<(String, InCase), String>);

/// By which corrections are found.
fn key(phrase: &str) -> String {
    phrase.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Words {
    pub fn new(corrections: Vec<Correction>) -> Self {
        Self(corrections.into_iter().map(|c| ((c.phrase, c.in_case), c.form)).collect())
    }

    /// # Errors
    /// The database's.
    pub async fn load(net: &Net) -> Result<Self, Fault> {
        Ok(Self::new(store::corrections(net).await?))
    }

    fn corrected(&self, phrase: &str, case: InCase) -> Option<String> {
        self.0.get(&(key(phrase), case)).cloned()
    }

    /// A person's name.
    pub fn person(&self, name: &str, case: InCase) -> String {
        self.corrected(name, case).unwrap_or_else(|| cases::person(name, case.case()))
    }

    /// A post or an organisation.
    pub fn phrase(&self, words: &str, case: InCase) -> String {
        self.corrected(words, case).unwrap_or_else(|| cases::phrase(words, case.case()))
    }

    /// «Петровой А. С.» of a name in full.
    pub fn addressee(&self, name: &str, case: InCase) -> String {
        // Shortened, a corrected name is nominative for the rules: only its letters are taken.
        let surname = self.person(name, case).split_whitespace().next().unwrap_or_default().to_owned();
        let short = cases::surname_with_initials(name, Case::Nominative);
        short.split_once('\u{a0}').map_or(surname.clone(), |(_, letters)| format!("{surname}\u{a0}{letters}"))
    }

    /// «Иванова А. А., учитель химии» as people write who answers: a name, then maybe a post.
    pub fn person_and_post(&self, words: &str, case: InCase) -> String {
        match words.split_once(',') {
            Some((name, post)) => format!("{}, {}", self.person(name.trim(), case), self.phrase(post.trim(), case)),
            None => self.person(words, case),
        }
    }
}

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct WordForm {
    /// As in the dictionary: «Ивчук Анна Львовна», «заведующий хозяйством».
    pub phrase: String,
    pub in_case: String,
    /// How it is right. In a page a field called `form` would hide the form itself from the browser's scripts.
    pub right: String,
}

/// Remembers how something is declined in this network.
///
/// # Errors
/// [`Fault::Forbidden`], [`Fault::Invalid`].
pub async fn correct(visit: &Visit, once: &Once, form: &WordForm) -> Result<Done, Fault> {
    if !visit.viewer.may(EDIT) {
        return Err(Fault::Forbidden(EDIT));
    }
    let mut problems = Problems::default();
    let mut check = Check { problems: &mut problems };
    let phrase = key(&check.required("phrase", &form.phrase, 200));
    let right = check.required("right", &form.right, 200);
    let case = form.in_case.parse::<InCase>().ok();
    if case.is_none() {
        problems.add("in_case", Message::new("form-choose"));
    }
    problems.into_result(())?;
    let case = case.ok_or(Fault::NotFound)?;
    once.run(&visit.net, async |tx: &mut Tx| {
        store::put_correction(tx, &phrase, case, &right, visit).await?;
        Entry { object: None, ..Entry::new("correct", "paper_word", visit.actor()) }.write(tx, visit).await?;
        Ok(Done::changed(
            super::WORDS.to_owned(),
            serde_json::json!({ "phrase": phrase, "in_case": case, "form": right }),
        ))
    })
    .await
}
