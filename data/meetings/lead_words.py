"""Reading a lead as it is typed in a hurry: "Jonas Weber at Spotify, may use her name".

What is understood is shown while typing and can be changed afterwards; what is not understood stays
in the lead's text, so nothing depends on being right.
"""

from __future__ import annotations

import re

from msgspec import Struct

from data.records import LeadKind
from data.text import one_line

LOOKED_AT = 300
"""Characters that are read; the rest of a long line is kept, not read."""

_ANYBODY = r"(?:his|her|their|its|my|the|your|that|[\w.-]+['’]s)"
_MAY_USE = re.compile(
    rf"\b(?:use|mention|drop|give)\s+{_ANYBODY}\s+name\b"
    r"|\b(?:say|tell \w+)\s+(?:that\s+)?(?:i|he|she|they|we)\s+sent\b"
    r"|\bmention\s+(?:him|her|them|me)\b",
    re.IGNORECASE,
)
_MAY_NOT = re.compile(r"\b(?:not|don['’]?t|never|no|without|ask|check|whether|if)\b", re.IGNORECASE)
_LEAD_IN = re.compile(
    r"(?:(?:i|you|we)\s+(?:should|could|must|can)\s+|should\s+|to\s+|please\s+)?"
    r"(?:(?:talk|speak|write|reach\s+out|chat|get\s+in\s+touch|connect|intro(?:duction|duce\s+\w+)?)\s+(?:to|with)"
    r"|contact|ask|call|e?mail|meet|message|ping|try|knows?|look\s+up|her|his|their|my)\s+",
    re.IGNORECASE,
)
_RELATION = re.compile(
    r"(?:(?:her|his|their|my|an?|the|old|former|ex|good|close|other)[\s-]+)*"
    r"(?:ex-)?(?:friend|colleague|boss|manager|wife|husband|partner|brother|sister|mentor|team[\s-]?mate|"
    r"contact|cofounder|co-founder|neighbou?r|classmate|cousin)s?[,:]?\s+",
    re.IGNORECASE,
)
_LOOK_AT = re.compile(
    r"(?:look\s+(?:at|into)|check\s+out|apply\s+(?:to|at|with)|company:?|research)\s+", re.IGNORECASE
)
_AT = re.compile(
    r"(?:^|\s)(?:at|@|from|bei|works\s+(?:at|for)|who\s+is\s+at|now\s+at)\s+(?=\S)", re.IGNORECASE
)
_CUT = re.compile(
    r"\s+(?:who|whose|about|because|re|since|for|in|on|via|she|he|they|knows?|does|runs|leads)\b"
    r"|[,;:()\[\]|–—·]|\s-\s|\.\s|\.$",
    re.IGNORECASE,
)
_SEGMENT = re.compile(r"\s*[,;()|–—·/]\s*|\s-\s|:\s")
_RESOURCE = re.compile(
    r"https?://|\bwww\.|\b(?:books?|articles?|podcasts?|courses?|newsletters?|blogs?|slack|discord|reports?|"
    r"papers?|videos?|tutorials?|templates?|mailing list|website|youtube|bootcamp)\b",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?:conferences?|meet-?ups?|events?|summits?|workshops?|fairs?|webinars?|hackathons?|barcamp|"
    r"open house|stammtisch)\b",
    re.IGNORECASE,
)
_NO_NAME = {
    "someone", "somebody", "anyone", "people", "person", "the", "a", "an", "their", "her", "his", "our", "my",
    "team", "hr", "recruiter", "recruiting", "this", "that", "some", "any", "everyone", "who", "what", "how",
    "when", "where", "why", "if", "i", "she", "he", "they", "we", "you", "it", "there", "look", "read", "try",
    "apply", "go", "and", "or", "in", "on", "no", "yes", "maybe", "also", "one", "two", "more", "send",
}  # fmt: skip
_ROLES = re.compile(
    r"\b(?:designer|engineer|developer|manager|director|head|lead|vp|cto|ceo|cfo|coo|pm|founder|recruiter|"
    r"analyst|researcher|scientist|consultant|professor|teacher|editor|writer|owner|partner|president)\b",
    re.IGNORECASE,
)
_PARTICLES = {
    "van",
    "von",
    "de",
    "der",
    "den",
    "da",
    "di",
    "del",
    "la",
    "le",
    "bin",
    "ibn",
    "al",
    "el",
    "dos",
}


