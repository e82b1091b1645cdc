"""What both sides read of applications, in English."""

APPLYING = {
    "application.candidate": "The candidate",
    "application.ended.OFFER_CLOSED": "The employer has closed its offer.",
    "application.ended.OFFER_REMOVED": "The service has removed the offer.",
    "application.ended.CANDIDACY_WITHDRAWN": "You have withdrawn the candidacy that you applied with.",
    "application.ended.FILE_ENDED": "Your file is not active any more.",
    "application.declined.POSITION_FILLED": "Thank you for applying. The position has been filled by another person.",
    "application.declined.EXPERIENCE": (
        "Thank you for applying. For this position the employer is looking for other experience than yours."
    ),
    "application.declined.EDUCATION": (
        "Thank you for applying. For this position the employer is looking for other training than yours."
    ),
    "application.declined.LANGUAGE": (
        "Thank you for applying. This position asks for other levels in languages than those in your candidacy."
    ),
    "application.declined.SKILLS": (
        "Thank you for applying. For this position the employer is looking for other skills than those in your candidacy."
    ),
    "application.declined.AVAILABILITY": (
        "Thank you for applying. The dates or hours of this position do not go with those when you are available."
    ),
    "application.declined.OFFER_CANCELLED": (
        "Thank you for applying. The employer has given up filling this position: that has nothing to do with your candidacy."
    ),
    "application.declined.OTHER": "Thank you for applying. The employer has decided not to go on with your application.",
    "mail.application.gone.subject": "An application to one of your offers is gone",
    "mail.application.gone.body": (
        "A candidate who had applied to you has left the service: the application is gone, with all that was in it."
    ),
    "mail.application.gone.next": "Erase what you have kept of it, unless a law demands that you keep it.",
}
