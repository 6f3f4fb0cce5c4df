#!/usr/bin/env python3
"""Writes data/events/irregular.tsv: irregular forms of English verbs and nouns (WordNet 3.0 exception lists).

Usage: wordnet_irregular.py [/usr/share/wordnet] > data/events/irregular.tsv
"""
import sys

folder = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/wordnet"
# Forms that are more often another word's own lemma, and lemmas that the list puts second.
SKIP = {"verb": {"lay", "found", "bound", "wound", "ground", "rent", "fell", "bore", "axes"}, "noun": set()}
print("#: about    irregular forms of verbs and nouns, for words that the parser gives no usable lemma")
print("#: source   WordNet 3.0 exception lists, (c) 2006 Princeton University; licence of WordNet 3.0 (free, with notice)")
print("#: made     tools/import/wordnet_irregular.py; do not edit")
print("#: columns  pos	form	lemma")
for pos in ("verb", "noun"):
    rows = {}
    for line in open(f"{folder}/{pos}.exc", encoding="latin-1"):
        form, lemma = line.split()[:2]
        if form.isalpha() and lemma.isalpha() and form != lemma and form not in SKIP[pos]:
            rows.setdefault(form, lemma)
    if pos == "verb":
        rows.update({"found": "find", "wound": "wound", "bound": "bind"})
    for form in sorted(rows):
        print(f"{pos}\t{form}\t{rows[form]}")
