"""One command from data to checkpoint:  train.py --data ../shared/data --out DIR [--minutes M | --epochs E] ...

The learning rate falls linearly to zero over the given minutes (of wall clock) or epochs; evaluation and the
kept weights use an exponential moving average. A log of scores is written to OUT/log.tsv.
"""
import argparse
import collections
import copy
import json
import os
import pickle
import random
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np
import torch
import torch.nn.functional as F

import data
import features
import model
import score


class Batch:
    def __init__(self, items, v):
        items = sorted(items, key=lambda e: -e.n)
        self.items = items
        ln = np.array([e.n for e in items], np.int32)
        off = np.concatenate([[0], np.cumsum(ln)[:-1]]).astype(np.int32)
        self.count, self.T, n = len(items), int(ln[0]), int(ln.sum())
        types = np.concatenate([e.types for e in items])
        uniq, inverse = np.unique(types, return_inverse=True)
        self.rows = torch.from_numpy(np.array([v.rows[t] for t in uniq], np.int64))
        self.inverse = torch.from_numpy(inverse.astype(np.int64))
        self.off, self.len = torch.from_numpy(off), torch.from_numpy(ln)
        sent = np.repeat(np.arange(self.count), ln)
        pos = np.arange(n) - np.repeat(off, ln)
        self.sentence = torch.from_numpy(sent)
        self.cell = torch.from_numpy(sent * self.T + pos)
        self.no_head = torch.from_numpy(np.arange(self.T + 1)[None, :] > ln[:, None])
        heads = np.concatenate([e.heads for e in items])
        self.heads = torch.from_numpy(heads)
        self.head_row = torch.from_numpy(np.where(heads <= 0, n, heads - 1 + np.repeat(off, ln)).astype(np.int64))
        for k in ("deps", "upos", "feats", "scripts", "ner", "ner2"):
            setattr(self, k, torch.from_numpy(np.concatenate([getattr(e, k) for e in items])))
        self.n = n


class RawText:
    """Sentences of raw text in endless random order, as batches for the language model."""

    def __init__(self, path, v, size):
        z = np.load(path)
        forms = str(z["forms"]).split("\n")
        self.types = np.array([v.type_id(f) for f in forms], np.int64)
        self.seq, self.ends = z["seq"], z["ends"]
        count = collections.Counter()
        for f, n in zip(forms, np.bincount(self.seq, minlength=len(forms))):
            count[features.lower(f)] += int(n)
        self.of = {w: i for i, (w, n) in enumerate(count.most_common(size))}
        freq = np.array([n for w, n in count.most_common(size)], np.float64) ** 0.75
        self.cumulative = np.cumsum(freq / freq.sum())
        self.lm_of_type = {}
        self.rng = np.random.RandomState(7)
        self.v, self.queue = v, []

    def number(self, types):
        """Output numbers of word types."""
        return np.array([self.lm_of_type[t] for t in types], np.int64)

    def fill_numbers(self):
        for f, t in self.v.type_of.items():
            if t not in self.lm_of_type:
                self.lm_of_type[t] = self.of.get(features.lower(f), -1)

    def draw(self, n):
        return torch.from_numpy(np.unique(np.searchsorted(self.cumulative, self.rng.random_sample(n)).clip(max=len(self.cumulative) - 1)))

    def next(self, words):
        if not self.queue:
            # Like lengths together: a pool of 20000 sentences, sorted, cut, shuffled.
            pool = self.rng.randint(0, len(self.ends), 20000)
            begin = np.where(pool > 0, self.ends[pool - 1], 0)
            size = self.ends[pool] - begin
            order = np.argsort(-size, kind="stable")
            cur, total = [], 0
            for i in order:
                if cur and total + size[i] > words:
                    self.queue.append(cur)
                    cur, total = [], 0
                cur.append((begin[i], size[i]))
                total += size[i]
            self.rng.shuffle(self.queue)
        group = self.queue.pop()
        b = Batch.__new__(Batch)
        ln = np.array([n for _, n in group], np.int32)
        b.count = len(group)
        b.off = torch.from_numpy(np.concatenate([[0], np.cumsum(ln)[:-1]]).astype(np.int32))
        b.len = torch.from_numpy(ln)
        types = self.types[np.concatenate([self.seq[o:o + n] for o, n in group])]
        uniq, inverse = np.unique(types, return_inverse=True)
        b.rows = torch.from_numpy(np.array([self.v.rows[t] for t in uniq], np.int64))
        b.inverse = torch.from_numpy(inverse.astype(np.int64))
        b.sentence = torch.from_numpy(np.repeat(np.arange(b.count), ln))
        b.lm = torch.from_numpy(self.number(uniq)[inverse])
        return b


