"""Names: credentials taken off, initials, the parts that address books want."""

from __future__ import annotations

import re
from functools import lru_cache

from data.text import fold

_KNOWN = frozenset(
    """
    aca acca acp aia aicp aif ascp asq ba bba bcom beng bs bsc bsn cae capm cbap ccie ccna ccp ceng
    cfa cfe cfp chfc cia cima cipd cipp cisa cism cissp cka cma cmgr cmp cpa cphr cpim cpo cpp cqe
    crm csa cscp csm cspo cssbb dba dds dmd do dphil dr dvm edd eit emba esq facp facs fca fcca frcp
    frm gphr iapp itil jd lcsw leed llb llm lmft lpc lssbb ma mba mcom mcse md mdes med meng mfa mft
    mha mim mpa mph mphil mpp mrics ms msc mscs msed msn msw np ot pa pe peng pgce pgdip pgmp pharmd
    phd phr pmc pmi pmiacp pmp pos psm psmi psmii pspo psyd ra rba rd rdn rhia rn safe scpm sfc
    shrmcp shrmscp spc sphr ssbb ssgb ssm togaf
    """.split()  # noqa: SIM905 - easier to read than a list
)
_GENERATION = {"jr": "Jr.", "sr": "Sr.", "ii": "II", "iii": "III", "iv": "IV"}
_PRONOUNS = re.compile(r"^\(?\s*(?:she|he|they|ella|él|elle|il|sie|er)\s*/\s*[\w/ ]+\)?$", re.IGNORECASE)
_BRACKETED = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_BREAKS = re.compile(r"\s+[|•·–—-]\s+|\s*[|•]\s*")
_MARKS = str.maketrans("", "", ".®™©*’'- ")


def _bare(word: str) -> str:
    return word.translate(_MARKS).casefold()


def is_credential(text: str, *, listed: bool = False) -> bool:
    """Whether a piece of a name is a degree or certificate (`MBA`, `Ph.D.`, `SHRM-CP®`), not a name.

    `listed` takes those alone that are well known: where a role may stand too, CTO must not pass for one.
    """
    if _PRONOUNS.match(text.strip()):
        return True
    words = text.replace("/", " ").replace("&", " ").split()
    return bool(words) and len(words) <= 6 and all(_credential(word, listed) for word in words)


def _credential(word: str, listed: bool) -> bool:
    bare = _bare(word)
    if not bare or bare in _KNOWN or listed:
        return not bare or bare in _KNOWN
    if bare.isdigit():
        return True
    # Unknown letters in capitals are a certificate nobody listed; a name is not written like that.
    letters = word.translate(_MARKS)
    return 2 <= len(letters) <= 7 and letters.isascii() and letters.isalnum() and letters == letters.upper()


def without_credentials(name: str) -> str:
    """A name or surname without the degrees behind it: "Smith, MBA, PMP" → "Smith".

    A generation stays ("Smith Jr."); what is neither stays as it is ("Garcia, the writer").
    """
    name = " ".join(name.split())
    if name.isalpha():
        return name
    name = _BRACKETED.sub(lambda found: "" if is_credential(found[1]) else found[0], name).strip()
    head, *tail = (piece.strip() for piece in name.split(","))
    if not head:
        return name.strip(" ,")
    generation = ""
    shouted = head == head.upper()
    for piece in tail:
        if _bare(piece) in _GENERATION:
            generation = " " + _GENERATION[_bare(piece)]
        elif shouted and len(tail) == 1 and _bare(piece) not in _KNOWN:
            return name  # "SMITH, JOHN" is a name turned round.
        elif piece and not is_credential(piece):
            return name
    if tail:
        name = head + generation
    pieces = _BREAKS.split(name)
    if len(pieces) > 1 and pieces[0] and all(is_credential(piece) for piece in pieces[1:] if piece):
        name = pieces[0]
    words = name.split()
    while len(words) > 1 and words[-1].translate(_MARKS).isupper() and _bare(words[-1]) in _CLEAR:
        words.pop()
    if len(words) > 1 and _bare(words[-1]) in ("phd", "mba", "pmp"):
        words.pop()
    return " ".join(words)


# Those that are no surname anywhere, so that they may go without a comma before them.
_CLEAR = _KNOWN.difference("ma do ba ra pe ot rd md ms np pa med safe pos dr".split())  # noqa: SIM905


def full_name(given: str, family: str, middle: str = "") -> str:
    """The parts of a name as one line, degrees taken off."""
    parts = (without_credentials(given), " ".join(middle.split()), without_credentials(family))
    return " ".join(part for part in parts if part)


def split_name(name: str) -> tuple[str, str]:
    """(given names, family name) as address books want them; a single word is the given name."""
    words = name.split()
    if len(words) < 2:
        return name.strip(), ""
    at = len(words) - 1
    if _bare(words[-1]) in _GENERATION and len(words) > 2:
        at -= 1
    while at > 1 and words[at - 1].casefold() in _PARTICLES:
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])


_PARTICLES = frozenset(
    "van von der den de del della di da dos das du la le bin ibn al el zu zur ter ten".split()  # noqa: SIM905
)


# Letters that Unicode does not take apart, but people leave out when they type.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_NO_WORD = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """`text` folded for comparing and searching, letters with a stroke included: "Søren" → "soren"."""
    text = fold(text)
    return text if text.isascii() else text.translate(_PLAIN)


def same_words(text: str) -> str:
    """A name or company for comparing: its plain words, without signs: "O'Neil & Co." → "o neil co"."""
    return _same_words(text) if len(text) <= _USUAL else _NO_WORD.sub(" ", plain(text)).strip()


_USUAL = 200
"""Characters of a name or company that is worth remembering."""


@lru_cache(maxsize=4_096)
def _same_words(text: str) -> str:
    # Many work at the same company, and an import asks twice about each name.
    return _NO_WORD.sub(" ", plain(text)).strip()
