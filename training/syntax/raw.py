"""Raw text for the auxiliary language model:  raw.py DATA OUT.npz
Press releases and UN debate sample, cut into sentences and words by simple rules (no labels are made)."""
import json
import lzma
import re
import sys

import numpy as np

WORD = re.compile(r"[A-Za-z\u00C0-\u024F]+(?=n['\u2019]t\b)|n['\u2019]t\b|['\u2019](?:s|re|ve|ll|d|m)\b|(?:[A-Z]\.){2,}|\d+(?:[.,:]\d+)*"
                  r"|[A-Za-z\u00C0-\u024F]+(?:\.(?=\s+[A-Z])(?<=Mr\.|Ms\.|Dr\.|St\.))?|\.\.\.|--|[^\sA-Za-z0-9\u00C0-\u024F]", re.U)
END = re.compile(r"(?<=[.!?])[\"\u201d\u2019)]*\s+(?=[\"\u201c(]?[A-Z])")
FILES = ("press_releases/state_press_releases.jsonl.xz", "press_releases/whitehouse_briefing_room.jsonl.xz",
         "throughput/ungdc_sample.jsonl.xz")


def main():
    root, out = sys.argv[1:3]
    ids, forms, seq, ends, seen = {}, [], [], [], set()
    for name in FILES:
        for line in lzma.open(root + "/" + name, "rt", encoding="utf-8"):
            for par in json.loads(line)["text"].split("\n"):
                for sent in END.split(par.strip()):
                    if len(sent) < 15 or sent in seen:
                        continue
                    seen.add(sent)
                    words = WORD.findall(sent)
                    if not 4 <= len(words) <= 90:
                        continue
                    for w in words:
                        i = ids.get(w)
                        if i is None:
                            i = ids[w] = len(forms)
                            forms.append(w)
                        seq.append(i)
                    ends.append(len(seq))
    np.savez(out, seq=np.array(seq, np.int32), ends=np.array(ends, np.int64), forms=np.array("\n".join(forms)))
    print(len(seq), "words", len(ends), "sentences", len(forms), "forms")


main()
