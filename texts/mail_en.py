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
    "mail.match.several": "A new job offer matches your alerts {alerts}.",
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
    "mail.refused.body": "We have the ministry’s answer, and your registration could not be accepted. This is why:",
    "mail.refused.recourse": "If you have questions, this is where to turn.",
    "mail.recourse.organization": "Office",
    "mail.recourse.phone": "Telephone",
    "mail.recourse.email": "E-mail",
    "mail.recourse.url": "Website",
    "mail.recourse.hours": "Hours",
}
