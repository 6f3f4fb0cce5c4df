#!/usr/bin/env python3
"""Makes data/entities/states.tsv.

    import_states.py WORLD_COUNTRIES CLDR_CORE

The arguments are unpacked npm packages `world-countries` and `cldr-core` (`npm pack NAME`, then `tar xzf`). What they
lack (other names with dates, person nouns, COW codes, entities without general recognition, former states) comes
from own/states.txt, own/states_extra.txt and own/capitals.txt.
"""
import json
import sys

from common import read_bars, unique, write_tsv

COLUMNS = ["id", "iso2", "kind", "name", "official", "adjectives", "demonyms", "aliases", "capital", "languages",
           "region", "fips", "cow", "cown", "from", "until", "successors", "note"]
NOTES = {
    "XKX": "declared independence in 2008; recognised by many states, claimed by Serbia; administered under UN Security Council resolution 1244 (1999)",
    "TWN": "represented China in the United Nations until 1971; claimed by the People's Republic of China; recognised by few states",
    "ESH": "non-self-governing territory on the list of the United Nations; claimed by Morocco and by the Polisario Front",
    "PSE": "observer state at the United Nations since 2012",
    "VAT": "observer state at the United Nations; international person: the Holy See",
    "FLK": "administered by the United Kingdom, claimed by Argentina",
    "GIB": "administered by the United Kingdom, claimed by Spain",
    "ISR": "capital: Jerusalem by Israeli law, not generally recognised; most embassies are in Tel Aviv",
}


def pair(noun):
    """`Azeri` -> `Azeri/Azeris`; pairs written out (`Pole/Poles`, `Swiss/Swiss`) are kept."""
    if "/" in noun:
        return noun
    if noun.endswith(("ese", "sh", "ch", "ss", "ois")):
        return f"{noun}/{noun}"
    return f"{noun}/{noun}s"


def split(cell):
    return [v for v in cell.split(";") if v]


def main(countries_dir, cldr_dir):
    with open(f"{countries_dir}/countries.json", encoding="utf-8") as f:
        countries = json.load(f)
    with open(f"{cldr_dir}/supplemental/codeMappings.json", encoding="utf-8") as f:
        codes = json.load(f)["supplemental"]["codeMappings"]
    own = {fields[0]: fields for _, fields in read_bars("states.txt")}
    capitals = {fields[0]: split(fields[1]) for _, fields in read_bars("capitals.txt")}
    taken = {a for fields in own.values() for a in split(fields[2])}
    rows = []
    for c in countries:
        code = "XKX" if c["cca3"] == "UNK" else c["cca3"]
        if code in ("ATA", "BVT", "HMD", "UMI", "ATF", "SGS"):
            continue  # no population that could act or be spoken of as one
        name, official = c["name"]["common"], c["name"]["official"]
        kind = "un_member" if c["unMember"] else "territory"
        if code in ("VAT", "PSE"):
            kind = "observer"
        elif code in ("TWN", "XKX", "ESH"):
            kind = "partly_recognised"
        elif code in ("COK", "NIU"):
            kind = "associated"
        if code in own:
            _, cow, adjectives, nouns, aliases, start, end = own[code]
        else:
            eng = c["demonyms"].get("eng", {})
            nouns = ";".join(unique([eng.get("m", ""), eng.get("f", "")])).replace(", ", ";")
            # "French" says nothing of Saint Pierre: a territory takes no word that a state has
            nouns = ";".join(n for n in split(nouns) if n not in taken)
            adjectives, cow, aliases, start, end = nouns, ",", "", "", ""
        cow_letters, cow_number = cow.split(",")
        iso2 = c["cca2"]
        mapping = codes.get(iso2, {})
        fips = mapping.get("_fips10", iso2 if "_numeric" in mapping and c["unMember"] else "")
        # native names in Latin script help with quotations and credit lines
        native = [n["common"] for n in c["name"]["native"].values()] if c["name"].get("native") else []
        native = [n for n in native if n and all(ord(ch) < 0x250 or ch in "ə" for ch in n)]
        alias_list = split(aliases)
        plain = {a.split("[")[0] for a in alias_list}
        alias_list += [a for a in unique([official] + native) if a not in plain and a != name]
        alias_list = [a for a in unique(alias_list) if a != name]
        rows.append([
            "state:" + code, iso2, kind, name, official, ";".join(split(adjectives)),
            ";".join(pair(n) for n in split(nouns)), ";".join(alias_list),
            ";".join(capitals.get(code, c["capital"])), ";".join(unique(c["languages"].values())),
            c["subregion"] or c["region"], fips, cow_letters, cow_number, start, end, "", NOTES.get(code, "")])
    known = {row[0] for row in rows}
    for number, f in read_bars("states_extra.txt"):
        (code, iso2, name, official, kind, cow, adjectives, nouns, aliases, capital, languages, region, start, end,
         successors, note) = f
        assert "state:" + code not in known, (number, code)
        cow_letters, cow_number = cow.split(",")
        rows.append([
            "state:" + code, iso2, kind, name, official, adjectives, ";".join(pair(n) for n in split(nouns)), aliases,
            capital, languages, region, "", cow_letters, cow_number, start, end,
            ";".join("state:" + s for s in split(successors)), note])
    missing = set(own) - {r[0][6:] for r in rows}
    assert not missing, missing
    count = write_tsv(
        ["data", "entities", "states.tsv"],
        [("about", "states, observers, territories, entities without general recognition, former states; a listing takes no side"),
         ("source", "world-countries 5.1.0 (names, capitals, languages, regions); CLDR 48 (FIPS 10 codes); own knowledge (rest)"),
         ("licence", "ODbL-1.0 (world-countries), Unicode-3.0 (CLDR), Apache-2.0 (own)"),
         ("made by", "tools/import/import_states.py from tools/import/own/{states,states_extra,capitals}.txt")],
        COLUMNS, rows)
    print(f"states.tsv: {count} entries")


if __name__ == "__main__":
    main(*sys.argv[1:3])
