//! «Собрать выезд»: what the four papers of a trip say at first. Pure; blanks stand for what the program
//! cannot know, and a person fills them in.
use super::{
    loan::full_stop,
    parts::{Party, capital},
    record::PaperKind,
    words::{InCase, Words},
};
use crate::resources::Span;
use documents::paper::BLANK;
use kit::{Lang, clock::LOCAL};

/// One place where the travellers are expected.
#[derive(Clone, Debug)]
pub struct Stop {
    pub host: Party,
    pub resource: String,
    pub safety: Option<String>,
    pub purpose: String,
    pub span: Span,
    pub headcount: i64,
}

/// Who travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Travellers {
    /// Learners of a school, «обучающиеся»; of a preschool, «воспитанники».
    Learners { preschool: bool },
    /// A person who visits others, by the full name, where it is known.
    Person(Option<String>),
}

/// All that the papers are made of.
#[derive(Clone, Debug)]
pub struct Trip {
    pub party: Party,
    pub travellers: Travellers,
    /// In the order of time; at least one.
    pub stops: Vec<Stop>,
    /// The vehicle and its owner, when one is booked for the same event.
    pub transport: Option<(String, Party)>,
}

/// The texts of one paper.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub aside: String,
    pub heading: String,
    pub body: String,
    pub grid: String,
    pub ending: String,
}

/// Most rows that a list begins with.
const ROWS: i64 = 300;
const ANNEX: &str = "к\u{a0}приказу от\u{a0}«____»\u{a0}____________\u{a0}20____\u{a0}г. №\u{a0}______";

