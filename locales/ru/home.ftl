nav-waiting = На решении
about-nav-waiting = Заявки и занятия, которые ждут вашего ответа.
home-guest-title = Сеть образовательных организаций
home-about = Организации района учат вместе: делятся лабораториями, техникой и опытом педагогов, ведут одарённых детей.
weekday-0 = Понедельник
weekday-1 = Вторник
weekday-2 = Среда
weekday-3 = Четверг
weekday-4 = Пятница
weekday-5 = Суббота
weekday-6 = Воскресенье
home-waiting =
    { $count ->
        [0] Сейчас ничего не ждёт вашего решения.
        [one] { $count } дело ждёт вашего решения.
        [few] { $count } дела ждут вашего решения.
       *[other] { $count } дел ждут вашего решения.
    }
home-urgent = Срочных: { $count }.
home-waits = Ждёт решения
home-first-of = { $some } из { $all }
home-all-waiting = Все дела
home-nothing-waits = Всё решено. Новые заявки и отметки появятся здесь.
home-find = Найти ресурс
home-share = Поделиться ресурсом
home-due-today = сегодня
home-due-over =
    { $days ->
        [one] просрочено на { $days } день
        [few] просрочено на { $days } дня
       *[other] просрочено на { $days } дней
    }
home-due-until = до { $day }
home-people =
    { $count ->
        [one] { $count } человек
        [few] { $count } человека
       *[other] { $count } человек
    }
home-why-decide = { $asker }: «{ $purpose }». Участников: { $headcount }.
home-why-answer_offer = { $owner } предлагает взамен это время или этот ресурс.
home-why-state_outcome = Занятие должно было пройти. Отметьте, сколько было людей и часов.
home-why-confirm_outcome = Итог уже отмечен: { $other }. Подтвердите его или запишите свой.
home-why-settle = Ваши числа и числа партнёра ({ $other }) расходятся.
home-why-consent = { $asker }: «{ $purpose }». Участников: { $headcount }. Согласны провести?
home-why-let_go = { $asker }: «{ $purpose }». Педагога отпускает руководитель.
home-why-hand_over = Пора выдать. Получатель: { $asker }.
home-why-take_back = Пора принять обратно. Получатель: { $asker }.
home-why-bring_back = Пора вернуть. Владелец: { $owner }.
home-act-decide = Согласовать
home-act-answer_offer = Ответить
home-act-state_outcome = Отметить итог
home-act-confirm_outcome = Проверить итог
home-act-settle = Уточнить
home-act-consent = Согласиться
home-act-let_go = Отпустить
home-act-hand_over = Выдать
home-act-take_back = Принять
home-act-bring_back = Вернуть
waiting-all = Всё
waiting-tab-decide = Заявки
waiting-tab-answer_offer = Предложения
waiting-tab-state_outcome = Итоги
waiting-tab-confirm_outcome = Подтверждения
waiting-tab-settle = Расхождения
waiting-tab-consent = Согласия
waiting-tab-let_go = Отпустить педагога
waiting-tab-hand_over = Выдача
waiting-tab-take_back = Возврат нам
waiting-tab-bring_back = Возврат владельцу
home-soon = Скоро
home-nothing-soon = На ближайшие два месяца ничего не назначено.
home-needs = Ищут в сети
home-all-needs = Все потребности
home-offer = Предложить своё
home-figures = Сеть в числах
home-shared = Ресурсы в обмене
home-given = Отдано другим
home-hours = ч
home-open = Заявки без ответа
home-open-about = ваших и к вам
home-kind-general =
    { $count ->
        [one] { $count } школа
        [few] { $count } школы
       *[other] { $count } школ
    }
home-kind-preschool =
    { $count ->
        [one] { $count } сад
        [few] { $count } сада
       *[other] { $count } садов
    }
home-kind-additional = { $count } доп. образования
home-class-staff = педагоги: { $count }
home-class-technological = техника и помещения: { $count }
home-class-methodical = методики: { $count }
home-guest-look = Посмотреть ресурсы
home-guest-open = Открыто для всех
home-guest-organisations = школы, детские сады и дополнительное образование
home-guest-resources = кабинеты, техника, педагоги, методики
home-join = Как присоединиться
home-join-ask = Состав сети утверждает управление образования. Если ваша организация ещё не в сети, руководителю нужно обратиться туда с письмом.
home-join-account = После решения администратор сети открывает руководителю вход. Роли заместителей и педагогов руководитель согласует с ним же.
home-join-first = Начните с двух дел: опубликуйте, чем можете поделиться, и найдите то, чего не хватает.
home-todos = Ждут вас
home-look = Посмотреть
home-consents = Согласия класса
home-consents-why =
    { $count ->
        [one] не хватает у { $count } ребёнка
        [few] не хватает у { $count } детей
       *[other] не хватает у { $count } детей
    }
home-govern = Управление
home-own = Отдали и получили мы
home-own-about = отдано / получено; вся сеть — { $all } ч
home-week = Мои занятия на этой неделе
home-unconfirmed = Не подтвердили { $month }
home-all-confirmed = Все организации подтвердили, что состоялось.
home-unconfirmed-more =
    { $count ->
        [one] и ещё { $count } организация
        [few] и ещё { $count } организации
       *[other] и ещё { $count } организаций
    }
home-month-1 = январь
home-month-2 = февраль
home-month-3 = март
home-month-4 = апрель
home-month-5 = май
home-month-6 = июнь
home-month-7 = июль
home-month-8 = август
home-month-9 = сентябрь
home-month-10 = октябрь
home-month-11 = ноябрь
home-month-12 = декабрь
home-heat = Загрузка по дням
home-heat-about = % занятых часов, { $weeks } недели
home-heat-closed = закрыто
home-heat-laboratory = Лаборатории
home-heat-workshop = Мастерские
home-heat-classroom = Кабинеты
home-heat-hall = Залы
home-heat-sport = Спорт
home-heat-equipment = Техника
home-heat-transport = Транспорт
home-heat-pedagogue = Педагоги
home-heat-psychologist = Психологи
home-heat-course = Курсы
home-heat-methodical = Методики
home-heat-other = Другое
home-no-visits-wait = Заявки и выезды вашего решения не ждут.
