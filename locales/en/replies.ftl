nav-replies = Replies to requests
about-nav-replies = A blank table of the department or the ministry, filled from the network's data.
permission-replies-make = reply to requests with tables
reply-about = A request came with a blank table? Upload it: its columns are recognised, what is known is filled in, what is not stays yellow. The look of the file and its other sheets do not change.
reply-new = New request
reply-title = Which request this is
reply-title-hint = For example: “Letter of the ministry of education of 12.11.2026 No. 9-09/14”. You and your colleagues will find the reply by these words.
reply-choose-file = Choose a file or drop it here
reply-file-hint = An Excel (.xlsx) or Word (.docx) table, up to { $limit } MB
reply-read = Read the blank
reply-all = Requests
reply-none = There have been no requests yet. Upload the first blank: the next table like it is filled at once.
reply-begun = Uploaded
reply-taken = Reply taken
reply-not-taken = not yet
reply-kept-for =
    Requests and blanks are kept for { $days ->
        [one] { $days } day
       *[other] { $days } days
    }, then deleted.
reply-take = Download the filled file
reply-remembered = Such a table has been seen before: its columns are filled as last time. Check the period.
reply-preview = How the table is filled
reply-preview-about = Every number leads to the rows that make it. Yellow cells cannot be filled by the program: they stay yellow in the file too. Words in bold stand in the blank itself and do not change.
reply-lines =
    { $count ->
        [one] { $count } row
       *[other] { $count } rows
    }
reply-more-lines =
    { $count ->
        [one] And { $count } more row
       *[other] And { $count } more rows
    } in the file.
reply-no-lines = There are no rows in this period. Choose another period or another kind of rows.
reply-unknown = unknown
reply-settings = What rows and columns mean
reply-sheet = Table of the file
reply-sheet-hint = Another table is read anew; the columns below do not count then.
reply-rows = One row is
reply-rows-hint = Where the blank already names organisations, levels or indicators, those rows are filled; else rows are made from the data.
reply-rows-organisation = an organisation
reply-rows-learner = a child
reply-rows-participation = a child's participation in an event
reply-rows-edition = an event
reply-rows-indicator = an indicator
reply-rows-level = a level of events
reply-rows-format = a format of events
reply-rows-list = an official list
reply-rows-subject = a subject
reply-rows-class = a class
reply-rows-year = an academic year
reply-rows-one = everything together, one row
reply-of = Which participations
reply-of-counted = all with a confirmed result
reply-of-prizes = prizes only
reply-of-pending = those awaiting results
reply-columns = Columns of the blank
reply-column = Column of the blank
reply-meaning = What it holds
reply-whole-period = the whole period
reply-keep = Fill it so and remember
reply-remove = Remove the request
reply-removal-about = The blank and its settings are deleted. How to understand such a table stays remembered.
reply-years-turned = The last academic year is before the first. Swap them.
reply-stale = Somebody else has just changed the settings. Reload the page and see what is there now.
reply-left-consent =
    { $children ->
        [one] { $children } child has
       *[other] { $children } children have
    } no consent in force to hand data over, so { $count ->
        [one] { $count } row is left out
       *[other] { $count } rows are left out
    }.
reply-mend-consent = Collect consents
reply-mend-period = Choose another period
reply-mend-results = Look at the results
reply-all-left = There are rows for this table, but none of them may stand in it.
reply-counted = For which years and whose participation
reply-recount = Count again
reply-year-said = The request names the academic year { $years }, and this is what was counted.
reply-year-calendar = The request names a calendar year, and data are kept by academic years. The academic year { $years } was taken, which ended in it. If another one is meant, choose it here.
reply-year-differs = The request names the academic year { $said }, but { $years } was counted. Check whether this is meant.
reply-year-chosen = The request names no academic year; { $years } was counted.
reply-year-unsaid = The request does not say which academic year it is for. { $years } was taken: the latest in which the Centre has confirmed results (the present one where it has none). If another one is meant, choose it here.
reply-whose-centre = the Centre's members
reply-whose-all = all children of the network
reply-whose-own = children of the organisation that replies
reply-left-reach =
    { $count ->
        [one] { $count } row is left out: you may not see this child
       *[other] { $count } rows are left out: you may not see these children
    } by name.
