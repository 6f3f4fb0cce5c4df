"""Learns where sentences end:  breaks.py text DATA OUT | breaks.py train OUT TABLE

    breaks.py text DATA work                         # the treebanks' raw text, work/NAME.jsonl
    # with a program whose data/text/breaks.tsv is empty, so that its rules alone decide:
    for n in ewt-train gum-train ewt-dev gum-dev; do
      readout parse -q --input-format jsonl work/$n.jsonl > work/$n.conllu; done
    breaks.py train work ../../data/text/breaks.tsv  # the table, and scores on the development files

A logistic regression with an L1 penalty over features of the words around a gap (features() and its twin in
src/text/breaks.cc). Needs Debian's python3-torch.
"""
import collections
import json
import lzma
import os
import sys

import numpy as np

TREEBANKS = {"ewt-train": "en_ewt-ud-train.conllu.xz", "gum-train": "en_gum-ud-train.open.conllu.xz",
             "ewt-dev": "en_ewt-ud-dev.conllu.xz", "gum-dev": "en_gum-ud-dev.open.conllu.xz"}
SMALLEST = 0.05  # weights below are dropped
SURE = 0.7       # a rule is overruled from here on


def size(form):
    return len(form.replace(" ", "").replace("\u00a0", ""))


def raw_text(path):
    """Documents of a treebank: text as the CoNLL 2018 shared task rebuilt it, and the ends of sentences, counted in
    characters other than blanks."""
    out = []
    for sentence in lzma.open(path, "rt", encoding="utf-8").read().split("\n\n"):
        lines = sentence.split("\n")
        if not sentence.strip():
            continue
        if not out or any(x.startswith("# newdoc") for x in lines):
            out.append({"text": "", "ends": [], "n": 0})
        elif any(x.startswith("# newpar") for x in lines):
            out[-1]["text"] = out[-1]["text"].rstrip(" ") + "\n\n"
        inside = 0
        for x in lines:
            c = x.split("\t")
            if x.startswith("#") or "." in c[0]:
                continue
            if "-" in c[0]:
                inside = int(c[0].split("-")[1])
            elif int(c[0]) <= inside:
                continue
            out[-1]["text"] += c[1] + ("" if "SpaceAfter=No" in c[9] else " ")
            out[-1]["n"] += size(c[1])
        out[-1]["ends"].append(out[-1]["n"])
    return out


class Word:
    __slots__ = ("form", "shape", "low", "space", "inner", "rule", "gold")


def lower(w):
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in w)


def shape(w):
    a = w[0]
    if "@" in w and len(w) > 3:
        return "mail"
    if w.startswith("http") or w.startswith("www."):
        return "url"
    small = any("a" <= c <= "z" for c in w)
    other = any(ord(c) < 128 and not c.isalpha() for c in w)
    if a.isalpha():
        if not a.isupper():
            return "a." if other else "a"
        if len(w.encode()) == 1:
            return "A"
        return ("Aa" if small else "AA") + ("." if other else "")
    if "0" <= a <= "9":
        if all("0" <= c <= "9" for c in w):
            return "9" if len(w) < 4 else "9999"
        return "9:9" if ":" in w else "9/9" if "/" in w or "-" in w else "9x"
    if len(w) == 1:
        return a
    return a + a if all(c == a for c in w) else "()"


def read(work, name):
    """Documents as lists of blocks, which are lists of words."""
    ends = {i: set(e) for i, e in enumerate(json.load(open("%s/%s.ends" % (work, name))))}
    docs, inside, at, rest, gold = [], 0, 0, "", set()
    for x in open("%s/%s.conllu" % (work, name), encoding="utf-8"):
        x = x.rstrip("\n")
        if x.startswith("# newdoc id = "):
            gold, at = ends[int(x[14:])], 0
            docs.append([[]])
        elif x.startswith("# newpar"):
            if docs[-1][-1]:
                docs[-1].append([])
        elif x.startswith("# sent_id"):
            inside = 0
        elif not x:
            if docs and docs[-1][-1]:
                docs[-1][-1][-1].rule = True
        elif x[0] != "#":
            c = x.split("\t")
            if "-" in c[0]:
                inside = int(c[0].split("-")[1])
                at += size(c[1])
                rest = c[9]
                continue
            w = Word()
            w.form, w.low, w.shape, w.rule, w.inner = c[1], lower(c[1]), shape(c[1]), False, False
            if int(c[0]) <= inside:
                w.inner = int(c[0]) < inside
                w.space = not w.inner and "SpaceAfter=No" not in rest
            else:
                at += size(c[1])
                w.space = "SpaceAfter=No" not in c[9]
            w.gold = not w.inner and at in gold
            docs[-1][-1].append(w)
    return docs


def candidate(b, i, start):
    """Is the gap behind word i looked at? Never inside a token; where the rules end a sentence, unless a stop parts a small
    word from a capital or stands behind a number that does not open the sentence; else where a capital, a digit or an
    opening mark follows, or a mark stands before that may end something. Dashes between blanks end nothing."""
    if b[i].inner:
        return False
    last, n = b[i].form[-1], b[i + 1].form
    if b[i].rule:
        before = b[i - 1].form if i > start else ""
        plain = len(before) > 3 and all("a" <= c <= "z" for c in before) and "A" <= n[0] <= "Z"
        number = i > start + 1 and all("0" <= c <= "9" for c in before)
        return b[i].form != "." or not (plain or number)
    if b[i].form in ("\u2013", "\u2014") and b[i].space and i > start and b[i - 1].space:
        return False
    if n[0].isalpha() and not n[0].isupper():
        return ord(last) < 128 and not last.isalnum() and last not in ",([{/'&$#"
    return n[0] not in ".,?!:;)]}%'"


