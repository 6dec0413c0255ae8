"""From a file through the preview into the store: the largest that people have, and files that are broken."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from data.clock import FixedClock
from data.exports.everything import everything
from data.exports.outgoing import clean
from data.exports.vcards import vcard
from data.imports.cards import ImportRefused
from data.imports.keeping import keep
from data.imports.planning import plan
from data.imports.reading import read
from data.records import (
    Advice,
    Entry,
    EntryKind,
    FollowUp,
    FollowUpKind,
    Lead,
    Meeting,
    Person,
    Record,
    Source,
    Stage,
    Tier,
    Touch,
    TouchKind,
)
from data.schema import RECORDS
from data.store import Store
from tests.data.imports.files import HEADER, LINKEDIN, MARIA, TOMAS
from tests.data.imports.test_address_books import APPLE_CARD, NEW_CARD, OLD_CARD

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
CLOCK = FixedClock(NOW)
FEW = settings(max_examples=15)

MEASURED = """
import json, resource, sys
from datetime import UTC, datetime
from pathlib import Path
from data.clock import FixedClock
from data.imports.keeping import keep, result_of
from data.imports.planning import plan
from data.imports.reading import read
from data.store import Store

now, folder = datetime(2026, 11, 23, 9, tzinfo=UTC), Path(sys.argv[1])
said = []
with Store.open(folder / "inroad.json", clock=FixedClock(now)) as store:
    for _ in range(2):
        made = plan(store, read(folder / "Connections.csv"), now=now)
        kept = keep(store, made)
        said.append([kept.new, kept.changed, kept.same, kept.skipped])
try:
    with open("/proc/self/status") as file:
        # What getrusage tells counts the process, too, of which this one was forked.
        most = next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))
