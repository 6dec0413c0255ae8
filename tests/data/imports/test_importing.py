"""From a file into the store: who is the same, what changes, and that it is all or nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from data.clock import FixedClock
from data.demo import fill
from data.exports.everything import everything
from data.imports.keeping import ImportResult, keep, rejected
from data.imports.planning import ImportPlan, Options, plan
from data.imports.preview import without
from data.records import Former, Kind, Person, Source, Stage, Touch, TouchKind
from data.schema import TABLES
from data.store import Store
from tests.data.imports.files import HEADER, LINKEDIN, MARIA, SAM, TOMAS, take

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def planned(store: Store, folder: Path, content: str | bytes, options: Options | None = None) -> ImportPlan:
    return plan(store, take(folder, content, "Connections.csv"), options, now=NOW)


def imported(
    store: Store, folder: Path, content: str | bytes, options: Options | None = None
) -> ImportResult:
    return keep(store, planned(store, folder, content, options))


def by_name(store: Store) -> dict[str, Person]:
    return {person.name: person for person in store.all(Person)}


def put(store: Store, *people: Person) -> None:
    with store.transaction("Set up") as tx:
        for person in people:
            tx.put(person)


def test_in_once_the_same_again_and_one_undo(store: Store, tmp_path: Path) -> None:
    result = imported(store, tmp_path, LINKEDIN)
    assert (result.new, result.changed, result.same, result.skipped) == (3, 0, 0, 0)
    maria = by_name(store)["Maria Chen"]
    assert (maria.stage, maria.source, maria.created) == (Stage.NETWORK, Source.NETWORK, NOW)
    assert maria.identities == ("linkedin.com/in/maria-chen", "maria@x.example")
    assert store.undo_title == "Imported 3 people from Connections.csv"
    again = imported(store, tmp_path, LINKEDIN)
    assert (again.new, again.changed, again.same) == (0, 0, 3)
    store.undo()
    assert store.all(Person) == []


@pytest.mark.parametrize(
    "content",
    [
        "First Name,Last Name,Email Address,Company,Position,Connected On\n"
        'Ada,Ng,,Acme,CTO,"03/04/18, 9:15 AM"\nBen,Lee,,,,"11/23/17, 3:04 PM"\n'
        'Ben,Lee,,,,"11/24/17, 3:04 PM"\n',
        "Name,Given Name,Family Name,Phone 1 - Type,Phone 1 - Value,Organization 1 - Name\n"
        "Ada Ng,Ada,Ng,Mobile,+49 170 1,Acme\nBen Lee,Ben,Lee,Mobile,1 ::: 2,\n",
        "BEGIN:VCARD\nVERSION:3.0\nN:Ng;Ada;;;\nFN:Ada Ng\nTEL:1\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ben Lee\nNOTE:met\nEND:VCARD\n",
    ],
)
def test_a_second_import_changes_nothing_also_without_addresses(
    store: Store, tmp_path: Path, content: str
) -> None:
    first = imported(store, tmp_path, content)
    assert first.new >= 2
    again = imported(store, tmp_path, content)
    assert (again.new, again.changed, again.same) == (0, 0, first.new)


def test_who_was_removed_or_merged_does_not_come_back(store: Store, tmp_path: Path) -> None:
    imported(store, tmp_path, LINKEDIN)
    people = by_name(store)
    maria, sam, tomas = people["Maria Chen"], people["Sam Okafor"], people["Tomás Rey"]
    put(store, replace(maria, removed=True), replace(sam, merged_into=tomas.id))
    result = imported(store, tmp_path, LINKEDIN)
    assert (result.new, result.gone) == (0, 1)
    assert [line.name for line in store.people()] == ["Tomás Rey"]


def test_a_newer_file_changes_what_the_user_did_not_and_keeps_what_it_was(
    store: Store, tmp_path: Path
) -> None:
    imported(store, tmp_path, LINKEDIN)
    sam = by_name(store)["Sam Okafor"]
    put(store, replace(sam, title="Product lead"))
    newer = (
        HEADER + MARIA.replace("Figma", "Linear") + SAM.replace("PM, Growth", "VP").replace("Stripe", "N26")
    )
    result = imported(store, tmp_path, newer)
    assert (result.new, result.changed) == (0, 2)
    people = by_name(store)
    assert people["Maria Chen"].company == "Linear"
    assert people["Maria Chen"].former == (
        Former(field="company", value="Figma", until=NOW.date(), by="linkedin"),
    )
    assert (people["Sam Okafor"].title, people["Sam Okafor"].company) == ("Product lead", "N26, Inc.")
    again = imported(store, tmp_path, newer)
    assert (again.new, again.changed) == (0, 0)
    assert store.undo_title == "Brought 2 people up to date from Connections.csv"


def test_another_kind_of_file_only_fills_in(store: Store, tmp_path: Path) -> None:
    imported(store, tmp_path, LINKEDIN)
    card = (
        "BEGIN:VCARD\nVERSION:3.0\nFN:Mary Chen\nEMAIL:MARIA@x.example\nORG:Old Inc\nTEL:+1 555\nEND:VCARD\n"
    )
    assert imported(store, tmp_path, card).changed == 1
    maria = by_name(store)["Maria Chen"]
    assert (maria.company, maria.phones) == ("Figma", ("+1 555",))
    assert imported(store, tmp_path, card).changed == 0


def test_what_the_user_took_away_stays_away(store: Store, tmp_path: Path) -> None:
    imported(store, tmp_path, LINKEDIN, Options(tags=("uni",)))
    maria = by_name(store)["Maria Chen"]
    assert maria.tags == ("uni",)
    put(store, replace(maria, emails=(), tags=(), company=""))
    imported(store, tmp_path, LINKEDIN, Options(tags=("uni",)))
    maria = by_name(store)["Maria Chen"]
    assert (maria.emails, maria.tags, maria.company) == ((), (), "")


def test_an_equal_name_and_company_only_suggests(store: Store, tmp_path: Path) -> None:
    put(store, Person(id="m", name="Maria Chen", company="Figma", emails=("other@x.example",)))
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Maria Chen\nORG:Figma\nEMAIL:new@x.example\nEND:VCARD\n"
    made = planned(store, tmp_path, card)
    assert (len(made.new), made.alike) == (1, ["Maria Chen"])
    assert [(each.number, each.person) for each in made.suggested] == [(1, "m")]
    result = keep(store, planned(store, tmp_path, card, Options(merge=frozenset({1}))))
    assert (result.new, result.changed) == (0, 1)
    person = store.get(Person, "m")
    assert person is not None
    assert person.emails == ("other@x.example", "new@x.example")


def test_two_profiles_of_one_name_are_two_people(store: Store, tmp_path: Path) -> None:
    rows = (
        HEADER
        + MARIA.replace(",maria@x.example", ",")
        + MARIA.replace("maria-chen", "mchen").replace("maria@x.example", "")
    )
    assert imported(store, tmp_path, rows).new == 2


def test_a_family_with_one_email_stays_a_family(store: Store, tmp_path: Path) -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:{}\nEMAIL:home@x.example\nEND:VCARD\n"
    content = card.format("Ada Ng") + card.format("Ben Lee")
    assert imported(store, tmp_path, content).new == 2
    again = imported(store, tmp_path, content)
    assert (again.new, again.changed, again.same) == (0, 0, 2)


def test_the_same_row_twice_is_one_person(store: Store, tmp_path: Path) -> None:
    result = imported(store, tmp_path, HEADER + MARIA + MARIA + TOMAS)
    assert (result.new, result.same) == (2, 1)


def test_chosen_rows_source_tags_and_field(store: Store, tmp_path: Path) -> None:
    options = Options(rows=frozenset({5}), source=Source.ALUMNI, tags=("uni",), field="design")
    assert imported(store, tmp_path, LINKEDIN, options).new == 1
    (maria,) = store.all(Person)
    assert (maria.name, maria.source, maria.tags, maria.fields) == (
        "Maria Chen",
        Source.ALUMNI,
        ("uni",),
        ("design",),
    )


class Stop(Exception):
    pass


def test_stopping_leaves_no_trace(store: Store, tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        keep(store, planned(store, tmp_path, LINKEDIN), stop)
    assert (store.all(Person), store.undo_title) == ([], None)


def test_a_plan_that_has_become_old_is_made_anew(store: Store, tmp_path: Path) -> None:
    old = planned(store, tmp_path, LINKEDIN)
    imported(store, tmp_path, HEADER + MARIA)
    result = keep(store, old)
    assert (result.new, result.same) == (2, 1)
    assert len(store.people()) == 3


def test_two_windows_that_import_the_same_do_not_double_it(
    store: Store, tmp_path: Path, clock: FixedClock
) -> None:
    with Store.open(store.path, clock=clock) as other:
        here, there = planned(store, tmp_path, LINKEDIN), planned(other, tmp_path, LINKEDIN)
        assert keep(store, here).new == 3
        result = keep(other, there)
        assert (result.new, result.same) == (0, 3)
        assert len(other.people()) == 3


def test_in_a_table_without_names_an_address_is_nobody_s_company(store: Store, tmp_path: Path) -> None:
    rows = "Wer,Firma,Mail\nEva Novak,Miro,eva@miro.example\nBo Li,Miro,\n"
    made = planned(store, tmp_path, rows)
    assert [(record.name, record.kind) for record in made.new if isinstance(record, Person)] == [
        ("eva@miro.example", Kind.PERSON),
        ("Miro", Kind.GROUP),
    ]
    assert any("hold names" in note for note in made.notes)
    keep(store, made)
    named = take(tmp_path, rows.replace("Wer", "Name"), "Connections.csv")
    assert len(plan(store, named, now=NOW).changed) == 1


def test_what_another_window_changes_while_the_plan_is_looked_at_stays(store: Store, tmp_path: Path) -> None:
    imported(store, tmp_path, HEADER + MARIA)
    newer = planned(store, tmp_path, (HEADER + MARIA).replace("Figma", "Linear"))
    put(store, replace(by_name(store)["Maria Chen"], notes="Ask her about hiring"))
    assert keep(store, newer).changed == 1
    maria = by_name(store)["Maria Chen"]
    assert (maria.company, maria.notes) == ("Linear", "Ask her about hiring")


def test_what_was_left_out_can_be_written_down(store: Store, tmp_path: Path) -> None:
    row = ",,,,Acme,CTO,23 Nov 2026\n"
    assert rejected(planned(store, tmp_path, HEADER + row + MARIA)) == HEADER + row


# -- Inroad's own records -------------------------------------------------------------------------------


def contents(store: Store) -> dict[str, list[object]]:
    return {table: list(store.all(kind)) for table, kind in TABLES.items()}


def test_everything_comes_back_from_json_and_twice_is_once(
    store: Store, clock: FixedClock, tmp_path: Path
) -> None:
    fill(store, clock)
    exported = everything(store)
    with Store.open(tmp_path / "other" / "inroad.json", clock=clock) as other:
        keep(other, planned(other, tmp_path, exported))
        assert contents(other) == contents(store)
        again = keep(other, planned(other, tmp_path, exported))
        assert (again.new, again.changed) == (0, 0)
        assert contents(other) == contents(store)


def test_a_store_s_own_file_comes_in_too(store: Store, clock: FixedClock, tmp_path: Path) -> None:
    fill(store, clock)
    store.compact()
    before = contents(store)
    with Store.open(tmp_path / "other" / "inroad.json", clock=clock) as other:
        keep(other, planned(other, tmp_path, store.path.read_bytes()))
        assert contents(other) == before


def test_records_come_in_beside_others_without_changing_them(store: Store, tmp_path: Path) -> None:
    put(store, Person(id="here", name="Maria Chen", company="Figma", identities=("m@x.example",)))
    there = Person(id="there", name="Maria C.", title="Head", company="Old", identities=("m@x.example",))
    touch = Touch(id="t", person="there", kind=TouchKind.MESSAGE, at=NOW)
    lost = Touch(id="u", person="nobody", kind=TouchKind.MESSAGE, at=NOW)
    ada = Person(id="ada", name="Ada", introduced_by="there", connected_on=date(2020, 1, 1))
    content = msgspec.json.encode({"people": [there, ada], "touches": [touch, lost]})
    result = imported(store, tmp_path, content)
    assert (result.new, result.changed, result.skipped) == (2, 1, 1)
    maria, ada_here = by_name(store)["Maria Chen"], by_name(store)["Ada"]
    assert (maria.company, maria.title, ada_here.introduced_by) == ("Figma", "Head", "here")
    assert store.where(Touch, person="here") == [replace(touch, person="here")]
    again = imported(store, tmp_path, content)
    assert (again.new, again.changed) == (0, 0)


def test_one_bad_record_costs_one(store: Store, tmp_path: Path) -> None:
    rows = b'{"id": "a", "name": "Ada"}, {"id": "b"}, {"id": "a", "name": "B"}, 7, {"id":"","name":"x"}'
    content = b'{"people": [' + rows + b"]}"
    made = planned(store, tmp_path, content)
    assert [(each.number, bool(each.why)) for each in made.skipped] == [
        (2, True),
        (3, True),
        (4, True),
        (5, True),
    ]
    assert keep(store, made).new == 1


def test_records_that_were_left_out_can_be_mended_and_taken_in(store: Store, tmp_path: Path) -> None:
    lost = b'{"id": "t", "person": "nobody", "kind": "message", "at": "2026-11-23T09:00:00Z"}'
    long = msgspec.json.encode({"id": "b", "notes": "x" * 30_000})
    content = b'{"people": [{"id": "a", "name": "Ada"}, ' + long + b'], "touches": [' + lost + b"]}"
    put(store, Person(id="here", name="Maria Chen"))
    out = rejected(planned(store, tmp_path, content))
    mended = out.replace('"id":"b"', '"id":"b","name":"Bo"').replace("nobody", "here")
    result = imported(store, tmp_path, mended)
    assert (result.new, result.skipped) == (2, 0)
    assert len(by_name(store)["Bo"].notes) == 30_000


# -- Who introduced whom ---------------------------------------------------------------------------------


NAMED = "Name,Company,Introduced by\n"


def test_an_introducer_is_found_by_name_wherever_in_the_file(store: Store, tmp_path: Path) -> None:
    put(store, Person(id="tomas", name="Tomás Rey"))
    rows = NAMED + "Sam Okafor,Stripe,priya nair\nPriya Nair,Shopify,Tomas Rey\n"
    assert imported(store, tmp_path, rows).new == 2
    sam, priya = by_name(store)["Sam Okafor"], by_name(store)["Priya Nair"]
    assert (sam.introduced_by, priya.introduced_by) == (priya.id, "tomas")
    again = imported(store, tmp_path, rows)
    assert (again.new, again.changed, again.same) == (0, 0, 2)
    put(store, replace(sam, introduced_by=""))
    assert imported(store, tmp_path, rows).changed == 0


def test_an_introducer_whom_nobody_knows_or_several_are_is_told(store: Store, tmp_path: Path) -> None:
    put(store, Person(id="p", name="Jo Li", company="A"), Person(id="q", name="Jo Li", company="B"))
    put(store, Person(id="ada", name="Ada", company="C", imported={"by": "table"}))
    made = planned(store, tmp_path, NAMED + "Sam,X,Jo Li\nBo,X,Nobody Known\nAda,C,Eva\nEva,C,Ada\nCy,X,Cy\n")
    keep(store, made)
    people = by_name(store)
    assert [people[name].introduced_by for name in ("Sam", "Bo", "Cy")] == ["", "", ""]
    # Each cannot have introduced the other.
    assert [bool(people[name].introduced_by) for name in ("Ada", "Eva")] == [True, False]
    assert any("Jo Li" in note and "Nobody Known" in note for note in made.notes)
    keep(store, without(planned(store, tmp_path, NAMED + "Dee,X,New One\nNew One,Y,\n"), {3}))
    assert by_name(store)["Dee"].introduced_by == ""


def test_a_record_of_a_year_that_nobody_lives_in_is_left_out(store: Store, tmp_path: Path) -> None:
    starts = '{"id": "%d", "person": "a", "starts": "%04d-12-31T23:00:00", "zone": "Asia/Tokyo"}'
    meetings = ", ".join(starts % (number, year) for number, year in enumerate((1, 2026, 9999)))
    content = '{"people": [{"id": "a", "name": "Ada"}], "meetings": [' + meetings + "]}"
    made = planned(store, tmp_path, content)
    assert [(each.number, "the year" in each.why) for each in made.skipped] == [(2, True), (4, True)]
    assert keep(store, made).new == 2


@pytest.mark.parametrize("minutes", [-1, 10**6, 10**15])
def test_a_meeting_of_a_length_that_no_clock_shows_is_left_out(
    store: Store, tmp_path: Path, minutes: int
) -> None:
    meeting = {"id": "m", "person": "a", "starts": "2026-12-31T23:00:00", "zone": "UTC"}
    offered = {"extensions": [{"at": "2026-12-31T23:00:00Z", "minutes": minutes}]}
    meetings = [{**meeting, "minutes": minutes}, {**meeting, "id": "n", **offered}, {**meeting, "id": "o"}]
    content = msgspec.json.encode({"people": [{"id": "a", "name": "Ada"}], "meetings": meetings})
    made = planned(store, tmp_path, content)
    assert [(each.number, "minutes" in each.why) for each in made.skipped] == [(2, True), (3, True)]
    assert keep(store, made).new == 2