class LeadReading(Struct, frozen=True, kw_only=True):
    """What a lead line was understood to say; "" for what it doesn't."""

    name: str = ""
    company: str = ""
    may_use_name: bool = False
    kind: LeadKind = LeadKind.PERSON

    @property
    def words(self) -> str:
        """What was understood, to be shown while typing: "Jonas Weber · Spotify · may use the name"."""
        parts = [one_line(self.name), one_line(self.company)]
        if self.kind is not LeadKind.PERSON:
            parts.append(self.kind.value)
        elif not self.name:
            parts.append("somebody, no name yet")
        if self.may_use_name:
            parts.append("may use the name")
        return " · ".join(part for part in parts if part)


def understand_lead(text: str) -> LeadReading:
    """Read a lead's line (without its `!`) for a name, a company and the leave to use the giver's name."""
    words = " ".join(text[:LOOKED_AT].split())
    words, may_use = _without_leave(words)
    looked_at = _LOOK_AT.match(words)
    words = words[looked_at.end() :] if looked_at else _without_lead_in(words)
    name, company = _who_and_where(words)
    if name and looked_at:
        name, company = "", company or name
    if name and (company or not (_RESOURCE.search(words) or _EVENT.search(words))):
        return LeadReading(name=name, company=company, may_use_name=may_use)
    if _RESOURCE.search(words):
        return LeadReading(company=company, may_use_name=may_use, kind=LeadKind.RESOURCE)
    if _EVENT.search(words):
        return LeadReading(company=company, may_use_name=may_use, kind=LeadKind.EVENT)
    kind = LeadKind.COMPANY if looked_at and company else LeadKind.PERSON
    return LeadReading(company=company, may_use_name=may_use, kind=kind)


def _without_leave(words: str) -> tuple[str, bool]:
    """The words without the clause about using a name, and whether it may be used."""
    found = _MAY_USE.search(words)
    if found is None:
        return words, False
    start = max(words.rfind(mark, 0, found.start()) for mark in ",;.(–—") + 1
    clause = words[start : found.start()]
    if start == 0:
        # No comma: only the words that lead to it belong to the clause ("… I can use her name").
        leading = re.search(
            r"(?:\b(?:and|but|i|you|we|may|can|could|should|not|don['’]?t|do|to|ok|okay|happy|fine|free|ask|if|"
            r"whether|says?|said)\b\s*)+$",
            clause,
            re.IGNORECASE,
        )
        start = leading.start() if leading else found.start()
        clause = words[start : found.start()]
    rest = words[:start].rstrip(" ,;.(–—") + words[found.end() :]
    return rest.strip(), not _MAY_NOT.search(clause)


def _without_lead_in(words: str) -> str:
    for pattern in (_LEAD_IN, _RELATION):
        if found := pattern.match(words):
            words = words[found.end() :]
    return words


def _who_and_where(words: str) -> tuple[str, str]:
    lower = words == words.lower()
    company = ""
    before = words
    if found := _AT.search(words):
        before = words[: found.start()]
        company = _CUT.split(words[found.end() :], maxsplit=1)[0].strip(" .'\"“”")
        company = re.sub(r"^(?:the\s+)", "", company, flags=re.IGNORECASE) if lower else company
    segments = [part for part in _SEGMENT.split(before) if part]
    first = segments[0] if segments else ""
    first = _CUT.split(first, maxsplit=1)[0]
    name = first.strip(" .'\"“”") if _is_name(first, lower, bool(company)) else ""
    if name and not company and len(segments) > 1 and _is_company(segments[1]):
        company = segments[1].strip(" .")
    return (name.title() if lower else name), company


def _is_name(words: str, lower: bool, has_company: bool) -> bool:
    parts = words.strip(" .'\"“”").split()
    if not 1 <= len(parts) <= 5 or any(part.casefold() in _NO_NAME for part in parts):
        return False
    if not all(re.fullmatch(r"[^\W\d_](?:[\w.'’-]*)", part) for part in parts):
        return False
    if _ROLES.search(words):
        return False
    if lower:
        return has_company and len(parts) <= 3
    return all(not part[0].islower() or part.casefold() in _PARTICLES for part in parts)


def _is_company(words: str) -> bool:
    parts = words.split()
    return (
        1 <= len(parts) <= 4
        and not _ROLES.search(words)
        and parts[0].casefold() not in _NO_NAME
        and not parts[0][0].islower()
    )
