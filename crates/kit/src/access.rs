//! Who may do what, and how far it reaches. Deny by default.
//!
//! The mechanism is here; which role holds which permission is one table of the product.
use crate::db::Val;
use uuid::Uuid;

/// A named right, e.g. `organisations.edit`. Its words are the text `permission-organisations-edit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Permission(pub &'static str);

impl Permission {
    /// The key of its words.
    pub fn text_key(self) -> String {
        format!("permission-{}", self.0.replace('.', "-"))
    }
}

/// How far a role carries a permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Width {
    /// The organisation that the role was given in.
    Organisation,
    /// The whole network.
    Network,
}

/// One role of one person, in an organisation or in the network as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    pub role: String,
    pub organisation: Option<Uuid>,
}

/// The product's table: how far a role carries a permission, if at all.
pub type Policy = fn(role: &str, permission: Permission) -> Option<Width>;

/// Where a viewer holds a permission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    Nowhere,
    Organisations(Vec<Uuid>),
    Network,
}

impl Reach {
    /// Whether a record of this organisation is within reach; of none (`None`) only the network's.
    pub fn covers(&self, organisation: Option<Uuid>) -> bool {
        match self {
            Self::Nowhere => false,
            Self::Network => true,
            Self::Organisations(own) => organisation.is_some_and(|id| own.contains(&id)),
        }
    }

    /// The same rule as a condition on `column`, its values appended to `args`
    /// (numbered from what stands there already, with $1 the network).
    pub fn sql(&self, column: &str, args: &mut Vec<Val>) -> String {
        match self {
            Self::Network => "TRUE".into(),
            Self::Nowhere => "FALSE".into(),
            Self::Organisations(own) => {
                let places: Vec<String> = own
                    .iter()
                    .map(|id| {
                        args.push(Val::from(*id));
                        format!("${}", args.len() + 1)
                    })
                    .collect();
                if places.is_empty() { "FALSE".into() } else { format!("{column} IN ({})", places.join(", ")) }
            }
        }
    }
}

/// Who looks. A guest is a viewer without a person.
#[derive(Clone, Debug)]
pub struct Viewer {
    pub person: Option<Uuid>,
    pub login: Option<Uuid>,
    pub name: String,
    pub email: String,
    pub grants: Vec<Grant>,
    policy: Policy,
}

impl Viewer {
    /// Somebody signed in. What every guest may, they may too.
    pub fn person(
        person: Uuid,
        login: Uuid,
        name: String,
        email: String,
        mut grants: Vec<Grant>,
        policy: Policy,
    ) -> Self {
        grants.push(guest_grant());
        Self { person: Some(person), login: Some(login), name, email, grants, policy }
    }

    pub fn guest(policy: Policy) -> Self {
        Self {
            person: None,
            login: None,
            name: String::new(),
            email: String::new(),
            grants: vec![guest_grant()],
            policy,
        }
    }

    pub fn is_guest(&self) -> bool {
        self.person.is_none()
    }

    /// Holds the role, anywhere.
    pub fn has_role(&self, role: &str) -> bool {
        self.grants.iter().any(|g| g.role == role)
    }

    /// The organisations in which the viewer has any role.
    pub fn organisations(&self) -> Vec<Uuid> {
        let mut own: Vec<Uuid> = self.grants.iter().filter_map(|g| g.organisation).collect();
        own.sort_unstable();
        own.dedup();
        own
    }

    /// Where the viewer holds the permission.
    pub fn reach(&self, permission: Permission) -> Reach {
        let mut own = Vec::new();
        for grant in &self.grants {
            match ((self.policy)(&grant.role, permission), grant.organisation) {
                (Some(Width::Network), _) => return Reach::Network,
                (Some(Width::Organisation), Some(id)) if !own.contains(&id) => own.push(id),
                _ => {}
            }
        }
        if own.is_empty() { Reach::Nowhere } else { Reach::Organisations(own) }
    }

    /// Holds the permission somewhere: enough to see the door, not what is behind it.
    pub fn may(&self, permission: Permission) -> bool {
        self.reach(permission) != Reach::Nowhere
    }

    /// # Errors
    /// [`crate::Fault::SignIn`] for a guest, [`crate::Fault::Forbidden`] for anybody else.
    pub fn demand(&self, permission: Permission, organisation: Option<Uuid>) -> Result<(), crate::Fault> {
        if self.reach(permission).covers(organisation) {
            Ok(())
        } else if self.is_guest() {
            Err(crate::Fault::SignIn)
        } else {
            Err(crate::Fault::Forbidden(permission))
        }
    }
}

fn guest_grant() -> Grant {
    Grant { role: "guest".into(), organisation: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    const READ: Permission = Permission("things.read");
    const EDIT: Permission = Permission("things.edit");

    fn policy(role: &str, permission: Permission) -> Option<Width> {
        match (role, permission) {
            ("guest", READ) => Some(Width::Network),
            ("keeper", EDIT) => Some(Width::Organisation),
            _ => None,
        }
    }

    #[test]
    fn a_role_reaches_its_own_organisation_and_nothing_else() {
        let (own, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let grants = vec![Grant { role: "keeper".into(), organisation: Some(own) }];
        let viewer = Viewer::person(Uuid::nil(), Uuid::nil(), String::new(), String::new(), grants, policy);
        assert!(viewer.reach(EDIT).covers(Some(own)));
        assert!(!viewer.reach(EDIT).covers(Some(other)));
        assert!(!viewer.reach(EDIT).covers(None));
        assert_eq!(viewer.reach(READ), Reach::Network);
        assert!(viewer.demand(EDIT, Some(other)).is_err());
    }

    #[test]
    fn an_unknown_permission_is_denied() {
        assert_eq!(Viewer::guest(policy).reach(Permission("things.burn")), Reach::Nowhere);
        assert!(matches!(Viewer::guest(policy).demand(EDIT, None), Err(crate::Fault::SignIn)));
    }

    #[test]
    fn reach_becomes_a_condition_that_numbers_on() {
        let mut args = vec![Val::from("x")];
        let sql = Reach::Organisations(vec![Uuid::from_u128(1), Uuid::from_u128(2)]).sql("o.id", &mut args);
        assert_eq!(sql, "o.id IN ($3, $4)");
        assert_eq!(args.len(), 3);
        assert_eq!(Reach::Nowhere.sql("o.id", &mut args), "FALSE");
    }
}
