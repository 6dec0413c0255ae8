"""The made-up network has the shape and the shares of oddities that real files have."""

from __future__ import annotations

import csv
import io

from tests.network import HEADER, connections


def test_shares_and_shape() -> None:
    network = connections(4335, seed=3)
    lines = network.text.split("\n", 3)
    assert lines[0] == "Notes:"
    assert lines[2] == ""
    rows = list(csv.DictReader(io.StringIO(lines[3])))
    assert tuple(rows[0]) == HEADER
    assert len(rows) == network.rows == 4335
    named = [row for row in rows if row["First Name"]]
    assert len(named) == network.people == network.rows - network.empty
    assert len({row["URL"] for row in named}) == len(named)
    assert all(row["URL"].isascii() for row in named)

    def near(found: int, real: int) -> bool:
        return 0.6 * real < found < 1.5 * real

    assert near(network.empty, 120)
    assert near(network.emails, 78)
    assert near(network.credentials, 178)
    assert near(sum("," in row["First Name"] + row["Last Name"] for row in rows), 247)
    assert near(sum("," in row["Position"] for row in rows), 822)
    assert near(sum("," in row["Company"] for row in rows), 219)
    assert any("%" in row["URL"] for row in rows)


def test_the_same_seed_gives_the_same_file() -> None:
    assert connections(50, seed=5) == connections(50, seed=5)
    assert connections(50, seed=5) != connections(50, seed=6)
    assert connections(1, preamble=False).text.startswith("First Name,")
