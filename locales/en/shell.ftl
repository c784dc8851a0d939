product = Sozvezdie
territory = Belgorod district
skip-to-content = Skip to content
somebody = Somebody
edit = Edit
save = Save
cancel = Cancel
crumbs = Breadcrumbs
tab-overview = Overview
tab-history = History
as-table = As a table
export-made = Exported by { $who }, { $when }. Source: Sozvezdie.

toasts = Messages
keys-title = Keys
keys-search = search and go to
keys-rows = down and up the rows of a list
keys-help = this help
keys-close = Close

nav-menu = Menu
nav-sections = Sections
nav-quick = Quick access
nav-more = More
nav-home = Home
fault-back = Back
nav-resources = Resources and exchange
nav-organisations = Organisations
nav-people = People and roles
about-nav-people = Accounts: who may come in and which roles they have.
nav-group-network = Network
nav-group-government = Administration
nav-api = For programs (API)
about-nav-resources = Rooms, workshops, equipment, pedagogues and methods: find what is free and ask.
about-nav-organisations = Schools, preschools and additional education: who they are, where, and how to reach them.
academic-year = { $years } academic year


search-label = Search the network
search-placeholder = Find a school, an address, a person…
search-title = Search
search-do = Search
search-results = Found
search-hint = Type a name, an address or a word of the description.
search-nothing = Nothing found.
search-nothing-for = Nothing found for “{ $q }”. Try another word or the beginning of one.

language-other = RU
language-switch = перейти на русский
look-title = Low-vision version
look-about = Letter size, colours and spacing are remembered in this browser.
look-size = Letter size
look-scheme = Colours
look-usual = usual
look-125 = 125 %
look-150 = 150 %
look-200 = 200 %
look-wb = black on white
look-bw = white on black
look-blue = dark blue on light blue
look-wide = Wide spacing of letters and lines
look-noimg = No images
look-save = Apply
look-reset = Usual version

sign-in = Sign in
sign-in-title = Sign in
sign-in-do = Sign in
sign-in-forgotten = Forgot the password? The administrator of your network gives a new one.
sign-in-wrong = The address or the password does not fit. Check the keyboard layout and Caps Lock.
sign-in-code-needed = Enter the code from your application, and the password once more.
sign-in-code-wrong = The code does not fit. Take a fresh one: it changes every 30 seconds.
sign-out = Sign out
notice = Notice
demo-notice = Demo data: people, addresses and events are made up
demo-accounts = Demo accounts
demo-password = They share one password:
account-title = My account
account-email = E-mail
account-password = Password
account-code = Code from the application
account-code-hint = If sign-in by code is on. Without the telephone a recovery code will do.
account-change-password = Change the password
account-password-now = Current password
account-password-new = New password
account-password-hint = At least { $least } characters. Several words in a row are best.
account-password-wrong = The current password does not fit.
account-roles = My roles
account-second-factor = Sign-in by code
account-second-factor-on = On: a code from the application is asked at sign-in.
account-second-factor-off = Off. With a code nobody else gets in, even knowing the password.
account-second-factor-add = Turn on
account-second-factor-remove = Turn off
account-second-factor-how = Scan the picture with an authenticator application and enter the code that it shows.
account-second-factor-picture = Picture for the authenticator application
account-second-factor-secret = If you cannot scan, enter this into the application:
password-too-short = Too short: at least { $least } characters are needed.
password-too-long = Too long: 200 characters at most.
password-common = This password is easily guessed. Take several unrelated words.
done-password = The password is changed. Other devices must sign in anew.
done-second-factor = Sign-in now asks for a code.
done-second-factor-off = Sign-in by code is off.

draft-restored = We brought back what you had typed and not saved.

