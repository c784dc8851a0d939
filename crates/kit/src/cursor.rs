//! Pages of a long list by the last row seen, so that page 400 costs what page 1 does.
use crate::{Fault, text::Message};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use serde::{Serialize, Serializer, ser::SerializeStruct as _};
use uuid::Uuid;

/// Where the last page ended: the sorted value and the id that breaks ties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub value: String,
    pub id: Uuid,
}

impl Cursor {
    /// As it stands in an address.
    pub fn encode(&self) -> String {
        BASE64.encode(format!("{}{}", self.id.simple(), self.value))
    }

    /// # Errors
    /// [`Fault::Invalid`] at `cursor` for a text that no page gave out.
    pub fn decode(text: &str) -> Result<Self, Fault> {
        let bad = || Fault::field("cursor", Message::new("list-bad-cursor"));
        let text = String::from_utf8(BASE64.decode(text).map_err(|_| bad())?).map_err(|_| bad())?;
        let (id, value) = text.split_at_checked(32).ok_or_else(bad)?;
        Ok(Self { value: value.into(), id: id.parse().map_err(|_| bad())? })
    }
}

/// Rows of a page of the API: 50 unless asked, at most 200.
pub fn page_size(asked: Option<i64>) -> i64 {
    asked.unwrap_or(50).clamp(1, 200)
}

/// Counting stops here; beyond it a list says «more than».
pub const COUNTED: i64 = 10_000;

/// One page of a list and how many rows there are in all (exact to [`COUNTED`]).
pub struct Slice<T> {
    pub items: Vec<T>,
    pub next: Option<Cursor>,
    pub total: i64,
}

/// `{items, next_cursor, total}`, with `total_more` when counting stopped.
impl<T: Serialize> Serialize for Slice<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let is_more = self.total > COUNTED;
        let mut page = serializer.serialize_struct("Slice", 3 + usize::from(is_more))?;
        page.serialize_field("items", &self.items)?;
        page.serialize_field("next_cursor", &self.next.as_ref().map(Cursor::encode))?;
        page.serialize_field("total", &self.total.min(COUNTED))?;
        if is_more {
            page.serialize_field("total_more", &true)?;
        }
        page.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_its_address_and_nonsense_is_refused() {
        let cursor = Cursor { value: "Журавлёвская СОШ".into(), id: Uuid::from_u128(7) };
        assert_eq!(Cursor::decode(&cursor.encode()).unwrap(), cursor);
        for bad in ["", "x", "%%%", &BASE64.encode("short"), &BASE64.encode("ё".repeat(40))] {
            assert!(Cursor::decode(bad).is_err());
        }
    }
}
