nav-register = State register
about-nav-register = Which winners and prize-winners belong into the state's resource on gifted children.
permission-register-reconcile = reconcile winners with the state register
register-about = Winners and prize-winners at events of the federal list and of the list of the Council of Olympiads (RSOSh) who belong into the state information resource on children who showed outstanding abilities. Only confirmed results count.
register-take = Sheet to enter from
register-sheet = To be entered
register-ready = Ready to be entered
register-nobody = In these years there are no such results with a consent of the family.
register-lacking = Consent is missing
register-lacking-about = These children belong into the resource, but the family has not agreed to hand the data over. They are seen here only: they are not in the sheet and leave the system nowhere.
register-ask = Ask for the consent
register-years = Academic years: { $years }.
register-years-latest = Counted for the academic year { $years }, the latest in which the Centre has confirmed results. Other years can be chosen above.
register-count =
    { $children ->
        [one] { $children } child
       *[other] { $children } children
    } · { $results ->
        [one] { $results } result
       *[other] { $results } results
    }
register-unnamed =
    { $count ->
        [one] { $count } more prize participation: you do not see this child
       *[other] { $count } more prize participations: you do not see these children
    } by name. The school reconciles them.
register-cut = There are too many results and not all are shown. Choose fewer years.
register-basis = Basis: decree of the Government of the Russian Federation No. 1239 of 17.11.2015. Data are handed over only with the family's separate consent to the state resource.
register-last-name = Surname
register-first-name = First name
register-patronymic = Patronymic
register-born = Birth date
register-sex = Sex
register-snils = SNILS
register-organisation = Educational organisation
register-consent = Consent
register-consent-given = given
