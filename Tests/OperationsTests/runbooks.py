# SPDX-License-Identifier: Apache-2.0
"""What is wrong with the runbooks of a tree: each alert has one and each is of an alert, all have the same form, their links lead
somewhere, and their commands parse."""

import re
import shlex
from pathlib import Path

from house import ROOT, alert_kinds, poker, run

FOLDER = "Documentation/runbooks"
SECTIONS = ["First command", "Why", "Decide", "Wake", "Do not", "Over"]


def pages(root: Path) -> dict:
    return {page.stem: page.read_text() for page in sorted((root / FOLDER).glob("*.md")) if page.name != "README.md"}


def problems(root: Path = ROOT) -> list:
    """One line for each."""
    kinds, texts = alert_kinds(root), pages(root)
    bad = [f"the alert {kind} has no runbook" for kind in kinds if kind not in texts]
    bad += [f"{FOLDER}/{page}.md is of no alert" for page in texts if page not in kinds]
    for page, text in texts.items():
        bad += [f"{FOLDER}/{page}.md: {problem}" for problem in form(page, text)]
        bad += [f"{FOLDER}/{page}.md: {problem}" for problem in links(root, text)]
    return bad + index(root, kinds, texts)


def form(page: str, text: str) -> list:
    bad = []
    if not re.match(rf"# {page}: \S.*\n\n\*\*When\*\*: \S", text):
        bad.append(f"it does not begin with '# {page}: what it means' and '**When**:'")
    if re.findall(r"^## (.*)$", text, re.M) != SECTIONS:
        bad.append(f"its sections are not {', '.join(SECTIONS)}")
    elif not re.search(r"```sh\n\S", text.split("## First command")[1].split("## Why")[0]):
        bad.append("there is no command under 'First command'")
    return bad


def links(root: Path, text: str) -> list:
    bad = []
    for target, anchor in re.findall(r"\]\(([^)#]*)(?:#([^)]*))?\)", text):
        page = root / FOLDER / target
        if "://" in target:
            continue
        if not page.exists():
            bad.append(f"the link {target} leads nowhere")
        elif anchor and anchor not in anchors(page.read_text()):
            bad.append(f"{target} has no heading #{anchor}")
    return bad


def anchors(text: str) -> set:
    """Of headings, as they are shown on the web."""
    titles = re.findall(r"^#+ (.*)$", text, re.M)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def index(root: Path, kinds: list, texts: dict) -> list:
    """The table of README.md has the titles of all pages, in the order of the alerts."""
    readme = (root / FOLDER / "README.md").read_text()
    rows = dict(re.findall(r"^\| \[([\w-]+)\]\(\1\.md\) \| (.*?) \|$", readme, re.M))
    bad = links(root, readme)
    if list(rows) != kinds:
        bad.append(f"{FOLDER}/README.md lists {len(rows)} alerts, not the {len(kinds)} in their order")
    for page, text in texts.items():
        title = re.match(r"# [\w-]+: (.*)", text)
        if title and page in rows and rows[page] != title.group(1):
            bad.append(f"{FOLDER}/README.md says of {page} '{rows[page]}', its page '{title.group(1)}'")
    return bad


# Commands


def blocks(text: str) -> list:
    """The sh blocks, without the indentation that they have in a list."""
    found = re.findall(r"^( *)```sh\n(.*?)^ *```", text, re.M | re.S)
    return [re.sub(rf"^{indent}", "", body, flags=re.M) for indent, body in found]


def quoted(text: str) -> list:
    """Commands of ours in the running text; an ellipsis stands for what was said before."""
    bare = re.sub(r"^ *```.*?^ *```", "", text, flags=re.M | re.S)
    return [code for code in re.findall(r"`([^`\n]+)`", bare) if re.match(r"(poker|keeperctl) \w", code)]


def commands(block: str) -> list:
    """The simple commands of a block, as words."""
    found = []
    for line in block.splitlines():
        words = _words(line)
        command = []
        for word in words + ["\n"]:
            if word in ("|", "||", "&&", ";", "\n"):
                if command:
                    found.append(command)
                command = []
            else:
                command.append(word)
    return found


