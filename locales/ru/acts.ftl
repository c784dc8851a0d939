nav-acts = Документы
about-nav-acts = Приказы, положения, планы и соглашения, по которым живёт сеть.
acts-about = Приказы, положения, концепции, планы, протоколы и соглашения сети: что действует, что чем заменено.
acts-list = Список документов
acts-views = Виды списка
acts-all = Все
acts-of-order = Приказы
acts-of-regulation = Положения
acts-of-concept = Концепции
acts-of-plan = Планы
acts-of-protocol = Протоколы
acts-of-agreement = Соглашения
acts-of-letter = Письма
acts-find = Номер, название или кто издал
acts-find-hint = например, 1017
acts-none = Документов пока нет.
acts-none-here = Об этой организации актов ещё нет.
acts-archive = Архив
act-one = Документ
act-add = Добавить документ
act-new = Новый документ
act-sections = Разделы карточки
act-kind = Вид
act-kind-order = Приказ
act-kind-regulation = Положение
act-kind-concept = Концепция
act-kind-plan = План
act-kind-protocol = Протокол
act-kind-agreement = Соглашение
act-kind-letter = Письмо
act-state-in_force = действует
act-state-not_yet = ещё не действует
act-state-expired = срок истёк
act-state-replaced =
    { $kind ->
        [concept] заменена
        [regulation] заменено
        [agreement] заменено
        [letter] заменено
       *[other] заменён
    }
act-state-repealed =
    { $kind ->
        [concept] отменена
        [regulation] отменено
        [agreement] отменено
        [letter] отменено
       *[other] отменён
    }
act-in-archive = в архиве
act-number = Номер
act-number-hint = Без знака №. Если номера нет, оставьте пустым.
act-issued-on = Дата
act-number-and-date = Номер и дата
act-of-date = от { $date }
act-year = Год
act-any-year = Любой
act-reference = { $kind } №{"\u00A0"}{ $number } от{"\u00A0"}{ $date }
act-reference-no-number = { $kind } от{"\u00A0"}{ $date }
act-title = Название
act-title-hint = Как в самом документе: «О создании Центра для одарённых детей».
act-issuer = Кто издал
act-owner = Чей документ
act-owner-network = всей сети
act-owner-hint = Кто ведёт эту карточку и может её исправить.
act-from = Действует с
act-from-hint = Если не заполнить, со дня подписания.
act-until = Действует по
act-until-hint = Последний день. Пусто — бессрочно.
act-ends-before = Последний день не может быть раньше первого.
act-note = О чём
act-note-hint = Коротко, чтобы найти нужное, не открывая файл.
act-organisations = О каких организациях
act-facts = Сведения
act-files = Файлы
act-no-files = Файла пока нет.
act-file-gone = Этого файла здесь уже нет.
act-too-many-files =
    { $limit ->
        [one] У документа может быть не больше { $limit } файла.
       *[other] У документа может быть не больше { $limit } файлов.
    }
act-chain = Связи с другими документами
act-no-links = Документ пока ни с чем не связан.
act-does-approves = Утверждает
act-does-replaces = Заменяет
act-does-repeals = Отменяет
act-does-amends = Вносит изменения
act-done-approves =
    { $kind ->
        [concept] Чем утверждена
        [regulation] Чем утверждено
        [agreement] Чем утверждено
        [letter] Чем утверждено
       *[other] Чем утверждён
    }
act-done-replaces =
    { $kind ->
        [concept] Чем заменена
        [regulation] Чем заменено
        [agreement] Чем заменено
        [letter] Чем заменено
       *[other] Чем заменён
    }
act-done-repeals =
    { $kind ->
        [concept] Чем отменена
        [regulation] Чем отменено
        [agreement] Чем отменено
        [letter] Чем отменено
       *[other] Чем отменён
    }
act-done-amends =
    { $kind ->
        [concept] Чем изменена
        [regulation] Чем изменено
        [agreement] Чем изменено
        [letter] Чем изменено
       *[other] Чем изменён
    }
act-replaced-by = С{"\u00A0"}{ $date } вместо этого документа действует другой:
act-repealed-by = Документ отменён с{"\u00A0"}{ $date }:
act-link-add = Связать
act-link-title = Связь с другим документом
act-link-do = Связать
act-link-remove = Убрать связь
act-link-relation = Что делает этот документ
act-link-target = С каким документом
act-link-nothing = Ничего не нашлось среди документов, которые вы ведёте. Попробуйте номер или другое слово.
act-link-choose = Выберите документ из списка.
act-link-self = Документ не может быть связан сам с собой.
act-link-earlier = Более ранний документ не может заменить, отменить или изменить более поздний. Проверьте даты.
act-link-not-yours = Этот документ ведёте не вы: связать с ним может тот, кто его ведёт.
act-link-there = Такая связь уже есть.
act-link-gone = Этой связи уже нет.
act-namesakes = Тот же номер и дата
act-namesakes-why = Один приказ может и создать, и утвердить. Если это разные записи об одном и том же, оставьте одну, а другую уберите в архив.
act-archive-title = Архив
act-archive = Убрать в архив
act-archive-why = Для записей, внесённых по ошибке. Документ, который больше не действует, убирать не нужно: отметьте срок или связь.
act-restore = Вернуть из архива
act-archived-already = Это уже сделано. Обновите страницу.
file-download = Скачать
file-remove = Убрать
file-attach = Приложить файл
file-drop = Перетащите файл сюда или выберите
file-hint = До { $limit } МБ: PDF, DOCX, ODT, XLSX, XLS, ODS, CSV, TXT, PNG, JPEG.
file-kilobytes = { $n } КБ
file-megabytes = { $n } МБ
done-act-added = Документ добавлен. Теперь приложите файл и свяжите с другими документами.
done-act-changed = Изменения сохранены.
done-act-archived = Документ убран в архив.
done-act-restored = Документ возвращён из архива.
done-act-linked = Связь записана.
done-act-unlinked = Связь убрана.
done-act-attached = Файл приложен.
done-act-detached = Файл убран.
audit-archive = в архив
audit-restore = из архива
audit-link = новая связь
audit-unlink = связь убрана
audit-attach = новый файл
audit-detach = файл убран
audit-field-number = номер
audit-field-issued_on = дата
audit-field-issuer = кто издал
audit-field-title = название
audit-field-note = о чём
audit-field-owner = чей документ
audit-field-effective_from = действует с
audit-field-effective_until = действует по
audit-field-organisations = организации
audit-field-approves = утверждает
audit-field-replaces = заменяет
audit-field-repeals = отменяет
audit-field-amends = вносит изменения
permission-acts-view = смотреть документы
permission-acts-edit = вести документы
