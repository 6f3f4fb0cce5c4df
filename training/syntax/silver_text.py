"""Raw sentences for teacher.py:  silver_text.py documents DATA OUT.jsonl | silver_text.py sentences PARSED.conllu OUT.conllu

`documents` draws press releases and UN speeches, 450,000 words of each source. `readout parse -q --input-format jsonl`
cuts them into sentences and words. `sentences` keeps every fourth sentence of 4 to 80 words, each once.
"""
import json
import lzma
import random
import sys

SOURCES = ("press_releases/state_press_releases", "press_releases/whitehouse_briefing_room", "throughput/ungdc_sample")
WORDS = 450000


def documents(root, out):
    rng = random.Random(5)
    for name in SOURCES:
        lines = lzma.open("%s/%s.jsonl.xz" % (root, name), "rt", encoding="utf-8").read().splitlines()
        rng.shuffle(lines)
        total = 0
        for line in lines:
            d = json.loads(line)
            n = len(d["text"].split())
            if n <= 6000 and total <= WORDS:
                out.write(json.dumps({"id": d["id"], "text": d["text"]}) + "\n")
                total += n


def sentences(parsed, out):
    rows, seen, count = [], set(), 0
    for line in open(parsed, encoding="utf-8"):
        if line != "\n":
            if not line.startswith("#"):
                rows.append(line)
            continue
        words = tuple(r.split("\t")[1] for r in rows)
        if 4 <= len(words) <= 80 and words not in seen:
            seen.add(words)
            count += 1
            if count % 4 == 0:
                out.write("".join(rows) + "\n")
        rows = []


def main():
    what, source, target = sys.argv[1:4]
    with open(target, "w", encoding="utf-8") as out:
        {"documents": documents, "sentences": sentences}[what](source, out)


main()
