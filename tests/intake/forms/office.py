"""LibreOffice at work: types into the cells of a file as a person does, and saves it.

A macro in a profile of its own goes to each cell and enters the text by the command that the
keyboard uses, so that locks, formats and rules of the form have their say.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

FILTERS = {
    "xlsx": "Calc MS Excel 2007 XML",
    "ods": "calc8",
    "csv": "Text - txt - csv (StarCalc)",
    "pdf": "calc_pdf_Export",
}
WAITING = 240
"""Seconds after which LibreOffice is given up; it takes three."""

Step = tuple[str, ...]

MACRO = """
Function Property(key As String, content As Variant) As Object
  Dim one As New com.sun.star.beans.PropertyValue
  one.Name = key
  one.Value = content
  Property = one
End Function

Sub Work
  Dim files, reader, document, sheet, dispatcher, parts
  files = CreateUnoService("com.sun.star.ucb.SimpleFileAccess")
  reader = CreateUnoService("com.sun.star.io.TextInputStream")
  reader.setInputStream(files.openFileRead(Environ("OFFICE_STEPS")))
  reader.setEncoding("UTF-8")
  dispatcher = CreateUnoService("com.sun.star.frame.DispatchHelper")
  Do While Not reader.isEOF()
    parts = Split(reader.readLine(), Chr(9))
    Select Case parts(0)
    Case "open"
      document = StarDesktop.loadComponentFromURL(parts(1), "_blank", 0, Array())
    Case "type"
      sheet = document.Sheets.getByName(parts(1))
      document.CurrentController.setActiveSheet(sheet)
      document.CurrentController.select(sheet.getCellRangeByName(parts(2)))
      dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:EnterString", "", 0, _
        Array(Property("StringName", parts(3))))
    Case "save"
      document.storeToURL(parts(2), _
        Array(Property("FilterName", parts(1)), Property("FilterOptions", "44,34,76")))
    Case "close"
      document.close(True)
    End Select
  Loop
  reader.closeInput()
  StarDesktop.terminate()
End Sub
"""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LIBRARIES = _HEAD + (
    '<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" '
    '"libraries.dtd">\n'
    '<library:libraries xmlns:library="http://openoffice.org/2000/library">'
    '<library:library library:name="Standard" library:link="false"/></library:libraries>\n'
)
_LIBRARY = _HEAD + (
    '<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" '
    '"library.dtd">\n'
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" '
    'library:readonly="false" library:passwordprotected="false">{}</library:library>\n'
)
_ELEMENT = '<library:element library:name="Module1"/>'
_MODULE = _HEAD + (
    '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">\n'
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" '
    'script:language="StarBasic">{}</script:module>\n'
)
_SET_UP = _HEAD + (
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    '<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" '
    'oor:op="fuse"><value>true</value></prop></item></oor:items>\n'
)


def program() -> str | None:
    """Return the path of LibreOffice; ``None`` if it is not there."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def filling(form: Path, typed: Iterable[tuple[str, str, str]], saved: Iterable[Path]) -> list[Step]:
    """Return the steps that open a file, type into its cells, and save it.

    Parameters
    ----------
    form
        The file.
    typed
        Sheet, cell and text, in the order in which they are typed.
    saved
        Where to save it; the ending says the format.
    """
    return [
        ("open", form.as_uri()),
        *(("type", *one) for one in typed),
        *(("save", FILTERS[path.suffix[1:]], path.as_uri()) for path in saved),
        ("close",),
    ]


def work(folder: Path, steps: Iterable[Step]) -> None:
    """Take steps in LibreOffice, without a window and with a profile of its own.

    Parameters
    ----------
    folder
        Where the profile is laid out; it must not be there yet.
    steps
        See :func:`filling`.
    """
    _profile(folder)
    lines = folder / "steps.txt"
    lines.write_text("\n".join(map("\t".join, steps)), encoding="utf-8")
    office = program()
    assert office
    subprocess.run(
        [office, f"-env:UserInstallation={folder.as_uri()}", "--headless", "--norestore",
         "macro:///Standard.Module1.Work"],
        check=True,
        capture_output=True,
        timeout=WAITING,
        env={**os.environ, "OFFICE_STEPS": lines.as_uri()},
    )  # fmt: skip


def _profile(folder: Path) -> None:
    """Lay out a profile that has the macro and counts as set up."""
    basic = folder / "user" / "basic"
    texts = {
        folder / "user" / "registrymodifications.xcu": _SET_UP,
        basic / "script.xlc": _LIBRARIES,
        basic / "dialog.xlc": _LIBRARIES,
        basic / "Standard" / "script.xlb": _LIBRARY.format(_ELEMENT),
        basic / "Standard" / "dialog.xlb": _LIBRARY.format(""),
        basic / "Standard" / "Module1.xba": _MODULE.format(escape(MACRO)),
    }  # fmt: skip
    (basic / "Standard").mkdir(parents=True)
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
