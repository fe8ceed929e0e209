"""An amount in words, as on a cheque or a deposit slip."""

import re

from num2words import num2words

_NO_CENTS = re.compile(r"(?:,| et) z[eé]ro (?:cents|centimes?)$")


def amount_in_words(amount, currency, lang):
    """Return an amount in words: ``cent vingt euros et cinq centimes``.

    :param amount: in units of the currency (290.0 is two hundred and ninety).
    :param currency: its code, such as ``EUR``.
    :param lang: ISO code of the language, such as ``fr``; English where it is not known.
    """
    try:
        # A whole number given as int would be taken for cents.
        words = num2words(float(amount), to="currency", currency=currency, lang=lang)
    except NotImplementedError:
        return f"{num2words(float(amount), lang='en')} {currency}"
    return _NO_CENTS.sub("", words)
