"""Ways out of the app: addresses that are handed to the mail program or the browser, checked first.

Names and addresses come from files of others: none may add a header to a mail, an argument to a
program, or lead to a site that only looks like LinkedIn.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from data.errors import UserError
from data.text import one_line

LONGEST_MAILTO = 6_000
"""Mail programs and desktops cut longer addresses off; the body then has to come by the clipboard."""
_ADDRESS = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]+@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]*[^\W_]", re.UNICODE
)
_UNFIT = re.compile(r"[\x00-\x20\x7f-\xa0<>\"\\^`{|}\u2028\u2029]")


def mailto(address: str, subject: str = "", body: str = "") -> str:
    """The `mailto:` address of one mail (RFC 6068), everything percent-encoded.

    The subject is one line; line ends of the body are CRLF. Where it gets too long, the body is left
    out. Raises UserError if `address` isn't one plain mail address.
    """
    if not _ADDRESS.fullmatch(address) or len(address) > 254:
        raise UserError(
            f"“{one_line(address[:60])}” is no mail address that can be opened: correct it on their sheet."
        )
    start = "mailto:" + quote(address, safe="@")
    heading = " ".join(one_line(subject).split())
    text = "\r\n".join(body.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    parts = [f"{name}={_encoded(value)}" for name, value in (("subject", heading), ("body", text)) if value]
    whole = start + ("?" + "&".join(parts) if parts else "")
    if len(whole) <= LONGEST_MAILTO:
        return whole
    return start + (f"?subject={_encoded(heading[:200])}" if heading else "")


def _encoded(text: str) -> str:
    return quote(text.encode("utf-8", "replace"), safe="")


def linkedin_page(url: str) -> str:
    """The https address of a page on linkedin.com. Raises UserError for anything else."""
    given = url.strip()
    if "://" not in given:
        given = "https://" + given.removeprefix("//")
    try:
        parts = urlsplit(given)
        host = (parts.hostname or "").rstrip(".").lower()
        port = parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    ours = re.fullmatch(r"(?:[a-z0-9-]+\.)*linkedin\.com", host) is not None
    plain = not _UNFIT.search(given) and parts.username is None and port in (None, 80, 443)
    if not (ours and plain and parts.scheme in ("http", "https") and given.isprintable()):
        raise UserError(
            f"“{one_line(url[:60])}” is no LinkedIn page: put the address of their profile on their sheet."
        )
    query = f"?{parts.query}" if parts.query else ""
    return (
        f"https://{host}{quote(parts.path or '/', safe='/%:@!$&()*+,;=~-._')}{quote(query, safe='?%=&-._~')}"
    )


def checked(url: str) -> str:
    """`url` if it may be handed to the system: http, https, or mailto; raises UserError otherwise."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    web = parts.scheme in ("http", "https") and bool(parts.netloc) and "@" not in parts.netloc
    mail = parts.scheme == "mailto" and bool(_ADDRESS.match(parts.path.replace("%2B", "+")))
    if (web or mail) and not _UNFIT.search(url) and url.isprintable():
        return url
    raise UserError(f"“{one_line(url[:60])}” can’t be opened: only web and mail addresses can.")
