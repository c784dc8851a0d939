permission-appeals-send = подавать апелляции за своего ребёнка или за учеников своей школы
permission-appeals-school = узнавать о результатах учеников своей школы
appeal-title = Показ работ и апелляции
appeal-one = Апелляция
appeal-showing = Показ работ
appeal-not-shown = Предварительные результаты ещё не объявлены. Назначьте дни показа работ — семьи и школы узнают о них сразу.
appeal-not-yet = Предварительные результаты ещё не объявлены.
appeal-days = Работы показывают
appeal-place = Где
appeal-place-hint = Например: «Майская гимназия, кабинет 21, с 15:00 до 17:00».
appeal-until = Апелляции принимают по
appeal-last-protocol = Итоговый протокол
appeal-about = Результаты предварительные. Апелляцию подаёт сам участник, родитель или школа по их просьбе. Пока её рассматривают, результат не учитывается.
appeal-stage-open = принимают апелляции
appeal-stage-preliminary = предварительные результаты
appeal-stage-final = итоги подведены
appeal-list = Апелляции
appeal-open =
    { $count ->
        [one] ждёт решения { $count }
       *[other] ждут решения { $count }
    }
appeal-to-decide = Рассмотреть
appeal-results = Предварительные результаты
appeal-results-final = Итоговые результаты
appeal-no-results = Результатов пока нет. Внесите баллы в лист результатов или раскодируйте проверенные работы.
appeal-none-own = Среди участников нет ваших детей.
appeal-send = Подать апелляцию
appeal-publish = Объявить предварительные результаты
appeal-publish-about = Места будут расставлены по баллам. Семьи участников и школы получат уведомление.
appeal-do-publish = Объявить
appeal-change-days = Дни показа и апелляций
appeal-from = Показ с
appeal-to = Показ по
appeal-before-showing = Укажите день не раньше первого дня показа.
appeal-too-long = Укажите день не позже чем через { $days } дней после начала показа.
appeal-only-later = Семьи уже знают этот срок: его можно только продлить.
appeal-papers = Документы и итоги
appeal-do-final = Подвести итоги
appeal-final-hint = Например: «Протокол жюри от 24.11.2026 № 5». Результаты будут подтверждены этим документом и войдут в показатели.
appeal-still-waiting = Сначала решите все апелляции.
appeal-term-runs = Срок апелляций ещё идёт: по { $day }.
appeal-closed = Итоги этого этапа уже подведены.
appeal-order = Приказ об итогах
appeal-order-hint = Приказ из раздела «Документы». Он утвердит подтверждённые результаты.
appeal-do-order = Утвердить приказом
appeal-add-act = Внести приказ
appeal-nothing-to-approve = Утверждать нечего: подтверждённых результатов нет.
appeal-about-what = С чем вы не согласны
appeal-task = Задание
appeal-task-hint = Номер или название, если речь об одном задании.
appeal-body = Почему
appeal-body-hint = Что, по вашему мнению, оценено неверно. Комиссия увидит этот текст вместе с баллами.
appeal-do-send = Отправить апелляцию
appeal-out-of-term = Сейчас апелляции не принимают: срок ещё не начался или уже прошёл.
appeal-there = По этому результату апелляция уже подана.
appeal-result = Результат
appeal-tasks = Баллы по заданиям
appeal-number = Апелляция № { $number }
appeal-text = Обращение
appeal-source-family = подала семья
appeal-source-school = подала школа по просьбе семьи
appeal-state-submitted = ждёт решения
appeal-state-upheld = удовлетворена
appeal-state-rejected = отклонена
appeal-state-withdrawn = отозвана
appeal-withdraw = Отозвать апелляцию
appeal-decision-of = Решение комиссии
appeal-decision = Решение
appeal-uphold = удовлетворить и изменить баллы
appeal-reject = отклонить
appeal-before = Баллы до
appeal-after = Новые баллы
appeal-after-hint = Сумма за всю работу. Сейчас: { $before }. Заполните, если апелляция удовлетворена.
appeal-new-points = Укажите новые баллы.
appeal-same-points = Новые баллы должны отличаться от прежних.
appeal-answer = Обоснование
appeal-answer-hint = Семья и школа прочтут его. Оно войдёт в протокол комиссии.
appeal-by-rules = Заново определить победителей и призёров по правилам этапа
appeal-do-decide = Записать решение
appeal-decided-already = По этой апелляции решение уже есть, или её отозвали.
appeal-own-child = Апелляцию своего ребёнка решают другие.
appeal-when = Когда
appeal-who = Кто записал
appeal-history = Как менялся результат
appeal-was = Было: { $points } б., место { $place }
appeal-why-preliminary = объявлены предварительные результаты
appeal-why-upheld = апелляция № { $number } удовлетворена
appeal-todo =
    { $count ->
        [one] { $count } апелляция ждёт решения
        [few] { $count } апелляции ждут решения
       *[other] { $count } апелляций ждут решения
    }
