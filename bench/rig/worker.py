"""One process of a subject: calls the functions of its module that it is asked for, one JSON line each way."""

import json
import os
import sys
import traceback
from importlib import import_module


def main() -> None:
    """Answer until the questions end. What the module prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    module = import_module(sys.argv[1])
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"answer": getattr(module, asked["do"])(**asked["with"])}
        except Exception:  # noqa: BLE001 - told to whoever asked
            answer = {"trouble": traceback.format_exc()}
        answers.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main()
