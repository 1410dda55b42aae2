from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.library.changes import (
    MOST_GONE_FILES,
    MOST_READS,
    RACY_MARGIN_NS,
    KnownFile,
    LibraryChanges,
    compare_stamps,
)
from newsreader.library.scan import OWN, FileStamp, Scan

HOME = Path("/news")
OTHER = Path("/more")
READ = 10**18
OLD = READ - 10 * RACY_MARGIN_NS


def stamp(size: int = 1, mtime_ns: int = OLD, inode: int = 1, ctime_ns: int = OLD) -> FileStamp:
    return FileStamp(size, mtime_ns, inode, ctime_ns)


def known(*paths: bytes, read_ns: int = READ) -> dict[bytes, KnownFile]:
    return {path: KnownFile(stamp(), read_ns) for path in paths}


def found(*paths: bytes, **more: dict[bytes, str]) -> Scan:
    return Scan({path: stamp() for path in paths}, **more)


def test_unchanged_files_want_nothing() -> None:
    changes = compare_stamps(found(b"/news/a"), known(b"/news/a"), [HOME])
    assert changes == compare_stamps(Scan(), {}, [HOME])


def test_new_changed_and_gone_files() -> None:
    scanned = Scan(
        {
            b"/news/new": stamp(),
            b"/news/size": stamp(size=2),
            b"/news/time": stamp(mtime_ns=OLD + 1),
            b"/news/inode": stamp(inode=2),
        }
    )
    changes = compare_stamps(scanned, known(b"/news/size", b"/news/time", b"/news/inode", b"/news/gone"), [HOME])
    assert changes.to_read == (b"/news/inode", b"/news/new", b"/news/size", b"/news/time")
    assert changes.gone == (b"/news/gone",)


def test_a_file_changed_just_before_it_was_read_is_read_again() -> None:
    for mtime in (READ - RACY_MARGIN_NS, READ, READ + RACY_MARGIN_NS):
        scanned = Scan({b"/news/a": stamp(mtime_ns=mtime)})
        assert compare_stamps(scanned, {b"/news/a": KnownFile(stamp(mtime_ns=mtime), READ, 100)}, [HOME]).to_read
    scanned = Scan({b"/news/a": stamp(mtime_ns=-1)})
    assert not compare_stamps(scanned, {b"/news/a": KnownFile(stamp(mtime_ns=-1), READ)}, [HOME]).to_read


def test_a_file_of_the_future_is_read_a_few_times_and_not_for_ever() -> None:
    future = stamp(mtime_ns=READ + 10**15)
    scanned = Scan({b"/news/a": future})
    for reads in range(1, MOST_READS + 1):
        changes = compare_stamps(scanned, {b"/news/a": KnownFile(future, READ, reads)}, [HOME])
        assert bool(changes.to_read) == (reads < MOST_READS)


def test_a_change_that_keeps_size_and_time_is_seen_by_the_time_that_nobody_sets() -> None:
    scanned = Scan({b"/news/a": stamp(ctime_ns=OLD + 1)})
    assert compare_stamps(scanned, known(b"/news/a"), [HOME]).to_read == (b"/news/a",)


def test_full_reads_everything() -> None:
    assert compare_stamps(found(b"/news/a"), known(b"/news/a"), [HOME], full=True).to_read == (b"/news/a",)


def test_a_missing_folder_keeps_its_articles() -> None:
    scanned = found(b"/more/b", unavailable={b"/news": "No such file or directory"})
    changes = compare_stamps(scanned, known(b"/news/a", b"/more/b"), [HOME, OTHER])
    assert (changes.gone, changes.kept) == ((), (b"/news/a",))
    assert changes.missing_folders == ((HOME, "missing"),)


def test_a_folder_that_is_suddenly_empty_keeps_its_articles() -> None:
    changes = compare_stamps(found(b"/more/b"), known(b"/news/a", b"/more/b"), [HOME, OTHER])
    assert (changes.gone, changes.kept) == ((), (b"/news/a",))
    assert changes.missing_folders == ((HOME, "empty"),)


def test_a_folder_that_never_held_anything_is_just_empty() -> None:
    assert compare_stamps(Scan(), {}, [HOME]).missing_folders == ()


HUNDRED = tuple(b"/news/%03d" % number for number in range(100))


