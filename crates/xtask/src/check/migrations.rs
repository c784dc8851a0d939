//! Migrations are numbered 0001, 0002 … without double. A gap is somebody's who has not landed yet.

use super::Finding;
use super::tree::Tree;

pub fn findings(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut numbered = Vec::new();
    for file in tree.files("migrations/", ".sql") {
        let name = file.path.trim_start_matches("migrations/");
        let number = name.split_once('_').filter(|(number, rest)| number.len() == 4 && rest.len() > 4);
        match number.and_then(|(number, _)| number.parse::<usize>().ok()) {
            Some(number) => numbered.push((number, &file.path)),
            None => found.push(Finding::new(&file.path, 0, "a migration is named 0001_what_it_does.sql")),
        }
    }
    numbered.sort();
    let mut before = 0;
    for (number, path) in numbered {
        if number == before {
            found.push(Finding::new(path, 0, format!("number {number:04} stands twice")));
        }
        before = number;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::findings;
    use crate::check::messages;

    #[test]
    fn in_order() {
        assert!(messages(findings, &[("migrations/0001_a.sql", ""), ("migrations/0002_b.sql", "")]).is_empty());
    }

    #[test]
    fn double_and_name() {
        assert!(messages(findings, &[("migrations/0001_a.sql", ""), ("migrations/0003_b.sql", "")]).is_empty());
        let double = messages(findings, &[("migrations/0001_a.sql", ""), ("migrations/0001_b.sql", "")]);
        assert_eq!(double, ["number 0001 stands twice"]);
        assert_eq!(messages(findings, &[("migrations/first.sql", "")]).len(), 1);
    }
}