class SilverText:
    """Sentences with the shares that the teachers (teacher.py) give to the likeliest choices, in endless random order."""

    def __init__(self, path, v, seed=11):
        z = np.load(path)
        forms = str(z["forms"]).split("\n")
        self.types = np.array([v.type_id(f) for f in forms], np.int64)
        self.lengths = z["lengths"]
        self.begin = np.concatenate([[0], np.cumsum(self.lengths)[:-1]])
        self.heads = z["heads"]
        self.tasks = {k[:-6]: (z[k], z[k[:-6] + ".share"]) for k in z.files if k.endswith(".index")}
        self.rng, self.v, self.queue = np.random.RandomState(seed), v, []

    def next(self, words):
        if not self.queue:
            order = np.argsort(-self.lengths - 4 * self.rng.random_sample(len(self.lengths)), kind="stable")
            cur, total = [], 0
            for i in order:
                if cur and total + self.lengths[i] > words:
                    self.queue.append(cur)
                    cur, total = [], 0
                cur.append(i)
                total += self.lengths[i]
            self.rng.shuffle(self.queue)
        group = sorted(self.queue.pop(), key=lambda i: -self.lengths[i])
        b = Batch.__new__(Batch)
        ln = self.lengths[group].astype(np.int32)
        off = np.concatenate([[0], np.cumsum(ln)[:-1]]).astype(np.int32)
        b.count, b.T, b.n = len(group), int(ln[0]), int(ln.sum())
        at = np.concatenate([np.arange(self.begin[i], self.begin[i] + self.lengths[i]) for i in group])
        uniq, inverse = np.unique(self.types[at], return_inverse=True)
        b.rows = torch.from_numpy(np.array([self.v.rows[t] for t in uniq], np.int64))
        b.inverse = torch.from_numpy(inverse.astype(np.int64))
        b.off, b.len = torch.from_numpy(off), torch.from_numpy(ln)
        sent = np.repeat(np.arange(b.count), ln)
        b.sentence = torch.from_numpy(sent)
        b.cell = torch.from_numpy(sent * b.T + np.arange(b.n) - np.repeat(off, ln))
        b.no_head = torch.from_numpy(np.arange(b.T + 1)[None, :] > ln[:, None])
        heads = self.heads[at].astype(np.int64)
        b.head_row = torch.from_numpy(np.where(heads == 0, b.n, heads - 1 + np.repeat(off, ln)))
        b.soft = {k: (torch.from_numpy(i[at].astype(np.int64)), torch.from_numpy(p[at].astype(np.float32))) for k, (i, p) in self.tasks.items()}
        return b


def batches(items, words, v, rng=None):
    order = sorted(items, key=(lambda e: (e.n + rng.random() * 4, rng.random())) if rng else (lambda e: e.n))
    out, cur, size = [], [], 0
    for e in order:
        if cur and size + e.n > words:
            out.append(cur)
            cur, size = [], 0
        cur.append(e)
        size += e.n
    out.append(cur)
    if rng:
        rng.shuffle(out)
    return out


def ce(logits, gold, n):
    if not (gold >= 0).any():
        return logits.sum() * 0
    return F.cross_entropy(logits, gold, ignore_index=-100, reduction="sum") / n


def losses(net, b, w):
    h = net.encode(b)
    out = {}
    s = net.arcs(h, b).view(b.count * b.T, b.T + 1)[b.cell]
    out["arc"] = ce(s, b.heads, b.n)
    u, v = net.label_parts(h)
    out["label"] = ce(net.labels(u, v, b.head_row), b.deps, b.n)
    up, fe, sc = net.tags(h)
    out["upos"], out["feats"], out["script"] = ce(up, b.upos, b.n), ce(fe, b.feats, b.n), ce(sc, b.scripts, b.n)
    n1, n2 = net.entities(h)
    out["ner"], out["ner2"] = ce(n1, b.ner, b.n), ce(n2, b.ner2, b.n)
    return sum(w[k] * x for k, x in out.items()), out


def soft_losses(net, b, w):
    """Cross entropy against the teachers' shares."""
    h = net.encode(b)
    x = {"arc": net.arcs(h, b).view(b.count * b.T, b.T + 1)[b.cell], "label": net.labels(*net.label_parts(h), b.head_row)}
    x["upos"], x["feats"], x["script"] = net.tags(h)
    x["ner"], _ = net.entities(h)
    loss = 0
    for k, (index, share) in b.soft.items():
        loss = loss - w[k] * (share * F.log_softmax(x[k], 1).gather(1, index)).sum() / b.n
    return loss


