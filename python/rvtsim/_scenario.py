"""A scenario: what is simulated."""

from __future__ import annotations

import atexit
import datetime
import hashlib
import json
import math
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from . import _rvtsim
from ._errors import Diagnostic, ScenarioError
from ._tables import Table

_Options = dict[str, Any]
_NO_OPTIONS: _Options = {"replications": None, "seed": None, "points": None, "regions": None, "belief": None,
                         "variant": None, "is_alone": False}


class Scenario:
    """A complete, valid input: forms of organisation, side by side, in some regions.

    >>> import rvtsim
    >>> scenario = rvtsim.Scenario.load("scenarios/referentie.toml")
    >>> scenario.baseline, scenario.replications, scenario.regions
    ('v0_estafette', 3, ['Gooi en Vechtstreek', 'Zeeland'])
    """

    def __init__(self, path: Path, texts: dict[Path, str], options: _Options, above: Scenario | None = None,
                 values: Mapping[str, Any] | None = None) -> None:
        """Use ``load``, ``from_toml`` or ``with_``."""
        self._path, self._texts, self._options = path, texts, options
        self._above, self._values = above, dict(values or {})
        self._core = _rvtsim.Scenario.load(path, texts, options)

    @classmethod
    def load(cls, path: str | os.PathLike[str], *, replications: int | None = None, seed: int | None = None,
             points: int | None = None, regions: Sequence[str] | None = None, belief: str | None = None,
             variant: str | None = None) -> Scenario:
        """Reads a file of a library, the folder with ``evidence.toml``, and everything that it rests on.

        The arguments change what the file says, as those of the program do; ``points`` is of a sweep. ``belief`` and
        ``variant`` choose one of the settings that the file names, instead of all side by side.

        Raises ``ScenarioError`` with everything that is wrong.
        """
        options = {**_NO_OPTIONS, "replications": replications, "seed": seed, "points": points,
                   "regions": None if regions is None else list(regions), "belief": belief, "variant": variant}
        return cls(Path(os.path.realpath(path)), {}, options)

    @classmethod
    def from_toml(cls, text: str, *, library: str | os.PathLike[str] = "scenarios",
                  name: str = "scenario") -> Scenario:
        """A scenario given as text, as if it were the file ``name`` in the library.

        >>> import rvtsim
        >>> scenario = rvtsim.Scenario.from_toml('''
        ... extends = "referentie.toml"
        ... [scenario]
        ... regions = ["Zeeland"]
        ... ''')
        >>> scenario.regions
        ['Zeeland']
        """
        path = Path(os.path.realpath(library)) / f"{name}.toml"
        return cls(path, {path: text}, _NO_OPTIONS)

    def with_(self, **values: Any) -> Scenario:
        """The same scenario with other values; what is wrong with them is told as of a file.

        A name with a point is a parameter: a number in its own unit, a quantity with a unit, or ``"20 % more"`` than
        it is. Other names are keys of ``[scenario]``: ``replications``, ``seed``, ``regions``, ``forms``,
        ``baseline``, ``belief``, ``beliefs``, ``warm_up``, ``measured``, ``start``. A mapping is a section, such as
        ``sweep``. Forms may be called by a part of their name, such as ``V4``.

        >>> import rvtsim
        >>> base = rvtsim.load("scenarios/referentie.toml")
        >>> more = base.with_(**{"staff.fte_lokaal_team": "20 % more", "regions": ["Zeeland"]})
        >>> before, after = (one.parameters["staff.fte_lokaal_team"] for one in (base, more))
        >>> round(after / before, 6), more.regions
        (1.2, ['Zeeland'])
        """
        return self._with(values, {})

    def _with(self, values: Mapping[str, Any], texts: Mapping[str, str]) -> Scenario:
        """The same, where files that the values name are given as text."""
        base = self._above or self
        values = {**self._values, **values}
        given = {base._path.with_name(name): text for name, text in texts.items()}
        path = base._path.with_name(f"{base._path.stem}_changed.toml")
        named = dict(values)
        if "forms" in named:
            named["forms"] = [base._meant(form) for form in named["forms"]]
        if "baseline" in named:
            named["baseline"] = base._meant(named["baseline"])
        text = _toml(base._path.name, named)
        # What the arguments of load have changed is said once more, unless it is said anew.
        anew = {*values, *values.get("sweep", {})}
        options = {name: None if name in anew else value for name, value in base._options.items()}
        if "beliefs" in anew:
            options.update(belief=None, is_alone=False)
        return Scenario(path, {**base._texts, **given, path: text}, options, base, values)

    def _so_often(self, replications: int | None) -> Scenario:
        return self if replications is None else self._given(replications=replications)

    def _given(self, **options: Any) -> Scenario:
        """The same file with other arguments."""
        return Scenario(self._path, self._texts, {**self._options, **options}, self._above, self._values)

    def _meant(self, form: Any) -> Any:
        """The key of its form that somebody means; what is none of its forms may still be a file."""
        is_file = (self._library() / "forms" / f"{form}.toml").exists()
        try:
            return form if is_file or not isinstance(form, str) else self._core.form(form)
        except ScenarioError:
            return form

    def _library(self) -> Path:
        return next(folder for folder in self._path.parents if (folder / "evidence.toml").exists())

    def __reduce__(self) -> tuple[Any, ...]:
        files, name = self._files()
        return _restored, (files, name, self._options)

    def _files(self) -> tuple[dict[str, bytes], str]:
        """Every file that it was read from, by its path from the library, and its own."""
        library, files = self._library(), {}
        for path, _ in self._core.inputs:
            place = Path(os.path.normpath(library / path))
            given = self._texts.get(place)
            files[path] = place.read_bytes() if given is None else given.encode()
        return files, os.path.relpath(self._path, library).replace(os.sep, "/")

    def __repr__(self) -> str:
        return (f"<rvtsim.Scenario {self.key}: {len(self.forms)} forms, {len(self.regions)} regions, "
                f"{self.replications} replications>")

    @property
    def key(self) -> str:
        """Its name: that of its file."""
        return self._core.key

    @property
    def label(self) -> dict[str, str]:
        """What people read, by language (``nl``, ``en``)."""
        return dict(zip(("nl", "en"), self._core.labels))

    @property
    def forms(self) -> list[str]:
        """Keys of its forms of organisation, in order."""
        return self._core.forms

    @property
    def baseline(self) -> str:
        """Key of the form with which the others are compared."""
        return self._core.baseline

    @property
    def regions(self) -> list[str]:
        """Names of its veiligheidsregio's."""
        return self._core.regions

    @property
    def replications(self) -> int:
        """How often everything is run with other chance."""
        return self._core.replications

    @property
    def seed(self) -> int:
        """Where all chance comes from."""
        return self._core.seed

    @property
    def belief(self) -> str:
        """Key of the belief set; of the first if the file names several."""
        return self._core.belief

    @property
    def variant(self) -> str | None:
        """Key of the variant that it is, if it is one."""
        return self._core.variant

    @property
    def setting(self) -> str:
        """Its name among the settings of its file: the belief set, ``+`` and the variant if it is one."""
        return self._core.setting

    @property
    def settings(self) -> list[Scenario]:
        """The scenario in each of its settings: under every belief set, without and with every variant. ``run`` runs
        all of them; a pass, a story and a sweep are of the first.

        >>> import rvtsim
        >>> [one.setting for one in rvtsim.load("scenarios/aannamesets.toml").settings]
        ['neutraal', 'programma', 'kritisch', 'gemeten']
        """
        pairs = [(belief, variant) for belief in self._core.beliefs for variant in (None, *self._core.variants)]
        if len(pairs) == 1:
            return [self]
        return [self._given(belief=belief, variant=variant, is_alone=True) for belief, variant in pairs]

    @property
    def start(self) -> datetime.date:
        """The first day that is measured."""
        return datetime.date.fromisoformat(self._core.period[0])

    @property
    def warm_up_days(self) -> int:
        """Length of the warm-up [days]."""
        return self._core.period[1]

    @property
    def measured_days(self) -> int:
        """Length of the measured period [days]."""
        return self._core.period[2]

    @property
    def warnings(self) -> list[Diagnostic]:
        """What somebody should look at."""
        return [Diagnostic(*one) for one in self._core.warnings]

    @property
    def parameters(self) -> dict[str, float]:
        """The value in effect of every parameter, in its own unit (``evidence()`` names it)."""
        frame = self.evidence().to_pandas()
        return dict(zip(frame["key"], frame["value"]))

    @property
    def n_points(self) -> int:
        """Points of its sweep; 0 if it has none."""
        points = _rvtsim.sweep_points(self._core)
        return points[0] if points else 0

    def evidence(self) -> Table:
        """Every parameter with value, range, unit, grade and source."""
        return Table(self._core.evidence())

    def cost(self, threads: int = 1) -> dict[str, float]:
        """What a run of it will take, or its sweep if it has one: ``passes``, ``seconds``, ``bytes``. An estimate.

        >>> import rvtsim
        >>> list(rvtsim.load("scenarios/referentie.toml").cost())
        ['passes', 'seconds', 'bytes']
        """
        return dict(zip(("passes", "seconds", "bytes"), self._core.cost(threads)))

    def to_toml(self) -> str:
        """The scenario with every value in effect, as a file for the same library."""
        return self._core.to_toml()


