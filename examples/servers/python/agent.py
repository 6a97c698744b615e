"""A scripted agent. Put yours in its place: an async generator of (frame type, data) whose last is the answer.

The first line of a message may steer it:  #agent slow_ms=500 tools=2 tokens=40 fail
"""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

TOOLS = ("create_story", "search_backlog", "estimate_points", "assign_owner")
DIRECTIVE = re.compile(r"#agent\b(.*)(?:\n|$)")
OPTION = re.compile(r"\b(slow_ms|tools|tokens)=(\d{1,6})\b")
MAX_TOOLS, MAX_WORDS, EXCERPT_CHARS = 20, 10_000, 200


@dataclass
class ScriptedAgent:
    """Takes its stages, calls its tools and answers with what it was told."""

    delay_ms: int = 0

    async def run(self, content: str, history: list[Any]) -> AsyncIterator[tuple[str, dict[str, Any]]]:
        directive = DIRECTIVE.match(content)
        line, text = (directive[1], content[directive.end() :]) if directive else ("", content)
        options = {name: int(value) for name, value in OPTION.findall(line)}
        tools = [TOOLS[i % len(TOOLS)] for i in range(min(options.get("tools", 1), MAX_TOOLS))]
        pause_s = (self.delay_ms + options.get("slow_ms", 0)) / 1000 / (3 + 3 * len(tools))

        yield stage("clarification", "Reading the request")
        await asyncio.sleep(pause_s)
        yield stage("planning", f"Planning, with {len(history)} earlier turns", tasks_identified=tools)
        await asyncio.sleep(pause_s)
        for n, tool in enumerate(tools, start=1):
            yield stage("execution", f"Calling {tool}", tool=tool)
            for status in ("pending", "running", "completed"):
                yield call(tool, n, status)
                await asyncio.sleep(pause_s)
        await asyncio.sleep(pause_s)
        if re.search(r"\bfail\b", line):
            raise RuntimeError("the script says so")
        yield "message", answer(text.strip()[:EXCERPT_CHARS], options.get("tokens"), tools)


def stage(name: str, message: str, **more: Any) -> tuple[str, dict[str, Any]]:
    return "status", {"status": "processing", "stage": name, "message": message, **more}


def call(tool: str, n: int, status: str) -> tuple[str, dict[str, Any]]:
    return "tool_execution", {"tool": tool, "tool_call_id": f"call-{n}", "status": status, "details": {}}


def answer(excerpt: str, words: int | None, tools: list[str]) -> dict[str, Any]:
    content = f"Done: {excerpt}"
    if words:
        content = " ".join((content.split() + ["and"] * MAX_WORDS)[:words])
    return {"content": content, "artifacts": [{"type": "story", "data": {"title": excerpt}}] if tools else []}
