"""The ledger of leads, advice and promises, and the thanks of who has landed, as a user uses them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from textual.pilot import Pilot

from data.actions import followups, leads
from data.clock import FixedClock
from data.records import (
    Advice,
    AdviceState,
    FollowUp,
    FollowUpKind,
    Lead,
    LeadKind,
    LeadState,
    Meeting,
    MeetingStatus,
    Person,
    Stage,
)
from data.store import Store
from screens.followups.screen import FollowUpsScreen
from screens.ledger.screen import LedgerScreen
from screens.person.screen import PersonScreen
from tests.screens.hands import press, settle, write
from tests.screens.seen import text_of
from tui.app import InroadApp

AppOn = Callable[[], InroadApp]
HOSTILE = "Bob [/red] \x1b]52;c;aGk=\x07 王"


@pytest.fixture
def priya(store: Store, clock: FixedClock) -> Person:
    """Priya, who gave three leads and a piece of advice, and to whom something is promised."""
    with store.transaction("Priya") as tx:
        person = tx.put(Person(id="priya", name="Priya Nair", company="Shopify", stage=Stage.IN_TOUCH))
    leads.capture(store, clock, person, "Jonas Weber at Spotify", name="Jonas Weber", company="Spotify")
    meetup = leads.capture(store, clock, person, "the climate meetup", kind=LeadKind.EVENT)
    leads.set_state(store, clock, meetup, LeadState.ACTED_ON)
    told = leads.capture(store, clock, person, HOSTILE)
    leads.set_state(store, clock, told, LeadState.REPORTED, outcome="no time")
    leads.keep_advice(store, clock, person, "Show shipped work")
    followups.promise(store, clock, person, "send the talk on tokens")
    return person


async def opened(pilot: Pilot[int]) -> LedgerScreen:
    """Go to the ledger."""
    await press(pilot, "6")
    screen = pilot.app.screen
    assert isinstance(screen, LedgerScreen)
    return screen


def the_lead(store: Store, text: str) -> Lead:
    return next(each for each in store.all(Lead) if text in each.text)


def the_advice(store: Store) -> Advice:
    (advice,) = store.all(Advice)
    return advice


@pytest.mark.parametrize("size", [(120, 36), (80, 30), (200, 60)])
@pytest.mark.usefixtures("priya")
async def test_every_lead_with_state_date_and_next_step(app_on: AppOn, size: tuple[int, int]) -> None:
    async with app_on().run_test(size=size) as pilot:
        await opened(pilot)
        seen = " ".join(text_of(pilot.app).split())
        for words in (
            "2 open leads",
            "Leads: to act on",
            "! Jonas Weber write to Jonas Weber",
            "Thu 26 Nov Priya Nair",
            "Leads: acted on",
            "! the climate meetup tell Priya Nair",
            "Leads: closed, they know",
            "✓ Bob [/red] ␛]52;c;aGk=",
            "You owe Priya Nair news on 2 of 3 leads.",
        ):
            assert words in seen, words
        assert "\x1b" not in seen


@pytest.mark.usefixtures("priya")
async def test_enter_on_what_is_only_to_be_read_does_nothing(app_on: AppOn) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await press(pilot, "tab")
        assert screen.focused is not None
        assert screen.focused.id == "about"
        await press(pilot, "enter", "enter")
        assert pilot.app.screen is screen


async def test_nothing_yet_teaches_the_signs(app_on: AppOn) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await press(pilot, "d")
        seen = text_of(pilot.app)
        assert "! catches a lead" in seen
        assert "There is nothing here yet" in seen


async def test_a_lead_is_closed_only_when_its_giver_has_heard(
    app_on: AppOn, store: Store, priya: Person
) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        screen._list.select(the_lead(store, "Jonas").id)
        await press(pilot, "d")
        assert the_lead(store, "Jonas").state is LeadState.ACTED_ON
        await press(pilot, "d")
        await press(pilot, "enter")
        assert the_lead(store, "Jonas").state is LeadState.ACTED_ON
        assert "“nothing” is an answer too" in text_of(pilot.app)
        await press(pilot, "d")
        await write(pilot, "we talked")
        await press(pilot, "enter")
        assert the_lead(store, "Jonas").state is LeadState.OUTCOME
        await press(pilot, "d", "escape")
        assert the_lead(store, "Jonas").state is LeadState.OUTCOME
        await press(pilot, "d", "w")
        assert isinstance(pilot.app.screen, FollowUpsScreen)
        assert "Here is what came of it: we talked." in pilot.app.screen._pane.body
        await press(pilot, "d")
        assert the_lead(store, "Jonas").state is LeadState.REPORTED
        screen = await opened(pilot)
        screen._list.select(the_lead(store, "Jonas").id)
        await press(pilot, "d")
        assert "It is closed: Priya Nair knows" in text_of(pilot.app)
        await press(pilot, "b")
        assert the_lead(store, "Jonas").state is LeadState.OUTCOME
        await press(pilot, "d", "k")
        assert the_lead(store, "Jonas").state is LeadState.REPORTED
        assert not [each for each in followups_open(store, priya) if each.lead == the_lead(store, "Jonas").id]


def followups_open(store: Store, person: Person) -> list[FollowUp]:
    return [each for each in store.where(FollowUp, person=person.id) if each.state == "open"]


async def test_one_key_makes_a_person_a_company_an_event_a_resource(
    app_on: AppOn, store: Store, priya: Person
) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        screen._list.select(the_lead(store, "Jonas").id)
        for key, kind in (("C", LeadKind.COMPANY), ("E", LeadKind.EVENT), ("R", LeadKind.RESOURCE)):
            await press(pilot, key)
            assert the_lead(store, "Jonas").kind is kind
        assert the_lead(store, "Jonas").company == "Spotify"
        await press(pilot, "P")
        jonas = store.get(Person, the_lead(store, "Jonas").person)
        assert jonas is not None
        assert (jonas.name, jonas.stage, jonas.introduced_by) == ("Jonas Weber", Stage.TO_ASK, priya.id)
        await press(pilot, "P")
        assert "This lead is Jonas Weber already." in text_of(pilot.app)


@pytest.mark.usefixtures("priya")
async def test_a_lead_without_a_name_asks_for_it(app_on: AppOn, store: Store) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        screen._list.select(the_lead(store, "climate").id)
        await press(pilot, "P", "escape")
        assert not the_lead(store, "climate").person
        await press(pilot, "P")
        await write(pilot, "Ana Ruiz")
        await press(pilot, "enter")
        assert the_lead(store, "climate").name == "Ana Ruiz"
        assert "Ana Ruiz is on the board, under To ask. u takes it back." in text_of(pilot.app)


@pytest.mark.usefixtures("priya")
async def test_words_next_step_day_and_name(app_on: AppOn, store: Store) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        screen._list.select(the_lead(store, "Jonas").id)
        await press(pilot, "e", "tab", "tab", "tab")
        await write(pilot, "read his talk first")
        await press(pilot, "tab")
        await write(pilot, "3 dec")
        await press(pilot, "enter")
        lead = the_lead(store, "Jonas")
        assert (lead.next_step, lead.due) == ("read his talk first", date(2026, 12, 3))
        await press(pilot, "s")
        await write(pilot, "4 dec")
        await press(pilot, "enter", "y")
        lead = the_lead(store, "Jonas")
        assert (lead.due, lead.may_use_name) == (date(2026, 12, 4), True)
        seen = " ".join(text_of(pilot.app).split())
        assert "Next: read his talk first, Fri 4 Dec" in seen
        await press(pilot, "x")
        assert len(store.all(Lead)) == 2
        await press(pilot, "u")
        assert len(store.all(Lead)) == 3


async def test_advice_used_told_and_declined(app_on: AppOn, store: Store, priya: Person) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        screen._list.select(the_advice(store).id)
        await press(pilot, "d")
        await write(pilot, "rebuilt my portfolio")
        await press(pilot, "enter")
        assert (the_advice(store).state, the_advice(store).did) == (AdviceState.USED, "rebuilt my portfolio")
        assert "Priya Nair doesn’t know yet." in text_of(pilot.app)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, FollowUpsScreen)
        assert "What I did: rebuilt my portfolio." in pilot.app.screen._pane.body
        await press(pilot, "6")
        assert isinstance(pilot.app.screen, LedgerScreen)
        pilot.app.screen._list.select(the_advice(store).id)
        await press(pilot, "d")
        assert the_advice(store).state is AdviceState.TOLD
        assert not [each for each in followups_open(store, priya) if each.kind is FollowUpKind.PROGRESS]
        await press(pilot, "b", "b", "x")
        assert the_advice(store).state is AdviceState.DECLINED


@pytest.mark.usefixtures("priya")
async def test_the_keys_below_are_those_of_the_line_under_the_cursor(app_on: AppOn, store: Store) -> None:
    def can_be_used(screen: LedgerScreen, key: str) -> bool:
        below = screen._compositor.render_strips(screen.app.size)[-1]
        (drawn,) = [segment for segment in below if segment.text.strip() == key]
        return bool(drawn.style and drawn.style.bold)

    async with app_on().run_test(size=(120, 36)) as pilot:
        screen = await opened(pilot)
        assert can_be_used(screen, "P")
        screen._list.select(the_advice(store).id)
        await settle(pilot)
        assert not can_be_used(screen, "P")
        await press(pilot, "g")
        assert can_be_used(screen, "P")


@pytest.mark.usefixtures("priya")
async def test_noted_outside_of_a_meeting(app_on: AppOn, store: Store) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await opened(pilot)
        await press(pilot, "n", "l")
        assert "Priya Nair, Shopify" in text_of(pilot.app)
        await press(pilot, "enter")
        await write(pilot, "Lena Fischer at N26")
        assert "Lena Fischer · N26" in text_of(pilot.app)
        await press(pilot, "enter")
        assert (the_lead(store, "Lena").name, the_lead(store, "Lena").company) == ("Lena Fischer", "N26")
        await press(pilot, "n", "p", "enter")
        await write(pilot, "send the slides")
        await press(pilot, "enter")
        assert "@ send the slides" in text_of(pilot.app)
        await press(pilot, "n", "a")
        for _ in "Priya Nair":
            await press(pilot, "backspace")
        await write(pilot, "zzz")
        await press(pilot, "enter")
        assert "Nobody in your network is called that" in text_of(pilot.app)
        await press(pilot, "escape")
        assert len(store.all(Advice)) == 1


async def test_the_sheet_says_what_is_owed_and_leads_to_the_ledger(
    app_on: AppOn, store: Store, priya: Person
) -> None:
    async with app_on().run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        pilot.app.push_screen(PersonScreen(pilot.app.desk, priya.id))  # type: ignore[attr-defined]
        await pilot.pause()
        assert "You owe Priya Nair news on 2 of 3 leads." in text_of(pilot.app)
        screen = pilot.app.screen
        assert isinstance(screen, PersonScreen)
        screen._side("facts").select(f"l-{the_lead(store, 'climate').id}")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, LedgerScreen)
        assert pilot.app.screen._list.current is not None
        assert pilot.app.screen._list.current.key == the_lead(store, "climate").id
        await press(pilot, "1")
        assert not isinstance(pilot.app.screen, LedgerScreen | PersonScreen)


async def test_landed_asks_for_the_role_and_thanks_each_with_their_own_words(
    app_on: AppOn, store: Store, priya: Person
) -> None:
    with store.transaction("Tom") as tx:
        tx.put(Person(id="tom", name="Tomás Rey", stage=Stage.PARKED, emails=("tom@x.example",)))
        tx.put(
            Meeting(
                id="m",
                person="tom",
                starts=datetime(2026, 9, 1, 15, 0),  # noqa: DTZ001
                zone="UTC",
                status=MeetingStatus.ENDED,
            )
        )
    async with app_on().run_test(size=(120, 36)) as pilot:
        await press(pilot, "ctrl+p")
        await write(pilot, "got the job")
        await press(pilot, "enter")
        await write(pilot, "designer at Figma")
        await press(pilot, "enter")
        seen = text_of(pilot.app)
        assert "Priya Nair  for pointing me to Jonas Weber" in seen
        assert "Tomás Rey  for your time" in seen
        await press(pilot, "e")
        await write(pilot, " and your calm")
        await press(pilot, "enter", "j", "e")
        await write(pilot, " in September")
        await press(pilot, "enter", "ctrl+s")
        assert "Thanks to 2 people on your list" in text_of(pilot.app)
        booked = [each for each in store.all(FollowUp) if each.occasion == "landed"]
        assert {each.person for each in booked} == {priya.id, "tom"}
        await press(pilot, "4")
        screen = pilot.app.screen
        assert isinstance(screen, FollowUpsScreen)
        screen.go_to("followup", next(each.id for each in booked if each.person == "tom"))
        await pilot.pause()
        assert "I start as designer at Figma." in screen._pane.body
        assert "thank you for your time in September." in screen._pane.body


async def test_landed_leaves_out_who_is_crossed_out(app_on: AppOn, store: Store, priya: Person) -> None:
    async with app_on().run_test(size=(80, 24)) as pilot:
        pilot.app.run_command("landed")  # type: ignore[attr-defined]
        await press(pilot, "enter", "space", "ctrl+s")
        assert "All are left out" in text_of(pilot.app)
        await press(pilot, "escape")
        assert not [each for each in followups_open(store, priya) if each.occasion == "landed"]
