"""Files that are ZIP archives inside, opened with care: a small file may unpack to a huge one."""

import io
import zipfile
from xml.etree.ElementTree import Element

from prompts.formats.extract import BOMB, BROKEN, LOCKED, Unreadable
from prompts.formats.people import named
from prompts.formats.trees import tree, words

MEMBERS = 10_000
LARGEST = 40_000_000  # bytes of one part, and of all that are XML
OLE = b"\xd0\xcf\x11\xe0"  # what Word writes when a document has a password, or is an old .doc
DC = "{http://purl.org/dc/elements/1.1/}"


class Archive:
    """The parts of an archive by name; each is read within its limit. Raises `Unreadable`."""

    def __init__(self, data: bytes) -> None:
        if data.startswith(OLE):
            raise Unreadable("is encrypted or of an old form; save it anew without a password.")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise Unreadable(BROKEN) from None
        self._check()

    def _check(self) -> None:
        """Refuse by what the directory says, before anything is unpacked."""
        infos = self._zip.infolist()
        written = [i.file_size for i in infos if i.filename.lower().endswith((".xml", ".rels"))]
        if len(infos) > MEMBERS or sum(written) > LARGEST:
            raise Unreadable(BOMB)
        if any(info.flag_bits & 1 for info in infos):
            raise Unreadable(LOCKED)

    def names(self) -> list[str]:
        return self._zip.namelist()

    def read(self, name: str) -> bytes:
        """A part's bytes; empty where there is no such part."""
        try:
            with self._zip.open(name) as part:
                found = part.read(LARGEST + 1)
        except KeyError:
            return b""
        except Exception:  # whatever a broken stream makes of zlib
            raise Unreadable(BROKEN) from None
        if len(found) > LARGEST:
            raise Unreadable(BOMB)
        return found

    def tree(self, name: str) -> Element:
        """A part as XML; an empty element where there is none."""
        return tree(self.read(name) or b"<none/>")


def authored(archive: Archive) -> dict[str, str]:
    """Title and author of what Word or PowerPoint made. The file's date is when it was made, not
    when the work came out."""
    core = archive.tree("docProps/core.xml")
    told = {"title": "title", "author": "creator", "language": "language"}
    said = {key: words(core.find(f"{DC}{name}")) for key, name in told.items()}
    return {**said, "author": named(said["author"])}
