#!/usr/bin/env python3
"""Checks a site in headless Chromium, opened from the disk as a person would.

    check_browser.py SITE AXE

Every page has no console messages, and is no wider than a phone. Hand-written pages, and the longest one in each folder, have
no serious axe findings in light mode, in dark mode and on a phone. The search finds what it should, also by keyboard, and light
and dark mode can be chosen.
"""
import os
import pathlib
import sys

from selenium import webdriver
from selenium.webdriver.common.keys import Keys

FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
DESKTOP = {"width": 1440, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
SEARCHES = {"createSource": "operations/sources/create.html", "sources().create": "operations/sources/create.html",
            "GET /workspace": "operations/workspaces/get.html", "outcome unknown": "guides/"}
AXE = """
const done = arguments[arguments.length - 1];
axe.run({resultTypes: ['violations'], preload: false}).then(
  (result) => done(result.violations.map((v) => [v.impact, v.id, v.nodes.length, v.nodes[0].html.slice(0, 160)])),
  (error) => done([['critical', String(error), 0, '']]));
"""


class Checker:
    def __init__(self, site, axe):
        options = webdriver.ChromeOptions()
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        for flag in FLAGS:
            options.add_argument(flag)
        self.browser = webdriver.Chrome(options=options)
        self.browser.set_script_timeout(120)
        self.site = pathlib.Path(site).resolve()
        self.axe = pathlib.Path(axe).read_text(encoding="utf-8")
        self.problems = []

    def says(self, page, problem):
        self.problems.append(f"{page}: {problem}")

    def show(self, metrics, scheme):
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        features = [{"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": "reduce"}]
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def open(self, page):
        self.browser.get((self.site / page).as_uri())
        for message in self.browser.get_log("browser"):
            self.says(page, f"on the console: {message['message']}")

    def check_width(self, page):
        """Nothing makes the page as a whole scroll sideways."""
        # Not innerWidth: on a phone that grows with content that is too wide.
        wide = self.browser.execute_script("return document.documentElement.scrollWidth") - PHONE["width"]
        if wide > 0:
            self.says(page, f"is {wide} pixels wider than a phone")

    def check_axe(self, page, how):
        # A colour that fades into another is not measured.
        self.browser.execute_script(self.axe)
        for impact, rule, count, first in self.browser.execute_async_script(AXE):
            if impact in ("serious", "critical"):
                self.says(page, f"axe, {how}: {impact} {rule}, {count} times, first {first}")

    def check_search(self, words, expected):
        self.open("index.html")
        self.browser.find_element("tag name", "body").send_keys("/")
        field = self.browser.switch_to.active_element
        field.send_keys(words)
        links = self.browser.find_elements("css selector", "#results a")
        found = [link.get_attribute("href") for link in links]
        if not found or expected not in found[0]:
            self.says("search", f"{words} finds {found[:3]}, not {expected} first")
            return
        self.check_axe("index.html", "with the search open")
        field.send_keys(Keys.ARROW_DOWN)
        self.browser.switch_to.active_element.send_keys(Keys.ENTER)
        if expected not in self.browser.current_url:
            self.says("search", f"{words}: the first result does not open by keyboard")

    def check_theme(self):
        self.open("index.html")
        color = "return getComputedStyle(document.body).backgroundColor"
        before = self.browser.execute_script(color)
        self.browser.find_element("id", "theme").click()
        after = self.browser.execute_script(color)
        self.open("guides/errors.html")
        if before == after or self.browser.execute_script(color) != after:
            self.says("index.html", "the button for light and dark does not last")
        self.browser.find_element("id", "theme").click()

    def check_menu(self):
        self.open("index.html")
        navigation = self.browser.find_element("id", "navigation")
        hidden = not navigation.is_displayed()
        self.browser.find_element("id", "menu").click()
        if not hidden or not navigation.is_displayed():
            self.says("index.html", "the menu does not open on a phone")
        self.check_axe("index.html", "with the menu open")


def longest_of_each_folder(site, pages):
    """The longest page of a folder represents the others, because one template makes them all."""
    best = {}
    for page in pages:
        best.setdefault(page.parent, []).append(page)
    return [max(group, key=lambda page: (site / page).stat().st_size) for group in best.values()]


def main():
    site = pathlib.Path(sys.argv[1]).resolve()
    pages = sorted(path.relative_to(site) for path in site.rglob("*.html"))
    written_by_hand = [page for page in pages if page.parts[0] in ("index.html", "guides", "more")]
    longest = longest_of_each_folder(site, pages)
    checker = Checker(site, sys.argv[2])
    try:
        checker.show(DESKTOP, "light")
        for page in pages:
            checker.open(page)
            if page in longest or page in written_by_hand:
                checker.check_axe(page, "light")
        for words, expected in SEARCHES.items():
            checker.check_search(words, expected)
        checker.check_theme()
        checker.show(PHONE, "dark")
        checker.check_menu()
        for page in pages:
            checker.open(page)
            checker.check_width(page)
            if page in longest:
                checker.check_axe(page, "dark, on a phone")
    finally:
        checker.browser.quit()
    for problem in checker.problems:
        print(problem)
    print(f"{len(pages)} pages, {len(checker.problems)} problems")
    return 1 if checker.problems or not pages else 0


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    sys.exit(main())
