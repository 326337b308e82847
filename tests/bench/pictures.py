"""The README's pictures, made by the program itself: a debate on the page, from prompt to summary.

    python tests/bench/pictures.py CHROMIUM

Needs playwright (in no lock: it is large) and a Chromium; writes deploy/pictures/*.png.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "deploy" / "pictures"
PORT = "8799"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SAID = {
    "Amara": (
        "For",
        "A ban punishes pupils who have least, and the gains are uneven.",
    ),
    "Ben": (
        "Against",
        "Six hours without a screen is when children talk to each other.",
    ),
    "Chloe": ("For", "The gains are uneven, and punishments fall on poorer pupils."),
    "Dmitri": ("Torn", "Lessons yes, breaks no: I doubt that one rule fits both."),
}


def bot(folder: str) -> "subprocess.Popen[str]":
    """The running bot, once its page can be opened."""
    own = dict(os.environ, DATA_DIR=folder, WEB_PORT=PORT)
    command = [str(ROOT / ".venv/bin/gadfly"), "run"]
    running = subprocess.Popen(command, cwd=ROOT, env=own, stdout=subprocess.PIPE, text=True)
    for line in running.stdout or ():
        if "listening" in line:
            break
    return running


def window(browser: Any, name: str) -> Any:
    """A member's window."""
    page = browser.new_context(viewport={"width": 980, "height": 1000}).new_page()
    page.goto(f"http://127.0.0.1:{PORT}/")
    page.locator("dialog input").first.fill(name)
    page.locator("dialog input").first.press("Enter")
    page.wait_for_timeout(300)
    return page


def take(page: Any, name: str) -> None:
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    page.wait_for_timeout(300)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def debate(browser: Any) -> None:
    pages = {name: window(browser, name) for name in SAID}
    first = pages["Amara"]
    first.get_by_role("button", name="Next prompt").click()
    first.wait_for_timeout(1500)
    for name, (stance, text) in SAID.items():
        pages[name].get_by_role("button", name=stance, exact=True).first.click()
        box = pages[name].get_by_placeholder("Reply, or /quote, /counter").last
        box.fill(text)
        box.press("Enter")
        pages[name].wait_for_timeout(400)
    take(first, "prompt")
    first.get_by_role("button", name="Close the debate").first.click()
    first.wait_for_timeout(2000)
    take(pages["Dmitri"], "summary")


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        running = bot(folder)
        try:
            browser = play.chromium.launch(executable_path=sys.argv[1], args=FLAGS)
            debate(browser)
            browser.close()
        finally:
            running.terminate()
            running.wait()


if __name__ == "__main__":
    main()
