from __future__ import annotations

import os
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newsreader.article import never
from newsreader.formats import READERS
from newsreader.formats.base import LARGEST_FILE
from newsreader.library.scan import Scan, read_file, scan, suffix_of


def found_in(*folders: Path) -> Scan:
    return scan(folders, READERS, never)


def names(paths: Iterable[bytes], folder: Path) -> set[str]:
    return {os.path.relpath(os.fsdecode(path), folder) for path in paths}


def test_article_files_are_found_at_every_depth_with_their_stamps(tmp_path: Path) -> None:
    for name in ("a.txt", "b", "sub/c.MD", "sub/deep/er/d.markdown"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    found = found_in(tmp_path)
    assert names(found.files, tmp_path) == {"a.txt", "b", "sub/c.MD", "sub/deep/er/d.markdown"}
    stamp, status = found.files[os.fsencode(tmp_path / "a.txt")], (tmp_path / "a.txt").stat()
    assert (stamp.size, stamp.mtime_ns, stamp.inode) == (status.st_size, status.st_mtime_ns, status.st_ino)
    assert not found.skipped
    assert not found.unavailable


def test_hidden_names_are_passed_over_silently(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.txt").write_text("x")
    (tmp_path / ".hidden.txt").write_text("x")
    assert found_in(tmp_path) == Scan()


def test_other_suffixes_are_skipped_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "photo.JPG").write_bytes(b"x")
    found = found_in(tmp_path)
    assert found.skipped == {os.fsencode(tmp_path / "photo.JPG"): "no reader for .jpg files"}


def test_pipes_sockets_and_links_are_skipped_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "real.txt").write_text("x")
    (tmp_path / "link.txt").symlink_to("real.txt")
    (tmp_path / "broken.txt").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to(".")
    (tmp_path / "dir.txt").mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        before = os.getcwd()
        os.chdir(tmp_path)  # socket paths are short
        try:
            listener.bind("socket.txt")
        finally:
            os.chdir(before)
        found = found_in(tmp_path)
    assert names(found.files, tmp_path) == {"real.txt"}
    assert {os.path.basename(path).decode(): reason for path, reason in found.skipped.items()} == {
        "pipe.txt": "not a regular file",
        "socket.txt": "not a regular file",
        "link.txt": "a symbolic link",
        "broken.txt": "a symbolic link",
        "loop": "a symbolic link",
    }


def test_names_need_not_be_text(tmp_path: Path) -> None:
    odd = [b"caf\xe9.txt", b"new\nline.txt", b"-rf.txt", b"\x1b[2J.txt", b"x" * 251 + b".txt"]
    for name in odd:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("x")
    assert {os.path.basename(path) for path in found_in(tmp_path).files} == set(odd)


def test_folders_that_cannot_be_listed_are_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    missing, file = tmp_path / "missing", tmp_path / "file"
    found = found_in(missing, file)
    assert found.unavailable == {
        os.fsencode(missing): "No such file or directory",
        os.fsencode(file): "Not a directory",
    }


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list every directory")
def test_an_unreadable_directory_is_unavailable(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    (tmp_path / "a.txt").write_text("x")
    found = found_in(tmp_path)
    closed.chmod(0o700)
    assert found.unavailable == {os.fsencode(closed): "Permission denied"}
    assert len(found.files) == 1


@contextmanager
def nobody(home: Path) -> Iterator[None]:
    """In that directory, which is his, as a user who may not do everything."""
    here, user = Path.cwd(), os.geteuid()
    os.chdir(home)
    if user == 0:
        for path in (home, *home.rglob("*")):
            os.chown(path, 65534, 65534)
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)
        os.chdir(here)


def test_files_that_cannot_be_looked_at_are_not_gone(tmp_path: Path) -> None:
    """Their folder may be listed and not entered; likewise when a disk goes away between the listing and the look."""
    for name in ("sub/a.txt", "sub/b.txt", "c.txt"):
        path = tmp_path / "all" / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    with nobody(tmp_path):
        Path("all/news/sub").chmod(0o400)
        found = found_in(Path("all/news"))
        Path("all/news/sub").chmod(0o700)
    assert found.unavailable == {b"all/news/sub": "Permission denied"}
    assert set(found.files) == {b"all/news/c.txt"}


