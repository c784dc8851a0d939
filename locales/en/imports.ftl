nav-imports = Import from Excel
about-nav-imports = Ready tables into the network's registers: checked before, and undone after if need be.
permission-imports-view = import tables
permission-imports-organisations = import the registry of organisations
permission-imports-resources = import the catalogue of resources
audit-undo-import = import undone
imports-title = Import from Excel
imports-about = Tables that were imported, or are on their way. Each can be undone for 30 days.
imports-list = Imports
imports-none = Nothing has been imported yet. Any table will do: Excel, LibreOffice, CSV.
import-new = Import a table
import-of = Import: { $kind }
import-kind = What is in the table
import-kind-organisations = organisations
import-kind-resources = resources
import-file = File
import-when = When
import-who = Who
import-written = Written
import-pasted = pasted table
import-state-ready = being checked
import-state-applied = imported
import-state-undone = undone
import-state-cancelled = not imported
import-tally = added { $added }, changed { $changed }
import-steps = Steps of the import
import-step-file = File
import-step-columns = Columns
import-step-preview = Check
import-step-summary = Outcome
import-choose-file = Choose a file or drop it here
import-file-hint = Excel, LibreOffice or CSV, up to { $limit } MB. Titles, merged cells and extra lines do no harm.
import-table = Or paste a table
import-table-hint = Select the cells in Excel with their headers, copy them and paste them here.
import-more = More about the table
import-organisation = Whose table it is
import-organisation-hint = When all rows are of one organisation.
import-whole-network = the whole network's
import-area-code = Area code
import-area-code-hint = For telephones without one, such as 39-25-75.
import-as-of = The day on which it is true
import-as-of-hint = Today, if left blank. New names are in force from this day on.
import-read = Read the table
import-nothing-yet = Nothing changes yet: first you see what was read, and may put it right.
import-no-file = Choose a file or paste a table.
import-refused = { $sentence }
import-bad-area-code = An area code has 3 to 5 digits, such as 4722.
import-same-file = The same table was taken in before: { $when }.
import-look-at-it = Look at that import
import-columns-title = What the columns hold
import-no-table = No table was found. Say below which column holds what.
import-one-table = Table, rows: { $rows }
import-sheet = Sheet “{ $sheet }”, rows: { $rows }
import-sheet-left = The sheet “{ $sheet }” is left out: { $why }.
import-sheet-use = Name its columns
import-sheet-empty = it is empty
import-sheet-instructions = it explains the others
import-sheet-hidden = it is hidden
import-sheet-hidden_list_of_values = it is a hidden list of values
import-sheet-no_table = there is no table in it
import-sheet-no_people = there is no list of children in it
import-sheet-no_results = there are no results in it
import-no-header = No line of headers is to be seen; the columns were told by what they hold.
import-column = Column
import-samples = Such as
import-means = What it is
import-means-of = What the column “{ $column }” holds
import-leave-out = leave out
import-unused = (read, but not kept)
import-column-counter = numbers in order
import-column-empty = the column is empty
import-column-hidden_outdated = the column is hidden
import-column-computed = computed by a formula
import-column-other_person = about somebody else
import-column-not_needed = not needed for this register
import-column-twice = Another column has this already. Leave it in one.
import-no-anchor = Name the column with the title: rows cannot be told without it.
import-to-preview = To the check
import-other-file = Take another file
import-field-organisations-name = Name
import-field-organisations-short_name = Short name
import-field-organisations-kind = Kind
import-field-organisations-address = Address
import-field-organisations-phones = Telephones
import-field-organisations-email = E-mail
import-field-organisations-site = Site
import-field-organisations-head = Head
import-field-organisations-inn = INN
import-field-organisations-kpp = KPP
import-field-organisations-ogrn = OGRN
import-field-organisations-comment = Remark
import-field-resources-name = Name
import-field-resources-class = Class
import-field-resources-owner = Owner
import-field-resources-capacity = Capacity
import-field-resources-conditions = Conditions
import-preview-title = Check before importing
import-verdict = What will be written
import-will-write =
    { $rows ->
        [0] There is nothing to write.
        [one] { $rows } row will be written.
       *[other] { $rows } rows will be written.
    }
import-will-skip =
    { $rows ->
        [one] { $rows } likely double will be skipped: choose what to do with it.
       *[other] { $rows } likely doubles will be skipped: choose what to do with them.
    }
