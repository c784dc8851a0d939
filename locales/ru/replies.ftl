nav-replies = Ответы на запросы
about-nav-replies = Пустая таблица управления или министерства, заполненная из данных сети.
permission-replies-make = отвечать на запросы таблицами
reply-about = Пришёл запрос с пустой таблицей? Загрузите её: столбцы будут узнаны, известное — заполнено, неизвестное останется жёлтым. Оформление и другие листы файла не меняются.
reply-new = Новый запрос
reply-title = Какой это запрос
reply-title-hint = Например: «Письмо министерства образования от 12.11.2026 № 9-09/14». По этим словам ответ найдут вы и коллеги.
reply-choose-file = Выберите файл или перетащите его сюда
reply-file-hint = Таблица Excel (.xlsx) или Word (.docx), до { $limit } МБ
reply-read = Прочитать бланк
reply-all = Запросы
reply-none = Запросов ещё не было. Загрузите первый бланк — дальше такая же таблица заполнится сразу.
reply-begun = Загружен
reply-taken = Ответ скачан
reply-not-taken = ещё нет
reply-kept-for =
    Запросы и бланки хранятся { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[other] { $days } дней
    }, потом удаляются.
reply-take = Скачать заполненный файл
reply-remembered = Такая таблица уже встречалась: столбцы заполнены так же, как в прошлый раз. Проверьте период.
reply-preview = Как заполнится таблица
reply-preview-about = Каждое число ведёт к строкам, из которых сложилось. Жёлтые ячейки программа заполнить не может: они останутся жёлтыми и в файле. Полужирное написано в самом бланке и не меняется.
reply-lines =
    { $count ->
        [one] { $count } строка
        [few] { $count } строки
       *[other] { $count } строк
    }
reply-more-lines =
    { $count ->
        [one] И ещё { $count } строка
        [few] И ещё { $count } строки
       *[other] И ещё { $count } строк
    } в файле.
reply-no-lines = За этот период строк нет. Выберите другой период или другой вид строк.
reply-unknown = неизвестно
reply-settings = Что означают строки и столбцы
reply-sheet = Таблица в файле
reply-sheet-hint = Другая таблица будет прочитана заново; столбцы ниже тогда не учитываются.
reply-rows = Одна строка — это
reply-rows-hint = Если в бланке уже названы организации, уровни или показатели, заполнятся эти строки; иначе строки появятся из данных.
reply-rows-organisation = организация
reply-rows-learner = ребёнок
reply-rows-participation = участие ребёнка в мероприятии
reply-rows-edition = мероприятие
reply-rows-indicator = показатель
reply-rows-level = уровень мероприятий
reply-rows-format = формат мероприятий
reply-rows-list = официальный перечень
reply-rows-subject = предмет
reply-rows-class = класс
reply-rows-year = учебный год
reply-rows-one = всё вместе, одна строка
reply-of = Какие участия
reply-of-counted = все с подтверждённым результатом
reply-of-prizes = только призовые
reply-of-pending = ждущие итогов
reply-columns = Столбцы бланка
reply-column = Столбец бланка
reply-meaning = Что в нём
reply-whole-period = за весь период
reply-keep = Заполнить так и запомнить
reply-remove = Убрать запрос
reply-removal-about = Бланк и настройки удалятся. То, как понимать такую таблицу, останется запомненным.
reply-years-turned = Последний учебный год раньше первого. Поменяйте их местами.
reply-stale = Настройки только что изменил кто-то другой. Обновите страницу и посмотрите, что там теперь.
reply-left-consent =
    { $children ->
        [one] У { $children } ребёнка
       *[other] У { $children } детей
    } нет действующего согласия на передачу данных, поэтому { $count ->
        [one] не вошла { $count } строка
        [few] не вошли { $count } строки
       *[other] не вошло { $count } строк
    }.
reply-mend-consent = Собрать согласия
reply-mend-period = Выбрать другой период
reply-mend-results = Посмотреть результаты
reply-all-left = Строки для этой таблицы есть, но ни одна из них не может в неё войти.
reply-counted = За какие годы и чьё участие
reply-recount = Пересчитать
reply-year-said = В запросе назван { $years } учебный год: за него и посчитано.
reply-year-calendar = В запросе назван календарный год, а сведения ведутся по учебным. Взят учебный год { $years }, который закончился в названном году. Если нужен другой, выберите его здесь.
reply-year-differs = В запросе назван { $said } учебный год, а посчитано за { $years }. Проверьте, так ли это задумано.
reply-year-chosen = В запросе учебный год не назван, посчитано за { $years }.
reply-year-unsaid = В запросе не сказано, за какой учебный год нужны сведения. Взят { $years }: последний, за который у Центра есть подтверждённые результаты (если таких нет, берётся текущий). Нужен другой — выберите его здесь.
reply-whose-centre = воспитанники Центра
reply-whose-all = все дети сети
reply-whose-own = дети организации, которая отвечает
reply-left-reach =
    { $count ->
        [one] Не вошла { $count } строка: этого ребёнка
        [few] Не вошли { $count } строки: этих детей
       *[other] Не вошло { $count } строк: этих детей
    } вы не можете видеть поимённо.
