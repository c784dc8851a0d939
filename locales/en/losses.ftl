# Whom we lose.
permission-losses-see = see which prize-winners we are losing
centre-tab-losses = Whom we lose
losses-title = Whom we lose
losses-about = Winners and prize-winners of the last two years of whom nothing is heard this year, or who changed school and left their teacher behind. You decide: the program only reminds.
losses-none = Nobody: each prize-winner of the last years has an entry, a mentor or a route this year.
losses-won = What there was
losses-why = Why listed
losses-act = What to do
losses-silent = no entry, mentor or route this year
losses-left = now at another school; the former teacher is { $who } ({ $school })
losses-missing-entry = no entry this year
losses-missing-mentor = no mentor
losses-missing-route = no route
losses-start-route = Start a route
losses-give-mentor = Make a plan and give a mentor
losses-enter = Find an event
losses-portfolio = Open the portfolio
losses-rules = Prizes count once a document confirms them. An entry is any participation of this year, a mentor that of the individual plan, a route one that is not over. The program gives children no marks.
home-centre-losses =
    { $count ->
        [one] We are losing { $count } prize-winner
       *[other] We are losing { $count } prize-winners
    }