except OSError:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([said, most]))
"""


def test_thirty_thousand_rows_come_in_once_and_in_bounded_memory(tmp_path: Path) -> None:
    from tests.network import connections

    network = connections(30_000)
    (tmp_path / "Connections.csv").write_text(network.text, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", MEASURED, str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, timeout=110, check=True,
    )  # fmt: skip
    (first, second), kilobytes = json.loads(ran.stdout)
    assert first == [network.people, 0, 0, network.empty]
    assert second == [0, 0, network.people, network.empty]
    megabytes = kilobytes >> (20 if sys.platform == "darwin" else 10)
    assert megabytes < 250


# -- Broken files: all that is good, or nothing -----------------------------------------------------------

FILES = (
    LINKEDIN.encode(),
    (OLD_CARD + APPLE_CARD + NEW_CARD).encode(),
    b'{"people": [{"id": "a", "name": "A"}]}',
)


@FEW
@given(content=st.sampled_from(FILES), data=st.data())
def test_a_broken_file_is_kept_as_it_was_planned_or_not_at_all(content: bytes, data: st.DataObject) -> None:
    broken = bytearray(content[: data.draw(st.integers(1, len(content)))])
    for _ in range(data.draw(st.integers(0, 3))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(bytes(broken))
        with Store.open(Path(folder) / "store" / "inroad.json", clock=CLOCK) as store:
            try:
                made = plan(store, read(path), now=NOW)
            except ImportRefused:
                assert store.count(Person) == 0
                return
            kept = keep(store, made)
            assert kept.new == store.count(Person) == len(made.new)
            again = keep(store, plan(store, read(path), now=NOW))
            assert (again.new, again.changed) == (0, 0)


@FEW
@given(st.lists(st.text(max_size=30).filter(lambda line: '"' not in line), max_size=4))
def test_rows_between_good_ones_never_cost_them(lines: list[str]) -> None:
    junk = "".join(line.replace("\n", "").replace("\r", "") + "\n" for line in lines)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes((HEADER + MARIA + junk + TOMAS).encode("utf-8", "replace"))
        names = [card.name for card in read(path).cards]
    assert (names[0], names[-1]) == ("Maria Chen", "Tomás Rey")


# -- There and back ---------------------------------------------------------------------------------------

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NAME = ANY.map(lambda text: text or "x")


def people(count: int) -> st.SearchStrategy[list[Person]]:
    one = st.builds(
        Person, id=st.just("x"), name=NAME, company=ANY, title=ANY, notes=ANY, location=ANY, zone=ANY,
        fields=st.lists(ANY, max_size=2).map(tuple), emails=st.lists(ANY, max_size=2).map(tuple),
        tags=st.lists(ANY, max_size=2).map(tuple), source=st.sampled_from(Source), tier=st.sampled_from(Tier),
        stage=st.sampled_from(Stage), removed=st.booleans(), imported=st.dictionaries(ANY, ANY, max_size=2),
        connected_on=st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2030, 1, 1))),
    )  # fmt: skip
    found = st.lists(one, min_size=count, max_size=count)
    return found.map(lambda many: [replace(each, id=f"p{at}") for at, each in enumerate(many)])


@FEW
@given(some=people(3), text=ANY, kind=st.sampled_from(EntryKind), touch=st.sampled_from(TouchKind))
def test_any_store_comes_back_from_json_equal(
    some: list[Person], text: str, kind: EntryKind, touch: TouchKind
) -> None:
    starts = datetime(2026, 12, 1, 15)  # noqa: DTZ001 - a wall time
    records: list[Record] = [
        replace(some[0], introduced_by="p1"),
        *some[1:],
        Meeting(id="m", person="p0", starts=starts, zone="Europe/Berlin", place=text, objective=text),
        Entry(id="e", meeting="m", kind=kind, text=text, at=NOW, order=3),
        Lead(id="l", giver="p1", text=text, person="p2", meeting="m", entry="e", captured=NOW),
        Advice(id="a", giver="p0", text=text, meeting="m"),
        FollowUp(id="f", person="p2", kind=FollowUpKind.LEAD, due=date(2026, 12, 3), lead="l", words=text),
        Touch(id="t", person="p1", kind=touch, at=NOW, text=text, about="p2"),
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "all"
        with Store.open(Path(folder) / "one" / "inroad.json", clock=CLOCK) as store:
            with store.transaction("Set up") as tx:
                for record in records:
                    tx.put(record)
            path.write_bytes(everything(store))
            before: dict[type[Record], list[Any]] = {kind: store.all(kind) for kind in RECORDS}
        with Store.open(Path(folder) / "two" / "inroad.json", clock=CLOCK) as other:
            result = keep(other, plan(other, read(path), now=NOW))
            assert result.skipped == 0
            assert {kind: other.all(kind) for kind in RECORDS} == before


SIGNS = [*'\\,;:"=\n', "\\n", "\r\n", " ", "END:VCARD", "é", "☕", "=0A", "x" * 80]
TRICKY = st.lists(st.one_of(st.sampled_from(SIGNS), ANY), max_size=8).map("".join)


def on_a_line(text: str) -> str:
    return " ".join(clean(text).split())


@settings(max_examples=60)
@given(title=TRICKY, company=TRICKY, place=TRICKY, notes=TRICKY, tags=st.lists(TRICKY, max_size=3))
def test_a_card_holds_what_its_fields_held_whatever_stands_in_them(
    tmp_path: Path, title: str, company: str, place: str, notes: str, tags: list[str]
) -> None:
    person = Person(
        id="abcdef12", name="Maria Chen", title=title, company=company, location=place, notes=notes,
        tags=tuple(tags), fields=tuple(tags),
    )  # fmt: skip
    path = tmp_path / "one.vcf"
    with Store.open(tmp_path / "store" / "inroad.json", clock=CLOCK, read_only=False) as store:
        path.write_text(vcard(store, person), encoding="utf-8", newline="")
    (card,) = read(path).cards
    assert card.name == "Maria Chen"
    assert (card.title, card.company, card.location) == (
        on_a_line(title),
        on_a_line(company),
        on_a_line(place),
    )
    assert card.notes == clean(notes).strip()
    told = [on_a_line(tag) for tag in tags]
    assert list(card.tags) == list(dict.fromkeys(tag for tag in told if tag))
    assert card.fields == card.tags
    assert card.emails == card.phones == card.links == ()
