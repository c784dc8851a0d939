notifications-title = Уведомления
notifications-about = Что случилось с вашими заявками и занятиями и что нужно сделать.
notifications-unread =
    { $count ->
        [one] новое уведомление
        [few] новых уведомления
       *[many] новых уведомлений
    }
notifications-read-all = Отметить все прочитанными
notifications-all = Все
notifications-new = Новые
notifications-kind = О чём
notifications-none = Уведомлений пока нет. Здесь появятся заявки, ответы на них и перемены в занятиях.
notifications-no-match = Таких уведомлений нет.
notifications-show-all = Показать все
notification-is-new = новое
notification-is-settled = уже решено
notification-mark-read = Прочитано
notification-mark-new = Вернуть в новые
notification-more = и ещё { $count }
done-notification-read = Уведомление отмечено прочитанным.
done-notification-new = Уведомление снова среди новых.
done-notifications-read = Все уведомления отмечены прочитанными.
notification-kind-requested = Заявки к нам
notification-kind-confirmed = Согласование
notification-kind-declined = Отказ
notification-kind-countered = Встречные предложения
notification-kind-accepted = Принятые предложения
notification-kind-refused = Отклонённые предложения
notification-kind-moved = Переносы
notification-kind-cancelled = Отмены
notification-kind-distance = Перевод на дистанционно
notification-kind-stated = Итоги занятий
notification-kind-disputed = Расхождения
notification-kind-handed_over = Выдача
notification-kind-need = Потребности сети
notification-kind-response = Отклики на потребность
notification-kind-role = Роли
notification-kind-consent = Согласие на занятие
notification-line-requested =
    { $count ->
        [1] Пришла заявка: согласуйте, откажите или предложите другое
       *[other] Пришла общая заявка: согласуйте, откажите или предложите другое
    }
notification-line-confirmed =
    { $count ->
        [1] Заявка согласована
       *[other] Общая заявка согласована
    }
notification-line-declined = Владелец отказал: причина в карточке
notification-line-countered = Владелец предлагает другое: примите или откажитесь
notification-line-accepted = Ваше предложение принято
notification-line-refused = От вашего предложения отказались
notification-line-moved = Занятие перенесено на другое время
notification-line-cancelled = Занятие отменено
notification-line-distance =
    { $count ->
        [1] Занятие пройдёт дистанционно
       *[other] Занятия этого дня пройдут дистанционно
    }
notification-line-stated = Партнёр отметил итог: подтвердите его или запишите свой
notification-line-disputed = Отметки об итоге расходятся: уточните свою
notification-line-handed_over = Вещь выдана вам: верните её в срок
notification-line-need = В сети ищут то, что у вас, возможно, есть
notification-line-response = На вашу потребность откликнулись: примите предложение или откажитесь
notification-line-role = Вам дана роль
notification-line-consent = Вас приглашают провести занятие: согласитесь или откажитесь
notification-act-requested = Ответить
notification-act-countered = Ответить
notification-act-stated = Проверить итог
notification-act-disputed = Уточнить
notification-act-consent = Ответить
notification-act-need = Предложить своё
notification-act-response = Посмотреть
