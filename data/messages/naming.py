"""How one addresses somebody: the first name out of a full one, and lists of names in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.text import fold, one_line

_TITLES = frozenset(
    "dr prof professor mr mrs ms miss mx sir dame herr frau ing dipl-ing mag sr sra don dona m mme".split()  # noqa: SIM905
)
_LONGEST = 60


def clean(text: str, longest: int = 240) -> str:
    """Text of others, fit for a message: one line, nothing that a terminal or a mail header obeys."""
    line = " ".join(one_line(text[: longest * 4]).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def first_name(name: str) -> str:
    """What one calls them: "Dr. Maria Chen" → "Maria", "Chen, Maria" → "Maria", "王小明" as it is.

    A lone initial keeps the next name: "J. Robert Oppen" → "J. Robert". Empty if there is no letter.
    """
    line = clean(name, 200)
    last, comma, rest = line.partition(",")
    turned = comma and rest.strip() and " " not in last.strip() and not _is_credential(rest)
    line = rest if turned else last
    words = [word for word in line.split() if any(char.isalpha() for char in word)]
    while len(words) > 1 and fold(words[0]).strip(".") in _TITLES:
        words.pop(0)
    if not words:
        return ""
    count = 2 if len(words) > 2 and len(words[0].strip(".")) == 1 else 1
    found = " ".join(_cased(word) for word in words[:count]).strip("()\"'“”,;:")
    return found if len(found) <= _LONGEST else found[: _LONGEST - 1] + "…"


def _is_credential(text: str) -> bool:
    """Whether what stands behind a comma is a degree ("MBA", "Ph.D.") rather than a first name."""
    words = text.replace(",", " ").split()
    return all(word.replace(".", "").isupper() or "." in word.strip(".") for word in words)


def _cased(word: str) -> str:
    if len(word) > 2 and word.isascii() and (word.isupper() or word.islower()) and word.isalpha():
        return word.capitalize()
    return word


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: "A", "A and B", "A, B and C"; more than four as "A, B, C and others"."""
    if len(names) > 4:
        names = [*names[:3], "others"]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def words_said(text: str, longest: int = 240) -> str:
    """Noted words, ready to stand in quotation marks: no quotes around them, no full stop at the end."""
    return clean(text, longest).strip('"“”„‟«» ').rstrip(" .;,:") if text else ""


def sentence(text: str, longest: int = 400) -> str:
    """Noted words as a sentence of their own: with a full stop if nothing else ends it."""
    line = clean(text, longest).rstrip(" ;,:")
    return line if not line or line[-1] in ".!?…”" else line + "."


def to_you(words: str) -> str:
    """A promise noted about somebody, said to them: "send her the article" → "send you the article"."""
    return re.sub(r"^(\w+) (?:him|her|them)\b", r"\1 you", words, count=1)


_TO_DO = frozenset(
    "send share forward mail email write tell give show lend bring introduce connect call ask invite "  # noqa: SIM905
    "help let look read check put find get make keep try come visit meet pass translate review test".split()
)


def promised(words: str) -> str:
    """A promise behind "I promised": `to send you the article` where it is noted as something to do, else
    the noted words themselves: `you: “the article on tokens”`. Empty if there is none."""
    words = to_you(words)
    if not words:
        return ""
    first, _, rest = words.partition(" ")
    if rest and first.lower() in _TO_DO:
        return f"to {first.lower()} {rest}"
    if rest and first.lower() == "to":
        return f"to {rest}"
    return f"you: “{words}”"
