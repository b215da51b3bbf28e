"""Makes the picture and the table of an announcement: page by page out of the ledger, then by a child."""

import json
from functools import partial
from pathlib import Path

from bot.work.making import Making
from handlers.announcement.writing import table
from storage.broadcasts.broadcasts import Broadcast
from storage.database.database import Transaction
from storage.machine.jobs import Job


class Announced(Making):
    """One line for each recipient; however many there are, a page of them is held in memory."""

    async def make(self, job: Job) -> None:
        broadcast = await self.database.transact(lambda tx: table.of_job(self.work(tx), job))
        if broadcast is None:
            return
        with self.desk() as (drawn, png, lines, xlsx):
            await self.write_rows(broadcast, lines)
            told = await self.database.transact(lambda tx: table.picture(self.work(tx), broadcast))
            drawn.write_text(json.dumps(told), encoding="utf-8")
            await self.draw("picture", drawn, png)
            await self.draw("table", lines, xlsx)
            done = await self.put(png), await self.put(xlsx)
            await self.database.transact(lambda tx: table.hand_over(self.work(tx), job, broadcast, *done))

    async def write_rows(self, broadcast: Broadcast, to: Path) -> None:
        with to.open("w", encoding="utf-8") as out:
            head = await self.database.transact(lambda tx: table.sheets(self.work(tx), broadcast))
            out.write(json.dumps(head) + "\n")
            after = 0
            while page := await self.database.transact(partial(self.page, broadcast, after)):
                out.writelines(row + "\n" for _, row in page)
                after = page[-1][0]

    def page(self, broadcast: Broadcast, after: int, tx: Transaction) -> list[tuple[int, str]]:
        return table.rows(self.work(tx), broadcast, after)

    def give_up(self, tx: Transaction, job: Job) -> None:
        table.give_up(self.work(tx), job)
