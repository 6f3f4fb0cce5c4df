"""Several networks as one:  teacher.py --data DATA --nets DIR/ema.pt ... [--score] [--label IN.conllu OUT.npz]

The networks' distributions are averaged: over heads, then, for the best tree, over relations, tags and entity tags.
--score prints the measures of the development files; --label writes the KEEP likeliest choices of every word of a
CoNLL-U file (only its words are read) with their probabilities, as train.py --silver takes them.
"""
import argparse
import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np
import torch
import torch.nn.functional as F

import data
import model
import score
import train

KEEP = {"arc": 4, "label": 3, "upos": 3, "feats": 3, "script": 2, "ner": 3}


def load(path, v):
    ck = torch.load(path)
    net = model.Network(ck["cfg"], v)
    print(path, net.load_state_dict(ck["net"], strict=False), file=sys.stderr)
    net.eval()
    return net


def distributions(nets, items, v, words=4000):
    """Yields sentence, heads and a matrix of probabilities for each task."""
    with torch.no_grad():
        for group in train.batches(items, words, v):
            b = train.Batch(group, v)
            hs = [net.encode(b) for net in nets]
            mean = lambda xs: sum(xs) / len(xs)
            arc = mean([F.softmax(net.arcs(h, b), 2) for net, h in zip(nets, hs)]).numpy()
            heads, rows = np.zeros(b.n, np.int64), np.zeros(b.n, np.int64)
            for i, e in enumerate(b.items):
                o = int(b.off[i])
                hd = score.tree(np.log(arc[i, :e.n, :e.n + 1] + 1e-9))
                heads[o:o + e.n] = hd
                rows[o:o + e.n] = np.where(hd == 0, b.n, hd - 1 + o)
            rows = torch.from_numpy(rows)
            labels = []
            for net, h in zip(nets, hs):
                x = net.labels(*net.label_parts(h), rows)
                root = v.dep_of["root"]
                x[:, root] = torch.from_numpy(np.where(heads == 0, 1e4, -1e4).astype(np.float32))
                labels.append(F.softmax(x, 1))
            out = {"label": mean(labels).numpy()}
            tags = [net.tags(h) for net, h in zip(nets, hs)]
            for k, name in enumerate(("upos", "feats", "script")):
                out[name] = mean([F.softmax(t[k], 1) for t in tags]).numpy()
            ents = [net.entities(h) for net, h in zip(nets, hs)]
            for k, name in enumerate(("ner", "ner2")):
                out[name] = mean([F.softmax(t[k], 1) for t in ents]).numpy()
            for i, e in enumerate(b.items):
                s = slice(int(b.off[i]), int(b.off[i]) + e.n)
                yield e, heads[s], dict({k: x[s] for k, x in out.items()}, arc=arc[i, :e.n, :e.n + 1])


def predictions(nets, items, v):
    for e, heads, p in distributions(nets, items, v):
        yield e, (heads, p["label"].argmax(1), p["upos"].argmax(1), p["feats"].argmax(1), p["script"].argmax(1),
                  score.bio(np.log(p["ner"] + 1e-9)), score.bio(np.log(p["ner2"] + 1e-9)))


def label(nets, path, out, v):
    items = []
    for s, _ in data.read_conllu(path):
        if 3 <= len(s.forms) <= 100:
            s.parsed, s.ner = False, None
            items.append(data.encode(s, v))
    lengths, forms, heads, columns = [], [], [], {k: ([], []) for k in KEEP}
    for e, hd, p in distributions(nets, items, v):
        lengths.append(e.n)
        forms += e.src.forms
        heads.append(hd.astype(np.int16))
        for k, n in KEEP.items():
            x = p[k]
            n_here = min(n, x.shape[1])
            top = np.argpartition(-x, n_here - 1, axis=1)[:, :n_here] if n_here < x.shape[1] else np.tile(np.arange(n_here), (e.n, 1))
            prob = np.take_along_axis(x, top, 1)
            prob /= prob.sum(1, keepdims=True)
            pad = ((0, 0), (0, n - n_here))
            columns[k][0].append(np.pad(top, pad).astype(np.int16))
            columns[k][1].append(np.pad(prob, pad).astype(np.float16))
    z = {"lengths": np.array(lengths, np.int32), "heads": np.concatenate(heads), "forms": np.array("\n".join(forms))}
    for k, (i, p) in columns.items():
        z[k + ".index"], z[k + ".share"] = np.concatenate(i), np.concatenate(p)
    np.savez(out, **z)
    print(len(lengths), "sentences", sum(lengths), "words", file=sys.stderr)


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", required=True)
    a.add_argument("--nets", nargs="+", required=True)
    a.add_argument("--score", action="store_true")
    a.add_argument("--label", nargs=2)
    o = a.parse_args()
    torch.set_num_threads(1)
    v = data.Vocabulary.saved(os.path.join(os.path.dirname(o.nets[0]), "vocab.pkl"))
    nets = [load(p, v) for p in o.nets]
    if o.score:
        _, dev = data.load(o.data)
        for name, d in dev.items():
            print(name, score.summary(predictions(nets, [data.encode(s, v) for s in d], v), v), flush=True)
    if o.label:
        label(nets, o.label[0], o.label[1], v)


if __name__ == "__main__":
    main()