WEIGHTS = {"arc": 1.0, "label": 1.0, "upos": 0.6, "feats": 0.4, "script": 0.4, "ner": 1.2, "ner2": 0.5}


def predict(net, items, v, words=4000):
    """Fills e.p = (heads, deps, upos, feats, scripts, ner, ner2) for every sentence."""
    net.eval()
    with torch.no_grad():
        for group in batches(items, words, v):
            b = Batch(group, v)
            h = net.encode(b)
            s = net.arcs(h, b).numpy()
            heads = np.zeros(b.n, np.int64)
            rows = np.zeros(b.n, np.int64)
            for i, e in enumerate(b.items):
                o = int(b.off[i])
                hd = score.tree(s[i, :e.n, :e.n + 1])
                heads[o:o + e.n] = hd
                rows[o:o + e.n] = np.where(hd == 0, b.n, hd - 1 + o)
            u, w = net.label_parts(h)
            lab = net.labels(u, w, torch.from_numpy(rows)).numpy()
            up, fe, sc = (x.argmax(1).numpy() for x in net.tags(h))
            n1, n2 = (F.log_softmax(x, 1).numpy() for x in net.entities(h))
            root = v.dep_of["root"]
            lab[:, root] -= np.where(heads == 0, -1e4, 1e4)
            dep = lab.argmax(1)
            for i, e in enumerate(b.items):
                o = slice(int(b.off[i]), int(b.off[i]) + e.n)
                yield e, (heads[o], dep[o], up[o], fe[o], sc[o], score.bio(n1[o]), score.bio(n2[o]))


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", required=True)
    a.add_argument("--vectors", default="/tmp/glove")
    a.add_argument("--out", required=True)
    a.add_argument("--minutes", type=float, default=0)
    a.add_argument("--epochs", type=int, default=0)
    a.add_argument("--threads", type=int, default=1)
    a.add_argument("--one-thread-after", type=float, default=1e9, help="minutes")
    a.add_argument("--words", type=int, default=1500)
    a.add_argument("--lr", type=float, default=2.5e-3)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--set", nargs="*", default=[], help="NAME=VALUE of the configuration")
    a.add_argument("--init", help="checkpoint to start from")
    a.add_argument("--raw", help="raw.npz: adds the auxiliary language model")
    a.add_argument("--raw-words", type=int, default=2000)
    a.add_argument("--vocabulary", help="vocab.pkl of an earlier run, whose words and labels are kept")
    a.add_argument("--silver", help="labelled by teacher.py: every step takes as many words of it as --silver-words")
    a.add_argument("--silver-words", type=int, default=1500)
    a.add_argument("--silver-weight", type=float, default=1.0)
    a.add_argument("--names", nargs="*", default=[], help="IOB2 files of further names (names.py)")
    a.add_argument("--top", type=int, default=100000)
    o = a.parse_args()
    cfg = {"hidden": 256, "layers": 2, "affix": 64, "shape": 32, "gram": 64, "arc": 256, "label": 128, "tag": 160,
           "ner": 128, "drop": 0.3, "in_drop": 0.2, "mlp_drop": 0.3, "word_drop": 0.12, "vector_drop": 0.04,
           "augment": 0.12, "lm_weight": 0.25, "no_last": 0.05, "token_drop": 1}
    for s in o.set:
        k, x = s.split("=")
        cfg[k] = type(cfg[k])(float(x))
    os.makedirs(o.out, exist_ok=True)
    torch.manual_seed(o.seed)
    model.MASKS = np.random.Generator(np.random.SFC64(o.seed))
    rng = random.Random(o.seed)
    torch.set_num_threads(o.threads)
    model.THREADS = o.threads
    train, dev = data.load(o.data)
    words = open(o.vectors + "/words.txt").read().split("\n")
    v = data.Vocabulary.saved(o.vocabulary) if o.vocabulary else data.Vocabulary(train, words, np.load(o.vectors + "/vec.npy"), o.top)
    train += [s for path in o.names for s in data.named_sentences(path)]
    items = [data.encode(s, v) for s in train]
    dev = {k: [data.encode(s, v) for s in d] for k, d in dev.items()}
    raw = None
    if o.raw:
        cfg["lm_words"] = 20000
        raw = RawText(o.raw, v, cfg["lm_words"])
        raw.fill_numbers()
    silver = SilverText(o.silver, v) if o.silver else None
    net = model.Network(cfg, v)
    if o.init:
        print(net.load_state_dict(torch.load(o.init)["net"], strict=False), file=sys.stderr)
    print(len(items), "sentences", sum(e.n for e in items), "words;", len(v.words), "vectors", len(v.delta), "delta",
          len(v.deprels), "rel", len(v.feats), "feats", len(v.scripts), "scripts;",
          sum(p.numel() for k, p in net.named_parameters() if "lstm" in k or "weight" not in k or "Linear" in k), file=sys.stderr)
    with open(o.out + "/vocab.pkl", "wb") as f:
        pickle.dump({k: getattr(v, k) for k in ("words", "vectors", "delta", "deprels", "feats", "scripts")}, f)
    json.dump({"cfg": cfg, "options": vars(o)}, open(o.out + "/config.json", "w"), indent=1)
    opt = torch.optim.Adam([p for p in net.parameters() if p.requires_grad], lr=o.lr, betas=(0.9, 0.95), eps=1e-8)
    ema = copy.deepcopy(net)
    params, shadow = list(net.parameters()), list(ema.parameters())
    start, step, done, epoch, total_steps = time.time(), 0, False, 0, None
    log = open(o.out + "/log.tsv", "a")
    while not done:
        net.train()
        t0, seen, sums = time.time(), 0, {}
        plan = batches(items, o.words, v, rng)
        total_steps = len(plan) * o.epochs if o.epochs else None
        for group in plan:
            minutes = (time.time() - start) / 60
            progress = step / total_steps if total_steps else minutes / o.minutes
            if progress >= 1:
                done = True
                break
            if minutes > o.one_thread_after and model.THREADS > 1:
                torch.set_num_threads(1)
                model.THREADS = 1
            lr = o.lr * min(1.0, (step + 1) / 150) * max(1 - progress, 1e-3)
            for g in opt.param_groups:
                g["lr"] = lr
            real = []
            for e in group:
                if rng.random() < cfg["augment"]:
                    e = data.augment(e.src, v, rng)
                if rng.random() < cfg["no_last"]:
                    e = data.without_last(e)
                real.append(e)
            b = Batch(real, v)
            loss, parts = losses(net, b, WEIGHTS)
            if raw:
                r = raw.next(o.raw_words)
                parts["lm"] = net.language(net.first_layer(r), r, raw.draw(1500))
                loss = loss + (cfg["lm_weight"] * (1 - progress) + 0.02) * parts["lm"]
            if silver:
                parts["silver"] = soft_losses(net, silver.next(o.silver_words), WEIGHTS)
                loss = loss + o.silver_weight * parts["silver"]
            opt.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(params, 5.0)
            opt.step()
            step += 1
            k = min(0.998, (step + 1) / (step + 20))
            with torch.no_grad():
                torch._foreach_mul_(shadow, k)
                torch._foreach_add_(shadow, params, alpha=1 - k)
            seen += b.n
            for n, x in parts.items():
                sums[n] = sums.get(n, 0.0) + float(x) * b.n
            if step % 50 == 0 and epoch == 0:
                print(step, "%.0f words/s" % (seen / (time.time() - t0)), {n: round(x / seen, 3) for n, x in sums.items()},
                      file=sys.stderr, flush=True)
        t1 = time.time()
        line = ["%d" % epoch, "%.1f" % ((t1 - start) / 60), "%.0f" % (seen / max(t1 - t0, 1e-9)), "lr=%.5f" % opt.param_groups[0]["lr"],
                " ".join("%s=%.3f" % (n, x / max(seen, 1)) for n, x in sums.items())]
        if epoch % 3 == 2 or done:
            for name, d in dev.items():
                line.append(name + " " + score.summary(predict(ema, d, v), v))
        line.append("eval=%.0fs" % (time.time() - t1))
        print("\t".join(line), file=log, flush=True)
        torch.save({"net": ema.state_dict(), "cfg": cfg, "epoch": epoch, "step": step}, o.out + "/ema.pt.tmp")
        os.replace(o.out + "/ema.pt.tmp", o.out + "/ema.pt")
        if epoch % 5 == 4:
            torch.save({"net": net.state_dict(), "opt": opt.state_dict(), "epoch": epoch, "step": step}, o.out + "/raw.pt")
        epoch += 1


if __name__ == "__main__":
    main()
