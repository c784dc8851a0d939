//! What a consent is: its purposes, its states, what it says, and which uses of data need one. Pure.
use crate::{organisations::OrganisationId, people::PersonId};
use chrono::{DateTime, NaiveDate, Utc};
use kit::db::row;
use serde::{Deserialize, Deserializer, de};
use uuid::Uuid;

kit::db::id_type!(
    /// A consent, or the printed form of one.
    ConsentId
);

kit::codes! {
    /// What a consent is for: one purpose each (152-ФЗ ст. 9; since 01.09.2025 a separate document).
    pub enum Purpose {
        Processing = "processing",
        Transfer = "transfer",
        Publication = "publication",
        Image = "image",
        Diagnostics = "diagnostics",
        StateRegister = "state_register",
    }
}

impl Purpose {
    /// Collected of all children unless the organisation says otherwise; the others are asked for
    /// where somebody needs them.
    pub fn is_usual(self) -> bool {
        matches!(self, Self::Processing | Self::Publication | Self::Image)
    }

    /// Given for each category apart: silence is no consent (152-ФЗ ст. 10.1).
    pub fn has_categories(self) -> bool {
        matches!(self, Self::Publication | Self::Image)
    }

    /// The categories that can be permitted.
    pub fn categories(self) -> &'static [Category] {
        match self {
            Self::Publication => {
                &[Category::Name, Category::Organisation, Category::Class, Category::Results, Category::Works]
            }
            Self::Image => &[Category::Photo, Category::Video],
            _ => &[],
        }
    }
}

impl<'de> Deserialize<'de> for Purpose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(|_| de::Error::custom("no purpose of a consent"))
    }
}

kit::codes! {
    /// What may be shown to everybody.
    pub enum Category {
        Name = "name",
        Organisation = "organisation",
        Class = "class",
        Results = "results",
        Works = "works",
        Photo = "photo",
        Video = "video",
    }
}

kit::codes! {
    /// A draft is a printed form that has not come back.
    pub enum ConsentState {
        Draft = "draft",
        Signed = "signed",
        Withdrawn = "withdrawn",
        Expired = "expired",
        Destroyed = "destroyed",
    }
}

use ConsentState::{Destroyed, Draft, Expired, Signed, Withdrawn};

/// Every step that a consent may make.
const STEPS: &[(ConsentState, ConsentState)] = &[
    (Draft, Signed),
    (Draft, Destroyed),
    (Signed, Withdrawn),
    (Signed, Expired),
    (Withdrawn, Destroyed),
    (Expired, Destroyed),
];

impl ConsentState {
    pub fn may_become(self, next: Self) -> bool {
        STEPS.contains(&(self, next))
    }
}

kit::codes! {
    /// In what right somebody signs.
    pub enum Authority { Parent = "parent", Guardian = "guardian", Own = "self" }
}

kit::codes! {
    /// How it was signed.
    pub enum Way { Paper = "paper", SimpleSignature = "simple_signature" }
}

/// A consent, or the printed form of one.
#[derive(Clone, Debug)]
pub struct Consent {
    pub id: ConsentId,
    /// Stands on the form.
    pub number: i64,
    pub learner: PersonId,
    pub purpose: Purpose,
    /// Of a transfer: to whom; none is every organisation of the network.
    pub recipient: Option<OrganisationId>,
    /// The operator.
    pub organisation: OrganisationId,
    pub state: ConsentState,
    pub signer: Option<PersonId>,
    pub authority: Option<Authority>,
    categories: String,
    pub way: Option<Way>,
    pub signed_on: Option<NaiveDate>,
    /// The last day; none is «until it is withdrawn».
    pub until: Option<NaiveDate>,
    /// When it was withdrawn or ran out.
    pub ended_on: Option<NaiveDate>,
    pub batch: Option<Uuid>,
    pub updated_at: DateTime<Utc>,
    pub version: i64,
}
row!(Consent {
    id,
    number,
    learner,
    purpose,
    recipient,
    organisation,
    state,
    signer,
    authority,
    categories,
    way,
    signed_on,
    until,
    ended_on,
    batch,
    updated_at,
    version
});

impl Consent {
    pub fn categories(&self) -> Vec<Category> {
        self.categories.split(',').filter_map(|code| code.parse().ok()).collect()
    }

