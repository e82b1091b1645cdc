"""The letters about contact requests, in English."""

CONTACTS = {
    "mail.contact.employer": "Employer",
    "mail.contact.message": "Message",
    "mail.contact.offer": "See the offer",
    "mail.contact.made.subject": "{employer} would like to be in touch with you",
    "mail.contact.made.body": "{employer} is interested in your candidacy and asks to be in touch with you about a job offer.",
    "mail.contact.made.next": (
        "Accept or decline in your account, until {day}. Your name, e-mail address and telephone number are shown to this "
        "employer only if you accept, and you can withdraw that later."
    ),
    "mail.contact.accepted.subject": "Your contact request about candidacy {number} was accepted",
    "mail.contact.accepted.body": "The candidate agrees to be in touch with you about “{offer}”.",
    "mail.contact.accepted.next": "You can read who the candidate is in your account, for as long as the candidate agrees.",
    "mail.contact.declined.subject": "Your contact request about candidacy {number} was declined",
    "mail.contact.declined.body": "The candidate does not wish to be in touch with you about “{offer}”.",
    "mail.contact.declined.next": "If the candidate has written a reply, you can read it in your account.",
    "mail.contact.lapsed.subject": "Your contact request about candidacy {number} was not answered",
    "mail.contact.lapsed.body": "The candidate has not answered within 30 days about “{offer}”: your request has lapsed.",
    "mail.contact.lapsed.next": "There is nothing you need to do.",
    "mail.contact.ended.subject": "Your contact request about candidacy {number} is closed",
    "mail.contact.ended.body": "The candidate cannot be reached any more through your request about “{offer}”.",
    "mail.contact.ended.next": "We do not tell why: the reason belongs to the candidate.",
    "mail.contact.gone.subject": "One of your contact requests is closed",
    "mail.contact.gone.body": (
        "A candidate whom you had asked to be in touch has left the service, or deleted the candidacy: the request is gone too."
    ),
    "mail.contact.gone.next": "Erase what you have kept about a candidate with whom you are not in touch.",
}
