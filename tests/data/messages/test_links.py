"""Nothing of others gets into a mail header, to another site, or to another program."""

from __future__ import annotations

from email import message_from_string
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import UserError
from data.messages.links import LONGEST_MAILTO, checked, linkedin_page, mailto


def test_subject_and_body_come_back_whole() -> None:
    address = mailto("maria+x@figma.example", "Thank you: “a & b”?", "Hi Maria,\n\n100% = #1\n")
    parts = urlsplit(address)
    assert parts.scheme == "mailto"
    assert unquote(parts.path) == "maria+x@figma.example"
    query = parse_qs(parts.query, keep_blank_values=True)
    assert query == {"subject": ["Thank you: “a & b”?"], "body": ["Hi Maria,\r\n\r\n100% = #1\r\n"]}


@pytest.mark.parametrize(
    "address",
    [
        "",
        "maria",
        "a@b.example,c@d.example",
        "a@b.example?bcc=c@d.example",
        "a@b.example\nBcc: c@d.example",
        "a b@c.example",
        "<a@b.example>",
        "a@b",
        "javascript:alert(1)",
        "a@b.example" + "x" * 400,
    ],
)
def test_only_one_plain_address_is_taken(address: str) -> None:
    if "?" in address:
        with pytest.raises(UserError):
            mailto(address.split("@")[1])
    with pytest.raises(UserError, match="is no mail address"):
        mailto(address)


@given(st.text(max_size=200), st.text(max_size=400))
def test_no_text_adds_a_field_or_a_header(subject: str, body: str) -> None:
    address = mailto("a@b.example", subject, body)
    assert address.isascii()
    assert address.isprintable()
    query = parse_qs(urlsplit(address).query, keep_blank_values=True)
    assert set(query) <= {"subject", "body"}
    (heading,) = query.get("subject", [""])
    mail = message_from_string(f"Subject: {heading}\n\nx")
    assert mail.keys() == ["Subject"]
    assert checked(address) == address


def test_a_body_too_long_is_left_out() -> None:
    address = mailto("a@b.example", "s", "ä" * 10_000)
    assert len(address) <= LONGEST_MAILTO
    assert address == "mailto:a@b.example?subject=s"


@pytest.mark.parametrize(
    ("given_url", "page"),
    [
        ("https://www.linkedin.com/in/maria-chen", "https://www.linkedin.com/in/maria-chen"),
        ("http://linkedin.com/in/maria", "https://linkedin.com/in/maria"),
        ("www.linkedin.com/in/jos%C3%A9", "https://www.linkedin.com/in/jos%C3%A9"),
        ("https://de.linkedin.com/in/josé/", "https://de.linkedin.com/in/jos%C3%A9/"),
        ("LinkedIn.com/in/x", "https://linkedin.com/in/x"),
    ],
)
def test_linkedin_pages(given_url: str, page: str) -> None:
    assert linkedin_page(given_url) == page


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://linkedin.com.evil.example/in/x",
        "https://evil.example/linkedin.com",
        "https://linkedin.com@evil.example/in/x",
        "https://evil.example\\@linkedin.com/",
        "https://notlinkedin.com/in/x",
        "javascript://linkedin.com/%0aalert(1)",
        "file://linkedin.com/etc/passwd",
        "https://www.linkedin.com/in/x\n--help",
        "https://www.linkedin.com:8080/in/x",
        "https://[linkedin.com/in/x",
        "-linkedin.com",
        "https://www.linkedin.com/in/a b",
        "https://www.linkedin.com/in/\x1b]52;c;x\x07",
    ],
)
def test_other_pages_are_refused(url: str) -> None:
    with pytest.raises(UserError):
        linkedin_page(url)


@given(st.text(max_size=80))
def test_whatever_is_taken_stays_on_linkedin(text: str) -> None:
    for url in (text, f"https://{text}", f"https://linkedin.com/{text}", f"https://{text}.linkedin.com/in/x"):
        try:
            page = linkedin_page(url)
        except UserError:
            continue
        host = urlsplit(page).hostname or ""
        assert page.startswith("https://")
        assert host == "linkedin.com" or host.endswith(".linkedin.com")
        assert page.isascii()
        assert page.isprintable()


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "javascript:alert(1)", "smb://x/y", "x", "https://u@h/", "http://"]
)
def test_only_web_and_mail_may_leave(url: str) -> None:
    with pytest.raises(UserError):
        checked(url)
