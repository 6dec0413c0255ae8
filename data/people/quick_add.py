"""Somebody new in one line: `NAME[, TITLE @ COMPANY][ via PERSON][ #tag …]`.

A name that holds a comma or the word "via" goes in double quotes. The word "at" does for the "@". An email,
a profile's address or a phone number anywhere in the line is kept as that person's.
"""

from __future__ import annotations

import re

from msgspec import Struct, structs

from data.clock import Clock
from data.errors import UserError
from data.people.identities import identified, identities_of, identity, is_linkedin, normal_email
from data.people.names import is_credential, same_words, without_credentials
from data.people.namesakes import known_as, with_word
from data.records import Person, PersonLine, Source, Stage, new_id
from data.store import Reader, Store
from data.text import short
from data.vocabulary import LABELS

SHAPE = "NAME, TITLE @ COMPANY via PERSON #tag"
"""What can be typed, for help lines and sentences."""

_QUOTED = re.compile(r"^[\"“”„]([^\"“”„]+)[\"“”„]\s*,?\s*")
_TAG = re.compile(r"(?<!\S)#(?=[\w-]*[^\W\d_])([\w-]+)")
_VIA = re.compile(r"(?<=\s)via\s+(?=\S)", re.IGNORECASE)
_AT = re.compile(r"(?:^|(?<=[\s,]))@\s*")
_AT_WORD = re.compile(r"(?<=\S\s)at\s+(?=\S)")
_PHONE = re.compile(r"(?<![\w+])(?:\+|0)[0-9](?:[ ()./-]{0,3}[0-9]){5,}(?!\w)")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+")


class QuickAddError(UserError):
    """A line that names nobody, or somebody of whom there are several; the text says what to type."""


class QuickAdd(Struct, frozen=True, kw_only=True):
    """What was read from the line. `via_company` tells two introducers of one name apart."""

    name: str
    title: str = ""
    company: str = ""
    via: str = ""
    via_company: str = ""
    tags: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


class Added(Struct, frozen=True, kw_only=True):
    """Who was added. `known` says that they were in the network before, `namesake` who else of that name is
    and may be the same, `introducer` who introduced them, and `new_introducer` that this one was not known
    until now."""

    person: Person
    known: bool = False
    namesake: PersonLine | None = None
    introducer: Person | None = None
    new_introducer: bool = False


def parse(text: str) -> QuickAdd:
    """Read the line. Raises QuickAddError if it holds no name."""
    text = _UNSEEN.sub(" ", text).strip()
    tags = tuple(dict.fromkeys(_TAG.findall(text)))
    text = _TAG.sub("", text)
    text, emails, links = _addresses(text)
    phones = tuple(dict.fromkeys(_PHONE.findall(text)))
    if phones:
        text = re.sub(r"\s*,(?:\s*,)+", ",", _PHONE.sub(" ", text))
    via = ""
    quoted = _QUOTED.match(text)
    if quoted:
        name, rest = quoted[1], " " + text[quoted.end() :]
        rest, via = _via(rest)
    else:
        text, via = _via(text)
        name, rest = _split_name(text)
    title, company = _split_role(rest)
    via, via_company = _introducer(via)
    name = without_credentials(name)
    if name.startswith("via ") or not any(char.isalnum() for char in name):
        raise QuickAddError(f"Type a name first, like this: {SHAPE}.")
    return QuickAdd(
        name=name,
        title=title,
        company=company,
        via=via,
        via_company=via_company,
        tags=tags,
        emails=emails,
        links=links,
        phones=phones,
    )


