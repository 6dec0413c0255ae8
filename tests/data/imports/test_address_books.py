"""Google, Outlook, any table, and vCards of all three versions."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.imports.cards import Format, ImportRefused
from data.imports.reading import read
from data.records import Kind
from tests.data.imports.files import names, take


def test_google_old(tmp_path: Path) -> None:
    parsed = take(
        tmp_path,
        "Name,Given Name,Additional Name,Family Name,Name Suffix,Birthday,Location,Notes,Group Membership,"
        "E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Address 1 - City,"
        "Organization 1 - Name,Organization 1 - Title,Website 1 - Type,Website 1 - Value\n"
        "Ada Ng,Ada,,Ng,,1990-04-15,,hello,* myContacts ::: Design,* Work,a@x.example ::: b@x.example,Mobile,"
        "+49 170 1,Berlin,Acme,CTO,Profile,http://www.linkedin.com/in/ada\n",
    )
    (card,) = parsed.cards
    assert parsed.format is Format.GOOGLE
    assert (card.name, card.company, card.title, card.location) == ("Ada Ng", "Acme", "CTO", "Berlin")
    assert (card.emails, card.tags, card.phones) == (
        ("a@x.example", "b@x.example"),
        ("Design",),
        ("+49 170 1",),
    )
    assert (card.linkedin, card.birthday, card.notes) == (
        "http://www.linkedin.com/in/ada",
        "1990-04-15",
        "hello",
    )


def test_google_new(tmp_path: Path) -> None:
    parsed = take(
        tmp_path,
        "First Name,Middle Name,Last Name,Phonetic First Name,Name Prefix,File As,Organization Name,"
        "Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,"
        "E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value\n"
        "Ada,,Ng,,Dr.,,Acme,CTO,IT,,,,* myContacts ::: Uni,* ,a@x.example,,\n"
        ",,,,,,Pizza Uno,,,,,,* myContacts,,,,+49 30 1\n"
        ",,,,,,,,,,,,* myContacts,,info@x.example,,\n"
        ",,,,,,,,,,,,* myContacts,,,,\n",
    )
    assert parsed.format is Format.GOOGLE
    assert names(parsed) == ["Ada Ng", "Pizza Uno", "info@x.example"]
    assert [card.kind for card in parsed.cards] == [Kind.PERSON, Kind.GROUP, Kind.PERSON]
    assert parsed.cards[0].tags == ("Uni",)
    assert [each.number for each in parsed.skipped] == [5]


def test_outlook(tmp_path: Path) -> None:
    header = (
        "First Name,Middle Name,Last Name,Title,Suffix,E-mail Address,E-mail 2 Address,Mobile Phone,"
        "Job Title,Department,Company,Business City,Notes,Categories"
    )
    row = 'Ada,,Ng,Dr.,,a@x.example,b@x.example,+1 555,CTO,IT,Acme,Berlin,"two\nlines",Uni;Design Team\n'
    parsed = take(tmp_path, f"{header}\r\n{row}")
    (card,) = parsed.cards
    assert parsed.format is Format.OUTLOOK
    assert (card.name, card.title, card.company, card.location) == ("Ada Ng", "CTO", "Acme", "Berlin")
    assert (card.emails, card.tags) == (("a@x.example", "b@x.example"), ("Uni", "Design Team"))
    assert card.notes == "two\nlines"


def test_outlook_desktop_s_title_is_no_role(tmp_path: Path) -> None:
    parsed = take(
        tmp_path,
        "Title,First Name,Last Name,Company,Department,Job Title,E-mail Address,Web Page\n"
        "Dr.,Ada,Ng,Acme,IT,CTO,a@x.example,www.x.example\n",
    )
    assert [(card.name, card.title, card.links) for card in parsed.cards] == [
        ("Ada Ng", "CTO", ("www.x.example",))
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_table_and_its_mapping(tmp_path: Path, separator: str) -> None:
    rows = (("Full name", "Employer", "What they do"), ("Ada Ng", "Acme", "CTO"), ("Zoë Ré", "N26", "Chef"))
    content = "\n".join(separator.join(row) for row in rows).encode("cp1252")
    parsed = take(tmp_path, content)
    assert names(parsed) == ["Ada Ng", "Zoë Ré"]
    assert parsed.mapping == {"Full name": "name", "Employer": "company", "What they do": ""}
    again = read(tmp_path / "file.txt", mapping={"What they do": "title", "employer": ""})
    assert [(card.title, card.company) for card in again.cards] == [("CTO", ""), ("Chef", "")]
    with pytest.raises(ImportRefused, match="no column “Job”"):
        read(tmp_path / "file.txt", mapping={"Job": "title"})


def test_a_table_of_unknown_columns_asks(tmp_path: Path) -> None:
    parsed = take(tmp_path, "Wer,Wo\nAda,Acme\nBen,N26\n")
    assert (parsed.cards, parsed.columns, parsed.samples[0]) == ([], ("Wer", "Wo"), ("Ada", "Acme"))
    assert "say which is which" in parsed.notes[0]
    assert names(read(tmp_path / "file.txt", mapping={"Wer": "name"})) == ["Ada", "Ben"]


OLD_CARD = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;\r\n"
    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg M=C3=\r\n=BCller\r\nTEL;CELL;PREF:+49 170 1\r\n"
    "EMAIL;INTERNET:j@x.example\r\nPHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\r\n AAAA\r\n\r\nORG:Acme;IT\r\n"
    "NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0A=\r\ntwo\r\nEND:VCARD\r\n"
)
APPLE_CARD = (
    "BEGIN:VCARD\nVERSION:3.0\nN:Chen;Maria;;;\nFN:Maria Chen\\, MBA\nORG:Figma\\; Inc.;Design\nTITLE:Head\n"
    "item1.EMAIL;type=INTERNET;type=pref:m@x.example\nitem2.URL:http\\://www.linkedin.com/in/maria\n"
    "item2.X-ABLabel:_$!<HomePage>!$_\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/\n  AAAA\n  BBBB\nBDAY:--0415\n"
    "NOTE:a long\n  note\\nof two lines\nCATEGORIES:Uni,Design\nitem3.X-ABRELATEDNAMES:Priya Nair\n"
    "item3.X-ABLabel:introduced by\nADR;type=WORK:;;Street 1;Berlin;;10115;Germany\nEND:VCARD\n"
)
COMPANY_CARD = "BEGIN:VCARD\nVERSION:3.0\nN:;;;;\nORG:Alumni Hanover\nX-ABShowAs:COMPANY\nEND:VCARD\n"
NEW_CARD = (
    "BEGIN:VCARD\nVERSION:4.0\nFN:Ben Lee\nN:Lee;Ben;;;\nPHOTO:data:image/png;base64,AAAA\n"
    'TEL;VALUE=uri;TYPE="cell,voice":tel:+1-555\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-04-15\nTZ:Europe/Berlin\n'
    "END:VCARD\nBEGIN:VCARD\nVERSION:4.0\nKIND:org\nFN:The Guild\nEND:VCARD\n"
)


def test_vcard_2_1(tmp_path: Path) -> None:
    (card,) = take(tmp_path, OLD_CARD).cards
    assert (card.name, card.company, card.phones) == ("Jörg Müller", "Acme", ("+49 170 1",))
    assert (card.emails, card.notes.split()) == (("j@x.example",), ["one", "two"])


def test_vcard_3(tmp_path: Path) -> None:
    (card,) = take(tmp_path, APPLE_CARD).cards
    assert (card.name, card.company, card.title) == ("Maria Chen", "Figma; Inc.", "Head")
    assert (card.emails, card.linkedin) == (("m@x.example",), "http://www.linkedin.com/in/maria")
    assert (card.birthday, card.notes) == ("--04-15", "a long note\nof two lines")
    assert (card.tags, card.introduced_by, card.location) == (
        ("Uni", "Design"),
        "Priya Nair",
        "Berlin, Germany",
    )


def test_vcard_4_and_companies(tmp_path: Path) -> None:
    ben, guild, alumni = take(tmp_path, NEW_CARD + COMPANY_CARD).cards
    assert (ben.phones, ben.birthday, ben.zone) == (("+1-555",), "--04-15", "Europe/Berlin")
    assert (guild.name, guild.kind) == ("The Guild", Kind.GROUP)
    assert (alumni.name, alumni.kind, alumni.company) == ("Alumni Hanover", Kind.GROUP, "")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_vcard_line_ends_and_encodings(tmp_path: Path, line_end: str, encoding: str) -> None:
    content = "BEGIN:VCARD\nVERSION:3.0\nFN:Zoë Ré\nEND:VCARD\n".replace("\n", line_end)
    assert names(take(tmp_path, content.encode(encoding))) == ["Zoë Ré"]


def test_one_bad_card_costs_one_card(tmp_path: Path) -> None:
    empty = "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n"
    cut = "BEGIN:VCARD\nVERSION:3.0\nFN:Cut\n"
    parsed = take(tmp_path, APPLE_CARD + empty + cut + OLD_CARD + "garbage\n" + NEW_CARD + cut)
    assert names(parsed) == ["Maria Chen", "Jörg Müller", "Ben Lee", "The Guild"]
    assert [(each.number, each.why) for each in parsed.skipped] == [
        (2, "it has no name, address or number"),
        (3, "it has no END:VCARD"),
        (7, "the file ends in the middle of it"),
    ]


def test_an_agent_in_a_card_is_passed_over(tmp_path: Path) -> None:
    inner = "AGENT:\nBEGIN:VCARD\nVERSION:2.1\nN:Friday;Fred\nEND:VCARD\n"
    content = APPLE_CARD.replace("TITLE:Head\n", inner + "TITLE:Head\n") + COMPANY_CARD
    assert [(card.name, card.title) for card in take(tmp_path, content).cards] == [
        ("Maria Chen", "Head"),
        ("Alumni Hanover", ""),
    ]
