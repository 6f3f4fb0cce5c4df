#!/usr/bin/env python3
"""Makes data/entities/memberships.tsv: one line a member, from the waves of own/memberships.txt."""
from common import read_bars, write_tsv


def main():
    rows = []
    for _, (org, start, end, members) in read_bars("memberships.txt"):
        for member in members.split():
            rows.append([org, member if ":" in member else "state:" + member, start, end])
    count = write_tsv(
        ["data", "entities", "memberships.tsv"],
        [("about", "members of organisations and alliances; until = first day (or year) without membership"),
         ("source", "own knowledge"), ("licence", "Apache-2.0"),
         ("made by", "tools/import/import_memberships.py from tools/import/own/memberships.txt")],
        ["org", "member", "from", "until"], rows)
    print(f"memberships.tsv: {count} entries")


if __name__ == "__main__":
    main()
