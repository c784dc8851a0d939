permission-appeals-send = appeal for the own child or for pupils of the own school
permission-appeals-school = be told of results of pupils of the own school
appeal-title = Showing of works and appeals
appeal-one = Appeal
appeal-showing = Showing of works
appeal-not-shown = The preliminary results are not made known yet. Set the days of the showing: families and schools are told at once.
appeal-not-yet = The preliminary results are not made known yet.
appeal-days = Works are shown
appeal-place = Where
appeal-place-hint = For example: “Maiskaya gymnasium, room 21, 3 to 5 p.m.”
appeal-until = Appeals are taken until
appeal-last-protocol = Final protocol
appeal-about = The results are preliminary. The participant, a parent or the school at their request may appeal. While an appeal is considered, the result does not count.
appeal-stage-open = appeals are taken
appeal-stage-preliminary = preliminary results
appeal-stage-final = final
appeal-list = Appeals
appeal-open =
    { $count ->
        [one] { $count } waits for a decision
       *[other] { $count } wait for a decision
    }
appeal-to-decide = Consider
appeal-results = Preliminary results
appeal-results-final = Final results
appeal-no-results = There are no results yet. Enter points in the sheet of results or decode the marked works.
appeal-none-own = None of the participants is your child.
appeal-send = Appeal
appeal-publish = Make preliminary results known
appeal-publish-about = Places will follow the points. Families of participants and schools will be notified.
appeal-do-publish = Make known
appeal-change-days = Days of showing and appeals
appeal-from = Shown from
appeal-to = Shown until
appeal-before-showing = Not before the first day of the showing.
appeal-too-long = At most { $days } days after the showing begins.
appeal-only-later = Families know this term already: it can only be made longer.
appeal-papers = Documents and the end
appeal-do-final = Conclude
appeal-final-hint = For example: “Jury’s protocol of 24.11.2026 No. 5”. The results will be confirmed by this document and enter the figures.
appeal-still-waiting = Decide all appeals first.
appeal-term-runs = Appeals are still taken: until { $day }.
appeal-closed = This stage is concluded already.
appeal-order = Order on results
appeal-order-hint = An order of the section “Documents”. It approves the confirmed results.
appeal-do-order = Approve by the order
appeal-add-act = Enter the order
appeal-nothing-to-approve = There is nothing to approve: no result is confirmed.
appeal-about-what = What you disagree with
appeal-task = Task
appeal-task-hint = Its number or title, where it is about one task.
appeal-body = Why
appeal-body-hint = What in your view was marked wrongly. The commission sees this text with the points.
appeal-do-send = Send the appeal
appeal-out-of-term = Appeals are not taken now: the term has not begun or is over.
appeal-there = This result is appealed against already.
appeal-result = Result
appeal-tasks = Points by task
appeal-number = Appeal No. { $number }
appeal-text = Appeal
appeal-source-family = sent by the family
appeal-source-school = sent by the school at the family’s request
appeal-state-submitted = waits for a decision
appeal-state-upheld = upheld
appeal-state-rejected = rejected
appeal-state-withdrawn = taken back
appeal-withdraw = Take the appeal back
appeal-decision-of = Decision of the commission
appeal-decision = Decision
appeal-uphold = uphold and change the points
appeal-reject = reject
appeal-before = Points before
appeal-after = New points
appeal-after-hint = The sum for the whole work. Now: { $before }. Fill it in if the appeal is upheld.
appeal-new-points = Give the new points.
appeal-same-points = The new points must differ from the old ones.
appeal-answer = Reason
appeal-answer-hint = The family and the school read it. It enters the commission’s protocol.
appeal-by-rules = Put winners and prize-winners anew by the rules of the stage
appeal-do-decide = Record the decision
appeal-decided-already = This appeal is decided or taken back already.
appeal-own-child = The appeal of one’s own child is decided by others.
appeal-when = When
appeal-who = Recorded by
appeal-history = How the result changed
appeal-was = Was: { $points } points, place { $place }
appeal-why-preliminary = preliminary results made known
appeal-why-upheld = appeal No. { $number } upheld
appeal-todo =
    { $count ->
        [one] { $count } appeal waits for a decision
       *[other] { $count } appeals wait for a decision
    }
appeal-tie = preliminary results, appeals until { $day }
protocol-final = Final protocol
protocol-preliminary = Preliminary protocol
protocol-of-appeals = Protocol of the appeal commission
protocol-jury = The jury of { $names } considered the works of the participants.
protocol-jury-appeals = The jury of { $names } considered the appeals of the participants.
protocol-chair = chair { $name }
protocol-members =
    { $count ->
        [one] member { $names }
       *[other] members { $names }
    }
protocol-secretary = secretary { $name }
protocol-most = The most points are { $most }.
protocol-appeals =
    { $count ->
        [one] { $count } appeal was considered, upheld: { $upheld }.
       *[other] { $count } appeals were considered, upheld: { $upheld }.
    }
order-kind = Order
order-draft = Draft of the order
order-heading = On the results of “{ $event }”
order-ground = On the ground of “{ $ground }” and to support gifted children
order-command = I ORDER:
order-approve = 1. To approve the results.
order-winners =
    { $count ->
        [one] { $number }. To name as winner:
       *[other] { $number }. To name as winners:
    }
order-prize-winners =
    { $count ->
        [one] { $number }. To name as prize-winner:
       *[other] { $number }. To name as prize-winners:
    }
order-diplomas = { $number }. To award diplomas to winners and prize-winners.
order-control = { $number }. I see to the execution of this order myself.
order-signer = Head of the education department
learners-export-why-protocol = for a protocol or an order
notification-kind-preliminary = Preliminary results
notification-kind-appealed = Appeals
notification-kind-appeal_decided = Decisions on appeals
notification-line-preliminary = Preliminary results are made known: you may see the work and appeal
notification-line-appealed =
    { $count ->
        [one] An appeal was sent
       *[other] { $count } appeals were sent
    }
notification-line-appeal_decided = An appeal is decided
notification-act-appealed = Consider
letter-line-preliminary =
    { $count ->
        [one] Preliminary results of an event are made known, with the term of appeals.
       *[other] Preliminary results of { $count } events are made known, with the terms of appeals.
    }
letter-line-appealed =
    { $count ->
        [one] An appeal waits for your decision.
       *[other] { $count } appeals wait for your decision.
    }
letter-line-appeal_decided =
    { $count ->
        [one] An appeal is decided.
       *[other] { $count } appeals are decided.
    }
done-appeal-showing = The days of the showing and of appeals are kept.
done-appeal-sent = The appeal is sent. You will be notified of the decision.
done-appeal-withdrawn = The appeal is taken back.
done-appeal-decided = The decision is recorded. Places follow the points anew.
done-appeal-final = The stage is concluded. The figures count it already.
done-appeal-order = The results are approved by the order.
