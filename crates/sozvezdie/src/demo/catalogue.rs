//! What the demo's organisations give. Owners are real names, everything they offer here is made up.
use crate::resources::{
    ResourceKind::{
        self, Classroom, Course, Equipment, Hall, Laboratory, Methodical, Pedagogue, Psychologist, Sport, Transport,
        Workshop,
    },
    Sharing::{self, ByPiece, ByPlace, Exclusive},
};

/// A resource in one line; the rest follows from its kind.
pub struct Thing {
    pub owner: &'static str,
    pub kind: ResourceKind,
    pub name: &'static str,
    pub sharing: Sharing,
    pub size: i64,
    /// Years of age.
    pub ages: (i64, i64),
    pub open: Open,
    pub how: How,
    pub conditions: &'static str,
    pub about: &'static str,
}

/// When it is open.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// Weekdays 9:00–17:00, Saturday to 14:00.
    Day,
    /// Weekdays after lessons, 14:00–18:00, and Saturday morning.
    Afternoon,
    /// 8:00–20:00 but Sunday.
    Long,
    /// Weekdays 8:00–17:00.
    Office,
    /// By agreement.
    Any,
}

/// Where it is used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Where it stands.
    Here,
    /// Comes to whoever asks.
    Comes,
    /// On the spot, or taken away for some days.
    Lent,
}

use How::{Comes, Here, Lent};
use Open::{Afternoon, Any, Day, Long, Office};

type Ages = (i64, i64);
const GARDEN: Ages = (5, 7);
const JUNIOR: Ages = (7, 10);
const SENIOR: Ages = (11, 17);
const SCHOOL: Ages = (7, 17);
const ALL: Ages = (5, 17);

const NATURE: &str = "Станция юных натуралистов";
const TECHNICS: &str = "Станция юных техников";
const TECHNOLOGY: &str = "Центр технологического образования";
const CREATION: &str = "Центр детского творчества";
const HEALTH: &str = "Детский оздоровительно-образовательный центр";
const GYMNASIUM: &str = "Майская гимназия";
const DUBOVOE: &str = "Дубовская СОШ";
const RAZUMNOE: &str = "Разуменская СОШ №\u{a0}2";
const SEVERNY: &str = "Северная СОШ №\u{a0}1";
const GARDEN_7: &str = "Детский сад (демо) №\u{a0}07";

#[expect(clippy::too_many_arguments, reason = "one line of a table")]
const fn thing(
    owner: &'static str,
    kind: ResourceKind,
    name: &'static str,
    (sharing, size): (Sharing, i64),
    ages: Ages,
    (open, how): (Open, How),
    conditions: &'static str,
    about: &'static str,
) -> Thing {
    Thing { owner, kind, name, sharing, size, ages, open, how, conditions, about }
}

