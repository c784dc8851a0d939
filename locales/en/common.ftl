common-title = Common requests
common-one = Common request
common-about = Several resources for one event: each owner decides about its own, and you see it all together.
common-none = No common requests yet. Gather resources in the catalogue: “Add to the common request”.
common-new = Gather a request
common-draft-open = Continue: { $n } gathered
common-add = Add to the common request
common-add-more = Add another resource
common-find = Find resources
common-draft-title = Common request
common-draft-about = Gather everything that one event needs. Until it is submitted, only you see it.
common-draft-empty = Nothing here yet. Find resources and press “Add to the common request”.
common-event = Event
common-event-title = What the event is
common-event-hint = For example: district camp “Young researcher”, years 7–8.
common-look = Save and check
common-keep = Save for later
common-clear = Delete the draft
common-fill-in = Say what the event is, its day and hours, and how many people will come. Then you will see here what is free.
common-all-free =
    { $n ->
        [one] Free: { $n } resource. You can submit.
       *[other] Everything is free: { $n } resources. You can submit.
    }
common-some-busy = Not yet: { $busy } of { $all } lines cannot be had. Choose another time or other resources, or remove them.
common-line-wrong = “{ $name }”: { $words }
common-all-free-at = When everything is free at once
common-remove = Remove
common-own = A time or headcount of its own
common-own-hint = When empty, as for the whole event. For what you take away, give the day of collecting and the day of return.
common-lines = What is asked for
common-agreed = { $agreed } of { $all } agreed
common-progress-waiting = waiting for a decision
common-progress-partly = partly agreed
common-progress-agreed = agreed
common-progress-gone = cancelled
common-instead-of = instead of: { $name }
common-answer = Answer
common-replace = Replace
common-replace-title = Replace a resource
common-replace-with = Replace with
common-replace-hint = The same resource at another time, or another of the same kind.
common-replace-do = Ask for the replacement
common-cancel = Cancel everything
common-cancel-about =
    { $n ->
        [one] { $n } booking that has not begun will be cancelled. Its time becomes free again.
       *[other] { $n } bookings that have not begun will be cancelled. Their time becomes free again.
    }
common-cancel-all = Cancel “{ $title }”
common-no-lines = Add at least one resource.
common-twice = This resource is in the request already.
common-taken =
    { $count ->
        [one] Nothing is held for you: “{ $names }” is in the way. Choose another time or another resource.
       *[other] Nothing is held for you: “{ $names }” are in the way. Choose another time or other resources.
    }
common-stale = The draft was changed on another page. Look at what it holds now and submit again.
common-nothing-left = Nothing is left to cancel: everything is over, declined or cancelled.
done-common-added = Added to the common request. It waits behind the button “Common request”.
done-common-kept = The draft is saved.
done-common-cleared = The draft is deleted.
done-common-submitted = Submitted: the time is held for you. Each owner decides about its own.
done-common-cancelled = Everything is cancelled, the time is free again.
done-common-replaced = The replacement is asked for, the time is held for you.
audit-confirm = agreed
audit-decline = declined
audit-cancel = cancelled
audit-refuse = offer refused
audit-accept = offer accepted
audit-counter = something else offered
audit-move = moved
audit-distance = switched to distance
audit-complete = stated that it took place
audit-did_not_take_place = stated that it did not take place
audit-review = answer whether they got what they wanted
audit-hand_over = handed over
audit-take_back = taken back
audit-replace = replaced in the common request
audit-submitted = waiting for offers again
audit-answered = offered
audit-fulfilled = met
audit-cancelled = cancelled
week-waits = waiting for a decision
day-before = Previous day
day-after = Next day
calendar-views = Calendar view
calendar-view-week = Week
calendar-view-day = Day
calendar-view-agenda = List
calendar-holiday = public holiday
calendar-other-hours = other hours
calendar-zone = Moscow time.
resources-free-until = Until which day
resources-hour-from = Not before
resources-hour-to = Not after
resources-minutes = How long
resources-length =
    { $n ->
        [one] { $n } minute
       *[other] { $n } minutes
    }
resources-within = No further than
resources-kilometres = { $n } km from us
