"""Writer of the model file format (src/model/model_file.h). Deterministic: equal arrays give equal bytes."""
import struct

import numpy as np

TYPES = {np.dtype(np.int8): 1, np.dtype(np.uint32): 2, np.dtype(np.int32): 3, np.dtype(np.float32): 4}
FORMAT = 1


def checksum(data):
    data = data + b"\0" * (-len(data) % 8)
    w = np.frombuffer(data, "<u8")
    odd = np.arange(len(w), dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    with np.errstate(over="ignore"):
        return int(((w ^ np.uint64(0x9E3779B97F4A7C15)) * odd).sum(dtype=np.uint64))


def write(path, sections):
    """sections: list of (name, bytes or array of one or two dimensions)."""
    entries, blobs, at = [], [], 32 + 64 * len(sections)
    for name, value in sections:
        if isinstance(value, bytes):
            kind, rows, columns, blob = 0, len(value), 1, value
        else:
            value = np.ascontiguousarray(value)
            kind = TYPES[value.dtype]
            rows, columns = (value.shape[0], 1) if value.ndim == 1 else value.shape
            blob = value.astype(value.dtype.newbyteorder("<")).tobytes()
        pad = -at % 64
        at += pad
        blobs.append(b"\0" * pad + blob)
        assert len(name.encode()) < 32
        entries.append(struct.pack("<32sIIIIQQ", name.encode(), kind, rows, columns, 0, at, len(blob)))
        at += len(blob)
    body = b"".join(entries) + b"".join(blobs)
    head = b"RDOMODEL" + struct.pack("<IIQQ", FORMAT, len(sections), 32 + len(body), checksum(body))
    with open(path, "wb") as f:
        f.write(head + body)


def quantised_rows(x):
    """Each row to 8 bits with a scale of its own."""
    top = np.abs(x).max(1)
    scale = np.where(top > 0, top / 127.0, 1.0).astype(np.float32)
    return np.clip(np.rint(x / scale[:, None]), -127, 127).astype(np.int8), scale


def matrix(name, weight, bias, activation_scale=1.0):
    """The sections of one product (Matrix in src/model/kernels.h). weight [outputs][inputs]."""
    n0, k0 = weight.shape
    n, k = (n0 + 15) // 16 * 16, (k0 + 3) // 4 * 4
    w = np.zeros((n, k), np.float32)
    w[:n0, :k0] = weight
    q, scale = quantised_rows(w)
    b = np.zeros(n, np.float32)
    if bias is not None:
        b[:n0] = bias
    packed = q.reshape(n // 16, 16, k // 4, 4).transpose(0, 2, 1, 3).reshape(n // 16, 16 * k)
    offset = (128 * q.astype(np.int32).sum(1)).astype(np.int32)
    return [(name + ".w", packed), (name + ".scale", (scale * np.float32(activation_scale)).astype(np.float32)),
            (name + ".offset", offset), (name + ".bias", b)]
