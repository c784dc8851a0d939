resources-title = Resources and exchange
resources-tab = Resources
resources-bulk = State of the resources
resources-none-here = This organisation has not offered the network anything yet.
resources-of-person = What they offer
resources-none-of-person = This person leads nothing for other organisations yet.
resources-about = Rooms, workshops, equipment, pedagogues and methods that the district's organisations share.
resources-list = List of resources
resources-views = Views of the list
resources-all = All
resources-find = A name, or what is to be done
resources-find-hint = e.g. chemistry experiments
resources-free-on = Needed on
resources-age = Age
resources-headcount = How many people
resources-none = Nobody shares anything yet. Begin with what you have.
resource-add = Add a resource
resource-new = New resource
resource-new-about = It begins as a draft that only you see. Publish it when all is ready.
resource-sections = Sections of the record
resource-and-owner = Resource and owner
resource-name = Name
resource-name-hint = As people look for it: “Digital biology laboratory”.
resource-owner = Owner
resource-class = Class of resource
resource-class-staff = Staff
resource-class-technological = Technological
resource-class-methodical = Methodical
resource-kind = Type
resource-kind-laboratory = laboratory
resource-kind-workshop = workshop
resource-kind-classroom = classroom
resource-kind-hall = hall
resource-kind-sport = sport
resource-kind-equipment = equipment
resource-kind-transport = transport
resource-kind-pedagogue = pedagogue
resource-kind-psychologist = psychologist
resource-kind-course = course
resource-kind-methodical = methods
resource-kind-other = other
resource-what = What there is
resource-what-hint = What stands in the room, what the pedagogue can do, which work it suits.
resource-capacity = Capacity
resource-capacity-hint = People, places or pieces. Methods need none.
resource-sharing = How it is shared
resource-sharing-hint = One class takes it whole, or by places, or by pieces.
resource-sharing-exclusive = whole: one request at a time
resource-sharing-by_place = by places
resource-sharing-by_piece = by pieces
resource-size-exclusive = up to { $n } people
resource-size-by_place =
    { $n ->
        [one] { $n } place
       *[other] { $n } places
    }
resource-size-by_piece =
    { $n ->
        [one] { $n } piece
       *[other] { $n } pieces
    }
resource-state-draft = draft
resource-state-published = shared
resource-state-paused = paused
resource-state-closed = closed
resource-is-free = has free time
resource-is-full = little free time
resource-to-download = ready to take
resource-ask-apply = Request
resource-ask-invite = Invite
resource-ask-borrow = Borrow
resource-soonest = Nearest free time
resource-no-soon = not within 2 weeks
resource-always = any time
resource-conditions = Conditions
resource-conditions-hint = For example: indoor shoes, a safety briefing, with your own pedagogue.
resource-ages = ages { $from }–{ $to }
resource-age-from = from age { $from }
resource-age-to = to age { $to }
resource-age-least = Age from, years
resource-age-most = Age to, years
resource-for-whom = For whom
resource-decides = Who decides
resource-answers-in =
    { $n ->
        [one] answers within { $n } day
       *[other] answers within { $n } days
    }
resource-answer-days = We answer within, days
resource-lead = Ask ahead, days
resource-lead-hint = How many days ahead to ask. Your own lessons need none.
resource-lead-days =
    { $n ->
        [one] at least { $n } day ahead
       *[other] at least { $n } days ahead
    }
