"""Every made-up situation gives the very message that a person has read and found right in tone.

To read them anew after a change of a template: `python -m tests.data.messages.test_golden`, then look
at the difference.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

from data.messages import Message, around, check, draft
from data.store import Store

from .situations import CASES, Case, clock, prepare

GOLDEN = Path(__file__).parent / "golden"


def written(case: Case, folder: Path) -> tuple[Message, str]:
    """The message of a situation, and how its golden file shows it."""
    with Store.open(folder / "inroad.json", clock=clock()) as store:
        followup = prepare(store, case)
        message = draft(store, clock(), followup, case.channel)
        findings = check(message, around(store, clock(), followup, message))
    text = f"{message.channel.value} to {message.to_name}\n"
    text += f"Subject: {message.subject}\n" if message.subject else ""
    text += f"\n{message.body}\n"
    for finding in findings:
        text += f"\n! {finding.what}: {finding.why}"
    return message, text.replace("\x1b", "␛") + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_message_is_as_it_was_read(case: Case, tmp_path: Path) -> None:
    message, text = written(case, tmp_path)
    assert text == (GOLDEN / f"{case.name}.txt").read_text(encoding="utf-8")
    for gap in message.gaps:
        assert f"[{gap}]" in message.subject + message.body
    for broken in ("  ", " .", " ,", "..", "for .", "None", "{{", "{%", "“”"):
        if case.name != "hostile_name":
            assert broken not in message.body.replace("...", "")
    assert "\x1b" not in message.body
    assert "\n" not in message.subject


def test_every_situation_has_its_message_and_every_message_its_situation() -> None:
    assert {file.stem for file in GOLDEN.glob("*.txt")} == {case.name for case in CASES}


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for each in CASES:
        with tempfile.TemporaryDirectory() as folder:
            shown = written(each, Path(folder))[1]
        (GOLDEN / f"{each.name}.txt").write_text(shown, encoding="utf-8")
        sys.stdout.write(f"──── {each.name}\n{shown}\n")
