//! What a plan may begin with, by kind of giftedness: lines that a coordinator then mends.
use super::model::{Form, NewItem};
use crate::gifted::GiftKind;
use Form::{Consultation, Contest, Distance, Lessons, Research, Support, Workshop};
use chrono::NaiveDate;

/// The work, its form, the month by which it is done, what is expected.
type Row = (&'static str, Form, u32, &'static str);

const INTELLECTUAL: &[Row] = &[
    ("Беседа с наставником: интересы и цели на год", Consultation, 10, "Цели записаны в плане"),
    ("Занятия повышенного уровня в группе Центра", Lessons, 4, "Освоены темы сверх школьной программы"),
    ("Исследовательская работа по выбранной теме", Research, 3, "Работа готова к защите"),
    ("Выступление на конференции обучающихся", Contest, 4, "Доклад представлен"),
    ("Встречи с педагогом-психологом", Support, 5, "Нагрузка посильна, интерес сохранён"),
];
const ACADEMIC: &[Row] = &[
    ("Подготовка к школьному этапу олимпиады", Lessons, 10, "Участие в школьном этапе"),
    ("Разбор заданий прошлых лет с наставником", Consultation, 12, "Разобраны задания трёх лет"),
    ("Муниципальный этап олимпиады", Contest, 12, "Участие в муниципальном этапе"),
    ("Дистанционный курс по предмету", Distance, 3, "Курс пройден"),
    ("Практикум в лаборатории организации-партнёра", Workshop, 4, "Выполнены опыты по плану"),
];
const CREATIVE: &[Row] = &[
    ("Занятия в творческой мастерской", Workshop, 5, "Создана своя работа"),
    ("Консультации наставника", Consultation, 4, "Замысел доведён до конца"),
    ("Муниципальный творческий конкурс", Contest, 3, "Работа представлена на конкурс"),
    ("Выставка или концерт в своей школе", Workshop, 5, "Работу увидели другие"),
];
const SPORT: &[Row] = &[
    ("Тренировки по согласованному расписанию", Lessons, 5, "Посещены по плану"),
    ("Муниципальные соревнования", Contest, 4, "Участие в соревнованиях"),
    ("Беседы о режиме и восстановлении", Support, 3, "Нагрузка согласована с учёбой"),
];
const LEADERSHIP: &[Row] = &[
    ("Школа лидера", Lessons, 12, "Пройдены занятия"),
    ("Свой социальный проект", Research, 4, "Проект проведён"),
    ("Конкурс социальных проектов", Contest, 4, "Проект представлен"),
];
const TECHNICAL: &[Row] = &[
    ("Занятия в робототехническом классе", Workshop, 4, "Собрано своё устройство"),
    ("Инженерный проект с наставником", Research, 3, "Проект готов к защите"),
    ("Соревнования по техническому творчеству", Contest, 4, "Участие в соревнованиях"),
    ("Дистанционный курс «Проект за 9 шагов»", Distance, 1, "Курс пройден"),
];
const PRACTICAL: &[Row] = &[
    ("Практика в мастерской организации-партнёра", Workshop, 4, "Сделано своё изделие"),
    ("Консультации мастера", Consultation, 3, "Освоены приёмы работы"),
    ("Конкурс профессионального мастерства школьников", Contest, 4, "Участие в конкурсе"),
];

/// The lines of a kind in an academic year.
pub fn items(kind: GiftKind, year: i64) -> Vec<NewItem> {
    let rows = match kind {
        GiftKind::Intellectual => INTELLECTUAL,
        GiftKind::Academic => ACADEMIC,
        GiftKind::Creative => CREATIVE,
        GiftKind::Sport => SPORT,
        GiftKind::Leadership => LEADERSHIP,
        GiftKind::Technical => TECHNICAL,
        GiftKind::Practical => PRACTICAL,
    };
    let day = |month: u32| {
        let year = i32::try_from(year).unwrap_or_default() + i32::from(month < 9);
        NaiveDate::from_ymd_opt(year, month, 25).unwrap_or_default()
    };
    let item = |(work, form, month, expected): &Row| NewItem {
        work: (*work).into(),
        form: *form,
        due_on: day(*month),
        responsible: None,
        expected: Some((*expected).into()),
    };
    rows.iter().map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plans::model::academic_year;

    #[test]
    fn every_kind_has_lines_and_all_lie_in_the_year() {
        for kind in GiftKind::ALL {
            let all = items(*kind, 2026);
            assert!(all.len() >= 3, "{kind:?}");
            assert!(all.iter().all(|item| academic_year(item.due_on) == 2026), "{kind:?}");
        }
    }
}