def _addresses(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    kept: list[str] = []
    emails: list[str] = []
    links: list[str] = []
    for word in text.split(" "):
        bare = word.strip("<>(),;")
        email = normal_email(bare) if "@" in bare else ""
        if email:
            emails.append(bare.removeprefix("mailto:"))
        elif "/" in bare and identity(bare):
            links.append(bare)
        else:
            kept.append(word)
            continue
        if word.endswith(",") and kept:
            kept[-1] = kept[-1].rstrip(",") + ","
    return " ".join(word for word in kept if word), tuple(emails), tuple(links)


def _via(text: str) -> tuple[str, str]:
    """(the rest, the introducer): the last `via` with a word before and behind it counts."""
    found = list(_VIA.finditer(text))
    if not found:
        return text, ""
    head, via = text[: found[-1].start()], text[found[-1].end() :]
    if "," not in head and not _AT.search(head) and "," in via:
        # "Sam Okafor via Priya Nair, PM @ Stripe": the role came last.
        via, _, role = via.partition(",")
        head = f"{head.rstrip()}, {role}"
    return head, via.strip(" ,")


def _split_name(text: str) -> tuple[str, str]:
    name, *pieces = text.split(",")
    while pieces and is_credential(pieces[0], listed=True) and not _AT.search(pieces[0]):
        name += "," + pieces.pop(0)
    at = _AT.search(name) if _AT.search(text) else _where(name)
    if at:  # "Sam Okafor @ Stripe": no role, only where.
        return name[: at.start()], ",".join((f"@ {name[at.end() :]}", *pieces))
    return name, ",".join(pieces)


def _split_role(text: str) -> tuple[str, str]:
    text = text.strip(" ,")
    at = _where(text)
    if at is None:
        return text, ""
    return text[: at.start()].strip(" ,"), text[at.end() :].strip(" ,")


def _where(text: str) -> re.Match[str] | None:
    """The sign before the company: the first "@", or where there is none the last "at"."""
    return _AT.search(text) or next(reversed(list(_AT_WORD.finditer(text))), None)


def _introducer(via: str) -> tuple[str, str]:
    at = _AT.search(via)
    name, company = (via[: at.start()], via[at.end() :]) if at else (via, "")
    return name.strip(' ,"“”„'), company.strip(" ,")


def add(store: Store, clock: Clock, text: str) -> Added:
    """Add somebody from one line, to be asked. One transaction.

    Somebody already known (one of their addresses; or the name and the company; or the name alone of
    somebody not on the board, where the line gives no company) is not added twice: from the network they
    come into *To ask*, elsewhere they stay, and what was not known of them is filled in. The introducer
    is found by name, a part of it will do; one who isn't known yet is added to the network. Raises
    QuickAddError where the line names nobody, or an introducer of whom there are several.
    """
    read = parse(text)
    with store.transaction(f"Added {short(read.name)}") as tx:
        known = _known(tx, read)
        introducer = find_introducer(tx, read, besides=known)
        new_introducer = None
        if read.via and introducer is None:
            new_introducer = introducer = tx.put(
                Person(id=new_id(), name=read.via, company=read.via_company, created=clock.now())
            )
        namesake = None if known or read.company else _namesake(tx, read.name)
        person = known or Person(
            id=new_id(),
            name=read.name,
            source=Source.REFERRAL if introducer else Source.NETWORK,
            created=clock.now(),
        )
        person = _filled(person, read)
        if known:
            tx.title = f"Added to what is known of {short(person.name)}"
        if introducer and not person.introduced_by and not _leads_to(tx, introducer, person.id):
            person = structs.replace(person, introduced_by=introducer.id, source=Source.REFERRAL)
        if person.stage is Stage.NETWORK:
            person = structs.replace(person, stage=Stage.TO_ASK, stage_since=clock.now())
            tx.title = tx.title if known is None else f"Moved {short(person.name)} to {LABELS[Stage.TO_ASK]}"
        tx.put(person)
    return Added(
        person=person,
        known=known is not None,
        namesake=namesake,
        introducer=introducer,
        new_introducer=new_introducer is not None,
    )


def _filled(person: Person, read: QuickAdd) -> Person:
    linkedin = next((link for link in read.links if is_linkedin(identity(link))), "")
    others = tuple(link for link in read.links if link != linkedin)
    had = set(identities_of(person))
    numbers = {_digits(phone) for phone in person.phones}
    return identified(
        structs.replace(
            person,
            title=person.title or read.title,
            company=person.company or read.company,
            linkedin=person.linkedin or linkedin,
            emails=person.emails + tuple(email for email in read.emails if normal_email(email) not in had),
            phones=person.phones + tuple(phone for phone in read.phones if _digits(phone) not in numbers),
            links=person.links + tuple(link for link in others if identity(link) not in had),
            tags=tuple(dict.fromkeys((*person.tags, *read.tags))),
        )
    )


def _digits(phone: str) -> str:
    return re.sub(r"[^0-9+]", "", phone)


def _namesake(reader: Reader, name: str) -> PersonLine | None:
    """Somebody of that name, where the line doesn't say enough to tell whether it is the same person."""
    wanted = same_words(name)
    people = with_word(reader.people(), wanted)
    return next((line for line in people if same_words(line.name) == wanted), None)


def _known(reader: Reader, read: QuickAdd) -> Person | None:
    wanted = {found for text in (*read.emails, *read.links) if (found := identity(text))}
    people = reader.people()
    if wanted:
        for line in people:
            if wanted.intersection(identity(text) for text in (*line.emails, line.linkedin) if text):
                return reader.get(Person, line.id)
    same = known_as(people, read.name, read.company)
    return reader.get(Person, same.id) if same is not None else None


def find_introducer(reader: Reader, read: QuickAdd, besides: Person | None = None) -> Person | None:
    """The person whom `via` names, or None if nobody is called that.

    The whole name counts before a part of it, people whom the user has dealt with before the mere
    network. Raises QuickAddError if several are left.
    """
    wanted, company = same_words(read.via), same_words(read.via_company)
    if not wanted:
        return None
    people = [
        line
        for line in with_word(reader.people(), wanted)
        if (besides is None or line.id != besides.id)
        and (not company or f" {company} " in f" {same_words(line.company)} ")
    ]
    whole = [line for line in people if same_words(line.name) == wanted]
    found = whole or [line for line in people if set(wanted.split()) <= set(same_words(line.name).split())]
    dealt_with = [line for line in found if line.stage is not Stage.NETWORK]
    found = dealt_with if len(dealt_with) == 1 else found
    if len(found) > 1:
        raise QuickAddError(_several(read.via, found))
    return reader.get(Person, found[0].id) if found else None


def _several(name: str, found: list[PersonLine]) -> str:
    companies = list(dict.fromkeys(line.company for line in found if line.company))
    if len(companies) < 2:
        return (
            f"There are {len(found)} people called {name}: leave out the “via”, and choose who it was later."
        )
    shown = ", ".join(companies[:3]) + (", …" if len(companies) > 3 else "")
    return (
        f"There are {len(found)} people called {name} ({shown}): "
        f"type the company too, like via {name} @ {companies[0]}."
    )


def _leads_to(reader: Reader, person: Person, id: str) -> bool:
    """Whether following who introduced whom from `person` comes to `id`; there are no circles."""
    seen: set[str] = set()
    step: Person | None = person
    while step is not None and step.id not in seen:
        if step.id == id:
            return True
        seen.add(step.id)
        step = reader.get(Person, step.introduced_by) if step.introduced_by else None
    return False


def describe(added: Added) -> list[str]:
    """Sentences for the user about what `add` did."""
    name, stage = short(added.person.name), LABELS[added.person.stage]
    said = [f"{name} was in your network already, now under {stage}." if added.known else f"Added {name}."]
    if (other := added.namesake) is not None:
        where = ", ".join(part for part in (short(other.company), f"under {LABELS[other.stage]}") if part)
        said.append(
            f"Another {short(other.name)} ({where}) is in your network: if it is the same person, undo this, "
            "or make one of the two in Duplicates."
        )
    if added.introducer is not None:
        if added.person.introduced_by != added.introducer.id:
            said.append(f"Who introduced {name} stays as it was.")
        elif added.new_introducer:
            said.append(f"{short(added.introducer.name)}, who introduced {name}, is new in your network.")
        else:
            said.append(f"Introduced by {short(added.introducer.name)}.")
    return said
