staff-tab = Люди
staff-add = Записать на должность
staff-add-post = Добавить должность
staff-none = Пока никто не записан. Начните с тех, кто ведёт занятия для других организаций.
staff-person = Кто
staff-person-hint = Те, кто уже работает здесь. Для нового человека впишите имя ниже.
staff-new-person = Новый человек
staff-last-name = Фамилия
staff-first-name = Имя
staff-patronymic = Отчество
staff-is-other = Это другой человек, полный тёзка
staff-namesake = В сети уже есть такой человек: { $where }. Выберите его в списке или отметьте, что это тёзка.
staff-post = Должность
staff-post-hint = Как в штатном расписании: учитель физики, педагог-психолог.
staff-rate = Ставка
staff-rate-hint = Например: 1 или 0,5.
staff-rate-of =
    { $n ->
        [1] { $rate } ставка
        [2] { $rate } ставки
       *[other] { $rate } ставки
    }
staff-bad-rate = Ставка — число от 0,01 до 2, например 0,5.
staff-subjects = Предметы
staff-subjects-hint = Через запятую: физика, астрономия.
staff-category = Категория
staff-category-none = не указана
staff-category-suitable = соответствие должности
staff-category-first = первая
staff-category-highest = высшая
staff-category-methodologist = педагог-методист
staff-category-mentor = педагог-наставник
staff-when = Когда
staff-since = с { $date }
staff-from = Работает с
staff-until = Последний день
staff-until-hint = Не заполняйте, если работает и дальше.
staff-posts = Должности
staff-no-posts = Должности ещё не записаны.
staff-sections = Разделы карточки
staff-works-nowhere = Сейчас нигде в сети не работает
staff-at-work = работает
staff-not-now = не сейчас
staff-present = Только те, кто работает
staff-former = Показать и тех, кто ушёл
staff-end = Закончить работу
staff-end-about = Запись останется в истории. Занятия, о которых уже договорились, не отменяются.
staff-ended-already = У этой должности уже есть последний день. Поправьте его в форме выше.
done-position-added = Записано.
done-position-changed = Изменения сохранены.
done-position-ended = Последний день записан.
permission-staff-view = видеть, кто работает в организации
permission-staff-edit = записывать людей на должности
audit-field-until = последний день
