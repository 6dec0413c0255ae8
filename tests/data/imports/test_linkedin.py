"""LinkedIn’s file of connections: every year’s, in every language and encoding, and broken ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.imports.cards import Format
from tests.data.imports.files import HEADER, LINKEDIN, MARIA, NOTE, SAM, TOMAS, names, take

EVERYBODY = ["Maria Chen", "Sam Okafor", "Tomás Rey"]


def test_todays_file(tmp_path: Path) -> None:
    parsed = take(tmp_path, LINKEDIN)
    assert (parsed.format, parsed.skipped, parsed.unit) == (Format.LINKEDIN, [], "line")
    assert names(parsed) == EVERYBODY
    maria, sam, _ = parsed.cards
    assert (maria.company, maria.title, maria.emails) == ("Figma", "Head of Design", ("maria@x.example",))
    assert maria.linkedin == "https://www.linkedin.com/in/maria-chen"
    assert (maria.connected_on, maria.number) == (date(2026, 11, 23), 5)
    assert (sam.company, sam.title, sam.connected_on) == ("Stripe, Inc.", "PM, Growth", date(2024, 3, 1))
    assert parsed.mapping["Connected On"] == "connected_on"


@pytest.mark.parametrize(
    "content",
    [
        HEADER + MARIA + SAM + TOMAS,
        "\ufeff" + LINKEDIN,
        LINKEDIN.replace("\n", "\r\n"),
        LINKEDIN.replace("\n", "\r"),
        "Notes:\n\n\nmore, and more\n" * 4 + HEADER + MARIA + SAM + TOMAS,
        (NOTE.strip() + ",,,,,,\n,,,,,,\n" + HEADER + MARIA + SAM + TOMAS),
        LINKEDIN.rstrip("\n"),
        LINKEDIN.replace("Tomás,", "Tomás ,").replace(",Loom,", ", Loom  ,"),
    ],
)
def test_the_heading_is_found_by_its_content(tmp_path: Path, content: str) -> None:
    parsed = take(tmp_path, content)
    assert (parsed.format, names(parsed)) == (Format.LINKEDIN, EVERYBODY)
    assert parsed.cards[2].company == "Loom"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
def test_every_encoding(tmp_path: Path, encoding: str) -> None:
    assert names(take(tmp_path, LINKEDIN.encode(encoding))) == EVERYBODY


def test_saved_again_by_excel(tmp_path: Path) -> None:
    content = (
        "First Name;Last Name;URL;Email Address;Company;Position;Connected On\r\n"
        "Tomás;Rey;https://www.linkedin.com/in/tomas-rey;;Loom;CTO;23-Nov-26\r\n"
        "Zoë;Meyer;;;Ça Va & Co;Chef;1-Mar-24\r\n"
    )
    parsed = take(tmp_path, content.encode("cp1252"))
    assert names(parsed) == ["Tomás Rey", "Zoë Meyer"]
    assert [card.connected_on for card in parsed.cards] == [date(2026, 11, 23), date(2024, 3, 1)]


def test_2018_and_2022(tmp_path: Path) -> None:
    old = (
        "First Name,Last Name,Email Address,Company,Position,Connected On\n"
        'Ada,Ng,,Acme,CTO,"03/04/18, 9:15 AM"\nBen,Lee,b@x.example,,,"11/23/17, 3:04 PM"\n'
    )
    parsed = take(tmp_path, old)
    assert [card.connected_on for card in parsed.cards] == [date(2018, 3, 4), date(2017, 11, 23)]
    newer = "First Name,Last Name,Email Address,Company,Position,Connected On\nAda,Ng,,Acme,CTO,04 Mar 2022\n"
    assert take(tmp_path, newer).cards[0].connected_on == date(2022, 3, 4)


@pytest.mark.parametrize(
    ("header", "day", "read"),
    [
        (
            "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am",
            "3. März 2023",
            date(2023, 3, 3),
        ),
        (
            "Prénom,Nom de famille,URL,Adresse e-mail,Entreprise,Poste,Connecté(e) le",
            "12 mars 2023",
            date(2023, 3, 12),
        ),
        ("Prénom,Nom,URL,E-mail,Entreprise,Fonction,Date de connexion", "1 août 2021", date(2021, 8, 1)),
        (
            "Nombre,Apellidos,URL,Correo electrónico,Empresa,Cargo,Fecha de conexión",
            "5 ene 2021",
            date(2021, 1, 5),
        ),
        ("Nome,Cognome,URL,Indirizzo email,Azienda,Posizione,Collegato il", "9 dic 2020", date(2020, 12, 9)),
    ],
)
def test_other_languages(tmp_path: Path, header: str, day: str, read: date) -> None:
    row = f"Ada,Ng,https://www.linkedin.com/in/ada,ada@x.example,Acme,CTO,{day}\n"
    (card,) = take(tmp_path, f"{header}\n{row}").cards
    assert (card.name, card.company, card.title, card.connected_on) == ("Ada Ng", "Acme", "CTO", read)
    assert (card.emails, card.linkedin) == (("ada@x.example",), "https://www.linkedin.com/in/ada")


def test_rows_without_name_and_address_are_left_out_and_counted(tmp_path: Path) -> None:
    rows = ",,,,Acme,CTO,23 Nov 2026\n,,,,,,\n,,https://www.linkedin.com/in/ann-lee-4b2,,,,\n"
    parsed = take(tmp_path, HEADER + rows)
    assert names(parsed) == ["Ann Lee"]
    assert [(each.number, each.why) for each in parsed.skipped] == [
        (2, "it has neither a name nor a profile address"),
        (3, "it is empty"),
    ]


def test_the_end_is_missing(tmp_path: Path) -> None:
    for end in range(1, TOMAS.rindex(",")):
        parsed = take(tmp_path, HEADER + MARIA + TOMAS[:end])
        assert names(parsed) == ["Maria Chen"]
        assert [each.why for each in parsed.skipped] == ["the file ends in the middle of it"]


def test_a_quotation_mark_too_many_costs_its_own_row(tmp_path: Path) -> None:
    for at in range(len(MARIA)):
        for mark in '",\n;':
            broken = MARIA[:at] + mark + MARIA[at + 1 :]
            parsed = take(tmp_path, HEADER + SAM + broken + TOMAS + SAM.replace("Sam", "Sal"))
            assert names(parsed)[0] == "Sam Okafor"
            assert names(parsed)[-2:] == ["Tomás Rey", "Sal Okafor"] or at == len(MARIA) - 1
