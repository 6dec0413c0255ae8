"""The whole road of a group: made, asked, waited for, and what it answers brings a person."""

from __future__ import annotations

from collections.abc import Callable

from data.followups.occasions import Occasion
from data.records import FollowUp, FollowUpKind, FollowUpState, Kind, Source, Stage, Touch, TouchKind
from data.store import Store
from tests.screens.hands import press, write
from tests.screens.seen import text_of
from tui.app import InroadApp


def owed(store: Store) -> dict[str, FollowUp]:
    """What is open, by its kind."""
    return {each.kind.value: each for each in store.where(FollowUp, state=FollowUpState.OPEN)}


async def test_a_group_is_asked_and_brings_a_person(app_on: Callable[[], InroadApp], store: Store) -> None:
    app = app_on()
    async with app.run_test(size=(120, 36)) as pilot:
        await press(pilot, "N")
        await write(pilot, "Hanover alumni")
        await press(pilot, "ctrl+s", "W")
        assert "Hello everyone at Hanover alumni," in text_of(app)
        await press(pilot, "c")
        (copied,) = app.desk.clipboard.copied  # type: ignore[attr-defined]
        assert copied.startswith("Hello everyone at Hanover alumni,")
        await press(pilot, "d")
        (group,) = store.people()
        assert (group.kind, group.stage) == (Kind.GROUP, Stage.ASKED)
        (touch,) = store.where(Touch, person=group.id)
        assert (touch.kind, touch.text) == (TouchKind.OUTREACH, copied)
        assert list(owed(store)) == ["nudge"]

        await press(pilot, "1", "l", "a", "s")
        assert "found through this group." in text_of(app)
        await write(pilot, "Jonas Weber")
        await press(pilot, "ctrl+s")
        assert "Jonas Weber is on the board, via Hanover alumni." in text_of(app)
        jonas = next(line for line in store.people() if line.name == "Jonas Weber")
        assert (jonas.introduced_by, jonas.source, jonas.stage) == (group.id, Source.REFERRAL, Stage.TO_ASK)
        now = owed(store)
        assert "nudge" not in now
        thanks = now["thank_you"]
        assert (thanks.person, thanks.occasion) == (group.id, Occasion.REFERRAL)
        assert now["lead"].about == jonas.id
        assert FollowUpKind.CONNECT.value not in now

        await press(pilot, "4")
        seen = text_of(app)
        assert "Thank you for pointing me to Jonas Weber." in seen
        await press(pilot, "d", "1", "h", "W")
        assert "I found you through Hanover alumni." in text_of(app)


async def test_a_group_that_says_yes_is_met_by_nobody(app_on: Callable[[], InroadApp], store: Store) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "N")
        await write(pilot, "Hanover alumni")
        await press(pilot, "ctrl+s", "a")
        assert "they will help" in text_of(pilot.app)
        await press(pilot, "y")
        assert "When they name somebody, a brings them on the board." in text_of(pilot.app)
        assert store.people()[0].stage is Stage.IN_TOUCH
        assert owed(store) == {}
