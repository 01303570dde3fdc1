# SPDX-License-Identifier: Apache-2.0
"""The report of a study in a real browser: readable on wide and narrow screens, light and dark, from one file and nothing else.

The pictures stay in .build/report, for people to look at.
"""

import subprocess
import unittest
from pathlib import Path

from browser import Browser, chromium, pixels

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".build/report"
SCREENS = {"wide": (1280, 720), "narrow": (400, 700)}


def page(name: str, slots: int, strategies: int) -> str:
    """Writes a made-up study and says where it is."""
    made = subprocess.run([ROOT / ".build/debug/report-probe", str(slots), str(strategies)], stdout=subprocess.PIPE, check=True,
                          timeout=120)
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.html"
    path.write_bytes(made.stdout)
    return path.as_uri()


@unittest.skipUnless(chromium(), "needs Chromium (Debian: chromium)")
class Report(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.addresses = {"study": page("study", 77 * 24, 4), "empty": page("empty", 0, 4), "alone": page("alone", 30, 1)}
        cls.browser = cls.enterClassContext(Browser())

    def on_each(self, check):
        """Opens each page on each screen in each scheme, and checks it there."""
        for name, address in self.addresses.items():
            for screen, (width, height) in SCREENS.items():
                for scheme in ("light", "dark"):
                    with self.subTest(page=name, screen=screen, scheme=scheme):
                        self.browser.open(address, width, height, scheme)
                        check(name, screen, scheme)

    def test_nothing_is_asked_for_but_the_file_and_nothing_is_complained_about(self):
        def check(name, *_):
            self.assertEqual([url for url in self.browser.requests() if url != "about:blank"], [self.addresses[name]])
            self.assertEqual(self.browser.complaints(), [])
        self.on_each(check)

    def test_a_page_that_asked_for_more_would_be_caught(self):
        path = FOLDER / "curious.html"
        image = '<img src="https://example.invalid/pixel.png"><script>1</script></main>'
        path.write_text((FOLDER / "alone.html").read_text().replace("</main>", image))
        self.browser.open(path.as_uri(), *SCREENS["wide"], "light")
        self.assertEqual(len(self.browser.complaints()), 2)

    def test_no_page_is_wider_than_its_screen(self):
        def check(_, screen, *__):
            self.browser.value("document.querySelectorAll('details').forEach((each, place) => each.open = place < 8)")
            self.assertEqual(self.browser.value("document.documentElement.scrollWidth"), SCREENS[screen][0])
        self.on_each(check)

    def test_pictures_show_something_and_light_and_dark_differ(self):
        def check(name, screen, scheme):
            path = FOLDER / f"{name}-{screen}-{scheme}.png"
            self.browser.picture(path)
            seen = pixels(path)
            self.assertGreater(len(set(seen)), 20 if name == "study" else 5)
            brightness = sum(map(sum, seen)) / (3 * len(seen))
            (self.assertGreater if scheme == "light" else self.assertLess)(brightness, 200 if scheme == "light" else 60)
        self.on_each(check)

    def test_charts_and_letters_of_slots_are_drawn(self):
        def check(name, *_):
            drawn = self.browser.value("""[...document.querySelectorAll('svg, .day a')].filter(each => {
                const box = each.getBoundingClientRect(); return box.width > 5 && box.height > 5 }).length""")
            self.assertGreaterEqual(drawn, {"study": 9 + 4 * 77 * 24, "alone": 3 + 30, "empty": 0}[name])
        self.on_each(check)

    def test_a_slot_leads_to_its_row_among_the_pokes_which_unfolds(self):
        self.browser.open(self.addresses["study"], *SCREENS["wide"], "light")
        shown = """(() => { const row = document.getElementById('slot-2-1000').getBoundingClientRect();
                            return row.height > 0 && row.top >= 0 && row.bottom <= innerHeight })()"""
        self.assertFalse(self.browser.value(shown))
        self.browser.value("document.querySelector('a[href=\"#slot-2-1000\"]').click()")
        # The browser scrolls when it draws next.
        self.browser.value("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))")
        self.assertTrue(self.browser.value(shown))
        self.browser.picture(FOLDER / "study-slot.png")

    def test_every_link_leads_somewhere_in_the_page(self):
        self.browser.open(self.addresses["study"], *SCREENS["wide"], "light")
        lost = "[...document.links].filter(each => !document.getElementById(each.hash.slice(1))).length"
        self.assertEqual(self.browser.value(lost), 0)
        self.assertGreater(self.browser.value("document.links.length"), 77 * 24 * 4)

    def test_names_from_files_stay_text(self):
        self.browser.open(self.addresses["study"], *SCREENS["wide"], "light")
        self.assertEqual(self.browser.value("document.querySelectorAll('script, main b > b, main i > i').length"), 0)
        self.assertIn("<script>alert(1)</script>", self.browser.value("document.querySelector('h1').textContent"))

    def test_it_can_be_printed_and_nothing_is_cut_off(self):
        # A4 upright with margins of a centimetre, at 96 pixels an inch; days that somebody unfolded are printed too.
        self.browser.open(self.addresses["study"], 718, 1047, "light", "print")
        self.browser.value("document.querySelectorAll('details').forEach((each, place) => each.open = place < 3)")
        self.browser.picture(FOLDER / "study-print.png")
        self.assertEqual(self.browser.value("document.documentElement.scrollWidth"), 718)
        pages = self.browser.call("Page.printToPDF", printBackground=True, paperWidth=8.27, paperHeight=11.69)
        self.assertGreater(len(pages["data"]), 50_000)


if __name__ == "__main__":
    unittest.main()
