# Портфолио ребёнка и педагога.
permission-portfolios-see = смотреть портфолио детей, карточки которых вам доступны
permission-portfolios-own = смотреть своё портфолио
permission-portfolios-staff = смотреть портфолио педагогов своей организации
nav-portfolio = Портфолио
portfolio-title = Портфолио
portfolio-own = Моё портфолио
portfolio-pedagogue = Портфолио педагога
portfolio-tie = подтверждённые результаты, исследования, группы, маршруты — на экране и для печати
portfolio-open = Открыть портфолио
portfolio-door = Результаты учеников по уровням, группы, научное руководство и методические материалы — собраны из того, что уже внесено.
portfolio-print = Сохранить в PDF
portfolio-years = Годы портфолио
portfolio-any-year = Все годы
portfolio-all-years = за все годы
portfolio-of-years = за { $years } учебный год
portfolio-summary = Главное
portfolio-participations = Участий в мероприятиях
portfolio-prizes = Из них призовых
portfolio-pupils = Учеников
portfolio-prize-pupils = Из них с призами
portfolio-rows-below = показать строки
portfolio-pending-about = результат ещё не подтверждён
portfolio-by-share = с учётом доли в подготовке — { $n }
portfolio-prizes-by-share = призовых с учётом доли — { $n }
portfolio-prizes-of =
    { $prizes ->
        [0] { $all } { $all ->
            [one] участие
            [few] участия
           *[many] участий
        }, без призов
       *[other] { $prizes } { $prizes ->
            [one] призовое
           *[other] призовых
        } из { $all }
    }
portfolio-levels = По уровням
portfolio-official = Мероприятия официальных перечней
portfolio-other = Другие мероприятия
portfolio-official-rows = Результаты в мероприятиях официальных перечней
portfolio-other-rows = Результаты в других мероприятиях
portfolio-none-here = Здесь пока пусто.
portfolio-nothing = Подтверждённых результатов за эти годы пока нет. Они появятся сами, когда организатор подтвердит итоги мероприятия.
portfolio-pedagogue-nothing = За эти годы нет подтверждённых результатов учеников, которых готовили вы. Проверьте, указаны ли вы наставником в результатах мероприятий.
portfolio-cut = Показаны последние 2000 строк. Выберите годы, чтобы увидеть остальное.
portfolio-took-part = участие
portfolio-team = в команде «{ $team }»
portfolio-pupil = Ученик
portfolio-a-pupil = ученик
portfolio-a-pedagogue = Педагог
portfolio-class = { $class } класс
portfolio-share = Доля в подготовке
portfolio-part = доля в подготовке { $share } %
portfolio-research = Исследовательские работы
portfolio-supervised = Научное руководство
portfolio-groups = Группы подготовки и мастерские
portfolio-led = Ведёт группы и мастерские
portfolio-societies = Научные общества
portfolio-routes = Завершённые маршруты
portfolio-methods = Методические материалы в каталоге
portfolio-since = с { $day }
portfolio-supervisor = руководитель { $who }
portfolio-authors =
    { $n ->
        [one] { $n } автор
        [few] { $n } автора
       *[many] { $n } авторов
    }
portfolio-children =
    { $n ->
        [one] { $n } ребёнок
        [few] { $n } ребёнка
       *[many] { $n } детей
    }
portfolio-adopted =
    { $n ->
        [0] пока никто не внедрил
        [one] внедрила { $n } организация
        [few] внедрили { $n } организации
       *[many] внедрили { $n } организаций
    }
portfolio-rules = Учтены только подтверждённые документом результаты. Мероприятие из нескольких этапов считается по зачётному этапу, командное место — одно на всю команду. Баллов и мест «среди детей» программа не выводит.
portfolio-pedagogue-rules = Учтены только подтверждённые документом результаты детей, у которых вы указаны наставником. Если ребёнка готовили несколько педагогов, результат делится между ними по долям. Имя ученика видно, пока вам доступна его карточка. В файле PDF ученик назван, только если семья согласилась публиковать имя и результаты.
portfolio-what = Название
portfolio-about = Подробности
portfolio-made = Составлено программой «Созвездие» { $day }.
portfolio-consent-note = Ученики названы только там, где семья дала согласие на публикацию имени и результатов.
portfolio-paper-child =
    { $all ->
        [0] Подтверждённых результатов пока нет.
       *[other] Участий в мероприятиях — { $all }, из них призовых — { $prizes }; призовых мест — { $places }.
    }
portfolio-paper-pedagogue =
    { $all ->
        [0] Подтверждённых результатов учеников пока нет.
       *[other] Участий учеников в мероприятиях — { $all }, из них призовых — { $prizes }; учеников — { $pupils }.
    }
portfolio-paper-shared = Участий учеников в мероприятиях — { $all }, из них призовых — { $prizes } (с учётом доли в подготовке — { $share }); учеников — { $pupils }.
learners-export-why-portfolio = для портфолио
