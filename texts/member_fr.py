"""Ce que les membres d’employeurs lisent au sujet de leur qualité de membre : refus, lettres et page d’une invitation."""

MEMBERS = {
    "MEMBERSHIP_ENDED": (
        "Vous n’agissez plus pour cet employeur : vous l’avez quitté, ou l’un de ses propriétaires vous a retiré. Ses "
        "propriétaires peuvent vous inviter de nouveau."
    ),
    "OWNERS_ONLY": "Seul un propriétaire de votre entreprise peut le faire. Adressez-vous à l’un d’eux.",
    "LAST_OWNER": "Une entreprise garde au moins un propriétaire. Donnez d’abord ce rôle à un autre membre.",
    "CONFIRM_YOUR_EMAIL": (
        "Confirmez d’abord votre adresse courriel par le lien que nous y avons envoyé. Ouvrez une nouvelle session pour en "
        "recevoir un autre."
    ),
    "ALREADY_A_MEMBER": "Un membre de votre entreprise a déjà cette adresse.",
    "ADDRESS_HAS_ACCOUNT": (
        "Un compte a été ouvert entre-temps avec cette adresse courriel, et une adresse sert à un seul compte. Demandez à être "
        "invité à une autre adresse."
    ),
    "TOO_MANY_INVITATIONS": "Votre entreprise a déjà {limit} invitations en attente. Annulez-en d’abord une.",
    "TOO_MANY_MEMBERS": "Une entreprise compte au plus {limit} membres. Retirez-en d’abord un.",
    "mail.member.removed.subject": "Vous n’agissez plus pour {name}",
    "mail.member.removed.body": (
        "Un propriétaire de {name} vous a retiré de ses membres. Votre compte est fermé, vos recherches enregistrées sont "
        "supprimées, et nous n’écrivons plus rien à cette adresse. Ce que vous avez fait pour {name} garde votre nom dans son "
        "historique."
    ),
    "mail.invited.subject": "{by} vous invite à agir pour {employer}",
    "mail.invited.body": (
        "{by} vous invite à agir pour {employer} dans Placement en ligne : chercher des candidatures, publier des offres "
        "d’emploi et prendre contact avec des candidats. Suivez le lien, choisissez un mot de passe, et votre compte est prêt."
    ),
    "mail.invited.action": "Accepter l’invitation",
    "mail.invited.life": "Ce lien sert une seule fois, jusqu’au {day}.",
    "mail.invited.not_you": "Si vous ne connaissez pas la personne qui vous invite, ne faites rien : aucun compte n’est ouvert.",
    "mail.invited_known.subject": "{by} vous invite à agir pour {employer}",
    "mail.invited_known.body": (
        "{by} vous invite à agir pour {employer} dans Placement en ligne. Cette adresse a déjà un compte, et une adresse sert "
        "à un seul compte : rien n’y a changé."
    ),
    "mail.invited_known.next": "Pour agir pour {employer}, demandez à {by} de vous inviter à une autre adresse.",
    "mail.invited_known.you": "Nous n’avons pas dit à la personne qui vous invite que vous avez un compte.",
    "page.accept_invitation.title": "Accepter l’invitation",
    "page.accept_invitation.ask": (
        "Choisissez un mot de passe : un compte est ouvert avec l’adresse à laquelle l’invitation a été envoyée, et vous agissez "
        "pour l’employeur."
    ),
    "page.accept_invitation.label": "Mot de passe",
    "page.accept_invitation.button": "Accepter l’invitation",
    "page.accept_invitation.done": (
        "Votre compte est ouvert, et votre adresse courriel confirmée. Ouvrez une session avec elle et ce mot de passe."
    ),
}
