resources-title = Ресурсы и обмен
resources-tab = Ресурсы
resources-bulk = Состояние ресурсов
resources-none-here = Эта организация пока ничего не предложила сети.
resources-of-person = Что предлагает
resources-none-of-person = Этот человек пока ничего не ведёт для других организаций.
resources-about = Кабинеты, мастерские, техника, педагоги и методики, которыми делятся организации района.
resources-list = Список ресурсов
resources-views = Виды списка
resources-all = Все
resources-find = Название или что нужно сделать
resources-find-hint = например, опыты по химии
resources-free-on = Когда нужен
resources-age = Возраст
resources-headcount = Сколько человек
resources-none = Пока никто ничем не делится. Начните с того, что есть у вас.
resource-add = Добавить ресурс
resource-new = Новый ресурс
resource-new-about = Сначала это черновик: его видите только вы. Опубликуйте, когда всё готово.
resource-sections = Разделы карточки
resource-and-owner = Ресурс и кто даёт
resource-name = Название
resource-name-hint = Как его ищут: «Цифровая лаборатория по биологии».
resource-owner = Кто даёт
resource-class = Класс ресурса
resource-class-staff = Кадровые
resource-class-technological = Технологические
resource-class-methodical = Методические
resource-kind = Тип
resource-kind-laboratory = лаборатория
resource-kind-workshop = мастерская
resource-kind-classroom = кабинет
resource-kind-hall = зал
resource-kind-sport = спорт
resource-kind-equipment = техника
resource-kind-transport = транспорт
resource-kind-pedagogue = педагог
resource-kind-psychologist = педагог-психолог
resource-kind-course = курс
resource-kind-methodical = методика
resource-kind-other = другое
resource-what = Что есть
resource-what-hint = Что стоит в кабинете, что умеет педагог, для каких работ подходит.
resource-capacity = Вместимость
resource-capacity-hint = Человек, мест или штук. Для методик не нужна.
resource-sharing = Как делится
resource-sharing-hint = Один класс занимает целиком, или по местам, или по штукам.
resource-sharing-exclusive = целиком: одна заявка за раз
resource-sharing-by_place = по местам
resource-sharing-by_piece = по штукам
resource-size-exclusive = до { $n } чел.
resource-size-by_place =
    { $n ->
        [one] { $n } место
        [few] { $n } места
       *[other] { $n } мест
    }
resource-size-by_piece =
    { $n ->
        [one] { $n } штука
        [few] { $n } штуки
       *[other] { $n } штук
    }
resource-state-draft = черновик
resource-state-published = в обмене
resource-state-paused = приостановлен
resource-state-closed = закрыт
resource-is-free = есть окна
resource-is-full = мало окон
resource-to-download = можно взять
resource-ask-apply = Подать заявку
resource-ask-invite = Пригласить
resource-ask-borrow = Взять на время
resource-soonest = Ближайшее окно
resource-no-soon = не раньше чем через 2 недели
resource-always = в любое время
resource-conditions = Условия
resource-conditions-hint = Например: сменная обувь, инструктаж, со своим педагогом.
resource-ages = { $from }–{ $to } лет
resource-age-from = от { $from } лет
resource-age-to = до { $to } лет
resource-age-least = Возраст от, лет
resource-age-most = Возраст до, лет
resource-for-whom = Для кого
resource-decides = Решает
resource-answers-in =
    { $n ->
        [one] отвечает за { $n } день
        [few] отвечает за { $n } дня
       *[other] отвечает за { $n } дней
    }
resource-answer-days = Отвечаем за, дней
resource-lead = Срок заявки, дней
resource-lead-hint = За сколько дней просить. Для своих занятий срока нет.
resource-lead-days =
    { $n ->
        [one] не позже чем за { $n } день
        [few] не позже чем за { $n } дня
       *[other] не позже чем за { $n } дней
    }
