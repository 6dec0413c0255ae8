"""Message templates: ours, as files; the user's own versions of them, as overrides in the store.

A template is Jinja2 in its sandbox: the first line may be "Subject: …", then comes the body. Facts are
handed in as plain values and never read as templates themselves.
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from data.errors import UserError
from data.messages.gaps import FACTS, Gap, gap_of
from data.records import Channel, TemplateOverride
from data.text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Template

    from data.store import Reader, Store

LONGEST = 20_000
"""Characters that a template, or what comes out of it, may have."""
SHORTENINGS = range(6)
"""What the fact `shorter` is, one after the other, until a note keeps to its limit: a template leaves out
more at each, and at the last all that can be of any length."""


class TemplateText(Struct, frozen=True, kw_only=True):
    """A template as it is used: `changed` says that it is the user's own version, `outdated` that ours
    has changed since they made it."""

    name: str
    text: str
    ours: str
    changed: bool = False
    outdated: bool = False


@cache
def names() -> tuple[str, ...]:
    """The names of all templates, `kind.channel`, in the order of the alphabet."""
    found = (item.name for item in (files(__package__) / "templates").iterdir())
    return tuple(sorted(name.removesuffix(".j2") for name in found if name.endswith(".j2")))


@cache
def ours(name: str) -> str:
    """Our own text of a template. Raises LookupError if there is none of that name."""
    if name not in names():
        raise LookupError(name)
    return (files(__package__) / "templates" / f"{name}.j2").read_text(encoding="utf-8")


def version(name: str) -> str:
    """The version of our text: changes whenever the text does."""
    import hashlib  # It brings in all of OpenSSL, and few have changed a template.

    return hashlib.sha256(ours(name).encode()).hexdigest()[:12]


def name_for(kind: str, channel: Channel) -> str:
    """The template for a kind and a channel: its own where there is one, else the mail's.

    A note with an invitation has room for what a text message says, and for no mail.
    """
    own = f"{kind}.{channel.value}"
    short: tuple[str, ...] = (f"{kind}.text",) if channel is Channel.LINKEDIN_NOTE else ()
    for name in (own, *short, f"{kind}.email"):
        if name in names():
            return name
    return f"{kind}.linkedin_note"


def fits_a_note(kind: str) -> bool:
    """Whether there is a template of a kind that is short enough for LinkedIn's note."""
    return f"{kind}.linkedin_note" in names() or f"{kind}.text" in names()


def current(reader: Reader, name: str) -> TemplateText:
    """A template as it is used now."""
    override = reader.get(TemplateOverride, name)
    if override is None:
        return TemplateText(name=name, text=ours(name), ours=ours(name))
    outdated = override.base != version(name)
    return TemplateText(name=name, text=override.text, ours=ours(name), changed=True, outdated=outdated)


def save(store: Store, name: str, text: str) -> None:
    """Keep the user's own version; the same text as ours restores ours.

    Raises UserError with the line and the reason if it is broken; the last good one stays.
    """
    if text.strip() == ours(name).strip():
        restore(store, name)
        return
    if wrong := problem(text):
        raise UserError(wrong)
    with store.transaction(f"Changed the template “{title(name)}”") as tx:
        found = tx.get(TemplateOverride, name)
        made = TemplateOverride(id=name, text=text, base=version(name))
        tx.put(replace(found, text=text, base=version(name)) if found else made)


def restore(store: Store, name: str) -> bool:
    """Go back to our own version; False if it was in use anyway."""
    with store.transaction(f"Restored the template “{title(name)}”") as tx:
        found = tx.get(TemplateOverride, name)
        if found is not None:
            tx.remove(found)
    return found is not None


def title(name: str) -> str:
    """What a template is called on the screen: "thank you, LinkedIn note"."""
    kind, _, channel = name.partition(".")
    way = {"email": "mail", "linkedin_note": "LinkedIn note", "linkedin": "LinkedIn message"}
    return f"{kind.replace('_', ' ')}, {way.get(channel, channel)}"


def problem(text: str) -> str:
    """What is wrong with a template, with its line: one sentence; empty if nothing is."""
    from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError, meta

    if not text.strip():
        return "The template is empty: write something, or restore ours."
    if len(text) > LONGEST:
        return f"The template is longer than {LONGEST:,} characters: shorten it."
    try:
        tree = _environment().parse(text)
        unknown = sorted(meta.find_undeclared_variables(tree) - set(FACTS) - {"gap"})
        if unknown:
            return _unknown(text, unknown[0])
        for shorter in SHORTENINGS:
            made = {name: gap_of(name, []) for name in FACTS}
            render(text, {**made, "limit": 200, "shorter": shorter}, [])
    except (RecursionError, SyntaxError, MemoryError):
        # Jinja2 makes Python of it, which has bounds of its own; it doesn't say where.
        return "The template sets brackets, blocks or signs too deep into each other: take it apart."
    except TemplateSyntaxError as error:
        return f"Line {error.lineno}: {one_line(error.message or 'it can’t be read')}."
    except (UndefinedError, TemplateError, ArithmeticError, TypeError, ValueError, LookupError) as error:
        return f"Line {_line_of(error)}: {one_line(str(error))[:200]}."
    return ""


def _unknown(text: str, name: str) -> str:
    line = next((number for number, row in enumerate(text.split("\n"), 1) if name in row), 1)
    near = get_close_matches(name, FACTS, n=1)
    hint = f"did you mean “{near[0]}”?" if near else "the facts there are: " + ", ".join(sorted(FACTS)) + "."
    return f"Line {line}: there is no fact called “{one_line(name)}”; {hint}"


def _line_of(error: BaseException) -> int:
    """The template's line in which rendering failed; Jinja2 writes it into the traceback."""
    found, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            found = trace.tb_lineno
        trace = trace.tb_next
    return found


def render(text: str, facts: Mapping[str, object], gaps: list[str]) -> str:
    """A template with its facts put in; the labels of the gaps that it shows are added to `gaps`.

    Raises jinja2.TemplateError and what an expression in it may raise.
    """

    def gap(label: object) -> Gap:
        return Gap(one_line(str(label))[:80], gaps)

    stream = _template(text).generate({**facts, "gap": gap})
    out: list[str] = []
    length = 0
    for piece in stream:
        out.append(piece)
        length += len(piece)
        if length > LONGEST:
            raise ValueError(f"it writes more than {LONGEST:,} characters")
    return "".join(out)


@cache
def _environment() -> Any:
    from jinja2 import StrictUndefined
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Environment(ImmutableSandboxedEnvironment):
        """Jinja2's sandbox, in which nothing can be made endlessly long by `*` and `**` either."""

        intercepted_binops = frozenset({"*", "**"})

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            if operator == "*" and isinstance(left, int | float) and isinstance(right, int | float):
                return left * right
            raise SecurityError(f"“{operator}” can’t be used in a template")

    return Environment(undefined=StrictUndefined, autoescape=False)


@lru_cache(maxsize=64)
def _template(text: str) -> Template:
    made: Template = _environment().from_string(text)
    return made
