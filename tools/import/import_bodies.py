#!/usr/bin/env python3
"""Makes data/entities/bodies.tsv: one line a name, from own/bodies.txt.

`gov:*.mfa` with the name `Foreign Ministry` says: with any state that the text names beside it ("the Armenian Foreign
Ministry", "the Foreign Ministry of Armenia") it is gov:ARM.mfa. `gov:USA.mfa` with `State Department` needs no state.
"""
from common import read_bars, write_tsv


def main():
    rows = []
    for number, fields in read_bars("bodies.txt"):
        assert len(fields) == 4, (number, fields)
        ident, kind, sectors, names = fields
        for name in names.split(";"):
            weak = "weak" if name.endswith("?") else ""
            name = name.rstrip("?")
            start = end = ""
            if name.endswith("]"):
                name, span = name[:-1].split("[")
                start, end = span.split("..")
            rows.append([ident, kind, name, sectors, weak, start, end])
    count = write_tsv(
        ["data", "entities", "bodies.tsv"],
        [("about", "bodies of a state by their names; `*` in the id stands for the state named beside it"),
         ("source", "own knowledge"), ("licence", "Apache-2.0"),
         ("made by", "tools/import/import_bodies.py from tools/import/own/bodies.txt")],
        ["id", "kind", "name", "sectors", "strength", "from", "until"], rows)
    print(f"bodies.tsv: {count} entries")


if __name__ == "__main__":
    main()
