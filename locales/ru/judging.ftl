permission-judging-judge = проверять работы этапа, в жюри которого входишь
judging-title = Проверка работ
judging-works = Лист проверки
judging-progress = Ход проверки
judging-count = проверено { $settled } из { $all }
judging-no-works = Кодов пока нет. Присвойте их допущенным участникам в списке этапа.
judging-sums = Баллы судей
judging-total = Итог
judging-unread = не проверена
judging-half = ждёт второго судью
judging-third = ждёт третьего судью
judging-settled = проверена
judging-needs-third = Оценки двух судей разошлись. Добавьте в жюри третьего.
judging-decode = Раскодировать и внести баллы
judging-decode-about = Итоги попадут в результаты этапа. После этого баллы судей не меняют: дальше — показ работ и апелляции.
judging-over = Работы раскодированы, баллы внесены в результаты.
judging-unsettled =
    { $count ->
        [one] Ждёт судью { $count } работа: { $codes }.
        [few] Ждут судью { $count } работы: { $codes }.
       *[other] Ждут судью { $count } работ: { $codes }.
    }
judging-no-points = Ни одна работа ещё не проверена.
judging-read = Эту работу уже проверили двое. Откройте лист заново.
judging-jury = Жюри
judging-no-jury = В жюри пока никого нет. Работу читают двое, при расхождении — третий.
judging-juror = Кто
judging-part = Роль в жюри
judging-part-chair = председатель жюри
judging-part-member = член жюри
judging-part-secretary = секретарь жюри
judging-juror-add = Добавить в жюри
judging-from-paper = внести баллы с бумаги
judging-judge = Судья
judging-rules = Правила проверки
judging-tasks = Задания или критерии
judging-tasks-hint = По строке на задание: название и наибольший балл, например «Задание 1 — 10».
judging-tasks-stand = Судьи уже поставили баллы: задания теперь не меняют.
judging-threshold = Порог расхождения, баллов
judging-threshold-hint = Если суммы двух судей расходятся больше, работу читает третий. Тогда итог — среднее двух ближайших сумм.
judging-no-tasks = Заданий пока нет. Их вносит организатор этапа.
judging-nothing-left = Работ для вас не осталось. Спасибо!
judging-works-about = На листе только коды. Пустая клетка — ещё не проверено.
judging-kept-away =
    { $count ->
        [one] { $count } работу читают другие: это ваш ученик или ваша школа.
        [few] { $count } работы читают другие: это ваши ученики или ваша школа.
       *[other] { $count } работ читают другие: это ваши ученики или ваша школа.
    }
judging-keep = Сохранить баллы
judging-todo =
    { $count ->
        [one] { $count } работа ждёт ваших баллов
        [few] { $count } работы ждут ваших баллов
       *[other] { $count } работ ждут ваших баллов
    }
judging-todo-act = Проверить
done-judging-rules = Правила проверки сохранены.
done-judging-jury = Состав жюри изменён.
done-judging-points = Баллы сохранены.
done-judging-decoded = Работы раскодированы, баллы внесены в результаты.
