"""What both sides read of applications, in French."""

APPLYING = {
    "application.candidate": "La personne candidate",
    "application.ended.OFFER_CLOSED": "L’employeur a fermé son offre.",
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
        "Une personne qui avait postulé chez vous a quitté le service : sa demande n’existe plus, ni ce qu’elle contenait."
    ),
    "mail.application.gone.next": "Effacez ce que vous en avez conservé, à moins qu’une loi n’en exige la conservation.",
}
