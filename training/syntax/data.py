"""Reads the treebanks and entity files and turns them into arrays."""
import collections
import lzma
import pickle
import re

import numpy as np

import features

NER_TAGS = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]
UPOS = ["ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN",
        "PUNCT", "SCONJ", "SYM", "VERB", "X"]


class Sentence:
    __slots__ = ("id", "forms", "lemmas", "upos", "feats", "heads", "deprels", "ner", "ner2", "parsed")


def open_text(path):
    return lzma.open(path, "rt", encoding="utf-8") if path.endswith(".xz") else open(path, encoding="utf-8")


def read_conllu(path):
    """Yields (Sentence, list of MISC strings); empty nodes and multiword ranges are skipped."""
    s, misc = None, []
    for line in open_text(path):
        line = line.rstrip("\n")
        if not line:
            if s and s.forms:
                yield s, misc
            s, misc = None, []
            continue
        if s is None:
            s = Sentence()
            s.id = None
            s.forms, s.lemmas, s.upos, s.feats, s.heads, s.deprels = [], [], [], [], [], []
            s.ner = s.ner2 = None
            s.parsed = True
        if line.startswith("#"):
            if line.startswith("# sent_id = "):
                s.id = line[12:]
            continue
        c = line.split("\t")
        if not c[0].isdigit():
            continue
        s.forms.append(c[1]); s.lemmas.append(c[2]); s.upos.append(c[3]); s.feats.append(c[5])
        s.heads.append(int(c[6])); s.deprels.append(c[7]); misc.append(c[9])
    if s and s.forms:
        yield s, misc


def read_iob2(path):
    """sent_id -> list of tags."""
    out, sid, tags = {}, None, []
    for line in open_text(path):
        line = line.rstrip("\n")
        if not line:
            if sid:
                out[sid] = tags
            sid, tags = None, []
        elif line.startswith("#"):
            if line.startswith("# sent_id = "):
                sid = line[12:]
        else:
            tags.append(line.split("\t")[2])
    if sid:
        out[sid] = tags
    return out


def named_sentences(path):
    """Sentences that have names and nothing else (names.py); `_` = left open."""
    words, tags = [], []
    for line in open_text(path):
        c = line.rstrip("\n").split("\t")
        if len(c) >= 3:
            words.append(c[1]); tags.append(c[2])
        elif words and not line.startswith("#"):
            s = Sentence()
            s.id, s.forms, s.lemmas, s.ner, s.ner2, s.parsed = None, words, words, tags, None, False
            s.upos, s.feats, s.heads, s.deprels = ["X"] * len(words), ["_"] * len(words), [0] * len(words), ["dep"] * len(words)
            if len(words) <= 120:
                yield s
            words, tags = [], []


GUM_TYPES = {"person": "PER", "organization": "ORG", "place": "LOC"}
INNER = {"of", "the", "and", "for", "&", "de", "la", "al", "-", "von", "van", "der", "'s", ".", "/", "\u2013"}


def gum_names(s, misc):
    """Named mentions of a GUM sentence from `Entity=`: PER, ORG and LOC mentions headed by a proper noun,
    cut down to the name itself."""
    open_, spans = [], []
    for i, m in enumerate(misc):
        ent = [p[7:] for p in m.split("|") if p.startswith("Entity=")]
        if not ent:
            continue
        for br in re.findall(r"\([^()]+\)?|[^()]+\)", ent[0]):
            if br.startswith("("):
                body = br.strip("()").split("-")
                if len(body) < 2:
                    continue
                if br.endswith(")"):
                    spans.append((i, i + 1, body[1]))
                else:
                    open_.append((body[0], body[1], i))
            else:
                key = br.rstrip(")").split("-")[0]
                for k in range(len(open_) - 1, -1, -1):
                    if open_[k][0] == key:
                        spans.append((open_[k][2], i + 1, open_[k][1]))
                        del open_[k]
                        break
    tags = ["O"] * len(s.forms)
    spans.sort(key=lambda x: (x[0] - x[1], x[0]))
    for b, e, typ in spans:
        if typ not in GUM_TYPES:
            continue
        head = next((i for i in range(b, e) if not (b < s.heads[i] <= e)), b)
        if s.upos[head] != "PROPN":
            continue
        cap = lambda i: s.forms[i][:1].isupper()
        x, y = b, e
        while x < head and (not cap(x) or s.upos[x] == "DET"):
            x += 1
        while y > head + 1 and not cap(y - 1):
            y -= 1
        if not all(cap(i) or s.forms[i].lower() in INNER for i in range(x, y)):
            x, y = head, head + 1
            while x > b and s.upos[x - 1] == "PROPN":
                x -= 1
            while y < e and s.upos[y] == "PROPN":
                y += 1
        if any(tags[i] != "O" for i in range(x, y)):
            continue
        tags[x] = "B-" + GUM_TYPES[typ]
        for i in range(x + 1, y):
            tags[i] = "I-" + GUM_TYPES[typ]
    return tags


