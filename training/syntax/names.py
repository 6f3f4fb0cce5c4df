"""Names of the re3d and MEANTIME sets in the manner of Universal NER:  names.py DATA TABLES WORDS.conllu OUT

re3d marks whole noun phrases, pronouns and what a state does as an organisation; MEANTIME marks whole phrases. Here
phrases are cut down to the names in them, a state or city is always LOC, titles and adjectives of nations are left out.
Words of a phrase that was not understood get the tag `_`: neither trained on nor scored. WORDS.conllu: the documents of re3d
(`newdoc id`) as `readout parse` cuts them. A document belongs to the development part if the hash of its id is even.
Writes OUT/{re3d,meantime}-{train,dev}.iob2.
"""
import json
import lzma
import os
import re
import sys

import features

FREE = {"Australian Department of Foreign Affairs", "CENTCOM", "Delegation of the European Union to Syria", "UK Government",
        "US State Department", "Wikipedia"}
INNER = {"of", "the", "and", "for", "&", "de", "la", "al", "-", "\u2013", "von", "van", "der", "'s", "\u2019s", ".", "/", "on", "in", "to", "bin", "el", "ul", "\u2019", "'"}
PRONOUNS = {"i", "we", "he", "she", "it", "they", "you", "us", "them", "him", "her", "his", "our", "their", "its", "my", "your", "who", "all", "this", "that", "these", "those"}


class Tables:
    def __init__(self, root):
        self.places, self.adjectives, self.titles = set(), set(), set()
        for line in open(root + "/entities/states.tsv", encoding="utf-8"):
            c = line.rstrip("\n").split("\t")
            if line.startswith("#") or len(c) < 9:
                continue
            self.places |= {c[3], c[4], *c[7].split(";"), *c[8].split(";")}
            self.adjectives |= {*c[5].split(";"), *re.split("[;/]", c[6])}
        for w in "US U.S. UK U.K. USA EU-27 America Britain Washington London Brussels Damascus Baghdad Moscow".split():
            self.places.add(w)
        for line in open(root + "/entities/titles.tsv", encoding="utf-8"):
            if not line.startswith("#"):
                for w in line.split("\t")[0].split():
                    if w[:1].isupper():
                        self.titles.add(w)
        self.titles |= {"Secretary", "Minister", "President", "General", "Foreign", "Prime", "State", "Deputy", "Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.",
                        "Dr", "Dr.", "Col.", "Gen.", "Lt.", "Maj.", "Sgt.", "Capt.", "Sir", "Lord", "Lady", "Ambassador", "Chancellor", "Senator"}
        self.places.discard("")
        self.adjectives.discard("")


def cap(w):
    return w[:1].isupper() or (w[:3].lower() == "al-" and w[3:4].isupper())


def name_in(words, kind, t):
    """[(begin, end, type)] of the names in a phrase, or None if it was not understood."""
    if not any(cap(w) for w in words) or (len(words) == 1 and words[0].lower() in PRONOUNS):
        return []
    n = len(words)
    a, b = 0, n
    while a < b and (not cap(words[a]) or words[a].lower() in ("the", "a", "an", "our", "his", "their", "its", "this", "former", "all")):
        a += 1
    while b > a and not (cap(words[b - 1]) or words[b - 1].isdigit()):
        b -= 1
    if a == b:
        return []
    part = words[a:b]
    if kind == "PER":
        # The last run of capital words that are no titles.
        run = []
        for i in range(b - 1, a - 1, -1):
            if (cap(words[i]) and words[i] not in t.titles and words[i] not in t.places and words[i] not in t.adjectives) or \
                    (run and words[i] in INNER - {"of", "for", "the", "and", "on", "in", "to", "&"}):
                run.append(i)
            elif run:
                break
        while run and not cap(words[run[-1]]):
            run.pop()
        return [(run[-1], run[0] + 1, "PER")] if run else []
    if kind == "LOC" and "," in part:
        out, at = [], a
        for i in range(a, b + 1):
            if i == b or words[i] == ",":
                one = name_in(words[at:i], kind, t)
                if one is None:
                    return None
                out += [(x + at, y + at, k) for x, y, k in one]
                at = i + 1
        return out
    if not all(cap(w) or w in INNER or w.isdigit() for w in part) or len(part) > 9:
        return None
    text = " ".join(part)
    if kind in ("LOC", "ORG") and text in t.places:
        return [(a, b, "LOC")]
    if all(w in t.adjectives for w in part):
        return []
    return [(a, b, kind)]


def put(tags, begin, words, kind, t):
    """Writes the names of a phrase into `tags` unless something is there already."""
    names = name_in(words, kind, t)
    if names is None:
        for i in range(begin, begin + len(words)):
            if tags[i] == "O":
                tags[i] = "_"
        return
    for a, b, k in names:
        if all(x == "O" for x in tags[begin + a:begin + b]):
            tags[begin + a] = "B-" + k
            for i in range(begin + a + 1, begin + b):
                tags[i] = "I-" + k


