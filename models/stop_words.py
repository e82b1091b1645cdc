"""The words that carry no meaning in a search, one list for French and English together.

One list, because a document and a query must lose the same words whatever their language. It is short on purpose: a word
that names something in either language (car, son, est, it, us, sans) is not in it, however common it is in the other.
"""

_FRENCH = """
    au aux ce ces chez dans de des du elle elles en et il ils je la le les leur leurs lui ma me mes mon ne nos notre nous
    ou par pour qu que qui sa se ses sur te tu un une vers vos votre vous avec lorsqu puisqu
"""
_ENGLISH = "a an and are at be by for from he in into is my of on or our she that the their these they this to we with you your"

# What is left of elisions and contractions. C, R and the other letters that name a language, a class or a vitamin stay.
_LETTERS = "d e f h i j l ll m n s t ve y"

# The second halves of inclusive spellings: Un·e, vendeur(euse), infirmier/ère, technicien.ne.s.
_ENDINGS = "ere eres es euse euses iere ieres nes trice trices"

STOP_WORDS = frozenset(f"{_FRENCH} {_ENGLISH} {_LETTERS} {_ENDINGS}".split())
