nav-reports = Отчёты
about-nav-reports = Отчёты Центра, района и организаций: подготовить, сдать, принять, сравнить с сегодняшними данными.
permission-reports-view = смотреть отчёты своих организаций
permission-reports-count = считать показатели Центра и района за любые годы
permission-reports-centre = готовить и сдавать отчёт Центра
permission-reports-district = готовить отчёт района
permission-reports-hand-in = готовить и сдавать отчёт своей организации
permission-reports-decide = собирать, возвращать, принимать и закрывать отчёты
report-about = Числа в отчёт подставляются из подтверждённых результатов. Сданный отчёт хранится таким, каким его сдали, даже если данные потом изменятся.
report-prepare = Подготовить отчёт
report-figures = Показатели без отчёта
report-figures-about = Что сказал бы отчёт за эти годы, если составить его сегодня. Документ можно взять с собой, сдавать его не нужно.
report-state = Состояние
report-state-draft = Черновик
report-state-submitted = Сдан
report-state-returned = Возвращён
report-state-accepted = Принят
report-state-closed = Закрыт
report-whose = Чей отчёт
report-years-head = Годы
report-changed = Изменён
report-title-centre = Отчёт Центра
report-title-district = Отчёт района
report-title-organisation = Отчёт организации
report-none = Отчётов пока нет.
report-no-match = Таких отчётов нет.
report-calls = Сбор отчётов
report-calls-none = Сейчас отчёты ни за какой период не собирают.
report-call = Собрать отчёты
report-call-about = Организации увидят на главной странице, за какие годы и к какому дню сдать отчёт. Вы увидите, кто не сдал, и сможете напомнить всем сразу.
report-call-for = Отчёты организаций, { $years }
report-call-kinds = Кто сдаёт
report-call-kind-general = школы
report-call-kind-preschool = детские сады
report-call-kind-additional = организации дополнительного образования
report-call-note = Пояснение
report-call-note-hint = Например, на что обратить внимание в тексте.
report-call-begin = Начать сбор
report-call-close = Закончить сбор
report-call-close-about = { $title }. { $owing ->
    [0] Сдали все.
    [one] Не сдала { $owing } организация.
    [few] Не сдали { $owing } организации.
   *[other] Не сдали { $owing } организаций.
  } После этого напоминать об отчётах нельзя, и открыть этот сбор снова не получится.
report-call-close-sure = Да, закончить сбор
report-call-is-over = сбор закончен
report-call-over = Этот сбор уже закончен.
report-called-already = Отчёты за эти годы уже собирают.
report-due-on = Сдать до
report-due-over = День уже прошёл: укажите дату не раньше { $date }.
report-due-until = сдать до { $day }
report-due-today = сдать сегодня
report-due-over-by =
    { $days ->
        [one] срок прошёл { $days } день назад
        [few] срок прошёл { $days } дня назад
       *[many] срок прошёл { $days } дней назад
    }
report-progress = сдали { $some } из { $all }
report-missing = Не сдали { $some } из { $all }.
report-owed = нужно сдать
report-tab-owing = Не сдали
report-nobody-owes = Все отчёты сданы.
report-not-begun = не начат
report-remind =
    { $count ->
        [one] Напомнить { $count } организации
       *[many] Напомнить { $count } организациям
    }
report-reminded = Напомнили
report-reminded-on =
    { $times ->
        [1] { $day }
       *[other] { $day }, раз: { $times }
    }
report-reminded-all = Сегодня всем уже напомнили. Повторить можно завтра.
report-nobody-count =
    { $count ->
        [one] Ещё в { $count } организации напоминать некому: у руководителя и заместителя нет учётной записи. Позвоните.
       *[other] Ещё в { $count } организациях напоминать некому: у руководителей и заместителей нет учётной записи. Позвоните.
    }
