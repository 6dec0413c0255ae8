"""The windows for somebody new and for changing what is known of somebody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from data.errors import UserError
from data.records import Kind, Person, PersonLine, Source, Stage
from data.text import fold, one_line

from ..dialogs import AskLine, Choose, Field, Form, Option, Reading, Wrong

if TYPE_CHECKING:
    from ..people.screen import PeopleScreen

SOURCES = {
    Source.NETWORK: "network",
    Source.ALUMNI: "alumni",
    Source.ASSOCIATION: "association",
    Source.REFERRAL: "referral",
    Source.EVENT: "event",
    Source.COLD: "cold",
}
"""How somebody was found, as it is typed and shown."""

SHAPE = "Sam Okafor, PM @ Stripe via Priya Nair #fintech"


async def new_person(screen: PeopleScreen) -> str:
    """Add somebody in one line; their id, or "" if the user gave up."""
    from data.people import quick_add

    line = await screen.ask(
        AskLine(
            "New person",
            "One line, as much as you know: name, title @ company via whoever introduces you #tag",
            placeholder=SHAPE,
            read=read_new,
            joins=", ",
        )
    )
    if line is None:
        return ""
    added = quick_add.add(screen.desk.store, screen.desk.clock, line)
    screen.told(" ".join(quick_add.describe(added)))
    return added.person.id


def read_new(text: str) -> Reading:
    """How a line about somebody new is understood."""
    from data.people import quick_add

    try:
        read = quick_add.parse(text)
    except UserError as error:
        return Reading(False, str(error))
    role = " at ".join(part for part in (read.title, read.company) if part)
    parts = [read.name, role, f"via {read.via}" if read.via else "", *(f"#{tag}" for tag in read.tags)]
    return Reading(
        True, " · ".join(one_line(part) for part in (*parts, *read.emails, *read.phones, *read.links) if part)
    )


async def new_group(screen: PeopleScreen) -> str:
    """Add a group; its id, or "" if the user gave up."""
    from data.actions.people import add

    values = await screen.ask(
        Form(
            "New group",
            [
                Field("name", "Name", hint="Hanover design alumni"),
                Field("found", "Kind", "alumni", "alumni, association, event"),
                Field("page", "Page or mail", hint="where you reach it"),
                Field("tags", "Tags", hint="design berlin"),
            ],
            "A group is asked, it answers, and it brings you people: “whom do you know in …?”",
            check=_wrong_group,
        )
    )
    if values is None:
        return ""
    page = values["page"]
    person = add(
        screen.desk.store,
        screen.desk.clock,
        Person(
            id="",
            name=values["name"],
            kind=Kind.GROUP,
            source=_source(values["found"]) or Source.ALUMNI,
            emails=(page,) if "@" in page else (),
            links=(page,) if page and "@" not in page else (),
            tags=tuple(values["tags"].split()),
            stage=Stage.TO_ASK,
        ),
    )
    screen.told(f"Added {one_line(person.name[:60])}. Ask them whom they know with i.")
    return person.id


def _wrong_group(values: dict[str, str]) -> Wrong | None:
    if not values["name"]:
        return Wrong("name", "Type at least a name.")
    return _wrong_source(values["found"])


def _wrong_source(typed: str) -> Wrong | None:
    if typed and _source(typed) is None:
        return Wrong("found", f"“{one_line(typed[:40])}” is no way to find somebody: type {_listed()}.")
    return None


def _listed() -> str:
    *names, last = SOURCES.values()
    return f"{', '.join(names)} or {last}"


def _source(typed: str) -> Source | None:
    """The source of that name, or whose name begins so."""
    word = fold(typed)
    return next((source for source, name in SOURCES.items() if word and name.startswith(word)), None)


async def edit_person(screen: PeopleScreen, person: Person) -> None:
    """Change what is known of somebody."""
    from data.actions.people import edit_person as edit

    store = screen.desk.store
    introducer = store.get(Person, person.introduced_by) if person.introduced_by else None
    before = introducer.name if introducer is not None else ""
    others = [line for line in store.people() if line.id != person.id]
    values = await screen.ask(
        Form(
            f"Edit {one_line(person.name[:60])}",
            [
                Field("name", "Name", person.name),
                Field("title", "Title", person.title, "Head of Design"),
                Field("company", "Company", person.company),
                Field("fields", "Fields", ", ".join(person.fields), "design systems, research"),
                Field("location", "Place", person.location, "Berlin"),
                Field("zone", "Time zone", person.zone, "Europe/Berlin, or a city; empty if not known"),
                Field("emails", "Mail", ", ".join(person.emails), "several with commas"),
                Field("linkedin", "LinkedIn", person.linkedin, "linkedin.com/in/…"),
                Field("phones", "Phone", ", ".join(person.phones)),
                Field("found", "Found through", SOURCES[person.source], _listed()),
                Field("via", "Introduced by", before, "the name of somebody in your network"),
                Field("tags", "Tags", " ".join(person.tags), "design berlin"),
            ],
            check=lambda values: _wrong(values, others, before),
        )
    )
    if values is None:
        return
    via = person.introduced_by
    if fold(values["via"]) != fold(before):
        chosen = await _introducer(screen, values["via"], person.id)
        if chosen is None:
            return
        via = chosen
    edit(
        store,
        screen.desk.clock,
        person.id,
        seen=person,
        name=values["name"],
        title=values["title"],
        company=values["company"],
        fields=_items(values["fields"]),
        location=values["location"],
        zone=_zone(values["zone"]),
        emails=_items(values["emails"]),
        linkedin=values["linkedin"],
        phones=_items(values["phones"]),
        source=_source(values["found"]) or person.source,
        introduced_by=via,
        tags=tuple(values["tags"].split()),
    )
    screen.told(f"Changed {one_line(values['name'][:60])}.")


def _wrong(values: dict[str, str], people: Sequence[PersonLine], before: str) -> Wrong | None:
    """`people` are those who may have introduced them; who did `before` stays without a question."""
    from data.people.identities import normal_email, normal_url

    if not values["name"]:
        return Wrong("name", "A name is needed: type at least what you call them.")
    try:
        _zone(values["zone"])
    except UserError as error:
        return Wrong("zone", str(error))
    for email in _items(values["emails"]):
        if not normal_email(email):
            return Wrong(
                "emails", f"“{one_line(email[:60])}” is no mail address: it needs a name, an @ and a domain."
            )
    if values["linkedin"] and not normal_url(values["linkedin"]).startswith("linkedin.com/"):
        return Wrong("linkedin", "That is no LinkedIn page: paste its address from the browser.")
    if (wrong := _wrong_source(values["found"])) is not None:
        return wrong
    via = values["via"]
    if via and fold(via) != fold(before) and not _called(people, via):
        return Wrong("via", f"Nobody called “{one_line(via[:60])}” is in your network: add them first.")
    return None


def _zone(typed: str) -> str:
    from data.zones import find_zone

    return find_zone(typed) if typed else ""


def _items(text: str) -> tuple[str, ...]:
    return tuple(item for part in text.split(",") if (item := part.strip()))


async def _introducer(screen: PeopleScreen, name: str, besides: str) -> str | None:
    """The id of the person of that name, asked for where there are several; "" for nobody, None: given up."""
    if not name:
        return ""
    found = _called([line for line in screen.desk.store.people() if line.id != besides], name)
    if not found:
        raise UserError(f"Nobody called “{one_line(name[:60])}” is in your network any more.")
    if len(found) == 1:
        return found[0].id
    return await choose_person(screen, f"Which {one_line(name[:60])}?", found[:50])


def _called(people: Sequence[PersonLine], name: str) -> list[PersonLine]:
    """Those of that very name; else those whose names hold it."""
    wanted = fold(name)
    return [line for line in people if fold(line.name) == wanted] or [
        line for line in people if wanted in fold(line.name)
    ]


async def choose_person(screen: PeopleScreen, title: str, people: list[PersonLine]) -> str | None:
    """Let the user choose one of several people; None if they gave up."""
    options = [
        Option("", _told_apart(person, number), person.id, "") for number, person in enumerate(people, 1)
    ]
    return await screen.ask(Choose(title, options))


def _told_apart(person: PersonLine, number: int) -> str:
    role = " · ".join(part[:60] for part in (person.title, person.company) if part)
    return f"{number}  {person.name[:60]}" + (f"  {role}" if role else "")
