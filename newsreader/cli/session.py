"""What every command is given: where the library lies, its configuration and its engine.

The last two are made when they are first asked for: `--help` and `dirs` need neither, and must not wait for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsreader.cli import output
from newsreader.library.locations import Locations

if TYPE_CHECKING:  # every command loads this module, `--help` and `dirs` too
    from newsreader.compare.meaning import Encoder
    from newsreader.config import Config
    from newsreader.engine.core import Engine


@dataclass(slots=True)
class Session:
    """One start of the program."""

    locations: Locations
    _engine: Engine | None = None
    _config: Config | None = None

    @property
    def engine(self) -> Engine:
        if self._engine is None:
            from newsreader.engine.core import Engine

            self._engine = Engine(self.locations, rules=lambda: self.config().reading_rules, encoder=self._encoder)
        return self._engine

    def _encoder(self) -> Encoder | None:
        """What the configuration lets articles in different languages be compared by."""
        if self.config().compare.meaning == "off":
            return None
        from newsreader.engine.sentence_encoder import installed_encoder

        return installed_encoder()

    def close(self) -> None:
        """The command is done: no file of the library stays open in a process that goes on."""
        if self._engine is not None:
            self._engine.close()

    def config(self) -> Config:
        """The configuration, with its warnings said. Raises `ConfigError`."""
        from newsreader.config import load_config

        if self._config is None:
            self._config = load_config(self.locations.config)
            for warning in self._config.warnings:
                output.warn(warning)
        return self._config
