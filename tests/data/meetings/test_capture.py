"""One line typed in a conversation: its kind, its commands, and what a lead or promise says."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from data.meetings.capture import (
    COMMANDS,
    SIGNS,
    CaptureError,
    Line,
    Typed,
    as_typed,
    kind_of,
    matching_commands,
    read_line,
    split_paste,
)
from data.meetings.lead_words import LeadReading, understand_lead
from data.meetings.promise_words import promised_by
from data.records import EntryKind, LeadKind


@pytest.mark.parametrize(
    ("typed", "kind", "kept"),
    [
        ("nine people, hires twice a year", EntryKind.NOTE, "nine people, hires twice a year"),
        ("!Jonas Weber at Spotify", EntryKind.LEAD, "Jonas Weber at Spotify"),
        ("! Jonas", EntryKind.LEAD, "Jonas"),
        ("* show shipped work", EntryKind.ADVICE, "show shipped work"),
        ('"nobody reads portfolios"', EntryKind.QUOTE, "nobody reads portfolios"),
        ('"nobody reads portfolios', EntryKind.QUOTE, "nobody reads portfolios"),
        ('"she said "no"', EntryKind.QUOTE, 'she said "no"'),
        ("“nobody”", EntryKind.QUOTE, "nobody"),
        ("@ send her my portfolio", EntryKind.PROMISE, "send her my portfolio"),
        (" * a bullet", EntryKind.NOTE, "* a bullet"),
        (" /etc/hosts is the file", EntryKind.NOTE, "/etc/hosts is the file"),
        ("[/] [red] {name}", EntryKind.NOTE, "[/] [red] {name}"),
    ],
)
def test_the_first_character_says_the_kind(typed: str, kind: EntryKind, kept: str) -> None:
    assert read_line(typed) == Line(kind, kept)
    assert kind_of(typed) is kind


@pytest.mark.parametrize("typed", ["* bullet", "/end", "! not a lead", '"', "@home"])
def test_what_is_pasted_stays_plain(typed: str) -> None:
    assert read_line(typed, plain=True) == Line(EntryKind.NOTE, typed)
    assert kind_of(typed, plain=True) is EntryKind.NOTE


@pytest.mark.parametrize("typed", ["", "   ", "!", "* ", '"', '""', "@"])
def test_nothing_to_keep(typed: str) -> None:
    assert read_line(typed) is None


@pytest.mark.parametrize(
    ("typed", "command", "minutes"),
    [
        ("/end", "end", 0),
        ("/END ", "end", 0),
        ("/+5", "extend", 5),
        ("/+ 10 min", "extend", 10),
        ("/done", "done", 0),
        ("/mute", "mute", 0),
        ("/exit-line", "exit-line", 0),
        ("/ex", "exit-line", 0),
    ],
)
def test_commands(typed: str, command: str, minutes: int) -> None:
    found = read_line(typed)
    assert isinstance(found, Typed)
    assert (found.command.id, found.minutes) == (command, minutes)


@pytest.mark.parametrize("typed", ["/", "/e", "/foo", "/+0", "/+999", "/+", "/etc/hosts", "/[/]"])
def test_an_unknown_command_says_what_there_is(typed: str) -> None:
    with pytest.raises(CaptureError, match="type"):
        read_line(typed)


def test_commands_are_offered_while_they_are_typed() -> None:
    assert matching_commands("/") == list(COMMANDS)
    assert [command.id for command in matching_commands("/e")] == ["end", "exit-line"]
    assert [command.id for command in matching_commands("/+1")] == ["extend"]
    assert matching_commands("/zzz") == []


@given(st.sampled_from(list(EntryKind)), st.text(max_size=60))
@example(EntryKind.QUOTE, 'say "no"')
@example(EntryKind.QUOTE, '"')
@example(EntryKind.NOTE, "„x")
def test_a_line_taken_back_for_editing_is_the_same_line(kind: EntryKind, text: str) -> None:
    if text.startswith("/"):
        return
    kept = read_line(SIGNS[kind] + text) if kind is not EntryKind.ANSWER else Line(kind, text.strip())
    if not isinstance(kept, Line) or not kept.text:
        return
    again = read_line(as_typed(kept.kind, kept.text))
    plain = EntryKind.NOTE if kind is EntryKind.ANSWER else kept.kind
    assert again == Line(plain, kept.text)


def test_a_paste_is_its_lines_in_order() -> None:
    assert split_paste("one\r\n\r\n* two \n/end\rfour\u2028five\n") == [
        "one",
        "* two",
        "/end",
        "four",
        "five",
    ]


def read(
    name: str = "", company: str = "", may: bool = False, kind: LeadKind = LeadKind.PERSON
) -> LeadReading:
    return LeadReading(name=name, company=company, may_use_name=may, kind=kind)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("Jonas Weber at Spotify, may use her name", read("Jonas Weber", "Spotify", True)),
        ("Jonas Weber at Spotify I can use her name", read("Jonas Weber", "Spotify", True)),
        ("jonas weber at spotify", read("Jonas Weber", "spotify")),
        ("Jonas Weber @ Spotify", read("Jonas Weber", "Spotify")),
        ("Jonas Weber (Spotify)", read("Jonas Weber", "Spotify")),
        ("Jonas Weber, head of design at Spotify, use my name", read("Jonas Weber", "Spotify", True)),
        ("talk to Jonas Weber at Spotify about hiring", read("Jonas Weber", "Spotify")),
        ("her colleague Jonas from Ernst & Young, don't use her name", read("Jonas", "Ernst & Young")),
        ("ask whether I may use her name; Sam Okafor at Stripe", read("Sam Okafor", "Stripe")),
        ("Anna-Lena van der Berg at N26 in Berlin", read("Anna-Lena van der Berg", "N26")),
        ("Sam Okafor, PM", read("Sam Okafor")),
        ("Tomás Rey, Loom, mention her", read("Tomás Rey", "Loom", True)),
        ("王小明 at 华为", read("王小明", "华为")),
        ("someone at Google", read("", "Google")),
        ("someone in the payments team", read()),
        ("look at Spotify", read("", "Spotify", kind=LeadKind.COMPANY)),
        ("the Config conference in May", read(kind=LeadKind.EVENT)),
        ("book: Inspired by Marty Cagan", read(kind=LeadKind.RESOURCE)),
        ("https://example.com/x", read(kind=LeadKind.RESOURCE)),
        ("", read()),
    ],
)
def test_what_a_lead_says(typed: str, understood: LeadReading) -> None:
    assert understand_lead(typed) == understood


def test_what_was_understood_in_words() -> None:
    assert understand_lead("Jonas Weber at Spotify, may use her name").words == (
        "Jonas Weber · Spotify · may use the name"
    )
    assert understand_lead("someone").words == "somebody, no name yet"
    assert "\x1b" not in understand_lead("Jonas at \x1b]52;c;x").words


NAMES = st.sampled_from(["Jonas Weber", "Priya Nair", "Anna-Lena Groß", "Tomás Rey", "José María O'Neill"])
COMPANIES = st.sampled_from(["Spotify", "N26", "Ernst & Young", "Deutsche Bahn", "日立"])
BETWEEN = st.sampled_from([" at ", " @ ", " from ", ", now at ", ", designer at "])
LEAVE = st.sampled_from(["", ", may use her name", "; use my name", " (can use his name)", ", mention me"])


@given(NAMES, BETWEEN, COMPANIES, LEAVE)
def test_the_usual_shapes_are_understood(name: str, between: str, company: str, leave: str) -> None:
    assert understand_lead(name + between + company + leave) == read(name, company, bool(leave))


@given(st.text(max_size=400))
@example("a " * 5000)
@example("Aa-" * 3000 + " at " + "b, " * 3000)
@example("her his their my the old former " * 500)
def test_any_text_is_read_and_fast(text: str) -> None:
    before = time.process_time()
    understood = understand_lead(text)
    # It runs at every key: a few milliseconds here, and no more than so many times that on any machine.
    assert time.process_time() - before < 1
    assert len(understood.name) <= 320


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("send her my portfolio by fri", date(2026, 11, 27)),
        ("call back tomorrow.", date(2026, 11, 24)),
        ("write to Sam on 3 dec", date(2026, 12, 3)),
        ("send it next week", date(2026, 11, 30)),
        ("tell her in two weeks", date(2026, 12, 7)),
        ("send it Friday", date(2026, 11, 27)),
        ("send it fri", date(2026, 11, 27)),
        ("send a picture of the sun", None),
        ("read the book on design systems", None),
        ("by yesterday", None),
        ("send my portfolio", None),
        ("", None),
    ],
)
def test_until_when_a_promise_holds(words: str, day: date | None) -> None:
    assert promised_by(words, date(2026, 11, 23)) == day
