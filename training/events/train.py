#!/usr/bin/env python3
"""Trains the backoff model of events and writes data/events/backoff.tsv.

    train.py READOUT DATA [--folds 5]

READOUT is the program (it extracts the features), DATA the folder of development data. What it learns from:
- own sentences, development half (tests/gold/events/dev-*.jsonl): a verb of a gold predicate has its type, every other verb none;
- predicates that the frames of READOUT coded in press releases and speeches: the frame's type (distant supervision);
- predicates of the same texts that no frame coded: none, with little weight, for the frames do not know all acts.
The verb itself is hidden in part of the examples, so that classes, prepositions and actors must speak too. The threshold is the smallest at which
proposals for verbs without a frame are right at least MIN_PRECISION of the time, over folds of the own sentences, or FALLBACK if there is none.
Seeds are fixed; needs numpy and torch.
"""
import collections
import hashlib
import json
import lzma
import pathlib
import subprocess
import sys
import tempfile

import torch

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TYPES = "ACCUSE AGREE AID ASSAULT COERCE CONCEDE CONSULT COOPERATE MOBILIZE PROTEST REJECT REQUEST RETREAT SANCTION SUPPORT THREATEN NONE".split()
NONE = len(TYPES) - 1
DOCUMENTS = 700          # of raw text
OWN, FRAME, SILENT = 3.0, 1.0, 0.15   # weights of the three kinds of examples
HIDE = 0.4               # share of examples without their verb
MIN_COUNT = 3
MIN_PRECISION = 0.6
FALLBACK = 0.6           # threshold where no threshold is precise enough
EPOCHS, L1 = 12, 2e-4


def share(text, salt):
    return int(hashlib.md5((salt + text).encode()).hexdigest()[:8], 16) / 2**32


def predicates(readout, path):
    out = subprocess.run([readout, "data", "predicates", path], capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def own_examples(readout):
    examples = []
    for path in sorted((ROOT / "tests/gold/events").glob("dev-*.jsonl")):
        rows = {r["id"]: r for r in map(json.loads, path.read_text(encoding="utf-8").splitlines()) if r}
        for p in predicates(readout, path):
            gold = rows[p["id"]]
            label = NONE
            for event in gold.get("events", []):
                text = gold["text"].encode()
                at = text.find(event["predicate"].encode())
                while at >= 0 and not (at <= p["begin"] < at + len(event["predicate"].encode())):
                    at = text.find(event["predicate"].encode(), at + 1)
                if at >= 0 and event.get("plover") in TYPES:
                    label = TYPES.index(event["plover"])
            examples.append((p["features"], label, OWN, p["id"], p["type"] == ""))
    return examples


def raw_examples(readout, data):
    lines = []
    for name in ("press_releases/state_press_releases", "press_releases/whitehouse_briefing_room", "throughput/ungdc_sample"):
        with lzma.open(data / f"{name}.jsonl.xz", "rt", encoding="utf-8") as source:
            for line in source:
                row = json.loads(line)
                lines.append((share(str(row["id"]), "backoff"), json.dumps({"id": str(row["id"]), "text": row["text"][:8000], "date": row.get("date", "")})))
    lines.sort()
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.write("\n".join(line for _, line in lines[:DOCUMENTS]) + "\n")
        file.flush()
        found = predicates(readout, file.name)
    examples = []
    for p in found:
        if p["type"] in TYPES:
            examples.append((p["features"], TYPES.index(p["type"]), FRAME, p["id"], False))
        else:
            examples.append((p["features"], NONE, SILENT, p["id"], False))
    return examples


def train(examples, seed=1):
    torch.manual_seed(seed)
    counts = collections.Counter(f for features, *_ in examples for f in set(features))
    index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= MIN_COUNT))}
    weights = torch.nn.EmbeddingBag(len(index) + 1, len(TYPES), mode="sum", padding_idx=len(index))
    torch.nn.init.zeros_(weights.weight)
    bias = torch.nn.Parameter(torch.zeros(len(TYPES)))
    optimizer = torch.optim.Adam([weights.weight, bias], lr=0.02)
    longest = max(len(e[0]) for e in examples)
    ids = torch.full((len(examples), longest), len(index))
    for row, (features, *_) in enumerate(examples):
        hide = share(features[0] + str(row), "hide") < HIDE
        kept = [index[f] for f in features if f in index and not (hide and f.startswith("verb "))]
        ids[row, :len(kept)] = torch.tensor(kept, dtype=torch.long)
    labels = torch.tensor([e[1] for e in examples])
    mass = torch.tensor([e[2] for e in examples])
    for epoch in range(EPOCHS):
        order = torch.randperm(len(examples))
        for start in range(0, len(order), 256):
            batch = order[start:start + 256]
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(weights(ids[batch]) + bias, labels[batch], reduction="none")
            (loss * mass[batch]).mean().backward()
            optimizer.step()
            with torch.no_grad():  # what says little says nothing
                weights.weight.copy_(torch.sign(weights.weight) * torch.clamp(weights.weight.abs() - L1, min=0))
    return index, weights.weight.detach(), bias.detach()


