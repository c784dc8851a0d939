nav-routes = Routes
about-nav-routes = Individual educational routes: one child, several organisations, each sees only its own part.
permission-routes-see = open «Routes»
permission-routes-open = open a route
permission-routes-edit = lead individual routes
permission-routes-accept = accept steps of routes for the own organisation
permission-routes-part = see the steps of the own organisation and say what came of them
permission-routes-approve = approve routes
permission-routes-agree = agree to a child's route
permission-routes-limits = change the table of permitted loads
permission-routes-figures = see figures of routes without names
routes-about = One child's way through several organisations. Each organisation sees only its own steps.
routes-about-nameless = Figures of the network. Names of children are not shown here.
routes-list = List of routes
routes-none = No routes yet. When the coordinator offers a route for your child, it will appear here.
routes-none-yet = No routes yet. Begin the first one: a template may help.
route-add = New route
route-new = New route
route-edit = Change the texts
route-one = Learner and route
route-state = State
route-year = School year
route-hosts = Organisations in the route
route-hosts-least = at least { $count }
route-hosts-count =
    { $count ->
        [0] no organisations
        [one] { $count } organisation
       *[other] { $count } organisations
    }
route-progress = Done
route-days = Term
route-leads = Led by
route-author = Written by
route-figure-approved = Routes approved
route-figure-several = Of them over several organisations
route-figure-modules = Completed modules
route-modules-count =
    { $count ->
        [0] No completed modules
        [one] { $count } completed module
       *[other] { $count } completed modules
    }
route-modules-none = No completed modules yet.
route-module = Step
route-host = Organisation
route-hours-column = Hours
route-hours =
    { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    }
route-steps-done = { $done } of { $all } steps
route-hours-done = { $done } of { $all } hours
route-overdue = overdue
route-overdue-count =
    { $count ->
        [one] { $count } step overdue
       *[other] { $count } steps overdue
    }
route-asked-count =
    { $count ->
        [one] { $count } step waits for its organisation
       *[other] { $count } steps wait for organisations
    }
route-going-on = going on
route-open = Open
route-state-draft = draft
route-state-offered = waits for organisations
route-state-accepted = waits for the guardian
route-state-agreed = waits for approval
route-state-approved = approved
route-state-running = running
route-state-corrected = being corrected
route-state-completed = completed
route-state-stopped = stopped
route-about-draft = The route is being written. Add steps and offer it to the organisations: until then only those who answer for the child see it.
route-about-offered = The organisations decide whether they accept their steps. The child's name opens to them only with the guardian's consent to the transfer of data.
route-about-accepted = The organisations have accepted their steps. Now it is the guardian's turn.
route-about-agreed = The guardian agrees. The route is to be approved.
route-about-approved = The route is approved and waits for its beginning.
route-about-running = The child is on the way. What came of a step is said by the organisation where it takes place.
route-about-corrected = The route is being corrected. Until the new version is approved, the last one holds.
route-about-completed = The route is completed.
route-about-stopped = The route is stopped. Its organisations no longer see the child by it.
route-wrong-state = The route is in another state now: { $state }. Reload the page.
route-step-planned = planned
route-step-asked = waits for the organisation
route-step-accepted = accepted
route-step-declined = declined
route-step-completed = completed
route-step-missed = did not take place
route-step-set_aside = set aside
route-stage = Stage
route-stage-diagnostic = Diagnostic stage
route-stage-design = Design stage
route-stage-implementation = Implementation stage
route-stage-reflection = Reflection stage
route-kind = What it is
route-kind-module = Module
route-kind-event = Event
route-kind-support = Support
route-form = How it is held
route-form-in_person = in person
route-form-mixed = in person and at a distance
route-form-distance = at a distance
route-weekday = Day of the week
route-weekday-none = no fixed day
route-weekday-1 = Mon
route-weekday-2 = Tue
route-weekday-3 = Wed
route-weekday-4 = Thu
route-weekday-5 = Fri
route-weekday-6 = Sat
route-weekday-7 = Sun
route-starts = Lesson begins
route-ends = Lesson ends
route-title = Title
route-title-hint = Without the child's name: for example, «Young explorer of nature».
route-from = From
route-until = Until
route-goal = Goal
route-tasks = Tasks
route-tasks-hint = Each on a line of its own.
route-note = Explanatory note
route-note-hint = Why the child needs the route: interests, strengths, what it builds on.
route-support = Psychological support
route-results = Expected results
route-about = About the route
route-now = Now
route-next = Next step
route-reason = Reason
route-result = Result
route-mark = Mark
route-mark-hint = For example: passed, 5, diploma.
route-control = Form of control
route-control-hint = For example: defence of a project, credit, exhibition.
route-expected = What should come of it
route-instead = Instead of
route-beside = At the same time as
route-visits =
    { $visits ->
        [one] { $visits } visit, { $hours } of { $all } h:
       *[other] { $visits } visits, { $hours } of { $all } h:
    }
