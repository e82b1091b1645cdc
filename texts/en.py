"""The English catalogue: refusals by their code, and the offices that help."""

from texts.office import Office

RECOURSES: dict[str, Office] = {
    "MINISTRY": {
        "organization": "Ministère de l'Immigration, client services",
        "phone": "+1 514 864-9191",
        "email": None,
        "url": "https://www.quebec.ca/en/immigration",
        "hours": "Monday to Friday, 8 a.m. to 5 p.m., Québec time",
    },
    "SERVICE": {
        "organization": "Online Placement",
        "phone": None,
        "email": "aide@example.org",
        "url": None,
        "hours": None,
    },
}

TEXTS = {
    # inputs
    "INVALID_INPUT": "Some of what you entered cannot be used. Each field concerned is listed.",
    "REQUIRED": "This is required.",
    "ONE_OF_TWO": "Give one of the two, and not both.",
    "REQUIRED_TO_PUBLISH": "This is required before you can publish.",
    "TOO_LONG": "This is too long: at most {most} characters.",
    "TOO_MANY": "There are too many values: at most {most}.",
    "UNFIT_CHARACTER": "This holds a character that cannot be kept, such as a control character.",
    "UNKNOWN_CODE": "The code “{value}” is not known.",
    "OUT_OF_RANGE": "This must be from {least} to {most}.",
    "BELOW_MINIMUM": "The maximum must not be less than the minimum.",
    "STATED_TWICE": "The same skill of a language is stated more than once.",
    "NOT_AN_EMAIL": "This is not an e-mail address.",
    "SAME_EMAIL": "This is the address of your account already.",
    "PASSWORD_LENGTH": "A password has {least} to {most} characters.",
    "NOT_A_NEQ": "A Québec enterprise number (NEQ) has ten digits.",
    "NOT_A_WEB_ADDRESS": "A web address begins with http:// or https://. An example: https://example.org",
    "NOT_AN_HOUR": "An hour of the day is from 0 to 23.",
    "NOT_A_TIME_ZONE": "This time zone is not known. An example: America/Toronto.",
    "NOT_A_CERTIFICATE_NUMBER": "This number must have 6 to 20 letters and digits.",
    "EXPIRES_BEFORE_ISSUE": "The expiry date must come after the issue date.",
    "ISSUED_IN_THE_FUTURE": "The issue date must not be in the future.",
    "PROVINCE_REQUIRED": "Tell us in which province or territory you live.",
    "TEXT_TOO_LONG": "A search has at most {most} characters.",
    "TOO_MANY_TERMS": "A search has at most {most} words.",
    "ONLY_EXCLUSIONS": "Add at least one word to look for: this search only says what to leave out.",
    "NO_SEARCHABLE_WORD": "No word of this search can be looked for: too common, or too short. Add a more telling one.",
    "INVALID_STREAM_CURSOR": "No event of this stream gave this cursor. Subscribe without it to hear of what comes from now on.",
    "INVALID_CURSOR": "This place in the list is not known any more. Start again from the first page.",
    "PAGE_SIZE": "A page has from {least} to {most} items.",
    # who is asking
    "SIGN_IN_REQUIRED": "Sign in first.",
    "NOT_FOR_THIS_ROLE": "Your kind of account cannot do this.",
    "WRONG_CREDENTIALS": "The e-mail address or the password is not right.",
    "WRONG_PASSWORD": "The password is not right.",
    "TOKEN_INVALID": "Your sign-in is not valid. Sign in again.",
    "TOKEN_EXPIRED": "Your sign-in has expired. Refresh it, or sign in again.",
    "SESSION_ENDED": "Your session has ended. Sign in again.",
    "ACCOUNT_DEACTIVATED": "Your file was deactivated. You were told why in writing.",
    "LINK_INVALID": "This link is not valid, or it has expired.",
    "TOO_MANY_ATTEMPTS": "There were too many attempts. Try again later.",
    "TOO_BUSY": "Too many people are signing in right now. Try again in a moment.",
    "ONE_SIGN_IN": "A request can hold one sign-in only.",
    "ONE_ESTIMATE": "A request can hold one estimate only.",
    "ONE_REGISTRATION": "A request can hold one registration only.",
    "ONE_ACCOUNT_ACT": "A request can change one password or one address only.",
    "IDEMPOTENCY_KEY_REUSED": "This idempotency key was used before, with another input.",
    "DELETED_SINCE": "This request was carried out already, and what it made has been deleted since.",
    # personal data
    "EXPORT_LOGS": (
        "The logs of the service hold the method, route, status and duration of each request, and ids of rows where work failed. "
        "They hold no name, address, token or certificate number: nothing in them can be found by who you are."
    ),
    "EXPORT_LEFT_OUT": (
        "Left out: hashes of your password and of tokens, the names of people who acted for the service or an employer, and what "
        "the program makes of the data above. Counts of attempts are kept for a day under names that nobody can read back."
    ),
    # general
    "NOT_FOUND": "This does not exist, or it is not yours.",
    "STALE_VERSION": "This was changed in the meantime. Load it again, then make your change.",
    "SEARCH_UNAVAILABLE": "The search does not answer right now. Nothing was lost: try again in a moment.",
    "REBUILD_UNDER_WAY": "The index is being rebuilt already. Wait until that is done.",
    # certificate and registration
    "REFERENCE_NUMBER_NOT_ADMISSIBLE": (
        "Individual reference numbers that begin with C or NA cannot be used to register with this service."
    ),
    "NOT_RECOGNISED": (
        "The ministry does not recognise this certificate as you entered it. Check the four values, or contact the ministry."
    ),
    "NO_INVITATION_LETTER": "The ministry has not sent you an invitation letter for this service. Contact the ministry.",
    "CERTIFICATE_EXPIRED": (
        "Your Québec Selection Certificate has expired. This service needs a certificate that is valid today."
    ),
    "CERTIFICATE_ALREADY_USED": "This certificate is already used by another file. A certificate serves one file only.",
    "RESIDES_IN_QUEBEC": (
        "This service is for people who live outside Canada. In Québec, other employment services are open to you."
    ),
    "RESIDES_IN_CANADA": (
        "This service is for people who live outside Canada. Services of your province or territory are open to you."
    ),
    "CORRECTION_NOT_RECOGNISED": (
        "The ministry does not recognise the certificate as you corrected it. The values that you had registered stand. "
        "Check the four values, or contact the ministry."
    ),
    "CORRECTION_REFERENCE_NUMBER_NOT_ADMISSIBLE": (
        "Individual reference numbers that begin with C or NA cannot be used with this service. The values that you had "
        "registered stand."
    ),
    "CORRECTION_NO_INVITATION_LETTER": (
        "The ministry has sent no invitation letter for the certificate as you corrected it. The values that you had registered "
        "stand. Contact the ministry."
    ),
    "CORRECTION_CERTIFICATE_EXPIRED": (
        "The certificate as you corrected it has expired. The values that you had registered stand."
    ),
    "CORRECTION_CERTIFICATE_ALREADY_USED": (
        "The certificate as you corrected it is already used by another file. The values that you had registered stand."
    ),
    "RESIDENCE_FOUND_BY_AGENT": (
        "An agent has found that you live in Canada. Write to us with what shows where you live: an agent can record it."
    ),
    "FILE_NOT_STANDING": "This file is not active: there is nothing to give notice of.",
    "RESIDES_ABROAD_ALREADY": "This person lives abroad as far as we know. Name the province where the person was found to live.",
    "RETURN_IS_REOPENED": "To record that this person lives abroad again, open the file again (reopenFile).",
    "NOTHING_TO_REOPEN": "This file is not deactivated, and its person lives abroad as far as we know.",
    "REGISTRATION_PENDING": (
        "Your registration is waiting for the ministry's answer. You can write drafts; we will write to you when it is settled."
    ),
    "REGISTRATION_NOTICE_GIVEN": "You were given a notice about your residence. Nothing can be published meanwhile.",
    "REGISTRATION_DEACTIVATED": "Your file was deactivated. You were told why in writing.",
    "REGISTRATION_CLOSED": "Your registration is closed.",
    # candidacies and offers
    "ALREADY_PUBLISHED": "This is published already.",
    "NOT_PUBLISHED": "This is not published.",
    "NOTICE_OPEN": "You were given a notice about your residence: until that is settled this cannot be deleted.",
    "APPLICATION_STANDS": "You have applied with this: withdraw what is under way first. What led to a hire stays.",
    "WITHDRAW_FIRST": "This is published: withdraw it first.",
    "NOT_A_DRAFT": "Only a draft can be published. Create a new offer.",
    "NOT_EDITABLE": "This can no longer be changed.",
    "TOO_MANY_HIDDEN_EMPLOYERS": "You hide from {limit} employers already: show yourself to one of them first.",
    "TOO_MANY_CANDIDACIES": "You have reached the limit of {limit} candidacies.",
    # what gives a person away
    "HAS_EMAIL": "Take out the e-mail address at character {at}, “{piece}”: employers learn who you are only once you agree.",
    "HAS_TELEPHONE": "Take out the telephone at character {at}, “{piece}”: employers learn who you are only once you agree.",
    "HAS_LINK": "Take out the link at character {at}, “{piece}”: employers learn who you are only once you agree.",
    "NAME_WITH_LINK": "A name holds no address of a page.",
    "NAME_IN_CANDIDACY": "This name stands in a text of your published candidacy {number}: take it out there first.",
    "TELEPHONE_IN_CANDIDACY": "This telephone number stands in your published candidacy {number}: take it out there first.",
    "NUMBER_IN_CANDIDACY": "A number of this certificate stands in your published candidacy {number}: take it out there first.",
    "HAS_CERTIFICATE_NUMBER": "Take out the number of your certificate at character {at}: it is only for you and the service.",
    "HAS_NAME": "Take out your name at character {at}, “{piece}”: employers learn who you are only once you agree.",
    # being in touch
    "ALREADY_CONTACTED": "You have asked the candidate to be in touch about this offer already.",
    "CONTACT_NOT_POSSIBLE": "This employer was suspended, or its offer removed: you cannot agree to be in touch about it.",
    "JOB_OFFER_NOT_OPEN": "This offer is not open: publish it first.",
    "TOO_MANY_CONTACT_REQUESTS": "An employer can send {limit} contact requests a day. Go on tomorrow.",
    "CONTACT_NOT_PENDING": "This request is not waiting for an answer any more.",
    "CONTACT_NOT_ACCEPTED": "This request is not accepted: there is no contact to end.",
    # applications
    "JOB_OFFER_ENDED": "This offer is not open: nobody can apply to it now.",
    "APPLY_OTHERWISE": "This offer takes no applications through this service. How to apply, in the employer’s words: {how}",
    "CANDIDACY_INCOMPLETE": "This candidacy has no title or no occupation yet: complete it, then apply with it.",
    "HIDDEN_FROM_EMPLOYER": (
        "You hide from this employer. An application says who you are: show yourself to this employer first, then apply."
    ),
    "DUPLICATE_APPLICATION": "You have applied to this offer with this candidacy already.",
    "TOO_MANY_APPLICATIONS": "A person can send {limit} applications a day. Go on tomorrow.",
    "APPLICATION_STEP_NOT_POSSIBLE": "This cannot be done with the application as it stands now. Load it again to see what can.",
    "APPLICATION_OFFER_CLOSED": "The offer was closed or removed: the applications to it are being closed too.",
    # employers
    "EMPLOYER_NOT_AUTHENTICATED": "Your business is waiting to be authenticated by the service.",
    "EMPLOYER_REFUSED": "The service did not authenticate your business. Reason given: {reason}",
    "EMPLOYER_SUSPENDED": "Your business is suspended. Reason given: {reason}",
    "ALREADY_AUTHENTICATED": "This employer is authenticated already.",
    "ADDRESS_NOT_CONFIRMED": (
        "Nobody of this employer has confirmed an e-mail address yet: it may be anybody’s. Authenticate it once somebody has."
    ),
    "NOT_AUTHENTICATED": "This employer is not authenticated.",
    "NOT_SUSPENDED": "This employer is not suspended.",
    "RUNS_TOO_LONG": "An offer runs {limit} days at most; this one already runs {current}.",
    "TOO_MANY_OPEN_OFFERS": "Your business has {limit} offers open, as many as one can have: close one first.",
    "TOO_MANY_PUBLICATIONS": "Your business has published {limit} offers within an hour, as many as one can. Go on later.",
    "ALREADY_REPORTED": "You have reported this offer already.",
    "TOO_MANY_REPORTS": "One can report {limit} offers a day. Go on tomorrow.",
    "REPORTED_SINCE": "The offer was reported again since you looked. Read the new reports first.",
    "NOT_TO_REVIEW": "This offer does not wait to be reviewed.",
    "NOT_PENDING": "This employer is not waiting for authentication.",
    "NEQ_TAKEN": "Another employer with this NEQ is authenticated: refuse this one, or suspend the other first.",
    "NEQ_LOOKS_WRONG": "This number does not look like an NEQ: check it in the enterprise register.",
    # alerts
    "TOO_BROAD": (
        "Too broad: over the last 30 days this would have told of {current} a day. An alert or a saved search "
        "tells of {limit} a day at most, and one that leaves nothing out is refused whatever the figure: narrow it."
    ),
    "TOO_MANY_ALERTS": "You have reached the limit of {limit} alerts.",
    "TOO_MANY_SEARCHES": "You have reached the limit of {limit} saved searches.",
    "NAME_TAKEN": "You have another alert or saved search with this name.",
    "ALREADY_PAUSED": "It is paused already.",
    "ALREADY_ON": "It is on already.",
}
