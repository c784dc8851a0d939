//! What the person of a staff resource can do: subjects and forms of work.
use serde::Serialize;

kit::codes! {
    /// In which form a pedagogue or psychologist works for others.
    pub enum WorkForm {
        Consultation = "consultation",
        VisitingLesson = "visiting_lesson",
        MasterClass = "master_class",
        ContestPreparation = "contest_preparation",
        ProjectSupervision = "project_supervision",
        Seminar = "seminar",
        Diagnostics = "diagnostics",
        PsychologicalSupport = "psychological_support",
    }
}

/// What one can do, read back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Competences {
    /// In lower case, by the alphabet.
    pub subjects: Vec<String>,
    pub forms: Vec<WorkForm>,
}

/// Most subjects of one resource.
const MOST: usize = 12;

/// «Физика, астрономия» → the subjects in lower case, each once.
pub fn subjects(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for part in text.split([',', ';']) {
        let subject = part.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        if !subject.is_empty() && !all.contains(&subject) && all.len() < MOST {
            all.push(subject);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::subjects;

    #[test]
    fn subjects_stand_once_in_lower_case() {
        assert_eq!(subjects(" Физика,  Русский   язык; физика,, "), ["физика", "русский язык"]);
        assert!(subjects(" , ").is_empty());
    }
}
