"""Shared by the import scripts: the shape of our data files.

A data file is UTF-8 text in NFC: header lines `#: key  value`, the last of which names the columns, then one entry a
line with tabs between the columns, sorted by the bytes of the line. Several values of a column are separated by `;`.
A value may carry a validity in years or dates, `Zaire[1971..1997]`, `Bombay[..1995]`, `Astana[2022..]`: from the
first date on, up to the second one.
"""
import os
import unicodedata

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))


def path(*parts):
    return os.path.join(ROOT, *parts)


def nfc(text):
    return unicodedata.normalize("NFC", text)


def read_bars(name):
    """Rows of a hand-written file of tools/import/own: fields between bars, `#` opens a comment line."""
    rows = []
    with open(path("tools", "import", "own", name), encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            line = nfc(line.rstrip("\n"))
            if line and not line.startswith("#"):
                rows.append((number, line.split("|")))
    return rows


def write_tsv(parts, header, columns, rows):
    """Writes a data file. `header` is a list of (key, value), `rows` lists of strings as long as `columns`."""
    lines = set()
    for row in rows:
        assert len(row) == len(columns), (row, columns)
        assert not any("\t" in cell or "\n" in cell for cell in row), row
        lines.add(nfc("\t".join(row)))
    target = path(*parts)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "w", encoding="utf-8", newline="\n") as out:
        for key, value in header:
            out.write(f"#: {key:<8} {value}\n")
        out.write("#: columns  " + "\t".join(columns) + "\n")
        for line in sorted(lines, key=lambda s: s.encode("utf-8")):
            out.write(line + "\n")
    return len(lines)


def read_tsv(file):
    """(columns, [(line number, {column: cell})]) of a data file."""
    columns, rows = None, []
    with open(file, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            line = line.rstrip("\n")
            if line.startswith("#: columns"):
                columns = line[len("#: columns"):].strip().split("\t")
            elif line and not line.startswith("#"):
                rows.append((number, dict(zip(columns, line.split("\t")))))
    return columns, rows


def unique(values):
    seen, out = set(), []
    for value in values:
        if value and value not in seen:
            seen.add(value)
            out.append(value)
    return out
