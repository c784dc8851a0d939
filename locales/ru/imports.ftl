nav-imports = Загрузка из Excel
about-nav-imports = Готовые таблицы — в реестры сети: с проверкой до записи и с отменой после.
permission-imports-view = загружать таблицы
permission-imports-organisations = загружать реестр организаций
permission-imports-resources = загружать каталог ресурсов
audit-undo-import = отмена загрузки
imports-title = Загрузка из Excel
imports-about = Здесь таблицы, которые уже загружали или начали загружать. Любую загрузку можно отменить в течение 30 дней.
imports-list = Загрузки
imports-none = Пока ничего не загружали. Подойдёт любая таблица: Excel, LibreOffice, CSV.
import-new = Загрузить таблицу
import-of = Загрузить: { $kind }
import-kind = Что в таблице
import-kind-organisations = организации
import-kind-resources = ресурсы
import-file = Файл
import-when = Когда
import-who = Кто
import-written = Записано
import-pasted = вставленная таблица
import-state-ready = проверяется
import-state-applied = загружено
import-state-undone = отменено
import-state-cancelled = не загружали
import-tally = добавлено { $added }, изменено { $changed }
import-steps = Шаги загрузки
import-step-file = Файл
import-step-columns = Столбцы
import-step-preview = Проверка
import-step-summary = Итог
import-choose-file = Выберите файл или перетащите его сюда
import-file-hint = Excel, LibreOffice или CSV, до { $limit } МБ. Заголовки, объединённые ячейки и лишние строки не мешают.
import-table = Или вставьте таблицу
import-table-hint = Выделите ячейки в Excel вместе с заголовками, скопируйте и вставьте сюда.
import-more = Ещё о таблице
import-organisation = Чья таблица
import-organisation-hint = Если все строки — одной организации.
import-whole-network = всей сети
import-area-code = Код города
import-area-code-hint = Для телефонов без кода, например 39-25-75.
import-as-of = На какой день она верна
import-as-of-hint = Если не заполнить — на сегодня. С этого дня начнут действовать новые названия.
import-read = Прочитать таблицу
import-nothing-yet = Пока ничего не изменится: сначала вы увидите, что прочитано, и сможете поправить.
import-no-file = Выберите файл или вставьте таблицу.
import-refused = { $sentence }
import-bad-area-code = Код города — от 3 до 5 цифр, например 4722.
import-same-file = Такую же таблицу уже загружали: { $when }.
import-look-at-it = Посмотреть ту загрузку
import-columns-title = Что в столбцах
import-no-table = Таблица сама не нашлась. Укажите ниже, в каком столбце что стоит.
import-one-table = Таблица, строк: { $rows }
import-sheet = Лист «{ $sheet }», строк: { $rows }
import-sheet-left = Лист «{ $sheet }» не загружается: { $why }.
import-sheet-use = Указать столбцы
import-sheet-empty = он пустой
import-sheet-instructions = это пояснения
import-sheet-hidden = он скрыт
import-sheet-hidden_list_of_values = это скрытый справочник
import-sheet-no_table = в нём нет таблицы
import-sheet-no_people = в нём нет списка детей
import-sheet-no_results = в нём нет результатов
import-no-header = Строки с заголовками не видно, столбцы узнаны по содержимому.
import-column = Столбец
import-samples = Например
import-means = Что это
import-means-of = Что в столбце «{ $column }»
import-leave-out = не загружать
import-unused = (прочитаем, но не сохраним)
import-column-counter = номера по порядку
import-column-empty = столбец пустой
import-column-hidden_outdated = столбец скрыт
import-column-computed = вычислено по формуле
import-column-other_person = о другом человеке
import-column-not_needed = не нужен для этого реестра
import-column-twice = Это уже выбрано в другом столбце. Оставьте в одном.
import-no-anchor = Укажите столбец с названием: без него строки не узнать.
import-to-preview = К проверке
import-other-file = Взять другой файл
import-field-organisations-name = Название
import-field-organisations-short_name = Краткое название
import-field-organisations-kind = Вид
import-field-organisations-address = Адрес
import-field-organisations-phones = Телефоны
import-field-organisations-email = Почта
import-field-organisations-site = Сайт
import-field-organisations-head = Руководитель
import-field-organisations-inn = ИНН
import-field-organisations-kpp = КПП
import-field-organisations-ogrn = ОГРН
import-field-organisations-comment = Примечание
import-field-resources-name = Название
import-field-resources-class = Класс
import-field-resources-owner = Владелец
import-field-resources-capacity = Вместимость
import-field-resources-conditions = Условия
import-preview-title = Проверьте перед загрузкой
import-verdict = Что будет записано
import-will-write =
    { $rows ->
        [0] Записывать нечего.
        [one] Будет записана { $rows } строка.
        [few] Будут записаны { $rows } строки.
       *[other] Будет записано { $rows } строк.
    }
import-will-skip =
    { $rows ->
        [one] { $rows } похожая строка будет пропущена: выберите, что с ней делать.
        [few] { $rows } похожие строки будут пропущены: выберите, что с ними делать.
       *[other] { $rows } похожих строк будет пропущено: выберите, что с ними делать.
    }