# --- lemma scripts -------------------------------------------------------------------------------
# "K1|s" means: keep the case, drop 1 code point from the end, add "s". "L": lower-case first;
# "T": lower-case, then a capital first letter. "=be" gives the whole lemma.

def apply_script(script, form):
    if script.startswith("="):
        return script[1:]
    op, rest = script[0], script[1:]
    k, add = rest.split("|", 1)
    k = int(k)
    base = form if op == "K" else features.lower(form)
    if op == "T":
        base = base[:1].upper() + base[1:]
    if k > len(base):
        return base
    return base[:len(base) - k] + add


def lemma_script(form, lemma):
    low = features.lower(form)
    options = []
    for op, base in (("L", low), ("K", form), ("T", low[:1].upper() + low[1:])):
        n = 0
        while n < min(len(base), len(lemma)) and base[n] == lemma[n]:
            n += 1
        options.append((len(base) - n + len(lemma) - n, "LKT".index(op), op, len(base) - n, lemma[n:], n))
    cost, _, op, k, add, n = min(options)
    if n == 0 or cost > 6:
        return "=" + lemma
    return "%s%d|%s" % (op, k, add)


class Vocabulary:
    """Everything the network's inputs and outputs are numbered by."""

    def __init__(self, sentences, words, vectors, top, min_count=2):
        count = collections.Counter(features.lower(f) for s in sentences for f in s.forms)
        keep = [i for i, w in enumerate(words) if i < top or w in count]
        self.words = [words[i] for i in keep]
        self.vectors = np.zeros((len(keep) + 1, vectors.shape[1]), np.float32)
        self.vectors[1:] = vectors[keep]
        self.vector_of = {w: i + 1 for i, w in enumerate(self.words)}
        self.delta = sorted(w for w, n in count.items() if n >= min_count)
        self.delta_of = {w: i + 1 for i, w in enumerate(self.delta)}
        c = collections.Counter
        parsed = [s for s in sentences if s.parsed]
        self.deprels = sorted(c(d for s in parsed for d in s.deprels))
        self.feats = sorted(k for k, n in c(f for s in parsed for f in s.feats).items() if n >= 3)
        scripts = c(lemma_script(f, l) for s in parsed for f, l in zip(s.forms, s.lemmas))
        self.scripts = sorted(k for k, n in scripts.items() if n >= 3)
        self.finish()

    @classmethod
    def saved(cls, path):
        """That of an earlier run."""
        v = cls.__new__(cls)
        for k, x in pickle.load(open(path, "rb")).items():
            setattr(v, k, x)
        v.vector_of = {w: i + 1 for i, w in enumerate(v.words)}
        v.delta_of = {w: i + 1 for i, w in enumerate(v.delta)}
        v.finish()
        return v

    def finish(self):
        self.dep_of = {d: i for i, d in enumerate(self.deprels)}
        self.feat_of = {d: i for i, d in enumerate(self.feats)}
        self.script_of = {d: i for i, d in enumerate(self.scripts)}
        self.upos_of = {d: i for i, d in enumerate(UPOS)}
        self.ner_of = {d: i for i, d in enumerate(NER_TAGS)}
        self.type_of = {}
        self.rows = []

    def type_id(self, form):
        t = self.type_of.get(form)
        if t is None:
            t = self.type_of[form] = len(self.rows)
            low = features.lower(form)
            a, s, g = features.hashed(form)
            self.rows.append([features.look_up(self.vector_of, low), features.look_up(self.delta_of, low)] + a + s + g)
        return t


