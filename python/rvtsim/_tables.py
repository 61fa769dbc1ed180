"""Tables with types, as frames of pandas or of Arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from . import _rvtsim

if TYPE_CHECKING:
    import pyarrow

_TYPES = {"whole": np.int64, "number": np.float64, "truth": np.int8, "moment": np.int32, "text": np.int32}


class Table:
    """A table of a run, with the unit and the meaning of every column.

    >>> import rvtsim
    >>> table = rvtsim.load("scenarios/referentie.toml").evidence()
    >>> table.units["value"], table.columns[:3]
    ('of the parameter', ['key', 'grade', 'family'])
    >>> table.to_pandas().query("key == 'work.cv'")[["value", "low", "high"]].shape
    (1, 3)
    """

    def __init__(self, core: _rvtsim.Table) -> None:
        self.name = core.name
        """Its name; that of its file without ``.csv``."""
        self._columns = core.columns

    def __repr__(self) -> str:
        return f"<rvtsim.Table {self.name}: {', '.join(self.columns)}>"

    @property
    def columns(self) -> list[str]:
        """Names of its columns."""
        return [about[0] for about, _, _ in self._columns]

    @property
    def units(self) -> dict[str, str]:
        """Unit of each column; empty for names."""
        return {about[0]: about[1] for about, _, _ in self._columns}

    @property
    def definitions(self) -> dict[str, str]:
        """What each column is, in English."""
        return {about[0]: about[4] for about, _, _ in self._columns}

    def to_pandas(self) -> pd.DataFrame:
        """A data frame: numbers as float64 (missing: NaN), whole numbers as int64, truths as boolean, moments as
        datetime64, words as text. Units and definitions are in its ``attrs``."""
        frame = pd.DataFrame({about[0]: _series(about[2], cells, words) for about, cells, words in self._columns})
        frame.attrs.update(table=self.name, units=self.units, definitions=self.definitions)
        return frame

    def to_arrow(self) -> pyarrow.Table:
        """An Arrow table; needs pyarrow. Numbers are not copied, words are dictionaries."""
        import pyarrow as pa

        def array(kind: str, cells: bytes, words: list[str] | None) -> Any:
            values = np.frombuffer(cells, _TYPES[kind])
            if kind == "moment":
                return pa.array(_series(kind, cells, words))
            if words is not None:
                return pa.DictionaryArray.from_arrays(pa.array(values), pa.array(words, pa.string()))
            if kind == "truth":
                return pa.array(values == 1, mask=values < 0)
            return pa.array(values, from_pandas=True)

        columns = [pa.field(about[0], array(about[2], cells, words).type,
                            metadata={"unit": about[1], "definition": about[4]})
                   for about, cells, words in self._columns]
        arrays = [array(about[2], cells, words) for about, cells, words in self._columns]
        return pa.Table.from_arrays(arrays, schema=pa.schema(columns))


def _series(kind: str, cells: bytes, words: list[str] | None) -> Any:
    values = np.frombuffer(cells, _TYPES[kind])
    if kind == "truth":
        return pd.array(np.where(values < 0, None, values == 1), dtype="boolean")  # type: ignore[call-overload]
    if words is None:
        return values
    found = np.array([*words], dtype=object)
    if kind == "moment":
        # The clock of the model is Dutch winter time, the whole year: no offset is wanted in arithmetic.
        plain = [word.removesuffix("+01:00") or None for word in words]
        found = pd.to_datetime(pd.Series(plain, dtype=object), format="ISO8601").to_numpy()
    return found[values]