import-will-refuse =
    { $rows ->
        [one] { $rows } строка с ошибкой не загрузится: исправьте её здесь или в файле.
        [few] { $rows } строки с ошибками не загрузятся: исправьте их здесь или в файле.
       *[other] { $rows } строк с ошибками не загрузится: исправьте их здесь или в файле.
    }
import-will-drop-cells =
    { $rows ->
        [one] В { $rows } строке не прочитана ячейка: строка загрузится без неё.
        [few] В { $rows } строках не прочитаны ячейки: строки загрузятся без них.
       *[other] В { $rows } строках не прочитаны ячейки: строки загрузятся без них.
    }
import-apply =
    { $rows ->
        [one] Загрузить { $rows } строку
        [few] Загрузить { $rows } строки
       *[other] Загрузить { $rows } строк
    }
import-errors-file = Файл с пометками (.xlsx)
import-what-to-mend = Что исправить
import-cancel = Не загружать
import-by-status = Строки по состоянию
import-tab-all = Все
import-tab-new = Новые
import-tab-changed = Изменённые
import-tab-same = Без изменений
import-tab-duplicate = Похожие
import-tab-warning = С замечаниями
import-tab-error = С ошибками
import-rows = Строки таблицы
import-no-such-rows = Таких строк нет.
import-row = Строка
import-row-n = строка { $row }
import-status-new = новая
import-status-changed = изменится
import-status-same = без изменений
import-status-duplicate = похожа
import-status-error = с ошибкой
import-into = Это
import-was = было:
import-becomes = станет:
import-why-exact = точный повтор
import-why-yo_variant = то же, «е» вместо «ё»
import-why-upper_case = то же, другими буквами
import-why-letter_typo = отличается одной буквой
import-why-missing_patronymic = то же без отчества
import-why-other_class = тот же человек, другой класс
import-why-event_title_variant = то же мероприятие
import-why-other_writing = то же, написано иначе
import-why-same_number = тот же ИНН или ОГРН
import-why-other_number = то же название, другой ИНН или ОГРН
import-why-same_record = та же запись
import-why-same_name = так же называется
import-why-former_name = так называлась раньше
import-why-close_name = похожее название
import-why-gone = закрыта или реорганизована
import-choice-of = Что делать со строкой { $row }
import-choice-skip = Пропустить
import-choice-add = Добавить как новую
import-choice-into = Объединить с «{ $name }»
import-choice-row = Объединить со строкой { $row }
import-undecided = Не выбрано: будет пропущена.
import-save-choices = Сохранить выбор
import-mend = Исправить
import-mend-cell = { $field }, строка { $row }: новое значение
import-moved-on = Эту загрузку уже закончили или отменили. Ниже — то, что есть сейчас.
import-stale = Пока вы смотрели, данные в сети изменились. Мы сравнили таблицу заново: проверьте ещё раз.
import-row-refused = Строка { $row } не записывается: { $why } Ничего не записано.
import-under-way = Загрузка идёт
import-so-far = Готово строк: { $done } из { $total }
import-may-leave = Страница обновляется сама. Можно уйти: загрузка не прервётся.
import-look-again = Обновить
import-summary-title = Загружено
import-undone-title = Загрузка отменена
import-cancelled-title = Эту таблицу не загружали
import-to-list = К списку
import-kept-some =
    { $rows ->
        [one] { $rows } запись оставлена как есть: после загрузки её меняли или уже используют.
        [few] { $rows } записи оставлены как есть: после загрузки их меняли или уже используют.
       *[other] { $rows } записей оставлено как есть: после загрузки их меняли или уже используют.
    }
import-kept-which = Какие
import-undo = Отменить загрузку
import-undo-until = Можно до { $date }: добавленное исчезнет, изменённое станет прежним.
import-purged = Строки и файл хранятся { $days } дней и уже удалены. Отменить эту загрузку больше нельзя.
import-taken = Прочитана
import-ended-ready = Закончена
import-ended-applied = Загружена
import-ended-undone = Отменена
import-ended-cancelled = Закрыта
import-figure-added = Добавлено
import-figure-changed = Изменено
import-figure-same = Без изменений
import-figure-skipped = Пропущено
import-figure-refused = С ошибками
import-outcome-added = добавлена
import-outcome-changed = изменена
import-outcome-same = без изменений
import-outcome-skipped = пропущена
import-outcome-refused = с ошибкой
import-reversal-removed = убрана
import-reversal-restored = возвращена
import-reversal-kept = оставлена
import-record = Запись
import-what = Что
import-rows-shown = Строк на странице: { $rows }
done-import-decided = Выбор сохранён.
done-import-mended = Ячейка исправлена, таблица прочитана заново.
done-import-cancelled = Эта таблица не загружена.
done-import-applied = Таблица загружена.
done-import-undone = Загрузка отменена.
resource-import-no-owner = Не указан владелец. Впишите организацию.
resource-import-unknown-owner = Организации «{ $name }» нет в сети. Впишите её краткое название, как в списке организаций.
resource-import-other-owner = Это ресурс другой организации. Загрузить можно только свои.
resource-import-usual-capacity = Вместимость не указана: запишем { $n }. Впишите свою, если она другая.
