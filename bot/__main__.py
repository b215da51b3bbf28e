"""`rumah-kedua`, or `python -m bot`: serve, or one of the words of an administrator."""

import argparse
import asyncio
import sys
from collections.abc import Coroutine
from pathlib import Path

from bot.logs import start_logging
from bot.settings import WrongSetting, read_settings
from bot.version import our_version

ABOUT = "Rumah Kedua, a district office's second home for civil-society organisations, in the messengers they use."
SETTINGS = "Settings come from the environment and from .env in this folder; without a messenger it is practice."


class Words:
    """Everything that can be said at the command line; each says of itself what it does."""

    def __init__(self) -> None:
        called = "rumah-kedua" if Path(sys.argv[0]).stem == "rumah-kedua" else "python -m bot"
        self.parser = argparse.ArgumentParser(prog=called, description=ABOUT, epilog=SETTINGS)
        self.parser.add_argument(
            "--version", action="version", version=f"Rumah Kedua {our_version()}", help="say which version this is"
        )
        self._words = self.parser.add_subparsers(dest="word", metavar="WORD", title="words (each knows --help)")

    def add(self, name: str, does: str, file: str = "") -> argparse.ArgumentParser:
        """A word, and what its file is, if it takes one."""
        word = self._words.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.")
        if file:
            word.add_argument("file", type=Path, metavar="FILE", help=file)
        return word


def arguments() -> argparse.ArgumentParser:
    words = Words()
    words.add("serve", "serve until stopped (what happens without a word)")
    words.add("try", "talk to it here in the terminal, with invented people")
    invite = words.add("invite", "print a one-time code that makes somebody an officer")
    invite.add_argument("role", choices=["officer", "duty", "approver", "admin"], help="what they may do")
    words.add("doctor", "say what is set, what works and what was set aside")
    words.add("backup", "write a copy of the database while it is in use", "the copy; it must not be there yet")
    words.add("templates", "print the message templates to hand in to Meta (WhatsApp)")
    restore = words.add("restore", "put a copy back; refuses to overwrite without --force", "what backup has written")
    restore.add_argument("--force", action="store_true", help="replace the database that is there")
    words.add("erase-again", "after pg_restore: erase what was erased since that copy was made")
    taken = words.add("import", "read a table of ormas; only says what it would do", "the table: .xlsx or .csv")
    taken.add_argument("--apply", action="store_true", help="write it: everything, or nothing if a row is bad")
    taken.add_argument("--skip-bad", action="store_true", help="with --apply: leave bad rows out and write the rest")
    stages = words.add(
        "import-stages", "read the stages of an election; only says what it would do", ".csv, .xlsx or .ics"
    )
    stages.add_argument("--apply", action="store_true", help="write it: everything, or nothing if a row is bad")
    words.add("export", "write the register of ormas; a table to fill in if it is empty", "the table: .xlsx")
    return words.parser


def run(work: Coroutine[None, None, None]) -> None:
    """On uvloop, which does the network's share of the work in a third of the time; elsewhere on asyncio's own loop."""
    try:
        import uvloop
    except ImportError:
        asyncio.run(work)
        return
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)


def main() -> int:
    """Exit status 0 when it went well, 2 for a setting or an argument that cannot work."""
    chosen = arguments().parse_args()
    try:
        settings = read_settings()
        start_logging(settings.log_format, settings.log_level)
        if chosen.word in (None, "serve", "try"):
            from bot import app

            run(app.talk(settings) if chosen.word == "try" else app.serve(settings))
            return 0
        if chosen.word == "templates":
            from bot.commands import templates

            return templates.show()
        if chosen.word in ("import", "export"):
            from bot.commands import registry

            return registry.do(chosen, settings)
        if chosen.word == "import-stages":
            from bot.commands import stages

            return stages.do(chosen, settings)
        from bot.commands import admin

        return admin.do(chosen, settings)
    except WrongSetting as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
