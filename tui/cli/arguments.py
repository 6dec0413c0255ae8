"""The command line's words: commands, options, and sentences for what is none of them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from typing import NoReturn, TypedDict

from tui.cli.shell import Refusal

COMMANDS: dict[str, str] = {
    "demo": "try Inroad on a made-up network, in a store that is thrown away",
    "add": "put somebody on the board",
    "import": "take in people from LinkedIn, Google, Outlook, any CSV, vCards, or Inroad's JSON",
    "find": "find people in the whole network",
    "today": "what is due, most urgent first",
    "export": "write people and meetings out for other programs",
    "duplicates": "who may be in the network twice",
    "doctor": "is the store whole, and what is in it",
    "backup": "write the whole store to one file",
    "restore": "make the store what a backup holds; alone, list the backups",
    "erase": "erase somebody for good, from undo too, and from backups if asked",
    "where": "the path of the store",
}
FORMATS = ("json", "vcf", "ics", "csv", "md")
"""The formats of data.exports.formats, which is imported only to write one."""
STAGES = ("network", "to_ask", "asked", "scheduled", "met", "in_touch", "parked")
SOURCES = ("network", "alumni", "association", "referral", "event", "cold")

_REQUIRED = "the following arguments are required: "
_MISSING = {
    "add": "Say who, as in `inroad add 'Sam Okafor, PM @ Stripe'`",
    "import": "Name the file, as in `inroad import Connections.csv`",
    "find": "Say what to look for, as in `inroad find stripe`",
    "export": f"Say in which form: --format {', '.join(FORMATS[:-1])} or {FORMATS[-1]}",
    "erase": "Say whom, by their whole name",
}
"""By command, what to type where something is missing."""

_DESCRIPTION = "Inroad: coffee chats, run well. Without a command it opens the app."
_EPILOG = "The store is --store, else $INROAD_STORE, else inroad.json in your data folder (inroad where)."


class _Parser(argparse.ArgumentParser):
    """One that raises a Refusal, so that every error ends in the same way."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where help is."""
        command = self.prog.rpartition(" ")[2]
        if message.startswith(_REQUIRED) and command in _MISSING:
            raise Refusal(f"{_MISSING[command]} (`{self.prog} --help` shows more).")
        raise Refusal(f"{_plain(message)} (`{self.prog} --help` shows how it goes).")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the arguments (without the program's name). Raises Refusal, or SystemExit after `--help`."""
    arguments = _asked_for_help(arguments)
    _check_command(arguments)
    return build().parse_args(list(arguments))


def build() -> argparse.ArgumentParser:
    """The parser; the namespace has `command` ("" for the app) and `store`."""
    shared = _Parser(add_help=False)
    _add_store(shared, argparse.SUPPRESS)
    top = _Parser(prog="inroad", description=_DESCRIPTION, epilog=_EPILOG, allow_abbrev=False)
    top.add_argument("-V", "--version", action=_Version, nargs=0, help="the version, and exit")
    _add_store(top, None)
    top.set_defaults(command="")
    commands = top.add_subparsers(metavar="COMMAND", parser_class=_Parser, title="commands")
    for name, help in COMMANDS.items():
        parser = commands.add_parser(
            name, help=help, description=_sentence(help), parents=[shared], allow_abbrev=False
        )
        parser.set_defaults(command=name)
        _FILL[name](parser)
    return top


def _add_store(parser: argparse.ArgumentParser, default: str | None) -> None:
    parser.add_argument("--store", metavar="FILE", default=default, help="the store to use")


def _demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--keep", metavar="FILE", help="keep the made-up store as FILE")


def _add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "who", nargs="+", metavar="NAME[, TITLE @ COMPANY][ via PERSON][ #tag …]", help="who, in one line"
    )


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="files, recognised by what is in them")
    parser.add_argument("--dry-run", action="store_true", help="tell what would happen, change nothing")
    parser.add_argument(
        "--map",
        metavar="COLUMN=WHAT",
        action="append",
        default=[],
        help="what a column of a table is: `Firma=company`; nothing after the = leaves it out",
    )
    parser.add_argument("--source", **_one_of(SOURCES), default="network", help="how they were found")
    parser.add_argument("--tag", metavar="TAG", action="append", default=[], help="a tag for all of them")
    parser.add_argument("--field", metavar="FIELD", default="", help="the field that all of them work in")
    parser.add_argument("--rows", metavar="2-40,52", help="only these lines or cards")
    parser.add_argument("--rejected", metavar="FILE", help="write what is left out to a file, to mend it")
    _json(parser)


