"""Where configuration, data, cache and state live: flags, then the environment, then the system's custom.

Only here is the environment asked for them: engine and run are given the locations, so that a test, a demo or a second
library never touches the user's own.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from newsreader.errors import ConfigError
from newsreader.library.locations import Locations

APPLICATION = "newsreader"
OPTIONS = {"config": "--config", "data": "--data-dir", "cache": "--cache-dir", "state": "--state-dir"}
"""Fields of `Locations` → the options that name them."""
VARIABLES = {
    "config": "NEWSREADER_CONFIG",
    "data": "NEWSREADER_DATA_DIR",
    "cache": "NEWSREADER_CACHE_DIR",
    "state": "NEWSREADER_STATE_DIR",
}
"""Fields of `Locations` → the variables of the environment that name them, where no option does."""


def find_locations(
    *,
    config: Path | None = None,
    data: Path | None = None,
    cache: Path | None = None,
    state: Path | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Locations:
    """Absolute paths; nothing is created. Raises `ConfigError` when there is no home to put them in."""

    def choose(given: Path | None, kind: str, *below: str) -> Path:
        stated = environment.get(VARIABLES[kind])
        chosen = given or (Path(stated) if stated else None)
        if chosen is None:
            chosen = _system_directory(kind).joinpath(*below)
        return Path(os.path.abspath(os.path.expanduser(chosen)))

    return Locations(
        config=choose(config, "config", "config.toml"),
        data=choose(data, "data"),
        cache=choose(cache, "cache"),
        state=choose(state, "state"),
    )


def as_options(locations: Locations, kinds: Iterable[str] = tuple(OPTIONS)) -> list[str]:
    """The options by which another process works on the same library, or some of them."""
    return [word for kind in kinds for word in (OPTIONS[kind], str(getattr(locations, kind)))]


def as_environment(locations: Locations) -> dict[str, str]:
    """The variables by which another process works on the same library."""
    return {variable: str(getattr(locations, kind)) for kind, variable in VARIABLES.items()}


def _system_directory(kind: str) -> Path:
    from platformdirs import PlatformDirs

    directories = PlatformDirs(APPLICATION, appauthor=False)
    try:
        return Path(getattr(directories, f"user_{kind}_dir"))
    except RuntimeError as error:  # no HOME, and no entry in the password file
        raise ConfigError(
            f"there is no home directory for newsreader's {kind}; "
            "set HOME, or name the directories with --config, --data-dir, --cache-dir and --state-dir"
        ) from error
