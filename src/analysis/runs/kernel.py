"""The kernel of a report: this very Python, and an encrypted line to it.

A kernelspec of the user's that is also called ``python3`` is never looked at. ipykernel 7.3 and
later warns at every start of a kernel whose line is not encrypted.
"""

from __future__ import annotations

import sys

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from traitlets import CaselessStrEnum, Instance, default

KERNEL_NAME = "python3"


class OwnKernelSpecs(KernelSpecManager):
    """Knows one kernel only: the interpreter that runs this process."""

    @default("kernel_dirs")
    def _no_kernel_dirs(self) -> list[str]:
        return []


class OwnKernelManager(AsyncKernelManager):
    """Starts the interpreter that runs this process, over an encrypted connection."""

    kernel_spec_manager = Instance(KernelSpecManager)
    transport_encryption = CaselessStrEnum(["disabled", "auto", "required"], default_value="auto")

    @default("kernel_spec_manager")
    def _own_specs(self) -> KernelSpecManager:
        return OwnKernelSpecs()

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        """Return the command of the kernel, having made sure that it is this Python.

        Raises
        ------
        RuntimeError
            If the command would start another interpreter.
        """
        command = super().format_kernel_cmd(extra_arguments)
        if command[0] != sys.executable:
            raise RuntimeError(f"the kernel would be {command[0]}, not {sys.executable}")
        return command
