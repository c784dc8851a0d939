product = Созвездие
territory = Белгородский район
skip-to-content = К содержанию
somebody = Кто-то
edit = Изменить
save = Сохранить
cancel = Отменить
crumbs = Путь
tab-overview = Обзор
tab-history = История
as-table = Таблицей
export-made = Выгрузил(а): { $who }, { $when }. Источник: «Созвездие».

toasts = Сообщения
keys-title = Клавиши
keys-search = поиск и переход
keys-rows = по строкам списка вниз и вверх
keys-help = эта подсказка
keys-close = Закрыть

nav-menu = Меню
nav-sections = Разделы
nav-quick = Быстрый доступ
nav-more = Ещё
nav-home = Главная
fault-back = Вернуться
nav-resources = Ресурсы и обмен
nav-organisations = Организации
nav-people = Люди и роли
about-nav-people = Учётные записи: кто может войти и какие у него роли.
nav-group-network = Сеть
nav-group-government = Управление
nav-api = Для программ (API)
about-nav-resources = Кабинеты, мастерские, техника, педагоги и методики: найти свободное и попросить.
about-nav-organisations = Школы, детские сады и дополнительное образование: кто это, где и как связаться.
academic-year = { $years } учебный год


search-label = Поиск по сети
search-placeholder = Найти школу, адрес, человека…
search-title = Поиск
search-do = Найти
search-results = Найденное
search-hint = Наберите название, адрес или слово из описания.
search-nothing = Ничего не нашлось.
search-nothing-for = По запросу «{ $q }» ничего не нашлось. Попробуйте другое слово или начало слова.

language-other = EN
language-switch = switch to English
look-title = Версия для слабовидящих
look-about = Размер букв, цвета и промежутки запоминаются в этом браузере.
look-size = Размер букв
look-scheme = Цвета
look-usual = обычные
look-125 = 125 %
look-150 = 150 %
look-200 = 200 %
look-wb = чёрным по белому
look-bw = белым по чёрному
look-blue = тёмно-синим по голубому
look-wide = Широкие промежутки между буквами и строками
look-noimg = Без картинок
look-save = Применить
look-reset = Обычная версия

sign-in = Войти
sign-in-title = Вход
sign-in-do = Войти
sign-in-forgotten = Забыли пароль? Новый выдаст администратор вашей сети.
sign-in-wrong = Адрес или пароль не подходят. Проверьте раскладку и Caps Lock.
sign-in-code-needed = Введите код из приложения и ещё раз пароль.
sign-in-code-wrong = Код не подходит. Возьмите свежий: он меняется каждые 30 секунд.
sign-out = Выйти
notice = Объявление
demo-notice = Демонстрационные данные: люди, адреса и события вымышлены
demo-accounts = Демонстрационные входы
demo-password = Пароль у всех один:
account-title = Моя учётная запись
account-email = Электронная почта
account-password = Пароль
account-code = Код из приложения
account-code-hint = Если включено подтверждение входа кодом. Без телефона подойдёт запасной код.
account-change-password = Сменить пароль
account-password-now = Нынешний пароль
account-password-new = Новый пароль
account-password-hint = Не короче { $least } знаков. Лучше всего несколько слов подряд.
account-password-wrong = Нынешний пароль не подходит.
account-roles = Мои роли
account-second-factor = Подтверждение входа кодом
account-second-factor-on = Включено: при входе спрашиваем код из приложения.
account-second-factor-off = Выключено. С кодом чужой человек не войдёт, даже узнав пароль.
account-second-factor-add = Включить
account-second-factor-remove = Выключить
account-second-factor-how = Отсканируйте рисунок приложением для одноразовых кодов и введите код, который оно покажет.
account-second-factor-picture = Рисунок для приложения одноразовых кодов
account-second-factor-secret = Если сканировать нечем, введите в приложение:
password-too-short = Слишком короткий пароль: нужно не меньше { $least } знаков.
password-too-long = Слишком длинный пароль: не больше 200 знаков.
password-common = Такой пароль легко подобрать. Возьмите несколько не связанных между собой слов.
done-password = Пароль изменён. На других устройствах нужно войти заново.
done-second-factor = Вход теперь подтверждается кодом.
done-second-factor-off = Подтверждение кодом выключено.

draft-restored = Мы вернули то, что вы набирали и не сохранили.

form-summary = Исправьте, пожалуйста
form-optional = необязательно
form-required = Заполните это поле.
form-choose = Выберите из списка.
form-choose-one = Выберите…
form-too-long =
    { $length ->
        [one] Слишком длинно: { $length } знак, а поместится { $limit }.
        [few] Слишком длинно: { $length } знака, а поместится { $limit }.
       *[other] Слишком длинно: { $length } знаков, а поместится { $limit }.
    }