def even(name):
    return features.fnv1a(name.encode()) % 2 == 0


def write(path, sentences):
    n = 0
    with open(path, "w", encoding="utf-8") as f:
        for i, (words, tags) in enumerate(sentences):
            f.write("# sent_id = %d\n" % i)
            for k, (w, x) in enumerate(zip(words, tags)):
                f.write("%d\t%s\t%s\n" % (k + 1, w, x))
            f.write("\n")
            n += sum(x.startswith("B-") for x in tags)
    print(path, len(sentences), "sentences", n, "names", sum(x == "_" for _, tags in sentences for x in tags), "words left open")


def re3d(root, conllu, t):
    docs = {d["_id"]: d for d in map(json.loads, open(root + "/re3d/documents.jsonl", encoding="utf-8"))}
    marks = {}
    for e in map(json.loads, open(root + "/re3d/entities.jsonl", encoding="utf-8")):
        marks.setdefault(e["documentId"], []).append(e)
    out = {True: [], False: []}
    cur, sents = None, {}
    for line in open(conllu, encoding="utf-8"):
        if line.startswith("# newdoc id = "):
            cur = line[14:].strip()
            sents[cur] = []
        elif line.startswith("# sent_id"):
            sents[cur].append([])
        elif line[:1].isdigit() and line.split("\t")[0].isdigit():
            sents[cur][-1].append(line.split("\t")[1])
    kinds = {"Person": "PER", "Organisation": "ORG", "Location": "LOC"}
    for k, d in docs.items():
        if d["subset"] not in FREE or k not in sents:
            continue
        at, place = 0, []
        for s in sents[k]:
            for w in s:
                at = d["text"].index(w, at)
                place.append((at, at + len(w)))
                at += len(w)
        words = [w for s in sents[k] for w in s]
        tags = ["O"] * len(words)
        es = [e for e in marks.get(k, []) if e["type"] in kinds]
        es.sort(key=lambda e: (-(e["confidence"] or 0) >= -0.5, -(e["end"] - e["begin"])))
        sure = [e for e in es if (e["confidence"] or 0) >= 0.5]
        for e in sure:
            inside = [i for i, (x, y) in enumerate(place) if x >= e["begin"] and y <= e["end"]]
            if inside:
                put(tags, inside[0], [words[i] for i in inside], kinds[e["type"]], t)
        # Marked by few: left open.
        for e in es:
            if (e["confidence"] or 0) < 0.5:
                for i, (x, y) in enumerate(place):
                    if x >= e["begin"] and y <= e["end"] and tags[i] == "O" and cap(words[i]):
                        tags[i] = "_"
        i = 0
        for s in sents[k]:
            out[even(k)].append((s, tags[i:i + len(s)]))
            i += len(s)
    return out


def meantime(root, t):
    out = {True: [], False: []}
    for d in map(json.loads, lzma.open(root + "/meantime/meantime_en.jsonl.xz", "rt", encoding="utf-8")):
        kind = {e["id"]: e["ent_type"] for e in d["entities"] if e.get("ent_type")}
        of = {}
        for r in d["relations"]:
            if r["type"] == "REFERS_TO":
                for s in r["source"]:
                    for x in r["target"]:
                        of[s] = kind.get(x)
        tags = ["O"] * len(d["tokens"])
        # The longest first, but names before what holds them.
        for m in sorted((m for m in d["entity_mentions"] if m.get("tokens")), key=lambda m: (m.get("syntactic_type") not in ("NAM", "PRE.NAM"), len(m["tokens"]))):
            k = of.get(m["id"])
            where = m["tokens"]
            if where != list(range(where[0], where[-1] + 1)):
                continue
            words = [d["tokens"][i] for i in where]
            if m.get("syntactic_type") in ("NAM", "PRE.NAM") and k in ("PER", "ORG", "LOC"):
                put(tags, where[0], words, k, t)
            else:
                for i in where:
                    if tags[i] == "O" and cap(d["tokens"][i]) and i > 0:
                        tags[i] = "_"
        last = d["fully_annotated_sentences"]
        for n in range(last):
            at = [i for i, s in enumerate(d["sentence"]) if s == n]
            if at:
                out[even(d["name"])].append(([d["tokens"][i] for i in at], [tags[i] for i in at]))
    return out


def main():
    root, tables, conllu, out = sys.argv[1:5]
    t = Tables(tables)
    os.makedirs(out, exist_ok=True)
    for name, parts in (("re3d", re3d(root, conllu, t)), ("meantime", meantime(root, t))):
        write("%s/%s-dev.iob2" % (out, name), parts[True])
        write("%s/%s-train.iob2" % (out, name), parts[False])


if __name__ == "__main__":
    main()
