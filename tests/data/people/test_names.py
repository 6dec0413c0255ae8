"""Names apart from the credentials behind them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.people.names import full_name, is_credential, split_name, without_credentials


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("Smith, MBA, PMP", "Smith"),
        ("Smith, Ph.D.", "Smith"),
        ("Smith MBA", "Smith"),
        ("Smith, Jr.", "Smith Jr."),
        ("Smith, III, MD", "Smith III"),
        ("Okafor, SHRM-CP®, MSc", "Okafor"),
        ("Okafor, SAFe 5 SPC", "Okafor"),
        ("Wu, P.Eng", "Wu"),
        ("Chen (she/her)", "Chen"),
        ("Chen, she/her", "Chen"),
        ("Chen (MBA)", "Chen"),
        ("Chen | PMP", "Chen"),
        ("Chen - CSM, PMP", "Chen"),
        ("Smith,", "Smith"),
        ("García, the writer", "García, the writer"),
        ("SMITH, JOHN", "SMITH, JOHN"),
        ("KIM, PHD", "KIM"),
        ("Ma", "Ma"),
        ("LI MA", "LI MA"),
        ("Chen (née Wang)", "Chen (née Wang)"),
        ("Saint-Jean", "Saint-Jean"),
        ("Do, Van", "Do, Van"),
        ("陈, MBA", "陈"),
        ("", ""),
    ],
)
def test_credentials_come_off_and_names_stay(name: str, left: str) -> None:
    assert without_credentials(name) == left


def test_full_name_from_parts() -> None:
    assert full_name(" Maria ", "Chen, MBA", "del  Carmen") == "Maria del Carmen Chen"
    assert full_name("", "") == ""


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Maria Chen", ("Maria", "Chen")),
        ("Ludwig van der Berg", ("Ludwig", "van der Berg")),
        ("Sam Okafor Jr.", ("Sam", "Okafor Jr.")),
        ("Maria", ("Maria", "")),
        ("", ("", "")),
    ],
)
def test_split(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


def test_a_name_is_no_credential() -> None:
    assert not is_credential("Maria")
    assert not is_credential("")


@given(st.text(alphabet=st.characters(categories=["L", "Zs"]), max_size=40))
def test_letters_never_vanish_whole(name: str) -> None:
    assert bool(without_credentials(name)) == bool(name.split())


@given(st.text(max_size=40))
def test_any_text_is_taken(name: str) -> None:
    assert len(without_credentials(name)) <= len(name) + len(" Jr.")
    assert " ".join(split_name(name)).split() == name.split()