form-summary = Please mend
form-optional = optional
form-required = Fill in this field.
form-choose = Choose from the list.
form-choose-one = Choose…
form-too-long = Too long: { $length } characters, and { $limit } fit.
form-control-characters = There are invisible control characters here. Type the text anew or paste it without formatting.
form-bad-date = Write the date like this: 2026-11-24.
form-not-before = Give a date no earlier than { $date }.
form-not-after = Give a date not after { $date }.
form-bad-draft = The draft cannot be read.
form-unknown-code = There is no such value: { $code }.
form-stale = While you were working, the record was changed by { $who }, { $when }. Your edits are not lost.

stale-difference = What differs
stale-field = Field
stale-theirs = In the record now
stale-mine = Yours
stale-edit-mine = Look at my edits and mend them
stale-keep-mine = Save my edits
stale-keep-theirs = Leave it as it is

view-save = Save this view
view-name = Its name
view-remove = Remove the view “{ $name }”
done-view = The view is saved: it stands as a tab over the list.
done-view-removed = The view is removed.

list-any = Any
list-all = Show all
list-drop = Drop the condition: { $condition }
list-yes = yes
list-chosen = Rows chosen
list-choose-all = All { $total } that match the conditions
list-choose-page = Choose all on this page
list-choose-row = Choose: { $name }
list-none-chosen = Tick at least one row.
list-not-yours = Another organisation decides.
list-outcome-done =
    { $n ->
        [0] Nothing has changed.
        [one] Done: { $n } record.
       *[other] Done: { $n } records.
    }
list-outcome-refused =
    { $n ->
        [one] { $n } record could not be changed: see why below.
       *[other] { $n } records could not be changed: see why below.
    }
list-outcome-left = What stayed as it was
list-outcome-row = Record
list-outcome-why = Why
list-back-to = Back to the list
list-state = State
list-show = Show
list-reset = Reset
list-nothing = Nothing fits. Drop one of the conditions.
list-sort = Sort
list-action = Action
list-pages = Pages
list-back = To the start
list-forth = Next
list-count = { $shown } of { $total } shown
list-bad-cursor = There is no such page. Open the list from its start.

fault-title = It did not work
fault-not-found = There is no such page
fault-not-found-more = Perhaps the record was archived, the link is old, or it is not for your role.
fault-forbidden = Your role cannot do this
fault-forbidden-needs = The right needed: { $permission }.
fault-forbidden-grants = These roles have it: { $roles }. The administrator of your network grants roles.
fault-sign-in = Sign in to go on
fault-invalid = Mend the fields
fault-key-reused = This request has come before with another content. Open the form anew.
fault-too-many = Too many tries. Wait for { $seconds } seconds.
fault-forged = The request did not come from our page
fault-forged-more = Go back to the page, reload it and send the form again.
fault-too-large =
    { $limit ->
        [0] The request is too large.
       *[other] The request is too large: we take { $limit } MB at most.
    }
fault-unavailable = The database does not answer now
fault-full = The disk is full
fault-unknown = The connection to the database broke
fault-nothing-lost = Nothing is lost and nothing is half written. Wait a little and repeat: repeating makes no doubles.
fault-internal = Something broke on our side
fault-internal-more = We noted what happened. Try again; if it happens again, tell us the request number.
fault-request = Request number:
fault-unreadable = What was sent cannot be read: { $detail }

permission-organisations-view = see organisations
permission-organisations-add = add organisations
permission-organisations-edit = edit an organisation's facts
permission-organisations-govern = rename, suspend and reorganise
permission-organisations-history = see an organisation's history
permission-resources-view = see resources
permission-resources-edit = keep the organisation's resources
permission-resources-adopt = adopt others' methods in the own organisation
permission-resources-history = see a resource's history
permission-people-govern = keep accounts and roles
permission-components-view = see the set of components

role-system_administrator = system administrator
role-department_specialist = department specialist
role-centre_coordinator = centre coordinator
role-head = head of organisation
role-deputy_head = deputy head
role-gifted_lead = gifted lead
role-class_teacher = class teacher
role-pedagogue = pedagogue
role-psychologist = psychologist
role-external_mentor = external mentor
role-host_operator = host operator
role-jury = jury member
role-learner = learner
role-guardian = guardian
role-guest = guest

