nav-links = Links in the network
about-nav-links = Who shares with whom: hours, requests, given and received.
links-about = Who gave whom how much in an academic year. Only visits that both sides confirmed count.
links-year = Academic year
links-class = Class of resource
links-figures = The exchange in numbers
links-hours = h
links-exchanged = Hours given and received
links-days =
    { $count ->
        [0] and no loans
        [one] and { $count } day of loans
       *[other] and { $count } days of loans
    }
links-both = Both give and receive
links-sides = give: { $givers } · receive: { $receivers }
links-used = Resources in use
links-of = of { $all }
links-fulfilled = Requests fulfilled
links-median = usually { $days } days from request to visit
links-isolated = Outside the exchange
links-isolated-about = Active organisations that gave others nothing and received nothing this year.
links-few = fewer than { $least }
links-balance = Given / received
links-partners = Exchange partners
links-partner = Partner
links-together = In all
links-no-partners = No confirmed exchange with other organisations in this academic year.
links-balance-about = in hours, by name
links-given = Given, h
links-received = Received, h
links-difference = Difference, h
links-learner-hours = Learner-hours given
links-days-given = Lent, days
links-days-received = Borrowed, days
links-zero = The whole network: { $hours } h given and as many received, days of loans: { $days }. The differences add up to zero: what one gave another received.
links-nothing = No confirmed visits in this year. They appear here when both sides have noted the outcome.
links-sums-only = These are sums of the network. Rows of organisations are seen by their staff and by the education department.
links-streams = Who gives whom how many hours
links-streams-about = givers left, receivers right
links-others = the others
links-giver = Gives
links-receiver = Receives
links-bookings = Visits
links-graph = Organisations and their links
links-graph-about = the thicker the line, the more hours
