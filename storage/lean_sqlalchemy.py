"""SQLAlchemy's asynchronous engine without its sessions.

The package that holds the engine also loads sessions, and with them the whole object mapper: six
megabytes, and a tenth of a start's time, for what this program never uses.
"""

import importlib
import importlib.util
import sys

PACKAGE = "sqlalchemy.ext.asyncio"
ENGINE = f"{PACKAGE}.engine"


def leave_sessions_out() -> None:
    """Let the package be loaded with what the engine's module has.

    Where anything else of it is asked for after all, the whole is loaded then.
    """
    spec = None if PACKAGE in sys.modules else importlib.util.find_spec(PACKAGE)
    if spec is None or spec.loader is None:
        return
    package, loader = importlib.util.module_from_spec(spec), spec.loader

    def get(name: str) -> object:
        if name.startswith("__") or importlib.util.find_spec(f"{PACKAGE}.{name}") is not None:
            raise AttributeError(name)  # a module of the package is found in the usual way
        found = vars(importlib.import_module(ENGINE)).get(name)
        if found is not None:
            return found
        del package.__getattr__
        loader.exec_module(package)
        return getattr(package, name)

    package.__getattr__ = get  # type: ignore[method-assign]  # as modules do
    sys.modules[PACKAGE] = package
