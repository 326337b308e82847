"""Web pages as Safari saves them: a property list that holds the page beside its pictures."""

import plistlib
from dataclasses import replace

from prompts.formats import html
from prompts.formats.encodings import meant
from prompts.formats.extract import BROKEN, Extract, Unreadable
from prompts.formats.frontmatter import told
from prompts.formats.zipped import LARGEST


def extract(data: bytes) -> Extract:
    """The article of the saved page. Raises `Unreadable`."""
    try:
        page = plistlib.loads(data)["WebMainResource"]
        source, address = page["WebResourceData"], str(page.get("WebResourceURL", ""))
        said = page.get("WebResourceTextEncodingName", "utf-8")
        source = source[:LARGEST].decode(meant(said), "replace").encode()
    except (KeyError, TypeError, AttributeError, ValueError, LookupError):
        raise Unreadable(BROKEN) from None
    found = html.extract(source)
    return replace(found, meta={**found.meta, **told({"source": address})[0]})
