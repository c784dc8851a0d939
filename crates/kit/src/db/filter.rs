//! Conditions of a list page that are put together at run time.

use super::Val;

/// A WHERE condition that grows, with its arguments numbered.
///
/// ```
/// use kit::db::Where;
/// let mut w = Where::new();
/// w.and("kind = ?", "lab").and_opt("name_key LIKE ?", None::<String>);
/// let limit = w.arg(50_i64);
/// let sql = format!("SELECT id FROM place WHERE {} ORDER BY id LIMIT {limit}", w.sql());
/// assert_eq!(sql, "SELECT id FROM place WHERE network_id = $1 AND kind = $2 ORDER BY id LIMIT $3");
/// assert_eq!(w.args.len(), 2);
/// ```
#[derive(Clone, Debug)]
pub struct Where {
    sql: String,
    /// How many arguments the seam itself puts before these.
    before: usize,
    /// The arguments, to be given along with the statement.
    pub args: Vec<Val>,
}

impl Default for Where {
    fn default() -> Self {
        Where::new()
    }
}

impl Where {
    /// For a statement of a [`Net`](super::Net): starts with `network_id = $1`.
    #[must_use]
    pub fn new() -> Where {
        Where { sql: "network_id = $1".to_owned(), before: 1, args: Vec::new() }
    }

    /// The same for a statement with several tables: starts with `alias.network_id = $1`.
    #[must_use]
    pub fn of(alias: &str) -> Where {
        Where { sql: format!("{alias}.network_id = $1"), before: 1, args: Vec::new() }
    }

    /// For a statement of a [`Directory`](super::Directory): starts with `TRUE`.
    #[must_use]
    pub fn directory() -> Where {
        Where { sql: "TRUE".to_owned(), before: 0, args: Vec::new() }
    }

    /// Adds a condition on one value; each `?` in it becomes the value's number.
    pub fn and(&mut self, condition: &str, value: impl Into<Val>) -> &mut Self {
        let number = self.arg(value);
        self.and_raw(&condition.replace('?', &number))
    }

    /// Adds the condition if there is a value.
    pub fn and_opt(&mut self, condition: &str, value: Option<impl Into<Val>>) -> &mut Self {
        match value {
            Some(value) => self.and(condition, value),
            None => self,
        }
    }

    /// Adds `column IN (…)`; with no values nothing fits.
    pub fn and_in<V: Into<Val>>(&mut self, column: &str, values: impl IntoIterator<Item = V>) -> &mut Self {
        let numbers: Vec<String> = values.into_iter().map(|value| self.arg(value)).collect();
        if numbers.is_empty() {
            return self.and_raw("FALSE");
        }
        self.and_raw(&format!("{column} IN ({})", numbers.join(", ")))
    }

    /// Adds a condition as it is; numbers in it come from [`arg`](Self::arg).
    pub fn and_raw(&mut self, condition: &str) -> &mut Self {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
        self
    }

    /// Adds an argument and gives its number (`$3`), for LIMIT and conditions of several values.
    pub fn arg(&mut self, value: impl Into<Val>) -> String {
        self.args.push(value.into());
        format!("${}", self.before + self.args.len())
    }

    /// The condition, without the word WHERE. It never is empty.
    #[must_use]
    pub fn sql(&self) -> &str {
        &self.sql
    }
}