/// In the middle of a sentence: «Инструктаж …» → «инструктаж …»; an abbreviation stays.
fn lowered(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(std::iter::once(second)).chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

fn time(at: chrono::DateTime<chrono::Utc>) -> String {
    at.with_timezone(&LOCAL).format("%H:%M").to_string()
}

impl Trip {
    pub fn day(&self) -> String {
        let first = self.stops.first().map(|stop| kit::clock::local_date(stop.span.start));
        // Always with its year: an order is read years later.
        first.map(|day| Lang::Ru.day(day, 0)).unwrap_or_default()
    }

    fn headcount(&self) -> i64 {
        match self.travellers {
            Travellers::Learners { .. } => self.stops.iter().map(|stop| stop.headcount).max().unwrap_or(0),
            Travellers::Person(_) => 1,
        }
    }

    /// «12 обучающихся», «21 обучающегося»; «А. С. Петрову»: whom one sends.
    fn whom(&self, words: &Words) -> String {
        let n = self.headcount();
        match &self.travellers {
            Travellers::Learners { preschool } => {
                let is_one = n % 10 == 1 && n % 100 != 11;
                let word = match (preschool, is_one) {
                    (false, true) => "обучающегося",
                    (false, false) => "обучающихся",
                    (true, true) => "воспитанника",
                    (true, false) => "воспитанников",
                };
                format!("{n}\u{a0}{word}")
            }
            Travellers::Person(Some(name)) => words.person(name, InCase::Accusative),
            Travellers::Person(None) => BLANK.to_owned(),
        }
    }

    /// Of the travellers together: «обучающихся», «воспитанников», «работника».
    fn of_whom(&self) -> &'static str {
        match self.travellers {
            Travellers::Learners { preschool: false } => "обучающихся",
            Travellers::Learners { preschool: true } => "воспитанников",
            Travellers::Person(_) => "работника",
        }
    }

    fn has_learners(&self) -> bool {
        matches!(self.travellers, Travellers::Learners { .. })
    }

    /// The texts of a paper as the program fills them.
    pub fn draft(&self, kind: PaperKind, words: &Words) -> Draft {
        match kind {
            PaperKind::Order => self.order(words),
            PaperKind::List => self.list(words),
            PaperKind::Instruction => self.instruction(),
            PaperKind::Transport => self.request(words),
        }
    }

    fn stop_words(stop: &Stop, words: &Words) -> String {
        let base = words.phrase(&stop.host.short_name, InCase::Genitive);
        let address = stop.host.address.as_ref().map(|a| format!(" ({a})")).unwrap_or_default();
        format!(
            "на\u{a0}базе {base}{address} с\u{a0}{} до\u{a0}{}, тема: «{}», ресурс: {}",
            time(stop.span.start),
            time(stop.span.end),
            full_stop(&stop.purpose),
            full_stop(&stop.resource)
        )
    }

    fn order(&self, words: &Words) -> Draft {
        let stops: Vec<String> = self.stops.iter().map(|stop| Self::stop_words(stop, words)).collect();
        let mut points = vec![format!(
            "Направить {} {} для\u{a0}участия в\u{a0}занятиях: {}.",
            self.day(),
            self.whom(words),
            stops.join("; ")
        )];
        if self.has_learners() {
            let whom = self.of_whom();
            points.push(format!("Утвердить список {whom} (приложение №\u{a0}1)."));
            points.push(format!("Назначить сопровождающими и\u{a0}возложить на\u{a0}них ответственность за\u{a0}жизнь и\u{a0}здоровье {whom} в\u{a0}пути и\u{a0}на\u{a0}занятиях: {BLANK}, {BLANK}."));
            points.push("Сопровождающим до\u{a0}выезда провести инструктаж под\u{a0}подпись (приложение №\u{a0}2), получить согласие родителей (законных представителей) на\u{a0}выезд, сообщить администрации о\u{a0}прибытии и\u{a0}возвращении.".to_owned());
        } else {
            points.push(
                "Провести с\u{a0}направляемым работником инструктаж под\u{a0}подпись (приложение №\u{a0}2).".to_owned(),
            );
        }
        points.push("Время и\u{a0}место отправления: ____________, время возвращения: ____________.".to_owned());
        points.push("Контроль за\u{a0}исполнением приказа оставляю за\u{a0}собой.".to_owned());
        let points: Vec<String> = points.iter().zip(1..).map(|(point, n)| format!("{n}.\u{a0}{point}")).collect();
        Draft {
            heading: if self.has_learners() {
                format!("О\u{a0}направлении {}", self.of_whom())
            } else {
                "О\u{a0}направлении работника".to_owned()
            },
            body: format!(
                "В\u{a0}целях использования ресурсов сети образовательных организаций и\u{a0}на\u{a0}основании согласованной заявки\nПРИКАЗЫВАЮ:\n{}",
                points.join("\n")
            ),
            ending: format!("С\u{a0}приказом ознакомлены: {BLANK}{BLANK}"),
            ..Draft::default()
        }
    }

    fn rows(&self, title: &str, cells: usize) -> String {
        let numbers = (1..=self.headcount().clamp(1, ROWS)).map(|n| {
            let name = match &self.travellers {
                Travellers::Person(Some(name)) => name.as_str(),
                _ => "",
            };
            let name = if name.is_empty() { String::new() } else { format!(" {name}") };
            format!("{n} |{name}{}", " |".repeat(cells))
        });
        std::iter::once(title.to_owned()).chain(numbers).collect::<Vec<_>>().join("\n")
    }

    fn list(&self, words: &Words) -> Draft {
        let organisation = words.phrase(&self.party.short_name, InCase::Genitive);
        let (title, cells) = match self.travellers {
            Travellers::Learners { preschool: false } => ("№ | Фамилия, имя, отчество | Класс | Телефон родителя", 2),
            Travellers::Learners { preschool: true } => ("№ | Фамилия, имя, отчество | Группа | Телефон родителя", 2),
            Travellers::Person(_) => ("№ | Фамилия, имя, отчество | Должность", 1),
        };
        Draft {
            aside: format!("Приложение №\u{a0}1\n{ANNEX}"),
            heading: format!(
                "{} {organisation}, направляемых на\u{a0}занятия {}",
                self.of_whom().replace("работника", "работников"),
                self.day()
            ),
            grid: self.rows(title, cells),
            ending: if self.has_learners() {
                format!("Сопровождающие: {BLANK}, {BLANK}.")
            } else {
                String::new()
            },
            ..Draft::default()
        }
    }

    fn instruction(&self) -> Draft {
        let mut topics = vec![
            "правила дорожного движения и\u{a0}поведения в\u{a0}транспорте".to_owned(),
            "правила поведения в\u{a0}другой организации и\u{a0}порядок действий, если отстал от\u{a0}группы"
                .to_owned(),
            "пожарная безопасность и\u{a0}действия при\u{a0}эвакуации".to_owned(),
        ];
        topics.extend(self.stops.iter().filter_map(|stop| stop.safety.as_ref()).map(|text| lowered(full_stop(text))));
        topics.dedup();
        let topics: Vec<String> = topics.iter().zip(1..).map(|(topic, n)| format!("{n}) {topic}")).collect();
        Draft {
            aside: format!("Приложение №\u{a0}2\n{ANNEX}"),
            heading: format!("перед выездом {}", self.day()),
            body: format!(
                "Содержание инструктажа: {}.\nИнструктаж провёл(-а): {BLANK}, должность: {BLANK}, дата: ____________.",
                topics.join("; ")
            ),
            grid: self.rows("№ | Фамилия, имя, отчество | Дата | Подпись", 2),
            ..Draft::default()
        }
    }

    fn request(&self, words: &Words) -> Draft {
        let home = self.party.address.clone().unwrap_or_else(|| self.party.short_name.clone());
        let place = |party: &Party| party.address.clone().unwrap_or_else(|| party.short_name.clone());
        let mut rows = vec!["№ | Откуда | Куда | Время".to_owned()];
        let mut from = home.clone();
        let mut last = String::new();
        for (stop, n) in self.stops.iter().zip(1..) {
            let to = place(&stop.host);
            rows.push(format!("{n} | {from} | {to} | прибыть до\u{a0}{}", time(stop.span.start)));
            from = to;
            last = time(stop.span.end);
        }
        rows.push(format!("{} | {from} | {home} | выехать после\u{a0}{last}", self.stops.len() + 1));
        let (to, what) = match &self.transport {
            Some((name, owner)) => {
                let head = owner
                    .head
                    .as_deref()
                    .map_or_else(|| BLANK.to_owned(), |head| words.addressee(head, InCase::Dative));
                let post = capital(&words.phrase(&owner.post, InCase::Dative));
                (format!("{post}\n{}\n{head}", words.phrase(&owner.short_name, InCase::Genitive)), format!("«{name}»"))
            }
            None => (format!("Руководителю\n{BLANK}"), "автобус".to_owned()),
        };
        let who = if self.has_learners() {
            format!("{} и\u{a0}сопровождающих", self.whom(words))
        } else {
            "работника".to_owned()
        };
        Draft {
            aside: to,
            heading: "О\u{a0}предоставлении транспорта".to_owned(),
            body: format!(
                "Просим предоставить транспорт ({what}) {} для\u{a0}перевозки {who} по\u{a0}маршруту:",
                self.day()
            ),
            grid: rows.join("\n"),
            ending: format!(
                "Время подачи: ____________. Старший группы: {BLANK}, телефон: {BLANK}.\nСопровождающие: {BLANK}, {BLANK}."
            ),
        }
    }
}