reply-left-unmatched =
    { $count ->
        [one] { $count } row of the blank was not recognised and stays
       *[other] { $count } rows of the blank were not recognised and stay
    } yellow.
reply-left-columns =
    { $count ->
        [one] { $count } column was not recognised. Choose below what it holds, or leave it yellow
       *[other] { $count } columns were not recognised. Choose below what they hold, or leave them yellow
    }.
reply-left-limit = There are too many rows and not all are in. Narrow the period or the selection.
reply-refused-password_protected = The file is closed with a password. Remove it in Excel or Word and upload the file again.
reply-refused-corrupted = The file is broken or was not uploaded whole. Open it in Excel or Word, save it anew and upload it again.
reply-refused-empty = The file has no filled cell, so one cannot see what is asked. Check that it is the right one.
reply-refused-too_large = The file is too large for a blank. Leave only the table that is to be filled.
reply-refused-too_large_unpacked = The file is far too large once unpacked, as files are that are made to do harm. Copy the table into a new file.
reply-refused-entity_expansion = The file holds XML declarations that no ordinary blank has. Copy the table into a new file.
reply-refused-external_entity = The file refers to data outside itself, which is not safe. Copy the table into a new file.
reply-refused-not_a_table = There is no table in the file. Upload an Excel (.xlsx) or Word (.docx) file with the table to be filled.
reply-refused-unsupported_format = This format cannot be filled. Open the file and save it as an Excel workbook (.xlsx) or a Word document (.docx).
reply-refused-macros = The file holds macros, that is a program. Save it without macros (.xlsx or .docx) and upload it again.
reply-refused-no_table = No row with titles of columns was found. Check that the file has a table with a header.
done-reply-begun = The blank is read. Check how it is filled.
done-reply-kept = The settings are remembered: the next such table is filled at once.
done-reply-removed = The request is removed.
reply-field-unknown = unknown, leave it yellow
reply-field-number = number of the row
reply-field-organisation = organisation
reply-field-organisation_full = full name of the organisation
reply-field-head = head of the organisation
reply-field-address = address
reply-field-phone = telephone
reply-field-email = e-mail
reply-field-inn = INN
reply-field-learner = full name of the child
reply-field-last_name = surname of the child
reply-field-first_name = first name of the child
reply-field-patronymic = patronymic of the child
reply-field-birth_date = birth date
reply-field-class = class
reply-field-age = age
reply-field-event = event
reply-field-level = level
reply-field-stage = stage
reply-field-format = format
reply-field-subject = subject
reply-field-list = list
reply-field-year = academic year
reply-field-date = dates of the event
reply-field-place_held = where it was held
reply-field-organiser = organiser
reply-field-result = result
reply-field-degree = degree of the diploma
reply-field-place = place taken
reply-field-score = points
reply-field-document = confirming document
reply-field-pedagogue = pedagogue
reply-field-events = Number of events
reply-field-prize_events = Number of events with prize places
reply-field-prize_share = Share of events with prize places, %
reply-field-participations = Number of participations
reply-field-prize_participations = Winners and prize-winners (prize participations)
reply-field-participation_share = Share of prize participations, %
reply-field-children = Number of participants (children)
reply-field-prize_children = Number of children with prize places
reply-field-children_share = Share of children with prize places, %
reply-field-winners = Number of winners
reply-field-prize_winners = Number of prize-winners
reply-field-prize_places = Number of prize places (a team is one)
reply-field-pending = Participations awaiting results
reply-field-indicator = name of the indicator
reply-field-value = value of the row's indicator
