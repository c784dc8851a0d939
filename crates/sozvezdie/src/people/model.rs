//! A person's name and what a new one needs.

kit::db::id_type!(
    /// A person: a child, a parent, a member of staff. One person has one id, whatever they do.
    PersonId
);

/// A name as documents have it. The patronymic is optional.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonName {
    pub last: String,
    pub first: String,
    pub patronymic: Option<String>,
}
kit::db::row!(PersonName { last, first, patronymic });

impl PersonName {
    /// «Демонов Семён Учебнович»: for lists.
    pub fn full(&self) -> String {
        [Some(self.last.as_str()), Some(self.first.as_str()), self.patronymic.as_deref()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// «С. У. Демонов»: for texts, with no-break spaces.
    pub fn short(&self) -> String {
        let initial = |name: &str| name.chars().next().map(|c| format!("{c}.\u{a0}")).unwrap_or_default();
        format!("{}{}{}", initial(&self.first), self.patronymic.as_deref().map(initial).unwrap_or_default(), self.last)
    }

    /// «Семён Учебнович»: as a person is addressed.
    pub fn address(&self) -> String {
        [Some(self.first.as_str()), self.patronymic.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// What a new person needs.
#[derive(Clone, Debug)]
pub struct PersonDraft {
    pub name: PersonName,
    pub email: Option<String>,
    pub phone: Option<String>,
}

/// What a new network needs.
#[derive(Clone, Debug)]
pub struct NetworkDraft {
    pub name: String,
    pub territory: String,
    pub founder: Option<String>,
    /// Of local telephone numbers, e.g. `4722`.
    pub area_code: String,
    pub is_demo: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_three_ways() {
        let name = PersonName {
            last: "Демонов".into(), first: "Семён".into(), patronymic: Some("Учебнович".into())
        };
        assert_eq!(name.full(), "Демонов Семён Учебнович");
        assert_eq!(name.short(), "С.\u{a0}У.\u{a0}Демонов");
        assert_eq!(name.address(), "Семён Учебнович");
        let alone = PersonName { patronymic: None, ..name };
        assert_eq!(alone.short(), "С.\u{a0}Демонов");
    }
}
