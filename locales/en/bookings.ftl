nav-bookings = Sessions and loans
about-nav-bookings = Requests, agreed sessions and loans: what others ask of you and what you ask for.
bookings-about = What others ask of you and what you ask for: from the request to the confirmed hours.
bookings-list = List of sessions and loans
bookings-views = Views of the list
bookings-all = All
bookings-in = Incoming
bookings-out = Outgoing
bookings-more = More
bookings-month = Month
bookings-mine = For the organisation
bookings-organisation = With whom
bookings-none = Nothing here yet. Find a suitable resource and ask for it.
bookings-bulk = Confirming requests
bookings-cancellations = Cancelling lessons
bookings-partner = Partner
bookings-year = Academic year
bookings-of-person = Where expected
bookings-none-of-person = Nobody has invited this person for the next three months.
booking-new = Find and ask
booking-ask-common = Submit a common request
booking-sections = Sections of the record
booking-back = Back
booking-open = open
booking-what = Resource
booking-when = When
booking-gives = Gives
booking-receives = Receives
booking-how-much = How much
booking-purpose = What for
booking-purpose-hint = For example: laboratory work in biology, class 9A.
booking-date = Day
booking-from = From
booking-to = To
booking-headcount = How many people
booking-how-long = How long
booking-hours-planned = Hours planned
booking-hours-agreed = Hours confirmed
booking-units = How many pieces
booking-units-hint = When empty, one for each person.
booking-mode = How it is held
booking-mode-in_person = in person
booking-mode-distance = at a distance
booking-form-stay = session on the spot
booking-form-visit = visit of a teacher
booking-form-loan = loan
booking-quality-yes = yes
booking-quality-partly = partly
booking-quality-no = no
booking-hours = { $n } h
booking-minutes = { $n } min
booking-days =
    { $n ->
        [one] { $n } day
       *[other] { $n } days
    }
booking-people =
    { $n ->
        [one] { $n } person
       *[other] { $n } people
    }

booking-tag-requested = waits
booking-tag-countered = other offer
booking-tag-planned = agreed
booking-tag-took_place = took place
booking-tag-confirmed = confirmed
booking-tag-disputed = disputed
booking-tag-declined = declined
booking-tag-cancelled = cancelled
booking-tag-did_not_take_place = did not happen
booking-tag-moved = moved
booking-now = Now
booking-about-requested = { $owner } decides. Until then the time is held for { $asker }.
booking-about-countered = { $owner } offers something else. The time is held already; { $asker } decides.
booking-about-offered = { $owner } offers this resource. The time is held already; { $asker } decides.
booking-about-planned = Both sides agree: { $owner } and { $asker }.
booking-about-took_place = One side has written down what came of it. It counts as soon as the other confirms.
booking-about-confirmed = Both sides wrote the same: it counts in “Given / received”.
booking-about-disputed = The sides wrote different things. It does not count until the numbers agree.
booking-about-declined = { $owner } cannot give this resource. The time is free again.
booking-about-cancelled = It was given up. The time is free again.
booking-about-did_not_take_place = It did not take place and does not count.
booking-about-moved = Another time stands in its place: see the link among the facts.
booking-reason = Why
booking-outcome = What came of it
booking-differs = differs
booking-planned = Planned
booking-not-said = not said yet
booking-who-said = Who said so
booking-got = Did you get what you wanted?
booking-together = The whole request
booking-together-confirm = Confirm the chosen
booking-together-cancel = Cancel the chosen
booking-together-count =
    { $n ->
        [one] { $n } session
       *[other] { $n } sessions
    }
booking-facts = Facts
booking-person = Held by
booking-asked = Asked for
booking-where = Where
booking-counted = Confirmed
booking-moved-from = Moved from
booking-moved-to = Moved to
booking-need = For a need
booking-created = Submitted

booking-do-confirmation = Agree
booking-do-acceptance = Accept the offer
booking-do-counter-offer = Offer another time
booking-do-declination = Decline
booking-do-refusal = Refuse
booking-do-handing-over = Hand over
booking-do-taking-back = Take back
booking-do-completion = It took place
booking-do-absence = It did not take place
booking-do-quality = Did you get what you wanted?
booking-do-move = Move
booking-do-cancellation = Cancel the session
booking-take-theirs = Agree with the partner: { $what }
booking-why = Why
booking-why-hint = The other side will read these words.
booking-frees = The time becomes free for everybody again.
booking-counter-about = The time you offer is held at once, the former is freed. Whoever asked decides.
booking-move-about = The new time is held and the former freed in one moment. If the new one is taken, all stays as it was.
booking-for-side = For which side you act
booking-side-said = { $who }: { $what }.
booking-planned-was = Planned: { $what }. Correct it if it turned out otherwise.
booking-headcount-was = How many people came
booking-hours-was = How many hours
booking-hours-hint = For example: 1.5 or 1:30.
booking-days-was = How many days
booking-comment = A word to the other side
loan-act-handing-over = Act of handing over
loan-act-taking-back = Act of taking back
loan-title = Loan
loan-handed-on = Handed over
loan-due = Due back
loan-overdue = overdue
loan-taken-back-on = Taken back
loan-not-yet = not yet
loan-inventory = Inventory number
loan-responsible = Who answers for it
loan-responsible-hint = Somebody of the organisation that borrows.
loan-note = Condition and set
loan-note-hint = What went out and came back, what is damaged.
loan-served = How many people it served

