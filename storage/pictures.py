"""Pictures that Telegram has already, so that the same one is neither drawn nor sent twice."""

import datetime as dt

from sqlalchemy import delete, insert, select

from storage.database import Transaction
from storage.tables import PictureRow


async def remember(tx: Transaction, digest: str, file_id: str, now: dt.datetime) -> None:
    """Keep Telegram's id of the picture that shows what *digest* stands for."""
    await tx.execute(delete(PictureRow).where(PictureRow.digest == digest))
    await tx.execute(insert(PictureRow).values(digest=digest, file_id=file_id, sent_at=now))


async def forget(tx: Transaction, digest: str) -> None:
    """Forget Telegram's id of that picture: Telegram does not know it any more."""
    await tx.execute(delete(PictureRow).where(PictureRow.digest == digest))


async def known(tx: Transaction, digest: str) -> str | None:
    """Return Telegram's id of that picture, or ``None``."""
    wanted = select(PictureRow.file_id).where(PictureRow.digest == digest)
    return (await tx.execute(wanted)).scalar_one_or_none()
