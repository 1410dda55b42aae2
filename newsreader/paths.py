"""Where configuration, data, cache and state live: flags, then the environment, then the system's custom."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from newsreader.errors import ConfigError
from newsreader.library.locations import Locations

APPLICATION = "newsreader"


def find_locations(
    *,
    config: Path | None = None,
    data: Path | None = None,
    cache: Path | None = None,
    state: Path | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Locations:
    """Absolute paths; nothing is created. Raises `ConfigError` when there is no home to put them in."""

    def choose(given: Path | None, variable: str, kind: str, *below: str) -> Path:
        chosen = given or (Path(environment[variable]) if environment.get(variable) else None)
        if chosen is None:
            chosen = _system_directory(kind).joinpath(*below)
        return Path(os.path.abspath(os.path.expanduser(chosen)))

    return Locations(
        config=choose(config, "NEWSREADER_CONFIG", "config", "config.toml"),
        data=choose(data, "NEWSREADER_DATA_DIR", "data"),
        cache=choose(cache, "NEWSREADER_CACHE_DIR", "cache"),
        state=choose(state, "NEWSREADER_STATE_DIR", "state"),
    )


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
