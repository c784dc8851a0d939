//! What stands on the form of a consent: every field that 152-ФЗ ст. 9 ч. 4 asks for, for each
//! purpose in its own words. Pure.
use super::{
    model::{Category, Consent, Purpose},
    store::list::{Child, Guarding},
};
use crate::{
    learners::age,
    papers::{self, InCase, Party, Words},
};
use chrono::NaiveDate;
use documents::paper::BLANK;
use kit::{Fault, Lang};
use qrcode::{QrCode, render::svg};
use serde::Serialize;

/// One sheet as the template reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sheet {
    pub number: String,
    /// The picture of a QR code, as SVG.
    pub code: String,
    pub title: String,
    /// To whom: lines at the right.
    pub aside: Vec<String>,
    pub opening: String,
    /// Names and texts of the fields.
    pub facts: Vec<(String, String)>,
    /// What is permitted one by one.
    pub choices: Vec<String>,
    pub closing: String,
    /// Who signs: «подпись» with the name below.
    pub signer: String,
}

/// All that fills a sheet.
pub struct Blank<'a> {
    pub consent: &'a Consent,
    pub child: &'a Child,
    pub guardian: Option<&'a Guarding>,
    pub operator: &'a Party,
    pub recipient: Option<&'a Party>,
    pub words: &'a Words,
}

/// What differs from purpose to purpose.
struct Wording {
    title: &'static str,
    aim: &'static str,
    data: &'static str,
    recipients: &'static str,
    actions: &'static str,
}

const ACTIONS: &str = "сбор, запись, систематизация, накопление, хранение, уточнение (обновление, изменение), извлечение, использование, обезличивание, блокирование, удаление, уничтожение";
const NOBODY: &str = "третьим лицам не\u{a0}передаются";

fn wording(purpose: Purpose) -> Wording {
    match purpose {
        Purpose::Processing => Wording {
            title: "СОГЛАСИЕ\nна\u{a0}обработку персональных данных",
            aim: "участие в\u{a0}работе Центра для\u{a0}одарённых детей, в\u{a0}конкурсах, олимпиадах и\u{a0}конференциях, учёт результатов и\u{a0}подготовка к\u{a0}ним",
            data: "фамилия, имя, отчество, дата рождения, пол, класс, организация, контактный телефон законного представителя, сведения об\u{a0}участии в\u{a0}мероприятиях и\u{a0}их\u{a0}результатах",
            recipients: NOBODY,
            actions: ACTIONS,
        },
        Purpose::Transfer => Wording {
            title: "СОГЛАСИЕ\nна\u{a0}передачу персональных данных другой организации",
            aim: "занятия ребёнка в\u{a0}другой организации сети: по\u{a0}индивидуальному маршруту, в\u{a0}группе, в\u{a0}мероприятии",
            data: "фамилия, имя, отчество, дата рождения, класс, организация, сведения о\u{a0}занятиях и\u{a0}их\u{a0}результатах",
            recipients: "",
            actions: "передача (предоставление), использование принимающей организацией на\u{a0}срок занятий",
        },
        Purpose::Publication => Wording {
            title: "СОГЛАСИЕ\nна\u{a0}обработку персональных данных, разрешённых для\u{a0}распространения",
            aim: "публикация сведений об\u{a0}успехах обучающегося на\u{a0}сайте организации, в\u{a0}отчётах и\u{a0}в\u{a0}открытой части системы",
            data: "только то, что отмечено ниже «разрешаю»; без\u{a0}отметки сведения не\u{a0}публикуются",
            recipients: "неограниченный круг лиц, в\u{a0}пределах отмеченного ниже",
            actions: "распространение (публикация)",
        },
        Purpose::Image => Wording {
            title: "СОГЛАСИЕ\nна\u{a0}использование изображения",
            aim: "рассказ о\u{a0}жизни организации и\u{a0}мероприятиях с\u{a0}участием ребёнка",
            data: "только то, что отмечено ниже «разрешаю»",
            recipients: "неограниченный круг лиц, в\u{a0}пределах отмеченного ниже",
            actions: "фото- и\u{a0}видеосъёмка, хранение, публикация (ст.\u{a0}152.1 ГК\u{a0}РФ)",
        },
        Purpose::Diagnostics => Wording {
            title: "СОГЛАСИЕ\nна\u{a0}психологическую диагностику",
            aim: "выявление склонностей и\u{a0}способностей ребёнка, рекомендации по\u{a0}его\u{a0}развитию",
            data: "фамилия, имя, отчество, возраст, класс, результаты диагностики",
            recipients: "педагог-психолог; заключение без\u{a0}первичных результатов\u{a0}— комиссии Центра",
            actions: "сбор, запись, хранение, использование, уничтожение; первичные результаты видит только педагог-психолог",
        },
        Purpose::StateRegister => Wording {
            title: "СОГЛАСИЕ\nна\u{a0}передачу сведений в\u{a0}государственный информационный ресурс о\u{a0}детях, проявивших выдающиеся способности",
            aim: "внесение сведений о\u{a0}ребёнке в\u{a0}государственный информационный ресурс (постановление Правительства РФ от\u{a0}17.11.2015 №\u{a0}1239)",
            data: "фамилия, имя, отчество, дата рождения, СНИЛС, класс, организация, результаты мероприятий",
            recipients: "оператор государственного информационного ресурса",
            actions: "передача (предоставление)",
        },
    }
}

