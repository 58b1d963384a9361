"""Open each page of the built site in a headless browser: `make test-docs`.

Fails on a broken link or anchor, an orphan page, a broken picture, a console message, a request to another host, a page
wider than the screen, and a dark mode that is light. Exit codes: 0 no errors, or no browser unless CI=true; 1 errors.
"""

import argparse
import contextlib
import functools
import http.server
import json
import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path
from urllib.parse import unquote, urldefrag

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

SITE = Path(__file__).resolve().parents[2] / "site"
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
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
    """Serves files without logging."""

    def log_message(self, *_):
        """Log nothing."""


@contextlib.contextmanager
def served():
    """Serve the site; yields its address."""
    handler = functools.partial(Handler, directory=str(SITE))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextlib.contextmanager
def browser():
    """A browser with a new empty profile, closed at the end."""
    with tempfile.TemporaryDirectory(prefix="site-profile-") as profile:
        options = webdriver.ChromeOptions()
        options.binary_location = next(filter(None, map(shutil.which, BROWSERS)))
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        for flag in (*FLAGS, f"--user-data-dir={Path(profile) / 'data'}"):
            options.add_argument(flag)
        driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        try:
            yield driver
        finally:
            driver.quit()


def resize(driver, width, height, *, dark=False):
    """Set the size of the page, and whether the reader prefers light or dark."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    feature = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})


def console_errors(driver):
    """The warnings and errors on the console since the last call."""
    return [entry["message"] for entry in driver.get_log("browser") if entry["level"] in ("WARNING", "SEVERE")]


def requested(driver, root):
    """The URLs that pages below an address requested since the last call, without the browser's own start page."""
    events = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    sent = [event["params"] for event in events if event["method"] == "Network.requestWillBeSent"]
    return [each["request"]["url"] for each in sent if each["documentURL"].startswith(root)]


def visit(driver, address, folder):
    """Open a page, wide and narrow, light and dark; returns its contents and its errors."""
    name = "-".join(address.split("/")[3:]).removesuffix(".html")
    wrong = []
    seen = {}
    for width, dark in ((1280, False), (1280, True), (390, False)):
        resize(driver, width, 900, dark=dark)
        driver.get(address)
        seen = driver.execute_script(LOOK)
        if seen["excess"] > 0:
            wrong.append(f"{seen['excess']} pixels wider than a screen of {width}")
        if (seen["scheme"] == "slate") != dark:
            wrong.append(f"shows the scheme {seen['scheme']!r} to a reader who prefers {'dark' if dark else 'light'}")
        if folder:
            height = driver.execute_script("return document.body.scrollHeight")
            resize(driver, width, min(height, 6000), dark=dark)
            driver.save_screenshot(str(folder / f"{name}-{width}{'-dark' if dark else ''}.png"))
    wrong += [f"picture does not load: {source}" for source in seen["broken"]]
    return seen, wrong


def crawl(driver, root, folder):
    """Follow each internal link from the first page on; returns all errors."""
    anchors = {}
    links = {}
    wrong = []
    waiting = [f"{root}index.html"]
    while waiting:
        page = waiting.pop()
        if page in anchors:
            continue
        seen, faults = visit(driver, page, folder)
        faults += console_errors(driver)
        own = (root, "data:", "blob:")
        faults += [f"requests {url}" for url in requested(driver, root) if not url.startswith(own)]
        wrong += [f"{page.removeprefix(root)}: {fault}" for fault in dict.fromkeys(faults)]  # once each
        anchors[page] = set(seen["anchors"])
        links[page] = {link for link in seen["links"] if link.startswith(root)}
        waiting += [target for target in {urldefrag(link).url for link in links[page]} if target.endswith(".html")]
    for page, targets in links.items():
        for target, anchor in map(urldefrag, sorted(targets)):
            full = f"{target}index.html" if target.endswith("/") else target
            path = SITE / unquote(full.removeprefix(root))
            if not path.is_file() or (anchor and full in anchors and unquote(anchor) not in anchors[full]):
                wrong.append(f"{page.removeprefix(root)}: broken link: {full.removeprefix(root)}#{anchor}")
    built = {f"{root}{path.relative_to(SITE)}" for path in SITE.rglob("*.html")} - {f"{root}404.html"}
    wrong += [f"{page.removeprefix(root)}: no link leads to this page" for page in sorted(built - anchors.keys())]
    print(f"{len(anchors)} pages, {sum(map(len, links.values()))} internal links")
    return wrong


def main():
    """Check the site; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--screenshots", type=Path, metavar="FOLDER", help="save a screenshot of each page here")
    folder = parser.parse_args().screenshots
    if not (any(map(shutil.which, BROWSERS)) and shutil.which("chromedriver")):
        remedy = "Debian has both: apt-get install chromium chromium-driver"
        print(f"The site was not opened: Chromium or its driver is not on PATH; {remedy}", file=sys.stderr)
        return int(os.environ.get("CI") == "true")
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    with served() as root, browser() as driver:
        wrong = crawl(driver, root, folder)
    for line in wrong:
        print(line, file=sys.stderr)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
