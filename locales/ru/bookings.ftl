nav-bookings = Занятия и выдачи
about-nav-bookings = Заявки, согласованные занятия и выдачи: что просят у вас и что просите вы.
bookings-about = Что просят у вас и что просите вы: от заявки до подтверждённых часов.
bookings-list = Список занятий и выдач
bookings-views = Виды списка
bookings-all = Все
bookings-in = Входящие
bookings-out = Исходящие
bookings-more = Ещё
bookings-month = Месяц
bookings-mine = За организацию
bookings-organisation = С кем
bookings-none = Здесь пока пусто. Найдите подходящий ресурс и подайте заявку.
bookings-bulk = Согласование заявок
bookings-cancellations = Отмена занятий
bookings-partner = Партнёр
bookings-year = Учебный год
bookings-of-person = Где ждут
bookings-none-of-person = В ближайшие три месяца этого человека никуда не пригласили.
booking-new = Найти и попросить
booking-ask-common = Подать общую заявку
booking-sections = Разделы карточки
booking-back = Назад
booking-open = открыть
booking-what = Ресурс
booking-when = Когда
booking-gives = Даёт
booking-receives = Получает
booking-how-much = Сколько
booking-purpose = Для чего
booking-purpose-hint = Например: лабораторная по биологии, 9 «А».
booking-date = День
booking-from = С
booking-to = До
booking-headcount = Сколько человек
booking-how-long = Сколько длится
booking-hours-planned = Часов по плану
booking-hours-agreed = Часов подтверждено
booking-units = Сколько штук
booking-units-hint = Если пусто, по одной на человека.
booking-mode = Как проходит
booking-mode-in_person = очно
booking-mode-distance = дистанционно
booking-form-stay = занятие на месте
booking-form-visit = визит педагога
booking-form-loan = выдача
booking-quality-yes = да
booking-quality-partly = частично
booking-quality-no = нет
booking-hours = { $n } ч
booking-minutes = { $n } мин
booking-days =
    { $n ->
        [one] { $n } день
        [few] { $n } дня
       *[other] { $n } дней
    }
booking-people = { $n } чел.

booking-tag-requested = ждёт решения
booking-tag-countered = предложено другое
booking-tag-planned = согласовано
booking-tag-took_place = состоялось
booking-tag-confirmed = подтверждено
booking-tag-disputed = расходится
booking-tag-declined = отклонено
booking-tag-cancelled = отменено
booking-tag-did_not_take_place = не состоялось
booking-tag-moved = перенесено
booking-now = Что сейчас
booking-about-requested = Решает { $owner }. До ответа это время занято за организацией «{ $asker }».
booking-about-countered = { $owner } предлагает другое. Время уже занято, решает { $asker }.
booking-about-offered = { $owner } предлагает этот ресурс. Время уже занято, решает { $asker }.
booking-about-planned = Обе стороны согласны: { $owner } и { $asker }.
booking-about-took_place = Одна сторона записала, что получилось. В «Отдано / получено» войдёт, когда вторая подтвердит.
booking-about-confirmed = Обе стороны записали одно и то же: вошло в «Отдано / получено».
booking-about-disputed = Стороны записали разное. Пока числа не сойдутся, в «Отдано / получено» занятие не входит.
booking-about-declined = { $owner } не может дать этот ресурс. Время снова свободно.
booking-about-cancelled = От занятия отказались. Время снова свободно.
booking-about-did_not_take_place = Занятие не состоялось и в «Отдано / получено» не входит.
booking-about-moved = Вместо этого занятия согласуют другое время: ссылка в сведениях.
booking-reason = Почему
booking-outcome = Что получилось
booking-differs = расходится
booking-planned = По плану
booking-not-said = ещё не записали
booking-who-said = Кто записал
booking-got = Получили, что хотели?
booking-together = Вся заявка
booking-together-confirm = Согласовать отмеченные
booking-together-cancel = Отменить отмеченные
booking-together-count =
    { $n ->
        [one] { $n } занятие
        [few] { $n } занятия
       *[other] { $n } занятий
    }