// One thing, one line: as a table it can be read.
#[rustfmt::skip]
pub const THINGS: &[Thing] = &[
    thing(NATURE, Laboratory, "Цифровая лаборатория по биологии «Биотоп»", (Exclusive, 15), ALL, (Day, Here), "С педагогом или без.", "Восемь рабочих мест с датчиками: температура, кислород, углекислый газ, освещённость, pH. Два цифровых микроскопа с выводом на экран, термостат, набор для отбора проб воды и почвы."),
    thing(NATURE, Laboratory, "Учебная теплица и опытный участок", (ByPlace, 30), ALL, (Day, Here), "Сменная обувь. Зимой только теплица.", "Теплица 120 м², грядки для опытов, метеоплощадка. Подходит для наблюдений и исследовательских проектов."),
    thing(NATURE, Equipment, "Полевой набор гидробиолога", (ByPiece, 6), SENIOR, (Any, Lent), "На вынос до 14 дней.", "Сачки, сетки, определители, экспресс-тесты воды. Один набор на группу из пяти человек."),
    thing(NATURE, Pedagogue, "Мастер-класс «Опыты с водой» для садов", (Exclusive, 15), GARDEN, (Day, Comes), "Выезд в сад, 30 минут.", "Поверхностное натяжение, плавучесть, цвет и лёд: четыре опыта, которые дети делают сами."),
    thing(NATURE, Pedagogue, "Руководство проектом по экологии", (Exclusive, 6), SENIOR, (Afternoon, Here), "Для участников научного общества «Биотоп».", "Помощь с темой, методикой, сбором данных и текстом работы."),
    thing(NATURE, Methodical, "Определитель растений поймы: рабочая тетрадь", (Exclusive, 1), SENIOR, (Any, Here), "", "Тетрадь для полевой практики 6–8 классов с ключами и таблицами наблюдений."),
    thing(TECHNOLOGY, Workshop, "Робототехнический класс", (Exclusive, 12), SCHOOL, (Day, Here), "Наставник центра обязателен.", "Двенадцать наборов, поле для соревнований, три станка лазерной резки и печати."),
    thing(TECHNOLOGY, Workshop, "Мастерская 3D-моделирования", (ByPlace, 10), SENIOR, (Day, Here), "Свои файлы в формате STL.", "Десять рабочих мест, шесть принтеров, сканер."),
    thing(TECHNOLOGY, Laboratory, "Лаборатория электроники", (ByPlace, 12), SENIOR, (Afternoon, Here), "Инструктаж по пайке в начале занятия.", "Паяльные станции, осциллографы, наборы микроконтроллеров."),
    thing(TECHNOLOGY, Equipment, "Комплект микроконтроллеров для урока", (ByPiece, 15), SENIOR, (Any, Lent), "На вынос до 21 дня.", "Плата, датчики, провода и карточки заданий; один комплект на двоих."),
    thing(TECHNOLOGY, Pedagogue, "Выездное занятие «Первый робот»", (Exclusive, 16), (7, 12), (Day, Comes), "Наборы привозим с собой.", "За 90 минут дети собирают и программируют тележку, которая едет по линии."),
    thing(TECHNOLOGY, Pedagogue, "Подготовка к олимпиаде по технологии", (ByPlace, 12), SENIOR, (Afternoon, Here), "Муниципальный и региональный этапы.", "Разбор заданий прошлых лет, защита проекта, практика на станках."),
    thing(TECHNOLOGY, Course, "Курс «Проект за 9 шагов»", (Exclusive, 1), SENIOR, (Any, Here), "Дистанционно.", "Девять коротких уроков: от вопроса до защиты. Задания проверяет наставник школы."),
    thing(TECHNICS, Workshop, "Судомодельная мастерская", (Exclusive, 10), SCHOOL, (Day, Here), "Рабочая одежда.", "Верстаки, лобзиковые станки, бассейн для испытаний."),
    thing(TECHNICS, Workshop, "Авиамодельная мастерская", (ByPlace, 12), SCHOOL, (Afternoon, Here), "", "Резка пенопласта, обтяжка, регулировка. По субботам запуски на поле."),
    thing(TECHNICS, Equipment, "Радиостанции для ориентирования", (ByPiece, 8), SENIOR, (Any, Lent), "На вынос до 7 дней.", "Пара станций, антенна, карта района."),
    thing(TECHNICS, Pedagogue, "Кружок моделирования на выезде", (Exclusive, 14), JUNIOR, (Day, Comes), "Нужен класс со столами.", "Простые летающие и плавающие модели за одно занятие."),
    thing(CREATION, Hall, "Актовый зал на 320 мест", (Exclusive, 320), ALL, (Long, Here), "Свет, звук, экран. Техник зала включён.", "Сцена 12 × 8 м, две гримёрные, рояль."),
    thing(CREATION, Hall, "Хореографический зал", (Exclusive, 25), ALL, (Long, Here), "Сменная обувь.", "Станки, зеркала, профессиональный пол."),
    thing(CREATION, Workshop, "Гончарная мастерская", (ByPlace, 10), ALL, (Day, Here), "Глина наша, обжиг через неделю.", "Шесть кругов, муфельная печь, глазури."),
    thing(CREATION, Workshop, "Студия звукозаписи", (Exclusive, 6), SENIOR, (Afternoon, Here), "Со звукорежиссёром.", "Кабина, микрофоны, сведение. Для школьных радио и подкастов."),
    thing(CREATION, Pedagogue, "Сценическая речь: консультации", (ByPlace, 8), SENIOR, (Afternoon, Here), "", "Для чтецов и ведущих районных мероприятий."),
    thing(CREATION, Equipment, "Костюмы для школьного театра", (ByPiece, 40), ALL, (Any, Lent), "На вынос до 10 дней, вернуть после чистки.", "Русские народные, сказочные, военных лет."),
    thing(HEALTH, Sport, "Бассейн, 4 дорожки", (ByPlace, 32), ALL, (Long, Here), "С тренером. Нужна справка.", "25 метров, температура воды 28 °C, отдельное время для дошкольников."),
    thing(HEALTH, Sport, "Скалодром", (ByPlace, 12), SCHOOL, (Day, Here), "Инструктор и страховка наши.", "Стена 9 метров, шесть трасс, болдеринг для младших."),
    thing(HEALTH, Sport, "Лыжная база: 40 пар", (ByPiece, 40), SCHOOL, (Day, Here), "С декабря по март.", "Лыжи, ботинки 34–45, освещённая трасса 2 км."),
    thing(HEALTH, Equipment, "Туристское снаряжение на группу", (ByPiece, 3), SENIOR, (Any, Lent), "На вынос до 14 дней.", "Палатки, спальники, костровой набор на 15 человек."),
    thing(HEALTH, Pedagogue, "Инструктор по туризму на выезд", (Exclusive, 25), SCHOOL, (Office, Comes), "Маршрутный лист готовит школа.", "Вязка узлов, установка лагеря, ориентирование."),
    thing(HEALTH, Transport, "Автобус на 33 места", (Exclusive, 33), ALL, (Long, Comes), "С водителем. Список и сопровождающие обязательны.", "Ремни на каждом месте, тахограф."),
    thing(GYMNASIUM, Laboratory, "Лаборатория физики с цифровыми датчиками", (Exclusive, 24), SENIOR, (Afternoon, Here), "С лаборантом.", "Механика, оптика, электричество: комплекты на 12 пар."),
    thing(GYMNASIUM, Classroom, "Лингафонный кабинет", (ByPlace, 16), SENIOR, (Afternoon, Here), "", "Шестнадцать мест с гарнитурами, запись речи."),
    thing(GYMNASIUM, Hall, "Конференц-зал на 80 мест", (Exclusive, 80), ALL, (Long, Here), "Экран, видеосвязь.", "Для секций конференции и педагогических чтений."),
    thing(GYMNASIUM, Equipment, "Планетарий переносной", (Exclusive, 25), ALL, (Office, Comes), "С доставкой. Нужен зал высотой 4 м.", "Купол 5 метров, восемь программ для разных возрастов."),
    thing(GYMNASIUM, Pedagogue, "Консультации по олимпиадной физике", (ByPlace, 8), SENIOR, (Afternoon, Here), "Очно или дистанционно.", "Муниципальный и региональный этапы, экспериментальный тур."),
    thing(GYMNASIUM, Pedagogue, "Олимпиадная математика, 5–7 классы", (ByPlace, 14), (10, 13), (Afternoon, Here), "По субботам занятие длиннее.", "Графы, инварианты, чётность, принцип Дирихле."),
    thing(GYMNASIUM, Pedagogue, "Консультации по русскому языку", (ByPlace, 10), SENIOR, (Afternoon, Here), "", "Разбор олимпиадных заданий и работа с текстом."),
    thing(GYMNASIUM, Psychologist, "Психолог: диагностика одарённости", (Exclusive, 12), SCHOOL, (Office, Comes), "Только с согласием родителей.", "Групповая диагностика и рекомендации классному руководителю."),
    thing(GYMNASIUM, Methodical, "Сборник задач школьного этапа с разборами", (Exclusive, 1), SENIOR, (Any, Here), "", "Физика и математика, 7–11 классы, пять лет."),
    thing(GYMNASIUM, Methodical, "Индивидуальный образовательный маршрут: образцы", (Exclusive, 1), SCHOOL, (Any, Here), "", "Шаблон, три заполненных маршрута и памятка наставнику."),
    thing(DUBOVOE, Transport, "Школьный автобус, 22 места", (Exclusive, 22), ALL, (Office, Comes), "С водителем. Список и сопровождающие обязательны.", "Свободен между утренним и дневным рейсом."),
    thing(DUBOVOE, Sport, "Стадион с искусственным покрытием", (Exclusive, 120), SCHOOL, (Long, Here), "", "Поле 60 × 40 м, беговая дорожка, яма для прыжков."),
    thing(DUBOVOE, Pedagogue, "Тренер по шахматам", (Exclusive, 20), (6, 15), (Afternoon, Comes), "Доски привезём.", "Для начинающих и разрядников; сеанс одновременной игры."),
    thing(DUBOVOE, Equipment, "Шахматные часы и доски", (ByPiece, 20), ALL, (Any, Lent), "На вынос до 5 дней.", "Двадцать досок с часами для турнира."),
    thing(RAZUMNOE, Equipment, "Набор «Юный химик» для опытов", (ByPiece, 5), (12, 15), (Any, Lent), "На вынос, 7 дней.", "Безопасные реактивы, посуда, карточки двадцати опытов. Один набор на класс."),
    thing(RAZUMNOE, Laboratory, "Кабинет химии с вытяжкой", (Exclusive, 26), SENIOR, (Afternoon, Here), "С лаборантом. Халаты свои.", "Тринадцать столов, вытяжной шкаф, аналитические весы."),
    thing(RAZUMNOE, Pedagogue, "Химия: подготовка к эксперименту", (ByPlace, 10), SENIOR, (Afternoon, Here), "", "Экспериментальный тур регионального этапа."),
    thing(RAZUMNOE, Methodical, "Видеоуроки «Химия дома»", (Exclusive, 1), SENIOR, (Any, Here), "", "Двенадцать опытов с безопасными веществами."),
    thing(SEVERNY, Equipment, "Мобильный класс, 15 ноутбуков", (ByPiece, 15), ALL, (Office, Lent), "С доставкой, на вынос до 3 дней.", "Тележка с зарядкой, точка доступа, мышь к каждому ноутбуку."),
    thing(SEVERNY, Classroom, "Компьютерный класс для олимпиад", (ByPlace, 24), SENIOR, (Afternoon, Here), "Администратор на месте.", "Двадцать четыре рабочих места, среды программирования, сервер проверки."),
    thing("Северная СОШ №\u{a0}2", Sport, "Спортивный зал с разметкой", (Exclusive, 40), SCHOOL, (Afternoon, Here), "Сменная обувь.", "Баскетбол, волейбол, мини-футбол."),
    thing("Разуменская СОШ №\u{a0}1", Hall, "Читальный зал с проектором", (Exclusive, 45), ALL, (Day, Here), "", "Для встреч с писателями и защиты проектов."),
    thing("Разуменская СОШ №\u{a0}3", Workshop, "Кулинарная студия", (ByPlace, 12), SCHOOL, (Afternoon, Here), "Продукты свои.", "Шесть рабочих зон, печи, посуда."),
    thing("Беловская СОШ", Pedagogue, "Краеведческая экскурсия", (Exclusive, 25), SCHOOL, (Office, Here), "Пешком, 90 минут.", "По местам боёв и старым усадьбам."),
    thing("Стрелецкая СОШ", Classroom, "Кабинет географии и краеведения", (ByPlace, 20), SCHOOL, (Afternoon, Here), "", "Рельефные карты, коллекция минералов, метеостанция."),
    thing("Пушкарская СОШ", Pedagogue, "Английский с играми для начальной школы", (Exclusive, 15), JUNIOR, (Day, Comes), "", "Сорок минут: песни, карточки, театр."),
    thing("Бессоновская СОШ", Hall, "Школьный музей", (ByPlace, 25), ALL, (Day, Here), "С экскурсоводом из старшеклассников.", "История села и колхоза, мастерская реставрации."),
    thing("Тавровская СОШ", Classroom, "Медиастудия", (Exclusive, 12), SENIOR, (Afternoon, Here), "", "Камеры, хромакей, монтаж школьных новостей."),
    thing("Комсомольская СОШ", Pedagogue, "Хор: сводная репетиция", (ByPlace, 60), SCHOOL, (Afternoon, Here), "", "Подготовка сводного хора района."),
    thing(GARDEN_7, Hall, "Музыкальный зал сада", (Exclusive, 30), GARDEN, (Office, Here), "", "Для занятий подготовительных групп с будущими учителями."),
    thing(GARDEN_7, Psychologist, "Готовность к школе: встреча с родителями", (Exclusive, 40), GARDEN, (Office, Comes), "Вечером по договорённости.", "Что проверить дома и о чём спросить учителя."),
    thing("Детский сад (демо) №\u{a0}12", Classroom, "Сенсорная комната", (Exclusive, 6), GARDEN, (Office, Here), "С психологом.", "Мягкая среда, световой стол, сухой бассейн."),
    thing("Детский сад (демо) №\u{a0}20", Methodical, "Игры на внимание: картотека", (Exclusive, 1), GARDEN, (Any, Here), "", "Сорок игр для подготовительной группы и первого класса."),
];

