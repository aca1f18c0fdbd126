"""The document about tasks."""

from __future__ import annotations

from analysis.publish.interface.library import Library
from analysis.publish.interface.rows import Json
from analysis.publish.interface.series import answer_schema, answers
from analysis.publish.interface.shapes import lists, record


def task_list(library: Library) -> Json:
    """Return all tasks and their groups, with their standing and who answers for them."""
    return {
        "task_groups": library.rows("task_groups"),
        "tasks": [_task(library, row) for row in library.rows("tasks")],
    }


def _task(library: Library, row: Json) -> Json:
    key = row["task_id"]
    return {
        **row,
        **library.row("results_tasks", "task_id", key),
        "updates": library.rows("task_updates", "task_id", key),
        "answers": answers(library, "task_agencies", "task_id", key),
    }


def definitions(library: Library) -> dict[str, Json]:
    """Return the JSON Schemas of the body of this document, and of its parts."""
    task = {
        **library.properties("tasks"),
        **library.properties("results_tasks"),
        **lists(updates="task_updates", answers="task_answer"),
    }
    return {
        "task_answer": answer_schema(library, "task_agencies"),
        "task_item": record(task),
        "task_list": record(lists(task_groups="task_groups", tasks="task_item")),
    }
