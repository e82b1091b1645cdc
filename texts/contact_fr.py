"""Les courriels au sujet des demandes de contact, en français."""

CONTACTS = {
    "mail.contact.employer": "Employeur",
    "mail.contact.message": "Message de l’employeur",
    "mail.contact.offer": "Voir l’offre",
    "mail.contact.made.subject": "{employer} souhaite entrer en contact avec vous",
    "mail.contact.made.body": "{employer} s’intéresse à votre candidature et vous propose un contact pour une offre d’emploi.",
    "mail.contact.made.next": (
        "Acceptez ou refusez dans votre compte, jusqu’au {day}. Votre nom, votre adresse courriel et votre numéro de téléphone "
        "ne sont montrés à cet employeur que si vous acceptez, et vous pourrez revenir sur votre accord."
    ),
    "mail.contact.accepted.subject": "Votre demande de contact au sujet de la candidature {number} est acceptée",
    "mail.contact.accepted.body": "La personne accepte d’entrer en contact avec vous au sujet de « {offer} ».",
    "mail.contact.accepted.next": (
        "Vous pouvez lire son nom et ses coordonnées dans votre compte, aussi longtemps que son accord tient."
    ),
    "mail.contact.declined.subject": "Votre demande de contact au sujet de la candidature {number} est refusée",
    "mail.contact.declined.body": "La personne ne souhaite pas entrer en contact avec vous au sujet de « {offer} ».",
    "mail.contact.declined.next": "Si elle a écrit une réponse, vous pouvez la lire dans votre compte.",
    "mail.contact.lapsed.subject": "Votre demande de contact au sujet de la candidature {number} est restée sans réponse",
    "mail.contact.lapsed.body": (
        "La personne n’a pas répondu dans les 30 jours au sujet de « {offer} » : votre demande est devenue caduque."
    ),
    "mail.contact.lapsed.next": "Vous n’avez rien à faire.",
    "mail.contact.ended.subject": "Votre demande de contact au sujet de la candidature {number} est close",
    "mail.contact.ended.body": "La personne ne peut plus être jointe par votre demande au sujet de « {offer} ».",
    "mail.contact.ended.next": "Nous n’en disons pas la raison : elle appartient à la personne.",
    "mail.contact.gone.subject": "Une de vos demandes de contact est close",
    "mail.contact.gone.body": (
        "Une personne à qui vous aviez écrit a quitté le service ou supprimé sa candidature : votre demande n’existe plus."
    ),
    "mail.contact.gone.next": "Effacez ce que vous avez gardé au sujet d’une personne avec qui vous n’êtes pas en contact.",
}
