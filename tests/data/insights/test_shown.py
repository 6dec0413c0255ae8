"""The insights as Markdown: whatever people are called it keeps its shape, and nothing private is in it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from data.insights.markdown import markdown
from data.records import (
    Advice,
    AdviceState,
    Direction,
    Entry,
    EntryKind,
    Kind,
    Lead,
    LeadKind,
    LeadState,
    Meeting,
    MeetingStatus,
    Person,
    Profile,
    Record,
    Source,
    Stage,
    Touch,
    TouchKind,
)
from tests.data.made import made
from tests.data.messages.situations import NOW, clock

HOSTILE = (
    "a | b", "`code`", "``` fence", "two\nlines\n# x", "<img src=x onerror=y>", "[x](javascript:y)",
    "![i](j)", "- list", "1. one", "# head", "*b* _i_ ~~s~~", "&lt;b&gt;", "a\\|b", "---", "[x]: y",
    "\x1b]52;c;x\x07", "$x$", "\u202eevil", "=cmd|x", "{x}", "> quote", "    code", "+ plus", "王" * 9_000,
    "[[wiki]]", "- [ ] task", "==",
)  # fmt: skip
SECRET = "SECRET"


def network(name: str) -> list[Record]:
    """A network in which everybody is called so, with something in each part of what is shown."""
    people = [
        Person(id="giver", name=name, company=name, title=name, stage=Stage.MET, source=Source.ALUMNI),
        Person(id="child", name=name, introduced_by="giver", source=Source.REFERRAL, company=name),
        Person(id="named", name=name, source=Source.COLD),
        Person(id="guild", name=name, kind=Kind.GROUP, source=Source.ALUMNI),
    ]
    return [
        *people,
        *(
            Touch(id=f"t{at}", person=id, kind=TouchKind.OUTREACH, at=NOW)
            for at, id in enumerate(("giver", "child"))
        ),
        Lead(id="l1", giver="giver", text=name, name=name),
        Lead(id="l2", giver="giver", text=name, kind=LeadKind.COMPANY, company=name, state=LeadState.OUTCOME),
        Lead(id="l3", giver="giver", text=name, person="named"),
        Advice(id="a", giver="giver", text=name),
    ]


def shape(name: str) -> list[tuple[str, str]]:
    """What the text is made of, as a reader of Markdown sees it: blocks and marks, without the words."""
    profile = Profile(id="profile", target_field="design")
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(
        markdown(made(*network(name), profile=profile), clock())
    )  # fmt: skip
    return [
        (token.type, token.markup)
        for block in tokens
        for token in (block, *(block.children or ()))
        if token.type not in ("text", "text_special")
    ]


PLAIN = shape("Maria")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_changes_nothing_of_its_shape(name: str) -> None:
    assert shape(name) == PLAIN
    text = markdown(made(*network(name)), clock())
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert max(map(len, text.splitlines())) < 1_000


@settings(max_examples=40)
@example("\\")
@given(st.text("|`*_[]()<>#~&!-+=1.: \\\n\t\u2028{}$x", min_size=1, max_size=12).filter(str.strip))
def test_no_name_changes_its_shape(name: str) -> None:
    assert shape(name) == PLAIN


def test_no_word_that_was_noted_in_confidence_is_shown() -> None:
    records: list[Record] = [
        Person(
            id="maria",
            name="Maria Chen",
            notes=SECRET,
            tags=(SECRET,),
            location=SECRET,
            emails=(f"{SECRET}@x.example",),
            phones=(SECRET,),
            linkedin=SECRET,
            birthday=SECRET,
        ),
        Meeting(
            id="m", person="maria", starts=NOW.replace(tzinfo=None), zone="UTC", status=MeetingStatus.ENDED,
            objective=SECRET, research=SECRET, place=SECRET,
        ),
        Entry(id="e", meeting="m", kind=EntryKind.QUOTE, text=SECRET),
        Touch(id="t", person="maria", kind=TouchKind.OUTREACH, at=NOW, text=SECRET, subject=SECRET),
        Touch(id="r", person="maria", kind=TouchKind.ANSWER_NO, at=NOW, direction=Direction.IN, text=SECRET),
        *(Lead(id=f"l{n}", giver="maria", text=SECRET, outcome=SECRET, next_step=SECRET) for n in range(2)),
        Lead(id="n", giver="maria", text=SECRET, name="Jonas Weber", state=LeadState.ACTED_ON),
        Lead(id="c", giver="maria", text=SECRET, company="N26", state=LeadState.OUTCOME),
        Lead(id="told", giver="maria", text=SECRET, name="Closed", state=LeadState.REPORTED),
        Advice(id="a1", giver="maria", text=SECRET, did=SECRET, state=AdviceState.USED),
        Advice(id="a2", giver="maria", text=SECRET),
        Advice(id="a3", giver="maria", text=SECRET),
        Person(id="sam", name="Sam Okafor"),
        Advice(id="a4", giver="sam", text=SECRET, state=AdviceState.TOLD),
    ]  # fmt: skip
    text = markdown(made(*records, profile=Profile(id="profile", name=SECRET)), clock())
    assert SECRET not in text
    owed = text.partition("## What I owe\n\n")[2].partition("\n\n")[0]
    assert owed.splitlines() == [
        "- Maria Chen: 7 things still open",
        "  - N26 (tell them)",
        "  - Jonas Weber (acted on)",
        "  - 2 leads (act on it)",
        "  - 1 piece of advice (used: tell them)",
        "  - 2 pieces of advice (not used yet)",
    ]


def test_half_came_on_the_same_day_and_some_were_met_unasked() -> None:
    records: list[Record] = [
        Person(id="maria", name="Maria Chen"),
        Person(id="sam", name="Sam Okafor"),
        Touch(id="t", person="maria", kind=TouchKind.OUTREACH, at=NOW),
        Touch(id="r", person="maria", kind=TouchKind.ANSWER_NO, at=NOW, direction=Direction.IN),
        Touch(id="s", person="sam", kind=TouchKind.MEETING, at=NOW, direction=Direction.BOTH),
    ]
    text = markdown(made(*records), clock())
    assert "Half of the answers came on the same day." in text
    assert "1 person met without being asked before." in text
