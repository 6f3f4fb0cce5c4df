"""The network. Sizes are those of the engine (src/syntax/network.h); names are those of the model file."""
import ctypes
import os

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import features as ft

LIB = None
THREADS = 1


def fast_library():
    global LIB
    if LIB is None:
        LIB = ctypes.CDLL(os.environ.get("FASTLSTM", "/tmp/libfastlstm.so"))
    return LIB


def ptr(t):
    return ctypes.c_void_p(t.data_ptr())


class BiLstmFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, wih, whh, bias, off, length):
        n, H = x.shape[0], whh.shape[2]
        xb, wb = x.bfloat16(), wih.bfloat16()
        xproj = torch.mm(xb, wb.t()).float().add_(bias).contiguous()
        gates, cell = torch.empty(2, n, 4 * H), torch.empty(2, n, H)
        hid, hprev = torch.empty(n, 2 * H), torch.empty(2, n, H)
        whh = whh.contiguous()
        fast_library().bilstm_forward(H, len(length), ptr(off), ptr(length), ptr(xproj), ptr(whh), ptr(gates),
                                      ptr(cell), ptr(hid), ptr(hprev), n, THREADS)
        ctx.save_for_backward(xb, wb, whh, off, length, gates, cell, hprev)
        return hid

    @staticmethod
    def backward(ctx, dhid):
        xb, wb, whh, off, length, gates, cell, hprev = ctx.saved_tensors
        n, H = xb.shape[0], whh.shape[2]
        dgates = torch.empty(n, 8 * H)
        dhid = dhid.contiguous()
        fast_library().bilstm_backward(H, len(length), ptr(off), ptr(length), ptr(whh), ptr(gates), ptr(cell),
                                       ptr(dhid), ptr(dgates), n, THREADS)
        db = dgates.bfloat16()
        hb = hprev.bfloat16()
        dx = torch.mm(db, wb).float() if ctx.needs_input_grad[0] else None
        dwih = torch.mm(db.t(), xb).float()
        dwhh = torch.stack([torch.mm(db[:, :4 * H].t(), hb[0]), torch.mm(db[:, 4 * H:].t(), hb[1])]).float()
        return dx, dwih, dwhh, dgates.sum(0), None, None


class BiLstm(nn.Module):
    def __init__(self, d, H):
        super().__init__()
        self.wih = nn.Parameter(torch.empty(8 * H, d))
        self.whh = nn.Parameter(torch.empty(2, 4 * H, H))
        self.bias = nn.Parameter(torch.zeros(8 * H))
        nn.init.uniform_(self.wih, -(3.0 / d) ** 0.5, (3.0 / d) ** 0.5)
        for k in range(2):
            for g in range(4):
                nn.init.orthogonal_(self.whh.data[k, g * H:(g + 1) * H])
            self.bias.data[k * 4 * H + H:k * 4 * H + 2 * H] = 1.0

    def forward(self, x, off, length):
        return BiLstmFunction.apply(x, self.wih, self.whh, self.bias, off, length)


class Linear(nn.Linear):
    """Product in bf16, sum and bias in float."""
    def forward(self, x):
        return F.linear(x.bfloat16(), self.weight.bfloat16()).float() + self.bias


MASKS = np.random.Generator(np.random.SFC64(1))


def mask_of(rows, columns, p):
    """0 with probability p, else 1 / (1 - p); from random bytes, which is far cheaper than bernoulli()."""
    cut = int(round(p * 256))
    m = MASKS.integers(0, 256, (rows, columns), dtype=np.uint8) >= cut
    return torch.from_numpy(m.astype(np.float32)).mul_(256.0 / (256 - cut))


def dropout(x, p, training):
    return x * mask_of(x.shape[0], x.shape[1], p) if training and p > 0 else x


def shared_dropout(x, sentence, count, p, training):
    """One mask a sentence, the same for all its words."""
    return x * mask_of(count, x.shape[1], p)[sentence] if training and p > 0 else x


