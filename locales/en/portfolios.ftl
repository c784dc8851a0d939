# Portfolios of a child and of a pedagogue.
permission-portfolios-see = see portfolios of children whose records you see
permission-portfolios-own = see one’s own portfolio
permission-portfolios-staff = see portfolios of the organisation’s pedagogues
nav-portfolio = Portfolio
portfolio-title = Portfolio
portfolio-own = My portfolio
portfolio-pedagogue = Portfolio of a pedagogue
portfolio-tie = confirmed results, research, groups, routes — on screen and to print
portfolio-open = Open the portfolio
portfolio-door = Pupils’ results by level, groups, research supervised and methods, put together from what is kept anyway.
portfolio-print = Save as PDF
portfolio-years = Years of the portfolio
portfolio-any-year = All years
portfolio-all-years = for all years
portfolio-of-years = for { $years }
portfolio-summary = In short
portfolio-participations = Participations
portfolio-prizes = With a prize
portfolio-pupils = Pupils
portfolio-prize-pupils = With prizes
portfolio-rows-below = show the rows
portfolio-pending-about = not confirmed yet
portfolio-by-share = { $n } by part of the preparation
portfolio-prizes-by-share = { $n } with a prize by part of the preparation
portfolio-prizes-of =
    { $prizes ->
        [0] { $all } { $all ->
            [one] participation
           *[other] participations
        }, no prize
       *[other] { $prizes } of { $all } with a prize
    }
portfolio-levels = By level
portfolio-official = Events on official lists
portfolio-other = Other events
portfolio-official-rows = Results in events on official lists
portfolio-other-rows = Results in other events
portfolio-none-here = Nothing here yet.
portfolio-nothing = No confirmed results for these years yet. They come by themselves once the organiser confirms them.
portfolio-pedagogue-nothing = No confirmed results of pupils whom you prepared in these years. See whether you are named as mentor in the results.
portfolio-cut = The latest 2,000 rows are shown. Choose years to see the rest.
portfolio-took-part = took part
portfolio-team = in the team “{ $team }”
portfolio-pupil = Pupil
portfolio-a-pupil = pupil
portfolio-a-pedagogue = Pedagogue
portfolio-class = class { $class }
portfolio-share = Part of the preparation
portfolio-part = part of the preparation { $share }%
portfolio-research = Research projects
portfolio-supervised = Research supervised
portfolio-groups = Preparation groups and workshops
portfolio-led = Leads groups and workshops
portfolio-societies = Student societies
portfolio-routes = Completed routes
portfolio-methods = Methods in the catalogue
portfolio-since = since { $day }
portfolio-supervisor = supervised by { $who }
portfolio-authors =
    { $n ->
        [one] { $n } author
       *[other] { $n } authors
    }
portfolio-children =
    { $n ->
        [one] { $n } child
       *[other] { $n } children
    }
portfolio-adopted =
    { $n ->
        [0] adopted by nobody yet
        [one] adopted by { $n } organisation
       *[other] adopted by { $n } organisations
    }
portfolio-rules = Only results confirmed by a document count. An event of several stages counts by its counted stage; a team’s place is one. The program makes no score and no ranking of children.
portfolio-pedagogue-rules = Only confirmed results of children count whose mentor you are. Where several pedagogues prepared a child, the result is shared by their parts. A pupil’s name is shown while you may see the record. In the PDF a pupil is named only if the family agreed to publish name and results.
portfolio-what = Title
portfolio-about = Details
portfolio-made = Made by Sozvezdie on { $day }.
portfolio-consent-note = Pupils are named only where the family agreed to publish name and results.
portfolio-paper-child =
    { $all ->
        [0] No confirmed results yet.
       *[other] Participations: { $all }, with a prize: { $prizes }; prize places: { $places }.
    }
portfolio-paper-pedagogue =
    { $all ->
        [0] No confirmed results of pupils yet.
       *[other] Participations of pupils: { $all }, with a prize: { $prizes }; pupils: { $pupils }.
    }
portfolio-paper-shared = Participations of pupils: { $all }, with a prize: { $prizes } ({ $share } by part of the preparation); pupils: { $pupils }.
learners-export-why-portfolio = for a portfolio
