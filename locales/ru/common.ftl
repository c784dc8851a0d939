common-title = Общие заявки
common-one = Общая заявка
common-about = Несколько ресурсов на одно мероприятие: каждый владелец решает о своём, а вы видите всё вместе.
common-none = Общих заявок пока нет. Соберите ресурсы в каталоге: «Добавить в общую заявку».
common-new = Собрать заявку
common-draft-open = Продолжить: собрано { $n }
common-add = Добавить в общую заявку
common-add-more = Добавить ещё ресурс
common-find = Найти ресурсы
common-draft-title = Общая заявка
common-draft-about = Соберите всё, что нужно на одно мероприятие. Пока заявка не подана, её видите только вы.
common-draft-empty = Здесь пока пусто. Найдите ресурсы и нажмите «Добавить в общую заявку».
common-event = Мероприятие
common-event-title = Что за мероприятие
common-event-hint = Например: районная смена «Юный исследователь», 7–8 классы.
common-look = Сохранить и проверить
common-keep = Сохранить и продолжить позже
common-clear = Удалить черновик
common-fill-in = Укажите мероприятие, день, часы и сколько человек придёт. Тогда здесь будет видно, что свободно.
common-all-free =
    { $n ->
        [one] Свободно: { $n } ресурс. Можно подавать.
        [few] Свободно всё: { $n } ресурса. Можно подавать.
       *[other] Свободно всё: { $n } ресурсов. Можно подавать.
    }
common-some-busy =
    { $busy ->
        [one] Пока не получается: мешает { $busy } строка из { $all }. Выберите другое время, другой ресурс или уберите её.
        [few] Пока не получается: мешают { $busy } строки из { $all }. Выберите другое время, другие ресурсы или уберите их.
       *[other] Пока не получается: мешают { $busy } строк из { $all }. Выберите другое время, другие ресурсы или уберите их.
    }
common-line-wrong = «{ $name }»: { $words }
common-all-free-at = Когда свободно всё сразу
common-remove = Убрать
common-own = Своё время или число людей
common-own-hint = Если пусто, как у всего мероприятия. Для того, что берёте с собой, укажите день выдачи и день возврата.
common-lines = Что просим
common-agreed = согласовано { $agreed } из { $all }
common-progress-waiting = ждёт решения
common-progress-partly = согласовано не всё
common-progress-agreed = согласовано
common-progress-gone = отменено
common-instead-of = вместо: { $name }
common-answer = Ответить
common-replace = Заменить
common-replace-title = Заменить ресурс
common-replace-with = На что заменить
common-replace-hint = Тот же ресурс в другое время или другой такого же типа.
common-replace-do = Подать заявку на замену
common-cancel = Отменить всё
common-cancel-about =
    { $n ->
        [one] Отменится { $n } занятие, которое ещё не началось. Время снова станет свободным.
        [few] Отменятся { $n } занятия, которые ещё не начались. Время снова станет свободным.
       *[other] Отменятся { $n } занятий, которые ещё не начались. Время снова станет свободным.
    }
common-cancel-all = Отменить «{ $title }»
common-no-lines = Добавьте хотя бы один ресурс.
common-twice = Этот ресурс уже есть в заявке.
common-taken =
    { $count ->
        [one] Ничего не занято за вами: мешает «{ $names }». Выберите другое время или другой ресурс.
       *[other] Ничего не занято за вами: мешают «{ $names }». Выберите другое время или другие ресурсы.
    }
common-stale = Черновик изменился на другой странице. Посмотрите, что в нём теперь, и подайте ещё раз.
common-nothing-left = Отменять уже нечего: всё прошло, отклонено или отменено.
done-common-added = Добавлено в общую заявку. Она ждёт вас под кнопкой «Общая заявка».
done-common-kept = Черновик сохранён.
done-common-cleared = Черновик удалён.
done-common-submitted = Заявка подана, время занято за вами. Каждый владелец решит о своём.
done-common-cancelled = Всё отменено, время снова свободно.
done-common-replaced = Заявка на замену подана, время занято за вами.
audit-confirm = согласовано
audit-decline = отклонено
audit-cancel = отменено
audit-refuse = отказ от предложения
audit-accept = предложение принято
audit-counter = предложено другое
audit-move = перенос
audit-distance = переведено на дистанционно
audit-complete = записано, что состоялось
audit-did_not_take_place = записано, что не состоялось
audit-review = ответ, получили ли что хотели
audit-hand_over = выдача
audit-take_back = возврат
audit-replace = замена в общей заявке
audit-submitted = снова ждёт предложений
audit-answered = есть предложение
audit-fulfilled = закрыта
audit-cancelled = отменена
week-waits = ждёт решения
day-before = Предыдущий день
day-after = Следующий день
calendar-views = Вид календаря
calendar-view-week = Неделя
calendar-view-day = День
calendar-view-agenda = Список
calendar-holiday = праздник
calendar-other-hours = другие часы
calendar-zone = Время московское.
resources-free-until = По какой день
resources-hour-from = Не раньше
resources-hour-to = Не позже
resources-minutes = Сколько длится
resources-length =
    { $n ->
        [one] { $n } минута
        [few] { $n } минуты
       *[other] { $n } минут
    }
resources-within = Не дальше
resources-kilometres = { $n } км от нас
