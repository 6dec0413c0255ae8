"""What actions put into their transaction: a new person as checked, a meeting called off."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from data.actions.common import the_person
from data.clock import Clock
from data.errors import UserError
from data.followups import engine
from data.followups.events import CalledOff, TierChanged
from data.meetings.times import starts_at
from data.people.identities import identified, normal_email, normal_url
from data.records import Kind, Meeting, MeetingStatus, Person, Tier, new_id
from data.store import Reader, Transaction
from data.text import short


def put_new(tx: Transaction, clock: Clock, person: Person) -> Person:
    """`add` inside another action's transaction."""
    new = replace(
        checked(person),
        id=person.id or new_id(),
        created=person.created or clock.now(),
        stage_since=person.stage_since or clock.now(),
        tier=Tier.NONE if person.kind is Kind.GROUP else person.tier,
    )
    if new.introduced_by:
        the_person(tx, new.introduced_by)
        no_circle(tx, new)
    new = tx.put(identified(new))
    if new.tier is not Tier.NONE:
        engine.apply(tx, TierChanged(person=new.id), clock)
    return new


def checked(person: Person, before: Person | None = None) -> Person:
    """The person with name, addresses and tags trimmed; what did not change since `before` may stay.

    Raises UserError (one sentence) for an empty name, or an address that is none.
    """
    name = " ".join(person.name.split())
    if not name:
        raise UserError("A name is needed: type at least what you call them.")
    known = before.emails if before is not None else ()
    emails = tuple(email for raw in person.emails if (email := raw.strip()))
    for email in emails:
        if email not in known and not normal_email(email):
            raise UserError(f"“{short(email)}” is no email address: it needs a name, an @ and a domain.")
    linkedin = person.linkedin.strip()
    changed = before is None or linkedin != before.linkedin
    if linkedin and changed and not normal_url(linkedin).startswith("linkedin.com/"):
        raise UserError(f"“{short(linkedin)}” is no LinkedIn page: paste the address from the browser.")
    return replace(person, name=name, emails=emails, linkedin=linkedin, tags=clean_tags(person.tags))


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags without `#`, their spaces as `-`, each once, in order."""
    return tuple(dict.fromkeys(tag for raw in tags if (tag := "-".join(raw.strip().lstrip("#").split()))))


def no_circle(reader: Reader, person: Person) -> None:
    """Walk up who introduced whom; a person can't be reached from themselves."""
    seen, above = {person.id}, person.introduced_by
    while above:
        if above in seen:
            raise UserError(
                f"{short(person.name)} introduced them, so it can’t be the other way round as well."
            )
        seen.add(above)
        found = reader.get(Person, above)
        above = found.introduced_by if found is not None else ""


def planned(reader: Reader, person: str) -> list[Meeting]:
    found = [each for each in reader.where(Meeting, person=person) if each.status is MeetingStatus.PLANNED]
    return sorted(found, key=starts_at)


def call_off_meetings(tx: Transaction, clock: Clock, person: str, *, anew: bool) -> None:
    """Call off what is planned with somebody, inside another action; with `anew` a new time is sought."""
    for meeting in planned(tx, person):
        tx.put(replace(meeting, status=MeetingStatus.CALLED_OFF))
        engine.apply(tx, CalledOff(meeting=meeting.id, anew=anew), clock)
