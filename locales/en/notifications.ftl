notifications-title = Notifications
notifications-about = What is new and what is to be done.
notifications-unread =
    { $count ->
        [one] new notification
       *[other] new notifications
    }
notifications-read-all = Mark all as read
notifications-all = All
notifications-new = New
notifications-kind = About
notifications-none-family = No notifications yet. Answers of the school and changes of your rights will appear here.
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
notification-kind-family = Requests of families
notification-kind-answered = Answers of the school
notification-line-family = A family wrote about a child’s data: answer within the term
notification-line-answered = The school answered your request
notification-act-family = Answer
letter-line-family =
    { $count ->
        [one] { $count } request of a family waits for your answer; its term stands on its page.
       *[other] { $count } requests of families wait for your answer; their terms stand on their pages.
    }
letter-line-answered =
    { $count ->
        [one] The school answered your request.
       *[other] The school answered { $count } of your requests.
    }
notification-kind-unanswered = Long without an answer
notification-kind-loan_due = Due back soon
notification-kind-loan_overdue = Not brought back in time
notification-kind-month_due = The month's outcomes
notification-line-unanswered =
    { $count ->
        [1] A request has waited for you for three days: answer it
       *[other] Requests have waited for you for three days: answer them
    }
notification-line-loan_due =
    { $count ->
        [1] Due back tomorrow: get it ready
       *[other] Due back tomorrow: get them ready
    }
notification-line-loan_overdue =
    { $count ->
        [1] It was due back: agree when it returns
       *[other] They were due back: agree when they return
    }
notification-line-month_due = The month is over: confirm what took place, or the hours will not count as given and received
notification-act-unanswered = Answer
notification-act-loan_due = Look
notification-act-loan_overdue = Look
notification-act-month_due = Confirm
notification-settings = What to send, and where
notification-settings-about = For each kind of news, choose whether the program shows it and whether a letter speaks of it. What you do not care for can be switched off; what you have to decide still stands under “To decide”.
notification-letters = Send letters: one a day, and only when there is news
notification-letters-to = Letters go to { $address }. They hold no names, only how much of what has happened and a link to this place.
notification-mail-off = This network has no mail yet, so no letters leave. Your choice is kept and holds as soon as the administrator connects it.
notification-in-app = In the program
notification-by-mail = By e-mail
notification-group-deeds = Waiting for you
notification-group-reminders = Reminders
notification-group-news = For your information
done-notification-choices = Saved: news reach you the way you chose.
letter-hello = Hello!
letter-subject =
    { $count ->
        [one] Sozvezdie: { $count } piece of news for you
       *[other] Sozvezdie: { $count } pieces of news for you
    }
letter-open = Open the notifications
letter-stop = Stop the letters
letter-why = Such a letter comes once a day at most. You choose what it speaks of: { $address }
letter-line-requested =
    { $count ->
        [one] { $count } request waits for your answer.
       *[other] { $count } requests wait for your answer.
    }
letter-line-confirmed =
    { $count ->
        [one] { $count } request was agreed.
       *[other] { $count } requests were agreed.
    }
letter-line-declined =
    { $count ->
        [one] { $count } request was declined; its record says why.
       *[other] { $count } requests were declined; their records say why.
    }
letter-line-countered =
    { $count ->
        [one] For { $count } request another time or resource is offered. Accept or refuse.
       *[other] For { $count } requests another time or resource is offered. Accept or refuse.
    }
letter-line-accepted =
    { $count ->
        [one] { $count } offer of yours was accepted.
       *[other] { $count } offers of yours were accepted.
    }
letter-line-refused =
    { $count ->
        [one] { $count } offer of yours was refused.
       *[other] { $count } offers of yours were refused.
    }
letter-line-moved =
    { $count ->
        [one] { $count } visit was moved. See the new time.
       *[other] { $count } visits were moved. See the new times.
    }
letter-line-cancelled =
    { $count ->
        [one] { $count } visit was cancelled.
       *[other] { $count } visits were cancelled.
    }
letter-line-distance = Some visits will be held at a distance. See which.
letter-line-stated =
    { $count ->
        [one] The other side stated the outcome of { $count } visit. Confirm it or state your own.
       *[other] The other sides stated the outcomes of { $count } visits. Confirm them or state your own.
    }
letter-line-disputed =
    { $count ->
        [one] On { $count } visit your figures and the other side's differ. Check yours.
       *[other] On { $count } visits your figures and the other sides' differ. Check yours.
    }
letter-line-handed_over =
    { $count ->
        [one] { $count } thing was handed over to you. Bring it back in time.
       *[other] { $count } things were handed over to you. Bring them back in time.
    }
letter-line-need =
    { $count ->
        [one] The network looks for something you may have: { $count } need.
       *[other] The network looks for things you may have: { $count } needs.
    }
letter-line-response =
    { $count ->
        [one] Somebody answered your need. Accept the offer or refuse it.
       *[other] Your needs were answered. Accept the offers or refuse them.
    }
letter-line-role = Your roles have changed. New sections will stand in the menu.
letter-line-unanswered = Some requests have waited for you for three days. Answer them.
letter-line-loan_due = What you borrowed is due back tomorrow.
letter-line-loan_overdue = Something lent was not brought back in time. Agree when it returns.
letter-line-month_due = The month is over. Confirm what took place, or the hours will not count as given and received.
letters-title = Letters from Sozvezdie
letters-stop-about = You get a letter when the network has news and tasks for you. Press the button and no more letters will come. Nothing changes in the program itself.
letters-stopped = No more letters will come. What is new still waits for you in the program, under the bell.
letters-choose = Choose what letters speak of
audit-stop_letters = letters stopped
audit-renew = link changed
