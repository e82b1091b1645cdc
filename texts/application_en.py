"""What is told of applications to job offers, in English: the reasons, which the API gives too, and the letters."""

APPLICATIONS = {
    "application.candidate": "The candidate",
    "application.ended.OFFER_CLOSED": "The job offer is closed.",
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
        "A candidate who had applied to you has left the service, or deleted the candidacy: the application is gone, with all "
        "that was in it."
    ),
    "mail.application.gone.next": "Erase what you have kept of it, unless a law demands that you keep it.",
    "mail.application.message": "Message from the employer",
    "mail.application.rest": "Here are {shown} of the {count}. Your account has them all.",
    "mail.application.account": "You can read all about them in your account.",
    "mail.application.candidate.many.subject": "News of {count} of your applications",
    "mail.application.candidate.many.body": "Here is where several of your applications stand.",
    "mail.application.candidate.SUBMITTED.subject": "Your application has been sent: {offer}",
    "mail.application.candidate.SUBMITTED.body": "{employer} has received your application for “{offer}”.",
    "mail.application.candidate.SUBMITTED.next": (
        "We will write to you as soon as it moves. You can follow it, or withdraw it, in your account."
    ),
    "mail.application.candidate.UNDER_REVIEW.subject": "Your application is under review: {offer}",
    "mail.application.candidate.UNDER_REVIEW.body": "{employer} is studying your application for “{offer}”.",
    "mail.application.candidate.UNDER_REVIEW.next": "There is nothing you need to do.",
    "mail.application.candidate.INTERVIEW.subject": "You are invited to an interview: {offer}",
    "mail.application.candidate.INTERVIEW.body": "{employer} would like to interview you for “{offer}”.",
    "mail.application.candidate.INTERVIEW.next": (
        "The employer can read your e-mail address and telephone number as they are in your account: keep them up to date."
    ),
    "mail.application.candidate.OFFERED.subject": "You are offered the job: {offer}",
    "mail.application.candidate.OFFERED.body": "{employer} offers you the job “{offer}”.",
    "mail.application.candidate.OFFERED.next": (
        "Answer the employer once you have thought it over. If you do not want the job, withdraw your application."
    ),
    "mail.application.candidate.HIRED.subject": "You are hired: {offer}",
    "mail.application.candidate.HIRED.body": "{employer} tells us that you are hired for “{offer}”.",
    "mail.application.candidate.HIRED.next": "Congratulations. We are happy for you.",
    "mail.application.candidate.DECLINED.subject": "An answer to your application: {offer}",
    "mail.application.candidate.DECLINED.body": (
        "{employer} has answered your application for “{offer}”, and will not go further with it."
    ),
    "mail.application.candidate.DECLINED.next": "Other offers may suit you: you can look for them and apply at any time.",
    "mail.application.candidate.WITHDRAWN.subject": "Your application has been withdrawn: {offer}",
    "mail.application.candidate.WITHDRAWN.body": "Your application for “{offer}” at {employer} has been withdrawn.",
    "mail.application.candidate.WITHDRAWN.next": "If you think that this is a mistake, write to us.",
    "mail.application.candidate.CLOSED.subject": "Your application is closed: {offer}",
    "mail.application.candidate.CLOSED.body": "Your application for “{offer}” at {employer} is closed.",
    "mail.application.candidate.CLOSED.next": "Other offers may suit you: you can look for them and apply at any time.",
    "mail.application.member.many.subject": "News of {count} applications",
    "mail.application.member.many.body": "Here is what is new about applications for your job offers.",
    "mail.application.member.NEW.subject": "New application for “{offer}”: candidacy {number}",
    "mail.application.member.NEW.body": "Somebody has applied for “{offer}” with candidacy {number}.",
    "mail.application.member.NEW.next": "You can read the application, and who it is from, in your account, and answer it there.",
    "mail.application.member.NEW.many.subject": "{count} new applications",
    "mail.application.member.NEW.many.body": "These people have applied for your job offers.",
    "mail.application.member.WITHDRAWN.subject": "Application withdrawn for “{offer}”: candidacy {number}",
    "mail.application.member.WITHDRAWN.body": "The application for “{offer}” with candidacy {number} has been withdrawn.",
    "mail.application.member.WITHDRAWN.next": "If the person has said why, you can read it in your account.",
    "mail.application.member.CLOSED.subject": "Application closed for “{offer}”: candidacy {number}",
    "mail.application.member.CLOSED.body": "The application for “{offer}” with candidacy {number} is closed.",
    "mail.application.member.CLOSED.next": "There is nothing you need to do. The person has been told.",
    "mail.application.member.WAITING.subject": "An application has waited for 20 days: candidacy {number}",
    "mail.application.member.WAITING.body": (
        "Nothing has changed for 20 days in the application for “{offer}” with candidacy {number}."
    ),
    "mail.application.member.WAITING.next": (
        "Somebody is waiting for an answer. Say in your account what has become of the application, even if it is a refusal."
    ),
    "mail.application.member.WAITING.many.subject": "{count} applications have waited for 20 days",
    "mail.application.member.WAITING.many.body": (
        "Nothing has changed for 20 days in these applications. People are waiting for an answer: say in your account what has "
        "become of them, even if it is a refusal."
    ),
}