booking-facts = Сведения
booking-person = Кто ведёт
booking-asked = Просили
booking-where = Где
booking-counted = Подтверждено
booking-moved-from = Перенесено с
booking-moved-to = Перенесено на
booking-need = По потребности
booking-created = Подана

booking-do-confirmation = Согласовать
booking-do-acceptance = Принять предложение
booking-do-counter-offer = Предложить другое время
booking-do-declination = Отклонить
booking-do-refusal = Отказаться
booking-do-handing-over = Выдать
booking-do-taking-back = Принять обратно
booking-do-completion = Состоялось
booking-do-absence = Не состоялось
booking-do-quality = Получили, что хотели?
booking-do-move = Перенести
booking-do-cancellation = Отменить занятие
booking-take-theirs = Согласиться с партнёром: { $what }
booking-why = Почему
booking-why-hint = Эти слова увидит другая сторона.
booking-frees = Время снова станет свободным для всех.
booking-counter-about = Предложенное время сразу займём, прежнее освободим. Решит тот, кто просил.
booking-move-about = Новое время займём и прежнее освободим разом. Если новое занято, всё останется как было.
booking-for-side = За какую сторону вы отвечаете
booking-side-said = { $who }: { $what }.
booking-planned-was = По плану было { $what } Поправьте, если вышло иначе.
booking-headcount-was = Сколько человек было
booking-hours-was = Сколько часов
booking-hours-hint = Например: 1,5 или 1:30.
booking-days-was = Сколько дней
booking-comment = Что передать другой стороне
loan-act-handing-over = Акт передачи
loan-act-taking-back = Акт возврата
loan-title = Выдача
loan-handed-on = Выдано
loan-due = Вернуть до
loan-overdue = просрочено
loan-taken-back-on = Возвращено
loan-not-yet = ещё не выдано
loan-inventory = Инвентарный номер
loan-responsible = Кто отвечает
loan-responsible-hint = Сотрудник организации, которая берёт.
loan-note = Состояние и комплект
loan-note-hint = Что выдано и вернулось, что повреждено.
loan-served = Скольким людям послужило

booking-asker = Кто просит
booking-how = Как возьмёте
booking-how-loan = Взять с собой и вернуть
booking-how-stay = Заниматься на месте
booking-take-on = День выдачи
booking-return-on = День возврата
booking-return-hint = Нужен, если берёте с собой.
booking-until = Каждую неделю до
booking-until-hint = В тот же день недели и те же часы.
booking-preview = Показать, что свободно
booking-dates = Дни занятий
booking-dates-free = Свободно { $free } из { $all }. Отмечены свободные дни: уберите лишние, и заявка уйдёт на остальные.
booking-date-free = свободно
booking-date-taken = занято
booking-date-closed = нельзя
booking-free-on = Свободно { $day }
booking-none-free = В этот день свободного времени нет.
booking-see-week = Посмотреть неделю
clash-title = Что можно вместо этого
clash-blocking = Что уже стоит в это время
clash-who = Кто занимает
clash-somebody = другая организация
clash-partly = Взять то, что свободно
clash-partly-do = Подать только на свободное
clash-nearest = Ближайшее свободное время
clash-others = В то же время свободно другое
clash-nothing = Рядом свободного времени не нашлось. Выберите другой день.

month-title = Лист за месяц
month-heading = Лист за { $month }
month-sheet = Что подтвердить за месяц
month-before = Предыдущий месяц
month-after = Следующий месяц
month-partner = Другая сторона
month-they-say = Они записали
month-edit = Исправить
month-empty = За этот месяц подтверждать нечего.
month-nothing-waits = Другие стороны ещё ничего не записали. Запишите сами: «Исправить» в строке.
month-sum =
    { $count ->
        [one] Ждёт вашего подтверждения { $count } занятие: { $hours }, { $people }
        [few] Ждут вашего подтверждения { $count } занятия: { $hours }, { $people }
       *[other] Ждут вашего подтверждения { $count } занятий: { $hours }, { $people }
    }