import-will-refuse =
    { $rows ->
        [one] { $rows } row with an error will not be imported: mend it here or in the file.
       *[other] { $rows } rows with errors will not be imported: mend them here or in the file.
    }
import-will-drop-cells =
    { $rows ->
        [one] In { $rows } row a cell could not be read: the row goes in without it.
       *[other] In { $rows } rows cells could not be read: the rows go in without them.
    }
import-apply =
    { $rows ->
        [one] Import { $rows } row
       *[other] Import { $rows } rows
    }
import-errors-file = File with marks (.xlsx)
import-what-to-mend = What to mend
import-cancel = Do not import
import-by-status = Rows by state
import-tab-all = All
import-tab-new = New
import-tab-changed = Changed
import-tab-same = Unchanged
import-tab-duplicate = Likely doubles
import-tab-warning = With remarks
import-tab-error = With errors
import-rows = Rows of the table
import-no-such-rows = There are no such rows.
import-row = Row
import-row-n = row { $row }
import-status-new = new
import-status-changed = will change
import-status-same = unchanged
import-status-duplicate = likely double
import-status-error = error
import-into = This is
import-was = before:
import-becomes = after:
import-why-exact = an exact repeat
import-why-yo_variant = the same, е for ё
import-why-upper_case = the same in other letters
import-why-letter_typo = differs by one letter
import-why-missing_patronymic = the same without the patronymic
import-why-other_class = the same person, another class
import-why-event_title_variant = the same event
import-why-other_writing = the same, written otherwise
import-why-same_number = the same INN or OGRN
import-why-other_number = the same name, another INN or OGRN
import-why-same_record = the same record
import-why-same_name = has the same name
import-why-former_name = was called so before
import-why-close_name = a similar name
import-why-gone = closed or reorganised
import-choice-of = What to do with row { $row }
import-choice-skip = Skip
import-choice-add = Add as new
import-choice-into = Merge with “{ $name }”
import-choice-row = Merge with row { $row }
import-undecided = Not chosen: will be skipped.
import-save-choices = Save the choice
import-mend = Mend
import-mend-cell = { $field }, row { $row }: new value
import-moved-on = This import was finished or given up already. Below is what stands there now.
import-stale = While you looked, the network's data changed. The table was compared anew: check once more.
import-row-refused = Row { $row } cannot be written: { $why } Nothing was written.
import-under-way = Importing
import-so-far = Rows done: { $done } of { $total }
import-may-leave = The page renews itself. You may leave: the import goes on.
import-look-again = Look again
import-summary-title = Imported
import-undone-title = Import undone
import-cancelled-title = This table was not imported
import-to-list = To the list
import-kept-some =
    { $rows ->
        [one] { $rows } record was left as it is: it was changed since, or is in use.
       *[other] { $rows } records were left as they are: they were changed since, or are in use.
    }
import-kept-which = Which
import-undo = Undo the import
import-undo-until = Until { $date }: what was added goes, what was changed becomes as before.
import-purged = Rows and file are kept for { $days } days and are gone. This import can no longer be undone.
import-taken = Read
import-ended-ready = Ended
import-ended-applied = Imported
import-ended-undone = Undone
import-ended-cancelled = Closed
import-figure-added = Added
import-figure-changed = Changed
import-figure-same = Unchanged
import-figure-skipped = Skipped
import-figure-refused = With errors
import-outcome-added = added
import-outcome-changed = changed
import-outcome-same = unchanged
import-outcome-skipped = skipped
import-outcome-refused = error
import-reversal-removed = removed
import-reversal-restored = restored
import-reversal-kept = left as it is
import-record = Record
import-what = What
import-rows-shown = Rows on the page: { $rows }
done-import-decided = The choice is saved.
done-import-mended = The cell is mended and the table read again.
done-import-cancelled = This table was not imported.
done-import-applied = The table is imported.
done-import-undone = The import is undone.
resource-import-no-owner = No owner is given. Write in the organisation.
resource-import-unknown-owner = The network has no organisation “{ $name }”. Write its short name as in the list of organisations.
resource-import-other-owner = This resource is another organisation's. Only your own can be imported.
resource-import-usual-capacity = No capacity is given: { $n } will be written. Write in your own if it differs.
