from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpec, NoSuchKernel
from jupyter_client.manager import AsyncKernelManager

from analysis.runs.kernel import KERNEL_NAME, OwnKernelManager


@pytest.fixture
def _foreign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel of the user's own that has the name of ours, and one with another name."""
    for name in (KERNEL_NAME, "other"):
        folder = tmp_path / "kernels" / name
        folder.mkdir(parents=True)
        spec = {"argv": ["/usr/bin/false"], "display_name": "Foreign", "language": "python"}
        (folder / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))


def spec(manager: AsyncKernelManager) -> KernelSpec:
    found = manager.kernel_spec
    assert found is not None
    return found


@pytest.mark.usefixtures("_foreign")
def test_a_foreign_kernel_of_the_same_name_is_not_used() -> None:
    usual = AsyncKernelManager(kernel_name=KERNEL_NAME)
    assert spec(usual).argv == ["/usr/bin/false"]  # what would happen otherwise
    assert spec(OwnKernelManager(kernel_name=KERNEL_NAME)).argv[0] == sys.executable


@pytest.mark.usefixtures("_foreign")
def test_no_other_kernel_is_known() -> None:
    with pytest.raises(NoSuchKernel):
        _ = OwnKernelManager(kernel_name="other").kernel_spec


def test_the_line_to_the_kernel_is_encrypted() -> None:
    manager = OwnKernelManager(kernel_name=KERNEL_NAME)
    assert manager.transport_encryption == "auto"
    assert spec(manager).metadata["supported_encryption"] == ["curve"]


def test_another_interpreter_is_refused() -> None:
    manager = OwnKernelManager(kernel_name=KERNEL_NAME)
    manager._launch_args = {}
    spec(manager).argv[0] = "/usr/bin/other-python"
    with pytest.raises(RuntimeError, match="other-python"):
        manager.format_kernel_cmd()
