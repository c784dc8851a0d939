notifications-title = Notifications
notifications-about = What happened to your requests and visits, and what is to be done.
notifications-unread =
    { $count ->
        [one] new notification
       *[other] new notifications
    }
notifications-read-all = Mark all as read
notifications-all = All
notifications-new = New
notifications-kind = About
notifications-none = No notifications yet. Requests, answers to them and changes of visits will appear here.
notifications-no-match = There are no such notifications.
notifications-show-all = Show all
notification-is-new = new
notification-is-settled = already settled
notification-mark-read = Mark as read
notification-mark-new = Mark as new
notification-more = and { $count } more
done-notification-read = The notification is marked as read.
done-notification-new = The notification is among the new ones again.
done-notifications-read = All notifications are marked as read.
notification-kind-requested = Requests to us
notification-kind-confirmed = Confirmations
notification-kind-declined = Refusals
notification-kind-countered = Counter-offers
notification-kind-accepted = Offers accepted
notification-kind-refused = Offers refused
notification-kind-moved = Moves
notification-kind-cancelled = Cancellations
notification-kind-distance = Switched to distance
notification-kind-stated = Outcomes
notification-kind-disputed = Disagreements
notification-kind-handed_over = Loans handed over
notification-kind-need = Needs of the network
notification-kind-response = Answers to your needs
notification-kind-role = Roles
notification-kind-consent = Consent to a visit
notification-line-requested =
    { $count ->
        [1] A request came: confirm, decline or offer something else
       *[other] A common request came: confirm, decline or offer something else
    }
notification-line-confirmed =
    { $count ->
        [1] The request is confirmed
       *[other] The common request is confirmed
    }
notification-line-declined = The owner declined: the record says why
notification-line-countered = The owner offers something else: accept or refuse it
notification-line-accepted = Your offer is accepted
notification-line-refused = Your offer is refused
notification-line-moved = The visit is moved to another time
notification-line-cancelled = The visit is cancelled
notification-line-distance =
    { $count ->
        [1] The visit will be held at a distance
       *[other] The visits of this day will be held at a distance
    }
notification-line-stated = The partner has stated the outcome: confirm it or state your own
notification-line-disputed = The stated outcomes differ: check yours
notification-line-handed_over = The loan is handed over to you: bring it back in time
notification-line-need = The network looks for something that you may have
notification-line-response = Your need has an answer: accept the offer or refuse it
notification-line-role = You were given a role
notification-line-consent = You are invited to lead a visit: agree or refuse
notification-act-requested = Answer
notification-act-countered = Answer
notification-act-stated = Check the outcome
notification-act-disputed = Check
notification-act-consent = Answer
notification-act-need = Offer yours
notification-act-response = Look
