"""A made-up network as LinkedIn exports it: Connections.csv, with the oddities that real files have.

The shares are those that were counted in one file of 4,335 rows (shares of rows): 1.8 % have an email,
2.8 % neither name nor URL, 5.7 % a comma in the name, 4.1 % credentials behind the surname, 19 % a
comma in the position, 5.1 % one in the company. Everybody in it is made up, and so is every company.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

HEADER = ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")
PREAMBLE = (
    "Notes:\n"
    '"When exporting your connection data, you may notice that some of the email addresses are missing. '
    "You will only see email addresses for connections who have allowed their connections to see or "
    'download their email address using this setting."\n'
    "\n"
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

EMPTY = 120 / 4335
EMAIL = 0.018
CREDENTIALS = 178 / 4335
COMMA_NAME = 247 / 4335
COMMA_POSITION = 822 / 4335
COMMA_COMPANY = 219 / 4335
NO_WORK = 0.03
EMOJI = 0.01
TRAILING_SPACE = 0.02
ACCENTED_URL = 0.04

_FIRST = (
    "Ada Adaeze Ahmed Aiko Alejandro Amara Amélie Ana Anders Anika Antonio Arjun Astrid Aylin Beatriz "
    "Björn Camille Carlos Chiara Chloé Daniel Deepa Diego Dmitri Elena Emeka Emma Esra Fatima Felix "
    "Fiona Gabriel Giulia Grace Hana Hannah Hassan Hugo Ibrahim Ines Ingrid Ivan James Jana Javier Jing "
    "João Jonas Julia Kaito Karin Katarzyna Keiko Kofi Lars Laura Leila Lena Liam Lucía Luka Magnus "
    "Malik Maria Mateo Mei Mina Mohamed Nadia Naomi Nia Nikolai Noah Nour Olga Olivia Omar Paolo Petra "
    "Priya Rafael Rania Ravi Rosa Ruth Samira Samuel Sara Sergei Sofía Stefan Sunita Tariq Theo Tomás "
    "Uma Valentina Viktor Wei Yara Yuki Yusuf Zoë 伟 さくら 지민 Ольга"
).split()
_LAST = (
    "Abbott Achterberg Adeyemi Ali Almeida Andersson Bakker Baumann Becker Bello Bianchi Brandt Brown "
    "Castillo Chen Cohen Costa Da-Silva Demir Díaz Dubois Eriksen Eze Fernández Ferrari Fischer Garcia "
    "González Grant Gupta Haddad Hansen Hoffmann Holm Horvat Ivanova Jansen Jensen Johnson Jones Kaya "
    "Keller Khan Kim Kowalski Krüger Kumar Larsen Laurent Lee Li Lindqvist Lopez Malhotra Martin Mbeki "
    "Mehta Mensah Meyer Moreau Müller Nair Nakamura Neumann Nguyen Novák O'Brien Okafor Okeke Osei Park "
    "Patel Pereira Petrov Popescu Quinn Rahman Ramírez Rao Rey Rossi Ruiz Sato Schmidt Schneider Silva "
    "Singh Smith Søndergaard Suzuki Svensson Tanaka Teixeira Thomas Tran Üzüm Vogel Wagner Walker Wang "
    "Weber Wójcik Wu Yamamoto Yılmaz Zhang 王 田中 김"
).split()
_CREDENTIALS = ("MBA", "PMP", "PhD", "MBA, PMP", "CPA", "CFA", "MSc", "P.Eng.", "SHRM-CP", "Ph.D., CSM")
_STEM = (
    "Blue North Bright Harbor Green Polar Lumen River Stone Cloud Field Iron Silver Open Clear Swift "
    "Oak Maple Tide Copper Red Summit Quiet Paper Fern Kite Signal Orbit Delta Prime"
).split()
_TAIL = (
    "line wind peak works labs bank health energy maps soft data media foods studio logic ventures "
    "mobility systems robotics learning security travel finance games"
).split()
_SUFFIX = ("", "", "", "", " GmbH", " Ltd", " AB", " Group", " SA", " & Co")
_COMMA_SUFFIX = (", Inc.", ", LLC", ", Ltd.", ", S.A.")
_ROLE = (
    "Product Designer;Software Engineer;Data Analyst;Teacher;Account Executive;Recruiter;UX Researcher;"
    "Marketing Manager;Project Manager;Founder;Consultant;Nurse;Civil Engineer;Product Manager;"
    "Design Lead;Head of Design;Sales Manager;Student;Professor;Accountant;Operations Manager;"
    "Chief Technology Officer;Architect;Journalist;Illustrator;Lawyer;Policy Adviser;Service Designer"
).split(";")
_LEVEL = ("", "", "", "Senior ", "Junior ", "Lead ", "Interim ")
_AREA = ("Growth", "Platform", "EMEA", "Payments", "Climate", "Public Sector", "People & Culture", "APAC")
_EMOJI = ("🚀", "🌱", "👩‍💻", "✨", "🇪🇺")


@dataclass(frozen=True)
class Network:
    """A made-up file: its text, and what an import of it must find."""

    text: str
    rows: int
    people: int
    empty: int
    emails: int
    credentials: int


def connections(
    rows: int, *, seed: int = 1, newest: date = date(2026, 11, 23), preamble: bool = True
) -> Network:
    """A Connections.csv of `rows` rows, the same for the same seed; no two people share a URL."""
    random_ = random.Random(seed)
    out = io.StringIO()
    if preamble:
        out.write(PREAMBLE)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    empty = emails = credentials = 0
    for number in range(rows):
        day = newest - timedelta(days=number * 3650 // max(rows, 1))
        # Accounts that were closed leave a date; a spreadsheet leaves commas.
        if random_.random() < EMPTY:
            empty += 1
            writer.writerow(("", "", "", "", "", "", _date(day)) if number % 3 else ("",) * 7)
            continue
        row, email, with_credentials = _person(random_, number)
        emails += email
        credentials += with_credentials
        writer.writerow((*row, _date(day)))
    return Network(out.getvalue(), rows, rows - empty, empty, emails, credentials)


def _person(random_: random.Random, number: int) -> tuple[tuple[str, ...], bool, bool]:
    """One row but its date, and whether it has an email and credentials."""
    first, last = random_.choice(_FIRST), random_.choice(_LAST)
    slug = f"{first}-{last}-{number:x}".lower().replace("'", "")
    if random_.random() >= ACCENTED_URL:
        slug = slug.encode("ascii", "ignore").decode().strip("-")
    url = f"https://www.linkedin.com/in/{quote(slug)}"
    email = f"{number:x}@example.com" if random_.random() < EMAIL else ""
    shown = last
    with_credentials = random_.random() < CREDENTIALS
    if with_credentials:
        shown = f"{last}, {random_.choice(_CREDENTIALS)}"
    elif random_.random() < COMMA_NAME - CREDENTIALS:
        first = f"{first}, {random_.choice(_FIRST)}"
    if random_.random() < EMOJI:
        shown += f" {random_.choice(_EMOJI)}"
    if random_.random() < TRAILING_SPACE:
        first += " "
    company = position = ""
    if random_.random() >= NO_WORK:
        company = random_.choice(_STEM) + random_.choice(_TAIL)
        comma = random_.random() < COMMA_COMPANY
        company += random_.choice(_COMMA_SUFFIX if comma else _SUFFIX)
        position = random_.choice(_LEVEL) + random_.choice(_ROLE)
        if random_.random() < COMMA_POSITION:
            position += f", {random_.choice(_AREA)}"
    return (first, shown, url, email, company, position), bool(email), with_credentials


def _date(day: date) -> str:
    """A date as LinkedIn writes it, whatever language this machine speaks."""
    return f"{day.day:02} {MONTHS[day.month - 1]} {day.year}"


def main() -> int:
    """Write a file: `python -m tests.network ROWS FILE [--seed N]`."""
    parser = argparse.ArgumentParser(description="Write a made-up Connections.csv.")
    parser.add_argument("rows", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    network = connections(options.rows, seed=options.seed)
    options.file.write_text(network.text, encoding="utf-8", newline="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