report-nobody-to-remind = напоминать некому
report-new = Новый отчёт
report-new-hint = Выберите, о ком отчёт и за какие годы. Текст с показателями появится сам, его можно изменить.
report-begin = Составить
report-there-already = Отчёт за эти годы уже есть.
report-open = Открыть
report-edit = Изменить текст
report-edit-about = Вместо слов в фигурных скобках в документе будут числа, таблицы и диаграммы.
report-text = Текст отчёта
report-text-hint = Абзацы разделяйте строками. Строка, которая начинается с «# », станет заголовком. Таблица или диаграмма занимает отдельную строку.
report-save = Сохранить текст
report-cancel = Отмена
report-places = Что можно вставить
report-places-about = Скопируйте вместе со скобками. Таблицы и диаграммы ставьте на отдельной строке.
report-unknown-place = Строка { $line }: «{ $name }» программа не знает. Возьмите слова из списка «Что можно вставить».
report-brace = Строка { $line }: у фигурной скобки нет пары.
report-place-alone = Строка { $line }: «{ $name }» поставьте на отдельной строке, без других слов.
report-sections = Части отчёта
report-tab = Отчёт
report-tab-rows = Строки и сегодняшние данные
report-handed-in-at = сдан: { $when }, { $who }
report-not-handed-in = ещё не сдан
report-submit = Сдать отчёт
report-accept = Принять
report-close = Закрыть навсегда
report-close-about = { $title }. После закрытия отчёт не изменит никто, и вернуть его на доработку будет нельзя.
report-close-sure = Да, закрыть навсегда
report-return-title = Вернуть на доработку
report-return = Вернуть
report-reason = Что поправить
report-reason-hint = Это прочтут те, кто готовил отчёт.
report-reason-needed = Напишите, что поправить: без этого отчёт не вернуть.
report-returned-because = Отчёт вернули на доработку
report-moved = Отчёт уже { $state }: { $who }, { $when }. Откройте его ещё раз.
report-handed-in-already = Отчёт сдан: его текст больше не меняют. Если нужно исправить, попросите управление образования вернуть его.
report-today = Отчёт и сегодняшние данные
report-sums = Показатели сегодня
report-figure = Показатель
report-in-report = В отчёте
report-now = Сегодня
report-difference = Разница
report-when = Когда
report-other = изменилось
report-differs = После сдачи данные изменились. Отчёт остался прежним.
report-same = С тех пор, как отчёт сдали, данные не менялись.
report-frozen = Документ показан таким, каким его сдали.
report-live = Документ составлен по сегодняшним данным. Когда отчёт сдадут, числа в нём останутся навсегда.
report-files = Взять с собой
report-why = Для чего
report-why-hint = Эти слова будут в файле рядом с именем того, кто его сделал.
report-why-usual = отчёт в управление образования
report-why-missing = Напишите, для чего нужен файл: эти слова останутся в нём и в журнале.
report-made-why = Цель: { $why }.
report-copies = Сданные варианты
report-copy = Вариант { $number }: { $when }
report-kind = ОТЧЁТ
report-heading-centre = о результатах участия воспитанников Центра для одарённых детей в мероприятиях
report-heading-district = о результатах участия обучающихся района в мероприятиях
report-heading-organisation = о результатах участия обучающихся в мероприятиях
report-signer-centre = Координатор Центра
report-signer-district = Начальник управления образования
report-signer-organisation = Руководитель организации
report-department = Управление образования
report-the-centre = Центр для одарённых детей
report-mark-accepted = Принят управлением образования
report-year = { $year } учебный год
report-years = { $from } – { $to } учебные годы
report-nothing = { $period }: мероприятий с подтверждёнными результатами нет.
report-compared = За { $years } доля составляла { $share }, разница { $points } процентного пункта.
report-table-empty = Подтверждённых результатов за это время нет.
report-before = Раньше: { $years }
report-change = Изменение, п. п.
report-chart =
    Доля мероприятий с призами { $by ->
        [year] по годам
        [level] по уровням
        [format] по форматам
        [list] по перечням
        [organisation] по организациям
        [subject] по предметам
        [class] по классам
       *[age] по возрасту
    }
report-handed-in = Свои отчёты сдали { $some } из { $all } организаций.
report-line = Строка
report-rows = Раскрыть до строк
report-by-program = программа
report-todo-returned = вернули на доработку: { $reason }
report-mend = Поправить
report-todo-owed = Сдать отчёт организации, { $years }
report-todo-decide = Отчёты ждут решения
report-todo-decide-why =
    { $count ->
        [one] { $count } сданный отчёт нужно принять или вернуть
        [few] { $count } сданных отчёта нужно принять или вернуть
       *[many] { $count } сданных отчётов нужно принять или вернуть
    }
report-todo-missing = Не сдали отчёт ({ $years }): { $some } из { $all }
done-report-begun = Отчёт составлен. Проверьте текст и числа.
done-report-there = Отчёт за эти годы уже есть, вот он.
done-report-written = Текст сохранён.
done-report-submitted = Отчёт сдан. Его текст и числа сохранены такими, как сейчас.
done-report-returned = Отчёт возвращён. Тем, кто его готовил, придёт уведомление.
done-report-accepted = Отчёт принят.
done-report-closed = Отчёт закрыт. Он больше не изменится.
done-report-called = Сбор начат: организации видят его на главной странице.
done-report-reminded = Напоминания отправлены: в программе и письмом.
done-report-call-closed = Сбор закончен.
audit-report-submitted = отчёт сдан
audit-report-returned = отчёт возвращён
audit-report-accepted = отчёт принят
audit-report-closed = отчёт закрыт
audit-report-reminded = напоминание
audit-report-call-closed = сбор закончен
audit-export = выгрузка
audit-field-text = текст
notification-kind-report_due = Сдача отчётов
notification-kind-report_returned = Возврат отчётов
notification-kind-report_accepted = Принятые отчёты
notification-line-report_due = Напоминаем: пора сдать отчёт организации
notification-line-report_returned = Отчёт вернули на доработку
notification-line-report_accepted = Отчёт принят
notification-act-report_due = Сдать
notification-act-report_returned = Поправить
letter-line-report_due =
    { $count ->
        [1] Управление образования ждёт отчёт вашей организации.
       *[many] Управление образования ждёт отчёты вашей организации: { $count }.
    }
letter-line-report_returned =
    { $count ->
        [1] Отчёт вернули на доработку; что поправить, написано в нём.
       *[many] Отчёты вернули на доработку ({ $count }); что поправить, написано в каждом.
    }
letter-line-report_accepted =
    { $count ->
        [1] Ваш отчёт принят.
       *[many] Ваши отчёты приняты: { $count }.
    }
