"""The server's pages in English: the first one, and those that the links in mails lead to."""

PAGES = {
    "page.service": "Online Placement",
    "page.other_language": "Français",
    "page.home.title": "Online Placement",
    "page.home.what": (
        "This service brings together people abroad who hold a Québec Selection Certificate and employers in Québec. "
        "This address serves a GraphQL programming interface: the applications of candidates and employers use it for you."
    ),
    "page.home.explorer": "Explore the interface",
    "page.home.explorer.what": "write a query and see its answer, in the browser",
    "page.home.reference": "Reference",
    "page.home.reference.what": "all types and operations, as text",
    "page.unsubscribe.title": "Stop receiving job alerts",
    "page.unsubscribe.ask": "Do you want to stop receiving the e-mails of the job alert or alerts of this link?",
    "page.unsubscribe.button": "Stop receiving them",
    "page.unsubscribe.done": (
        "Done: you will not receive these e-mails any more. You can turn an alert on again in your account whenever you want. "
        "Notices that the law asks us to send are not affected."
    ),
    "page.confirm_email.title": "Confirm your e-mail address",
    "page.confirm_email.ask": "Confirm that this e-mail address is yours.",
    "page.confirm_email.button": "Confirm my address",
    "page.confirm_email.done": "Your e-mail address is confirmed. You can close this page.",
    "page.link.title": "This link cannot be used",
    "page.link.what": (
        "This link is not valid, or it has expired. Open it directly in the e-mail, without copying it, or ask for a new one."
    ),
    "page.help": "Need help?",
    "page.missing.title": "Page not found",
    "page.missing.what": "There is nothing at this address.",
    "page.trouble.title": "Something went wrong",
    "page.trouble.what": "The service could not answer. Try again in a moment.",
    "page.explorer.title": "GraphQL explorer",
    "page.explorer.needs_script": "The explorer needs JavaScript.",
    "page.explorer.request": "Request",
    "page.explorer.identity": "Who asks",
    "page.explorer.email": "E-mail address",
    "page.explorer.password": "Password",
    "page.explorer.sign_in": "Sign in",
    "page.explorer.signed_in": "You are signed in.",
    "page.explorer.token": "Access token",
    "page.explorer.query": "Operation",
    "page.explorer.variables": "Variables (JSON)",
    "page.explorer.run": "Run",
    "page.explorer.stop": "Stop",
    "page.explorer.running": "Running…",
    "page.explorer.answer": "Answer",
    "page.explorer.unreachable": "The service does not answer.",
    "page.explorer.search": "Look for a type or a field",
    "page.explorer.nothing": "Nothing of that name.",
    "page.explorer.arguments": "arguments",
    "page.job_offer.employer": "Employer",
    "page.job_offer.place": "Place",
    "page.job_offer.contract": "Contract",
    "page.job_offer.work_mode": "Work mode",
    "page.job_offer.ends_on": "Last day",
    "page.job_offer.number": "Offer number",
    "page.job_offer.apply": "How to apply",
    "page.job_offer.online": "This offer accepts online applications, in your application.",
    "page.job_offer.gone.title": "Offer not found",
    "page.job_offer.gone.what": "No open offer has this number: it has ended, or the number is not right.",
}
