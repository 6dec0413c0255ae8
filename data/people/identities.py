"""Which addresses are somebody's: profile URLs and emails, brought into one form to compare them.

An identity is a string: an email (`maria@example.com`) or an address of a profile without its scheme
(`linkedin.com/in/maria-chen`). Two records that share one are the same person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import unquote

from msgspec import structs

from data.records import Person

_LINKEDIN = "linkedin.com"
_SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_HOST = re.compile(r"^(?=.{3,253}$)(?:[^\W_][\w-]*\.)+[^\W\d_][\w-]+\Z")
_UNFIT = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")
_ANGLED = re.compile(r"<([^<>]+)>\s*$")
_EMAIL = re.compile(r"^[^@\s<>()\[\],;:\\\"]+@[^@\s<>()\[\],;:\\\"/]+\Z")
# Hosts that show the same site: for phones, for a country, behind a tracking redirect.
_SAME_SITE = re.compile(r"^(?:www\d?|m|mobile|touch|amp)\.")
_PROFILES = frozenset(
    """
    about.me angel.co behance.net bsky.app dribbble.com facebook.com github.com gitlab.com instagram.com
    medium.com orcid.org stackoverflow.com threads.net twitter.com wellfound.com x.com xing.com
    """.split()  # noqa: SIM905 - easier to read than a list
)
_LONGEST = 2_000
"""Longer than any address that a browser takes; what is longer is text that looks like one."""


def normal_url(text: str) -> str:
    """A profile's address in its one form, or "" if `text` is no web address.

    Scheme, `www.`, mobile and country hosts, query, fragment and trailing slash don't matter;
    percent-encoding is undone. Of a LinkedIn profile only `/in/` and the name in it count, without case.
    """
    text = text.strip()
    return _normal_url(text) if text and len(text) <= _LONGEST else ""


@lru_cache(maxsize=1_024)
def _normal_url(text: str) -> str:
    # An import asks several times in a row about the same address.
    text = _SCHEME.sub("", text, count=1)
    address, _, query = text.partition("#")[0].partition("?")
    host, _, path = address.partition("/")
    host = host.partition(":")[0].rstrip(".").lower()
    host = _SAME_SITE.sub("", host)
    if not _HOST.match(host):  # So is what has a user's name in it: an email, or a trap.
        return ""
    path = _UNFIT.sub("", _decoded(path)).strip("/")
    if host == _LINKEDIN or host.endswith("." + _LINKEDIN):
        return _linkedin(path)
    query = _UNFIT.sub("", query)
    # Elsewhere the query may be what tells two people apart: profile.php?id=7.
    keep = f"?{query}" if query and re.search(r"(?:^|&)(?:id|user|u|p)=", query) else ""
    return f"{host}/{path}{keep}" if path or keep else host


def _decoded(path: str) -> str:
    for _ in range(2):  # Spreadsheets and mail programs encode a second time.
        if "%" not in path:
            break
        path = unquote(path, errors="replace")
    return path if path.isascii() else unicodedata.normalize("NFC", path)


def _linkedin(path: str) -> str:
    parts = [part for part in path.split("/") if part]
    if parts and parts[0].lower() == "mwlite":
        parts = parts[1:]
    if len(parts) >= 2 and parts[0].lower() == "in":
        return f"{_LINKEDIN}/in/{parts[1].casefold()}"
    return "/".join([_LINKEDIN, *parts]).casefold()


def is_linkedin(url: str) -> bool:
    """Whether a normalised address is a person's LinkedIn profile."""
    return url.startswith(_LINKEDIN + "/in/")


def normal_email(text: str) -> str:
    """An email address in its one form, or "" if `text` is none. `Maria <m@x.org>` and mailto: work."""
    text = text.strip()
    if len(text) > _LONGEST:
        return ""
    angled = _ANGLED.search(text)
    text = angled[1] if angled else text
    if text[:7].lower() == "mailto:":
        text = unquote(text[7:].partition("?")[0])
    text = text.strip().strip("'")
    if not _EMAIL.match(text) or _UNFIT.search(text):
        return ""
    return text.casefold() if text.isascii() else unicodedata.normalize("NFC", text).casefold()


def identity(text: str) -> str:
    """The identity that an email or a profile's address stands for; "" if it is neither.

    A web site is no identity: everybody who works there writes it down. Pages on sites of profiles are.
    """
    if "@" in text and (found := normal_email(text)):
        return found
    found = normal_url(text)
    host, _, path = found.partition("/")
    if host == _LINKEDIN:
        return found if path.startswith(("in/", "pub/")) else ""
    return found.casefold() if path and host in _PROFILES else ""


def identities(texts: Iterable[str]) -> tuple[str, ...]:
    """The identities in `texts`, each once, in order; what is none is left out."""
    return tuple(dict.fromkeys(found for text in texts if (found := identity(text))))


def identities_of(person: Person) -> tuple[str, ...]:
    """Every identity of a person: those kept from before, and those of today's addresses."""
    # What stands as somebody's LinkedIn address is theirs, also a group's or a school's page.
    linkedin = normal_url(person.linkedin)
    own = (linkedin,) if "/" in linkedin else ()
    return tuple(dict.fromkeys((*person.identities, *own, *identities((*person.emails, *person.links)))))


def identified(person: Person) -> Person:
    """The person with `identities` brought up to date; call it whenever an address was changed."""
    found = identities_of(person)
    return person if found == person.identities else structs.replace(person, identities=found)


def slug_name(url: str) -> str:
    """A name read from a LinkedIn address, for a profile of which nothing else is known; "" if none.

    `linkedin.com/in/maria-chen-4b2a91` gives "Maria Chen".
    """
    url = normal_url(url)
    if not is_linkedin(url):
        return ""
    words = [word for word in re.split(r"[-_.]+", url.rpartition("/")[2]) if word]
    if len(words) > 1 and any(char.isdigit() for char in words[-1]):
        words.pop()
    words = [word for word in words if not word.isdigit()]
    return " ".join(word[:1].upper() + word[1:] for word in words)
