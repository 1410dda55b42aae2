"""What is said when marks are changed."""

from __future__ import annotations

from newsreader.config import Config, Interface
from newsreader.engine.core import Engine
from newsreader.tui.app import NewsreaderApp
from tests.tui.conftest import settle


async def test_notices_name_the_key_that_takes_a_change_back(samples: Engine) -> None:
    config = Config(interface=Interface(mark_read_after=0.0), keys={"undo": "U,ctrl+z"})
    app = NewsreaderApp(samples, config, index_command=["true"], name="library")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("s")
        await settle(pilot)
        assert [str(notice.message) for notice in app._notifications] == ["1 article starred (U takes it back)"]
        await pilot.press("U")
        await settle(pilot)
        assert "Took back: 1 article starred" in [str(notice.message) for notice in app._notifications]
