nav-societies = Научные общества
about-nav-societies = Общества обучающихся: секции, совет, собрания и протоколы.
permission-societies-view = видеть научные общества
permission-societies-join = вступать в научные общества и записывать в них детей
permission-societies-edit = вести общества своей организации
permission-societies-lead = вести секцию общества
societies-about = Дети разных школ занимаются в секциях, выбирают совет и сами ведут собрания.
societies-none = Обществ пока нет.
society-add = Создать общество
society-new = Новое общество
society-title = Общество
society-title-hint = Например: научное общество обучающихся «Биотоп».
society-founded = Создано
society-charter = Положение или устав
society-charter-hint = Выберите из документов организации. Если его нет, сначала внесите документ.
society-no-charter = не указано
society-about = О чём оно
society-parts = Разделы общества
society-facts = Об обществе
society-members = Участники
society-count =
    { $count ->
        [one] { $count } участник
        [few] { $count } участника
       *[other] { $count } участников
    }
society-sections = Секции
society-section = Секция
society-no-section = без секции
society-no-sections = Секций пока нет.
society-section-title = Новая секция
society-section-focus = Направленность
society-no-focus = не указана
society-section-leader = Кто ведёт
society-nobody = пока никто
society-section-add = Добавить секцию
society-council = Совет
society-no-council = Совет пока не выбран.
society-post = Роль
society-post-member = участник
society-post-council = член совета
society-post-secretary = секретарь
society-post-chair = председатель
society-chair = Председатель
society-secretary = Секретарь
society-appoint = Назначить
society-leave = Отметить выход
society-join = Принять в общество
society-join-do = Принять
society-whom = Кого принять
society-learner-there = Этот ребёнок уже в обществе.
society-meetings = Собрания
society-no-meetings = Протоколов пока нет.
society-meeting-add = Записать собрание
society-meeting-one = Протокол
society-meeting-general = общее собрание
society-meeting-council = заседание совета
society-meeting-kind = Что прошло
society-meeting-day = День
society-meeting-present = Сколько присутствовало
society-by-hand = впишем от руки
society-agenda = Повестка дня
society-decisions = Что решили
society-lines-hint = По одному пункту в строке, номера программа поставит сама.
society-protocol = Протокол № { $number } от { $date }
society-present =
    { $count ->
        [one] присутствовал { $count } человек
        [few] присутствовали { $count } человека
       *[other] присутствовали { $count } человек
    }
society-stale = Запись уже изменили. Ниже то, что ввели вы: сохраните ещё раз, если оно вернее.
done-society-added = Общество создано. Добавьте секции и примите участников.
done-society-changed = Изменения сохранены.
done-society-section = Секция добавлена.
done-society-joined = Участник принят.
done-society-left = Выход записан.
done-society-meeting = Протокол сохранён.
audit-section = новая секция
audit-appoint = назначение
