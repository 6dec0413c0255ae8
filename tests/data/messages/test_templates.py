"""Templates: ours all work with everything known and nothing known; the user's own are held safe."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import UserError
from data.messages import channels_for, draft, templates
from data.messages.days import at_time
from data.messages.gaps import FACTS, gap_of
from data.messages.naming import first_name, listed, sentence, to_you, words_said
from data.records import Channel, FollowUpKind, Person, TemplateOverride, TouchKind
from data.store import Store

from . import situations as made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "inroad.json", clock=made.clock()) as opened:
        with opened.transaction("x") as tx:
            made.maria(tx)
            tx.put(made.owed(FollowUpKind.CHECK_IN))
        yield opened


@pytest.mark.parametrize("name", templates.names())
def test_each_of_ours_is_sound(name: str) -> None:
    assert templates.problem(templates.ours(name)) == ""
    gaps: list[str] = []
    bare = templates.render(
        templates.ours(name),
        {**{fact: gap_of(fact, gaps) for fact in FACTS}, "limit": 200, "shorter": 0},
        gaps,
    )
    assert gaps
    assert all(f"[{gap}]" in bare for gap in gaps)
    full = templates.render(
        templates.ours(name), {**dict.fromkeys(FACTS, "word"), "limit": 300, "shorter": 0}, []
    )
    assert "word" in full
    assert "None" not in full


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The template is empty"),
        ("Hi\n{{ first_name ", "Line 2: "),
        ("Hi\n\n{% if x %}", "Line 3: "),
        ("{{ frist_name }}", "Line 1: there is no fact called “frist_name”; did you mean “first_name”?"),
        ("a\n{{ nonsense_here }}", "Line 2: there is no fact called"),
        ("a\n\n{{ 1 / 0 }}", "Line 3: "),
        ("{{ 'a' * 1000000000 }}", "Line 1: “*” can’t be used"),
        ("{{ 9 ** 9 ** 9 }}", "Line 1: “**” can’t be used"),
        ("{% for i in range(90000) %}{{ name }}{% endfor %}", "it writes more than"),
        ("{{ ''.__class__.__mro__ }}", "Line 1: "),
        ("{{ name.__init__.__globals__ }}", "Line 1: "),
        ("{% include '/etc/passwd' %}", "Line 1: "),
        ("x" * 30_000, "The template is longer than"),
    ],
)
def test_a_broken_one_says_line_and_reason(text: str, said: str, store: Store) -> None:
    assert said in templates.problem(text)
    if text:
        with pytest.raises(UserError):
            templates.save(store, "check_in.email", text)
    assert store.all(TemplateOverride) == []


def test_kept_outdated_restored_undone(store: Store) -> None:
    name = "check_in.email"
    templates.save(store, name, "Hello {{ first_name }}, all well?")
    followup = made.owed(FollowUpKind.CHECK_IN)
    assert draft(store, made.clock(), followup).body == "Hello Maria, all well?"
    assert templates.current(store, name).changed
    assert not templates.current(store, name).outdated
    with store.transaction("x") as tx:
        tx.put(TemplateOverride(id=name, text="Hello {{ first_name }}!", base="older"))
    assert templates.current(store, name).outdated
    assert templates.restore(store, name)
    assert draft(store, made.clock(), followup).body.startswith("Hi Maria,\n\nNews from my side: [")
    store.undo()
    assert draft(store, made.clock(), followup).body == "Hello Maria!"
    templates.save(store, name, templates.ours(name))
    assert not templates.current(store, name).changed


def test_a_broken_override_from_elsewhere_lets_ours_speak(store: Store) -> None:
    with store.transaction("x") as tx:
        tx.put(TemplateOverride(id="check_in.email", text="\n{{ nobody_knows }}"))
    message = draft(store, made.clock(), made.owed(FollowUpKind.CHECK_IN))
    assert message.body.startswith("Hi Maria,")
    assert "Line 2: there is no fact called “nobody_knows”" in message.problem


def test_facts_are_never_read_as_templates(store: Store) -> None:
    with store.transaction("x") as tx:
        made.maria(tx, name="Maria {{ 7 * 7 }}", company="{% raw %}")
    message = draft(store, made.clock(), made.owed(FollowUpKind.CHECK_IN))
    assert "{% raw %}" in message.body
    assert "49" not in message.body


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_name_gives_a_first_name_on_one_line(name: str, company: str) -> None:
    found = first_name(name)
    assert "\n" not in found
    assert "\x1b" not in found
    assert len(found) <= 61
    assert found in ("", found.strip())


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Maria Chen", "Maria"),
        ("Dr. Maria Chen", "Maria"),
        ("Chen, Maria", "Maria"),
        ("Jane Smith, MBA, PMP", "Jane"),
        ("Prof. Dr. Ute Müller", "Ute"),
        ("MARIA CHEN", "Maria"),
        ("maria chen", "Maria"),
        ("J. Robert Oppen", "J. Robert"),
        ("王小明", "王小明"),
        ("🚀 Sam Okafor", "Sam"),
        ("Jean-Luc P.", "Jean-Luc"),
        ("O’Neil", "O’Neil"),
        ("", ""),
        ("🚀", ""),
        ("JJ Abrams", "JJ"),
    ],
)
def test_first_names(name: str, first: str) -> None:
    assert first_name(name) == first


def test_words() -> None:
    assert listed([]) == ""
    assert listed(["A", "B", "C"]) == "A, B and C"
    assert listed(list("ABCDE")) == "A, B, C and others"
    assert words_said("“Ship small.” ") == "Ship small"
    assert sentence("we talk on Thursday;") == "we talk on Thursday."
    assert sentence("really?") == "really?"
    assert to_you("send her the article") == "send you the article"
    assert to_you("herd them") == "herd you"
    assert to_you("tell Sam about her") == "tell Sam about her"


def test_channels(store: Store) -> None:
    followup = made.owed(FollowUpKind.CHECK_IN)
    assert channels_for(store, followup)[0] is Channel.EMAIL
    with store.transaction("x") as tx:
        tx.put(Person(id="maria", name="Maria Chen", linkedin="https://linkedin.com/in/m"))
    assert channels_for(store, followup)[0] is Channel.LINKEDIN_NOTE
    assert channels_for(store, made.owed(FollowUpKind.CONNECT)) == (Channel.LINKEDIN_NOTE,)
    with store.transaction("x") as tx:
        made.touch(tx, TouchKind.MESSAGE, 3, channel=Channel.TEXT)
    assert channels_for(store, followup)[0] is Channel.TEXT


def test_times_across_zones() -> None:
    moment = made.NOW + timedelta(hours=16)
    theirs, own = ZoneInfo("Asia/Tokyo"), ZoneInfo("Etc/UTC")
    assert at_time(moment, theirs, own, made.NOW) == (
        "tomorrow, Tuesday 24 November, at 14:00 your time (5:00 in UTC)"
    )
    assert at_time(moment, ZoneInfo("America/Los_Angeles"), own, made.NOW) == (
        "today, at 21:00 your time (Tuesday 5:00 in UTC)"
    )
    assert at_time(moment, None, own, made.NOW) == "tomorrow, Tuesday 24 November, at 5:00"


@pytest.mark.parametrize(
    "text",
    [
        "{{ " + "(" * 3_000 + "1" + ")" * 3_000 + " }}",
        "{% if 1 %}" * 800 + "x" + "{% endif %}" * 800,
        "{{ " + "not " * 4_000 + "1 }}",
        "{% for a in 'x' %}" * 25 + "x" + "{% endfor %}" * 25,
    ],
    ids=range(4),
)
def test_one_that_is_set_too_deep_is_refused_with_a_sentence(text: str, store: Store) -> None:
    with pytest.raises(UserError, match="too deep"):
        templates.save(store, "check_in.email", text)
