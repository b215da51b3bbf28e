"""Makes the picture and the table of a recap: page by page out of the database, then by a child, onto the shelf."""

import asyncio
import json
from functools import partial
from pathlib import Path
from typing import IO

from bot.work.making import Making
from handlers.conversation.turn import Work
from handlers.conversation.words import say
from handlers.recap import ask
from handlers.recap.chart import chart
from handlers.recap.counts import Tally, page, recap_of
from handlers.recap.periods import Span, of_key
from handlers.recap.table import DAYS, HEADINGS, plain, remarks, row
from handlers.telling.rights import kinds_for
from storage.database.database import Transaction
from storage.machine import jobs
from storage.machine.jobs import Job
from storage.people import people
from storage.tickets.recap import Line


class Recapping(Making):
    """A picture always, a table where there was something."""

    async def make(self, job: Job) -> None:
        """Raises whatever stands in the way; nothing is left behind then."""
        span = of_key(job.arguments["period"])
        assert span is not None, "a job names its period"
        kinds = await self.database.transact(lambda tx: self.kinds(tx, job))
        if not kinds:
            return
        with self.desk() as (chart_file, png, rows, xlsx):
            tally = await self.write_rows(span, kinds, rows)
            recap = await self.database.transact(lambda tx: recap_of(self.work(tx), span, kinds, tally))
            drawn = await self.database.transact(lambda tx: chart(self.work(tx), recap))
            chart_file.write_text(json.dumps(drawn), encoding="utf-8")
            await self.draw("picture", chart_file, png)
            if tally.totals:
                await self.draw("table", rows, xlsx)
            picture, table = await self.put(png), await self.put(xlsx) if tally.totals else None
            await self.database.transact(lambda tx: ask.hand_over(self.work(tx), job, recap, picture, table))

    def kinds(self, tx: Transaction, job: Job) -> tuple[str, ...]:
        """What whoever asked may take out of the office by now; the job is over when that is nothing."""
        kinds = kinds_for(people.get(tx, job.person_id), "export")
        if not kinds:
            jobs.done(tx, job.id, "void", self.work(tx).now)
        return kinds

    async def write_rows(self, span: Span, kinds: tuple[str, ...], to: Path) -> Tally:
        """Every line of the table, as JSON, below a line that tells the sheets; and what they come to."""
        tally = Tally()
        with to.open("w", encoding="utf-8") as out:
            out.write(await self.database.transact(lambda tx: head_line(self.work(tx), span, kinds)))
            for kind in kinds:
                after: Line | None = None
                while lines := await self.database.transact(partial(self.page, span, kind, after)):
                    await asyncio.to_thread(self.write_page, lines, out, tally)
                    after = lines[-1]
        await asyncio.to_thread(tally.settle)
        return tally

    def page(self, span: Span, kind: str, after: Line | None, tx: Transaction) -> list[Line]:
        return page(self.work(tx), span, kind, after)

    def write_page(self, lines: list[Line], out: IO[str], tally: Tally) -> None:
        tally.add(lines, self.office.working_time(self.zone))
        out.writelines(json.dumps(row(line, self.office, self.zone)) + "\n" for line in lines)

    def give_up(self, tx: Transaction, job: Job) -> None:
        ask.give_up(self.work(tx), job)


def head_line(work: Work, span: Span, kinds: tuple[str, ...]) -> str:
    """What the sheets are called, and what stands on the second one."""
    head = {
        "title": plain(say("Kiriman")),
        "headings": [plain(heading) for heading in HEADINGS],
        "days": DAYS,
        "about": plain(say("Keterangan")),
        "remarks": remarks(work, span, kinds),
    }
    return json.dumps(head) + "\n"
