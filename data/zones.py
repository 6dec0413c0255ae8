"""Time zones as people name them: an IANA name, a city, a country with one zone, an offset from UTC.

Letters such as IST or CST mean different hours to different people and are refused, because a meeting
missed by some hours is worse than one more question. The names come from the `tzdata` package.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from data.errors import UserError
from data.text import fold, one_line

_CONTINENTS = ("Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic", "Indian", "Arctic")

# Places that people work in and that IANA doesn't name, and countries with one zone.
_PLACES = {
    "Europe/Berlin": "munich,hamburg,cologne,frankfurt,stuttgart,leipzig,dusseldorf,germany",
    "Europe/London": "manchester,edinburgh,glasgow,oxford,bristol,leeds,liverpool,"
    "england,scotland,wales,uk,united kingdom,great britain",
    "Europe/Madrid": "barcelona,valencia,seville,spain",
    "Europe/Paris": "lyon,marseille,toulouse,nice,france",
    "Europe/Rome": "milan,turin,naples,italy",
    "Europe/Zurich": "geneva,basel,bern,lausanne,switzerland",
    "Europe/Amsterdam": "rotterdam,utrecht,eindhoven,netherlands,the hague,the netherlands",
    "Europe/Brussels": "antwerp,ghent,belgium",
    "Europe/Vienna": "graz,salzburg,austria",
    "Europe/Warsaw": "krakow,wroclaw,gdansk,poland",
    "Europe/Prague": "brno,czech republic,czechia",
    "Europe/Dublin": "cork,galway,ireland",
    "Europe/Stockholm": "gothenburg,malmo,sweden",
    "Europe/Copenhagen": "aarhus,denmark",
    "Europe/Oslo": "bergen,norway",
    "Europe/Helsinki": "tampere,finland",
    "Europe/Lisbon": "porto",
    "Europe/Athens": "thessaloniki,greece",
    "Europe/Bucharest": "cluj,romania",
    "Europe/Istanbul": "ankara,izmir,turkey",
    "Europe/Kyiv": "kharkiv,lviv,ukraine",
    "Europe/Moscow": "saint petersburg,st petersburg",
    "America/New_York": "nyc,boston,philadelphia,atlanta,miami,pittsburgh,brooklyn,"
    "baltimore,charlotte,orlando,cleveland,columbus,raleigh,new york city,"
    "washington dc,washington d.c.,massachusetts,new jersey,pennsylvania,"
    "connecticut,maryland,virginia,north carolina,georgia,ohio",
    "America/Chicago": "austin,dallas,houston,minneapolis,nashville,milwaukee,san antonio,st louis,"
    "st. louis,kansas city,new orleans,illinois,texas,minnesota,wisconsin,missouri",
    "America/Denver": "boulder,salt lake city,albuquerque,colorado,utah",
    "America/Los_Angeles": "sf,seattle,portland,oakland,sacramento,san francisco,san jose,san diego,"
    "palo alto,mountain view,las vegas,silicon valley,california",
    "America/Toronto": "ottawa,montreal,quebec city,ontario,quebec",
    "America/Edmonton": "calgary",
    "America/Mexico_City": "guadalajara",
    "America/Sao_Paulo": "brasilia,rio de janeiro,belo horizonte",
    "America/Argentina/Buenos_Aires": "argentina",
    "America/Bogota": "medellin,colombia",
    "America/Lima": "peru",
    "Asia/Kolkata": "mumbai,delhi,bangalore,bengaluru,hyderabad,chennai,pune,india,new delhi",
    "Asia/Shanghai": "beijing,shenzhen,guangzhou,hangzhou,china",
    "Asia/Tokyo": "osaka,kyoto",
    "Asia/Seoul": "busan,south korea",
    "Asia/Jerusalem": "haifa,tel aviv",
    "Asia/Dubai": "abu dhabi,united arab emirates",
    "Asia/Riyadh": "jeddah,saudi arabia",
    "Asia/Karachi": "lahore,islamabad,pakistan",
    "Asia/Ho_Chi_Minh": "hanoi,vietnam,ho chi minh city",
    "Asia/Bangkok": "thailand",
    "Asia/Manila": "philippines",
    "Asia/Taipei": "taiwan",
    "Africa/Johannesburg": "cape town,durban,pretoria,south africa",
    "Africa/Lagos": "abuja,nigeria",
    "Africa/Nairobi": "kenya",
    "Africa/Cairo": "alexandria",
    "Africa/Casablanca": "morocco",
    "Australia/Sydney": "canberra,new south wales",
    "Pacific/Auckland": "wellington,christchurch,new zealand",
}

_LETTERS = {
    "z": "UTC",
    "et": "America/New_York",
    "edt": "America/New_York",
    "pt": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "mdt": "America/Denver",
    "cest": "Europe/Berlin",
    "eest": "Europe/Helsinki",
    "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "hkt": "Asia/Hong_Kong",
    "sgt": "Asia/Singapore",
    "nzst": "Pacific/Auckland",
    "nzdt": "Pacific/Auckland",
    "aest": "Australia/Brisbane",
    "aedt": "Australia/Sydney",
    "awst": "Australia/Perth",
}

# What the letters are taken for: https://en.wikipedia.org/wiki/List_of_time_zone_abbreviations
AMBIGUOUS = {
    "ist": ("Kolkata", "Dublin", "Jerusalem"),
    "cst": ("Chicago", "Shanghai", "Havana"),
    "est": ("New York", "Sydney"),
    "bst": ("London", "Dhaka"),
    "pst": ("Los Angeles", "Manila"),
    "ast": ("Halifax", "Riyadh"),
    "mst": ("Denver", "Kuala Lumpur", "Yangon"),
    "gst": ("Dubai", "South Georgia"),
    "sst": ("Singapore", "Pago Pago"),
    "cdt": ("Chicago", "Havana"),
    "adt": ("Halifax", "Baghdad"),
    "amt": ("Manaus", "Yerevan"),
    "ect": ("Guayaquil", "Martinique"),
    "wst": ("Perth", "Apia"),
    "pkt": ("Karachi", "Almaty"),
    "ct": ("Chicago", "Shanghai"),
    "mt": ("Denver", "Kuala Lumpur"),
    "at": ("Halifax", "Azores"),
    "wat": ("Lagos", "Paris"),
    "cat": ("Johannesburg", "Anchorage"),
    "eat": ("Nairobi", "Sydney"),
}
"""Zone letters that mean several zones, with cities to type instead."""

# Compiled when first used: a start has no time for it.
_OFFSET = r"(?a:(?:(?:utc|gmt)\s*)?([+-])([0-9]{1,2})(?::?([0-9]{2}))?)"
_AREA = r"\b(?:greater|metropolitan|metropolis|metro|metroplex|area|region|bay area|city of|und umgebung)\b"


class ZoneError(UserError):
    """A zone that we can't take; the text is one sentence for the user, saying what to type."""


