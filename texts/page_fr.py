"""Les pages du serveur en français : l’accueil, et celles où mènent les liens des courriels."""

PAGES = {
    "page.service": "Placement en ligne",
    "page.other_language": "English",
    "page.home.title": "Placement en ligne",
    "page.home.what": (
        "Ce service met en relation des personnes à l’étranger qui ont un certificat de sélection du Québec et des employeurs "
        "du Québec. Cette adresse sert une interface de programmation GraphQL : les applications des candidats et des employeurs "
        "s’en servent pour vous."
    ),
    "page.home.explorer": "Explorer l’interface",
    "page.home.explorer.what": "écrire une requête et voir la réponse, dans le navigateur",
    "page.home.reference": "Référence",
    "page.home.reference.what": "tous les types et toutes les opérations, en texte",
    "page.unsubscribe.title": "Ne plus recevoir d’alertes",
    "page.unsubscribe.ask": "Voulez-vous cesser de recevoir les courriels de l’alerte ou des alertes que vise ce lien ?",
    "page.unsubscribe.button": "Ne plus les recevoir",
    "page.unsubscribe.done": (
        "C’est fait : vous ne recevrez plus ces courriels. Vous pouvez rétablir une alerte dans votre compte quand vous le "
        "voulez. Les avis que la loi nous demande d’envoyer ne sont pas touchés."
    ),
    "page.confirm_email.title": "Confirmer votre adresse courriel",
    "page.confirm_email.ask": "Confirmez que cette adresse courriel est bien la vôtre.",
    "page.confirm_email.button": "Confirmer mon adresse",
    "page.confirm_email.done": "Votre adresse courriel est confirmée. Vous pouvez fermer cette page.",
    "page.confirm_email_change.title": "Changement d’adresse courriel",
    "page.confirm_email_change.ask": "Acceptez qu’un compte reçoive une autre adresse courriel, comme le dit le courriel.",
    "page.confirm_email_change.button": "Accepter le changement",
    "page.confirm_email_change.done": "C’est fait : le compte a sa nouvelle adresse. Vous pouvez fermer cette page.",
    "page.confirm_email_change.waiting": (
        "Merci. L’adresse change une fois que le lien envoyé à l’autre adresse a été suivi lui aussi."
    ),
    "page.reset_password.title": "Choisir un nouveau mot de passe",
    "page.reset_password.label": "Nouveau mot de passe",
    "page.reset_password.button": "Enregistrer le mot de passe",
    "page.reset_password.done": (
        "Votre nouveau mot de passe est en vigueur. Toutes les sessions ouvertes ont été fermées : ouvrez-en une nouvelle."
    ),
    "page.link.title": "Ce lien ne peut pas servir",
    "page.link.what": (
        "Ce lien n’est pas valide, ou il a expiré. Ouvrez-le directement dans le courriel, sans le recopier, "
        "ou demandez-en un nouveau."
    ),
    "page.help": "Besoin d’aide ?",
    "page.missing.title": "Page introuvable",
    "page.missing.what": "Il n’y a rien à cette adresse.",
    "page.trouble.title": "Un problème est survenu",
    "page.trouble.what": "Le service n’a pas pu répondre. Réessayez dans un instant.",
    "page.explorer.title": "Explorateur GraphQL",
    "page.explorer.needs_script": "L’explorateur a besoin de JavaScript.",
    "page.explorer.request": "Requête",
    "page.explorer.identity": "Qui demande",
    "page.explorer.email": "Adresse courriel",
    "page.explorer.password": "Mot de passe",
    "page.explorer.sign_in": "Ouvrir une session",
    "page.explorer.signed_in": "La session est ouverte.",
    "page.explorer.token": "Jeton d’accès",
    "page.explorer.query": "Opération",
    "page.explorer.variables": "Variables (JSON)",
    "page.explorer.run": "Exécuter",
    "page.explorer.stop": "Arrêter",
    "page.explorer.running": "En cours…",
    "page.explorer.answer": "Réponse",
    "page.explorer.unreachable": "Le service ne répond pas.",
    "page.explorer.search": "Chercher un type ou un champ",
    "page.explorer.nothing": "Rien de ce nom.",
    "page.explorer.arguments": "arguments",
    "page.feed.title": "Offres d’emploi",
    "page.feed.unknown_region": "La région « {value} » n’est pas connue : c’est un code de 01 à 17.",
    "page.feed.unknown_occupation": "La profession « {value} » n’est pas connue : c’est un code de cinq chiffres.",
    "page.feed.unknown_language": "La langue « {value} » n’est pas connue : c’est fr ou en.",
    "page.job_offer.employer": "Employeur",
    "page.job_offer.recruits_for": "Recrute pour",
    "page.job_offer.place": "Lieu",
    "page.job_offer.contract": "Contrat",
    "page.job_offer.work_mode": "Mode de travail",
    "page.job_offer.ends_on": "Dernier jour",
    "page.job_offer.number": "Numéro de l’offre",
    "page.job_offer.apply": "Pour postuler",
    "page.job_offer.online": "Cette offre accepte les candidatures en ligne, dans votre application.",
    "page.candidacies_mail.title": "Candidatures correspondant à vos recherches enregistrées",
    "page.candidacies_mail.how": (
        "Pour en ouvrir une, cherchez son numéro dans l’application qui vous sert à chercher des candidatures."
    ),
    "page.candidacies_mail.empty": "Il n’y a plus rien à voir dans cette liste.",
    "page.alert_mail.title": "Offres correspondant à vos alertes",
    "page.alert_mail.empty": "Toutes les offres de cette liste ont pris fin.",
    "page.alert_mail.ended": "Celles qui ont pris fin ne sont plus affichées : {count}.",
    "page.job_offer.gone.title": "Offre introuvable",
    "page.job_offer.gone.what": "Aucune offre ouverte ne porte ce numéro : elle a pris fin, ou le numéro est inexact.",
}
