nav-figures = Figures
about-nav-figures = Prize places by level, year, school and subject.
permission-figures-view = see summary figures
permission-figures-rows = see the rows behind the figures
figures-about = In what share of events children won prizes. Only confirmed results count.
figures-model = The demo's numbers for 2015–2017 are made to fit the share in the Centre's description: prizes in 30 % of the events. The description itself gives no counts.
figures-rules = An event of several stages counts once. Not coming and withdrawing are no participation; a disqualification is one without a prize. Several years are added up, percentages are never averaged. A member of the Centre is whoever was one on the day of the event.
figures-from = From the academic year
figures-to = To the academic year
figures-by = Broken down by
figures-by-year = Academic year
figures-by-level = Level
figures-by-format = Format
figures-by-list = List
figures-by-organisation = Organisation
figures-by-subject = Subject
figures-by-class = Class
figures-by-age = Age
figures-none-year = No year
figures-none-level = No level
figures-none-format = No format
figures-none-list = On no list
figures-none-organisation = Not named
figures-none-subject = No subject
figures-none-class = Not at school
figures-none-age = Age unknown
figures-list-any = On any list
figures-class = Class { $class }
figures-age =
    { $age ->
        [one] { $age } year
       *[other] { $age } years
    }
figures-side = Which organisation
figures-side-main = where they study
figures-side-sending = who sent them
figures-side-preparing = who prepared them
figures-whose = Whose participation
figures-whose-centre = the Centre's members
figures-whose-all = all children
figures-without-paid = Without paid contests outside the lists
figures-k1 = Events with prizes
figures-k2 = Participations with a prize
figures-k3 = Children with prizes
figures-share = Share, %
figures-out-of = of
figures-of = { $some } of { $all }
figures-few = fewer than 5
figures-places = Prize places
figures-team-is-one = a team counts as one
figures-pending = Results awaited
figures-pending-about = part of no share
figures-nothing = There are no confirmed results for these years. Once a protocol is confirmed, the figures appear here.
figures-exceed = The rows add up to more than the total: an event and a child count in every row they belong to, the total counts each once.
figures-total = Total
figures-years = Year by year
figures-pooled = the total adds up counts and averages nothing
figures-rows = Rows of the figure
figures-no-rows = No participation fits this condition.
figures-of-counted = all counted participations
figures-of-prizes = prize places
figures-of-pending = results awaited
figures-row-event = Event
figures-row-child = Participant
figures-row-result = Result
figures-row-state = Confirmation
figures-row-ground = Ground
figures-unnamed = name withheld
figures-years-turned = The last year cannot be before the first.
figures-years-many = At most { $most } years at once.
figures-prize-events = Events with prizes
figures-events = All events
figures-prize-participations = Participations with a prize
figures-participations = All participations
figures-participations-share = Share of participations, %
figures-prize-children = Children with prizes
figures-children = All children
figures-children-share = Share of children, %
figures-told-rows =
    { $n ->
        [one] { $n } participation
       *[other] { $n } participations
    }
figures-told-events =
    { $n ->
        [one] { $n } event
       *[other] { $n } events
    }
figures-told-children =
    { $n ->
        [one] { $n } child
       *[other] { $n } children
    }
figures-told-places =
    { $n ->
        [one] { $n } prize place
       *[other] { $n } prize places
    }
