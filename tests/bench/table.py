"""Joins what the measuring programs reported into one table, and says which targets are met.

    table.py FOLDER

The folder holds reports of Google Benchmark (core*.json, asio*.json, qcoro*.json) and of
asyncio_bench.py (python*.json), several of each. The best of all reports counts: what disturbs a
measurement only ever makes it longer.
"""

import json
import pathlib
import sys

PROGRAMS = {"asio": "Asio", "qcoro": "QCoro"}

# What is wanted of a row without and with recording: how many times as long as ours another must take
# at least. "CPython" stands for each CPython with its own loop, "all" for every other column, and
# "unrecorded" for ours without recording.
QUICKER = {"all": 1}
WANTED = {
    "yield alone": ({"Asio": 10, "CPython": 100}, {"Asio": 5, "CPython": 40}),
    "yield among 100": ({"Asio": 10, "CPython": 100}, {"Asio": 5, "CPython": 40}),
    "await a child": (QUICKER, {"unrecorded": 0.5}),
    "spawn and finish": (QUICKER, QUICKER),
    "gather, a child": (QUICKER, QUICKER),
    "timer set and fired": (QUICKER, QUICKER),
}
SLEEPING_TASK = 256  # bytes
FACT = 16  # bytes of a trace, with all that belongs to it


class Figures:
    """The best figure of each row in each column, by names."""

    def __init__(self):
        self.best = {}
        self.columns = []

    def add(self, column, row, figure):
        if column not in self.columns:
            self.columns.append(column)
        key = (column, row)
        self.best[key] = min(figure, self.best.get(key, figure))

    def get(self, column, row):
        return self.best.get((column, row))


def read_benchmark(figures, trace, column, report):
    for entry in report["benchmarks"]:
        row, _, argument = entry["name"].partition("/")
        where = column or ("on" if argument == "1" else "off")
        if row == "memory":
            figures.add(where, row, entry["bytes"])
        else:
            figures.add(where, row, 1 / entry["items_per_second"])
        if "facts" in entry:
            trace[row] = (entry["facts"], entry["trace_bytes"])


def read_python(figures, report):
    column = "uvloop" if report["loop"] == "uvloop" else "CPython " + report["python"]
    for row, seconds in report["seconds"].items():
        figures.add(column, row, seconds)
    if "bytes" in report:
        figures.add(column, "memory", report["bytes"])


def read(folder):
    figures, trace = Figures(), {}
    for path in sorted(folder.glob("*.json")):
        report = json.loads(path.read_text())
        program = path.stem.partition(".")[0]
        if program == "python":
            read_python(figures, report)
        else:
            read_benchmark(figures, trace, PROGRAMS.get(program), report)
    others = [c for c in figures.columns if c not in ("off", "on")]
    order = [*PROGRAMS.values(), "CPython", "uvloop"]
    others.sort(key=lambda c: (order.index(c.partition(" ")[0]), c))
    return figures, trace, others


def told_time(seconds):
    if seconds < 999.5e-9:
        return f"{seconds * 1e9:.1f} ns"
    return f"{seconds * 1e6:.2f} µs"


def told_ratio(ratio):
    return f"{ratio:.0f}×" if ratio >= 10 else f"{ratio:.1f}×"


def told_wish(wanted):
    if wanted == QUICKER:
        return "quicker than all"
    if "unrecorded" in wanted:
        return f"≤ {1 / wanted['unrecorded']:g}× unrecorded"
    return ", ".join(f"{factor}× {name}" for name, factor in wanted.items())


def missed(wanted, row, recording, figures, others):
    """The columns against which a row does not do what is wanted."""
    ours = figures.get(recording, row)
    for name, factor in wanted.items():
        against = {"unrecorded": ["off"], "all": others}.get(name) or [c for c in others if c.startswith(name)]
        for column in against:
            other = figures.get(column, row)
            if other is not None and other / ours < factor:
                yield "unrecorded" if column == "off" else column


def told_verdict(misses):
    return "MISSED: " + ", ".join(misses) if misses else "met"


def lines_of(figures, trace, others):
    heads = [cell for column in others for cell in (column, "")]
    yield ["", "record", "Loopscope", *heads, "facts", "bytes/fact", "wanted", ""]
    for row, wishes in WANTED.items():
        for recording, wanted in zip(("off", "on"), wishes):
            ours = figures.get(recording, row)
            off = recording == "off"
            cells = [row if off else "", recording, told_time(ours)]
            for column in others:
                other = figures.get(column, row)
                cells += [told_time(other) if other and off else "", told_ratio(other / ours) if other else ""]
            wish = told_wish(wanted)
            misses = list(missed(wanted, row, recording, figures, others))
            if off:
                cells += ["", ""]
            else:
                facts, size = trace[row]
                cells += [f"{facts:.2f}", f"{size:.1f}"]
                wish += f"; {FACT} bytes/fact"
                if round(size) > FACT:
                    misses.append("bytes")
            yield [*cells, wish, told_verdict(misses)]
    ours = figures.get("off", "memory")
    cells = ["a sleeping task", "off", f"{ours:.0f} B"]
    for column in others:
        other = figures.get(column, "memory")
        cells += [f"{other:.0f} B", told_ratio(other / ours)] if other else ["", ""]
    yield [*cells, "", "", f"≤ {SLEEPING_TASK} B", told_verdict(["bytes"] if ours > SLEEPING_TASK else [])]


def print_table(lines):
    lines = list(lines)
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    words = {0, 1, len(widths) - 2, len(widths) - 1}  # to the left; figures to the right
    for n, line in enumerate(lines):
        cells = [text.ljust(w) if i in words else text.rjust(w) for i, (text, w) in enumerate(zip(line, widths))]
        print("  ".join(cells).rstrip())
        if n == 0:
            print("-" * (sum(widths) + 2 * len(widths) - 2))


def main(folder):
    print("Processor time of one unit of work, the best of all rounds. N×: so many times as long as ours.\n")
    print_table(lines_of(*read(pathlib.Path(folder))))


if __name__ == "__main__":
    main(sys.argv[1])