audit-create = created
audit-update = changed
audit-rename = renamed
audit-grant = role granted
audit-active = active again
audit-suspended = suspended
audit-reorganised = reorganised
audit-closed = closed
audit-revoke = role taken away
audit-password = new password
audit-close = account closed
audit-open = account opened
audit-published = published
audit-paused = paused
audit-field-kind = kind
audit-field-subkind = type
audit-field-inn = INN
audit-field-kpp = KPP
audit-field-ogrn = OGRN
audit-field-licence = licence
audit-field-address = address
audit-field-coordinates = coordinates
audit-field-phones = telephones
audit-field-email = e-mail
audit-field-site = site
audit-field-head_name = head
audit-field-about = description
audit-field-state = state
audit-field-class = class
audit-field-description = description
audit-field-person_id = pedagogue
audit-field-place = place
audit-field-travels = travels
audit-field-sharing = sharing
audit-field-capacity = capacity
audit-field-safety = safety
audit-field-conditions = conditions
audit-field-audience = audience
audit-field-subject = subject
audit-field-loanable = loans
audit-field-inventory_number = inventory number
audit-field-hours_per_week = hours a week
audit-field-decides = who decides
audit-field-cancel_rule = cancelling
audit-field-name = name

components-title = Set of components
components-about = Everything the pages are made of. Before making a new piece, look whether it is here.
components-sample = Sample
components-forms = Form
components-tags = Labels
components-facts = Facts
components-empty = Empty

api-title = For programs
api-about = All that pages can do a program can do too: with a token and by this description.
api-start = Where to begin
api-rules = Lists give items, next_cursor and total; errors come as application/problem+json; Idempotency-Key and If-Match are optional but recommended.
api-parameters = Parameters
api-parameter = Parameter
api-place = Where
api-meaning = Meaning
api-answers = Answers:

account-sessions = Where you are signed in
account-sessions-none = Nobody is signed in at the moment.
account-session-token = Program with an API token
account-session-browser = Browser
account-session-here = this one
account-session-made = opened { $when }
account-session-seen = last seen { $when }
account-session-end = End
account-sessions-end-others = End all others
account-sessions-end-all = End all
account-password-own-first = You signed in with an issued password. Choose your own: nobody but you will know it.
account-second-factor-by = Staff have to turn on confirmation by code by { $date }. It takes two minutes.
account-second-factor-over = The time for turning on confirmation by code is over. Turn it on and work goes on.
account-second-factor-later = Do it later
account-second-factor-is-on = Confirmation by code is on already. To change the telephone, turn it off in your account first.
account-recovery = Recovery codes
account-recovery-about = If the telephone is lost, any of these does instead of the application’s code. Each works once.
account-recovery-once = We shall not show them again. Print or copy them and keep them apart from the telephone.
account-recovery-kept = The codes are kept, continue
account-recovery-renew = Issue new recovery codes
account-recovery-left = { $left ->
    [0] No recovery code is left: issue new ones.
    [one] { $left } recovery code is left.
   *[other] { $left } recovery codes are left.
}
sign-in-password-over = The issued password has expired. Ask the administrator of the network for a new one.
password-same = The new password is the present one. Choose another.
done-sessions = The session is ended.
done-recovery = New recovery codes are ready, the old ones no longer work.
fault-busy = Too many requests at this moment
fault-password-issued = Change the issued password to your own first, on the page “My account”.
fault-second-factor-due = Turn on confirmation by code first, on the page “My account”.
audit-end_sessions = sessions ended
audit-reset_factor = confirmation by code reset
form-bad-version = It is not clear which version of the record was changed. Open the form again.
nav-tab-resources = Resources
nav-waits =
    { $count ->
        [one] matter waits for you
       *[other] matters wait for you
    }
account-notifications = You decide what the program tells you and what comes by mail.
account-notifications-choose = Choose notifications
account-session-why-password = The password is asked for so that nobody else at your machine can end your sessions.
view-enough = You keep { $most } views of this list already. Remove one that you do not need, then save the new one.
