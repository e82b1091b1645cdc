"""Le catalogue français : les refus par leur code, et les bureaux qui peuvent aider."""

from texts.office import Office

RECOURSES: dict[str, Office] = {
    "MINISTRY": {
        "organization": "Ministère de l’Immigration, service à la clientèle",
        "phone": "+1 514 864-9191",
        "email": None,
        "url": "https://www.quebec.ca/immigration",
        "hours": "Du lundi au vendredi, de 8 h à 17 h, heure du Québec",
    },
    "SERVICE": {
        "organization": "Placement en ligne",
        "phone": None,
        "email": "aide@example.org",
        "url": None,
        "hours": None,
    },
}

TEXTS = {
    # saisies
    "INVALID_INPUT": "Une partie de ce que vous avez saisi ne peut pas être utilisée. Chaque champ concerné est indiqué.",
    "REQUIRED": "Ce champ est obligatoire.",
    "ONE_OF_TWO": "Indiquez l’un des deux, et un seul.",
    "REQUIRED_TO_PUBLISH": "Ce champ doit être rempli avant la publication.",
    "TOO_LONG": "Le texte est trop long : au plus {most} caractères.",
    "TOO_MANY": "Il y a trop de valeurs : au plus {most}.",
    "UNFIT_CHARACTER": "Le texte contient un caractère qui ne peut pas être conservé, comme un caractère de contrôle.",
    "UNKNOWN_CODE": "Le code « {value} » est inconnu.",
    "OUT_OF_RANGE": "La valeur doit être comprise entre {least} et {most}.",
    "BELOW_MINIMUM": "Le maximum ne peut pas être inférieur au minimum.",
    "STATED_TWICE": "La même habileté d’une langue est indiquée plus d’une fois.",
    "NOT_AN_EMAIL": "Ceci n’est pas une adresse courriel.",
    "SAME_EMAIL": "C’est déjà l’adresse de votre compte.",
    "PASSWORD_LENGTH": "Un mot de passe compte de {least} à {most} caractères.",
    "NOT_A_NEQ": "Un numéro d’entreprise du Québec (NEQ) compte dix chiffres.",
    "NOT_A_WEB_ADDRESS": "L’adresse d’un site commence par http:// ou https://. Un exemple : https://example.org",
    "NOT_AN_HOUR": "Une heure du jour va de 0 à 23.",
    "NOT_A_TIME_ZONE": "Ce fuseau horaire est inconnu. Un exemple : America/Toronto.",
    "NOT_A_CERTIFICATE_NUMBER": "Ce numéro doit compter de 6 à 20 lettres et chiffres.",
    "EXPIRES_BEFORE_ISSUE": "La date d’expiration doit suivre la date de délivrance.",
    "ISSUED_IN_THE_FUTURE": "La date de délivrance ne peut pas être dans l’avenir.",
    "PROVINCE_REQUIRED": "Indiquez la province ou le territoire où vous habitez.",
    "TEXT_TOO_LONG": "Une recherche compte au plus {most} caractères.",
    "TOO_MANY_TERMS": "Une recherche compte au plus {most} mots.",
    "ONLY_EXCLUSIONS": "Ajoutez au moins un mot à chercher : cette recherche ne dit que ce qu’il faut écarter.",
    "NO_SEARCHABLE_WORD": "Aucun mot de cette recherche ne peut être cherché : trop courant ou trop court. Précisez-la.",
    "INVALID_STREAM_CURSOR": (
        "Aucun événement de ce flux n’a donné ce curseur. Abonnez-vous sans lui pour suivre ce qui vient à partir de maintenant."
    ),
    "INVALID_CURSOR": "Cet endroit de la liste n’est plus connu. Reprenez à la première page.",
    "PAGE_SIZE": "Une page compte de {least} à {most} éléments.",
    # qui demande
    "SIGN_IN_REQUIRED": "Ouvrez d’abord une session.",
    "NOT_FOR_THIS_ROLE": "Votre type de compte ne permet pas cette action.",
    "WRONG_CREDENTIALS": "L’adresse courriel ou le mot de passe est inexact.",
    "WRONG_PASSWORD": "Le mot de passe est inexact.",
    "TOKEN_INVALID": "Votre session n’est pas valide. Ouvrez une nouvelle session.",
    "TOKEN_EXPIRED": "Votre accès a expiré. Renouvelez-le ou ouvrez une nouvelle session.",
    "SESSION_ENDED": "Votre session est terminée. Ouvrez une nouvelle session.",
    "ACCOUNT_DEACTIVATED": "Votre dossier a été désactivé. La raison vous a été donnée par écrit.",
    "LINK_INVALID": "Ce lien n’est pas valide ou il a expiré.",
    "TOO_MANY_ATTEMPTS": "Il y a eu trop d’essais. Réessayez plus tard.",
    "TOO_BUSY": "Trop de personnes ouvrent une session en ce moment. Réessayez dans un instant.",
    "ONE_SIGN_IN": "Une requête ne peut ouvrir qu’une session.",
    "ONE_ESTIMATE": "Une requête ne peut demander qu’une estimation.",
    "ONE_REGISTRATION": "Une requête ne peut contenir qu’une inscription.",
    "ONE_ACCOUNT_ACT": "Une requête ne peut changer qu’un mot de passe ou qu’une adresse.",
    "IDEMPOTENCY_KEY_REUSED": "Cette clé d’idempotence a déjà servi pour une autre saisie.",
    "DELETED_SINCE": "Cette demande a déjà été exécutée, et ce qu’elle avait créé a été supprimé depuis.",
    # renseignements personnels
    "EXPORT_LOGS": (
        "Les journaux du service contiennent la méthode, la route, le statut et la durée de chaque requête, et l’identifiant des "
        "lignes dont le traitement a échoué. Ils ne contiennent ni nom, ni adresse, ni jeton, ni numéro de certificat : rien ne "
        "permet d’y retrouver une personne."
    ),
    "EXPORT_LEFT_OUT": (
        "Ne figurent pas ici : les empreintes de votre mot de passe et des jetons, le nom des personnes qui ont agi pour le "
        "service ou pour un employeur, et ce que le programme tire des données ci-dessus. Les tentatives sont comptées pendant "
        "un jour sous des noms que personne ne peut relire."
    ),
    # en général
    "NOT_FOUND": "Cet élément n’existe pas ou ne vous appartient pas.",
    "STALE_VERSION": "Cet élément a été modifié entre-temps. Rechargez-le, puis refaites votre changement.",
    "SEARCH_UNAVAILABLE": "La recherche ne répond pas en ce moment. Rien n’est perdu : réessayez dans un instant.",
    "REBUILD_UNDER_WAY": "L’index est déjà en reconstruction. Attendez qu’elle soit terminée.",
    # certificat et inscription
    "REFERENCE_NUMBER_NOT_ADMISSIBLE": (
        "Les numéros de référence individuels qui commencent par C ou NA ne permettent pas de s’inscrire à ce service."
    ),
    "NOT_RECOGNISED": (
        "Le ministère ne reconnaît pas ce certificat tel que vous l’avez saisi. "
        "Vérifiez les quatre valeurs ou communiquez avec le ministère."
    ),
    "NO_INVITATION_LETTER": (
        "Le ministère ne vous a pas envoyé de lettre d’invitation à ce service. Communiquez avec le ministère."
    ),
    "CERTIFICATE_EXPIRED": (
        "Votre certificat de sélection du Québec est expiré. Ce service exige un certificat valide aujourd’hui."
    ),
    "CERTIFICATE_ALREADY_USED": "Ce certificat sert déjà à un autre dossier. Un certificat ne sert qu’à un seul dossier.",
    "RESIDES_IN_QUEBEC": (
        "Ce service s’adresse aux personnes qui habitent à l’extérieur du Canada. "
        "Au Québec, d’autres services d’emploi vous sont offerts."
    ),
    "RESIDES_IN_CANADA": (
        "Ce service s’adresse aux personnes qui habitent à l’extérieur du Canada. "
        "Les services de votre province ou de votre territoire vous sont offerts."
    ),
    "CORRECTION_NOT_RECOGNISED": (
        "Le ministère ne reconnaît pas le certificat tel que vous l’avez corrigé. Les valeurs que vous aviez inscrites "
        "demeurent. Vérifiez les quatre valeurs ou communiquez avec le ministère."
    ),
    "CORRECTION_REFERENCE_NUMBER_NOT_ADMISSIBLE": (
        "Les numéros de référence individuels qui commencent par C ou NA ne peuvent pas servir à ce service. "
        "Les valeurs que vous aviez inscrites demeurent."
    ),
    "CORRECTION_NO_INVITATION_LETTER": (
        "Le ministère n’a pas envoyé de lettre d’invitation pour le certificat tel que vous l’avez corrigé. Les valeurs que vous "
        "aviez inscrites demeurent. Communiquez avec le ministère."
    ),
    "CORRECTION_CERTIFICATE_EXPIRED": (
        "Le certificat tel que vous l’avez corrigé est expiré. Les valeurs que vous aviez inscrites demeurent."
    ),
    "CORRECTION_CERTIFICATE_ALREADY_USED": (
        "Le certificat tel que vous l’avez corrigé sert déjà à un autre dossier. Les valeurs que vous aviez inscrites demeurent."
    ),
    "RESIDENCE_FOUND_BY_AGENT": (
        "Un agent a constaté que vous habitez au Canada. Écrivez-nous en joignant ce qui montre où vous habitez : "
        "un agent pourra l’inscrire."
    ),
    "FILE_NOT_STANDING": "Ce dossier n’est pas actif : aucun avis n’est à donner.",
    "RESIDES_ABROAD_ALREADY": (
        "Cette personne habite à l’étranger, à notre connaissance. Indiquez la province où sa résidence a été constatée."
    ),
    "RETURN_IS_REOPENED": "Pour inscrire que cette personne habite de nouveau à l’étranger, rouvrez le dossier (reopenFile).",
    "NOTHING_TO_REOPEN": "Ce dossier n’est pas désactivé, et la personne habite à l’étranger, à notre connaissance.",
    "REGISTRATION_PENDING": (
        "Votre inscription attend la réponse du ministère. Vous pouvez rédiger des brouillons ; "
        "nous vous écrirons dès que ce sera réglé."
    ),
    "REGISTRATION_NOTICE_GIVEN": (
        "Un avis vous a été donné au sujet de votre lieu de résidence. Rien ne peut être publié entre-temps."
    ),
    "REGISTRATION_DEACTIVATED": "Votre dossier a été désactivé. La raison vous a été donnée par écrit.",
    "REGISTRATION_CLOSED": "Votre inscription est fermée.",
    # candidatures et offres
    "ALREADY_PUBLISHED": "La publication est déjà faite.",
    "NOT_PUBLISHED": "Cet élément n’est pas publié.",
    "NOTICE_OPEN": "Vous avez reçu un avis au sujet de votre résidence : d’ici à ce qu’il soit réglé, rien ne se supprime.",
    "APPLICATION_STANDS": "Vous avez postulé ainsi : retirez d’abord ce qui est en cours. Ce qui a mené à une embauche reste.",
    "WITHDRAW_FIRST": "Cet élément est publié : retirez-le d’abord.",
    "NOT_A_DRAFT": "Seul un brouillon peut être publié. Créez une nouvelle offre.",
    "NOT_EDITABLE": "Cet élément ne peut plus être modifié.",
    "TOO_MANY_HIDDEN_EMPLOYERS": "Vous vous cachez déjà de {limit} employeurs : montrez-vous d’abord à l’un d’eux.",
    "TOO_MANY_CANDIDACIES": "Vous avez atteint la limite de {limit} candidatures.",
    # ce qui révèle qui est une personne
    "HAS_EMAIL": "Retirez l’adresse courriel « {piece} » (caractère {at}) : on n’apprend qui vous êtes qu’avec votre accord.",
    "HAS_TELEPHONE": "Retirez le téléphone « {piece} » (caractère {at}) : on n’apprend qui vous êtes qu’avec votre accord.",
    "HAS_LINK": "Retirez le lien « {piece} » (caractère {at}) : on n’apprend qui vous êtes qu’avec votre accord.",
    "NAME_WITH_LINK": "Un nom ne contient pas d’adresse de page.",
    "NAME_IN_CANDIDACY": "Ce nom figure dans un texte de votre candidature publiée {number} : retirez-le d’abord de là.",
    "TELEPHONE_IN_CANDIDACY": "Ce téléphone figure dans votre candidature publiée {number} : retirez-le d’abord de là.",
    "NUMBER_IN_CANDIDACY": "Un numéro de ce certificat figure dans votre candidature publiée {number} : retirez-le d’abord.",
    "HAS_CERTIFICATE_NUMBER": "Retirez le numéro de votre certificat (caractère {at}) : il n’est qu’à vous et au service.",
    "HAS_NAME": "Retirez votre nom « {piece} » (caractère {at}) : on n’apprend qui vous êtes qu’avec votre accord.",
    # entrer en contact
    "ALREADY_CONTACTED": "Vous avez déjà demandé à cette personne d’entrer en contact au sujet de cette offre.",
    "CONTACT_NOT_POSSIBLE": "Cet employeur est suspendu, ou son offre retirée : vous ne pouvez accepter ce contact.",
    "JOB_OFFER_NOT_OPEN": "Cette offre n’est pas ouverte : publiez-la d’abord.",
    "TOO_MANY_CONTACT_REQUESTS": "Un employeur peut envoyer {limit} demandes de contact par jour. Continuez demain.",
    "CONTACT_NOT_PENDING": "Cette demande n’attend plus de réponse.",
    "CONTACT_NOT_ACCEPTED": "Cette demande n’est pas acceptée : il n’y a pas de contact à terminer.",
    # demandes d’emploi
    "JOB_OFFER_ENDED": "Cette offre n’est pas ouverte : personne ne peut y postuler en ce moment.",
    "APPLY_OTHERWISE": "Cette offre ne reçoit pas de demandes par ce service. Comment postuler, selon l’employeur : {how}",
    "CANDIDACY_INCOMPLETE": (
        "Cette candidature n’a pas encore de titre ou de profession : complétez-la, puis postulez avec elle."
    ),
    "HIDDEN_FROM_EMPLOYER": (
        "Vous vous cachez de cet employeur. Postuler dit qui vous êtes : montrez-vous d’abord à lui, puis postulez."
    ),
    "DUPLICATE_APPLICATION": "Vous avez déjà postulé à cette offre avec cette candidature.",
    "TOO_MANY_APPLICATIONS": "Une personne peut envoyer {limit} demandes d’emploi par jour. Continuez demain.",
    "APPLICATION_STEP_NOT_POSSIBLE": (
        "Cela ne peut se faire dans l’état actuel de la demande. Rechargez-la pour voir ce qui est possible."
    ),
    "APPLICATION_OFFER_CLOSED": "L’offre a été fermée ou retirée : les demandes qu’elle a reçues le sont aussi.",
    # employeurs
    "EMPLOYER_NOT_AUTHENTICATED": "Votre entreprise attend d’être authentifiée par le service.",
    "EMPLOYER_REFUSED": "Le service n’a pas authentifié votre entreprise. Raison donnée : {reason}",
    "EMPLOYER_SUSPENDED": "Votre entreprise est suspendue. Raison donnée : {reason}",
    "ALREADY_AUTHENTICATED": "Cet employeur est déjà authentifié.",
    "ADDRESS_NOT_CONFIRMED": (
        "Personne de cet employeur n’a encore confirmé d’adresse courriel : elle peut être à n’importe qui. "
        "Authentifiez-le une fois que c’est fait."
    ),
    "NOT_AUTHENTICATED": "Cet employeur n’est pas authentifié.",
    "NOT_SUSPENDED": "Cet employeur n’est pas suspendu.",
    "RUNS_TOO_LONG": "Une offre dure au plus {limit} jours ; celle-ci en dure déjà {current}.",
    "TOO_MANY_OPEN_OFFERS": "Votre entreprise a {limit} offres ouvertes, le plus qu’on puisse avoir : fermez-en une d’abord.",
    "TOO_MANY_PUBLICATIONS": "Votre entreprise a publié {limit} offres en une heure, le plus qu’on puisse. Reprenez plus tard.",
    "ALREADY_REPORTED": "Vous avez déjà signalé cette offre.",
    "TOO_MANY_REPORTS": "On peut signaler {limit} offres par jour. Reprenez demain.",
    "REPORTED_SINCE": "L’offre a été signalée de nouveau depuis que vous l’avez lue. Lisez d’abord les nouveaux signalements.",
    "NOT_TO_REVIEW": "Cette offre n’attend pas d’examen.",
    "NOT_PENDING": "Cet employeur n’attend pas d’authentification.",
    "NEQ_TAKEN": "Un autre employeur qui a ce NEQ est authentifié : refusez celui-ci, ou suspendez d’abord l’autre.",
    "NEQ_LOOKS_WRONG": "Ce numéro ne ressemble pas à un NEQ : vérifiez-le au registre des entreprises.",
    # alertes
    "TOO_BROAD": (
        "Trop large : au cours des 30 derniers jours, il y aurait eu {current} résultats par jour. Une alerte ou une recherche "
        "enregistrée en donne au plus {limit} par jour, et celle qui n’écarte rien est refusée quoi qu’il en soit : précisez-la."
    ),
    "TOO_MANY_ALERTS": "Vous avez atteint la limite de {limit} alertes.",
    "TOO_MANY_SEARCHES": "Vous avez atteint la limite de {limit} recherches enregistrées.",
    "NAME_TAKEN": "Une autre de vos alertes ou recherches enregistrées porte ce nom.",
    "ALREADY_PAUSED": "La pause est déjà en cours.",
    "ALREADY_ON": "Elle est déjà active.",
}
