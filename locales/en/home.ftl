nav-waiting = To decide
about-nav-waiting = Requests and visits that wait for your answer.
home-guest-title = A network of educational organisations
home-about = The district's organisations teach together, share laboratories and pedagogues, and guide gifted children.
weekday-0 = Monday
weekday-1 = Tuesday
weekday-2 = Wednesday
weekday-3 = Thursday
weekday-4 = Friday
weekday-5 = Saturday
weekday-6 = Sunday
home-waiting =
    { $count ->
        [0] Nothing waits for your decision now.
        [one] { $count } thing waits for your decision.
       *[other] { $count } things wait for your decision.
    }
home-urgent = Urgent: { $count }.
home-waits = Waiting for a decision
home-first-of = { $some } of { $all }
home-all-waiting = All of them
home-nothing-waits = All is decided. New requests and notes will appear here.
home-find = Find a resource
home-share = Share a resource
home-due-today = today
home-due-over =
    { $days ->
        [one] { $days } day overdue
       *[other] { $days } days overdue
    }
home-due-until = by { $day }
home-people =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
home-why-decide = { $asker }: “{ $purpose }”. Participants: { $headcount }.
home-why-answer_offer = { $owner } offers this time or this resource instead.
home-why-state_outcome = The visit should be over. Note how many people and hours there were.
home-why-confirm_outcome = The outcome is noted by { $other }. Confirm it or write down yours.
home-why-settle = Your numbers and those of the partner ({ $other }) differ.
home-why-consent = { $asker }: “{ $purpose }”. People: { $headcount }. Do you agree to lead it?
home-why-let_go = { $asker }: “{ $purpose }”. The head lets the teacher go.
home-why-hand_over = Time to hand over. Receiver: { $asker }.
home-why-take_back = Time to take back. Receiver: { $asker }.
home-why-bring_back = Time to bring back. Owner: { $owner }.
home-act-decide = Agree
home-act-answer_offer = Answer
home-act-state_outcome = Note the outcome
home-act-confirm_outcome = Check the outcome
home-act-settle = Settle
home-act-consent = Agree
home-act-let_go = Let go
home-act-hand_over = Hand over
home-act-take_back = Take back
home-act-bring_back = Bring back
waiting-all = All
waiting-tab-decide = Requests
waiting-tab-answer_offer = Offers
waiting-tab-state_outcome = Outcomes
waiting-tab-confirm_outcome = Confirmations
waiting-tab-settle = Differences
waiting-tab-consent = Consents
waiting-tab-let_go = Let a teacher go
waiting-tab-hand_over = Handing over
waiting-tab-take_back = Returns to us
waiting-tab-bring_back = Returns to owners
home-soon = Soon
home-nothing-soon = Nothing is set for the next two months.
home-needs = Wanted in the network
home-all-needs = All needs
home-offer = Offer yours
home-figures = The network in numbers
home-shared = Resources shared
home-given = Given to others
home-hours = h
home-open = Unanswered requests
home-open-about = yours and to you
home-kind-general =
    { $count ->
        [one] { $count } school
       *[other] { $count } schools
    }
home-kind-preschool =
    { $count ->
        [one] { $count } preschool
       *[other] { $count } preschools
    }
home-kind-additional = { $count } additional education
home-class-staff = pedagogues: { $count }
home-class-technological = equipment and rooms: { $count }
home-class-methodical = methods: { $count }
home-guest-look = See the resources
home-guest-open = Open to everybody
home-guest-organisations = schools, preschools and additional education
home-guest-resources = rooms, equipment, pedagogues, methods
home-join = How to join
home-join-ask = The education department decides who belongs to the network. If your organisation is not in it yet, its head writes to the department.
home-join-account = After the decision the network's administrator opens an account for the head. Roles of deputies and pedagogues are agreed with the same person.
home-join-first = Begin with two things: publish what you can share, and find what you lack.
home-todos = Waiting for you
home-look = Look
home-consents = Consents of the class
home-consents-why =
    { $count ->
        [one] { $count } child lacks one
       *[other] { $count } children lack some
    }
home-govern = Administration
home-own = We gave and received
home-own-about = given / received; the whole network: { $all } h
home-week = My visits this week
home-unconfirmed = { $month } not confirmed
home-all-confirmed = Every organisation has confirmed what took place.
home-unconfirmed-more =
    { $count ->
        [one] and { $count } more organisation
       *[other] and { $count } more organisations
    }
home-month-1 = January
home-month-2 = February
home-month-3 = March
home-month-4 = April
home-month-5 = May
home-month-6 = June
home-month-7 = July
home-month-8 = August
home-month-9 = September
home-month-10 = October
home-month-11 = November
home-month-12 = December
home-heat = Load by day
home-heat-about = % of open hours taken, { $weeks } weeks
home-heat-closed = closed
home-heat-laboratory = Laboratories
home-heat-workshop = Workshops
home-heat-classroom = Classrooms
home-heat-hall = Halls
home-heat-sport = Sport
home-heat-equipment = Equipment
home-heat-transport = Transport
home-heat-pedagogue = Pedagogues
home-heat-psychologist = Psychologists
home-heat-course = Courses
home-heat-methodical = Methods
home-heat-other = Other
home-no-visits-wait = No requests or visits wait for your decision.
