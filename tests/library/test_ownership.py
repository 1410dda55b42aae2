"""Directories that others can write to."""

from __future__ import annotations

import grp
import os
import pwd
from collections.abc import Callable
from pathlib import Path

import pytest

from newsreader.errors import StorageError
from newsreader.library import ownership
from newsreader.library.ownership import require_own_cache, require_own_data
from tests.builders import BUDGET, Library

Check = Callable[[Library], None]


@pytest.fixture
def used(library: Library) -> Library:
    library.write("a.txt", BUDGET)
    library.index()
    library.engine.marking.tag([library.id("a.txt")], ["mine"])
    library.engine.close()
    return library


@pytest.mark.parametrize("mode", [0o777, 0o707, 0o770 | 0o1000])
@pytest.mark.parametrize("what", ["cache", "data"])
def test_it_is_refused_until_it_is_mended(used: Library, what: str, mode: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ownership, "_is_private_group", lambda _: False)
    directory: Path = getattr(used.locations, what)
    directory.chmod(mode)
    for command in (["search", "council"], ["index"], ["tag", "+more", "--", "council"], ["stories"]):
        ran = used.run(*command)
        assert ran.code == 74
        assert ran.err == (
            f"newsreader: {directory}: others can write there, so it can't be trusted;"
            f" `chmod go-w {directory}` mends that\n"
        )
    assert used.run("doctor").code == 0
    assert used.run("search", "tag:mine council").code == 0
    directory.chmod(mode)
    directory.chmod(mode & ~0o022)
    assert used.run("search", "tag:mine council").code == 0


@pytest.mark.parametrize("inner", ["index", "stories", "catalogue", "a segment"])
def test_what_lies_inside_is_looked_at_where_others_may_enter(used: Library, inner: str) -> None:
    places = used.locations
    path = min(places.index.rglob("*.arrays")) if inner == "a segment" else getattr(places, inner)
    path.chmod(0o777)
    require_own_cache(places)
    places.cache.chmod(0o755)
    with pytest.raises(StorageError, match=f"{path}: others can write there"):
        require_own_cache(places)
    path.chmod(0o755)
    (places.cache / "of-the-users.txt").touch()
    (places.cache / "of-the-users.txt").chmod(0o666)
    require_own_cache(places)


def test_what_is_not_there_is_nobodys(library: Library) -> None:
    require_own_cache(library.locations)
    require_own_data(library.locations)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a directory away")
def test_one_of_another_user_is_refused(used: Library) -> None:
    os.chown(used.locations.cache, 65534, 65534)
    ran = used.run("search", "council")
    assert ran.code == 74
    assert f"{used.locations.cache}: belongs to another user (65534)" in ran.err
    assert used.run("doctor").code == 1
    os.chown(used.locations.cache, 0, 0)
    assert used.run("search", "council").code == 0


def test_the_group_of_one_user_is_that_user(used: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    used.locations.cache.chmod(0o775)
    owner = pwd.getpwuid(os.geteuid())
    group = used.locations.cache.stat().st_gid
    for name, members, private in ((owner.pw_name, [], True), (owner.pw_name, ["eve"], False), ("staff", [], False)):
        monkeypatch.setattr(
            grp, "getgrgid", lambda _, name=name, members=members: grp.struct_group((name, "x", group, members))
        )
        monkeypatch.setattr(
            pwd, "getpwuid", lambda _: pwd.struct_passwd((owner.pw_name, "x", owner.pw_uid, group, "", "/", "/bin/sh"))
        )
        if private:
            require_own_cache(used.locations)
        else:
            with pytest.raises(StorageError, match="others can write"):
                require_own_cache(used.locations)


def test_where_permissions_are_made_up_they_say_nothing(used: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    used.locations.cache.chmod(0o777)
    plain = os.fstat

    def as_on_fat(handle: int) -> os.stat_result:
        found = plain(handle)
        return os.stat_result((found.st_mode | 0o777, *found[1:]))

    with pytest.raises(StorageError):
        require_own_cache(used.locations)
    monkeypatch.setattr(os, "fstat", as_on_fat)
    require_own_cache(used.locations)
    assert not list(used.locations.cache.glob(".newsreader-*"))
