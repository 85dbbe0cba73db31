"""The results of the comparison, for people and for programs."""
from dataclasses import asdict, dataclass
from typing import Optional


@dataclass
class Row:
    """One figure and the figure that it is compared with. `ours`, `peer` and `ratio` are
    results of measure.summed_up(). The target (`most` or `least`) is for the ratio, or, if
    there is no ratio, for our own median."""
    what: str
    unit: str
    ours: dict
    peer_name: Optional[str] = None
    peer: Optional[dict] = None
    ratio: Optional[dict] = None
    most: Optional[float] = None
    least: Optional[float] = None

    @property
    def judged(self):
        return self.ratio or self.ours

    @property
    def met(self):
        """True or False; None: there is no target."""
        median = self.judged["median"]
        if self.most is None and self.least is None:
            return None
        return ((self.most is None or median <= self.most) and
                (self.least is None or median >= self.least))

    def as_json(self):
        return {**asdict(self), "met": self.met}


def number(value, unit=""):
    """The value as text, with three significant digits."""
    if abs(value) >= 1000:
        text = f"{value:,.0f}"
    else:
        digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 3
        text = f"{value:.{digits}f}"
    return f"{text} {unit}".strip()


def _cells(row):
    judged = row.judged
    unit = "" if row.ratio else row.unit
    target = ""
    if row.met is not None:
        target = f"<= {row.most:g}" if row.most is not None else f">= {row.least:g}"
    return (row.what, number(row.ours["median"], row.unit),
            f"{number(row.peer['median'], row.unit)} {row.peer_name}" if row.peer else "",
            number(row.ratio["median"]) if row.ratio else "",
            f"{number(judged['low'])}..{number(judged['high'], unit)}", target,
            {True: "met", False: "missed", None: ""}[row.met])


def table(rows):
    """The rows as lines of text. The range is that of the ratio, or, if there is none, of
    our own figure."""
    repetitions = rows[0].judged["repetitions"]
    same = all(row.judged["repetitions"] == repetitions for row in rows)
    heading = ("what", "ours", "peer", "ratio",
               f"(min..max of {repetitions})" if same else "(min..max)", "target", "")
    lines = [heading, *map(_cells, rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(heading))]
    for line in lines:
        first = line[0].ljust(widths[0])
        rest = (cell.rjust(width) for cell, width in zip(line[1:-1], widths[1:-1]))
        yield "   ".join((first, *rest, line[-1])).rstrip()
