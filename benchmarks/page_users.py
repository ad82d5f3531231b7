"""Several users at once, each a session of the page that speaks Streamlit's protocol without a browser.

Twenty browsers on one machine would measure the browsers. A user here opens a map, then all of them add a place at
the same time, and get the pieces of the map that changed, as a browser does (static/marchland.js).
"""

import asyncio
import json
import re
import time
from typing import Any

import httpx
import psutil
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_PIECES = re.compile(r"drawPieces\([^,]*,[^,]*,\s*(\{.*?\})\);")


def users_at_once(url: str, process: int, count: int, *, query: str = "") -> dict[str, list[float]]:
    """Return what each waited for their edit, in milliseconds, and what one of them takes of memory, in MB."""
    return asyncio.run(_measured(url, psutil.Process(process), count, query))


async def _measured(url: str, process: psutil.Process, count: int, query: str) -> dict[str, list[float]]:
    first = await User(url, query).opened()  # what is made once for all is no user's own
    before = process.memory_info().rss
    users = [await User(url, query).opened() for _ in range(count)]
    waits = sorted(await asyncio.gather(*(user.add_place(number) for number, user in enumerate(users))))
    grown = process.memory_info().rss - before
    for user in (first, *users):
        await user.close()
    return {
        "an edit, until its map arrives": waits,
        "an edit, until its map arrives, p95": [waits[min(len(waits) - 1, round(len(waits) * 0.95))]],
        "memory for each (MB)": [grown / count / 1e6],
    }


class User:
    """One session."""

    def __init__(self, url: str, query: str) -> None:
        self.url, self.query = url, query
        self.widgets: dict[str, tuple[str, str]] = {}  # label: id and fragment
        self.pieces: list[str] = []
        self.script = ""
        self.web = httpx.AsyncClient(base_url=url, timeout=120)

    async def opened(self) -> "User":
        """Open the page and wait until all of it has come."""
        address = f"{self.url.replace('http', 'ws')}/_stcore/stream"
        self.socket = await websockets.connect(
            address,
            subprotocols=[websockets.Subprotocol("streamlit")],
            origin=websockets.Origin(self.url),
            max_size=None,
        )
        await self._send({})
        while not await self._finished():
            pass
        await self._load(self.pieces)
        return self

    async def add_place(self, number: int) -> float:
        """Add a place by its coordinates; return the milliseconds until the piece with it is here."""
        before, started = set(self.pieces), time.perf_counter()
        named = {"By coordinates": f"{39 + number / 100:.2f}, 46.34", "Name": f"Place {number}"}
        await self._send(named, press="Add")
        while set(self.pieces) <= before:
            await self._finished()
        await self._load([name for name in self.pieces if name not in before])
        waited = (time.perf_counter() - started) * 1000
        while not await self._finished():
            pass
        return waited

    async def close(self) -> None:
        """Leave."""
        await self.socket.close()
        await self.web.aclose()

    async def _send(self, typed: dict[str, str], press: str = "") -> None:
        told = BackMsg()
        told.rerun_script.query_string = self.query
        told.rerun_script.page_script_hash = self.script
        for label, text in typed.items():
            told.rerun_script.widget_states.widgets.add(id=self.widgets[label][0], string_value=text)
        if press:
            told.rerun_script.widget_states.widgets.add(id=self.widgets[press][0], trigger_value=True)
            told.rerun_script.fragment_id = self.widgets[press][1]
        await self.socket.send(told.SerializeToString())

    async def _finished(self) -> bool:
        """Take in the next message; tell whether it ends a run."""
        message = ForwardMsg()
        message.ParseFromString(bytes(await asyncio.wait_for(self.socket.recv(), 120)))
        if message.WhichOneof("type") == "new_session":
            self.script = message.new_session.page_script_hash
        if message.WhichOneof("type") == "delta":
            self._take(message.delta)
        return message.WhichOneof("type") == "script_finished"

    def _take(self, delta: Any) -> None:
        element = delta.new_element
        match element.WhichOneof("type"):
            case "text_input" | "button" as kind:
                one = getattr(element, kind)
                if one.label != "Name" or "coordinates" in one.id:
                    self.widgets[one.label] = (one.id, delta.fragment_id)
            case "component_instance":
                drawn = json.loads(element.component_instance.json_args).get("feature_group") or ""
                if found := _PIECES.search(drawn):
                    self.pieces = json.loads(found.group(1))["pieces"]

    async def _load(self, names: list[str]) -> None:
        for start in range(0, len(names), 200):
            answer = await self.web.get(f"/drawn/{','.join(names[start : start + 200])}")
            answer.raise_for_status()