month-confirm = Подтвердить всё за { $month } ({ $count })
month-1 = январь
month-2 = февраль
month-3 = март
month-4 = апрель
month-5 = май
month-6 = июнь
month-7 = июль
month-8 = август
month-9 = сентябрь
month-10 = октябрь
month-11 = ноябрь
month-12 = декабрь

distance-title = Перевести на дистанционно
distance-about = Карантин, мороз, ремонт: все занятия дня или одного места проведём дистанционно. Время и участники останутся.
distance-place = Где проходят
distance-anywhere = Везде
distance-look = Показать занятия
distance-touched = Какие занятия перейдут
distance-none = В этот день очных занятий, за которые вы отвечаете, нет.
distance-count =
    { $n ->
        [one] { $n } занятие
        [few] { $n } занятия
       *[other] { $n } занятий
    }
distance-switch =
    { $n ->
        [one] Перевести { $n } занятие
        [few] Перевести { $n } занятия
       *[other] Перевести { $n } занятий
    }

needs-title = Потребности
needs-about = Чего в сети пока никто не предлагает. Ответить может любая организация: предложите то, что у вас есть.
needs-views = Виды списка
needs-open = Ждут ответа
needs-all = Все
needs-none = Открытых потребностей нет.
need-new = Сообщить о потребности
need-new-about = Напишите, что и когда нужно. Увидят все организации сети.
need-what = Что нужно
need-what-hint = Например: 3D-принтер на проектную смену, 8 «Б».
need-details = Подробности
need-from = Начало
need-to = Конец
need-flexible = Подойдёт и другое время
need-is-flexible = подойдёт и другое время
need-priority = Срочность
need-priority-low = не спешим
need-priority-usual = обычная
need-priority-urgent = срочно
need-submit = Сообщить сети
need-facts = Что нужно
need-offers = Предложения
need-no-offers = Пока никто не предложил.
need-offer-own = Предложить свой ресурс
need-offer = Предложить
need-note = Что добавить
need-cancel = Больше не нужно

done-booking-asked = Заявка подана, время занято за вами. О решении владельца узнаете здесь.
done-booking-confirmed = Согласовано.
done-booking-accepted = Предложение принято, занятие согласовано.
done-booking-countered = Предложение отправлено, время занято.
done-booking-declined = Заявка отклонена, время снова свободно.
done-booking-refused = Вы отказались от предложения, время снова свободно.
done-booking-handed-over = Выдача записана.
done-booking-taken-back = Возврат записан.
done-booking-completed = Записано, что состоялось.
done-booking-absent = Записано, что не состоялось.
done-booking-quality = Спасибо, ответ записан.
done-booking-moved = Новое время занято, прежнее освободилось.
done-booking-cancelled = Занятие отменено, время снова свободно.
done-month-confirmed = Подтверждено.
done-distance = Занятия переведены на дистанционно.
done-need-submitted = Потребность видят все организации сети.
done-need-answered = Предложение отправлено, время занято.
done-need-cancelled = Потребность снята.
booking-papers = Собрать выезд
consent-title = Согласия
consent-party-person = Педагог
consent-party-head = Руководитель
consent-given = согласие есть
consent-refused = отказ
consent-waits = ждём ответа
consent-agree-person = Согласиться
consent-agree-head = Отпустить педагога
consent-refuse = Отказаться
consent-refuse-title = Отказ от занятия
consent-as = От чьего имени
consent-refused-by-person = Педагог отказался: { $reason } Предложите другое время или другого человека.
done-consent-given = Согласие записано.
done-consent-refused = Отказ записан. Другая сторона увидит причину.
audit-consent = согласие
audit-no_consent = отказ дать согласие
audit-field-person = педагог
audit-field-head = руководитель