resource-cancel = Отмена
resource-place = Где
resource-travels = Приезжает к тому, кто просит
resource-loanable = Можно взять с собой и вернуть
resource-hours = Часы
resource-hours-hint = Например: 9:00–12:00, 13:00–17:00. Пустая строка — закрыто.
resource-hours-per-week = Часов в неделю
resource-hours-per-week-hint = Сколько часов этот человек готов отдавать другим организациям. В каталоге видно, сколько из них осталось.
resource-hours-offered = { $hours } ч
resource-hours-left = на этой неделе осталось { $hours } ч
resource-staff = Если это человек
resource-person = Кто ведёт
resource-person-hint = Из тех, кто у вас работает. Списка нет? Запишите человека в разделе «Люди» карточки организации.
resource-nobody = Не человек или пока неизвестно
resource-person-elsewhere = Этот человек у вас не работает. Сначала запишите его на должность.
resource-subject-hint = Через запятую: физика, астрономия. По предмету ресурс находят в каталоге.
resource-form = Что делает
work-form-consultation = консультации
work-form-visiting_lesson = выездные занятия
work-form-master_class = мастер-классы
work-form-contest_preparation = подготовка к олимпиадам и конкурсам
work-form-project_supervision = руководство проектами
work-form-seminar = семинары для педагогов
work-form-diagnostics = психологическая диагностика
work-form-psychological_support = помощь психолога
resource-inventory = Инвентарный номер
resource-safety = Правила безопасности
resource-subject = Предмет
resource-licence = Условия использования
resource-more = Ещё сведения
resource-government = Управление
resource-publish = Опубликовать
resource-pause = Приостановить
resource-close = Закрыть
resource-exception-add = Особые дни
resource-exception-about = Каникулы, праздник, ремонт: в эти дни часы другие или закрыто. Согласованные занятия остаются.
resource-exception-from = С какого дня
resource-exception-until = По какой день
resource-exception-hours-hint = Пустая строка — закрыто весь день.
resource-exception-reason = Почему
resource-bad-hours = Не разобрать часы «{ $text }». Напишите так: 9:00–12:00, 13:00–17:00.
resource-bad-term = Последний день раньше первого, или дней больше 120.
resource-capacity-taken = Столько уже обещано другим. Сначала перенесите занятия или оставьте прежнюю вместимость.
resource-wrong-state = Так сделать нельзя: сейчас ресурс «{ $state }». Обновите страницу.
done-resource-added = Ресурс записан как черновик. Опубликуйте, когда всё готово.
done-resource-changed = Изменения сохранены.
done-resource-published = Опубликовано. Теперь ресурс видят все организации сети и могут его попросить.
done-resource-paused = Приостановлено. Новых заявок не будет, согласованные занятия остаются в силе.
done-resource-closed = Закрыто. Новых заявок не будет, история занятий сохранится.
done-resource-exception = Особые дни записаны.
week-open = свободно
week-taken = занято
week-free = можно просить
week-before = Предыдущая неделя
week-after = Следующая неделя
week-today = Сегодня
week-caption = Занятость на неделю. Свободные клетки — ссылки на заявку; между ними ходят стрелками.
week-past = прошло
week-closed = закрыто
week-ask = Подать заявку: { $when }, свободно { $left }
week-free-ask = Свободно, подать заявку
weekday-short-1 = пн
weekday-short-2 = вт
weekday-short-3 = ср
weekday-short-4 = чт
weekday-short-5 = пт
weekday-short-6 = сб
weekday-short-7 = вс
form-bad-hours = Укажите часы числом, например 1,5 или 1:30, не больше { $most }.
form-bad-moment = Укажите день и время так: 24.11.2026 14:00.
form-bad-span = Конец должен быть позже начала, и не больше чем на год.
form-whole-between = Укажите целое число от { $least } до { $most }.
form-bad-time = Укажите время так: 14:00.
form-bad-month = Укажите месяц так: 2026-11.
form-bad-year = Укажите учебный год так: 2026-2027.
hold-methodical = «{ $name }»: это методические материалы, их можно взять сразу, без заявки.
hold-paused = «{ $name }»: владелец пока не принимает заявки.
hold-not-offered = «{ $name }» сейчас не предлагают.
hold-past = Это время уже прошло. Выберите время позже нынешнего.
hold-lead = Владелец просит подавать заявку заранее: самое раннее — { $date }.
hold-too-far = Так далеко вперёд заявки не принимаются: самое позднее — { $date }.
hold-ends-before = Конец должен быть позже начала.
hold-too-short =
    { $minutes ->
        [one] Слишком коротко: нужна хотя бы { $minutes } минута.
        [few] Слишком коротко: нужны хотя бы { $minutes } минуты.
       *[other] Слишком коротко: нужно хотя бы { $minutes } минут.
    }
hold-too-long =
    { $days ->
        [one] Слишком долго: можно не больше чем на { $days } день.
       *[other] Слишком долго: можно не больше чем на { $days } дней.
    }
hold-not-loanable = Этот ресурс не выдают на вынос.
hold-closed = { $date } в это время закрыто. Посмотрите часы работы.
hold-too-many = Столько не поместится: всего есть { $capacity }.
material-files = Файлы и версии
material-no-files = Файла пока нет.
material-version = версия { $n }
material-downloads =
    { $n ->
        [one] скачали { $n } раз
        [few] скачали { $n } раза
       *[other] скачали { $n } раз
    }
material-note = Что изменилось
material-note-hint = Например: добавлены карточки для 5 класса.
material-add = Приложить новую версию
material-sign-in = Скачать файл могут участники сети: войдите.
material-adopt-first = Файл открыт организациям, которые внедряют методику. Отметьте, что начинаете её изучать.
material-only-methodical = «{ $name }» — не методика: файлов и внедрений у неё нет.
material-too-many = Версий не может быть больше { $limit }.
file-access = Кто может скачать
file-access-everyone = открыто всем
file-access-network = открыто участникам сети
file-access-adopters = открыто тем, кто внедряет
file-access-save = Сохранить доступ
adoption-title = Внедрить у себя
adoption-none = Пока никто не внедряет. Вы можете быть первыми.
adoption-study = изучаем
adoption-trial = пробуем
adoption-adopted = внедрили
adoption-refused = отказались
adoption-step = На каком вы шаге
adoption-hint = Сначала изучаем и пробуем, потом внедряем. Отказаться можно на любом шаге.
adoption-note = Пояснение
adoption-note-hint = Например: пробуем в двух шестых классах.
adoption-save = Отметить
adoption-own = Это ваша методика: отметку ставят другие организации.
adoption-wrong-step = Этот шаг не следует за нынешним, или его уже отметил кто-то другой. Обновите страницу.
done-material-version = Новая версия приложена.
done-material-access = Доступ к файлам изменён.
done-material-adopted = Отметка записана.
audit-adopt = отметка о внедрении
audit-field-file_access = кто может скачать
