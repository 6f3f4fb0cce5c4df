"""Word features shared by training, export and the engine (src/syntax/features.cc is the twin).

A word form is described by its type alone, so the engine may compute it once per distinct word:
  vector   row of the frozen word vectors (by lower-case form), 0 = none
  delta    row of the learned word table (lower-case forms seen often in training), 0 = unknown
  affix    hashed prefixes of 1..4 and suffixes of 1..5 code points of the lower-case form
  shape    hashed letter pattern, collapsed and clipped, and a length class
  gram     hashed 3- and 4-grams of "<form>", at most 24
Hash: 32-bit FNV-1a over the UTF-8 bytes of a tagged string; bucket 0 is padding.
"""

AFFIX_SLOTS, SHAPE_SLOTS, GRAM_SLOTS = 9, 3, 24
AFFIX_BUCKETS, SHAPE_BUCKETS, GRAM_BUCKETS = 16384, 2048, 16384


def fnv1a(data):
    h = 2166136261
    for b in data:
        h = ((h ^ b) * 16777619) & 0xFFFFFFFF
    return h


def lower(form):
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in form)


def bucket(tagged, n):
    return fnv1a(tagged.encode("utf-8")) % (n - 1) + 1


def char_class(c):
    if "0" <= c <= "9":
        return "d"
    if c.isalpha():
        return "X" if lower(c) != c else "x"
    return c


def runs(classes, limit):
    out, last, n = [], "", 0
    for c in classes:
        n = n + 1 if c == last else 1
        last = c
        if n <= limit:
            out.append(c)
    return "".join(out)


# Typographic variants that the word vectors may lack.
VARIANTS = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-",
            "\u2010": "-", "\u2011": "-", "``": '"', "''": '"', "\u2026": "..."}


def plain(low):
    if low in VARIANTS:
        return VARIANTS[low]
    return low.replace("\u2019", "'").replace("\u2018", "'").replace("\u2010", "-").replace("\u2011", "-")


def look_up(table, low):
    i = table.get(low, 0)
    return i if i else table.get(plain(low), 0)


def hashed(form):
    """Lists of bucket numbers: affix (AFFIX_SLOTS), shape (SHAPE_SLOTS), gram (GRAM_SLOTS)."""
    low = plain(lower(form))
    n = len(low)
    affix = [bucket("p" + low[:k], AFFIX_BUCKETS) if n >= k else 0 for k in range(1, 5)]
    affix += [bucket("s" + low[n - k:], AFFIX_BUCKETS) if n >= k else 0 for k in range(1, 6)]
    cls = "".join(char_class(c) for c in form)
    short = runs(cls, 1)[:12]
    shape = [bucket("c" + short, SHAPE_BUCKETS), bucket("f" + runs(cls, 3)[:12], SHAPE_BUCKETS),
             bucket("l%d%s" % (min(len(form), 12), cls[:1]), SHAPE_BUCKETS)]
    marked = "<" + low[:40] + ">"
    gram = []
    for k in (3, 4):
        for i in range(len(marked) - k + 1):
            if len(gram) < GRAM_SLOTS:
                gram.append(bucket("g" + marked[i:i + k], GRAM_BUCKETS))
    gram += [0] * (GRAM_SLOTS - len(gram))
    return affix, shape, gram
