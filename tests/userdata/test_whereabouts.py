from __future__ import annotations

import shutil

import pytest

from newsreader.errors import StorageError, UsageError
from newsreader.userdata.whereabouts import begin_anew
from tests.builders import HARBOUR, Library


@pytest.fixture
def tagged(library: Library) -> Library:
    library.write("ferry.txt", HARBOUR)
    library.index()
    library.engine.marking.tag([library.id("ferry.txt")], ["mine"])
    library.index()
    return library


def unmount(library: Library, *, mount_point: bool) -> None:
    library.close()
    library.locations.data.rename(library.home / "disk")
    if mount_point:
        library.locations.data.mkdir()
    library.reopen()


@pytest.mark.parametrize("mount_point", [True, False], ids=["empty", "missing"])
def test_where_the_disk_with_the_user_data_is_away_nothing_is_begun(tagged: Library, mount_point: bool) -> None:
    unmount(tagged, mount_point=mount_point)
    for command in (["index"], ["search", "ferry"], ["tag", "+x", "--", "ferry"], ["folders"], ["tag", "--list"]):
        ran = tagged.run(*command)
        assert (ran.code, ran.out) == (74, b"")
        assert ran.err.startswith(f"newsreader: {tagged.locations.userdata}: your tags, notes and folders were here")
        assert len(ran.err.splitlines()) == 1
    assert tagged.run("doctor").code == 1
    assert not mount_point or list(tagged.locations.data.iterdir()) == []
    assert tagged.locations.data.exists() == mount_point
    shutil.rmtree(tagged.locations.data, ignore_errors=True)
    (tagged.home / "disk").rename(tagged.locations.data)
    assert tagged.tags("ferry.txt") == ("mine",)
    assert tagged.run("doctor").code == 0


def test_an_open_reader_begins_nothing_either(tagged: Library) -> None:
    assert tagged.engine.folders() == [tagged.folder]
    tagged.locations.data.rename(tagged.home / "disk")
    with pytest.raises(StorageError, match="Is a disk away"):
        tagged.engine.folders()
    assert not tagged.locations.data.exists()
    (tagged.home / "disk").rename(tagged.locations.data)
    assert tagged.engine.folders() == [tagged.folder]


def test_who_wants_new_ones_says_so_once(tagged: Library) -> None:
    unmount(tagged, mount_point=False)
    ran = tagged.run("doctor", "--begin-anew")
    assert (ran.code, ran.err) == (0, f"{tagged.locations.userdata}: new user data were begun\n")
    for _ in range(2):
        assert tagged.run("folders").code == 0
        assert tagged.run("index", str(tagged.folder)).code == 0
    assert tagged.run("doctor").code == 0
    assert tagged.tags("ferry.txt") == ()
    with pytest.raises(UsageError, match="nothing was changed"):
        begin_anew(tagged.locations)


def test_a_lost_file_beside_its_dumps_is_noticed_without_a_cache(tagged: Library) -> None:
    tagged.close()
    shutil.rmtree(tagged.locations.cache)
    for path in tagged.locations.data.glob("userdata.sqlite*"):
        path.unlink()
    ran = tagged.run("folders")
    assert ran.code == 74
    dump = tagged.locations.dumps / next(tagged.locations.dumps.iterdir()).name
    assert f"`newsreader tag --restore --folders {dump}`" in ran.err
    revision = int(dump.stem.partition("-r")[2])
    begin_anew(tagged.locations)
    assert tagged.engine.store.revision > revision, "newer than all that was dumped"


@pytest.mark.parametrize("note", [b"", b"[1]", b"{}", b"\xff", b'["x", "y"]', b"[" * 100_000])
def test_first_starts_and_odd_notes_bother_nobody(library: Library, note: bytes) -> None:
    library.locations.cache.mkdir()
    library.locations.userdata_seen.write_bytes(note)
    assert library.engine.folders() == []


def test_user_data_moved_elsewhere_on_purpose_are_begun_there(tagged: Library) -> None:
    other = tagged.home / "elsewhere"
    assert tagged.run("folders", "--data-dir", str(other)).code == 0
    assert other.exists()
