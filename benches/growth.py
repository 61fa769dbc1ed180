#!/usr/bin/env python3
"""How the cost of a run grows with families, years, forms and replications.

    benches/growth.py WORKLOAD RVTSIM [--figure FILE]

WORKLOAD is the program that `cargo bench --bench workload --no-run` names, RVTSIM is
target/release/rvtsim. Prints tables for docs/decisions/0005-speed.md and draws its figure: processor
time and memory of one pass in Zeeland with 1 to 100 times its families and staff and over 1 to 32
measured years, and of whole runs there (one thread, six years of warm-up and three measured) with
1 to 6 forms in ten replications and one form in 10 to 80. Start-up is taken off the time of a pass.
What is short is repeated for two seconds of processor time, and the mean is given.
"""
import argparse
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORMS = ["v0_estafette", "v1_expertnetwerk", "v2_rnvt", "v3_voorkantfusie", "v4_openbaar_lichaam", "v5_integraal_landelijk"]


def cost(command, at_least=0.0):
    """What a program prints, its processor time [s] and its memory [MB]; repeated for at least so long [s]."""
    seconds, repetitions, memory = 0.0, 0, 0.0
    while repetitions == 0 or seconds < at_least:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT)
        printed = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        if status != 0:
            sys.exit(f"{command[0]} failed")
        seconds += usage.ru_utime + usage.ru_stime
        repetitions += 1
        memory = max(memory, usage.ru_maxrss / 1024)
    return printed, seconds / repetitions, memory


def passes(workload, variants):
    """Size or years, events, processor time [s] and memory [MB] of one pass each."""
    one = lambda size, years: cost([workload, "model", FORMS[0], "Zeeland", str(size), str(years)], at_least=2)
    start_up = one(0.01, 1)[1]
    rows = []
    for amount, size, years in variants:
        printed, seconds, memory = one(size, years)
        rows.append((amount, int(printed), seconds - start_up, memory))
    return rows


def runs(rvtsim, variants):
    """Forms or replications, processor time [s] and memory [MB] of one run each."""
    rows = []
    for amount, n_forms, n_replications in variants:
        with tempfile.TemporaryDirectory(dir=ROOT / "scenarios") as folder:
            scenario = Path(folder) / "growth.toml"
            forms = ", ".join(f'"{form}"' for form in FORMS[:n_forms])
            scenario.write_text(
                f'extends = "../vergelijking.toml"\n[scenario]\nregions = ["Zeeland"]\n'
                f"forms = [{forms}]\nreplications = {n_replications}\n"
            )
            words = ["run", scenario, "--threads", "1", "--out", Path(folder) / "out"]
            _, seconds, memory = cost([rvtsim, *words])
            rows.append((amount, None, seconds, memory))
    return rows


def table(name, rows):
    has_events = rows[0][1] is not None
    events = " Events |" if has_events else ""
    nanoseconds = " ns per event |" if has_events else ""
    n_columns = 5 if has_events else 3
    print(f"\n| {name} |{events} Processor time [s] |{nanoseconds} Memory [MB] |\n|{'--:|' * n_columns}")
    for amount, events, seconds, memory in rows:
        if has_events:
            print(f"| {amount} | {events:,} | {seconds:.2f} | {seconds / events * 1e9:,.0f} | {memory:.0f} |")
        else:
            print(f"| {amount} | {seconds:.2f} | {memory:.0f} |")


def figure(columns):
    """Small panels: what is paid, against how much of it; both axes logarithmic, with a line of proportion."""
    width, height, gap, left, top = 170, 130, 46, 70, 46
    measures = [("Processor time [s]", 2), ("Memory [MB]", 3)]
    w = left + len(columns) * (width + gap)
    h = top + len(measures) * (height + gap) + 18
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" font-family="sans-serif" font-size="11">',
        "<title>Processor time and memory against families, years, forms and replications</title>",
        f'<rect width="{w}" height="{h}" fill="white"/>',
        f'<text x="{left}" y="20" font-size="13">What a run costs in Zeeland; dotted: in proportion</text>',
    ]
    for row, (measure, field) in enumerate(measures):
        every = [line[field] for _, rows in columns for line in rows]
        low, high = math.floor(math.log10(min(every))), math.ceil(math.log10(max(every)))
        for column, (name, rows) in enumerate(columns):
            x0, y0 = left + column * (width + gap), top + row * (height + gap)
            amounts = [amount for amount, *_ in rows]
            span = math.log(amounts[-1] / amounts[0])
            x = lambda amount: x0 + 10 + (width - 20) * math.log(amount / amounts[0]) / span
            y = lambda value: y0 + height - height * (math.log10(value) - low) / (high - low)
            parts.append(f'<rect x="{x0}" y="{y0}" width="{width}" height="{height}" fill="none" stroke="#999"/>')
            for power in range(low, high + 1):
                label = f"{10**power:g}" if column == 0 else ""
                parts.append(f'<text x="{x0 - 5}" y="{y(10**power) + 4:.1f}" text-anchor="end">{label}</text>')
                parts.append(f'<line x1="{x0}" x2="{x0 + width}" y1="{y(10**power):.1f}" y2="{y(10**power):.1f}" stroke="#ddd"/>')
            if column == 0:
                parts.append(f'<text transform="translate({x0 - 52} {y0 + height / 2}) rotate(-90)" text-anchor="middle">{measure}</text>')
            values = [line[field] for line in rows]
            last = min(amounts[-1], amounts[0] * 10**high / values[0])
            proportion = f'x1="{x(amounts[0]):.1f}" y1="{y(values[0]):.1f}" x2="{x(last):.1f}" y2="{y(values[0] * last / amounts[0]):.1f}"'
            parts.append(f'<line {proportion} stroke="#999" stroke-dasharray="2 3"/>')
            points = [f"{x(amount):.1f},{y(value):.1f}" for amount, value in zip(amounts, values)]
            parts.append(f'<polyline points="{" ".join(points)}" fill="none" stroke="#0072B2" stroke-width="2"/>')
            for amount, point in zip(amounts, points):
                px, py = point.split(",")
                parts.append(f'<circle cx="{px}" cy="{py}" r="3" fill="#0072B2"/>')
                parts.append(f'<text x="{px}" y="{y0 + height + 14}" text-anchor="middle">{amount:g}</text>')
            parts.append(f'<text x="{x0 + width / 2}" y="{y0 + height + 30}" text-anchor="middle">{name}</text>')
    return "\n".join([*parts, "</svg>\n"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("workload")
    parser.add_argument("rvtsim")
    parser.add_argument("--figure", type=Path)
    words = parser.parse_args()
    workload, rvtsim = (os.path.abspath(program) for program in (words.workload, words.rvtsim))
    columns = [
        ("Families, times those of Zeeland", passes(workload, [(size, size, 3) for size in (1, 3, 10, 30, 100)])),
        ("Measured years", passes(workload, [(years, 1, years) for years in (1, 2, 4, 8, 16, 32)])),
        ("Forms", runs(rvtsim, [(n, n, 10) for n in (1, 2, 3, 6)])),
        ("Replications", runs(rvtsim, [(n, 1, n) for n in (10, 20, 40, 80)])),
    ]
    for name, rows in columns:
        table(name, rows)
    if words.figure:
        words.figure.write_text(figure(columns))


main()
