participation-state-entered = заявлен
participation-state-admitted = допущен
participation-state-took_part = участие
participation-state-no_show = не явился
participation-state-withdrawn = отказ от участия
participation-state-disqualified = дисквалификация
result-state-none = результата нет
result-state-entered = внесён
result-state-confirmed = подтверждён
result-state-disputed = оспаривается
result-state-approved = утверждён
result-award-winner = победитель
result-award-prize_winner = призёр
result-award-laureate = лауреат
result-award-diploma_holder = дипломант
result-award-participant = участник
result-degree = диплом { $degree } степени
result-place = { $place } место
result-needs-part = Результат бывает только у того, кто участвовал.
result-confirmed-already = Результат уже подтверждён. Сначала откройте его как спорный.
result-nothing-to-dispute = Оспаривать нечего: результата ещё нет или он уже оспаривается.
result-moved-on = С этим результатом уже решили иначе. Откройте страницу заново.
nav-results = Результаты
about-nav-results = Что внесено, что подтверждено и каким документом.
permission-results-view = смотреть результаты мероприятий
permission-results-edit = вносить и подтверждать результаты мероприятий
permission-imports-results = загружать протоколы с результатами
results-about = Внесённый результат начинает считаться, когда его подтвердили документом: протоколом жюри или приказом.
results-import = Загрузить протокол
results-nothing = За этот год результатов ещё нет. Загрузите протокол — дети найдутся по имени, школе и классу.
results-all = Участников
results-awaited = Ждём результат
results-of = Результаты: { $title }
results-rows = Участники
results-score = Баллы
results-document = Документ об итогах
results-no-step = Подтверждать пока нечего: ни одного внесённого результата.
results-step = Что сделать
results-step-confirmed =
    { $count ->
        [one] подтвердить { $count } внесённый результат
        [few] подтвердить { $count } внесённых результата
       *[other] подтвердить { $count } внесённых результатов
    }
results-step-settled =
    { $count ->
        [one] завершить апелляцию: { $count } спорный результат
        [few] завершить апелляции: { $count } спорных результата
       *[other] завершить апелляции: { $count } спорных результатов
    }
results-step-approved =
    { $count ->
        [one] утвердить { $count } подтверждённый результат
        [few] утвердить { $count } подтверждённых результата
       *[other] утвердить { $count } подтверждённых результатов
    }
results-ground = Основание
results-ground-hint = Например: «Протокол жюри от 12.03.2026 № 4» или «Приказ управления образования от 20.03.2026 № 118».
results-do = Записать
results-dispute = Оспорить
result-team = Команда
result-nothing-to-confirm = Таких результатов уже нет: кто-то успел раньше.
result-import-no-level = Уровень не указан или непонятен. Напишите: школьный, муниципальный, региональный, всероссийский или международный.
result-import-no-date = Дата мероприятия не указана или непонятна.
result-import-no-status = Результат непонятен. Напишите, например: «1 место», «Диплом II степени», «призёр», «участник», «н/я».
result-import-unknown-child = «{ $name }»: такого ребёнка в этой организации нет. Проверьте имя и школу или сначала загрузите списки.
result-import-several = «{ $name }»: в этой организации несколько таких детей. Добавьте дату рождения или класс.
done-results-settled = Записано. Показатели уже учитывают это.
done-results-passed = Записано. Этот этап в показатели не входит; прошедших пригласите в списке участников следующего этапа.
done-results-disputed = Результат открыт как спорный. До решения апелляции он не считается.
import-kind-results = результаты мероприятий
import-field-results-participants = Участники
import-field-results-team = Команда
import-field-results-team_name = Название команды
import-field-results-birth_date = Дата рождения
import-field-results-class = Класс
import-field-results-organisation = Организация
import-field-results-event = Мероприятие
import-field-results-event_key = Мероприятие
import-field-results-level = Уровень
import-field-results-format = Формат
import-field-results-stage = Этап
import-field-results-date = Дата
import-field-results-date_to = Последний день
import-field-results-subject = Предмет
import-field-results-result = Результат
import-field-results-status = Результат
import-field-results-status_basis = На чём основан результат
import-field-results-degree = Степень диплома
import-field-results-place = Место
import-field-results-score = Баллы
import-field-results-max_score = Наибольший балл
import-field-results-pedagogues = Педагоги
import-field-results-document = Документ
results-nobody = На этом этапе ещё нет участников. Внесите их в список или загрузите протокол.
results-sheet-about = Впишите, что получил каждый, и сохраните. Считаться результат начнёт, когда его подтвердят документом.
results-max = Наибольший возможный балл
results-max-hint = Нужен, если победителя определяют по доле баллов.
results-over-max = Баллов больше, чем наибольший возможный балл.
results-keep = Сохранить результаты
results-propose = Предложить по правилам этапа
results-proposed = Итоги заполнены по правилам этапа. Это предложение: решает протокол жюри. Проверьте, поправьте и сохраните.
results-degree = Диплом
results-place = Место
results-dispute-who = Оспорить результат: { $name }
results-said-none = не внесено
results-said-took_part = участие, итог не назван
results-said-winner = победитель
results-said-prize_winner = призёр
results-said-laureate = лауреат
results-said-diploma_holder = дипломант
results-said-participant = участник
results-said-no_show = не явился
results-said-disqualified = дисквалификация
done-results-kept = Результаты сохранены. Чтобы они вошли в показатели, подтвердите их документом.
results-entered = Внесено
results-disputed = Оспаривается
results-confirmed = Подтверждено
certificates-title = Дипломы и сертификаты
certificates-about = Номер получает каждый подтверждённый результат. По номеру любой проверит диплом на открытой странице; имя там видно, только если семья согласилась на публикацию.
certificates-issue =
    { $count ->
        [one] Выдать номер { $count } документу
       *[other] Выдать номера { $count } документам
    }
