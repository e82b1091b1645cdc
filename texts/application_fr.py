"""Ce qui est dit des demandes d’emploi, en français : les raisons, que l’API donne aussi, et les courriels."""

APPLICATIONS = {
    "application.candidate": "La personne candidate",
    "application.ended.OFFER_CLOSED": "L’offre d’emploi est fermée.",
    "application.ended.OFFER_REMOVED": "Le service a retiré l’offre.",
    "application.ended.CANDIDACY_WITHDRAWN": "Vous avez retiré la candidature avec laquelle vous aviez postulé.",
    "application.ended.FILE_ENDED": "Votre dossier n’est plus actif.",
    "application.declined.POSITION_FILLED": "Merci d’avoir postulé. Le poste a été pourvu par une autre personne.",
    "application.declined.EXPERIENCE": (
        "Merci d’avoir postulé. Pour ce poste, l’employeur recherche une autre expérience que la vôtre."
    ),
    "application.declined.EDUCATION": (
        "Merci d’avoir postulé. Pour ce poste, l’employeur recherche une autre formation que la vôtre."
    ),
    "application.declined.LANGUAGE": (
        "Merci d’avoir postulé. Ce poste demande d’autres niveaux de langue que ceux de votre candidature."
    ),
    "application.declined.SKILLS": (
        "Merci d’avoir postulé. Pour ce poste, l’employeur recherche d’autres compétences que celles de votre candidature."
    ),
    "application.declined.AVAILABILITY": (
        "Merci d’avoir postulé. Les dates ou les horaires de ce poste ne s’accordent pas avec vos disponibilités."
    ),
    "application.declined.OFFER_CANCELLED": (
        "Merci d’avoir postulé. L’employeur a renoncé à pourvoir ce poste : cela ne tient pas à votre candidature."
    ),
    "application.declined.OTHER": "Merci d’avoir postulé. L’employeur a décidé de ne pas donner suite à votre demande.",
    "mail.application.gone.subject": "Une demande d’emploi reçue pour l’une de vos offres n’existe plus",
    "mail.application.gone.body": (
        "Une personne qui avait postulé chez vous a quitté le service ou supprimé sa candidature : sa demande n’existe plus, ni "
        "ce qu’elle contenait."
    ),
    "mail.application.gone.next": "Effacez ce que vous en avez conservé, à moins qu’une loi n’en exige la conservation.",
    "mail.application.message": "Message de l’employeur",
    "mail.application.rest": "En voici {shown} sur {count}. Toutes sont dans votre compte.",
    "mail.application.account": "Vous pouvez lire tout ce qui les concerne dans votre compte.",
    "mail.application.candidate.many.subject": "Des nouvelles de {count} de vos demandes d’emploi",
    "mail.application.candidate.many.body": "Voici où en sont plusieurs de vos demandes d’emploi.",
    "mail.application.candidate.SUBMITTED.subject": "Votre demande d’emploi est envoyée : {offer}",
    "mail.application.candidate.SUBMITTED.body": "{employer} a reçu votre demande d’emploi pour « {offer} ».",
    "mail.application.candidate.SUBMITTED.next": (
        "Nous vous écrirons dès qu’elle avancera. Vous pouvez la suivre, ou la retirer, dans votre compte."
    ),
    "mail.application.candidate.UNDER_REVIEW.subject": "Votre demande d’emploi est à l’étude : {offer}",
    "mail.application.candidate.UNDER_REVIEW.body": "{employer} étudie votre demande d’emploi pour « {offer} ».",
    "mail.application.candidate.UNDER_REVIEW.next": "Vous n’avez rien à faire.",
    "mail.application.candidate.INTERVIEW.subject": "Invitation à une entrevue : {offer}",
    "mail.application.candidate.INTERVIEW.body": "{employer} souhaite vous rencontrer en entrevue pour « {offer} ».",
    "mail.application.candidate.INTERVIEW.next": (
        "L’employeur peut lire votre adresse courriel et votre numéro de téléphone tels qu’ils sont dans votre compte : "
        "tenez-les à jour."
    ),
    "mail.application.candidate.OFFERED.subject": "Le poste vous est offert : {offer}",
    "mail.application.candidate.OFFERED.body": "{employer} vous offre le poste « {offer} ».",
    "mail.application.candidate.OFFERED.next": (
        "Répondez à l’employeur après y avoir réfléchi. Si vous ne voulez pas du poste, retirez votre demande."
    ),
    "mail.application.candidate.HIRED.subject": "Le poste est à vous : {offer}",
    "mail.application.candidate.HIRED.body": "{employer} nous apprend votre embauche pour « {offer} ».",
    "mail.application.candidate.HIRED.next": "Toutes nos félicitations. Nous nous réjouissons avec vous.",
    "mail.application.candidate.DECLINED.subject": "Réponse à votre demande d’emploi : {offer}",
    "mail.application.candidate.DECLINED.body": (
        "{employer} a répondu à votre demande d’emploi pour « {offer} », et n’y donnera pas suite."
    ),
    "mail.application.candidate.DECLINED.next": (
        "D’autres offres peuvent vous convenir : vous pouvez en chercher et postuler à tout moment."
    ),
    "mail.application.candidate.WITHDRAWN.subject": "Votre demande d’emploi a été retirée : {offer}",
    "mail.application.candidate.WITHDRAWN.body": "Votre demande d’emploi pour « {offer} » chez {employer} a été retirée.",
    "mail.application.candidate.WITHDRAWN.next": "Si vous pensez qu’il s’agit d’une erreur, écrivez-nous.",
    "mail.application.candidate.CLOSED.subject": "Votre demande d’emploi est close : {offer}",
    "mail.application.candidate.CLOSED.body": "Votre demande d’emploi pour « {offer} » chez {employer} est close.",
    "mail.application.candidate.CLOSED.next": (
        "D’autres offres peuvent vous convenir : vous pouvez en chercher et postuler à tout moment."
    ),
    "mail.application.member.many.subject": "Des nouvelles de {count} demandes d’emploi",
    "mail.application.member.many.body": "Voici ce qu’il y a de nouveau dans les demandes pour vos offres d’emploi.",
    "mail.application.member.NEW.subject": "Nouvelle demande d’emploi pour « {offer} » : candidature {number}",
    "mail.application.member.NEW.body": "Une personne postule pour « {offer} » avec la candidature {number}.",
    "mail.application.member.NEW.next": (
        "Vous pouvez lire la demande, et de qui elle vient, dans votre compte, et y répondre là."
    ),
    "mail.application.member.NEW.many.subject": "{count} nouvelles demandes d’emploi",
    "mail.application.member.NEW.many.body": "Ces personnes postulent pour vos offres d’emploi.",
    "mail.application.member.WITHDRAWN.subject": "Demande d’emploi retirée pour « {offer} » : candidature {number}",
    "mail.application.member.WITHDRAWN.body": (
        "La demande d’emploi pour « {offer} » avec la candidature {number} a été retirée."
    ),
    "mail.application.member.WITHDRAWN.next": "Si la personne en a dit la raison, vous pouvez la lire dans votre compte.",
    "mail.application.member.CLOSED.subject": "Demande d’emploi close pour « {offer} » : candidature {number}",
    "mail.application.member.CLOSED.body": "La demande d’emploi pour « {offer} » avec la candidature {number} est close.",
    "mail.application.member.CLOSED.next": "Vous n’avez rien à faire. La personne en est avertie.",
    "mail.application.member.WAITING.subject": "Une demande d’emploi attend depuis 20 jours : candidature {number}",
    "mail.application.member.WAITING.body": (
        "Rien n’a changé depuis 20 jours dans la demande d’emploi pour « {offer} » avec la candidature {number}."
    ),
    "mail.application.member.WAITING.next": (
        "Une personne attend une réponse. Dites dans votre compte ce que devient la demande, même si c’est un refus."
    ),
    "mail.application.member.WAITING.many.subject": "{count} demandes d’emploi attendent depuis 20 jours",
    "mail.application.member.WAITING.many.body": (
        "Rien n’a changé depuis 20 jours dans ces demandes d’emploi. Des personnes attendent une réponse : dites dans votre "
        "compte ce que deviennent leurs demandes, même si c’est un refus."
    ),
}
