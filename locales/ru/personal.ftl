personal-title = Персональные данные: что и зачем храним
personal-about = Перечень сверяется с базой при каждой сборке: поле, которого здесь нет, в программу не попадёт.
personal-what = Что
personal-why = Зачем
personal-ground = На каком основании
personal-how-long = Сколько хранится
personal-rights = Выдача и уничтожение
personal-where = Где лежит
personal-columns = { $count ->
    [one] { $count } поле
    [few] { $count } поля
   *[other] { $count } полей
}
personal-exported = Входит в ответ человеку о его данных.
personal-not-exported = В ответ человеку не входит: это служебное.
personal-erase-row = При уничтожении удаляется.
personal-erase-blank = При уничтожении заменяется словами без имени.
personal-erase-keep = Хранится до конца срока: так требует учёт.

personal-kind-identity = Имя и связь
personal-purpose-identity = Знать, кто работает в сети и как с ним связаться.
personal-ground-identity = Трудовые отношения с организацией; для остальных согласие.
personal-retention-identity = Пока у человека есть роль в сети и ещё три года.
personal-kind-child = Дети и законные представители
personal-purpose-child = Знать, кто где учится, и кто из родных за него отвечает.
personal-ground-child = Образовательные отношения; для сведений сверх них согласие законного представителя.
personal-retention-child = Пока ребёнок учится и пока того требует учёт.
personal-kind-account = Вход в программу
personal-purpose-account = Пускать только своих. Пароль и запасные коды хранятся необратимыми отпечатками.
personal-ground-account = Защита данных от чужих (152-ФЗ, ст. 19).
personal-retention-account = Пока открыт вход.
personal-kind-session = Открытые входы и ссылки
personal-purpose-session = Показать человеку, где он вошёл, и закрыть чужой вход.
personal-ground-session = Защита данных от чужих (152-ФЗ, ст. 19).
personal-retention-session = До конца входа: не дольше 14 дней, ключ программы 30 дней.
personal-kind-role = Роли
personal-purpose-role = Давать каждому только то, что ему положено.
personal-ground-role = Назначение организацией или управлением образования.
personal-retention-role = Пока ведётся учёт: роль объясняет старые записи.
personal-kind-named = Названные в записях
personal-purpose-named = Знать, кто руководит, кто решает и кто отвечает за взятое.
personal-ground-named = Работа организации: руководителя и телефоны она публикует сама.
personal-retention-named = Пока нужна сама запись.
personal-kind-words = Слова людей
personal-purpose-words = Сохранить цель, причину, отзыв. В них могут назвать человека, хотя поле не про это.
personal-ground-words = Работа организации.
personal-retention-words = Пока нужна сама запись.
personal-kind-upload = Загруженные файлы
personal-purpose-upload = Хранить документы и переносить списки.
personal-ground-upload = То же, что у записей, к которым файл приложен.
personal-retention-upload = Документ, пока нужна запись; загруженный список 30 дней.
personal-kind-trail = Журнал действий
personal-purpose-trail = Знать, кто что сделал и чьи сведения смотрел. Значений полей в нём нет.
personal-ground-trail = Учёт действий с персональными данными (152-ФЗ, ст. 19).
personal-retention-trail = Три года.
personal-kind-copy = Служебные копии
personal-purpose-copy = Не потерять набранное, не сделать дважды, найти по слову.
personal-ground-copy = То же, что у исходной записи.
personal-retention-copy = Недосказанная форма до отправки, ответ 14 дней, задание до исполнения, слова поиска вместе с записью.

nav-personal = Персональные данные
