"""Zones as people name them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.zones import AMBIGUOUS, ZoneError, find_zone, guess_zone, instant, label, wall, zone_info

at = datetime.fromisoformat


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("america/new_york", "America/New_York"),
        ("new york", "America/New_York"),
        ("London", "Europe/London"),
        ("São Paulo", "America/Sao_Paulo"),
        ("sao paulo", "America/Sao_Paulo"),
        ("cape town", "Africa/Johannesburg"),
        ("san francisco", "America/Los_Angeles"),
        ("Bengaluru", "Asia/Kolkata"),
        ("abu dhabi", "Asia/Dubai"),
        ("ET", "America/New_York"),
        ("UTC", "UTC"),
        ("utc+2", "Etc/GMT-2"),
        ("-05:00", "Etc/GMT+5"),
    ],
)
def test_a_zone_by_its_name(typed: str, zone: str) -> None:
    assert find_zone(typed) == zone


@pytest.mark.parametrize("letters", sorted(AMBIGUOUS))
def test_ambiguous_letters_are_refused_with_cities_that_can_be_typed(letters: str) -> None:
    with pytest.raises(ZoneError) as refused:
        find_zone(letters.upper())
    assert letters.upper() in str(refused.value)
    assert find_zone(AMBIGUOUS[letters][0])


@pytest.mark.parametrize("typed", ["foo", "../../etc/passwd", "[/]", "\x1b]52;c;x\x07", "UTC+5:30", "+99"])
def test_what_is_no_zone_is_refused_in_a_sentence_that_is_safe_to_show(typed: str) -> None:
    with pytest.raises(ZoneError) as refused:
        find_zone(typed)
    assert "type a" in str(refused.value)
    assert str(refused.value).isprintable()


@given(st.text(max_size=40))
def test_any_text_is_a_zone_or_refused(text: str) -> None:
    try:
        name = find_zone(text)
    except ZoneError:
        return
    assert ZoneInfo(name)


def test_a_zone_is_shown_as_it_can_be_typed() -> None:
    for name in sorted(available_timezones()):
        try:
            found = find_zone(name)
        except ZoneError:
            continue
        if found == name:
            assert find_zone(label(name)) == name
    assert label("America/New_York") == "New York"
    assert label("Etc/GMT-2") == "UTC+2"
    assert label("America/Argentina/Buenos_Aires") == "Buenos Aires"


@pytest.mark.parametrize(
    ("location", "zone"),
    [
        ("Greater Boston Area", "America/New_York"),
        ("Berlin, Germany", "Europe/Berlin"),
        ("Bengaluru, Karnataka, India", "Asia/Kolkata"),
        ("San Francisco Bay Area", "America/Los_Angeles"),
        ("Paris, Texas", ""),
        ("Cambridge, Massachusetts", "America/New_York"),
        ("Remote", ""),
        ("", ""),
    ],
)
def test_a_zone_is_guessed_from_a_place_only_where_it_is_certain(location: str, zone: str) -> None:
    assert guess_zone(location) == zone


def test_an_unknown_zone_is_the_users_own() -> None:
    own = ZoneInfo("Asia/Tokyo")
    assert zone_info("", own) is own
    assert zone_info("Nowhere/Land", own) is own
    assert zone_info("../etc/passwd").key == "UTC"


def test_hours_that_clocks_skip_or_repeat() -> None:
    skipped = instant(at("2027-03-28 02:30"), "Europe/Berlin")
    assert wall(skipped, "Europe/Berlin") == at("2027-03-28 03:30")
    repeated = instant(at("2026-10-25 02:30"), "Europe/Berlin")
    assert repeated == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
