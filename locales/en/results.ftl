participation-state-entered = entered
participation-state-admitted = admitted
participation-state-took_part = took part
participation-state-no_show = did not come
participation-state-withdrawn = withdrew
participation-state-disqualified = disqualified
result-state-none = no result
result-state-entered = entered
result-state-confirmed = confirmed
result-state-disputed = disputed
result-state-approved = approved
result-award-winner = winner
result-award-prize_winner = prize-winner
result-award-laureate = laureate
result-award-diploma_holder = diploma holder
result-award-participant = participant
result-degree = diploma of degree { $degree }
result-place = place { $place }
result-needs-part = Only whoever took part has a result.
result-confirmed-already = The result is confirmed already. Dispute it first.
result-nothing-to-dispute = There is nothing to dispute: there is no result yet, or it is disputed already.
result-moved-on = This result was settled in another way meanwhile. Open the page again.
nav-results = Results
about-nav-results = What is entered, what is confirmed and by which document.
permission-results-view = see results of events
permission-results-edit = enter and confirm results of events
permission-imports-results = import protocols with results
results-about = An entered result begins to count once a document confirms it: the jury's protocol or an order.
results-import = Import a protocol
results-nothing = There are no results for this year yet. Import a protocol: children are found by name, school and class.
results-all = Participants
results-awaited = Result awaited
results-of = Results: { $title }
results-rows = Participants
results-score = Points
results-document = Document on the results
results-no-step = There is nothing to confirm: no result has been entered.
results-step = What to do
results-step-confirmed =
    { $count ->
        [one] confirm { $count } entered result
       *[other] confirm { $count } entered results
    }
results-step-settled =
    { $count ->
        [one] settle the appeal: { $count } disputed result
       *[other] settle the appeals: { $count } disputed results
    }
results-step-approved =
    { $count ->
        [one] approve { $count } confirmed result
       *[other] approve { $count } confirmed results
    }
results-ground = Ground
results-ground-hint = For example: “Jury's protocol no. 4 of 12 March 2026” or “Order of the department no. 118 of 20 March 2026”.
results-do = Record
results-dispute = Dispute
result-team = Team
result-nothing-to-confirm = There are no such results any more: somebody was quicker.
result-import-no-level = The level is missing or not understood. Write school, municipal, regional, national or international.
result-import-no-date = The day of the event is missing or not understood.
result-import-no-status = The result is not understood. Write, for example, “1 место”, “Диплом II степени”, “призёр”, “участник”, “н/я”.
result-import-unknown-child = “{ $name }”: there is no such child in this organisation. Check the name and the school, or import the lists first.
result-import-several = “{ $name }”: there are several such children in this organisation. Add a date of birth or a class.
done-results-settled = Recorded. The figures already take it into account.
done-results-passed = Written down. This stage is no part of the figures; invite those who passed on the list of the next stage.
done-results-disputed = The result is open as disputed. Until the appeal is decided it does not count.
import-kind-results = results of events
import-field-results-participants = Participants
import-field-results-team = Team
import-field-results-team_name = Name of the team
import-field-results-birth_date = Date of birth
import-field-results-class = Class
import-field-results-organisation = Organisation
import-field-results-event = Event
import-field-results-event_key = Event
import-field-results-level = Level
import-field-results-format = Format
import-field-results-stage = Stage
import-field-results-date = Date
import-field-results-date_to = Last day
import-field-results-subject = Subject
import-field-results-result = Result
import-field-results-status = Result
import-field-results-status_basis = What the result rests on
import-field-results-degree = Degree of the diploma
import-field-results-place = Place
import-field-results-score = Points
import-field-results-max_score = Most points
import-field-results-pedagogues = Teachers
import-field-results-document = Document
results-nobody = Nobody is at this stage yet. Enter participants or import a protocol.
results-sheet-about = Enter what each child achieved and save. A result begins to count once a document confirms it.
results-max = The most points there are
results-max-hint = Needed where a share of the points makes a winner.
results-over-max = More points than the most there are.
results-keep = Save the results
results-propose = Propose by the rules of the stage
results-proposed = The rules of the stage filled this in. It is a proposal: the jury's protocol decides. Look it through, mend it and save.
results-degree = Diploma
results-place = Place
results-dispute-who = Dispute the result: { $name }
results-said-none = not entered
results-said-took_part = took part, no award said
results-said-winner = winner
results-said-prize_winner = prize-winner
results-said-laureate = laureate
results-said-diploma_holder = diploma holder
results-said-participant = participant
results-said-no_show = did not come
results-said-disqualified = disqualified
done-results-kept = The results are saved. To make them count, confirm them by a document.
results-entered = Entered
results-disputed = Disputed
results-confirmed = Confirmed
certificates-title = Diplomas and certificates
certificates-about = Every confirmed result gets a number. By the number anybody can check the diploma on a public page; the name is seen there only where the family agreed to its publication.
certificates-issue =
    { $count ->
        [one] Number { $count } document
       *[other] Number { $count } documents
    }
certificates-file = Download PDF
certificates-none-left = All confirmed results have their numbers already.
done-certificates = The numbers are given. The diplomas and certificates can be downloaded and printed.
certificate-kind-diploma = Diploma
certificate-kind-participant = Certificate
certificate-of-winner = of a winner
certificate-of-prize_winner = of a prize-winner
certificate-of-laureate = of a laureate
certificate-of-diploma_holder = of a diploma holder
certificate-of-participant = of a participant
certificate-degree = degree { $degree }
certificate-given = is given to
certificate-class = class { $class }
certificate-team = Team “{ $team }”
certificate-level = { $level } level
certificate-year = academic year { $year }
certificate-issuer = Organising committee
certificate-signer = Chair of the organising committee
certificate-number = № { $number } of { $day }
certificate-ground = By: { $ground }
certificate-check-code = Point a telephone at the code to check the document.
certificate-check-page = The document can be checked by its number on the page “Check a diploma”.
certificate-check = Check a diploma
certificate-check-about = Enter the number that is printed at the foot of the diploma or certificate.
certificate-number-label = Number of the document
certificate-do-check = Check
certificate-unknown = The network has given no document of this number. See whether the letters and digits are right.
certificate-true = Document № { $number } is genuine.
certificate-paused = Document № { $number } was given, but the result is being looked at again. Until that is decided it is not in force.
certificate-whose = Given to
certificate-no-name = name closed: there is no consent to publication
certificate-rank = Diploma or certificate
certificate-stage = Stage
certificate-given-on = Given on
learners-export-why-certificate = for a diploma or certificate
audit-certificates = numbers of diplomas
results-paste = Paste from Excel
results-paste-here = Paste the table here
results-paste-hint = Copy the columns Points, Result, Degree, Place in Excel, with names on their left or without: then rows go in order. You may also paste straight into the cells of the sheet below: it is filled from the cell where the cursor stands.
results-paste-read = Read
results-paste-empty = There is nothing here. Copy cells in Excel and paste them.
results-paste-strangers =
    { $count ->
        [one] { $count } row has
       *[other] { $count } rows have
    } no participant: { $names }. The rest stands in the sheet below.
results-paste-closed =
    { $count ->
        [one] { $count } row was not pasted: its result is
       *[other] { $count } rows were not pasted: their results are
    } confirmed already.
results-read = The table is read but not saved yet. Check that its words are understood rightly and press “Save the results”.
results-said-unknown = “{ $words }” is no result that the program knows. Choose from the list.
