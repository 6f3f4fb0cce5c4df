#!/usr/bin/env python3
"""Writes data/events/persons.tsv: English nouns whose first sense names a person (WordNet 3.0).

Usage: wordnet_persons.py [/usr/share/wordnet] > data/events/persons.tsv
"""
import sys

folder = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/wordnet"
NOT_PERSONS = set("""ace baby bastion block brick case catch cold controller crack cross dear discount driver dummy
fence flash force front head hope joy lead light link mark match model mover object operator original part party plant
power principal quarter release relative rocket second shadow shell shot star state subject target toast treasure unit
vessel victory witness-box dead wounded missing opposite double front-runner contact presence prime hand grain drag
carrier radical processor reserve retreat cover cut drip exploiter figure guard issue match minor number pawn report
rest sister settlement square stay switch tender cooler creature draw end""".split())
first_file = {}
form = {}
for line in open(folder + "/data.noun", encoding="latin-1"):
    if line.startswith(" "):
        continue
    part = line.split(" ")
    first_file[part[0]] = int(part[1])
    for k in range(int(part[3], 16)):
        form.setdefault(part[4 + 2 * k].lower(), set()).add(part[4 + 2 * k])
words = []
for line in open(folder + "/index.noun", encoding="latin-1"):
    if line.startswith(" "):
        continue
    part = line.split()
    word = part[0]
    if not word.isalpha() or len(word) < 3 or word in NOT_PERSONS:
        continue
    if word not in form.get(word, ()):  # only names: American, Adam
        continue
    pointers = int(part[3])
    if first_file[part[6 + pointers]] == 18:
        words.append(word)
print("#: about    nouns whose first sense names a person: they can act though nobody knows their name")
print("#: source   WordNet 3.0, (c) 2006 Princeton University, lexicographer file noun.person; licence of WordNet 3.0 (free, with notice)")
print("#: made     tools/import/wordnet_persons.py; do not edit")
print("#: columns  set	words")
for i in range(0, len(words), 40):
    print("role.person\t" + ";".join(words[i:i + 40]))
