"""LinkedIn's whole archive: the connections in it, with bounds on what a zip file may unpack to."""

from __future__ import annotations

import io
import zipfile

from data.imports.cards import ImportRefused
from data.imports.files import TABLE_LIMIT, Source

_MOST_PARTS = 20_000
_WANTED = "connections.csv"


def unpacked(source: Source) -> Source:
    """The Connections.csv in a zip. Raises ImportRefused if there is none, or it is too big or broken."""
    try:
        with source.open() as file, zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS:
                raise ImportRefused(
                    f"{source.name} holds {len(parts):,} files, far more than LinkedIn sends: "
                    "unpack it, and import Connections.csv."
                )
            name = _choose(source, [part.filename for part in parts if not part.is_dir()])
            data = _bounded(source, archive, name)
    except ImportRefused:
        raise
    except Exception as error:
        # Each way of compressing has errors of its own, and they are no kin of each other.
        if isinstance(error, RuntimeError) and not isinstance(error, NotImplementedError):
            # What zipfile raises for a password.
            raise ImportRefused(
                f"{source.name} has a password: unpack it, and import the Connections.csv in it."
            ) from error
        raise ImportRefused(
            f"{source.name} is no whole zip file: download it again, or unpack it and import Connections.csv."
        ) from error
    return Source(f"{source.name}/{name.rpartition('/')[2]}", len(data), lambda: io.BytesIO(data))


def _choose(source: Source, names: list[str]) -> str:
    found = [name for name in names if name.rpartition("/")[2].casefold() == _WANTED]
    if found:
        return min(found, key=len)
    if any(name.startswith("xl/") for name in names):
        raise ImportRefused(f"{source.name} is an Excel workbook: open it, and save it as CSV.")
    if len(names) == 1 and names[0].casefold().endswith((".csv", ".vcf", ".json")):
        return names[0]
    raise ImportRefused(
        f"There is no Connections.csv in {source.name}: LinkedIn's first, fast archive comes without it; "
        "take the one that it sends within a day, or unpack it and import the file you mean."
    )


def _bounded(source: Source, archive: zipfile.ZipFile, name: str) -> bytes:
    """The part's bytes: read piece by piece, since what the archive says of its size may be a lie."""
    data = io.BytesIO()
    with archive.open(name) as part:
        while chunk := part.read(1 << 18):
            if data.tell() + len(chunk) > TABLE_LIMIT:
                raise ImportRefused(
                    f"{name.rpartition('/')[2]} in {source.name} unpacks to more than "
                    f"{TABLE_LIMIT >> 20} MB: no export of contacts is that large."
                )
            data.write(chunk)
    if not data.tell():
        raise ImportRefused(f"{name.rpartition('/')[2]} in {source.name} is empty: export it again.")
    return data.getvalue()
