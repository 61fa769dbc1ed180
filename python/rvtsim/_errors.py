"""What may go wrong, as exceptions that say where and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._rvtsim import Told


@dataclass(frozen=True)
class Diagnostic:
    """One plain fact about a file, and what to write instead."""

    code: str
    """Its code, as in docs/errors.md."""
    level: str
    """``error`` or ``warning``."""
    message: str
    """The fact."""
    help: str | None
    """What to write instead."""
    file: str | None
    """The file; none for an argument."""
    line: int | None
    """The line, from 1."""
    column: int | None
    """The column in characters, from 1."""
    rendered: str = field(repr=False)
    """All of it as the program shows it, with the line underlined."""

    def __str__(self) -> str:
        return self.rendered


class RvtsimError(Exception):
    """Anything that goes wrong in this package."""


class ScenarioError(RvtsimError, ValueError):
    """Everything that is wrong with a scenario and what it rests on, at once.

    Its text is what the program shows; ``diagnostics`` holds every fault. The fields of the first error are
    fields of the exception too.

    >>> import rvtsim
    >>> try:
    ...     rvtsim.Scenario.from_toml('extends = "referentie.toml"\\n[evidence]\\nstaff.fte_lokaal_taem = 3')
    ... except rvtsim.ScenarioError as error:
    ...     print(error.code, error.line, error.column, error.help)
    S030 3 7 did you mean `staff.fte_lokaal_team`?
    """

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__("\n\n".join(one.rendered for one in diagnostics))
        self.diagnostics = diagnostics
        first = next((one for one in diagnostics if one.level == "error"), diagnostics[0])
        self.code = first.code
        self.file = first.file
        self.line = first.line
        self.column = first.column
        self.help = first.help

    def __reduce__(self) -> tuple[type[ScenarioError], tuple[list[Diagnostic]]]:
        return ScenarioError, (self.diagnostics,)


class PassError(RvtsimError, RuntimeError):
    """An assertion of the simulator failed: a bug, with what is needed to see it again."""


class FolderError(RvtsimError, OSError):
    """Something else stands where results should come, a folder holds no run, or the disk fails."""


def _told(all_: list[Told]) -> ScenarioError:
    return ScenarioError([Diagnostic(*one) for one in all_])
