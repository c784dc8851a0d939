permission-exchange-view = смотреть занятия и выдачи своей организации
permission-exchange-request = подавать заявки за организацию
permission-exchange-decide = отвечать на заявки за владельца
permission-exchange-figures = смотреть «отдано / получено»
booking-state-requested = ждёт решения
booking-state-countered = предложено другое
booking-state-planned = согласовано
booking-state-took_place = состоялось, ждёт подтверждения
booking-state-confirmed = подтверждено
booking-state-disputed = расходятся данные
booking-state-declined = отклонено
booking-state-cancelled = отменено
booking-state-did_not_take_place = не состоялось
booking-state-moved = перенесено
booking-taken =
    { $count ->
        [1] Это время уже занято. Выберите одно из свободных: они названы на этой странице.
       *[other] Часть времени уже занята. Выберите другие дни или подайте заявку только на свободные.
    }
booking-too-many =
    { $most ->
        [one] Слишком много сразу: не больше { $most } занятия в одной заявке.
       *[other] Слишком много сразу: не больше { $most } занятий в одной заявке.
    }
booking-wrong-state = Так сделать нельзя: сейчас занятие в состоянии «{ $state }». Обновите страницу.
booking-which-side = Вы можете отвечать за обе стороны. Укажите, за какую: кто даёт или кто получает.
booking-begun = Занятие уже началось. Отметьте, что оно не состоялось, и напишите почему.
booking-not-begun = Занятие ещё не началось. Его можно отменить или перенести.
booking-other-owner = Предложите ресурс той же организации.
booking-back-before = Вернуть раньше, чем выдали, нельзя: выдали { $date }.
need-state-submitted = ждёт предложений
need-state-answered = есть предложение
need-state-fulfilled = закрыта
need-state-cancelled = отменена
need-wrong-state = Так сделать нельзя: сейчас потребность в состоянии «{ $state }». Обновите страницу.