route-step-add = Add a step
route-step-edit = Change the step
route-step-remove = Remove the step
route-step-title = Title of the step
route-step-about = Content
route-step-asked-anew = After the change the organisation decides about the step anew.
route-step-added = Step added
route-step-removed = Step removed
route-step-changed = Step changed
route-host-none = no organisation: at home, at an event
route-host-hint = The organisation gets the offer and decides itself whether it accepts the step.
route-teacher = Teacher
route-taken-from = Taken from the exchange
route-choice = Choice
route-choice-hint = Steps with the same word stand for each other: one of them is made. Empty: the step is obligatory.
route-offers = Find in the exchange
route-offers-about = Live offers of the network's organisations: any of them can become a step of the route.
route-offers-find = What the child needs
route-take = Take into the route
route-template = Begin with a template
route-template-none = no template
route-template-take = Fill in
route-keep-template = Keep as a template
route-choose = Choose
route-do-offer = Offer to the organisations
route-do-recall = Take back to work on it
route-do-agreement = Agree
route-do-refusal = Disagree
route-do-approval = Approve
route-do-start = Begin
route-do-correction = Correct the route
route-do-completion = Complete
route-do-stop = Stop
route-deed-about-offer = The load is greater than permitted. The route can be offered when you explain why the child can carry it. The reason is kept.
route-deed-about-recall = The organisations will not decide about the steps until the route is offered again.
route-deed-about-agreement = You agree to the child's route.
route-deed-about-refusal = Write what should be changed. Everybody who leads the route will read it.
route-deed-about-approval = The version of the route is kept as it is now.
route-deed-about-start = The child begins the route.
route-deed-about-correction = The approved version holds until a new one is approved.
route-deed-about-completion = All steps are settled. The organisations will no longer see the child by this route.
route-deed-about-stop = The organisations stop seeing the child by this route at once. It cannot be continued.
route-accept = Accept
route-decline = Decline
route-decline-title = Decline the step
route-decline-hint = Whoever leads the route reads the reason and looks for another step.
route-settle = Say what came of it
route-outcome = How it ended
route-missed-why = Why it did not take place
route-missed-hint = Only when the step did not take place.
route-tie = Visits of the step
route-tie-which = Which visits belong to this step
route-tie-none = There are no visits with this organisation in the days of the step.
route-back = Back to the route
route-parts = Steps of your organisation
route-part-title = Step of an individual route
route-part-steps = Your steps
route-part-held = As it holds now
route-part-held-about = The route is being corrected. Until the new version is approved, the one before holds: these steps go on as written.
route-part-leads = The route is led by { $name }. Its other steps are seen only by those who answer for the child.
route-part-nameless = The child's name opens when you accept the step and the guardian has consented to the transfer of data to your organisation.
route-part-named = You see the child until your step is over. If the guardian withdraws the consent, access closes at once.
route-nameless = { $class }, { $age }
route-words = Words about the route
route-words-none = Nobody has written anything yet.
route-word-reflection = reflection
route-word-comment = the guardian's word
route-word-note = note
route-say = Write down
route-say-reflection = What I managed and what was hard
route-say-comment = What you want to say about the route
route-say-note = A note on how the route goes
route-say-hint-learner = Your guardians and those who lead the route will read it.
route-say-hint = Everybody who sees the route will read it, the child and the guardians too.
route-signatures = Who agreed
route-signed-step = step «{ $title }» accepted
route-signed-guardian = the guardian's consent
route-signed-approval = route approved
route-versions = Versions
route-version-number = Version { $number }
route-version-approved = Approved on { $day }: { $who }.
route-version-reason = Why it was corrected
route-differences = What changed
route-differences-none = Nothing differs from the version before.
route-was = Was
route-became = Became
route-settled-on = Completed on
route-warnings = The load is greater than permitted
route-warn-week = The week of { $date } comes to { $hours } h, { $limit } are permitted.
route-warn-hours = «{ $title }» lies outside the permitted time: { $from } to { $until }.
route-warn-clash = «{ $one }» and «{ $other }» take place at the same time ({ $day }, { $from }–{ $until }).
route-warn-break = Between «{ $one }» and «{ $other }» ({ $day }) there is a break of { $minutes } min, { $needed } are needed.
route-warn-way = Between «{ $one }» and «{ $other }» ({ $day }) there are { $minutes } min for the way, { $needed } are needed.
route-load-explained = Agreed ({ $who }):
route-load-reason = Why the load may be greater
route-load-reason-hint = Only when the program warns of too great a load.
route-load-unexplained = Explain why the child can carry such a load, or lessen it.
route-limits = Permitted load
route-limits-about = Routes are checked against this table. Too great a load is not forbidden, it is warned of: people decide and explain why.
route-limits-whose = The table is changed by the education department.
route-limit-week_hours = Hours of extra-curricular lessons a week
route-limit-day_start = Lessons begin not before
route-limit-day_end = Lessons end not after
route-limit-day_end_senior = At the age of 16–18 they end not after
route-limit-break = Break between lessons, minutes
route-limit-way = Way between organisations, minutes
route-bad-limit = Give a number of zero or more, or a time of the day.
route-bad-days = The last day must not be before the first, and the term not longer than three years.
route-bad-hours = Give 1 to { $most } hours.
route-bad-time = Give beginning and end of the lesson, the end after the beginning.
route-step-outside = A step must lie within the term of the route.
route-steps-outside = Some steps lie outside this term. Change them first.
route-too-many-steps = A route has no more than { $most } steps. Remove some.
route-no-resource = This offer is gone. Choose another.
route-no-steps = The route has no steps. Add at least one.
route-declined-left = Some steps are declined. Change or remove them and offer the route again.
route-step-settled = This step is settled or changed already. Reload the page.
route-not-asked = The step is decided already, or it is offered no more.
route-no-consent = The guardian's consent to the transfer of data to your organisation is missing. Ask whoever leads the route to obtain it; then accept the step.
route-unsettled = Some steps are not settled. Settle them, then complete the route.
route-task-answer = accept a step of a route
route-task-agree = agree to a route
route-task-approve = approve a route
route-task-replace =
    { $count ->
        [one] replace a declined step
       *[other] replace declined steps ({ $count })
    }
route-task-overdue =
    { $count ->
        [one] settle an overdue step
       *[other] settle overdue steps ({ $count })
    }
done-route-added = The route is begun. Now add steps.
done-route-changed = The route is saved.
done-route-step = The step is saved.
done-route-step-removed = The step is removed.
done-route-chosen = The choice is saved.
done-route-template = The template is kept.
done-route-accepted = The step is accepted.
done-route-declined = The step is declined.
done-route-settled = The outcome is noted.
done-route-visits = The visits are saved.
done-route-deed = Done.
done-route-word = Written down.
done-route-limits = The table is saved.
audit-field-goal = goal
audit-field-tasks = tasks
audit-field-support = psychological support
audit-field-results = expected results
route-task-next = next step of the route
route-tie-new = individual educational route
route-figures = Figures of routes
route-deed-about-offering = Every organisation gets its steps and decides whether it accepts them.
