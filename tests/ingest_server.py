"""Forks an ingest of its own for every line on stdin: the imports are paid for once.

For the same reason the proof is made in the forked process and not in a fresh Python.

Arguments: corpus folder, var folder. Prints "ready", then each run's process id and, when it has
ended, its wait status.
"""

import os
import sys
from pathlib import Path

from fakes import HashModel

import ingest.build
from assistant.settings import Settings
from ingest.__main__ import run
from ingest.proof import check_generation


def main() -> None:
    settings = Settings(corpus_dir=Path(sys.argv[1]), var_dir=Path(sys.argv[2]), embedding_model="hash")
    ingest.build.prove = check_generation
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what an ingest says goes to stderr
    print("ready", file=answers, flush=True)
    for _ in sys.stdin:
        process = os.fork()
        if process == 0:
            os._exit(run(settings, HashModel, rebuild=True))
        print(process, file=answers, flush=True)
        print(os.waitpid(process, 0)[1], file=answers, flush=True)


main()
