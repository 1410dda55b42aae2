"""Files packed with gzip, unpacked up to a limit: a few kilobytes can hold terabytes."""

from __future__ import annotations

from io import BytesIO

from newsreader.formats.base import LARGEST_FILE, Unreadable


def inflate(data: bytes) -> bytes:
    """Unpack; stops at the limit, so that what would be terabytes costs no more. Raises `Unreadable`."""
    import gzip
    import zlib

    try:
        with gzip.open(BytesIO(data)) as file:
            unpacked = file.read(LARGEST_FILE + 1)
    except EOFError:
        raise Unreadable("its gzip data end too early") from None
    except (gzip.BadGzipFile, zlib.error):
        raise Unreadable("no gzip data, or broken ones") from None
    if len(unpacked) > LARGEST_FILE:
        raise Unreadable(f"larger than {LARGEST_FILE // 2**20} MiB when unpacked")
    return unpacked
