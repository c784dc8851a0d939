nav-routes = Маршруты
about-nav-routes = Индивидуальные образовательные маршруты: один ребёнок, несколько организаций, каждая видит только своё.
permission-routes-see = открывать раздел «Маршруты»
permission-routes-open = открывать маршрут
permission-routes-edit = вести индивидуальные маршруты
permission-routes-accept = принимать шаги маршрутов для своей организации
permission-routes-part = видеть шаги своей организации и отмечать их итог
permission-routes-approve = утверждать маршруты
permission-routes-agree = давать согласие на маршрут ребёнка
permission-routes-limits = менять таблицу допустимой нагрузки
permission-routes-figures = видеть показатели маршрутов без имён
routes-about = Путь одного ребёнка через несколько организаций. Каждая организация видит только свои шаги.
routes-about-nameless = Показатели сети. Имена детей здесь не показываются.
routes-list = Список маршрутов
routes-none = Пока маршрутов нет. Когда координатор предложит маршрут вашему ребёнку, он появится здесь.
routes-none-yet = Маршрутов пока нет. Начните первый: можно по шаблону.
route-add = Новый маршрут
route-new = Новый маршрут
route-edit = Изменить тексты
route-one = Обучающийся и маршрут
route-state = Состояние
route-year = Учебный год
route-hosts = Организаций в маршруте
route-hosts-least = не меньше { $count }
route-hosts-count =
    { $count ->
        [0] без организаций
        [one] { $count } организация
        [few] { $count } организации
       *[other] { $count } организаций
    }
route-progress = Пройдено
route-days = Срок
route-leads = Кто ведёт
route-author = Кто составил
route-figure-approved = Утверждено маршрутов
route-figure-several = Из них через несколько организаций
route-figure-modules = Пройденные модули
route-modules-count =
    { $count ->
        [0] Пройденных модулей нет
        [one] { $count } пройденный модуль
        [few] { $count } пройденных модуля
       *[other] { $count } пройденных модулей
    }
route-modules-none = Пройденных модулей пока нет.
route-module = Шаг
route-host = Организация
route-hours-column = Часы
route-hours =
    { $hours ->
        [one] { $hours } час
        [few] { $hours } часа
       *[other] { $hours } часов
    }
route-steps-done = { $done } из { $all } шагов
route-hours-done = { $done } из { $all } часов
route-overdue = срок прошёл
route-overdue-count =
    { $count ->
        [one] { $count } шаг просрочен
        [few] { $count } шага просрочено
       *[other] { $count } шагов просрочено
    }
route-asked-count =
    { $count ->
        [one] { $count } шаг ждёт организацию
        [few] { $count } шага ждут организации
       *[other] { $count } шагов ждут организации
    }
route-going-on = идёт
route-open = Открыть
route-state-draft = черновик
route-state-offered = ждёт организации
route-state-accepted = ждёт родителя
route-state-agreed = ждёт утверждения
route-state-approved = утверждён
route-state-running = идёт
route-state-corrected = уточняется
route-state-completed = пройден
route-state-stopped = прекращён
route-about-draft = Маршрут составляется. Добавьте шаги и предложите его организациям: до этого его видят только те, кто отвечает за ребёнка.
route-about-offered = Организации решают, принимают ли они свои шаги. Имя ребёнка откроется им только с согласия родителя на передачу данных.
route-about-accepted = Организации приняли свои шаги. Теперь слово за родителем.
route-about-agreed = Родитель согласен. Маршрут осталось утвердить.
route-about-approved = Маршрут утверждён и ждёт своего начала.
route-about-running = Ребёнок проходит маршрут. Итоги шагов отмечают организации, где они проходят.
route-about-corrected = Маршрут уточняется. Пока новая версия не утверждена, действует прежняя.
route-about-completed = Маршрут пройден.
route-about-stopped = Маршрут прекращён. Организации больше не видят ребёнка по этому маршруту.
route-wrong-state = Маршрут сейчас в другом состоянии: { $state }. Обновите страницу.
route-step-planned = намечен
route-step-asked = ждёт организацию
route-step-accepted = принят
route-step-declined = отклонён
route-step-completed = пройден
route-step-missed = не состоялся
route-step-set_aside = отложен
route-stage = Этап
route-stage-diagnostic = Диагностический этап
route-stage-design = Проектировочный этап
route-stage-implementation = Этап реализации
route-stage-reflection = Рефлексивный этап
route-kind = Что это
route-kind-module = Модуль
route-kind-event = Мероприятие
route-kind-support = Сопровождение
route-form = Как проходит
route-form-in_person = очно
route-form-mixed = очно и дистанционно
route-form-distance = дистанционно
route-weekday = День недели
route-weekday-none = без постоянного дня
route-weekday-1 = пн
route-weekday-2 = вт
route-weekday-3 = ср
route-weekday-4 = чт
route-weekday-5 = пт
route-weekday-6 = сб
route-weekday-7 = вс
route-starts = Начало занятия
route-ends = Конец занятия
route-title = Название
route-title-hint = Без фамилии ребёнка: например, «Юный исследователь природы».
route-from = С какого дня
route-until = По какой день
route-goal = Цель
route-tasks = Задачи
route-tasks-hint = Каждая с новой строки.
route-note = Пояснительная записка
route-note-hint = Почему маршрут нужен ребёнку: интересы, сильные стороны, на что опираемся.
route-support = Психологическое сопровождение
route-results = Ожидаемые результаты
route-about = О маршруте
route-now = Сейчас
route-next = Следующий шаг
route-reason = Причина
route-result = Результат
route-mark = Отметка
route-mark-hint = Например: зачёт, 5, диплом.
route-control = Форма контроля
route-control-hint = Например: защита проекта, зачёт, выставка.
route-expected = Что должно получиться
route-instead = На выбор вместо
route-beside = Идёт одновременно с
route-visits =
    { $visits ->
        [one] { $visits } занятие, { $hours } из { $all } ч:
        [few] { $visits } занятия, { $hours } из { $all } ч:
       *[other] { $visits } занятий, { $hours } из { $all } ч:
    }