resource-cancel = Cancelling
resource-place = Place
resource-travels = Comes to whoever asks
resource-loanable = May be taken away and brought back
resource-hours = Hours
resource-hours-hint = For example: 9:00–12:00, 13:00–17:00. An empty line is closed.
resource-hours-per-week = Hours a week
resource-hours-per-week-hint = How many hours this person can give to other organisations. The catalogue shows how many of them are left.
resource-hours-offered = { $hours } h
resource-hours-left = { $hours } h left this week
resource-staff = If this is a person
resource-person = Who leads it
resource-person-hint = One of those who work for you. Not in the list? Add them under “People” of the organisation's record.
resource-nobody = No person, or not known yet
resource-person-elsewhere = This person does not work for you. Give them a post first.
resource-subject-hint = Separated by commas: physics, astronomy. People find the resource by its subject.
resource-form = What they do
work-form-consultation = consultations
work-form-visiting_lesson = visiting lessons
work-form-master_class = master classes
work-form-contest_preparation = preparation for olympiads and contests
work-form-project_supervision = project supervision
work-form-seminar = seminars for teachers
work-form-diagnostics = psychological diagnostics
work-form-psychological_support = a psychologist's support
resource-inventory = Inventory number
resource-safety = Safety rules
resource-subject = Subject
resource-licence = Terms of use
resource-more = More facts
resource-government = Administration
resource-publish = Publish
resource-pause = Pause
resource-close = Close
resource-exception-add = Special days
resource-exception-about = Holidays, repairs: on these days the hours differ or it is closed. What is agreed stays.
resource-exception-from = From
resource-exception-until = Until
resource-exception-hours-hint = An empty line is closed all day.
resource-exception-reason = Why
resource-bad-hours = The hours “{ $text }” cannot be read. Write 9:00–12:00, 13:00–17:00.
resource-bad-term = The last day is before the first, or there are more than 120 days.
resource-capacity-taken = So much is promised already. Move the lessons first, or keep the capacity.
resource-wrong-state = This cannot be done: the resource is now “{ $state }”. Reload the page.
done-resource-added = The resource is noted as a draft. Publish it when all is ready.
done-resource-changed = Changes are saved.
done-resource-published = Published. Every organisation of the network now sees it and may ask for it.
done-resource-paused = Paused. No new requests will come; what was agreed still stands.
done-resource-closed = Closed. No new requests will come; the history is kept.
done-resource-exception = The special days are noted.
week-open = free
week-taken = taken
week-free = may be asked for
week-before = Previous week
week-after = Next week
week-today = Today
week-caption = What is taken this week. Free cells are links to a request; arrows move between them.
week-past = past
week-closed = closed
week-ask = Request: { $when }, { $left } free
week-free-ask = Free, request it
weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun
form-bad-hours = Give the hours as a number, e.g. 1.5 or 1:30, at most { $most }.
form-bad-moment = Give the day and time like this: 2026-11-24 14:00.
form-bad-span = The end must come after the start, within a year.
form-whole-between = Give a whole number from { $least } to { $most }.
form-bad-time = Give the time so: 14:00.
form-bad-month = Give the month so: 2026-11.
form-bad-year = Give the academic year so: 2026-2027.
hold-methodical = “{ $name }” needs no booking: methodical materials may be taken at once.
hold-paused = “{ $name }”: its owner takes no requests for now.
hold-not-offered = “{ $name }” is not offered now.
hold-past = That time has passed. Choose a later one.
hold-lead = The owner wants to be asked ahead: { $date } at the earliest.
hold-too-far = Requests are not taken that far ahead: { $date } at the latest.
hold-ends-before = The end must be after the start.
hold-too-short =
    { $minutes ->
        [one] Too short: at least { $minutes } minute is needed.
       *[other] Too short: at least { $minutes } minutes are needed.
    }
hold-too-long =
    { $days ->
        [one] Too long: at most { $days } day.
       *[other] Too long: at most { $days } days.
    }
hold-not-loanable = This resource is not lent out.
hold-closed = It is closed at that time on { $date }. See its opening hours.
hold-too-many = So many do not fit: there are { $capacity } in all.
material-files = Files and versions
material-no-files = No file yet.
material-version = version { $n }
material-downloads =
    { $n ->
        [one] downloaded { $n } time
       *[other] downloaded { $n } times
    }
material-note = What has changed
material-note-hint = For example: cards for class 5 added.
material-add = Attach a new version
material-sign-in = Members of the network can download the file: sign in.
material-adopt-first = The file is open to organisations that adopt the method. Mark that you begin to study it.
material-only-methodical = “{ $name }” is not a method: it has no files and no adoptions.
material-too-many = There can be no more than { $limit } versions.
file-access = Who may download
file-access-everyone = open to everybody
file-access-network = open to members of the network
file-access-adopters = open to those who adopt it
file-access-save = Save access
adoption-title = Adopt it
adoption-none = Nobody adopts it yet. You can be the first.
adoption-study = studying
adoption-trial = trying
adoption-adopted = adopted
adoption-refused = refused
adoption-step = Which step you are at
adoption-hint = First study and try, then adopt. You can refuse at any step.
adoption-note = Note
adoption-note-hint = For example: trying it in two sixth classes.
adoption-save = Mark
adoption-own = This method is yours: other organisations mark it.
adoption-wrong-step = This step does not follow from the present one, or somebody else has marked it already. Reload the page.
done-material-version = The new version is attached.
done-material-access = Access to the files has changed.
done-material-adopted = The mark is saved.
audit-adopt = adoption marked
audit-field-file_access = who may download
