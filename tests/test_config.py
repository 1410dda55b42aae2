from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsreader.config import DEFAULT_TEXT, Config, load_config
from newsreader.errors import ConfigError
from newsreader.library.rules import FolderRule


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "config.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_none_and_an_empty_one_give_the_defaults(tmp_path: Path) -> None:
    assert load_config(tmp_path / "none.toml") == Config()
    assert load_config(written(tmp_path, "")) == Config()


def test_the_default_text_is_the_defaults_commented_out(tmp_path: Path) -> None:
    assert load_config(written(tmp_path, DEFAULT_TEXT)) == Config()
    live = "\n".join(
        line.removeprefix("# ") for line in DEFAULT_TEXT.splitlines() if "=" in line or line.startswith(("[", "# [["))
    )
    config = load_config(written(tmp_path, live))
    assert config.warnings == ()
    assert (config.reading, config.interface.mark_read_after) == (Config().reading, Config().interface.mark_read_after)
    sections = {"interface", "reading", "compare", "history", "hooks", "library", "folder", "fields", "keys"}
    assert set(tomllib.loads(live)) == sections


def test_what_is_said_counts(tmp_path: Path) -> None:
    text = '[interface]\ntheme = "nord"\nmark_read_after = 0\n[reading]\nwidth = 100\n[keys]\ncompare = "d,ctrl+d"\n'
    config = load_config(written(tmp_path, text))
    assert (config.interface.theme, config.interface.mark_read_after, config.reading.width) == ("nord", 0.0, 100)
    assert config.keys == {"compare": "d,ctrl+d"}


@pytest.mark.parametrize(
    ("text", "unknown", "near"),
    [
        ("[reading]\nwidht = 90", "reading.widht", "reading.width"), ("[redaing]\nwidth = 90", "redaing", "reading"),
        ("[interface]\nthem = 'nord'", "interface.them", "interface.theme"), ("zzz = 1", "zzz", None),
    ],
)  # fmt: skip
def test_an_unknown_key_is_warned_of_with_the_nearest(
    tmp_path: Path, text: str, unknown: str, near: str | None
) -> None:
    config = load_config(written(tmp_path, text))
    (warning,) = config.warnings
    assert unknown in warning
    assert (f"did you mean {near}?" in warning) if near else ("did you mean" not in warning)
    assert config.reading.width == 80


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[reading]\nwidth = 'wide'", "reading.width"), ("[reading]\nwidth = 12", "reading.width"),
        ("[reading]\nwidth = true", "reading.width"), ("[interface]\ntheme = 3", "interface.theme"),
        ("[interface]\nmark_read_after = 'soon'", "interface.mark_read_after"), ("[keys]\ncompare = 3", "keys.compare"),
        ("[keys]\ncompare = ' '", "keys.compare"),
        ("[library]\nignore = 'a'", "library.ignore"), ("[library]\nignore = [3]", "library.ignore"),
        ("library = 'a'", "library"), ("[folder]\npath = '/a'", "folder"), ("folder = [3]", "folder"),
        ("[[folder]]\nsource = 'a'", "folder.path"), ("[[folder]]\npath = 'a/b'", "folder.path"),
        ("[[folder]]\npath = '/a'\nsource = 3", "folder.source"),
        ("[[folder]]\npath = '/a'\nlanguage = 'english'", "folder.language"),
        ("keys = 'd'", "keys"), ("reading = 3", "reading"),
        ("[compare]\nmeaning = 'on'", "compare.meaning"), ("[compare]\nmeaning = true", "compare.meaning"),
        ("[hooks]\nnotify = 'mail \"me'", "hooks.notify"), ("[hooks]\nnotify = ' '", "hooks.notify"),
        ("[reading]\nwidth = = 3", "line 2"), (b"# caf\xe9", "UTF-8"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named(tmp_path: Path, text: str | bytes, named: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert str(path) in str(caught.value)
    assert named in str(caught.value)


def test_a_directory_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="can't be read"):
        load_config(tmp_path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("[]=.'\"abc0123 \n#keys", max_size=60))
def test_any_text_is_a_config_or_a_config_error(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    said = str(path)
    try:
        load_config(path)
    except ConfigError as error:
        said = str(error)
    assert str(path) in said


def test_fields_are_names_or_lists_of_names(tmp_path: Path) -> None:
    config = load_config(written(tmp_path, '[fields]\ntitle = "kop"\ndate = ["datum", "gezien"]\ntitel = "kop"\n'))
    assert config.fields == {"title": ("kop",), "date": ("datum", "gezien")}
    assert config.reading_rules.fields["date"][:2] == ("datum", "gezien")
    assert any("fields.title" in warning for warning in config.warnings)
    with pytest.raises(ConfigError, match=r"fields\.title"):
        load_config(written(tmp_path, "[fields]\ntitle = 3\n"))


def test_folders_and_what_to_ignore(tmp_path: Path) -> None:
    text = """
[library]
ignore = ["drafts/", "*.bak.txt"]
ignroe = []
[[folder]]
path = "~/blog/"
source = " My  Blog"
[[folder]]
path = "/news/fr"
language = "fr"
sourec = "x"
"""
    config = load_config(written(tmp_path, text))
    assert config.ignore == ("drafts/", "*.bak.txt")
    assert config.folders == (
        FolderRule(str(Path.home() / "blog"), "My Blog"),
        FolderRule("/news/fr", language="fr"),
    )
    assert (config.reading_rules.folders, config.reading_rules.ignore) == (config.folders, config.ignore)
    assert [w.rpartition(" ")[2] for w in config.warnings] == ["library.ignore?", "folder.source?"]