_NOT_OFFERED = {"Factory", "localtime", "EST", "MST", "GMT+0", "GMT-0", "GMT0"}
_NOT_OFFERED |= {f"Etc/{name}" for name in _NOT_OFFERED}


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """IANA names by their folded form; a system's own list where the package has none."""
    from importlib import resources

    try:
        names = resources.files("tzdata").joinpath("zones").read_text(encoding="ascii").split()
    except (ModuleNotFoundError, OSError):
        from zoneinfo import available_timezones

        names = sorted(available_timezones())
    return {fold(name): name for name in names if name not in _NOT_OFFERED}


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    cities: dict[str, str] = {}
    for continent in _CONTINENTS:
        for name in sorted(_names().values()):
            if name.startswith(continent + "/"):
                cities.setdefault(fold(name.rsplit("/", 1)[-1].replace("_", " ")), name)
    for zone, places in _PLACES.items():
        for place in places.split(","):
            cities.setdefault(place, zone)
    return cities


def find_zone(text: str) -> str:
    """The IANA name of the zone that `text` names: `London`, `America/New_York`, `UTC+2`, `CET`.

    Raises ZoneError for letters with several meanings, and for what is no zone at all.
    """
    wanted = fold(text).strip(" .,()")
    if wanted in AMBIGUOUS:
        cities = AMBIGUOUS[wanted]
        listed = f"{', '.join(cities[:-1])} or {cities[-1]}"
        raise ZoneError(f"{wanted.upper()} can mean {listed}: type a city, for example {cities[0]}.")
    if wanted in _LETTERS:
        return _LETTERS[wanted]
    if offset := re.fullmatch(_OFFSET, wanted):
        return _of_offset(offset)
    name = _names().get(wanted.replace(" ", "_")) or _cities().get(wanted.replace("_", " "))
    if name is None:
        raise ZoneError(
            f"“{one_line(text.strip())[:40]}” is no city or time zone that Inroad knows: "
            "type a large city, or a name such as Europe/Berlin or America/New_York."
        )
    return name


def _of_offset(offset: re.Match[str]) -> str:
    sign, hours, minutes = offset[1], int(offset[2]), int(offset[3] or 0)
    if minutes or hours > (14 if sign == "+" else 12):
        raise ZoneError(
            f"UTC{sign}{offset[2]}{':' + offset[3] if offset[3] else ''} is no full hour of a zone: "
            "type a city there, for example Kolkata."
        )
    # In the Etc zones the sign is turned round: Etc/GMT-2 is two hours ahead of UTC.
    return f"Etc/GMT{'-' if sign == '+' else '+'}{hours}" if hours else "UTC"


def guess_zone(location: str) -> str:
    """The zone of a place as a profile writes it ("Greater Boston Area", "Berlin, Germany"), or "".

    Parts that point to different zones ("Paris, Texas") tell nothing for certain.
    """
    parts = (" ".join(re.sub(_AREA, " ", part).split()) for part in re.split(r"[,/|;·–-]", fold(location)))
    zones = {_cities()[part] for part in parts if part in _cities()}
    return zones.pop() if len(zones) == 1 else ""


def label(zone: str) -> str:
    """How a zone is shown: its city where that reads back as the same zone, else its whole name."""
    if etc := re.fullmatch(r"Etc/GMT([+-])([0-9]{1,2})", zone):
        if etc[2] == "0":
            return zone
        return f"UTC{'-' if etc[1] == '+' else '+'}{etc[2]}"
    city = zone.rsplit("/", 1)[-1].replace("_", " ")
    try:
        return city if find_zone(city) == zone else zone
    except ZoneError:
        return zone


def zone_info(name: str, otherwise: ZoneInfo | None = None) -> ZoneInfo:
    """The zone of that IANA name; `otherwise` (or UTC) for an empty name or one nobody knows."""
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return otherwise or ZoneInfo("UTC")


def instant(wall: datetime, zone: str, otherwise: ZoneInfo | None = None) -> datetime:
    """The instant (UTC) at which clocks in `zone` show `wall`.

    Of an hour that comes twice, when clocks go back, the first is meant; an hour that is left out,
    when they go forward, is taken as the same time after it (RFC 5545, 3.3.5).
    """
    return wall.replace(tzinfo=zone_info(zone, otherwise), fold=0).astimezone(UTC)


def wall(moment: datetime, zone: str, otherwise: ZoneInfo | None = None) -> datetime:
    """What clocks in `zone` show at an instant: a naive datetime."""
    return moment.astimezone(zone_info(zone, otherwise)).replace(tzinfo=None, fold=0)