def load(path: str | os.PathLike[str], **options: Any) -> Scenario:
    """``Scenario.load``."""
    return Scenario.load(path, **options)


def _toml(base: str, values: Mapping[str, Any]) -> str:
    sections: dict[str, dict[str, Any]] = {"scenario": {}, "evidence": {}}
    for name, value in values.items():
        if isinstance(value, Mapping):
            sections[name] = dict(value)
        else:
            sections["evidence" if "." in name else "scenario"][name] = value
    lines = [f"extends = {_value(base)}"]
    for name, section in sections.items():
        lines += [f"[{name}]", *(f"{_key(key, name)} = {_value(value)}" for key, value in section.items())]
    return "\n".join(line for line in lines) + "\n"


def _key(key: str, section: str) -> str:
    is_plain = key.replace("_", "").replace(".", "").replace("-", "").isalnum() and key.isascii()
    return key if is_plain and (section == "evidence" or "." not in key) else _value(key)


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(str(key), '')} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, (str, bool)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Sequence):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    number = value.item() if hasattr(value, "item") else value
    if isinstance(number, float) and number.is_integer() and abs(number) < 1e15 or isinstance(number, int):
        return repr(int(number))
    if isinstance(number, float) and math.isfinite(number):
        return repr(number)
    raise TypeError(f"{value!r} cannot be the value of a scenario")


_restored_in: dict[str, Path] = {}


def _restored(files: dict[str, bytes], name: str, options: _Options) -> Scenario:
    """A scenario that came from elsewhere with all its files, which are put in a folder of this machine."""
    key = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()
    if key not in _restored_in:
        home = Path(os.path.realpath(tempfile.mkdtemp(prefix="rvtsim-")))
        atexit.register(shutil.rmtree, home, ignore_errors=True)
        # A file may stand above the library.
        library = home.joinpath(*["above"] * max(path.count("../") for path in files), "library")
        for path, text in files.items():
            place = Path(os.path.normpath(library / path))
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text)
        _restored_in[key] = library
    return Scenario(_restored_in[key] / name, {}, options)