    /// Whether it holds on a day.
    pub fn holds(&self, on: NaiveDate) -> bool {
        self.state == Signed && self.signed_on.is_some_and(|day| day <= on) && self.until.is_none_or(|day| day >= on)
    }

    /// What is shown of it: signed but over is expired, whether or not anybody wrote that down yet.
    pub fn shown_state(&self, today: NaiveDate) -> ConsentState {
        if self.state == Signed && self.until.is_some_and(|day| day < today) { Expired } else { self.state }
    }
}

/// Categories as they are kept.
pub fn joined(categories: &[Category]) -> String {
    categories.iter().map(|c| c.code()).collect::<Vec<_>>().join(",")
}

/// A consent that was given.
#[derive(Clone, Debug)]
pub struct Granting {
    pub learner: PersonId,
    pub purpose: Purpose,
    /// Of a transfer: to whom; none is every organisation of the network.
    pub recipient: Option<OrganisationId>,
    /// Unknown when only the paper names them.
    pub signer: Option<PersonId>,
    pub authority: Authority,
    pub way: Way,
    pub signed_on: NaiveDate,
    pub until: Option<NaiveDate>,
    /// Of a publication and of images: what is permitted.
    pub categories: Vec<Category>,
}

impl Granting {
    /// A paper signed by a parent on a day, until it is withdrawn, with all categories permitted.
    pub fn paper(learner: PersonId, purpose: Purpose, signed_on: NaiveDate) -> Self {
        Self {
            learner,
            purpose,
            recipient: None,
            signer: None,
            authority: Authority::Parent,
            way: Way::Paper,
            signed_on,
            until: None,
            categories: purpose.categories().to_vec(),
        }
    }
}

kit::codes! {
    /// What allows a use of data.
    pub enum Ground { Law = "law", Agreement = "agreement", Consent = "consent" }
}

/// One use of children's data, and what allows it. The words are the texts `use-…` and `use-…-basis`.
#[derive(Clone, Copy, Debug)]
pub struct Use {
    pub code: &'static str,
    pub ground: Ground,
    /// The consent that it needs.
    pub purpose: Option<Purpose>,
}

const fn by(code: &'static str, ground: Ground) -> Use {
    Use { code, ground, purpose: None }
}

const fn needs(code: &'static str, purpose: Purpose) -> Use {
    Use { code, ground: Ground::Consent, purpose: Some(purpose) }
}

/// Every use that the program knows (`domain.md` §3: consent is not the ground for everything).
pub const USES: &[Use] = &[
    by("study", Ground::Law),
    by("state-systems", Ground::Law),
    by("attestation", Ground::Law),
    by("additional", Ground::Agreement),
    by("network-programme", Ground::Agreement),
    needs("centre", Purpose::Processing),
    needs("events", Purpose::Processing),
    needs("another-organisation", Purpose::Transfer),
    needs("reply", Purpose::Transfer),
    needs("publication", Purpose::Publication),
    needs("image", Purpose::Image),
    needs("diagnostics", Purpose::Diagnostics),
    needs("state-register", Purpose::StateRegister),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn state() -> impl Strategy<Value = ConsentState> {
        prop::sample::select(ConsentState::ALL)
    }

    proptest! {
        #[test]
        fn whatever_is_tried_a_consent_goes_forward_only(tries in prop::collection::vec(state(), 0..40)) {
            let mut at = Draft;
            let mut seen = vec![at];
            for next in tries {
                if at.may_become(next) {
                    prop_assert!(!seen.contains(&next), "{next:?} twice");
                    at = next;
                    seen.push(at);
                }
            }
            // Nothing ends that was never signed, and nothing comes back from destruction.
            prop_assert!(!seen.contains(&Withdrawn) || seen.contains(&Signed));
            prop_assert!(!(seen.contains(&Withdrawn) && seen.contains(&Expired)));
            prop_assert!(ConsentState::ALL.iter().all(|next| !Destroyed.may_become(*next)));
        }
    }

    #[test]
    fn a_use_by_consent_names_its_purpose_and_every_purpose_has_a_use() {
        assert!(USES.iter().all(|u| (u.ground == Ground::Consent) == u.purpose.is_some()));
        assert!(Purpose::ALL.iter().all(|p| USES.iter().any(|u| u.purpose == Some(*p))));
    }
}