def scores(model, examples):
    index, weights, bias = model
    out = []
    for features, label, _, _, open_verb in examples:
        total = bias.clone()
        for f in features:
            if f in index:
                total += weights[index[f]]
        p = torch.softmax(total, 0)
        best = int(p.argmax())
        out.append((float(p[best]), best, label, open_verb))
    return out


def main():
    readout, data = sys.argv[1], pathlib.Path(sys.argv[2])
    folds = int(sys.argv[sys.argv.index("--folds") + 1]) if "--folds" in sys.argv else 5
    torch.set_num_threads(1)
    own, raw = own_examples(readout), raw_examples(readout, data)
    print(len(own), "predicates of own sentences,", len(raw), "of raw text,", sum(e[1] != NONE for e in raw), "of them coded by frames")
    judged = []
    for fold in range(folds):
        mine = [e for e in own if int(share(e[3], "fold") * folds) == fold]
        rest = [e for e in own if int(share(e[3], "fold") * folds) != fold]
        judged += scores(train(rest + raw), mine)
    # What the model is for: verbs that no frame coded.
    judged = sorted((j for j in judged if j[3] and j[1] != NONE), reverse=True)
    threshold, right = FALLBACK, 0
    for n, (p, best, label, _) in enumerate(judged, 1):
        right += best == label
        if right / n >= MIN_PRECISION and n >= 5:
            threshold = p
        if n % 10 == 0:
            print(f"  threshold {p:.2f}: {right} of {n} proposals right")
    wanted = sum(label != NONE for _, label, _, _, open_verb in [(0, e[1], 0, 0, e[4]) for e in own] if open_verb)
    print(f"threshold {threshold:.3f}; {wanted} verbs of acts without a frame")
    index, weights, bias = train(own + raw)
    lines = ["#: about    weights of the backoff model of events: for each feature of a predicate how much it speaks for a type",
             "#: source   trained by training/events/train.py on own sentences, and on what the frames code in press releases (public domain) and UN speeches (CC0)",
             "#: types    " + ";".join(TYPES), f"#: threshold {threshold:.3f}", "#: columns  feature\tweights",
             "bias\t" + ";".join(f"{t}:{b:.2f}" for t, b in zip(TYPES, bias.tolist()))]
    for feature, row in sorted(index.items()):
        entries = [f"{t}:{w:.1f}" for t, w in zip(TYPES, weights[row].tolist()) if abs(w) >= 0.2]
        if entries and "\t" not in feature and "\n" not in feature:
            lines.append(feature + "\t" + ";".join(entries))
    (ROOT / "data/events/backoff.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(lines) - 6, "features kept")


if __name__ == "__main__":
    main()
