"""The English catalogue: what operators read of imports."""

COMMANDS = {
    # what is wrong with a line
    "LINE_TOO_LONG": "This line is too long: at most {most} bytes.",
    "NOT_UTF8": "This line is not UTF-8.",
    "NOT_JSON": "This line is not JSON: {problem}",
    "NOT_AN_OBJECT": "This must be a JSON object.",
    "NOT_CSV": "This line is not CSV: {problem}",
    "NOT_A_ROW": "This line has {found} columns where the first one has {expected}.",
    "NOT_A_LIST": "This must be a list.",
    "NOT_A_TEXT": "This must be a text.",
    "NOT_A_WHOLE_NUMBER": "This must be a whole number.",
    "NOT_A_NUMBER": "This must be a number.",
    "NOT_YES_OR_NO": "This must be true or false.",
    "NOT_A_DAY": "This must be a day that exists, such as 2026-05-01.",
    "NOT_ONE_OF": "This must be one of {choices}.",
    "UNKNOWN_FIELD": "No field has this name.",
    "UNKNOWN_EMPLOYER_MEMBER": "Nobody acts for an employer under this address: {email}",
    "UNKNOWN_CANDIDATE": "No candidate has this address: {email}",
    # what is told of the whole
    "IMPORT_BAR": "importing",
    "IMPORT_BAD_LINE": "line {number}: {reason}",
    "IMPORT_SUMMARY": "{new} new, {changed} changed, {unchanged} unchanged, {bad} bad",
    "IMPORT_BAD_LINES": "bad lines: {numbers}",
    "IMPORT_AND_MORE": "and {count} more",
    "IMPORT_RELABELLED": "codes whose labels have changed: {count}. Run `placement reindex`: then the search follows them.",
    "IMPORT_CODES_KNOWN": "A service that is running knows them within {seconds} seconds.",
}