route-step-add = Добавить шаг
route-step-edit = Изменить шаг
route-step-remove = Убрать шаг
route-step-title = Название шага
route-step-about = Содержание
route-step-asked-anew = После изменения организация решает о шаге заново.
route-step-added = Добавлен шаг
route-step-removed = Убран шаг
route-step-changed = Изменён шаг
route-host-none = без организации: дома, на мероприятии
route-host-hint = Организация получит предложение и сама решит, принимает ли она шаг.
route-teacher = Педагог
route-taken-from = Взято из обмена
route-choice = Выбор
route-choice-hint = Шаги с одинаковым словом заменяют друг друга: проходят один из них. Пусто — шаг обязателен.
route-offers = Найти в обмене
route-offers-about = Живые предложения организаций сети: из любого можно сделать шаг маршрута.
route-offers-find = Что нужно ребёнку
route-take = Взять в маршрут
route-template = Начать с шаблона
route-template-none = без шаблона
route-template-take = Подставить
route-keep-template = Сохранить как шаблон
route-choose = Выбрать
route-do-offer = Предложить организациям
route-do-recall = Вернуть на доработку
route-do-agreement = Дать согласие
route-do-refusal = Не согласиться
route-do-approval = Утвердить
route-do-start = Начать
route-do-correction = Уточнить маршрут
route-do-completion = Завершить
route-do-stop = Прекратить
route-deed-about-offer = Нагрузка больше допустимой. Маршрут можно предложить, если объяснить, почему ребёнок с ней справится. Причина сохранится.
route-deed-about-recall = Организации больше не будут решать о шагах, пока маршрут не предложат снова.
route-deed-about-agreement = Вы согласны с маршрутом ребёнка.
route-deed-about-refusal = Напишите, что стоит изменить. Ваши слова увидят все, кто ведёт маршрут.
route-deed-about-approval = Версия маршрута сохранится такой, какая она сейчас.
route-deed-about-start = Ребёнок начинает проходить маршрут.
route-deed-about-correction = Утверждённая версия останется в силе, пока не утверждена новая.
route-deed-about-completion = Все шаги отмечены. Организации больше не будут видеть ребёнка по этому маршруту.
route-deed-about-stop = Организации сразу перестанут видеть ребёнка по этому маршруту. Продолжить его будет нельзя.
route-accept = Принять
route-decline = Отклонить
route-decline-title = Отклонить шаг
route-decline-hint = Тот, кто ведёт маршрут, увидит причину и подберёт другой шаг.
route-settle = Отметить итог
route-outcome = Чем закончилось
route-missed-why = Почему не состоялся
route-missed-hint = Нужно, только если шаг не состоялся.
route-tie = Занятия шага
route-tie-which = Какие занятия относятся к этому шагу
route-tie-none = В сроки шага занятий обмена с этой организацией нет.
route-back = Вернуться к маршруту
route-parts = Шаги вашей организации
route-part-title = Шаг индивидуального маршрута
route-part-steps = Ваши шаги
route-part-held = Как действует сейчас
route-part-held-about = Маршрут исправляют. Пока новая версия не утверждена, действует прежняя: эти шаги продолжаются как записано.
route-part-leads = Маршрут ведёт: { $name }. Остальные шаги видят только те, кто отвечает за ребёнка.
route-part-nameless = Имя ребёнка откроется, когда вы примете шаг и у родителя взято согласие на передачу данных вашей организации.
route-part-named = Вы видите ребёнка до конца вашего шага. Если родитель отзовёт согласие, доступ закроется сразу.
route-nameless = { $class }, { $age }
route-words = Слова о маршруте
route-words-none = Пока никто ничего не написал.
route-word-reflection = рефлексия
route-word-comment = слово родителя
route-word-note = заметка
route-say = Записать
route-say-reflection = Что у меня получилось и что было трудно
route-say-comment = Что вы хотите сказать о маршруте
route-say-note = Заметка о ходе маршрута
route-say-hint-learner = Это прочитают родители и те, кто ведёт маршрут.
route-say-hint = Это прочитают все, кто видит маршрут, в том числе ребёнок и родители.
route-signatures = Кто согласовал
route-signed-step = шаг «{ $title }» принят
route-signed-guardian = согласие родителя
route-signed-approval = маршрут утверждён
route-versions = Версии
route-version-number = Версия { $number }
route-version-approved = Утверждена { $day }: { $who }.
route-version-reason = Почему уточнили
route-differences = Что изменилось
route-differences-none = По сравнению с прежней версией ничего не изменилось.
route-was = Было
route-became = Стало
route-settled-on = Когда пройден
route-warnings = Нагрузка больше допустимой
route-warn-week = В неделю с { $date } выходит { $hours } ч, допустимо { $limit }.
route-warn-hours = «{ $title }» выходит за допустимое время: с { $from } до { $until }.
route-warn-clash = «{ $one }» и «{ $other }» идут в одно время ({ $day }, { $from }–{ $until }).
route-warn-break = Между «{ $one }» и «{ $other }» ({ $day }) перерыв { $minutes } мин, нужно { $needed }.
route-warn-way = Между «{ $one }» и «{ $other }» ({ $day }) на дорогу { $minutes } мин, нужно { $needed }.
route-load-explained = Согласовано ({ $who }):
route-load-reason = Почему нагрузка может быть больше
route-load-reason-hint = Нужно, только если программа предупреждает о превышении.
route-load-unexplained = Объясните, почему ребёнок справится с такой нагрузкой, или уменьшите её.
route-limits = Допустимая нагрузка
route-limits-about = По этой таблице программа проверяет маршруты. Превышение не запрещает, а предупреждает: решают люди и объясняют почему.
route-limits-whose = Таблицу меняет управление образования.
route-limit-week_hours = Часов внеурочных занятий в неделю
route-limit-day_start = Занятия начинаются не раньше
route-limit-day_end = Занятия заканчиваются не позже
route-limit-day_end_senior = Для 16–18 лет заканчиваются не позже
route-limit-break = Перерыв между занятиями, минут
route-limit-way = Дорога между организациями, минут
route-bad-limit = Укажите число не меньше нуля или время суток.
route-bad-days = Последний день должен быть не раньше первого, а весь срок не больше трёх лет.
route-bad-hours = Укажите от 1 до { $most } часов.
route-bad-time = Укажите начало и конец занятия, конец позже начала.
route-step-outside = Шаг должен укладываться в срок маршрута.
route-steps-outside = Некоторые шаги выходят за этот срок. Сначала измените их.
route-too-many-steps = В маршруте не больше { $most } шагов. Уберите лишние.
route-no-resource = Этого предложения больше нет. Выберите другое.
route-no-steps = В маршруте нет шагов. Добавьте хотя бы один.
route-declined-left = Есть отклонённые шаги. Измените их или уберите и предложите маршрут снова.
route-step-settled = Этот шаг уже отмечен или изменён. Обновите страницу.
route-not-asked = О шаге уже решили, или его больше не предлагают.
route-no-consent = Нет согласия родителя на передачу данных вашей организации. Попросите того, кто ведёт маршрут, взять согласие; потом примите шаг.
route-unsettled = Не у всех шагов отмечен итог. Отметьте их, потом завершите маршрут.
route-task-answer = принять шаг маршрута
route-task-agree = дать согласие на маршрут
route-task-approve = утвердить маршрут
route-task-replace =
    { $count ->
        [1] заменить отклонённый шаг
       *[other] заменить отклонённые шаги ({ $count })
    }
route-task-overdue =
    { $count ->
        [1] отметить просроченный шаг
       *[other] отметить просроченные шаги ({ $count })
    }
done-route-added = Маршрут начат. Теперь добавьте шаги.
done-route-changed = Маршрут сохранён.
done-route-step = Шаг сохранён.
done-route-step-removed = Шаг убран.
done-route-chosen = Выбор сохранён.
done-route-template = Шаблон сохранён.
done-route-accepted = Шаг принят.
done-route-declined = Шаг отклонён.
done-route-settled = Итог записан.
done-route-visits = Занятия сохранены.
done-route-deed = Готово.
done-route-word = Записано.
done-route-limits = Таблица сохранена.
audit-field-goal = цель
audit-field-tasks = задачи
audit-field-support = психологическое сопровождение
audit-field-results = ожидаемые результаты
route-task-next = следующий шаг маршрута
route-tie-new = индивидуальный образовательный маршрут
route-figures = Показатели маршрутов
route-deed-about-offering = Каждая организация получит свои шаги и решит, принимает ли она их.
