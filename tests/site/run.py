"""Open each page of the built site in a headless browser: `make test-docs`.

It follows each internal link, and fails on a link or anchor that leads nowhere, a page that no link leads to, a
picture that does not load, a line of the console, a request to another host, a page that is wider than the
screen, and a dark mode that stays light.

    run.py [--screenshots FOLDER]

Exit codes: 0 all is well; 1 something is wrong, or CI=true without a browser; 0 and a notice without a browser.
"""

import argparse
import contextlib
import functools
import http.server
import os
import sys
import threading
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import browser

SITE = Path(__file__).resolve().parents[2] / "site"
LOOK = """
const all = (selector, read) => [...document.querySelectorAll(selector)].map(read);
return {
  links: all("a[href]", link => link.href),
  anchors: all("[id]", element => element.id),
  broken: all("img", image => image).filter(image => !image.naturalWidth).map(image => image.src),
  excess: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  scheme: document.body.dataset.mdColorScheme,
};
"""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files, quietly."""

    def log_message(self, *_):
        """Say nothing."""


@contextlib.contextmanager
def served():
    """The address of the site."""
    handler = functools.partial(Handler, directory=str(SITE))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def visit(driver, address, folder):
    """Look at a page, wide and narrow, light and dark: what is in it, and what is wrong with it."""
    name = "-".join(address.split("/")[3:]).removesuffix(".html")
    wrong: list[str] = []
    seen: dict[str, Any] = {}
    for width, dark in ((1280, False), (1280, True), (390, False)):
        browser.resize(driver, width, 900, dark=dark)
        driver.get(address)
        seen = driver.execute_script(LOOK)
        if seen["excess"] > 0:
            wrong.append(f"{seen['excess']} pixels wider than a screen of {width}")
        if (seen["scheme"] == "slate") != dark:
            wrong.append(f"shows the scheme {seen['scheme']!r} to a reader who prefers {'dark' if dark else 'light'}")
        if folder:
            height = driver.execute_script("return document.body.scrollHeight")
            browser.resize(driver, width, min(height, 6000), dark=dark)
            driver.save_screenshot(str(folder / f"{name}-{width}{'-dark' if dark else ''}.png"))
    wrong += [f"picture does not load: {source}" for source in seen["broken"]]
    return seen, wrong


def crawl(driver, root, folder):
    """Follow each internal link from the first page on; each thing that is wrong."""
    anchors: dict[str, set[str]] = {}
    links: dict[str, set[str]] = {}
    wrong: list[str] = []
    waiting = [f"{root}index.html"]
    while waiting:
        page = waiting.pop()
        if page in anchors:
            continue
        seen, faults = visit(driver, page, folder)
        faults += browser.complaints(driver)
        own = (root, "data:", "blob:")
        faults += [f"asks for {url}" for url in browser.requested(driver, root) if not url.startswith(own)]
        wrong += [f"{page.removeprefix(root)}: {fault}" for fault in dict.fromkeys(faults)]  # once each
        anchors[page] = set(seen["anchors"])
        links[page] = {link for link in seen["links"] if link.startswith(root)}
        waiting += [target for target in {urldefrag(link).url for link in links[page]} if target.endswith(".html")]
    for page, targets in links.items():
        for target, anchor in map(urldefrag, sorted(targets)):
            full = f"{target}index.html" if target.endswith("/") else target
            path = SITE / unquote(full.removeprefix(root))
            if not path.is_file() or (anchor and full in anchors and unquote(anchor) not in anchors[full]):
                wrong.append(f"{page.removeprefix(root)}: leads nowhere: {full.removeprefix(root)}#{anchor}")
    built = {f"{root}{path.relative_to(SITE)}" for path in SITE.rglob("*.html")} - {f"{root}404.html"}
    wrong += [f"{page.removeprefix(root)}: no link leads here" for page in sorted(built - anchors.keys())]
    print(f"{len(anchors)} pages, {sum(map(len, links.values()))} internal links")
    return wrong


def main():
    """Run all of it; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--screenshots", type=Path, metavar="FOLDER", help="keep a picture of each page here")
    folder = parser.parse_args().screenshots
    if notice := browser.missing():
        print(f"The site was not opened: {notice}", file=sys.stderr)
        return int(os.environ.get("CI") == "true")
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    with served() as root, browser.browser() as driver:
        wrong = crawl(driver, root, folder)
    for line in wrong:
        print(line, file=sys.stderr)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