def sized(*paths: bytes) -> dict[bytes, FileStamp]:
    """A size for each name, as the sizes of articles hardly ever agree."""
    return {path: stamp(size=1_000 + int(path[-3:])) for path in paths}


def known_sized(*paths: bytes) -> dict[bytes, KnownFile]:
    return {path: KnownFile(found, READ) for path, found in sized(*paths).items()}


def test_a_folder_that_lost_most_of_its_files_keeps_their_articles() -> None:
    scanned = Scan({**sized(*HUNDRED[:39]), b"/more/b": stamp()})
    changes = compare_stamps(scanned, known_sized(*HUNDRED), [HOME, OTHER])
    assert (changes.gone, changes.kept) == ((), HUNDRED[39:])
    assert changes.thinned == ((HOME, 61, 100),)
    assert compare_stamps(scanned, known_sized(*HUNDRED), [OTHER]).gone == HUNDRED[39:]  # no folder of the library
    purged = compare_stamps(scanned, known_sized(*HUNDRED), [HOME, OTHER], purge=True)
    assert (purged.gone, purged.kept) == (HUNDRED[39:], ())


def test_tidying_up_is_no_loss_of_most_of_its_files() -> None:
    assert compare_stamps(Scan(sized(*HUNDRED[:40])), known_sized(*HUNDRED), [HOME]).gone == HUNDRED[40:]
    assert compare_stamps(Scan(sized(*HUNDRED[:1])), known_sized(*HUNDRED[:51]), [HOME]).gone == HUNDRED[1:51]


def test_new_files_do_not_replace_most_of_its_files() -> None:
    scanned = Scan({**sized(*HUNDRED[:39]), **{b"/news/new%d" % n: stamp(size=n) for n in range(900)}})
    everything = {**known_sized(*HUNDRED), **{p: KnownFile(s, READ) for p, s in scanned.files.items()}}
    assert compare_stamps(scanned, everything, [HOME], thinned_before=[HOME]).kept == HUNDRED[39:]
    back = Scan({**scanned.files, **sized(*HUNDRED[:60])})
    changes = compare_stamps(back, everything, [HOME], thinned_before=[HOME])
    assert (changes.gone, changes.thinned) == (HUNDRED[60:], ())


def test_moving_most_of_its_files_loses_none() -> None:
    moved = Scan({path.replace(b"/news/", b"/news/2021/"): found for path, found in sized(*HUNDRED).items()})
    assert compare_stamps(moved, known_sized(*HUNDRED), [HOME]).gone == HUNDRED


def test_files_that_are_left_out_in_numbers_keep_their_articles() -> None:
    below = tuple(path.replace(b"/news/", b"/news/old/") for path in HUNDRED)
    ignored = Scan({b"/news/000": stamp()}, skipped={b"/news/old": "ignored", b"/news/x.txt": "a symbolic link"})
    changes = compare_stamps(ignored, known_sized(*below), [HOME])
    assert (changes.gone, changes.kept, changes.left_out) == ((), below, ((HOME, 100, 100, "ignored"),))
    assert compare_stamps(ignored, known_sized(*below), [HOME], purge=True).gone == below
    own = Scan({b"/news/000": stamp()}, skipped={b"/news/old": OWN})
    assert compare_stamps(own, known_sized(*below), [HOME]).gone == below


@pytest.mark.parametrize(("left_out", "known_files", "kept"), [(10, 12, 0), (11, 12, 11), (11, 100, 11)])
def test_a_few_files_that_are_left_out_leave(left_out: int, known_files: int, kept: int) -> None:
    ignored = dict.fromkeys(HUNDRED[:left_out], "ignored")
    scanned = Scan(sized(*HUNDRED[left_out:known_files]), skipped=ignored)
    changes = compare_stamps(scanned, known_sized(*HUNDRED[:known_files]), [HOME])
    assert (len(changes.kept), len(changes.gone)) == (kept, left_out - kept)


def test_a_folder_with_any_file_left_is_there() -> None:
    scanned = Scan(skipped={b"/news/photo.jpg": "no reader for .jpg files"})
    assert compare_stamps(scanned, known(b"/news/a"), [HOME]).gone == (b"/news/a",)


