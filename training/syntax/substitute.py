"""Treebank sentences with other words in them, for teacher.py to label:  substitute.py DATA VECTORS OUT.conllu [--rounds N]

A quarter of the nouns, verbs, adjectives, adverbs and names that have a word vector give way to one of their 12 nearest
words, of the same part of speech if that is known, in the same case. Only the words are written: the teachers read them anew.
"""
import argparse
import collections
import random

import numpy as np

import data
import features

OPEN = ("NOUN", "VERB", "ADJ", "ADV", "PROPN", "NUM")


def main():
    a = argparse.ArgumentParser()
    a.add_argument("data")
    a.add_argument("vectors")
    a.add_argument("out")
    a.add_argument("--rounds", type=int, default=1)
    o = a.parse_args()
    rng = random.Random(3)
    train, _ = data.load(o.data)
    words = open(o.vectors + "/words.txt").read().split("\n")[:60000]
    x = np.load(o.vectors + "/vec.npy")[:60000].astype(np.float32)
    x /= np.linalg.norm(x, axis=1, keepdims=True) + 1e-9
    at = {w: i for i, w in enumerate(words)}
    tag = collections.defaultdict(collections.Counter)
    for s in train:
        for f, u in zip(s.forms, s.upos):
            tag[features.lower(f)][u] += 1
    wanted = sorted({at[w] for w, c in tag.items() if w in at and c.most_common(1)[0][0] in OPEN})
    near = {}
    for i in range(0, len(wanted), 500):
        block = wanted[i:i + 500]
        sim = x[block] @ x.T
        top = np.argpartition(-sim, 16, axis=1)[:, :16]
        for w, row in zip(block, top):
            near[w] = [int(k) for k in row if k != w]
    count = 0
    with open(o.out, "w", encoding="utf-8") as out:
        for _ in range(o.rounds):
            for s in train:
                forms, changed = list(s.forms), 0
                for i, (f, u) in enumerate(zip(s.forms, s.upos)):
                    low = features.lower(f)
                    if u not in OPEN or rng.random() > 0.25 or at.get(low, -1) not in near or len(low) < 3:
                        continue
                    options = []
                    for k in near[at[low]]:
                        c = tag.get(words[k])
                        same_form = words[k][-2:] == low[-2:] or (low.endswith("s") == words[k].endswith("s"))
                        if words[k].isalpha() == low.isalpha() and same_form and (c is None or c.most_common(1)[0][0] == u):
                            options.append(words[k])
                    if not options:
                        continue
                    w = rng.choice(options[:12])
                    forms[i] = w.upper() if f.isupper() and len(f) > 1 else w[:1].upper() + w[1:] if f[:1].isupper() else w
                    changed += 1
                if changed and len(forms) <= 80:
                    count += 1
                    for i, f in enumerate(forms):
                        out.write("%d\t%s\t_\t_\t_\t_\t0\t_\t_\t_\n" % (i + 1, f))
                    out.write("\n")
    print(count, "sentences")


if __name__ == "__main__":
    main()
