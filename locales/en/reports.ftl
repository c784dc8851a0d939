nav-reports = Reports
about-nav-reports = Reports of the Centre, the district and organisations: prepare, hand in, accept, compare with the data of today.
permission-reports-view = see the reports of one's organisations
permission-reports-count = count the figures of the Centre and the district for any years
permission-reports-centre = prepare and hand in the Centre's report
permission-reports-district = prepare the district's report
permission-reports-hand-in = prepare and hand in the own organisation's report
permission-reports-decide = call for reports, return, accept and close them
report-about = Numbers are put in from confirmed results. What was handed in is kept as it was, even when the data change later. The documents themselves are in Russian.
report-prepare = Prepare a report
report-figures = Figures without a report
report-figures-about = What a report of these years would say if it were made today. The document can be taken along; it need not be handed in.
report-state = State
report-state-draft = Draft
report-state-submitted = Handed in
report-state-returned = Returned
report-state-accepted = Accepted
report-state-closed = Closed
report-whose = Whose report
report-years-head = Years
report-changed = Changed
report-title-centre = Report of the Centre
report-title-district = Report of the district
report-title-organisation = Report of an organisation
report-none = There are no reports yet.
report-no-match = There are no such reports.
report-calls = Calls for reports
report-calls-none = No reports are called for at present.
report-call = Call for reports
report-call-about = Organisations see on their first page for which years and by which day to hand in. You see who has not, and can remind all of them at once.
report-call-for = Reports of organisations, { $years }
report-call-kinds = Who hands in
report-call-kind-general = schools
report-call-kind-preschool = preschools
report-call-kind-additional = organisations of additional education
report-call-note = A note
report-call-note-hint = For example, what the text should not forget.
report-call-begin = Call
report-call-close = End the call
report-call-close-about = { $title }. { $owing ->
    [0] Everybody has handed in.
    [one] { $owing } organisation has not handed in.
   *[other] { $owing } organisations have not handed in.
  } After this nobody can be reminded, and this call cannot be opened again.
report-call-close-sure = Yes, end the call
report-call-is-over = the call is over
report-call-over = This call is over.
report-called-already = Reports of these years are called for already.
report-due-on = Due by
report-due-over = That day is over: choose { $date } or later.
report-due-until = due by { $day }
report-due-today = due today
report-due-over-by =
    { $days ->
        [one] due { $days } day ago
       *[other] due { $days } days ago
    }
report-progress = { $some } of { $all } handed in
report-missing = { $some } of { $all } have not handed in.
report-owed = to be handed in
report-tab-owing = Not handed in
report-nobody-owes = Every report is handed in.
report-not-begun = not begun
report-remind =
    { $count ->
        [one] Remind { $count } organisation
       *[other] Remind { $count } organisations
    }
report-reminded = Reminded
report-reminded-on =
    { $times ->
        [1] { $day }
       *[other] { $day }, times: { $times }
    }
report-reminded-all = All were reminded today. You can remind them again tomorrow.
report-nobody-count =
    { $count ->
        [one] At { $count } more organisation there is nobody to remind: neither head nor deputy has an account. Call them.
       *[other] At { $count } more organisations there is nobody to remind: neither head nor deputy has an account. Call them.
    }