def _words(line: str) -> list:
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|&;")
    lexer.whitespace_split = True
    lexer.commenters = "#"
    return list(lexer)


class Help:
    """What the programs' help says of a verb: its options and arguments."""

    def __init__(self, root: Path = ROOT):
        self.folder = root / "Tests/KeeperctlTests/Help"
        self.known = {}

    def of(self, program: str, verbs: tuple):
        """The text of a verb's help; `None` if there is no such verb."""
        key = (program, *verbs)
        if key not in self.known:
            self.known[key] = self._read(program, verbs)
        return self.known[key]

    def _read(self, program: str, verbs: tuple):
        if program == "keeperctl":
            file = self.folder / ("-".join((program, *verbs)) + ".txt")
            return file.read_text() if file.exists() else None
        code, said = run(poker(), *verbs, "--help")
        # An unknown verb gets the help of what is above it.
        usage = re.search(r"^USAGE: (.*)$", said, re.M)
        return said if code == 0 and usage and usage.group(1).startswith(" ".join((program, *verbs))) else None


def command_problems(words: list, help: Help, is_whole=True) -> list:
    """What is wrong with a command of ours.
    - is_whole: whether it is to be run as it is, and so must have all that it needs."""
    program, rest = words[0], words[1:]
    verbs = []
    while rest and re.fullmatch(r"[a-z][a-z-]*", rest[0]) and help.of(program, (*verbs, rest[0])) is not None:
        verbs.append(rest.pop(0))
    said = " ".join((program, *verbs))
    text = help.of(program, tuple(verbs))
    if text is None or "SUBCOMMANDS:" in text:
        return [f"{said} {rest[0] if rest else ''} is no command"]
    options = {}
    for short, long, value in re.findall(r"^  (?:(-\w), )?(--[\w-]+)(?: (<[^>]*>))?", text, re.M):
        options[long] = bool(value)
        if short:
            options[short] = bool(value)
    arguments = re.findall(r"^  <([^>]+)>", text, re.M)
    bad, given = [], 0
    while rest:
        word = rest.pop(0)
        if word == "…":
            return bad
        if word.startswith("-") and len(word) > 1:
            name = word.split("=")[0]
            if name not in options:
                bad.append(f"{said} has no option {name}")
            elif options[name] and "=" not in word:
                if not rest:
                    bad.append(f"{said} {name} has no value")
                else:
                    rest.pop(0)
        else:
            given += 1
    if given > len(arguments):
        bad.append(f"{said} takes {len(arguments)} arguments, not {given}")
    if not is_whole:
        return bad
    needed = re.sub(r"\[[^\]]*\]", "", re.search(r"^USAGE: (.*)$", text, re.M).group(1))
    for option in re.findall(r"(--[\w-]+) <", needed):
        if not any(word.split("=")[0] == option for word in words):
            bad.append(f"{said} lacks {option}")
    wanted = len(re.findall(r"<", re.sub(r"--[\w-]+ <[^>]*>", "", needed)))
    if given < wanted:
        bad.append(f"{said} takes {wanted} arguments, not {given}")
    return bad


def syntax_problems(root: Path = ROOT) -> list:
    """Blocks that bash does not take."""
    bad = []
    for page, text in {**pages(root), "README": (root / FOLDER / "README.md").read_text()}.items():
        for block in blocks(text):
            code, said = run("bash", "-n", text=block)
            if code != 0:
                bad.append(f"{FOLDER}/{page}.md: {said.strip()}")
    return bad


def our_problems(programs: set, root: Path = ROOT) -> tuple:
    """How many commands of these programs there are, and what is wrong with them."""
    bad, count, help = [], 0, Help(root)
    for page, text in {**pages(root), "README": (root / FOLDER / "README.md").read_text()}.items():
        lines = [(command, True) for block in blocks(text) for command in commands(block)]
        lines += [(command, False) for code in quoted(text) for command in commands(code)]
        for words, is_whole in lines:
            if words[0] in programs:
                count += 1
                bad += [f"{FOLDER}/{page}.md: {problem}" for problem in command_problems(words, help, is_whole)]
    return count, bad
