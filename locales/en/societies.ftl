nav-societies = Student societies
about-nav-societies = Societies of learners: sections, council, meetings and protocols.
permission-societies-view = see student societies
permission-societies-join = join student societies and enter children in them
permission-societies-edit = keep societies of the own organisation
permission-societies-lead = lead a section of a society
societies-about = Children of several schools work in sections, elect a council and hold their own meetings.
societies-none = There are no societies yet.
society-add = Found a society
society-new = New society
society-title = Society
society-title-hint = For example: student society Biotope.
society-founded = Founded
society-charter = Charter
society-charter-hint = Choose from the organisation's documents. If it is not there, enter the document first.
society-no-charter = not said
society-about = What it is about
society-parts = Sections of the record
society-facts = About
society-members = Members
society-count =
    { $count ->
        [one] { $count } member
       *[other] { $count } members
    }
society-sections = Sections
society-section = Section
society-no-section = no section
society-no-sections = There are no sections yet.
society-section-title = New section
society-section-focus = Focus
society-no-focus = not said
society-section-leader = Led by
society-nobody = nobody yet
society-section-add = Add the section
society-council = Council
society-no-council = The council is not elected yet.
society-post = Post
society-post-member = member
society-post-council = council member
society-post-secretary = secretary
society-post-chair = chair
society-chair = Chair
society-secretary = Secretary
society-appoint = Appoint
society-leave = Note the leaving
society-join = Take a child in
society-join-do = Take in
society-whom = Whom to take in
society-learner-there = This child is in the society already.
society-meetings = Meetings
society-no-meetings = There are no protocols yet.
society-meeting-add = Write a meeting down
society-meeting-one = Protocol
society-meeting-general = general meeting
society-meeting-council = meeting of the council
society-meeting-kind = What it was
society-meeting-day = Day
society-meeting-present = How many were there
society-by-hand = to be written by hand
society-agenda = Agenda
society-decisions = Decisions
society-lines-hint = One point a line; the program numbers them.
society-protocol = Protocol No. { $number } of { $date }
society-present =
    { $count ->
        [one] { $count } present
       *[other] { $count } present
    }
society-stale = The record has changed meanwhile. What you typed stands below: save it again if it is right.
done-society-added = The society is founded. Add sections and take members in.
done-society-changed = The changes are saved.
done-society-section = The section is added.
done-society-joined = The member is taken in.
done-society-left = The leaving is noted.
done-society-meeting = The protocol is saved.
audit-section = new section
audit-appoint = appointment
