nav-reports = Отчёты
about-nav-reports = Отчёт Центра за выбранные годы: Word, PDF и Excel.
permission-reports-view = готовить отчёты
report-centre = Отчёт о результатах воспитанников Центра
report-about = Показатели, таблицы и текст за выбранные годы. Числа считаются заново каждый раз; каждое можно раскрыть до строк в разделе «Показатели».
report-kind = ОТЧЁТ
report-heading = о результатах участия воспитанников Центра для одарённых детей в мероприятиях,
report-year = { $year } учебный год
report-years = { $from } – { $to } учебные годы
report-nothing = { $period }: мероприятий с подтверждёнными результатами нет.
report-sentence =
    { $period }: воспитанники Центра участвовали в { $events ->
        [one] { $events } мероприятии
       *[other] { $events } мероприятиях
    }; призовые места заняты в { $prizes } из них, что составляет { $share }.
report-beside = Участвовало детей: { $children }, из них с призовыми местами: { $winners }. Участий: { $participations }, призовых мест: { $places } (команда считается за одно).
report-pending =
    { $count ->
        [one] Ещё { $count } участие ждёт
        [few] Ещё { $count } участия ждут
       *[other] Ещё { $count } участий ждут
    } итогов и в доли не { $count ->
        [one] входит
       *[other] входят
    }; мероприятий без единого подтверждённого результата — { $events }.
report-signer = Координатор Центра
report-line = Строка
report-rows = Раскрыть до строк
report-by-program = программа