certificates-file = Скачать PDF
certificates-none-left = Номера уже выданы всем подтверждённым результатам.
done-certificates = Номера выданы. Дипломы и сертификаты можно скачать и распечатать.
certificate-kind-diploma = Диплом
certificate-kind-participant = Сертификат
certificate-of-winner = победителя
certificate-of-prize_winner = призёра
certificate-of-laureate = лауреата
certificate-of-diploma_holder = дипломанта
certificate-of-participant = участника
certificate-degree = { $degree } степени
certificate-given = вручается
certificate-class = { $class } класс
certificate-team = Команда «{ $team }»
certificate-level = { $level } уровень
certificate-year = { $year } учебный год
certificate-issuer = Организационный комитет
certificate-signer = Председатель оргкомитета
certificate-number = № { $number } от { $day }
certificate-ground = Основание: { $ground }
certificate-check-code = Наведите телефон на код, чтобы проверить документ.
certificate-check-page = Проверить документ можно по номеру на странице «Проверить диплом».
certificate-check = Проверить диплом
certificate-check-about = Введите номер, который напечатан внизу диплома или сертификата.
certificate-number-label = Номер документа
certificate-do-check = Проверить
certificate-unknown = Документа с таким номером сеть не выдавала. Проверьте, верно ли введены буквы и цифры.
certificate-true = Документ № { $number } подлинный.
certificate-paused = Документ № { $number } выдан, но результат сейчас пересматривается. До решения он не действует.
certificate-whose = Кому выдан
certificate-no-name = имя закрыто: согласия на публикацию нет
certificate-rank = Диплом или сертификат
certificate-stage = Этап
certificate-given-on = Дата выдачи
learners-export-why-certificate = для диплома или сертификата
audit-certificates = номера дипломов
results-paste = Вставить из Excel
results-paste-here = Вставьте таблицу сюда
results-paste-hint = Скопируйте в Excel столбцы «Баллы», «Результат», «Степень», «Место» — с фамилиями слева или без них, тогда строки пойдут по порядку. Можно и вставить прямо в ячейки ведомости ниже: таблица заполнится с той ячейки, где стоит курсор.
results-paste-read = Прочитать
results-paste-empty = Здесь пусто. Скопируйте ячейки в Excel и вставьте их сюда.
results-paste-strangers =
    { $count ->
        [one] { $count } строке
       *[other] { $count } строкам
    } не нашлось участника: { $names }. Остальное стоит в ведомости ниже.
results-paste-closed =
    { $count ->
        [one] { $count } строка не вставлена: её результат
        [few] { $count } строки не вставлены: их результаты
       *[other] { $count } строк не вставлено: их результаты
    } уже { $count ->
        [one] подтверждён
       *[other] подтверждены
    }.
results-read = Таблица прочитана, но ещё не сохранена. Проверьте, верно ли поняты слова, и нажмите «Сохранить результаты».
results-said-unknown = «{ $words }» — такого результата программа не знает. Выберите из списка.
