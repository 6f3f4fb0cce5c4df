#!/usr/bin/env python3
"""Checks the tables of data/entities and data/places; prints `file:line: what is wrong` and exits 1 if anything is.

Looked at: encoding and normal form, header, sorting, number of columns, required cells, duplicate keys, values outside
their set, dates and their order, coordinates, empty or doubled values of a list, the form of [from..until], and
references to ids of other tables. The tables of persons and offices are used for references only; their own checks
are in build_offices.py.
"""
import os
import re
import sys
import unicodedata

from common import path

DATE = re.compile(r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")
DATED = re.compile(r"^(?P<name>[^\[\]]+)(?:\[(?P<from>[^\[\].]*)\.\.(?P<until>[^\[\].]*)\])?$")
SECTORS = set("COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC "
              "IGO NGO MNC IMG ISM UNO EUR HRI ENV DEV SEP".split())
GENDERS = {"m", "f", "u", ""}

# file: (key columns, required columns, {column: allowed values})
TABLES = {
    "entities/states.tsv": (["id"], ["id", "kind", "name", "official"], {
        "kind": {"un_member", "observer", "partly_recognised", "territory", "associated", "entity", "former"}}),
    "entities/metonyms.tsv": (["name", "actor"], ["name", "actor", "kind"], {
        "kind": {"palace", "building", "street", "capital_seat"}}),
    "entities/orgs.tsv": (["id"], ["id", "type", "name", "sectors"], {
        "type": {"igo", "ngo", "company", "media", "court"}}),
    "entities/memberships.tsv": (["org", "member", "from"], ["org", "member"], {}),
    "entities/groups.tsv": (["id"], ["id", "type", "name", "sectors"], {"type": {"armed_group", "party", "people"}}),
    "entities/bodies.tsv": (["id", "name"], ["id", "kind", "name", "sectors"], {"strength": {"", "weak"}}),
    "entities/titles.tsv": (["title", "class"], ["title", "class", "sector", "of", "form", "alone"], {
        "of": {"state", "org", "party", "group", "place", "any", "none"}, "alone": {"yes", "no"}, "gender": GENDERS,
        "form": {"office", "military", "religious", "nobility", "honorific", "academic", "address"}}),
    "entities/disputed.tsv": (["id"], ["id", "label", "names", "kind", "lat", "lon"], {
        "kind": {"entity", "territory", "corridor", "islands", "site", "line", "sea", "strait", "channel", "river",
                 "region", "zone", "name"}}),
    "entities/agents.tsv": (["noun"], ["noun", "sectors"], {"strength": {"", "weak"}}),
    "entities/agreements.tsv": (["id"], ["id", "type", "name", "date"], {
        "type": {"agreement", "statement", "communique", "convention", "resolution", "arrangement", "body"}}),
    "entities/names/given.tsv": (["name"], ["name", "gender", "cultures"], {"gender": GENDERS, "strength": {"", "weak"}}),
    "entities/names/order.tsv": (["rule"], ["rule", "culture", "order", "short_form", "example"], {}),
    "entities/names/particles.tsv": (["particle"], ["particle", "culture", "joins"], {
        "joins": {"family", "given", "suffix"}}),
    "entities/names/patronymics.tsv": (["form", "culture"], ["form", "kind", "culture", "gender", "position"], {
        "kind": {"word", "suffix", "prefix"}, "gender": GENDERS,
        "position": {"after_father", "before_father", "middle", "last", "kunya", "family"}}),
    "entities/names/translit.tsv": (["key"], ["key", "variants", "where", "scripts"], {
        "where": {"any", "end", "prefix", "word", "unstressed"}}),
    "places/gazetteer.tsv": (["id"], ["id", "name", "country", "lat", "lon", "feature"], {}),
    "places/admin1.tsv": (["id"], ["id", "name", "country"], {}),
    "places/adjectives.tsv": (["word", "kind", "region"], ["word", "kind", "region"], {"kind": {"adjective", "person"}}),
    "places/regions.tsv": (["id"], ["id", "kind", "name", "lat", "lon"], {}),
}
LISTS = {"adjectives", "demonyms", "aliases", "capital", "languages", "successors", "acronyms", "weak", "sectors",
         "names", "parties", "claimants", "administered", "countries", "clash", "cultures"}
DATED_LISTS = {"aliases", "capital", "acronyms", "names"}


class Checker:
    def __init__(self, root):
        self.root, self.faults, self.ids, self.tables = root, [], set(), {}

    def fault(self, file, line, text):
        self.faults.append(f"data/{file}:{line}: {text}")

    def load(self, file):
        """Reads a table as it is; what is wrong with its shape is reported here."""
        full = os.path.join(self.root, file)
        with open(full, "rb") as f:
            raw = f.read()
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as e:
            self.fault(file, 0, f"not UTF-8: {e}")
            return [], []
        if unicodedata.normalize("NFC", text) != text:
            for number, line in enumerate(text.split("\n"), 1):
                if unicodedata.normalize("NFC", line) != line:
                    self.fault(file, number, "not in NFC")
        if not text.endswith("\n") or "\r" in text:
            self.fault(file, 0, "want lines that end in a line feed")
        keys, columns, rows, previous = set(), [], [], b""
        for number, line in enumerate(text.split("\n")[:-1], 1):
            if line.startswith("#:"):
                key, _, value = line[2:].strip().partition(" ")
                keys.add(key)
                if key == "columns":
                    columns = value.strip().split("\t")
                continue
            if not columns:
                self.fault(file, number, 'an entry before the header line "#: columns"')
                return [], []
            cells = line.split("\t")
            if len(cells) != len(columns):
                self.fault(file, number, f"{len(cells)} columns, want {len(columns)}")
                continue
            if line.encode("utf-8") <= previous:
                self.fault(file, number, "not sorted, or the same entry twice")
            previous = line.encode("utf-8")
            for column, cell in zip(columns, cells):
                if cell != cell.strip() and column != "variants":
                    self.fault(file, number, f'column "{column}": space around "{cell}"')
            rows.append((number, dict(zip(columns, cells))))
        for key in ("about", "source", "licence", "columns"):
            if key not in keys:
                self.fault(file, 1, f'header lacks "#: {key}"')
        return columns, rows

    def check_span(self, file, number, start, end):
        for which, value in (("from", start), ("until", end)):
            if value and not DATE.match(value):
                self.fault(file, number, f'column "{which}": "{value}" is not a date (want YYYY, YYYY-MM, YYYY-MM-DD or empty)')
                return
        width = min(len(start), len(end))
        if start and end and start[:width] > end[:width]:
            self.fault(file, number, f'"{start}" is later than "{end}"')

    def check_table(self, file):
        keys, required, allowed = TABLES[file]
        columns, rows = self.load(file)
        self.tables[file] = rows
        for column in keys + required + list(allowed):
            if columns and column not in columns:
                self.fault(file, 1, f'no column "{column}"')
                return
        if not rows:
            self.fault(file, 1, "no entries")
        seen = {}
        for number, row in rows:
            key = tuple(row[k] for k in keys)
            if key in seen:
                self.fault(file, number, f'{" ".join(key)}: also in line {seen[key]}')
            seen[key] = number
            if "id" in row and "*" not in row["id"]:
                self.ids.add(row["id"])
            for column in required:
                if not row[column]:
                    self.fault(file, number, f'column "{column}" is empty')
            for column, values in allowed.items():
                if row[column] not in values:
                    self.fault(file, number, f'column "{column}": "{row[column]}" is none of {", ".join(sorted(values))}')
            for column in LISTS & row.keys():
                if not row[column]:
                    continue
                parts = row[column].split(";")
                if any(not p or p != p.strip() for p in parts):
                    self.fault(file, number, f'column "{column}": an empty value or a space beside ";"')
                if len(set(parts)) != len(parts):
                    self.fault(file, number, f'column "{column}": a value twice')
                if column in DATED_LISTS:
                    for p in parts:
                        match = DATED.match(p)
                        if not match:
                            self.fault(file, number, f'column "{column}": "{p}" (want NAME or NAME[from..until])')
                        elif match.group("from") is not None:
                            self.check_span(file, number, match.group("from"), match.group("until"))
            if "sectors" in row:
                for sector in row["sectors"].split(";"):
                    if sector not in SECTORS:
                        self.fault(file, number, f'column "sectors": "{sector}" is unknown')
            if "sector" in row and row["sector"] not in SECTORS:
                self.fault(file, number, f'column "sector": "{row["sector"]}" is unknown')
            if file == "entities/agreements.tsv":
                self.check_span(file, number, row["date"], row["until"])
            if "from" in row:
                self.check_span(file, number, row["from"], row["until"])
            if row.get("lat") or row.get("lon"):
                try:
                    if abs(float(row["lat"])) > 90 or abs(float(row["lon"])) > 180:
                        raise ValueError
                except ValueError:
                    self.fault(file, number, f'"{row["lat"]} {row["lon"]}" is no latitude and longitude')
            if "weak" in row and row["weak"]:
                forms = {p.split("[")[0] for c in ("name", "acronyms", "aliases") for p in row.get(c, "").split(";")}
                for form in row["weak"].split(";"):
                    if form not in forms:
                        self.fault(file, number, f'column "weak": "{form}" is no form of this entry')
            if "demonyms" in row and row["demonyms"]:
                for pair in row["demonyms"].split(";"):
                    if pair.count("/") != 1:
                        self.fault(file, number, f'column "demonyms": "{pair}" (want SINGULAR/PLURAL)')

    def known_actor(self, ident):
        """An actor id that some table lists, or a body or armed force of a listed state."""
        if ident in self.ids:
            return True
        match = re.match(r"^(gov|mil):([A-Z]{3})(?:\.(.+))?$", ident)
        if not match or "state:" + match.group(2) not in self.ids:
            return False
        suffix = match.group(3)
        return not suffix or ident in self.ids or f"{match.group(1)}:*.{suffix}" in self.patterns

    def check_references(self):
        self.patterns = {row["id"] for _, row in self.tables["entities/bodies.tsv"] if "*" in row["id"]}

        def want(file, number, column, ident, kinds):
            if ident and (ident.split(":")[0] not in kinds or not self.known_actor(ident)):
                self.fault(file, number, f'column "{column}": "{ident}" is not known')

        for file, rows in self.tables.items():
            for number, row in rows:
                if file == "entities/metonyms.tsv":
                    want(file, number, "actor", row["actor"], {"gov", "mil", "state", "org", "group"})
                elif file == "entities/memberships.tsv":
                    want(file, number, "org", row["org"], {"org"})
                    want(file, number, "member", row["member"], {"state", "org"})
                elif file == "entities/orgs.tsv":
                    want(file, number, "parent", row["parent"], {"org"})
                    if row["id"].split(":")[0] != ("media" if row["type"] == "media" else "org"):
                        self.fault(file, number, f'"{row["id"]}" does not fit the type {row["type"]}')
                elif file == "entities/groups.tsv":
                    want(file, number, "country", row["country"], {"state"})
                elif file == "entities/bodies.tsv":
                    code = row["id"].split(":")[1].split(".")[0]
                    if code != "*":
                        want(file, number, "id", "state:" + code, {"state"})
                elif file in ("entities/states.tsv", "entities/disputed.tsv", "entities/names/order.tsv"):
                    for column in ("successors", "claimants", "administered", "countries"):
                        for ident in filter(None, row.get(column, "").split(";")):
                            want(file, number, column, ident, {"state"})
                elif file == "entities/agreements.tsv":
                    for ident in filter(None, row["parties"].split(";")):
                        want(file, number, "parties", ident, {"state", "org", "group", "gov", "mil"})
                elif file == "places/adjectives.tsv":
                    want(file, number, "region", row["region"], {"region"})
                elif file.startswith("places/"):
                    codes = row["country"].split(";") if "country" in row else row["countries"].split(";")
                    for code in filter(None, codes):
                        want(file, number, "country", "state:" + code, {"state"})
                    if row.get("admin1") and "adm:" + row["admin1"] not in self.ids:
                        self.fault(file, number, f'column "admin1": "{row["admin1"]}" is not in admin1.tsv')


def main(root):
    checker = Checker(root)
    for file in TABLES:
        checker.check_table(file)
    checker.check_references()
    for text in checker.faults:
        print(text)
    entries = sum(len(rows) for rows in checker.tables.values())
    print(f"{len(checker.tables)} tables, {entries} entries, {len(checker.faults)} faults", file=sys.stderr)
    return 1 if checker.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else path("data")))
