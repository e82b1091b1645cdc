"""Le catalogue français : ce que les exploitants lisent des importations."""

COMMANDS = {
    # what is wrong with a line
    "LINE_TOO_LONG": "Cette ligne est trop longue : au plus {most} octets.",
    "NOT_UTF8": "Cette ligne n’est pas en UTF-8.",
    "NOT_JSON": "Cette ligne n’est pas du JSON : {problem}",
    "NOT_AN_OBJECT": "Il faut un objet JSON.",
    "NOT_CSV": "Cette ligne n’est pas du CSV : {problem}",
    "NOT_A_ROW": "Cette ligne a {found} colonnes, la première en a {expected}.",
    "NOT_A_LIST": "Il faut une liste.",
    "NOT_A_TEXT": "Il faut un texte.",
    "NOT_A_WHOLE_NUMBER": "Il faut un nombre entier.",
    "NOT_A_NUMBER": "Il faut un nombre.",
    "NOT_YES_OR_NO": "Il faut true ou false.",
    "NOT_A_DAY": "Il faut un jour qui existe, par exemple 2026-05-01.",
    "NOT_ONE_OF": "Il faut une de ces valeurs : {choices}.",
    "UNKNOWN_FIELD": "Aucun champ ne porte ce nom.",
    "UNKNOWN_EMPLOYER_MEMBER": "Personne n’agit pour un employeur sous cette adresse : {email}",
    "UNKNOWN_CANDIDATE": "Personne n’est inscrit comme candidat sous cette adresse : {email}",
    # what is told of the whole
    "IMPORT_BAR": "importation",
    "IMPORT_BAD_LINE": "ligne {number} : {reason}",
    "IMPORT_SUMMARY": "nouvelles : {new}, modifiées : {changed}, inchangées : {unchanged}, refusées : {bad}",
    "IMPORT_BAD_LINES": "lignes refusées : {numbers}",
    "IMPORT_AND_MORE": "et {count} autres",
    "IMPORT_RELABELLED": "codes dont les libellés ont changé : {count}. Lancez `placement reindex` : la recherche les suivra.",
    "IMPORT_CODES_KNOWN": "Un service en marche les connaîtra dans les {seconds} secondes.",
}
