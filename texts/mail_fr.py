"""Les courriels en français."""

MAIL = {
    "mail.service": "Placement en ligne",
    "mail.colon": "\N{NO-BREAK SPACE}:",
    "mail.greeting": "Bonjour,",
    "mail.greeting.name": "Bonjour {name},",
    "mail.signature": "L’équipe de Placement en ligne",
    "mail.automatic": "Ce message est envoyé automatiquement : les réponses ne sont pas lues.",
    # une offre correspond à une alerte
    "mail.match.subject": "Nouvelle offre : {title} ({employer})",
    "mail.match.one": "Une nouvelle offre d’emploi correspond à votre alerte « {alerts} ».",
    "mail.match.several": "Une nouvelle offre d’emploi correspond à vos alertes {alerts}.",
    "mail.match.alert": "« {alert} »",
    "mail.match.title": "Poste",
    "mail.match.employer": "Employeur",
    "mail.match.place": "Lieu",
    "mail.match.contract": "Contrat",
    "mail.match.salary": "Salaire",
    "mail.match.ends_on": "Dernier jour",
    "mail.match.number": "Numéro de l’offre",
    "mail.match.action": "Voir l’offre",
    "mail.match.why": "Vous recevez ce courriel parce que vous avez créé une alerte d’emploi.",
    "mail.match.unsubscribe": "Ne plus recevoir l’alerte « {alert} »",
    "mail.contract.PERMANENT": "Permanent",
    "mail.contract.FIXED_TERM": "À durée déterminée",
    "mail.contract.CASUAL": "Occasionnel",
    "mail.contract.SEASONAL": "Saisonnier",
    "mail.contract.INTERNSHIP": "Stage",
    "mail.salary.HOUR": "{amount} l’heure",
    "mail.salary.WEEK": "{amount} par semaine",
    "mail.salary.MONTH": "{amount} par mois",
    "mail.salary.YEAR": "{amount} par année",
    "mail.salary.range": "de {minimum} à {maximum}",
    # confirmer l’adresse
    "mail.confirm.subject": "Confirmez votre adresse courriel",
    "mail.confirm.body": "Un compte a été ouvert avec cette adresse. Suivez le lien pour confirmer qu’elle est bien la vôtre.",
    "mail.confirm.action": "Confirmer mon adresse",
    "mail.confirm.life": (
        "Ce lien est valable pendant sept jours. Tant que l’adresse n’est pas confirmée, nous n’y écrivons rien d’autre."
    ),
    "mail.confirm.not_you": "Si vous n’avez pas ouvert ce compte, ne faites rien : l’adresse ne sera pas confirmée.",
    # adresse déjà utilisée
    "mail.used.subject": "Quelqu’un a voulu ouvrir un compte avec votre adresse",
    "mail.used.body": (
        "On vient de tenter d’ouvrir un compte avec cette adresse, qui en a déjà un. Rien n’a changé dans votre compte."
    ),
    "mail.used.you": "Si c’était vous, utilisez le compte que vous avez déjà. Sinon, vous n’avez rien à faire.",
    # inscription en attente
    "mail.pending.subject": "Votre inscription est en attente",
    "mail.pending.body": (
        "Nous n’avons pas encore obtenu la réponse du ministère au sujet de votre certificat. Ce n’est pas un refus : nous "
        "posons de nouveau la question, et nous vous écrirons dès que la réponse arrivera."
    ),
    "mail.pending.meanwhile": "D’ici là, vous pouvez préparer vos candidatures sous forme de brouillons.",
    # inscription réglée
    "mail.accepted.subject": "Votre inscription est acceptée",
    "mail.accepted.body": "Le ministère a reconnu votre certificat. Vous pouvez maintenant publier vos candidatures.",
    "mail.refused.subject": "Votre inscription n’a pas pu être acceptée",
    "mail.refused.body": (
        "Nous avons reçu la réponse du ministère, et votre inscription n’a pas pu être acceptée. Voici pourquoi :"
    ),
    "mail.refused.recourse": "Si vous avez des questions, voici à qui vous adresser.",
    "mail.recourse.organization": "Organisme",
    "mail.recourse.phone": "Téléphone",
    "mail.recourse.email": "Courriel",
    "mail.recourse.url": "Site Web",
    "mail.recourse.hours": "Heures",
}
