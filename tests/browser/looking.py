"""What is wrong with a page as a browser shows it, each fault in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

NARROW, WIDE = 360, 1280
SCHEMES = ("light", "dark")


@dataclass
class View:
    """An open page, and what it said and asked for while it opened."""

    page: Any
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


def open_page(browser: Any, address: str, scheme: str = "light", width: int = WIDE) -> View:
    """Open a page in a browser that knows nothing of earlier pages."""
    size = {"width": width, "height": 900}
    context = browser.new_context(viewport=size, color_scheme=scheme)
    view = View(context.new_page())
    view.page.on("console", lambda message: view.said.append(f"{message.type}: {message.text}"))
    view.page.on("pageerror", lambda error: view.said.append(f"error: {error}"))
    view.page.on("request", lambda request: view.asked.append(request.url))
    view.page.goto(address)
    return view


def show(view: View, address: str, scheme: str = "light", width: int = WIDE) -> View:
    """Open a page in a window that is open, as if nothing had been done in it before.

    A window of its own costs a page three times what the page itself does.
    """
    if view.page.url.startswith("http"):
        view.page.evaluate("localStorage.clear()")
    view.page.mouse.move(0, 0)
    view.page.emulate_media(media="null", reduced_motion="null")
    turn(view, scheme, width)
    view.said.clear()
    view.asked.clear()
    view.page.goto(address)
    return view


def turn(view: View, scheme: str, width: int) -> None:
    """Let the screen of a page be light or dark, and so wide."""
    view.page.emulate_media(color_scheme=scheme)
    view.page.set_viewport_size({"width": width, "height": 900})


def faults(view: View) -> list[str]:
    """Everything that is wrong with a page at its width and in its scheme."""
    found = [said for said in view.said if said.startswith(("error", "warning"))]
    found += [f"asked another host: {address}" for address in strangers(view)]
    found += beyond_the_edge(view)
    found += headings_out_of_order(view)
    found += pictures_without_words(view)
    found += tables_without_headers(view)
    return found + inaccessible(view)


def strangers(view: View) -> list[str]:
    """Addresses that were asked for and are not of the page's own host."""
    home = "/".join(view.page.url.split("/")[:3])
    own = (f"{home}/", "data:", "about:")
    return [address for address in view.asked if not address.startswith(own)]


def beyond_the_edge(view: View) -> list[str]:
    """Tell whether the page has to be scrolled sideways."""
    root = "document.documentElement"
    needed, given = view.page.evaluate(f"[{root}.scrollWidth, {root}.clientWidth]")
    return [f"{needed} px are needed and {given} there"] if needed > given else []


def headings_out_of_order(view: View) -> list[str]:
    """Headings that skip a level; a page whose first heading is not its only title."""
    script = "all => all.map(one => [Number(one.tagName[1]), one.textContent.trim()])"
    shown = view.page.eval_on_selector_all("h1, h2, h3, h4, h5, h6", script)
    levels = [level for level, _ in shown]
    found = [] if levels[:1] == [1] and levels.count(1) == 1 else [f"no single title: {levels}"]
    skips = [text for (before, _), (level, text) in pairwise(shown) if level > before + 1]
    found += [f"a level is skipped before: {text}" for text in skips]
    return found + [f"an empty heading of level {level}" for level, text in shown if not text]


def pictures_without_words(view: View) -> list[str]:
    """Pictures without a text alternative, and such as could not be shown."""
    script = "all => all.map(one => [one.alt, one.naturalWidth, one.currentSrc.slice(0, 60)])"
    shown = view.page.eval_on_selector_all("img", script)
    found = [f"no text alternative: {source}" for alt, _, source in shown if len(alt) < 10]
    return found + [f"not shown: {source}" for _, width, source in shown if not width]


def tables_without_headers(view: View) -> list[str]:
    """Tables without a name, without headings of columns, or with rows that have no header."""
    script = """all => all.map(table => [
        table.closest("[role=region]")?.getAttribute("aria-label") ?? "",
        table.querySelectorAll("thead th[scope=col]").length,
        table.querySelectorAll("tbody tr:not(:has(th[scope=row]))").length,
    ])"""
    found = []
    for name, columns, headless in view.page.eval_on_selector_all("table", script):
        found += [] if name else ["a table without a name"]
        found += [] if columns else [f"a table without headings: {name}"]
        found += [f"{headless} rows without a header: {name}"] if headless else []
    return found


def inaccessible(view: View) -> list[str]:
    """What axe-core finds, by rule, with the first place of each."""
    from axe_playwright_python.sync_playwright import Axe

    view.page.evaluate(Axe().axe_script)
    return [
        f"{rule} ({count}×): {help_}: {html[:200]}"
        for rule, count, help_, html in view.page.evaluate(ASK)
    ]


ASK = """async () => {
    const styles = new Map();
    const behind = (one) => {  // what a text stands on: it and all around it
        if (one === null) return "";
        if (!styles.has(one)) {
            const {backgroundColor, backgroundImage, opacity, position} = getComputedStyle(one);
            const own = [one.tagName, backgroundColor, backgroundImage, opacity, position];
            styles.set(one, `${behind(one.parentElement)}>${own}`);
        }
        return styles.get(one);
    };
    const found = new Map();
    const take = (one) => {
        if (!one.checkVisibility()) return;
        const {color, fontSize, fontWeight, textShadow} = getComputedStyle(one);
        const look = [behind(one), color, fontSize, fontWeight, textShadow].join();
        const alike = found.get(look) ?? [];
        if (alike.length < 2) found.set(look, [...alike, one]);
    };
    document.querySelectorAll("input, select, textarea").forEach(take);
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        if (texts.currentNode.data.trim()) take(texts.currentNode.parentElement);
    }
    const options = {resultTypes: ["violations"], selectors: false};
    const contrast = "color-contrast";
    const rules = {[contrast]: {enabled: false}};
    const {violations} = await axe.run({...options, rules});
    const include = [...found.values()].flat();
    if (include.length) {
        const told = await axe.run({include}, {...options, runOnly: [contrast]});
        violations.push(...told.violations);
    }
    return violations.map((one) => [one.id, one.nodes.length, one.help, one.nodes[0].html]);
}"""
"""Asks axe-core all its rules; that of contrast, which takes longer than all others, only of the
first two of texts that look alike, and stand on what looks alike."""
