from __future__ import annotations

import os
import stat
import sys

from tests.builders import Library, Ran


def test_config(library: Library) -> None:
    path = library.locations.config
    assert library.run("config") == library.run("config", "path") == Ran(0, f"{path}\n".encode(), "")
    default = library.run("config", "default")
    assert library.run("config", "check").code == 0
    path.write_bytes(default.out)
    assert library.run("config", "check") == Ran(0, b"", f"{path}: fine\n")
    path.write_text("[reading]\nwidht = 90\n")
    ran = library.run("config", "check")
    assert ran.code == 1
    assert "reading.width" in ran.err
    assert "fine" not in ran.err
    path.write_text("[reading]\nwidth = 3\n")
    ran = library.run("config", "check")
    assert ran.code == 2
    assert f"{path}: reading.width" in ran.err


def test_config_edit_starts_from_the_commented_default(library: Library) -> None:
    editor = library.home / "my editor"
    editor.write_text(f"#!{sys.executable}\nimport sys\nopen(sys.argv[-1], 'a').write('# edited ' + sys.argv[1])\n")
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    environment = {**os.environ, "VISUAL": f"'{editor}' --wait"}
    assert library.run("config", "edit", env=environment).code == 0
    assert library.locations.config.read_bytes() == library.run("config", "default").out + b"# edited --wait"
    ran = library.run("config", "edit", env={**os.environ, "VISUAL": "/nowhere/editor"})
    assert ran.code == 74
    assert "/nowhere/editor" in ran.err
