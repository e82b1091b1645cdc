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
    "mail.match.one.several": "Une nouvelle offre d’emploi correspond à vos alertes {alerts}.",
    "mail.match.many": "De nouvelles offres d’emploi correspondent à votre alerte « {alerts} ».",
    "mail.match.many.several": "De nouvelles offres d’emploi correspondent à vos alertes {alerts}.",
    "mail.match.subject.many": "{count} nouvelles offres d’emploi",
    "mail.match.rest": "En voici {shown} sur {count}. La liste les contient toutes.",
    "mail.match.list": "Voir toute la liste",
    "mail.match.unsubscribe_all": "Ne plus recevoir aucune de ces alertes",
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
    "mail.profile.subject": "Nouvelle candidature : {title} ({number})",
    "mail.profile.subject.many": "{count} nouvelles candidatures",
    "mail.profile.one": "Une nouvelle candidature correspond à votre recherche enregistrée « {alerts} ».",
    "mail.profile.one.several": "Une nouvelle candidature correspond à vos recherches enregistrées {alerts}.",
    "mail.profile.many": "De nouvelles candidatures correspondent à votre recherche enregistrée « {alerts} ».",
    "mail.profile.many.several": "De nouvelles candidatures correspondent à vos recherches enregistrées {alerts}.",
    "mail.profile.title": "Profil",
    "mail.profile.occupation": "Profession",
    "mail.profile.region": "Région",
    "mail.profile.anywhere": "Partout au Québec",
    "mail.profile.number": "Numéro de la candidature",
    "mail.profile.action": "Voir la candidature dans la liste",
    "mail.profile.why": "Vous recevez ce courriel parce que vous avez enregistré une recherche de candidatures.",
    "mail.profile.unsubscribe": "Ne plus recevoir les courriels de la recherche « {alert} »",
    "mail.profile.unsubscribe_all": "Ne plus recevoir les courriels de ces recherches",
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
    # ce que des agents décident d’un employeur et de ses offres
    "mail.employer.authenticated.subject": "{name} peut maintenant utiliser Placement en ligne",
    "mail.employer.authenticated.body": (
        "{name} est authentifié. Vous pouvez maintenant chercher des candidatures, publier des offres d’emploi et "
        "prendre contact avec des candidats."
    ),
    "mail.employer.refused.subject": "L’inscription de {name} a été refusée",
    "mail.employer.refused.body": "Nous n’avons pas pu authentifier {name}.",
    "mail.employer.suspended.subject": "{name} est suspendu",
    "mail.employer.suspended.body": (
        "{name} est suspendu : ses offres d’emploi sont introuvables, et il ne peut ni chercher des candidatures ni "
        "prendre contact avec des candidats."
    ),
    "mail.employer.reinstated.subject": "{name} n’est plus suspendu",
    "mail.employer.reinstated.body": (
        "La suspension de {name} a pris fin. Ses offres d’emploi qui ne sont pas terminées se trouvent de nouveau."
    ),
    "mail.job_offer.removed.subject": "Votre offre d’emploi {name} a été retirée",
    "mail.job_offer.removed.body": (
        "Votre offre d’emploi {name} a été retirée par un agent du service. Elle ne peut être publiée de nouveau ; vous "
        "pouvez en publier une autre."
    ),
    "mail.reason": "Raison donnée : {reason}",
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
    # mot de passe oublié
    "mail.reset.subject": "Choisissez un nouveau mot de passe",
    "mail.reset.body": (
        "Quelqu’un a demandé un nouveau mot de passe pour le compte qui porte cette adresse. Suivez le lien pour le choisir."
    ),
    "mail.reset.action": "Choisir un nouveau mot de passe",
    "mail.reset.life": "Ce lien sert une seule fois, pendant trente minutes.",
    "mail.reset.not_you": "Si vous n’avez rien demandé, ne faites rien : votre mot de passe reste le même.",
    "mail.password_changed.subject": "Votre mot de passe a été changé",
    "mail.password_changed.body": "Le mot de passe de votre compte a été changé, et ses autres sessions ont été fermées.",
    "mail.password_changed.not_you": (
        "Si ce n’était pas vous, choisissez tout de suite un nouveau mot de passe par « mot de passe oublié », et écrivez-nous."
    ),
    # une autre adresse
    "mail.leave.subject": "Confirmez le changement de votre adresse courriel",
    "mail.leave.body": (
        "Quelqu’un qui a ouvert une session dans votre compte a demandé que son adresse devienne {email}. Suivez le lien pour "
        "accepter. L’adresse change une fois que le lien envoyé à la nouvelle adresse a été suivi lui aussi."
    ),
    "mail.leave.action": "Accepter le changement",
    "mail.leave.life": "Ce lien sert une seule fois, pendant 24 heures.",
    "mail.leave.not_you": (
        "Si vous n’avez rien demandé, ne suivez pas le lien : l’adresse reste la même. Changez votre mot de passe, car la "
        "personne qui a fait la demande le connaît."
    ),
    "mail.take.subject": "Confirmez votre adresse courriel",
    "mail.take.body": "Un compte doit recevoir cette adresse. Suivez le lien pour confirmer qu’elle est bien la vôtre.",
    "mail.take.action": "Confirmer mon adresse",
    "mail.take.life": (
        "Ce lien sert une seule fois, pendant 24 heures. Tant que l’adresse n’est pas confirmée, nous n’y écrivons rien d’autre."
    ),
    "mail.take.not_you": "Si vous n’avez rien demandé, ne faites rien : aucun compte ne recevra l’adresse.",
    "mail.wanted.subject": "Quelqu’un a voulu utiliser votre adresse",
    "mail.wanted.body": (
        "On vient de demander que cette adresse devienne celle d’un autre compte. C’est votre compte qui la porte, et rien n’a "
        "changé."
    ),
    "mail.wanted.you": "Si c’était vous, utilisez le compte que vous avez déjà. Sinon, vous n’avez rien à faire.",
    "mail.email_changed.subject": "Votre adresse courriel a été changée",
    "mail.email_changed.body": (
        "Le changement est fait : votre compte porte maintenant cette adresse. Servez-vous-en pour ouvrir une session."
    ),
    "mail.email_left.subject": "L’adresse courriel de votre compte a été changée",
    "mail.email_left.body": (
        "Le changement est fait : votre compte porte maintenant une autre adresse, comme convenu à partir de celle-ci. Nous "
        "n’écrivons plus rien à cette adresse."
    ),
    "mail.email_left.not_you": "Si vous ne l’avez pas accepté, écrivez-nous tout de suite.",
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
    "mail.refused.body": "Votre inscription n’a pas pu être acceptée. Voici pourquoi :",
    "mail.refused.recourse": "Si vous avez des questions, voici à qui vous adresser.",
    "mail.recourse.organization": "Organisme",
    "mail.recourse.phone": "Téléphone",
    "mail.recourse.email": "Courriel",
    "mail.recourse.url": "Site Web",
    "mail.recourse.hours": "Heures",
}
