"""The preview of a site as a browser takes it: policies and content types have to fit together."""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from analysis.publish.serve import open_preview
from analysis.publish.site.render import POLICY
from tests.browser.conftest import browser  # noqa: F401 - a fixture
from tests.browser.looking import open_page

pytestmark = pytest.mark.browser

PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY.replace("'", "&#39;")}">
<title>A page</title><link rel="icon" href="data:,"><link rel="stylesheet" href="a.css">
<script type="module" src="a.js"></script></head><body><img src="a.svg" alt=""></body></html>
"""
STYLE = "body { color: rgb(1, 2, 3) }"
SCRIPT = """
import {word} from "./b.mjs";
const told = await (await fetch("a.json")).json();
const wasm = await WebAssembly.instantiateStreaming(fetch("a.wasm"));
const worker = new Worker("w.js");
const heard = await new Promise((resolve) => { worker.onmessage = (e) => resolve(e.data); });
const parts = [word, told.word, wasm.instance instanceof WebAssembly.Instance, heard];
document.documentElement.dataset.heard = parts.join(" ");
"""
WORKER = 'fetch("a.json").then((a) => a.json()).then((told) => postMessage(told.word));'
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
)
EMPTY_WASM = b"\0asm\1\0\0\0"


def test_scripts_workers_and_webassembly_of_a_site_run_under_its_policy(
    browser: Any,  # noqa: F811
    tmp_path: Path,
) -> None:
    texts = {"index.html": PAGE, "a.css": STYLE, "a.js": SCRIPT, "w.js": WORKER, "a.svg": DRAWING}
    texts |= {"a.json": '{"word": "fetched"}', "b.mjs": 'export const word = "imported";'}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "a.wasm").write_bytes(EMPTY_WASM)
    lines: list[str] = []
    with open_preview(tmp_path, 0, lines.append) as preview:
        thread = Thread(target=preview.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            view = open_page(browser, preview.address)
            view.page.wait_for_selector("html[data-heard]", state="attached")
            heard = view.page.evaluate("document.documentElement.dataset.heard")
            colour = view.page.evaluate("getComputedStyle(document.body).color")
            drawn = view.page.evaluate("document.images[0].naturalWidth > 0")
        finally:
            preview.shutdown()
            thread.join()
    assert view.said == []
    assert heard == "imported fetched true fetched"
    assert colour == "rgb(1, 2, 3)"
    assert drawn
    assert lines == []