def features(b, i, start):
    """Of the gap behind word i; start: first word of this sentence. As (template, part, part ...)."""
    s = lambda k: b[k].shape if start <= k < len(b) else "#"
    low = lambda k: b[k].low if start <= k < len(b) else "#"
    n = i + 1 - start
    length = str(n) if n < 5 else "5" if n < 8 else "8" if n < 13 else "13" if n < 25 else "25"
    space = "_" if b[i].space else "."
    p3, p2, p1, n1, n2, n3 = s(i - 2), s(i - 1), s(i), s(i + 1), s(i + 2), s(i + 3)
    return [("space", space), ("word-1", low(i)), ("word+1", low(i + 1)), ("word-2", low(i - 1)), ("word+2", low(i + 2)),
            ("pair", space, p1, n1), ("left", p2, p1, n1), ("right", p1, n1, n2), ("four", p2, p1, n1, n2),
            ("six", p3, p2, p1, n1, n2, n3), ("length", length, p1, n1), ("word-1+", low(i), n1), ("-word+1", p1, low(i + 1)),
            ("word+1+", low(i + 1), n2), ("-word-1", p2, low(i)),
            ("length+", length, p2, p1, n1)]


def keys(b, i, start):
    rule = "end" if b[i].rule else "inside"
    return [(rule,) + f for f in features(b, i, start)]


def learn(work):
    import torch
    torch.set_num_threads(1)
    torch.manual_seed(1)
    rows, y = [], []
    for name in ("ewt-train", "gum-train"):
        for doc in read(work, name):
            for b in doc:
                start = 0
                for i in range(len(b) - 1):
                    if candidate(b, i, start):
                        rows.append(keys(b, i, start))
                        y.append(b[i].gold)
                    if b[i].gold:
                        start = i + 1
    y = torch.tensor(y, dtype=torch.float32)
    count = collections.Counter(k for r in rows for k in r)
    number = {k: i for i, k in enumerate(k for k, n in count.items() if n >= 3 and not any(" " in p for p in k))}
    flat = [np.array([number[k] for k in r if k in number], np.int64) for r in rows]
    w = torch.zeros(len(number), 1, requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    opt = torch.optim.Adam([w, bias])
    order_of, epochs = np.random.RandomState(1), 16
    for epoch in range(epochs):
        order, total = order_of.permutation(len(rows)), 0.0
        for g in opt.param_groups:
            g["lr"] = 0.02 * (1 - epoch / epochs)
        for k in range(0, len(rows), 512):
            at = order[k:k + 512]
            z = torch.nn.functional.embedding_bag(
                torch.from_numpy(np.concatenate([flat[j] for j in at])), w,
                torch.from_numpy(np.concatenate([[0], np.cumsum([len(flat[j]) for j in at])[:-1]])), mode="sum").squeeze(1) + bias
            loss = torch.nn.functional.binary_cross_entropy_with_logits(z, y[at]) + 1e-5 * w.abs().sum()
            opt.zero_grad()
            loss.backward()
            opt.step()
            total += float(loss) * len(at)
        print(epoch, "%.5f" % (total / len(rows)), file=sys.stderr, flush=True)
    w = w.detach().numpy()[:, 0]
    table = {k: round(float(w[i]), 2) for k, i in number.items() if abs(w[i]) > SMALLEST}
    table[("all",)] = round(float(bias), 2)
    return table


def check(work, name, table):
    right = found = gold = 0
    for doc in read(work, name):
        for b in doc:
            start = begin = truth = 0
            want, have = set(), set()
            for i, w in enumerate(b):
                last = i + 1 == len(b)
                if w.gold or last:
                    want.add((truth, i))
                    truth = i + 1
                end = w.rule or last
                if not last and candidate(b, i, start):
                    z = table[("all",)] + sum(table.get(k, 0) for k in keys(b, i, start))
                    end = z > (-SURE if end else SURE)
                if end:
                    have.add((begin, i))
                    begin = start = i + 1
            right += len(want & have)
            found += len(have)
            gold += len(want)
    print("%s P %.2f R %.2f F1 %.2f" % (name, 100 * right / found, 100 * right / gold, 200 * right / (found + gold)), file=sys.stderr)


def main():
    if sys.argv[1] == "text":
        root, work = sys.argv[2:4]
        os.makedirs(work, exist_ok=True)
        for name, path in TREEBANKS.items():
            docs = raw_text(root + "/ud/" + path)
            with open("%s/%s.jsonl" % (work, name), "w", encoding="utf-8") as f:
                for i, d in enumerate(docs):
                    f.write(json.dumps({"id": str(i), "text": d["text"]}) + "\n")
            json.dump([d["ends"] for d in docs], open("%s/%s.ends" % (work, name), "w"))
        return
    work, out = sys.argv[2:4]
    table = learn(work)
    with open(out, "w", encoding="utf-8") as f:
        f.write("#: about    where sentences end: weights of features of the words around a gap (src/text/breaks.h)\n"
                "#: source   learnt from UD English EWT 2.16 and GUM 2.16 (open genres), train\n"
                "#: licence  CC-BY-SA-4.0\n"
                "#: made by  training/text/breaks.py; do not edit\n"
                "#: columns  weight\trule\tfeature\tone\ttwo\tthree\tfour\tfive\tsix\n")
        for k, x in sorted(table.items()):
            f.write("%.2f\t%s\n" % (x, "\t".join(k)))
    print(len(table), "weights", file=sys.stderr)
    for name in ("ewt-dev", "gum-dev"):
        check(work, name, table)


if __name__ == "__main__":
    main()