class Encoded:
    __slots__ = ("types", "heads", "deps", "upos", "feats", "scripts", "ner", "ner2", "n", "parsed", "src")


def encode(s, v):
    e = Encoded()
    e.n, e.src, e.parsed = len(s.forms), s, s.parsed
    e.types = np.array([v.type_id(f) for f in s.forms], np.int64)
    ignore = np.full(e.n, -100, np.int64)
    if s.parsed:
        e.heads = np.array(s.heads, np.int64)
        e.deps = np.array([v.dep_of.get(d, -100) for d in s.deprels], np.int64)
        e.upos = np.array([v.upos_of[u] for u in s.upos], np.int64)
        e.feats = np.array([v.feat_of.get(f, -100) for f in s.feats], np.int64)
        e.scripts = np.array([v.script_of.get(lemma_script(f, l), -100) for f, l in zip(s.forms, s.lemmas)], np.int64)
    else:
        e.heads = e.deps = e.upos = e.feats = e.scripts = ignore
    e.ner = np.array([-100 if t == "_" else v.ner_of.get(t, 0) for t in s.ner], np.int64) if s.ner else ignore
    e.ner2 = np.array([v.ner_of.get(t, 0) for t in s.ner2], np.int64) if s.ner2 else ignore
    return e


def load(root):
    """-> train, {name: dev}."""
    def treebank(path, ner=None, gum=False):
        tags = read_iob2(ner) if ner else {}
        out = []
        for s, misc in read_conllu(path):
            t = tags.get(s.id)
            s.ner = t if t and len(t) == len(s.forms) else None
            s.ner2 = gum_names(s, misc) if gum else None
            out.append(s)
        return out
    ewt = treebank(root + "/ud/en_ewt-ud-train.conllu.xz", root + "/ner/uner_en_ewt-train.early.iob2.xz")
    gum = treebank(root + "/ud/en_gum-ud-train.open.conllu.xz", gum=True)
    dev = {"ewt": treebank(root + "/ud/en_ewt-ud-dev.conllu.xz", root + "/ner/uner_en_ewt-dev.iob2"),
           "gum": treebank(root + "/ud/en_gum-ud-dev.open.conllu.xz", gum=True)}
    return ewt + gum, dev


QUOTES = {'"': ["\u201c", "\u201d", "''", "``"], "'": ["\u2018", "\u2019"], "\u2019": ["'"], "\u201c": ['"'], "\u201d": ['"'],
          "-": ["\u2013", "\u2014", "--"], "--": ["\u2014", "\u2013", "-"], "\u2014": ["--", "\u2013"], "\u2013": ["-", "\u2014"]}


def augment(s, v, rng):
    """Encoded twin of a sentence in another case or typography; labels stay, lemma scripts are made anew."""
    kind = rng.random()
    if kind < 0.30:
        forms = [f.upper() if len(f.upper()) == len(f) else f for f in s.forms]
    elif kind < 0.45:
        forms = [features.lower(f) for f in s.forms]
    elif kind < 0.60:
        forms = [f if i and s.upos[i] in ("ADP", "DET", "CCONJ", "PART") else f[:1].upper() + f[1:]
                 for i, f in enumerate(s.forms)]
    else:
        forms = [rng.choice(QUOTES[f]) if f in QUOTES and rng.random() < 0.7 else
                 f.replace("'", "\u2019") for f in s.forms]
    t = Sentence()
    for k in Sentence.__slots__:
        setattr(t, k, getattr(s, k))
    t.forms = forms
    if kind >= 0.60:
        t.lemmas = [f if u in ("PUNCT", "SYM") else l for f, l, u in zip(forms, s.lemmas, s.upos)]
    return encode(t, v)


def without_last(e):
    """The sentence without its final punctuation mark, if nothing hangs on it; else unchanged."""
    n = e.n
    if not e.parsed or n < 3 or e.src.upos[-1] != "PUNCT" or (e.heads == n).any():
        return e
    f = Encoded()
    f.n, f.src, f.parsed = n - 1, e.src, True
    for k in ("types", "heads", "deps", "upos", "feats", "scripts", "ner", "ner2"):
        setattr(f, k, getattr(e, k)[:-1])
    return f
