nav-figures = Показатели
about-nav-figures = Призовые места по уровням, годам, школам и предметам.
permission-figures-view = смотреть сводные показатели
permission-figures-rows = смотреть строки, из которых сложились показатели
figures-about = В какой доле мероприятий дети заняли призовые места. Считаются только подтверждённые результаты.
figures-model = Демонстрационные числа за 2015–2017 годы подобраны под долю из описания Центра: призовые места в 30 % мероприятий. Самих количеств в описании нет.
figures-rules = Мероприятие из нескольких этапов считается один раз. Неявка и отказ не считаются участием, дисквалификация — участие без приза. Несколько лет складываются, проценты не усредняются. Воспитанником Центра считается тот, кто состоял в нём в день мероприятия.
figures-from = С учебного года
figures-to = По учебный год
figures-by = Разбивка
figures-by-year = Учебный год
figures-by-level = Уровень
figures-by-format = Формат
figures-by-list = Перечень
figures-by-organisation = Организация
figures-by-subject = Предмет
figures-by-class = Класс
figures-by-age = Возраст
figures-none-year = Год не указан
figures-none-level = Уровень не указан
figures-none-format = Формат не указан
figures-none-list = Вне перечней
figures-none-organisation = Не указана
figures-none-subject = Без предмета
figures-none-class = Не в школе
figures-none-age = Возраст не указан
figures-list-any = В любом перечне
figures-class = { $class } класс
figures-age =
    { $age ->
        [one] { $age } год
        [few] { $age } года
       *[other] { $age } лет
    }
figures-side = Какая организация
figures-side-main = где учится
figures-side-sending = кто направил
figures-side-preparing = кто готовил
figures-whose = Чьё участие
figures-whose-centre = воспитанники Центра
figures-whose-all = все дети
figures-without-paid = Без платных конкурсов вне перечней
figures-k1 = Мероприятия с призами
figures-k2 = Участия с призом
figures-k3 = Дети с призами
figures-share = Доля, %
figures-out-of = из
figures-of = { $some } из { $all }
figures-few = меньше 5
figures-places = Призовых мест
figures-team-is-one = команда считается за одно
figures-pending = Ждут итогов
figures-pending-about = не входят ни в одну долю
figures-nothing = За эти годы подтверждённых результатов нет. Когда протокол подтвердят, показатели появятся здесь.
figures-exceed = Сумма строк больше итога: мероприятие и ребёнок считаются в каждой строке, к которой относятся, а в итоге — один раз.
figures-total = Всего
figures-years = По годам
figures-pooled = итог сложен из количеств, а не усреднён
figures-rows = Строки показателя
figures-no-rows = Под это условие не подходит ни одно участие.
figures-of-counted = все учтённые участия
figures-of-prizes = призовые места
figures-of-pending = ждут итогов
figures-row-event = Мероприятие
figures-row-child = Участник
figures-row-result = Результат
figures-row-state = Подтверждение
figures-row-ground = Основание
figures-unnamed = имя закрыто
figures-years-turned = Последний год не может быть раньше первого.
figures-years-many = Не больше { $most } лет за один раз.
figures-prize-events = Мероприятий с призами
figures-events = Мероприятий всего
figures-prize-participations = Участий с призом
figures-participations = Участий всего
figures-participations-share = Доля участий, %
figures-prize-children = Детей с призами
figures-children = Детей всего
figures-children-share = Доля детей, %
figures-told-rows =
    { $n ->
        [one] { $n } участие
        [few] { $n } участия
       *[other] { $n } участий
    }
figures-told-events =
    { $n ->
        [one] { $n } мероприятие
        [few] { $n } мероприятия
       *[other] { $n } мероприятий
    }
figures-told-children =
    { $n ->
        [one] { $n } ребёнок
        [few] { $n } ребёнка
       *[other] { $n } детей
    }
figures-told-places =
    { $n ->
        [one] { $n } призовое место
        [few] { $n } призовых места
       *[other] { $n } призовых мест
    }
