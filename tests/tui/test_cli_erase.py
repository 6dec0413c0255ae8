"""The command that erases for good: it asks, names what goes, and leaves no trace."""

from __future__ import annotations

from tests.tui.cli import Line


def done(inroad: Line, *arguments: str, given: str = "") -> str:
    """What a command prints; it must go through."""
    outcome = inroad(*arguments, given=given)
    assert outcome.status == 0, outcome
    return outcome.out


def everything_on_disk(inroad: Line) -> bytes:
    """All bytes of all files of the store."""
    return b"".join(each.read_bytes() for each in inroad.store.parent.rglob("*") if each.is_file())


def test_erased_from_store_journal_undo_and_backups(inroad: Line) -> None:
    done(inroad, "add", "Sam Okafor, PM @ Ledgerly")
    done(inroad, "add", "Lena Fischer via Sam Okafor")
    done(inroad, "backup")
    assert b"Okafor" in everything_on_disk(inroad)
    erased = done(inroad, "erase", "sam", "okafor", "--backups", "--yes")
    assert "Erased Sam Okafor for good" in erased
    assert "They are out of" in erased
    left = everything_on_disk(inroad)
    assert b"Ledgerly" not in left
    assert b"Lena Fischer" in left
    assert done(inroad, "doctor")


def test_it_asks_and_no_is_no(inroad: Line) -> None:
    done(inroad, "add", "Sam Okafor")
    refused = inroad("erase", "Sam Okafor", given="no\n")
    assert "Nothing was erased" in refused.err
    assert "This can't be undone" in refused.err
    assert "Sam Okafor" in inroad("find", "sam").out
    assert "Nothing was erased" in inroad("erase", "Sam Okafor").err
    done(inroad, "erase", "Sam Okafor", given="yes\n")
    assert "Sam Okafor" not in inroad("find", "sam").out


def test_whom_is_never_guessed(inroad: Line) -> None:
    done(inroad, "add", "Sam Okafor, PM @ Ledgerly", "Sam Okafor, CTO @ Loom")
    several = inroad("erase", "Sam Okafor", "--yes").refused()
    assert "2 people are called" in several
    assert "Ledgerly" in several
    assert "Nobody is called" in inroad("erase", "Sam", "--yes").refused()
    ids = {each["company"]: each["id"] for each in inroad("find", "sam", "--json").json}
    done(inroad, "erase", ids["Loom"], "--yes")
    assert [each["company"] for each in inroad("find", "sam", "--json").json] == ["Ledgerly"]