/// What people come for, by kind of resource.
pub fn purposes(kind: ResourceKind) -> &'static [&'static str] {
    match kind {
        Laboratory => {
            &["Лабораторная работа, 9 класс", "Исследовательский проект", "Практикум 8 класса", "Сборы к олимпиаде"]
        }
        Workshop => &["Занятие кружка", "Проект по технологии", "Профильная смена", "Мастер-класс для 5 класса"],
        Hall => &["Районный конкурс чтецов", "Защита проектов", "Репетиция", "Встреча выпускников с гостями"],
        Sport => &["Урок физкультуры, 6 класс", "Тренировка сборной школы", "Зачёт по плаванию", "День здоровья"],
        Classroom => &["Пробный тур олимпиады", "Занятие элективного курса", "Открытый урок"],
        Equipment => &["Урок с опытами", "Турнир", "Поход выходного дня", "Неделя науки"],
        Transport => &["Поездка на олимпиаду", "Экскурсия 7 класса", "Выезд на соревнования"],
        Psychologist => &["Диагностика 4 класса", "Встреча с родителями будущих первоклассников"],
        Pedagogue | Course | Methodical | ResourceKind::Other => &[
            "Подготовка к муниципальному этапу",
            "Занятие с группой 8 класса",
            "Консультация перед конференцией",
            "Занятие подготовительной группы",
        ],
    }
}
