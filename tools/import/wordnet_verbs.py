#!/usr/bin/env python3
"""Writes data/events/verb_classes.tsv: English verbs with the classes of their senses (WordNet 3.0).

Usage: wordnet_verbs.py [/usr/share/wordnet] > data/events/verb_classes.tsv
"""
import sys

folder = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/wordnet"
FILES = {29: "body", 30: "change", 31: "cognition", 32: "communication", 33: "competition", 34: "consumption", 35: "contact",
         36: "creation", 37: "emotion", 38: "motion", 39: "perception", 40: "possession", 41: "social", 42: "stative", 43: "weather"}
file_of, words_of, above = {}, {}, {}
for line in open(folder + "/data.verb", encoding="latin-1"):
    if line.startswith(" "):
        continue
    part = line.split(" ")
    offset = part[0]
    file_of[offset] = FILES.get(int(part[1]), "other")
    count = int(part[3], 16)
    words_of[offset] = [part[4 + 2 * k].lower() for k in range(count)]
    at = 4 + 2 * count
    pointers = int(part[at])
    above[offset] = [part[at + 2 + 4 * k] for k in range(pointers) if part[at + 1 + 4 * k] == "@"]
rows = []
for line in open(folder + "/index.verb", encoding="latin-1"):
    if line.startswith(" "):
        continue
    part = line.split()
    word = part[0]
    if not word.isalpha():
        continue
    offsets = part[6 + int(part[3]):]
    classes, higher = [], []
    for offset in offsets[:2]:
        if file_of[offset] not in classes:
            classes.append(file_of[offset])
        seen = 0
        while above[offset] and seen < 4:
            offset = above[offset][0]
            seen += 1
            name = words_of[offset][0]
            if name != word and name not in higher:
                higher.append(name)
    rows.append(f"{word}\t{';'.join(classes)}\t{';'.join(higher)}")
print("#: about    verbs with the classes of their first two senses and the verbs above these: what the backoff model knows of a verb")
print("#: source   WordNet 3.0, (c) 2006 Princeton University, lexicographer files and hypernyms; licence of WordNet 3.0 (free, with notice)")
print("#: made     tools/import/wordnet_verbs.py; do not edit")
print("#: columns  verb\tclasses\tabove")
print("\n".join(rows))
