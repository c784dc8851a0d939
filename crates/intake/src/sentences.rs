//! What is wrong and how to mend it, in words for the person who has the file open.

/// A language of the sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// Russian.
    Ru,
    /// English.
    En,
}

/// The sentence for a problem: what is wrong with the cell and how to mend it. `field` is the code of the
/// field, `raw` what stands in the cell.
#[must_use]
pub fn problem_sentence(code: &str, field: &str, raw: Option<&str>, lang: Lang) -> String {
    let quoted = raw.map(|raw| raw.chars().take(60).collect::<String>());
    let seen = |text: Option<String>| match (text, lang) {
        (Some(raw), Lang::Ru) => format!("«{raw}»: "),
        (Some(raw), Lang::En) => format!("“{raw}”: "),
        (None, _) => String::new(),
    };
    let advice = match lang {
        Lang::Ru => russian(code, field),
        Lang::En => english(code, field),
    };
    let sentence = format!("{}{advice}", seen(quoted));
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn russian(code: &str, field: &str) -> &'static str {
    match (code, field) {
        ("missing_name", "name") => "нет названия. Впишите его.",
        ("missing_name", _) => "нет фамилии и имени. Впишите их.",
        ("incomplete_name", _) => "имя неполное. Впишите фамилию и имя; отчество — если есть.",
        ("bad_name", _) => "это не похоже на имя. Оставьте только фамилию, имя и отчество русскими буквами.",
        ("missing_date", "birth_date") => "нет даты рождения. Впишите её в виде 25.02.2012.",
        ("missing_date", _) => "нет даты. Впишите её в виде 25.02.2025.",
        ("bad_date", _) => "не удалось прочитать дату. Впишите её целиком в виде 25.02.2012.",
        ("impossible_date", _) => "такого дня нет в календаре. Проверьте число и месяц.",
        ("implausible_date", _) => "с такой датой рождения человек не может учиться. Проверьте год.",
        ("missing_class", _) => "нет класса или группы. Впишите, например, 7 Б.",
        ("unknown_class", _) => "такого класса не бывает. Впишите номер от 1 до 11 и букву, например 7 Б.",
        ("bad_snils", _) => "номер СНИЛС с ошибкой: не сходится контрольное число. Сверьте его с документом.",
        ("bad_phone", _) => "не удалось прочитать телефон. Впишите его с кодом: +7 4722 39-25-75.",
        ("bad_email", _) => "это не адрес электронной почты. Впишите его в виде school@mail.ru.",
        ("bad_inn", _) => "ИНН с ошибкой: не сходится контрольная цифра. Сверьте его с документом.",
        ("bad_kpp", _) => "КПП с ошибкой: в нём девять знаков. Сверьте его с документом.",
        ("bad_ogrn", _) => "ОГРН с ошибкой: не сходится контрольная цифра. Сверьте его с документом.",
        ("bad_level", _) => {
            "неизвестный уровень. Впишите: школьный, муниципальный, региональный, всероссийский или международный."
        }
        ("bad_format", _) => "неизвестная форма участия. Впишите: очная, заочная или дистанционная.",
        ("bad_status", _) => {
            "непонятен результат. Впишите: победитель, призёр, лауреат, дипломант, участник или место."
        }
        ("unknown_type", _) => {
            "непонятен тип организации. Впишите: общеобразовательная, дошкольная или дополнительного образования."
        }
        ("bad_capacity", _) => "непонятна вместимость. Впишите число людей, например 25.",
        ("unknown_resource_kind", _) => {
            "непонятен вид ресурса. Впишите: кадровый, материально-технический или методический."
        }
        _ => "значение не удалось прочитать. Проверьте его.",
    }
}

fn english(code: &str, field: &str) -> &'static str {
    match (code, field) {
        ("missing_name", "name") => "no title. Write it in.",
        ("missing_name", _) => "no name. Write in the last and the first name.",
        ("incomplete_name", _) => {
            "the name is not whole. Write the last and the first name; the patronymic if there is one."
        }
        ("bad_name", _) => "this does not look like a name. Leave only the name, in Russian letters.",
        ("missing_date", "birth_date") => "no date of birth. Write it as 25.02.2012.",
        ("missing_date", _) => "no date. Write it as 25.02.2025.",
        ("bad_date", _) => "no date can be read. Write it in full, as 25.02.2012.",
        ("impossible_date", _) => "no calendar has this day. Check the day and the month.",
        ("implausible_date", _) => "nobody born on this day is a pupil. Check the year.",
        ("missing_class", _) => "no class or group. Write it as 7 Б.",
        ("unknown_class", _) => "there is no such class. Write a number from 1 to 11 and a letter, as 7 Б.",
        ("bad_snils", _) => "the SNILS is wrong: its check number does not fit. Compare it with the document.",
        ("bad_phone", _) => "no telephone number can be read. Write it with its code: +7 4722 39-25-75.",
        ("bad_email", _) => "this is no e-mail address. Write it as school@mail.ru.",
        ("bad_inn", _) => "the INN is wrong: its check digit does not fit. Compare it with the document.",
        ("bad_kpp", _) => "the KPP is wrong: it has nine signs. Compare it with the document.",
        ("bad_ogrn", _) => "the OGRN is wrong: its check digit does not fit. Compare it with the document.",
        ("bad_level", _) => "unknown level. Write: school, municipal, regional, national or international.",
        ("bad_format", _) => "unknown form. Write: in person, by correspondence or distance.",
        ("bad_status", _) => {
            "the result is unclear. Write: winner, prize winner, laureate, diploma holder, participant or the place."
        }
        ("unknown_type", _) => {
            "the type of organisation is unclear. Write: general, preschool or additional education."
        }
        ("bad_capacity", _) => "the capacity is unclear. Write the number of people, as 25.",
        ("unknown_resource_kind", _) => "the kind of resource is unclear. Write: staff, technological or methodical.",
        _ => "the value cannot be read. Check it.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_say_what_and_how() {
        let sentence = problem_sentence("bad_email", "email", Some("school(at)demo"), Lang::Ru);
        assert_eq!(sentence, "«school(at)demo»: это не адрес электронной почты. Впишите его в виде school@mail.ru.");
        assert_eq!(problem_sentence("missing_name", "name", None, Lang::En), "No title. Write it in.");
    }
}
