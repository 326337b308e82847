"""A Word file as it is seen: nothing that is hidden, all words of fields, no links to nowhere.

What holds words under a name that mammoth does not know is given one that it knows.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Set
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from prompts.formats.zipped import Archive

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN = "word/document.xml"  # where the text stands, unless the file says otherwise
NOTES = ("footnotes.xml", "endnotes.xml")
OFF = ("0", "false", "off", "none")
_HIDDEN = re.compile(rb"<w:vanish\b")
# What holds words and is passed over: the result of a field, an override, a base under its ruby.
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PASSED = re.compile(rb"<(?:w:(?:fldSimple|bdo|dir|ruby)|m:oMath)\b")
_KNOWN = {f"{W}{name}": f"{W}smartTag" for name in ("fldSimple", "bdo", "dir", "ruby", "rubyBase")}
_KNOWN |= {f"{M}oMath": f"{W}smartTag", f"{M}r": f"{W}r", f"{M}t": f"{W}t"}
_BESIDE = (f"{W}rt", f"{W}rubyPr", f"{M}rPr")
_NAMED = re.compile(rb'\br:(?:id|embed|link)="([^"<>&]{1,80})"')
_TEXT = "/officeDocument"


def shown(data: bytes, archive: Archive) -> bytes:
    """The file as it is to be read; the same bytes where there is nothing to leave out."""
    changed = dict(_changed(archive))
    if not changed:
        return data
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in dict.fromkeys((*archive.names(), *changed)):
            if name in changed or name.lower().endswith((".xml", ".rels")):
                made.writestr(name, changed.get(name) or archive.read(name))
    return out.getvalue()


def text_of(archive: Archive) -> str:
    """The name of the part that holds the text."""
    found = (node for node in archive.tree("_rels/.rels") if node.get("Type", "").endswith(_TEXT))
    return next((node.get("Target", MAIN).lstrip("/") for node in found), MAIN)


def _changed(archive: Archive) -> Iterable[tuple[str, bytes]]:
    """Parts of the file as they are better read, by their names."""
    styles = archive.read("word/styles.xml")
    hiding = _hiding(archive.tree("word/styles.xml")) if _HIDDEN.search(styles) else frozenset()
    folder, _, text = text_of(archive).rpartition("/")
    for part in (text, *NOTES):
        name, links = f"{folder}/{part}", f"{folder}/_rels/{part}.rels"
        source = archive.read(name)
        told = archive.read(links)
        lost = {n.decode() for n in _NAMED.findall(source) if b'"%s"' % n not in told}
        if lost or hiding or _HIDDEN.search(source) or _PASSED.search(source):
            yield name, _cleared(archive.tree(name), hiding, lost)


def _hiding(styles: Element) -> frozenset[str]:
    """The styles, of characters and of paragraphs, whose text is hidden.

    What a style does not say, the one that it is based on says; a circle of them says nothing.
    """
    named = {style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style")}
    return frozenset(name for name in named if name and _hides(named, name))


def _hides(named: Mapping[str, Element], name: str) -> bool:
    seen = set[str]()
    while name in named and name not in seen:
        seen.add(name)
        looks, base = named[name].find(f"{W}rPr"), named[name].find(f"{W}basedOn")
        if looks is not None and looks.find(f"{W}vanish") is not None:
            return _vanishes(looks)
        name = base.get(f"{W}val", "") if base is not None else ""
    return False


def _vanishes(looks: Element | None) -> bool:
    mark = looks.find(f"{W}vanish") if looks is not None else None
    return mark is not None and mark.get(f"{W}val", "1").lower() not in OFF


def _cleared(tree: Element, hiding: frozenset[str], lost: Set[str]) -> bytes:
    """A part without its hidden runs, and without links to nowhere: with one, nothing is read."""
    for node in tree.iter():
        links = (key for key in node.attrib if "relationships}" in key)
        for key in [key for key in links if node.attrib[key] in lost]:
            del node.attrib[key]
    for paragraph in tree.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        whole = style is not None and style.get(f"{W}val") in hiding
        for holder in list(paragraph.iter()):
            for run in [run for run in holder if run.tag == f"{W}r"]:
                if _unseen(run, whole, hiding):
                    holder.remove(run)
    _named(tree)
    return bytes(ElementTree.tostring(tree, encoding="utf-8", xml_declaration=True))


def _named(tree: Element) -> None:
    """Give what holds words a name under which it is read."""
    for node in list(tree.iter()):
        for beside in [child for child in node if child.tag in _BESIDE]:
            node.remove(beside)
        if node.tag in _KNOWN or (node.tag.startswith(M) and len(node)):
            node.tag = _KNOWN.get(node.tag, f"{W}smartTag")


def _unseen(run: Element, whole: bool, hiding: frozenset[str]) -> bool:
    """Whether a run is hidden: what it says itself counts for more than its style."""
    looks = run.find(f"{W}rPr")
    own = looks.find(f"{W}vanish") if looks is not None else None
    if own is not None:
        return _vanishes(looks)
    style = looks.find(f"{W}rStyle") if looks is not None else None
    return whole or (style is not None and style.get(f"{W}val") in hiding)
