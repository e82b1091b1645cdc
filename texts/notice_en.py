"""The notices that the rules of the service ask for, in English."""

NOTICES = {
    "mail.notice.why": "The rules of the service ask us to send this notice, whatever mails you have chosen to receive.",
    "mail.candidacy.title": "Candidacy",
    "mail.candidacy.number": "Number",
    # the end of a publication
    "mail.ending.subject": "Your candidacy is published until {day}",
    "mail.ending.body": (
        "The publication of your candidacy “{title}” ends on {day}. After that day, employers will no longer find it."
    ),
    "mail.ending.again": "To stay visible, publish it again on or after {day}, when a new publication period begins.",
    "mail.ending.certificate": (
        "It ends together with your Québec Selection Certificate, which expires on {day}: after that day the candidacy cannot be "
        "published again. If you have received another certificate, enter it in your account: once the ministry has recognised "
        "it, the publication follows its dates."
    ),
    "mail.ended.subject": "The publication of your candidacy ended on {day}",
    "mail.ended.body": "The publication of your candidacy “{title}” ended on {day}. Employers no longer find it.",
    "mail.ended.again": "To be visible again, publish it again. Nothing you wrote was lost.",
    "mail.ended.certificate": (
        "Your Québec Selection Certificate expired on {day}, so the candidacy cannot be published again. If you have received "
        "another certificate, enter it in your account."
    ),
    # residence
    "mail.residence.reason": "Reason given: {reason}",
    "mail.residence.back": "If you move abroad again, declare it in your account. Once that is confirmed, you can publish again.",
    "mail.residence.deadline.quebec": "Withdraw before (Québec time)",
    "mail.residence.deadline.yours": "Withdraw before ({zone})",
    "mail.residence.opened.subject": "Withdraw your candidacies within 48 hours",
    "mail.residence.opened.DECLARED.QUEBEC": (
        "You have declared that you live in Québec. This service is for people who live outside Canada."
    ),
    "mail.residence.opened.DECLARED.CANADA": (
        "You have declared that you live in Canada. This service is for people who live outside Canada."
    ),
    "mail.residence.opened.REGISTRY.QUEBEC": (
        "According to the ministry, you live in Québec. This service is for people who live outside Canada."
    ),
    "mail.residence.opened.REGISTRY.CANADA": (
        "According to the ministry, you live in Canada. This service is for people who live outside Canada."
    ),
    "mail.residence.opened.AGENT.QUEBEC": (
        "An agent of the service has found that you live in Québec. This service is for people who live outside Canada."
    ),
    "mail.residence.opened.AGENT.CANADA": (
        "An agent of the service has found that you live in Canada. This service is for people who live outside Canada."
    ),
    "mail.residence.opened.ask": (
        "Withdraw every candidacy that you have published within 48 hours, before the moment that is given below."
    ),
    "mail.residence.opened.otherwise": (
        "If one of them is still published then, your file is deactivated: your candidacies leave the search and you cannot sign "
        "in any more. If you withdraw them in time, your file stays open, but you cannot publish while you live in Canada."
    ),
    "mail.residence.opened.declare": (
        "If you live outside Canada, declare it in your account. If you have questions, contact the office below."
    ),
    "mail.residence.opened.wrong": "If this is not right, write to the office below, with what shows where you live.",
    "mail.residence.settled.subject": "Nothing more is asked of you about your residence",
    "mail.residence.settled.body": "You have no published candidacy: the matter of your residence is closed.",
    "mail.residence.settled.meanwhile": "While you live in Canada you cannot publish a candidacy.",
    "mail.residence.deactivated.subject": "Your file was deactivated",
    "mail.residence.deactivated.body": (
        "A candidacy of yours was still published on {deadline}, Québec time, when the time to withdraw it was over. Your file "
        "was deactivated."
    ),
    "mail.residence.deactivated.means": (
        "Your candidacies have left the search, your alerts have stopped, your sessions have ended, and you cannot sign in any "
        "more."
    ),
    "mail.residence.deactivated.back": (
        "If you live abroad, or if this is not right, write to the office below: an agent can open your file again. "
        "These are the steps that were taken, in Québec time:"
    ),
    "mail.residence.step.OPENED": "Notice given",
    "mail.residence.step.FOUND_AGAIN": "Residence in Canada reported again",
    "mail.residence.step.EXTENDED": "Time to withdraw extended, because our notice was late",
    "mail.residence.step.CANDIDACY_WITHDRAWN": "Candidacy withdrawn",
    "mail.residence.step.NOTHING_PUBLISHED": "Closed: nothing was published any more",
    "mail.residence.step.DEACTIVATED": "File deactivated",
    "mail.residence.step.MOVED_ABROAD": "Closed: living abroad",
    "mail.residence.step.REOPENED": "File opened again by an agent",
    "mail.residence.returned.subject": "You can publish again",
    "mail.residence.returned.body": (
        "The ministry’s registry confirms that you live outside Canada. You can publish your candidacies again."
    ),
    "mail.residence.lifted.subject": "The notice about your residence is withdrawn",
    "mail.residence.lifted.body": (
        "An agent of the service has found that you live outside Canada. Nothing is asked of you any more about your residence."
    ),
    "mail.residence.lifted.publish": "What you have published stays published, and you can publish again.",
    "mail.residence.reopened.subject": "Your file was opened again",
    "mail.residence.reopened.body": "An agent of the service has opened your file again.",
    "mail.residence.reopened.publish": "Your candidacies were kept. Publish again those that employers should find.",
    # corrections of the certificate
    "mail.correction.accepted.subject": "Your corrected certificate is accepted",
    "mail.correction.accepted.body": (
        "The ministry recognised the certificate that you corrected. If its dates have changed, so have the ends of your "
        "publications: you see them in your account."
    ),
    "mail.correction.refused.subject": "Your corrected certificate was not accepted",
    "mail.correction.refused.body": (
        "We have the ministry’s answer about the certificate that you corrected. This is what it means for you:"
    ),
    "mail.return.refused.subject": "Your return abroad was not confirmed",
    "mail.return.refused.body": "You declared that you live outside Canada again. This is the ministry’s answer:",
}
