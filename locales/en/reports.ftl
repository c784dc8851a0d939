nav-reports = Reports
about-nav-reports = The Centre's report for the chosen years: Word, PDF and Excel.
permission-reports-view = prepare reports
report-centre = Report on the results of the Centre's members
report-about = Figures, tables and text for the chosen years. The numbers are counted anew each time; each opens down to its rows under «Figures». The document itself is in Russian.
report-kind = REPORT
report-heading = on the results of the Centre's members in events,
report-year = academic year { $year }
report-years = academic years { $from } – { $to }
report-nothing = { $period }: there are no events with confirmed results.
report-sentence =
    { $period }: the Centre's members took part in { $events ->
        [one] { $events } event
       *[other] { $events } events
    } and won prizes in { $prizes } of them, which is { $share }.
report-beside = Children who took part: { $children }, with prizes: { $winners }. Participations: { $participations }, prize places: { $places } (a team counts as one).
report-pending =
    { $count ->
        [one] { $count } more participation awaits
       *[other] { $count } more participations await
    } results and { $count ->
        [one] is
       *[other] are
    } part of no share; events without a single confirmed result: { $events }.
report-signer = Coordinator of the Centre
report-line = Line
report-rows = Open the rows
report-by-program = the program
