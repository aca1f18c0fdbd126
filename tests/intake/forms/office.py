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

FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "ods": "calc8"}
WAITING = 240
"""Seconds after which LibreOffice is given up; it takes three."""

MACRO = """
Function Property(name As String, value As Variant) As Object
  Dim one As New com.sun.star.beans.PropertyValue
  one.Name = name
  one.Value = value
  Property = one
End Function

Sub Fill
  Dim files, reader, document, frame, dispatcher, parts, line
  files = CreateUnoService("com.sun.star.ucb.SimpleFileAccess")
  reader = CreateUnoService("com.sun.star.io.TextInputStream")
  reader.setInputStream(files.openFileRead(Environ("OFFICE_STEPS")))
  reader.setEncoding("UTF-8")
  dispatcher = CreateUnoService("com.sun.star.frame.DispatchHelper")
  Do While Not reader.isEOF()
    line = reader.readLine()
    parts = Split(line, Chr(9))
    If UBound(parts) > 0 Then
    Select Case parts(0)
    Case "open"
      document = StarDesktop.loadComponentFromURL(parts(1), "_blank", 0, Array())
      frame = document.CurrentController.Frame
    Case "type"
      document.CurrentController.setActiveSheet(document.Sheets.getByName(parts(1)))
      document.CurrentController.select(document.Sheets.getByName(parts(1)).getCellRangeByName(parts(2)))
      dispatcher.executeDispatch(frame, ".uno:EnterString", "", 0, Array(Property("StringName", parts(3))))
    Case "save"
      document.storeToURL(parts(2), Array(Property("FilterName", parts(1))))
    End Select
    End If
  Loop
  reader.closeInput()
  document.close(True)
  StarDesktop.terminate()
End Sub
"""

_MODULE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">\n'
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" '
    'script:language="StarBasic">{}</script:module>\n'
)


def program() -> str | None:
    """Return the path of LibreOffice; ``None`` if it is not there."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def fill(form: Path, typed: Iterable[tuple[str, str, str]], saved: Iterable[Path]) -> None:
    """Open a form, type into its cells, and save it.

    Parameters
    ----------
    form
        The file.
    typed
        Sheet, cell and text, in the order in which they are typed.
    saved
        Where to save it; the ending says the format.
    """
    folder = form.parent / "office"
    _profile(folder)
    steps = [("open", form.as_uri())]
    steps += [("type", *one) for one in typed]
    steps += [("save", FILTERS[path.suffix[1:]], path.as_uri()) for path in saved]
    lines = folder / "steps.txt"
    lines.write_text("\n".join(map("\t".join, steps)), encoding="utf-8")
    run(folder, ["macro:///Standard.Module1.Fill"], OFFICE_STEPS=lines.as_uri())


def run(folder: Path, arguments: list[str], **environment: str) -> None:
    """Run LibreOffice without a window, with a profile in a folder."""
    office = program()
    assert office
    subprocess.run(
        [office, f"-env:UserInstallation={folder.as_uri()}", "--headless", "--norestore",
         *arguments],
        check=True,
        capture_output=True,
        timeout=WAITING,
        env={**os.environ, **environment},
    )  # fmt: skip


def _profile(folder: Path) -> None:
    """Lay out a profile that has the macro; at its first start LibreOffice fills it with its own."""
    folder.mkdir()
    run(folder, ["--terminate_after_init"])
    module = folder / "user" / "basic" / "Standard" / "Module1.xba"
    module.write_text(_MODULE.format(escape(MACRO)), encoding="utf-8")
