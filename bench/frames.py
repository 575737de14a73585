"""The same pages in pandas. Reads cells as CSV from standard input (item, month,
division, town, value); prints one JSON object: CPU seconds and all answers."""
import json
import sys
import time

import pandas as pd

cells = pd.read_csv(sys.stdin, dtype={"division": str, "town": str})
by = {"county": None, "industry": "division", "region": "town"}
# Sorted and indexed by what a page asks for, outside of the time.
indexed = cells.set_index(["item", "month"]).sort_index()
items, months = sorted(cells["item"].unique()), sorted(cells["month"].unique())


def total(item, first, last, column):
    rows = indexed.loc[(item, first):(item, last)]
    if column is None:
        return {"": rows["value"].sum()}
    return rows.groupby(column)["value"].sum().to_dict()


def page(item, measure, dimension, m):
    column, first = by[dimension], m if measure == "month" else m - m % 12
    cur = total(item, first, m, column)
    if measure != "year on year":
        return cur
    base = total(item, first - 12, m - 12, column)
    return {k: 100 * (v - base[k]) / base[k] for k, v in cur.items() if base.get(k, 0) > 0}


def pages(measures=("month", "cumulative", "year on year")):
    for i in items:
        for m in months:
            for d in by:
                for measure in measures:
                    if measure != "year on year" or m >= 12:
                        yield i, measure, d, m


def everything():
    """All pages at once: one pivot a dimension, then whole columns."""
    out = {}
    for d, column in by.items():
        keys = ["item"] if column is None else ["item", column]
        month = cells.pivot_table(index="month", columns=keys, values="value", aggfunc="sum")
        ytd = month.groupby(month.index // 12).cumsum()
        base = ytd.shift(12)
        out[d] = month, ytd, (100 * (ytd - base) / base).where(base > 0)
    return out


for p in list(pages())[:50]:
    page(*p)  # warm
t = time.process_time()
for p in pages():
    page(*p)
one_by_one = time.process_time() - t
everything()
t = time.process_time()
everything()
at_once = time.process_time() - t
answers = [[int(p[0]), p[1], p[2], k, int(p[3]), float(v)] for p in pages() for k, v in page(*p).items()]
json.dump({"version": pd.__version__, "pages": one_by_one, "at_once": at_once, "answers": answers}, sys.stdout)
