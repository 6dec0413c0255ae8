"""The board: the people to talk to, by stage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from data.records import BOARD, PersonLine, Stage

from .base import DeskScreen
from .commands import bindings
from .widgets.lines import Lines
from .widgets.rows import Row

NAMES = {
    Stage.TO_ASK: "To ask",
    Stage.ASKED: "Asked",
    Stage.SCHEDULED: "Scheduled",
    Stage.MET: "Met",
    Stage.IN_TOUCH: "In touch",
}


class BoardScreen(DeskScreen):
    """Five columns of cards."""

    SCOPE = "board"
    MODE = "board"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("board")]
    CSS_PATH = "board.tcss"

    def compose_body(self) -> Iterable[Widget]:
        with Horizontal(id="columns"):
            for stage in BOARD:
                yield Lines(
                    self._card, lambda p: p.id, item_height=3, gap=1, id=f"column-{stage}", classes="panel"
                )

    def reload(self) -> None:
        by_stage: dict[Stage, list[PersonLine]] = {stage: [] for stage in BOARD}
        for person in self.desk.store.people():
            if person.stage in by_stage:
                by_stage[person.stage].append(person)
        for stage, people in by_stage.items():
            column = self.query_one(f"#column-{stage}", Lines)
            column.head(NAMES[stage], f"{len(people):,}")
            column.show(people)

    def home(self) -> Widget:
        return self.query_one(f"#column-{BOARD[0]}")

    def _card(self, person: PersonLine, width: int) -> Sequence[Row]:
        role = " · ".join(part for part in (person.title, person.company) if part)
        return [((person.name, "strong"),), ((role, "dim"),)]

    def do_left(self) -> None:
        self._go(-1)

    def do_right(self) -> None:
        self._go(1)

    def _go(self, step: int) -> None:
        columns = list(self.query(Lines))
        here = next((index for index, column in enumerate(columns) if column.has_focus), 0)
        columns[(here + step) % len(columns)].focus()