/// What can be permitted, in the words of the form.
fn permission(category: Category) -> &'static str {
    match category {
        Category::Name => "фамилия и\u{a0}имя",
        Category::Organisation => "организация, в\u{a0}которой учится",
        Category::Class => "класс (группа)",
        Category::Results => "результаты участия в\u{a0}мероприятиях",
        Category::Works => "творческие и\u{a0}исследовательские работы",
        Category::Photo => "фотографии",
        Category::Video => "видеозаписи",
    }
}

/// The sheet of a form. With the program's `address` the code opens the form's page on a telephone.
///
/// # Errors
/// A defect of ours: a code that cannot be drawn.
pub fn fill(b: &Blank<'_>, address: Option<&str>, today: NaiveDate) -> Result<Sheet, Fault> {
    let w = wording(b.consent.purpose);
    let is_adult = age(b.child.birth_date, today) >= 18;
    let class = b.child.class_name.as_deref().map(|c| format!(", {c}")).unwrap_or_default();
    let born = Lang::Ru.date(b.child.birth_date);
    let name = &b.child.full_name;
    let guardian = b.guardian.map(|g| g.name.clone());
    let opening = if is_adult {
        format!(
            "Я, {name}, дата рождения {born}{class}, даю согласие оператору персональных данных на\u{a0}следующих условиях."
        )
    } else {
        format!(
            "Я, {}, законный представитель (родитель, опекун, попечитель\u{a0}— нужное подчеркнуть) {}, дата рождения {born}{class}, даю согласие оператору персональных данных на\u{a0}следующих условиях.",
            guardian.as_deref().unwrap_or("________________________________________________"),
            b.words.person(name, InCase::Genitive),
        )
    };
    let operator = [b.operator.name.clone()].into_iter().chain(b.operator.requisites.iter().cloned());
    let recipients = match (b.consent.purpose, b.recipient) {
        (Purpose::Transfer, Some(to)) => to.name.clone(),
        (Purpose::Transfer, None) => {
            "организации\u{a0}— участники сетевого взаимодействия, в\u{a0}которых занимается ребёнок; управление образования и\u{a0}министерство\u{a0}— в\u{a0}ответ на\u{a0}запрос о\u{a0}результатах мероприятий".to_owned()
        }
        _ => w.recipients.to_owned(),
    };
    let facts = [
        ("Оператор", operator.collect::<Vec<_>>().join(", ")),
        ("Цель", w.aim.to_owned()),
        ("Какие данные", w.data.to_owned()),
        ("Кому передаются", recipients),
        ("Что с\u{a0}ними делают", w.actions.to_owned()),
        ("Срок", "до\u{a0}окончания обучения в\u{a0}организации или до\u{a0}отзыва, если он\u{a0}наступит раньше".to_owned()),
        ("Как отозвать", "письменным заявлением в\u{a0}организацию или на\u{a0}своей странице в\u{a0}системе; отзыв действует сразу, данные уничтожаются в\u{a0}течение 30\u{a0}дней, если закон не\u{a0}обязывает хранить их дольше".to_owned()),
    ];
    let number = format!("№\u{a0}{}", b.consent.number);
    Ok(Sheet {
        code: picture(b.consent.number, address)?,
        number,
        title: w.title.to_owned(),
        aside: aside(b),
        opening,
        facts: facts.map(|(field, text)| (field.to_owned(), text)).to_vec(),
        choices: b.consent.purpose.categories().iter().map(|c| permission(*c).to_owned()).collect(),
        closing: "Согласие дано добровольно, отдельно от\u{a0}других согласий. Отказ не\u{a0}влияет на\u{a0}обучение ребёнка.".to_owned(),
        signer: if is_adult { name.clone() } else { guardian.unwrap_or_else(|| BLANK.to_owned()) },
    })
}

fn aside(b: &Blank<'_>) -> Vec<String> {
    let post = b.words.phrase(&b.operator.post, InCase::Dative);
    let place = b.words.phrase(&b.operator.short_name, InCase::Genitive);
    let mut lines = vec![format!("{} {place}", papers::capital(&post))];
    lines.extend(b.operator.head.as_deref().map(|head| b.words.addressee(head, InCase::Dative)));
    lines
}

/// A telephone that reads the code opens the form's page; without an address it reads the number.
fn picture(number: i64, address: Option<&str>) -> Result<String, Fault> {
    let text = match address {
        Some(base) => format!("{}/consents/number/{number}", base.trim_end_matches('/')),
        None => format!("sozvezdie:consent:{number}"),
    };
    let code = QrCode::new(text).map_err(anyhow::Error::from)?;
    Ok(code.render::<svg::Color<'_>>().min_dimensions(120, 120).quiet_zone(false).build())
}
