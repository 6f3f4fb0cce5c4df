#!/usr/bin/env python3
"""Writes data/events/things.tsv: common English nouns whose first sense is a thing that does not act (WordNet 3.0).

Usage: wordnet_things.py [/usr/share/wordnet] > data/events/things.tsv
"""
import sys

folder = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/wordnet"
# animal, attribute, body, feeling, food, motive, object, phenomenon, plant, process, quantity, relation, shape, state, substance, time
FILES = {5, 7, 8, 12, 13, 16, 17, 19, 20, 22, 24, 25, 26, 27, 28, 9}
KEEP = set("""world side front land state party power authority leadership justice opposition resistance public fire dawn
movement union sister mission cell union command intelligence interior defence defense security body bank nation west
east south north system network war""".split())
file_of, form = {}, {}
for line in open(folder + "/data.noun", encoding="latin-1"):
    if line.startswith(" "):
        continue
    part = line.split(" ")
    file_of[part[0]] = int(part[1])
    for k in range(int(part[3], 16)):
        form.setdefault(part[4 + 2 * k].lower(), set()).add(part[4 + 2 * k])
words = []
for line in open(folder + "/index.noun", encoding="latin-1"):
    if line.startswith(" "):
        continue
    part = line.split()
    word, pointers = part[0], int(part[3])
    tagged = int(part[5 + pointers])
    if tagged > 0 and word.isalpha() and word in form.get(word, ()) and word not in KEEP and file_of[part[6 + pointers]] in FILES:
        words.append(word)
print("#: about    nouns of things, times and states: as a subject they rule an act of politics out (\"the storm killed\")")
print("#: source   WordNet 3.0, (c) 2006 Princeton University; licence of WordNet 3.0 (free, with notice)")
print("#: made     tools/import/wordnet_things.py; do not edit")
print("#: columns  set	words")
for i in range(0, len(words), 40):
    print("word.thing\t" + ";".join(words[i:i + 40]))
