"""The check finds what a reader would stumble over, says where, and is quiet about a good message."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from data.messages import Finding, Message, around, check, draft
from data.records import Channel, FollowUp, FollowUpKind, Lead, Person, Source, Touch, TouchKind
from data.store import Store

from . import situations as made

GOOD = (
    "Hi Maria,\n\nPriya Nair suggested that I write to you. Your work at Figma is what I hope to do. "
    "Could you spare 20 minutes to tell me how you got there?\n\nThank you,\nAlex Doe"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "inroad.json", clock=made.clock()) as opened:
        opened.save_profile(replace(opened.profile, name="Alex Doe", target_field="product design"))
        with opened.transaction("x") as tx:
            made.priya(tx)
            made.maria(tx, introduced_by="priya")
            tx.put(Person(id="sam", name="Sam Okafor"))
            tx.put(made.owed(FollowUpKind.OUTREACH))
            tx.put(made.owed(FollowUpKind.THANK_YOU, id="thanks"))
        yield opened


def findings(store: Store, body: str, id: str = "f", **more: object) -> list[Finding]:
    """What the check says of a text for a stored follow-up."""
    followup = store.get(FollowUp, id)
    assert followup is not None
    message: Message = replace(draft(store, made.clock(), followup), subject="S", body=body)
    message = replace(message, **more)
    return check(message, around(store, made.clock(), followup, message))


def whats(found: list[Finding]) -> list[str]:
    """The findings in a few words."""
    return [finding.what for finding in found]


def test_a_good_message_passes(store: Store) -> None:
    assert findings(store, GOOD) == []


@pytest.mark.parametrize(
    ("change", "what", "where"),
    [
        (("how you got there?", "how you got there."), "No question", ""),
        (("20 minutes", "some time"), "No length named", ""),
        (("Hi Maria,", "Hi there,"), "No name in the greeting", "Hi there,"),
        (("Hi Maria,", "Hi Sam,"), "Another name in the greeting", "Hi Sam,"),
        (("Thank you,", "Are you hiring?"), "Asks for a job", "hiring"),
        (("Thank you,", "My CV is attached."), "A link or an attachment", "attached"),
        (("Thank you,", "See https://alex.example"), "A link or an attachment", "https://alex.example"),
        (("Figma", "[their company]"), "Fill in: their company", "[their company]"),
        (("Thank you,", "Sam Okafor would like it."), "Another person: Sam Okafor", "Sam Okafor"),
        (
            ("Priya Nair suggested that I write to you. Your", "I am a designer. Your"),
            "Connection not first",
            "I am a designer.",
        ),
        (
            (
                "Your work at Figma is what I hope to do.",
                "I am me, and I know my work is what I love, I say.",
            ),
            "More about you than about them",
            "",
        ),
    ],
)
def test_each_finding_and_where(store: Store, change: tuple[str, str], what: str, where: str) -> None:
    body = GOOD.replace(*change)
    assert body != GOOD
    found = {finding.what: finding for finding in findings(store, body)}
    assert what in found
    assert body[found[what].start : found[what].end] == where
    assert found[what].why.endswith((".", "?"))


def test_saying_that_it_is_not_about_a_job_is_fine(store: Store) -> None:
    assert findings(store, GOOD.replace("Thank you,", "I am not asking for a job.\nThank you,")) == []


def test_seventy_five_words_are_too_many_and_the_signature_does_not_count(store: Store) -> None:
    many = GOOD.replace("Thank you,", "you " * 60 + "\nThank you,")
    (long,) = [finding for finding in findings(store, many) if "word" in finding.what]
    assert int(long.what.split()[0]) >= 75
    assert many[: long.start].split()[-1] == "you"
    store.save_profile(replace(store.profile, signature="Alex Doe\n" + "line of it\n" * 40))
    assert findings(store, GOOD.removesuffix("Alex Doe") + store.profile.signature.strip()) == []


def test_seventy_four_words_are_read_to_their_end_and_seventy_five_are_not(store: Store) -> None:
    for count, found in ((74, []), (75, ["75 words"])):
        more = "you " * (count - len(GOOD.removesuffix("Alex Doe").split()))
        assert whats(findings(store, GOOD.replace("Thank you,", f"{more}\nThank you,"))) == found


def test_three_times_i_are_not_too_many(store: Store) -> None:
    for mine, found in (("I, my", []), ("I, me, my", ["More about you than about them"])):
        body = f"Hi Maria,\n\n{mine} thanks for all that.\n\nAlex Doe"
        assert whats(findings(store, f"{body} I", id="thanks")) == found


def test_a_linkedin_note_may_be_as_long_as_its_limit(store: Store) -> None:
    for length, found in ((200, []), (201, ["201 of 200 characters"])):
        body = GOOD + " " + "x" * (length - len(GOOD) - 1)
        said = whats(findings(store, body, channel=Channel.LINKEDIN_NOTE))
        assert [what for what in said if "characters" in what] == found


def test_a_linkedin_note_has_its_limit(store: Store) -> None:
    body = GOOD + " " + "x" * 200
    (long,) = [f for f in findings(store, body, channel=Channel.LINKEDIN_NOTE) if "characters" in f.what]
    assert (long.start, long.end) == (200, len(body))
    store.save_profile(replace(store.profile, premium=True))
    (long,) = [f for f in findings(store, body, channel=Channel.LINKEDIN_NOTE) if "characters" in f.what]
    assert long.start == 300


def test_the_same_words_twice(store: Store) -> None:
    with store.transaction("x") as tx:
        tx.put(Touch(id="t", person="maria", kind=TouchKind.OUTREACH, at=made.NOW - timedelta(3), text=GOOD))
    assert "Sent before" in whats(findings(store, GOOD.replace("\n\n", "\n \n")))


def test_a_name_that_may_not_be_used(store: Store) -> None:
    with store.transaction("x") as tx:
        tx.put(Lead(id="l", giver="priya", text="Maria", person="maria", may_use_name=False))
    assert "Priya Nair is named" in whats(findings(store, GOOD))
    assert "Priya" not in draft(store, made.clock(), store.all(FollowUp)[0]).body


def test_thanks_are_not_held_to_the_rules_of_a_first_message(store: Store) -> None:
    assert findings(store, "Hi Maria,\n\nthank you. " + "You helped me. " * 40, id="thanks") == []


def test_nothing_written(store: Store) -> None:
    assert whats(findings(store, " \n")) == ["Nothing written"]


def test_no_subject(store: Store) -> None:
    assert whats(findings(store, GOOD, subject="")) == ["No subject"]


def test_a_stranger_needs_a_connection_too(store: Store) -> None:
    with store.transaction("x") as tx:
        made.maria(tx, source=Source.COLD)
    assert "Connection not first" in whats(
        findings(store, GOOD.replace("Priya Nair suggested that", "Well,"))
    )
    assert (
        findings(store, GOOD.replace("Priya Nair suggested that I write to you.", "I read your article."))
        == []
    )


@given(st.text(max_size=500))
def test_any_text_can_be_checked(body: str) -> None:
    message = Message(
        subject=body, body=body, gaps=(), channel=Channel.EMAIL, template="outreach", to_name=body
    )
    for finding in check(message, _EMPTY):
        assert 0 <= finding.start <= finding.end <= len(body)
        assert finding.what
        assert finding.why


class _Nobody:
    """A reader of an empty store."""

    def __init__(self) -> None:
        from data.records import Profile

        self.profile = Profile(id="profile")

    def get(self, kind: object, id: str) -> None:
        return None

    def all(self, kind: object) -> list[object]:
        return []

    def where(self, kind: object, **refs: str) -> list[object]:
        return []

    def people(self) -> list[object]:
        return []


_EMPTY = around(
    _Nobody(),  # type: ignore[arg-type]
    made.clock(),
    FollowUp(id="f", person="x", kind=FollowUpKind.OUTREACH, due=made.TODAY),
    Message(subject="", body="", gaps=(), channel=Channel.EMAIL, to_name="Maria Chen"),
)