report-nobody-to-remind = nobody to remind
report-new = New report
report-new-hint = Choose whose report it is and which years it is about. The text with its figures comes by itself and can be changed.
report-begin = Begin
report-there-already = There is a report of these years already.
report-open = Open
report-edit = Edit the text
report-edit-about = In the document, the words in braces become numbers, tables and charts.
report-text = Text of the report
report-text-hint = Put each paragraph on a line. A line that begins with “# ” is a heading. A table or a chart has a line of its own.
report-save = Save the text
report-cancel = Cancel
report-places = What can be put in
report-places-about = Copy it with its braces. Tables and charts have a line of their own.
report-unknown-place = Line { $line }: “{ $name }” is not known. Take the words from the list “What can be put in”.
report-brace = Line { $line }: a brace has no pair.
report-place-alone = Line { $line }: put “{ $name }” on a line of its own, without other words.
report-sections = Parts of the report
report-tab = Report
report-tab-rows = Rows and data of today
report-handed-in-at = handed in: { $when }, { $who }
report-not-handed-in = not handed in yet
report-submit = Hand in
report-accept = Accept
report-close = Close for good
report-close-about = { $title }. Once it is closed nobody can change the report, and it cannot be returned any more.
report-close-sure = Yes, close for good
report-return-title = Return to be mended
report-return = Return
report-reason = What to mend
report-reason-hint = Those who prepared the report read this.
report-reason-needed = Say what to mend: without that a report cannot be returned.
report-returned-because = The report was returned to be mended
report-moved = The report is already { $state }: { $who }, { $when }. Open it again.
report-handed-in-already = The report is handed in: its text is not changed any more. If something is wrong, ask the education department to return it.
report-today = The report and the data of today
report-sums = Figures of today
report-figure = Figure
report-in-report = In the report
report-now = Today
report-difference = Difference
report-when = When
report-other = changed
report-differs = The data have changed since. The report has not.
report-same = The data have not changed since the report was handed in.
report-frozen = The document is shown as it was handed in.
report-live = The document is made from the data of today. Once it is handed in, its numbers stay for good.
report-files = Take along
report-why = What for
report-why-hint = These words stand in the file beside the name of whoever made it.
report-why-usual = report to the education department
report-why-missing = Write what the file is for: these words stay in it and in the audit trail.
report-made-why = Purpose: { $why }.
report-copies = What was handed in
report-copy = Copy { $number }: { $when }
report-kind = REPORT
report-heading-centre = on the results of the Centre's members in events
report-heading-district = on the results of the district's learners in events
report-heading-organisation = on the results of learners in events
report-signer-centre = Coordinator of the Centre
report-signer-district = Head of the education department
report-signer-organisation = Head of the organisation
report-department = Education department
report-the-centre = Centre for gifted children
report-mark-accepted = Accepted by the education department
report-year = academic year { $year }
report-years = academic years { $from } – { $to }
report-nothing = { $period }: there are no events with confirmed results.
report-compared = In { $years } the share was { $share }, a difference of { $points } percentage points.
report-table-empty = There are no confirmed results for this time.
report-before = Before: { $years }
report-change = Change, points
report-chart =
    Share of events with prizes { $by ->
        [year] by year
        [level] by level
        [format] by format
        [list] by list
        [organisation] by organisation
        [subject] by subject
        [class] by class
       *[age] by age
    }
report-handed-in = { $some } of { $all } organisations have handed in their reports.
report-line = Line
report-rows = Open the rows
report-by-program = the program
report-todo-returned = returned to be mended: { $reason }
report-mend = Mend
report-todo-owed = Hand in the organisation's report, { $years }
report-todo-decide = Reports wait for a decision
report-todo-decide-why =
    { $count ->
        [one] { $count } report to accept or return
       *[other] { $count } reports to accept or return
    }
report-todo-missing = { $some } of { $all } have not handed in: { $years }
done-report-begun = The report is begun. Check its text and numbers.
done-report-there = There is a report of these years already; here it is.
done-report-written = The text is saved.
done-report-submitted = The report is handed in. Its text and numbers are kept as they are now.
done-report-returned = The report is returned. Those who prepared it are told.
done-report-accepted = The report is accepted.
done-report-closed = The report is closed. It will not change any more.
done-report-called = The call has begun: organisations see it on their first page.
done-report-reminded = Reminders are sent, in the program and by letter.
done-report-call-closed = The call is over.
audit-report-submitted = report handed in
audit-report-returned = report returned
audit-report-accepted = report accepted
audit-report-closed = report closed
audit-report-reminded = reminder
audit-report-call-closed = call ended
audit-export = taken along
audit-field-text = text
notification-kind-report_due = Reports to hand in
notification-kind-report_returned = Returned reports
notification-kind-report_accepted = Accepted reports
notification-line-report_due = A reminder: it is time to hand in your organisation's report
notification-line-report_returned = A report was returned for mending
notification-line-report_accepted = A report was accepted
notification-act-report_due = Hand in
notification-act-report_returned = Mend
letter-line-report_due =
    { $count ->
        [one] The education department waits for the report of your organisation.
       *[other] The education department waits for reports of your organisation: { $count }.
    }
letter-line-report_returned =
    { $count ->
        [one] A report was returned to be mended; it says what.
       *[other] { $count } reports were returned to be mended; each says what.
    }
letter-line-report_accepted =
    { $count ->
        [one] Your report was accepted.
       *[other] Your reports were accepted: { $count }.
    }