appeal-tie = предварительные результаты, апелляции по { $day }
protocol-final = Итоговый протокол
protocol-preliminary = Предварительный протокол
protocol-of-appeals = Протокол апелляционной комиссии
protocol-jury = Жюри в составе { $names } рассмотрело работы участников.
protocol-jury-appeals = Жюри в составе { $names } рассмотрело апелляции участников.
protocol-chair = председателя жюри { $name }
protocol-members =
    { $count ->
        [one] члена жюри { $names }
       *[other] членов жюри: { $names }
    }
protocol-secretary = секретаря жюри { $name }
protocol-most = Наибольший возможный балл — { $most }.
protocol-appeals =
    { $count ->
        [one] Рассмотрена { $count } апелляция, удовлетворено: { $upheld }.
        [few] Рассмотрены { $count } апелляции, удовлетворено: { $upheld }.
       *[other] Рассмотрено { $count } апелляций, удовлетворено: { $upheld }.
    }
order-kind = Приказ
order-draft = Проект приказа
order-heading = Об итогах мероприятия «{ $event }»
order-ground = На основании документа «{ $ground }» и в целях поддержки одарённых детей
order-command = ПРИКАЗЫВАЮ:
order-approve = 1. Утвердить итоги мероприятия.
order-winners =
    { $count ->
        [one] { $number }. Признать победителем:
       *[other] { $number }. Признать победителями:
    }
order-prize-winners =
    { $count ->
        [one] { $number }. Признать призёром:
       *[other] { $number }. Признать призёрами:
    }
order-diplomas = { $number }. Наградить победителей и призёров дипломами.
order-control = { $number }. Контроль за исполнением приказа оставляю за собой.
order-signer = Начальник управления образования
learners-export-why-protocol = для протокола или приказа
notification-kind-preliminary = Предварительные результаты
notification-kind-appealed = Апелляции
notification-kind-appeal_decided = Решения по апелляциям
notification-line-preliminary = Объявлены предварительные результаты: можно посмотреть работу и подать апелляцию
notification-line-appealed =
    { $count ->
        [1] Подана апелляция
       *[other] Поданы апелляции: { $count }
    }
notification-line-appeal_decided = По апелляции принято решение
notification-act-appealed = Рассмотреть
letter-line-preliminary =
    { $count ->
        [1] Объявлены предварительные результаты мероприятия. Указан срок апелляций.
       *[many] Объявлены предварительные результаты мероприятий: { $count }. Указаны сроки апелляций.
    }
letter-line-appealed =
    { $count ->
        [1] Вашего решения ждёт апелляция.
       *[many] Вашего решения ждут апелляции: { $count }.
    }
letter-line-appeal_decided =
    { $count ->
        [1] По апелляции принято решение.
       *[many] Приняты решения по апелляциям: { $count }.
    }
done-appeal-showing = Дни показа и апелляций сохранены.
done-appeal-sent = Апелляция отправлена. О решении придёт уведомление.
done-appeal-withdrawn = Апелляция отозвана.
done-appeal-decided = Решение записано. Места пересчитаны по баллам.
done-appeal-final = Итоги подведены. Показатели уже учитывают их.
done-appeal-order = Результаты утверждены приказом.
