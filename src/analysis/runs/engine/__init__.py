"""A papermill engine that runs the cells in the process itself, with no kernel beside it.

A kernel of its own costs each notebook more time than most of its cells: a Python to start, the
libraries to import, messages to encrypt and carry. Here a warm process has all of that behind it
and is forked for each notebook; the cells run in the fork, which ends with its notebook, so that
nothing that a notebook does is seen by the next.

``recorder``
    what ipykernel would send to a front end is kept as the messages that would arrive there;
``streams``
    what Python, C code and child processes write is taken down in the order of writing;
``kernel``
    ipykernel's own kernel and shell, with those two in the place of its sockets;
``client``
    papermill's own client, which puts the messages into the notebook;
``papermill_engine``
    the engine as papermill sees it;
``warm``
    the process from which the others are forked.

The engine is registered with papermill as ``plan155-warm``.
"""

from __future__ import annotations

NAME = "plan155-warm"


def registered() -> str:
    """Return the engine's name, having made sure that papermill knows it.

    papermill finds it by its entry point where the package is installed; a process that runs from
    the sources has no entry points.
    """
    # papermill first: it imports the engine while it is itself being imported.
    from papermill.engines import papermill_engines

    from analysis.runs.engine.papermill_engine import InProcessEngine

    papermill_engines.register(NAME, InProcessEngine)
    return NAME
