notifications-title = Уведомления
notifications-about = Что нового и что нужно сделать.
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
notifications-none-family = Уведомлений пока нет. Здесь появятся ответы школы и перемены в ваших правах.
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
notification-kind-family = Обращения семей
notification-kind-answered = Ответы школы
notification-line-family = Семья обратилась о сведениях ребёнка: ответьте в срок
notification-line-answered = Школа ответила на ваше обращение
notification-act-family = Ответить
letter-line-family =
    { $count ->
        [one] { $count } обращение семьи ждёт вашего ответа; срок назван в карточке обращения.
        [few] { $count } обращения семей ждут вашего ответа; сроки названы в карточках обращений.
       *[many] { $count } обращений семей ждут вашего ответа; сроки названы в карточках обращений.
    }
letter-line-answered =
    { $count ->
        [1] Школа ответила на ваше обращение.
       *[many] Школа ответила на ваши обращения: { $count }.
    }
notification-kind-unanswered = Долго без ответа
notification-kind-loan_due = Скоро возвращать
notification-kind-loan_overdue = Не возвращено в срок
notification-kind-month_due = Итоги месяца
notification-line-unanswered =
    { $count ->
        [1] Заявка ждёт вас уже три дня: ответьте на неё
       *[other] Заявки ждут вас уже три дня: ответьте на них
    }
notification-line-loan_due =
    { $count ->
        [1] Завтра срок возврата: соберите вещь в дорогу
       *[other] Завтра срок возврата: соберите вещи в дорогу
    }
notification-line-loan_overdue =
    { $count ->
        [1] Срок возврата прошёл: договоритесь, когда вещь вернётся
       *[other] Срок возврата прошёл: договоритесь, когда вещи вернутся
    }
notification-line-month_due = Месяц закончился: подтвердите, что состоялось, иначе часы не попадут в «Отдано / получено»
notification-act-unanswered = Ответить
notification-act-loan_due = Посмотреть
notification-act-loan_overdue = Посмотреть
notification-act-month_due = Подтвердить
notification-settings = Что и куда присылать
notification-settings-about = По каждому поводу решите, показывать ли его в программе и писать ли о нём в письме. То, о чём вы не хотите знать, можно выключить совсем: дела всё равно останутся на странице «На решении».
notification-letters = Присылать письма: одно в день и только если есть новости
notification-letters-to = Письма приходят на { $address }. В них нет имён и названий: только сколько чего случилось и ссылка сюда.
notification-mail-off = Почта в этой сети пока не подключена, поэтому письма не уходят. Ваш выбор сохранится и начнёт действовать, когда администратор её подключит.
notification-in-app = В программе
notification-by-mail = По почте
notification-group-deeds = Ждут вашего дела
notification-group-reminders = Напоминания
notification-group-news = К сведению
done-notification-choices = Сохранено: уведомления приходят так, как вы выбрали.
letter-hello = Здравствуйте!
letter-subject =
    { $count ->
        [one] Созвездие: { $count } новость для вас
        [few] Созвездие: { $count } новости для вас
       *[many] Созвездие: { $count } новостей для вас
    }
letter-open = Открыть уведомления
letter-stop = Не присылать писем
letter-why = Такое письмо приходит не чаще раза в день. О чём писать, выбираете вы сами: { $address }
letter-line-requested =
    { $count ->
        [one] { $count } заявка ждёт вашего ответа.
        [few] { $count } заявки ждут вашего ответа.
       *[many] { $count } заявок ждут вашего ответа.
    }
letter-line-confirmed =
    { $count ->
        [one] Согласована { $count } заявка.
        [few] Согласованы { $count } заявки.
       *[many] Согласовано { $count } заявок.
    }
letter-line-declined =
    { $count ->
        [one] По { $count } заявке вам отказали; причина названа в карточке.
       *[many] По { $count } заявкам вам отказали; причины названы в карточках.
    }
letter-line-countered =
    { $count ->
        [one] По { $count } заявке предлагают другое время или другой ресурс. Примите предложение или откажитесь.
       *[many] По { $count } заявкам предлагают другое время или другой ресурс. Примите предложения или откажитесь.
    }
letter-line-accepted =
    { $count ->
        [one] Принято { $count } ваше предложение.
        [few] Приняты { $count } ваших предложения.
       *[many] Принято { $count } ваших предложений.
    }
letter-line-refused =
    { $count ->
        [one] Отклонено { $count } ваше предложение.
        [few] Отклонены { $count } ваших предложения.
       *[many] Отклонено { $count } ваших предложений.
    }
letter-line-moved =
    { $count ->
        [one] Перенесено { $count } занятие. Посмотрите новое время.
        [few] Перенесены { $count } занятия. Посмотрите новое время.
       *[many] Перенесено { $count } занятий. Посмотрите новое время.
    }
letter-line-cancelled =
    { $count ->
        [one] Отменено { $count } занятие.
        [few] Отменены { $count } занятия.
       *[many] Отменено { $count } занятий.
    }
letter-line-distance = Часть занятий пройдёт дистанционно. Посмотрите, какие.
letter-line-stated =
    { $count ->
        [one] Итог { $count } занятия отметил партнёр. Подтвердите его или запишите свой.
       *[many] Итоги { $count } занятий отметили партнёры. Подтвердите их или запишите свои.
    }
letter-line-disputed =
    { $count ->
        [one] По { $count } занятию ваши числа и числа партнёра расходятся. Уточните свои.
       *[many] По { $count } занятиям ваши числа и числа партнёров расходятся. Уточните свои.
    }
letter-line-handed_over =
    { $count ->
        [one] Вам выдана { $count } вещь. Верните её в срок.
        [few] Вам выданы { $count } вещи. Верните их в срок.
       *[many] Вам выдано { $count } вещей. Верните их в срок.
    }
letter-line-need =
    { $count ->
        [one] В сети ищут то, что у вас, возможно, есть: { $count } потребность.
        [few] В сети ищут то, что у вас, возможно, есть: { $count } потребности.
       *[many] В сети ищут то, что у вас, возможно, есть: { $count } потребностей.
    }
letter-line-response =
    { $count ->
        [1] На вашу потребность откликнулись. Примите предложение или откажитесь.
       *[many] На ваши потребности откликнулись. Примите предложения или откажитесь.
    }
letter-line-role = Ваши роли изменились. Новые разделы появятся в меню.
letter-line-unanswered = Есть заявки, которые ждут вас уже три дня. Ответьте на них.
letter-line-loan_due = Завтра срок вернуть взятое на время.
letter-line-loan_overdue = Взятое на время не вернулось в срок. Договоритесь, когда вернётся.
letter-line-month_due = Месяц закончился. Подтвердите, что состоялось, иначе часы не попадут в «Отдано / получено».
letters-title = Письма от Созвездия
letters-stop-about = Вам приходит письмо, когда в сети есть новости и дела для вас. Если нажать кнопку, писем больше не будет. В самой программе ничего не изменится.
letters-stopped = Писем больше не будет. Всё новое по-прежнему ждёт вас в программе, под колокольчиком.
letters-choose = Выбрать, о чём писать
audit-stop_letters = отказ от писем
audit-renew = смена ссылки
