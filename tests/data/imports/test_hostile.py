"""Files broken or meant ill: a sentence, or a part left out; never a traceback, never without bound."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.imports.cards import ImportRefused, Parsed
from data.imports.reading import read
from tests.data.imports.files import HEADER, LINKEDIN, MARIA, SAM, TOMAS, names, take
from tests.data.imports.test_address_books import APPLE_CARD, NEW_CARD, OLD_CARD

TEXT = st.text(
    st.one_of(st.characters(exclude_categories=["Cc", "Cs"]), st.sampled_from('\n\r\t",')), max_size=20
)
ANY = settings(max_examples=120)


def tried(folder: Path, content: bytes) -> Parsed | None:
    """What comes of it; a refusal has to be one sentence."""
    try:
        return take(folder, content)
    except ImportRefused as refusal:
        sentence = str(refusal)
        assert sentence.startswith(("file.txt", "There is no", "Connections.csv"))
        assert sentence.endswith(".")
        assert "\n" not in sentence
        return None


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\n\n \n", "nothing but blanks"),
        (b"\x00\x01\x02\x03" * 500, "no text file"),
        (bytes(range(256)) * 40, "no text file"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "Excel"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"hello", "none of the files"),
        (b"{", "no whole JSON"),
        (b'{"a": [1]}', "no Inroad export"),
        (b'{"people": 7}', "no Inroad export"),
        (b'{"people": [' + b"[" * 100_000, "too deep"),
        (b"PK\x03\x04broken", "no whole zip"),
    ],
    ids=range(13),
)
def test_a_clear_sentence(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(ImportRefused, match=says):
        take(tmp_path, content)


def test_what_is_no_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.csv", tmp_path / ("x" * 300), Path("/dev/null"), Path("a\0b")):
        with pytest.raises(ImportRefused):
            read(path)


def zipped(name: str, data: bytes, way: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", way) as archive:
        archive.writestr("Rich_Media.csv", "a,b\n")
        archive.writestr(name, data)
    return out.getvalue()


def test_linkedin_s_archive(tmp_path: Path) -> None:
    parsed = take(tmp_path, zipped("Basic/Connections.csv", LINKEDIN.encode()))
    assert (len(parsed.cards), parsed.file) == (3, "file.txt/Connections.csv")
    with pytest.raises(ImportRefused, match=r"no Connections\.csv"):
        take(tmp_path, zipped("Messages.txt", b"x"))
    with pytest.raises(ImportRefused, match="Excel workbook"):
        take(tmp_path, zipped("xl/workbook.xml", b"x"))


@pytest.mark.parametrize("way", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_with_a_broken_part_in_it(tmp_path: Path, way: int) -> None:
    data = bytearray(zipped("Connections.csv", LINKEDIN.encode() * 50, way))
    start = data.index(b"Connections.csv") + 30
    data[start : start + 40] = bytes(byte ^ 0xFF for byte in data[start : start + 40])
    with pytest.raises(ImportRefused, match="no whole zip"):
        take(tmp_path, bytes(data))


def test_a_zip_bomb_is_bounded(tmp_path: Path) -> None:
    data = zipped("Connections.csv", bytes(100 << 20))
    tracemalloc.start()
    try:
        with pytest.raises(ImportRefused, match="unpacks to more than"):
            take(tmp_path, data)
        assert tracemalloc.get_traced_memory()[1] < 150 << 20
    finally:
        tracemalloc.stop()


def test_a_hundred_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    with path.open("wb") as file:
        file.write(HEADER.encode())
        for _ in range(100):
            file.write(b"Ada,Ng,,,,,\n" * ((1 << 20) // 12 + 1))
    with pytest.raises(ImportRefused, match="100 MB"):
        read(path)


@pytest.mark.parametrize(
    "row",
    [
        "x" * 1_000_000 + ",b,c,d,e,f,g",
        '"' + "x" * 1_000_000 + '",b,c,d,e,f,g',
        "," * 1_000_000,
        '","' * 100_000,
        '"' * 1_000_001,
        "x" * 3_000_000,
    ],
    ids=range(6),
)
def test_an_endless_row_costs_itself(tmp_path: Path, row: str) -> None:
    started = time.process_time()
    parsed = take(tmp_path, HEADER + MARIA + row + "\n" + SAM + TOMAS)
    assert names(parsed) == ["Maria Chen", "Sam Okafor", "Tomás Rey"]
    assert [each.number for each in parsed.skipped] == [3]
    assert time.process_time() - started < 30


def test_an_endless_card_costs_itself(tmp_path: Path) -> None:
    long = "BEGIN:VCARD\nVERSION:3.0\nFN:x\nNOTE:" + ("y" * 70 + "\n ") * 20_000 + "\nEND:VCARD\n"
    deep = "BEGIN:VCARD\n" * 10_000 + "FN:Deep\n" + "END:VCARD\n" * 10_000
    tricky = "BEGIN:VCARD\nA;" + "b;" * 5_000 + "\nN;" + 'B="c",' * 5_000 + ":x\nFN:Ok\nEND:VCARD\n"
    parsed = take(tmp_path, long + deep + tricky + APPLE_CARD)
    assert names(parsed) == ["Deep", "Ok", "Maria Chen"]
    assert len(parsed.skipped) == 1 + 9_999


def test_a_long_line_that_goes_on_and_on_is_looked_at_once(tmp_path: Path) -> None:
    started = time.process_time()
    card = "BEGIN:VCARD\nVERSION:2.1\nA" + ";x" * 250_000 + "\n" + " =\n" * 4_000 + "FN:Ok\nEND:VCARD\n"
    assert names(take(tmp_path, card)) == ["Ok"]
    assert time.process_time() - started < 30


@ANY
@given(st.binary(max_size=400))
def test_any_bytes(tmp_path: Path, content: bytes) -> None:
    tried(tmp_path, content)
    tried(tmp_path, HEADER.encode() + content)
    tried(tmp_path, b"BEGIN:VCARD\n" + content)
    tried(tmp_path, b'{"people": [' + content)


@ANY
@given(st.lists(st.lists(TEXT, min_size=7, max_size=7), max_size=6))
def test_any_cells_are_read_as_the_csv_module_wrote_them(tmp_path: Path, rows: list[list[str]]) -> None:
    import csv

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows(rows)
    writer.writerow(["Last", "One", "", "", "", "", "23 Nov 2026"])
    parsed = tried(tmp_path, HEADER.encode() + out.getvalue().encode())
    assert parsed is not None
    assert names(parsed)[-1] == "Last One"


FILES = (LINKEDIN.encode(), (OLD_CARD + APPLE_CARD + NEW_CARD).encode(), LINKEDIN.encode("cp1252"))


@ANY
@given(st.sampled_from(FILES), st.data())
def test_good_files_cut_and_flipped(tmp_path: Path, content: bytes, data: st.DataObject) -> None:
    broken = bytearray(content[: data.draw(st.integers(0, len(content)))])
    for _ in range(data.draw(st.integers(0, 3))):
        if broken:
            broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    tried(tmp_path, bytes(broken))


@ANY
@given(at=st.integers(0, len(APPLE_CARD) - 1), byte=st.integers(0, 255))
def test_a_flipped_byte_in_a_card_costs_at_most_that_card(tmp_path: Path, at: int, byte: int) -> None:
    broken = bytearray(APPLE_CARD.encode())
    broken[at] = byte
    parsed = tried(tmp_path, OLD_CARD.encode() + bytes(broken) + b"\n" + NEW_CARD.encode())
    assert parsed is not None
    assert names(parsed)[0] == "Jörg Müller"
    assert names(parsed)[-1] == "The Guild"
    assert "Ben Lee" in names(parsed)


def test_an_archive_of_too_many_parts_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from data.imports import archives

    monkeypatch.setattr(archives, "_MOST_PARTS", 1)
    with pytest.raises(ImportRefused, match="holds 2 files, far more than LinkedIn sends"):
        take(tmp_path, zipped("Connections.csv", LINKEDIN.encode()))


def test_photos_cost_no_memory(tmp_path: Path) -> None:
    photo = "PHOTO;ENCODING=b;TYPE=JPEG:\n" + (" " + "A" * 75 + "\n") * 1_350
    path = tmp_path / "file.txt"
    with path.open("w") as file:
        for number in range(40):
            file.write(f"BEGIN:VCARD\nVERSION:3.0\nFN:Ada {number}\n{photo * 5}END:VCARD\n")
    assert path.stat().st_size > 18 << 20
    tracemalloc.start()
    try:
        assert len(read(path).cards) == 40
        assert tracemalloc.get_traced_memory()[1] < 5 << 20
    finally:
        tracemalloc.stop()


def test_a_parameter_in_latin_1_costs_nothing(tmp_path: Path) -> None:
    file = tmp_path / "one.vcf"
    file.write_bytes(b"BEGIN:VCARD\r\nVERSION:2.1\r\nN:Okafor;Sam\r\nTEL;\xff\xb5:+49 30 1\r\nEND:VCARD\r\n")
    assert names(read(file)) == ["Sam Okafor"]


def test_a_folded_line_that_reads_like_an_end_ends_nothing(tmp_path: Path) -> None:
    file = tmp_path / "one.vcf"
    file.write_bytes(
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Sam Okafor\r\nNOTE:good\r\n END:VCARD\r\nTITLE:PM\r\nEND:VCARD\r\n"
    )
    (card,) = read(file).cards
    assert (card.name, card.title) == ("Sam Okafor", "PM")
