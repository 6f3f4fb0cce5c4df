"""Decoding and the measures of training logs. The official figures come from `readout eval`."""
import numpy as np

import data

TRANSITIONS = None


def transitions():
    """Legal BIO steps: [from][to], and the legal first tags."""
    global TRANSITIONS
    if TRANSITIONS is None:
        t = data.NER_TAGS
        m = np.zeros((len(t), len(t)))
        first = np.zeros(len(t))
        for j, b in enumerate(t):
            if b.startswith("I-"):
                first[j] = -1e4
                for i, a in enumerate(t):
                    if a[1:] != b[1:]:
                        m[i, j] = -1e4
        TRANSITIONS = m, first
    return TRANSITIONS


def bio(logp):
    m, first = transitions()
    n = len(logp)
    s = logp[0] + first
    back = np.zeros((n, logp.shape[1]), np.int64)
    for i in range(1, n):
        c = s[:, None] + m
        back[i] = c.argmax(0)
        s = c.max(0) + logp[i]
    out = np.zeros(n, np.int64)
    out[-1] = s.argmax()
    for i in range(n - 1, 0, -1):
        out[i - 1] = back[i, out[i]]
    return out


def spans(tags):
    out, b, typ = set(), None, None
    for i, t in enumerate(list(tags) + ["O"]):
        if b is not None and (t == "O" or t.startswith("B-") or t[2:] != typ):
            out.add((b, i, typ))
            b = None
        if t.startswith("B-") or (t.startswith("I-") and b is None):
            b, typ = i, t[2:]
    return out


def cycle_of(heads):
    n = len(heads)
    color = np.zeros(n, np.int8)
    for i in range(n):
        path, j = [], i
        while j >= 0 and color[j] == 0:
            color[j] = 1
            path.append(j)
            j = heads[j]
        if j >= 0 and color[j] == 1 and j in path:
            return path[path.index(j):]
        for k in path:
            color[k] = 2
    return None


def chu_liu(s):
    """s[d][h], node 0 is the root; -> heads with heads[0] = -1."""
    n = s.shape[0]
    heads = s.argmax(1)
    heads[0] = -1
    cyc = cycle_of(heads)
    if cyc is None:
        return heads
    inside = np.zeros(n, bool)
    inside[cyc] = True
    rest = [i for i in range(n) if not inside[i]]
    cyc = np.array(cyc)
    own = s[cyc, heads[cyc]]
    k = len(rest)
    t = np.full((k + 1, k + 1), -1e9)
    t[:k, :k] = s[np.ix_(rest, rest)]
    into = s[np.ix_(cyc, rest)] - own[:, None]
    best_in = into.argmax(0)
    t[k, :k] = into.max(0)
    out = s[np.ix_(rest, cyc)]
    best_out = out.argmax(1)
    t[:k, k] = out.max(1)
    t[np.arange(k + 1), np.arange(k + 1)] = -1e9
    sub = chu_liu(t)
    res = heads.copy()
    for i in range(k):
        if i == 0:
            continue
        res[rest[i]] = cyc[best_out[i]] if sub[i] == k else rest[sub[i]]
    entry = sub[k]
    node = cyc[best_in[entry]]
    res[node] = rest[entry]
    return res


def tree(s):
    """s [n][n+1] -> heads [n] (0 = root): the best tree with one root."""
    n = s.shape[0]
    s = s.astype(np.float64).copy()
    s[np.arange(n), np.arange(1, n + 1)] = -1e9
    heads = s.argmax(1)
    if (heads == 0).sum() == 1:
        full = np.concatenate([[-1], heads])
        if cycle_of(full) is None:
            return heads
    m = np.full((n + 1, n + 1), -1e9)
    m[1:] = s
    free = chu_liu(m)
    if (free[1:] == 0).sum() == 1:
        return free[1:]
    best, keep = None, None
    for r in np.argsort(-s[:, 0])[:max(8, 1)]:
        t = m.copy()
        t[1:, 0] = -1e9
        t[r + 1, :] = -1e9
        t[r + 1, 0] = s[r, 0]
        h = chu_liu(t)
        if (h[1:] == 0).sum() != 1:
            continue
        v = s[np.arange(n), h[1:]].sum()
        if best is None or v > best:
            best, keep = v, h[1:]
    return keep


def summary(predictions, v):
    n = up = fe = le = ua = la = 0
    tp = fp = fn = 0
    tp2 = fp2 = fn2 = 0
    for e, (heads, dep, upos, feats, script, ner, ner2) in predictions:
        s = e.src
        n += e.n
        up += (upos == e.upos).sum()
        fe += sum(v.feats[f] == g for f, g in zip(feats, s.feats))
        le += sum(data.apply_script(v.scripts[c], f) == l for c, f, l in zip(script, s.forms, s.lemmas))
        ok = heads == e.heads
        ua += ok.sum()
        la += sum(o and v.deprels[d] == g for o, d, g in zip(ok, dep, s.deprels))
        if s.ner:
            g, p = spans(s.ner), spans([data.NER_TAGS[k] for k in ner])
            tp += len(g & p); fp += len(p - g); fn += len(g - p)
        if s.ner2:
            g, p = spans(s.ner2), spans([data.NER_TAGS[k] for k in ner2])
            tp2 += len(g & p); fp2 += len(p - g); fn2 += len(g - p)
    f1 = lambda a, b, c: 200.0 * a / max(1, 2 * a + b + c)
    return "upos=%.2f feats=%.2f lemma=%.2f uas=%.2f las=%.2f ner=%.2f ner2=%.2f" % (
        100.0 * up / n, 100.0 * fe / n, 100.0 * le / n, 100.0 * ua / n, 100.0 * la / n, f1(tp, fp, fn), f1(tp2, fp2, fn2))
