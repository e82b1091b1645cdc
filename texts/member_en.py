"""What members of employers read about their membership, in English: refusals, letters and the page of an invitation."""

MEMBERS = {
    "MEMBERSHIP_ENDED": (
        "You do not act for this employer any more: you left it, or an owner removed you. Its owners can invite you again."
    ),
    "OWNERS_ONLY": "Only an owner of your business can do this. Ask one of them.",
    "LAST_OWNER": "A business keeps one owner at least. Make another member an owner first.",
    "CONFIRM_YOUR_EMAIL": "Confirm your e-mail address first, by the link that we sent there. Sign in again to receive another.",
    "ALREADY_A_MEMBER": "A member of your business has this address already.",
    "ADDRESS_HAS_ACCOUNT": (
        "An account with this e-mail address was opened in the meantime, and an address serves one account. Ask to be invited at "
        "another address."
    ),
    "TOO_MANY_INVITATIONS": "Your business has {limit} invitations open already. Cancel one first.",
    "TOO_MANY_MEMBERS": "A business has {limit} members at most. Remove one first.",
    "mail.member.removed.subject": "You do not act for {name} any more",
    "mail.member.removed.body": (
        "An owner of {name} has removed you from its members. Your account is closed, your saved searches are deleted, and we "
        "write nothing more to this address. What you did for {name} keeps your name in its history."
    ),
    "mail.invited.subject": "{by} invites you to act for {employer}",
    "mail.invited.body": (
        "{by} invites you to act for {employer} on Online Placement: to search candidacies, post job offers and contact "
        "candidates. Follow the link, choose a password, and your account is ready."
    ),
    "mail.invited.action": "Accept the invitation",
    "mail.invited.life": "This link works once, until {day}.",
    "mail.invited.not_you": "If you do not know who invites you, do nothing: no account is opened.",
    "mail.invited_known.subject": "{by} invites you to act for {employer}",
    "mail.invited_known.body": (
        "{by} invites you to act for {employer} on Online Placement. This address has an account already, and an address serves "
        "one account: nothing changed in it."
    ),
    "mail.invited_known.next": "To act for {employer}, ask {by} to invite you at another address.",
    "mail.invited_known.you": "We have not told whoever invited you that you have an account.",
    "page.accept_invitation.title": "Accept the invitation",
    "page.accept_invitation.ask": (
        "Choose a password: an account is opened with the address that the invitation was sent to, and you act for the employer."
    ),
    "page.accept_invitation.label": "Password",
    "page.accept_invitation.button": "Accept the invitation",
    "page.accept_invitation.done": "Your account is open, and your e-mail address confirmed. Sign in with it and this password.",
}
