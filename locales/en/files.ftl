file-choose = Choose a file.
file-empty = The file is empty. Check that it is the right one.
file-too-large = The file is too large: { $limit } MB at most. Compress the scan or split the file.
file-too-many =
    { $limit ->
        [one] { $limit } file at a time. Attach the others next.
       *[other] { $limit } files at a time. Attach the others next.
    }
file-unknown-kind = We do not take such files. PDF, DOCX, ODT, XLSX, XLS, ODS, CSV, TXT, PNG and JPEG are fine.
file-macros = The file holds macros. Save it without them, as PDF or DOCX for instance.
file-locked = The file is locked with a password. Remove the password and attach it again.
file-damaged = The file is damaged and does not open. Save it anew.
file-bomb = The file unpacks into something too large. Save it in a simpler form, as PDF for instance.
file-interrupted = The upload broke off. Check the connection and attach the file again.
file-already-there = This file is here already.