form-control-characters = Здесь есть невидимые служебные знаки. Наберите текст заново или вставьте его без оформления.
form-bad-date = Укажите дату так: 24.11.2026.
form-not-before = Укажите дату не раньше { $date }.
form-not-after = Укажите дату не позже { $date }.
form-bad-draft = Черновик не читается.
form-unknown-code = Нет такого значения: { $code }.
form-stale = Пока вы работали, запись изменили: { $who }, { $when }. Ваши правки не потеряны.

stale-difference = Чем отличается
stale-field = Поле
stale-theirs = Сейчас в записи
stale-mine = У вас
stale-edit-mine = Посмотреть и поправить свои правки
stale-keep-mine = Сохранить мои правки
stale-keep-theirs = Оставить как есть

view-save = Сохранить вид
view-name = Как назвать
view-remove = Убрать вид «{ $name }»
done-view = Вид сохранён: он стоит вкладкой над списком.
done-view-removed = Вид убран.

list-any = Все
list-all = Показать все
list-drop = Убрать условие: { $condition }
list-yes = да
list-chosen = Выбраны строки
list-choose-all = Все { $total }, которые подходят под условия
list-choose-page = Выбрать все на странице
list-choose-row = Выбрать: { $name }
list-none-chosen = Отметьте хотя бы одну строку.
list-not-yours = Решает другая организация.
list-outcome-done =
    { $n ->
        [0] Ничего не изменилось.
        [one] Сделано: { $n } запись.
        [few] Сделано: { $n } записи.
       *[other] Сделано: { $n } записей.
    }
list-outcome-refused =
    { $n ->
        [one] Не вышло с { $n } записью: ниже сказано почему.
       *[other] Не вышло с { $n } записями: ниже сказано почему.
    }
list-outcome-left = Что осталось как было
list-outcome-row = Запись
list-outcome-why = Почему
list-back-to = К списку
list-state = Состояние
list-show = Показать
list-reset = Сбросить
list-nothing = Ничего не подошло. Уберите одно из условий.
list-sort = Сортировать
list-action = Действие
list-pages = Страницы
list-back = В начало
list-forth = Дальше
list-count = Показано { $shown } из { $total }
list-bad-cursor = Такой страницы нет. Откройте список с начала.

fault-title = Не получилось
fault-not-found = Такой страницы нет
fault-not-found-more = Возможно, запись убрали в архив, ссылка устарела или она не для вашей роли.
fault-forbidden = Этого ваша роль не может
fault-forbidden-needs = Нужно право: { $permission }.
fault-forbidden-grants = Оно есть у ролей: { $roles }. Роль даёт администратор вашей сети.
fault-sign-in = Войдите, чтобы продолжить
fault-invalid = Исправьте поля
fault-key-reused = Этот запрос уже приходил с другим содержанием. Откройте форму заново.
fault-too-many =
    { $seconds ->
        [one] Слишком много попыток. Подождите { $seconds } секунду.
        [few] Слишком много попыток. Подождите { $seconds } секунды.
       *[other] Слишком много попыток. Подождите { $seconds } секунд.
    }
fault-forged = Запрос пришёл не с нашей страницы
fault-forged-more = Вернитесь на страницу, обновите её и отправьте форму ещё раз.
fault-too-large =
    { $limit ->
        [0] Слишком большой запрос.
       *[other] Слишком большой запрос: больше { $limit } МБ не принимаем.
    }
fault-unavailable = База данных сейчас не отвечает
fault-full = На диске нет места
fault-unknown = Связь с базой прервалась
fault-nothing-lost = Ничего не потеряно и ничего не записано наполовину. Подождите немного и повторите: повтор не создаст двойника.
fault-internal = Что-то сломалось у нас
fault-internal-more = Мы записали, что случилось. Попробуйте ещё раз; если повторится, сообщите номер запроса.
fault-request = Номер запроса:
fault-unreadable = Не удалось прочесть присланное: { $detail }

permission-organisations-view = смотреть организации
permission-organisations-add = добавлять организации
permission-organisations-edit = изменять сведения об организации
permission-organisations-govern = переименовывать, приостанавливать и реорганизовывать
permission-organisations-history = смотреть историю изменений организации
permission-resources-view = смотреть ресурсы
permission-resources-edit = вести ресурсы организации
permission-resources-adopt = внедрять методики других в своей организации
permission-resources-history = смотреть историю ресурса
permission-people-govern = вести учётные записи и роли
permission-components-view = смотреть набор деталей интерфейса

role-system_administrator = системный администратор
role-department_specialist = специалист управления образования
role-centre_coordinator = координатор Центра
role-head = руководитель организации
role-deputy_head = заместитель директора
role-gifted_lead = ответственный за работу с одарёнными
role-class_teacher = классный руководитель
role-pedagogue = педагог
role-psychologist = педагог-психолог
role-external_mentor = внешний наставник
role-host_operator = оператор принимающей организации
role-jury = член жюри
role-learner = обучающийся
role-guardian = законный представитель
role-guest = гость