def test_below_an_unreadable_directory_nothing_is_concluded() -> None:
    scanned = found(b"/news/b", unavailable={b"/news/sub": "Permission denied"})
    changes = compare_stamps(scanned, known(b"/news/b", b"/news/sub/a", b"/news/submarine"), [HOME])
    assert (changes.gone, changes.kept) == ((b"/news/submarine",), (b"/news/sub/a",))
    assert changes.missing_folders == ()


def test_purge_forgets_them() -> None:
    scanned = Scan(unavailable={b"/news": "No such file or directory"})
    assert compare_stamps(scanned, known(b"/news/a"), [HOME], purge=True).gone == (b"/news/a",)
    assert compare_stamps(Scan(), known(b"/news/a"), [HOME], purge=True).gone == (b"/news/a",)


def test_files_of_folders_taken_out_are_gone() -> None:
    assert compare_stamps(found(b"/news/a"), known(b"/news/a", b"/newsroom/b"), [HOME]).gone == (b"/newsroom/b",)


def test_the_root_of_the_file_system_can_be_a_folder() -> None:
    assert compare_stamps(Scan(unavailable={b"/": "Permission denied"}), known(b"/a"), [Path("/")]).kept == (b"/a",)


names = st.sampled_from([f"{folder}/{name}".encode() for folder in ("/news", "/news/sub", "/more") for name in "abc"])
stamps = st.builds(FileStamp, st.integers(0, 2), st.integers(OLD, OLD + 1) | st.just(READ), st.integers(1, 2))


@given(
    st.dictionaries(names, stamps),
    st.dictionaries(names, st.builds(KnownFile, stamps, st.just(READ))),
    st.sets(st.sampled_from([b"/news", b"/news/sub", b"/more"])),
    st.booleans(),
)
def test_every_known_file_is_there_gone_or_kept(
    files: dict[bytes, FileStamp], catalogue: dict[bytes, KnownFile], unavailable: set[bytes], purge: bool
) -> None:
    scanned = Scan(files, unavailable=dict.fromkeys(unavailable, "Permission denied"))
    changes = compare_stamps(scanned, catalogue, [HOME, OTHER], purge=purge)
    assert set(changes.to_read) <= files.keys()
    assert files.keys() - catalogue.keys() <= set(changes.to_read)
    assert set(changes.gone) | set(changes.kept) == catalogue.keys() - files.keys()
    assert not set(changes.gone) & set(changes.kept)
    assert not (purge and changes.kept)
    for path in changes.gone:
        assert purge or not any(path.startswith(directory + b"/") for directory in unavailable)
    assert all(os.fsencode(folder) in unavailable or reason == "empty" for folder, reason in changes.missing_folders)
    assert changes.to_read == tuple(sorted(changes.to_read))


def test_a_disk_that_was_mounted_inside_is_only_away() -> None:
    here = known(b"/news/a", b"/news/usb/b", b"/news/usb/deep/c", b"/news/usbstick/d")
    for scanned in (found(b"/news/a"), found(b"/news/a", b"/news/usb/placeholder")):
        changes = compare_stamps(scanned, here, [HOME], mounted_before=[b"/news/usb"])
        assert changes.kept == (b"/news/usb/b", b"/news/usb/deep/c")
        assert changes.gone == (b"/news/usbstick/d",)
        assert changes.missing_folders == ((Path("/news/usb"), "no longer mounted"),)
        purged = compare_stamps(scanned, here, [HOME], purge=True, mounted_before=[b"/news/usb"])
        assert purged.kept == ()
    mounted = found(b"/news/a", b"/news/usb/b")
    mounted.mounts.add(b"/news/usb")
    assert compare_stamps(mounted, here, [HOME], mounted_before=[b"/news/usb"]).kept == ()


def test_a_folder_left_with_nothing_of_many_files_is_only_away() -> None:
    def emptied(count: int) -> LibraryChanges:
        here = known(*(b"/news/disk/%d" % n for n in range(count)), *(b"/news/own/%d" % n for n in range(300)))
        scanned = found(*(b"/news/own/%d" % n for n in range(300)))
        scanned.empty.add(b"/news/disk")
        return compare_stamps(scanned, here, [HOME])

    assert emptied(MOST_GONE_FILES).gone != (), "tidied up"
    assert emptied(MOST_GONE_FILES + 1).gone == ()
    assert emptied(MOST_GONE_FILES + 1).missing_folders == ((Path("/news/disk"), "empty"),)
