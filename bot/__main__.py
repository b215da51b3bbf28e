"""`python -m bot`: serve, or one of the words of an administrator."""

import argparse
import asyncio
import sys
from collections.abc import Coroutine
from pathlib import Path

from bot.logs import start_logging
from bot.settings import WrongSetting, read_settings


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Rumah Kedua: serve Telegram, or the web chat")
    words = parser.add_subparsers(dest="word", metavar="WORD")
    words.add_parser("serve", help="serve until stopped (what happens without a word)")
    words.add_parser("try", help="talk to it here in the terminal, with invented people")
    invite = words.add_parser("invite", help="print a one-time code that makes somebody an officer")
    invite.add_argument("role", choices=["officer", "duty", "approver", "admin"])
    words.add_parser("doctor", help="say what is set, what works and what was set aside")
    backup = words.add_parser("backup", help="write a copy of the database while it is in use")
    backup.add_argument("file", type=Path)
    words.add_parser("templates", help="print the message templates to hand in to Meta (WhatsApp)")
    restore = words.add_parser("restore", help="put a copy back; refuses to overwrite without --force")
    restore.add_argument("file", type=Path)
    restore.add_argument("--force", action="store_true", help="replace the database that is there")
    taken = words.add_parser("import", help="read a table of ormas (.xlsx or .csv); only says what it would do")
    taken.add_argument("file", type=Path)
    taken.add_argument("--apply", action="store_true", help="write it: everything, or nothing if a row is bad")
    taken.add_argument("--skip-bad", action="store_true", help="with --apply: leave bad rows out and write the rest")
    calendar = words.add_parser("import-stages", help="read a calendar of an election (.csv, .xlsx or .ics); dry run")
    calendar.add_argument("file", type=Path)
    calendar.add_argument("--apply", action="store_true", help="write it: everything, or nothing if a row is bad")
    export = words.add_parser("export", help="write the register of ormas as .xlsx; a table to fill in if it is empty")
    export.add_argument("file", type=Path)
    return parser


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
            from bot import templates

            return templates.show()
        if chosen.word in ("import", "export"):
            from bot import registry

            return registry.do(chosen, settings)
        if chosen.word == "import-stages":
            from bot import stages

            return stages.do(chosen, settings)
        from bot import admin

        return admin.do(chosen, settings)
    except WrongSetting as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