audit-create = создание
audit-update = изменение
audit-rename = новое название
audit-grant = новая роль
audit-active = снова действует
audit-suspended = приостановка
audit-reorganised = реорганизация
audit-closed = закрытие
audit-revoke = снятие роли
audit-password = новый пароль
audit-close = закрытие входа
audit-open = открытие входа
audit-published = публикация
audit-paused = приостановка
audit-field-kind = вид
audit-field-subkind = тип
audit-field-inn = ИНН
audit-field-kpp = КПП
audit-field-ogrn = ОГРН
audit-field-licence = лицензия
audit-field-address = адрес
audit-field-coordinates = координаты
audit-field-phones = телефоны
audit-field-email = почта
audit-field-site = сайт
audit-field-head_name = руководитель
audit-field-about = описание
audit-field-state = состояние
audit-field-class = класс
audit-field-description = описание
audit-field-person_id = педагог
audit-field-place = место
audit-field-travels = выезд
audit-field-sharing = как делится
audit-field-capacity = вместимость
audit-field-safety = безопасность
audit-field-conditions = условия
audit-field-audience = для кого
audit-field-subject = предмет
audit-field-loanable = выдача на время
audit-field-inventory_number = инвентарный номер
audit-field-hours_per_week = часов в неделю
audit-field-decides = кто решает
audit-field-cancel_rule = отмена
audit-field-name = название

components-title = Набор деталей
components-about = Всё, из чего собраны страницы. Прежде чем делать новую деталь, посмотрите, нет ли её здесь.
components-sample = Образец
components-forms = Форма
components-tags = Метки
components-facts = Сведения
components-empty = Пусто

api-title = Для программ
api-about = Всё, что можно сделать на страницах, можно сделать и программой: с токеном и по этому описанию.
api-start = С чего начать
api-rules = Списки отдают items, next_cursor и total; ошибки приходят как application/problem+json; Idempotency-Key и If-Match можно не слать, но лучше слать.
api-parameters = Параметры
api-parameter = Параметр
api-place = Где
api-meaning = Смысл
api-answers = Ответы:

account-sessions = Где открыт вход
account-sessions-none = Сейчас никто не вошёл.
account-session-token = Программа с ключом API
account-session-browser = Браузер
account-session-here = этот вход
account-session-made = вход { $when }
account-session-seen = последний раз { $when }
account-session-end = Завершить
account-sessions-end-others = Завершить все прочие
account-sessions-end-all = Завершить все
account-password-own-first = Вы вошли с выданным паролем. Придумайте свой: его не будет знать никто, кроме вас.
account-second-factor-by = Сотрудникам нужно включить подтверждение кодом до { $date }. Это займёт две минуты.
account-second-factor-over = Срок, чтобы включить подтверждение кодом, вышел. Включите его, и работа продолжится.
account-second-factor-later = Сделать позже
account-second-factor-is-on = Подтверждение кодом уже включено. Чтобы сменить телефон, сначала выключите его в своей учётной записи.
account-recovery = Запасные коды
account-recovery-about = Если телефон потеряется, вместо кода из приложения подойдёт любой из этих. Каждый сработает один раз.
account-recovery-once = Больше мы их не покажем. Распечатайте или перепишите и храните отдельно от телефона.
account-recovery-kept = Коды сохранены, продолжить
account-recovery-renew = Выдать новые запасные коды
account-recovery-left = { $left ->
    [0] Запасных кодов не осталось: выдайте новые.
    [one] Остался { $left } запасной код.
    [few] Осталось { $left } запасных кода.
   *[other] Осталось { $left } запасных кодов.
}
sign-in-password-over = Срок выданного пароля вышел. Попросите администратора сети выдать новый.
password-same = Новый пароль совпадает с нынешним. Придумайте другой.
done-sessions = Вход завершён.
done-recovery = Новые запасные коды готовы, прежние больше не действуют.
fault-busy = Сейчас слишком много запросов сразу
fault-password-issued = Сначала смените выданный пароль на свой: это делается на странице «Моя учётная запись».
fault-second-factor-due = Сначала включите подтверждение входа кодом: это делается на странице «Моя учётная запись».
audit-end_sessions = завершение входов
audit-reset_factor = сброс подтверждения кодом
form-bad-version = Не удалось понять, с какой версии записи сделана правка. Откройте форму заново.
nav-tab-resources = Ресурсы
nav-waits =
    { $count ->
        [one] дело ждёт вас
        [few] дела ждут вас
       *[many] дел ждут вас
    }
account-notifications = О чём сообщать в программе, а о чём писать на почту, решаете вы.
account-notifications-choose = Выбрать уведомления
account-session-why-password = Пароль нужен, чтобы никто другой за вашим компьютером не закрыл ваши входы.
view-enough = У этого списка уже { $most } ваших видов. Уберите лишний, и можно будет сохранить новый.