class Network(nn.Module):
    def __init__(self, cfg, v):
        super().__init__()
        self.cfg = cfg
        H = cfg["hidden"]
        self.register_buffer("vectors", torch.from_numpy(v.vectors))
        wd = v.vectors.shape[1]
        self.delta = nn.Embedding(len(v.delta) + 1, wd)
        self.affix = nn.EmbeddingBag(ft.AFFIX_BUCKETS, cfg["affix"], mode="sum", padding_idx=0)
        self.shape = nn.EmbeddingBag(ft.SHAPE_BUCKETS, cfg["shape"], mode="sum", padding_idx=0)
        self.gram = nn.EmbeddingBag(ft.GRAM_BUCKETS, cfg["gram"], mode="sum", padding_idx=0)
        nn.init.zeros_(self.delta.weight)
        for e, s in ((self.affix, 0.15), (self.shape, 0.2), (self.gram, 0.1)):
            nn.init.normal_(e.weight, 0, s)
            e.weight.data[0] = 0
        d = wd + cfg["affix"] + cfg["shape"] + cfg["gram"]
        self.lstms = nn.ModuleList()
        for i in range(cfg["layers"]):
            self.lstms.append(BiLstm(d if i == 0 else 2 * H, H))
        D = 2 * H
        A, L, T, N = cfg["arc"], cfg["label"], cfg["tag"], cfg["ner"]
        self.arc_dep, self.arc_head = Linear(D, A), Linear(D, A)
        self.arc_root = nn.Parameter(torch.randn(A) * 0.1)
        self.arc_w = nn.Parameter(torch.eye(A) * 0.3 + torch.randn(A, A) * 0.02)
        self.arc_hb = nn.Parameter(torch.zeros(A))
        self.lab_dep, self.lab_head = Linear(D, L), Linear(D, L)
        self.lab_root = nn.Parameter(torch.randn(L) * 0.1)
        self.lab_out = Linear(3 * L, len(v.deprels))
        self.tag_hid = Linear(D, T)
        self.upos, self.feats, self.script = Linear(T, 17), Linear(T, len(v.feats)), Linear(T, len(v.scripts))
        self.ner_hid = Linear(D, N)
        self.ner, self.ner2 = Linear(N, 7), Linear(N, 7)
        # Auxiliary language model over the first layer; not exported.
        V = cfg.get("lm_words", 0)
        if V:
            self.lm_forward, self.lm_backward = Linear(H, 128), Linear(H, 128)
            self.lm_out = nn.Parameter(torch.randn(V, 128) * 0.1)
            self.lm_bias = nn.Parameter(torch.zeros(V))

    def words(self, rows):
        """rows [n][2 + slots] -> word vectors [n][d]."""
        p = self.cfg
        vec, delta = rows[:, 0], rows[:, 1]
        if self.training:
            drop = torch.rand(len(rows))
            delta = delta.masked_fill(drop < p["word_drop"], 0)
            vec = vec.masked_fill(drop < p["vector_drop"], 0)
        a, s = 2 + ft.AFFIX_SLOTS, 2 + ft.AFFIX_SLOTS + ft.SHAPE_SLOTS
        gram = rows[:, s:]
        g = self.gram(gram) / (gram > 0).sum(1, keepdim=True).clamp(min=1).float().sqrt()
        return torch.cat([self.vectors[vec] + self.delta(delta), self.affix(rows[:, 2:a]), self.shape(rows[:, a:s]), g], 1)

    def encode(self, b):
        p, tr = self.cfg, self.training
        if tr:
            x = self.words(b.rows[b.inverse]) if p.get("token_drop") else self.words(b.rows)[b.inverse]
        else:
            x = self.words(b.rows)[b.inverse]
        x = dropout(x, p["in_drop"], tr)
        for i, l in enumerate(self.lstms):
            if i:
                self.first = x
                x = shared_dropout(x, b.sentence, b.count, p["drop"], tr)
            x = l(x, b.off, b.len)
        return shared_dropout(x, b.sentence, b.count, p["drop"], tr)

    def mlp(self, layer, x, drop):
        return dropout(F.leaky_relu(layer(x), 0.1), drop, self.training)

    def first_layer(self, b):
        x = self.words(b.rows[b.inverse])
        return self.lstms[0](dropout(x, self.cfg["in_drop"], self.training), b.off, b.len)

    def language(self, h, b, draw):
        """Loss a word of predicting the next word from the left and the one before from the right.
        b.lm: output number of each word, -1 = too rare; softmax over the batch's words and `draw` more."""
        H = self.cfg["hidden"]
        same = b.sentence[1:] == b.sentence[:-1]
        at = torch.nonzero(same & (b.lm[1:] >= 0)).squeeze(1)
        before = torch.nonzero(same & (b.lm[:-1] >= 0)).squeeze(1)
        f, g = b.lm[at + 1], b.lm[before]
        cand, place = torch.unique(torch.cat([f, g, draw]), return_inverse=True)
        w, bias = self.lm_out[cand].bfloat16(), self.lm_bias[cand]
        hf = dropout(self.lm_forward(h[at, :H]), 0.1, self.training).bfloat16()
        hg = dropout(self.lm_backward(h[before + 1, H:]), 0.1, self.training).bfloat16()
        lf = F.linear(hf, w).float() + bias
        lg = F.linear(hg, w).float() + bias
        return (F.cross_entropy(lf, place[:len(f)]) + F.cross_entropy(lg, place[len(f):len(f) + len(g)])) / 2

    def arcs(self, h, b):
        """-> scores [B][T][T+1]: dependent, head (0 = root); padding is -inf."""
        p = self.cfg
        d, e = self.mlp(self.arc_dep, h, p["mlp_drop"]), self.mlp(self.arc_head, h, p["mlp_drop"])
        A = d.shape[1]
        pad_d = torch.zeros(b.count * b.T, A).index_copy(0, b.cell, d @ self.arc_w).view(b.count, b.T, A)
        pad_h = torch.zeros(b.count * b.T, A).index_copy(0, b.cell, e).view(b.count, b.T, A)
        pad_h = torch.cat([self.arc_root.expand(b.count, 1, A), pad_h], 1)
        s = torch.bmm(pad_d, pad_h.transpose(1, 2)) + (pad_h @ self.arc_hb).unsqueeze(1)
        return s.masked_fill(b.no_head.unsqueeze(1), -1e4)

    def label_parts(self, h):
        p = self.cfg
        return self.mlp(self.lab_dep, h, p["mlp_drop"]), self.mlp(self.lab_head, h, p["mlp_drop"])

    def labels(self, u, v, head_row):
        """head_row: row of the head in the batch, or n for the root."""
        w = torch.cat([v, self.lab_root.unsqueeze(0)])[head_row]
        return self.lab_out(torch.cat([u * w, u, w], 1))

    def tags(self, h):
        t = self.mlp(self.tag_hid, h, self.cfg["mlp_drop"])
        return self.upos(t), self.feats(t), self.script(t)

    def entities(self, h):
        t = self.mlp(self.ner_hid, h, self.cfg["mlp_drop"])
        return self.ner(t), self.ner2(t)