booking-asker = Who asks
booking-how = How you take it
booking-how-loan = Take it away and bring it back
booking-how-stay = Use it on the spot
booking-take-on = Day of taking
booking-return-on = Day of return
booking-return-hint = Needed when you take it away.
booking-until = Every week until
booking-until-hint = On the same weekday at the same hours.
booking-preview = Show what is free
booking-dates = Days
booking-dates-free = { $free } of { $all } are free. The free days are ticked: untick those you do not need.
booking-date-free = free
booking-date-taken = taken
booking-date-closed = not possible
booking-free-on = Free on { $day }
booking-none-free = Nothing is free on this day.
booking-see-week = See the week
clash-title = What you can have instead
clash-blocking = What stands in the way
clash-who = Taken by
clash-somebody = another organisation
clash-partly = Take what is free
clash-partly-do = Ask only for what is free
clash-nearest = Nearest free times
clash-others = Free at the same time
clash-nothing = Nothing is free nearby. Choose another day.

month-title = Monthly sheet
month-heading = Sheet for { $month }
month-sheet = What to confirm for the month
month-before = Previous month
month-after = Next month
month-partner = Other side
month-they-say = They say
month-edit = Correct
month-empty = Nothing to confirm for this month.
month-nothing-waits = The other sides have not said anything yet. Say it yourself: “Correct” in the row.
month-sum =
    { $count ->
        [one] { $count } session waits for you: { $hours }, { $people }
       *[other] { $count } sessions wait for you: { $hours }, { $people }
    }
month-confirm = Confirm all for { $month } ({ $count })
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

distance-title = Switch to distance
distance-about = Quarantine, frost, repairs: all sessions of a day or of one place are held at a distance. Times and people stay.
distance-place = Where they are held
distance-anywhere = Anywhere
distance-look = Show the sessions
distance-touched = Which sessions are switched
distance-none = There are no sessions in person on this day that you answer for.
distance-count =
    { $n ->
        [one] { $n } session
       *[other] { $n } sessions
    }
distance-switch =
    { $n ->
        [one] Switch { $n } session
       *[other] Switch { $n } sessions
    }

needs-title = Needs
needs-about = What nobody in the network offers yet. Any organisation can answer with what it has.
needs-views = Views of the list
needs-open = Waiting
needs-all = All
needs-none = There are no open needs.
need-new = Tell of a need
need-new-about = Write what you need and when. All organisations of the network will see it.
need-what = What is needed
need-what-hint = For example: a 3D printer for a project week, class 8B.
need-details = Details
need-from = Begins
need-to = Ends
need-flexible = Another time would do as well
need-is-flexible = another time would do as well
need-priority = How urgent
need-priority-low = no hurry
need-priority-usual = usual
need-priority-urgent = urgent
need-submit = Tell the network
need-facts = What is needed
need-offers = Offers
need-no-offers = Nobody has offered anything yet.
need-offer-own = Offer a resource of yours
need-offer = Offer
need-note = Anything to add
need-cancel = No longer needed

done-booking-asked = Your request is submitted and the time is held for you. The owner's answer will appear here.
done-booking-confirmed = Agreed.
done-booking-accepted = The offer is accepted, the session is agreed.
done-booking-countered = The offer is sent, the time is held.
done-booking-declined = Declined; the time is free again.
done-booking-refused = You refused the offer; the time is free again.
done-booking-handed-over = The loan is handed over.
done-booking-taken-back = The loan is taken back.
done-booking-completed = Noted that it took place.
done-booking-absent = Noted that it did not take place.
done-booking-quality = Thank you, your answer is noted.
done-booking-moved = The new time is held, the old one is free again.
done-booking-cancelled = Cancelled; the time is free again.
done-month-confirmed = Confirmed.
done-distance = The sessions are switched to distance.
done-need-submitted = All organisations of the network see your need.
done-need-answered = The offer is sent, the time is held.
done-need-cancelled = The need is withdrawn.
booking-papers = Prepare the trip
consent-title = Consents
consent-party-person = The teacher
consent-party-head = The head
consent-given = agreed
consent-refused = refused
consent-waits = not answered yet
consent-agree-person = Agree
consent-agree-head = Let the teacher go
consent-refuse = Refuse
consent-refuse-title = Refusing a visit
consent-as = On whose behalf
consent-refused-by-person = The teacher refused: { $reason } Offer another time or another person.
done-consent-given = Your consent has been noted.
done-consent-refused = Your refusal has been noted. The other side will see why.
audit-consent = consent
audit-no_consent = consent refused
audit-field-person = teacher
audit-field-head = head
