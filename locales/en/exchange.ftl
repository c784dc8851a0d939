permission-exchange-view = see the bookings of one's organisation
permission-exchange-request = ask for resources for an organisation
permission-exchange-decide = answer requests for the owner
permission-exchange-figures = see “given / received”
booking-state-requested = waits for a decision
booking-state-countered = something else offered
booking-state-planned = agreed
booking-state-took_place = took place, waits for confirmation
booking-state-confirmed = confirmed
booking-state-disputed = statements differ
booking-state-declined = declined
booking-state-cancelled = cancelled
booking-state-did_not_take_place = did not take place
booking-state-moved = moved
booking-taken =
    { $count ->
        [1] That time is taken. Choose one of the free times named on this page.
       *[other] Some of the times are taken. Choose other days, or ask for the free ones only.
    }
booking-too-many =
    { $most ->
        [one] Too many at once: at most { $most } in one request.
       *[other] Too many at once: at most { $most } in one request.
    }
booking-wrong-state = That cannot be done: the booking is “{ $state }” now. Reload the page.
booking-which-side = You may answer for both sides. Say for which: who gives or who receives.
booking-begun = It has begun. State that it did not take place, and why.
booking-not-begun = It has not begun. It can be cancelled or moved.
booking-other-owner = Offer a resource of the same organisation.
booking-back-before = It cannot come back before it was handed over on { $date }.
need-state-submitted = waits for offers
need-state-answered = has an offer
need-state-fulfilled = met
need-state-cancelled = cancelled
need-wrong-state = That cannot be done: the need is “{ $state }” now. Reload the page.
