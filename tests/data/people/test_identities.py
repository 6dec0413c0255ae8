"""Addresses by which somebody is known again, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.people.identities import (
    identified,
    identities,
    identities_of,
    identity,
    is_linkedin,
    normal_email,
    normal_url,
    slug_name,
)
from data.records import Person

MARIA = "linkedin.com/in/maria-chen"


@pytest.mark.parametrize(
    "text",
    [
        "https://www.linkedin.com/in/maria-chen",
        "http://linkedin.com/in/maria-chen/",
        "https://de.linkedin.com/in/Maria-Chen",
        "https://m.linkedin.com/in/maria-chen",
        "https://uk.linkedin.com/in/maria-chen/en",
        "www.linkedin.com/in/maria-chen?trk=people&x=1",
        "linkedin.com/in/maria-chen/#about",
        "https://www.linkedin.com/in/maria%2Dchen/",
        "https://www.linkedin.com/in/maria%252Dchen/",
        "https://www.linkedin.com/mwlite/in/maria-chen",
        "//linkedin.com//in//maria-chen//",
        "  https://www.linkedin.com/in/maria-chen \n",
        "https://www.linkedin.com:443/in/maria-chen/overlay/contact-info/",
    ],
)
def test_all_ways_to_write_a_profile_are_one(text: str) -> None:
    assert normal_url(text) == MARIA
    assert identity(text) == MARIA
    assert is_linkedin(normal_url(text))


def test_percent_encoded_names_are_decoded_and_composed() -> None:
    composed = normal_url("https://www.linkedin.com/in/jos%C3%A9-mart%C3%ADn")
    assert composed == "linkedin.com/in/josé-martín"
    assert normal_url("https://www.linkedin.com/in/jose%CC%81-marti%CC%81n") == composed


@pytest.mark.parametrize(
    "text",
    ["", "  ", "maria", "n/a", "javascript:alert(1)", "mailto:m@example.org", "http://", "3.5", "a b.c/d",
     "https://" + "x" * 5_000 + ".com/in/x", "\x1b]52;c;eA==\x07", "=cmd|' /C calc'!A0"],
)  # fmt: skip
def test_what_is_no_address_is_none(text: str) -> None:
    assert normal_url(text) == ""


def test_elsewhere_case_and_an_id_in_the_query_count() -> None:
    assert normal_url("https://Example.org/People/Maria/?utm_source=x") == "example.org/People/Maria"
    assert identity("https://facebook.com/profile.php?id=7") == "facebook.com/profile.php?id=7"
    assert identity("https://facebook.com/profile.php?id=8") != identity("facebook.com/profile.php?id=7")
    assert identity("https://github.com/MChen/") == "github.com/mchen"
    for host in ("www", "www2", "m", "mobile", "touch", "amp"):
        assert identity(f"https://{host}.twitter.com/MChen") == "twitter.com/mchen"


@pytest.mark.parametrize(
    "text", ["https://figma.com/about", "linkedin.com/company/figma", "example.org", "x.com"]
)
def test_a_company_s_page_is_nobody_s_identity(text: str) -> None:
    assert normal_url(text)
    assert identity(text) == ""


def test_a_page_kept_as_somebody_s_own_is_theirs() -> None:
    group = Person(id="g", name="Data alumni", linkedin="https://www.linkedin.com/groups/123/")
    assert identities_of(group) == ("linkedin.com/groups/123",)


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("Maria.Chen@Example.ORG", "maria.chen@example.org"),
        ("Maria Chen <maria@example.org>", "maria@example.org"),
        ("mailto:maria%40example.org?subject=x", "maria@example.org"),
        (" maria@example.org ", "maria@example.org"),
        ("müller@bücher.example", "müller@bücher.example"),
        ("maria@@example.org", ""),
        ("maria@", ""),
        ("@maria", ""),
        ("a@b.c\nBcc: d@e.f", ""),
        ("a@b.c, d@e.f", ""),
        ("maria at example.org", ""),
    ],
)
def test_emails(text: str, email: str) -> None:
    assert normal_email(text) == email


def test_identities_once_each_in_order() -> None:
    assert identities(["M@x.org", "nothing", "m@X.org", "linkedin.com/in/M"]) == (
        "m@x.org",
        "linkedin.com/in/m",
    )


def test_an_old_address_stays_an_identity() -> None:
    person = identified(Person(id="1", name="Maria", emails=("old@example.org",)))
    moved = identified(
        Person(id="1", name="Maria", emails=("new@example.org",), identities=person.identities)
    )
    assert moved.identities == ("old@example.org", "new@example.org")
    assert identified(moved) is moved


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.linkedin.com/in/maria-chen-4b2a91/", "Maria Chen"),
        ("https://www.linkedin.com/in/mariachen", "Mariachen"),
        ("https://www.linkedin.com/in/jos%C3%A9-mart%C3%ADn", "José Martín"),
        ("https://example.org/in/maria", ""),
        ("", ""),
    ],
)
def test_a_name_from_an_address(url: str, name: str) -> None:
    assert slug_name(url) == name


@given(
    st.text(max_size=60),
    st.sampled_from(["", "https://www.linkedin.com/in/", "http://", "m@", "https://x.com/"]),
)
def test_normalising_twice_changes_nothing_and_never_fails(text: str, before: str) -> None:
    url, email = normal_url(before + text), normal_email(before + text)
    assert url == "" or "%" in url or normal_url(url) == url
    assert normal_email(email) == email
    for found in (url, email):
        assert not any(ord(char) < 0x20 or char in "\x7f\u2028\u2029" for char in found)
