"""Les avis que demandent les règles du service, en français."""

NOTICES = {
    "mail.notice.why": (
        "Les règles du service nous demandent d’envoyer cet avis, quels que soient les courriels que vous avez choisi de "
        "recevoir."
    ),
    "mail.candidacy.title": "Candidature",
    "mail.candidacy.number": "Numéro",
    # la fin d’une publication
    "mail.ending.subject": "Votre candidature est publiée jusqu’au {day}",
    "mail.ending.body": (
        "La publication de votre candidature « {title} » prend fin le {day}. Après ce jour, les employeurs ne la trouveront plus."
    ),
    "mail.ending.again": (
        "Pour rester visible, publiez-la de nouveau à partir du {day} : une nouvelle période de publication commencera alors."
    ),
    "mail.ending.certificate": (
        "Elle prend fin avec votre certificat de sélection du Québec, qui expire le {day} : après ce jour, la candidature ne "
        "pourra pas être publiée de nouveau. Si vous avez reçu un autre certificat, saisissez-le dans votre compte : une fois "
        "que le ministère l’aura reconnu, la publication en suivra les dates."
    ),
    "mail.ended.subject": "La publication de votre candidature a pris fin le {day}",
    "mail.ended.body": (
        "La publication de votre candidature « {title} » a pris fin le {day}. Les employeurs ne la trouvent plus."
    ),
    "mail.ended.again": "Pour être visible de nouveau, publiez-la encore une fois. Rien de ce que vous avez écrit n’a été perdu.",
    "mail.ended.certificate": (
        "Votre certificat de sélection du Québec a expiré le {day} : la candidature ne peut donc pas être publiée de nouveau. "
        "Si vous avez reçu un autre certificat, saisissez-le dans votre compte."
    ),
    # résidence
    "mail.residence.reason": "Raison donnée : {reason}",
    "mail.residence.back": (
        "Si vous retournez habiter à l’étranger, déclarez-le dans votre compte. Une fois que ce sera confirmé, vous pourrez "
        "publier de nouveau."
    ),
    "mail.residence.deadline.quebec": "Retirer avant (heure du Québec)",
    "mail.residence.deadline.yours": "Retirer avant ({zone})",
    "mail.residence.opened.subject": "Retirez vos candidatures dans les 48 heures",
    "mail.residence.opened.DECLARED.QUEBEC": (
        "Vous avez déclaré habiter au Québec. Ce service s’adresse aux personnes qui habitent à l’extérieur du Canada."
    ),
    "mail.residence.opened.DECLARED.CANADA": (
        "Vous avez déclaré habiter au Canada. Ce service s’adresse aux personnes qui habitent à l’extérieur du Canada."
    ),
    "mail.residence.opened.REGISTRY.QUEBEC": (
        "Selon le ministère, vous habitez au Québec. Ce service s’adresse aux personnes qui habitent à l’extérieur du Canada."
    ),
    "mail.residence.opened.REGISTRY.CANADA": (
        "Selon le ministère, vous habitez au Canada. Ce service s’adresse aux personnes qui habitent à l’extérieur du Canada."
    ),
    "mail.residence.opened.AGENT.QUEBEC": (
        "Un agent du service a constaté que vous habitez au Québec. "
        "Ce service s’adresse aux personnes qui habitent à l’extérieur du Canada."
    ),
    "mail.residence.opened.AGENT.CANADA": (
        "Un agent du service a constaté que vous habitez au Canada. "
        "Ce service s’adresse aux personnes qui habitent à l’extérieur du Canada."
    ),
    "mail.residence.opened.ask": (
        "Dans les 48 heures, avant le moment indiqué plus bas, retirez toutes les candidatures que vous avez publiées."
    ),
    "mail.residence.opened.otherwise": (
        "Si l’une d’elles est encore publiée à ce moment, votre dossier sera désactivé : vos candidatures quitteront la "
        "recherche et vous ne pourrez plus ouvrir de session. Si vous les retirez à temps, votre dossier reste ouvert, mais vous "
        "ne pourrez pas publier tant que vous habiterez au Canada."
    ),
    "mail.residence.opened.declare": (
        "Si vous habitez à l’extérieur du Canada, déclarez-le dans votre compte. Si vous avez des questions, adressez-vous à "
        "l’organisme indiqué plus bas."
    ),
    "mail.residence.opened.wrong": (
        "Si c’est inexact, écrivez à l’organisme indiqué plus bas en joignant ce qui montre où vous habitez."
    ),
    "mail.residence.settled.subject": "Il ne vous reste rien à faire au sujet de votre lieu de résidence",
    "mail.residence.settled.body": "Vous n’avez aucune candidature publiée : la question de votre lieu de résidence est close.",
    "mail.residence.settled.meanwhile": "Tant que vous habitez au Canada, vous ne pouvez pas publier de candidature.",
    "mail.residence.deactivated.subject": "Votre dossier a été désactivé",
    "mail.residence.deactivated.body": (
        "L’une de vos candidatures était encore publiée le {deadline}, heure du Québec, à la fin du délai pour la retirer. "
        "Votre dossier a été désactivé."
    ),
    "mail.residence.deactivated.means": (
        "Vos candidatures ont quitté la recherche, vos alertes sont arrêtées, vos sessions sont terminées et vous ne pouvez "
        "plus en ouvrir."
    ),
    "mail.residence.deactivated.back": (
        "Si vous habitez à l’étranger, ou si c’est inexact, écrivez à l’organisme indiqué plus bas : un agent peut rouvrir votre "
        "dossier. Voici les étapes suivies, à l’heure du Québec :"
    ),
    "mail.residence.step.OPENED": "Avis donné",
    "mail.residence.step.FOUND_AGAIN": "Résidence au Canada signalée de nouveau",
    "mail.residence.step.EXTENDED": "Délai prolongé, parce que notre avis est parti en retard",
    "mail.residence.step.CANDIDACY_WITHDRAWN": "Candidature retirée",
    "mail.residence.step.NOTHING_PUBLISHED": "Clos : plus rien n’était publié",
    "mail.residence.step.DEACTIVATED": "Dossier désactivé",
    "mail.residence.step.MOVED_ABROAD": "Clos : résidence à l’étranger",
    "mail.residence.step.REOPENED": "Dossier rouvert par un agent",
    "mail.residence.returned.subject": "Vous pouvez publier de nouveau",
    "mail.residence.returned.body": (
        "Le registre du ministère confirme que vous habitez à l’extérieur du Canada. Vous pouvez publier vos candidatures de "
        "nouveau."
    ),
    "mail.residence.lifted.subject": "L’avis au sujet de votre lieu de résidence est retiré",
    "mail.residence.lifted.body": (
        "Un agent du service a constaté que vous habitez à l’extérieur du Canada. "
        "Plus rien ne vous est demandé au sujet de votre lieu de résidence."
    ),
    "mail.residence.lifted.publish": "Ce que vous avez publié le reste, et vous pouvez publier de nouveau.",
    "mail.residence.reopened.subject": "Votre dossier a été rouvert",
    "mail.residence.reopened.body": "Un agent du service a rouvert votre dossier.",
    "mail.residence.reopened.publish": (
        "Vos candidatures ont été conservées. Publiez de nouveau celles que les employeurs doivent trouver."
    ),
    # corrections du certificat
    "mail.correction.accepted.subject": "Votre certificat corrigé est accepté",
    "mail.correction.accepted.body": (
        "Le ministère a reconnu le certificat que vous avez corrigé. Si ses dates ont changé, la fin de vos publications a "
        "changé aussi : vous la voyez dans votre compte."
    ),
    "mail.correction.refused.subject": "Votre certificat corrigé n’a pas été accepté",
    "mail.correction.refused.body": (
        "Nous avons la réponse du ministère au sujet du certificat que vous avez corrigé. Voici ce qu’elle veut dire pour vous :"
    ),
    "mail.return.refused.subject": "Votre retour à l’étranger n’a pas été confirmé",
    "mail.return.refused.body": ("Vous avez déclaré habiter de nouveau à l’extérieur du Canada. Voici la réponse du ministère :"),
}
