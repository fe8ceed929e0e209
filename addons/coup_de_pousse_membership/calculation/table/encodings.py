"""Tell the encoding of a text by what it gives: line by line, as a file may be glued together of several."""

import re
from contextlib import suppress
from typing import NamedTuple

from .table_rows import TableError

#: Letters by which French text betrays the 8-bit encoding it was written in.
FRENCH_LETTERS = frozenset("éèêëàâçîïôùûœÉÈÊËÀÂÇÎÏÔÙÛŒ°’«»€")
EIGHT_BIT_ENCODINGS = ("cp1252", "mac_roman", "cp850")
#: Letters of several bytes that were read one by one, in Windows' encoding or in that of the Macintosh.
_TWICE = (
    (
        "cp1252",
        re.compile(
            "[ÂÃ][\u0080-\u00bf\u0152-\u0178ƒˆ˜€™\u2013-\u203a]|â[€‚][\u0080-\u00bf\u0152-\u0178ˆ˜™€\u2013-\u203a]"
        ),
    ),
    ("mac_roman", re.compile("√[\u0080-\u03c0\u2013-\u25ca]|¬[∞†´ª]|‚Ä[\u0080-\u00ff\u2122]")),
)


class Decoded(NamedTuple):
    """A text, and how it was understood.

    :param notes: pairs of a code and its values: ``odd_encoding`` and ``encoded_twice``, which name lines.
    """

    text: str
    encoding: str
    notes: list


def decode(content):
    """Return the :class:`Decoded` text of a file.

    UTF-8 is strict enough to be its own proof, for the whole file or for each of its lines. What is not
    UTF-8 is one of the 8-bit encodings of Windows, of the Macintosh and of DOS: the one that gives most
    French letters is taken, Windows first.
    """
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return Decoded(*_decode_strictly(content, encoding), [])
    if b"\0" in content[:4000]:
        encoding = _utf16_without_mark(content[:4000])
        return Decoded(*_decode_strictly(content, encoding), [])
    name = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "utf-8"
    with suppress(UnicodeDecodeError):
        return _mend_twice(content.decode(name), name)
    return _decode_lines(content.removeprefix(b"\xef\xbb\xbf"), name)


def _decode_lines(content, name):
    """Read each line as UTF-8 where it is, and in the 8-bit encoding that suits the others."""
    lines = content.splitlines(keepends=True)
    odd = [number for number, line in enumerate(lines, 1) if not _is_utf8(line)]
    letters = b"".join(lines[number - 1] for number in odd).translate(None, delete=bytes(range(128)))
    encoding = max(EIGHT_BIT_ENCODINGS, key=lambda known: _french_score(letters.decode(known, "replace")))
    proven = sum(not line.isascii() and _is_utf8(line) for line in lines)
    mixed = any(_has_utf8(lines[number - 1]) for number in odd) and len(odd) <= proven
    if not proven and not mixed:
        return Decoded(content.decode(encoding, "replace"), encoding, [])
    told = {"lines": ", ".join(map(str, odd[:10])), "count": len(odd)}
    texts = [_read_line(line, encoding) for line in lines]
    decoded = _mend_twice("".join(texts), name)
    return decoded._replace(notes=[("odd_encoding", told), *decoded.notes])


def _is_utf8(line):
    with suppress(UnicodeDecodeError):
        line.decode()
        return True
    return False


_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def _has_utf8(line):
    return bool(_LETTER.search(line))


def _read_line(line, encoding):
    """Return the text of a line; where it has letters of UTF-8 and others, each as what it is."""
    if _is_utf8(line):
        return line.decode()
    if not _has_utf8(line):
        return line.decode(encoding, "replace")
    text, place = "", 0
    for letter in _LETTER.finditer(line):
        text += line[place : letter.start()].decode(encoding, "replace") + letter[0].decode("utf-8", "replace")
        place = letter.end()
    return text + line[place:].decode(encoding, "replace")


def _mend_twice(text, name):
    """Read again what was once read in a wrong encoding and saved so: "Ã©" is an "é"."""
    for encoding, pattern in _TWICE:
        found = pattern.search(text)
        if not found:
            continue
        corrected = pattern.sub(lambda match, known=encoding: _read_again(match[0], known), text)
        if corrected != text:
            line = text.count("\n", 0, found.start()) + 1
            return Decoded(corrected, name, [("encoded_twice", {"line": line, "value": found[0]})])
    return Decoded(text, name, [])


def _read_again(text, encoding):
    with suppress(UnicodeError):
        return b"".join(_one_byte(letter, encoding) for letter in text).decode()
    return text


def _one_byte(letter, encoding):
    # The five codes that Windows leaves empty are kept as they are.
    try:
        return letter.encode(encoding)
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def _decode_strictly(content, encoding):
    try:
        return content.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise TableError("damaged") from error


def _utf16_without_mark(start):
    """Return the byte order, by where the zero bytes of plain letters stand."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) < len(start) // 5 or min(even, odd) > len(start) // 20:
        raise TableError("binary")
    return "utf-16-le" if odd > even else "utf-16-be"


def _french_score(letters):
    counted = [letter for letter in letters if letter != "\u00a0"]
    return sum(1 if letter in FRENCH_LETTERS else -1 for letter in counted)
