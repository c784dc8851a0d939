personal-title = Personal data: what we keep and why
personal-about = The list is compared with the database at every build: a field that is not here does not get into the program.
personal-what = What
personal-why = Why
personal-ground = On what ground
personal-how-long = How long
personal-rights = Handing out and destroying
personal-where = Where it lies
personal-columns = { $count ->
    [one] { $count } field
   *[other] { $count } fields
}
personal-exported = Part of the answer to a person about their data.
personal-not-exported = Not part of the answer to a person: it is the program’s own.
personal-erase-row = Deleted when data are destroyed.
personal-erase-blank = Replaced by words without a name when data are destroyed.
personal-erase-keep = Kept to the end of its term: the records require it.

personal-kind-identity = Name and contact
personal-purpose-identity = To know who works in the network and how to reach them.
personal-ground-identity = Employment by the organisation; consent for others.
personal-retention-identity = While the person has a role in the network and three years more.
personal-kind-account = Sign-in
personal-purpose-account = To let in our own people only. Passwords and recovery codes are kept as digests.
personal-ground-account = Protection of data from strangers (152-FZ, art. 19).
personal-retention-account = While the account is open.
personal-kind-session = Open sessions and links
personal-purpose-session = To show people where they are signed in and to end a stranger’s session.
personal-ground-session = Protection of data from strangers (152-FZ, art. 19).
personal-retention-session = To the end of the session: 14 days at most, a program’s token 30 days.
personal-kind-role = Roles
personal-purpose-role = To give everybody what is theirs and no more.
personal-ground-role = Appointment by the organisation or the education department.
personal-retention-role = While records are kept: a role explains old ones.
personal-kind-named = People named in records
personal-purpose-named = To know who heads, who decides and who answers for what was lent.
personal-ground-named = The organisation’s work: it publishes its head and telephones itself.
personal-retention-named = While the record is needed.
personal-kind-words = People’s words
personal-purpose-words = To keep a purpose, a reason, a comment. They may name a person although the field is not about that.
personal-ground-words = The organisation’s work.
personal-retention-words = While the record is needed.
personal-kind-upload = Uploaded files
personal-purpose-upload = To keep documents and to carry lists over.
personal-ground-upload = That of the records to which the file belongs.
personal-retention-upload = A document while the record is needed; an imported list 30 days.
personal-kind-trail = Trail of actions
personal-purpose-trail = To know who did what and whose records were read. It holds no values.
personal-ground-trail = Record of operations with personal data (152-FZ, art. 19).
personal-retention-trail = Three years.
personal-kind-copy = Working copies
personal-purpose-copy = Not to lose what was typed, not to do a thing twice, to find by a word.
personal-ground-copy = That of the original record.
personal-retention-copy = A form until it is sent, an answer 14 days, a job until it is done, words of the search with their record.

nav-personal = Personal data
