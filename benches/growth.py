#!/usr/bin/env python3
"""How the cost of a pass grows with the size of its region and the length of its run.

    benches/growth.py WORKLOAD

WORKLOAD is the program that `cargo bench --bench workload --no-run` names. Prints events, processor
time, nanoseconds an event and memory, for one region with 1, 10 and 100 times its families and
staff, and for 1 to 32 measured years. Forms and replications are passes of their own: they
multiply the time and not the memory.
"""
import os
import subprocess
import sys


def measure(*words):
    """Events, processor time [s] and memory [MB] of one pass of the estafettemodel."""
    command = [sys.argv[1], "model", "v0_estafette", "Zeeland", *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    events = int(process.stdout.read())
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit("a pass failed")
    return events, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def rows(name, variants):
    print(f"\n| {name} | Events | Processor time [s] | ns per event | Memory [MB] |\n|--:|--:|--:|--:|--:|")
    start_up = measure("0.01", "1")[1]
    for label, words in variants:
        events, seconds, memory = measure(*words)
        nanoseconds = (seconds - start_up) / events * 1e9
        print(f"| {label} | {events:,} | {seconds:.2f} | {nanoseconds:,.0f} | {memory:.0f} |", flush=True)


rows("Size", [(f"× {size}", (str(size), "3")) for size in (1, 10, 100)])
rows("Measured years", [(str(years), ("1", str(years))) for years in (1, 2, 4, 8, 16, 32)])
