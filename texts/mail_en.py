"""The mails in English."""

MAIL = {
    "mail.service": "Online Placement",
    "mail.colon": ":",
    "mail.greeting": "Hello,",
    "mail.greeting.name": "Hello {name},",
    "mail.signature": "The Online Placement team",
    "mail.automatic": "This message was sent automatically: replies are not read.",
    # an offer matches an alert
    "mail.match.subject": "New job offer: {title} ({employer})",
    "mail.match.one": "A new job offer matches your alert “{alerts}”.",
    "mail.match.one.several": "A new job offer matches your alerts {alerts}.",
    "mail.match.many": "New job offers match your alert “{alerts}”.",
    "mail.match.many.several": "New job offers match your alerts {alerts}.",
    "mail.match.subject.many": "{count} new job offers",
    "mail.match.rest": "Here are {shown} of the {count}. The list has them all.",
    "mail.match.list": "See the whole list",
    "mail.match.unsubscribe_all": "Stop all these alerts",
    "mail.match.alert": "“{alert}”",
    "mail.match.title": "Position",
    "mail.match.employer": "Employer",
    "mail.match.place": "Place",
    "mail.match.contract": "Contract",
    "mail.match.salary": "Pay",
    "mail.match.ends_on": "Last day",
    "mail.match.number": "Offer number",
    "mail.match.action": "See the offer",
    "mail.match.why": "You receive this e-mail because you created a job alert.",
    "mail.match.unsubscribe": "Stop the alert “{alert}”",
    "mail.profile.subject": "New candidacy: {title} ({number})",
    "mail.profile.subject.many": "{count} new candidacies",
    "mail.profile.one": "A new candidacy matches your saved search “{alerts}”.",
    "mail.profile.one.several": "A new candidacy matches your saved searches {alerts}.",
    "mail.profile.many": "New candidacies match your saved search “{alerts}”.",
    "mail.profile.many.several": "New candidacies match your saved searches {alerts}.",
    "mail.profile.title": "Profile",
    "mail.profile.occupation": "Occupation",
    "mail.profile.region": "Region",
    "mail.profile.anywhere": "Anywhere in Québec",
    "mail.profile.number": "Candidacy number",
    "mail.profile.action": "See the candidacy in the list",
    "mail.profile.why": "You receive this e-mail because you saved a search for candidacies.",
    "mail.profile.unsubscribe": "Stop the e-mails of the search “{alert}”",
    "mail.profile.unsubscribe_all": "Stop the e-mails of all these searches",
    "mail.contract.PERMANENT": "Permanent",
    "mail.contract.FIXED_TERM": "Fixed term",
    "mail.contract.CASUAL": "Casual",
    "mail.contract.SEASONAL": "Seasonal",
    "mail.contract.INTERNSHIP": "Internship",
    "mail.salary.HOUR": "{amount} an hour",
    "mail.salary.WEEK": "{amount} a week",
    "mail.salary.MONTH": "{amount} a month",
    "mail.salary.YEAR": "{amount} a year",
    "mail.salary.range": "{minimum} to {maximum}",
    # what agents decide about an employer and its offers
    "mail.employer.authenticated.subject": "{name} can now use Online Placement",
    "mail.employer.authenticated.body": (
        "{name} is authenticated. You can now search candidacies, post job offers and contact candidates."
    ),
    "mail.employer.refused.subject": "The registration of {name} was refused",
    "mail.employer.refused.body": "We could not authenticate {name}.",
    "mail.employer.suspended.subject": "{name} is suspended",
    "mail.employer.suspended.body": (
        "{name} is suspended: its job offers cannot be found, and it can neither search candidacies nor contact candidates."
    ),
    "mail.employer.reinstated.subject": "{name} is no longer suspended",
    "mail.employer.reinstated.body": (
        "The suspension of {name} has ended. Its job offers that have not ended can be found again."
    ),
    "mail.job_offer.removed.subject": "Your job offer {name} was removed",
    "mail.job_offer.removed.body": (
        "Your job offer {name} was removed by an agent of the service. It cannot be published again; you may post another."
    ),
    "mail.reason": "Reason given: {reason}",
    # confirming the address
    "mail.confirm.subject": "Confirm your e-mail address",
    "mail.confirm.body": "An account was opened with this address. Follow the link to confirm that the address is yours.",
    "mail.confirm.action": "Confirm my address",
    "mail.confirm.life": "This link works for seven days. Until the address is confirmed, we write nothing else to it.",
    "mail.confirm.not_you": "If you did not open this account, do nothing: the address will not be confirmed.",
    # address already used
    "mail.used.subject": "Someone tried to open an account with your address",
    "mail.used.body": (
        "Someone just tried to open an account with this address, which has one already. Nothing changed in your account."
    ),
    "mail.used.you": "If it was you, use the account that you have. If not, there is nothing you need to do.",
    # a forgotten password
    "mail.reset.subject": "Choose a new password",
    "mail.reset.body": "Someone asked for a new password for the account that has this address. Follow the link to choose it.",
    "mail.reset.action": "Choose a new password",
    "mail.reset.life": "This link works once, for thirty minutes.",
    "mail.reset.not_you": "If you did not ask for it, do nothing: your password stays as it is.",
    "mail.password_changed.subject": "Your password was changed",
    "mail.password_changed.body": "The password of your account was changed, and its other sessions were ended.",
    "mail.password_changed.not_you": (
        "If you did not change it, choose a new password at once by “forgotten password”, and write to us."
    ),
    # another address
    "mail.leave.subject": "Confirm the change of your e-mail address",
    "mail.leave.body": (
        "Someone who is signed in to your account asked for its address to become {email}. Follow the link to agree. "
        "The address changes once the link that was sent to the new one has been followed too."
    ),
    "mail.leave.action": "Agree to the change",
    "mail.leave.life": "This link works once, for 24 hours.",
    "mail.leave.not_you": (
        "If you did not ask for it, do not follow the link: the address stays as it is. Change your password, because "
        "whoever asked knows it."
    ),
    "mail.take.subject": "Confirm your e-mail address",
    "mail.take.body": "An account is to have this address. Follow the link to confirm that the address is yours.",
    "mail.take.action": "Confirm my address",
    "mail.take.life": "This link works once, for 24 hours. Until the address is confirmed, we write nothing else to it.",
    "mail.take.not_you": "If you did not ask for it, do nothing: no account will have the address.",
    "mail.wanted.subject": "Someone tried to use your address",
    "mail.wanted.body": (
        "Someone just asked for this address to become that of another account. Your account has it, and nothing changed."
    ),
    "mail.wanted.you": "If it was you, use the account that you have. If not, there is nothing you need to do.",
    "mail.email_changed.subject": "Your e-mail address was changed",
    "mail.email_changed.body": "The change is done: your account has this address now. Use it to sign in.",
    "mail.email_left.subject": "The e-mail address of your account was changed",
    "mail.email_left.body": (
        "The change is done: your account has another address now, as agreed from this one. We write nothing more to this "
        "address."
    ),
    "mail.email_left.not_you": "If you did not agree to it, write to us at once.",
    # registration pending
    "mail.pending.subject": "Your registration is waiting",
    "mail.pending.body": (
        "We do not have the ministry’s answer about your certificate yet. This is not a refusal: we keep asking, and we will "
        "write to you as soon as the answer comes."
    ),
    "mail.pending.meanwhile": "Meanwhile you can prepare your candidacies as drafts.",
    # registration settled
    "mail.accepted.subject": "Your registration is accepted",
    "mail.accepted.body": "The ministry recognised your certificate. You can now publish your candidacies.",
    "mail.refused.subject": "Your registration could not be accepted",
    "mail.refused.body": "Your registration could not be accepted. This is why:",
    "mail.refused.recourse": "If you have questions, this is where to turn.",
    "mail.recourse.organization": "Office",
    "mail.recourse.phone": "Telephone",
    "mail.recourse.email": "E-mail",
    "mail.recourse.url": "Website",
    "mail.recourse.hours": "Hours",
}
