"""The mean of several checkpoints that began with the same weights:  average.py OUT.pt IN.pt IN.pt ...
Size and progress are those of the first."""
import sys

import torch


def main():
    out, *paths = sys.argv[1:]
    nets = [torch.load(p, map_location="cpu") for p in paths]
    mean = nets[0]
    mean["net"] = {k: sum(n["net"][k] for n in nets) / len(nets) if x.is_floating_point() else x
                   for k, x in mean["net"].items() if all(k in n["net"] for n in nets)}
    torch.save(mean, out)


main()
