"""While a big file is read, the bot answers everybody else."""

import threading

from bot.sandbox.values import as_object, as_objects
from tests.story import Centre, Person

ROWS = 60_000


def big() -> str:
    """Return a table of contacts whose agents nobody knows: reading it takes a while."""
    rows = (f"Agent {n},call,{n},Topic {n}\n" for n in range(ROWS))
    return "agent,channel,reference,topic\n" + "".join(rows)


def test_somebody_else_is_answered_while_a_big_file_is_read(centre: Centre) -> None:
    anna = centre.hire("Anna Bondar", "evaluator")
    admin, content = centre.admin, big()
    sending = threading.Thread(target=admin.upload, args=("contacts.csv", content))
    sending.start()
    while sending.is_alive():
        anna.send("/help")
    sending.join()
    assert b"I know nobody called" in admin.document("rejected.csv")
    assert answered_meanwhile(centre, anna, admin)


def answered_meanwhile(centre: Centre, anna: Person, admin: Person) -> bool:
    """Return whether Anna was answered after the file was fetched and before its outcome."""
    found = as_objects(centre.far.get("calls"))
    calls = [(one["method"], as_object(one["params"]).get("chat_id")) for one in found]
    fetched = max(place for place, (method, _) in enumerate(calls) if method == "getFile")
    told = [place for place, (_, chat) in enumerate(calls) if chat == admin.id and place > fetched]
    return any(chat == anna.id for _, chat in calls[fetched : told[0]])
