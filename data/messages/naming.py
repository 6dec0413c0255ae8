"""How one addresses somebody: the first name out of a full one, and lists of names in a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.people.names import is_credential
from data.text import fold, one_line

_TITLES = frozenset(
    "dr prof professor mr mrs ms miss mx sir dame herr frau ing dipl-ing mag sr sra don dona m mme"  # noqa: SIM905
    " rev hon capt eng".split()
)
_PARTICLES = frozenset("van von de der den del della di da dos du la le bin al el ten ter zu zur".split())  # noqa: SIM905
_FAMILY_FIRST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff·・]+")
"""Chinese, Japanese and Korean: the family name stands first, and alone it is no way to greet anybody."""
_LONGEST = 60


def clean(text: str, longest: int = 240) -> str:
    """Text of others, fit for a message: one line, nothing that a terminal or a mail header obeys."""
    line = " ".join(one_line(text[: longest * 4]).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def first_name(name: str) -> str:
    """What one calls them: "Dr. Maria Chen" → "Maria", "Chen, Maria" → "Maria", "李 小龙" as it is.

    Lone initials keep the next name: "J. Robert Oppen" → "J. Robert". Of a title and a single name both
    stay: "Dr. Chen". Empty if there is no letter, or an address instead of a name.
    """
    line = clean(name, 200)
    last, comma, rest = line.partition(",")
    line = rest if comma and _turned(last.strip(), rest.strip()) else last
    words = [word for word in line.split() if "@" not in word and any(char.isalpha() for char in word)]
    if not words:
        return ""
    titles = 0
    while titles < len(words) - 1 and _is_title(words[titles]):
        titles += 1
    named = words[titles:]
    if all(_FAMILY_FIRST.fullmatch(word) for word in named):
        words = named
    elif titles and len(named) == 1:
        words = words[titles - 1 :]
    else:
        words = named[: _called(named)]
    found = " ".join(_cased(word) for word in words).strip("()\"'“”,;:")
    return found if len(found) <= _LONGEST else found[: _LONGEST - 1] + "…"


def _turned(last: str, rest: str) -> bool:
    """Whether the family name stands before the comma: "Chen, Maria", "van der Berg, Jan", "SMITH, JOHN"."""
    if not last or not rest:
        return bool(rest)
    if last.isupper() and rest.isupper():
        return " " not in last and not is_credential(rest, listed=True)
    family = last.split()
    return (len(family) == 1 or fold(family[0]) in _PARTICLES) and not _is_credential(rest)


def _is_title(word: str) -> bool:
    """Whether a word before a name is a title: a known one, or any that is cut short ("Rev.", "Capt.")."""
    cut = word.endswith(".") and len(word) > 2 and word[:-1].isalpha() and not word.isupper()
    return cut or fold(word).replace(".", "") in _TITLES


def _called(names: list[str]) -> int:
    """How many of the names one calls somebody by: the first, and with initials those and the next."""
    initials = 0
    while initials < len(names) and len(names[initials].strip(".")) == 1:
        initials += 1
    if initials == len(names):
        return 1
    return initials + 1 if len(names) - initials > 1 else max(1, initials)


_NO_EMPLOYER = frozenset(
    """self-employed; self employed; selfemployed; freelance; freelancer; freelancing; independent; n/a; na;
    none; unemployed; stealth; stealth startup; stealth mode; stealth mode startup; confidential; retired;
    student; looking for work; open to work; seeking opportunities; looking for opportunities; various; tbd;
    career break; between jobs""".replace("\n", " ").split("; ")
)
_NO_TITLE = re.compile(
    r"(?:open|looking|seeking|searching|in search|available|unemployed|retired|student|between|career break"
    r"|aspiring|actively|n/?a|none|tbd)\b",
    re.I,
)


def employer(company: str, longest: int = 80) -> str:
    """A company's name, fit to stand behind "at"; empty for what people write who have none."""
    found = clean(company, longest)
    bare = " ".join(fold(found).split()).strip(" .!")
    return "" if bare in _NO_EMPLOYER or not any(char.isalnum() for char in found) else found


def job_title(title: str, company: str = "") -> str:
    """A title, fit to stand behind "your work as": without the employer in it where `company` says that.

    Empty for what is none: "Open to work", "Student", signs alone.
    """
    found = clean(title, 200).partition("|")[0].partition(" • ")[0]
    if company:
        found = re.split(r"\s+(?:at|@)\s+", found, maxsplit=1)[0]
    found = found.strip(" .,;:!•·-–—")
    if not any(char.isalpha() for char in found) or "?" in found or _NO_TITLE.match(found):
        return ""
    return "" if found.casefold() in _NO_EMPLOYER else found


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
