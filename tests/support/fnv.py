"""The hash by which durable-rules tells names apart: 32 bits of FNV-1a, and never the names."""


def fnv(name: str) -> int:
    """Return the hash of a name.

    >>> fnv("costarring") == fnv("liquid")
    True
    """
    found = 0x811C9DC5
    for byte in name.encode():
        found = (found ^ byte) * 0x01000193 & 0xFFFFFFFF
    return found