def test_a_maildir_s_folder_that_cannot_be_looked_into_is_not_gone(tmp_path: Path) -> None:
    for name in ("cur/1:2,S", "new/1616750040.M1P2.host", "tmp/x", ".News/cur/3:2,S"):
        path = tmp_path / "all" / "mail" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    with nobody(tmp_path):
        Path("all/mail/.News").chmod(0)
        found = found_in(Path("all/mail"))
        Path("all/mail/.News").chmod(0o700)
    assert found.unavailable == {b"all/mail/.News": "Permission denied"}
    assert set(found.skipped) == {b"all/mail/tmp"}


def test_overlapping_folders_give_each_file_once(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("x")
    assert len(found_in(tmp_path, tmp_path / "sub").files) == 1


def test_a_cancelled_scan_stops(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    assert scan([tmp_path], READERS, lambda: True) == Scan()


def test_suffixes_are_lower_case_and_never_raise() -> None:
    assert suffix_of(b"a.TXT") == ".txt"
    assert suffix_of(b"README") == ""
    assert suffix_of(b"a.tar.gz") == ".tar.gz"
    assert suffix_of(b"a.HTML.gz") == ".html.gz"
    assert suffix_of(b"a.gz") == ".gz"
    assert suffix_of(b"a.\xff\xfe") == ".\ufffd\ufffd"


@pytest.mark.parametrize(
    ("path", "suffix"),
    [
        (b"/m/cur/1616750040.M1P2.host:2,S", ".eml"),
        (b"/m/cur/1616750040.M1P2.host:2,", ".eml"),
        (b"/m/cur/1616750040.M1P2Q3.mx.tarn.example,S=4711:2,RS", ".eml"),
        (b"/m/cur/1616750040.M1P2.host!2,S", ".eml"),
        (b"/m/new/1616750040.M1P2.host", ".eml"),
        (b"/m/new/1616750040.12_3.mx.tarn.example", ".eml"),
        (b"/m/cur/odd.name:2,F", ".eml"),
        (b"/m/tmp/1616750040.M1P2.host", ".host"),
        (b"/m/1616750040.M1P2.host:2,S", ".host:2,s"),
        (b"/m/new/article.txt", ".txt"),
        (b"/m/new/1616750040.draft.txt", ".txt"),
        (b"/m/new/photo.jpg", ".jpg"),
        (b"/m/new/20210326.1.jpg", ".jpg"),
    ],
)
def test_messages_of_a_maildir_have_names_without_suffix(path: bytes, suffix: str) -> None:
    assert suffix_of(path) == suffix


def test_a_maildir_holds_messages_and_folders_of_them(tmp_path: Path) -> None:
    message = "1616750040.M1P2.host"
    for name in (
        f"new/{message}", f"cur/{message}:2,S", "tmp/half", "dovecot-uidlist", ".News/cur/1616750041.M1P2.host:2,",
        ".News/new/x", ".News/tmp/half", ".Junk/cur/1616750042.M1P2.host:2,", ".git/config", "Sub/cur/1:2,S",
    ):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "link").symlink_to(".Junk")
    found = found_in(tmp_path)
    assert names(found.files, tmp_path) == {
        f"new/{message}", f"cur/{message}:2,S", ".News/cur/1616750041.M1P2.host:2,", ".News/new/x", "Sub/cur/1:2,S",
    }  # fmt: skip
    assert set(found.skipped.values()) == {"the mail program's own, in a Maildir"}
    assert names(found.skipped, tmp_path) == {
        "tmp", "dovecot-uidlist", ".News/tmp", ".Junk", ".git", "link",
    }  # fmt: skip


def test_articles_beside_folders_called_as_a_maildirs_are_read(tmp_path: Path) -> None:
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
    for name in ("a.txt", "sub/b.html", "dovecot-uidlist"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert names(found_in(tmp_path).files, tmp_path) == {"a.txt", "sub/b.html"}


def test_what_the_program_writes_itself_is_left_out(tmp_path: Path) -> None:
    for name in ("a.txt", "cache/index/b.txt", "data/dumps/c.txt", "sub/d.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    own = (tmp_path / "cache", tmp_path / "data", tmp_path / "not made yet")
    found = scan([tmp_path], READERS, never, own=own)
    assert names(found.files, tmp_path) == {"a.txt", "sub/d.txt"}
    assert names(found.skipped, tmp_path) == {"cache", "data"}
    assert names(scan([tmp_path], READERS, never, own=(tmp_path,)).files, tmp_path) == {  # never the folder itself
        "a.txt", "cache/index/b.txt", "data/dumps/c.txt", "sub/d.txt",
    }  # fmt: skip


def test_reading_gives_the_bytes_with_their_stamp(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"some text")
    data, stamp = read_file(os.fsencode(path))
    assert data == b"some text"
    assert found_in(tmp_path).files[os.fsencode(path)] == stamp


def test_reading_neither_waits_on_a_pipe_nor_follows_a_link(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "link.txt").symlink_to("a.txt")
    with pytest.raises(ValueError, match="not a regular file"):
        read_file(os.fsencode(tmp_path / "pipe.txt"))
    with pytest.raises(OSError, match="symbolic links"):
        read_file(os.fsencode(tmp_path / "link.txt"))


def test_huge_files_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE * 100)
    with pytest.raises(ValueError, match="larger than 32 MiB"):
        read_file(os.fsencode(path))


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="Linux only")
def test_a_file_whose_size_is_not_what_was_read_is_refused() -> None:
    with pytest.raises(ValueError, match="changed while it was read"):
        read_file(b"/proc/self/status")  # says size 0, and has text


@pytest.mark.parametrize("folder", ["Ferry_files", "Ferry.files", "Ferry-Dateien", "Ferry_fichiers"])
def test_the_files_of_a_saved_page_are_no_articles(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder / "deeper").mkdir(parents=True)
    (tmp_path / folder / "frame.html").write_text("x")
    (tmp_path / "Ferry.html").write_text("x")
    found = found_in(tmp_path)
    assert names(found.files, tmp_path) == {"Ferry.html"}
    assert found.skipped == {os.fsencode(tmp_path / folder): "the files of a saved page"}


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (["a.txt"], True),
        (["a.html", "b.html", "c.html"], True),
        (["a.html", "b.html", "c.html", "d.css", "e.js", "f.png", "g.png"], False),
        (["f.txt", "a.js", "b.css"], False),
        ([], False),
    ],
)
def test_a_folder_called_like_a_saved_pages_that_holds_articles_is_read(
    tmp_path: Path, content: list[str], read: bool
) -> None:
    (tmp_path / "2021_files").mkdir()
    for name in content:
        (tmp_path / "2021_files" / name).write_text("x")
    (tmp_path / "2021.html").write_text("x")
    assert len(found_in(tmp_path).files) == 1 + (len(content) if read else 0)


def test_a_folder_with_such_a_name_and_no_page_beside_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "case_files").mkdir()
    (tmp_path / "case_files" / "a.txt").write_text("x")
    assert names(found_in(tmp_path).files, tmp_path) == {"case_files/a.txt"}


def test_packed_files_are_found_if_what_is_in_them_can_be_read(tmp_path: Path) -> None:
    for name in ("a.txt.gz", "b.HTML.GZ", "c.gz", "d.tar.gz"):
        (tmp_path / name).write_text(name)
    found = found_in(tmp_path)
    assert names(found.files, tmp_path) == {"a.txt.gz", "b.HTML.GZ", "c.gz"}
    assert found.skipped == {os.fsencode(tmp_path / "d.tar.gz"): "no reader for .tar.gz files"}
