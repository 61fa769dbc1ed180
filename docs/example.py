"""A factor of a sweep against a form's difference from the baseline.

    python3 docs/example.py results/aannames unsafe_days_per_family_year v2_rnvt staff.fte_lokaal_team figure.png

Every dot is a point of the sweep: the mean over its replications of form less
baseline. Takes the standard library and matplotlib.
"""

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path
from statistics import mean

import matplotlib

matplotlib.use("Agg")  # a file, no window
import matplotlib.pyplot as plt

folder, kpi, form, factor, picture = sys.argv[1:]
folder = Path(folder)


def rows(name):
    with open(folder / name, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


baseline = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["baseline"]

# An empty cell of the design: the value that the scenario has by itself.
base = next(row["base"] for row in rows("factors.csv") if row["factor"] == factor)
setting = {row["point"]: float(row[factor] or base) for row in rows("design.csv")}

# Replication k has the same families in every form: subtract within replications.
# An empty value: nothing was observed that the KPI could be about.
values = {
    (row["point"], row["replication"], row["form"]): float(row["value"])
    for row in rows("results.csv")
    if row["kpi"] == kpi and row["form"] in (form, baseline) and row["value"]
}
differences = defaultdict(list)
for (point, replication, which), value in values.items():
    if which == form and (point, replication, baseline) in values:
        differences[point].append(value - values[point, replication, baseline])

points = sorted(differences, key=int)
plt.scatter([setting[point] for point in points], [mean(differences[point]) for point in points], s=9)
plt.axhline(0, color="grey", linewidth=0.8)
plt.xlabel(factor)
plt.ylabel(f"{kpi}\n{form} less {baseline}")
plt.tight_layout()
plt.savefig(picture, dpi=150)
print(f"{len(points)} points in {picture}")
