nav-links = Связи в сети
about-nav-links = Кто с кем делится: часы, заявки, отдано и получено.
links-about = Кто кому сколько отдал за учебный год. Считаются только занятия, которые подтвердили обе стороны.
links-year = Учебный год
links-class = Вид ресурсов
links-figures = Обмен в числах
links-hours = ч
links-exchanged = Часов отдано и получено
links-days =
    { $count ->
        [0] без выдач на дом
        [one] и { $count } день выдачи
        [few] и { $count } дня выдачи
       *[other] и { $count } дней выдачи
    }
links-both = И дают, и получают
links-sides = дают: { $givers } · получают: { $receivers }
links-used = Ресурсов в деле
links-of = из { $all }
links-fulfilled = Заявок исполнено
links-median = от заявки до занятия обычно { $days } дн.
links-isolated = Вне обмена
links-isolated-about = Действующие организации, которые за год ничего не отдали другим и ничего не получили.
links-few = меньше { $least }
links-balance = Отдано / получено
links-partners = С кем обменивается
links-partner = Партнёр
links-together = Всего
links-no-partners = За этот учебный год подтверждённых занятий с другими организациями нет.
links-balance-about = в часах, по алфавиту
links-given = Отдано, ч
links-received = Получено, ч
links-difference = Разница, ч
links-learner-hours = Человеко-часы отданного
links-days-given = Выдано, дней
links-days-received = Взято, дней
links-zero = По всей сети: отдано и получено по { $hours } ч, дней выдачи: { $days }. Разницы организаций в сумме дают ноль: что отдал один, то получил другой.
links-nothing = За этот год подтверждённых занятий нет. Когда обе стороны отметят итог, он появится здесь.
links-sums-only = Здесь показаны суммы по сети. Строки организаций видят их сотрудники и управление образования.
links-streams = Кто кому сколько часов
links-streams-about = слева дают, справа получают
links-others = остальные
links-giver = Даёт
links-receiver = Получает
links-bookings = Занятий
links-graph = Организации и их связи
links-graph-about = чем толще линия, тем больше часов
