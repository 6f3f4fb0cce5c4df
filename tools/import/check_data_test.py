#!/usr/bin/env python3
"""Breaks a copy of the data in one place at a time and expects check_data.py to name file and fault."""
import io
import os
import shutil
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout

import check_data
from common import path

# file, text to find, text to put instead, what the message must say
BREAKS = [
    ("entities/orgs.tsv", "org:osce\tigo\t", "org:osce\tclub\t", '"club" is none of'),
    ("entities/orgs.tsv", "\n#: columns", "\n#: kolumns", 'an entry before the header line'),
    ("entities/memberships.tsv", "org:nato\tstate:FIN\t2023-04-04", "org:nato\tstate:FIN\t2023-13-04", "is not a date"),
    ("entities/memberships.tsv", "org:nato\tstate:SWE", "org:nato\tstate:SWW", '"state:SWW" is not known'),
    ("entities/metonyms.tsv", "gov:FRA.pm", "gov:FRA.prime", '"gov:FRA.prime" is not known'),
    ("entities/states.tsv", "Zaire[1971..1997]", "Zaire[1997..1971]", "is later than"),
    ("entities/states.tsv", "Armenian/Armenians", "Armenian", "want SINGULAR/PLURAL"),
    ("entities/titles.tsv", "\tforeign_minister\t", "\t\t", 'column "class" is empty'),
    ("entities/groups.tsv", "group:farc\tarmed_group\t", "group:farc\tarmed_group\t\t", "columns, want"),
    ("entities/agents.tsv", "\tMIL\t", "\tMLI\t", '"MLI" is unknown'),
    ("places/gazetteer.tsv", "\t50.4547\t30.5238\t", "\t150.4547\t30.5238\t", "is no latitude"),
    ("entities/agreements.tsv", "\t1995-12-14\t", "\t1995-12-34\t", "is not a date"),
    ("entities/agreements.tsv", "state:BIH;state:HRV;state:SCG", "state:BIH;state:HRV;state:SGC", '"state:SGC" is not known'),
    ("places/adjectives.tsv", "region:gaza-strip", "region:gaza", '"region:gaza" is not known'),
    ("entities/disputed.tsv", "state:UKR;state:RUS\tstate:RUS", "state:UKR;;state:RUS\tstate:RUS", "an empty value"),
]


def run(root):
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        code = check_data.main(root)
    return code, out.getvalue()


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        root = os.path.join(folder, "data")
        for part in ("entities", "places"):
            shutil.copytree(path("data", part), os.path.join(root, part))
        code, text = run(root)
        if code:
            print(f"the data as it is has faults:\n{text}")
            failed += 1
        for file, old, new, message in BREAKS:
            full = os.path.join(root, file)
            with open(full, encoding="utf-8", newline="") as f:
                good = f.read()
            assert old in good, (file, old)
            with open(full, "w", encoding="utf-8", newline="") as f:
                f.write(good.replace(old, new, 1))
            code, text = run(root)
            hit = [line for line in text.split("\n") if line.startswith("data/" + file + ":") and message in line]
            if code != 1 or not hit:
                print(f'{file}: "{old}" -> "{new}": wanted "{message}", got:\n{text[:500]}')
                failed += 1
            with open(full, "w", encoding="utf-8", newline="") as f:
                f.write(good)
    print(f"{len(BREAKS) + 1 - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