def _find(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="+", metavar="QUERY", help="a name, company, title, field or place")
    _json(parser)


def _today(parser: argparse.ArgumentParser) -> None:
    how = parser.add_mutually_exclusive_group()
    _json(how)
    how.add_argument("--short", action="store_true", help="one line, for a prompt or a status bar")


def _export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format",
        **_one_of(FORMATS),
        required=True,
        help="vcf: contacts; ics: meetings and follow-ups; csv: a table of people; "
        "md: a folder of notes; json: everything, without loss",
    )
    parser.add_argument("--out", metavar="FILE", help="where to write; else it is printed (not md)")
    parser.add_argument("--find", metavar="QUERY", help="only those whom `inroad find QUERY` finds, or #tag")
    parser.add_argument("--stage", **_one_of(STAGES), action="append", help="only those in this stage")
    parser.add_argument(
        "--person", metavar="ID", action="append", help="only this person, by the id that --json gives"
    )
    parser.add_argument("--meeting", metavar="ID", help="this meeting alone, for a calendar (ics)")


def _duplicates(parser: argparse.ArgumentParser) -> None:
    _json(parser)


def _doctor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--compact", action="store_true", help="take the journal into the one JSON file")
    parser.add_argument("--repair", action="store_true", help="mend what is safe to mend, after a backup")
    _json(parser)


def _backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE", help="where to; else beside the store, dated")


def _restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help="a backup; what is there now is kept beside the store. Without it the backups are listed",
    )


def _erase(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("who", nargs="+", metavar="NAME", help="their whole name, or their id (find --json)")
    parser.add_argument("--backups", action="store_true", help="from every backup and set-aside copy, too")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def _where(parser: argparse.ArgumentParser) -> None:
    """Takes nothing."""


class _OneOf(TypedDict):
    type: Callable[[str], str]
    metavar: str


def _one_of(words: Sequence[str]) -> _OneOf:
    """How an option is read that takes one of a few words; `to ask` and `To-Ask` are to_ask."""

    def read(typed: str) -> str:
        word = re.sub(r"[\s-]+", "_", typed.strip().casefold())
        if word not in words:
            allowed = f"{', '.join(words[:-1])} or {words[-1]}"
            raise argparse.ArgumentTypeError(f"takes {allowed}; “{typed[:60]}” is none of these")
        return word

    return {"type": read, "metavar": f"{{{','.join(words)}}}"}


def _json(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON, for other programs")


_FILL = {
    "demo": _demo,
    "add": _add,
    "import": _import,
    "find": _find,
    "today": _today,
    "export": _export,
    "duplicates": _duplicates,
    "doctor": _doctor,
    "backup": _backup,
    "restore": _restore,
    "erase": _erase,
    "where": _where,
}


class _Version(argparse.Action):
    """Prints the version; looked up only when asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> NoReturn:
        """Print it and end."""
        from importlib.metadata import PackageNotFoundError, version

        try:
            print(f"inroad {version('inroad')}")  # noqa: T201 (as argparse prints its help)
        except PackageNotFoundError:
            print("inroad, from a folder that is not installed")  # noqa: T201
        parser.exit()


def _asked_for_help(arguments: Sequence[str]) -> Sequence[str]:
    """`help`, `help add` and `version` as they are typed elsewhere, in our own words."""
    if arguments[:1] == ["version"]:
        return ["--version"]
    return [*arguments[1:2], "--help"] if arguments[:1] == ["help"] else arguments


def _check_command(arguments: Sequence[str]) -> None:
    """Refuse a first word that is no command, with the nearest one that is."""
    rest = iter(arguments)
    for argument in rest:
        if argument == "--store":
            next(rest, None)
        elif not argument.startswith("-") or argument == "-":
            if argument not in COMMANDS:
                raise Refusal(_no_command(argument))
            return


def _no_command(word: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word.casefold(), COMMANDS, n=1)
    if near:
        return f"There is no command “{word}”; did you mean `inroad {near[0]}`?"
    return f"There is no command “{word}”; `inroad --help` lists them all."


def _plain(message: str) -> str:
    """What argparse says, as a sentence's beginning."""
    message = re.sub(r"^argument (--[\w-]+): takes ", r"\1 takes ", message)
    message = re.sub(
        r"^argument (--[\w-]+): expected one argument$", r"\1 needs something behind it", message
    )
    message = message.replace(_REQUIRED, "something is missing: ")
    message = message.replace("unrecognized arguments: ", "nothing is known about ")
    return message[:1].upper() + message[1:].rstrip(".")


def _sentence(help: str) -> str:
    return help[:1].upper() + help[1:] + "."