reply-left-unmatched =
    { $count ->
        [one] { $count } строка бланка не узнана и осталась жёлтой.
        [few] { $count } строки бланка не узнаны и остались жёлтыми.
       *[other] { $count } строк бланка не узнаны и остались жёлтыми.
    }
reply-left-columns =
    { $count ->
        [one] { $count } столбец не узнан. Выберите ниже, что в нём, или оставьте жёлтым
        [few] { $count } столбца не узнаны. Выберите ниже, что в них, или оставьте жёлтыми
       *[other] { $count } столбцов не узнано. Выберите ниже, что в них, или оставьте жёлтыми
    }.
reply-left-limit = Строк слишком много, вошли не все. Сузьте период или отбор.
reply-refused-password_protected = Файл закрыт паролем. Снимите пароль в Excel или Word и загрузите снова.
reply-refused-corrupted = Файл повреждён или загружен не полностью. Откройте его в Excel или Word, сохраните заново и загрузите снова.
reply-refused-empty = В файле нет ни одной заполненной ячейки: не видно, что спрашивают. Проверьте, тот ли файл выбран.
reply-refused-too_large = Файл слишком велик для бланка. Оставьте в нём только таблицу, которую нужно заполнить.
reply-refused-too_large_unpacked = Файл после распаковки слишком велик: так выглядят файлы, которые портят работу программ. Скопируйте таблицу в новый файл.
reply-refused-entity_expansion = В файле есть объявления XML, которых в обычном бланке не бывает. Скопируйте таблицу в новый файл.
reply-refused-external_entity = Файл ссылается на данные вне себя, а это небезопасно. Скопируйте таблицу в новый файл.
reply-refused-not_a_table = В файле нет таблицы. Загрузите Excel (.xlsx) или Word (.docx) с таблицей, которую нужно заполнить.
reply-refused-unsupported_format = Такой формат заполнить нельзя. Откройте файл и сохраните его как «Книга Excel (.xlsx)» или «Документ Word (.docx)».
reply-refused-macros = В файле есть макросы, то есть программа. Сохраните его без макросов (.xlsx или .docx) и загрузите снова.
reply-refused-no_table = Не нашлось строки с названиями столбцов. Проверьте, есть ли в файле таблица с шапкой.
done-reply-begun = Бланк прочитан. Проверьте, как он заполнится.
done-reply-kept = Настройки запомнены: следующая такая таблица заполнится сразу.
done-reply-removed = Запрос убран.
reply-field-unknown = неизвестно, оставить жёлтым
reply-field-number = № п/п
reply-field-organisation = организация
reply-field-organisation_full = полное наименование организации
reply-field-head = руководитель организации
reply-field-address = адрес
reply-field-phone = телефон
reply-field-email = электронная почта
reply-field-inn = ИНН
reply-field-learner = фамилия, имя, отчество ребёнка
reply-field-last_name = фамилия ребёнка
reply-field-first_name = имя ребёнка
reply-field-patronymic = отчество ребёнка
reply-field-birth_date = дата рождения
reply-field-class = класс
reply-field-age = возраст
reply-field-event = мероприятие
reply-field-level = уровень
reply-field-stage = этап
reply-field-format = формат
reply-field-subject = предмет
reply-field-list = перечень
reply-field-year = учебный год
reply-field-date = дата проведения
reply-field-place_held = место проведения
reply-field-organiser = организатор
reply-field-result = результат
reply-field-degree = степень диплома
reply-field-place = занятое место
reply-field-score = баллы
reply-field-document = подтверждающий документ
reply-field-pedagogue = педагог
reply-field-events = Количество мероприятий
reply-field-prize_events = Количество мероприятий с призовыми местами
reply-field-prize_share = Доля мероприятий с призовыми местами, %
reply-field-participations = Количество участий
reply-field-prize_participations = Победителей и призёров (призовых участий)
reply-field-participation_share = Доля призовых участий, %
reply-field-children = Количество участников (детей)
reply-field-prize_children = Количество детей с призовыми местами
reply-field-children_share = Доля детей с призовыми местами, %
reply-field-winners = Количество победителей
reply-field-prize_winners = Количество призёров
reply-field-prize_places = Количество призовых мест (команда — одно)
reply-field-pending = Участий, ждущих итогов
reply-field-indicator = название показателя
reply-field-value = значение показателя строки
